"""The gain of a question is the mutual information of its answer and the label: two pages, one number, linked."""

import re
from urllib.parse import parse_qsl

from pages import contents
from tests.pages.reading import Reading

MUTUAL, TREE = (next(p for p in contents.LESSONS if p.file == f) for f in ("mutual_information.py", "tree_splits.py"))


def test_the_link_to_the_tree_opens_it_where_the_gain_is_the_information():
    here = Reading(MUTUAL).click("Outlook and play")
    (link,) = [e.proto for e in here.app.get("page_link") if e.proto.page == "tree-splits"]
    there = Reading(TREE, dict(parse_qsl(link.query_string)))
    assert not there.notices
    assert there.readouts["Information gain"] == here.readouts["Mutual information I"] == "0.2467 bits"
    assert re.search(r"gain", link.label)
