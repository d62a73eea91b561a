"""The pictures of the page on the two directions of the Kullback-Leibler divergence."""

from collections.abc import Sequence

import numpy as np

from core.scenes import kl_gaussians as scenes
from core.units import Unit
from pages.figures import style
from pages.figures.parts import DECADES, Handle, Picture, information_axis, line, points
from pages.figures.style import Label, add_up, array, axis, color, figure, number, quantity

FORWARD, REVERSE = "KL(P‖Q)", "KL(Q‖P)"
CLOSED_FORM = (
    r"\mathrm{KL}(P\|Q) = \underbrace{\frac{(\mu_P-\mu_Q)^2}{2\sigma_Q^2}}_{\text{shift}} + \underbrace{"
    r"\frac12\left(\frac{\sigma_P^2}{\sigma_Q^2}-1-\log\frac{\sigma_P^2}{\sigma_Q^2}\right)}_{\text{width}}"
)
MEANS = (-4.0, 4.0)
SIGMAS = (0.4, 3.0)
STEP, GRID = 0.05, 0.01  # of means and widths: one arrow key, and under the hand
TALLEST = 1.1  # the density of the narrowest at its peak, and a little
COST_TOP, COST_BOTTOM = 1.45, -0.4  # nats per unit of x; what is paid beyond is cut off, and says so
TERM_TOP, TERM_BOTTOM = 1.6, -0.5  # nats for one outcome
DEEPEST = 4.0  # nats; a landscape is flat above
EVEN = (0.47, 0.53)  # where two panels side by side end and begin


def pair(scene: scenes.Pair, unit: Unit, guess: float | None = None) -> Picture:
    """P and Q to take hold of; under them the two integrands, whose areas are the divergences.

    With a `guess` (in nats) the reverse divergence stays hidden.
    """
    p, q, hidden = scene.p, scene.q, guess is not None
    traces = [_area(scene.x, scene.p_density, "p", name="P"), _curve(scene.x, scene.q_density, "q", name="Q")]
    words = [*_names(scene)]
    for normal, role, side in ((p, "p", -1), (q, "q", 1)):
        shoulders = [normal.mu, normal.mu + side * normal.sigma], [normal.peak, normal.shoulder]
        traces.append(points(*shoulders, role, size=14, hoverinfo="skip"))
    for cost, name, axes in ((scene.forward, FORWARD, "2"), (scene.reverse, REVERSE, "3")):
        closed = hidden and name == REVERSE
        traces += [] if closed else _paid(scene.x, cost, name, unit, axes)
        traces.append(style.words(_cost_words(cost, name, unit, guess if closed else None), **_panel(axes)))
    title = f"Q in P’s place costs {quantity(scene.forward.kl, unit)}, P in Q’s {quantity(scene.reverse.kl, unit)}"
    alt = (
        f"P has mean {number(p.mu)} and standard deviation {number(p.sigma)}, Q {number(q.mu)} and {number(q.sigma)}. "
        f"{FORWARD} is {quantity(scene.forward.kl, unit)}, paid most {_around(scene.forward)}."
    )
    if hidden:
        title = f"Q in P’s place costs {quantity(scene.forward.kl, unit)}. And P in Q’s?"
        alt += f" {REVERSE} is hidden; the estimate is {quantity(guess, unit)}."
    else:
        alt += f" {REVERSE} is {quantity(scene.reverse.kl, unit)}, paid most {_around(scene.reverse)}."
    handles = (*_grips("p", "P", p, -1), *_grips("q", "Q", q, 1))
    return Picture(figure(traces, title=title, labels=words, **_pair_axes(unit)), alt, handles)


def _pair_axes(unit: Unit) -> dict:
    ends = [-scenes.REACH, scenes.REACH]
    below = information_axis(unit, COST_TOP, "Paid per x", COST_BOTTOM)
    narrow = {
        "yaxis": {"domain": [0.7, 1]},
        "xaxis2": {"domain": [0, 1]}, "yaxis2": {"domain": [0.37, 0.6]},
        "xaxis3": {"domain": [0, 1]}, "yaxis3": {"domain": [0, 0.23]},
    }  # fmt: skip
    return dict(
        x=axis("", range=ends), y=axis("Density", range=[0, TALLEST], domain=[0.56, 1]),
        xaxis2=axis("x", range=ends, domain=[0, EVEN[0]], anchor="y2"),
        yaxis2=dict(below, domain=[0, 0.36], anchor="x2"),
        xaxis3=axis("x", range=ends, domain=[EVEN[1], 1], anchor="y3"),
        yaxis3=dict(below, title=None, domain=[0, 0.36], anchor="x3", showticklabels=False), meta=dict(narrow=narrow),
    )  # fmt: skip


