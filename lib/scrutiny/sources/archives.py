"""Compressed files: none may unpack to more than the cap, and an archive is to be unpacked first.

A spreadsheet (.xlsx) is an archive too: it passes here once its size is known to be sane.
"""

from __future__ import annotations

import io
import zipfile

from scrutiny.errors import Problem
from scrutiny.sources.raw import RawFile

_ZIP = b"PK\x03\x04"
_SPREADSHEET = "xl/workbook.xml"
_TABLES = (".csv", ".xls", ".xlsx", ".parquet")


def read(raw: RawFile) -> None:
    """Return None: an archive is no table.

    Raises :class:`scrutiny.errors.FaultyFile` for one that unpacks to more than the cap, is
    damaged, or holds tables that somebody meant to be read.
    """
    if not raw.content.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw.content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise raw.fault(
            Problem("the archive is damaged", value=str(error), cure="copy it again")
        ) from error
    if (size := sum(member.file_size for member in members)) > raw.limits.unpacked_bytes:
        raise raw.fault(raw.too_large(size))
    names = [member.filename for member in members]
    if _SPREADSHEET not in names and any(name.lower().endswith(_TABLES) for name in names):
        raise raw.fault(
            Problem(
                "tables in an archive are not read",
                value=next(name for name in names if name.lower().endswith(_TABLES)),
                cure="unpack it into the folder and take the archive away",
            )
        )
