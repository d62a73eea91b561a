"""The picture of the Perplexity page: branches to choose among, and what every order comes to."""

from collections.abc import Sequence

import numpy as np

from core.scenes import perplexity as scenes
from core.units import Unit
from pages.figures import style
from pages.figures.parts import Handle, Picture, line, points
from pages.figures.style import Label, add_up, axis, color, figure, number, quantity

TOP = 2000.0  # a perplexity above is cut off, and says so
MOST = 100  # branches drawn one by one; more are a filled fan
DOTS = 40  # of which so many can bear a dot each
BASES = {"nats": "e"}  # how the base of a unit is written, unless as a number
FAN = dict(xaxis="x2", yaxis="y2")  # the panel with the branches
VISIBLE = {" ": "space"}
COLUMN = {"characters": 5.5, "words": 8.3}  # nats; what a full column behind a token stands for


def main(scene: scenes.Scored, unit: Unit, same: bool, guess: float | None = None) -> Picture:
    """The perplexity as so many equal branches, and beside them that of every order, with the order to drag.

    `same` says that the text was scored by its own counts. With a `guess` (in nats) what was held out stays hidden.
    """
    hidden = guess is not None
    shown = float(np.exp(guess)) if hidden else scene.perplexity
    traces = [*_fan(shown), *_curves(scene, hidden)]
    big = "∞" if np.isinf(shown) else number(shown)
    fan_words = [Label(-0.06, 0.0, big, "q", "middle left", 20)]
    if not np.isinf(shown) and shown > MOST:
        fan_words.append(Label(0.68, 0.0, "too many to draw", "ink", "middle center", style.SMALL))
    traces.append(style.words(fan_words, **FAN))
    title, alt = finding(scene, same), _alt(scene, unit, same)
    if hidden:
        branches = "a single branch" if number(shown) == "1" else f"{number(shown)} branches"
        title = f"Among how many does a model of order {scene.k} choose?"
        alt = (
            f"The estimate is {quantity(guess, unit)}, drawn as {branches}. On the text that was counted "
            f"order {scene.k} has perplexity {number(scene.training[scene.k])}; the other is hidden."
        )
    at = scene.training[scene.k] if hidden else scene.perplexity
    handle = Handle(
        "order", f"{scene.kind.capitalize()} of context", float(scene.k), float(min(at, TOP)),
        (0.0, float(scene.held_out.size - 1)), (float(min(at, TOP)),) * 2, f"order {scene.k}: {number(at)}", "x",
        (1, 0), (1, None), color="p" if hidden else "q",
    )  # fmt: skip
    return Picture(figure(traces, title=title, labels=_curve_words(scene, hidden), **_panels(scene)), alt, (handle,))


def finding(scene: scenes.Scored, same: bool) -> str:
    """The perplexity, or the token that makes it infinite."""
    if scene.never.size:
        others = scene.never.size - 1
        more = f", nor {others:,} more" if others else ""
        return f"Infinite: {named(scene, int(scene.never[0]))} was never seen{more}"
    where = "On what it counted" if same else "Held out"
    return f"{where}, order {scene.k} chooses among {_choices(scene.perplexity)}"


def _choices(n: float) -> str:
    return "a single one" if number(n) == "1" else f"{number(n)} equal ones"


def named(scene: scenes.Scored, place: int) -> str:
    """A token with what stood before it."""
    token = VISIBLE.get(scene.tokens[place], scene.tokens[place].strip())
    before = "".join(scene.tokens[place - scene.k : place])
    before = before if scene.kind == scenes.KINDS[0] else before.strip()
    return f"“{token}” after “{before}”" if before else f"“{token}”"


def _alt(scene: scenes.Scored, unit: Unit, same: bool) -> str:
    best = scene.held_out[scene.best]
    least = "infinite at every order" if np.isinf(best) else f"least at order {scene.best}, {number(best)}"
    trend = f"{number(scene.training[0])} at order 0 to {number(scene.training[-1])} at {scene.training.size - 1}"
    return (
        f"{finding(scene, same)}. The mean surprisal of {scene.scored:,} {scene.kind} is {quantity(scene.mean, unit)}, "
        f"the perplexity {number(scene.perplexity)}. On the text that was counted it goes from {trend}; on the one "
        f"that is scored it is {least}."
    )


def _panels(scene: scenes.Scored) -> dict:
    orders = list(range(scenes.HIGHEST + 1))
    x = axis(f"{scene.kind.capitalize()} of context k", range=[-0.3, scenes.HIGHEST + 1.9], tickvals=orders,
             domain=[0.51, 1])  # fmt: skip
    y = axis("Perplexity", type="log", range=[-0.06, float(np.log10(TOP)) + 0.16],
             tickvals=[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000], domain=[0, 1])  # fmt: skip
    narrow = {
        "margin": {"l": 64},
        "xaxis": {"domain": [0, 1]}, "yaxis": {"domain": [0, 0.55]},
        "xaxis2": {"domain": [0, 1]}, "yaxis2": {"domain": [0.64, 1]},
    }  # fmt: skip
    return dict(
        x=x, y=y, xaxis2=dict(visible=False, range=[-0.5, 1.05], domain=[0, 0.37], anchor="y2", fixedrange=True),
        yaxis2=dict(visible=False, range=[-1.05, 1.05], domain=[0, 1], anchor="x2", fixedrange=True),
        margin=dict(l=12, r=12), meta=dict(narrow=narrow),
    )  # fmt: skip


