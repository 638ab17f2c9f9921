"""Who may come in: everyone on this machine, whoever has the token, or whom a proxy has let in."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tornado.httputil import HTTPServerRequest
from tornado.web import RequestHandler

from scrutiny.errors import WrongOption

COOKIE = "scrutiny-dashboard"
PROXY = "proxy-header:"
SHORTEST_TOKEN = 20
HOW = (
    "--auth takes a file with a token in it, or proxy-header:NAME, the header in which a proxy "
    "names who is signed in"
)


class Gate(Protocol):
    """``admits`` says whether a request may be answered; ``asks`` whether a token would help."""

    asks: bool

    def admits(self, handler: RequestHandler) -> bool:
        """Return whether to answer."""
        ...


class Open:
    """Admits everyone: for an address that only this machine reaches."""

    asks = False

    def admits(self, handler: RequestHandler) -> bool:
        """Return True."""
        return True


class Token:
    """Admits who has once given the token, and has the signed cookie for it."""

    asks = True

    def __init__(self, file: Path) -> None:
        """Read the token; raises :class:`WrongOption` for a file that is missing or too short."""
        try:
            self._token = file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise WrongOption(f"--auth: {file} cannot be read as text; {HOW}") from error
        if len(self._token) < SHORTEST_TOKEN:
            raise WrongOption(
                f"--auth: the token in {file} is shorter than {SHORTEST_TOKEN} characters; "
                'make one with: python -c "import secrets; print(secrets.token_urlsafe())"'
            )

    @property
    def secret(self) -> bytes:
        """What signs the cookies: a new token, and the old cookies are worth nothing."""
        return hashlib.sha256(b"cookie" + self._token.encode()).digest()

    def admits(self, handler: RequestHandler) -> bool:
        """Return whether the request has the cookie."""
        return handler.get_secure_cookie(COOKIE, max_age_days=1) == b"in"

    def is_given(self, given: str) -> bool:
        """Return whether someone knows the token."""
        return hmac.compare_digest(given.strip().encode(), self._token.encode())


@dataclass(frozen=True)
class Proxy:
    """Admits what comes from the proxy's own address with a name in the header."""

    header: str
    addresses: tuple[str, ...]
    asks = False

    def admits(self, handler: RequestHandler) -> bool:
        """Return whether the proxy sent it and says who it is: anyone could write a header."""
        request: HTTPServerRequest = handler.request
        return request.remote_ip in self.addresses and bool(
            request.headers.get(self.header, "").strip()
        )


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def gate(host: str, auth: str | None, proxies: tuple[str, ...]) -> Gate:
    """Return who may come in at an address.

    Raises :class:`WrongOption` where others than this machine could come in unasked.
    """
    if auth is None:
        if not is_loopback(host):
            raise WrongOption(f"--host {host} lets others in and needs --auth; {HOW}")
        return Open()
    if not auth.startswith(PROXY):
        return Token(Path(auth))
    header = auth.removeprefix(PROXY)
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", header):
        raise WrongOption(f"--auth: {header!r} is not the name of a header; {HOW}")
    for address in proxies:
        try:
            ipaddress.ip_address(address)
        except ValueError:
            raise WrongOption(f"--proxy: {address!r} is no address like 10.0.0.5") from None
    return Proxy(header, proxies)
