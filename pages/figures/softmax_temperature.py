"""The eight pictures of the Softmax temperature page."""

from collections.abc import Sequence

import numpy as np

from core.scenes import softmax as scenes
from core.units import Unit
from pages.figures import entropy, style
from pages.figures.parts import (
    DECADES,
    Handle,
    LogScale,
    Picture,
    along_curve,
    bar,
    information_axis,
    level,
    line,
    listed,
    over_triangle,
    points,
    triangle,
)
from pages.figures.style import Label, add_up, axis, color, figure, number, quantity

REACH = 5.0  # a logit further out is cut off, and says so
ROOM = 6.2  # how far the axis goes, with room for a number beyond a bar
SECOND = dict(xaxis="x2")  # the right-hand panel
TEMPERATURES = LogScale(scenes.COLDEST, scenes.HOTTEST, (0.1, 0.2, 0.5, 1, 2, 5, 10))


def bars(scene: scenes.Softmax, unit: Unit, names: Sequence[str], guess: float | None = None) -> Picture:
    """Logits as bars to drag, and beside each the probability that it gets.

    With a `guess` (in nats) the probabilities stay hidden.
    """
    k, shown = scene.z.size, scene.z + scene.added
    rows = np.arange(k, dtype=float)[::-1]
    ends = np.clip(shown, -REACH, REACH)
    traces = [
        bar(ends, rows, "p", hoverinfo="skip"),
        line([0, 0], [-0.6, k - 0.4], "muted", width=style.THIN, dash="solid", hoverinfo="skip"),
        points(ends, rows, "p", size=14, hoverinfo="skip"),
    ]
    if scene.added:
        was = np.clip(scene.z, -REACH, REACH)
        traces.append(points(was, rows, "ghost", symbol="line-ns-open", size=22, hoverinfo="skip"))
    words = [_logit_word(value, end, row) for value, end, row in zip(shown, ends, rows, strict=True)]
    if guess is None:
        traces += _probability_bars(scene, rows, names)
        title = _finding(scene, names)
        alt = f"Logits {listed(names, shown)}. At temperature {number(scene.temperature)} the probabilities are "
        alt += f"{listed(names, scene.p)}, with an entropy of {quantity(scene.entropy, unit)}."
    else:
        traces.append(style.words([Label(0.6, (k - 1) / 2, "hidden until compared", "muted")], **SECOND))
        title = f"How much entropy is left at T = {number(scene.temperature)}?"
        alt = f"Logits {listed(names, shown)}. The probabilities are hidden; the estimate of the entropy is "
        alt += f"{quantity(guess, unit)}."
    handles = tuple(
        Handle(f"z{i}", f"Logit of {names[i]}", float(ends[i]), float(rows[i]), (-REACH, REACH), (float(rows[i]),) * 2,
               number(shown[i]), "x", (0.1, 0), (0.01, None), color="p")
        for i in range(k)
    )  # fmt: skip
    panels = _two_panels(names, "Logit", "Probability")
    return Picture(figure(traces, title=title, labels=words, **panels), alt, handles)


def _two_panels(names: Sequence[str], left: str, right: str) -> dict:
    """One row for each name, with a panel for what goes in and one for what comes out."""
    k = len(names)
    rows = dict(range=[-0.6, k - 0.4], tickvals=list(range(k)), ticktext=list(names)[::-1], showgrid=False)
    x = axis(left, range=[-ROOM, ROOM], domain=[0, 0.5], dtick=2)
    second = axis(right, range=[0, 1.25], domain=[0.56, 1], tickvals=[0, 1 / k, 1],
                  ticktext=["0", f"1/{k}", "1"], anchor="y")  # fmt: skip
    return dict(x=x, y=axis("", **rows), xaxis2=second, barmode="overlay", margin=dict(l=56, t=22, r=28))


def _probability_bars(scene: scenes.Softmax, rows, names: Sequence[str]) -> list[dict]:
    words = [Label(p, row, f" {number(p)}", "ink", "middle right") for p, row in zip(scene.p, rows, strict=True)]
    hover = dict(customdata=list(names), hovertemplate="%{customdata}: %{x:.6f}<extra></extra>")
    return [bar(scene.p, rows, "p", **SECOND, **hover), style.words(words, **SECOND)]


def _logit_word(value: float, end: float, row: float) -> Label:
    """The number beyond the end of its bar, with an arrow where the bar is cut off."""
    if value >= 0:
        return Label(end + 0.35, row, f"  {number(value)}{' →' if value > end else ''}", "ink", "middle right")
    return Label(end - 0.35, row, f"{'← ' if value < end else ''}{number(value)}  ", "ink", "middle left")