def _fan(n: float) -> list[dict]:
    """n equal branches; the part of a branch beyond the last whole one is as long as the part."""
    root = points([0], [0], "q", size=12, hoverinfo="skip", **FAN)
    if n > MOST:
        hatch = dict(shape=style.HATCH["loss"], fgcolor=color("loss"), fgopacity=0.5) if np.isinf(n) else None
        role = "loss" if np.isinf(n) else "q"
        filled = line([0, 1, 1, 0], [0, -1, 1, 0], role, dash="solid", fill="toself", hoverinfo="skip", **FAN)
        return [filled | dict(fillcolor=color(f"{role}_fill"), fillpattern=hatch), root]
    whole = int(n)
    part = n - whole
    ends = 1 - 2 * (np.arange(whole) + 0.5) / n
    x, y = np.ones(whole), ends
    if part > 1e-3:
        x, y = np.append(x, part), np.append(y, part * (1 - 2 * (whole + part / 2) / n))
    gap = np.full(x.size, np.nan)
    xs, ys = (np.stack([0 * v, v, gap], axis=1).ravel() for v in (x, y))
    branches = line(xs, ys, "q", dash="solid", width=style.LINE if n <= DOTS else style.THIN, hoverinfo="skip", **FAN)
    dots = points(x[:whole], y[:whole], "q", size=9, hoverinfo="skip", **FAN)
    return [branches, *([dots] if n <= DOTS else []), root]


def _curves(scene: scenes.Scored, hidden: bool) -> list[dict]:
    ks, k = np.arange(scene.training.size), scene.k
    traces = [
        line(ks, np.minimum(scene.training, TOP), "p", hoverinfo="skip"),
        points(ks, np.minimum(scene.training, TOP), "p", size=8, hoverinfo="skip"),
    ]
    if hidden:
        return [*traces, points([k], [min(scene.training[k], TOP)], "p", size=14, hoverinfo="skip")]
    shown, finite = np.minimum(scene.held_out, TOP), scene.held_out <= TOP
    marks = ["diamond" if f else "triangle-up" for f in finite]
    traces += [
        line([k, k], [min(scene.training[k], TOP), shown[k]], "loss", hoverinfo="skip"),
        line(ks, shown, "q", hoverinfo="skip"),
        points(ks, shown, "q", symbol=marks, size=9, hoverinfo="skip"),
    ]
    if finite[scene.best]:
        at = [scene.best], [shown[scene.best]]
        traces.append(points(*at, "optimum", symbol=style.SYMBOL["optimum"], size=16, hoverinfo="skip"))
    return [*traces, points([k], [shown[k]], "q", size=14, hoverinfo="skip")]


def _curve_words(scene: scenes.Scored, hidden: bool) -> list[Label]:
    """Both curves named at their ends, one above and one below where they meet; infinity at the edge."""
    last = scene.training.size - 1
    ends = {"counted": (min(scene.training[-1], TOP), "p"), "held out": (min(scene.held_out[-1], TOP), "q")}
    if hidden:
        del ends["held out"]
    near = len(ends) == 2 and abs(np.log10(ends["held out"][0] / ends["counted"][0])) < 0.2
    words = []
    for name, (y, role) in ends.items():
        where = "middle right" if not near else "bottom right" if name == "counted" else "top right"
        text = f"  {name}<br>  infinite" if name == "held out" and np.isinf(scene.held_out[-1]) else f"  {name}"
        words.append(Label(last, float(y), text, role, where))
    return words


def readouts(scene: scenes.Scored, unit: Unit) -> dict[str, str]:
    """The numbers that stand under the picture."""
    return {
        "Mean surprisal H": quantity(scene.mean, unit),
        "Perplexity": number(scene.perplexity),
        f"{unit.name.capitalize()} a character": number(unit.from_nats(scene.a_character)),
        "Where it was counted": number(scene.training[scene.k]),
        "Distinct in both": f"{scene.symbols:,} {scene.kind}",
    }


def worked(scene: scenes.Scored, unit: Unit) -> tuple[str, str, str]:
    """The mean as shares of what was seen and what was not, its exponential, and the sum."""
    h = unit.from_nats(scene.mean)
    parts = unit.from_nats(np.array([g.contribution for g in scene.groups]))
    printed = add_up(parts, h) if np.isfinite(h) else [number(v) for v in parts]
    products = " + ".join(f"{number(g.share)} × {number(unit.from_nats(g.mean))}" for g in scene.groups)
    power = f"log {number(scene.perplexity)}, to the base {base(unit)}"
    return products, power, f"{' + '.join(printed)} = {quantity(scene.mean, unit)}"


