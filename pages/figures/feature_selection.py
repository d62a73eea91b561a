"""The five pictures of the Feature selection page."""

from collections.abc import Sequence

import numpy as np

from core.scenes import feature_selection as scenes
from core.units import Unit
from pages.figures import style
from pages.figures.parts import Handle, Picture, information_axis, line, points
from pages.figures.style import Label, add_up, array, axis, color, figure, number, quantity

TOP = 1.5  # nats, room for the two bits of the examples; a target that holds more gets more room
BOTTOM = -0.12  # an estimate can come out a little below 0
REACH = 1.75  # nats to either side: what two columns of five full bins share still fits
GRIP = 0.88  # where on the axis the cut is held
LONGEST = 13  # characters of a name beside a row
SECOND = dict(xaxis="x2")  # the right-hand panel
METHODS = {"single": "one at a time", "mRMR": "mRMR", "JMI": "JMI"}
RULES = {"single": "relevance", "mRMR": "relevance − repeated", "JMI": "relevance − repeated + together"}


def short(name: str, longest: int = LONGEST) -> str:
    """A column's name where there is little room: its ends. A reader's own may be long, or look like markup."""
    name = name.replace("<", "‹")
    head = longest // 2
    return name if len(name) <= longest else f"{name[:head].rstrip()}…{name[head + 1 - longest :].lstrip()}"


def top(entropy: float) -> float:
    """How far an axis of information goes, in nats."""
    return TOP if entropy <= scenes.MOST + 1e-9 else 1.1 * entropy


# --- one column at a time


def columns(scene: scenes.Ranking, unit: Unit, keep: int, guess: float | None = None) -> Picture:
    """Each column's information with the target and its correlation, the best first, with the cut to drag.

    With a `guess` (in nats) nothing is shown but the names, in the order of the alphabet.
    """
    found = scene.relevance
    names = [short(name) for name in found.names[: scenes.SHOWN]]
    m, of, highest = len(names), unit.from_nats, top(found.entropy)
    rows = _rows(m)
    most = _upright(of(found.entropy), "muted", f"H = {number(of(found.entropy))}")
    target = short(found.target, 20)
    if guess is not None:
        traces, words, handles = [*most[0], *_upright(of(guess), "q", "")[0]], [most[1]], ()
        words.append(Label(of(guess), 0.5, " estimate", "q", "middle right", style.SMALL))
        names = sorted(names)
        title = f"How much does the best column know about {target}?"
        alt = f"The columns {', '.join(names)} are not ranked yet; the estimate is {quantity(guess, unit)}."
    else:
        traces, words = _ranked(scene, unit, rows, min(keep, m))
        traces, words = [*most[0], *traces], [most[1], *words]
        title = _ranking_title(scene, unit)
        alt = _ranking_alt(scene, unit, min(keep, m))
        handles = (_cut("keep", min(keep, m), m, of(GRIP * highest)),) if m > 1 else ()
    x = information_axis(unit, highest, "Information with the target", bottom_nats=BOTTOM) | dict(domain=[0, 0.64])
    second = axis("Correlation", range=[0, 1.25], tickvals=[0, 0.5, 1], domain=[0.76, 1], anchor="y")
    y = _names_axis(rows, names)
    layout = dict(barmode="overlay", margin=dict(l=112, r=12), xaxis2=second, meta=dict(narrow=_NARROW_PANELS))
    return Picture(figure(traces, title=title, x=x, y=y, labels=words, **layout), alt, handles)


_NARROW_PANELS = {
    "margin": dict(l=104, r=6), "xaxis": dict(domain=[0, 0.55], nticks=4, title=dict(text="Information")),
    "xaxis2": dict(domain=[0.76, 1], tickvals=[0, 1]),
}  # fmt: skip


def _rows(m: int) -> np.ndarray:
    """Where m rows stand on an axis from 0 to 1, the first on top."""
    return 1 - (np.arange(m) + 0.5) / m


def _names_axis(rows: np.ndarray, names: Sequence[str], **more) -> dict:
    return axis("", range=[-0.02, 1.17], tickvals=rows.tolist(), ticktext=list(names), showgrid=False) | more


def _upright(x: float, role: str, text: str) -> tuple[list[dict], Label]:
    drawn = line([x, x], [0, 1.08], role, dash="dot" if role == "muted" else None, hoverinfo="skip")
    return [drawn], Label(x, 1.08, text, role, "top center", style.SMALL)


