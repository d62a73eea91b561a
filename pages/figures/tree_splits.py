"""The pictures of the Tree splits page."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from core.scenes import tree_splits as scenes
from core.units import Unit
from pages.figures import style
from pages.figures.parts import Handle, Picture, level, line, points
from pages.figures.style import Label, add_up, axis, color, figure, number, quantity

# How a class is drawn, the most frequent first: color, fill, hatch, marker. The last stands for all that follow.
LOOKS = (
    ("p", "p_fill", "", "circle"),
    ("q", "q_fill", "\\", "diamond"),
    ("muted", "grid", ".", "square"),
    ("ghost", "paper", "x", "cross"),
)
SHOWN = 8  # candidates in the ranking; one that is looked at beyond them takes the last place
NAMED = 0.09  # the share of the rows from which on a branch has its name under it
BRANCHES = 20  # of a question in the tree that are drawn
BAR = 0.2  # how high a node of the tree is drawn, where its levels are 1 apart
TREE_LINES = 23  # lines of small text that the tree's picture has room for
BLIND = 0.03  # the share of the entropy under which the best question is hardly one
JOINT = 6  # values of a variable that the page of mutual information takes
LISTED = 1000  # branches in the table to take away
TERMS = 6  # of a sum that are written out; what is beyond stands together in the last
MEASURES = {"gain": "Information gain", "gain ratio": "Gain ratio", "Gini": "Gini gain",
            "misclassification": "Fewer errors"}  # fmt: skip


def drawn_classes(names: Sequence[str]) -> list[str]:
    """The names of the classes as far as they have a color of their own, and how many others there are.

    >>> drawn_classes("abcdef")
    ['a', 'b', 'c', '3 others']
    """
    names = [f"{name[:15]}…" if len(name) > 16 else name for name in names]
    most = len(LOOKS)
    return names if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1} others"]


def drawn_counts(counts: np.ndarray) -> np.ndarray:
    """Counts of the classes (last axis) with all those together that have no color of their own."""
    most = len(LOOKS)
    if counts.shape[-1] <= most:
        return counts
    return np.concatenate([counts[..., : most - 1], counts[..., most - 1 :].sum(axis=-1, keepdims=True)], axis=-1)


def _class_role(i: int) -> str:
    """The color of words about a class: the palest is too pale for them."""
    return "muted" if LOOKS[i][0] == "ghost" else LOOKS[i][0]


def _filled(i: int) -> dict:
    """The looks of an area that belongs to a class."""
    role, fill, hatch, _ = LOOKS[i]
    pattern = dict(shape=hatch, fgcolor=color(role), fgopacity=0.35, size=7)
    return dict(color=color(fill), line=dict(color=color(role), width=style.THIN), pattern=pattern)


def written(score: float, by: scenes.Criterion, unit: Unit) -> str:
    """A score as it is printed: gains in the unit, the others are plain numbers."""
    return quantity(score, unit) if by == scenes.GAIN else number(score)


def _scaled(scores, by: scenes.Criterion, unit: Unit):
    return unit.from_nats(scores) if by == scenes.GAIN else scores


# --- the ranking, and what the question in hand does


def order(ranked: scenes.Ranking, chosen: int, hidden: bool) -> list[int]:
    """Which candidates the ranking shows, from top to bottom; in the table's order while their scores are hidden."""
    k = len(ranked.candidates)
    places = sorted(range(k), key=lambda i: ranked.candidates[i].question.column) if hidden else list(range(k))
    shown = places[:SHOWN]
    return shown if chosen in shown else [*shown[:-1], chosen]


def candidates(ranked: scenes.Ranking, chosen: int, unit: Unit, hidden: bool) -> Picture:
    """The questions ranked, with the handle on the one in hand."""
    places = order(ranked, chosen, hidden)
    shown, rows = [ranked.candidates[i] for i in places], np.arange(len(places), dtype=float)[::-1]
    scores = np.array([0.0 if hidden else _scaled(c.scores[ranked.by], ranked.by, unit) for c in shown])
    row = float(rows[places.index(chosen)])
    at, top = float(scores[places.index(chosen)]), float(_scaled(ranked.top, ranked.by, unit))
    traces, words = _bars(ranked, shown, rows, scores, unit, hidden)
    traces.append(points([at], [row], "shared", size=14, hoverinfo="skip"))
    x = axis(_measure(ranked.by, unit), range=[-0.02 * top, top * 1.06], nticks=6)
    y = axis("", range=[-0.5, len(rows) - 0.3], showgrid=False, showticklabels=False, ticks="")
    handle = Handle(
        "question", "Question", at, row, (at, at), (0.0, float(rows[0])), shown[places.index(chosen)].name, "y",
        (0, 1), (None, 1), color="shared",
    )  # fmt: skip
    drawn = figure(traces, title=_finding(ranked, chosen, unit, hidden), x=x, y=y, labels=words, barmode="overlay",
                   margin=dict(l=16, t=10))  # fmt: skip
    return Picture(drawn, _ranking_alt(ranked, unit, hidden), (handle,) if len(rows) > 1 else ())


