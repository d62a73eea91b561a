"""Divergences: how else could one measure?"""

import streamlit as st

from core.scenes import divergences as scenes
from pages import live
from pages.figures import divergences as figures
from pages.live.distribution import Shares, code, parse
from pages.shell import controls, predict, settings, show, take

P, Q = "divergences_p", "divergences_q"
ALPHA, TOWARD = "divergences_alpha", "divergences_toward"
PUBLISHED = "0.5,0.3,0.2", "0.2,0.4,0.4"
PAIRS = {
    "Published": PUBLISHED,
    "Equal": ("0.5,0.3,0.2", "0.5,0.3,0.2"),
    "A rare outcome": ("0.9,0.1", "0.999,0.001"),
    "Impossible for Q": ("0.5,0.3,0.2", "0.6,0.4,0"),
    "Disjoint": ("0.5,0.5,0,0", "0,0,0.5,0.5"),
}
unit = settings.unit()
kept = st.cache_data(max_entries=64, show_spinner=False)
orders, distances, random_pairs, checked = map(kept, (scenes.renyi, scenes.shifts, scenes.cloud, scenes.claims))


@st.fragment
def main() -> None:  # P and Q in the hand, the chosen generator, and every member of the family
    left, right = st.columns([17, 13] if settings.lecture() else [8, 7], gap="medium")  # the picture first on a phone
    with right:
        chosen = controls.choice("divergences_f", "Generator f", list(scenes.MEMBERS), "JS")
        one, two = st.columns(2, gap="small")
        with one:
            st.markdown("**P**")
            p = live.distribution(P, "Distribution P", default=PUBLISHED[0], color="p")
        with two:
            st.markdown("**Q**")
            q = live.distribution(Q, "Distribution Q", default=PUBLISHED[1], color="q")
        scene, names = scenes.family(p.values, q.values, chosen), named(p, q)
        js, state = next(m for m in scene.members if m.name == "JS"), f"{code(p)} {code(q)}"
        guess = predict.guess("divergences_guess", state, "Estimate of JS", top=scenes.MOST, answer=js.value)
    with left:
        show.picture("divergences_family", figures.family(scene, unit, names, guess), size="tall")
    if guess is None:
        said, worked = figures.notice(scene, unit, names), figures.worked(scene, unit)
        show.findings(figures.readouts(scene, unit), said, figures.definition(scene), worked)
    if live.released(P) or live.released(Q):
        st.rerun()  # the sections below follow when the hand lets go


def named(p: Shares, q: Shares) -> tuple[str, ...]:
    """The names of the outcomes: those of the longer distribution."""
    return max(p.names, q.names, key=len)


@st.fragment
def renyi(p: Shares, q: Shares) -> None:  # one family by its order
    def climb(_: str, x: float, __: float) -> None:
        st.session_state[ALPHA] = figures.ALPHAS.value_at(x)

    alpha = live.slider(ALPHA, "Order α", low=scenes.LOWEST, high=scenes.HIGHEST, scale="log", zero=True,
                        infinite=True, default=0.5, color="loss")  # fmt: skip
    value = scenes.renyi_at(p.values, q.values, alpha)
    shown = figures.renyi(orders(p.values, q.values), alpha, value, unit)
    show.picture("divergences_renyi", shown, on_move=climb)


@st.fragment
def pinsker(p: Shares, q: Shares) -> None:  # what one divergence says about another
    def approach(_: str, __: float, y: float) -> None:
        st.session_state[TOWARD] = scenes.share_of(p.values, q.values, y)

    toward = live.slider(TOWARD, "Share of Q in its mixture with P", low=0, high=1, default=1.0, color="loss")
    left, right = st.columns(2)
    with left:
        count = live.slider(
            "divergences_pairs", "Random pairs", low=10, high=1000, scale="log", whole=True, default=300
        )
    with right:
        seed = live.slider("divergences_seed", "Seed", low=0, high=999, step=1, whole=True, default=1)
    cloud = random_pairs(len(named(p, q)), count, seed)
    shown = figures.pinsker(scenes.approach(p.values, q.values, toward), cloud, unit)
    show.picture("divergences_pinsker", shown, on_move=approach)


@st.fragment
def shift() -> None:  # what each makes of distance
    d = live.slider("divergences_shift", "Distance d, in widths", low=0, high=scenes.FARTHEST, default=2.0, color="q")
    show.picture("divergences_bells", figures.shift(scenes.shift(d), distances(), unit), size="tall")


@st.fragment
def detour() -> None:  # which of them is a distance
    heads = live.slider(
        "divergences_coin", "Middle coin: probability of heads", low=0, high=1, default=0.5, color="loss"
    )
    show.picture("divergences_triangle", figures.detour(scenes.detour(heads), unit), size="tall")


above = st.container()
main()
p, q = st.session_state[P], st.session_state[Q]
with st.container() if settings.lecture() else above:  # in a lecture the picture fills the projector
    pairs = {k: {P: parse(a), Q: parse(b)} for k, (a, b) in PAIRS.items()}
    controls.presets("divergences", {**pairs, "Swap P and Q": {P: q, Q: p}})
if not predict.hiding("divergences_guess"):
    f = st.session_state["divergences_f"] or "JS"
    take.away("divergences", *figures.taken(scenes.family(p.values, q.values, f), unit, named(p, q)))
    show.side_by_side({"By order": lambda: renyi(p, q), "What KL says about TV": lambda: pinsker(p, q)})
show.side_by_side({"Two Gaussians, one shifted": shift})
show.side_by_side({"A detour that is shorter": detour})
show.claims(figures.claims(checked(), unit))
