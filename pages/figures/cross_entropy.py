"""The three pictures of the Cross-entropy page."""

from collections.abc import Sequence

import numpy as np

from core.scenes import cross_entropy as scenes
from core.units import Unit
from pages.figures import style
from pages.figures.parts import (
    Handle,
    Picture,
    along_curve,
    bar,
    information_axis,
    level,
    line,
    listed,
    points,
)
from pages.figures.style import Label, add_up, array, axis, color, figure, number, quantity

TOP = 4.2  # nats (6.1 bits): code words above are cut off, and say so
CHOICES = (1, 2, 3, 4, 6, 8, 16, 32, 64)  # on the axis of perplexity
NARROW = 0.06  # a rectangle thinner than this has no room for its label or for a hand
STEP, GRID = 0.1, 0.01  # of a code word's length: one arrow key, and under the hand
ONE_TOP = 5.4  # nats; the loss of the right answer beyond is cut off, and says so
ARCH_TOP = 1.6  # nats
DEFINITION = r"H(p, q) = \sum_i p_i\,(-\log q_i) = H(p) + \mathrm{KL}(p\|q)"
BELOW = dict(xaxis="x2", yaxis="y2")  # the panel with the bar


def code(
    scene: scenes.Code,
    unit: Unit,
    names: Sequence[str],
    locked: Sequence[bool] = (),
    guess: float | None = None,
    before: scenes.Code | None = None,
) -> Picture:
    """Code lengths as areas, p wide and -log q high; under them the entropy and the extra cost as one bar.

    With a `guess` (in nats) the extra cost stays hidden. `before` is the state that the hand took hold of: its lengths
    stay as a ghost. Outcomes beyond `locked` are not in q at all.
    """
    hidden = guess is not None
    left = np.cumsum(scene.p) - scene.p
    traces = [*_areas(scene, unit, left)]
    if before is not None:
        traces.append(_steps(before, before.lengths, unit, "ghost", width=style.THIN))
    traces += [_steps(scene, scene.best, unit, "p"), _steps(scene, scene.lengths, unit, "q")]
    words = [w for i in range(scene.p.size) for w in _rectangle_words(scene, unit, names[i], i, left[i], hidden)]
    words += _line_names(scene, unit)
    traces += _bar(scene, unit, guess)
    traces.append(style.words(_bar_words(scene, unit, guess), **BELOW))
    handles = tuple(
        _grip(scene, unit, names[i], i, left[i]) for i, held in enumerate(locked) if scene.p[i] >= NARROW and not held
    )
    said = listed(names, scene.p), listed(names, scene.q)
    alt = f"p has {said[0]}; q has {said[1]}. Areas as wide as p and as high as the code words of q, −log q. "
    if hidden:
        title = f"p has {quantity(scene.entropy, unit)}. What does the code for q cost?"
        alt += f"Their total is hidden; the estimate is {quantity(guess, unit)}."
    else:
        title, alt = finding(scene, unit, names), alt + f"{sum_of_two(scene, unit)}."
    return Picture(figure(traces, title=title, labels=words, **_panels(unit)), alt, handles)


def sum_of_two(scene: scenes.Code, unit: Unit) -> str:
    """The entropy and the extra cost, which add up to the cross-entropy as printed."""
    h, kl = _two(scene, unit)
    return f"H(p) + KL(p‖q) = {h} + {kl} = {quantity(scene.cross_entropy, unit)}"


def _two(scene: scenes.Code, unit: Unit) -> list[str]:
    """Both parts, printed so that they add up to the printed total."""
    parts = [unit.from_nats(scene.entropy), unit.from_nats(scene.kl)]
    if np.isinf(scene.cross_entropy):
        return [number(v) for v in parts]
    return add_up(parts, unit.from_nats(scene.cross_entropy))


