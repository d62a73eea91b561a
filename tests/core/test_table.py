"""A reader's table: good files, doubtful files, hostile files, all made here."""

import bz2
import codecs
import csv
import gzip
import io
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.table import COLUMNS, DELIMITERS, LARGEST, MISSING, ROWS, Column, as_classes, read_table, too_large


def rows(n: int, line="{i},{i}5,{c}\n") -> str:
    """n lines; i counts, c alternates between two labels."""
    return "".join(line.format(i=i, c="ab"[i % 2]) for i in range(n))


def outcome(content):
    """The table, or the refusal."""
    try:
        return read_table(content)
    except ValueError as refusal:
        return refusal


def values(table, name):
    column = table.column(name)
    return column.texts if column.is_label else column.values.tolist()


# --- good files


def test_numbers_and_labels_are_told_apart_and_the_target_is_the_last():
    table = read_table("x,kind\n1.5,b\n-2e3,a\n+.5,b\n")
    assert table.names == ["x", "kind"]
    assert (table.target, table.rows, table.notes) == ("kind", 3, ())
    assert values(table, "x") == [1.5, -2000.0, 0.5]
    assert table.column("kind").values.tolist() == [1, 0, 1]
    assert table.column("kind").names == ("a", "b")
    assert [column.name for column in table.features] == ["x"]


@pytest.mark.parametrize("name", DELIMITERS)
def test_each_delimiter_is_recognized(name):
    text = "x,y z,kind\n1,2,a\n3,4,b\n".replace(",", DELIMITERS[name])
    table = read_table(text)
    assert table.delimiter == name
    assert table.names == ["x", "y z", "kind"]


def test_text_with_commas_quotes_line_breaks_and_any_letter_is_one_value():
    text = 'name,said\nÅsa,"one, two"\n"李, 雷","she said ""no"""\nΩ,"two\nlines; and | more"\n'
    table = read_table(text)
    assert values(table, "name") == ["Åsa", "李, 雷", "Ω"]
    assert values(table, "said") == ["one, two", 'she said "no"', "two lines; and | more"]


def test_decimal_commas_are_read_where_semicolons_separate():
    table = read_table("x;y;kind\n1,5;1.000;a\n-2,25;12.500,5;b\n")
    assert table.decimal == ","
    assert values(table, "x") == [1.5, -2.25]
    assert values(table, "y") == [1000.0, 12500.5]