def _bar(x, rows, role: str, wide: float, **more) -> dict:
    pattern = dict(shape=style.HATCH.get(role, ""), fgcolor=color(role), fgopacity=0.35)
    marker = dict(color=color(f"{role}_fill"), line=dict(color=color(role), width=style.LINE - 0.5), pattern=pattern)
    drawn = dict(type="bar", x=array(x), y=array(rows), orientation="h", marker=marker, width=wide, hoverinfo="skip")
    return drawn | more


def _ranked(scene: scenes.Ranking, unit: Unit, rows: np.ndarray, keep: int) -> tuple[list[dict], list[Label]]:
    """Bars of information over the band of chance, the correlations beside them, the cut."""
    found, of, m, highest = scene.relevance, unit.from_nats, len(rows), top(scene.relevance.entropy)
    information, wide = found.information[:m], 0.62 / m
    shown, pale = np.clip(of(information), of(BOTTOM), of(highest)), dict(color=style.CLEAR)
    pale |= dict(line=dict(color=color("ghost"), width=1.5))
    grey = dict(color=color("grid"), line=dict(color=color("ghost"), width=1))
    low, limits = (np.clip(of(ends[:m]), of(BOTTOM), of(highest)) for ends in (scene.low, scene.limits))
    traces = [
        _bar(limits - low, rows, "shared", 0.9 / m, base=array(low), marker=grey),
        _bar(shown[:keep], rows[:keep], "shared", wide),
        _bar(shown[keep:], rows[keep:], "shared", wide, marker=pale),
        line([of(BOTTOM), of(highest)], [1 - keep / m] * 2, "loss", hoverinfo="skip"),
        points([of(GRIP * highest)], [1 - keep / m], "loss", size=14, hoverinfo="skip"),
        _bar(found.association[:m], rows, "shared", wide, marker=pale, **SECOND),
        style.words([
            Label(value, row, f" {number(value, 2)}", "ink", "middle right", style.SMALL)
            for value, row in zip(found.association[:m], rows, strict=True)
        ], **SECOND),
    ]  # fmt: skip
    words = [
        Label(of(highest), row, f" {number(i, 3)}", "ink" if j < keep else "muted", "middle right", style.SMALL)
        for j, (row, i) in enumerate(zip(rows, np.round(of(information), 3), strict=True))
    ]
    words.append(Label(of(BOTTOM), 1.0, "■ shuffled labels", "muted", "top right", style.SMALL))
    if len(found.names) > m:
        words.append(Label(of(highest), 0.0, f"{len(found.names) - m} more below", "muted", "top left", style.SMALL))
    return traces, words


def _cut(name: str, keep: int, m: int, x: float) -> Handle:
    return Handle(name, "Columns kept", x, 1 - keep / m, (x, x), (0.0, 1 - 1 / m), f"{keep} of {m}", "y", (0, 1 / m),
                  (None, 1 / m), color="loss")  # fmt: skip


def keep_at(y: float, rows: int) -> int:
    """How many of the rows are kept with the cut at this height."""
    return min(max(round((1 - y) * rows), 1), rows)


def _ranking_title(scene: scenes.Ranking, unit: Unit) -> str:
    found = scene.relevance
    best = f"{short(found.names[0], 20)} knows {number(unit.from_nats(found.information[0]))}"
    whole = f"of the {quantity(found.entropy, unit)} in {short(found.target, 20)}"
    return f"{best} {whole}; {int(scene.beyond.sum())} of {len(found.names)} columns beat chance"


def _ranking_alt(scene: scenes.Ranking, unit: Unit, keep: int) -> str:
    found = scene.relevance
    shown = zip(found.names[: scenes.SHOWN], found.information, found.association, strict=False)
    listed = ", ".join(f"{short(n, 20)} {quantity(i, unit)} (correlation {number(c, 2)})" for n, i, c in shown)
    return (
        f"Information with {short(found.target, 20)}, which holds {quantity(found.entropy, unit)}: {listed}. "
        f"Of {scene.shuffles} shuffles of the labels 95 % stay below {quantity(scene.limits[0], unit)} in the best "
        f"column and below such limits in all. The first {keep} of {len(found.names)} are kept."
    )


