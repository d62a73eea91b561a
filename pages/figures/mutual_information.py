"""The pictures of the Mutual information page."""

from collections.abc import Sequence

import numpy as np

from core.scenes import mutual_information as scenes
from core.units import Unit
from pages.figures import style
from pages.figures.parts import Handle, Picture, information_axis, level, line, points
from pages.figures.style import Label, add_up, array, axis, color, figure, number, quantity

TURN = np.linspace(0, 2 * np.pi, 121)
ROOM = 0.5  # of the largest radius: a region narrower than this has no room for its words
LOWER = dict(xaxis="x2", yaxis="y2")


def venn(
    scene: scenes.Joint,
    unit: Unit,
    names: tuple[str, str],
    guess: float | None = None,
    before: scenes.Joint | None = None,
) -> Picture:
    """Circles whose areas are the entropies and whose overlap is the information, over the same as bars.

    With a `guess` (in nats) the overlap is the guess. `before` is the state that the hand took hold of: its circles
    stay as a ghost.
    """
    x, y = names
    reach = float(np.sqrt(max(scene.most_x, scene.most_y) / np.pi))  # the largest radius that a table of this size has
    hidden = guess is not None
    traces = [*(_ghost(before) if before and not hidden else []), *_circles(scene, hidden)]
    words = _region_words(scene, unit, names, reach, hidden)
    if hidden:
        title = f"How much do {x} and {y} share?"
        alt = f"H({x}) is {quantity(scene.h_x, unit)}, H({y}) {quantity(scene.h_y, unit)}. What they share is hidden; "
        alt += f"the estimate is {quantity(guess, unit)}."
        middle = Label(unit.from_nats(scene.most_x + scene.most_y) / 2, 1, "hidden until compared", "muted")
        traces.append(style.words([middle], **LOWER))
    else:
        traces += _bars(scene, unit)
        title = _finding(scene, unit, names)
        alt = f"Circles of areas H({x}) = {quantity(scene.h_x, unit)} and H({y}) = {quantity(scene.h_y, unit)} overlap "
        alt += f"in {quantity(scene.information, unit)}. As bars: {_identity(scene, unit)}."
    across, up = 2.06 * reach, np.array([-1.04, 1.36]) * reach
    rows = dict(range=[-0.6, 2.6], tickvals=[2, 1, 0], ticktext=["H(X)", "H(Y)", "H(X,Y)"], domain=[0, 0.31],
                showgrid=False, anchor="x2", ticks="", showline=False)  # fmt: skip
    plane = dict(visible=False, range=[-across, across])
    upper = dict(visible=False, range=up.tolist(), domain=[0.34, 1], scaleanchor="x")
    along = information_axis(unit, 1.08 * (scene.most_x + scene.most_y)) | dict(anchor="y2")
    narrow = dict(margin=dict(l=46, t=0, r=4, b=44), yaxis=dict(domain=[0.42, 1]), yaxis2=dict(domain=[0, 0.37]))
    layout = dict(xaxis2=along, yaxis2=axis("", **rows), barmode="overlay", margin=dict(l=64, t=4, r=12, b=48),
                  meta=dict(narrow=narrow))  # fmt: skip
    bound = hidden or scene.nearest >= scene.venn.radius_a + scene.venn.radius_b  # a constant can share nothing
    handles = () if bound else (_pull(scene, unit, reach),)
    return Picture(figure(traces, title=title, x=plane, y=upper, labels=words, **layout), alt, handles)


def _pull(scene: scenes.Joint, unit: Unit, reach: float) -> Handle:
    """The second circle, to be pulled over the first: dependence alone, the entropies stay."""
    v = scene.venn
    near, far, here = (place_of(scene, d) for d in (scene.nearest, v.radius_a + v.radius_b, v.distance))
    return Handle("circle", "Second circle", here, 0.62 * v.radius_b, (near, far), (0.62 * v.radius_b,) * 2,
                  f"{quantity(scene.information, unit)} shared", "x", (0.02 * reach, 0), color="q")  # fmt: skip


def place_of(scene: scenes.Joint, distance: float) -> float:
    """Where the center of circle Y stands while that of X is so far away and the two together stand in the middle."""
    a, b = scene.venn.radius_a, scene.venn.radius_b
    return distance - (max(a, distance + b) + min(-a, distance - b)) / 2