def _bars(ranked, shown, rows, scores, unit: Unit, hidden: bool) -> tuple[list[dict], list[Label]]:
    """A bar for each candidate inside what the node has, its name above, a column's other thresholds as strokes."""
    pattern = dict(shape=style.HATCH["shared"], fgcolor=color("shared"), fgopacity=0.35)
    marker = dict(color=color("shared_fill"), line=dict(color=color("shared"), width=style.THIN), pattern=pattern)
    whole = float(_scaled(ranked.whole, ranked.by, unit))
    bar = dict(type="bar", y=style.array(rows), orientation="h", width=0.32, hoverinfo="skip")
    room = dict(color=color("paper"), line=dict(color=color("ghost"), width=style.THIN))
    traces = [bar | dict(x=style.array(np.full(len(rows), whole)), marker=room)]
    traces.append(bar | dict(x=style.array(scores), marker=marker))
    star = f'<span style="color:{color("optimum")}">★</span> '
    words = []
    for i, (candidate, row, score) in enumerate(zip(shown, rows, scores, strict=True)):
        said = "" if hidden else f"  <b>{number(float(score))}</b>"
        best = star if i == 0 and not hidden and score > 0 else ""
        words.append(Label(0, row + 0.19, f"{best}{candidate.name}{said}", "ink", "top right"))
    strokes = [] if hidden else [(s, row - 0.27) for c, row in zip(shown, rows, strict=True) for s in c.others]
    if strokes:
        x, y = np.array(strokes).T
        mark = dict(color=color("muted"), size=7, symbol="line-ns-open", line=dict(width=1))
        traces.append(dict(type="scatter", mode="markers", x=style.array(_scaled(x, ranked.by, unit)),
                           y=style.array(y), marker=mark, hoverinfo="skip"))  # fmt: skip
    if not hidden and ranked.by != scenes.RATIO:
        words.append(Label(whole, rows[0] + 0.19, f"of {number(whole)}", "muted", "top left"))
    return traces, words


def _measure(by: scenes.Criterion, unit: Unit) -> str:
    return f"{MEASURES[by]} ({unit.name})" if by == scenes.GAIN else MEASURES[by]


def _finding(ranked: scenes.Ranking, chosen: int, unit: Unit, hidden: bool) -> str:
    if hidden:
        return f"Which question tells most about {ranked.label}?"
    asked, best = ranked.candidates[chosen], ranked.candidates[0]
    score, most = asked.scores[ranked.by], best.scores[ranked.by]
    if ranked.by == scenes.GAIN:
        said = f"{asked.name} tells {number(unit.from_nats(score))} of {quantity(ranked.entropy, unit)}"
    else:
        said = f"{asked.name} has {number(score)} by {ranked.by}"
    if most - score <= 1e-12:
        return said if chosen == 0 else f"{said}, as much as {best.name}"
    return f"{said}, {number(_scaled(most - score, ranked.by, unit))} less than {best.name}"


def _ranking_alt(ranked: scenes.Ranking, unit: Unit, hidden: bool) -> str:
    said = f"{ranked.label} of {ranked.counts.sum()} rows: {_counted(ranked.classes, ranked.counts)}. "
    if hidden:
        return f"{said}The scores of {len(ranked.candidates)} questions are hidden."
    best = [f"{c.name} {written(c.scores[ranked.by], ranked.by, unit)}" for c in ranked.candidates[:SHOWN]]
    more = len(ranked.candidates) - SHOWN
    rest = f" and {more} more" if more > 0 else ""
    return f"{said}Questions ranked by {ranked.by}: {', '.join(best)}{rest}."


def _counted(names: Sequence[str], counts: np.ndarray) -> str:
    """Classes in words, `9 Yes, 5 No`, without those of which there are none."""
    pairs = zip(drawn_classes(names), drawn_counts(counts), strict=True)
    return ", ".join(f"{int(n)} {name}" for name, n in pairs if n) or "no rows"


