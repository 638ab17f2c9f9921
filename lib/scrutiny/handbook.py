"""The parts of ``docs/`` that are written from the catalogues: ``python -m scrutiny.handbook``.

For developers. What stands between the two comments of a page is written anew; the rest is by
hand. Same catalogues, same text; a test holds the pages to it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scrutiny.measures import Measure, catalogue
from scrutiny.project import find_root
from scrutiny.sources.catalogue import Source, sources
from scrutiny.sources.categories import holders

START = "<!-- written from the catalogue: make docs -->"
END = "<!-- end of what is written from the catalogue -->"
_ORDINALS = ("same", "first", "second", "third", "fourth", "fifth", "sixth")
LICENCES = {
    "OGL-UK-3.0": "[Open Government Licence v3.0]"
    "(https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/)"
}


def sources_text() -> str:
    """Return a section for each source of the catalogue."""
    return "\n\n".join(map(_source, sources().values()))


def measures_text() -> str:
    """Return the table of the measures, a row each, and of those that are shares of another."""
    lines = ["| key | name | unit | better | definition, caveats | held by |", "|---" * 6 + "|"]
    for measure in catalogue().values():
        held = [f"`{key}`" for key in holders(measure.key)]
        cells = [
            f"`{measure.key}`",
            measure.name,
            measure.unit,
            measure.better,
            " ".join([measure.definition, *measure.caveats]),
            ", ".join(held) or _held_by_no_file(measure),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    shares = [m for m in catalogue().values() if m.share_of]
    lines += ["", "| share | of |", "|---|---|"]
    lines += [f"| `{measure.key}` | `{measure.share_of}` |" for measure in shares]
    return "\n".join(lines)


def _held_by_no_file(measure: Measure) -> str:
    if measure.made_of:
        return "its parts added up"
    return "registers" if measure.key.startswith("recommendations") else "no file: as published"


PAGES: dict[str, Callable[[], str]] = {
    "docs/sources.md": sources_text,
    "docs/reference/measures.md": measures_text,
}


def refreshed(page: str, text: str) -> str:
    """Return a page with its written part made anew; raises ``ValueError`` without the comments."""
    before, start, rest = page.partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        raise ValueError("the page lacks the comments between which it is written")
    return f"{before}{START}\n\n{text}\n\n{END}{after}"


def _source(entry: Source) -> str:
    due = (
        f"by the end of the {_ORDINALS[entry.due_months]} month after"
        if entry.due_months is not None
        else "at no set time"
    )
    released = {"none": "no longer, or once"}.get(entry.every, f"every {entry.every}, {due}")
    held = [f"`{m}`" for m in catalogue() if entry.key in holders(m)]
    page = f"<{entry.page}>" if entry.page else "no page that we could confirm"
    lines = [
        f"### {entry.key}",
        "",
        f"**{entry.name}.** {entry.what}",
        "",
        f"- Publisher: {entry.publisher}",
        f"- Licence: {LICENCES.get(entry.licence, entry.licence)}",
        f"- Where from: {page}",
        f"- Covers: {entry.covers}",
        f"- Released: {released}",
        f"- Layout: {entry.layout}",
        f"- Measures: {', '.join(held) or 'none yet'}",
        "",
        *_listed("Traps", entry.traps),
        *_listed("Not for", entry.not_for),
    ]
    return "\n".join(lines).rstrip()


def _listed(title: str, items: tuple[str, ...]) -> list[str]:
    return [f"{title}:", "", *(f"- {item}" for item in items), ""] if items else []


def refresh(root: Path) -> list[str]:
    """Write every page anew; return those that changed."""
    changed = []
    for name, text in PAGES.items():
        path = root / name
        page = path.read_text("utf-8")
        made = refreshed(page, text())
        if made != page:
            path.write_text(made, "utf-8", newline="\n")
            changed.append(name)
    return changed


if __name__ == "__main__":
    for name in refresh(find_root()):
        print(f"{name} written anew")
