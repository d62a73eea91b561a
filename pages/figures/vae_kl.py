"""The pictures of the page on what a variational autoencoder's prior charges."""

from collections.abc import Sequence

import numpy as np

from core.scenes import vae_kl as scenes
from core.units import Unit
from pages.figures import style
from pages.figures.parts import DECADES, Handle, Picture, along_curve, information_axis, level, line, points
from pages.figures.style import Label, add_up, array, axis, color, figure, number, quantity

MOST = 7.5  # nats: above the highest corner of the plane
AXES = {False: "σ of the posterior", True: "log σ² of the posterior"}
DISTANCE, ABOVE = 1.6, 2.05  # of the eye from the middle of the surface
ROWS = (-0.16, -0.5)  # where the noise and what is made of it are drawn, under the densities
SHOWN = 40  # draws that are connected with their noise
HEIGHT = 5.0  # of the spectrum: the largest eigenvalue that can be typed


def plane(scene: scenes.Surface, at: scenes.Point, unit: Unit, guess: float | None = None) -> Picture:
    """The divergence over mean and width as contours, the posterior as the point to drag, and the way down.

    With a `guess` the levels stay hidden.
    """
    hidden = guess is not None
    traces = [_levels(scene, unit, hidden)]
    if not hidden:
        traces.append(_arrow(at))
    home = 0.0 if scene.logarithmic else 1.0
    traces += [
        points([0], [home], "optimum", symbol="star", size=16, hoverinfo="skip"),
        points([at.mu], [at.width], "q", size=15, hoverinfo="skip"),
    ]
    low, high = scenes.ends(scene.logarithmic)
    below = home - 0.03 * (high - low)
    words = [Label(0, below, "prior", "optimum", "bottom center")] if (at.mu, at.sigma) != (0, 1) else []
    if at.kl > 0 and not hidden:
        words.append(Label(*at.arrow, "−gradient", "ink", _beyond(at), style.SMALL))
    title = "What is this posterior charged?" if hidden else f"N({_where(at)}) costs {quantity(at.kl, unit)}"
    alt = f"Contours around the minimum 0 at mean 0 and σ = 1. The posterior with mean {number(at.mu)} and " + (
        f"σ = {number(at.sigma)} is marked; its divergence is hidden, the estimate is {quantity(guess, unit)}."
        if hidden
        else f"σ = {number(at.sigma)} costs {quantity(at.kl, unit)}: {quantity(at.mean_part, unit)} for its mean, "
        f"{quantity(at.variance_part, unit)} for its width."
    )
    x = axis("Mean μ of the posterior", range=[-scenes.FARTHEST, scenes.FARTHEST], dtick=1)
    y = axis(AXES[scene.logarithmic], range=[low, high], dtick=1 if scene.logarithmic else 0.5)
    handle = Handle("posterior", "Posterior, mean and width", at.mu, at.width, (-scenes.FARTHEST, scenes.FARTHEST),
                    (low, high), f"μ {number(at.mu)}, σ {number(at.sigma)}", step=(0.05, 0.05), snap=(0.01, 0.01),
                    color="q")  # fmt: skip
    return Picture(figure(traces, title=title, x=x, y=y, labels=words, margin=dict(r=12)), alt, (handle,))


def _levels(scene: scenes.Surface, unit: Unit, hidden: bool) -> dict:
    top, step = unit.from_nats(MOST), 0.5 * max(round(unit.from_nats(1.2)), 1)
    bar = style.color_bar(unit.name, side="top", dtick=2 * step)
    return dict(
        type="contour", x=array(scene.mu), y=array(scene.width), z=array(unit.from_nats(scene.kl)), zmin=0, zmax=top,
        colorscale=style.PALE, autocontour=False,
        contours=dict(start=0, end=top, size=step, coloring="none" if hidden else "fill"),
        line=dict(width=0.7, color=color("ghost")), showscale=not hidden, colorbar=bar, hoverinfo="skip",
    )  # fmt: skip


def _arrow(at: scenes.Point) -> dict:
    """From the point a step downhill."""
    marker = dict(symbol=["circle", "arrow"], size=[0, 14], angleref="previous", color=color("ink"), opacity=1)
    ends = dict(x=array([at.mu, at.arrow[0]]), y=array([at.width, at.arrow[1]]))
    return dict(type="scatter", mode="lines+markers", line=dict(color=color("ink"), width=style.LINE), marker=marker,
                hoverinfo="skip", **ends)  # fmt: skip


