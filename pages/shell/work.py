"""Long work: in pieces, with a bar that says how far it is; the next change interrupts it; kept by its input.

`done` waits until all is there. `so_far` gives what there is, for a page that is worth seeing before the `rest` comes.
"""

import time
from collections.abc import Callable, Sequence
from hashlib import sha256

import streamlit as st

MOMENT = 0.3  # seconds: work that takes no longer needs no bar


def done(what: str, texts: tuple[str, ...], pieces: Sequence[tuple[Callable, *tuple[float, ...]]]) -> list:
    """What each piece, a function and its numbers, makes of the texts.

    Between two pieces whatever has changed in the meantime goes first and the rest is left. What a piece came to is
    kept by what the texts are, for every visitor: what has been done once need not be done again. And a session keeps
    what it was last given under the name `what`: looking up every piece would take longer than a step of a drag has.
    """
    state, slot = [sha256(text.encode()).hexdigest() for text in texts], f"work:{what}"
    asked = (state, [(job.__qualname__, *numbers) for job, *numbers in pieces])
    place, start, found = st.empty(), time.monotonic(), []
    if st.session_state.get(slot, (None,))[0] == asked:
        return st.session_state[slot][1]
    for i, (job, *numbers) in enumerate(pieces):
        if time.monotonic() - start > MOMENT:
            place.progress(i / len(pieces), text=f"{what}: {i} of {len(pieces)}")
        found.append(_kept(job.__qualname__, state, numbers, job, texts))
    place.empty()
    st.session_state[slot] = (asked, found)
    return found


def so_far(key: str, of: object, wanted: int, step: int, compute: Callable[[int, int], Sequence]) -> list:
    """The first `wanted` results, or as many as are done: each call adds up to `step` of them.

    `compute(start, stop)` gives results number start to stop. What is done is kept for this visitor until `of`, which
    says what the results belong to, changes; a larger number goes on from there.
    """
    known, done = st.session_state.get(f"{key}:done", (None, []))
    done = done if known == of else []
    if len(done) < wanted:
        done = [*done, *compute(len(done), min(wanted, len(done) + step))]
        st.session_state[f"{key}:done"] = of, done
    return done[:wanted]


def rest(more: Callable[[], int], wanted: int, what: str) -> None:
    """Show how far it is and go on, a step at a time, while `more()`, the number of results, is below `wanted`.

    The steps are runs of a fragment of their own, asked for by the browser: a control that is moved meanwhile is
    answered between two of them.
    """

    def go_on() -> None:
        done = more()
        st.progress(done / wanted, f"{done} of {wanted} {what}")
        if done == wanted:
            st.rerun()

    st.fragment(go_on, run_every=0.3)()


@st.cache_data(max_entries=2000, show_spinner=False)
def _kept(name: str, state: list[str], numbers: list[float], _job: Callable, _texts: tuple[str, ...]):
    return _job(*_texts, *numbers)
