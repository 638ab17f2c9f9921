"""A file's bytes, seen as text, as a table or as Parquet, with what is wrong about them."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from scrutiny.errors import FaultyFile, Problem
from scrutiny.limits import DEFAULT, Limits

if TYPE_CHECKING:
    import pyarrow as pa

MOST_OF_A_HEADER = 100_000
SEPARATORS = (",", ";", "\t", "|")
PARQUET = b"PAR1"
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", PARQUET)
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
BOM = "\ufeff"
_ANY_SEPARATOR = re.compile(r"[,;\t|]")  # a message shows the faulty field, never its neighbours
_SAVE_AS = "save the file as CSV in UTF-8"


@dataclass(frozen=True)
class RawFile:
    """A file's bytes, and the name by which pages and messages call it."""

    name: str
    content: bytes
    limits: Limits = DEFAULT

    @classmethod
    def open(cls, path: Path, name: str, limits: Limits = DEFAULT) -> RawFile:
        """Read the file at ``path``."""
        return cls(name, path.read_bytes(), limits)

    @cached_property
    def sha256(self) -> str:
        """The hash of the contents: the file's identity, whatever its name."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def text(self) -> str | None:
        """The contents as text; None where they are not text in any encoding.

        Text that is not in UTF-8 is given too, so that the file is recognised and refused by
        name: see :attr:`unreadable`.
        """
        return self._decoded[0]

    @cached_property
    def unreadable(self) -> Problem | None:
        """Why the contents cannot be trusted as text, else None."""
        if self.content.isascii() and b"\0" not in self.content:
            return None  # the same as below, in a tenth of the time
        return self._decoded[1]

    @cached_property
    def _start(self) -> str:
        """The first part of the text, for what the header says; empty where it is no text.

        A reader that does not know the file never has the whole of it decoded.
        """
        content = self.content[:MOST_OF_A_HEADER]
        if content.startswith(_BINARY):
            return ""
        encoding = _UTF16.get(content[:2]) or _utf16_without_a_mark(content) or "utf-8-sig"
        return content.decode(encoding, errors="replace").lstrip(BOM).replace("\0", "")

    @cached_property
    def _decoded(self) -> tuple[str | None, Problem | None]:
        content = self.content
        if content.startswith(_BINARY):
            return None, None
        encoding = _UTF16.get(content[:2]) or _utf16_without_a_mark(content)
        if encoding:
            text = content.decode(encoding, errors="replace").lstrip(BOM)
            return text, Problem("the text is in UTF-16", row=1, value=encoding, cure=_SAVE_AS)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = content[: error.start]
            start = before.rfind(b"\n") + 1
            found = content[start : error.end].decode("cp1252", errors="replace")
            problem = Problem(
                "the text is not in UTF-8",
                row=before.count(b"\n") + 1,
                column=_field_number(found, self),
                value=re.split(_ANY_SEPARATOR, found)[-1][-40:],
                cure=_SAVE_AS,
            )
            return content.removeprefix(b"\xef\xbb\xbf").decode("cp1252", errors="replace"), problem
        if text.startswith(BOM):
            problem = Problem(
                "two byte-order marks", row=1, value="U+FEFF twice", cure="remove the second"
            )
            return text.lstrip(BOM), problem
        if (at := text.find("\0")) >= 0:
            line = text[text.rfind("\n", 0, at) + 1 : at]
            problem = Problem(
                "a NUL character",
                row=text.count("\n", 0, at) + 1,
                column=_field_number(line, self),
                value=re.split(_ANY_SEPARATOR, line)[-1][-40:] + "\\0",
                cure="copy the file again",
            )
            return text.replace("\0", ""), problem
        return text, None

    @cached_property
    def separator(self) -> str:
        """What stands between the fields: of those that publishers use, the header's own."""
        first = self._start.lstrip().splitlines()[:1]
        return max(SEPARATORS, key=first[0].count) if first else SEPARATORS[0]

    @cached_property
    def header(self) -> list[str]:
        """The headings of a table in text or Parquet, without outer blanks; empty if neither."""
        if self.parquet is not None:
            return [name.strip() for name in self.parquet.column_names]
        start = io.StringIO(self._start, newline="")
        try:
            first = next(csv.reader(start, delimiter=self.separator), [])
        except csv.Error:
            return []
        return [cell.strip() for cell in first]

    @property
    def table(self) -> list[list[str]]:
        """The rows of a table in text, header included, trailing blank rows left off."""
        return self._parsed[0]

    @property
    def broken(self) -> Problem | None:
        """Where the quotes go wrong, so that no row from there on can be trusted; else None."""
        return self._parsed[1]

    @property
    def blank_rows(self) -> int:
        """How many blank rows stood at the end."""
        return self._parsed[2]

    @property
    def ends_within_a_row(self) -> bool:
        """Whether the last row has no line end: so does a file that was cut in its last figure."""
        return bool(self._start) and not self.content.endswith((b"\n", b"\r"))

    @cached_property
    def _parsed(self) -> tuple[list[list[str]], Problem | None, int]:
        rows: list[list[str]] = []
        broken = None
        lines = io.StringIO(self.text or "", newline="")
        # Strict: else 1"2 within quotes is 12, and a quote that nobody closed ends with the file.
        reader = csv.reader(lines, delimiter=self.separator, strict=True)
        try:
            for row in reader:
                rows.append(row)
                if len(rows) > self.limits.rows + 1:
                    broken = self.too_many_rows(len(rows) - 1)
                    break
                if max(map(len, row), default=0) > self.limits.cell:
                    broken = Problem(
                        f"a cell of more than {self.limits.cell:,} characters",
                        row=len(rows),
                        value=max(row, key=len)[:40],
                        cure="restore the publisher's row, or raise cell in data/limits.yml",
                    )
                    break
        except csv.Error as error:
            broken = Problem(
                "a quote is not closed, or stands inside a field",
                row=len(rows) + 1,
                value=str(error),
                cure="restore the publisher's row",
            )
        whole = len(rows)
        while rows and not any(cell.strip() for cell in rows[-1]):
            rows.pop()
        return rows, broken, whole - len(rows)

    @cached_property
    def parquet(self) -> pa.Table | None:
        """The Parquet table; None where the file is none.

        Raises :class:`FaultyFile` for one that is damaged or over the caps.
        """
        if not self.content.startswith(PARQUET):
            return None
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            file = pq.ParquetFile(io.BytesIO(self.content), pre_buffer=False)
            about = file.metadata
            if about.num_rows > self.limits.rows:
                raise self.fault(self.too_many_rows(about.num_rows))
            size = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
            if size > self.limits.unpacked_bytes:
                raise self.fault(self.too_large(size))
            return file.read(use_threads=False)  # kernels may be forked from this process
        except (pa.ArrowException, OSError) as error:
            raise self.fault(
                Problem("the Parquet file is damaged", value=str(error)[:80], cure="copy it again")
            ) from error

    def too_many_rows(self, found: int) -> Problem:
        """Return the problem of a table over the cap of rows."""
        return Problem(
            f"more than {self.limits.rows:,} rows",
            row=self.limits.rows + 1,
            value=f"{found:,}",
            cure="raise rows in data/limits.yml, if the file is right",
        )

    def too_large(self, found: int, cap: int | None = None) -> Problem:
        """Return the problem of a file that unpacks to more than a cap, by default the limit."""
        return Problem(
            f"more than {cap or self.limits.unpacked_bytes:,} bytes when unpacked",
            value=f"{found:,}",
            cure="raise unpacked_bytes in data/limits.yml, if the file is right",
        )

    def fault(self, *problems: Problem, source: str | None = None) -> FaultyFile:
        """Return the error that refuses this file; ``source`` is the data set that it is of."""
        return FaultyFile(self.name, problems, source)


def fields_problem(row: Sequence[str], header: Sequence[str], number: int) -> Problem:
    """Return the problem of a row that has more or fewer fields than its header."""
    return Problem(
        f"the row has {len(row)} fields and the header {len(header)}",
        row=number,
        value=",".join(row[:4]),
        cure="restore the publisher's row",
    )


def _utf16_without_a_mark(content: bytes) -> str | None:
    start = content[:400]
    if len(start) < 8 or start.count(0) < len(start) // 3:
        return None
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


def _field_number(line: str, raw: RawFile) -> str:
    first = raw.content[:MOST_OF_A_HEADER].split(b"\n", 1)[0]
    separator = max(SEPARATORS, key=lambda s: first.count(s.encode()))
    return str(line.count(separator) + 1)
