"""How patient a download is, and how much it may bring."""

from __future__ import annotations

from dataclasses import dataclass

KIB, MIB, GIB = 1024, 1024**2, 1024**3

CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0  # of silence, before the connection counts as broken
ATTEMPTS = 4
FIRST_WAIT = 1.0  # seconds; doubled for each further attempt
LONGEST_WAIT = 120.0  # a publisher that asks for more is asked again another day
MOST_REDIRECTS = 5
MOST_BYTES = GIB
# The archive of data.police.uk has been 1.4 to 1.7 GB; only some of its members are kept.
MOST_BYTES_OF_AN_ARCHIVE = 4 * GIB
SLOWEST = 1 * KIB  # bytes a second ...
SLOW_SECONDS = 60.0  # ... over so long a time, before a download is given up
MOST_MEMBERS = 20_000
MOST_KEPT = 500
MOST_UNPACKED = 4 * GIB
MOST_TIMES_LARGER = 200  # a member against its compressed self; tables reach 30
MOST_BYTES_OF_A_LISTING = 64 * MIB


@dataclass(frozen=True)
class Settings:
    """The constants of this module, for one run; tests give smaller ones."""

    connect_seconds: float = CONNECT_SECONDS
    read_seconds: float = READ_SECONDS
    attempts: int = ATTEMPTS
    first_wait: float = FIRST_WAIT
    longest_wait: float = LONGEST_WAIT
    most_redirects: int = MOST_REDIRECTS
    most_bytes: int = MOST_BYTES
    most_bytes_of_an_archive: int = MOST_BYTES_OF_AN_ARCHIVE
    slowest: float = SLOWEST
    slow_seconds: float = SLOW_SECONDS
    most_members: int = MOST_MEMBERS
    most_kept: int = MOST_KEPT
    most_unpacked: int = MOST_UNPACKED
    most_times_larger: int = MOST_TIMES_LARGER
    most_bytes_of_a_listing: int = MOST_BYTES_OF_A_LISTING
