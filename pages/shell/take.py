"""What a reader takes away: the numbers as CSV and the code that prints the number on the screen."""

import csv
import io
from collections.abc import Sequence

import streamlit as st


def table(columns: dict[str, Sequence]) -> str:
    """Named columns as CSV; numbers with all their digits."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    rows = zip(*columns.values(), strict=True)
    writer.writerows([repr(float(v)) if isinstance(v, float) else v for v in row] for row in rows)
    return out.getvalue()


def away(key: str, columns: dict[str, Sequence], snippet: str) -> None:
    """The download and the code, folded away."""
    with st.expander("Take it away"):
        st.download_button("Numbers as CSV", table(columns), file_name=f"{key}.csv", mime="text/csv", key=f"{key}:csv",
                           on_click="ignore")  # fmt: skip
        st.code(snippet, language="python")