def _finding(scene: scenes.Softmax, names: Sequence[str]) -> str:
    top = np.flatnonzero(scene.p == scene.p.max())
    if scene.temperature == 0:
        who = " and ".join(names[i] for i in top)
        return f"At T = 0 {who} {'takes' if top.size == 1 else 'share'} everything"
    if top.size == scene.p.size:
        return f"At T = {number(scene.temperature)} all {top.size} are equally likely"
    share = f"{names[top[0]]} gets {number(scene.p[top[0]])}"
    return f"At T = {number(scene.temperature)} {share}: as open as {_choices(scene.effective)}"


def _choices(effective: float) -> str:
    return "a single choice" if number(effective) == "1" else f"{number(effective)} equal choices"


def notice(scene: scenes.Softmax, names: Sequence[str]) -> str:
    """The softmax with this state's numbers, and what to notice in it."""
    first, second = (int(i) for i in np.argsort(-scene.z, kind="stable")[:2])
    if scene.temperature == 0:
        return "Only which logit is largest counts now. Any temperature above 0 leaves every outcome a chance."
    if np.isinf(scene.temperature):
        return f"The logits no longer count: the entropy is log {scene.p.size}, the most possible."
    largest, t = number(float(scene.z.max() + scene.added)), number(scene.temperature)
    weights = " + ".join(add_up(scene.weights, scene.total))
    share = f"In parts e^((z − {largest})/{t}): {weights} = {number(scene.total)}, of which {names[first]} has 1. "
    if scene.added:
        off = "not at all" if scene.shift == 0 else f"by at most {number(scene.shift)}, which is rounding"
        return f"{share}Adding {number(scene.added)} to every logit changes the probabilities {off}."
    gap, odds = number(scene.z[first] - scene.z[second]), np.inf
    if scene.weights[second] > 0:
        odds = scene.weights[first] / scene.weights[second]
    return f"{share}It leads {names[second]} by {gap}, so its odds against it are e^({gap}/{t}) = {number(odds)}."


def readouts(scene: scenes.Softmax, unit: Unit) -> dict[str, str]:
    """The numbers that stand under the picture."""
    return {
        "Entropy H": quantity(scene.entropy, unit),
        f"Most possible, log {scene.p.size}": quantity(scene.maximum, unit),
        "Effective choices": number(scene.effective),
        "Largest probability": number(scene.p.max()),
    }


def worked(scene: scenes.Softmax, unit: Unit) -> tuple[str, str]:
    """The entropy as a sum with this state's terms, which add up to the read-out."""
    return entropy.worked(scene, unit)


def taken(scene: scenes.Softmax, unit: Unit, names: Sequence[str]) -> tuple[dict[str, Sequence], str]:
    """The numbers of the picture as columns, and the code that prints the entropy shown."""
    columns = {
        "outcome": names,
        "logit": scene.z + scene.added,
        "probability": scene.p,
        f"surprisal ({unit.name})": unit.from_nats(scene.surprisal),
        f"contribution ({unit.name})": unit.from_nats(scene.terms),
    }
    constant = unit.name.upper()
    snippet = (
        "from core.discrete import entropy_from_logits\nfrom core.losses import softmax\n"
        f"from core.units import {constant}\n\n"
        f"z = {(scene.z + scene.added).tolist()}\ntemperature = float('{scene.temperature!r}')\n"
        f"p = softmax(z, temperature)\nprint({constant}.from_nats(entropy_from_logits(z, temperature)))\n"
    )
    return columns, snippet


