"""What is said of the most similar forces."""

from __future__ import annotations

from scrutiny.markup import text as escape
from scrutiny.report import Report
from scrutiny.words.sentence import Passage, paragraphs

TEST = (
    "A force's share is set against the mean of the others, itself left out, with 95% limits from "
    "how many each asked and the design factor of its survey. It is the suite's own test; not the "
    "Home Office grading."
)


def family(report: Report) -> Passage:
    """Return which forces are meant and by what test, or what is needed to make it."""
    forces = report.edition.settings.similar_forces
    if not forces:
        return paragraphs("No comparison is made: no figures of other forces are held.")
    named = f"The most similar forces are {escape(', '.join(forces))}."
    if report.territorial.family:
        return paragraphs(named, TEST)
    return paragraphs(
        f"{named} No figure of theirs is on record here, so what is claimed of the MPS beside them "
        "cannot be checked. With lines in <code>force-surveys.csv</code> this page sets them side "
        f"by side. {TEST}",
    )
