"""Observations to results: the catalogue, monthly figures, and a row a number."""

from scrutiny.measures.catalogue import Measure, catalogue, mopac_seven
from scrutiny.measures.figures import Figures
from scrutiny.measures.results import Result, result_id, to_frame

__all__ = [
    "Figures",
    "Measure",
    "Result",
    "catalogue",
    "mopac_seven",
    "result_id",
    "to_frame",
]