def branches(split: scenes.Split, unit: Unit, hidden: bool) -> Picture:
    """Each branch as a column as wide as its share of the rows, divided by its classes; dashed, the node's own."""
    counts = drawn_counts(split.drawn)
    names = split.branches if len(split.branches) == len(counts) else [""] * len(counts)
    sizes, classes = counts.sum(axis=1), drawn_classes(split.classes)
    widths, inside = sizes / sizes.sum(), counts / sizes[:, None]
    centers, base = np.cumsum(widths) - widths / 2, np.cumsum(inside, axis=1) - inside
    node = drawn_counts(split.counts).sum(axis=0) / sizes.sum()
    traces, below = [], np.cumsum(node) - node
    for i in range(len(classes)):
        bars = dict(x=style.array(centers), y=style.array(inside[:, i]), base=style.array(base[:, i]))
        traces.append(dict(type="bar", width=style.array(widths), marker=_filled(i), hoverinfo="skip") | bars)
    traces += [level(edge, 0, 1, "ink", "dash") for edge in below[1:]]
    words = [
        Label(1.0, b + n / 2, f" {name}", _class_role(i), "middle right", style.SMALL)
        for i, (b, n, name) in enumerate(zip(below, node, classes, strict=True))
    ]
    words += _column_words(counts, centers, widths, inside, base)
    if not hidden and len(split.branches) <= scenes.COLUMNS:
        words += [
            Label(x, 1.0, number(unit.from_nats(float(h))), "ink", "top center")
            for x, w, h in zip(centers, widths, split.entropies, strict=True)
            if w > 0.13
        ]
        words.append(Label(1.0, 1.0, " H", "ink", "top right"))
    ticks = [(x, _short(name, w)) for x, w, name in zip(centers.tolist(), widths, names, strict=True) if w > NAMED]
    x = axis("Branches, as wide as their rows", range=[0, 1], tickvals=[x for x, _ in ticks],
             ticktext=[t for _, t in ticks], tickangle=0, showgrid=False)  # fmt: skip
    y = axis("Classes in a branch", range=[0, 1.08], tickvals=[0, 0.5, 1], showgrid=False)
    title = f"How mixed are the branches of {split.name}?"
    title = title if hidden else f"{quantity(split.left_over, unit)} left over"
    drawn = figure(traces, title=title, x=x, y=y, labels=words, barmode="overlay", margin=dict(r=92, t=10))
    parts = [f"{name}: {_counted(split.classes, row)}"
             for name, row in zip(split.branches[:SHOWN], split.counts, strict=False)]  # fmt: skip
    more = f"; and {len(split.branches) - SHOWN} more" if len(split.branches) > SHOWN else ""
    return Picture(drawn, f"{len(split.branches)} branches. {'; '.join(parts)}{more}.")


def _column_words(counts, centers, widths, inside, base) -> list[Label]:
    """How many rows of a class a branch has, where there is room for it."""
    return [
        Label(x, base[j, i] + inside[j, i] / 2, str(int(counts[j, i])), "ink")
        for j, (x, w) in enumerate(zip(centers, widths, strict=True))
        for i in range(counts.shape[1])
        if w > 0.05 and inside[j, i] > 0.07
    ]


def _short(name: str, width: float) -> str:
    """A branch's name as far as its column is wide."""
    room = max(int(60 * width), 3)
    return name if len(name) <= room else f"{name[: room - 1]}…"


def readouts(split: scenes.Split, unit: Unit) -> dict[str, str]:
    """The numbers that stand under the picture."""
    return {
        f"Entropy of {split.label}": quantity(split.entropy, unit),
        "Left over, on average": quantity(split.left_over, unit),
        "Information gain": quantity(split.gain, unit),
        f"I({split.name}; {split.label})": quantity(split.mutual_information, unit),
        "Gain ratio": number(split.scores[scenes.RATIO]),
        "Gini gain": number(split.scores[scenes.GINI]),
        "Fewer errors": number(split.scores[scenes.ERROR]),
    }


def worked(split: scenes.Split, unit: Unit) -> tuple[str, str, str]:
    """The gain as a sum over the branches, and as the difference of two entropies."""
    of, gain = unit.from_nats, unit.from_nats(split.gain)
    biggest = np.argsort(-split.shares, kind="stable")
    first, rest = np.sort(biggest[: TERMS - 1]), biggest[TERMS - 1 :]
    shares, terms = list(split.shares[first]), list(split.terms[first])
    if rest.size:
        shares.append(split.shares[rest].sum())
        terms.append(split.terms[rest].sum())
    products = " + ".join(f"{number(s)} × {number(of(t / s))}" for s, t in zip(shares, terms, strict=True))
    left = [f"{number(s)} × {number(of(h))}" for s, h in zip(split.shares[first], split.entropies[first], strict=True)]
    if rest.size:
        h = split.shares[rest] @ split.entropies[rest] / shares[-1]
        left.append(f"{number(shares[-1])} × {number(of(float(h)))}")
    difference = f"{number(of(split.entropy))} − ({' + '.join(left)})"
    return products, difference, f"{' + '.join(add_up([of(t) for t in terms], gain))} = {quantity(split.gain, unit)}"


DEFINITION = (
    r"I(X;Y) = \sum_b \frac{n_b}{n}\,\mathrm{KL}\!\left(p_{Y|b}\,\|\,p_Y\right) = H(Y) - \sum_b \frac{n_b}{n} H(Y|b)"
)


