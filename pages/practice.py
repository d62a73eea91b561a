"""Practice: can it be worked out by hand?"""

import streamlit as st

from core.scenes import practice as scenes
from pages import live
from pages.figures import practice as figures
from pages.live.typed import number
from pages.shell import controls, settings, show, take

KIND, SEED, ANSWER, PICK, SOLVED = (f"practice_{name}" for name in ("kind", "seed", "answer", "pick", "solved"))
CONCEPTS, NONE = "concepts", "?"  # NONE is what stands in the place of an answer until there is one
NOTHING = {ANSWER: NONE, PICK: NONE, SOLVED: False}
made = st.cache_data(max_entries=256, show_spinner=False)(scenes.exercise)
unit = settings.unit()


def read(text: str) -> float | None:
    """The number in the field, with or without the question mark that stands there first."""
    return None if text.strip() == NONE else number(text.strip().strip(NONE))


def forget_what_was_answered_elsewhere(asked: str) -> None:
    """An answer belongs to one exercise in one unit: with another of them the place is empty again."""
    before = st.session_state.get("practice_asked:", asked)
    st.session_state["practice_asked:"] = asked
    if before != asked:
        st.session_state.update(NOTHING)


def steer(kind: str) -> int:
    """Which exercise of the kind: its seed, and the way to the next."""
    seed = live.slider(SEED, "Seed", low=0, high=scenes.SEEDS - 1, step=1, whole=True, default=1)
    controls.presets("practice", {"Next": {SEED: (seed + 1) % scenes.SEEDS, **NOTHING}})
    forget_what_was_answered_elsewhere(f"{kind} {seed} {unit.name}")
    return seed


def choose() -> str:
    """The kind of exercise."""
    return controls.choice(KIND, "Kind", [*scenes.KINDS, CONCEPTS], scenes.KINDS[0], label_visibility="collapsed")


def exercise(kind: str, left, right) -> None:  # a number is asked for
    with left:
        place = st.container()
        task = made(kind, steer(kind))
        with place:
            st.markdown(f"**{figures.question(task, unit)}**")
            label = f"Answer in {unit.name}" if task.information else "Answer"
            value = live.typed(ANSWER, label, default=NONE, parse=read, color="q")
            verdict = None if value is None else scenes.judge(task, value, unit)
            waiting = "A decimal, a fraction or a percentage. Within 1 percent counts as right."
            show.notice(figures.said(task, value, verdict, unit) if verdict else waiting)
            solved = controls.switch(SOLVED, "Show the solution")
    with right:
        show.picture("practice_picture", figures.exercise(task, unit, value, verdict, solved), size="main")
    if not solved:
        return show.findings(figures.given(task), "Three digits are enough. The solution shows every term.")
    show.findings(figures.given(task), *figures.solution(task, unit))
    take.away("practice", *figures.taken(task, unit))


def concept(left, right) -> None:  # a word is asked for
    with right:
        text, options = figures.concept(steer(CONCEPTS))
    with left:
        st.markdown(f"**{text}**")
        st.markdown("\n".join(f"- {letter}: {option}" for letter, (option, _) in options.items()))
        picked = controls.choice(PICK, "Answer", [NONE, *options], NONE)
        show.notice(options[picked][1] if picked in options else "One of them is right.")


@st.fragment
def practice() -> None:
    above = st.container()
    left, right = st.columns([5, 9], gap="medium")
    with left if settings.lecture() else above:  # in a lecture the picture fills the projector
        kind = choose()
    if kind == CONCEPTS:
        concept(*st.columns([7, 6], gap="large"))
    else:
        exercise(kind, left, right)


practice()
