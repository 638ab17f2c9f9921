"""The record-level monthly extracts of data.police.uk, counted as they are read.

Three layouts: street-level crime, outcomes, stop and search. A file is one month of one force;
what comes back are counts of its records, never a record.
"""

from __future__ import annotations

from scrutiny.sources.ledger import folded
from scrutiny.sources.police_uk import crimes, searches
from scrutiny.sources.police_uk.records import Records
from scrutiny.sources.raw import RawFile
from scrutiny.sources.reading import Reading

# So many published headings tell a file of the layout that has lost others.
ENOUGH_HEADINGS = 6
_LAYOUTS = {
    crimes.STREET: crimes.count,
    crimes.OUTCOMES: crimes.count,
    searches.SEARCHES: searches.count,
}


def read(raw: RawFile) -> Reading | None:
    """Return the counts of the file's records, or None where it is no such file.

    Raises :class:`scrutiny.errors.FaultyFile` for one that is, and is broken.
    """
    header = set(folded(raw.header))
    held = {layout: len(header & set(folded(layout.headings))) for layout in _LAYOUTS}
    layout = max(held, key=held.get)
    if held[layout] < ENOUGH_HEADINGS:
        return None
    return _LAYOUTS[layout](Records(raw, layout))
