"""A choice to what is shown: the sentence, the picture with its table, and what stands behind."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field

from scrutiny import charts, places
from scrutiny.charts import Figure
from scrutiny.explore.choices import Choice
from scrutiny.explore.key import key_of
from scrutiny.explore.printed import Printed
from scrutiny.markup import text as escape
from scrutiny.measures import Figures, Result, catalogue
from scrutiny.measures.results import to_csv
from scrutiny.periods import month
from scrutiny.registers import Registers
from scrutiny.report import Report
from scrutiny.report.explored import explored
from scrutiny.tables import Column, Table
from scrutiny.words import Passage
from scrutiny.words.notes import NOT_ACCREDITED, USUAL_VARIATION
from scrutiny.words.sentence import change_sentence

_DRAWN: dict[str, Callable[[Report, str], Figure | Passage | None]] = {
    "trend": charts.trend,
    "boroughs": charts.boroughs,
    "map": charts.tiles,
    "funnel": charts.funnel,
}
NO_MAP = "The map is of London as a whole: choose London as the area to see it."


@dataclass(frozen=True)
class View:
    """What a choice shows, as markup; ``report`` holds its numbers and ``csv`` writes them."""

    choice: Choice
    report: Report = field(repr=False)
    sentence: str
    picture: str
    table: str
    behind: str

    @property
    def csv(self) -> str:
        """Every number that is shown, a row each, as in ``results.csv``."""
        return to_csv(self.report.results)

    @property
    def html(self) -> str:
        """The page under the controls."""
        said = f'<div class="said" id="said">{self.sentence}</div>'
        shown = "\n".join([said, self.table, self.picture])
        return shown + self.behind + key_of(shown)


def view(figures: Figures, registers: Registers, choice: Choice, printed: Printed) -> View:
    """Return what a choice shows; raises ``ScrutinyError`` where the files do not hold it."""
    area = choice.place
    report = explored(
        figures, registers, choice.measure, area, choice.compare, month(choice.to),
        boroughs=choice.show in ("boroughs", "map"), rates=choice.show == "funnel",
    )  # fmt: skip
    areas = [a for a in dict.fromkeys((area, places.MPS)) if report.has(*_change(choice), area=a)]
    drawn = _DRAWN[choice.show](report, choice.measure)
    made = View(
        choice, report,
        sentence="".join(
            f"<p>{change_sentence(report, choice.measure, '' if a == area else a)}</p>"
            for a in areas
        ),
        picture=f"<p>{NO_MAP}</p>" if drawn is None else drawn._repr_html_(),
        table=_table(report, choice.measure, areas)._repr_html_(),
        behind="",
    )  # fmt: skip
    return View(**vars(made) | {"behind": _behind(made, printed)})


def _change(choice: Choice) -> tuple[str, str]:
    return choice.measure, "change_percent"


def _table(report: Report, measure: str, areas: list[str]) -> Table:
    now, before = report.edition.now, report.edition.before
    unit = catalogue()[measure].unit
    rated = all(report.has(measure, "rate", area=area) for area in areas)

    def row(area: str) -> tuple[Result | str, ...]:
        found = [
            report.number(measure, "count", f"{now.kind}-before", area=area),
            report.number(measure, "count", area=area),
            report.number(measure, "change_percent", area=area),
            report.number(measure, "p_value", area=area),
        ]
        rate = [report.number(measure, "rate", area=area)] if rated else []
        return (escape(area), *found, *rate)

    columns = [
        Column("Area", numeric=False),
        Column(before.short_name, unit),
        Column(now.short_name, unit),
        Column("Change", "%"),
        Column("Chance", "p"),
        *([Column("Rate", "per 1,000 residents")] if rated else []),
    ]
    caption = f"{catalogue()[measure].name}, {now.name} against {before.name}"
    return Table(caption, tuple(columns), tuple(row(area) for area in areas))


def _behind(made: View, printed: Printed) -> str:
    """Return definition, caveats, sources, where the figure was printed, and what to take along."""
    report, choice = made.report, made.choice
    entry = catalogue()[choice.measure]
    files = "; ".join(f"{f.publisher}: {f.dataset}, data to {f.vintage}" for f in report.files)
    told = [entry.definition, *entry.caveats, *([USUAL_VARIATION] if report.varying else [])]
    told += [found.note for found in report.compared.values() if found.note]
    told += [NOT_ACCREDITED, f"Source: {files}."]
    found = printed.editions(report.number(*_change(choice)))
    links = "".join(
        f'<li><a href="{escape(each.address)}">{escape(each.title)}</a></li>' for each in found
    )
    where = (
        f"<p>This change was printed in:</p><ul>{links}</ul>"
        if links
        else "<p>No report that is built here has printed this change.</p>"
    )
    name = f"{choice.measure}-{choice.area}-{choice.compare}-{choice.to}-{choice.show}.csv"
    data = base64.b64encode(made.csv.encode()).decode()
    return (
        f'<section aria-labelledby="take"><h2 id="take">Take it along</h2><ul>'
        f'<li><a class="download" download="{escape(name)}" href="data:text/csv;base64,{data}">'
        f"Download these figures (CSV)</a></li>"
        f'<li><a class="permalink" href="{escape(choice.permalink)}">Link to this view</a></li>'
        f"</ul>{where}</section>"
        f'<section aria-labelledby="means"><h2 id="means">What it means</h2>'
        f"{''.join(f'<p>{escape(text)}</p>' for text in told)}</section>"
    )