def notice(ranked: scenes.Ranking, chosen: int, split: scenes.Split, unit: Unit) -> str:
    """What to notice in the question in hand."""
    asked, n = ranked.candidates[chosen], int(ranked.counts.sum())
    if len(split.branches) == n > 2:
        branches = f"{asked.name} sends each of {n} rows its own way, so it tells everything about these rows and "
        spread = quantity(asked.split_information, unit)
        return f"{branches}nothing about the next. Its branches alone have {spread}: the gain ratio divides by that."
    if split.gain == 0:
        return "Every branch has the classes of the node: alone, this question tells nothing."
    best = int(np.argmax(split.terms))
    share = split.terms[best] / split.gain
    said = f"The branch “{split.branches[best]}” brings {number(unit.from_nats(split.terms[best]))} of this"
    if split.entropies[best] == 0:
        said = f"{said}, {share:.0%}: all its {int(split.counts[best].sum())} rows are of one class."
    else:
        said = f"{said}, {share:.0%}: its classes differ most from the node’s, for the rows that it has."
    most = max(c.scores[scenes.GAIN] for c in ranked.candidates) / ranked.entropy
    blind = f" No first question tells more than {most:.1%} of what is open: greed is blind here."
    return said + blind if most < BLIND else said


def compared(ranked: scenes.Ranking, chosen: int, unit: Unit) -> str:
    """The reader's first question beside the best one."""
    asked, best = ranked.candidates[chosen], ranked.candidates[0]
    score, most = (c.scores[ranked.by] for c in (asked, best))
    said = f"Asked first: {asked.name}, {written(score, ranked.by, unit)}. "
    if most - score <= 1e-12:
        return f"{said}No question has more."
    return f"{said}{best.name} has {written(most, ranked.by, unit)}: {written(most - score, ranked.by, unit)} more."


def joint(split: scenes.Split) -> str | None:
    """The branches and classes as a joint table in text, as the page of mutual information reads it, if it is small.

    >>> ranked = scenes.ranking(scenes.table("play tennis"), "gain")
    >>> joint(scenes.split(ranked, ranked.candidates[2]))
    'Wind/Play:Yes,No;Weak:6,2;Strong:3,3'
    """
    if not (2 <= len(split.branches) <= JOINT and 2 <= len(split.classes) <= JOINT):
        return None
    name, label, *words = (re.sub(r"[,:;/!\s]+", " ", w)[:12].strip() for w in (
        split.name, split.label, *split.classes, *split.branches))  # fmt: skip
    classes, branches = words[: len(split.classes)], words[len(split.classes) :]
    rows = (f"{b}:{','.join(map(str, counts))}" for b, counts in zip(branches, split.counts.tolist(), strict=True))
    return ";".join([f"{name}/{label}:{','.join(classes)}", *rows])


def taken(split: scenes.Split, unit: Unit) -> tuple[dict[str, Sequence], str]:
    """The branches as a table, and the code that prints the gain shown."""
    names, counts, shares, terms = list(split.branches), split.counts, split.shares, split.terms
    if len(names) > LISTED:  # the largest, and the rest in one row
        largest = np.argsort(-shares, kind="stable")
        first, rest = np.sort(largest[: LISTED - 1]), largest[LISTED - 1 :]
        names = [*(names[i] for i in first), f"{rest.size} others"]
        counts, shares, terms = (np.append(a[first], [a[rest].sum(axis=0)], axis=0) for a in (counts, shares, terms))
    columns = {
        "branch": names,
        **{f"rows of {name}": counts[:, i].tolist() for i, name in enumerate(split.classes)},
        "share": shares,
        f"divergence from the node ({unit.name})": unit.from_nats(terms / shares),
        f"contribution ({unit.name})": unit.from_nats(terms),
    }
    constant = unit.name.upper()
    kinds, times = np.unique(split.counts, axis=0, return_counts=True)
    if len(split.branches) <= scenes.COLUMNS:
        lines = f"counts = {split.counts.tolist()}\n"
    else:
        lines = f"counts = numpy.repeat({kinds.tolist()}, {times.tolist()}, axis=0)\n"
    imported = "" if len(split.branches) <= scenes.COLUMNS else "import numpy\n\n"
    snippet = (
        f"{imported}from core.trees import information_gain\nfrom core.units import {constant}\n\n{lines}"
        f"print({constant}.from_nats(information_gain(counts)))\n"
    )
    return columns, snippet


# --- a threshold


