"""The funnel: each borough's rate against its residents, within what chance allows."""

from __future__ import annotations

import altair as alt
import pandas as pd

from scrutiny import places, theme
from scrutiny.charts import labels
from scrutiny.charts.describe import and_so_on, boroughs_lie, source_line
from scrutiny.charts.figure import Figure
from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.report import Report
from scrutiny.tables import Column, Table
from scrutiny.words.sentence import Passage, absent, paragraphs

LIMITS = {"95": [2, 3], "99-8": [1, 0]}  # the tags of the results, and the dash of each line
LINES = tuple((side, tag) for tag in LIMITS for side in ("lower", "upper"))
NAMED = 3  # boroughs of each side that the description names
NAME_SIZE = 12.5
MARGIN = 0.06
WIDTH, HEIGHT = theme.WIDTH - 180, 520
RATE = "per 1,000 residents"
VISITORS = (
    "Residents are a poor measure of who may become a victim where many people work, visit or go "
    "out: above all in Westminster."
)
SPREAD = (
    "The limits allow for chance alone. Boroughs differ in far more than chance, so many lie "
    "outside: that asks a question and answers none."
)
# A label's first word to how its mark looks.
_SHAPES = {"High": "triangle-up", "Low": "triangle-down", "Not": "circle"}
_COLOURS = {"High": theme.ORANGE, "Low": theme.TURQUOISE, "Not": theme.DARK_BLUE}


def funnel(report: Report, measure: str) -> Figure | Passage:
    """Return each borough's rate by its residents, with the limits of chance about London's rate.

    For a borough's own page, where its rate stands, in words: first of the crimes that the page
    leads with. A measure that the report does not show for every borough is said to be absent, and
    so are residents.
    """
    if (measure, places.boroughs()[0].name) not in report.standings:
        return absent(report, measure)
    if not report.has(measure, "boroughs_rate_high", "", area=places.MPS, tag="95"):
        return paragraphs("The files hold no residents for these months, so no rate is shown.")
    return _london(report, measure) if report.is_for_london else _borough(report, measure)


def _borough(report: Report, measure: str) -> Passage:
    told = (*(m for m in report.leading if (m, report.area) in report.standings), measure)
    rated = [_rate_in_words(report, m) for m in dict.fromkeys(told)]
    return paragraphs(*rated, f"{SPREAD} {VISITORS}")


def _rate_in_words(report: Report, measure: str) -> str:
    entry = catalogue()[measure]
    label = report.standings[measure, report.area].rate

    def shown(statistic: str, tag: str = "", area: str = "") -> str:
        return number(report.number(measure, statistic, area=area or report.area, tag=tag))

    residents = number(report.number("population", "count", "day"))
    return (
        f"<strong>{escape(entry.name)}</strong> in {escape(report.area)}: {shown('rate')} {RATE} "
        f"in {escape(report.edition.now.name)}, with {residents} residents; in the MPS "
        f"{shown('rate', area=places.MPS)}. {_in_words(label)} "
        f"For so many residents chance alone gives rates from {shown('funnel_lower', '95')} to "
        f"{shown('funnel_upper', '95')} (95% limits), seldom beyond "
        f"{shown('funnel_lower', '99-8')} to {shown('funnel_upper', '99-8')} (99.8% limits). "
        f"Of the 32 boroughs {shown('boroughs_rate_high', '95', places.MPS)} lie above the 95% "
        f"limits and {shown('boroughs_rate_low', '95', places.MPS)} below; beyond the 99.8% limits "
        f"{shown('boroughs_rate_high', '99-8', places.MPS)} and "
        f"{shown('boroughs_rate_low', '99-8', places.MPS)}."
    )


def _in_words(label: str) -> str:
    way, _, tail = label.partition(" ")
    if way == "Not":
        return "Chance alone could explain the difference."
    side = "above" if way == "High" else "below"
    limits = "99.8%" if tail == "(0.001)" else "95%"
    return f"That is {side} the {limits} limits of chance about the rate of the MPS."


