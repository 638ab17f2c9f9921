"""A trace in words and for programs; of what is untold, no value."""

from __future__ import annotations

import json
from dataclasses import asdict

from scrutiny.trace.cells import Trace

HIDDEN = ("value", "numerator", "denominator", "lower", "upper")


def as_json(found: Trace) -> str:
    """Return a trace for programs: ``result``, ``files`` and ``cells``."""
    hidden = (*HIDDEN, "printed") if any(file.untold for file in found.files) else ()
    content = {
        "result": asdict(found.result) | dict.fromkeys(hidden),
        "files": [asdict(file) for file in found.files],
        "cells": found.cells.to_dict("records"),
    }
    return json.dumps(content, indent=2, ensure_ascii=False, default=str)


def _printed(found: Trace) -> str:
    if any(file.untold for file in found.files):
        return "not shown"
    return f"printed {found.result.printed or 'nothing'}"


def sentences(found: Trace) -> list[str]:
    """Return a trace in lines for people."""
    result = found.result
    lines = [
        f"{result.result_id}: {_printed(found)}, for {result.area}, "
        f"{result.period}" + (f" against {result.comparator}" * bool(result.comparator)),
        f"status   {result.status}" + f": {result.note}" * bool(result.note),
        f"formula  {result.method}",
    ]
    hidden = HIDDEN if any(file.untold for file in found.files) else ()
    for name in HIDDEN:
        value = getattr(result, name)
        lines += [f"{name:8} {value:.10g}"] if value is not None and name not in hidden else []
    for file in found.files:
        sha256 = f", sha256 {file.sha256[:12]}" if file.sha256 else ""
        lines.append(f"file     {file.path} ({file.what}{sha256})")
        lines += [f"         {file.untold}"] if file.untold else []
    for cell in found.cells.itertuples():
        sheet = f"sheet {cell.sheet}, " if cell.sheet else ""
        value = f"{cell.value:.10g}" if isinstance(cell.value, float) else cell.value
        lines.append(
            f"  {cell.file}: {sheet}row {cell.row}, column {cell.column}: "
            f"{cell.what}, {cell.area}, {cell.period}: {value}"
        )
    return lines