def finding(scene: scenes.Code, unit: Unit, names: Sequence[str]) -> str:
    """The sum of the two, or what makes it infinite."""
    if scene.impossible.size:
        i = int(scene.impossible[0])
        return f"Infinite: p expects {names[i]} at {number(scene.p[i])}, and q calls it impossible"
    return sum_of_two(scene, unit)


def _panels(unit: Unit) -> dict:
    """Areas above; below them the bar, with the number of choices that costs as much on its upper side."""
    ends = [0, unit.from_nats(TOP)]
    ticks = dict(tickvals=[unit.from_nats(float(np.log(n))) for n in CHOICES], ticktext=[str(n) for n in CHOICES])
    bar = dict(visible=False, range=[-0.5, 0.5], domain=[0, 0.13], anchor="x2", fixedrange=True)
    top = axis("Perplexity: as many equal choices", range=ends, side="top", overlaying="x2", anchor="y2",
               showgrid=False, tickangle=0, **ticks)  # fmt: skip
    narrow = {"yaxis": {"domain": [0.34, 1]}, "yaxis2": {"domain": [0, 0.12]}, "xaxis3": {"title": {"text": ""}}}
    return dict(
        x=axis("Probability p, one outcome after another", range=[0, 1], dtick=0.25, anchor="y"),
        y=dict(information_axis(unit, TOP, "Length −log q"), domain=[0.43, 1]),
        xaxis2=axis(f"Mean length ({unit.name})", range=ends, anchor="y2", showgrid=False), yaxis2=bar, xaxis3=top,
        barmode="overlay", margin=dict(r=64), meta=dict(narrow=narrow),
    )  # fmt: skip


def _areas(scene: scenes.Code, unit: Unit, left) -> list[dict]:
    """What p's own code takes of each length, what q's adds on top, and what it saves where its word is shorter."""
    top, there = unit.from_nats(TOP), scene.p > 0
    best, length = (np.where(there, np.minimum(unit.from_nats(v), top), 0.0) for v in (scene.best, scene.lengths))
    common = np.minimum(best, length)
    lost, saved = np.maximum(length - best, 0), np.maximum(best - length, 0)
    return [
        _rectangles(left, 0 * common, common, scene.p, "p"),
        _rectangles(left, common, lost, scene.p, "loss"),
        _rectangles(left, common, saved, scene.p, "optimum"),
    ]


def _rectangles(left, base, height, width, role: str) -> dict:
    return dict(
        type="bar", name=role, x=array(left), y=array(height), base=array(base), width=array(width), offset=0,
        marker=dict(color=color(f"{role}_fill"), line=dict(color=color("paper"), width=1), pattern=_hatch(role)),
        hoverinfo="skip",
    )  # fmt: skip


def _hatch(role: str) -> dict:
    return dict(shape=style.HATCH.get(role, ""), fgcolor=color(role), fgopacity=0.5, size=7, solidity=0.25)


def _steps(scene: scenes.Code, lengths, unit: Unit, role: str, **more) -> dict:
    """Lengths as steps, each as wide as its outcome; broken where an outcome never happens."""
    edges = np.concatenate([[0.0], np.cumsum(scene.p)])
    top = unit.from_nats(TOP)
    there = np.flatnonzero(scene.p > 0)
    x = np.stack([edges[there], edges[there + 1]], axis=1).ravel()
    y = np.repeat(np.minimum(unit.from_nats(lengths[there]), top), 2)
    return line(x, y, role, hoverinfo="skip", **more)