def _beyond(at: scenes.Point) -> str:
    """On which side of the arrow's head there is room."""
    right, up = at.arrow[0] - at.mu, at.arrow[1] - at.width
    if abs(right) > abs(up):
        return "middle right" if right > 0 else "middle left"
    return "top center" if up > 0 else "bottom center"


def _where(at: scenes.Point) -> str:
    return f"{number(at.mu)}, {number(at.sigma)}²"


def surface(scene: scenes.Surface, at: scenes.Point, unit: Unit, turn: float) -> Picture:
    """The same in three dimensions, from a side in degrees: turned by the hand, it stays so while the point moves."""
    of = unit.from_nats
    # A mesh: Plotly refines a surface to many times its points, which takes longer than a step of a drag may.
    x, y = (array(a.ravel()) for a in np.meshgrid(scene.mu, scene.width))
    z = array(of(scene.kl.ravel()))
    sheet = dict(
        type="mesh3d", x=x, y=y, z=z, intensity=z, **dict(zip("ijk", scene.triangles, strict=True)),
        colorscale=style.PALE, cmin=0, cmax=of(MOST), showscale=False, hoverinfo="skip",
        opacity=0.85,
        lighting=dict(ambient=1, diffuse=0, specular=0),
    )  # fmt: skip
    lift = of(0.08)  # so that what lies on the sheet is not half hidden in it
    common = dict(type="scatter3d", hoverinfo="skip")
    pole = dict(mode="lines", x=array([at.mu] * 2), y=array([at.width] * 2), z=array([0, of(at.kl) + lift]),
                line=dict(color=color("q"), width=5), **common)  # fmt: skip
    home = 0.0 if scene.logarithmic else 1.0
    places = dict(
        mode="markers+text", x=array([0, at.mu]), y=array([home, at.width]), z=array([lift, of(at.kl) + lift]),
        marker=dict(color=[color("optimum"), color("q")], size=[7, 8], symbol=["diamond", "circle"]),
        text=["", number(of(at.kl))], textposition="top center", textfont=dict(color=color("ink"), size=style.TEXT),
        **common,
    )  # fmt: skip
    title = f"{quantity(at.kl, unit)} above the prior" if at.kl else "The lowest point is the prior"
    alt = (
        f"A bowl over mean and width, 0 at its lowest point, the prior. The posterior stands at {quantity(at.kl, unit)}"
        f", {quantity(at.mean_part, unit)} for its mean and {quantity(at.variance_part, unit)} for its width."
    )
    ends = scenes.ends(scene.logarithmic)
    x = dict(title=dict(text="μ"), range=[-scenes.FARTHEST, scenes.FARTHEST], dtick=1)
    y = dict(title=dict(text="log σ²" if scene.logarithmic else "σ"), range=list(ends))
    z = dict(title=dict(text=""), range=[0, of(MOST)])
    traces = [sheet, _rulings(scene, unit), pole, places]
    side = np.deg2rad(turn)
    eye = dict(x=DISTANCE * float(np.cos(side)), y=DISTANCE * float(np.sin(side)), z=ABOVE)
    camera = dict(eye=eye, center=dict(x=0, y=0, z=-0.15))
    return Picture(style.space(traces, title=title, x=x, y=y, z=z, camera=camera), alt)


def _rulings(scene: scenes.Surface, unit: Unit, every: int = 4) -> dict:
    """Lines of constant mean and of constant width on the surface, as one line that is interrupted between them."""
    rows, columns = scene.kl.shape
    mu, width = np.meshgrid(scene.mu, scene.width)
    z = unit.from_nats(scene.kl + 0.02)
    grid = np.stack([mu, width, z])
    along = [grid[:, i, :] for i in range(0, rows, every)] + [grid[:, :, i] for i in range(0, columns, every)]
    gap = np.full((3, 1), np.nan)
    x, y, z = np.concatenate([part for one in along for part in (one, gap)], axis=1)
    return dict(type="scatter3d", mode="lines", x=array(x), y=array(y), z=array(z), hoverinfo="skip",
                line=dict(color=color("ghost"), width=1.5), connectgaps=False)  # fmt: skip


