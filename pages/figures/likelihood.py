"""The pictures of likelihoods on the Losses page, and its table of noises."""

import math

from core.scenes import likelihood as scenes
from core.units import Unit
from pages.figures import style
from pages.figures.parts import QUIET, Handle, Picture, along_curve, apart, below, information_axis, line, points
from pages.figures.style import Label, add_up, axis, color, figure, number, quantity

HIGH = 3.0  # nats a trial
CURVES = (("cross-entropy", "q", "cross_entropy"), ("−log likelihood / n", "p", "nll"), ("KL", "loss", "kl"))


def likelihood(scene: scenes.Likelihood, unit: Unit) -> Picture:
    """Three curves over theta that differ by constants, least at the same place."""
    of, top = unit.from_nats, unit.from_nats(HIGH)
    heights = [min(of(v), top) for v in scene.at]
    traces = [line([scene.best] * 2, [0, 0.66 * top], "ghost", width=style.THIN, **QUIET)]
    traces += [line(scene.grid, below(of(getattr(scene, field)), top), role, **QUIET) for _, role, field in CURVES]
    for (_, role, _), least, height in zip(CURVES, scene.least, heights, strict=True):
        traces.append(points([scene.best], [of(least)], "optimum", symbol="star", size=13, **QUIET))
        traces.append(points([scene.theta], [height], role, size=11, **QUIET))
    traces.append(points([scene.theta], [heights[0]], "q", size=14, **QUIET))
    words = [Label(0.5, (0.95 - 0.1 * i) * top, f"{name} {number(of(v))}", role)
             for i, ((name, role, _), v) in enumerate(zip(CURVES, scene.at, strict=True))]  # fmt: skip
    title = f"θ = {number(scene.theta)} is {quantity(scene.at[2], unit)} above the common minimum {number(scene.best)}"
    if scene.at[2] == 0:
        title = f"θ = {number(scene.theta)} is the minimum of all three"
    if math.isinf(scene.at[2]):
        title = f"θ = {number(scene.theta)} makes what happened impossible: all three are infinite"
    alt = (
        f"Three curves over θ for {scene.successes} successes in {scene.trials}, all least at {number(scene.best)}. At "
        f"{number(scene.theta)}: cross-entropy {quantity(scene.at[0], unit)}, negative log-likelihood "
        f"{quantity(scene.at[1], unit)}, divergence {quantity(scene.at[2], unit)}."
    )
    x = axis("θ, the model’s probability of success", range=[-0.02, 1.02])
    y = information_axis(unit, HIGH, "Per trial", bottom_nats=-0.1)
    handle = along_curve("losses_theta", "Probability of success", scene.theta, heights[0], (0, 1), color="q")
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt, (handle,))


def common(scene: scenes.Likelihood, unit: Unit, asked: int) -> str:
    """By which constants the three curves differ; and if more successes than trials were asked for."""
    more = f" Of {asked} successes {scene.trials} count, one a trial." if asked > scene.trials else ""
    above, ways = (quantity(v, unit) for v in (scene.least[0], scene.least[0] - scene.least[1]))
    return (
        f"Cross-entropy is KL plus H(s/n) = {above}, and the −log likelihood of one sequence; the count’s own is "
        f"log C(n, s)/n = {ways} less.{more}"
    )


TALLEST, ROOM = 5.0, 8.1  # a density above is cut off, and says so in the room above it


def posterior(scene: scenes.Posterior) -> Picture:
    """Prior, likelihood and posterior as densities, with the modes between which the prior pulls."""
    traces, words = [], []
    for i, (values, role, name, mode) in enumerate(
        (
            (scene.prior, "muted", "prior", scene.prior_mode),
            (scene.data, "p", "data", scene.mle),
            (scene.posterior, "shared", "posterior", scene.map),
        )
    ):
        dash = "dot" if name == "prior" else None
        traces.append(line(scene.grid, values, role, dash=dash, **QUIET))
        at = "flat" if mode is None else number(mode)
        cut = f", ↑ up to {number(values.max())}" if values.max() > TALLEST else ""
        words.append(Label(0.5, ROOM - 0.5 - i, f"{name} {at}{cut}", role))
    cover = dict(fill="toself", fillcolor=color("paper"), width=0)
    traces.append(line([-0.02, 1.02, 1.02, -0.02], [TALLEST, TALLEST, ROOM, ROOM], "paper", **cover, **QUIET))
    traces.append(points([scene.mle], [0], "p", size=10, **QUIET))
    traces.append(points([scene.map], [0], "optimum", symbol="star", size=16, **QUIET))
    title = f"The prior pulls the estimate from {number(scene.mle)} to {number(scene.map)}"
    if abs(scene.map - scene.mle) < 1e-12:
        title = f"The prior leaves the estimate at {number(scene.mle)}"
    alt = (
        f"Densities over θ: a Beta({number(scene.a)}, {number(scene.b)}) prior, the likelihood with its peak at "
        f"{number(scene.mle)}, and the posterior with its mode at {number(scene.map)}."
    )
    x = axis("θ, with the mode of each", range=[-0.02, 1.02])
    y = axis("Density", range=[-0.3, ROOM], tickvals=[0, 1, 2, 3, 4, 5])
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt)