def _london(report: Report, measure: str) -> Figure:
    names = [p.name for p in places.boroughs()]
    rates = {name: report.number(measure, "rate", area=name) for name in names}
    residents = {name: report.number("population", "count", "day", area=name) for name in names}
    standing = {name: report.standings[measure, name].rate for name in names}
    drawn = [name for name in names if report.has(measure, "funnel_lower", area=name, tag="95")]
    drawn.sort(key=lambda name: residents[name].value)
    limits = {
        (name, side, tag): report.number(measure, f"funnel_{side}", area=name, tag=tag)
        for name in drawn
        for side, tag in LINES
    }
    data = pd.DataFrame(
        [
            {
                "line": "",
                "name": name,
                "residents": residents[name].value,
                "rate": rates[name].value,
                "way": standing[name].partition(" ")[0],
            }
            for name in names
        ]
        + [
            {
                "line": f"{side} {tag}",
                "name": name,
                "residents": residents[name].value,
                "rate": limit.value,
                "way": "",
            }
            for (name, side, tag), limit in limits.items()
        ]
    )
    entry, now = catalogue()[measure], report.edition.now
    london = report.number(measure, "rate", area=places.MPS)
    rows = [
        (escape(name), residents[name], rates[name], _reading(standing[name])) for name in names
    ]
    rows += [
        (
            f"{side.capitalize()} {_per_cent(tag)} limit at the size of {escape(name)}",
            residents[name],
            limit,
            "a limit, no borough",
        )
        for (name, side, tag), limit in limits.items()
    ]
    return Figure(
        identity=f"figure-funnel-{measure}",
        title=(
            f"{entry.name} {RATE} by borough, {now.name}, within the limits of chance about the "
            f"rate of the MPS, {london.printed}"
        ),
        description=" ".join(_description(report, measure, rates, standing)),
        source=f"{source_line(report, measure)} {_residents_line(report)}",
        table=Table(
            f"{entry.name} {RATE} and the limits of chance, by borough, {now.short_name}",
            (
                Column("Area", numeric=False),
                Column("Residents", "count"),
                Column("Rate", RATE),
                Column("Reading", numeric=False),
            ),
            tuple(rows),
            tuple(_notes(report, measure)),
        ),
        chart=_chart(data, london),
        data=data,
    )


def _residents_line(report: Report) -> str:
    files = [file for file in report.printed_files if file.source == "population"]
    return f"Residents: {'; '.join(f'{f.publisher}: {f.dataset}' for f in files)}."


def _per_cent(tag: str) -> str:
    return f"{tag.replace('-', '.')}%"


def _reading(label: str) -> str:
    way, _, tail = label.partition(" ")
    if way == "Not":
        return "within chance"
    return f"{'above' if way == 'High' else 'below'} {'99.8%' if tail == '(0.001)' else '95%'}"


def _notes(report: Report, measure: str) -> list[str]:
    def counted(way: str, tag: str) -> str:
        return number(report.number(measure, f"boroughs_rate_{way}", area=places.MPS, tag=tag))

    london = number(report.number(measure, "rate", area=places.MPS))
    return [
        f"MPS: {london} {RATE} (residents of the 32 boroughs). Above or below 95%: outside the 95% "
        "limits alone; 99.8%: outside both. The limits are drawn through three sizes. Above the "
        f"95% limits: {counted('high', '95')} boroughs, of them {counted('high', '99-8')} above "
        f"the 99.8% limits; below: {counted('low', '95')}, of them {counted('low', '99-8')}.",
        f"{SPREAD} {VISITORS}",
    ]


def _description(
    report: Report, measure: str, rates: dict[str, Result], standing: dict[str, str]
) -> list[str]:
    london = report.number(measure, "rate", area=places.MPS)
    sentences = [
        f"Funnel chart of {catalogue()[measure].in_sentence} {RATE} in {report.edition.now.name} "
        "against the number of residents, a mark for each of the 32 boroughs, with the 95% and "
        f"99.8% limits of chance about the rate of the MPS, {london.printed}.",
    ]
    for way, side in (("High", "above"), ("Low", "below")):
        found = [n for n in rates if standing[n] == f"{way} (0.001)"]
        found.sort(key=lambda name: rates[name].value, reverse=way == "High")
        counted = report.number(
            measure, f"boroughs_rate_{way.lower()}", area=places.MPS, tag="99-8"
        )
        named = and_so_on([f"{name} ({rates[name].printed})" for name in found[:NAMED]] or ["none"])
        among = ", among them" if len(found) > NAMED else ":"
        sentences.append(f"{boroughs_lie(counted)} {side} the 99.8% limits{among} {named}.")
    return [*sentences, VISITORS]


