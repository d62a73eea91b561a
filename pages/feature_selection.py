"""Feature selection: which column knows most about the answer?"""

from functools import partial
from operator import attrgetter

import streamlit as st

from core.scenes import feature_selection as scenes
from core.selection import CRITERIA
from core.table import Table
from pages import live
from pages.figures import feature_selection as figures
from pages.shell import controls, own, predict, settings, show, take, work

DATA, KEEP, SHUFFLES, SEED = "feature_data", "feature_keep", "feature_shuffles", "feature_seed"
METHOD, BINS, OWN = "feature_method", "feature_bins", "Own data"
PRESETS = {
    "Iris": {DATA: "Iris", METHOD: "JMI", KEEP: 2},
    "Play tennis": {DATA: "Play tennis", METHOD: "single", KEEP: 1},
    "A copy": {DATA: "A copy", METHOD: "mRMR", KEEP: 2},
    "XOR pair": {DATA: "XOR pair", METHOD: "JMI", KEEP: 2},
    "Ring": {DATA: "Ring", METHOD: "single", KEEP: 2},
}
DEFINITION = r"I(X;Y) = \sum_y p(y)\, D_{\mathrm{KL}}\bigl(p(x \mid y)\,\Vert\,p(x)\bigr)"
unit = settings.unit()


def choose_data() -> tuple[str, Table | None]:  # an example, or the reader's own
    left, right = st.columns([7, 3], gap="medium")
    with left:
        controls.presets("feature", PRESETS)
    with right:
        data = controls.pick(DATA, "Data", [*scenes.EXAMPLES, OWN], "Iris", label_visibility="collapsed")
    return data, own.table("feature_") if data == OWN else None


def chance() -> list:  # what shuffled labels give: as many shuffles as are done
    seed, wanted = st.session_state[SEED], st.session_state[SHUFFLES]
    return work.so_far("feature_", (table.digest, seed), wanted, scenes.at_once(table), partial(shuffled, table, seed))


@st.fragment
def main() -> None:  # one column at a time, and what chance would give
    left, right = st.columns([4, 9], gap="medium")
    with left:
        keep = 1
        if most > 1:
            keep = live.slider(KEEP, "Columns kept", low=1, high=most, step=1, whole=True, default=1, color="shared")
        wanted = live.slider(SHUFFLES, "Shuffles of the labels", low=20, high=400, step=20, whole=True, default=100)
        live.slider(SEED, "Seed", low=0, high=999, step=1, whole=True, default=1)
        scene = scenes.ranking(found, chance(), wanted)
        asked = dict(top=max(scenes.MOST, found.entropy), answer=found.information[0])
        guess = predict.guess("feature_guess", table.digest, "Estimate of the largest", **asked)
    with right:
        show.picture("feature_columns", figures.columns(scene, unit, keep, guess), on_move=cut, size="main")
    if guess is None:
        said, sums = figures.notice(scene, unit), figures.worked(scene, unit)
        show.findings(figures.readouts(scene, unit), said, DEFINITION, sums)
    if any(live.released(key) for key in (KEEP, SHUFFLES, SEED, "feature_columns")):
        st.rerun()


def cut(_: str, __: float, y: float) -> None:
    st.session_state[KEEP] = figures.keep_at(y, most)


@st.fragment
def choosing() -> None:  # columns together: what is repeated, what is told only in company
    left, right = st.columns([4, 9], gap="medium")
    with left:
        method = controls.choice(METHOD, "Criterion", CRITERIA, "JMI")
        bins = live.slider(BINS, "Bins a column", low=2, high=10, step=1, whole=True, default=5, color="shared")
        keep = st.session_state.get(KEEP, 1)
        scene = scenes.steps(binned(table, bins), method)
        show.notice(figures.said_of_steps(scene, unit))
    with right:
        show.picture("feature_steps", figures.steps(scene, unit, keep), on_move=cut)
    below = {"Three orders": ("feature_orders", figures.orders(scene, keep)),
             "Who repeats whom": ("feature_pairs", figures.pairs(scene, unit))}  # fmt: skip
    show.side_by_side({title: partial(show.picture, *what) for title, what in below.items()})
    if live.released(BINS) or live.released("feature_steps"):
        st.rerun()


@st.fragment
def keeping() -> None:  # how many are worth keeping
    def along(_: str, x: float, __: float) -> None:
        st.session_state[KEEP] = round(x)

    scene = together(table, st.session_state[BINS], st.session_state[SEED])
    show.picture("feature_together", figures.together(scene, unit, st.session_state.get(KEEP, 1)), on_move=along)
    show.notice(figures.said_together(scene, unit))
    if live.released("feature_together"):
        st.rerun()


choice, picture = st.container(), st.container()
if settings.lecture():
    choice, picture = picture, choice
with choice:
    data, given = choose_data()
example = data if data != OWN else "Iris"
table = given or scenes.example(example)
shared = st.cache_data(max_entries=64, show_spinner=False, hash_funcs={Table: attrgetter("digest")})
cached = own.cached if given else shared
relevance, shuffled, binned, together = map(cached, (scenes.relevance, scenes.shuffled, scenes.binned, scenes.together))
found, most = relevance(table), min(scenes.SHOWN, len(table.features))
if st.session_state.get(KEEP, 1) > most:  # chosen for a table with more columns
    st.session_state[KEEP] = most
with picture:
    main()
if not predict.hiding("feature_guess"):
    wanted = st.session_state[SHUFFLES]
    if len(chance()) < wanted:
        work.rest(lambda: len(chance()), wanted, "shuffles")
    show.side_by_side({"Columns together": choosing})
    show.side_by_side({"How many to keep": keeping})
    scene = scenes.ranking(found, chance(), wanted)
    take.away("feature", *figures.taken(scene, unit, figures.snippet(None if given else example, scene, unit)))
show.claims(figures.claims(st.cache_data(scenes.claims)(), unit))
