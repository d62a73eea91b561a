"""Whatever a link says, the page renders: both ends of every control, and what no control can take."""

import re

import pytest

from core.units import UNITS
from pages import contents
from tests.pages.facts import FACTS, FRAME, Control
from tests.pages.reading import Reading, at_defaults

LESSONS = [page for page in contents.PAGES if page.file in FACTS]
ENDS = [
    (page, key, control, text, says)
    for page in LESSONS
    for key, control in (FRAME | FACTS[page.file].controls).items()
    for text, says in ((control.low, control.says_low), (control.high, control.says_high))
]

# What no control of any kind can take, by what it is.
BAD = {
    "empty": "",
    "a space": " ",
    "text": "abc",
    "not a number": "nan",
    "not a number, shouted": "NaN",
    "infinite": "inf",
    "infinite, as a sign": "∞",
    "negatively infinite": "-inf",
    "too large for a float": "1e999",
    "a huge exponent": "1e999999999",
    "an exponent that takes a minute": "1e30000000",
    "negative": "-1",
    "negative with a true minus": "−1",
    "hardly negative": "-1e-300",
    "huge": "123456789012345678901234567890",
    "two dots": "0.5.5",
    "two signs": "--1",
    "a decimal comma too many": "0,,5,,",
    "hexadecimal": "0x10",
    "a formula": "1+1",
    "a zero denominator": "1/0",
    "zero over zero": "0/0",
    "a list in brackets": "[0.5, 0.5]",
    "an object": '{"a": 1}',
    "quotes": '"\'"',
    "nothing": "None",
    "null": "null",
    "undefined": "undefined",
    "emoji": "🎲🎲",
    "other digits out of range": "９９９９９９",
    "right to left": "\u202e5.0",
    "a null character": "0.5\x00",
    "a line break": "0\n.5",
    "a script": "<script>alert(1)</script>",
    "an image": '<img src=x onerror="alert(1)">',
    "a link": "[here](https://example.org)",
    "a formula in TeX": "$\\frac{1}{0}$",
    "a path": "../../etc/passwd",
    "a format": "%s%n{0}",
}
NEGATIVE = {text for kind, text in BAD.items() if "negative" in kind and "inf" not in text}
HUGE = {"letters": "x" * 100_000, "digits": "9" * 100_000, "commas": "," * 100_000, "brackets": "(" * 100_000}
# What only shares are too few, too many or too much for.
BAD_SHARES = {
    "one share": "1",
    "nine shares": ",".join(["1/9"] * 9),
    "shares above one": "0.5,0.6",
    "shares below one": "0.5,0.4",
    "only zeros": "0,0,0",
    "a negative share": "1.5,-0.5",
    "a share that is no number": "0.5,nan",
    "an infinite share": "inf,0.5",
    "a zero denominator": "1/0,0.5",
    "a missing share": "a:,b:1",
    "only names": "a:,b:",
    "off by a millionth": "0.5,0.500001",
    "percentages above one": "60%,50%",
    "a fraction of a fraction": "1/2/3,1/2",
    "a huge exponent": "1e30000000,0",
    "tiny denominators": "1/1e-999,0",
}
BAD_NUMBERS = {"a list": "0.5,0.5", "a percentage": "50%", "a fraction": "1/2", "a word with a number": "0.5 bits"}


def is_shares(data: dict) -> bool:
    return "values" in data


def is_number(data: dict) -> bool:
    return "low" in data


def takes(data: dict, text: str) -> bool:
    """Whether a control goes below 0 or to infinity, where others do not, and so this far."""
    negative = text in ("-1", "-1e-300") and data.get("low", 0) <= float(text)
    return negative or (text == "inf" and data.get("infinite", False))