def distance_of(scene: scenes.Joint, place: float) -> float:
    """The inverse of `place_of`, from where one circle touches the other from inside."""
    return 2 * place + scene.venn.radius_b - scene.venn.radius_a


def _centered(scene: scenes.Joint) -> float:
    """How far circle X is moved to the left, so that the two together stand in the middle."""
    v = scene.venn
    return (max(v.radius_a, v.distance + v.radius_b) + min(-v.radius_a, v.distance - v.radius_b)) / 2


def _circle(radius: float, center: float) -> tuple[np.ndarray, np.ndarray]:
    return center + radius * np.cos(TURN), radius * np.sin(TURN)


def _ghost(scene: scenes.Joint) -> list[dict]:
    v, off = scene.venn, _centered(scene)
    rings = [_circle(v.radius_a, -off), _circle(v.radius_b, v.distance - off)]
    return [line(*ring, "ghost", width=style.THIN, hoverinfo="skip") for ring in rings]


def _circles(scene: scenes.Joint, hidden: bool) -> list[dict]:
    v, off = scene.venn, _centered(scene)
    role = "q" if hidden else "shared"
    first, second = _circle(v.radius_a, -off), _circle(v.radius_b, v.distance - off)
    filled = dict(fill="toself", hoverinfo="skip")
    hatch = dict(shape=style.HATCH[role], fgcolor=color(role), bgcolor=color(f"{role}_fill"), fgopacity=0.25)
    lens = scene.lens - [off, 0.0]
    return [
        line(*first, "p", fillcolor=color("p_fill"), **filled),
        line(*second, "q", fillcolor=color("q_fill"), **filled),
        line(*lens.T, "paper", width=0, fillcolor=color("paper"), **filled),  # its own color, not a mixture of three
        line(*lens.T, role, width=style.THIN, dash="solid", fillpattern=hatch, **filled),
    ]


def _region_words(scene, unit, names, reach, hidden) -> list[Label]:
    """The entropies beside the circles, and each region's amount where there is room for it."""
    of, v, off = unit.from_nats, scene.venn, _centered(scene)
    named = [f"{name}: " if name != usual else "" for name, usual in zip(names, "XY", strict=True)]
    words = [
        Label(-2.04 * reach, 1.2 * reach, f"{named[0]}H(X) = {number(of(scene.h_x))}", "p", "middle right"),
        Label(2.04 * reach, 1.2 * reach, f"{named[1]}H(Y) = {number(of(scene.h_y))}", "q", "middle left"),
    ]
    if hidden:
        return words
    inner, outer = v.distance - v.radius_b, v.distance + v.radius_b
    regions = [
        (-v.radius_a, min(inner, v.radius_a), "H(X|Y)", scene.h_x_given_y),
        (max(inner, -v.radius_a), min(v.radius_a, outer), "I", scene.information),
        (max(v.radius_a, inner), outer, "H(Y|X)", scene.h_y_given_x),
    ]
    for left, right, name, amount in regions:
        if right - left > ROOM * reach:
            words.append(Label((left + right) / 2 - off, 0, f"{name}<br>{number(of(amount))}"))
    return words


def _bars(scene: scenes.Joint, unit: Unit) -> list[dict]:
    """H(X) and H(Y) laid over each other by what they share, and under them the three parts of the whole."""
    of = unit.from_nats
    a, i, b = scene.h_x_given_y, scene.information, scene.h_y_given_x
    rows = [(0.0, scene.h_x, 2, "p"), (a, scene.h_y, 1, "q"), (0.0, a, 0, "p"), (a, i, 0, "shared"), (a + i, b, 0, "q")]
    traces = [_bar(of(start), of(size), row, role) | LOWER for start, size, row, role in rows]
    room = 0.13 * of(scene.most_x + scene.most_y)
    shown = [(0.0, scene.h_x, 2), (a, scene.h_y, 1), (0.0, a, 0), (a, i, 0), (a + i, b, 0)]
    words = [Label(of(start + size / 2), row, number(of(size))) for start, size, row in shown if of(size) > room]
    words.append(Label(of(scene.h_xy), 0, f"  = {number(of(scene.h_xy))}", "ink", "middle right"))
    return [*traces, style.words(words, **LOWER)]