def _grips(role: str, name: str, normal: scenes.Normal, side: int) -> tuple[Handle, Handle]:
    """The peak, which moves the mean, and a shoulder, which moves the width."""
    x, mu = normal.mu + side * normal.sigma, normal.mu
    reach = sorted(mu + side * s for s in SIGMAS)
    mean = Handle(
        role, f"Mean of {name}", mu, normal.peak, MEANS, (normal.peak, normal.peak), f"μ = {number(mu)}", "x",
        (STEP, 0), (GRID, None), color=role, sets=(f"kl_mu_{role}", None),
    )  # fmt: skip
    width = Handle(
        f"{role}_width", f"Width of {name}", x, normal.shoulder, tuple(reach), (normal.shoulder, normal.shoulder),
        f"σ = {number(normal.sigma)}", "x", (STEP, 0), (GRID, None), color=role,
    )  # fmt: skip
    return mean, width


def _names(scene: scenes.Pair) -> list[Label]:
    """P and Q above their peaks, beside each other where one would cover the other."""
    near = abs(scene.p.mu - scene.q.mu) < 1 and abs(scene.p.peak - scene.q.peak) < 0.12
    places = ("top left", "top right") if near and scene.p.mu <= scene.q.mu else ("top right", "top left")
    places = places if near else ("top center", "top center")
    return [
        Label(n.mu, n.peak + 0.05, name, role, where)
        for n, name, role, where in ((scene.p, "P", "p", places[0]), (scene.q, "Q", "q", places[1]))
    ]


def _curve(x, y, role: str, **more) -> dict:
    """A curve over evenly spaced x, of which only the first and the step travel to the browser."""
    found = line((), y, role, hoverinfo="skip", **more)
    del found["x"]
    return found | dict(x0=float(x[0]), dx=float(x[1] - x[0]))


def _area(x, y, role: str, **more) -> dict:
    """A curve over the filled area under it."""
    return _curve(x, y, role, fill="tozeroy", fillcolor=color(f"{role}_fill"), **more)


def _panel(axes: str) -> dict[str, str]:
    return dict(xaxis=f"x{axes}", yaxis=f"y{axes}")


def _paid(x, cost: scenes.Cost, name: str, unit: Unit, axes: str) -> list[dict]:
    """The integrand: what is paid hatched, what is saved where the other density is larger plain."""
    x, values = x[::2], unit.from_nats(cost.integrand[::2])  # half the width has room for half the points
    top, bottom = unit.from_nats(COST_TOP), unit.from_nats(COST_BOTTOM)
    # The place may lie beyond the picture or the value above it: then there is no point to draw.
    shown = [x for x in cost.dearest if abs(x) <= scenes.REACH and 1e-3 < unit.from_nats(cost.most) < top]
    hatch = dict(shape=style.HATCH["loss"], fgcolor=color("loss"), bgcolor=color("loss_fill"), size=7, solidity=0.2)
    on = dict(dash="solid", **_panel(axes))
    paid = _area(x, np.clip(values, 0, top), "loss", name=f"paid for {name}", fillpattern=hatch, **on)
    saved = _area(x, np.clip(values, bottom, 0), "optimum", name=f"saved for {name}", **on)
    places = shown or [np.nan]
    mark = points(places, [unit.from_nats(cost.most)] * len(places), "loss", hoverinfo="skip", **_panel(axes))
    return [saved, paid, mark]


def _cost_words(cost: scenes.Cost, name: str, unit: Unit, guess: float | None) -> list[Label]:
    top, left = 0.999 * unit.from_nats(COST_TOP), -0.999 * scenes.REACH  # what lies off the axes is not drawn
    if guess is not None:
        return [Label(left, top, f"{name}: estimate {quantity(guess, unit)}", "q", "top right")]
    words = [Label(left, top, f"{name} = {quantity(cost.kl, unit)}", "loss", "top right")]
    most = unit.from_nats(cost.most)
    if most > top:
        words.append(Label(-left, top, f"↑ cut off, up to {number(most)}", "muted", "top left", style.SMALL))
    return words


