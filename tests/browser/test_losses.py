"""The hand on the Losses page: the prediction on either axis, the race played and started anew, labels, smoothing."""

import re

PAGE = "/losses"
PREDICTION = "losses_prediction"


def test_dragging_the_prediction_moves_everything_during_the_drag_and_the_link_after_it(visit):
    here = visit(PAGE)
    here.stage(PREDICTION)
    handle = here.control(PREDICTION).get_by_role("slider", name="Probability of label 1")
    during = here.drag(
        handle, 120, 0, lambda: (here.title(PREDICTION), here.readouts().get("slope in z"), here.page.url)
    )
    assert len({title for title, *_ in during}) >= 4
    assert len({slope for _, slope, _ in during}) >= 4
    assert len({url for *_, url in during}) == 1
    p = here.written("losses_p")
    assert float(p) > 0.3
    here.shown(lambda: here.title(PREDICTION), lambda title: title.startswith(f"Label 1 at {p} costs"))
    again = visit(f"{PAGE}?losses_p={p}", viewport={"width": 1280, "height": 720})
    assert again.readouts() == here.readouts()


def test_on_the_axis_of_logits_the_handle_reaches_the_exact_ends_and_the_presets_are_published(visit):
    here = visit(f"{PAGE}?unit=nats")
    here.stage(PREDICTION)
    handle = here.control(PREDICTION).get_by_role("slider", name="Probability on the axis of logits")
    handle.press("Home")
    here.shown(lambda: here.title(PREDICTION), lambda t: t.startswith("Label 1 at 0 costs without end"))
    here.shown(lambda: here.link.get("losses_p"), lambda text: text == "0")
    handle.press("End")
    here.shown(lambda: here.title(PREDICTION), lambda t: t == "Label 1 at 1 costs 0 nats, and nothing pulls at z")
    here.page.get_by_role("button", name="0.99 on the wrong class").click()
    published = {"Cross-entropy": "4.605 nats", "its slope in p": "−100", "its slope in z": "−0.99",
                 "slope in p": "−1.98", "slope in z": "−0.01960"}  # fmt: skip
    here.shown(here.readouts, lambda found: published.items() <= found.items())
    here.page.get_by_role("button", name="0.6 on the wrong class").click()
    here.shown(here.readouts, lambda found: found["Cross-entropy"] == "0.9163 nats")


def test_the_race_is_played_by_its_step_and_started_anew_on_the_plane(visit):
    here = visit(PAGE)
    step = here.stage("losses_progress").get_by_role("slider")
    during = here.drag(step, 150, 0, lambda: (here.title("losses_plane"), here.title("losses_progress")), steps=16)
    assert len({plane for plane, _ in during}) >= 4
    assert len({progress for _, progress in during}) >= 4
    played = here.written("losses_step")
    assert int(played) > 60
    here.shown(lambda: here.title("losses_plane"), lambda title: title.startswith(f"After {played} steps"))
    here.handle("losses_step").press("ArrowRight")
    here.shown(lambda: here.link.get("losses_step"), lambda text: text == str(int(played) + 1))

    here.stage("losses_plane")
    start = here.control("losses_plane").get_by_role("slider", name="Start of squared error")
    seen = here.drag(start, 60, -40, lambda: here.alt("losses_plane"), steps=12)
    assert len({re.search(r"From weight (\S+)", alt)[1] for alt in seen}) >= 3
    assert float(here.written("losses_w")) > -5
    assert float(here.link["losses_b"]) > 0.5


def test_predictions_are_dragged_and_labels_flipped_and_the_export_follows(visit):
    here = visit(PAGE)
    here.stage("losses_bars")
    handle = here.control("losses_bars").get_by_role("slider", name="Prediction of E")
    during = here.drag(handle, 60, 0, lambda: (here.title("losses_bars"), here.readouts()["Mean loss"]), steps=12)
    assert len({title for title, _ in during}) >= 3
    assert len({mean for _, mean in during}) >= 3
    e = here.written("losses_batch").split(",")[-1]
    assert float(e) > 0.1
    here.page.get_by_role("button", name="Flip E").click()
    here.shown(lambda: here.link.get("losses_labels"), lambda text: text == "1,0,1,0,0")
    here.shown(lambda: here.alt("losses_bars"), lambda alt: f"E predicts {e} for label 0" in alt)
    here.page.get_by_text("Take it away").click()
    code = here.page.get_by_test_id("stCode")
    here.shown(code.inner_text, lambda text: f"{e}]" in text and "0.0, 0.0]" in text)


def test_the_star_is_dragged_to_another_smoothing_and_theta_over_the_three_curves(visit):
    here = visit(PAGE)
    stage = here.stage("losses_smoothing")
    during = here.drag(stage.get_by_role("slider"), -60, 0, lambda: here.title("losses_smoothing"), steps=12)
    assert len(set(during)) >= 3
    epsilon = here.written("losses_epsilon")
    assert float(epsilon) > 0.12
    here.shown(lambda: here.title("losses_smoothing"), lambda title: title.startswith(f"ε = {epsilon}: no loss below"))
    theta = here.stage("losses_likelihood").get_by_role("slider")
    for _ in range(2):
        theta.press("PageUp")
    here.shown(lambda: here.title("losses_likelihood"), lambda title: title == "θ = 0.7 is the minimum of all three")
    here.shown(lambda: here.link.get("losses_theta"), lambda text: text == "0.7")


def test_every_control_in_one_link_restores_the_page_in_a_fresh_browser(visit):
    link = (
        "losses_p=0.2&losses_y=0&losses_step=60&losses_rate=2&losses_w=-4&losses_b=3&losses_seed=5"
        "&losses_batch=0.5,0.5,0.9,0.1,0.2&losses_labels=1,1,1,0,0&losses_epsilon=0.3&losses_classes=4&losses_n=20"
        "&losses_s=5&losses_theta=0.4&losses_prior_a=2&losses_prior_b=8&losses_seen=4&losses_f=2.5&unit=nats"
    )
    here = visit(f"{PAGE}?{link}", viewport={"width": 390, "height": 844})
    for key in (PREDICTION, "losses_plane", "losses_bars", "losses_smoothing", "losses_posterior", "losses_noises"):
        here.stage(key)
    assert here.sideways() == []
    assert here.link == dict(pair.split("=") for pair in link.split("&"))
    assert here.title(PREDICTION).startswith("Label 0 at 0.8 costs 0.2231 nats")
    assert here.title("losses_plane").startswith("After 60 steps")
    assert "From weight −4 and bias 3, 60 steps at rate 2" in here.alt("losses_plane")
    assert here.title("losses_posterior") == "The prior pulls the estimate from 0.25 to 0.2143"
    assert here.title("losses_noises").startswith("Predicting 2.5 for 4 loses 1.125, 1.5")
    table = here.page.get_by_role("table").bounding_box()
    assert table["x"] + table["width"] <= 390
