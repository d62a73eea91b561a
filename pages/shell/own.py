"""The reader's own data: a CSV file uploaded or pasted, on every page that can use one.

The content lives in the memory of the visitor's session and nowhere else: it is in no link, on no disk, and seen by no
other visitor. A file that cannot be read is answered by one sentence and changes nothing.
"""

import html
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

import streamlit as st

from core.table import DELIMITERS, LARGEST, Table, as_classes, read_table, too_large
from pages.shell import controls, show

# One content for all pages: whoever goes from one to the next brings it along.
GIVEN, REFUSED, READ = "own:given", "own:refused", "own:read"
GUESS = "guess"
KEPT = 3  # readings of the content that are kept: with the guesses, and with the reader's choices


@dataclass(frozen=True, slots=True)
class Given:
    """What the reader gave; `mark` tells it from everything given before."""

    name: str
    content: bytes
    mark: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The content read in one way, and the columns that can be explained."""

    table: Table
    targets: tuple[str, ...]


def table(prefix: str, target: bool = True) -> Table | None:
    """Draw the control of a page whose keys begin with `prefix` ("tree_"); the table to use, or None without data.

    Call it outside of any fragment, where the page chooses its data, and show an example while it gives None:

        data = controls.choice("tree_data", "Data", ["Iris", "Own data"], "Iris")
        table = own.table("tree_") if data == "Own data" else None

    The table is never unusable: what cannot be read is answered here in one sentence, and the last good table counts.
    With `target` its `target` is a column that `core.table.as_classes` takes, chosen by the reader; `table.features`
    are the others. Without it, let the reader pick columns with `own.column`. Compute on it with `own.cached`.

    Delimiter, header, kinds and target stand in the link (`tree_delimiter`, `tree_header`, `tree_labels`,
    `tree_target`) once there are data; the data cannot, and the control says so.
    """
    file, text = f"{prefix}own:file", f"{prefix}own:text"
    left, right = st.columns(2, gap="medium")
    with left:
        uploaded = st.file_uploader("CSV file", key=file, on_change=_emptied, args=(file,))
    with right:
        pasted = st.text_area("or CSV text", key=text, height=110, on_change=_emptied, args=(text,),
                              placeholder="height,weight,kind\n1.5,2.5,a")  # fmt: skip
    if uploaded is not None:
        _take(file, uploaded.name[-60:], uploaded.file_id, uploaded.size, uploaded.getvalue)
    if pasted and pasted.strip():
        _take(text, "The text", f"text {hash(pasted)}", len(pasted), lambda: pasted.encode("utf-8", "replace"))
    if refused := st.session_state.get(REFUSED):
        _alert(refused)
    given = st.session_state.get(GIVEN)
    if given is None:
        show.notice("The data stay in this session and are in no link. Until there are some, an example is shown.")
        return None
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key=f"{prefix}own:choices"):
        reading = _chosen(given, prefix)
        found = reading.table
        if target:
            name = controls.pick(f"{prefix}target", "To be explained", reading.targets, reading.targets[-1])
            found = found.with_target(name)
        st.button("Forget the data", key=f"{prefix}own:drop", on_click=_drop, args=(text,))
    notes = [*found.notes, *([as_classes(found.column(found.target)).note] if target else [])]
    size = f"{found.rows} rows and {len(found.columns)} columns, by {found.delimiter}"
    show.notice(f"{given.name}: {size}. {' '.join(notes)} The data are in no link.")
    return found


def column(key: str, label: str, of: Table, default: str) -> str:
    """One of the table's columns, by name; the link holds it."""
    return controls.pick(key, label, of.names, default)


def cached(compute: Callable) -> Callable:
    """`compute`, its last results kept for this visitor alone; a Table among its arguments is told by its digest."""
    keep = st.cache_data(scope="session", max_entries=8, show_spinner="Computing …",
                         hash_funcs={Table: attrgetter("digest")})  # fmt: skip
    return keep(compute)


def _chosen(given: Given, prefix: str) -> Reading:
    """The content as the reader wants it read, or as it was guessed where that fails."""
    with st.popover("How it is read"):
        delimiter = controls.choice(f"{prefix}delimiter", "Delimiter", [GUESS, *DELIMITERS], GUESS)
        header = controls.choice(f"{prefix}header", "First row holds the names", [GUESS, "yes", "no"], GUESS)
        ways = dict(delimiter=None if delimiter == GUESS else delimiter, header={"yes": True, "no": False}.get(header))
        try:
            found = _read(given, **ways)
            kinds = _kinds(found.table, f"{prefix}labels")
            return _read(given, **ways, kinds=kinds) if kinds else found
        except ValueError as refusal:
            problem = f"Read in this way it makes no table: {refusal} The guess counts."
    _alert(problem)
    return _read(given)


def _kinds(found: Table, key: str) -> dict[str, str]:
    """The columns that the reader takes for something else than was guessed."""
    guessed = [c.name for c in found.columns if c.is_label]
    if not set(st.session_state.get(key, ())) <= set(found.names):  # the columns have changed since
        del st.session_state[key]
    chosen = st.multiselect("Columns of labels", found.names, guessed, key=key, bind="query-params")
    return {name: "label" if name in chosen else "number" for name in sorted({*chosen} ^ {*guessed})}


def _take(key: str, name: str, mark: str, size: int, content: Callable[[], bytes]) -> None:
    """Make this the content if it can be read; otherwise keep what there was and say why."""
    seen = f"{key}:seen"
    if st.session_state.get(seen) == mark:
        return
    st.session_state[seen] = mark
    try:
        if size > LARGEST:
            raise ValueError(too_large(size))
        given = Given(name, content(), mark)
        _read(given)
    except ValueError as refusal:
        kept = st.session_state.get(GIVEN)
        stays = f"{kept.name} is kept." if kept else "Nothing was changed."
        st.session_state[REFUSED] = f"{name} was not taken. {refusal} {stays}"
    else:
        st.session_state[GIVEN] = given
        st.session_state.pop(REFUSED, None)


def _read(given: Given, **ways) -> Reading:
    known = st.session_state.setdefault(READ, {})
    ways = {name: way for name, way in ways.items() if way is not None}
    key = (given.mark, repr(ways))
    if key not in known:
        with st.spinner("Reading …"):
            found = read_table(given.content, **ways)
            targets = tuple(name for name in found.names if _tells_apart(found, name))
        if not targets:
            raise ValueError("No column has values that repeat and differ: there is nothing to explain.")
        known[key] = Reading(found, targets)
        for old in list(known)[:-KEPT]:
            del known[old]
    return known[key]


def _tells_apart(found: Table, name: str) -> bool:
    try:
        as_classes(found.column(name))
    except ValueError:
        return False
    return True


def _emptied(key: str) -> None:
    """An emptied field takes back its refusal, and no data: the browser empties it before it puts in the next file."""
    if not st.session_state[key]:
        for trace in (f"{key}:seen", REFUSED):
            st.session_state.pop(trace, None)


def _drop(text: str) -> None:
    st.session_state[text] = ""
    for key in (GIVEN, REFUSED, READ, f"{text}:seen"):
        st.session_state.pop(key, None)


def _alert(sentence: str) -> None:
    st.html(f'<p class="notice" role="alert">{html.escape(sentence)}</p>')