def readouts(scene: scenes.Ranking, unit: Unit) -> dict[str, str]:
    """The numbers that stand under the picture."""
    found = scene.relevance
    return {
        "Most from one column": quantity(found.information[0], unit),
        "All there is to know, H": quantity(found.entropy, unit),
        "95 % of shuffles below": quantity(scene.limits[0], unit),
        "Its correlation": number(found.association[0], 3),
    }


def notice(scene: scenes.Ranking, unit: Unit) -> str:
    """What to notice in this ranking."""
    found = scene.relevance
    done = f" So far {scene.shuffles} of {scene.wanted} shuffles are done."
    progress = "" if scene.shuffles == scene.wanted else done
    unseen = [i for i in np.flatnonzero(scene.beyond) if found.association[i] < 0.15]
    if unseen:
        i = unseen[0]
        return (
            f"{found.names[i]} has correlation {number(found.association[i], 2)}, as if it knew nothing, and yet tells "
            f"{quantity(found.information[i], unit)}: its spread differs between the classes, not its mean.{progress}"
        )
    if not scene.beyond.any():
        reach = f"Shuffled labels reach {quantity(scene.limits[0], unit)} in {found.names[0]}"
        return f"{reach}: with {found.rows} rows none of these columns can be told from chance.{progress}"
    inside = np.flatnonzero(~scene.beyond)
    if inside.size:
        i = inside[-1]
        return (
            f"{found.names[i]} with {quantity(found.information[i], unit)} cannot be told from chance by itself: "
            f"shuffled labels reach {quantity(scene.limits[i], unit)} there.{progress}"
        )
    reach = f"Shuffled labels reach {quantity(scene.limits[0], unit)} in {found.names[0]}"
    return f"{reach}, because estimates scatter: only what goes beyond counts.{progress}"


def worked(scene: scenes.Ranking, unit: Unit) -> tuple[str, ...]:
    """The best column's information as a sum over the classes, which adds up to the read-out."""
    found, of = scene.relevance, unit.from_nats
    if len(found.shares) > 8:
        return ()
    factors = zip(found.shares, of(found.terms[0] / found.shares), strict=True)
    total = of(found.information[0])
    return (
        " + ".join(f"{number(share)} × {number(told)}" for share, told in factors),
        f"{' + '.join(add_up(of(found.terms[0]), total))} = {quantity(found.information[0], unit)}",
    )


def taken(scene: scenes.Ranking, unit: Unit, snippet: str) -> tuple[dict[str, Sequence], str]:
    """What each class adds, for every column, and the code that prints the best column's information."""
    found, of = scene.relevance, unit.from_nats
    columns = {"class": found.classes, "share": found.shares, f"contribution ({unit.name})": of(found.terms[0])}
    for name, terms in zip(found.names[1:], found.terms[1:], strict=True):
        columns[f"of {name} ({unit.name})"] = of(terms)
    return columns, snippet


def snippet(example: str | None, scene: scenes.Ranking, unit: Unit) -> str:
    """The code that prints the best column's information; without an example, of the reader's file."""
    name, constant = scene.relevance.names[0], unit.name.upper()
    source, table = "from core.scenes.feature_selection import example, relevance\n", f"example({example!r})"
    if example is None:
        source = "from core.scenes.feature_selection import relevance\nfrom core.table import read_table\n"
        table = f'read_table(open("data.csv", "rb").read(), target={scene.relevance.target!r})'
    return (
        f"{source}from core.units import {constant}\n\n"
        f"found = relevance({table})\n"
        f"print({constant}.from_nats(found.information[found.names.index({name!r})]))\n"
    )


# --- columns together