def _bar(start: float, size: float, row: float, role: str) -> dict:
    pattern = dict(shape=style.HATCH[role], fgcolor=color(role), bgcolor=color(f"{role}_fill"), fgopacity=0.3)
    marker = dict(color=color(f"{role}_fill"), line=dict(color=color(role), width=style.LINE - 1), pattern=pattern)
    place = dict(x=array([size]), y=[row], base=array([start]), orientation="h", width=0.74)
    return dict(type="bar", marker=marker, hoverinfo="skip", **place)


def _finding(scene: scenes.Joint, unit: Unit, names: tuple[str, str]) -> str:
    x, y = names
    share, lies = quantity(scene.information, unit), "lie"
    if number(unit.from_nats(scene.information)) == "1":
        lies = "lies"
    if scene.h_xy == 0:
        return "Nothing varies: both circles are empty"
    if scene.h_x == 0 or scene.h_y == 0:
        moves, rests = (y, x) if scene.h_x == 0 else (x, y)
        return f"{moves} varies, {rests} does not: nothing to tell"
    if scene.information == 0:
        return f"{x} and {y} tell nothing about each other: the circles only touch"
    if scene.h_x_given_y == 0 and scene.h_y_given_x == 0:
        return f"{x} and {y} tell everything about each other: one circle of {share}"
    if scene.h_y_given_x == 0:
        return f"{x} settles {y}: its {share} {lies} inside"
    if scene.h_x_given_y == 0:
        return f"{y} settles {x}: its {share} {lies} inside"
    return f"{y} tells {share} of the {quantity(scene.h_x, unit)} in {x}"


def _identity(scene: scenes.Joint, unit: Unit) -> str:
    """H(X|Y) + I + H(Y|X) = H(X,Y), as printed."""
    of = unit.from_nats
    parts = add_up([of(v) for v in (scene.h_x_given_y, scene.information, scene.h_y_given_x)], of(scene.h_xy))
    return f"{' + '.join(parts)} = {quantity(scene.h_xy, unit)}"


def readouts(scene: scenes.Joint, unit: Unit) -> dict[str, str]:
    """The numbers that stand under the picture."""
    return {
        "Mutual information I": quantity(scene.information, unit),
        "H(X)": quantity(scene.h_x, unit),
        "H(Y)": quantity(scene.h_y, unit),
        "H(X,Y)": quantity(scene.h_xy, unit),
    }


def notice(scene: scenes.Joint, unit: Unit, rows: Sequence[str], columns: Sequence[str]) -> str:
    """The identity with its numbers, and the pair that matters most."""
    said = f"H(X|Y) + I + H(Y|X) = {_identity(scene, unit)}. "
    if scene.information == 0:
        return f"{said}Every cell is the product of its marginals."
    i, j = np.unravel_index(int(np.argmax(np.abs(scene.terms))), scene.terms.shape)
    times = number(scene.p[i, j] / scene.product[i, j])
    return f"{said}{rows[i]} with {columns[j]} occurs {times} times as often as by chance."


def worked(scene: scenes.Joint, unit: Unit) -> tuple[str, str]:
    """The sum over the cells with this state's terms: the products, then values that add up to the read-out."""
    possible = scene.p > 0
    factors = zip(scene.p[possible], unit.from_nats(scene.pmi[possible]), strict=True)
    terms = add_up(unit.from_nats(scene.terms[possible]), unit.from_nats(scene.information))
    products = " + ".join(f"{number(p)} × {number(s)}" for p, s in factors)
    return products, f"{' + '.join(terms)} = {quantity(scene.information, unit)}"


def taken(
    scene: scenes.Joint, unit: Unit, counts: Sequence[Sequence[int]], rows: Sequence[str], columns: Sequence[str]
) -> tuple[dict[str, Sequence], str]:
    """The cells as columns of a table, and the code that prints the information shown."""
    cells = {
        "x": np.repeat(rows, len(columns)).tolist(),
        "y": list(columns) * len(rows),
        "probability": scene.p.ravel(),
        "product of marginals": scene.product.ravel(),
        f"pointwise ({unit.name})": unit.from_nats(scene.pmi).ravel(),
        f"contribution ({unit.name})": unit.from_nats(scene.terms).ravel(),
    }
    constant = unit.name.upper()
    snippet = (
        "from core.joint import mutual_information\n"
        f"from core.units import {constant}\n\n"
        f"counts = {[list(row) for row in counts]}  # in proportion to the cells\n"
        f"print({constant}.from_nats(mutual_information(counts)))\n"
    )
    return cells, snippet