def threshold(scan: scenes.Scan, at: scenes.Cut, unit: Unit) -> Picture:
    """The rows on either side of a threshold, and under them the gain of every threshold."""
    below = dict(yaxis="y2")
    t, score, top = at.threshold, float(_scaled(at.score, scan.by, unit)), float(_scaled(scan.top, scan.by, unit))
    yes = scan.x <= t
    y = np.where(yes, 1.08, 0.08) + 0.62 * scan.level
    merged = np.minimum(scan.y, len(LOOKS) - 1)
    traces = [
        points(scan.x[merged == i], y[merged == i], LOOKS[i][0], symbol=LOOKS[i][3], size=8, hoverinfo="skip")
        for i in range(len(drawn_classes(scan.classes)))
        if (merged == i).any()
    ]
    step = line(scan.grid, _scaled(scan.curve, scan.by, unit), "shared", dash="solid", hoverinfo="skip", **below)
    step["line"]["shape"] = "hv"
    best = float(_scaled(scan.best_score, scan.by, unit))
    traces += [
        line([t] * 5, [0, 0.76, np.nan, 1, 1.76], "ink", width=style.THIN, dash="solid", hoverinfo="skip"),
        line([t, t], [0, 1.2 * top], "ink", width=style.THIN, dash="solid", hoverinfo="skip", **below),
        step,
        points([scan.best], [best], "optimum", symbol="star", size=16, hoverinfo="skip", **below),
        points([t], [score], "shared", size=14, hoverinfo="skip", **below),
    ]
    span = scan.high - scan.low
    traces.append(style.words(_starred(scan, t, best), **below))
    words = _bands(scan, at, unit)
    x = axis(scan.name, range=[scan.low - 0.03 * span, scan.high + 0.03 * span], anchor="y2")
    axes = dict(
        y=axis("", range=[0, 2], domain=[0.47, 1], tickvals=[0.4, 1.4], ticktext=["no", "yes"], showgrid=False),
        yaxis2=axis(_measure(scan.by, unit), range=[0, 1.12 * top], domain=[0, 0.42], nticks=5),
    )
    grid = 10.0 ** np.floor(np.log10(span / 100))
    handle = Handle(
        "threshold", f"Threshold on {scan.name}", t, score, (scan.low, scan.high), (score, score), number(t), "x",
        (float(grid if grid > span / 150 else 2 * grid), 0), (float(grid) / 5, None), color="shared", yaxis="yaxis2",
    )  # fmt: skip
    title, alt = _threshold_said(scan, at, unit)
    return Picture(figure(traces, title=title, x=x, labels=words, **axes), alt, (handle,))


def _starred(scan: scenes.Scan, t: float, best: float) -> list[Label]:
    """The name of the star, unless the threshold in hand is there."""
    span = scan.high - scan.low
    side = "top right" if scan.best < scan.low + 0.6 * span else "top left"
    label = Label(scan.best, best, f"   best: ≤ {number(scan.best)}   ", "optimum", side)
    return [] if abs(t - scan.best) < 1e-9 * span else [label]


def _bands(scan: scenes.Scan, at: scenes.Cut, unit: Unit) -> list[Label]:
    """What stands above either band: its classes and its entropy."""
    words, span = [], scan.high - scan.low
    for side, sign, top in ((0, "≤", 1.8), (1, ">", 0.8)):
        counts = at.counts[side]
        entropy = f"; H = {number(unit.from_nats(float(at.entropies[side])))}" if counts.any() else ""
        said = f"{sign} {number(at.threshold)}: {_counted(scan.classes, counts)}{entropy}"
        words.append(Label(scan.low - 0.02 * span, top, said, "ink", "top right", style.SMALL))
    return words


def _threshold_said(scan: scenes.Scan, at: scenes.Cut, unit: Unit) -> tuple[str, str]:
    name, score = f"{scan.name} ≤ {number(at.threshold)}", written(at.score, scan.by, unit)
    title = f"{name} tells {score}" if scan.by == scenes.GAIN else f"{name} has {score} by {scan.by}"
    behind = scan.best_score - at.score
    gap = written(behind, scan.by, unit)
    title += ", the most here" if behind <= 1e-12 else f", {gap} less than ≤ {number(scan.best)}"
    yes, no = at.counts.sum(axis=1)
    alt = (
        f"{scan.rows} rows along {scan.name}: {yes} answer yes and {no} no to {name}, which scores {score}. "
        f"Of {scan.tried} thresholds {number(scan.best)} is best, with {written(scan.best_score, scan.by, unit)}."
    )
    return title, alt


def threshold_notice(scan: scenes.Scan, by: scenes.Criterion) -> str:
    """What is compared in the threshold's picture."""
    drawn = "" if scan.x.size == scan.rows else f" {scan.x.size} of {scan.rows} rows are drawn."
    ratio = " By gain ratio a column’s threshold is still chosen by its gain." if by == scenes.RATIO else ""
    return f"Only {scan.tried} thresholds differ: between two neighboring values nothing changes.{ratio}{drawn}"


# --- impurities


class Curve(NamedTuple):
    """How one impurity is drawn, and where its name stands."""

    name: str
    dash: str
    at: float
    where: str


CURVES = {
    scenes.GAIN: Curve("entropy", "solid", 0.13, "top left"),
    scenes.GINI: Curve("Gini", "dash", 0.2, "top left"),
    scenes.ERROR: Curve("misclassification", "dot", 0.72, "bottom left"),
}


