"""``scrutiny check --document``: the statements of a paper that do not follow."""

from __future__ import annotations

import codecs
import json
import sys
from dataclasses import asdict
from pathlib import Path

from scrutiny.errors import WrongOption
from scrutiny.statements.judge import sentence, statements

LARGEST = 20 * 1024 * 1024  # bytes: far longer than any paper
_SAVE_AS = "save the paper as plain text or Markdown in UTF-8"


def check(paths: list[Path], *, as_json: bool) -> int:
    """Print what does not follow in each paper; return 1 where anything does not, else 0.

    With ``as_json`` every statement is printed, a list for programs. Raises
    :class:`scrutiny.errors.WrongOption` for a file that is not there or is no text.
    """
    found = [(path, statements(_text(path))) for path in paths]
    wrong = [(path, each) for path, own in found for each in own if not each.follows]
    if as_json:
        rows = [{"path": str(path), **asdict(each)} for path, own in found for each in own]
        _say(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for path, each in wrong:
            _say(f"✗  {path}, line {each.line}: {sentence(each)}\n     {each.sentence}")
        number = sum(len(own) for _, own in found)
        does = "none that does not follow" if not wrong else f"{len(wrong)} do not follow"
        does = "1 does not follow" if len(wrong) == 1 else does
        _say(f"{number} statement{'s' * (number != 1)} read, {does}")
    return 1 if wrong else 0


def _text(path: Path) -> str:
    if not path.is_file():
        raise WrongOption(f"--document: no file {path}")
    if path.stat().st_size > LARGEST:
        raise WrongOption(f"--document: {path} is larger than {LARGEST:,} bytes; {_SAVE_AS}")
    content = path.read_bytes()
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongOption(f"--document: {path} is not text in UTF-8; {_SAVE_AS}") from error
    if "\0" in text or content.startswith((b"PK\x03\x04", b"%PDF")):
        raise WrongOption(f"--document: {path} is not text or Markdown; {_SAVE_AS}")
    return text


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