def _rectangle_words(scene: scenes.Code, unit: Unit, name: str, i: int, left: float, hidden: bool) -> list[Label]:
    p, length, top = float(scene.p[i]), unit.from_nats(scene.lengths[i]), unit.from_nats(TOP)
    if p == 0:
        return []
    words = [_cut_off(f"↑ {name}: {number(length)}", p, left, top)] if length > top else []
    if p < NARROW:
        return words
    wide, bare = p >= 0.25, hidden or np.isinf(length)
    text = name if bare else f"{name}{' ' if wide else '<br>'}{number(unit.from_nats(scene.terms[i]))}"
    need = (0.15 if wide or bare else 0.25) * top
    low, high = sorted(min(unit.from_nats(float(v[i])), top) for v in (scene.best, scene.lengths))
    # Clear of both edges: under them, between them, or else above.
    for start, end in ((0.0, low), (low, high)):
        if end - start >= need:
            at = start + min((end - start) / 2, 0.13 * top)
            return [*words, Label(left + p / 2, at, text, size=style.TEXT if wide else style.SMALL)]
    return [*words, Label(left + p / 2, high + 0.04 * top, text, "ink", "top center", style.SMALL)]


def _cut_off(text: str, p: float, left: float, top: float) -> Label:
    """What a code word beyond the picture comes to: under its edge, or beside it where there is no room."""
    if p >= 0.3:
        return Label(left + p / 2, 0.94 * top, text, "loss", "bottom center", style.SMALL)
    where, x = ("bottom left", left) if left > 0.5 else ("bottom right", left + p)
    return Label(x, 0.99 * top, f" {text} ", "loss", where, style.SMALL)


def _line_names(scene: scenes.Code, unit: Unit) -> list[Label]:
    """The two codes named at the right end, one above and one below where they would cover each other."""
    last, top = int(np.flatnonzero(scene.p)[-1]), unit.from_nats(TOP)
    best, length = (min(unit.from_nats(float(v[last])), top) for v in (scene.best, scene.lengths))
    if abs(best - length) < 0.09 * top:
        middle, up = (best + length) / 2, length >= best
        best, length = (middle - 0.045 * top * (1 if up else -1), middle + 0.045 * top * (1 if up else -1))
    return [Label(1, best, " −log p", "p", "middle right"), Label(1, length, " −log q", "q", "middle right")]


def _grip(scene: scenes.Code, unit: Unit, name: str, i: int, left: float) -> Handle:
    """The upper edge of a rectangle, which is the length of a code word."""
    length, top = unit.from_nats(scene.lengths[i]), unit.from_nats(TOP)
    x, y = float(left + scene.p[i] / 2), float(min(length, top))
    said = f"{number(length)} for q = {number(scene.q[i])}"
    return Handle(f"word{i}", f"Code word of {name}", x, y, (x, x), (0.0, float(top)), said, "y", (0, STEP),
                  (None, GRID), color="q")  # fmt: skip


def length_at(scene: scenes.Code, i: int, y: float, unit: Unit) -> float:
    """The length in nats of code word i when its edge is put at a height; one beyond the picture stays."""
    nats = y * unit.nats
    return float(scene.lengths[i]) if nats >= TOP * (1 - 1e-9) and scene.lengths[i] > TOP else nats


def _bar(scene: scenes.Code, unit: Unit, guess: float | None) -> list[dict]:
    """Entropy and extra cost end to end; an infinite one runs off the picture."""
    h, top = unit.from_nats(scene.entropy), unit.from_nats(TOP)
    end = min(unit.from_nats(scene.cross_entropy), top)
    parts = [(0.0, h, "p")] if guess is not None else [(0.0, h, "p"), (h, max(end - h, 0.0), "loss")]
    traces = [
        bar([size], [0], role, name=f"bar {role}", base=array([start]), width=0.9, hoverinfo="skip", **BELOW)
        for start, size, role in parts
    ]
    if guess is not None:
        at = unit.from_nats(min(guess, TOP))
        traces.append(line([at, at], [-0.5, 0.5], "q", hoverinfo="skip", **BELOW))
    # An axis without a trace of its own is not drawn.
    return [*traces, dict(type="scatter", x=array([0]), y=array([0]), mode="none", xaxis="x3", yaxis="y2")]


