"""One question to a publisher: redirects followed with care, statuses told apart."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urljoin, urlsplit

import requests
from requests.exceptions import (
    ConnectTimeout,
    InvalidSchema,
    InvalidURL,
    MissingSchema,
    ProxyError,
    ReadTimeout,
    RequestException,
    SSLError,
)
from urllib3.exceptions import HTTPError, LocationParseError

from scrutiny.fetch.addresses import fault_of
from scrutiny.fetch.faults import NotFetched, TryAgain
from scrutiny.fetch.outcome import plain
from scrutiny.fetch.settings import Settings

ANSWERS = (200, 206, 304, 416)
PASSING = (408, 425, 429, 500, 502, 503, 504)
_MEANINGS = {
    401: "the publisher wants a log-in",
    403: "the publisher refuses; try the address in a browser",
    404: "nothing is there; correct data/addresses.csv",
    410: "it has been taken away; correct data/addresses.csv",
}


def session() -> requests.Session:
    """Return a session that asks for files as they are and takes proxies from the environment."""
    made = requests.Session()
    try:
        release = version("scrutiny")
    except PackageNotFoundError:
        release = "0"
    # Identity: a length, a range and a hash then all speak of the file itself.
    made.headers.update({"User-Agent": f"scrutiny/{release}", "Accept-Encoding": "identity"})
    return made


def ask(
    given: requests.Session, address: str, headers: dict[str, str], settings: Settings
) -> requests.Response:
    """Return the answer, its body still to be read; the caller closes it.

    Raises :class:`TryAgain` for what may pass and :class:`NotFetched` for what will not.
    """
    start = address
    for _ in range(settings.most_redirects + 1):
        if why := fault_of(address):
            led = "" if address == start else "the address leads to "
            raise NotFetched(f"{led}{why} ({plain(address)!r})")
        response = _get(given, address, headers, settings)
        target = given.get_redirect_target(response)
        if target is None:
            return _checked(response)
        response.close()
        address = joined(response.url, target)
    raise NotFetched(f"the address leads on more than {settings.most_redirects} times")


def joined(page: str, target: str) -> str:
    """Return the address that a page leads to, never from https to http.

    Raises :class:`NotFetched`.
    """
    try:
        further = urljoin(page, target)
        down = urlsplit(page).scheme == "https" and urlsplit(further).scheme == "http"
    except ValueError as error:
        raise NotFetched(f"the address leads to no address: {plain(target)!r}") from error
    if down:
        raise NotFetched(f"the address leads from https to http ({plain(further)!r})")
    return further


def _get(
    given: requests.Session, address: str, headers: dict[str, str], settings: Settings
) -> requests.Response:
    host = urlsplit(address).hostname
    try:
        return given.get(
            address,
            headers=headers,
            stream=True,
            allow_redirects=False,
            timeout=(settings.connect_seconds, settings.read_seconds),
        )
    except ConnectTimeout as error:
        raise TryAgain(
            f"no connection to {host} within {settings.connect_seconds:g} seconds"
        ) from error
    except ReadTimeout as error:
        raise TryAgain(f"no answer from {host} within {settings.read_seconds:g} seconds") from error
    except ProxyError as error:
        raise TryAgain(f"the proxy did not connect to {host}") from error
    except SSLError as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise NotFetched(
                f"the certificate of {host} is not trusted; behind a proxy, name its "
                "certificate in REQUESTS_CA_BUNDLE"
            ) from error
        raise TryAgain(f"no secure connection to {host}") from error
    except (InvalidURL, InvalidSchema, MissingSchema, LocationParseError, UnicodeError) as error:
        raise NotFetched(
            f"{plain(address)!r} cannot be asked for, or leads to no address"
        ) from error
    except (RequestException, HTTPError) as error:
        raise TryAgain(f"no connection to {host}") from error
    except ValueError as error:  # requests looks at the next address, too, as it answers
        raise NotFetched(f"{plain(address)!r} leads to no address") from error


def _checked(response: requests.Response) -> requests.Response:
    status = response.status_code
    if status in ANSWERS:
        return response
    response.close()
    said = plain(f"{status} {response.reason or ''}".strip())
    if status in PASSING:
        raise TryAgain(f"the publisher answered {said}", _wait_of(response))
    meaning = f": {_MEANINGS[status]}" if status in _MEANINGS else ""
    raise NotFetched(f"the publisher answered {said}{meaning}")


def _wait_of(response: requests.Response) -> float | None:
    """Return the seconds that ``Retry-After`` names, as a number or as a date."""
    asked = response.headers.get("Retry-After", "").strip()
    if asked.isdecimal() and asked.isascii():
        return float(asked[:9])
    try:
        then = parsedate_to_datetime(asked)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())
