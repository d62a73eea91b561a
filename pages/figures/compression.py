"""The three pictures of the Compression page, and the words beside the text."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from core.scenes import compression as scenes
from core.units import Unit
from pages.figures import style
from pages.figures.parts import Handle, Picture, bar, information_axis, line, points
from pages.figures.style import Label, add_up, array, axis, color, figure, number, quantity

REACH = 8.4 * scenes.DIGIT  # nats a character: what takes more is cut off, and says so
LABEL = 2.3 * scenes.DIGIT  # as wide as a number with its bytes
INSIDE = REACH - LABEL  # a bar that goes further has its number inside
BYTES, FIXED, HUFFMAN, ORDER, ZLIB, BZ2, LZMA = 10.6, 9.6, 8.6, 7.5, 2.4, 1.4, 0.4  # where the rungs stand
APART = 0.5  # from one order to the next
FLOOR, CEILING = -0.2, 11.2
ENOUGH = 400  # characters: under that, what a compressor writes before the text weighs more than what it finds in it
NAMED = 6  # characters that the sum names; the others are taken together
SPELLED = {" ": "space", "\n": "line break", "\t": "tab", ",": "comma", ":": "colon", ";": "semicolon", "!": "bang"}


def spelled(character: str) -> str:
    """A character as it can be named, also where it would not be seen.

    >>> spelled("a"), spelled(" ")
    ('a', 'space')
    """
    return SPELLED.get(character, character if character.isprintable() else f"U+{ord(character):04X}")


def rung(k: int) -> float:
    """The height at which the entropy of order k stands."""
    return ORDER - APART * k


def order_at(y: float, highest: int) -> int:
    """The order whose rung is nearest to a height."""
    return min(max(round((ORDER - y) / APART), 0), highest)


def ladder(
    scene: scenes.Ladder, unit: Unit, guess: float | None = None, before: scenes.Ladder | None = None
) -> Picture:
    """Everything that the text can be brought down to, on one axis, with the length of the context to drag.

    With a `guess` (in nats) the compressors stay hidden. `before` is the text that was shuffled, as a ghost.
    """
    rungs = list(_rungs(scene, unit, guess is not None))
    traces = [_bars(rungs, role, unit) for role in ("ghost", "p", "q")]
    words = [_beside(r.nats, r.y, r.text, unit, scene.symbols.entropy if r.role == "q" else 0.0) for r in rungs]
    h = unit.from_nats(min(scene.symbols.entropy, REACH))
    at, y = float(unit.from_nats(min(scene.order_k, REACH))), rung(scene.k)
    traces += [
        line([h] * 2, [ORDER, LZMA - 0.45], "p", width=style.THIN, dash="dot", hoverinfo="skip"),
        points([at], [y], "p", size=14, hoverinfo="skip"),
    ]
    if before is not None and guess is None:
        traces.append(_ghost(before, unit))
    if guess is not None:
        traces.append(line([unit.from_nats(guess)] * 2, [ZLIB - 0.35, ZLIB + 0.35], "q", hoverinfo="skip"))
        side, said = ("left", "estimate  ") if guess < scene.symbols.entropy else ("right", "  estimate")
        words.append(Label(unit.from_nats(guess), ZLIB, said, "q", f"middle {side}"))
        words.append(Label(h, BZ2, "  hidden until compared", "muted", "middle right"))
    title, alt = _said(scene, unit, guess, before)
    x = information_axis(unit, REACH, "Length of the text, for each character")
    handle = Handle(
        "k", "Characters of context", at, y, (at, at), (rung(scene.orders.size - 1), ORDER),
        f"order {scene.k}: {quantity(scene.order_k, unit)}", "y", (0, APART), (None, APART / 5), color="p",
    )  # fmt: skip
    shown = figure(traces, title=title, x=x, y=_names(scene), labels=words, barmode="overlay", margin=dict(l=112, r=24))
    return Picture(shown, alt, (handle,))


class Rung(NamedTuple):
    """One bar of the ladder: where it stands, how far it goes, whose it is, what is written beside it, how thick."""

    y: float
    nats: float
    role: str
    text: str
    thick: float


def _rungs(scene: scenes.Ladder, unit: Unit, hidden: bool) -> Iterator[Rung]:
    of, sizes, found = unit.from_nats, scene.sizes, scene.symbols
    yield Rung(BYTES, scene.original, "ghost", f"{number(of(scene.original))} · {sizes.original:,} bytes", 0.7)
    yield Rung(FIXED, found.fixed, "ghost", number(of(found.fixed)), 0.7)
    yield Rung(HUFFMAN, found.huffman, "ghost", number(of(found.huffman)), 0.7)
    for k, nats in enumerate(scene.orders):
        named = f"{'   ' * (k == scene.k)}{number(of(nats))}" if k == scene.k or (k == 0 and scene.k != 1) else ""
        yield Rung(rung(k), nats, "p", named, 0.42 if k == scene.k else 0.3)
    real = ((ZLIB, scene.zlib, sizes.zlib), (BZ2, scene.bz2, sizes.bz2), (LZMA, scene.lzma, sizes.lzma))
    for y, nats, size in () if hidden else real:
        yield Rung(y, nats, "q", f"{number(of(nats))} · {size:,} B", 0.7)


def _names(scene: scenes.Ladder) -> dict:
    orders = {rung(k): str(k) for k in range(1, scenes.HIGHEST + 1)}
    names = {BYTES: "UTF-8", FIXED: "fixed code", HUFFMAN: "Huffman", ORDER: "entropy, k = 0", **orders}
    names |= {ZLIB: "zlib (gzip)", BZ2: "bz2", LZMA: "lzma"}
    return axis("", range=[FLOOR, CEILING], tickvals=list(names), ticktext=list(names.values()), showgrid=False)


def _bars(rungs: list[Rung], role: str, unit: Unit) -> dict:
    """The bars of one role, without a hatch where a number is written on them."""
    own = [r for r in rungs if r.role == role]
    ends, heights = [unit.from_nats(min(r.nats, REACH)) for r in own], [r.y for r in own]
    shown = bar(ends, heights, "p" if role == "ghost" else role, width=array([r.thick for r in own]), hoverinfo="skip")
    if role == "ghost":
        shown["marker"] = dict(color=color("grid"), line=dict(color=color("ghost"), width=style.LINE - 0.5))
    elif any(r.nats > INSIDE for r in own):
        shapes = ["" if r.nats > INSIDE else style.HATCH[role] for r in own]
        shown["marker"]["pattern"] = shown["marker"]["pattern"] | dict(shape=shapes)
    return shown


def _beside(nats: float, y: float, text: str, unit: Unit, past: float) -> Label:
    """The number beyond the end of its bar, or inside where there is no room, with an arrow where the bar is cut.

    One that would stand across the line at `past` stands beyond that line.
    """
    if nats > INSIDE:
        cut = " →" if nats > REACH else ""
        return Label(unit.from_nats(min(nats, REACH)), y, f"{text}{cut} ", "ink", "middle left")
    nats = past if nats < past < nats + LABEL else nats
    return Label(unit.from_nats(nats), y, f"  {text}", "ink", "middle right")


def _ghost(before: scenes.Ladder, unit: Unit) -> dict:
    """Where the bars of the text ended before it was shuffled."""
    ends = [(rung(k), nats) for k, nats in enumerate(before.orders)]
    ends += [(ZLIB, before.zlib), (BZ2, before.bz2), (LZMA, before.lzma)]
    x = [unit.from_nats(min(nats, REACH)) for _, nats in ends]
    return points(x, [y for y, _ in ends], "muted", symbol="line-ns-open", size=13, hoverinfo="skip")


def _said(scene, unit, guess, before) -> tuple[str, str]:
    of, h = unit.from_nats, scene.symbols.entropy
    alt = (
        f"Bars for {scene.characters:,} characters: UTF-8 {quantity(scene.original, unit)} a character, a fixed code "
        f"{quantity(scene.symbols.fixed, unit)}, Huffman {quantity(scene.symbols.huffman, unit)}, the entropy of "
        f"order 0 {quantity(h, unit)}, of order {scene.k} {quantity(scene.order_k, unit)}"
    )
    if guess is not None:
        title = f"How many {unit.name} a character does zlib take?"
        return title, f"{alt}. The compressors are hidden; the estimate is {quantity(guess, unit)}."
    alt += f", zlib {quantity(scene.zlib, unit)}, bz2 {quantity(scene.bz2, unit)}, lzma {quantity(scene.lzma, unit)}."
    if before is not None:
        title = f"Shuffled: zlib goes from {number(of(before.zlib))} to {quantity(scene.zlib, unit)}, order 0 stays"
        return title, f"{alt} Before the shuffle zlib took {number(of(before.zlib))}."
    title = f"zlib {quantity(scene.zlib, unit)} a character; order 0: {number(of(h))}"
    title += f", order {scene.k}: {number(of(scene.order_k))}" if scene.k else ""
    return title, alt


def readouts(scene: scenes.Ladder, unit: Unit) -> dict[str, str]:
    """The numbers that stand under the ladder, a character."""
    return {
        "Order-0 entropy": quantity(scene.symbols.entropy, unit),
        f"Order-{scene.k} entropy": quantity(scene.order_k, unit),
        "Huffman": quantity(scene.symbols.huffman, unit),
        "zlib": quantity(scene.zlib, unit),
    }


def notice(scene: scenes.Ladder, unit: Unit, asked: int, before: scenes.Ladder | None = None) -> str:
    """Why the compressors end up where they do; `before` is the text that was shuffled."""
    if before is not None:
        return _after_shuffle(scene, before, unit)
    h, best = scene.symbols.entropy, min(scene.zlib, scene.bz2, scene.lzma)
    name = {scene.zlib: "zlib", scene.bz2: "bz2", scene.lzma: "lzma"}[best]
    short = f"So short a text has no order {asked}; {scene.k} is shown. " if asked > scene.k else ""
    if best < h:
        return (
            f"{short}Order 0 is the limit only for codes that take each character by itself. {name} also sees what "
            f"came before, and saves {quantity(h - best, unit)} a character against that limit."
        )
    gap = quantity(best - h, unit)
    if scene.characters < ENOUGH:
        return f"{short}So short a text does not pay for headers and tables: {name} ends {gap} above order 0."
    return (
        f"{short}The characters before tell too little here: {name} ends {gap} above order 0. Order "
        f"{scene.orders.size - 1} looks lower only because it was counted on this very text."
    )


def _after_shuffle(scene: scenes.Ladder, before: scenes.Ladder, unit: Unit) -> str:
    said = "Every character is as frequent as before, so order 0 and Huffman stay exactly. "
    gain = before.order_k < scene.order_k
    said += f"Order {scene.k} {'rises' if gain else 'moves'} from {number(unit.from_nats(before.order_k))} to "
    said += f"{quantity(scene.order_k, unit)}: what came before no longer helps."
    if not gain and scene.k > 0:
        said += " That it does not rise is the mark of a context seen too rarely to be believed."
    return said


def definition(found: scenes.Symbols) -> str:
    """The entropy of order 0, and what the last term of the sum with numbers stands for."""
    rest = len(found.characters) - NAMED
    others = rf"\;\text{{(last: {rest} others)}}" if rest > 1 else ""
    return rf"H_0 = \sum_a p_a\,(-\log p_a){others}"


def worked(scene: scenes.Ladder, unit: Unit) -> tuple[str, str]:
    """The entropy of order 0 as a sum: the commonest characters, and all others with their mean surprisal."""
    found, h = scene.symbols, unit.from_nats(scene.symbols.entropy)
    p, s, terms = list(found.p), list(unit.from_nats(found.surprisal)), list(unit.from_nats(found.terms))
    if len(p) > NAMED + 1:
        rest, sum_ = float(found.p[NAMED:].sum()), float(unit.from_nats(found.terms[NAMED:].sum()))
        p, s, terms = [*p[:NAMED], rest], [*s[:NAMED], sum_ / rest], [*terms[:NAMED], sum_]
    factors = " + ".join(f"{number(a)} × {number(b)}" for a, b in zip(p, s, strict=True))
    return factors, f"{' + '.join(add_up(terms, h))} = {quantity(found.entropy, unit)}"


def taken(scene: scenes.Ladder, unit: Unit, source: tuple[str, str]) -> tuple[dict[str, Sequence], str]:
    """The distinct characters as columns, and the code that prints the entropy of order 0."""
    found = scene.symbols
    columns = {
        "character": [spelled(c) for c in found.characters],
        "count": found.counts.tolist(),
        "probability": found.p,
        f"surprisal ({unit.name})": unit.from_nats(found.surprisal),
        f"contribution ({unit.name})": unit.from_nats(found.terms),
        "code word": found.words,
    }
    constant = unit.name.upper()
    imports, text = source
    snippet = (
        f"from core.coding import empirical_entropy\n{imports}from core.units import {constant}\n\n"
        f"{text}\nprint({constant}.from_nats(empirical_entropy(text)))\n"
    )
    return columns, snippet


def source(text: str, given: str | None, seed: int | None, linked: int) -> tuple[str, str]:
    """What code imports and says to have the text: one of the given ones, a short one as it is, or a file."""
    names, said = ["GIVEN"] * (given is not None), f"text = {text!r}"
    if given is not None:
        said = f"text = GIVEN[{given!r}]"
    elif len(text) > linked:
        said = "text = open('pasted.txt', encoding='utf-8').read()"
    if seed is not None and (given is not None or len(text) > linked):
        names, said = [*names, "shuffled"], f"{said}\ntext = shuffled(text, {seed})"
    return f"from core.scenes.compression import {', '.join(names)}\n" if names else "", said


def dearest(scene: scenes.Costs, unit: Unit) -> str:
    """What the single characters cost, in words."""

    def named(i: int) -> str:
        context = "".join("↵" if c == "\n" else c for c in scene.shown[i - scene.k : i])
        after = f" after “{context}”" if scene.k else ""
        return f"“{spelled(scene.shown[i])}”{after}, {quantity(float(scene.cost[i - scene.k]), unit)}"

    free = f" {scene.free} of {scene.cost.size} cost nothing." if scene.free else ""
    return f"Dearest: {named(scene.dearest)}. Cheapest: {named(scene.cheapest)}.{free}"


OUTSIDE_TOP = 7.0 * scenes.DIGIT


def curve(scene: scenes.HeldOut, unit: Unit) -> Picture:
    """The cost of models of every order on the text that they were counted on, and on the rest, with k to drag."""
    of, ks = unit.from_nats, np.arange(scene.inside.size)
    shown = np.minimum(scene.outside, OUTSIDE_TOP)
    finite = scene.outside <= OUTSIDE_TOP
    traces = [
        line(ks, of(scene.inside), "p", hoverinfo="skip"),
        points(ks, of(scene.inside), "p", size=8, hoverinfo="skip"),
        line(ks, of(shown), "q", hoverinfo="skip"),
        points(ks, of(shown), "q", symbol=["diamond" if f else "triangle-up" for f in finite], size=9,
               hoverinfo="skip"),
        line([scene.k] * 2, [of(scene.inside[scene.k]), of(shown[scene.k])], "loss", hoverinfo="skip"),
        points([scene.k], [of(scene.inside[scene.k])], "p", size=14, hoverinfo="skip"),
    ]  # fmt: skip
    if np.isfinite(scene.outside[scene.best]) and finite[scene.best]:
        traces.append(points([scene.best], [of(scene.outside[scene.best])], "optimum", symbol="star", size=15,
                             hoverinfo="skip"))  # fmt: skip
    words = _ends(scene, unit, shown)
    handle = Handle(
        "order", "Characters of context", float(scene.k), float(of(scene.inside[scene.k])), (0, int(ks[-1])),
        (float(of(scene.inside[scene.k])),) * 2, f"order {scene.k}: {quantity(scene.inside[scene.k], unit)}", "x",
        (1, 0), (1, None), color="p", sets=("compression_k", None),
    )  # fmt: skip
    title = f"Order {scene.k}: {quantity(scene.inside[scene.k], unit)} where it was counted, "
    title += f"{number(of(scene.outside[scene.k]))} on the rest"
    x = axis("Characters of context k", range=[-0.3, scenes.HIGHEST + 1.6], tickvals=list(range(scenes.HIGHEST + 1)))
    y = information_axis(unit, OUTSIDE_TOP * 1.08, "Cost a character", bottom_nats=-0.2)
    shown = figure(traces, title=title, x=x, y=y, labels=words)
    return Picture(shown, _curve_alt(scene, unit, title), (handle,))


def _ends(scene: scenes.HeldOut, unit: Unit, shown) -> list[Label]:
    of, last = unit.from_nats, scene.inside.size - 1
    words = [
        Label(last, of(scene.inside[-1]), "   counted", "p", "middle right"),
        Label(last, of(shown[-1]), "   held out", "q", "middle right"),
    ]
    if np.isinf(scene.outside).any():
        first = int(np.argmax(np.isinf(scene.outside)))
        words.append(Label(first, of(OUTSIDE_TOP), "  infinite", "q", "top right", style.SMALL))
    return words


def _curve_alt(scene: scenes.HeldOut, unit: Unit, title: str) -> str:
    return (
        f"{title}. From order 0 to {scene.inside.size - 1} the cost on the counted part falls from "
        f"{quantity(scene.inside[0], unit)} to {quantity(scene.inside[-1], unit)}; on the rest it is least at order "
        f"{scene.best}, {quantity(scene.outside[scene.best], unit)}."
    )


def flattery(scene: scenes.HeldOut, unit: Unit) -> str:
    """Why the entropy of a high order says little about the source."""
    counted = f"Counted on {scene.train:,} characters, tried on {scene.test:,}. "
    if np.isinf(scene.outside[scene.best]):
        return f"{counted}Without smoothing, one pair that was never seen costs infinitely much at any order."
    return (
        f"{counted}A model that may learn its text by heart seems to need nothing; on the rest order {scene.best} is "
        f"best, with {quantity(scene.outside[scene.best], unit)}."
    )


def commonest(found: scenes.Symbols, most: int = 8) -> str:
    """The characters of a text as shares, all beyond the first few taken together, as the editor reads them."""
    shown = list(zip(found.characters, found.counts.tolist(), strict=True))
    if len(shown) > most:
        shown = shown[: most - 1]
    total = int(found.counts.sum())
    parts = [f"{spelled(c)}:{n}/{total}" for c, n in shown]
    rest = total - sum(n for _, n in shown)
    parts += [f"others:{rest}/{total}"] if rest else []
    return ",".join(parts) if len(parts) > 1 else f"{parts[0]},none:0"


def tree(scene: scenes.Huffman, unit: Unit, names: Sequence[str]) -> Picture:
    """The Huffman tree of a distribution, each outcome with its code word."""
    n, up = scene.tree.outcomes.size, scene.tree.parent[:-1]
    x, y = scene.depth, -scene.x
    across = np.stack([x[up], x[up], x[:-1], np.full(2 * n - 2, np.nan)], axis=1)
    down = np.stack([y[up], y[:-1], y[:-1], np.full(2 * n - 2, np.nan)], axis=1)
    words = [
        Label(x[i] - 0.5, y[i], scene.tree.words[i][-1], "muted", "top center", style.SMALL) for i in range(2 * n - 2)
    ]
    for i, o in enumerate(scene.tree.outcomes):
        said = f"   <b>{names[o]}</b>  {number(scene.p[o])}  {scene.tree.words[i] or 'no digits'}"
        words.append(Label(x[i], y[i], said, "ink", "middle right"))
    inner = slice(n, 2 * n - 1)
    words += [Label(a, b, f"  {number(w, 2)}", "muted", "middle right", style.SMALL) for a, b, w in
              zip(x[inner], y[inner], scene.tree.weight[inner], strict=True)]  # fmt: skip
    traces = [
        line(across.ravel(), down.ravel(), "muted", dash="solid", hoverinfo="skip"),
        points(x[inner], y[inner], "muted", size=8, hoverinfo="skip"),
        points(x[:n], y[:n], "p", size=11, hoverinfo="skip"),
    ]
    of = unit.from_nats
    most = quantity(scene.entropy + scenes.DIGIT, unit)
    title = f"H = {number(of(scene.entropy))} ≤ L = {number(of(scene.mean))} < H + {number(of(scenes.DIGIT))} = {most}"
    coded = ", ".join(f"{names[o]} {scene.tree.words[i] or 'none'}" for i, o in enumerate(scene.tree.outcomes))
    alt = (
        f"A binary tree with the code words {coded}. Their mean length is {quantity(scene.mean, unit)}, the entropy "
        f"{quantity(scene.entropy, unit)}."
    )
    k = scene.p.size
    rows = dict(range=[-k + 0.4, 0.6], visible=False)
    digits = axis("Digits of the code word", range=[-0.25, k - 1 + 0.75 * k], tickvals=list(range(k)), showgrid=False)
    return Picture(figure(traces, title=title, x=digits, y=rows, labels=words, margin=dict(l=16)), alt)


def lengths(scene: scenes.Huffman, unit: Unit) -> tuple[dict[str, str], str]:
    """The read-outs of a code, and what to notice in it."""
    waste = scene.mean - scene.entropy
    numbers = {
        "Entropy H": quantity(scene.entropy, unit),
        "Mean length L": quantity(scene.mean, unit),
        "L − H": quantity(max(waste, 0.0), unit),
        "Equally long words": quantity(scene.fixed, unit),
    }
    if waste < 1e-12:
        return numbers, "Every probability is a power of ½, and only then does the Huffman code reach the entropy."
    return numbers, (
        f"A word has a whole number of digits, a surprisal need not: that costs {quantity(waste, unit)} an outcome, "
        f"{number(100 * waste / scene.mean)} % of the length."
    )


def claims(checked: scenes.Claims, unit: Unit) -> dict[str, str]:
    """What is often said wrongly about compression, with the number that settles it."""
    noise = checked.noise
    return {
        "Entropy is the limit of any compressor.": "It is the limit for a model, and order 0 is one model: of the "
        f"Gettysburg Address zlib needs {quantity(checked.zlib, unit)} a character, order 0 "
        f"{quantity(checked.order_0, unit)}.",
        "A Huffman code reaches the entropy.": "Only if every probability is a power of ½. A coin with 0.99 on one "
        f"side carries {quantity(checked.coin, unit)}, and its code takes {quantity(checked.coin_length, unit)}.",
        "A compressor makes every file smaller.": f"{noise.original:,} random bytes become {noise.zlib:,} with zlib, "
        f"{noise.bz2:,} with bz2, {noise.lzma:,} with lzma.",
        "More context is always better.": "On the counted text it is, which says nothing: independent letters carry "
        f"{quantity(checked.true, unit)} each, and order 4, counted on 2000 of them, claims "
        f"{quantity(checked.seen, unit)}.",
    }