def _bar_words(scene: scenes.Code, unit: Unit, guess: float | None) -> list[Label]:
    """Both parts inside the bar where they have room, else beyond its end."""
    h, kl = _two(scene, unit)
    if guess is not None:
        beyond = Label(unit.from_nats(TOP), 0, "hidden until compared", "muted", "middle left", style.SMALL)
        return [beyond]
    of, end = unit.from_nats, min(scene.cross_entropy, TOP)
    words = []
    if scene.entropy > 0.26 * TOP:
        words.append(Label(0, 0, f" H(p) {h}", "ink", "middle right", style.SMALL))
    if np.isinf(scene.cross_entropy):
        return [*words, Label(of(TOP), 0, "KL infinity → ", "ink", "middle left", style.SMALL)]
    more = " →" if scene.cross_entropy > TOP else ""
    if end - scene.entropy > 0.26 * TOP:
        return [*words, Label(of(end), 0, f"KL {kl}{more} ", "ink", "middle left", style.SMALL)]
    both = f"  + KL {kl}" if words else f"  H(p) {h} + KL {kl}"
    return [*words, Label(of(end), 0, both, "loss" if words else "ink", "middle right", style.SMALL)]


def readouts(scene: scenes.Code, unit: Unit) -> dict[str, str]:
    """The numbers that stand under the picture."""
    return {
        "Entropy H(p)": quantity(scene.entropy, unit),
        "Extra cost KL(p‖q)": quantity(scene.kl, unit),
        "Cross-entropy H(p, q)": quantity(scene.cross_entropy, unit),
        "Perplexity of the code": number(scene.perplexity),
    }


def notice(scene: scenes.Code, unit: Unit, names: Sequence[str]) -> str:
    """What to notice in this pair."""
    if scene.impossible.size:
        missing = ", ".join(names[i] for i in scene.impossible)
        return f"q gives {missing} no code word. One such outcome, however rare, makes the mean length infinite."
    if scene.kl == 0:
        return f"q is p: no code is shorter on average than H(p) = {quantity(scene.entropy, unit)}."
    if scene.entropy == 0:
        i = int(np.argmax(scene.p))
        return (
            f"The label is {names[i]} alone: H(p) is 0, and the cross-entropy is the log loss "
            f"−log {number(scene.q[i])}. How q divides the rest does not matter."
        )
    i = int(np.argmax(scene.extra))
    saved = float(-scene.extra[scene.extra < 0].sum())
    elsewhere = f"Shorter words elsewhere save {quantity(saved, unit)}, never enough."
    if saved == 0:
        elsewhere = "What q keeps for outcomes that never happen is lost."
    return (
        f"{names[i]} costs {quantity(scene.extra[i], unit)} more than in p’s own code: {number(scene.q[i])} in q, "
        f"{number(scene.p[i])} in p. {elsewhere}"
    )


def worked(scene: scenes.Code, unit: Unit) -> tuple[str, str, str]:
    """The mean length with this state's terms, as two parts and as a sum over outcomes."""
    total, there = unit.from_nats(scene.cross_entropy), scene.p > 0
    pairs = zip(scene.p[there], unit.from_nats(scene.lengths[there]), strict=True)
    terms = unit.from_nats(scene.terms[there])
    printed = add_up(terms, total) if np.isfinite(total) else [number(v) for v in terms]
    products = " + ".join(f"{number(p)} × {number(length)}" for p, length in pairs)
    shown = quantity(scene.cross_entropy, unit)
    return products, f"{' + '.join(_two(scene, unit))} = {shown}", f"{' + '.join(printed)} = {shown}"


def taken(scene: scenes.Code, unit: Unit, names: Sequence[str]) -> tuple[dict[str, Sequence], str]:
    """The numbers of the picture as columns, and the code that prints the cross-entropy shown."""
    columns = {
        "outcome": names,
        "p": scene.p,
        "q": scene.q,
        f"length −log q ({unit.name})": unit.from_nats(scene.lengths),
        f"shortest −log p ({unit.name})": unit.from_nats(scene.best),
        f"contribution ({unit.name})": unit.from_nats(scene.terms),
    }
    constant = unit.name.upper()
    snippet = (
        "from core.discrete import cross_entropy\n"
        f"from core.units import {constant}\n\n"
        f"p = {scene.p.tolist()}\nq = {scene.q.tolist()}\n"
        f"print({constant}.from_nats(cross_entropy(p, q)))\n"
    )
    return columns, snippet


