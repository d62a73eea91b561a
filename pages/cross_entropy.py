"""Cross-entropy: what is the price of the wrong code?"""

import streamlit as st

from core.scenes import cross_entropy as scenes
from pages import live
from pages.figures import cross_entropy as figures
from pages.live.distribution import Shares, code, parse
from pages.shell import controls, predict, settings, show, take

P, Q, RIGHT = "cross_p", "cross_q", "cross_right"
WRONG = ("0.5,0.25,0.125,0.125", "0.125,0.125,0.25,0.5")
PRESETS = {
    "Wrong way round": WRONG,
    "Even code": ("0.5,0.25,0.125,0.125", "0.25,0.25,0.25,0.25"),
    "The right code": ("0.5,0.25,0.125,0.125", "0.5,0.25,0.125,0.125"),
    "Label, q = 0.9": ("1,0,0", "0.9,0.05,0.05"),
    "Label, q = 0.1": ("1,0,0", "0.1,0.6,0.3"),
    "Label, q = 0.01": ("1,0,0", "0.01,0.9,0.09"),
    "Impossible": ("0.6,0.3,0.1", "0.7,0.3,0"),
}
unit = settings.unit()


def compared(p: Shares, q: Shares) -> tuple[scenes.Code, tuple[str, ...]]:
    """Both over the same outcomes, named after the longer list."""
    return scenes.code(p.values, q.values), max(p.names, q.names, key=len)


@st.fragment
def pair() -> None:  # p and q in the hand, the code lengths as areas, and what they add up to
    def lengthen(handle: str, _: float, y: float) -> None:
        i, q = int(handle.removeprefix("word")), st.session_state[Q]
        length = figures.length_at(compared(st.session_state[P], q)[0], i, y, unit)
        moved = scenes.with_length(q.values, i, length, q.locked)
        st.session_state[Q] = Shares(tuple(moved.tolist()), q.names, q.locked)

    left, one, two = st.columns([13, 7, 7], gap="medium")  # on a phone the picture comes first
    with one:
        st.markdown("**p**, what happens")
        p = live.distribution(P, "Distribution p", default=WRONG[0], color="p")
    with two:
        st.markdown("**q**, what the code expects")
        q = live.distribution(Q, "Distribution q", default=WRONG[1], color="q")
    scene, names = compared(p, q)
    with one:
        state = f"{code(p)} {code(q)}"
        guess = predict.guess("cross_guess", state, "Estimate of H(p, q)", top=figures.TOP, answer=scene.cross_entropy)
    past = compared(live.before(P) or p, live.before(Q) or q)[0] if live.before(P) or live.before(Q) else None
    with left:
        shown = figures.code(scene, unit, names, q.locked, guess, past)
        show.picture("cross_code", shown, on_move=lengthen, size="tall")
    if guess is None:
        said = figures.notice(scene, unit, names)
        show.findings(figures.readouts(scene, unit), said, figures.DEFINITION, figures.worked(scene, unit))
    if any(live.released(key) for key in (P, Q, "cross_code")):
        st.rerun()  # the export follows when the hand lets go


@st.fragment
def right() -> None:  # one answer is right: log loss
    controls.presets("cross_five", {f"q = {q:g}": {RIGHT: q} for q in scenes.FIVE})
    q = live.slider(RIGHT, "Probability of the right answer", low=0, high=1, step=0.01, default=0.4, color="q")
    scene = scenes.right_answer(q)
    show.picture("cross_loss", figures.right_answer(scene, unit))
    show.findings(*figures.right_answer_said(scene, unit))


@st.fragment
def coin() -> None:  # two outcomes: cross-entropy is the tangent of the entropy
    left, right = st.columns(2)
    with left:
        p = live.slider("cross_heads", "Probability of heads, p", low=0, high=1, default=0.5, color="p")
    with right:
        q = live.slider("cross_belief", "Believed probability, q", low=0, high=1, default=0.2, color="q")
    show.picture("cross_tangent", figures.tangent(scenes.tangent(p, q), unit))
    show.notice("The code for q costs what the tangent at q says. No tangent is below the arch: KL is never negative.")


states = {name: {P: parse(p), Q: parse(q)} for name, (p, q) in PRESETS.items()}
controls.around(lambda: controls.presets("cross", states), pair)
if not predict.hiding("cross_guess"):
    scene, names = compared(st.session_state[P], st.session_state[Q])
    take.away("cross", *figures.taken(scene, unit, names))
show.side_by_side({"One right answer": right, "Two outcomes": coin})
show.claims(figures.claims(scenes.claims(), unit))
