"""Publishers' files from their public addresses into the inbox, resumed, checked and recorded.

Nothing here is imported before it is needed: the command line answers a wrong request without
the libraries of the network and of tables.
"""

from __future__ import annotations

from collections.abc import Sequence

from scrutiny.fetch.outcome import Fetched
from scrutiny.fetch.report import Report
from scrutiny.fetch.settings import Settings
from scrutiny.project import Project

__all__ = ["Fetched", "Report", "Settings", "fetch"]


def fetch(
    project: Project,
    names: Sequence[str] = (),
    *,
    report: Report | None = None,
    settings: Settings | None = None,
) -> list[Fetched]:
    """Download the named sources, or every source that has an address; one entry a file.

    A source that fails does not stop the others: its entry says why. Raises
    :class:`scrutiny.errors.WrongOption` for a name that is no source or has no address, and
    :class:`scrutiny.fetch.addresses.FaultyAddresses` for a table of addresses that is missing or
    malformed; both before anything is asked of a publisher.
    """
    from scrutiny.fetch import addresses, errand

    rows = addresses.wanted(addresses.of(project), names)
    return errand.run(project, rows, report or Report(), settings or Settings())