def pulled(scene: scenes.Posterior) -> str:
    """The mode as a quotient of counts and as a mean of two modes, with this state's numbers."""
    s, n, a, b = (number(v) for v in (scene.successes, scene.trials, scene.a, scene.b))
    quotient = f"θ = ({s} + {a} − 1)/({n} + {a} + {b} − 2) = {number(scene.map)}"
    if scene.prior_mode is None:
        return f"{quotient}: Beta(1, 1) is flat, and MAP is maximum likelihood."
    data, prior = add_up([1 - scene.weight, scene.weight], 1.0)
    return (
        f"{quotient}, that is {data} × {number(scene.mle)} + {prior} × the prior’s mode {number(scene.prior_mode)}: "
        f"the prior counts as {number(scene.a + scene.b - 2)} trials."
    )


# --- noise

NOISE_TOP = 7.0
NOISE_ROLES = {"Gaussian": "p", "Laplace": "q", "Poisson": "shared"}


def noises(scene: scenes.Noises, unit: Unit) -> Picture:
    """How surprising the observation is against its prediction, under three kinds of noise."""
    of, top, f = unit.from_nats, unit.from_nats(NOISE_TOP), scene.predicted
    traces = [line([f, f], [0, top], "ghost", width=style.THIN, **QUIET)]
    ends = []
    for kind in scene.kinds:
        role, curve = NOISE_ROLES[kind.name], of(kind.curve)
        traces += [
            line(scene.grid, below(curve, top), role, **QUIET),
            points([f], [min(of(kind.nll), top)], role, size=11, **QUIET),
            points([scene.observed], [of(kind.constant)], "optimum", symbol="star", size=12, **QUIET),
        ]
        ends.append(float(max(-curve[-1], -0.96 * top)))
    traces.append(points([f], [0], "ink", size=14, **QUIET))
    words = [Label(scene.grid[-1], -v, f" {kind.name}", NOISE_ROLES[kind.name], "middle right")
             for kind, v in zip(scene.kinds, apart(ends, 0.1 * top), strict=True)]  # fmt: skip
    losses = [number(of(kind.loss)) for kind in scene.kinds]
    title = f"Predicting {number(f)} for {scene.observed} loses {losses[0]}, {losses[1]} and {losses[2]} {unit.name}"
    now = "; ".join(f"{kind.name} {quantity(kind.nll, unit)}" for kind in scene.kinds)
    alt = (
        f"Negative log-likelihood of the observation {scene.observed} against its prediction, least at "
        f"{scene.observed} under each noise. At {number(f)}: {now}."
    )
    x = axis("Prediction f", range=[-0.2, scenes.LARGEST], dtick=1)
    y = information_axis(unit, NOISE_TOP, "−log p(y | f)", bottom_nats=-0.3)
    handle = Handle("losses_f", "Prediction", f, 0.0, (0, scenes.LARGEST), (0, 0), number(f), "x", (0.1, 0),
                    (0.1, None), color="ink", sets=("losses_f", None))  # fmt: skip
    return Picture(figure(traces, title=title, x=x, y=y, labels=words, margin=dict(r=84)), alt, (handle,))


FORMULAS = {  # the loss that is left when what does not depend on the prediction is taken away, and the whole
    "Gaussian": ("½ squared error", r"\tfrac12(y-f)^2+\log\sqrt{2\pi}"),
    "Laplace": ("absolute error", r"\lvert y-f\rvert+\log 2"),
    "Poisson": ("½ deviance", r"f-y\log f+\log y!"),
    "Bernoulli": ("binary cross-entropy", r"-y\log f-(1-y)\log(1-f)"),
    "Categorical": ("cross-entropy", r"-\textstyle\sum_k y_k\log f_k"),
}


def table(scene: scenes.Noises, unit: Unit) -> str:
    """Which loss belongs to which noise, in Markdown: the negative log-likelihood as that loss plus a constant."""
    here = {kind.name: _split(kind, unit) for kind in scene.kinds}
    rows = [
        f"| {name}: **{loss}** | $${whole}$$ | {here.get(name, 'loss + 0')} |"
        for name, (loss, whole) in FORMULAS.items()
    ]
    head = [f"| Noise: loss | Negative log-likelihood | Loss + constant ({unit.name}) |", "|---|---|---|"]
    return "\n".join([*head, *rows])


def _split(kind: scenes.Noise, unit: Unit) -> str:
    of = unit.from_nats
    if math.isinf(kind.nll):
        return f"{number(kind.nll)} + {number(of(kind.constant))}"
    return f"{' + '.join(add_up([of(kind.loss), of(kind.constant)], of(kind.nll)))} = {number(of(kind.nll))}"