def steps(scene: scenes.Steps, unit: Unit, keep: int) -> Picture:
    """Each step of a choice: what speaks for the column, what it repeats, what it tells together with the others."""
    of, m, far = unit.from_nats, len(scene.names), unit.from_nats(REACH)
    keep, rows = min(keep, m), _rows(len(scene.names))
    traces, words = _for_and_against(scene, unit, rows, keep)
    kept = " and ".join(short(name, 20) for name in scene.names[:keep]) if keep <= 2 else f"{keep} columns"
    last = short(scene.names[-1], 20)
    title = f"{_said(scene.criterion)} keeps {kept}; {last} comes last"
    if keep == m:
        title = f"{_said(scene.criterion)} keeps all {m} columns, {last} last"
    chosen = scene.selection
    parts = zip(scene.names, chosen.relevance, chosen.redundancy, chosen.complement, chosen.score, strict=True)
    sums = [
        f"{short(name, 20)} {number(of(r))} − {number(of(d))} + {number(of(c))} = {number(of(s))}"
        for name, r, d, c, s in parts
    ]
    rule = f"score {RULES[scene.criterion]}, in {unit.name}"
    alt = f"Columns in the order of {METHODS[scene.criterion]}, {rule}: {', '.join(sums)}. The first {keep} are kept."
    x = axis(f"For and against, ◆ score ({unit.name})", range=[-far, far])
    y = _names_axis(rows, [short(name) for name in scene.names])
    layout = dict(barmode="overlay", margin=dict(l=112, r=64), meta=dict(narrow={"margin": dict(l=104, r=50)}))
    shown = figure(traces, title=title, x=x, y=y, labels=words, **layout)
    return Picture(shown, alt, (_cut("keep_steps", keep, m, GRIP * far),) if m > 1 else ())


def _for_and_against(scene: scenes.Steps, unit: Unit, rows: np.ndarray, keep: int) -> tuple[list[dict], list[Label]]:
    """Bars to the right and to the left, the score that is left of them, the cut. What is too long is cut off."""
    chosen, of, m, far = scene.selection, unit.from_nats, len(rows), unit.from_nats(REACH)
    wide, cut = 0.62 / m, 1 - keep / m
    plus, minus = np.minimum(of(chosen.relevance), far), np.minimum(of(chosen.redundancy), far)
    both = np.minimum(of(chosen.relevance + chosen.complement), far)
    traces = [
        _bar(plus, rows, "shared", wide),
        _bar(np.maximum(both - plus, 0), rows, "optimum", wide, base=array(plus)),
        _bar(-minus, rows, "loss", wide),
        line([0, 0], [0, 1], "muted", width=style.THIN, dash="solid", hoverinfo="skip"),
        line([-far, far], [cut, cut], "loss", hoverinfo="skip"),
        points(np.clip(of(chosen.score), -far, far), rows, "ink", symbol="diamond", size=10, hoverinfo="skip"),
        points([GRIP * far], [cut], "loss", size=14, hoverinfo="skip"),
    ]
    words = [Label(far, row, f" {number(of(score), 3)}", "ink" if i < keep else "muted", "middle right", style.SMALL)
             for i, (row, score) in enumerate(zip(rows, chosen.score, strict=True))]  # fmt: skip
    words += [Label(-far, row, f"← {number(of(value), 3)}", "loss", "middle right", style.SMALL)
              for row, value in zip(rows, chosen.redundancy, strict=True) if of(value) > far]  # fmt: skip
    words += [
        Label(-far, 1.0, "repeated (hatched)", "loss", "top right", style.SMALL),
        Label(0.0, 1.0, "relevance", "shared", "top right", style.SMALL),
        Label(far, 1.0, "together", "optimum", "top left", style.SMALL),
    ]
    return traces, words


def _said(criterion: str) -> str:
    return "Ranking one at a time" if criterion == "single" else criterion


def orders(scene: scenes.Steps, keep: int) -> Picture:
    """The three orders side by side, each column a line from one to the next."""
    m = len(scene.names)
    rows, keep = _rows(m), min(keep, m)
    traces = [line([-0.6, 2.6], [1 - keep / m] * 2, "loss", hoverinfo="skip")]
    words, moved = [], 0
    for name in scene.of:
        places = {i: rows[order.index(name)] for i, order in enumerate(scene.orders.values()) if name in order}
        if not places:  # there are more columns than room
            continue
        moves = len(set(places.values())) > 1 or len(places) < len(scene.orders)
        moved += moves
        drawn, dots = ("shared", "shared") if moves else ("ghost", "muted")
        x, y = list(places), list(places.values())
        traces += [line(x, y, drawn, dash="solid", hoverinfo="skip"), points(x, y, dots, size=11, hoverinfo="skip")]
        for i, text, where in ((0, f"{short(name)}  ", "middle left"), (2, f"  {short(name)}", "middle right")):
            if i in places:
                words.append(Label(i, places[i], text, dots, where, style.SMALL))
    title = f"{moved} of {len(scene.of)} columns change their place with the criterion"
    if not moved:
        title = "All three criteria choose the same order"
    listed = "; ".join(f"{METHODS[c]}: {', '.join(short(n, 20) for n in order)}" for c, order in scene.orders.items())
    alt = f"{listed}. The first {keep} are kept."
    ticks = dict(tickvals=[0, 1, 2], ticktext=[METHODS[c] for c in scene.orders], showgrid=False)
    x, y = axis("Criterion", range=[-1.05, 3.05], **ticks), dict(visible=False, range=[-0.02, 1.02])
    return Picture(figure(traces, title=title, x=x, y=y, labels=words, margin=dict(l=10, r=10)), alt)


