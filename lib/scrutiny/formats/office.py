"""What Word files and spreadsheets share: the same bytes for the same content."""

from __future__ import annotations

import io
import re
import zipfile

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
PROPERTIES = "docProps/core.xml"
LANGUAGE = "en-GB"
FONT = "Arial"
_CLOCK = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")


def settled(file: bytes) -> bytes:
    """Return an Office file without the clock: neither its parts nor its properties have a date."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file)) as made,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in made.namelist():
            part = made.read(name)
            if name == PROPERTIES:
                part = _CLOCK.sub(b"", part)
            about = zipfile.ZipInfo(name, EARLIEST)
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, part)
    return kept.getvalue()
