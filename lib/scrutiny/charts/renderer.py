"""A chart's specification to the SVG that the one renderer draws of it, here or in its process."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections import OrderedDict
from functools import cache
from multiprocessing.connection import Client, Listener
from pathlib import Path
from types import ModuleType
from typing import NoReturn

FIRST = '{"data": {"values": []}, "mark": "point"}'
LETTER = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">a</text></svg>'
FONTS_VARIABLE = "FONTCONFIG_FILE"
NO_FONTS = Path(__file__).with_name("fonts.conf")  # of the machine
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
    """Draw for the processes that come, one after another, and no chart twice.

    Ends this process, a fork, whatever happens: what its parent does at its end is not for it.
    """
    try:
        _serve(listener)
    except BaseException:  # what draws can panic, which is no Exception
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(1)


def _serve(listener: Listener) -> NoReturn:
    _drawn(FIRST)  # starts what draws, which takes longer than a chart
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
    return library().vegalite_to_svg(text)


@cache
def library() -> ModuleType:
    """Return what draws, with the fonts that it brings and no others.

    Those of a machine would give other widths on another one; and each is opened anew for each
    letter: a chart takes three fifths of the time without.
    """
    before = os.environ.get(FONTS_VARIABLE)
    os.environ[FONTS_VARIABLE] = str(NO_FONTS)
    try:
        import vl_convert  # late: it takes a second to start, and not every caller draws

        vl_convert.svg_to_png(LETTER)  # looks for fonts, once
    finally:
        if before is None:
            del os.environ[FONTS_VARIABLE]
        else:
            os.environ[FONTS_VARIABLE] = before
    return vl_convert
