"""A returned register with many kinds of faults, each in a cell of its own; and what is said."""

import datetime as dt

from openpyxl import load_workbook

RECOMMENDATIONS, HISTORY, ACTIONS = "recommendations", "recommendation-history", "actions"
KEYS = {RECOMMENDATIONS: "reference", HISTORY: "entry", ACTIONS: "reference"}
AT_NINE = dt.datetime(2012, 10, 25, 9)  # noqa: DTZ001 (as a spreadsheet has it)
HOSTILE = "=HYPERLINK(A1)"

# Sheet, key of a row, column, what stands there instead: and the words that the fault has.
FAULTS = [
    (HISTORY, "2013-plan-1#2", "date", "2013-02-30", "no such day in the calendar"),
    (HISTORY, "2013-plan-2#2", "date", "25/03/2013", "write 2013-03-25 if that is what is meant"),
    (HISTORY, "2013-plan-3#2", "date", "25 March 2013", "write 2013-03-25 if that is what is"),
    (HISTORY, "2013-plan-4#2", "date", "Mar-13", "write 2013-03 if that is what is meant"),
    (HISTORY, "2013-plan-5#3", "rag", "purple", "write green, amber or red"),
    (HISTORY, "2013-plan-2#3", "locator", "", "green without evidence: locator empty"),
    (HISTORY, "2013-plan-6#4", "rag", "", "a judgement without colour, rule or judge"),
    (HISTORY, "2013-plan-7#3", "rule", "acceptance-2031", "is not in rag-rules.csv"),
    (HISTORY, "2013-plan-9#2", "rule", "performance", "a recommendation is judged by its accept"),
    (HISTORY, "2013-plan-11#2", "date", "2012", "judged before it was asked"),
    (HISTORY, "2013-plan-12#2", "event", "juged", "did you mean judged?"),
    (HISTORY, "2013-plan-13#2", "event", "closed", "closed without a decision"),
    (HISTORY, "2013-plan-14#2", "decision", "Minute 7", "a decision on an entry that closes noth"),
    (HISTORY, "2013-plan-15#2", "rag", "green", "a colour or rule on an entry that is answered"),
    (HISTORY, "2013-plan-16#3", "document", "recomendation-tracker-2013", "is not in documents"),
    (HISTORY, "2013-plan-17#3", "response", HOSTILE, "a formula"),
    (HISTORY, "2013-plan-18#3", "response", "W" * 20_001, "20,001 letters"),
    (HISTORY, "2013-plan-19#1", "entry", "2013-plan-18#1", "the key of an exported row was"),
    (RECOMMENDATIONS, "2013-plan-6a", "parent", "60", "a sub-part without its recommendation"),
    (RECOMMENDATIONS, "2013-plan-6b", "parent", "6c", "the parent is itself a sub-part"),
    (RECOMMENDATIONS, "2013-plan-7", "year", "twenty", "not a whole number"),
    (RECOMMENDATIONS, "2013-plan-9", "year", "2012", "not the year of asked_on"),
    (RECOMMENDATIONS, "2013-plan-10", "text", "", "empty, and may not be"),
    (RECOMMENDATIONS, "2013-plan-11", "number", "12", "the number stands twice in this origin"),
    (RECOMMENDATIONS, "2013-plan-13", "wording", "quote", "write paraphrase or verbatim"),
    (RECOMMENDATIONS, "2013-plan-2", "asked_by", "2012", "before it was asked"),
    (ACTIONS, "2012-10-25-a1", "closed_on", "2012-09-01", "closed without a document"),
    (ACTIONS, "2012-10-25-a2", "kind", "pledged", "write promised, requested or question"),
    (ACTIONS, "2012-10-25-a3", "meeting_on", AT_NINE, "a day with a time"),
]  # fmt: skip
OF_THE_FORM = [
    "actions: row 5, column B5:C5: merged cells; take them apart",
    "recommendations: row 1: no such column ('addresse'); rename or delete it; "
    "did you mean addressee?",
    "Notes: no such sheet; rename it to recommendations, recommendation-history, actions, or "
    "delete it",
    "recommendation-history: row 63, column reference: not a row of this target ('2013-plan-99')",
    "recommendation-history: row 64, column entry: the entry stands twice ('2013-plan-1#1')",
]


def spoil(path):
    """Put every fault into an exported spreadsheet; give the row of each entry of FAULTS."""
    book = load_workbook(path)
    rows = []
    for name, key, column, value, _ in FAULTS:
        sheet = book[name]
        header = [cell.value for cell in sheet[1]]
        keys = [cell.value for cell in sheet[_letter(sheet, header.index(KEYS[name]) + 1)]]
        rows.append((name, key, column, value, keys))
    found = []
    for name, key, column, value, keys in rows:
        sheet = book[name]
        at = [cell.value for cell in sheet[1]].index(column) + 1
        cell = sheet.cell(keys.index(key) + 1, at)
        cell.value = value or None
        found.append(cell.row)
    last = [cell.value for cell in book[HISTORY][62]]
    added = ["", "2013-plan-99", "2013-06", "asked", *[""] * 10, last[14], "L1", "paraphrase", ""]
    book[HISTORY].append(added)
    book[HISTORY].append(["2013-plan-1#1", "2013-plan-1", *added[2:]])
    book[ACTIONS].merge_cells("B5:C5")
    book.create_sheet("Notes")
    heads = {cell.value: cell for cell in book[RECOMMENDATIONS][1]}
    heads["addressee"].value = "addresse"
    book.save(path)
    return found


def _letter(sheet, at):
    return sheet.cell(1, at).column_letter