def test_a_decimal_comma_is_not_guessed_where_a_point_is_used_as_one():
    table = read_table("x;y;kind\n1,5;1.25;a\n2,5;1.5;b\n")
    assert table.decimal == "."
    assert values(table, "x") == ["1,5", "2,5"]
    assert values(read_table("x;kind\n1,5;a\n2,5;b\n", decimal="."), "x") == ["1,5", "2,5"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_mark_and_utf_8_need_no_word(encoding):
    table = read_table("größe,kind\n1,ä\n2,ß\n".encode(encoding))
    assert table.names == ["größe", "kind"]
    assert table.column("kind").names == ("ß", "ä")
    assert table.notes == ()


def test_utf_16_of_either_order_is_recognized_by_its_mark():
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        assert read_table(mark + "x,y\n1,ä\n2,b\n".encode(name)).column("y").names == ("b", "ä")


def test_windows_1252_is_read_with_a_word_about_it():
    table = read_table("größe,price\n1,5 €\n2,6 €\n".encode("cp1252"))
    assert table.names[0] == "größe"
    assert table.column("price").names == ("5 €", "6 €")
    assert "not in UTF-8" in table.notes[0]
    assert read_table(b"x,y\n1,\x81\n2,b\n").encoding == "latin-1"  # which Windows-1252 does not have


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(end):
    assert read_table(f"x,y{end}1,a{end}{end}2,b{end}").rows == 2


def test_a_first_row_of_numbers_is_no_header():
    table = read_table("1,2\n3,4\n5,7\n")
    assert (table.header, table.names, table.rows) == (False, ["column 1", "column 2"], 3)
    assert not read_table("yes,no\nno,yes\nyes,yes\n").header
    assert read_table("first,second\nno,yes\nyes,yes\n").header
    assert not read_table("first,second\nno,yes\nyes,no\n", header=False).header
    assert read_table("1,2\n3,4\n5,7\n", header=True).names == ["1", "2"]


def test_names_are_made_distinct_and_never_empty():
    assert read_table("a,a,,a\n1,2,3,4\n5,6,7,8\n").names == ["a", "a (2)", "column 3", "a (3)"]


def test_row_names_as_r_writes_them_get_a_name():
    assert read_table('"x","y"\n"one",1,2\n"two",3,4\n').names == ["row", "x", "y"]


def test_every_guess_can_be_changed():
    text = "x;y\n1,5;0\n2,5;1\n3,5;0\n"
    assert values(read_table(text, delimiter="semicolon", kinds={"x": "label"}), "x") == ["1.5", "2.5", "3.5"]
    assert read_table(text, target="x").target == "x"
    assert read_table("x,y\n1,a\n2,b\nno,a\n", kinds={"x": "number"}).rows == 2
    assert read_table("größe,y\n1,a\n2,b\n".encode("cp1252"), encoding="cp850").names != ["größe", "y"]


NUMBER, TEXT = st.floats(allow_nan=False, allow_infinity=False), st.text(st.characters(exclude_categories=["Cc"]))


@given(st.lists(st.tuples(NUMBER, TEXT), min_size=2, max_size=20), st.sampled_from(list(DELIMITERS)))
def test_what_a_writer_of_csv_has_written_is_read_back(pairs, delimiter):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=DELIMITERS[delimiter], quoting=csv.QUOTE_ALL)
    writer.writerows([("x", "text"), *((repr(x), f"t{text}") for x, text in pairs)])
    table = read_table(out.getvalue().encode("utf-8", "replace"), delimiter=delimiter, header=True, decimal=".")
    assert values(table, "x") == [x for x, _ in pairs]
    expected = [f"t{text}".encode("utf-8", "replace").decode() for _, text in pairs]
    assert table.column("text").texts == [" ".join(text.split()) for text in expected]


def test_equal_digests_mean_equal_readings():
    text = rows(10)
    assert read_table(text).digest == read_table(text.encode()).digest
    others = [read_table(text, header=True), read_table(text, target="column 1"), read_table(text + "1,2,a\n")]
    assert len({read_table(text).digest, *(table.digest for table in others)}) == 4
    assert read_table(text).with_target("column 1").digest == read_table(text, target="column 1").digest


def test_the_record_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        read_table(rows(5)).columns[0].values[0] = 7


# --- doubtful files: usable, with a sentence


@pytest.mark.parametrize("missing", sorted(MISSING - {""}))
def test_rows_with_a_missing_value_are_left_out_and_counted(missing):
    table = read_table(f"x,y,kind\n1,{missing},a\n2,3,b\n3,4,a\n4,5,{missing}\n5,6, \n6,7,b\n7,8,a\n")
    assert table.rows == 4
    assert table.notes == ("3 rows with missing values were left out.",)
    assert not table.column("y").is_label
    assert table.column("kind").names == ("a", "b")


def test_infinite_and_overflowing_numbers_count_as_missing():
    table = read_table("x,y\ninf,1\n1e999,2\n3,3\n4,4\n5,5\n")
    assert table.rows == 3
    assert table.notes == ("2 rows with missing or infinite values were left out.",)


def test_a_column_missing_in_most_rows_is_left_out():
    table = read_table("x,gap,y\n1,,a\n2,,b\n3,5,a\n")
    assert table.names == ["x", "y"]
    assert table.notes == ("Column “gap” is missing in most rows and was left out.",)


def test_ragged_rows_are_left_out_and_counted():
    table = read_table("x,y,z\n1,2,3\n4,5\n6,7,8,9\n1,2,3\n2,3,4\n5,6,7\n")
    assert table.rows == 4
    assert table.notes == ("2 rows with too few or too many values were left out.",)


