"""A chart's specification to the SVG that the one renderer draws of it, here or in its process."""

from __future__ import annotations

import json
from collections import OrderedDict
from multiprocessing.connection import Client, Listener
from typing import NoReturn

KEPT = 64  # drawn charts: those that pages share come again within an edition

address: str | None = None  # of the process that draws for this one; None: this one draws


def draw(specification: dict) -> str:
    """Return the SVG of a Vega-Lite specification; raises ``ValueError`` where it is none."""
    text = json.dumps(specification)
    if address is None:
        return _drawn(text)
    with Client(address) as process:
        process.send(text)
        drawn, why = process.recv()
    if why:
        raise ValueError(why)
    return drawn


def serve(listener: Listener) -> NoReturn:
    """Draw for the processes that come, one after another, and no chart twice."""
    kept: OrderedDict[str, str] = OrderedDict()
    while True:
        with listener.accept() as process:
            try:
                text = process.recv()
                if text not in kept:
                    kept[text] = _drawn(text)
                kept.move_to_end(text)
                process.send((kept[text], None))
            except ValueError as error:
                process.send((None, str(error)))
            except (EOFError, OSError):  # who asked is gone
                continue
        if len(kept) > KEPT:
            kept.popitem(last=False)


def _drawn(text: str) -> str:
    # Imported late: the renderer takes a second to start, and not every caller draws.
    import vl_convert

    return vl_convert.vegalite_to_svg(text)