def definition(unit: Unit) -> str:
    """The divergence as a formula, with what half a nat is in the unit."""
    half = number(unit.from_nats(0.5))
    half = "" if unit.nats == 1 else rf"\qquad \tfrac12\text{{ nat}} = {half}\text{{ {unit.name}}}"
    return rf"\mathrm{{KL}}(q\,\|\,p) = \tfrac12\,\mu^2 + \tfrac12\,(\sigma^2 - 1 - \log\sigma^2){half}"


def worked(at: scenes.Point, unit: Unit) -> tuple[str, str]:
    """Half a nat times each bracket of the formula, then its two parts, which add up to the read-out."""
    of = unit.from_nats
    parts = add_up([of(at.mean_part), of(at.variance_part)], of(at.kl))
    half = number(of(0.5))
    products = f"{half} × {number(2 * at.mean_part)} + {half} × {number(2 * at.variance_part)}"
    return products, f"{' + '.join(parts)} = {quantity(at.kl, unit)}"


def readouts(at: scenes.Point, unit: Unit, logarithmic: bool) -> dict[str, str]:
    """The numbers of this posterior, each under its name."""
    return {
        "Charged by the prior": quantity(at.kl, unit),
        "for the mean": quantity(at.mean_part, unit),
        "for the width": quantity(at.variance_part, unit),
        f"Gradient by μ, by {'log σ²' if logarithmic else 'σ'}": ", ".join(
            number(unit.from_nats(slope)) for slope in at.slope
        ),
    }


def finding(at: scenes.Point, unit: Unit) -> str:
    """What to notice about this posterior."""
    if at.kl == 0:
        return "The posterior is the prior: nothing is charged, and nothing about the input is passed on."
    mean, width = quantity(at.mean_part, unit), quantity(at.variance_part, unit)
    if at.variance_part == 0:
        return f"The width is the prior's: all {mean} are charged for the mean, and they grow with its square."
    if at.sigma > 1:
        return (
            f"Wider than the prior: {width} are charged for knowing less about the code than before the input was "
            "seen. No trained encoder stays here."
        )
    rest = f"its mean costs {mean}" if at.mean_part else "its mean costs nothing"
    return f"Being sure to within σ = {number(at.sigma)} costs {width}; {rest}. As σ goes to 0 the charge is infinite."


def taken(at: scenes.Point, unit: Unit) -> tuple[dict[str, Sequence], str]:
    """The two parts as columns, and the code that prints the divergence shown."""
    columns = {
        "part": ["mean", "width"],
        "of": [at.mu, at.sigma],
        f"contribution ({unit.name})": [float(unit.from_nats(v)) for v in (at.mean_part, at.variance_part)],
    }
    constant = unit.name.upper()
    snippet = (
        "from math import log\n\n"
        "from core.gaussian import vae_kl\n"
        f"from core.units import {constant}\n\n"
        f"mu, sigma = {at.mu!r}, {at.sigma!r}\n"
        f"print({constant}.from_nats(vae_kl(mu, 2 * log(sigma))))\n"
    )
    return columns, snippet