def cells(scene: scenes.Joint, unit: Unit, rows: Sequence[str], columns: Sequence[str]) -> tuple[Picture, ...]:
    """The joint table and the product of its marginals in one scale of color, and the logarithm of their ratio."""
    (nx, ny), size = scene.p.shape, max(scene.p.shape)
    pmi, most = unit.from_nats(scene.pmi), unit.from_nats(np.log(size))
    one = dict(colorscale=style.PALE, zmin=0, zmax=1 / size)
    signed = dict(colorscale=style.DIVERGING, zmin=-most, zmax=most)
    apart = 0.5 * float(np.abs(scene.p - scene.product).sum())
    never = int(np.isinf(pmi).sum())
    alt = _ratio(scene, unit, rows, columns) + "."
    if never:
        alt += f" {never} {'pair' if never == 1 else 'pairs'} never occur together: pointwise minus infinity."
    shown = [
        (scene.p, one, _most(scene.p, rows, columns), "Joint p(x,y)",
         f"Joint table of {nx} by {ny}. {_most(scene.p, rows, columns)}."),
        (scene.product, one, f"If independent, {number(apart)} would lie elsewhere", "Product p(x)p(y)",
         f"Product of the marginals. {_most(scene.product, rows, columns)}."),
        (pmi, signed, _ratio(scene, unit, rows, columns), f"Log of their ratio ({unit.name})", alt),
    ]  # fmt: skip
    return tuple(Picture(_grid(values, scale, t, name, rows, columns), alt) for values, scale, t, name, alt in shown)


def _most(p: np.ndarray, rows: Sequence[str], columns: Sequence[str]) -> str:
    i, j = np.unravel_index(int(np.argmax(p)), p.shape)
    return f"{rows[i]} with {columns[j]} is most likely, {number(p[i, j])}"


def _grid(values, scale: dict, title: str, name: str, rows: Sequence[str], columns: Sequence[str]):
    """A table as squares of color with a number in each; what is infinite is said in words of its own color."""
    nx, ny = values.shape
    x, y = (np.arange(ny) + 0.5) / ny, 1 - (np.arange(nx) + 0.5) / nx
    squares = dict(type="heatmap", x=array(x), y=array(y), z=array(np.where(np.isinf(values), np.nan, values)),
                   showscale=False, xgap=2, ygap=2, hoverinfo="skip", **scale)  # fmt: skip
    words = [
        Label(x[j], y[i], _short(values[i, j], ny), "loss" if np.isinf(values[i, j]) else "ink",
              size=style.TEXT if ny < 4 else style.SMALL)
        for i in range(nx) for j in range(ny)
    ]  # fmt: skip
    bare = dict(range=[0, 1], showgrid=False, ticks="", showline=False)
    across = axis(name, tickvals=x.tolist(), ticktext=list(columns), **bare)
    down = dict(tickvals=y.tolist(), ticktext=list(rows), **bare)
    return figure([squares], title=title, x=across, y=down, labels=words, margin=dict(l=72, t=8, r=8, b=58))


def _short(value: float, cells: int) -> str:
    if np.isinf(value):
        return "−∞"
    return number(value, 4 if cells < 4 else 3 if cells < 6 else 2)


def _ratio(scene, unit, rows, columns) -> str:
    """The pair furthest from chance, said as a finding."""
    if scene.information == 0:
        return "The joint table is the product of its marginals: every logarithm is 0"
    never = np.argwhere(np.isinf(scene.pmi))
    if len(never):
        i, j = never[0]
        rest = f", nor {len(never) - 1} other {'pair' if len(never) == 2 else 'pairs'}" if len(never) > 1 else ""
        return f"{rows[i]} never occurs with {columns[j]}{rest}: minus infinity"
    i, j = np.unravel_index(int(np.argmax(np.abs(scene.pmi))), scene.pmi.shape)
    amount, more = quantity(abs(float(scene.pmi[i, j])), unit), "above" if scene.pmi[i, j] > 0 else "below"
    return f"{rows[i]} with {columns[j]} lies furthest from chance, {amount} {more} it"


# --- three variables