def curve(scene: scenes.Curve, unit: Unit) -> Picture:
    """Entropy and effective choices against temperature, from exactly 0 to infinity."""
    of, at = unit.from_nats, TEMPERATURES.place(scene.temperature)
    grid = np.log10(scene.temperatures)
    ends = TEMPERATURES.ends
    most = level(of(scene.hot), ends[0], ends[1], "muted")
    traces = [
        most,
        line([ends[0], grid[0]], of(np.array([scene.cold, scene.entropy[0]])), "ghost", dash="dot", hoverinfo="skip"),
        line([grid[-1], ends[1]], of(np.array([scene.entropy[-1], scene.hot])), "ghost", dash="dot", hoverinfo="skip"),
        line(grid, of(scene.entropy), "p", hoverinfo="skip"),
        points(ends, of(np.array([scene.cold, scene.hot])), "muted", symbol="diamond", size=10, hoverinfo="skip"),
        points([at], [of(scene.at)], "p", size=14, hoverinfo="skip", yaxis="y2"),
    ]
    choices = _choices(float(np.exp(scene.at)))
    words = [Label(ends[0], of(scene.hot), f"log {scene.classes}", "muted", "top right", style.SMALL)]
    title = f"T = {number(scene.temperature)} leaves {quantity(scene.at, unit)}, the entropy of {choices}"
    alt = (
        f"The entropy rises with temperature from {quantity(scene.cold, unit)} at 0 to {quantity(scene.hot, unit)} at "
        f"infinity. At {number(scene.temperature)} it is {quantity(scene.at, unit)}, the entropy of {choices}."
    )
    x = TEMPERATURES.axis("Temperature T (logarithmic, with its limits)")
    y = information_axis(unit, scenes.MOST * 1.12, "Entropy", bottom_nats=-0.06)
    counts = np.arange(1, 9)
    second = axis(
        "Effective choices", range=y["range"], overlaying="y", side="right", showgrid=False,
        tickvals=of(np.log(counts)).tolist(), ticktext=[str(c) for c in counts],
    )  # fmt: skip
    handle = Handle("T", "Temperature", at, of(scene.at), ends, (of(scene.at),) * 2,
                    number(scene.temperature), "x", (0.07, 0), color="p")  # fmt: skip
    shown = figure(traces, title=title, x=x, y=y, labels=words, yaxis2=second, margin=dict(r=64))
    return Picture(shown, alt, (handle,))


def path(scene: scenes.Path, unit: Unit, names: Sequence[str]) -> Picture:
    """The way of three outcomes over the triangle as the temperature rises, with the point to drag along it."""
    surface, three = scene.surface, list(names[:3])
    marks = scene.marked_points[np.hypot(*(scene.marked_points - scene.way[0]).T) > 0.06]  # clear of the corner's name
    traces = [
        *triangle(surface, unit),
        line(*scene.way.T, "q", dash="solid", hoverinfo="skip"),
        *([points(*marks.T, "q", symbol="diamond", size=8, hoverinfo="skip")] if len(marks) else []),
        points(surface.point[:1], surface.point[1:], "p", size=14, hoverinfo="skip"),
    ]
    words = [
        Label(*corner, f"{name} {number(share)}", "ink", where)
        for corner, name, share, where in zip(
            surface.corners, three, surface.p, ("bottom center", "bottom center", "top center"), strict=True
        )
    ]
    words += _along(scene)
    title = f"T = {number(scene.temperature)}: ({', '.join(number(v) for v in surface.p)}) on the way to the middle"
    if scene.temperature == 0 or np.isinf(scene.temperature):
        where = "starts where the largest logit is" if scene.temperature == 0 else "ends in the middle"
        title = f"At T = {number(scene.temperature)} the path {where}"
    alt = (
        f"A triangle of all distributions over {', '.join(three)}, shaded by entropy. The path starts at the largest "
        f"logit's corner at T = 0 and ends in the middle at infinity; now it is at {listed(three, surface.p)}."
    )
    handle = Handle(
        "point", "Temperature along the path", *map(float, surface.point), (0, 1), (0, float(surface.corners[2, 1])),
        f"T = {number(scene.temperature)}", "xy", (0.03, 0.03), within=tuple(map(tuple, surface.corners.tolist())),
        color="p",
    )  # fmt: skip
    return Picture(figure(traces, title=title, labels=words, **over_triangle()), alt, (handle,))


def _along(scene: scenes.Path) -> list[Label]:
    """Temperatures beside their points, where these are far enough apart from each other and from the marker."""
    words, taken = [], [scene.surface.point, *scene.surface.corners]
    for t, point in zip(scene.marked, scene.marked_points, strict=True):
        if min(float(np.hypot(*(point - other))) for other in taken) > 0.1:
            words.append(Label(*point, f"  {number(t)}", "ink", "middle right", style.SMALL))
            taken.append(point)
    return words


