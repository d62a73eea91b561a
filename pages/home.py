"""Where each idea sits on the way from data to loss, and a card for each page. All of it comes from contents.py."""

import html

import streamlit as st

from pages import contents, live
from pages.figures.home import miniature

with st.container(key="map"):
    for column, (station, saying) in zip(st.columns(len(contents.STATIONS)), contents.STATIONS.items(), strict=True):
        with column:
            live.drawing(f"home_{station}", miniature(station))
            st.html(f'<div class="station"><h2>{station}</h2><p>{html.escape(saying)}</p></div>')
            for page in contents.LESSONS:
                if page.station == station:
                    st.page_link(page.file, label=page.on_map, query_params=page.link)

with st.container(key="cards"):
    for page in contents.LESSONS:
        with st.container(border=True, height="stretch", gap=None):
            st.page_link(page.file, label=f"**{page.title}**")
            st.markdown(page.question)
