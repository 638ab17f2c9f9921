"""A page opened in Chromium: shown at a width, asked by script, watched while it is open."""

import contextlib
import shutil
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# No profile of the user, and nothing that the browser asks for of its own accord.
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESKTOP, HALF, PHONE = 1280, 640, 320
HEIGHT = 900


@dataclass
class Opened:
    """A page in a browser's profile, with all that it asked for and all that went wrong.

    A page whose process in Chromium crashes is opened anew when next asked for.
    """

    context: object
    address: str
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    known: dict = field(default_factory=dict)
    _page: object = None

    @property
    def page(self):
        """Playwright's page."""
        if self._page is None:
            self._page = self._open()
        return self._page

    def _open(self):
        self.requests, self.dialogs, self.complaints = [], [], []
        page = self.context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._dismiss)
        page.on("crash", self._forget)
        page.goto(self.address, wait_until="load")
        return page

    def _dismiss(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _forget(self, crashed):
        self._page = None

    def at(self, width, media="screen"):
        """The page itself, at that width, seen from the top."""
        self.page.emulate_media(media=media)
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.evaluate("scrollTo(0, 0)")
        return self

    def ask(self, name, argument=None):
        """What one of the scripts beside this file answers."""
        self.page.evaluate(script("common"))
        return self.page.evaluate(script(name), argument)

    def once(self, key, find):
        """What ``find`` finds on the page as it is, looked for once."""
        if key not in self.known:
            self.known[key] = find()
        return self.known[key]

    @contextlib.contextmanager
    def styled(self, rules):
        """The page with a reader's own style, for as long as asked."""
        tag = self.page.add_style_tag(content=rules)
        yield
        tag.evaluate("element => element.remove()")


def document(body, head=""):
    """A small sound page round that body."""
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>A small page</title>{head}</head>
<body>{body}</body></html>
"""


@cache
def script(name):
    """The text of one of the scripts beside this file."""
    return (HERE / f"{name}.js").read_text("utf-8")


def program(*names):
    """The path of the first of these programs that the machine has, or None."""
    return next(filter(None, map(shutil.which, names)), None)


def node_file(*parts):
    """A file of a package that npm installed; the test is skipped without."""
    path = HERE.joinpath("node_modules", *parts)
    if not path.exists():
        pytest.skip(f"no {parts[0]} on this machine: npm ci --prefix tests/browser")
    return path


def needed(*names):
    """A program that a check runs on; the test is skipped without."""
    found = program(*names)
    if not found:
        pytest.skip(f"no {names[0]} on this machine")
    return found


@contextlib.contextmanager
def opening(browser, path, scale=1):
    """The page of a file while it is open, in a profile of its own."""
    context = browser.new_context(
        viewport={"width": DESKTOP, "height": HEIGHT}, device_scale_factor=scale
    )
    opened = Opened(context, path.as_uri())
    assert opened.page
    yield opened
    context.close()