def next_word(scene: scenes.NextWord, k: int) -> Picture:
    """Next words with what truncation leaves of them, the cut to drag, and the shares of the draws."""
    n = len(scene.words)
    rows = n - 0.5 - np.arange(n)
    kept = scene.q > 0
    cut = float(max(n - k, 0))
    outline = dict(color=color("paper"), line=dict(color=color("ghost"), width=1))
    traces = [
        bar(scene.p, rows, "p", width=0.72, marker=outline, hoverinfo="skip"),
        bar(scene.q[kept], rows[kept], "p", width=0.5, hoverinfo="skip"),
        points(scene.share[kept], rows[kept], "q", symbol="diamond", size=9, hoverinfo="skip"),
        line([0, 1.2], [cut, cut], "loss", hoverinfo="skip"),
        points([1.1], [cut], "loss", size=14, hoverinfo="skip"),
    ]  # fmt: skip
    words = [
        Label(max(scene.p[i], scene.q[i], scene.share[i]) + 0.02, rows[i], number(scene.q[i]) if kept[i] else "cut",
              "ink" if kept[i] else "muted", "middle right", style.SMALL)
        for i in range(n)
    ]  # fmt: skip
    words += [
        Label(1.2, 0.85 * n, "◆ share of the draws", "q", "middle left", style.SMALL),
        Label(1.2, 0.77 * n, "□ before the cut", "muted", "middle left", style.SMALL),
    ]
    name = f"After “{scene.after}”" if scene.after != scenes.CONTEXTS[-1] else "Any next word"
    title = f"{name}: {scene.kept} of {n} words stay, with {number(scene.mass)} of the probability"
    alt = (
        f"{name}: probabilities at temperature {number(scene.temperature)}: {listed(scene.words, scene.p)}. "
        f"The first {scene.kept} stay. Of {scene.draws} draws, {number(scene.share[0])} are {scene.words[0]}."
    )
    x = axis("Probability", range=[0, 1.2], tickvals=[0, 0.2, 0.4, 0.6, 0.8, 1])
    y = axis("", range=[0, n], tickvals=rows.tolist(), ticktext=list(scene.words), showgrid=False)
    handle = Handle("k", "Words kept by top-k", 1.1, cut, (1.1, 1.1), (0.0, n - 1.0), f"top {n - int(cut)}", "y",
                    (0, 1), (None, 1), color="loss")  # fmt: skip
    layout = dict(barmode="overlay", margin=dict(l=88, r=20))
    return Picture(figure(traces, title=title, x=x, y=y, labels=words, **layout), alt, (handle,))


def k_at(scene: scenes.NextWord, y: float) -> int:
    """How many words top-k keeps when the cut is put at a height."""
    return len(scene.words) - round(y)


def drawn(scene: scenes.NextWord) -> str:
    """The order of the three steps, the first draws, and where the counts come from."""
    return f"Temperature, then top-k, then top-p. First draws: {' '.join(scene.first)}. Counts: {scene.source}."


def distillation(scene: scenes.Distillation, names: Sequence[str]) -> Picture:
    """Teacher and student at the temperature, and beside them what the student is told: the scaled gradient."""
    k, reach = scene.p.size, 1.0
    rows = np.arange(k, dtype=float)[::-1]
    shown = np.clip(scene.scaled, -reach, reach)
    traces = [
        bar(scene.p, rows + 0.2, "p", width=0.36, hoverinfo="skip"),
        bar(scene.q, rows - 0.2, "q", width=0.36, hoverinfo="skip"),
        bar(shown, rows, "shared", hoverinfo="skip", **SECOND),
        points(np.clip(scene.limit, -reach, reach), rows, "optimum", symbol="diamond", size=11, hoverinfo="skip",
               **SECOND),
    ]  # fmt: skip
    words = [
        Label(1.05, k - 0.45, "teacher (above)", "p", "top left", style.SMALL),
        Label(0.5, k - 0.45, "student", "q", "top left", style.SMALL),
    ]
    told = [Label(-0.95, k - 0.45, "◆ limit (s − t)/K", "optimum", "top right", style.SMALL)]
    told += [_beside_zero(value, row) for value, row in zip(scene.scaled, rows, strict=True)]
    traces.append(style.words(told, **SECOND))
    off = float(np.abs(scene.scaled - scene.limit).max())
    title = f"T = {number(scene.temperature)}: T² × gradient is within {number(off)} of (s − t)/K"
    alt = (
        f"At temperature {number(scene.temperature)} the teacher has {listed(names, scene.p)} and the student "
        f"{listed(names, scene.q)}. The gradient times T squared is {listed(names, scene.scaled)}; its limit is "
        f"{listed(names, scene.limit)}."
    )
    panels = _two_panels(names, "Probability", "T² × gradient")
    panels["x"] = axis("Probability", range=[0, 1.05], domain=[0, 0.48], tickvals=[0, 0.5, 1])
    panels["xaxis2"] |= dict(range=[-reach, reach], tickvals=[-1, 0, 1], ticktext=["−1", "0", "1"], domain=[0.54, 1],
                             zeroline=True, zerolinecolor=color("muted"))  # fmt: skip
    return Picture(figure(traces, title=title, labels=words, **panels), alt)


