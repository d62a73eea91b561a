"""Losses: why not squared error?"""

import streamlit as st

from core.scenes import likelihood as likelihoods
from core.scenes import losses as scenes
from pages import live
from pages.figures import likelihood as drawn
from pages.figures import losses as figures
from pages.live.named import code, reader
from pages.shell import controls, predict, settings, show, take

P, Y, BATCH, LABELS, FLIPPED = "losses_p", "losses_y", "losses_batch", "losses_labels", "losses_labels:flipped"
unit = settings.unit()
surveyed, raced = (st.cache_data(f, max_entries=64, show_spinner=False) for f in (scenes.landscape, scenes.race))
five = {what: reader(what, 0, 1, fewest=5, most=5) for what in ("prediction", "label")}


@st.fragment
def main() -> None:  # one prediction in the hand, what it costs, and how hard either loss pulls at it
    left, right = st.columns([11, 3], gap="medium")  # on a phone the picture comes first
    with right:
        p = live.slider(P, "Probability of 1", low=0, high=1, default=0.05, color="p")
        scene = scenes.prediction(p, int(controls.choice(Y, "Label", ["1", "0"], "1")))
        state, cost = f"{p},{scene.label}", scene.cross_entropy
        guess = predict.guess("losses_guess", state, "Estimate of the loss", top=7.0, answer=cost)
    with left:
        shown = figures.prediction(scene, unit, guess)
        to_p = live.sets(P, scenes.probability_at, by="losses_prediction", handle="z")
        show.picture("losses_prediction", shown, on_move=to_p, size="tall")
    if guess is None:
        show.findings(figures.readouts(scene, unit), figures.finding(scene), figures.DEFINITION)


@st.fragment
def race() -> None:  # both losses from the same confidently wrong start
    left, right = st.columns([9, 3], gap="medium")
    with right:
        step = live.slider("losses_step", "Step", low=0, high=scenes.STEPS, step=1, whole=True, default=20, color="p")
        rate = live.slider("losses_rate", "Learning rate", low=0.05, high=20, scale="log", default=1.0)
        w = live.slider("losses_w", "Start: weight w", low=-scenes.WIDE, high=scenes.WIDE, step=0.1, default=-6.0)
        b = live.slider("losses_b", "Start: bias b", low=-scenes.WIDE, high=scenes.WIDE, step=0.1, default=0.0)
        seed = live.slider("losses_seed", "Seed of the data", low=0, high=999, step=1, whole=True, default=1)
        land, scene = surveyed(seed), raced(seed, w, b, rate)
        show.notice(figures.raced(scene))
    with left:
        show.picture("losses_plane", figures.plane(land, scene, step), size="main")
    left, right = st.columns(2, gap="large")
    with left:
        show.picture("losses_progress", figures.progress(scene, step, unit))
    with right:
        show.picture("losses_fitted", figures.fitted(land, scenes.fitted(scene, step)))


@st.fragment
def batch() -> None:  # five predictions in the hand
    p = live.typed(BATCH, "Predictions", default="0.9,0.3,0.8,0.6,0.05", parse=five["prediction"], color="q")
    y = live.typed(LABELS, "Labels", default="1,0,1,0,1", parse=five["label"], color="p")
    scene = scenes.batch(p.values, y.values)

    def drag(handle: str, x: float, _: float) -> None:
        live.put(BATCH, code(p.with_value(int(handle.removeprefix("batch")), round(x, 6))), by="losses_bars")

    show.picture("losses_bars", figures.batch(scene, unit, p.names), on_move=drag)
    flips = {f"Flip {name}": code(y.with_value(i, 1 - y.values[i])) for i, name in enumerate(p.names)}
    controls.presets("losses_flip", {name: {LABELS: text, FLIPPED: True} for name, text in flips.items()})
    show.findings(*figures.judged(scene, unit, p.names))
    if any(live.released(key) for key in (BATCH, LABELS, "losses_bars")) or st.session_state.pop(FLIPPED, False):
        st.rerun()  # the export follows


@st.fragment
def smoothing() -> None:  # a floor under the loss, and a best lead
    epsilon = live.slider("losses_epsilon", "Smoothing ε", low=0, high=1, default=0.1, color="optimum")
    k = live.slider("losses_classes", "Classes K", low=2, high=100, scale="log", whole=True, default=10)
    scene = scenes.smoothing(k, epsilon)
    to_epsilon = live.sets("losses_epsilon", lambda gap: scenes.epsilon_at(gap, k), by="losses_smoothing")
    show.picture("losses_smoothing", figures.smoothing(scene, unit), on_move=to_epsilon)
    show.notice(figures.smoothed(scene, unit))


@st.fragment
def counts() -> None:  # what was counted: one dial for three curves, and a prior beside it
    left, right = st.columns(2, gap="large")
    with left:
        n = live.slider("losses_n", "Trials n", low=1, high=100, scale="log", whole=True, default=10, color="p")
        s = live.slider("losses_s", "Successes s", low=0, high=100, step=1, whole=True, default=7, color="p")
        theta = live.slider("losses_theta", "Model’s probability θ", low=0, high=1, default=0.5, color="q")
        scene = likelihoods.likelihood(min(s, n), n, theta)
        show.picture("losses_likelihood", drawn.likelihood(scene, unit))
        show.notice(drawn.common(scene, unit, s))
    with right:
        a = live.slider("losses_prior_a", "Beta prior: a", low=1, high=100, scale="log", default=5.0)
        b = live.slider("losses_prior_b", "Beta prior: b", low=1, high=100, scale="log", default=5.0)
        prior = likelihoods.posterior(min(s, n), n, a, b)
        show.picture("losses_posterior", drawn.posterior(prior))
        show.notice(drawn.pulled(prior))


@st.fragment
def noise() -> None:  # which loss belongs to which noise
    left, right = st.columns([5, 6], gap="large")
    with left:
        y = live.slider("losses_seen", "Observed y", low=0, high=likelihoods.LARGEST, step=1, whole=True, default=3)
        f = live.slider("losses_f", "Prediction f", low=0, high=likelihoods.LARGEST, step=0.1, default=5.0)
        scene = likelihoods.noises(y, f)
        show.picture("losses_noises", drawn.noises(scene, unit))
    with right:
        st.markdown(drawn.table(scene, unit))


controls.around(lambda: controls.presets("losses", {k: {P: p, Y: "1"} for k, p in scenes.EXAMPLES.items()}), main)
show.side_by_side({"A race from a confidently wrong start": race})
show.side_by_side({"A batch of five": batch, "Smoothed labels": smoothing})
show.side_by_side({"Likelihood is cross-entropy": counts})
show.side_by_side({"Which loss for which noise": noise})
p, y = (read(st.session_state[key]) for read, key in zip(five.values(), (BATCH, LABELS), strict=True))
take.away("losses", *figures.taken(scenes.batch(p.values, y.values), unit, p.names))
show.claims(figures.claims(scenes.claims(), unit))