def impurities(scene: scenes.Impurities, unit: Unit) -> Picture:
    """The three impurities over the share of one class; on one of them the node, its branches and their mean."""
    kind = scenes.GAIN if scene.by == scenes.RATIO else scene.by
    of = (lambda v: unit.from_nats(v)) if kind == scenes.GAIN else (lambda v: v)
    curves = {c: _scaled(curve, c, unit) for c, curve in scene.curves.items()}
    traces = [
        line(scene.p, curve, "p" if c == kind else "ghost", dash=CURVES[c].dash, hoverinfo="skip",
             width=style.LINE if c == kind else 2)
        for c, curve in curves.items()
    ]  # fmt: skip
    node, mean, inside = of(scene.node_impurity), of(scene.mean_impurity), of(scene.branch_impurity)
    high = max(unit.from_nats(float(np.log(2))), 0.5)
    traces += [
        line([scene.node] * 2, [mean, node], "shared", width=5, dash="solid", hoverinfo="skip"),
        points(scene.branches, inside, "p", size=9, hoverinfo="skip"),
        points([scene.node, scene.node], [node, mean], "shared", size=11, symbol="diamond", hoverinfo="skip"),
    ]
    if scene.branches.size == 2:
        traces.append(line(scene.branches, inside, "muted", width=style.THIN, dash="dot", hoverinfo="skip"))
    words = [
        Label(c.at, float(np.interp(c.at, scene.p, curves[by])), f"{c.name} ", "p" if by == kind else "muted",
              c.where, style.SMALL)
        for by, c in CURVES.items()
    ]  # fmt: skip
    if node - mean > 0.08 * high:
        side = "middle right" if scene.node < 0.5 else "middle left"  # under the arch
        words.append(Label(scene.node, 0.25 * mean + 0.75 * node, f"  {number(of(scene.gain))}  ", "shared", side))
    words += _branch_names(scene, inside)
    gain = written(scene.gain, kind, unit)
    said = "leaves the mean under the curve by" if scene.gain > 0 else "leaves the mean on the curve:"
    title = f"{scene.name} {said} {gain}"
    alt = (
        f"Three impurities rise from 0 to one half and fall again. Of {scene.one} against {scene.others}, the node "
        f"has share {number(scene.node)} and {CURVES[kind].name} {number(node)}, its branches {number(mean)}."
    )
    x = axis(f"Share of {scene.one}, against {scene.others}", range=[-0.02, 1.02], dtick=0.25)
    y = axis(f"Impurity (entropy in {unit.name})", range=[0, 1.12 * high])
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt)


def _branch_names(scene: scenes.Impurities, inside: np.ndarray) -> list[Label]:
    """The names of few branches beside their points, away from the node's."""
    if scene.branches.size > 4:
        return []
    return [
        Label(p, h, f" {name[:12]} ", "p", "top left" if 0.06 < p < 0.5 or p > 0.94 else "top right", style.SMALL)
        for p, h, name in zip(scene.branches, inside, scene.branch_names, strict=True)
        if abs(p - scene.node) > 0.03
    ]


# --- the grown tree


def tree(grown: scenes.Grown, unit: Unit) -> Picture:
    """The tree after the questions asked so far: each node its classes, its question, and what the greedy one had."""
    kept = _kept(grown)
    x, leaves = _places(grown, kept)
    depth = np.array([grown.nodes[i].depth for i in kept], dtype=float)
    deepest = max(2.0, float(depth.max()))
    line_of_text, width = (deepest + 1.05) / TREE_LINES, min(0.16, 0.8 / leaves)
    traces = [_edges(grown, kept, x, line_of_text), *_node_bars(grown, kept, x, width)]
    if grown.current in kept:
        at = kept.index(grown.current)
        a, b, c, h = x[at] - width / 2 - 0.008, x[at] + width / 2 + 0.008, -depth[at], 0.7 * BAR
        ring = line([a, b, b, a, a], [c - h, c - h, c + h, c + h, c - h], "optimum", dash="solid")
        traces.append(ring | dict(hoverinfo="skip"))
    words = [
        word
        for i, place, d in zip(kept, x.tolist(), depth.tolist(), strict=True)
        for word in _node_words(grown, i, (place, -d), leaves, unit, line_of_text)
    ]
    title, levels = _tree_title(grown, unit), list(range(int(deepest) + 1))
    y = axis("Questions answered", range=[-deepest - 0.55, 0.5], tickvals=[-level for level in levels],
             ticktext=[str(level) for level in levels], showgrid=False)  # fmt: skip
    drawn = figure(traces, title=title, labels=words, x=dict(visible=False, range=[0, 1]), y=y, barmode="overlay",
                   margin=dict(l=48, r=10, t=10, b=10))  # fmt: skip
    return Picture(drawn, f"{title}. {_tree_alt(grown, unit)}")


def _children(grown: scenes.Grown) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for i, node in enumerate(grown.nodes):
        if node.parent is not None:
            found.setdefault(node.parent, []).append(i)
    return found


def _kept(grown: scenes.Grown) -> list[int]:
    """The nodes that are drawn: of a question with very many branches only the first few."""
    children, kept, stack = _children(grown), [], [0]
    while stack:
        kept.append(stack.pop())
        stack += children.get(kept[-1], [])[:BRANCHES]
    return sorted(kept)


