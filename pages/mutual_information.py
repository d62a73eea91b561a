"""Mutual information: what does one tell about the other?"""

import streamlit as st

from core.coupling import cell_range, with_cell
from core.scenes import mutual_information as scenes
from pages import live
from pages.figures import mutual_information as figures
from pages.live.table import code, named, parse
from pages.shell import controls, own, predict, settings, show, take

P, OWN, WEATHER = "mutual_p", "Own data", scenes.TABLES["Weather and umbrella"]
ASKED = {"tree_data": "play tennis", "tree_ask": "Outlook"}  # the same number, as the gain of a first question
DEFINITION = r"I = \sum_{x,y} p(x,y)\,\log\frac{p(x,y)}{p(x)\,p(y)}"
unit = settings.unit()
kept = st.cache_data(max_entries=64, show_spinner=False)
contrasted, checked, paired = kept(scenes.contrast), kept(scenes.claims), own.cached(scenes.pair)


@st.fragment
def main() -> None:  # the table in the hand, and both entropies with what they share
    left, right = st.columns([5, 8], gap="medium")
    with left:
        table = live.table(P, "Joint table", default=WEATHER, move=with_cell, ends=cell_range)
        scene = scenes.joint(table.counts)
        guess = predict.guess("mutual_guess", code(table), "Estimate of I", top=1.8, answer=scene.information)

    def pull(_: str, x: float, __: float) -> None:
        start = live.before(P) or st.session_state[P]
        counts = scenes.at_distance(start.finer(), figures.distance_of(scene, x))
        live.put(P, start.holding(counts.tolist()), by="mutual_venn")

    with right:
        before = live.before(P) and scenes.joint(live.before(P).counts)
        shown = scene if guess is None else scenes.joint(table.counts, guess)
        show.picture("mutual_venn", figures.venn(shown, unit, table.corner, guess, before), on_move=pull, size="tall")
    if guess is None:
        said = figures.notice(scene, unit, table.rows, table.columns)
        show.findings(figures.readouts(scene, unit), said, DEFINITION, figures.worked(scene, unit))
        three = zip(st.columns(3), ("joint", "product", "pointwise"), strict=True)
        for (column, name), picture in zip(three, figures.cells(scene, unit, table.rows, table.columns), strict=True):
            with column:
                show.picture(f"mutual_{name}", picture)
    if any(live.released(key) for key in (P, "mutual_venn")):
        st.rerun()  # the export follows when the hand lets go


@st.fragment
def triples() -> None:  # three variables: what no diagram of areas can show
    left, right = st.columns([4, 9], gap="medium")
    with left:
        rule = controls.choice("mutual_rule", "Z is made from X and Y by", list(scenes.TRIPLES), "XOR")
        noise = live.slider("mutual_noise", "Noise on Z", low=0, high=0.5, step=0.01, default=0.0, color="loss")
        scene = scenes.three(rule, noise)
    with right:
        show.picture("mutual_atoms", figures.atoms(scene, unit))
    show.findings(*figures.atoms_said(scene, unit))


@st.fragment
def clouds() -> None:  # numbers instead of outcomes: the closed form, the estimate, and no correlation at all
    left, middle, right = st.columns([3, 6, 4], gap="medium")
    with left:
        rho = live.slider("mutual_rho", "Correlation ρ", low=-0.99, high=0.99, step=0.01, default=0.8, color="p")
        n = live.slider("mutual_n", "Points", low=50, high=2000, scale="log", whole=True, default=500)
        k = live.slider("mutual_k", "Neighbors k", low=1, high=20, step=1, whole=True, default=3, color="q")
        seed = live.slider("mutual_seed", "Seed", low=0, high=999, step=1, whole=True, default=1)
        name = controls.choice("mutual_shape", "Shape", list(scenes.SHAPES), "Circle")
        noise = live.slider("mutual_stray", "Noise on the shape", low=0.01, high=0.5, scale="log", default=0.05)
    with middle:
        show.picture("mutual_gaussian", figures.gaussian(scenes.gaussian(rho, n, k, seed), unit))
    with right:
        show.picture("mutual_cloud", figures.shape(scenes.shape(name, noise, n, k, seed), unit))


@st.fragment
def contrast() -> None:  # what a batch of candidates can say
    left, right = st.columns([4, 9], gap="medium")
    with left:
        rho = live.slider("mutual_pair", "Correlation", low=0, high=0.999, step=0.001, default=0.99, color="p")
        size = live.slider("mutual_size", "Candidates N", low=2, high=256, scale="log", whole=True, default=16)
        seed = live.slider("mutual_draw", "Seed", low=0, high=999, step=1, whole=True, default=1)

    def move(_: str, x: float, __: float) -> None:
        st.session_state["mutual_size"] = round(x)

    with right:
        show.picture("mutual_ceiling", figures.contrast(contrasted(rho, size, seed), unit), on_move=move)


def columns() -> None:  # the reader's own, labels or numbers
    data = controls.choice("mutual_data", "Data", ["Iris", OWN], "Iris")
    table = (own.table("mutual_", target=False) if data == OWN else None) or scenes.example()
    left, right = st.columns([4, 9], gap="medium")
    with left:
        first = own.column("mutual_first", "First column", table, table.names[0])
        second = own.column("mutual_second", "Second column", table, table.names[-1])
        if first == second:
            return show.notice("A column tells everything about itself: choose two different ones.")
        try:
            scene = paired(table, first, second)
            taken = named(*scenes.crossed(scene.first, scene.second), first, second)
        except ValueError as problem:
            return show.notice(str(problem))
        controls.presets("mutual_taken", {"Take as the joint table": {P: taken}})
    with right:
        show.picture("mutual_columns", figures.pair(scene, unit))
    show.findings(*figures.pair_said(scene, unit))


controls.around(lambda: controls.presets("mutual", {n: {P: parse(text)} for n, text in scenes.TABLES.items()}), main)
if not predict.hiding("mutual_guess"):
    now = st.session_state[P]
    take.away("mutual", *figures.taken(scenes.joint(now.counts), unit, now.counts, now.rows, now.columns))
st.page_link("tree_splits.py", label="Outlook and play in a tree: the gain of asking is I", query_params=ASKED)
show.side_by_side({"Three variables": triples})
show.side_by_side({"Continuous variables": clouds})
show.side_by_side({"A batch of candidates": contrast})
show.side_by_side({"Two columns of a table": columns})
show.claims(figures.claims(checked(), unit))