def test_constant_columns_and_one_class_are_said():
    table = read_table("x,y,kind\n1,7,a\n2,7,a\n3,7,a\n")
    assert table.notes == ("Columns “y”, “kind” are the same in every row and can tell nothing.",)
    with pytest.raises(ValueError, match=r"“kind” has the same value in every row: there is nothing to tell apart\."):
        as_classes(table.column("kind"))


def test_a_column_of_names_is_said():
    table = read_table("id,kind\n" + rows(200, "r{i},{c}\n"))
    assert table.notes == ("Column “id” has 200 values in 200 rows: it names them rather.",)
    with pytest.raises(ValueError, match="choose a target whose values repeat"):
        as_classes(table.column("id"))


def test_a_typing_error_that_makes_labels_of_numbers_is_said():
    late = 3000  # far behind the rows that the guesses look at
    table = read_table("x,kind\n" + rows(late, "{i},{c}\n") + "12x,a\n")
    assert table.column("x").is_label
    assert table.rows == late + 1
    assert table.column("x").texts[0] == "0"
    assert table.column("x").texts[-1] == "12x"
    assert "because “12x” is no number" in table.notes[0]
    assert read_table("x,kind\n" + rows(late, "{i},{c}\n") + "12x,a\n", kinds={"x": "number"}).rows == late


def test_digits_with_underscores_are_labels_and_not_numbers():
    assert read_table("x,y\n1_0,2\n1_1,3\n").column("x").is_label


def test_a_cell_that_looks_like_a_formula_or_code_is_a_label():
    text = "x,kind\n=cmd|' /C calc'!A0,a\n__import__('os').abort(),b\n=1+1,a\n"
    assert values(read_table(text), "x") == ["=cmd|' /C calc'!A0", "__import__('os').abort()", "=1+1"]


# --- files that are refused, each with one sentence


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("table.csv", rows(10))
    return out.getvalue()


HOSTILE = {
    "empty": (b"", "is empty"),
    "only blank lines": (b" \r\n\n\t\n", "is empty"),
    "only a mark": (codecs.BOM_UTF8, "is empty"),
    "a mark and blanks": (codecs.BOM_UTF16_LE + "  \n".encode("utf-16-le"), "is empty"),
    "only a header": (b"x,y,z\n", "only a header"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "binary"),
    "an archive": (zipped(), "binary"),
    "compressed": (gzip.compress(rows(500).encode()), "binary"),
    "compressed, without a zero": (bz2.compress(rows(500).encode()).replace(b"\0", b"\1"), "binary"),
    "a document": (b"%PDF-1.7\nstream\n", "binary"),
    "numbers as they lie in memory": (np.arange(100.0).tobytes(), "binary"),
    "UTF-16 without a mark": ("x,y\n1,2\n".encode("utf-16-le"), "binary"),
    "half a character": (codecs.BOM_UTF16_LE + b"x", "not in utf-16"),
    "one column": (b"x\n1\n2\n3\n", "Only one column"),
    "prose": (b"This is a letter and no table.\nIt has lines.\n", "Only one column"),
    "one row of numbers": (b"1,2,3\n", "Fewer than two rows"),
    "all missing": (b"x,y\n,\n?,NA\nnan,null\n", "Fewer than two columns"),
    "no complete row": (b"x,y\n1,\n,a\n3,\n,b\n", "Fewer than two"),
    "an open quotation mark": (('x,y\n1,2\n3,"4\n' + rows(20, "{i},{i}\n")).encode(), "quotation mark"),
    "an open quotation mark before much": (('x,y\n1,2\n3,"4\n' + rows(50_000, "{i},{i}\n")).encode(), "quotation mark"),
    "a value without end": (b"x,y\n" + b"9" * 200_000 + b",1\n", "quotation mark"),
    "a header that is too long": (b"x,y,z\n1,2\n3,4\n", "header has 3 names"),
    "too many columns": (b"\n".join([b",".join(b"%d" % i for i in range(COLUMNS + 1))] * 3), f"{COLUMNS + 1} columns"),
    "too many rows": (b"x,y\n" + b"1,2\n" * (ROWS + 1), "more than 100,000 rows"),
}