def _places(grown: scenes.Grown, kept: Sequence[int]) -> tuple[np.ndarray, int]:
    """How far from the left each node is drawn: leaves side by side, a parent over the middle of its children."""
    drawn, x, leaves = set(kept), {}, 0
    children = {i: [j for j in below if j in drawn] for i, below in _children(grown).items()}
    order, stack = [], [0]
    while stack:
        order.append(stack.pop())
        stack += children.get(order[-1], [])[::-1]
    for i in order:
        if i not in children:
            x[i], leaves = leaves + 0.5, leaves + 1
    for i in reversed(order):
        if i in children:
            x[i] = (x[children[i][0]] + x[children[i][-1]]) / 2
    return np.array([x[i] for i in kept]) / leaves, leaves


def _node_bars(grown: scenes.Grown, kept: Sequence[int], x: np.ndarray, width: float) -> list[dict]:
    """Every node as a bar of its classes."""
    counts = drawn_counts(np.stack([grown.nodes[i].counts for i in kept]))
    shares = counts / counts.sum(axis=1, keepdims=True)
    left = x[:, None] - width / 2 + width * (np.cumsum(shares, axis=1) - shares)
    y = style.array([-grown.nodes[i].depth for i in kept])
    return [
        dict(type="bar", orientation="h", x=style.array(width * shares[:, c]), base=style.array(left[:, c]), y=y,
             width=BAR, marker=_filled(c), hoverinfo="skip")
        for c in range(counts.shape[1])
    ]  # fmt: skip


def _edges(grown: scenes.Grown, kept: Sequence[int], x: np.ndarray, line_of_text: float) -> dict:
    """From under the words of each node to above those of its children."""
    a, b, place = [np.nan], [np.nan], dict(zip(kept, x, strict=True))
    for i in kept:
        node = grown.nodes[i]
        if node.parent is not None:
            parent = grown.nodes[node.parent]
            lines = 1 + _behind(parent)
            a += [place[node.parent], place[i], np.nan]
            b += [-parent.depth - BAR / 2 - (lines + 0.4) * line_of_text,
                  -node.depth + BAR / 2 + 1.3 * line_of_text, np.nan]  # fmt: skip
    return line(a, b, "ghost", width=style.THIN, hoverinfo="skip")


def _behind(node: scenes.Node) -> bool:
    """Whether the greedy question would have scored more than the one asked."""
    return node.behind > 1e-12


def _node_words(grown, i: int, at: tuple[float, float], leaves: int, unit: Unit, line_of_text: float) -> list[Label]:
    """The answer that leads to a node above it; under it its question or its counts."""
    node, (x, y), room = grown.nodes[i], at, max(int(100 / leaves), 4)
    under, small = y - BAR / 2 - 0.25 * line_of_text, style.SMALL
    words = []
    if node.branch and room > 4:
        words.append(Label(x, y + BAR / 2 + 0.15 * line_of_text, node.branch[:room], "ink", "top center", small))
    if node.asked is not None:
        score = number(_scaled(node.asked.scores[grown.by], grown.by, unit))
        more = len(node.asked.branches) - BRANCHES
        beyond = f", and {more} more branches" if more > 0 else ""
        words.append(Label(x, under, f"{node.asked.name}? {score}{beyond}", "ink", "bottom center", small))
        if _behind(node):
            less = f"{number(_scaled(node.behind, grown.by, unit))} less than {node.greedy.name}"
            words.append(Label(x, under - line_of_text, less, "loss", "bottom center", small))
    elif room > 6:
        counts = drawn_counts(node.counts)
        said = " and ".join(str(int(n)) for n in counts if n)
        here = i == grown.current
        role = "optimum" if here else _class_role(int(counts.argmax()))
        said = f"{said}: which question?" if here and room > 18 else said
        words.append(Label(x, under - 0.3 * here * line_of_text, said, role, "bottom center", small))
    return words


def _asked(grown: scenes.Grown) -> int:
    return sum(node.asked is not None for node in grown.nodes)


def _tree_title(grown: scenes.Grown, unit: Unit) -> str:
    n = _asked(grown)
    if n == 0:
        return f"No question asked yet: {quantity(grown.entropy, unit)} to tell"
    questions = "1 question tells" if n == 1 else f"{n} questions tell"
    return f"{questions} {number(unit.from_nats(grown.told))} of {quantity(grown.entropy, unit)}"


def _tree_alt(grown: scenes.Grown, unit: Unit) -> str:
    asked = []
    for i, node in enumerate(grown.nodes):
        if node.asked is not None:
            at = f" where {', '.join(grown.way(i))}" if node.parent is not None else ""
            score, most = (written(c.scores[grown.by], grown.by, unit) for c in (node.asked, node.greedy))
            asked.append(f"{node.asked.name}{at}: {score}, the greedy {node.greedy.name}: {most}")
    return f"{'; '.join(asked[:12]) or 'A single node'}. {grown.errors} rows are not of their leaf’s class."