ATOMS = {"x": "H(X|Y,Z)", "y": "H(Y|X,Z)", "z": "H(Z|X,Y)", "xy": "I(X;Y|Z)", "xz": "I(X;Z|Y)", "yz": "I(Y;Z|X)",
         "xyz": "I(X;Y;Z)"}  # fmt: skip


def atoms(scene: scenes.Three, unit: Unit) -> Picture:
    """The seven atoms as bars with their sign; the center may be negative, which no region of a diagram can be."""
    of = unit.from_nats
    values = {name: of(getattr(scene.atoms, key)) for key, name in ATOMS.items()}
    rows = np.arange(len(values), dtype=float)[::-1]
    roles = ["p"] * 3 + ["shared"] * 3 + ["loss" if scene.atoms.xyz < 0 else "shared"]
    traces = [_bar(0.0, value, row, role) for value, row, role in zip(values.values(), rows, roles, strict=True)]
    traces.append(line([0, 0], [-0.6, 6.6], "muted", width=style.THIN, dash="solid", hoverinfo="skip"))
    words = [
        Label(v, row, f" {number(v)} ", "ink", "middle left" if v < 0 else "middle right")
        for v, row in zip(values.values(), rows, strict=True)
    ]
    center = scene.atoms.xyz
    sign = "nothing is common to all three" if number(of(center)) == "0" else "all three share" if center > 0 else ""
    title = f"{scene.rule}: the center is {quantity(center, unit)}, no region can show it"
    if center >= 0:
        title = f"{scene.rule}: {sign}" + (f" {quantity(center, unit)}" if center > 0 else "")
    listed = ", ".join(f"{name} {number(v)}" for name, v in values.items())
    alt = f"Seven atoms of three binary variables with noise {number(scene.noise)}, in {unit.name}: {listed}. "
    alt += f"Their sum is {quantity(scene.total, unit)}."
    ends = 1.28 * np.log(2)
    x = information_axis(unit, ends, "Atom", bottom_nats=-ends)
    y = axis("", range=[-0.6, 6.6], tickvals=rows.tolist(), ticktext=list(values), showgrid=False, ticks="")
    return Picture(figure(traces, title=title, x=x, y=y, labels=words, margin=dict(l=92, t=8)), alt)


def atoms_said(scene: scenes.Three, unit: Unit) -> tuple[dict[str, str], str]:
    """What two share without and with the third known, and what to notice."""
    a, b = quantity(scene.shared, unit), quantity(scene.shared_given, unit)
    numbers = {"I(X;Y)": a, "I(X;Y|Z)": b, "H(X,Y,Z)": quantity(scene.total, unit)}
    if scene.atoms.xyz < 0:
        return numbers, f"Knowing Z raises what X and Y share from {a} to {b}: the center is the difference."
    return numbers, f"Knowing Z lowers what X and Y share from {a} to {b}."


# --- continuous variables

SPREAD = 4.0  # standard deviations that the cloud of points shows
MOST_GAUSSIAN, LEAST_ESTIMATE = 2.4, -0.3  # nats


def gaussian(scene: scenes.Gaussian, unit: Unit) -> Picture:
    """The sample, and beside it the closed form over the correlation with the estimate from the sample."""
    of = unit.from_nats
    estimate = float(np.clip(scene.estimate, LEAST_ESTIMATE, MOST_GAUSSIAN))
    traces = [
        _cloud(scene.sample, SPREAD),
        line(scene.grid, of(scene.curve), "p", hoverinfo="skip", xaxis="x2", yaxis="y2"),
        points([scene.rho], [of(estimate)], "q", symbol="diamond", size=13, hoverinfo="skip", xaxis="x2", yaxis="y2"),
        points([scene.rho], [of(scene.information)], "p", size=14, hoverinfo="skip", xaxis="x2", yaxis="y2"),
    ]
    said = [Label(0, of(2.25), f"◆ estimate {number(of(scene.estimate))}", "q"),
            Label(0, of(1.95), f"● exact {number(of(scene.information))}", "p")]  # fmt: skip
    traces.append(style.words(said, xaxis="x2", yaxis="y2"))
    off = quantity(abs(scene.estimate - scene.information), unit)
    n = scene.sample.x.size
    title = f"ρ = {number(scene.rho)}: {n} points say {quantity(scene.estimate, unit)}, off by {off}"
    beyond = int(np.sum((np.abs(scene.sample.x) > SPREAD) | (np.abs(scene.sample.y) > SPREAD)))
    alt = f"{n} points with correlation {number(scene.rho)}. Exact information {quantity(scene.information, unit)}, "
    alt += f"estimated from {scene.k} neighbors {quantity(scene.estimate, unit)}."
    alt += f" {beyond} points lie beyond the picture." if beyond else ""
    ends = [-SPREAD, SPREAD]
    y2 = information_axis(unit, MOST_GAUSSIAN, bottom_nats=LEAST_ESTIMATE) | dict(anchor="x2")
    handle = Handle("mutual_rho_handle", "Correlation", scene.rho, of(scene.information), (-0.99, 0.99),
                    (of(scene.information),) * 2, number(scene.rho), "x", (0.01, 0), (0.01, None), color="p",
                    sets=("mutual_rho", None), xaxis="xaxis2", yaxis="yaxis2")  # fmt: skip
    x2 = axis("Correlation ρ", range=[-1.03, 1.03], domain=[0.53, 1], anchor="y2", dtick=0.5)
    x, y = axis("x", range=ends, domain=[0, 0.42]), axis("y", range=ends)
    return Picture(figure(traces, title=title, x=x, y=y, xaxis2=x2, yaxis2=y2), alt, (handle,))


