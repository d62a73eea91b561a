"""The picture and the words of the Practice page."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from core.scenes import practice as scenes
from core.units import Unit
from pages.figures import style
from pages.figures.parts import Picture, line, points
from pages.figures.style import Label, add_up, array, axis, color, figure, number, quantity

SECOND = dict(xaxis="x2", yaxis="y2")  # the right-hand panel
ASKED = {"entropy": "H(P)", "cross-entropy": "H(P, Q)", "KL": "KL(P‖Q)", "gain": "the gain"}
DEFINITIONS = {
    "entropy": r"H(P) = \sum_i p_i\,(-\log p_i)",
    "cross-entropy": r"H(P, Q) = \sum_i p_i\,(-\log q_i)",
    "KL": r"\mathrm{KL}(P\|Q) = \sum_i p_i\,\log\frac{p_i}{q_i}",
    "gain": r"G = H(\text{before}) - \sum_b \frac{n_b}{n}\,H(b)",
    "temperature": r"p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}",
}
ENDS = {  # nats, or a probability: where the line of answers begins and ends; what lies beyond is cut off, and says so
    "entropy": (-0.3, 1.6), "cross-entropy": (-0.3, 2.3), "KL": (-0.8, 2.0), "gain": (-0.15, 0.8),
    "temperature": (-0.1, 1.3),
}  # fmt: skip
MOST_ROWS = 30  # of a branch or of all
LEFT, RIGHT = [0, 0.42], [0.55, 1]
SLIPS = {
    ("entropy", "minus"): "The logarithm of a probability is negative, and the minus in front makes it positive.",
    ("entropy", "unweighted"): "The surprisals were added as they are: each counts with its probability.",
    ("entropy", "mean surprisal"): "Every outcome was given the same weight: each counts with its probability.",
    ("entropy", "uniform"): "That is the log of the number of outcomes, right only if all were equally likely.",
    ("entropy", "certain outcome"): "That is the surprisal of the likeliest outcome alone, not the mean over all.",
    ("cross-entropy", "minus"): "The logarithm of a probability is negative, and the minus in front makes it positive.",
    ("cross-entropy", "unweighted"): "The logarithms were added as they are: each counts with its p.",
    ("cross-entropy", "reversed"): "That is H(Q, P), the wrong way round: P gives the weights, Q the code.",
    ("cross-entropy", "KL alone"): "That is KL(P‖Q), the excess alone: the entropy of P is paid as well.",
    ("cross-entropy", "entropy alone"): "That is H(P), the price with the right code: here the code is made for Q.",
    ("KL", "minus"): "The ratio is upside down: with p/q under the logarithm the sum is never negative.",
    ("KL", "unweighted"): "The logarithms were added as they are: each counts with its p.",
    ("KL", "reversed"): "That is KL(Q‖P), the wrong way round: P gives the weights and stands above the line.",
    ("KL", "cross-entropy"): "That is the cross-entropy: KL is what it exceeds the entropy of P by.",
    ("gain", "minus"): "The order is turned round: the gain is what was there before less what is left.",
    ("gain", "unweighted"): "The branches were averaged as if equally large: each counts with its share of the rows.",
    ("gain", "summed"): "The entropies of the branches were subtracted whole: each counts with its share of the rows.",
    ("gain", "what is left"): "That is what is left after the question: the gain is what it took away.",
    ("gain", "parent alone"): "That is the entropy before the question: subtract what is left after it.",
    ("temperature", "multiplied"): "The logits were multiplied by T: they are divided by it.",
    ("temperature", "temperature left out"): "That is the probability at T = 1.",
    ("temperature", "not normalized"): "That is e^(z/T) alone: divide by the sum of all three.",
    ("temperature", "no exponential"): "That is the share of the logit itself: the exponential comes first.",
}


def question(task: scenes.Exercise, unit: Unit) -> str:
    """What is asked, in one sentence."""
    in_unit = f" in {unit.name}"
    if task.kind == "entropy":
        return f"What is the entropy of P{in_unit}?"
    if task.kind == "cross-entropy":
        return f"Outcomes come from P, the code is made for Q. What is the cross-entropy H(P, Q){in_unit}?"
    if task.kind == "KL":
        return f"What is KL(P‖Q){in_unit}?"
    if task.kind == "gain":
        return f"A question splits rows of two classes, ● and ▲. What is its information gain{in_unit}?"
    return f"What is the probability of {'ABC'[task.asked]} at temperature {number(task.temperature)}?"


def given(task: scenes.Exercise) -> dict[str, str]:
    """The numbers that it starts from."""
    if task.kind == "gain":
        rows = dict(zip(("yes", "no"), task.counts, strict=True))
        return {f"{name} ●, ▲": f"{a}, {b}" for name, (a, b) in rows.items()}
    if task.kind == "temperature":
        return {"Logits A, B, C": ", ".join(map(number, task.z)), "Temperature T": number(task.temperature)}
    both = {"P": task.p, "Q": task.q}
    return {name: ", ".join(map(number, shares)) for name, shares in both.items() if shares.size}


def written(task: scenes.Exercise, unit: Unit) -> str:
    """The answer with its unit."""
    return quantity(task.answer, unit) if task.information else number(task.answer)


def said(task: scenes.Exercise, value: float, verdict: scenes.Verdict, unit: Unit) -> str:
    """What there is to say of an answer: right, or how it is off and what it comes from."""
    if verdict.right:
        return f"Right: {_asked(task)} is {written(task, unit)}."
    off = f"{number(value)} is {_off(verdict.off)}."
    if verdict.unit:
        return f"{off} It would be right in {verdict.unit.name}: the logarithm has another base."
    return f"{off} {SLIPS[task.kind, verdict.slip]}" if verdict.slip else off


def _asked(task: scenes.Exercise) -> str:
    return ASKED.get(task.kind) or f"the probability of {'ABC'[task.asked]}"


def _off(off: float) -> str:
    side = "high" if off > 0 else "low"
    if abs(off) > 1:
        return f"far too {side}"
    return f"{max(round(100 * abs(off)), 1)} percent too {side}"


def exercise(
    task: scenes.Exercise, unit: Unit, value: float | None, verdict: scenes.Verdict | None, solved: bool
) -> Picture:
    """What is given, and beside it the line of answers: the reader's, and with the solution the terms of the sum."""
    traces, words, panel = _given(task)
    revealed = solved or bool(verdict and verdict.right)
    n = len(task.steps)
    low, high = (unit.from_nats(e) if task.information else e for e in ENDS[task.kind])
    beside = []
    traces.append(line([0, 0], [-0.6, n + 1.6], "ghost", width=style.THIN, hoverinfo="skip", **SECOND))
    if revealed:
        bars, found = _terms(task, unit)
        traces += bars
        beside += found
    if value is not None:
        end = min(max(value, low), high)
        traces.append(points([end], [n + 1.0], "q", size=14, name="yours", hoverinfo="skip", **SECOND))
        text = f"← {number(value)}" if value < low else f"{number(value)} →" if value > high else number(value)
        side = "middle left" if end > (low + high) / 2 else "middle right"
        beside.append(Label(end, n + 1.0, f"   {text}   ", "q", side))
    if not revealed:
        beside.append(Label((low + high) / 2, n / 2, "hidden until solved", "muted", "middle center"))
    traces.append(style.words(beside, **SECOND))
    title = f"Given: {_described(task)}"
    if revealed:
        title = f"{_headed(task)} is {written(task, unit)}"
    elif verdict:
        title = f"{number(value)} is {_off(verdict.off)}"
    alt = f"Given: {_described(task)}. {question(task, unit) if not revealed and not verdict else f'{title}.'}"
    names = [s.name for s in task.steps] + ["sum" if task.kind != "temperature" else "asked"]
    rows = dict(range=[-0.6, n + 1.6], tickvals=[n + 1, *range(n, -1, -1)], ticktext=["answer", *names], showgrid=False)
    heading = f"Amount ({unit.name})" if task.information else "Probability"
    layout = panel | dict(
        xaxis2=axis(heading, range=[low, high], domain=RIGHT, anchor="y2"),
        yaxis2=axis("", anchor="x2", **rows), barmode="overlay", meta=dict(narrow=NARROW),
    )  # fmt: skip
    return Picture(figure(traces, title=title, labels=words, **layout), alt)


