"""KL asymmetry: what does it cost to be wrong, and for whom?"""

import streamlit as st

from core.scenes import kl_gaussians as scenes
from core.scenes.kl_gaussians import MIXTURES, Normal
from pages import live
from pages.figures import kl_gaussians as figures
from pages.live.distribution import parse
from pages.shell import controls, predict, settings, show, take

LOW, HIGH = figures.MEANS
PAIR = ("kl_mu_p", "kl_sigma_p", "kl_mu_q", "kl_sigma_q")
MODES = ("kl_m1", "kl_s1", "kl_m2", "kl_s2", "kl_weight")
unit = settings.unit()
kept = st.cache_data(max_entries=64, show_spinner=False)
fitted, surveyed, checked = kept(scenes.fit), kept(scenes.landscapes), kept(scenes.claims)


def gaussian(keys: tuple[str, ...], name: str, at: Normal, most: float, color: str) -> Normal:
    """The two sliders of one Gaussian."""
    mu = live.slider(keys[0], f"Mean of {name}", low=LOW, high=HIGH, step=0.05, default=at.mu, color=color)
    width = f"Width σ of {name}"
    return Normal(mu, live.slider(keys[1], width, low=0.4, high=most, scale="log", default=at.sigma, color=color))


@st.fragment
def pair() -> None:  # P and Q in the hand, and both directions between them
    def widen(handle: str, x: float, _: float) -> None:
        if handle.endswith("_width"):
            st.session_state[f"kl_sigma_{handle[0]}"] = round(abs(x - st.session_state[f"kl_mu_{handle[0]}"]), 6)

    left, right = st.columns([9, 4], gap="medium")  # on a phone the picture comes first
    with right:
        p = gaussian(PAIR[:2], "P", Normal(0.0, 0.5), 3, "p")
        q = gaussian(PAIR[2:], "Q", Normal(0.0, 2.0), 3, "q")
        scene = scenes.pair(p, q)
        guess = predict.guess("kl_guess", f"{p} {q}", "Estimate of KL(Q‖P)", top=12.0, answer=scene.reverse.kl)
    with left:
        show.picture("kl_pair", figures.pair(scene, unit, guess), on_move=widen, size="tall")
    if guess is None:
        show.findings(figures.readouts(scene, unit), *figures.said(scene, unit))
    if any(live.released(key) for key in (*PAIR, "kl_pair")):
        st.rerun()  # the exchange and the export follow when the hand lets go


@st.fragment
def fit() -> None:  # one Gaussian for two modes, both ways
    left, right = st.columns([9, 4], gap="medium")  # on a phone the picture comes first
    with right:
        first = gaussian(MODES[:2], "the first mode", Normal(-2.0, 0.7), 2, "p")
        second = gaussian(MODES[2:4], "the second mode", Normal(2.0, 0.7), 2, "p")
        weight = live.slider("kl_weight", "Weight of the first", low=0.02, high=0.98, default=0.6, color="p")
        scene = fitted(first, second, weight)
    with left:
        show.picture("kl_fit", figures.fit(scene, unit), size="main")
    show.findings(figures.fit_readouts(scene, unit), figures.fit_finding(scene, unit))
    if any(live.released(key) for key in (*MODES, "kl_fit")):
        st.rerun()  # the landscapes follow


def mixtures() -> None:  # the presets stand outside: the landscapes follow them
    controls.presets("kl_fit", {k: dict(zip(MODES, (*a, *b, w), strict=True)) for k, (a, b, w) in MIXTURES.items()})
    fit()


@st.fragment
def descent() -> None:  # where a start ends in either landscape
    left, right = st.columns(2, gap="medium")
    with left:
        mu = live.slider("kl_start_mu", "Start: mean μ", low=-6, high=6, step=0.05, default=1.2, color="q")
    with right:
        sigma = live.slider("kl_start_sigma", "Start: width σ", low=0.2, high=6, scale="log", default=0.5, color="q")
    *modes, weight = (st.session_state[key] for key in MODES)
    mixture = Normal(*modes[:2]), Normal(*modes[2:]), weight
    found = fitted(*mixture)
    ways = scenes.descents(found, Normal(mu, sigma))
    show.picture("kl_descent", figures.landscapes(surveyed(*mixture), found, ways, unit), size="tall")


@st.fragment
def plane() -> None:  # a correlated Gaussian and the best factorized ones
    left, right = st.columns([7, 5], gap="large")
    with right:
        rho = live.slider("kl_rho", "Correlation ρ", low=-0.98, high=0.98, step=0.02, default=0.8, color="p")
        scene = scenes.plane(rho)
        show.findings(figures.plane_readouts(scene, unit), figures.plane_finding(scene, unit))
    with left:
        show.picture("kl_plane", figures.plane(scene, unit), size="main")


@st.fragment
def outcomes() -> None:  # outcomes instead of densities
    controls.presets("kl_outcomes", {k: dict(kl_p=parse(p), kl_q=parse(q)) for k, (p, q) in scenes.OUTCOMES.items()})
    one, two, right = st.columns([3, 3, 5], gap="medium")
    with one:
        st.markdown("**P**")
        p = live.distribution("kl_p", "Distribution P", default="0.7,0.2,0.1", color="p")
    with two:
        st.markdown("**Q**")
        q = live.distribution("kl_q", "Distribution Q", default="0.3,0.4,0.3", color="q")
    scene, names = scenes.discrete(p.values, q.values), max(p.names, q.names, key=len)
    with right:
        show.picture("kl_terms", figures.discrete(scene, unit, names))
    show.findings(*figures.discrete_said(scene, unit, names))


above = st.container()
pair()
p, q = (Normal(*(st.session_state[key] for key in keys)) for keys in (PAIR[:2], PAIR[2:]))
with st.container() if settings.lecture() else above:  # in a lecture the picture fills the projector
    pairs = {**scenes.PAIRS, "Swap P and Q": (q, p)}
    controls.presets("kl", {k: dict(zip(PAIR, (*a, *b), strict=True)) for k, (a, b) in pairs.items()})
if not predict.hiding("kl_guess"):
    take.away("kl", *figures.taken(scenes.pair(p, q), unit))
show.side_by_side({"One Gaussian for two modes": mixtures})
show.side_by_side({"Where a descent ends": descent})
show.side_by_side({"Two dimensions": plane})
show.side_by_side({"Outcomes instead of densities": outcomes})
show.claims(figures.claims(checked(), unit))
