"""What the server answers: two dashboards, the built reports, and messages. No listing."""

from __future__ import annotations

import asyncio
from http.client import responses
from pathlib import Path
from typing import Any

from tornado.web import HTTPError, RequestHandler, StaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler

from scrutiny.dashboard.gate import COOKIE
from scrutiny.dashboard.kernels import SECONDS_TO_COME_BACK

DASHBOARDS = {"explore": "Explore the figures", "recommendations": "Follow the recommendations"}
SECONDS_FOR_A_PAGE = 30
SECONDS_TO_KEEP = 3600  # Voila's files, in a browser
FAILED_CELL = '"output_type": "error"'  # in a page, as JSON: text of visitors has no such quotes
# Voila's own scripts stand in its pages, and Jupyter's check of settings compiles itself.
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
MESSAGES = {
    403: ("Not for you, or not yet", "This address is not open to you."),
    404: ("Nothing here", "There is no such page."),
    503: (
        "Every place is taken",
        "As many people as this machine can serve are here now. Come back in half a minute; the "
        "reports can be read meanwhile.",
    ),
}
FAILED = ("This page could not be made", "Start again in a moment. The log of the server says why.")


class Gated(RequestHandler):
    """Says nothing to whom the gate does not admit, and no traceback to anyone."""

    def set_default_headers(self) -> None:
        """Set what keeps other sites out."""
        super().set_default_headers()
        for name, value in HEADERS.items():
            self.set_header(name, value)

    async def prepare(self) -> None:
        """Turn away whom the gate does not admit."""
        if not self.settings["gate"].admits(self):
            self.set_status(403)
            self.clear_header("Location")
            await self.finish(self._message(403))
            return
        waiting = super().prepare()
        if waiting is not None:
            await waiting

    def write_error(self, status_code: int, **given: Any) -> None:
        """Say in a page what is the case."""
        if status_code == 503:
            self.set_header("Retry-After", str(SECONDS_TO_COME_BACK))
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(self._message(status_code))

    def _message(self, status: int) -> str:
        title, text = MESSAGES.get(status, FAILED if status >= 500 else (responses[status], ""))
        page = self.settings["voila_jinja2_env"].get_template("message.html.j2")
        asks = status == 403 and self.settings["gate"].asks
        here = self.request.uri if self.request.method == "GET" else "/"
        return page.render(title=title, text=text, asks=asks, here=here, again=status >= 500)


def gated(handler: type[RequestHandler]) -> type[RequestHandler]:
    """Return a handler of Voila's that answers only whom the gate admits."""
    return type(f"Gated{handler.__name__}", (Gated, handler), {})


class Dashboard(gated(TornadoVoilaHandler)):
    """A dashboard: its notebook is run whole, and only then is anything said."""

    async def get(self) -> None:
        """Answer with the page, or with the status that says why there is none."""
        self.request.path = self.request.path.rstrip("/")
        async with asyncio.timeout(SECONDS_FOR_A_PAGE):
            parts = [part async for part in self.get_generator(path=None)]
        page = "".join(parts)
        if FAILED_CELL in page:
            raise HTTPError(500)
        await self.finish(page)


def asset(handler: type[StaticFileHandler]) -> type[StaticFileHandler]:
    """Return a handler of Voila's files that a browser may keep for a while."""

    def get_cache_time(*given: Any) -> int:
        return SECONDS_TO_KEEP

    return type(f"Kept{handler.__name__}", (Gated, handler), {"get_cache_time": get_cache_time})


class Start(Gated):
    """The way in: the dashboards that there are."""

    def get(self) -> None:
        """Answer with their names."""
        page = self.settings["voila_jinja2_env"].get_template("start.html.j2")
        has_reports = (self.settings["outputs"] / "index.html").is_file()
        self.finish(page.render(dashboards=DASHBOARDS, has_reports=has_reports))


class Enter(RequestHandler):
    """Takes the token, and gives the cookie for it."""

    def set_default_headers(self) -> None:
        """Set what keeps other sites out."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    async def post(self) -> None:
        """Let in who has the token, and send them where they were going."""
        gate = self.settings["gate"]
        if not gate.asks or not gate.is_given(self.get_body_argument("token", "")):
            await asyncio.sleep(1)  # guesses are slow
            self.redirect("/")
            return
        secure = self.request.protocol == "https"
        self.set_signed_cookie(
            COOKIE, "in", expires_days=1, httponly=True, samesite="Strict", secure=secure
        )
        here = self.get_body_argument("here", "/")
        known = here.partition("?")[0].strip("/") in (*DASHBOARDS, "")
        self.redirect(here if known and here.startswith("/") and here[:2] != "//" else "/")


class Reports(Gated, StaticFileHandler):
    """The built pages, and of them the HTML alone."""

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Refuse what is no page, or hidden."""
        found = super().validate_absolute_path(root, absolute_path)
        inside = Path(absolute_path).relative_to(root) if found else Path()
        hidden = any(part.startswith(".") for part in inside.parts)
        if hidden or inside.suffix != ".html" or not Path(found).resolve().is_relative_to(root):
            raise HTTPError(404)
        return found


class Alive(Gated):
    """Whether a visitor's kernel still runs: the page asks every few seconds."""

    def get(self, kernel_id: str) -> None:
        """Answer 204 where it does, and 410 where it has ended."""
        self.set_status(204 if kernel_id in self.settings["kernel_manager"] else 410)


class Nothing(Gated):
    """Every other address."""

    def prepare(self) -> Any:
        """Say that there is nothing, to whom the gate admits."""
        if self.settings["gate"].admits(self):
            raise HTTPError(404)
        return super().prepare()
