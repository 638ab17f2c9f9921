"""The commands: what each takes, what it does, and what it says.

These modules load nothing heavy until a command runs.
"""

from scrutiny.commands import building, checking, editions, trust

__all__ = ["building", "checking", "editions", "trust"]