NARROW = {
    "xaxis": {"domain": [0, 1]}, "yaxis": {"domain": [0.62, 1]},
    "xaxis2": {"domain": [0.1, 1]}, "yaxis2": {"domain": [0, 0.44]},
}  # fmt: skip


def _headed(task: scenes.Exercise) -> str:
    name = _asked(task)
    return name[0].upper() + name[1:]


def _terms(task: scenes.Exercise, unit: Unit) -> tuple[list[dict], list[Label]]:
    """Each term as a bar that begins where the one before ended, and under them what they come to."""
    of, n = (unit.from_nats if task.information else float), len(task.steps)
    terms = [of(s.term) for s in task.steps]
    starts = np.concatenate([[0.0], np.cumsum(terms)[:-1]])
    roles = ["p" if t >= 0 else "optimum" for t in terms]
    rows = np.arange(n, 0, -1, dtype=float)
    bars = dict(
        type="bar", orientation="h", x=array(terms), base=array(starts), y=array(rows), width=0.5, name="terms",
        hoverinfo="skip", marker=dict(color=[color(f"{r}_fill") for r in roles],
        line=dict(color=[color(r) for r in roles], width=2)), **SECOND,
    )  # fmt: skip
    answer = of(task.answer)
    star = points([answer], [0.0], "optimum", symbol="star", size=16, name="sum", hoverinfo="skip", **SECOND)
    ends = np.maximum(starts, starts + terms)
    words = [
        Label(float(end), float(row), f" {number(term)}", "ink", "middle right", style.SMALL)
        for end, row, term in zip(ends, rows, terms, strict=True)
    ]
    words.append(Label(answer, 0.0, f"   {number(answer)}", "optimum", "middle right"))
    return [bars, star], words


