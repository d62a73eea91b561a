"""Tree splits: which question is worth asking first?"""

from functools import partial

import streamlit as st

from core.scenes import tree_splits as scenes
from core.scenes.tree_splits import BEST, CRITERIA, DATA, ROOT
from pages import live
from pages.figures import tree_splits as figures
from pages.shell import controls, predict, settings, show, take

WHICH, ID, SEED, BY, ASK, CUT, PATH = (f"tree_{name}" for name in ("data", "id", "seed", "by", "ask", "cut", "path"))
PRESETS = {n: dict(zip((WHICH, ID, BY, ASK, PATH), state, strict=True)) for n, state in scenes.STATES.items()}
PRESETS["XOR"][CUT] = "x<=0"
unit = settings.unit()
once = st.cache_resource(max_entries=64, show_spinner="Trying every question")
table, checked = once(scenes.table), st.cache_data(scenes.claims)


@once
def ranked(key: tuple, _made: scenes.Table, by: str) -> scenes.Ranking:
    return scenes.ranking(_made, by)


@once
def scanned(key: tuple, _made: scenes.Table, column: int, by: str) -> scenes.Scan:
    return scenes.scan(_made, column, by)


@once
def grown(key: tuple, _made: scenes.Table, by: str, words: tuple[str, ...]) -> scenes.Grown:
    if not words:
        return scenes.seed_of(_made, ranked(key, _made, by))
    return scenes.ask(_made, grown(key, _made, by, words[:-1]), words[-1])


def subject() -> tuple:
    """What the data in hand are known by."""
    return tuple(st.session_state.get(k, usual) for k, usual in ((WHICH, DATA[0]), (SEED, 1), (ID, False)))


@st.fragment
def first() -> None:  # the questions ranked, and what the one in hand does
    left, middle, right = st.columns([7, 5, 4], gap="medium")
    with right:
        if controls.choice(WHICH, "Data", DATA, DATA[0]) in scenes.CLOUDS:
            live.slider(SEED, "Seed", low=0, high=999, step=1, whole=True, default=1)
        controls.switch(ID, "With an ID column")
        by, key = controls.choice(BY, "Ranked by", CRITERIA, "gain"), subject()
        ranking = ranked(key, made := table(*key), by)
        chosen = partial(scenes.chosen, made, ranking)
        place = live.typed(ASK, "Question (a column, or best)", default=BEST, parse=chosen)
        hidden = predict.choice("tree_guess", f"{key} {by}", figures.compared(ranking, place, unit))

    def turn(_: str, __: float, row: float) -> None:
        picked = ranking.candidates[figures.order(ranking, place, hidden)[::-1][round(row)]].question
        st.session_state[ASK] = scenes.code(made, scenes.Question(picked.column))

    with left:
        show.picture("tree_ranking", figures.candidates(ranking, place, unit, hidden), on_move=turn, size="main")
    split = scenes.split(ranking, ranking.candidates[place])
    with middle:
        show.picture("tree_branches", figures.branches(split, unit, hidden), size="main")
    if not hidden:
        said = figures.notice(ranking, place, split, unit)
        show.findings(figures.readouts(split, unit), said, figures.DEFINITION, figures.worked(split, unit))
    moved = [live.released(control) for control in (ASK, SEED, "tree_ranking")]
    if controls.changed("tree", (key, by)) or any(moved):
        st.rerun()  # the sections below follow


def thresholds() -> None:  # the choice of a column stands outside: the tree follows it
    controls.presets("tree_column", {name: {CUT: text} for name, text in scenes.numbers(numbers).items()})
    threshold()
    if numbers is not made:
        show.notice("Play tennis has no numbers: iris stands in.")


@st.fragment
def threshold() -> None:  # one column of numbers, the threshold in the hand
    cut = partial(scenes.cut_of, numbers, ranked(other, numbers, by))
    question = live.typed(CUT, "Threshold (such as petal width<=1)", default=BEST, parse=cut)
    scan = scanned(other, numbers, question.column, by)

    def move(_: str, x: float, __: float) -> None:
        st.session_state[CUT] = scenes.code(numbers, scenes.Question(scan.column, x))

    shown = figures.threshold(scan, scenes.cut(scan, question.threshold), unit)
    show.picture("tree_threshold", shown, on_move=move, size="main")
    show.notice(figures.threshold_notice(scan, by))
    if live.released("tree_threshold") or live.released(CUT):
        st.rerun()


@st.fragment
def growing() -> None:  # first the reader's question, then the greedy one
    tree = live.typed(PATH, "Questions so far (root for none)", default=ROOT, parse=tree_of)
    cut = scenes.cut_of(made, ranking, st.session_state[CUT]) if numbers is made else None
    controls.presets("tree_next", {k: {PATH: text} for k, text in scenes.next_steps(made, tree, cut).items()})
    plane = scenes.plane(made, tree)
    columns = st.columns([6, 5] if plane else 1, gap="medium")
    with columns[0]:
        show.picture("tree_grown", figures.tree(tree, unit), size="main")
    if plane:
        with columns[1]:
            show.picture("tree_plane", figures.plane(plane, tree), size="main")
    show.findings(figures.grown_readouts(tree, unit), figures.grown_notice(tree, unit))


controls.around(lambda: controls.presets("tree", PRESETS), first)
key, by = subject(), st.session_state[BY]
made, tree_of = table(*key), lambda text: grown(key, made, by, scenes.words_of(text))
other, numbers = (key, made) if made.numeric else (("iris", 1, False), table("iris"))
if not predict.hiding("tree_guess"):
    ranking = ranked(key, made, by)
    split = scenes.split(ranking, ranking.candidates[scenes.chosen(made, ranking, st.session_state[ASK])])
    impure = figures.impurities(scenes.impurities(split, by), unit)
    show.side_by_side({"A threshold": thresholds, "Three impurities": lambda: show.picture("tree_impurities", impure)})
    show.side_by_side({"Grow a tree": growing})
    take.away("tree-splits", *figures.taken(split, unit))
show.claims(figures.claims(checked(), unit))
