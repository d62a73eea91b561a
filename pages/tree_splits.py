"""Tree splits: which question is worth asking first?"""

from functools import partial

import streamlit as st

from core.scenes import tree_splits as scenes
from core.scenes.tree_splits import BEST, CRITERIA, DATA, ROOT
from pages import live
from pages.figures import tree_splits as figures
from pages.shell import controls, own, predict, settings, show, take

WHICH, ID, BY, ASK, PATH, CUT, SEED = (f"tree_{name}" for name in ("data", "id", "by", "ask", "path", "cut", "seed"))
PRESETS = {n: dict(zip((WHICH, ID, BY, ASK, PATH, CUT), state, strict=False)) for n, state in scenes.STATES.items()}
OWN, JOINT = "own data", "mutual_p"
unit, checked = settings.unit(), st.cache_data(scenes.claims)


@st.cache_resource(scope="session", max_entries=8, show_spinner="Trying every question")  # own data are no other's
def studied(key: tuple, _given: own.Table | None, _by: str) -> scenes.Study:
    study = scenes.Study(scenes.of_own(_given, key[-1]) if _given else scenes.table(*key))
    study.ranking(_by)  # what takes longest
    return study


def subject() -> scenes.Study:
    """The data in hand."""
    known_by = (given.digest,) if given else (DATA[0] if data == OWN else data, st.session_state.get(SEED, 1))
    return studied((*known_by, numbered), given, by)


@st.fragment
def first() -> None:  # the questions ranked, and what the one in hand does
    left, middle, right = st.columns([7, 5, 3], gap="medium")
    with right:
        if data in scenes.CLOUDS:
            live.slider(SEED, "Seed", low=0, high=999, step=1, whole=True, default=1)
        made, ranking = subject().table, subject().ranking(by)
        if not ranking.candidates:
            return show.notice("Every other column has the same value in all rows: there is nothing to ask.")
        if predict.wanted("tree_guess") and st.session_state.get(ASK, BEST) == BEST:  # which is not to be given away
            st.session_state[ASK] = scenes.first(made, ranking)
        chosen = partial(scenes.chosen, made, ranking)
        place = live.typed(ASK, "Question: a column, or best", default=BEST, parse=chosen)
        hidden = predict.choice("tree_guess", f"{made.source} {by}", figures.compared(ranking, place, unit))

    def turn(_: str, __: float, row: float) -> None:
        picked = ranking.candidates[figures.order(ranking, place, hidden)[::-1][round(row)]].question
        st.session_state[ASK] = scenes.code(made, scenes.Question(picked.column))

    with left:
        show.picture("tree_ranking", figures.candidates(ranking, place, unit, hidden), on_move=turn, size="main")
    split = subject().split(by, place)
    with middle:
        show.picture("tree_branches", figures.branches(split, unit, hidden), size="main")
    if not hidden:
        said = figures.notice(ranking, place, split, unit)
        show.findings(figures.readouts(split, unit), said, figures.DEFINITION, figures.worked(split, unit))
        if table := figures.joint(split):
            st.page_link("mutual_information.py", label="See it as mutual information", query_params={JOINT: table})
    if any(live.released(control) for control in (ASK, SEED, "tree_ranking")):
        st.rerun()  # the sections below follow


def thresholds() -> None:  # the choice of a column stands outside: the tree follows it
    controls.presets("tree_column", {name: {CUT: text} for name, text in scenes.numbers(numbers.table).items()})
    threshold()
    if numbers is not study:
        show.notice("This table has no numbers: iris stands in.")


@st.fragment
def threshold() -> None:  # one column of numbers, the threshold in the hand
    cut = partial(scenes.cut_of, numbers.table, numbers.ranking(by))
    question = live.typed(CUT, "Threshold, such as petal width<=1", default=BEST, parse=cut)
    scan = numbers.scan(question.column, by)

    def move(_: str, x: float, __: float) -> None:
        st.session_state[CUT] = scenes.code(numbers.table, scenes.Question(scan.column, x))

    shown = figures.threshold(scan, scenes.cut(scan, question.threshold), unit)
    show.picture("tree_threshold", shown, on_move=move, size="main")
    show.notice(figures.threshold_notice(scan, by))
    if live.released("tree_threshold") or live.released(CUT):
        st.rerun()


@st.fragment
def growing() -> None:  # first the reader's question, then the greedy one
    tree = live.typed(PATH, "Questions so far, or root", default=ROOT, parse=partial(study.tree, by))
    cut = scenes.cut_of(made, ranking, st.session_state[CUT]) if numbers is study else None
    controls.presets("tree_next", {k: {PATH: text} for k, text in scenes.next_steps(made, tree, cut).items()})
    plane, pictures = scenes.plane(made, tree), {"tree_grown": figures.tree(tree, unit)}
    pictures |= {"tree_plane": figures.plane(plane, tree)} if plane else {}
    for column, (name, shown) in zip(st.columns(len(pictures)), pictures.items(), strict=True):
        with column:
            show.picture(name, shown, size="main")
    show.findings(figures.grown_readouts(tree, unit), figures.grown_notice(tree, unit))


above, below = [st.container(), st.container()][:: -1 if settings.lecture() else 1]  # there the picture comes first
with above:
    controls.presets("tree", PRESETS)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        data = controls.choice(WHICH, "Data", (*DATA, OWN), DATA[0], label_visibility="collapsed")
        by = controls.choice(BY, "Ranked by", CRITERIA, "gain", label_visibility="collapsed")
        numbered = controls.switch(ID, "ID column")
    given = own.table("tree_") if data == OWN else None
with below:
    first()
study = subject()
ranking, made = study.ranking(by), study.table
numbers = study if made.numeric else studied(("iris", 1, False), None, by)
if ranking.candidates and not predict.hiding("tree_guess"):
    split = study.split(by, scenes.chosen(made, ranking, st.session_state[ASK]))
    impure = figures.impurities(scenes.impurities(split, by), unit)
    show.side_by_side({"A threshold": thresholds, "Three impurities": partial(show.picture, "tree_impurities", impure)})
    show.side_by_side({"Grow a tree": growing})
    take.away("tree-splits", *figures.taken(split, unit))
show.claims(figures.claims(checked(), unit))
