"""A printed number back to its formula, its files, and the cells and rows that it came from."""

from scrutiny.trace.cells import File, Trace, trace
from scrutiny.trace.telling import as_json, sentences

__all__ = ["File", "Trace", "as_json", "sentences", "trace"]
