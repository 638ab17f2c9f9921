"""Pages made in a scratch folder, proved, moved into ``outputs/`` whole; manifest and index."""

from scrutiny.publish.build import Outcome, build
from scrutiny.publish.index import write_index
from scrutiny.publish.state import Standing, standings

__all__ = ["Outcome", "Standing", "build", "standings", "write_index"]
