"""Faults that a published table can have: each a small function from sound bytes to faulty ones.

``TABLE`` holds the faults, ``HARMLESS`` what a table may have and still say the same. The name of a
function is the fault.
"""

import csv
import io
import re

TABLE, HARMLESS = {}, {}


def rows_of(content):
    """The rows of a table, header first."""
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(content)))


def bytes_of(rows, like):
    """The table of these rows, written as the other content is."""
    out = io.StringIO(newline="")
    end = "\r\n" if b"\r\n" in like else "\n"
    csv.writer(out, delimiter=separator_of(like), lineterminator=end).writerows(rows)
    return out.getvalue().encode()


def separator_of(content):
    first = content.splitlines()[0].decode("utf-8-sig")
    return max(",;", key=first.count)


def lines_of(content):
    """The lines of a text with their ends; no cell of the tables here holds a line end."""
    return content.splitlines(keepends=True)


def in_rows(into, change):
    """Take up a fault of rows: ``change`` alters them in place or gives others."""

    def fault(content):
        rows = rows_of(content)
        made = change(rows)
        return bytes_of(rows if made is None else made, content)

    into[change.__name__.replace("_", " ")] = fault
    return change


def harmless(change):
    return in_rows(HARMLESS, change)


def table(change):
    TABLE[change.__name__.replace("_", " ")] = change
    return change


@table
def comma_at_the_end_of_one_row(content):
    lines = lines_of(content)
    lines[2] = re.sub(rb"(\r?\n)$", separator_of(content).encode() + rb"\1", lines[2])
    return b"".join(lines)


@table
def comma_at_the_end_of_all_rows(content):
    header, *lines = lines_of(content)
    more = separator_of(content).encode()
    return header + b"".join(re.sub(rb"(\r?\n)$", more + rb"\1", line) for line in lines)


@table
def field_missing(content):
    rows = rows_of(content)
    del rows[2][-1]
    return bytes_of(rows, content)


@table
def field_too_many(content):
    rows = rows_of(content)
    rows[2].insert(1, "7")
    return bytes_of(rows, content)


@table
def field_moved_to_the_next_row(content):
    rows = rows_of(content)
    rows[3].insert(0, rows[2].pop())
    return bytes_of(rows, content)


@table
def blank_row_in_the_midst(content):
    lines = lines_of(content)
    return b"".join([*lines[:3], b"\n", *lines[3:]])


@table
def quote_not_closed(content):
    lines = lines_of(content)
    return b"".join([*lines[:3], b'"', *lines[3:]])


@table
def latin_1(content):
    lines = lines_of(content)
    return b"".join([*lines[:2], b"\xe9", *lines[2:]])


@table
def utf_16(content):
    return content.decode("utf-8-sig").encode("utf-16")


@table
def utf_16_without_a_mark(content):
    return content.decode("utf-8-sig").encode("utf-16-be")


@table
def two_byte_order_marks(content):
    return b"\xef\xbb\xbf" * 2 + content.removeprefix(b"\xef\xbb\xbf")


@table
def nul(content):
    lines = lines_of(content)
    return b"".join([*lines[:2], b"\0", *lines[2:]])


@table
def header_alone(content):
    return lines_of(content)[0]


@table
def cut_in_the_midst_of_a_row(content):
    *lines, last = lines_of(content)
    return b"".join(lines) + last[: len(last) // 3]


@table
def header_again_in_the_midst(content):
    header, *lines = lines_of(content)
    return b"".join([header, *lines[:3], header.removeprefix(b"\xef\xbb\xbf"), *lines[3:]])


# What a table may have --------------------------------------------------------------------------


@harmless
def written_anew(rows):
    return rows


@harmless
def rows_in_another_order(rows):
    return [rows[0], *rows[:0:-1]]


@harmless
def white_space_around_the_cells(rows):
    return [[f" {cell}  " for cell in row] for row in rows]


@harmless
def trailing_blank_rows(rows):
    return [*rows, [], [""] * len(rows[0]), []]


def ends_of_windows(content):
    return content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def ends_of_unix(content):
    return content.replace(b"\r\n", b"\n")


def one_byte_order_mark(content):
    return b"\xef\xbb\xbf" + content.removeprefix(b"\xef\xbb\xbf")


def every_cell_in_quotes(content):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator_of(content), quoting=csv.QUOTE_ALL)
    writer.writerows(rows_of(content))
    return out.getvalue().encode()


HARMLESS |= {
    change.__name__.replace("_", " "): change
    for change in (ends_of_windows, ends_of_unix, one_byte_order_mark, every_cell_in_quotes)
}