def _beside_zero(value: float, row: float) -> Label:
    """A number on the side of zero where its bar is not."""
    if value > 0:
        return Label(0, row, f"{number(value)} ", "ink", "middle left", style.SMALL)
    return Label(0, row, f"  {number(value)}", "ink", "middle right", style.SMALL)


LOWEST = 1e-5  # where the axis of gradients begins


def gradient(scene: scenes.Distillation) -> Picture:
    """The largest entry of the gradient against temperature: it fades as 1/T², times T² it settles."""
    t, at = scene.temperatures, scene.temperature
    raw = max(float(np.abs(scene.gradient).max()), LOWEST)
    scaled = max(float(np.abs(scene.scaled).max()), LOWEST)
    traces = [
        level(max(scene.limit_norm, LOWEST), t[0], t[-1], "optimum", "longdash"),
        line(t, scene.norms * t**2, "shared", hoverinfo="skip"),
        line(t, scene.norms, "q", hoverinfo="skip"),
        points([at], [scaled], "shared", size=10, hoverinfo="skip"),
        points([at], [raw], "q", size=14, hoverinfo="skip"),
    ]
    words = [
        Label(t[-1], max(scene.norms[-1] * t[-1] ** 2, LOWEST), "times T²", "shared", "top left"),
        Label(t[-1], max(scene.norms[-1], LOWEST), "gradient", "q", "bottom left"),
        Label(t[0], max(scene.limit_norm, LOWEST), "limit", "optimum", "top right"),
    ]
    title = f"At T = {number(at)} the gradient is {number(float(np.abs(scene.gradient).max()))}"
    alt = (
        f"{title}. Unscaled it falls as one over T squared; times T squared it is "
        f"{number(float(np.abs(scene.scaled).max()))} and tends to {number(scene.limit_norm)}."
    )
    x = axis("Temperature T (logarithmic)", type="log", range=[np.log10(0.45), np.log10(110)],
             tickvals=[0.5, 1, 2, 5, 10, 20, 50, 100])  # fmt: skip
    y = axis("Largest entry (logarithmic)", type="log", range=[np.log10(LOWEST), 1.3], dtick=1)
    handle = along_curve("softmax_soft", "Distillation temperature", at, raw, (0.5, 100), color="q", step=DECADES)
    return Picture(figure(traces, title=title, x=x, y=y, labels=words, margin=dict(l=72)), alt, (handle,))


def taught(scene: scenes.Distillation, unit: Unit, given: int) -> tuple[dict[str, str], str]:
    """The divergences, what T² is for, and how a student with another number of logits was made to fit."""
    numbers = {"KL(teacher ‖ student)": quantity(scene.kl, unit), "T² KL": quantity(scene.scaled_kl, unit)}
    weight, k = number(1 / scene.temperature**2), scene.p.size
    said = f"Without the factor T² softened targets would weigh about 1/T² = {weight} beside hard labels."
    if given != k:
        said += f" The student’s {given} logits were {'cut' if given > k else 'filled up with 0'} to {k}."
    return numbers, said


def reliability(scene: scenes.Calibration) -> Picture:
    """Accuracy against confidence, at T = 1 and at the fitted temperature, on rows that it was not fitted to."""
    gaps = np.full((scene.before.confidence.size, 3), np.nan)
    gaps[:, 0], gaps[:, 1] = scene.before.confidence, scene.before.accuracy
    across = np.repeat(scene.before.confidence, 3)
    gaps = np.where(np.arange(3) == 2, np.nan, gaps).ravel()
    traces = [
        line([0, 1], [0, 1], "ghost", hoverinfo="skip"),
        line(across, gaps, "loss", width=style.THIN, hoverinfo="skip"),
        line(scene.before.confidence, scene.before.accuracy, "q", hoverinfo="skip"),
        points(scene.before.confidence, scene.before.accuracy, "q", symbol="diamond", size=_sizes(scene.before),
               hovertemplate="confidence %{x:.3f}<br>accuracy %{y:.3f}<extra></extra>"),
        line(scene.after.confidence, scene.after.accuracy, "p", hoverinfo="skip"),
        points(scene.after.confidence, scene.after.accuracy, "p", size=_sizes(scene.after),
               hovertemplate="confidence %{x:.3f}<br>accuracy %{y:.3f}<extra></extra>"),
    ]  # fmt: skip
    words = [
        Label(0.03, 0.96, f"◆ T = 1: ECE {number(scene.ece[0])}", "q", "middle right"),
        Label(0.03, 0.88, f"● T = {number(scene.fitted)}: ECE {number(scene.ece[1])}", "p", "middle right"),
        Label(0.14, 0.12, "as sure as right", "muted", "middle right", style.SMALL),
    ]
    title = f"Fitting T = {number(scene.fitted)} takes the calibration error from {number(scene.ece[0])} to "
    title += number(scene.ece[1])
    alt = (
        f"Accuracy against confidence in ten bins. At T = 1 the expected calibration error is {number(scene.ece[0])}, "
        f"at the fitted T = {number(scene.fitted)} it is {number(scene.ece[1])}; the accuracy is "
        f"{number(scene.accuracy)} either way."
    )
    x, y = axis("Confidence", range=[0, 1.03]), axis("Accuracy", range=[0, 1.03])
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt)


