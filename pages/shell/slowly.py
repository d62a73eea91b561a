"""Long work in small steps: the page shows what is done so far, and whatever the reader does next comes first."""

from collections.abc import Callable, Sequence

import streamlit as st


def results(key: str, of: object, wanted: int, step: int, compute: Callable[[int, int], Sequence]) -> list:
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
