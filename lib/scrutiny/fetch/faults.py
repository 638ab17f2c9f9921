"""Why a download does not come about: for good, or for now."""

from __future__ import annotations


class NotFetched(Exception):
    """A download that asking again will not better; the message is for the user."""


class TryAgain(Exception):
    """A fault that may pass. ``wait`` is how many seconds the publisher asks for, if it does."""

    def __init__(self, message: str, wait: float | None = None):
        super().__init__(message)
        self.wait = wait
