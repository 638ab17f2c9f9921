"""Small files as their publishers write them, made by hand: what the tests of the readers share."""

import datetime as dt
import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from scrutiny import places, sources
from scrutiny.check import check
from scrutiny.measures import Figures
from scrutiny.project import Project
from scrutiny.sources.inputs import Inputs

FIRST_EXCEL_DAY = dt.date(1899, 12, 30)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HIDDEN = ' state="hidden"'
STYLES = (  # the second cell format, s="1", is a date: Apr-08
    f'<styleSheet xmlns="{MAIN}"><cellXfs count="2">'
    '<xf numFmtId="0"/><xf numFmtId="17" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


# A sound file of boroughs, to be made faulty; its last row stands alone for Westminster.
SOUND = """\
Borough,Major Category,Minor Category,201809,201810,201811,201812
Barnet,Burglary,Burglary - Residential,118,120,131,142
Barnet,Theft and Handling,Theft Person,21,22,23,24
Brent,Burglary,Burglary - Residential,99,98,97,96
Brent,Theft and Handling,Theft Person,31,32,33,34
Westminster,Theft and Handling,Theft Person,501,502,503,504
"""
LAST = "Westminster,Theft and Handling,Theft Person,501,502,503,504\n"


def read(folder, content, name="downloaded", cache=None):
    """Write ``content`` (text or bytes) to a file of that name, and read it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return sources.read(path, name, cache)


def checked_in(path):
    """What ``scrutiny check`` finds of a file or folder, in a project that holds nothing else."""
    home = (path if path.is_dir() else path.parent) / ".project"
    return check(Project(root=home, params=home / "params"), [str(path)])


def values(reading):
    """A reading's figures by borough, publisher's category and period."""
    rows = reading.observations
    return rows.set_index(["area", "category", "period"])["value"].to_dict()


def measured(reading, measure, area):
    """A reading's monthly figures of a measure for an area, in order; empty where it has none."""
    return Figures(Inputs((reading,))).series(measure, area)["value"].tolist()


def workbook(sheets, hidden=()):
    """An .xlsx of sheets (name to rows); a date is written as Excel does, as a day's number."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        numbers = range(1, len(sheets) + 1)
        listed = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"'
            f"{HIDDEN if name in hidden else ''}/>"
            for n, name in zip(numbers, sheets, strict=True)
        )
        file.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        file.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        )
        targets = "".join(
            f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/s{n}.xml"/>'
            for n in numbers
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}">{targets}</Relationships>',
        )
        file.writestr("xl/styles.xml", STYLES)
        for n, rows in zip(numbers, sheets.values(), strict=True):
            file.writestr(
                f"xl/worksheets/s{n}.xml",
                f'<worksheet xmlns="{MAIN}"><sheetData>{_rows(rows)}</sheetData></worksheet>',
            )
    return content.getvalue()


def _rows(rows):
    return "".join(
        f'<row r="{r}">'
        + "".join(_cell(f"{chr(64 + c)}{r}", v) for c, v in enumerate(row, 1))
        + "</row>"
        for r, row in enumerate(rows, 1)
    )


def _cell(where, value):
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f'<c r="{where}" s="1"><v>{(value - FIRST_EXCEL_DAY).days}</v></c>'
    if isinstance(value, str):
        return (
            f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        )
    return f'<c r="{where}"><v>{value}</v></c>'


def london(months, counts, *, airports=0):
    """A file of all 32 boroughs, of scheme A': category to the count of each borough and month.

    ``counts`` maps a pair of major and minor category to a number, or to a list of one a month.
    """
    names = [place.name for place in places.boroughs()]
    lines = ["Borough,Major Category,Minor Category," + ",".join(months)]
    for name in [*names, *(["Heathrow Airport"] if airports else [])]:
        for (major, minor), value in counts.items():
            values = value if isinstance(value, list) else [value] * len(months)
            shown = values if name in names else [airports] * len(months)
            lines.append(",".join([name, major, minor, *map(str, shown)]))
    return "\n".join(lines) + "\n"
