"""The reports that there are, each with what its editions hold."""

from __future__ import annotations

from dataclasses import dataclass

from scrutiny.edition.settings import (
    BoroughPriorities,
    CommitteeMonthly,
    Explore,
    PartnerScorecard,
    RecommendationTracker,
    Settings,
    TerritorialPerformance,
)

EXPLORE = "explore"
# What every paper to a committee says, or says that there is none of.
OF_A_PAPER = (
    "recommendations", "implications-equality", "implications-financial", "implications-legal",
    "background-papers", "contact",
)  # fmt: skip


@dataclass(frozen=True)
class ReportKind:
    """A report: its settings, whether it has parts and whether these are places, its texts.

    ``notebook`` is the name of its notebook where that is not the report's own.
    """

    name: str
    settings: type[Settings]
    named_by: tuple[str, ...]
    parted: bool = False
    for_places: bool = False
    texts: tuple[str, ...] = ("introduction", *OF_A_PAPER)
    notebook: str = ""

    @property
    def file(self) -> str:
        """The name of its notebook's file."""
        return f"{self.notebook or self.name}.ipynb"


REPORTS = {
    kind.name: kind
    for kind in (
        ReportKind(
            "committee-monthly",
            CommitteeMonthly,
            ("month",),
            parted=True,
            texts=("introduction", "activity", "finance", "appendix", *OF_A_PAPER),
        ),
        ReportKind(
            "recommendation-tracker",
            RecommendationTracker,
            ("month",),
            parted=True,
            texts=("introduction", "rule", *OF_A_PAPER),
        ),
        ReportKind(
            "borough-priorities",
            BoroughPriorities,
            ("month", "quarter", "financial year"),
            parted=True,
            for_places=True,
        ),
        ReportKind("territorial-performance", TerritorialPerformance, ("month",)),
        ReportKind(
            "partner-scorecard",
            PartnerScorecard,
            ("month", "week"),
            parted=True,
            for_places=True,
        ),
        # The dashboard's notebook has the name of this report.
        ReportKind(EXPLORE, Explore, ("month",), parted=True, notebook="explore-static"),
    )
}
