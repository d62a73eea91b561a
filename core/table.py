"""A reader's own table: CSV into named columns. Every guess is stated and changeable, every refusal is one sentence.

The sentences are shown as they stand to people who use the application. Nothing in the text is ever evaluated: a cell
is a number if `float` reads it, and a label otherwise.
"""

import codecs
import csv
import hashlib
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, islice, pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core._checks import as_int

Kind = Literal["number", "label"]

LARGEST = 50 * 2**20  # bytes
ROWS, COLUMNS = 100_000, 50
DELIMITERS = {"tab": "\t", "semicolon": ";", "bar": "|", "comma": ","}  # of two that fit as well, the first counts
MISSING = frozenset({"", "?", "NA", "N/A", "n/a", "na", "NaN", "nan", "NAN", "NULL", "null", "#N/A"})
CLASSES = 50  # a target with more values than that is no target
GROUPS = 10  # numbers with no more different values than that are classes as they stand

_BLOCK = 256  # rows that are held as text at a time
_SAMPLE = 200  # rows that the guesses look at
_DECIMAL_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}(\.\d{3})+),\d+")
_DECIMAL_POINT = re.compile(r"[+-]?(\d*\.(\d{1,2}|\d{4,})|\d{4,}\.\d{3}|\d*\.\d+[eE][+-]?\d+)")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
_NOT_IN_TEXT = bytes({*range(32), 127} - {*b"\t\n\r\f\v\x1a"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: numbers, or labels as codes into their sorted names. Nothing is missing in it."""

    name: str
    values: NDArray  # (n,) float64, or int64 codes from 0 on
    names: tuple[str, ...] = ()  # of the labels; none for numbers
    note: str = ""  # what was done to it, in one sentence

    @property
    def is_label(self) -> bool:
        """Whether it holds labels."""
        return bool(self.names)

    @property
    def texts(self) -> list[str]:
        """The entries as text."""
        return [self.names[code] for code in self.values] if self.is_label else [f"{v:.12g}" for v in self.values]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of equal length, how the text was read, and what a reader should know about it."""

    columns: tuple[Column, ...]
    target: str  # name of the column to be explained
    rows: int
    notes: tuple[str, ...]  # one plain sentence each
    encoding: str
    delimiter: str  # one of DELIMITERS
    header: bool
    decimal: str
    digest: str = field(repr=False)  # of the content and of how it was read: equal digests, equal tables

    @property
    def names(self) -> list[str]:
        """The names of the columns, which are distinct."""
        return [column.name for column in self.columns]

    @property
    def features(self) -> tuple[Column, ...]:
        """All columns but the target."""
        return tuple(column for column in self.columns if column.name != self.target)

    def with_target(self, name: str) -> "Table":
        """The same with another column to be explained."""
        return replace(self, target=self.column(name).name, digest=f"{self.digest} {name}")

    def column(self, name: str) -> Column:
        """The column of this name."""
        found = next((column for column in self.columns if column.name == name), None)
        if found is None:
            raise ValueError(f"There is no column “{name}”: the columns are {_listed(self.names)}.")
        return found


def read_table(
    data: bytes | str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header: bool | None = None,
    decimal: Literal[".", ","] | None = None,
    kinds: Mapping[str, Kind] | None = None,
    target: str | None = None,
) -> Table:
    """Read CSV text. What is not given is guessed, and the record says what was guessed.

    Rows with a missing value (empty, ?, NA, NaN, null or infinite) are left out, and so are columns in which more than
    half of the values are missing; the notes say how many. A column is numbers if every value in it is one.

    Parameters
    ----------
    data : the file's bytes, or text.
    encoding : Python's name of the encoding; else by byte order mark, UTF-8 if the bytes allow it, or Windows-1252.
    delimiter : a name out of ``DELIMITERS``; else the one that makes the most regular table.
    header : whether the first row holds the names; else judged by whether it looks like the others.
    decimal : "." or ","; a comma is only guessed where it does not separate values.
    kinds : for columns by name, "number" or "label" in place of the guess; what is no number is missing then.
    target : name of the column to be explained; else the last.

    Raises
    ------
    ValueError
        If the data are no text, empty, too large, or no table of at least two columns and two complete rows. The
        message is one sentence for the reader.

    References
    ----------
    Shafranovich (2005), RFC 4180, Common format and MIME type for comma-separated values files.

    Examples
    --------
    >>> table = read_table("height;kind\\n1,5;a\\n2,5;b\\n?;b")
    >>> table.names, table.target, table.delimiter, table.decimal
    (['height', 'kind'], 'kind', 'semicolon', ',')
    >>> table.column("height").values, table.column("kind").values, table.column("kind").names
    (array([1.5, 2.5]), array([0, 1]), ('a', 'b'))
    >>> table.notes
    ('1 row with missing values was left out.',)
    """
    given = repr((encoding, delimiter, header, decimal, sorted((kinds or {}).items())))
    content = data.encode("utf-8", "replace") if isinstance(data, str) else bytes(data)
    if len(content) > LARGEST:
        raise ValueError(too_large(len(content)))
    digest = hashlib.sha256(given.encode())
    digest.update(content)
    content, encoding, notes = _decoded(content, "utf-8" if isinstance(data, str) else encoding)
    layout = _layout(content, encoding, delimiter, header, decimal)
    columns, more = _columns(content, encoding, layout)
    columns = [_as_kind(column, (kinds or {}).get(column.name)) for column in columns]
    columns, left_out = _complete(columns)
    table = Table(
        tuple(columns), columns[-1].name, len(columns[0].values), (*notes, *more, *left_out, *_remarks(columns)),
        encoding, layout.delimiter, layout.header, layout.decimal, digest.hexdigest(),
    )  # fmt: skip
    return table if target is None else table.with_target(target)


def too_large(size: int) -> str:
    """The sentence for a file of so many bytes, which need not have been read for it."""
    return f"The file has {size / 2**20:.0f} MB, more than {LARGEST // 2**20}: keep a sample of its rows."


def as_classes(column: Column, groups: int = 3) -> Column:
    """A column as classes: labels and few numbers as they stand, many numbers cut into groups of about equal size.

    Raises
    ------
    ValueError
        If it has one value only or labels that hardly ever repeat, in one sentence for the reader.

    Examples
    --------
    >>> prices = Column("price", np.arange(12.0))
    >>> as_classes(prices).names
    ('up to 3', '3 to 7', 'above 7')
    >>> np.bincount(as_classes(prices).values)
    array([4, 4, 4])
    """
    if column.is_label:
        found = column
    else:
        few = np.unique(column.values[:1000]).size <= GROUPS and np.unique(column.values).size <= GROUPS
        found = _as_labels(column) if few else _cut(column, as_int(groups, "groups", low=2))
    if len(found.names) < 2:
        raise ValueError(f"Column “{column.name}” has the same value in every row: there is nothing to tell apart.")
    if len(found.names) > min(CLASSES, len(found.values) - 1):
        raise ValueError(
            f"Column “{column.name}” has {len(found.names)} different values in {len(found.values)} rows: "
            "choose a target whose values repeat."
        )
    return found


def _cut(column: Column, groups: int) -> Column:
    last = np.arange(1, groups) * len(column.values) // groups - 1  # place of the largest of each group
    edges = np.unique(np.partition(column.values, last)[last])
    edges = edges[edges < column.values.max()]
    if not edges.size:
        raise ValueError(f"Column “{column.name}” has nearly one value only: there is nothing to tell apart.")
    texts = [f"{edge:.4g}" for edge in edges]
    texts = texts if len(set(texts)) == len(texts) else [f"{edge:.12g}" for edge in edges]
    between = [f"{low} to {high}" for low, high in pairwise(texts)]
    names = (f"up to {texts[0]}", *between, f"above {texts[-1]}")
    note = f"The numbers of “{column.name}” were cut into {len(names)} groups of about the same size."
    return Column(column.name, np.searchsorted(edges, column.values), names, note)


# --- from bytes to text


def _decoded(data: bytes, encoding: str | None) -> tuple[bytes, str, list[str]]:
    """The content in an encoding that contains ASCII, the encoding's name, and what to say about it."""
    if not data or data.isspace():
        raise ValueError("The file is empty.")
    marks = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF8: "utf-8-sig",
             codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}  # fmt: skip
    encoding = encoding or next((name for mark, name in marks.items() if data.startswith(mark)), None)
    notes: list[str] = []
    if encoding is None:
        _refuse_binary(data)
        encoding = next(name for name in ("utf-8", "cp1252", "latin-1") if _decodes(data, name))
        if encoding != "utf-8":
            notes = ["The file is not in UTF-8 and was read as Windows-1252: check its accented letters."]
        return data, encoding, notes
    try:
        text = data.decode(encoding)
    except LookupError:
        raise ValueError(f"There is no encoding “{encoding[:40]}”.") from None
    except ValueError:
        raise ValueError(f"The file is not in {encoding}: save it as UTF-8.") from None
    content = text.removeprefix("\ufeff").encode("utf-8", "replace")
    _refuse_binary(content)
    return content, encoding, notes


def _refuse_binary(data: bytes) -> None:
    start = data[:100_000]
    strange = len(start) - len(start.translate(None, _NOT_IN_TEXT))
    if b"\0" in data or strange > 0.01 * len(start) or data.startswith(b"%PDF"):
        raise ValueError("The file is not text but binary, such as an image, an archive or a workbook: save it as CSV.")


def _decodes(data: bytes, encoding: str) -> bool:
    if data.isascii():
        return True
    decoder, view = codecs.getincrementaldecoder(encoding)(), memoryview(data)
    try:
        for start in range(0, len(data), 2**20):  # in pieces: the whole text can take four times the room of its bytes
            decoder.decode(view[start : start + 2**20])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _rows(data: bytes, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """The rows that are not blank."""
    encoding = encoding if encoding in ("cp1252", "latin-1") else "utf-8"
    lines = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    row, reader = [], csv.reader(lines, delimiter=DELIMITERS[delimiter], skipinitialspace=True)
    try:
        for row in reader:
            if len(row) > 1 or (row and row[0].strip()):
                yield row
    except csv.Error:
        raise ValueError(
            f"A value near line {reader.line_num} is longer than 131072 characters: a quotation mark may be left open."
        ) from None
    if row and "\n" in row[-1].rstrip("\r\n") and not data.rstrip().endswith(b'"'):
        opened = reader.line_num - row[-1].rstrip("\r\n").count("\n")
        raise ValueError(f"A quotation mark that opens near line {opened} is never closed.")


# --- what the table looks like


@dataclass(frozen=True, slots=True)
class _Layout:
    delimiter: str
    header: bool
    names: tuple[str, ...]
    decimal: str


def _layout(data: bytes, encoding: str, delimiter: str | None, header: bool | None, decimal: str | None) -> _Layout:
    if delimiter not in (None, *DELIMITERS):
        raise ValueError(f"delimiter is “{delimiter[:20]}”: choose one of {', '.join(DELIMITERS)}.")
    samples, problem = {}, None
    for name in DELIMITERS if delimiter is None else (delimiter,):
        try:
            samples[name] = list(islice(_rows(data, encoding, name), _SAMPLE))
        except ValueError as refusal:
            problem = refusal
    if not samples:
        raise problem
    best = max(samples, key=lambda name: _regularity(samples[name]))
    rows = samples[best]
    if not rows:
        raise ValueError("The file is empty.")
    if not _regularity(rows)[0]:
        if problem:
            raise problem
        raise ValueError("Only one column was found: separate the values by commas, semicolons, tabs or bars (|).")
    header = _has_header(rows) if header is None else header
    if header and len(rows) == 1:
        raise ValueError("There is only a header: add rows with values under it.")
    names = _names(rows, header)
    return _Layout(best, header, names, decimal or _decimal(rows[header:], best))


def _regularity(rows: Sequence[Sequence[str]]) -> tuple[bool, float, float]:
    """How much the rows look like a table: more than one column, the share of equally long rows, that of numbers."""
    if not rows:
        return False, 0.0, 0.0
    width, rows_of_it = Counter(map(len, rows)).most_common(1)[0]
    cells = [cell for row in rows for cell in row]
    return width > 1, rows_of_it / len(rows), sum(map(_looks_like_a_number, cells)) / len(cells)


def _looks_like_a_number(cell: str) -> bool:
    cell = cell.strip()
    if _DECIMAL_COMMA.fullmatch(cell):
        return True
    try:
        float(cell)
    except ValueError:
        return False
    return "_" not in cell and cell not in MISSING


def _has_header(rows: Sequence[Sequence[str]]) -> bool:
    first, rest = [cell.strip() for cell in rows[0]], rows[1:]
    if any(map(_looks_like_a_number, first)) or any(cell and cell in MISSING for cell in first):
        return False
    if not rest or any(_looks_like_a_number(cell) for row in rest[:20] for cell in row):
        return True
    below = [{row[j].strip() for row in rest if j < len(row)} for j in range(len(first))]
    return len(set(first)) == len(first) and not any(cell in seen for cell, seen in zip(first, below, strict=True))


def _names(rows: Sequence[Sequence[str]], header: bool) -> tuple[str, ...]:
    width = Counter(map(len, rows[1:] or rows)).most_common(1)[0][0]
    first = [" ".join(cell.split())[:60] for cell in rows[0]] if header else [""] * width
    while len(first) > width and not first[-1]:
        first.pop()
    if len(first) == width - 1:
        first.insert(0, "row")  # R names the rows in a column without a name of its own
    if len(first) != width:
        raise ValueError(f"The header has {len(rows[0])} names but most rows have {width} values: mend the header.")
    if width > COLUMNS:
        raise ValueError(f"The table has {width} columns, more than {COLUMNS}: keep those that matter.")
    names: list[str] = []
    for j, name in enumerate(first):
        name = name or f"column {j + 1}"
        again = next(k for k in count(1) if (name if k == 1 else f"{name} ({k})") not in names)
        names.append(name if again == 1 else f"{name} ({again})")
    return tuple(names)


def _decimal(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    if delimiter == "comma":
        return "."
    cells = [cell.strip() for row in rows for cell in row]
    with_comma = any(map(_DECIMAL_COMMA.fullmatch, cells))
    return "," if with_comma and not any(map(_DECIMAL_POINT.fullmatch, cells)) else "."


# --- from text to columns


def _columns(data: bytes, encoding: str, layout: _Layout) -> tuple[list[Column], list[str]]:
    """All rows as columns of numbers (NaN where missing) or labels (-1 where missing), and what to say about them."""
    width, underscores = len(layout.names), b"_" in data
    numbers: list[list | None] = [[] for _ in range(width)]
    labels: dict[int, _Labels] = {}
    late, ragged = set(), [0]
    for i, block in enumerate(_blocks(data, encoding, layout, ragged)):
        for j, cells in enumerate(block):
            if numbers[j] is not None:
                found = _numbers(cells, layout.decimal, underscores)
                if found is not None:
                    numbers[j].append(found)
                    continue
                numbers[j] = None
                late |= {j} if i else set()
                labels[j] = _Labels()
            if j not in late:
                labels[j].add(cells)
    if late:  # these looked like numbers at first: their first rows are read again
        for block in _blocks(data, encoding, layout, [0]):
            for j in late:
                labels[j].add(block[j])
    columns = [
        labels[j].column(name) if j in labels else Column(name, np.concatenate(numbers[j] or [np.empty(0)]))
        for j, name in enumerate(layout.names)
    ]
    size = len(columns[0].values)
    if ragged[0] > size:
        raise ValueError(f"Most rows do not have {width} values as the first ones do: check the delimiter.")
    many, were = _rows_were(ragged[0])
    return columns, [f"{many} with too few or too many values {were} left out."] if ragged[0] else []


def _blocks(data: bytes, encoding: str, layout: _Layout, ragged: list[int]) -> Iterator[list[tuple[str, ...]]]:
    """The columns of a few rows at a time; rows of another length are counted in `ragged`."""
    rows, width, total = _rows(data, encoding, layout.delimiter), len(layout.names), 0
    if layout.header:
        next(rows)
    while block := list(islice(rows, _BLOCK)):
        good = [row for row in block if len(row) == width]
        ragged[0] += len(block) - len(good)
        total += len(block)
        if total > ROWS:
            raise ValueError(f"The table has more than {ROWS:,} rows: keep a sample of them.")
        if good:
            yield list(zip(*good, strict=True))


def _numbers(cells: Sequence[str], decimal: str, underscores: bool) -> NDArray[np.float64] | None:
    """The cells as numbers, NaN where one is missing; None if one is neither."""
    if underscores and any("_" in cell for cell in cells):  # which `float` would pass over
        return None
    if decimal == ",":
        cells = [_with_point(cell) for cell in cells]
    try:
        return np.fromiter(map(float, cells), np.float64, len(cells))
    except ValueError:
        known = ["nan" if cell.strip() in MISSING else cell for cell in cells]
    try:
        return np.fromiter(map(float, known), np.float64, len(cells))
    except ValueError:
        return None


def _with_point(cell: str) -> str:
    if "." in cell and _THOUSANDS.fullmatch(cell.strip()):
        cell = cell.replace(".", "")
    return cell.replace(",", ".")


class _Labels:
    """Labels as they come, each new one with the next code."""

    def __init__(self):
        self.codes, self.blocks = defaultdict(count().__next__), []

    def add(self, cells: Sequence[str]) -> None:
        self.blocks.append(np.fromiter(map(self.codes.__getitem__, cells), np.int64, len(cells)))

    def column(self, name: str) -> Column:
        """The column, its names without the spaces around them, sorted; -1 where one is missing."""
        texts = [" ".join(text.split()) for text in self.codes]
        names = sorted({text for text in texts if text not in MISSING})
        place = {text: i for i, text in enumerate(names)}
        codes = np.array([place.get(text, -1) for text in texts])
        return Column(name, codes[np.concatenate(self.blocks)], tuple(names))


# --- what is left of it


def _as_kind(column: Column, kind: Kind | None) -> Column:
    if kind not in (None, "number", "label"):
        raise ValueError(f"The kind of “{column.name}” is “{kind}”: choose number or label.")
    if kind == "label" and not column.is_label:
        return _as_labels(column)
    if kind == "number" and column.is_label:
        values = np.array([float(n) if _looks_like_a_number(n) and "," not in n else np.nan for n in column.names])
        return Column(column.name, np.append(values, np.nan)[column.values])
    return column


def _as_labels(column: Column) -> Column:
    values = np.unique(column.values[np.isfinite(column.values)])
    codes = np.where(np.isfinite(column.values), np.searchsorted(values, column.values), -1)
    return Column(column.name, codes, tuple(f"{value:.12g}" for value in values))


def _complete(columns: list[Column]) -> tuple[list[Column], list[str]]:
    """Columns and rows without gaps, and what was left out for that."""
    notes = []
    there = [c.values >= 0 if c.is_label else np.isfinite(c.values) for c in columns]
    kept = [j for j, known in enumerate(there) if known.size and known.mean() >= 0.5]
    lost = [columns[j].name for j in range(len(columns)) if j not in kept]
    if lost:
        subject = "Column {} is" if len(lost) == 1 else "Columns {} are"
        left = "was" if len(lost) == 1 else "were"
        notes.append(f"{subject.format(_listed(lost))} missing in most rows and {left} left out.")
    if len(kept) < 2:
        raise ValueError("Fewer than two columns have values: add rows with values.")
    rows = np.logical_and.reduce([there[j] for j in kept])
    if rows.sum() < 2:
        raise ValueError("Fewer than two rows are complete: fill in the missing values.")
    infinite = any(np.isinf(columns[j].values).any() for j in kept if not columns[j].is_label)
    many, were = _rows_were(int((~rows).sum()))
    if not rows.all():
        notes.append(f"{many} with missing {'or infinite ' if infinite else ''}values {were} left out.")
    return [_of_rows(columns[j], rows) for j in kept], notes


def _of_rows(column: Column, rows: NDArray[np.bool_]) -> Column:
    if not column.is_label:
        return replace(column, values=_frozen(column.values[rows]))
    used, codes = np.unique(column.values[rows], return_inverse=True)
    return replace(column, values=_frozen(codes.astype(np.int64)), names=tuple(column.names[code] for code in used))


def _frozen(values: NDArray) -> NDArray:
    values.flags.writeable = False
    return values


def _remarks(columns: list[Column]) -> list[str]:
    """What is odd about columns that are kept."""
    notes = []
    constant = [c.name for c in columns if c.values.min() == c.values.max()]
    if constant:
        subject = "Column {} is" if len(constant) == 1 else "Columns {} are"
        notes.append(f"{subject.format(_listed(constant))} the same in every row and can tell nothing.")
    for column in columns:
        different, n = len(column.names), len(column.values)
        numbers = [name for name in column.names if _looks_like_a_number(name)]
        if different > 10 and 0.9 * different < len(numbers) < different:
            odd = next(name for name in column.names if name not in set(numbers))
            notes.append(f"Column “{column.name}” was read as labels, because “{odd[:30]}” is no number.")
        elif different > 20 and different > 0.5 * n:
            notes.append(f"Column “{column.name}” has {different} values in {n} rows: it names them rather.")
    return notes


def _rows_were(n: int) -> tuple[str, str]:
    return ("1 row", "was") if n == 1 else (f"{n} rows", "were")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"