def _cloud(sample, reach: float) -> dict:
    inside = (np.abs(sample.x) <= reach) & (np.abs(sample.y) <= reach)
    dots = points(sample.x[inside], sample.y[inside], "p", size=4, hoverinfo="skip")
    return dots | dict(marker=dict(color=color("p"), size=4, opacity=0.55))


def shape(scene: scenes.Shape, unit: Unit) -> Picture:
    """Points around a curve: no correlation, much information."""
    flat = f"correlation {number(scene.correlation, 2)}"
    title = f"{scene.name}: {flat}, information {quantity(scene.estimate, unit)}"
    alt = f"{scene.sample.x.size} points around a {scene.name.lower()} with noise {number(scene.noise)}. Their {flat} "
    alt += f"would mean {quantity(scene.linear, unit)} if they were Gaussian; neighbors say "
    alt += f"{quantity(scene.estimate, unit)}."
    x, y = axis("x", range=[-1.6, 1.6]), axis("y", range=[-1.6, 1.6])
    return Picture(figure([_cloud(scene.sample, 1.6)], title=title, x=x, y=y), alt)


MOST_CONTRAST = float(np.log(320))


def contrast(scene: scenes.Contrast, unit: Unit) -> Picture:
    """What InfoNCE can say, under its ceiling, against the number of candidates."""
    of, ends = unit.from_nats, (1.8, 300.0)
    bound = max(scene.bound, LEAST_ESTIMATE)
    traces = [
        line(scene.sizes, of(scene.ceiling), "loss", hoverinfo="skip"),
        level(of(scene.information), *ends, "shared", "solid"),
        line(scene.sizes, of(np.maximum(scene.bounds, LEAST_ESTIMATE)), "p", hoverinfo="skip"),
        points([scene.size], [of(bound)], "p", size=14, hoverinfo="skip"),
    ]
    words = [
        Label(float(scene.sizes[5]), of(scene.ceiling[5]), "log N ", "loss", "top left"),
        Label(ends[0], of(scene.information), f" I = {number(of(scene.information))}", "shared", "top right"),
        Label(float(scene.sizes[2]), of(max(scene.bounds[2], LEAST_ESTIMATE)), "InfoNCE", "p", "bottom right"),
    ]
    most = float(np.log(scene.size))
    title = f"{scene.size} candidates: InfoNCE says {quantity(scene.bound, unit)} of "
    title += quantity(scene.information, unit)
    alt = f"{title}. It cannot say more than log {scene.size} = {quantity(most, unit)}, the ceiling drawn above it."
    x = axis("Candidates N (logarithmic)", type="log", range=np.log10(ends).tolist(),
             tickvals=scenes.SIZES.tolist())  # fmt: skip
    y = information_axis(unit, MOST_CONTRAST, bottom_nats=LEAST_ESTIMATE)
    handle = Handle("candidates", "Candidates", scene.size, of(bound), (2, 256), (of(bound),) * 2, number(scene.size),
                    "x", (float(np.log10(2)), 0), color="p")  # fmt: skip
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt, (handle,))


# --- two columns of a table

