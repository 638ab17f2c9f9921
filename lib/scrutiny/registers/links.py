"""What rows of registers say of each other: keys that are unique, links that lead somewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from scrutiny.errors import Problem, near
from scrutiny.registers.cells import Row, first_day, last_day
from scrutiny.registers.check import Fault, Line
from scrutiny.registers.recommendations import AcceptanceRag, Recommendation

Read = Mapping[str, list[tuple[Line, Row]]]
KEYS = {
    "documents": "document",
    "targets": "target",
    "performance_targets": "target",
    "rag_rules": "rule",
    "recommendations": "reference",
    "recommendation_history": "entry",
    "actions": "reference",
    "correspondence": "reference",
    "commitments": "reference",
    "finance": "key",
    "calendar": "key",
}


def faults(read: Read, tables: Mapping[str, list[Line]]) -> list[Fault]:
    """Return every fault between rows that are sound themselves.

    A link may lead to any line of ``tables``: one that is faulty is told of once, by itself.
    """
    keys = {name: [line.cells.get(KEYS[name], "") for line in tables[name]] for name in KEYS}
    found = [*_twice(read), *_documents(read, keys["documents"])]
    found += [*_recommendations(read, tables["recommendations"]), *_history(read, keys)]
    return [*found, *_impacts(read, keys["recommendations"])]


def _fault(line: Line, column: str, reason: str, cure: str) -> Fault:
    value = line.cells.get(column, "")
    return Fault(
        line.sheet, Problem(reason, row=line.number, column=column, value=value, cure=cure)
    )


def _twice(read: Read) -> Iterator[Fault]:
    for name, column in KEYS.items():
        counted = Counter(getattr(row, column) for _, row in read[name])
        for line, row in read[name]:
            if counted[getattr(row, column)] > 1:
                yield _fault(line, column, f"the {column} stands twice", "give one of them another")
    numbers = Counter((row.origin, row.number) for _, row in read["recommendations"])
    for line, row in read["recommendations"]:
        if numbers[row.origin, row.number] > 1:
            yield _fault(
                line, "number", "the number stands twice in this origin", "give one of them another"
            )
    surveys = Counter((row.force, row.measure, row.period) for _, row in read["force_surveys"])
    for line, row in read["force_surveys"]:
        if surveys[row.force, row.measure, row.period] > 1:
            yield _fault(line, "force", "stands twice in this month", "keep one of the rows")


def _documents(read: Read, documents: list[str]) -> Iterator[Fault]:
    known = set(documents)
    for name, its_rows in read.items():
        for line, row in its_rows if name != "documents" else ():
            for column in ("document", "closed_by", "answered_by"):
                key = getattr(row, column, None)
                if key is not None and key not in known:
                    yield _fault(
                        line, column, "is not in documents.csv",
                        f"add the document there, or correct the key{near(key, documents)}",
                    )  # fmt: skip


def _recommendations(read: Read, lines: list[Line]) -> Iterator[Fault]:
    numbers = {(line.cells.get("origin"), line.cells.get("number")) for line in lines}
    parts = {(row.origin, row.number) for _, row in read["recommendations"] if row.parent}
    for line, row in read["recommendations"]:
        if row.parent and (row.origin, row.parent) not in numbers - parts:
            what = (
                "the parent is itself a sub-part"
                if (row.origin, row.parent) in parts
                else "a sub-part without its recommendation"
            )
            yield _fault(
                line, "parent", what, "write the number of a whole recommendation of this origin"
            )
        if not row.asked_on.startswith(str(row.year)):
            yield _fault(line, "year", f"not the year of asked_on, {row.asked_on}", "correct one")
        if row.asked_by and last_day(row.asked_by) < first_day(row.asked_on):
            yield _fault(
                line, "asked_by", f"before it was asked, {row.asked_on}", "correct one of the dates"
            )


def _history(read: Read, keys: Mapping[str, list[str]]) -> Iterator[Fault]:
    references, rule_keys = set(keys["recommendations"]), set(keys["rag_rules"])
    asked: dict[str, Recommendation] = {row.reference: row for _, row in read["recommendations"]}
    rules = {row.rule: row for _, row in read["rag_rules"]}
    closed = _closings(read)
    for line, row in read["recommendation_history"]:
        if row.reference not in references:
            yield _fault(
                line, "reference", "is not in recommendations.csv",
                f"add the recommendation, or correct the key{near(row.reference, references)}",
            )  # fmt: skip
        if row.reference in asked and last_day(row.date) < first_day(asked[row.reference].asked_on):
            yield _fault(
                line, "date", f"{row.event} before it was asked, {asked[row.reference].asked_on}",
                "correct one of the dates",
            )  # fmt: skip
        if row.event != "closed" and first_day(row.date) > closed.get(
            row.reference, first_day("2099")
        ):
            yield _fault(
                line, "date", f"{row.event} after monitoring was closed", "correct one of the dates"
            )
        if row.rule and row.rule not in rule_keys:
            yield _fault(
                line, "rule", "is not in rag-rules.csv", f"correct it{near(row.rule, rule_keys)}"
            )
        elif row.rule in rules and rules[row.rule].colours is not AcceptanceRag:
            yield _fault(
                line, "rule", "judges performance; a recommendation is judged by its acceptance",
                "name a rule of acceptance",
            )  # fmt: skip


def _closings(read: Read) -> dict:
    """Return the day by which each closed recommendation was closed."""
    days = defaultdict(list)
    for _, row in read["recommendation_history"]:
        if row.event == "closed":
            days[row.reference].append(last_day(row.date))
    return {reference: min(its_days) for reference, its_days in days.items()}


def _impacts(read: Read, references: list[str]) -> Iterator[Fault]:
    for line, row in read["notable_impacts"]:
        for reference in row.recommendations:
            if reference not in references:
                yield _fault(
                    line, "recommendations", f"{reference!r} is not in recommendations.csv",
                    f"correct the key{near(reference, references)}",
                )  # fmt: skip