def definition(unit: Unit) -> str:
    """Mean surprisal, and perplexity as the power of the unit's own base."""
    model = r"P(a \mid c) = \frac{n_{ca} + s}{n_c + sV}, \qquad H = \frac1N \sum_{t=1}^{N} -\log P(x_t \mid c_t)"
    return rf"{model}, \qquad \mathrm{{perplexity}} = {base(unit)}^{{H}}"


def base(unit: Unit) -> str:
    """The base of the logarithms that the unit stands for: 2, e or 10."""
    return BASES.get(unit.name, f"{np.exp(unit.nats):.0f}")


def notice(scene: scenes.Scored, unit: Unit, same: bool) -> str:
    """What to notice in this model and text."""
    said = ", ".join(f"{g.share:.0%} {g.name} ({quantity(g.mean, unit)} each)" for g in scene.groups)
    said = f"Of {scene.scored:,} {scene.kind}: {said}. "
    if scene.never.size:
        return f"{said}Without smoothing what was never seen is impossible, and one such token is enough."
    if same:
        return f"{said}Scored by its own counts a text looks easy: this is memory, not prediction."
    if scene.k > scene.best:
        return f"{said}Beyond order {scene.best} a longer context only helps where it was counted."
    return said.rstrip()


def dearest(scene: scenes.Scored, unit: Unit) -> str:
    """The tokens that cost most, in words."""
    if scene.never.size:
        some = "; ".join(named(scene, int(place)) for place in scene.never[:5])
        return f"Impossible: {some}{'; and others' if scene.never.size > 5 else ''}."
    order = np.argsort(-scene.surprisal, kind="stable")[:3]
    each = "; ".join(f"{named(scene, scene.k + int(i))}, {quantity(float(scene.surprisal[i]), unit)}" for i in order)
    return f"Most surprising: {each}."


def start(scene: scenes.Scored) -> int:
    """The token to name first: the first impossible one, or the one that costs most."""
    return int(scene.never[0]) if scene.never.size else scene.k + int(np.argmax(scene.surprisal))


def source(train: str, test: str, text: str, linked: int) -> tuple[str, str]:
    """How code has the two texts: given ones by name, the reader's own as it is or, if it is long, from a file."""
    mine = repr(text) if len(text) <= linked else "flowing(Path('pasted.txt').read_text(encoding='utf-8'))"
    return tuple(f"TEXTS[{name!r}]" if name in scenes.TEXTS else mine for name in (train, test))


def taken(scene: scenes.Scored, unit: Unit, source: tuple[str, str]) -> tuple[dict[str, Sequence], str]:
    """The tokens with their costs as columns, and the code that prints the mean shown; `source` gives both texts."""
    columns = {
        "token": list(scene.tokens[scene.k :]),
        f"surprisal ({unit.name})": unit.from_nats(scene.surprisal),
        f"contribution ({unit.name})": unit.from_nats(scene.surprisal / scene.scored),
    }
    constant = unit.name.upper()
    train, test = (f"tokens({text}, {scene.kind!r})" for text in source)
    files = "from pathlib import Path\n\n" if "Path(" in test else ""
    snippet = (
        f"{files}from core.coding import ngram_surprisals\nfrom core.scenes.perplexity import TEXTS, flowing, tokens\n"
        f"from core.units import {constant}\n\n"
        f"train = {train}\ntest = {test}\n"
        f"cost = ngram_surprisals(train, test, order={scene.k}, smoothing={scene.smoothing!r})\n"
        f"print({constant}.from_nats(cost.mean()))\n"
    )
    return columns, snippet


def claims(checked: scenes.Claims, unit: Unit) -> dict[str, str]:
    """What is often said wrongly about perplexity, with the number that settles it."""
    (by_character, c), (by_word, w) = checked.kinds
    return {
        "Perplexities can be compared, whatever the tokens are.": "Gettysburg by the Second Inaugural, order 1: "
        f"{number(by_character)} a character and {number(by_word)} a word. Spread over its characters the word costs "
        f"{quantity(w, unit)} against {quantity(c, unit)}: only that can be compared.",
        "Perplexity depends on the base of the logarithm.": "H and its base change together: "
        f"{base(unit)} to the {number(unit.from_nats(np.log(by_character)))} is {number(by_character)}, and every "
        "other base gives the same.",
        "The worst perplexity is the number of symbols.": "That is what equal guesses have. A model that is sure and "
        f"wrong has more: {number(checked.sure)} among {checked.symbols[1]} words, with counts of order 0 and 0.01 "
        f"added to each. Letter frequencies alone bring {checked.symbols[0]} characters down to "
        f"{number(checked.by_letters)}.",
        "A longer context predicts better.": f"From order 2 to {scenes.HIGHEST} the text that was counted goes from "
        f"{number(checked.training[0])} to {number(checked.training[1])}, the one held out from "
        f"{number(checked.held_out[0])} to {number(checked.held_out[1])}.",
        "A few impossible tokens hardly matter.": f"{checked.impossible} of {checked.of:,} make the perplexity "
        f"infinite; without them it would be {number(checked.rest)}.",
    }
