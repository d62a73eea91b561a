"""Shares of one whole in rows and columns: cells to drag, or typed; 2 to 6 of each, named, their sums lockable."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import streamlit as st

from pages.live import state
from pages.live.distribution import NotAWhole
from pages.live.mount import component

_table = component("table")
FEWEST, MOST = 2, 6
LONGEST = 800  # characters
FINEST = 10_000  # a drag moves by no more than one part in so many
DENOMINATOR = 10**12  # the largest that cells may have in common
NAMED = 12  # characters of a name
NUMBER = re.compile(r"([0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})(?:\s*/\s*([0-9]{1,15}))?\s*(%?)")
Counts = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Whole numbers in proportion to the shares, without a common factor; with `locked` the sums of rows and columns
    stay while a cell is dragged. `corner` names what the rows and what the columns stand for."""

    counts: Counts
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    corner: tuple[str, str] = ("X", "Y")
    locked: bool = False

    def __post_init__(self):
        factor = math.gcd(*(n for row in self.counts for n in row))
        counts = tuple(tuple(int(n) // factor for n in row) for row in self.counts)
        object.__setattr__(self, "counts", counts)
        object.__setattr__(self, "rows", self.rows or _numbered("x", len(counts)))
        object.__setattr__(self, "columns", self.columns or _numbered("y", len(counts[0])))

    @property
    def total(self) -> int:
        """Of how many the counts are."""
        return sum(map(sum, self.counts))

    def finer(self) -> Counts:
        """The counts, of a total large enough for a hand to move by small steps."""
        scale = next((10**k // self.total for k in range(4, 13) if 10**k % self.total == 0), None)
        scale = scale or 10 ** max(0, math.ceil(math.log10(FINEST / self.total)))
        return tuple(tuple(scale * n for n in row) for row in self.counts)

    def holding(self, counts: Sequence[Sequence[int]], locked: bool | None = None) -> "Table":
        """The same names with other counts."""
        counts = tuple(tuple(int(n) for n in row) for row in counts)
        return Table(counts, self.rows, self.columns, self.corner, self.locked if locked is None else locked)

    def resized(self, n_rows: int, n_columns: int) -> "Table":
        """Rows and columns taken off the end, or added empty. If nothing else is left, all cells become equal."""
        counts = [list(row[:n_columns]) + [0] * (n_columns - len(row)) for row in self.counts[:n_rows]]
        counts += [[0] * n_columns for _ in range(n_rows - len(counts))]
        if not any(map(any, counts)):
            counts = [[1] * n_columns for _ in range(n_rows)]
        rows = self.rows[:n_rows] + _numbered("x", n_rows)[len(self.rows) :]
        columns = self.columns[:n_columns] + _numbered("y", n_columns)[len(self.columns) :]
        return Table(tuple(map(tuple, counts)), rows, columns, self.corner, self.locked)


def named(counts: Sequence[Sequence[int]], rows: Sequence[str], columns: Sequence[str], *corner: str) -> Table:
    """A table with these names, as far as its text form can carry them."""
    rows, columns = (tuple(_name(text) or "–" for text in names) for names in (rows, columns))
    counts = tuple(tuple(int(n) for n in row) for row in counts)
    return Table(counts, rows, columns, tuple(_name(text) or "–" for text in corner))


def _numbered(letter: str, n: int) -> tuple[str, ...]:
    return tuple(f"{letter}{i + 1}" for i in range(n))


def parse(text: str, normalize: bool = False) -> Table:
    """Read `0.4, 0.1; 0.05, 0.45`: rows by semicolons, cells by commas; decimals, fractions, percentages or counts.

    What stands before a colon names the row. A first row that begins with two names and a slash between them says what
    rows and columns stand for, and names the columns. A `!` at the end locks the sums.

    >>> parse("Coin/Hand: left, right; heads: 1/2, 0; tails: 25%, .25!").counts
    ((2, 0), (1, 1))
    >>> parse("2,3; 4,0; 3,2").total
    14
    """
    cells, *names = _cells(text)
    return Table(_whole(cells, normalize), *names, text.rstrip().endswith("!"))


def _cells(text: str) -> tuple[list[list[Fraction]], tuple[str, ...], tuple[str, ...], tuple[str, str]]:
    """The cells as they are written, with the names of rows, columns and corner."""
    if len(text) > LONGEST:
        raise ValueError(f"The text has {len(text)} characters: a table needs fewer than {LONGEST}.")
    lines = [line for line in re.split(r"[;\n]", text.strip().removesuffix("!")) if line.strip()]
    parts = [(name.strip(), cells.split(",")) for name, _, cells in (line.rpartition(":") for line in lines)]
    columns, corner = (), ("X", "Y")
    if parts and "/" in parts[0][0]:
        (said, names), *parts = parts
        columns = tuple(_name(n) or f"y{i + 1}" for i, n in enumerate(names))
        corner = tuple(_name(n) or usual for n, usual in zip(said.split("/", 1), corner, strict=True))
    if not FEWEST <= len(parts) <= MOST:
        there = "is only one row" if len(parts) == 1 else f"are {len(parts) or 'no'} rows"
        raise ValueError(f"There {there}: type {FEWEST} to {MOST}, separated by semicolons.")
    width = len(columns) or len(parts[0][1])
    wanted = width if FEWEST <= width <= MOST else f"{FEWEST} to {MOST}"
    for i, (_, row) in enumerate(parts):
        if len(row) != wanted:
            there = "only one cell" if len(row) == 1 else f"{len(row)} cells"
            raise ValueError(f"Row {i + 1} has {there}: type {wanted}, separated by commas.")
    rows = tuple(_name(name) or f"x{i + 1}" for i, (name, _) in enumerate(parts))
    return [[_number(cell) for cell in row] for _, row in parts], rows, columns, corner


def _name(text: str) -> str:
    plain = re.sub(r"[,:;/!\s]+", " ", text).replace("<", "‹").replace(">", "›")  # a figure would read markup in it
    return plain.strip()[:NAMED].strip()


def _number(cell: str) -> Fraction:
    shown, text = cell.strip()[:30], cell.strip().replace("\N{MINUS SIGN}", "-")
    if re.fullmatch(r"-[0-9./]+%?", text):
        raise ValueError(f"“{shown}” is negative: a share is at least 0.")
    found = NUMBER.fullmatch(text)
    if not found or (found[2] and int(found[2]) == 0):
        raise ValueError(f"“{shown}” is not a number: write 0.25, 1/4 or 25%.")
    return Fraction(found[1]) / int(found[2] or 1) / (100 if found[3] else 1)


def _whole(cells: list[list[Fraction]], normalize: bool) -> Counts:
    """Cells as whole numbers. Whole numbers are counts; anything else must sum to 1, unless it is to be divided."""
    total = sum(map(sum, cells))
    if total == 0:
        raise ValueError("Every cell is 0: at least one must be positive.")
    counted = all(cell.denominator == 1 for row in cells for cell in row)
    if not counted and not normalize and abs(total - 1) > 2.0**-26:
        raise NotAWhole(f"The cells sum to {float(total):.6g}, not 1: correct one of them or normalize.")
    common = math.lcm(*(cell.denominator for row in cells for cell in row))
    if common * max(total, 1) > DENOMINATOR:
        raise ValueError("The cells have no common denominator below 10¹²: write them with fewer digits.")
    return tuple(tuple(int(cell * common) for cell in row) for row in cells)


def code(table: Table) -> str:
    """The text from which `parse` restores exactly this table: decimals where they end, counts where they do not.

    >>> code(Table(((8, 2), (1, 9)), locked=True)), code(Table(((2, 3), (4, 0), (3, 2))))
    ('0.4,0.1;0.05,0.45!', '2,3;4,0;3,2')
    """
    ends = DENOMINATOR % table.total == 0
    lines = [",".join(_decimal(n, table.total) if ends else str(n) for n in row) for row in table.counts]
    usual = Table(table.counts)
    if table.rows != usual.rows:
        lines = [f"{name}:{line}" for name, line in zip(table.rows, lines, strict=True)]
    if (table.columns, table.corner) != (usual.columns, usual.corner):
        lines.insert(0, f"{'/'.join(table.corner)}:{','.join(table.columns)}")
    return ";".join(lines) + ("!" if table.locked else "")


def _decimal(n: int, total: int) -> str:
    whole, rest = divmod(n * DENOMINATOR // total, DENOMINATOR)
    return f"{whole}.{rest:012d}".rstrip("0").rstrip(".")


def table(
    key: str, label: str, *, default: str, move: Callable[[Counts, int, int, int, bool], Sequence],
    ends: Callable[[Counts, bool], tuple[Sequence, Sequence]], color: str = "p",
) -> Table:  # fmt: skip
    """Draw the cells and the typed form; return the table.

    `move(counts, i, j, count, locked)` is the table after a hand has given `count` to a cell; `ends(counts, locked)`
    are the least and the most that each cell can be given.
    """
    parameter = state.Parameter(key, parse(default), parse, code)
    shown, draft = state.read(parameter), f"{key}:draft"

    def changed():
        event = state.hand(key)
        try:
            gripped = st.session_state.get(f"{key}:start", (None, None))
            if gripped[0] != event.get("grip"):  # what is dragged moves from where the hand took hold of it
                gripped = st.session_state[f"{key}:start"] = (event.get("grip"), state.read(parameter))
            state.write(parameter, _after(event, gripped[1], move), bool(event.get("held")))
            st.session_state.pop(draft, None)
            if "text" in event and (divisor := _sum_of_counts(event["text"])):
                state.note(parameter, f"The counts are divided by their sum, {divisor}.")
        except (ValueError, KeyError, TypeError, IndexError) as problem:
            if "text" in event:
                st.session_state[draft] = {"text": str(event["text"]), "offer": isinstance(problem, NotAWhole)}
            state.note(parameter, str(problem))

    fine, typed = shown.finer(), st.session_state.get(draft)
    whole = sum(map(sum, fine))
    low, high = ([[int(n) / whole for n in row] for row in end] for end in ends(fine, shown.locked))
    _table(
        key=f"{key}:hand",
        data=dict(
            label=label, cells=[[n / whole for n in row] for row in fine], least=low, most=high, names=shown.rows,
            heads=shown.columns, corner=shown.corner, locked=shown.locked, color=color, fewest=FEWEST, limit=MOST,
            text=typed["text"] if typed else code(shown).removesuffix("!").replace(",", ", ").replace(";", "; "),
            refused=typed is not None, offer=bool(typed and typed["offer"]), note=state.note(parameter),
            seq=state.hand(key).get("seq", 0), **state.link(parameter, shown),
        ),
        on_hand_change=changed,
    )  # fmt: skip
    return shown


def _sum_of_counts(text: str) -> int:
    """What typed counts were divided by; 0 if the cells were shares."""
    cells = [cell for row in _cells(text)[0] for cell in row]
    return int(sum(cells)) if sum(cells) > 1 and all(cell.denominator == 1 for cell in cells) else 0


def _after(event: dict, start: Table, move: Callable) -> Table:
    """The table after what the hand has done, judged like anything else that comes from outside."""
    if "text" in event:
        said = str(event["text"])
        table = parse(said, bool(event.get("normalize")))
        return table.holding(table.counts, table.locked or start.locked)
    if "size" in event:
        n_rows, n_columns = (min(max(int(n), FEWEST), MOST) for n in event["size"])
        return start.resized(n_rows, n_columns)
    if "lock" in event:
        return start.holding(start.counts, bool(event["lock"]))
    fine, (i, j) = start.finer(), map(int, event["cell"])
    count = round(float(event["value"]) * sum(map(sum, fine)))
    return start.holding(move(fine, i, j, count, start.locked))
