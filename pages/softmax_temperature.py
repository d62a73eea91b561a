"""Softmax temperature: how sure should it sound?"""

from functools import partial

import streamlit as st

from core.scenes import softmax as scenes
from pages import live
from pages.figures import softmax_temperature as figures
from pages.live.named import Named, code, reader
from pages.shell import controls, predict, settings, show, take

Z, T, ADD = "softmax_z", "softmax_T", "softmax_add"
LOGITS, STUDENT = "2,1,0.5,0.1,-0.5", "0,1,0,0,0"
ENDS = dict(low=scenes.COLDEST, high=scenes.HOTTEST, scale="log", zero=True, infinite=True, default=1.0)
PRESETS = {
    **{f"T = {t:g}": {Z: LOGITS, T: t, ADD: 0.0} for t in (0.5, 1.0, 2.0, 5.0, 10.0)},
    "Greedy": {Z: LOGITS, T: 0.0, ADD: 0.0},
    "Uniform": {Z: LOGITS, T: float("inf"), ADD: 0.0},
    "Two tied": {Z: "2,2,0.5,0.1,-0.5", T: 0.0, ADD: 0.0},
    "Add 3": {Z: LOGITS, T: 1.0, ADD: 3.0},
}
DEFINITION = r"p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}, \qquad H = \sum_i p_i\,(-\log p_i)"
unit = settings.unit()
logits = reader("logit", -100, 100)
calibrated, checked = (st.cache_data(f, max_entries=64) for f in (scenes.calibration, scenes.claims))


@st.fragment
def main() -> None:  # the logits in the hand, the temperature, and everything that follows from the two
    left, right = st.columns([5, 9], gap="medium")
    with left:
        temperature = live.slider(T, "Temperature T", color="p", **ENDS)
        added = live.slider(ADD, "Add to every logit", low=-3.0, high=3.0, step=0.1, default=0.0, color="ghost")
        z = live.typed(Z, "Logits", default=LOGITS, parse=logits, color="p")
        scene = scenes.at_temperature(z.values, temperature, added)
        state, h = f"{code(z)} at {temperature}", scene.entropy
        guess = predict.guess("softmax_guess", state, "Estimate of H", top=scenes.MOST, answer=h)

    def drag(handle: str, x: float, _: float) -> None:
        i = int(handle.removeprefix("z"))
        st.session_state[Z] = code(z.with_value(i, round(x - added, 6)))

    with right:
        show.picture("softmax_bars", figures.bars(scene, unit, z.names, guess), on_move=drag, size="main")
    if guess is None:
        said, below = figures.notice(scene, z.names), {"All temperatures": curve, "First three outcomes": path}
        show.findings(figures.readouts(scene, unit), said, DEFINITION, figures.worked(scene, unit))
        show.side_by_side({title: partial(draw, z, temperature) for title, draw in below.items()})
    if any(live.released(key) for key in (Z, T, ADD, "softmax_bars", "softmax_curve", "softmax_path")):
        st.rerun()  # the sections below follow when the hand lets go


def curve(z: Named, temperature: float) -> None:  # all temperatures at once
    def warm(_: str, x: float, __: float) -> None:
        st.session_state[T] = figures.TEMPERATURES.value_at(x)

    show.picture("softmax_curve", figures.curve(scenes.curve(z.values, temperature), unit), on_move=warm)


def path(z: Named, temperature: float) -> None:  # three outcomes: the way over the simplex
    def walk(_: str, x: float, y: float) -> None:
        st.session_state[T] = scenes.nearest_temperature(z.values, x, y)

    if len(z.values) < 3:
        return show.notice("The path over the triangle needs three logits.")
    show.picture("softmax_path", figures.path(scenes.path(z.values, temperature), unit, z.names), on_move=walk)


@st.fragment
def words() -> None:  # what is drawn when the tail is cut off
    left, right = st.columns([4, 9], gap="medium")
    with left:
        after = controls.choice("softmax_after", "Gettysburg Address, after", scenes.CONTEXTS, "we")
        temperature = live.slider("softmax_wordT", "Temperature", color="p", **ENDS)
        k = live.slider("softmax_k", "Top-k", low=1, high=scenes.WORDS, step=1, whole=True, default=4, color="loss")
        mass = live.slider("softmax_mass", "Top-p", low=0.05, high=1.0, step=0.01, default=1.0, color="loss")
        draws = live.slider("softmax_draws", "Draws", low=10, high=10000, scale="log", whole=True, default=100)
        seed = live.slider("softmax_seed", "Seed", low=0, high=999, step=1, whole=True, default=1)
    scene = scenes.next_word(after, temperature, k, mass, draws, seed)

    def cut(_: str, __: float, y: float) -> None:
        st.session_state["softmax_k"] = figures.k_at(scene, y)

    with right:
        show.picture("softmax_words", figures.next_word(scene, k), on_move=cut, size="main")
        show.notice(figures.drawn(scene))


@st.fragment
def distill(z: Named) -> None:  # what a student learns from a softened teacher
    left, right = st.columns(2)
    with left:
        soft = live.slider("softmax_soft", "Temperature", low=0.5, high=100, scale="log", default=4.0, color="q")
    with right:
        student = live.typed("softmax_student", "Logits of the student", default=STUDENT, parse=logits, color="q")
    scene = scenes.distillation(z.values, scenes.matched(student.values, len(z.values)), soft)
    show.picture("softmax_teacher", figures.distillation(scene, z.names))
    show.picture("softmax_gradient", figures.gradient(scene))
    show.findings(*figures.taught(scene, unit, len(student.values)))


@st.fragment
def calibrate() -> None:  # one number, fitted on held-out logits
    stretch = live.slider("softmax_stretch", "Logits multiplied by", low=0.25, high=4, scale="log", default=2.0)
    n = live.slider("softmax_n", "Held-out rows", low=50, high=2000, scale="log", whole=True, default=500)
    seed = live.slider("softmax_rows", "Seed", low=0, high=999, step=1, whole=True, default=1)
    scene = calibrated(stretch, n, seed)
    show.picture("softmax_reliability", figures.reliability(scene))
    show.picture("softmax_nll", figures.likelihood(scene, unit))
    show.findings(*figures.judged(scene, unit))


controls.around(lambda: controls.presets("softmax", PRESETS), main)
z = logits(st.session_state[Z])
scene = scenes.at_temperature(z.values, st.session_state[T], st.session_state[ADD])
take.away("softmax", *figures.taken(scene, unit, z.names))
show.side_by_side({"Next words": words})
show.side_by_side({"Distillation": lambda: distill(z), "Calibration": calibrate})
show.claims(figures.claims(checked()))
