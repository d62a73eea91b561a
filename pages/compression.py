"""Compression: entropy is the limit, so why does gzip beat it?"""

import streamlit as st

from core.coding import compressed_sizes, empirical_entropy
from core.scenes import compression as scenes
from pages import live
from pages.figures import compression as figures
from pages.live.distribution import parse
from pages.live.pasted import LINKED
from pages.shell import controls, predict, settings, show, take, work

K, TEXT, OWN, SEED, P = "compression_k", "compression_text", "compression_own", "compression_seed", "compression_p"
OWN_TEXT, MINE = "to be or not to be, that is the question", "Own text"
CODES = {
    "Powers of ½": "0.5,0.25,0.125,0.125",
    "Five outcomes": "0.25,0.25,0.2,0.15,0.15",
    "MISSISSIPPI": "I:4/11,S:4/11,P:2/11,M:1/11",
    "0.9 coin": "0.9,0.1",
}
unit = settings.unit()
claims = st.cache_data(scenes.claims, max_entries=2)


def measured(what: str, text: str, k: int) -> tuple[scenes.Ladder, scenes.Costs]:
    """Everything about a text that ladder and map show, for all orders at once: then k moves freely."""
    orders = range(scenes.highest_order(text) + 1)
    pieces = [(job, order) for job in (empirical_entropy, scenes.costs) for order in orders]
    symbols, sizes, *rest = work.done(what, (text,), [(scenes.symbols,), (compressed_sizes,), *pieces])
    ladder = scenes.ladder(text, symbols, rest[: len(orders)], sizes, k)
    return ladder, rest[len(orders) + ladder.k]


@st.fragment
def main() -> None:  # the text, all that it can be brought down to, and what its characters cost
    left, right = st.columns([5, 9], gap="medium")
    with left:
        chosen = controls.choice(TEXT, "Text", [*scenes.GIVEN, MINE], "Gettysburg")
        text = scenes.GIVEN.get(chosen)
        if text is None:
            text = live.pasted(OWN, MINE, default=OWN_TEXT, check=scenes.checked, longest=scenes.LARGEST)
        k = live.slider(K, "Context k", low=0, high=scenes.HIGHEST, step=1, whole=True, default=2, color="p")
        before, seed = None, None
        if controls.switch("compression_shuffled", "Shuffle the characters"):
            seed = live.slider(SEED, "Seed", low=0, high=999, step=1, whole=True, default=1)
            before, _ = measured("Measured in order", text, k)
            text = scenes.shuffled(text, seed)
        scene, costs = measured("Measured", text, k)
        state = f"{chosen} {seed} {scene.sizes}"
        guess = predict.guess("compression_guess", state, "Estimate for zlib", top=8 * scenes.DIGIT, answer=scene.zlib)

    def climb(_: str, __: float, y: float) -> None:
        st.session_state[K] = figures.order_at(y, scene.orders.size - 1)

    with right:
        show.picture("compression_ladder", figures.ladder(scene, unit, guess, before), on_move=climb, size="tall")
    if guess is None:
        said, formula = figures.notice(scene, unit, k, before), figures.definition(scene.symbols)
        show.findings(figures.readouts(scene, unit), said, formula, figures.worked(scene, unit))
    show.side_by_side({f"What each character costs, given {scene.k} before it": lambda: letters(costs)})
    show.side_by_side({"Tried on text that was not counted": lambda: held_out(text, scene.k)})
    remember(scene, figures.source(text, chosen if chosen in scenes.GIVEN else None, seed, LINKED), state)
    if any(live.released(key) for key in (K, "compression_ladder", "compression_curve")):
        st.rerun()


def remember(scene: scenes.Ladder, source: str, state: str) -> None:  # what is taken away follows another text
    known = st.session_state.get("compression:state", state)
    st.session_state["compression:state"], st.session_state["compression:taken"] = state, (scene, source)
    if known != state:
        st.rerun()


def letters(costs: scenes.Costs) -> None:  # each character with its cost as a column behind it
    values, top = unit.from_nats(costs.cost), unit.from_nats(6 * scenes.DIGIT)
    alt = figures.dearest(costs, unit)
    live.letters("compression_map", costs.shown, values, before=costs.k, start=costs.dearest, top=top,
                 unit=(unit.symbol, unit.name), alt=alt)  # fmt: skip


def held_out(text: str, k: int) -> None:  # why an order counted on the same text flatters itself
    left, right = st.columns([4, 9], gap="medium")
    with left:
        share = live.slider("compression_share", "Part that is counted", low=0.1, high=0.9, step=0.05, default=0.8)
        smoothing = live.slider(
            "compression_smoothing", "Smoothing s", low=1e-3, high=10, scale="log", zero=True, default=0.1
        )
        train, test = scenes.split(text, share)
        orders = range(min(scenes.HIGHEST, len(train) - 1, len(test) - 1) + 1)
        models = work.done("Tried", (train, test), [(scenes.tried, order) for order in orders])
        scene = scenes.held_out(train, test, models, k, smoothing)
        show.notice(figures.flattery(scene, unit))
    with right:
        show.picture("compression_curve", figures.curve(scene, unit))


@st.fragment
def codes() -> None:  # a distribution in the hand, and its Huffman tree
    commonest = st.session_state["compression:taken"][0].symbols
    choices = CODES | {"The text’s commonest": figures.commonest(commonest)}
    left, right = st.columns([5, 9], gap="medium")
    with left:
        controls.presets("compression", {name: {P: parse(text)} for name, text in choices.items()})
        shares = live.distribution(P, "Distribution", default=CODES["MISSISSIPPI"])
    scene = scenes.huffman(shares.values)
    with right:
        show.picture("compression_tree", figures.tree(scene, unit, shares.names), size="main")
    show.findings(*figures.lengths(scene, unit))


main()
show.side_by_side({"Huffman: a whole number of digits each": codes})
shown, source = st.session_state["compression:taken"]
take.away("compression", *figures.taken(shown, unit, source))
show.claims(figures.claims(claims(), unit))