def _around(cost: scenes.Cost) -> str:
    """Where most is paid."""
    return f"around x = {' and '.join(number(x, 3) for x in cost.dearest)}"


def finding(scene: scenes.Pair, unit: Unit) -> str:
    """What to notice in this pair."""
    forward, reverse = scene.forward, scene.reverse
    if forward.kl == reverse.kl == 0:
        return "P and Q are equal: nothing is paid in either direction, anywhere."
    if scene.p.sigma == scene.q.sigma:
        apart = abs(scene.p.mu - scene.q.mu) / scene.p.sigma
        return f"Equal widths, {number(apart)} of them apart: only then do both directions cost the same."
    dear, cheap = (forward, reverse) if forward.kl > reverse.kl else (reverse, forward)
    name, other, a, b = (FORWARD, REVERSE, "P", "Q") if dear is forward else (REVERSE, FORWARD, "Q", "P")
    return (
        f"{name} is {number(dear.kl / cheap.kl)} times {other}. Most is paid {_around(dear)}, where "
        f"{a} has density {number(dear.paying, 2)} and {b} {number(dear.asked, 2)}."
    )


def readouts(scene: scenes.Pair, unit: Unit) -> dict[str, str]:
    """Both divergences in closed form, and how far quadrature is off."""
    found = {}
    for name, cost in ((FORWARD, scene.forward), (REVERSE, scene.reverse)):
        found[name] = quantity(cost.kl, unit)
        off = number(unit.from_nats(cost.quadrature - cost.kl), 2)
        found[f"quadrature, {name[2:]}"] = f"{number(unit.from_nats(cost.quadrature))}, off by {off}"
    return found


def said(scene: scenes.Pair, unit: Unit) -> tuple[str, str, tuple[str, ...]]:
    """What to notice, the closed form, and its two parts in each direction, which add up to the read-out."""
    lines = []
    for name, cost in ((FORWARD, scene.forward), (REVERSE, scene.reverse)):
        shift, width = add_up(unit.from_nats(np.array([cost.shift, cost.width])), unit.from_nats(cost.kl))
        lines.append(f"{shift} + {width} = {quantity(cost.kl, unit)} {name[2:]}")
    return finding(scene, unit), CLOSED_FORM, tuple(lines)


def taken(scene: scenes.Pair, unit: Unit) -> tuple[dict[str, Sequence], str]:
    """The numbers of the picture as columns, and the code that prints both divergences shown."""
    columns = {
        "x": scene.x,
        "density of P": scene.p_density,
        "density of Q": scene.q_density,
        f"paid for {FORWARD} ({unit.name})": unit.from_nats(scene.forward.integrand),
        f"paid for {REVERSE} ({unit.name})": unit.from_nats(scene.reverse.integrand),
    }
    constant, p, q = unit.name.upper(), scene.p, scene.q
    snippet = (
        "from core.gaussian import gaussian_kl\n"
        f"from core.units import {constant}\n\n"
        f"p = {p.mu!r}, {p.sigma!r}  # mean, standard deviation\n"
        f"q = {q.mu!r}, {q.sigma!r}\n"
        f"print({constant}.from_nats(gaussian_kl(*p, *q)))\n"
        f"print({constant}.from_nats(gaussian_kl(*q, *p)))\n"
    )
    return columns, snippet


