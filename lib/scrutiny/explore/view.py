"""A choice to what is shown: the sentence, the picture with its table, and what stands behind."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from scrutiny import charts, places, tables, words
from scrutiny.errors import ScrutinyError
from scrutiny.explore.choices import Choice
from scrutiny.explore.key import key_of
from scrutiny.explore.printed import Printed
from scrutiny.markup import text as escape
from scrutiny.measures import Figures
from scrutiny.measures.results import to_csv
from scrutiny.periods import month
from scrutiny.registers import Registers
from scrutiny.report import Report
from scrutiny.report.explored import BOROUGHS, RATES, TREND, explored
from scrutiny.words.notes import NOT_ACCREDITED, USUAL_VARIATION
from scrutiny.words.sentence import change_sentence, paragraphs

# What a picture is made of.
_PARTS = {"trend": TREND, "boroughs": BOROUGHS, "map": BOROUGHS, "funnel": RATES}


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
        return to_csv(self.report.numbers.values())

    @property
    def html(self) -> str:
        """The page under the controls."""
        said = f'<div class="said" id="said">{self.sentence}</div>'
        shown = "\n".join([said, self.table, self.picture])
        return shown + self.behind + key_of(shown)


def told(figures: Figures, registers: Registers, choice: Choice, printed: Printed) -> str:
    """Return the page under the controls: what a choice shows, or why nothing can be shown."""
    try:
        return view(figures, registers, choice, printed).html
    except ScrutinyError as error:
        return f'<div class="said" id="said"><p>{escape(str(error))}.</p></div>'


def view(figures: Figures, registers: Registers, choice: Choice, printed: Printed) -> View:
    """Return what a choice shows; raises ``ScrutinyError`` where the files do not hold it."""
    area = choice.place
    report = explored(
        figures, registers, choice.measure, area, choice.compare, month(choice.to),
        {_PARTS[choice.show]},
    )  # fmt: skip
    areas = [a for a in dict.fromkeys((area, places.MPS)) if report.has(*_change(choice), area=a)]
    made = View(
        choice, report,
        sentence="".join(
            f"<p>{change_sentence(report, choice.measure, '' if a == area else a)}</p>"
            for a in areas
        ),
        picture=charts.picture(report, choice.show)._repr_html_(),
        table=tables.by_area(report, areas)._repr_html_(),
        behind="",
    )  # fmt: skip
    return View(**vars(made) | {"behind": _behind(made, printed)})


def _change(choice: Choice) -> tuple[str, str]:
    return choice.measure, "change_percent"


def _behind(made: View, printed: Printed) -> str:
    """Return definition, caveats, sources, where the figure was printed, and what to take along."""
    report, choice = made.report, made.choice
    files = "; ".join(f"{f.publisher}: {f.dataset}, data to {f.vintage}" for f in report.files)
    told = [*([USUAL_VARIATION] if report.varying else []), NOT_ACCREDITED, f"Source: {files}."]
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
        f"{words.meaning(report).html}{paragraphs(*map(escape, told)).html}</section>"
    )
