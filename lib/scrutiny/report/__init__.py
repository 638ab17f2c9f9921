"""Edition, results and registers to one frozen :class:`Report`: all is known before it is drawn."""

from scrutiny.report.build import build_report
from scrutiny.report.model import Comparison, Recommended, Report

__all__ = ["Comparison", "Recommended", "Report", "build_report"]
