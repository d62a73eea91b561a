"""What you run: `streamlit run app.py` serves the application, and so does any ASGI server given `app:app`.

The script behind every page is pages/frame.py. It lies beside no folder called `pages`, so that the first visitor
who follows a deep link meets the navigation that the frame declares, not the one that Streamlit would guess.
"""

import gc
import importlib
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import plotly
import streamlit as st
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))  # `core` and `pages` are imported by name, whatever the working directory

# What a visitor uploads stays in memory and never touches the disk, up to server.maxUploadSize (in megabytes).
MultiPartParser.spool_max_size = (st.get_option("server.maxUploadSize") + 1) * 2**20

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'; "
    "connect-src 'self' ws: wss:; worker-src 'self' blob:; img-src 'self' data: blob:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Add HEADERS to every answer."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def send_with_headers(message):
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *((k.encode(), v.encode()) for k, v in HEADERS.items())]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class Scripts(StaticFiles):
    """Only what a browser runs: the folder holds Python as well. Asked for anew each time, answered if it changed."""

    async def get_response(self, path, scope):
        if not path.endswith((".js", ".css")):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "no-cache"
        return response


@asynccontextmanager
async def warm(_app):
    """Import what every session needs before the first visitor comes: sessions that race for an import break."""
    for name in ("numpy", "pandas", "plotly.graph_objects", "scipy.optimize", "scipy.special", "scipy.stats"):
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # the imported modules live as long as the process: no later collection has to walk them
    yield {}


app = st.App(
    ROOT / "pages" / "frame.py",
    lifespan=warm,
    routes=[
        Mount("/vendor", StaticFiles(directory=Path(plotly.__file__).parent / "package_data")),
        Mount("/live", Scripts(directory=ROOT / "pages" / "live")),
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=2000, compresslevel=5)],
)