def _given(task: scenes.Exercise) -> tuple[list[dict], list[Label], dict]:
    """The left-hand panel: shares, logits or counted rows as bars."""
    names = ["before", "yes", "no"] if task.kind == "gain" else list("ABCD"[: max(task.p.size, task.z.size)])
    places = np.arange(len(names), dtype=float)
    if task.kind == "gain":
        counts = np.vstack([task.counts.sum(axis=0), task.counts])
        pairs, top, y = ((counts[:, 0], "p", "●"), (counts[:, 1], "q", "▲")), MOST_ROWS, axis("Rows")
    elif task.kind == "temperature":
        pairs, top, y = ((task.z, "p", ""),), 3.6, axis("Logit")
    else:
        pairs, top, y = ((task.p, "p", "P"), (task.q, "q", "Q")), 1.1, axis("Probability")
    pairs = [pair for pair in pairs if pair[0].size]
    traces, words = [], []
    for i, (heights, role, name) in enumerate(pairs):
        at = places + (0.4 * i - 0.2 if len(pairs) == 2 else 0)
        traces.append(_column(heights, at, role, 0.36 if len(pairs) == 2 else 0.6))
        words += [
            Label(x, max(float(h), 0.0) + 0.02 * top, number(float(h)), role, "top center", style.SMALL)
            for x, h in zip(at, heights, strict=True)
        ]
        if name:
            words.append(Label(len(names) - 0.55, (0.97 - 0.09 * i) * top, name, role, "middle left"))
    bottom = -0.45 * top if task.kind == "temperature" else 0
    x = axis("", range=[-0.6, len(names) - 0.4], domain=LEFT, tickvals=places.tolist(), ticktext=names, showgrid=False)
    return traces, words, dict(x=x, y=y | dict(range=[bottom, top]))


