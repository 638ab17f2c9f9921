"""The tracker's strips: what happened to each recommendation, in order, and how it was judged."""

from __future__ import annotations

from itertools import groupby

import altair as alt
import pandas as pd

from scrutiny import theme
from scrutiny.charts.figure import Figure
from scrutiny.markup import text as escape
from scrutiny.periods import MONTH, date_name, month, short_month_name
from scrutiny.registers import AcceptanceRag, HistoryEntry
from scrutiny.report import Recommended, Report
from scrutiny.report.tracked import ALL, COLOURS
from scrutiny.tables import Column, Table
from scrutiny.tables.recommendations import badge
from scrutiny.words import Passage

ROW_HEIGHT = 30
# How a mark looks: its words in the key, its shape, its colour, its size, and its letter.
MARKS = {
    "asked": ("asked", "circle", theme.DARK_GREY, 60, ""),
    "answered": ("answered", "triangle-right", theme.DARK_BLUE, 130, ""),
    "delivered": ("delivered", "triangle-up", theme.DARK_BLUE, 130, ""),
    "closed": ("closed by decision", "cross", theme.DARK_GREY, 130, ""),
    AcceptanceRag.GREEN: ("judged green (G)", "circle", theme.TURQUOISE, 420, "G"),
    AcceptanceRag.AMBER: ("judged amber (A)", "diamond", theme.ORANGE, 420, "A"),
    AcceptanceRag.RED: ("judged red (R)", "square", theme.DARK_PINK, 420, "R"),
}
_INK = {"G": "black", "A": "black", "R": "white"}


def history(report: Report) -> Figure | Passage:
    """Return a strip for each recommendation: when it was asked, answered and how it was judged.

    Nothing on the page of a list that is too long: the pages of the list have their own.

    A mark is an entry of the register up to the end of the edition's month; a judgement has its
    letter as well as its colour and shape.
    """
    if not report.recommended:
        return Passage("")
    data = pd.DataFrame([mark for found in report.recommended for mark in _marks(found)])
    first, last = (date_name(_month(date)) for date in (data["date"].min(), data["date"].max()))
    subject = "the recommendation" if report.tracker.alone else "each recommendation"
    return Figure(
        identity="figure-history",
        title=f"What happened to {subject}, {first} to {last}",
        description=" ".join(_description(report, first, last)),
        source=f"Source: {report.registers.document(report.edition.settings.document).title}, "
        "as the register of recommendations has it.",
        table=Table(
            f"What happened to {subject}, and when, {first} to {last}",
            (
                Column("Recommendation", numeric=False),
                Column("Asked", numeric=False),
                Column("Answered", numeric=False),
                Column("Judged", numeric=False),
            ),
            tuple(_row(found) for found in report.recommended),
            ("A date without a day is as exact as the document has it.",),
        ),
        chart=_chart(data),
        data=data,
    )


def _marks(found: Recommended) -> list[dict[str, object]]:
    """Return the marks of one recommendation; ``slot`` is a mark's place among those of a month."""
    marks = []
    for when, entries in groupby(found.history, key=lambda entry: _month(entry.date)):
        marks += [
            {
                "name": _name(found),
                "when": when,
                "slot": slot,
                "date": entry.date,
                "kind": MARKS[entry.rag or entry.event][0],
                "size": MARKS[entry.rag or entry.event][3],
                "letter": MARKS[entry.rag or entry.event][4],
            }
            for slot, entry in enumerate(entries)
        ]
    return marks


def _month(date: str) -> str:
    """Return the month of a date of the register, or its year where it has no month."""
    return date[:7]


def _name(found: Recommended) -> str:
    return f"{found.recommendation.number} {found.recommendation.theme}"


def _column(when: str) -> str:
    return short_month_name(month(when)) if MONTH.fullmatch(when) else when


def _row(found: Recommended) -> tuple[str, ...]:
    of_kind = {
        kind: [entry for entry in found.history if entry.event == kind]
        for kind in ("asked", "answered", "judged")
    }
    answers = [
        date_name(entry.date) + (f" ({entry.responded_by})" if entry.responded_by else "")
        for entry in of_kind["answered"]
    ]
    return (
        f"Recommendation {escape(found.recommendation.number)}: "
        f"{escape(found.recommendation.theme)}",
        escape("; ".join(date_name(entry.date) for entry in of_kind["asked"]) or "no date"),
        escape("; ".join(answers) or _no_answer(found)),
        "<br>".join(_judgement(entry) for entry in of_kind["judged"]) or "not yet",
    )


def _no_answer(found: Recommended) -> str:
    if found.answered_undated:
        return "answered; the day is not on record"
    return "no answer on record"


def _judgement(entry: HistoryEntry) -> str:
    return f"{escape(date_name(entry.date))}: {badge(entry.rag)}"


def _description(report: Report, first: str, last: str) -> list[str]:
    moved = []
    for found in report.recommended:
        rags = [entry.rag.value for entry in found.history if entry.rag]
        if len(rags) > 1:
            moved.append(f"{found.recommendation.number} ({', then '.join(rags)})")
    subject, none = ("it", "It has not") if report.tracker.alone else ("each", "None has")
    told = [
        f"Strip chart, {first} to {last}: a mark where {subject} was asked, answered and judged, "
        "and where an answer was delivered or monitoring ended."
    ]
    if not report.tracker.alone:
        tag = report.part if report.is_extract else ""
        counted = {
            measure: report.number(measure, "count", "day", tag=tag).printed
            for measure in (ALL, *COLOURS.values())
        }
        colours = [f"{counted[measure]} {rag.value}" for rag, measure in COLOURS.items() if rag]
        told.append(
            f"Of {counted[ALL]} at the end {', '.join(colours)} and {counted[COLOURS[None]]} not "
            "judged."
        )
    return [
        *told,
        f"Judged more than once: {', '.join(moved)}."
        if moved
        else f"{none} been judged more than once.",
    ]


def _chart(data: pd.DataFrame) -> alt.LayerChart:
    names, months = list(dict.fromkeys(data["name"])), sorted(set(data["when"]))
    columns = [_column(when) for when in months]
    data = data.assign(when=[_column(when) for when in data["when"]])
    base = alt.Chart(data, width=theme.WIDTH - 250, height=ROW_HEIGHT * len(names)).encode(
        x=alt.X(
            "when:O",
            sort=columns,
            title=None,
            axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False),
        ),
        xOffset=alt.XOffset("slot:O"),
        y=alt.Y(
            "name:N", sort=names, title=None, axis=alt.Axis(grid=True, ticks=False, domain=False)
        ),
    )
    looks = [look for look in MARKS.values() if look[0] in set(data["kind"])]
    kinds = [kind for kind, *_ in looks]
    shapes, colours = (
        alt.Scale(domain=kinds, range=[look[place] for look in looks]) for place in (1, 2)
    )
    key = alt.Legend(
        orient="top",
        title=None,
        labelFontSize=theme.TEXT_SIZE,
        columns=3,
        symbolSize=150,
        labelColor=theme.DARK_GREY,
    )
    marks = base.mark_point(filled=True, opacity=1).encode(
        shape=alt.Shape("kind:N", scale=shapes, legend=key),
        color=alt.Color("kind:N", scale=colours, legend=key),
        size=alt.Size("size:Q", scale=None),
    )
    letters = [
        base.transform_filter(f"datum.letter == '{letter}'").mark_text(
            text=letter, fontSize=13, fontWeight="bold", color=ink
        )
        for letter, ink in _INK.items()
        if letter in set(data["letter"])
    ]
    return alt.layer(marks, *letters)