def _chart(data: pd.DataFrame, london: Result) -> alt.LayerChart:
    boroughs = data[data["line"] == ""]
    x = labels.Scale.over(data["residents"], WIDTH, power=1, margin=MARGIN)
    y = labels.Scale.over(data["rate"], HEIGHT, power=0.5, margin=MARGIN)
    across = alt.X(
        "residents:Q",
        title="Residents",
        scale=alt.Scale(domain=x.domain),
        axis=alt.Axis(format=",d", tickCount=5),
    )
    scale = alt.Scale(type="sqrt", domain=y.domain)
    rate = alt.Y(
        "rate:Q",
        title=f"Rate {RATE} (steps narrow upwards)",
        scale=scale,
        axis=alt.Axis(tickCount=8),
    )
    lines = [
        alt.Chart(data[data["line"] == f"{side} {tag}"], width=WIDTH, height=HEIGHT)
        .mark_line(strokeWidth=1.5, color=theme.DARK_GREY, strokeDash=LIMITS[tag])
        .encode(x=across, y=rate)
        for side, tag in LINES
    ]
    looks = {"domain": list(_SHAPES)}
    points = (
        alt.Chart(boroughs)
        .mark_point(filled=True, size=80, opacity=1)
        .encode(
            x=across,
            y=rate,
            shape=alt.Shape(
                "way:N", scale=alt.Scale(range=[*_SHAPES.values()], **looks), legend=None
            ),
            color=alt.Color(
                "way:N", scale=alt.Scale(range=[*_COLOURS.values()], **looks), legend=None
            ),
        )
    )
    rule = (
        alt.Chart(pd.DataFrame({"rate": [london.value]}))
        .mark_rule(strokeWidth=3, strokeDash=[6, 4], color=theme.DARK_PINK)
        .encode(y=rate)
    )
    return alt.layer(rule, *lines, *_names(data, boroughs, x, y), points, *_directly(london, y))


def _names(
    data: pd.DataFrame, boroughs: pd.DataFrame, x: labels.Scale, y: labels.Scale
) -> list[alt.Chart]:
    """Return the names of the boroughs outside, each beside its mark or led to it by a line."""
    short = {p.name: p.short_name for p in places.boroughs()}
    marks = {
        short[row["name"]]: (x.pixel(row["residents"]), HEIGHT - y.pixel(row["rate"]))
        for row in boroughs.to_dict("records")
    }
    outside = [short[name] for name in boroughs.loc[boroughs["way"] != "Not", "name"]]
    limits = data.loc[data["line"] != "", "rate"]
    band = labels.Box(0, HEIGHT - y.pixel(limits.max()), WIDTH, HEIGHT - y.pixel(limits.min()))
    found = labels.placed(
        {name: marks[name] for name in outside},
        marks.values(),
        NAME_SIZE,
        labels.Box(0, 0, WIDTH, HEIGHT),
        band,
    )
    return labels.drawn(found, marks, NAME_SIZE)


def _directly(london: Result, y: labels.Scale) -> list[alt.Chart]:
    """Return the words beside the lines, at the right."""
    at = HEIGHT - y.pixel(london.value)
    words = (
        ("99.8% limits (solid)", at - 24, theme.DARK_GREY),
        (f"MPS {london.printed} (dashed)", at, theme.DARK_PINK),
        ("95% limits (dotted)", at + 24, theme.DARK_GREY),
    )
    return [
        alt.Chart(pd.DataFrame([{"word": word}])).mark_text(
            x=WIDTH + 6, y=where, text=word, align="left", fontSize=NAME_SIZE, color=colour
        )
        for word, where, colour in words
    ]