def _column(heights, at, role: str, width: float) -> dict:
    pattern = dict(shape=style.HATCH.get(role, ""), fgcolor=color(role), size=7, solidity=0.2)
    marker = dict(color=color(f"{role}_fill"), line=dict(color=color(role), width=2), pattern=pattern)
    return dict(type="bar", x=array(at), y=array(heights), width=width, marker=marker, name=role, hoverinfo="skip")


def _described(task: scenes.Exercise) -> str:
    return "; ".join(f"{name} {numbers}" for name, numbers in given(task).items())


def solution(task: scenes.Exercise, unit: Unit) -> tuple[str, str, tuple[str, ...]]:
    """What to remember, the definition, and the sum with this exercise's terms, which add up to the answer."""
    of = unit.from_nats if task.information else float
    if task.kind == "temperature":
        weights = np.array([s.value for s in task.steps])
        total = float(weights.sum())
        parts = " + ".join(f"e^({number(z)}/{number(task.temperature)})" for z in task.z)
        own = f"e^({number(task.z[task.asked])}/{number(task.temperature)})"
        return REMEMBER[task.kind], DEFINITIONS[task.kind], (
            f"{own} / ({parts})",
            f"{number(float(weights[task.asked]))} / ({' + '.join(add_up(weights, total))})",
            f"{number(float(weights[task.asked]))} / {number(total)} = {written(task, unit)}",
        )  # fmt: skip
    products = " + ".join(f"{number(s.weight)} × {number(of(s.value))}" for s in task.steps)
    terms = " + ".join(add_up([of(s.term) for s in task.steps], of(task.answer)))
    lines = (products, f"{terms} = {written(task, unit)}")
    signed = tuple(text.replace(f"+ {style.MINUS}", f"{style.MINUS} ") for text in lines)
    return REMEMBER[task.kind], DEFINITIONS[task.kind], signed


REMEMBER = {
    "entropy": "Each outcome counts with its own probability; the terms are areas on the Entropy page.",
    "cross-entropy": "P says how often, Q says how long: the lengths −log q are those of the wrong code.",
    "KL": "Single terms may be negative; their sum never is.",
    "gain": "A branch counts with its share of the rows.",
    "temperature": "Dividing by T below 1 sets the logits further apart, above 1 closer together.",
}


def taken(task: scenes.Exercise, unit: Unit) -> tuple[dict[str, Sequence], str]:
    """The terms of the solution as columns, and the code that prints the answer."""
    of = unit.from_nats if task.information else float
    kind = f" ({unit.name})" if task.information else ""
    columns = {
        "term": [s.name for s in task.steps],
        "weight": [s.weight for s in task.steps],
        f"value{kind}": [of(s.value) for s in task.steps],
        f"contribution{kind}": [of(s.term) for s in task.steps],
    }
    p, q = task.p.tolist(), task.q.tolist()
    module, name, call = {
        "entropy": ("discrete", "entropy", f"entropy({p})"),
        "cross-entropy": ("discrete", "cross_entropy", f"cross_entropy({p}, {q})"),
        "KL": ("discrete", "kl_divergence", f"kl_divergence({p}, {q})"),
        "gain": ("trees", "information_gain", f"information_gain({task.counts.tolist()})"),
        "temperature": ("losses", "softmax", f"softmax({task.z.tolist()}, {task.temperature})[{task.asked}]"),
    }[task.kind]
    if not task.information:
        return columns, f"from core.{module} import {name}\n\nprint({call})\n"
    constant = unit.name.upper()
    units = f"from core.units import {constant}\n\nprint({constant}.from_nats({call}))\n"
    return columns, f"from core.{module} import {name}\n{units}"


class Concept(NamedTuple):
    """A question without a number. The first option is the right one; each has what it says about its reader."""

    text: str
    options: tuple[tuple[str, str], ...]


