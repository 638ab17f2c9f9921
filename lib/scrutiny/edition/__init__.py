"""``params/`` to a checked, frozen edition: it names exact inputs and computes nothing."""

from scrutiny.edition import corrections
from scrutiny.edition.load import Edition, editions_of, load, previous
from scrutiny.edition.reports import EXPLORE, REPORTS, ReportKind
from scrutiny.edition.settings import FORMATS
from scrutiny.edition.targets import Target, every_target, resolve, strangers

__all__ = [
    "EXPLORE",
    "FORMATS",
    "REPORTS",
    "Edition",
    "ReportKind",
    "Target",
    "corrections",
    "editions_of",
    "every_target",
    "load",
    "previous",
    "resolve",
    "strangers",
]
