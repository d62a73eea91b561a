"""VAE KL surface: what does the prior charge?"""

from functools import partial

import streamlit as st

from core.scenes import vae_kl as scenes
from pages import live
from pages.figures import vae_kl as figures
from pages.live.typed import numbers
from pages.shell import controls, predict, settings, show, take

MU, SIGMA = "vae_mu", "vae_sigma"
BETAS = (0.05, 50.0)
PRESETS = {
    "The prior": {MU: 0.0, SIGMA: 1.0},
    "Shifted by 1": {MU: 1.0, SIGMA: 1.0},
    "σ² = 2": {MU: 0.0, SIGMA: 1.41421356237},
    "μ = 2, σ² = ½": {MU: 2.0, SIGMA: 0.707106781187},
    "Nearly certain": {MU: 1.5, SIGMA: 0.05},
}
unit = settings.unit()
surface = st.cache_data(scenes.surface, max_entries=4)
tradeoff = st.cache_data(scenes.tradeoff, max_entries=64)


@st.fragment
def posterior() -> None:  # one posterior on the plane, and the same on the surface
    left, middle, right = st.columns([6, 5, 3], gap="medium")  # on a phone the pictures come first
    with right:
        mu = live.slider(MU, "Mean μ", low=-scenes.FARTHEST, high=scenes.FARTHEST, default=1.0, color="q")
        sigma = live.slider(SIGMA, "Width σ", low=scenes.NARROWEST, high=scenes.WIDEST, default=0.5, color="q")
        logarithmic = controls.choice("vae_axis", "Axis of the width", ["σ", "log σ²"], "σ") != "σ"
        turn = live.slider("vae_turn", "Turn", low=-180, high=180, step=1, default=-60, unit="°")
        at, over = scenes.point(mu, sigma, logarithmic), surface(logarithmic)
        guess = predict.guess("vae_guess", f"{mu},{sigma}", "Estimate of the charge", top=8.0, answer=at.kl)

    def move(_: str, x: float, y: float) -> None:
        st.session_state[MU], st.session_state[SIGMA] = x, scenes.sigma_at(y, logarithmic)

    with left:
        show.picture("vae_plane", figures.plane(over, at, unit, guess), on_move=move, size="main")
    with middle:
        if guess is None:
            show.picture("vae_surface", figures.surface(over, at, unit, turn), size="main")
    if guess is None:
        readouts = figures.readouts(at, unit, logarithmic)
        show.findings(readouts, figures.finding(at, unit), figures.definition(unit), figures.worked(at, unit))
    if live.released(MU) or live.released(SIGMA) or live.released("vae_plane"):
        st.rerun()  # the draws follow when the hand lets go


@st.fragment
def draws() -> None:  # the posterior beside the prior, and draws that move with it
    left, right = st.columns([3, 8], gap="medium")
    with left:
        n = live.slider("vae_draws", "Draws", low=5, high=2000, scale="log", whole=True, default=30, color="q")
        seed = live.slider("vae_seed", "Seed", low=0, high=999, step=1, whole=True, default=1)
        controls.presets("vae_again", {"Draw again": {"vae_seed": (seed + 1) % 1000}})
    with right:
        scene = scenes.draws(st.session_state[MU], st.session_state[SIGMA], n, seed)
        show.picture("vae_draws_picture", figures.draws(scene, unit))
    if live.released("vae_draws_picture"):
        st.rerun()


@st.fragment
def dimensions() -> None:  # a posterior of several dimensions: the charges add up
    left, right = st.columns([3, 8], gap="medium")
    with left:
        several = partial(numbers, low=-10, high=10, fewest=2)
        means = live.typed("vae_means", "Means μ", default=".5 -.3 .1", parse=several)
        several = partial(numbers, low=-15, high=5, fewest=2)
        widths = live.typed("vae_logvars", "Log-variances log σ²", default="-.5 .2 -.1", parse=several)
        if len(means) != len(widths):
            n = min(len(means), len(widths))
            show.notice(f"{len(means)} means and {len(widths)} log-variances: the first {n} of each are drawn.")
            means, widths = means[:n], widths[:n]
    with right:
        show.picture("vae_dimensions", figures.dimensions(scenes.dimensions(means, widths), unit))


@st.fragment
def linear() -> None:  # the linear VAE at its optimum, while beta moves
    first, second, third = st.columns(3, gap="medium")
    with first:
        beta = live.slider("vae_beta", "Weight β", low=BETAS[0], high=BETAS[1], scale="log", default=1.0, color="loss")
    with second:
        noise = live.slider("vae_noise", "Noise variance σ² of the decoder", low=0.1, high=2, default=0.5, color="p")
    with third:
        drawable = partial(numbers, low=0, high=figures.HEIGHT, most=8)
        spectrum = live.typed("vae_spectrum", "Variances λ of the data", default="4 2 1 .3", parse=drawable)
    at = scenes.trained(spectrum, noise, beta)

    def move(_: str, __: float, level: float) -> None:
        st.session_state["vae_beta"] = scenes.beta_at(level, noise, *BETAS)

    left, right = st.columns(2, gap="large")
    with left:
        show.picture("vae_spectrum_picture", figures.spectrum(at, unit, BETAS), on_move=move)
        show.picture("vae_tradeoff", figures.tradeoff(tradeoff(spectrum, noise, *BETAS), at, unit))
    with right:
        names = [str(i + 1) for i in range(len(spectrum))]
        chosen = controls.choice("vae_dimension", "Dimension on the plane", names, "1")
        scene = scenes.landscape(spectrum[int(chosen) - 1], noise, beta)
        show.picture("vae_landscape", figures.landscape(scene, at, unit), size="main")
    show.notice(figures.walked(at, unit))


controls.around(lambda: controls.presets("vae", PRESETS), posterior)
if not predict.hiding("vae_guess"):
    show.side_by_side({"Draws of the posterior": draws})
show.side_by_side({"Several dimensions": dimensions})
show.side_by_side({"A linear VAE, trained": linear})
take.away("vae-kl", *figures.taken(scenes.point(st.session_state[MU], st.session_state[SIGMA]), unit))
show.claims(figures.claims(scenes.claims(), unit))
