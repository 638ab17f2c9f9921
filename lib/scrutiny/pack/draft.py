"""The mark of a draft, in every form that a pack holds."""

from __future__ import annotations

import re

from scrutiny.errors import NotForPack
from scrutiny.project import Project

MARK = "Draft"
WARNING = "Draft: not approved. Do not publish or quote."
_MASTHEAD = re.compile(r"<header\b[^>]*>")


def style(project: Project) -> str:
    """Return the rules of the mark."""
    return (project.root / "templates" / "pack" / "draft.css").read_text("utf-8").strip()


def mark(project: Project, html: str, called: str) -> str:
    """Return a page with the mark in its title and at the head of its masthead.

    Raises :class:`scrutiny.errors.NotForPack` for a page without a masthead to bear it.
    """
    masthead = _MASTHEAD.search(html)
    if masthead is None or "</head>" not in html or "<title>" not in html:
        raise NotForPack(f"{called}: the page has no masthead that could say that it is a draft")
    banner = f'\n<p class="draft"><strong>{WARNING}</strong></p>'
    marked = html[: masthead.end()] + banner + html[masthead.end() :]
    marked = marked.replace("<title>", f"<title>{MARK}: ", 1)
    return marked.replace("</head>", f"<style>\n{style(project)}\n</style>\n</head>", 1)