CONCEPTS = (
    Concept("P gives an outcome probability 0.1, Q calls it impossible. What is KL(P‖Q)?", (
        ("infinite", "Right: no code of finite length is left for something that happens once in ten times."),
        ("0, because 0 log 0 is 0", "0 log 0 is 0 only where P is 0. Where Q is 0 the logarithm itself is infinite."),
        ("0.1", "That takes the missing probability for a price. The price is −log q, without end as q goes to 0."),
        ("undefined", "Infinite is an answer: Q excludes what P expects."),
    )),
    Concept("Which of these is the same from P to Q as from Q to P?", (
        ("Jensen–Shannon", "Right: both are compared with their own mean, so that neither comes first."),
        ("KL", "KL averages under the first of its arguments: exchanging them changes the weights."),
        ("cross-entropy", "Its weights come from P and its code from Q: the two have different parts."),
        ("chi-squared", "It divides by the second argument alone."),
    )),
    Concept("At T = 1 one class has odds of 9 to 1. What are they at T = 2?", (
        ("3 to 1", "Right: logits are halved, so the odds become their own square root."),
        ("4.5 to 1", "Temperature divides logits, which are logarithms of odds, not the odds themselves."),
        ("18 to 1", "A higher temperature makes the odds more even, not less."),
        ("9 to 1", "The order stays, the odds do not: only a constant added to all logits leaves them alone."),
    )),
    Concept("A column holds a different ID in every row. What is its information gain?", (
        ("the most possible", "Right: each branch has one row and no doubt left. That is why gain alone misleads."),
        ("0, it says nothing", "It says nothing about new rows. On these rows it leaves no doubt at all."),
        ("negative", "Gain is a mutual information and never negative."),
        ("it depends on the classes’ names", "Entropy knows probabilities alone, whatever their names."),
    )),
    Concept("X and Y have correlation 0. What is their mutual information?", (
        ("at least 0, any value", "Right: correlation sees straight lines only; a circle has none and much to tell."),
        ("0", "That holds the other way round: independence makes both vanish, correlation 0 does not."),
        ("negative", "Mutual information is a KL divergence and never negative."),
        ("infinite", "Only if one determines the other in a continuum, whatever the correlation."),
    )),
    Concept("An outcome is made ten times rarer. What happens to what it adds to the entropy?", (
        ("it can grow or shrink", "Right: it surprises more and happens less; the product is largest at 1/e."),
        ("it grows, rare means surprising", "The surprisal grows, but it counts with its probability."),
        ("it shrinks tenfold", "The weight does, but the surprisal that it multiplies grows."),
        ("it stays", "Weight and surprisal change in different ways: one by a factor, the other by a sum."),
    )),
    Concept("Q is fitted to data by maximum likelihood. What does that minimize?", (
        ("KL(data‖Q)", "Right: the mean log-loss is the entropy of the data plus this divergence."),
        ("KL(Q‖data)", "That averages under Q, as variational inference does. Data are drawn from the other one."),
        ("the entropy of Q", "A certain Q has none and a terrible likelihood."),
        ("the total variation", "It measures the same gap, but the likelihood weighs it by a logarithm."),
    )),
    Concept("Can the entropy of a continuous variable be negative?", (
        ("yes, a density may exceed 1", "Right: where it does, the surprisal −log f is negative."),
        ("no, entropy never is", "That of outcomes is not. A density is no probability and may exceed 1."),
        ("only for impossible events", "What never happens adds nothing."),
        ("only in the wrong unit", "A unit is a positive factor: it changes no sign."),
    )),
)  # fmt: skip
LETTERS = "ABCD"


def concept(seed: int) -> tuple[str, dict[str, tuple[str, str]]]:
    """The question of this seed, and by letter its options with what is to be said of each."""
    asked = CONCEPTS[seed % len(CONCEPTS)]
    order = scenes.order(seed, len(asked.options))
    return asked.text, {letter: asked.options[i] for letter, i in zip(LETTERS, order, strict=True)}
