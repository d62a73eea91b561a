"""The first thing that a stranger sees: by deep link on a cold server, from Home, with a bad link, on a phone."""

import re
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from pages import contents
from tests.browser.conftest import USUAL, running
from tests.browser.visit import Visit, address

pages = pytest.mark.parametrize("page", contents.PAGES, ids=lambda page: page.file)
ROUTES = ["/", "/entropy", "/_stcore/health", "/live/slider.js", "/live/live.css", "/vendor/plotly.min.js", "/nowhere"]


def test_a_deep_link_is_the_first_visit_that_a_server_ever_had(browser):
    with running() as address:
        context = browser.new_context(**USUAL)
        visit = Visit(context.new_page(), address).open("/entropy?entropy_p=0.9,0.1")
        visit.shown(visit.readouts, lambda r: r.get("Entropy H") == "0.4690 bits")
        assert visit.page.get_by_role("heading", level=1).inner_text() == "How surprised will you be, on average?"
        expect(visit.page.get_by_role("dialog")).to_have_count(0)
        expect(visit.page.get_by_test_id("stException")).to_have_count(0)
        assert visit.page.get_by_role("switch", name="Lecture").or_(visit.page.get_by_label("Lecture")).count() == 1
        assert visit.link == {"entropy_p": "0.9,0.1"}
        assert visit.errors == []
        assert visit.outside == []
        context.close()


@pages
def test_every_page_has_its_address_and_shows_question_control_and_picture_together(visit, page):
    here = visit(address(page))
    assert here.page.get_by_role("heading", level=1).inner_text() == page.question
    assert here.page.title().startswith(page.title)
    expect(here.page.get_by_test_id("stException")).to_have_count(0)
    assert here.link == {}
    heading = here.page.get_by_role("heading", level=1).bounding_box()
    assert heading["y"] + heading["height"] < 720
    main = here.page.locator(".live-stage[data-size=main] .live-canvas, .live-stage[data-size=tall] .live-canvas").first
    if main.count():
        box = main.bounding_box()
        assert box["y"] + box["height"] <= 720
        assert box["height"] >= 720 / 2 * 0.98
        control = here.page.get_by_role("slider").first.bounding_box()
        assert control["y"] + control["height"] <= 720
    for picture in here.page.locator(".live-stage [role=img]").all():
        assert re.search(r"\d", picture.get_attribute("aria-label")), "a text alternative states the present finding"


def test_the_menu_leads_from_every_page_to_the_next(visit):
    here = visit("/")
    for page in (*contents.LESSONS, contents.HOME):
        if page.section:
            here.page.get_by_role("button", name=page.section).click()
        here.page.get_by_test_id(re.compile("stTopNav.*Link$")).filter(has_text=page.title).first.click()
        expect(here.page.get_by_role("heading", level=1)).to_have_text(page.question)
        here.at_rest()


@pytest.mark.parametrize("page", [p for p in contents.LESSONS if p.station], ids=lambda page: page.file)
def test_the_map_on_home_opens_each_page_in_its_telling_state(visit, page):
    here = visit("/")
    named = f"{page.title} {page.point}".strip()
    here.page.locator(".st-key-map").get_by_role("link", name=named, exact=True).click()
    expect(here.page.get_by_role("heading", level=1)).to_have_text(page.question)
    here.at_rest()
    direct = visit(address(page, **page.link))
    here.shown(here.readouts, lambda r: r == direct.readouts())
    here.shown(lambda: here.link, lambda link: link == page.link)


def test_a_bad_link_is_answered_in_a_sentence_and_leaves_the_address(visit):
    here = visit("/entropy?entropy_p=0.5,0.6&entropy_coin=nan&unit=furlongs")
    assert here.readouts()["Entropy H"] == "1.75 bits"
    expect(here.page.get_by_text("The shares sum to 1.1, not 1")).to_be_visible()
    expect(here.page.get_by_text("entropy_coin=nan is not a number")).to_be_attached()
    expect(here.page.get_by_text("unit=furlongs is none of bits, nats, bans")).to_be_visible()
    here.shown(lambda: here.link, lambda link: link == {})


@pages
def test_on_a_phone_nothing_scrolls_sideways(visit, page):
    phone = visit(address(page), viewport={"width": 390, "height": 844}, has_touch=True)
    for stage in phone.page.locator(".live-stage").all():
        stage.scroll_into_view_if_needed()
        stage.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")
        assert stage.bounding_box()["width"] <= 390
    assert phone.sideways() == []


@pytest.mark.parametrize("route", ROUTES)
def test_every_answer_carries_the_security_headers(server, route):
    with urlopen(server + route) as answer:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-eval" not in policy
        assert not re.search(r"https?:|\*", policy)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "camera=()" in answer.headers["permissions-policy"]


def test_scripts_are_sent_compressed_and_only_what_belongs_to_the_browser_is_served(browser, server):
    context = browser.new_context(**USUAL)
    vendor = context.request.get(f"{server}/vendor/plotly.min.js")
    assert vendor.headers["content-encoding"] == "gzip"
    for path in (
        "/live/../entropy.py",
        "/live/%2e%2e/entropy.py",
        "/live/..%2f..%2fapp.py",
        "/vendor/..%2f__init__.py",
    ):
        answer = context.request.get(server + path)
        assert "import" not in answer.text()[:2000] or "<html" in answer.text()[:500]
    assert context.request.get(f"{server}/live/stage.js").ok
    assert context.request.get(f"{server}/live/stage.py").status == 404
    context.close()