def fit(scene: scenes.Fit, unit: Unit) -> Picture:
    """The mixture with its modes to drag, the Gaussian with its moments, and every local optimum of the other way."""
    top = 0.9
    forward, best = scene.forward, scene.reverse[0]
    traces = [_area(scene.x, scene.p, "p", name="P"), _curve(scene.x, forward.density, "q", name="moments")]
    edge = forward.q.mu + 2 * forward.q.sigma * (1 if forward.q.mu < 0 else -1)  # in the tail that has room
    where = "top right" if abs(edge) < 4 else f"top {'left' if edge > 0 else 'right'}"
    edge = float(np.clip(edge, -5.9, 5.9))
    words = [Label(edge, float(np.interp(edge, scene.x, forward.density)) + 0.01, "moments", "q", where)]
    for i, found in enumerate(scene.reverse):
        width = style.LINE if i == 0 else style.THIN
        traces.append(_curve(scene.x, found.density, "optimum", width=width, name=f"optimum {i + 1}"))
        name = f"best, {quantity(found.kl, unit)}" if i == 0 else number(unit.from_nats(found.kl))
        words.append(Label(found.q.mu, min(found.q.peak, top) + 0.02, name, "optimum", "top center"))
    peaks = [[f.q.mu for f in scene.reverse], [min(f.q.peak, top) for f in scene.reverse]]
    traces += [
        points([forward.q.mu], [forward.q.peak], "q", symbol="star", size=15, hoverinfo="skip"),
        points(*peaks, "optimum", symbol="star", size=15, name="optima", hoverinfo="skip"),
        points(scene.mixture.means, scene.at_modes, "p", size=14, hoverinfo="skip"),
    ]
    many, mixture = len(scene.reverse), scene.mixture
    modes = [
        f"{number(m)} (σ = {number(s)}, weight {number(w)})"
        for m, s, w in zip(mixture.means, mixture.sigmas, mixture.weights, strict=True)
    ]
    title = f"{FORWARD} picks the moments, {REVERSE} {f'one of {many} local optima' if many > 1 else 'its one optimum'}"
    alt = (
        f"A mixture with modes at {' and '.join(modes)}. "
        f"{FORWARD} chooses mean {number(forward.q.mu)} and width {number(forward.q.sigma)}. {REVERSE} has "
        f"{many} local {'optima' if many > 1 else 'optimum'}, the best at mean {number(best.q.mu)} with width "
        f"{number(best.q.sigma)}."
    )
    x, y = axis("x", range=[-scenes.NEAR, scenes.NEAR]), axis("Density", range=[0, top + 0.1])
    handles = tuple(
        Handle(
            f"mode_{i + 1}", f"{('First', 'Second')[i]} mode", float(m), float(h), MEANS, (float(h), float(h)),
            f"mean {number(m)}", "x", (STEP, 0), (GRID, None), color="p", sets=(f"kl_m{i + 1}", None),
        )
        for i, (m, h) in enumerate(zip(scene.mixture.means, scene.at_modes, strict=True))
    )  # fmt: skip
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt, handles)


def fit_readouts(scene: scenes.Fit, unit: Unit) -> dict[str, str]:
    """The two fits, and what each costs the way it was made."""
    forward, best = scene.forward, scene.reverse[0]
    return {
        "Moments: μ, σ": f"{number(forward.q.mu)}, {number(forward.q.sigma)}",
        f"their {FORWARD}": quantity(forward.kl, unit),
        "Best reverse: μ, σ": f"{number(best.q.mu)}, {number(best.q.sigma)}",
        f"its {REVERSE}": quantity(best.kl, unit),
    }


def fit_finding(scene: scenes.Fit, unit: Unit) -> str:
    """What to notice in the two fits."""
    forward, best = scene.forward, scene.reverse[0]
    covered = [m for m in scene.mixture.means if abs(m - best.q.mu) < 2 * best.q.sigma]
    if len(covered) > 1:
        return (
            "The modes are close enough for one Gaussian: both directions cover both, the reverse one with σ = "
            f"{number(best.q.sigma)} against {number(forward.q.sigma)}."
        )
    return (
        f"The moments put density {number(forward.q.peak)} at x = {number(forward.q.mu)}, where P has "
        f"{number(scene.valley)}. The reverse fit keeps to one mode: its {FORWARD} is {quantity(best.other, unit)}."
    )


