"""Entropy: how surprised will you be, on average?"""

import streamlit as st

from core.scenes import entropy as scenes
from pages import live
from pages.figures import entropy as figures
from pages.figures.style import number, quantity
from pages.live.distribution import Shares, code, parse
from pages.shell import controls, predict, settings, show, take

P = "entropy_p"
PRESETS = {
    "Fair coin": "0.5,0.5",
    "0.9 coin": "0.9,0.1",
    "0.99 coin": "0.99,0.01",
    "Certain": "1,0",
    "Fair die": "1/6,1/6,1/6,1/6,1/6,1/6",
    "Loaded die": "0.5,0.1,0.1,0.1,0.1,0.1",
    "Uniform on 4": "0.25,0.25,0.25,0.25",
    "Uniform on 8": "0.125,0.125,0.125,0.125,0.125,0.125,0.125,0.125",
}
unit = settings.unit()


@st.fragment
def distribution() -> None:  # the distribution in the hand, and its entropy as an area
    left, right = st.columns([5, 8], gap="medium")
    with left:
        shares = live.distribution(P, "Distribution", default="0.5,0.25,0.125,0.125")
        scene = scenes.distribution(shares.values)
        guess = predict.guess("entropy_guess", code(shares), "Estimate of H", top=scenes.MOST, answer=scene.entropy)
    with right:
        before = live.before(P) and scenes.distribution(live.before(P).values)
        show.picture("entropy_areas", figures.areas(scene, unit, shares.names, guess, before), size="main")
    if guess is None:
        numbers = {
            "Entropy H": quantity(scene.entropy, unit),
            f"Most possible, log {scene.p.size}": quantity(scene.maximum, unit),
            "Effective outcomes": number(scene.effective),
        }
        finding = figures.finding(scene, unit, shares.names)
        show.findings(numbers, finding, r"H = \sum_i p_i\,(-\log p_i)", figures.worked(scene, unit))
    if live.released(P):
        st.rerun()  # the pictures below follow when the hand lets go


@st.fragment
def coin() -> None:  # two outcomes: the arch
    p = live.slider("entropy_coin", "Probability of heads", low=0, high=1, step=0.01, default=0.7, color="p")
    show.picture("entropy_arch", figures.binary(scenes.binary(p), unit))


@st.fragment
def events() -> None:  # one outcome: why surprisal is a logarithm
    left, right = st.columns(2)
    with left:
        p = live.slider("entropy_a", "First event", low=1e-4, high=1, scale="log", default=0.5, color="p")
    with right:
        q = live.slider("entropy_b", "Second event", low=1e-4, high=1, scale="log", default=0.1, color="q")
    show.picture("entropy_surprisal", figures.surprisal(scenes.surprisal_of_events(p, q), unit))


@st.fragment
def triangle(shares: Shares) -> None:  # three outcomes: the entropy over the simplex
    def move(_: str, x: float, y: float) -> None:
        st.session_state[P] = Shares(tuple(scenes.moved(shares.values, x, y).tolist()), shares.names, shares.locked)

    scene = scenes.simplex(scenes.first_two_and_rest(st.session_state[P].values))
    shown = figures.simplex(scene, unit, (*shares.names[:2], "others"), free=not any(shares.locked))
    show.picture("entropy_simplex", shown, on_move=move)
    if live.released("entropy_simplex"):
        st.rerun()


@st.fragment
def merging(shares: Shares) -> None:  # grouping: the entropy splits exactly
    names = shares.distinct
    left, right = st.columns(2)
    with left:
        first = controls.choice("entropy_first", "Merge", names, names[0])
    with right:
        second = controls.choice("entropy_second", "with", names, names[1])
    if first == second:
        return show.notice("An outcome cannot be merged with itself: choose two different ones.")
    scene = scenes.grouping(shares.values, names.index(first), names.index(second))
    show.picture("entropy_grouping", figures.grouping(scene, unit, names))


@st.fragment
def draws(shares: Shares) -> None:  # what the surprisal of many draws settles at
    left, right = st.columns([3, 8], gap="medium")
    with left:
        n = live.slider("entropy_draws", "Draws", low=10, high=10000, scale="log", whole=True, default=1000, color="p")
        seed = live.slider("entropy_seed", "Seed", low=0, high=999, step=1, whole=True, default=1)
        controls.presets("entropy_again", {"Draw again": {"entropy_seed": (seed + 1) % 1000}})
    with right:
        show.picture("entropy_sampling", figures.sampling(scenes.sampling(shares.values, n, seed), unit))


@st.fragment
def densities() -> None:  # the Gaussian on top, and why differential entropy may be negative
    sigma = live.slider("entropy_sigma", "Standard deviation σ", low=0.05, high=2, scale="log", default=1.0, color="p")
    scene = scenes.continuous(sigma)
    left, right = st.columns(2, gap="large")
    with left:
        show.picture("entropy_densities", figures.densities(scene, unit))
    with right:
        show.picture("entropy_scale", figures.entropy_of_scale(scene, unit))


controls.around(lambda: controls.presets("entropy", {n: {P: parse(text)} for n, text in PRESETS.items()}), distribution)
shares = st.session_state[P]
show.side_by_side({"Two outcomes": coin, "One outcome": events})
if not predict.hiding("entropy_guess"):
    show.side_by_side({"Three outcomes": lambda: triangle(shares), "Merging two outcomes": lambda: merging(shares)})
    show.side_by_side({"Many draws": lambda: draws(shares)})
show.side_by_side({"Continuous outcomes": densities})
take.away("entropy", *figures.taken(scenes.distribution(shares.values), unit, shares.names))
show.claims(figures.claims(scenes.claims(), unit))