def grown_readouts(grown: scenes.Grown, unit: Unit) -> dict[str, str]:
    """The numbers under the grown tree."""
    rows = int(grown.nodes[0].counts.sum())
    return {
        "Told by the tree": quantity(grown.told, unit),
        "Still open": quantity(max(grown.entropy - grown.told, 0.0), unit),
        "Rows not of their leaf’s class": f"{grown.errors} of {rows}",
    }


def grown_notice(grown: scenes.Grown, unit: Unit) -> str:
    """The reader's last question beside the greedy one, and where the next goes."""
    asked = [node for node in grown.nodes if node.asked is not None]
    said = ""
    if asked:
        last = max(asked, key=lambda node: _order(grown, node))
        score, most = (c.scores[grown.by] for c in (last.asked, last.greedy))
        said = f"Asked last: {last.asked.name}, {written(score, grown.by, unit)}. "
        if not _behind(last):
            said += "The greedy choice has no more. "
        else:
            gap = written(last.behind, grown.by, unit)
            said += f"The greedy choice {last.greedy.name} has {written(most, grown.by, unit)}, {gap} more. "
    if grown.current is None:
        return f"{said}Every node is a leaf."
    way = grown.way(grown.current)
    node = grown.nodes[grown.current]
    return f"{said}The next question goes to {'; '.join(way) or 'the root'} ({int(node.counts.sum())} rows)."


def _order(grown: scenes.Grown, node: scenes.Node) -> int:
    return next(i for i, other in enumerate(grown.nodes) if other is node)


# --- the plane


def plane(scene: scenes.Plane, grown: scenes.Grown) -> Picture:
    """The rows in the plane of two columns, and the rectangles that the questions divide it into."""
    traces = []
    for cell in scene.cells:
        (a, b), (c, d) = cell.x, cell.y
        i = min(cell.winner, len(LOOKS) - 1)
        role, fill, _, _ = LOOKS[i]
        if len(scene.cells) > 1:
            box = line([a, b, b, a, a], [c, c, d, d, c], role, width=style.THIN, dash="solid", hoverinfo="skip")
            traces.append(box | dict(fill="toself", fillcolor=color(fill)))
    merged, names = np.minimum(scene.label, len(LOOKS) - 1), drawn_classes(scene.classes)
    for i, _ in enumerate(names):
        here = merged == i
        if here.any():
            traces.append(points(scene.x[here], scene.y[here], LOOKS[i][0], symbol=LOOKS[i][3], size=8,
                                 hoverinfo="skip"))  # fmt: skip
    for cell in scene.cells:
        if cell.open:
            (a, b), (c, d) = cell.x, cell.y
            traces.append(line([a, b, b, a, a], [c, c, d, d, c], "optimum", dash="solid", width=4, hoverinfo="skip"))
    n = len(scene.cells)
    title = f"{n} {'rectangle' if n == 1 else 'rectangles'}: {grown.errors} of {scene.rows} rows in the wrong one"
    if scene.beyond:
        title = f"{n} rectangles; questions about {', '.join(scene.beyond)[:30]} are not in this plane"
    parts = ", ".join(f"{name} ({LOOKS[i][3]}s)" for i, name in enumerate(names))
    alt = f"{scene.rows} rows by {scene.names[0]} and {scene.names[1]}: {parts}. {title}."
    x = axis(scene.names[0], range=list(scene.xlim))
    y = axis(scene.names[1], range=list(scene.ylim))
    words = [
        Label(scene.xlim[1], scene.ylim[1] - (0.02 + 0.055 * i) * (scene.ylim[1] - scene.ylim[0]), f" {name}",
              _class_role(i), "middle right", style.SMALL)
        for i, name in enumerate(names)
    ]  # fmt: skip
    return Picture(figure(traces, title=title, x=x, y=y, labels=words, margin=dict(r=96)), alt)


# --- claims


def claims(checked: scenes.Claims, unit: Unit) -> dict[str, str]:
    """What is often said wrongly about splits, with the number that settles it."""
    ratio = scenes.RATIO
    return {
        "Gain ratio cures identifiers.": f"Often: the number of the flower falls from "
        f"{quantity(checked.flower['gain'], unit)} of gain, the most, to a ratio of {number(checked.flower[ratio])}, "
        f"the least; petal length has {number(checked.petal[ratio])}. On 14 days it is not enough: the day still leads "
        f"with {number(checked.day[ratio])} against {number(checked.outlook[ratio])} for Outlook.",
        "A feature with no gain is useless.": f"In XOR the question x ≤ 0 gains {quantity(checked.xor_first, unit)}; "
        f"followed by y ≤ 0 on both sides it tells {quantity(checked.xor_all, unit)}, everything.",
        "A tree should minimize its errors directly.": f"Dividing 400 and 400 into (300, 100) and (100, 300), or into "
        f"(200, 400) and (200, 0), leaves {number(checked.errors[0])} wrong both times; the gains are "
        f"{quantity(checked.gains[0], unit)} and {quantity(checked.gains[1], unit)}: the second has a finished leaf.",
    }
