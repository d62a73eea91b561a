"""The hand on the Tree splits page: the ranking, the threshold, the tree, the reader's own file."""

import re

from playwright.sync_api import expect

PAGE = "/tree-splits"
PUBLISHED = {"Outlook": "0.2467 bits", "Humidity": "0.1518 bits", "Wind": "0.04813 bits", "Temperature": "0.02922 bits"}
OWN = "height,wet,kind\n" + "".join(f"{i}.5,{'yn'[i % 3 == 0]},{'ab'[i > 20]}\n" for i in range(40))


def gain(here) -> str:
    return here.readouts()["Information gain"]


def test_dragging_along_the_ranking_turns_the_question_and_the_link_follows_at_the_end(visit):
    here = visit(PAGE)
    here.stage("tree_ranking")
    handle = here.handle("tree_ranking")
    titles = ("tree_ranking", "tree_branches")
    during = here.drag(handle, 0, 170, lambda: (*map(here.title, titles), gain(here), here.page.url))
    assert len({title for title, _, _, _ in during}) >= 3
    assert len({branches for _, branches, _, _ in during}) >= 3
    assert {share for _, _, share, _ in during} <= set(PUBLISHED.values())
    assert len({url for _, _, _, url in during}) == 1
    asked = here.written("tree_ask")
    assert asked in ("Wind", "Temperature")
    here.shown(lambda: here.title("tree_impurities"), lambda title: title.startswith(asked))  # what is below follows
    assert gain(here) == PUBLISHED[asked]
    handle.press("Home" if asked == "Wind" else "ArrowUp")
    here.shown(lambda: gain(here), lambda shown: shown != PUBLISHED[asked])


def test_dragging_the_threshold_moves_the_points_and_the_link_restores_it(visit):
    here = visit(f"{PAGE}?tree_data=iris")
    here.stage("tree_threshold")
    handle = here.handle("tree_threshold")
    key = "tree_threshold"
    during = here.drag(handle, 120, 0, lambda: (here.title(key), here.alt(key), here.page.url))
    assert len({title for title, _, _ in during}) >= 4
    assert len({re.search(r"(\d+) answer yes", alt)[1] for _, alt, _ in during}) >= 4
    assert len({url for _, _, url in during}) == 1
    written = here.written("tree_cut")
    assert re.fullmatch(r"petal length<=[\d.]+", written)
    assert "less than ≤ 2.45" in here.title("tree_threshold")
    name = written.replace("<=", " ≤ ") + "?"
    expect(here.page.get_by_role("button", name=name, exact=True)).to_be_visible()  # and can be asked of the tree

    again = visit(here.page.url.removeprefix(here.server))
    assert again.title("tree_threshold") == here.title("tree_threshold")
    again.stage("tree_threshold")
    assert again.spoken("tree_threshold") == here.spoken("tree_threshold")


def test_the_presets_show_the_published_gains(visit):
    here = visit(PAGE)
    for name, share in PUBLISHED.items():
        here.page.get_by_role("button", name=name, exact=True).click()
        here.shown(lambda: gain(here), lambda found, share=share: found == share)
    here.page.get_by_role("button", name="The day wins").click()
    here.shown(lambda: here.title("tree_ranking"), lambda title: title == "Day tells 0.9403 of 0.9403 bits")
    here.page.get_by_role("button", name="The flower’s number loses").click()
    here.shown(lambda: here.title("tree_ranking"), lambda title: title.startswith("Flower has 0.2193 by gain ratio"))


def test_a_tree_is_grown_question_by_question_in_the_link(visit):
    here = visit(PAGE)
    here.stage("tree_grown")
    here.page.get_by_role("button", name="Humidity?").click()
    here.shown(lambda: here.link.get("tree_path"), lambda text: text == "Humidity")
    expect(here.page.get_by_text("The greedy choice Outlook has 0.2467 bits, 0.09491 bits more.")).to_be_visible()
    here.page.get_by_role("button", name="Greedy").click()
    here.shown(lambda: here.link.get("tree_path"), lambda text: text == "Humidity;Outlook")
    here.page.get_by_role("button", name="Undo").click()
    here.shown(lambda: here.link.get("tree_path"), lambda text: text == "Humidity")


def test_an_uploaded_file_is_ranked_and_a_wrong_one_changes_nothing(visit):
    here = visit(f"{PAGE}?tree_data=own+data")
    field = here.page.locator("input[type=file]")
    field.set_input_files({"name": "mine.csv", "mimeType": "text/csv", "buffer": OWN.encode()})
    here.shown(lambda: here.title("tree_ranking"), lambda title: title.startswith("height ≤ 21 tells"))
    field.set_input_files({"name": "bad.csv", "mimeType": "text/csv", "buffer": b"\x00\x01\x02"})
    expect(here.page.get_by_text("bad.csv was not taken.")).to_be_visible()
    assert here.title("tree_ranking").startswith("height ≤ 21 tells")


def test_every_control_in_one_link_restores_the_page_in_a_fresh_browser(visit):
    link = "tree_data=moons&tree_id=true&tree_by=Gini&tree_seed=7&tree_ask=x&tree_cut=y<=0.1&tree_path=y<=0.3;x<=0"
    here = visit(f"{PAGE}?{link}&unit=nats", viewport={"width": 390, "height": 844})
    for key in ("tree_ranking", "tree_branches", "tree_threshold", "tree_impurities", "tree_grown", "tree_plane"):
        here.stage(key)
    assert here.sideways() == []
    assert here.link == dict(pair.split("=", 1) for pair in link.split("&")) | {"unit": "nats"}
    assert " by Gini" in here.title("tree_ranking")
    assert here.title("tree_threshold").startswith("y ≤ 0.1 has")
    assert here.title("tree_grown").startswith("2 questions tell")
    assert here.title("tree_plane").startswith("3 rectangles")
    assert here.readouts()["Entropy of Moon"] == "0.6931 nats"