LONGEST = 18  # characters of a name beside an axis
METHODS = {
    "counted": "counted pairs",
    "Ross": "nearest neighbors within each label (Ross)",
    "Kraskov": "nearest neighbors (Kraskov)",
}


def pair(scene: scenes.Pair, unit: Unit) -> Picture:
    """The rows of two columns: labels as counted pairs, a number in a row for each label, two numbers as points."""
    x, y = plain(scene.first.name, 60), plain(scene.second.name, 60)
    title = f"{x} and {y} share {quantity(scene.estimate, unit)}"
    alt = f"{title}, estimated from {METHODS[scene.method]} in {scene.rows} rows."
    if scene.method == "counted":
        counts, rows, columns = scenes.crossed(scene.first, scene.second)
        rows, columns = ([plain(name) for name in names] for names in (rows, columns))
        scale = dict(colorscale=style.PALE, zmin=0, zmax=1 / max(counts.shape))
        return Picture(_grid(counts / counts.sum(), scale, title, plain(f"{x} and {y}", 40), rows, columns), alt)
    (across, drawn), (up, heights) = (_placed(column, scene.some) for column in (scene.first, scene.second))
    dots = points(drawn, heights, "p", hoverinfo="skip")
    dots["marker"] = dict(color=color("p"), size=5, opacity=0.5)
    return Picture(figure([dots], title=title, x=across, y=up, margin=dict(l=110)), alt)


def _placed(column: scenes.Column, some: np.ndarray) -> tuple[dict, np.ndarray]:
    """An axis for a column and the places of its rows on it: labels in rows of their own, spread a little."""
    values, name = column.values[some], plain(column.name, 40)
    if not column.is_label:
        low, high = float(column.values.min()), float(column.values.max())
        room = 0.05 * (high - low) or 1.0
        return axis(name, range=[low - room, high + room]), values
    kept = np.argsort(-np.bincount(column.values, minlength=len(column.names)), kind="stable")[: 2 * scenes.VALUES]
    place = np.full(len(column.names), np.nan)
    place[kept] = np.arange(len(kept))
    spread = (np.arange(values.size) * 0.618034 % 1 - 0.5) * 0.6  # even, and the same each time
    ticks = dict(tickvals=list(range(len(kept))), ticktext=[plain(column.names[i]) for i in kept])
    return axis(name, range=[-0.7, len(kept) - 0.3], **ticks), place[values] + spread


def plain(name: str, longest: int = LONGEST) -> str:
    """A stranger's name as it stands, cut off where it is long: a figure would read markup in it."""
    text = name.replace("<", "‹").replace(">", "›")
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def pair_said(scene: scenes.Pair, unit: Unit) -> tuple[dict[str, str], str]:
    """The estimate with its kind."""
    numbers = {"Estimate of I": quantity(scene.estimate, unit)}
    if scene.correlation is not None:
        numbers["Correlation"] = number(scene.correlation)
    said = f"Estimated from {METHODS[scene.method]} in {scene.rows} rows"
    said += f", drawn from {scene.of}." if scene.rows < scene.of else "."
    if scene.bias:
        said += f" Chance alone would add about {quantity(scene.bias, unit)}."
    return numbers, said + (" Below 0 by chance: close to independent." if scene.estimate < 0 else "")


def claims(checked: scenes.Claims, unit: Unit) -> dict[str, str]:
    """What is often said wrongly about mutual information, with the number that settles it."""
    linear, low = number(checked.correlation, 2), quantity(checked.least, unit)
    shared, pair, given, center, ceiling, bound, full = (
        quantity(nats, unit)
        for nats in (checked.shared, checked.pair, checked.given, checked.center, checked.ceiling, checked.bound,
                     checked.information)
    )  # fmt: skip
    return {
        "No correlation means independence.": f"2000 points around a parabola: correlation {linear}, yet about "
        f"{shared} of information.",
        "If every pair is independent, so are all three.": f"XOR: two share {pair}; with the third known, {given}.",
        "What three variables share is an area.": f"For XOR it is {center}.",
        "Pointwise information is never negative.": f"Only its mean is not: a dry day with an umbrella has {low}.",
        "A better InfoNCE score measures the information.": f"With 16 candidates it ends at log 16 = {ceiling}: the "
        f"best scores reach {bound} where the information is {full}.",
    }