def right_answer(scene: scenes.RightAnswer, unit: Unit) -> Picture:
    """The loss against the probability of the right answer, with five predictions and the one in the hand."""
    of, top = unit.from_nats, unit.from_nats(ONE_TOP)
    loss, seen = of(scene.loss), of(scene.curve) <= top
    y = min(loss, top)
    traces = [
        line(scene.grid[seen], of(scene.curve[seen]), "loss", dash="solid", hoverinfo="skip"),
        points(scene.marked, of(scene.marked_loss), "muted", size=8, hoverinfo="skip"),
        level(y, 0, scene.q, "ghost"),
        points([scene.q], [y], "q", size=14, hoverinfo="skip"),
    ]
    words = [
        Label(x, h, f" {number(x)}: {number(h)}", "muted", "top right" if x < 1 else "middle right", style.SMALL)
        for x, h in zip(scene.marked, of(scene.marked_loss), strict=True)
        if abs(x - scene.q) > 0.02
    ]  # fmt: skip
    if loss > top:
        words.append(Label(scene.q, 0.97 * top, f"   ↑ {number(loss)}", "loss", "middle right"))
    title = f"{number(scene.q)} for the right answer costs {quantity(scene.loss, unit)}"
    alt = (
        f"The curve −log q falls from infinity at 0 to 0 at 1. Five predictions, {_five(scene, unit)}. "
        f"At {number(scene.q)} the loss is {quantity(scene.loss, unit)}."
    )
    handle = along_curve("cross_right", "Probability of the right answer", scene.q, float(y), (0, 1), color="q")
    x = axis("Probability of the right answer", range=[-0.02, 1.1], tickvals=[0, 0.2, 0.4, 0.6, 0.8, 1])
    shown = figure(traces, title=title, x=x, y=information_axis(unit, ONE_TOP, "Loss −log q", -0.2), labels=words)
    return Picture(shown, alt, (handle,))


def _five(scene: scenes.RightAnswer, unit: Unit) -> str:
    pairs = zip(scene.marked, unit.from_nats(scene.marked_loss), strict=True)
    return ", ".join(f"{number(x)} at {number(loss)}" for x, loss in pairs) + f" {unit.name}"


def right_answer_said(scene: scenes.RightAnswer, unit: Unit) -> tuple[dict[str, str], str]:
    """The loss as a read-out, and what it says."""
    said = "A tenth of the probability costs the same wherever it is lost: log 10 more."
    if scene.q == 0:
        said = "Impossible, said of what happened, costs infinitely much: no later answer makes up for it."
    return {"Log loss −log q": quantity(scene.loss, unit), "Perplexity 1/q": number(scene.perplexity)}, said


