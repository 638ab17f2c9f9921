"""Edition, results and registers to one frozen :class:`Report`: all is known before it is drawn."""

from scrutiny.report.build import build_report, parts, references
from scrutiny.report.model import Comparison, Report
from scrutiny.report.recommended import Recommended

__all__ = ["Comparison", "Recommended", "Report", "build_report", "parts", "references"]