def landscapes(scene: scenes.Landscapes, found: scenes.Fit, ways: tuple[scenes.Way, scenes.Way], unit: Unit) -> Picture:
    """Both divergences over (mu, sigma), every optimum, and the way down from one start."""
    forward, reverse = ways
    start = float(forward.mu[0]), float(forward.sigma[0])
    traces = []
    sides = (
        (scene.forward, (found.forward,), forward, "", f"{FORWARD}, forward"),
        (scene.reverse, found.reverse, reverse, "2", f"{REVERSE}, reverse"),
    )
    for values, optima, way, axes, name in sides:
        on = _panel(axes)
        traces += [
            _contours(scene, values, unit, on, name, bar=axes == "2"),
            line(way.mu, way.sigma, "q", dash="solid", name=f"way, {name}", hoverinfo="skip", **on),
            points([f.q.mu for f in optima], [f.q.sigma for f in optima], "optimum", symbol="star", size=16,
                   name=f"optima, {name}", hoverinfo="skip", **on),
            points([start[0]], [start[1]], "q", size=14, hoverinfo="skip", **on),
            style.words([Label(-0.999 * scenes.NEAR, 0.999 * scenes.WIDEST, name, "ink", "top right")], **on),
        ]  # fmt: skip
    end = found.reverse[reverse.end].q
    best = "the best" if reverse.end == 0 else f"number {reverse.end + 1} of {len(found.reverse)}"
    title = f"From here {REVERSE} falls to μ = {number(end.mu)}, {FORWARD} to μ = {number(found.forward.q.mu)}"
    alt = (
        f"Two landscapes over mean and width. {FORWARD} has one optimum. {REVERSE} has {len(found.reverse)}. "
        f"From mean {number(start[0])} and width {number(start[1])} its descent ends at mean {number(end.mu)}, {best}."
    )
    handles = tuple(
        Handle(
            f"start{axes}", f"Start, {name}", *start, (-scenes.NEAR, scenes.NEAR), (scenes.NARROWEST, scenes.WIDEST),
            f"μ = {number(start[0])}, σ = {number(start[1])}", "xy", (0.1, DECADES), (GRID, 3), color="q",
            sets=("kl_start_mu", "kl_start_sigma"), xaxis=f"xaxis{axes}", yaxis=f"yaxis{axes}",
        )
        for name, axes in ((FORWARD, ""), (REVERSE, "2"))
    )  # fmt: skip
    return Picture(figure(traces, title=title, labels=(), **_landscape_axes()), alt, handles)


def _contours(scene: scenes.Landscapes, values, unit: Unit, on: dict, name: str, bar: bool) -> dict:
    top = unit.from_nats(DEEPEST)
    text = f"{unit.name}, cut off at {number(top, 3)}"
    return dict(
        type="contour", name=name, x=array(scene.mu), y=array(scene.sigma),
        z=array(np.minimum(unit.from_nats(values), top)), colorscale=style.SCALE, zmin=0, zmax=top, showscale=bar,
        hoverinfo="skip", **on,
        contours=dict(start=top / 16, end=top, size=top / 16), line=dict(width=0.5, color=color("paper")),
        colorbar=style.color_bar(text, tickvals=np.arange(0, top, 1.0 if top > 2 else 0.5).tolist()),
    )  # fmt: skip


def _landscape_axes() -> dict:
    mu = axis("Mean μ of Q", range=[-scenes.NEAR, scenes.NEAR])
    ends = [float(np.log10(s)) for s in (scenes.NARROWEST, scenes.WIDEST)]
    sigma = dict(type="log", range=ends, tickvals=[0.2, 0.5, 1, 2, 5])
    narrow = {
        "xaxis": {"domain": [0, 1]}, "yaxis": {"domain": [0.6, 1]},
        "xaxis2": {"domain": [0, 1]}, "yaxis2": {"domain": [0, 0.4]},
    }  # fmt: skip
    return dict(
        x=dict(mu, domain=[0, EVEN[0]]), y=axis("Width σ of Q (logarithmic)", **sigma),
        xaxis2=dict(mu, domain=[EVEN[1], 1], anchor="y2"), yaxis2=dict(sigma, anchor="x2"),
        margin=dict(t=34), meta=dict(narrow=narrow),
    )  # fmt: skip


