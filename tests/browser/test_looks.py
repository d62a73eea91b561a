"""Themes, lecture mode, what can be taken away, and what a checker of accessibility says."""

import csv
import io
import re
import struct
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pages import contents
from pages.figures.style import COLORS, FONT
from tests.browser.visit import address

AXE = Path(find_spec("axe_playwright_python").origin).with_name("axe.min.js").read_text()
schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


def rgb(color: str) -> str:
    return f"rgb({', '.join(str(int(color[i : i + 2], 16)) for i in (1, 3, 5))})"


def colors_of(stage) -> set[str]:
    """Every color that the lines and words of a picture have."""
    return set(
        stage.locator(".main-svg").first.evaluate(
            """svg => [...svg.querySelectorAll("path, text")].flatMap(e => {
                 const s = getComputedStyle(e);
                 return [s.stroke, s.fill];
               })"""
        )
    )


def sizes_of(stage) -> list[float]:
    """The sizes of all words of a picture."""
    return stage.locator(".main-svg").first.evaluate(
        "svg => [...svg.querySelectorAll('text')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    )


# --- the two switches


def test_unit_and_lecture_mode_survive_every_change_of_page_and_stand_in_the_link(visit):
    here = visit("/entropy")
    here.page.get_by_role("button", name="nats").or_(here.page.get_by_role("radio", name="nats")).first.click()
    here.shown(here.readouts, lambda r: r.get("Entropy H") == "1.213 nats")
    here.shown(lambda: here.link, lambda link: link == {"unit": "nats"})
    here.page.get_by_test_id(re.compile("stTopNav.*Link$")).filter(has_text="Home").first.click()
    expect(here.page.get_by_role("heading", level=1)).to_have_text(contents.HOME.question)
    here.page.get_by_text("Lecture", exact=True).click()
    here.shown(lambda: here.link, lambda link: link == {"unit": "nats", "lecture": "true"})
    here.page.get_by_role("button", name="Pages").click()
    here.page.get_by_role("link", name="Entropy", exact=True).last.click()
    expect(here.page.get_by_role("heading", level=1)).to_have_text("How surprised will you be, on average?")
    here.shown(lambda: here.link, lambda link: link == {"unit": "nats", "lecture": "true"})
    here.shown(here.readouts, lambda r: r.get("Entropy H") == "1.213 nats")
    again = visit(here.page.url.removeprefix(here.server))
    assert again.readouts() == here.readouts()


@schemes
def test_lecture_mode_is_larger_and_stronger_and_the_picture_fills_the_projector(visit, scheme):
    desk, hall = (visit(f"/entropy{query}", color_scheme=scheme) for query in ("", "?lecture=true"))
    usual, large = desk.stage("entropy_areas"), hall.stage("entropy_areas")
    assert min(sizes_of(large)) >= 1.4 * min(sizes_of(usual))
    text = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert large.locator(".live-title").evaluate(text) > usual.locator(".live-title").evaluate(text)
    assert hall.page.locator(".readouts dd").first.evaluate(text) >= 22
    variant = "lecture" if scheme == "light" else "lecture_dark"
    assert rgb(getattr(COLORS["p"], variant)) in colors_of(large)
    box = large.locator(".live-canvas").bounding_box()
    assert box["height"] >= 0.7 * 720
    assert box["y"] + box["height"] <= 721
    expect(hall.page.get_by_test_id("stTopNav")).to_be_hidden()
    slider = hall.handle("entropy_p")
    slider.press("ArrowUp")
    hall.shown(lambda: hall.link.get("entropy_p"), bool)
    hall.page.get_by_text("Lecture", exact=True).click()
    hall.shown(lambda: "lecture" in hall.link, lambda there: not there)
    hall.shown(lambda: min(sizes_of(large)), lambda size: size == min(sizes_of(usual)))


# --- themes


@schemes
def test_the_picture_has_the_colors_of_the_theme(visit, scheme):
    here = visit("/entropy", color_scheme=scheme)
    found = colors_of(here.stage("entropy_areas"))
    other = "dark" if scheme == "light" else "light"
    for role in ("p", "shared", "muted"):
        assert rgb(getattr(COLORS[role], scheme)) in found
        assert rgb(getattr(COLORS[role], other)) not in found
    background = here.page.locator(".stApp").evaluate("e => getComputedStyle(e).backgroundColor")
    assert background == rgb(getattr(COLORS["paper"], scheme))


def test_pictures_follow_a_change_of_theme_at_once(visit):
    here = visit("/entropy", color_scheme="light")
    stage = here.stage("entropy_areas")
    assert rgb(COLORS["p"].light) in colors_of(stage)
    here.page.emulate_media(color_scheme="dark")
    here.shown(lambda: colors_of(stage), lambda found: rgb(COLORS["p"].dark) in found)
    assert rgb(COLORS["p"].light) not in colors_of(stage)


def test_everything_is_set_in_the_fonts_of_the_system(visit):
    here = visit("/entropy")
    here.stage("entropy_areas")
    here.at_rest()
    loaded = here.page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert not [name for name in loaded if re.search(r"https?://(?!127\.0\.0\.1)", name)]
    family = here.page.locator(".main-svg text").first.evaluate("e => getComputedStyle(e).fontFamily")
    assert family.split(",")[0].strip("'\"") == FONT.split(",")[0]


# --- accessibility


# A color on its way from one theme to the other is neither: every transition is brought to its end first.
SETTLED = """async () => {
  for (const a of document.getAnimations()) if (a instanceof CSSTransition) a.finish();
  await new Promise(requestAnimationFrame);
}"""
SERIOUS = """async () => {
  const { violations } = await axe.run({ resultTypes: ["violations"] });
  const serious = violations.filter((v) => ["serious", "critical"].includes(v.impact));
  return Object.fromEntries(serious.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 160))]));
}"""


def serious_violations(here) -> dict:
    """What axe-core calls serious or critical, with the elements."""
    here.page.evaluate(SETTLED)
    return here.page.evaluate(SERIOUS)


@pytest.mark.parametrize("page", contents.PAGES, ids=lambda page: page.file)
def test_the_checker_of_accessibility_finds_nothing_serious(visit, page):
    here = visit(address(page), color_scheme="light")
    for stage in here.page.locator(".live-stage").all():
        stage.scroll_into_view_if_needed()
        stage.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")
    for summary in here.page.locator("summary").all():
        summary.click()
    for code in here.page.get_by_test_id("stCode").all():
        expect(code.locator(".token").first).to_be_visible()  # the colors of code come later than its text
    here.page.evaluate(AXE)
    background = "e => getComputedStyle(e).backgroundColor"
    found = {}
    for mode in ("desk", "lecture"):
        for scheme in ("light", "dark"):
            here.page.emulate_media(color_scheme=scheme)
            paper = rgb(getattr(COLORS["paper"], scheme))
            here.shown(
                lambda: here.page.locator(".stApp").evaluate(background), lambda color, paper=paper: color == paper
            )
            found[f"{mode}, {scheme}"] = serious_violations(here)
        if mode == "desk":
            here.page.get_by_text("Lecture", exact=True).click()
            here.shown(lambda: here.link.get("lecture"), lambda on: on == "true")
            here.at_rest()
    assert not {where: what for where, what in found.items() if what}


# --- taking away


def test_the_picture_is_saved_as_svg_and_as_png(visit):
    here = visit("/entropy?entropy_p=0.9,0.1")
    stage = here.stage("entropy_areas")
    with here.page.expect_download() as download:
        stage.get_by_role("button", name="Save as SVG").click()
    assert download.value.suggested_filename == "entropy_areas.svg"
    drawing = Path(download.value.path()).read_text()
    assert drawing.rstrip().endswith("</svg>")
    assert "The areas cover H = 0.4690 bits" in drawing
    assert "Surprisal −log p (bits)" in drawing
    with here.page.expect_download() as download:
        stage.get_by_role("button", name="Save as PNG").click()
    assert download.value.suggested_filename == "entropy_areas.png"
    image = Path(download.value.path()).read_bytes()
    assert image.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", image[16:24])
    assert width >= 1400
    assert height >= 600
    assert len(image) > 10_000


def test_what_is_saved_in_the_dark_is_dark(visit):
    here = visit("/entropy", color_scheme="dark")
    with here.page.expect_download() as download:
        here.stage("entropy_areas").get_by_role("button", name="Save as SVG").click()
    drawing = Path(download.value.path()).read_text()
    assert rgb(COLORS["p"].dark) in drawing
    assert rgb(COLORS["p"].light) not in drawing


def test_the_table_is_saved_as_csv(visit):
    here = visit("/entropy?entropy_p=0.9,0.1")
    here.page.get_by_text("Take it away").click()
    with here.page.expect_download() as download:
        here.page.get_by_role("button", name="Numbers as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text())))
    assert [float(row["probability"]) for row in rows] == [0.9, 0.1]


def test_a_picture_fills_the_screen_and_comes_back(visit):
    here = visit("/entropy")
    stage = here.stage("entropy_areas")
    small = stage.locator(".live-canvas").bounding_box()["height"]
    button = stage.get_by_role("button", name="Full screen")
    button.click()
    here.shown(lambda: here.page.evaluate("document.fullscreenElement?.className ?? ''"), lambda c: "live-stage" in c)
    height = here.shown(lambda: stage.locator(".live-canvas").bounding_box()["height"], lambda h: h > 1.3 * small)
    here.shown(lambda: stage.locator(".main-svg").first.bounding_box()["height"], lambda h: abs(h - height) < 2)
    button.click()
    here.shown(lambda: here.page.evaluate("document.fullscreenElement === null"), bool)
    here.shown(lambda: stage.locator(".main-svg").first.bounding_box()["height"], lambda h: abs(h - small) < 2)


# --- predict first


def test_picture_and_readouts_hide_the_number_until_an_estimate_has_been_put_down(visit):
    here = visit("/entropy?entropy_p=0.9,0.1&entropy_guess_first=true")
    assert here.readouts() == {}
    for said in (here.control("entropy_areas").inner_text(), here.alt("entropy_areas")):
        assert "0.4690" not in said
    slider = here.handle("entropy_guess")
    slider.press("PageUp")
    here.shown(lambda: here.title("entropy_areas"), lambda title: title == "How large is the whole area?")
    here.page.get_by_role("button", name="Compare").click()
    here.shown(here.readouts, lambda r: r.get("Entropy H") == "0.4690 bits")
    expect(here.page.get_by_text(re.compile(r"Estimate .*, answer 0\.4690 bits: off by"))).to_be_visible()
    here.handle("entropy_p").press("ArrowDown")
    here.shown(lambda: here.title("entropy_areas"), lambda title: title == "How large is the whole area?")
