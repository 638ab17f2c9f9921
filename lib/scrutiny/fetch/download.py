"""A whole file from an address: attempts, resuming, and the limits of patience and size."""

from __future__ import annotations

import re
import time
from contextlib import closing
from dataclasses import dataclass, replace

import requests
import urllib3

from scrutiny.fetch import transport
from scrutiny.fetch.faults import NotFetched, TryAgain
from scrutiny.fetch.outcome import size
from scrutiny.fetch.part import About, Part
from scrutiny.fetch.report import Report
from scrutiny.fetch.settings import Settings

BLOCK = 256 * 1024
_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15}|\*)", re.ASCII)


@dataclass(frozen=True)
class Question:
    """What is asked for, and how: ``label`` names it in messages, ``most`` bytes are taken.

    ``known_etag`` is that of the copy in the inbox, where a whole one is there.
    """

    label: str
    part: Part
    most: int
    known_etag: str = ""


def download(
    question: Question, session: requests.Session, settings: Settings, report: Report
) -> About | None:
    """Bring the whole file into the part; return what the publisher said of it.

    None where the publisher says that the copy of ``known_etag`` is still the latest. Raises
    :class:`NotFetched`; what came until then stays in the part, if it can be resumed.
    """
    part = question.part
    for attempt in range(1, settings.attempts + 1):
        try:
            return _attempt(question, session, settings, report)
        except TryAgain as fault:
            wait = settings.first_wait * 2 ** (attempt - 1) if fault.wait is None else fault.wait
            if attempt == settings.attempts:
                raise _given_up(f"{fault}; given up after {attempt} attempts", part) from fault
            if wait > settings.longest_wait:
                raise _given_up(f"{fault} and asks to wait {wait:.0f} seconds", part) from fault
            report.waiting(question.label, str(fault), wait, attempt + 1)
            time.sleep(wait)
    raise NotFetched("no attempt was allowed")


def _given_up(why: str, part: Part) -> NotFetched:
    if not part.resumable:
        part.drop()
    return NotFetched(f"{why}; {part.kept}")


def _attempt(
    question: Question, session: requests.Session, settings: Settings, report: Report
) -> About | None:
    part = question.part
    conditions = _conditions(question)
    with closing(transport.ask(session, part.address, conditions, settings)) as response:
        if response.status_code == 304:
            return _unmodified(part, conditions)
        about, start = _begun(part, response)
        if about.total is not None and about.total > question.most:
            part.drop()
            raise NotFetched(
                f"it is {size(about.total)}, and more than {size(question.most)} are not taken"
            )
        if not start:
            part.restart(about)
        report.started(question.label, about.final_address, start, about.total)
        _receive(response, question, settings, report)
    if about.total is not None and part.size < about.total:
        raise TryAgain(f"only {size(part.size)} of {size(about.total)} came")
    if about.total is not None and part.size > about.total:
        part.drop()
        raise TryAgain("more came than was announced")
    return about


def _conditions(question: Question) -> dict[str, str]:
    part = question.part
    if part.whole and part.about.strong_etag:
        return {"If-None-Match": part.about.strong_etag}
    if part.resumable and not part.whole:
        return {"Range": f"bytes={part.size}-", "If-Range": part.about.validator}
    return {"If-None-Match": question.known_etag} if question.known_etag else {}


def _unmodified(part: Part, conditions: dict[str, str]) -> About | None:
    if "If-None-Match" not in conditions:
        raise NotFetched("the publisher answered 304 to a question that it does not fit")
    return part.about if part.whole else None


def _begun(part: Part, response: requests.Response) -> tuple[About, int]:
    """Return what the answer says of the contents, and at which byte of them it begins."""
    said = response.headers
    length = said.get("Content-Length", "")
    known = re.fullmatch(r"\d{1,15}", length, re.ASCII) and "Transfer-Encoding" not in said
    total = int(length) if known else None
    if response.status_code == 200:
        return _about(part, response, total), 0
    old = part.about
    if response.status_code == 206 and old is not None:
        found = _RANGE.fullmatch(said.get("Content-Range", "").strip())
        if found and int(found[1]) == part.size:
            new = _about(part, response, old.total if found[3] == "*" else int(found[3]))
            if _same(old, new):
                return replace(old, final_address=new.final_address, total=new.total), part.size
    part.drop()  # 416, or a rest of something else
    raise TryAgain("the file has changed since a part of it came")


def _same(old: About, new: About) -> bool:
    """Whether two answers speak of the same contents, as far as both say anything."""
    keys = ("etag", "last_modified", "encoding", "total")
    pairs = [(getattr(old, key), getattr(new, key)) for key in keys]
    return all(was == now or was in ("", None) or now in ("", None) for was, now in pairs)


def _about(part: Part, response: requests.Response, total: int | None) -> About:
    # Only what can be sent back: a folded header would make every later question invalid.
    said = {key: value for key, value in response.headers.lower_items() if value.isprintable()}
    return About(
        address=part.address,
        final_address=response.url,
        etag=said.get("etag", ""),
        last_modified=said.get("last-modified", ""),
        content_type=said.get("content-type", ""),
        encoding=said.get("content-encoding", "").strip().lower().replace("identity", ""),
        total=total,
    )


def _receive(
    response: requests.Response, question: Question, settings: Settings, report: Report
) -> None:
    part, held = question.part, question.part.size
    since, came, slow = time.monotonic(), 0, ""
    with part.appending() as file:
        # What one system call gives: a read that waits for a whole block would not see a drip.
        while block := _block(response, settings):
            held, came = held + len(block), came + len(block)
            if held > question.most:
                break
            file.write(block)
            file.flush()  # what came is kept whatever ends the process
            report.received(len(block))
            passed = time.monotonic() - since
            if passed >= settings.slow_seconds:
                if came < settings.slowest * passed:
                    slow = f"slower than {size(settings.slowest)} a second for {passed:.3g} seconds"
                    break
                since, came = time.monotonic(), 0
        else:
            return
    if slow:
        raise _given_up(slow, part)
    part.drop()
    raise NotFetched(f"more than {size(question.most)} came, and no more is taken")


def _block(response: requests.Response, settings: Settings) -> bytes:
    try:
        return response.raw.read1(BLOCK, decode_content=False) or b""
    except urllib3.exceptions.ReadTimeoutError as error:
        raise TryAgain(f"nothing came for {settings.read_seconds:g} seconds") from error
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise TryAgain("the connection broke off") from error
