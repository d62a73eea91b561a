"""The hand on the Feature selection page: the cut, the criteria, a stranger's file."""

import numpy as np
from playwright.sync_api import expect

PAGE = "/feature-selection"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))


def own_file() -> bytes:
    """A table in the French manner: semicolons and decimal commas; `weight` tells the kind, `noise` does not."""
    rng = np.random.default_rng(1)
    kind = rng.integers(0, 2, 300)
    numbers = zip(*rng.random((2, 300)), kind, strict=True)
    lines = [f"{n:.3f};{w + 3 * k:.3f};{'été' if k else 'hiver'}" for n, w, k in numbers]
    return "\n".join(["noise;weight;kind", *(line.replace(".", ",") for line in lines)]).encode()


def test_dragging_the_cut_keeps_more_columns_and_everything_below_follows_when_it_is_let_go(visit):
    here = visit(PAGE)
    here.stage("feature_columns")
    handle = here.handle("feature_columns")
    during = here.drag(handle, 0, 95, lambda: (here.alt("feature_columns")[-26:], here.page.url))
    assert len({said for said, _ in during}) >= 2
    assert len({url for _, url in during}) == 1
    assert here.written("feature_keep") in "234"
    kept = here.link["feature_keep"]
    assert f"The first {kept} of 4 are kept" in here.alt("feature_columns")
    here.shown(lambda: here.title("feature_together"), lambda t: t.startswith(f"With {kept} columns"))
    handle.press("ArrowUp")
    here.shown(lambda: here.link.get("feature_keep"), lambda text: text != kept)


def test_presets_show_what_goes_wrong_one_column_at_a_time(visit):
    here = visit(PAGE)
    here.page.get_by_role("button", name="XOR pair", exact=True).click()
    here.shown(lambda: here.title("feature_steps"), lambda t: t.startswith("JMI keeps first and second;"))
    here.shown(lambda: here.link.get("feature_data"), lambda text: text == "XOR pair")
    here.page.get_by_role("button", name="Play tennis", exact=True).click()
    here.shown(lambda: here.readouts()["Most from one column"], lambda text: text == "0.2467 bits")
    here.page.get_by_role("button", name="A copy", exact=True).click()
    here.shown(lambda: here.title("feature_steps"), lambda t: t == "mRMR keeps signal and second; copy comes last")


def test_every_control_in_one_link_restores_the_page_in_a_fresh_browser(visit):
    link = (
        "feature_data=A+copy&feature_keep=3&feature_shuffles=40&feature_seed=7&feature_method=mRMR&feature_bins=8"
        "&unit=nats"
    )
    here = visit(f"{PAGE}?{link}", viewport={"width": 390, "height": 844})
    for key in ("feature_columns", "feature_steps", "feature_orders", "feature_pairs", "feature_together"):
        here.stage(key)
    assert here.sideways() == []
    assert here.link == dict(pair.replace("+", " ").split("=") for pair in link.split("&"))
    assert "The first 3 of 5 are kept" in here.alt("feature_columns")
    assert "Of 40 shuffles" in here.alt("feature_columns")
    assert here.title("feature_steps") == "mRMR keeps 3 columns; copy comes last"
    assert here.title("feature_together").endswith(" nats")


def test_a_wrong_file_is_answered_and_a_right_one_is_used_and_kept(visit):
    here = visit(f"{PAGE}?feature_data=Own+data")
    assert here.title("feature_columns").startswith("petal length knows")
    files = here.page.locator("input[type=file]")
    files.set_input_files({"name": "photo.png", "mimeType": "image/png", "buffer": PNG})
    expect(here.page.get_by_text("photo.png was not taken. The file is not text but binary")).to_be_visible()
    assert here.title("feature_columns").startswith("petal length knows")

    files.set_input_files({"name": "mesures.csv", "mimeType": "text/csv", "buffer": own_file()})
    expect(here.page.get_by_text("mesures.csv: 300 rows and 3 columns, by semicolon.")).to_be_visible()
    title = here.shown(lambda: here.title("feature_columns"), lambda t: t.startswith("weight knows"))
    assert title.endswith("bits in kind; 1 of 2 columns beat chance")
    expect(here.page.get_by_text("was not taken")).to_have_count(0)

    files.set_input_files({"name": "photo.png", "mimeType": "image/png", "buffer": PNG})
    expect(here.page.get_by_text("mesures.csv is kept.")).to_be_visible()
    here.at_rest()
    assert here.title("feature_columns") == title
    assert "mesures" not in here.page.url


def test_a_long_computation_shows_how_far_it_is_and_gives_way_to_the_hand(visit):
    rng = np.random.default_rng(2)
    X, kind = rng.random((10_000, 20)), rng.integers(0, 2, 10_000)
    lines = [",".join([*(f"{v:.4f}" for v in x), "ab"[k]]) for x, k in zip(X, kind, strict=True)]
    content = "\n".join([",".join([*(f"c{i}" for i in range(20)), "kind"]), *lines]).encode()
    here = visit(f"{PAGE}?feature_data=Own+data")
    here.page.locator("input[type=file]").set_input_files(
        {"name": "large.csv", "mimeType": "text/csv", "buffer": content}
    )
    expect(here.page.get_by_text("of 100 shuffles").first).to_be_visible()
    before = here.alt("feature_columns")
    here.handle("feature_columns").press("ArrowDown")  # one more column, while the shuffles go on
    here.shown(lambda: here.alt("feature_columns"), lambda alt: alt != before and "The first 2 of 20" in alt)
    expect(here.page.get_by_role("progressbar").first).to_be_visible()