def _sizes(diagram) -> list[float]:
    """The area of a marker grows with the rows in its bin."""
    return (5 + 20 * np.sqrt(diagram.count / diagram.count.sum())).round(1).tolist()


def likelihood(scene: scenes.Calibration, unit: Unit) -> Picture:
    """The mean negative log-likelihood on the rows that the temperature is fitted to, against that temperature."""
    of, t = unit.from_nats, scene.temperatures
    fitted = float(np.clip(scene.fitted, t[0], t[-1]))
    before, after = of(scene.fit_nll_before), of(scene.fit_nll_after)
    traces = [
        line(t, of(scene.fit_nll), "p", hoverinfo="skip"),
        points([1.0], [before], "q", symbol="diamond", size=12, hoverinfo="skip"),
        points([fitted], [after], "optimum", symbol=style.SYMBOL["optimum"], size=16, hoverinfo="skip"),
    ]
    words = [
        Label(10, of(2.85), f"◆ T = 1: {number(before)}", "q", "middle left"),
        Label(10, of(2.6), f"★ T = {number(scene.fitted)}: {number(after)}", "optimum", "middle left"),
    ]
    title = f"Least at T = {number(scene.fitted)}; the logits were multiplied by {number(scene.stretch)}"
    alt = (
        f"The mean negative log-likelihood falls from {quantity(scene.fit_nll_before, unit)} at T = 1 to "
        f"{quantity(scene.fit_nll_after, unit)} at the fitted T = {number(scene.fitted)}."
    )
    x = axis("Temperature T (logarithmic)", type="log", range=[np.log10(0.19), np.log10(10.5)],
             tickvals=[0.2, 0.5, 1, 2, 5, 10])  # fmt: skip
    y = information_axis(unit, 3.0, "Mean negative log-likelihood", bottom_nats=0.4)
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt)


def judged(scene: scenes.Calibration, unit: Unit) -> tuple[dict[str, str], str]:
    """The losses on the rows that the temperature was not fitted to, and what to notice."""
    before, after = scene.nll
    numbers = {
        "NLL at T = 1": quantity(before, unit),
        "NLL at the fitted T": quantity(after, unit),
        "Accuracy, at either": number(scene.accuracy),
    }
    change = quantity(abs(before - after), unit)
    verb = "saves" if after <= before else "costs"
    return numbers, f"Fitted on {scene.n} rows, judged on {scene.n} others: one number {verb} {change} a row."


def claims(checked: scenes.Claims) -> dict[str, str]:
    """What is often said wrongly about softmax, with the number that settles it."""
    low, one, high = checked.top
    return {
        "A logit of 0 means a probability of 0.": "Only differences between logits count: four logits of 0 give "
        f"{number(checked.zero)} each.",
        "Temperature changes which class wins.": "The order stays at every T above 0. For the logits 2, 1, 0.5, 0.1, "
        f"−0.5 the first leads with {number(low)} at T = 0.5, {number(one)} at T = 1 and {number(high)} at T = 10.",
        "Twice the temperature halves the odds.": "It takes their square root: 2 against 1 are "
        f"{number(checked.ratios[0])} to 1 at T = 1 and {number(checked.ratios[1])} to 1 at T = 2.",
        "Softmax outputs are the chances of being right.": "Only if they are calibrated: logits twice too large claim "
        f"{number(checked.confidence)} on average and are right in {number(checked.accuracy)} of 2000 cases.",
    }