def said_of_steps(scene: scenes.Steps, unit: Unit) -> str:
    """What to notice in this choice."""
    chosen, single = scene.selection, scene.orders["single"]
    bins = f"Numbers are cut into {scene.bins} equally full bins."
    if scene.criterion == "single":
        return f"One at a time, repeating another costs nothing, and a pair that works together is not seen. {bins}"
    gains = chosen.complement - chosen.redundancy
    best = int(np.argmax(gains))
    if gains[best] > 0.05:
        return (
            f"{scene.names[best]} alone knows {quantity(chosen.relevance[best], unit)}; together with those before it, "
            f"it tells {quantity(gains[best], unit)} more than it repeats. {bins}"
        )
    fallen = [scene.names.index(name) - i if name in scene.names else 0 for i, name in enumerate(single)]
    late = int(np.argmax(fallen))
    if fallen[late] > 0:
        place = late + fallen[late]
        return (
            f"{single[late]} is number {late + 1} by itself and {place + 1} here: of each column before it, it repeats "
            f"{quantity(chosen.redundancy[place], unit)} on average. {bins}"
        )
    return f"The order is that of one at a time: nothing is repeated enough to change it. {bins}"


def pairs(scene: scenes.Steps, unit: Unit) -> Picture:
    """What every two columns tell about each other."""
    chosen = [scene.of.index(name) for name in scene.names]
    table = scene.pairs.redundancy[np.ix_(chosen, chosen)]
    m, of = len(chosen), unit.from_nats
    names, edges = [short(name, 11) for name in scene.names], np.linspace(0, 1, m + 1)
    most = float(np.log(max(scene.bins, 2)))
    grid = dict(
        type="heatmap", x=array(edges), y=array(edges[::-1]), z=array(of(table)), colorscale=style.SCALE, zmin=0,
        zmax=of(most), hoverinfo="skip", xgap=2, ygap=2, colorbar=style.color_bar(f"Information ({unit.name})"),
    )  # fmt: skip
    rows = _rows(m)
    words = [
        Label(1 - rows[j], rows[i], number(round(of(table[i, j]), 2)), "paper" if table[i, j] > 0.55 * most else "ink",
              size=style.SMALL)
        for i in range(m) for j in range(m) if m <= 6
    ]  # fmt: skip
    title, alt = "There is only one column", f"1 column, which holds {quantity(table[0, 0], unit)}."
    if m > 1:
        apart = np.where(np.eye(m, dtype=bool), -1, table)
        i, j = (int(k) for k in np.unravel_index(np.argmax(apart), apart.shape))
        share = table[i, j] / min(table[i, i], table[j, j]) if min(table[i, i], table[j, j]) > 0 else 0.0
        two = f"{short(scene.names[i], 20)} and {short(scene.names[j], 20)}"
        title = f"{two} share {quantity(table[i, j], unit)}"
        alt = f"Information between every two of {m} columns, on the diagonal their entropy. Most of it is between "
        alt += f"{two}: {quantity(table[i, j], unit)}, which is {100 * share:.0f} % of what the smaller one holds."
    ticks = dict(tickvals=(1 - rows).tolist(), ticktext=names, showgrid=False, range=[0, 1], tickangle=-30)
    y = axis("", tickvals=rows.tolist(), ticktext=names, showgrid=False, range=[0, 1])
    drawn = figure([grid], title=title, x=axis("Column", **ticks), y=y, labels=words, margin=dict(l=92, b=76, r=8))
    return Picture(drawn, alt)


FOOT = -0.25  # nats: room for the grip below the curves
LOOKS = {"single": ("muted", "dot", "circle", "●"), "mRMR": ("q", "dash", "square", "■"),
         "JMI": ("shared", "solid", "diamond", "◆")}  # fmt: skip


