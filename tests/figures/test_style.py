"""How numbers are written, and whether colors can be told from the background by everybody."""

import math
import re
import tomllib
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.units import BANS, BITS, NATS, UNITS
from pages.figures import style
from tests import printed, strategies

finite = st.floats(allow_nan=False, allow_infinity=False)
THEME = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())["theme"]
VARIANTS = style.Color._fields
# What each role is drawn as. A fill lies under its line, which carries the contrast; grid and ramp carry no number.
TEXT_ROLES = ("p", "q", "loss", "shared", "optimum", "ink", "muted")
LINE_ROLES = ("ghost",)
NEEDS_NO_CONTRAST = re.compile(r"paper|grid|\w+_fill|level_\d")


# --- numbers


@given(x=finite)
@example(5e-324)
@example(-2.2250738585072014e-308)
@example(1.7976931348623157e308)
@example(0.99996)
@example(9999.5)
@example(9999999.99)
@example(0.000099999)
def test_a_number_is_printed_to_four_significant_digits(x):
    text = style.number(x)
    assert printed.shows(text, x), text


@given(x=finite, digits=st.integers(1, 9))
def test_a_number_is_printed_to_as_many_digits_as_asked(x, digits):
    assert printed.shows(style.number(x, digits), x, digits)


@given(x=finite.filter(lambda x: x > 0))
def test_a_negative_number_is_the_positive_one_behind_a_true_minus(x):
    assert style.number(-x) == "\N{MINUS SIGN}" + style.number(x)
    assert "-" not in style.number(-x)


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.0, "0"), (-0.0, "0"), (1.0, "1"), (-2.5, "−2.5"), (0.25, "0.25"), (1 / 3, "0.3333"), (2 / 3, "0.6667"),
        (0.46899559, "0.4690"), (2.584962500721156, "2.585"), (0.080793, "0.08079"), (1234.5678, "1235"),
        (6.283e-9, "6.283 × 10⁻⁹"), (1e-5, "1 × 10⁻⁵"), (123456789.0, "1.235 × 10⁸"), (1e-4, "0.0001"),
        (math.inf, "infinity"), (-math.inf, "−infinity"), (math.nan, "undefined"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_people_write_them(x, text):
    assert style.number(x) == text


@given(x=finite)
def test_the_same_number_has_the_same_digits_from_numpy(x):
    assert style.number(np.float64(x)) == style.number(x)


@given(nats=st.floats(0, 1e4), unit=st.sampled_from(UNITS))
def test_a_quantity_is_the_amount_in_the_unit_with_its_name_behind(nats, unit):
    text, _, name = style.quantity(nats, unit).rpartition(" ")
    assert printed.shows(text, unit.from_nats(nats))
    assert name == (unit.symbol if text == "1" else unit.name)


def test_quantities_of_published_examples():
    assert style.quantity(math.log(2), BITS) == "1 bit"
    assert style.quantity(0, BITS) == "0 bits"
    assert style.quantity(math.log(6), BITS) == "2.585 bits"
    assert style.quantity(math.log(6), NATS) == "1.792 nats"
    assert style.quantity(math.log(10), BANS) == "1 ban"


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_an_infinite_quantity_has_no_unit(unit):
    assert style.quantity(math.inf, unit) == "infinity"


# --- sums


def check_sum(terms: list[float], total: float) -> None:
    """The printed terms sum to the printed total, none is off by a whole last digit, all are as precise."""
    texts = style.add_up(terms, total)
    read = [printed.value(t) for t in texts]
    assert sum(read) == printed.value(style.number(total))
    exponents = {r.as_tuple().exponent for r in read}
    assert len(exponents) == 1
    unit = Decimal(1).scaleb(exponents.pop())
    assert unit <= Decimal(10) ** (Decimal(total).adjusted() - 2) or unit == 1  # four digits, or three after 0.9996
    for term, said in zip(terms, read, strict=True):
        assert abs(said - Decimal(term)) < unit * (1 + Decimal("1e-6"))


@given(p=strategies.pmfs(), unit=st.sampled_from(UNITS))
@example(np.array([1.0, 1e-310]), BITS)
@example(np.array([0.999999, 0.000001]), BITS)
def test_printed_terms_of_an_entropy_sum_to_the_printed_entropy(p, unit):
    possible = p[p > 0]
    terms = unit.from_nats(-possible * np.log(possible)) + 0.0
    if math.fsum(terms) > 0:
        check_sum(terms.tolist(), math.fsum(terms))


@given(terms=st.lists(st.floats(0, 1e6), min_size=1, max_size=12))
@example([0.00005, 0.00005])
@example([0.5, 0.5, 0.5])
@example([0.3, 0.0, 0.0])
@example([1.0005, 2.0005])
def test_printed_terms_sum_to_the_printed_total(terms):
    if math.fsum(terms) > 0:
        check_sum(terms, math.fsum(terms))


@given(terms=st.lists(st.floats(-10, 10), min_size=1, max_size=8))
@example([1.0, -0.99995])
def test_terms_of_either_sign_add_up_with_true_minus_signs(terms):
    total = math.fsum(terms)
    if abs(total) >= 1e-4:
        check_sum(terms, total)
        assert not any("-" in t or re.fullmatch("−[0.]+", t) for t in style.add_up(terms, total))


# --- colors


def channels(color: str) -> list[float]:
    return [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def luminance(color: str) -> float:
    """Relative luminance, WCAG 2.2."""
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(color))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """(L1 + 0.05) / (L2 + 0.05), WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_formula_gives_the_published_ratios():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the grey that famously just fails


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("role", style.COLORS)
def test_every_role_stands_out_from_the_background(role, variant):
    paper, own = getattr(style.COLORS["paper"], variant), getattr(style.COLORS[role], variant)
    if NEEDS_NO_CONTRAST.fullmatch(role):
        assert own != paper or role in ("paper", "level_0")
    else:
        assert role in TEXT_ROLES + LINE_ROLES, "say in this test whether the new role is drawn as text or as a line"
        assert contrast(own, paper) >= (4.5 if role in TEXT_ROLES else 3)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_has_the_background_that_colors_were_chosen_for_and_readable_text(theme):
    colors = THEME[theme]
    assert colors["backgroundColor"] == getattr(style.COLORS["paper"], theme)
    for background in (colors["backgroundColor"], colors["secondaryBackgroundColor"]):
        assert contrast(colors["textColor"], background) >= 7
        assert contrast(colors["linkColor"], background) >= 4.5
        assert contrast(colors["primaryColor"], background) >= 3
        for role in ("ink", "muted"):
            assert contrast(getattr(style.COLORS[role], theme), background) >= 4.5


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_sequential_scale_goes_one_way_in_lightness(variant):
    steps = [luminance(getattr(style.COLORS[f"level_{i}"], variant)) for i in range(5)]
    assert steps in (sorted(steps), sorted(steps, reverse=True))


def test_no_two_roles_share_their_light_color():
    light = [row[0] for row in style.PALETTE]
    assert len(set(light)) == len(light)
    assert all(len(row) == len(VARIANTS) for row in style.PALETTE)


def test_exchanging_one_light_color_cannot_touch_another():
    light = [row[0] for row in style.PALETTE]
    assert not [(a, b) for a in light for b in light if a != b and a in b]


@pytest.mark.parametrize("role", ["p", "q", "loss", "shared", "optimum"])
def test_color_never_stands_alone(role):
    dashes = [style.DASH[r] for r in ("p", "q", "loss", "shared", "optimum")]
    assert dashes.count(style.DASH[role]) == 1


def test_the_style_sheet_knows_every_role_in_both_themes():
    css = style.css_variables()
    for role, colors in style.COLORS.items():
        assert f"--role-{role.replace('_', '-')}:light-dark({colors.light},{colors.dark});" in css