def draws(scene: scenes.Draws, unit: Unit) -> Picture:
    """Prior and posterior, and under them the noise and the draws that the posterior makes of it."""
    x, top = scene.x, 1.05
    shown = slice(0, SHOWN)
    noise, z = scene.noise[shown], scene.z[shown]
    gap = np.full_like(noise, np.nan)
    links = np.stack([noise, z, gap]), np.stack([np.full_like(noise, ROWS[0]), np.full_like(noise, ROWS[1]), gap])
    traces = [
        line(links[0].T.ravel(), links[1].T.ravel(), "ghost", width=0.8, hoverinfo="skip"),
        line(x, scene.prior, "p", hoverinfo="skip"),
        line(x, np.where(scene.posterior > top, np.nan, scene.posterior), "q", hoverinfo="skip"),
        points(noise, np.full_like(noise, ROWS[0]), "p", size=8, hoverinfo="skip"),
        points(z, np.full_like(z, ROWS[1]), "q", size=8, hoverinfo="skip"),
    ]
    words = [
        Label(x[0], ROWS[0], "  noise ε", "p", "middle right"),
        Label(x[0], ROWS[1], "  z = μ + σε", "q", "middle right"),
        Label(-1.1, 0.23, "prior", "p", "middle left"),
    ]
    peak = min(scene.peak, top)
    name, where = ("posterior", "top center") if scene.peak <= top else (f"  ↑ {number(scene.peak)}", "middle right")
    words.append(Label(scene.mu, peak + (0.05 if scene.peak <= top else 0), name, "q", where))
    beyond = int(np.sum(np.abs(z) > x[-1]))
    if beyond:
        words.append(Label(x[-1], ROWS[1] - 0.12, f"{beyond} beyond", "muted", "middle left", style.SMALL))
    title = f"{scene.z.size} draws say {quantity(scene.estimate, unit)}, the formula {quantity(scene.kl, unit)}"
    alt = (
        f"The prior N(0, 1) and the posterior N({number(scene.mu)}, {number(scene.sigma)}²). {scene.z.size} draws of "
        f"noise become draws of the posterior. The mean log ratio of the two densities is "
        f"{quantity(scene.estimate, unit)} ± {number(unit.from_nats(scene.error))}; the divergence is "
        f"{quantity(scene.kl, unit)}."
    )
    xaxis = axis("Code z", range=[x[0], x[-1]], dtick=2)
    yaxis = axis("Density", range=[-0.68, top + 0.12], tickvals=[0, 0.5, 1])
    reach = (-scenes.FARTHEST, scenes.FARTHEST)
    handle = along_curve("vae_mu", "Mean of the posterior", scene.mu, peak, reach, color="q")
    traces.append(points([scene.mu], [peak], "q", size=14, hoverinfo="skip"))
    return Picture(figure(traces, title=title, x=xaxis, y=yaxis, labels=words), alt, (handle,))


def dimensions(scene: scenes.Dimensions, unit: Unit) -> Picture:
    """What each dimension is charged: a bar of two parts."""
    of, n = unit.from_nats, scene.kl.size
    place = list(range(1, n + 1))
    top = max(1.15 * float(scene.kl.max()), 0.5)
    parts = (("mean", scene.mean_part, "p"), ("width", scene.variance_part, "q"))
    traces = [
        dict(
            type="bar", x=array(place), y=array(of(values)), name=name,
            marker=dict(color=color(f"{role}_fill"), line=dict(color=color(role), width=style.LINE - 0.5),
                        pattern=dict(shape=style.HATCH[role], fgcolor=color(role), fgopacity=0.35)),
            hovertemplate=f"{name} %{{y:.4f}}<extra></extra>",
        )
        for name, values, role in parts
    ]  # fmt: skip
    words = [Label(i, of(v), number(of(v)), "ink", "top center") for i, v in zip(place, scene.kl, strict=True)]
    # The parts are named once, in the tallest bar, where there is room.
    tallest = int(np.argmax(scene.kl))
    for value, under, name, role in (
        (scene.mean_part[tallest], 0.0, "mean", "p"),
        (scene.variance_part[tallest], scene.mean_part[tallest], "width", "q"),
    ):
        if value > 0.09 * top and n <= 8:
            words.append(Label(place[tallest], of(under + value / 2), name, role))
    total = quantity(scene.total, unit)
    title = f"{_count(n)} {'costs' if n == 1 else 'cost'} {total}{' together' if n > 1 else ''}"
    each = "; ".join(
        f"dimension {i}, μ {number(m)}, log σ² {number(v)}: {number(of(k))}"
        for i, m, v, k in zip(place, scene.mu, scene.logvar, scene.kl, strict=True)
    )
    x = axis("Dimension", tickvals=place, range=[0.4, n + 0.6], showgrid=False)
    y = axis(f"Charged by the prior ({unit.name})", range=[0, of(top)])
    return Picture(figure(traces, title=title, x=x, y=y, labels=words, barmode="stack"), f"{title}. {each}.")


def _count(n: int) -> str:
    return f"{n} dimensions" if n != 1 else "1 dimension"


