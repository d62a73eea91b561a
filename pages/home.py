"""Where each idea sits on the way from data to loss, and a card for each page. All of it comes from contents.py."""

import html

import streamlit as st

from pages import contents

with st.container(key="map"):
    for column, (station, saying) in zip(st.columns(len(contents.STATIONS)), contents.STATIONS.items(), strict=True):
        with column:
            st.html(f'<div class="station"><h2>{station}</h2><p>{html.escape(saying)}</p></div>')
            for page in contents.LESSONS:
                if page.station == station:
                    st.page_link(page.file, label=page.title, query_params=page.link)

for row in range(0, len(contents.LESSONS), 3):
    for column, page in zip(st.columns(3), contents.LESSONS[row : row + 3], strict=False):
        with column, st.container(border=True, height="stretch"):
            st.page_link(page.file, label=f"**{page.title}**")
            st.markdown(page.question)
