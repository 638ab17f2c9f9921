"""Thousands of made-up recommendations with ten years of history, the same every time."""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
EDITION, EARLIER = "2023-06", "2023-03"
ORIGIN, DOCUMENT = "A generated list", "generated"
FIRST_YEAR, YEARS, SEED = 2013, 10, 2013
THEMES = (
    "Targets and data", "Engagement", "Neighbourhood policing", "Workforce", "Estate", "Funding",
    "Criminal justice", "Victims", "Technology", "Stop and search", "Road safety", "Custody",
)  # fmt: skip
OWNERS = ("MOPAC", "MPS", "MOPAC; MPS", "Mayor of London", "Commissioner", "Home Office")
WORDS = [
    "plan", "report", "officers", "boroughs", "training", "evidence", "progress", "closure",
    "neighbourhood", "panel", "detail", "to", "of", "for", "is", "by",
]  # fmt: skip


def project(folder: Path, number: int) -> Path:
    """Make a project in a folder whose tracker has so many recommendations; return the folder."""
    for name in ("templates", "notebooks", "data/registers"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "data" / "sample").mkdir()
    shutil.copy2(ROOT / "data" / "limits.yml", folder / "data")
    for edition in (EARLIER, EDITION):
        shutil.copytree(
            ROOT / "params" / "recommendation-tracker" / "2013-06",
            folder / "params" / "recommendation-tracker" / edition,
        )
        made = folder / "params" / "recommendation-tracker" / edition / "edition.yml"
        made.write_text(
            f"title: A long list\ndata_to: {edition}\ndocument: {DOCUMENT}\norigin: {ORIGIN}\n"
        )
    registers = folder / "data" / "registers"
    with (registers / "documents.csv").open("a", encoding="utf-8") as file:
        file.write(f"{DOCUMENT},A generated document,,2013-01,\n")
    recommendations, history = _rows(number)
    _write(registers / "recommendations.csv", recommendations)
    _write(registers / "recommendation-history.csv", history)
    return folder


def _rows(number: int) -> tuple[list[dict], list[dict]]:
    chance = random.Random(SEED)
    recommendations, history = [], []
    for n in range(1, number + 1):
        reference, asked = f"list-{n}", _month(chance, FIRST_YEAR, FIRST_YEAR + YEARS - 1)
        source = {"document": DOCUMENT, "locator": f"L{n}", "wording": "paraphrase"}
        due = _after(chance, asked, 12) if chance.random() < 0.5 else ""
        recommendations.append(
            {
                "reference": reference, "year": asked[:4], "origin": ORIGIN, "number": n,
                "text": _sentence(chance, 30), "theme": chance.choice(THEMES),
                "addressee": chance.choice(OWNERS), "asked_on": asked, "asked_for": due,
                "asked_by": due, **source,
            }
        )  # fmt: skip
        entries = [{"date": asked, "event": "asked"}, *_years(chance, asked, due)]
        history += [
            {"entry": f"{reference}#{i}", "reference": reference, **entry, **source}
            for i, entry in enumerate(entries, start=1)
        ]
    return recommendations, history


def _years(chance: random.Random, asked: str, due: str) -> list[dict]:
    """Return an answer and a judgement for each year since it was asked, sometimes an end."""
    entries, year = [], int(asked[:4]) + 1
    while year <= FIRST_YEAR + YEARS:
        offered = f"{year + 1}-06" if chance.random() < 0.2 else ""
        entries.append(
            {
                "date": f"{year}-02", "event": "answered", "response": _sentence(chance, 30),
                "responded_by": "Mayor of London", "offered_for": offered, "offered_by": offered,
            }
        )  # fmt: skip
        entries.append(
            {
                "date": f"{year}-05", "event": "judged", "response": _sentence(chance, 40),
                "rag": chance.choice(("green", "amber", "amber", "red")),
                "rule": "acceptance-2013", "judged_by": "Police and Crime Committee",
            }
        )  # fmt: skip
        year += 1
    if due and chance.random() < 0.6:
        entries.append({"date": _after(chance, asked, 14), "event": "delivered"})
    return entries


def _month(chance: random.Random, first: int, last: int) -> str:
    return f"{chance.randint(first, last)}-{chance.randint(1, 12):02d}"


def _after(chance: random.Random, month: str, most: int) -> str:
    later = 12 * int(month[:4]) + int(month[5:]) - 1 + chance.randint(1, most)
    return f"{later // 12}-{later % 12 + 1:02d}"


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def _write(path: Path, rows: list[dict]) -> None:
    """Add the rows to those of the register."""
    with path.open(encoding="utf-8") as file:
        columns = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writerows(rows)
