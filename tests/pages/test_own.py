"""The reader's own data: given, refused, kept, read in another way, forgotten."""

import html
import re

from streamlit.testing.v1 import AppTest

GOOD = "height,width,kind\n" + "".join(f"{i},{i % 7},{'ab'[i % 2]}\n" for i in range(40))
OTHER = "x;y;z\n" + "".join(f"{i},5;{i % 3};{'uv'[i % 2]}\n" for i in range(30))
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))


def page():
    import streamlit as st

    from pages.shell import own

    found = own.table("tree_")
    st.text("nothing" if found is None else f"{found.names} {found.target} {found.rows} {found.delimiter}")


def pair():
    import streamlit as st

    from pages.shell import own

    found = own.table("mutual_", target=False)
    if found:
        st.text(f"{own.column('mutual_x', 'First', found, found.names[0])} of {found.rows}")


class Visitor:
    """Somebody on a page that shows what it was given."""

    def __init__(self, script=page, **link):
        self.app = AppTest.from_function(script, default_timeout=30)
        for name, text in link.items():
            self.app.query_params[name] = text
        self.app.run()

    def uploads(self, name: str, content: bytes):
        self.app.file_uploader[0].set_value((name, content, "text/csv")).run()
        return self

    def pastes(self, text: str):
        self.app.text_area[0].set_value(text).run()
        return self

    @property
    def shown(self) -> str:
        assert not self.app.exception
        return self.app.text[0].value if self.app.text else ""

    @property
    def said(self) -> str:
        return html.unescape(re.sub(r"<[^>]+>", " ", " ".join(e.proto.body for e in self.app.get("html"))))


def test_without_data_there_is_no_choice_and_a_short_word_about_them():
    here = Visitor()
    assert here.shown == "nothing"
    assert "in no link" in here.said
    assert not here.app.selectbox
    assert not here.app.multiselect


def test_pasted_and_uploaded_text_become_the_same_table():
    pasted, uploaded = Visitor().pastes(GOOD), Visitor().uploads("good.csv", GOOD.encode())
    assert pasted.shown == uploaded.shown == "['height', 'width', 'kind'] kind 40 comma"
    assert "good.csv: 40 rows and 3 columns" in uploaded.said


def test_a_wrong_file_is_answered_by_one_sentence_and_the_good_one_stays():
    here = Visitor().uploads("good.csv", GOOD.encode())
    good = here.shown
    here.uploads("photo.png", PNG)
    assert here.shown == good
    assert "photo.png was not taken. The file is not text but binary" in here.said
    assert "good.csv is kept." in here.said
    here.uploads("other.csv", OTHER.encode())
    assert here.shown == "['x', 'y', 'z'] z 30 semicolon"
    assert "not taken" not in here.said


def test_a_wrong_file_at_first_changes_nothing():
    here = Visitor().pastes("only a header")
    assert here.shown == "nothing"
    assert "The text was not taken. Only one column was found" in here.said
    assert "Nothing was changed." in here.said


def test_taking_back_a_refused_text_does_not_take_back_the_good_file():
    here = Visitor().uploads("good.csv", GOOD.encode()).pastes("nonsense")
    assert "was not taken" in here.said
    here.pastes("")
    assert "was not taken" not in here.said
    assert here.shown.endswith("40 comma")


def test_an_emptied_field_keeps_the_data_until_they_are_forgotten():
    here = Visitor().uploads("good.csv", GOOD.encode())
    here.app.file_uploader[0].set_value(None).run()  # which is what the browser does before it puts in another file
    assert here.shown.endswith("40 comma")
    next(b for b in here.app.button if b.label == "Forget the data").click().run()
    assert here.shown == "nothing"
    assert not here.app.selectbox
    here.uploads("good.csv", GOOD.encode())
    assert here.shown.endswith("40 comma")


def test_the_newest_of_two_counts():
    here = Visitor().uploads("good.csv", GOOD.encode()).pastes(OTHER)
    assert here.shown.endswith("30 semicolon")
    here.app.run()
    assert here.shown.endswith("30 semicolon")


def test_the_link_says_how_it_is_read():
    here = Visitor(tree_target="width", tree_delimiter="comma", tree_header="no")
    here.pastes(GOOD)
    assert here.shown == "['column 1', 'column 2', 'column 3'] column 3 41 comma"  # there is no column of that name
    assert "tree_target=width is none of" in here.said
    here = Visitor(tree_target="width").pastes(GOOD)
    assert here.shown.split("] ")[1] == "width 40 comma"
    assert "was not understood" not in here.said


def test_choices_that_make_no_table_are_answered_and_the_guess_counts():
    here = Visitor(tree_delimiter="semicolon").pastes(GOOD)
    assert here.shown.endswith("kind 40 comma")
    assert "Read in this way it makes no table: Only one column" in here.said


def test_columns_can_be_taken_for_labels():
    here = Visitor().pastes(GOOD)
    here.app.multiselect[0].set_value(["height", "kind"]).run()
    assert here.shown.endswith("kind 40 comma")
    assert "“height” has 40 values in 40 rows" in here.said
    here.app.multiselect[0].set_value(["kind", "width"]).run()
    here.app.selectbox[0].select("width").run()
    assert here.shown.split("] ")[1] == "width 40 comma"


def test_other_columns_in_the_next_file_set_the_choices_anew():
    here = Visitor().pastes(GOOD)
    here.app.selectbox[0].select("width").run()
    here.pastes(OTHER)
    assert here.shown == "['x', 'y', 'z'] z 30 semicolon"


def test_two_columns_are_picked_where_there_is_no_target():
    here = Visitor(pair, mutual_x="width").pastes(GOOD)
    assert here.shown == "width of 40"


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    from pages.shell import own

    monkeypatch.setattr(own, "LARGEST", 100)
    monkeypatch.setattr(own, "read_table", None)
    here = Visitor().uploads("large.csv", GOOD.encode())
    assert here.shown == "nothing"
    assert "large.csv was not taken. The file has" in here.said


def test_an_upload_of_any_size_that_is_taken_in_stays_in_memory():
    import streamlit as st
    from starlette.formparsers import MultiPartParser

    import app
    from core.table import LARGEST

    assert app.app
    allowed = st.get_option("server.maxUploadSize") * 2**20
    assert MultiPartParser.spool_max_size > allowed >= LARGEST


def growing():
    import streamlit as st

    from pages.shell import work

    asked = st.session_state.setdefault("asked", [])
    of, wanted = st.session_state.get("state", ("first", 5))

    def compute(start, stop):
        asked.append((of, start, stop))
        return [f"{of} {i}" for i in range(start, stop)]

    st.text(str(work.so_far("test_", of, wanted, 2, compute)))


def test_long_work_goes_on_where_it_was_and_begins_anew_for_something_else():
    app = AppTest.from_function(growing, default_timeout=30).run()
    assert app.text[0].value == "['first 0', 'first 1']"
    app.run().run().run()
    assert app.text[0].value == str([f"first {i}" for i in range(5)])
    assert app.session_state["asked"] == [("first", 0, 2), ("first", 2, 4), ("first", 4, 5)]
    app.session_state["state"] = ("first", 3)  # fewer are the beginning of what is there
    app.run()
    assert app.text[0].value == str([f"first {i}" for i in range(3)])
    app.session_state["state"] = ("second", 2)
    app.run()
    assert app.text[0].value == "['second 0', 'second 1']"
    assert len(app.session_state["asked"]) == 4