def check(page, link: dict[str, str]) -> Reading:
    """The page with this link shows what it shows without it, and says one plain sentence for each bad value."""
    usual, shown = at_defaults(page), Reading(page, link)
    assert shown.readouts == usual.readouts
    # An empty choice leaves None behind, which counts as the default everywhere.
    assert {k: usual.values[k] if v is None else v for k, v in shown.values.items()} == usual.values
    assert {k: p["title"] for k, p in shown.pictures.items()} == {k: p["title"] for k, p in usual.pictures.items()}
    assert len(shown.notices) == len(link), shown.notices
    for sentence in shown.notices:
        assert sentence.startswith("The link was not understood: ")
        assert sentence.endswith(" shown.")
        assert len(sentence) < 260
        assert "Error" not in sentence
    return shown


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
@pytest.mark.parametrize("page", LESSONS, ids=lambda page: page.file)
def test_a_bad_value_anywhere_gives_the_default_and_a_sentence(page, text):
    usual = at_defaults(page)
    own = {key for key, control in FACTS[page.file].controls.items() if not control.beside and key in usual.values}
    own -= {key for key in own if takes(usual.controls.get(key, {}), text)}
    own -= {key for key in own if FACTS[page.file].controls[key].negative and text in NEGATIVE}
    shown = check(page, dict.fromkeys(own | set(FRAME), text))
    assert not [e.value for kind in ("markdown", "caption") for e in shown.app.get(kind) if "](http" in e.value]
    assert not re.search(r"<(script|img)", shown.markup)


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
@pytest.mark.parametrize("page", LESSONS, ids=lambda page: page.file)
def test_a_hundred_thousand_of_anything_give_the_default_and_a_short_sentence(page, text):
    for key in (FRAME | FACTS[page.file].controls) if not page.section else list(FACTS[page.file].controls)[:2]:
        check(page, {key: text})


@pytest.mark.parametrize(
    ("of", "text"),
    [(is_shares, text) for text in BAD_SHARES.values()] + [(is_number, text) for text in BAD_NUMBERS.values()],
    ids=[*BAD_SHARES, *BAD_NUMBERS],
)
@pytest.mark.parametrize("page", [page for page in LESSONS if FACTS[page.file].controls], ids=lambda page: page.file)
def test_a_value_of_the_wrong_kind_gives_the_default_and_a_sentence(page, of, text):
    keys = [key for key, data in at_defaults(page).controls.items() if of(data)]
    if keys:
        check(page, dict.fromkeys(keys, text))


@pytest.mark.parametrize("page", LESSONS, ids=lambda page: page.file)
def test_a_number_just_beyond_an_end_is_refused(page):
    numbers = {key: data for key, data in at_defaults(page).controls.items() if is_number(data)}
    for end in ("low", "high"):
        link = {}
        for key, data in numbers.items():
            step = 1 if data["whole"] else max(abs(data[end]), 1) * 1e-6
            link[key] = repr(data[end] + (step if end == "high" else -step))
        check(page, link)


@pytest.mark.parametrize("page", LESSONS, ids=lambda page: page.file)
def test_names_that_no_control_has_are_passed_over(page):
    usual = at_defaults(page)
    shown = Reading(page, {"utm_source": "x", "entropy": "1", "q" * 5000: "2", "__proto__": "3", "embed": "no"})
    assert shown.readouts == usual.readouts
    assert not shown.notices


@pytest.mark.parametrize("page", LESSONS, ids=lambda page: page.file)
def test_a_name_said_twice_is_no_error(page):
    controls = FRAME | FACTS[page.file].controls
    beside = {name: text for control in controls.values() for name, text in control.beside.items()}
    Reading(page, {key: [control.low, control.high] for key, control in controls.items() if key not in beside} | beside)
    Reading(page, {key: [control.high, control.low] for key, control in controls.items() if not control.beside})


@pytest.mark.parametrize(
    ("page", "key", "control", "text", "says"),
    ENDS,
    ids=[f"{page.file}-{key}={text}" for page, key, _, text, _ in ENDS],
)
def test_both_ends_of_every_control_can_be_linked_to(page, key, control: Control, text, says):
    link = control.beside | {key: text}
    shown = Reading(page, link)
    assert not shown.notices
    assert says in shown.said
    if key in shown.controls:
        data = shown.controls[key]
        assert data["param"] == key
        again = Reading(page, control.beside | ({} if data["code"] is None else {key: data["code"]}))
        assert again.values[key] == shown.values[key]
    else:
        assert str(shown.values[key]).lower() == text.lower()


@pytest.mark.parametrize("page", LESSONS, ids=lambda page: page.file)
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_all_low_ends_together_and_all_high_ends_together_render_in_every_unit(page, unit):
    controls = FACTS[page.file].controls
    for end in ("low", "high"):
        link = {key: getattr(control, end) for key, control in controls.items() if not control.beside}
        shown = Reading(page, link | {"unit": unit.name})
        assert shown.values["unit"] == unit.name


@pytest.mark.parametrize("page", [page for page in LESSONS if FACTS[page.file].controls], ids=lambda page: page.file)
def test_a_link_followed_inside_the_application_sets_the_page_anew(page):
    key, control = next(iter(FACTS[page.file].controls.items()))
    shown = Reading(page, {key: control.low})
    before = shown.values[key]
    shown.go_to(contents.HOME).go_to(page, {key: control.high})
    assert control.says_high in shown.said
    assert shown.values[key] != before
