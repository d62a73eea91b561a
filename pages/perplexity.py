"""Perplexity: choosing among how many?"""

import streamlit as st

from core.scenes import perplexity as scenes
from pages import live
from pages.figures import perplexity as figures
from pages.live.pasted import LINKED
from pages.shell import controls, predict, settings, show, take, work

K, SMOOTHING, TRAIN, TEST = "perplexity_k", "perplexity_smoothing", "perplexity_train", "perplexity_test"
KIND, OWN, MINE = "perplexity_kind", "perplexity_own", "Own text"
OWN_TEXT = "Four score and seven beers ago our fathers sat down on this continent."
GIVEN = {TRAIN: "Second Inaugural", TEST: "Gettysburg"}
PRESETS = {
    "Ten equal digits": {TRAIN: "Even digits", TEST: MINE, OWN: "0000030000", K: 0, SMOOTHING: 0.0},
    "Mostly zeros": {TRAIN: "Mostly 0", TEST: MINE, OWN: "0000030000", K: 0, SMOOTHING: 0.0},
    "No context": {**GIVEN, K: 0, SMOOTHING: 0.01},
    "Context of 2": {**GIVEN, K: 2, SMOOTHING: 0.01},
    "Context of 6": {**GIVEN, K: 6, SMOOTHING: 0.01},
    "No smoothing": {**GIVEN, K: 2, SMOOTHING: 0.0},
}
WINDOW = 1500  # tokens that are shown one by one
unit = settings.unit()
checked = st.cache_data(scenes.claims, max_entries=2, show_spinner=False)


def scored(train: str, test: str) -> scenes.Scored:
    """The text scored by counts of every order at once, which are kept: then order and smoothing move freely."""
    kind, smoothing = st.session_state.get(KIND) or scenes.KINDS[0], st.session_state[SMOOTHING]
    cut = scenes.tokens(test, kind)
    orders = range(scenes.highest_order(scenes.tokens(train, kind), cut) + 1)
    found = work.done("Counted", (train, test), [(scenes.counted, kind, order) for order in orders])
    return scenes.scored(cut, kind, found, st.session_state[K], smoothing)


def texts() -> tuple[str, str]:
    """The text that is counted and the one that is scored."""
    train, test = (st.session_state.get(key) for key in (TRAIN, TEST))
    own = scenes.flowing(st.session_state.get(OWN, OWN_TEXT))
    return scenes.TEXTS[train or GIVEN[TRAIN]], scenes.TEXTS.get(test or GIVEN[TEST], own)


@st.fragment
def main() -> None:  # a model in the hand, the branches that it leaves, and what each token costs it
    left, right = st.columns([5, 9], gap="medium")
    with left:
        live.slider(K, "Context k", low=0, high=scenes.HIGHEST, step=1, whole=True, default=2, color="q")
        live.slider(SMOOTHING, "Smoothing s", low=1e-3, high=10, scale="log", zero=True, default=0.01)
        kind = controls.choice(KIND, "Tokens", scenes.KINDS, scenes.KINDS[0])
        train = controls.choice(TRAIN, "Counted on", list(scenes.TEXTS), GIVEN[TRAIN])
        test = controls.choice(TEST, "Scored", [*scenes.PASSAGES, MINE], GIVEN[TEST])
        if test == MINE:
            live.pasted(OWN, MINE, default=OWN_TEXT, check=scenes.checked, longest=scenes.LARGEST)
        scene = scored(*texts())
        anew(f"{train} {test} {kind}")
        state = f"{train} {test} {kind} {scene.k} {scene.smoothing} {scene.scored}"
        guess = predict.guess("perplexity_guess", state, "Estimate of H", top=5.0, answer=scene.mean)

    def move(_: str, x: float, __: float) -> None:
        st.session_state[K] = round(x)

    with right:
        shown = figures.main(scene, unit, train == test, guess)
        show.picture("perplexity_main", shown, on_move=move, size="tall")
    if guess is None:
        said = figures.notice(scene, unit, train == test)
        show.findings(figures.readouts(scene, unit), said, figures.definition(unit), figures.worked(scene, unit))
        show.side_by_side({f"What each of the {kind} costs, given {scene.k} before it": lambda: each(scene)})
    if any(live.released(key) for key in (K, SMOOTHING, OWN, "perplexity_main")):
        st.rerun()  # the export follows when the hand lets go


def anew(chosen: str) -> None:  # the export follows another choice of texts
    known = st.session_state.get("perplexity:chosen", chosen)
    st.session_state["perplexity:chosen"] = chosen
    if known != chosen:
        st.rerun()


def each(scene: scenes.Scored) -> None:  # every token with its surprisal as a column behind it
    top, shown = unit.from_nats(figures.COLUMN[scene.kind]), scene.tokens[:WINDOW]
    values = unit.from_nats(scene.surprisal[: max(len(shown) - scene.k, 0)])
    said = figures.dearest(scene, unit)
    if len(scene.tokens) > WINDOW:
        said = f"The first {WINDOW:,} of {len(scene.tokens):,} are shown. {said}"
    text = "".join(shown) if scene.kind == scenes.KINDS[0] else shown  # in one piece, where that says it all
    live.letters("perplexity_map", text, values, before=scene.k, start=min(figures.start(scene), len(shown) - 1),
                 top=top, unit=(unit.symbol, unit.name), alt=said, noun=scene.kind)  # fmt: skip


controls.around(lambda: controls.presets("perplexity", PRESETS), main)
if not predict.hiding("perplexity_guess"):
    chosen = st.session_state[TRAIN], st.session_state[TEST]
    source = figures.source(*chosen, texts()[1], LINKED)
    take.away("perplexity", *figures.taken(scored(*texts()), unit, source))
show.claims(figures.claims(checked(), unit))