@pytest.mark.parametrize(("content", "says"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_in_one_plain_sentence(content, says):
    with pytest.raises(ValueError, match=says) as refusal:
        read_table(content)
    sentence = str(refusal.value)
    assert type(refusal.value) is ValueError
    assert sentence.endswith(".")
    assert len(sentence) < 140
    assert ". " not in sentence
    assert not any(word in sentence for word in ("Error", "codec", "utf-8'", "None", "dtype"))


def test_a_file_that_is_too_large_is_refused_by_its_size():
    with pytest.raises(ValueError, match="more than 50: keep a sample") as refusal:
        read_table(b"1,2\n" * (LARGEST // 4 + 1))
    assert str(refusal.value) == too_large(LARGEST + 4)


@pytest.mark.parametrize(
    ("way", "says"),
    [
        (dict(encoding="klingon"), "no encoding “klingon”"),
        (dict(encoding="ascii"), "not in ascii"),
        (dict(delimiter="space"), "choose one of tab, semicolon, bar, comma"),
        (dict(delimiter="tab"), "Only one column"),
        (dict(kinds={"x": "picture"}), "choose number or label"),
        (dict(target="z"), "no column “z”: the columns are “x”, “ü”"),
    ],
    ids=str,
)
def test_a_choice_that_does_not_fit_is_refused_in_one_plain_sentence(way, says):
    with pytest.raises(ValueError, match=says):
        read_table("x,ü\n1,2\n3,4\n".encode(), **way)


@given(st.one_of(st.binary(max_size=400), st.text(alphabet='ab12.,;|\t\n\r"?NA _-e', max_size=120)))
def test_whatever_is_given_there_is_a_table_or_one_sentence(content):
    found = outcome(content)
    if isinstance(found, ValueError):
        assert type(found) is ValueError  # and none of its kin, whose messages are for programmers
        assert str(found).endswith(".")
        return
    assert len(set(found.names)) == len(found.names) >= 2
    assert found.rows >= 2
    for column in found.columns:
        assert column.values.shape == (found.rows,)
        assert np.isfinite(column.values).all()
        assert not column.is_label or set(column.values) == set(range(len(column.names)))


# --- classes


def test_few_numbers_are_classes_as_they_stand():
    column = Column("x", np.array([2.0, 1.0, 2.0, 10.0, 1.0]))
    found = as_classes(column)
    assert found.names == ("1", "2", "10")
    assert found.values.tolist() == [1, 0, 1, 2, 0]


@given(st.lists(st.floats(-1e6, 1e6), min_size=12, max_size=200), st.integers(2, 6))
def test_many_numbers_are_cut_at_their_ranks(numbers, groups):
    column = Column("x", np.array(numbers))
    if len(set(numbers)) <= 10:
        return
    found = as_classes(column, groups)
    assert 2 <= len(found.names) <= groups
    assert set(found.values) == set(range(len(found.names)))
    order = np.argsort(column.values, kind="stable")
    assert (np.diff(found.values[order]) >= 0).all()  # the groups lie one above the other
    if len(set(numbers)) == len(numbers):
        sizes = np.bincount(found.values)
        assert sizes.max() - sizes.min() <= 1
    assert "cut into" in found.note


def test_nearly_one_value_is_no_target():
    column = Column("x", np.append(np.zeros(1000), np.arange(1, 12.0)))
    assert len(as_classes(Column("x", np.append(np.zeros(5), np.arange(1, 12.0)))).names) == 3
    found = as_classes(column)
    assert found.names == ("up to 0", "above 0")
    with pytest.raises(ValueError, match="nearly one value"):
        as_classes(Column("x", np.append(np.arange(1, 12.0), np.full(1000, 12.0))))