def spectrum(scene: scenes.Trained, unit: Unit, betas: tuple[float, float]) -> Picture:
    """The eigenvalues as bars and the level β σ² to drag: what is under it is given up."""
    vae, n = scene.vae, scene.eigenvalues.size
    place = list(range(1, n + 1))
    stacks = ((np.minimum(vae.threshold, scene.eigenvalues), "loss"), (scene.eigenvalues - vae.distortion, "p"))
    traces = [
        dict(
            type="bar", x=array(place), y=array(values), width=0.6, hoverinfo="skip",
            marker=dict(color=color(f"{role}_fill"), line=dict(color=color(role), width=style.LINE - 0.5),
                        pattern=dict(shape=style.HATCH[role], fgcolor=color(role), fgopacity=0.35)),
        )
        for values, role in stacks
    ]  # fmt: skip
    end, height = n + 0.7, min(vae.threshold, HEIGHT)
    traces += [
        level(height, 0.4, end, "loss", "dash"),
        points([end], [height], "loss", size=14, hoverinfo="skip"),
    ]
    words = [
        Label(i, v, number(unit.from_nats(r)), "ink", "top center")
        if used
        else Label(i, height, "collapsed", "loss", "top center")
        for i, v, r, used in zip(place, scene.eigenvalues, vae.rate, vae.active, strict=True)
    ]
    words.append(Label(end, height + 0.2, f"βσ² = {number(vae.threshold)}", "loss", "top center"))
    title = f"β = {number(scene.beta)} leaves {scene.used} of {_count(n)} in use"
    listed = "; ".join(
        f"eigenvalue {number(v)} {f'passes on {quantity(r, unit)}' if used else 'is collapsed'}"
        for v, r, used in zip(scene.eigenvalues, vae.rate, vae.active, strict=True)
    )
    alt = f"Bars for the eigenvalues under a level at {number(vae.threshold)}. {listed}."
    x = axis(f"Dimension, and the {unit.name} that it passes on", tickvals=place,
             range=[0.4, n + 1.2], showgrid=False)  # fmt: skip
    y = axis("Variance of the data", range=[0, 1.1 * HEIGHT])
    lowest, highest = betas[0] * scene.noise, min(betas[1] * scene.noise, HEIGHT)
    handle = Handle("level", "Level beta sigma squared", end, height, (end, end), (lowest, highest),
                    f"β {number(scene.beta)}", "y", (0, 0.05), color="loss")  # fmt: skip
    return Picture(figure(traces, title=title, x=x, y=y, labels=words, barmode="stack"), alt, (handle,))


def landscape(scene: scenes.Landscape, trained: scenes.Trained, unit: Unit) -> Picture:
    """What encoders of one dimension cost: two best ones on the circle, which meet at the prior when it collapses."""
    of, ceiling = unit.from_nats, 2.0
    surface = dict(
        type="contour", x=array(scene.mean), y=array(scene.sigma), z=array(of(np.minimum(scene.excess, ceiling))),
        colorscale=style.PALE, zmin=0, zmax=of(ceiling), autocontour=False, showscale=False, hoverinfo="skip",
        contours=dict(start=0, end=of(ceiling), size=of(ceiling) / 16), line=dict(width=0.5, color=color("ghost")),
    )  # fmt: skip
    mean, sigma = scene.best
    others = trained.vae.mean, np.sqrt(trained.vae.variance)
    traces = [
        surface,
        line(*scene.circle, "ghost", width=1.5, dash="dot", hoverinfo="skip"),
        points([0], [1], "p", symbol="circle", size=9, hoverinfo="skip"),
        points(np.concatenate([others[0], -others[0]]), np.tile(others[1], 2), "muted", size=8, hoverinfo="skip"),
        points([mean, -mean], [sigma, sigma], "optimum", symbol="star", size=17, hoverinfo="skip"),
    ]
    words = [Label(0, 1.03, "prior (0, 1)", "ink", "top center")]
    if mean > 0:
        where = "top right" if mean < 0.8 else "top center"
        words.append(Label(mean, sigma, f"  σ = {number(sigma)}", "optimum", where))
        title = f"λ = {number(scene.eigenvalue)}: the best encoder has σ = {number(sigma)}"
    else:
        title = f"λ = {number(scene.eigenvalue)}: the best encoder is the prior, (0, 1)"
    alt = (
        f"Contours of the cost over the spread of the means and σ. The optimum for eigenvalue "
        f"{number(scene.eigenvalue)} is at spread {number(mean)} and σ {number(sigma)}, on the unit circle whose top "
        "is the prior (0, 1)."
    )
    x = axis("Posterior means: their spread over the data", range=[-1.3, 1.3], dtick=0.5)
    y = axis("σ of each posterior", range=[float(scene.sigma[0]), 1.3], dtick=0.5)
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt)