def tangent(scene: scenes.Tangent, unit: Unit) -> Picture:
    """Two outcomes: the entropy as an arch, the cost of the code for q as its tangent, the divergence between them."""
    of, top = unit.from_nats, unit.from_nats(ARCH_TOP)
    h, cost = of(scene.entropy_p), of(scene.cross_entropy)
    end = min(cost, top)
    traces = [
        line(scene.grid, of(scene.arch), "p", hoverinfo="skip"),
        line(*_tangent_line(scene, unit), "q", hoverinfo="skip"),
        line([scene.p] * 2, [h, end], "loss", width=2 * style.LINE, hoverinfo="skip"),
        points([scene.q], [of(scene.entropy_q)], "q", symbol="diamond", size=13, hoverinfo="skip"),
        points([scene.p], [end], "p", size=14, hoverinfo="skip"),
    ]
    parts = [number(h), number(of(scene.kl))] if np.isinf(cost) else add_up([h, of(scene.kl)], cost)
    # Away from q, where the gap opens; at the sides above the tangent.
    side = "right" if scene.p >= scene.q else "left"
    words = [Label(scene.p, (h + end) / 2, f"  KL {parts[1]}  ", "loss", f"middle {side}")]
    if not 0.15 < scene.p < 0.85:
        side = "right" if scene.p < 0.5 else "left"
        words = [Label(scene.p, min(end, 0.9 * top), f"  KL {parts[1]}  ", "loss", f"top {side}")]
    words.append(Label(0.5, of(0.06), "entropy H", "p", "bottom center"))
    if cost > top:
        words[0] = Label(scene.p, 0.97 * top, f"   ↑ {number(cost)}, KL {parts[1]}   ", "loss", f"middle {side}")
    title = f"At p = {number(scene.p)}: {parts[0]} + {parts[1]} = {quantity(scene.cross_entropy, unit)}"
    alt = (
        f"The entropy of a coin is an arch; the code for q = {number(scene.q)} costs what its tangent there says. "
        f"At p = {number(scene.p)} the tangent is at {quantity(scene.cross_entropy, unit)}, "
        f"{quantity(scene.kl, unit)} above the arch."
    )
    x = axis("Probability of heads", range=[-0.02, 1.02], dtick=0.25)
    handles = (
        along_curve("cross_heads", "Probability of heads, p", scene.p, float(end), (0, 1), color="p"),
        along_curve("cross_belief", "Believed probability, q", scene.q, of(scene.entropy_q), (0, 1), color="q"),
    )
    y = information_axis(unit, ARCH_TOP, "Mean length")
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt, handles)


def _tangent_line(scene: scenes.Tangent, unit: Unit) -> tuple[list[float], list[float]]:
    """The tangent as far as the picture goes; upright where one of the two outcomes has no code word."""
    top, (low, high) = unit.from_nats(ARCH_TOP), (unit.from_nats(v) for v in scene.ends)
    if np.isinf(low) or np.isinf(high):
        return [scene.q, scene.q], [0.0, top]
    x, y = [0.0, 1.0], [low, high]
    for i, other in ((0, 1), (1, 0)):
        if y[i] > top:
            share = (top - y[other]) / (y[i] - y[other])
            x[i] = x[other] + share * (x[i] - x[other])
            y[i] = top
    return x, y


def claims(checked: scenes.Claims, unit: Unit) -> dict[str, str]:
    """What is often said wrongly about cross-entropy, with the number that settles it."""
    ratio = number(checked.sure_and_wrong / checked.doubtful, 3)
    return {
        "0.99 on the wrong class costs about 100 times as much as 0.6.": f"{quantity(checked.sure_and_wrong, unit)} "
        f"against {quantity(checked.doubtful, unit)}: {ratio} times. The loss is a logarithm, not a ratio.",
        "log(q + 1e-10) is harmless.": f"At q = 0 it turns infinity into {quantity(checked.hidden_infinity, unit)}, so "
        f"an impossible outcome passes for a rare one; at q = 1 it makes a loss negative, "
        f"{quantity(checked.negative, unit)}.",
        "A good model brings the cross-entropy to 0.": "It cannot go below H(p): for (½, ¼, ¼) a perfect model still "
        f"pays {quantity(checked.least, unit)}. Only where labels are certain is the floor 0.",
        "Cross-entropy is symmetric.": "A 0.9 coin in the code for a fair one takes "
        f"{quantity(checked.one_way, unit)}, a fair coin in the code for the 0.9 coin "
        f"{quantity(checked.other_way, unit)}.",
        "A hundredth more on the right answer is worth the same everywhere.": "From 0.01 to 0.02 it saves "
        f"{quantity(checked.step_low, unit)}, from 0.5 to 0.51 {quantity(checked.step_high, unit)}.",
    }
