"""Pages made at once, each by a notebook that Papermill executes in a kernel process of its own."""

from scrutiny.run.notebook import environment, execute
from scrutiny.run.pages import Runners

__all__ = ["Runners", "environment", "execute"]