def together(scene: scenes.Together, unit: Unit, keep: int) -> Picture:
    """What the first columns of each criterion tell jointly, beyond what shuffled labels seem to."""
    of, m, highest = unit.from_nats, len(scene.beyond["single"]), top(scene.entropy)
    keep, end = min(keep, m), m + 0.3
    traces = [
        line([0, end], [of(scene.entropy)] * 2, "muted", dash="dot", hoverinfo="skip"),
        line([keep, keep], [of(FOOT / 2), of(0.92 * highest)], "loss", hoverinfo="skip"),
    ]
    words = [Label(end, of(scene.entropy), f"H = {number(of(scene.entropy))}", "muted", "top left", style.SMALL)]
    for place, (criterion, (role, dash, symbol, mark)) in enumerate(LOOKS.items()):
        along = of(np.append(0.0, np.clip(scene.beyond[criterion], BOTTOM, highest)))
        traces += [line(np.arange(m + 1), along, role, dash=dash, hoverinfo="skip"),
                   points(np.arange(1, m + 1), along[1:], role, symbol=symbol, hoverinfo="skip")]  # fmt: skip
        at = (0.02, 0.4, 0.62)[place] * end
        words.append(Label(at, of(0.97 * highest), f"{mark} {METHODS[criterion]}", role, "middle right", style.SMALL))
    foot = of(FOOT / 2)
    traces.append(points([keep], [foot], "loss", size=14, hoverinfo="skip"))
    alt = "; ".join(f"{METHODS[c]}: {', '.join(number(of(v)) for v in scene.beyond[c])}" for c in LOOKS)
    alt = f"Joint information beyond chance of the first 1 to {m} columns, in {unit.name}. {alt}."
    handle = Handle("keep_together", "Columns kept", float(keep), foot, (1.0, float(m)), (foot,) * 2,
                    f"{keep} of {m}", "x", (1, 0), (1, None), color="loss")  # fmt: skip
    x = axis("Columns kept", range=[0, end], dtick=1)
    y = information_axis(unit, highest, "Joint information beyond chance", bottom_nats=FOOT)
    shown = figure(traces, title=_together_title(scene, unit, keep), x=x, y=y, labels=words)
    return Picture(shown, alt, (handle,) if m > 1 else ())


def _together_title(scene: scenes.Together, unit: Unit, keep: int) -> str:
    at = {c: scene.beyond[c][keep - 1] for c in LOOKS}
    best, columns = max(at, key=at.get), "1 column" if keep == 1 else f"{keep} columns"
    single = quantity(at["single"], unit)
    if at[best] - at["single"] < 1e-12:
        return f"With {columns}, one at a time does as well as any: {single}"
    return f"With {columns} {METHODS[best]} keeps {quantity(at[best], unit)}, one at a time {single}"


def said_together(scene: scenes.Together, unit: Unit) -> str:
    """What to notice in the joint information."""
    best = max(scene.beyond, key=lambda c: scene.beyond[c].max())
    along = scene.beyond[best]
    peak, chance = int(np.argmax(along)), quantity(scene.chance[best][-1], unit)
    if along[-1] < along[peak] - 0.05:
        return (
            f"Beyond {peak + 1} it falls: all {len(along)} columns split the rows so finely that shuffled labels seem "
            f"to tell {chance}. Fewer bins leave more rows in each."
        )
    return f"With all {len(along)} columns shuffled labels seem to tell {chance}, which is taken off here."


def claims(checked: scenes.Claims, unit: Unit) -> dict[str, str]:
    """What is often said wrongly, with the number that settles it."""
    return {
        "A column without correlation knows nothing.": "In the ring, x has correlation "
        f"{number(checked.ring_correlation, 2)} with the class and tells {quantity(checked.ring_information, unit)}.",
        "The column with the most information is the best.": "A column of row numbers tells all "
        f"{quantity(checked.row_number, unit)} about Play tennis, and {quantity(checked.row_number_shuffled, unit)} "
        "about the same labels shuffled.",
        "What tells nothing by itself can go.": "Each half of an exclusive-or tells "
        f"{quantity(checked.xor_alone, unit)}, both together {quantity(checked.xor_together, unit)}.",
        "The best two columns are the two best ones.": f"The signal tells {quantity(checked.copies_alone, unit)}, and "
        f"with its copy, the second best, still {quantity(checked.copies_together, unit)}.",
    }