def plane(scene: scenes.Plane, unit: Unit) -> Picture:
    """A correlated Gaussian and the best independent pair in each direction, as ellipses one deviation out."""
    marginals, precisions = scene.marginals, scene.precisions
    p = line(*scene.ellipse, "p", name="P", fill="toself", fillcolor=color("p_fill"), hoverinfo="skip")
    traces = [
        p,
        line(*marginals.ellipse, "q", name="variances kept", hoverinfo="skip"),
        line(*precisions.ellipse, "optimum", name="precisions kept", hoverinfo="skip"),
        points([1], [scene.rho], "p", size=14, hoverinfo="skip"),
    ]
    words = [
        Label(0, 1.04, f"variances kept: {FORWARD} least", "q", "top center"),
        Label(0, -1.04, f"precisions kept: {REVERSE} least", "optimum", "bottom center"),
        Label(1.08, scene.rho, "P", "p", "middle right"),
    ]
    title = f"At ρ = {number(scene.rho)} {REVERSE} shrinks Q to σ = {number(precisions.sigma)}"
    alt = (
        f"An ellipse for P with correlation {number(scene.rho)}. The circle that keeps its variances has width 1, "
        f"the one that keeps its precisions width {number(precisions.sigma)}."
    )
    x = axis("First coordinate", range=[-1.6, 1.6], dtick=0.5)
    y = axis("Second coordinate", range=[-1.35, 1.35], dtick=0.5, scaleanchor="x")
    handle = Handle(
        "rho", "Correlation", 1.0, scene.rho, (1.0, 1.0), (-0.98, 0.98), f"ρ = {number(scene.rho)}", "y",
        (0, 0.02), (None, GRID), color="p", sets=(None, "kl_rho"),
    )  # fmt: skip
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt, (handle,))


def plane_readouts(scene: scenes.Plane, unit: Unit) -> dict[str, str]:
    """What each of the two costs in each direction."""
    return {
        f"variances kept, {FORWARD}": quantity(scene.marginals.forward, unit),
        f"the same Q, {REVERSE}": quantity(scene.marginals.reverse, unit),
        f"precisions kept, {REVERSE}": quantity(scene.precisions.reverse, unit),
        f"the same Q, {FORWARD}": quantity(scene.precisions.forward, unit),
    }


def plane_finding(scene: scenes.Plane, unit: Unit) -> str:
    """What to notice in two dimensions."""
    if scene.rho == 0:
        return "Without correlation P is factorized itself: both fits are P, and nothing is lost."
    return (
        f"Both cost {quantity(scene.information, unit)}, the mutual information of the coordinates. The wide Q "
        f"goes where P never is; the narrow one has σ = {number(scene.precisions.sigma)} where P has 1."
    )


def discrete(scene: scenes.Discrete, unit: Unit, names: Sequence[str]) -> Picture:
    """What each outcome adds to either divergence."""
    traces = []
    sides = (
        (scene.forward_terms, scene.forward, "Σ p log p/q", ""),
        (scene.reverse_terms, scene.reverse, "Σ q log q/p", "2"),
    )
    for terms, _, name, axes in sides:
        traces += [_terms(terms, unit, names, axes), style.words(_term_words(terms, unit, name), **_panel(axes))]
    title = f"{_equals(FORWARD, scene.forward, unit)}, {_equals(REVERSE, scene.reverse, unit)}"
    listed = "; ".join(
        f"{name} adds {quantity(f, unit)} and {quantity(r, unit)}"
        for name, f, r in zip(names, scene.forward_terms, scene.reverse_terms, strict=True)
    )
    alt = f"{title}. {listed}."
    ends = [-0.6, len(names) - 0.4]
    x = axis("", range=ends, tickvals=list(range(len(names))), ticktext=list(names), showgrid=False)
    y = information_axis(unit, TERM_TOP, "Per outcome", TERM_BOTTOM)
    axes = dict(
        x=dict(x, domain=[0, 0.45]), y=y, xaxis2=dict(x, domain=[0.55, 1], anchor="y2"),
        yaxis2=dict(y, title=None, anchor="x2"),
    )  # fmt: skip
    return Picture(figure(traces, title=title, labels=(), margin=dict(t=34), **axes), alt)


def _equals(name: str, kl: float, unit: Unit) -> str:
    return f"{name} = {quantity(kl, unit)}" if np.isfinite(kl) else f"{name} is infinite"


def _terms(terms, unit: Unit, names: Sequence[str], axes: str) -> dict:
    heights = np.clip(unit.from_nats(terms), unit.from_nats(TERM_BOTTOM), unit.from_nats(TERM_TOP))
    paid = terms > 0
    roles = ["loss" if up else "optimum" for up in paid]
    shapes = [style.HATCH["loss"] if up else "" for up in paid]
    return dict(
        type="bar", name=f"terms{axes}", x=array(np.arange(len(names))), y=array(heights), hoverinfo="skip",
        **_panel(axes),
        marker=dict(color=[color(f"{r}_fill") for r in roles], line=dict(color=[color(r) for r in roles], width=2),
                    pattern=dict(shape=shapes, fgcolor=color("loss"), size=7, solidity=0.2)),
    )  # fmt: skip


