"""Everything for one committee meeting, in one folder and one zip, from what stands published.

Nothing here is imported before it is needed: the command line answers a wrong request without
the libraries of pages and tables.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scrutiny.project import Project


def pack(
    project: Project,
    out: Path,
    name: str,
    *,
    draft: bool = False,
    made: Callable[[str], None] = lambda file: None,
) -> Path:
    """Publish the pack of a meeting whole; return its folder. ``made`` is told of each file.

    Raises :class:`scrutiny.errors.RequestError` for a meeting that is unknown or faulty and
    :class:`scrutiny.errors.NotForPack` for a page that the pack may not hold.
    """
    from scrutiny.edition import meeting
    from scrutiny.pack import folder, papers
    from scrutiny.publish.index import PACKS, write_index
    from scrutiny.publish.whole import complete, put, scratch_folder
    from scrutiny.scratch import locked

    called = meeting.load(project.params, name)
    agenda = papers.gather(project, out, called, draft=draft)
    final = out / PACKS / called.name
    with locked(out, f"{PACKS}/{called.name}"), scratch_folder(out) as aside:
        complete(final)
        new = aside / called.name
        folder.write(project, out, called, agenda, new, as_draft=draft, made=made)
        put(new, final)
    write_index(project, out)
    return final