def tradeoff(scene: scenes.Tradeoff, at: scenes.Trained, unit: Unit) -> Picture:
    """Misfit and rate against β: their sum, the negative bound up to a constant, is least at β = 1."""
    of = unit.from_nats
    total = at.misfit + at.rate
    curves = (
        ("misfit D/(2σ²)", scene.misfit, "loss", at.misfit),
        ("rate R", scene.rate, "q", at.rate),
        ("misfit + rate", scene.total, "shared", total),
    )
    traces = [line(scene.beta, of(values), role, hoverinfo="skip") for _, values, role, _ in curves]
    traces += [
        points([1], [of(scene.least)], "optimum", symbol="star", size=15, hoverinfo="skip"),
        *(points([at.beta], [of(now)], role, size=11, hoverinfo="skip") for _, _, role, now in curves),
    ]
    right, left = scene.beta[-1], scene.beta[0]
    i, j = scene.beta.size // 4, 5 * scene.beta.size // 8
    words = [
        Label(scene.beta[j], of(scene.total[j]), "misfit + rate  ", "shared", "top left"),
        Label(scene.beta[i], of(scene.misfit[i]), "  misfit", "loss", "bottom right"),
        Label(scene.beta[i], of(scene.rate[i]), "rate  ", "q", "bottom left"),
        *(Label(b, 0, str(i), "muted", "top center", style.SMALL) for i, b in enumerate(at.collapse_at, 1)
          if left < b < right),
    ]  # fmt: skip
    # The constant n log(2πσ²)/2 of the decoder's density is no part of the picture: here it is named.
    parts = add_up([-of(total), -of(at.constant)], of(at.elbo))
    sum_ = " + ".join(parts).replace("+ −", "− ")
    title = f"Bound {sum_} = {quantity(at.elbo, unit)}, {quantity(at.gap, unit)} under the likelihood"
    alt = (
        f"Misfit rises with beta, rate falls; their sum is least at beta = 1. At beta = {number(at.beta)} the misfit "
        f"is {quantity(at.misfit, unit)}, the rate {quantity(at.rate, unit)}; with the constant of the density the "
        f"evidence lower bound is {quantity(at.elbo, unit)}."
    )
    x = axis("β (logarithmic); numbers: where each dimension collapses", type="log",
             range=[np.log10(left), np.log10(right)], tickvals=[0.1, 0.3, 1, 3, 10, 30])  # fmt: skip
    y = information_axis(unit, 1.1 * float(scene.total.max()), "Cost at the optimum")
    handle = along_curve("vae_beta", "Beta", at.beta, of(total), (left, right), color="shared", step=DECADES)
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt, (handle,))


def walked(at: scenes.Trained, unit: Unit) -> str:
    """What to notice about the trained model."""
    unused = at.eigenvalues.size - at.used
    if not at.used:
        return "Every dimension has collapsed: the posterior is the prior whatever the input, and nothing is passed on."
    following = float(min(at.collapse_at[at.vae.active]))
    gone = f"{_count(unused)} {'has' if unused == 1 else 'have'} collapsed, because λ ≤ βσ². " if unused else ""
    return (
        f"{gone}The next collapses at β = λ/σ² = {number(following)}. "
        f"What is in use passes on {quantity(at.rate, unit)}."
    )


def claims(checked: scenes.Claims, unit: Unit) -> dict[str, str]:
    """What is often said wrongly about the KL term, with the number that settles it."""
    linear = checked.linear
    return {
        "Half the prior's width costs as much as twice.": f"At σ = ½ it is {quantity(checked.half, unit)}, at σ = 2 "
        f"{quantity(checked.double, unit)}: σ² grows faster than −log σ².",
        "The two directions are the same for Gaussians.": "Training charges KL(q ‖ p), the reverse of what maximum "
        f"likelihood would. At σ² = ½ it is {quantity(checked.forward, unit)}; KL(p ‖ q) is "
        f"{quantity(checked.backward, unit)}.",
        "Collapse shows that the bound is loose.": "A linear VAE with λ = 0.5, σ² = 1 and β = 1 collapses, and its "
        f"bound lies {quantity(linear.gap, unit)} under the likelihood: maximum likelihood itself has no use for "
        "the dimension (Lucas et al. 2019).",
    }