def _term_words(terms, unit: Unit, name: str) -> list[Label]:
    top, bottom = unit.from_nats(TERM_TOP), unit.from_nats(TERM_BOTTOM)
    words = [Label(-0.59, 0.999 * top, name, "ink", "top right")]
    for i, value in enumerate(unit.from_nats(terms)):
        cut = value > 0.88 * top
        text = f"↑ {number(value, 3)}" if cut else number(value, 3)
        y = 0.8 * top if cut else max(value, bottom) + (0.02 if value >= 0 else -0.03) * top
        words.append(Label(i, y, text, "ink", "top center" if value >= 0 else "bottom center", style.SMALL))
    return words


def discrete_said(
    scene: scenes.Discrete, unit: Unit, names: Sequence[str]
) -> tuple[dict[str, str], str, str, tuple[str, ...]]:
    """Both divergences, what to notice, and both sums with this state's terms."""
    lines = []
    for terms, kl, name in (
        (scene.forward_terms, scene.forward, FORWARD),
        (scene.reverse_terms, scene.reverse, REVERSE),
    ):
        total, shown = unit.from_nats(kl), unit.from_nats(terms)
        parts = add_up(shown, total) if np.isfinite(total) else [number(v) for v in shown]
        summed = " + ".join(parts).replace(f"+ {style.MINUS}", f"{style.MINUS} ")
        lines.append(f"{summed} = {quantity(kl, unit)} {name[2:]}")
    found = {"Σ p log p/q": quantity(scene.forward, unit), "Σ q log q/p": quantity(scene.reverse, unit)}
    return found, discrete_finding(scene, unit, names), "", tuple(lines)


def discrete_finding(scene: scenes.Discrete, unit: Unit, names: Sequence[str]) -> str:
    """What to notice in two distributions over outcomes."""
    for kl, name, a, b, first, second in (
        (scene.forward, FORWARD, "P", "Q", scene.p, scene.q),
        (scene.reverse, REVERSE, "Q", "P", scene.q, scene.p),
    ):
        if np.isinf(kl):
            i = int(np.flatnonzero((first > 0) & (second == 0))[0])
            return f"{name} is infinite: {a} expects {names[i]} and {b} calls it impossible."
    if scene.forward == scene.reverse == 0:
        return "P and Q are equal: nothing is paid in either direction."
    terms = scene.forward_terms if scene.forward >= scene.reverse else scene.reverse_terms
    i = int(np.argmax(terms))
    name = FORWARD if scene.forward >= scene.reverse else REVERSE
    return (
        f"{name} pays most for {names[i]}, with p = {number(scene.p[i])} and "
        f"q = {number(scene.q[i])}: {quantity(terms[i], unit)}."
    )


def claims(checked: scenes.Claims, unit: Unit) -> dict[str, str]:
    """What is often said wrongly about the divergence, with the number that settles it."""
    one, two = checked.legs
    return {
        "KL is a distance.": f"It is not symmetric: σ = 0.5 against σ = 2 costs {quantity(checked.forward, unit)} one "
        f"way and {quantity(checked.reverse, unit)} the other. It breaks the triangle inequality: from N(0,1) to "
        f"N(2,1) it is {quantity(checked.direct, unit)}, by way of N(1,1) only {quantity(one, unit)} + "
        f"{quantity(two, unit)} = {quantity(one + two, unit)}.",
        "Forward KL is what variational inference minimizes.": f"It minimizes the reverse, {REVERSE}, because that is "
        "an average over Q, the one of the two that it can draw from. For modes at −2 and 2 with σ = 0.7 it settles "
        f"on one mode with {quantity(checked.variational, unit)}, where the moments have "
        f"{quantity(checked.moments, unit)}. Maximum likelihood minimizes the forward one.",
        "With natural logarithms, KL([.4 .4 .2]‖[.5 .3 .2]) is 0.0259.": "A published page prints that. It is "
        f"{checked.printed:.7f}, to four decimals {checked.printed:.4f}.",
    }
