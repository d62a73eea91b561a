"""The hand on the Mutual information page: cells, locked marginals, the circle, typed tables, a finger on a phone."""

import re

import pytest
from playwright.sync_api import expect

PAGE = "/mutual-information"
P = "mutual_p"
SIX = "2,1,1,1,1,1;1,2,1,1,1,1;1,1,2,1,1,1;1,1,1,2,1,1;1,1,1,1,2,1;1,1,1,1,1,2"


def cells(here) -> list[float]:
    spoken = "nodes => nodes.map(n => Number(n.getAttribute('aria-valuetext')))"  # read in one go: cells come and go
    return here.control(P).get_by_role("slider").evaluate_all(spoken)


def sums(here) -> list[str]:
    return here.control(P).locator(".live-sum").all_inner_texts()


def entropies(here) -> list[str]:
    found = here.readouts()
    return [found["H(X)"], found["H(Y)"]]


def shared(here) -> float:
    return float(here.readouts()["Mutual information I"].split()[0])


def test_dragging_a_cell_moves_everything_during_the_drag_and_the_link_after_it(visit):
    here = visit(PAGE)
    here.stage("mutual_venn")
    history = here.page.evaluate("history.length")
    during = here.drag(
        here.handle(P, 1), 0, -60, lambda: (here.title("mutual_venn"), here.readouts().get("H(X,Y)"), here.page.url), 10
    )
    assert len({title for title, _, _ in during}) >= 3
    assert len({readout for _, readout, _ in during}) >= 3
    assert len({url for _, _, url in during}) == 1
    written = here.written(P)
    here.at_rest()
    assert here.page.evaluate("history.length") == history
    a, b, c, d = cells(here)
    assert b == pytest.approx(0.1 + 60 / here.handle(P, 1).bounding_box()["height"], abs=0.02)
    assert a + b + c + d == pytest.approx(1, abs=1e-3)  # spoken to four digits
    assert (a / d, a / c) == pytest.approx((0.4 / 0.45, 8), rel=0.01)  # the others gave way in proportion
    again = visit(f"{PAGE}?{P}={written}", viewport={"width": 1280, "height": 720})
    assert again.readouts() == here.readouts()
    assert again.spoken(P) == here.spoken(P)
    assert again.title("mutual_pointwise") == here.title("mutual_pointwise")


def test_with_locked_marginals_only_the_dependence_changes(visit):
    here = visit(PAGE)
    here.control(P).get_by_role("button", name="Lock marginals").click()
    here.shown(lambda: here.link.get(P, ""), lambda text: text.endswith("!"))
    kept, before = sums(here), entropies(here)
    during = here.drag(here.handle(P), 0, 50, lambda: (shared(here), *sums(here), *entropies(here)), 8)
    assert len({seen[0] for seen in during}) >= 3
    assert {tuple(seen[1:]) for seen in during} == {(*kept, *before)}
    here.written(P)
    cell = here.handle(P)
    for key, value in (("Home", 0), ("End", 0.45), ("PageDown", 0.35), ("ArrowUp", 0.36), ("Shift+ArrowDown", 0.359)):
        cell.press(key)
        here.shown(lambda: cells(here)[0], lambda v, value=value: v == pytest.approx(value))
    here.shown(lambda: here.link.get(P), lambda text: text is not None and "Dry:0.359,0.141;Rain:0.091,0.409!" in text)
    assert (sums(here), entropies(here)) == (kept, before)


def test_pulling_the_circle_changes_what_is_shared_and_leaves_both_entropies(visit):
    here = visit(PAGE)
    circle = here.stage("mutual_venn").get_by_role("slider")
    before = entropies(here)
    during = here.drag(circle, 25, 0, lambda: (shared(here), *entropies(here)), 8)
    assert len({seen[0] for seen in during}) >= 3
    assert {tuple(seen[1:]) for seen in during} == {tuple(before)}
    here.written(P)
    assert shared(here) < 0.3973
    circle.press("End")
    here.shown(lambda: here.title("mutual_venn"), lambda title: title.endswith("the circles only touch"))
    here.shown(lambda: here.link.get(P, ""), lambda text: text.endswith("Dry:0.225,0.275;Rain:0.225,0.275"))
    assert entropies(here) == before
    circle.press("Home")
    here.shown(lambda: cells(here), lambda found: 0 in found)


def test_tables_are_typed_mended_divided_and_resized(visit):
    here = visit(PAGE)
    field, alert = here.control(P).get_by_label("Typed"), here.control(P).get_by_role("alert")
    field.fill("0.5, 0.5; 0.1, half")
    field.press("Enter")
    expect(alert).to_contain_text("“half” is not a number")
    assert here.link == {}
    field.fill("0.5, 0.5; 0.5, 0.5")
    field.press("Enter")
    expect(alert).to_contain_text("The cells sum to 2, not 1")
    here.control(P).get_by_role("button", name="Normalize").click()
    here.shown(lambda: here.link.get(P), lambda text: text == "0.25,0.25;0.25,0.25")
    field.fill("A/B: no, yes; a: 2, 3; b: 4, 0; c: 3, 2")
    field.press("Enter")
    expect(alert).to_have_text("The counts are divided by their sum, 14.")
    here.shown(lambda: here.link.get(P), lambda text: text == "A/B:no,yes;a:2,3;b:4,0;c:3,2")
    here.shown(here.readouts, lambda r: r["Mutual information I"] == "0.2467 bits")
    here.control(P).get_by_role("button", name="Remove row").click()
    here.shown(lambda: len(cells(here)), lambda n: n == 4)
    for count in (6, 8):
        here.control(P).get_by_role("button", name="Add column").click()
        here.shown(lambda: len(cells(here)), lambda n, count=count: n == count)
    here.shown(lambda: here.link.get(P), lambda text: text == "A/B:no,yes,y3,y4;a:2,3,0,0;b:4,0,0,0")


def test_every_control_in_one_link_restores_the_page_in_a_fresh_browser(visit):
    link = (
        "mutual_p=A/B:u,v;a:0.5,0;b:0,0.5&mutual_rule=AND&mutual_noise=0.1&mutual_rho=-0.5&mutual_n=300&mutual_k=5"
        "&mutual_seed=7&mutual_shape=Parabola&mutual_stray=0.1&mutual_pair=0.9&mutual_size=64&mutual_draw=3&unit=nats"
    )
    here = visit(f"{PAGE}?{link}", viewport={"width": 1280, "height": 720})
    assert here.link == dict(pair.split("=") for pair in link.split("&"))
    assert here.title("mutual_venn") == "A and B tell everything about each other: one circle of 0.6931 nats"
    assert here.title("mutual_atoms").startswith("AND")
    assert here.title("mutual_gaussian").startswith("ρ = −0.5: 300 points")
    assert here.title("mutual_cloud").startswith("Parabola")
    assert here.title("mutual_ceiling").startswith("64 candidates")


def test_a_finger_drags_one_of_36_cells_on_a_phone(visit):
    here = visit(f"{PAGE}?{P}={SIX}", viewport={"width": 390, "height": 844}, has_touch=True)
    assert here.sideways() == []
    cell = here.handle(P, 14)
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    fingers = here.page.context.new_cdp_session(here.page)
    fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    seen = []
    for step in range(1, 11):
        fingers.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - 4.5 * step}]})
        here.page.wait_for_timeout(30)
        seen.append(here.title("mutual_venn"))
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert len(set(seen)) >= 3
    here.written(P)
    assert cells(here)[14] > 0.2
    assert re.match(r"Y tells \S+ bits", here.title("mutual_venn"))
