"""The portfolios under which the measures of the catalogue are grouped."""

from __future__ import annotations

# Each fits a page of its own, with a chart and a table of every measure.
PORTFOLIOS = {
    "overall": "All crime",
    "violence": "Violence",
    "sexual-offences": "Sexual offences",
    "weapons": "Knives, guns and gangs",
    "property": "Burglary, robbery and theft",
    "hate-and-domestic": "Hate crime and domestic offences",
    "stop-and-search": "Stop and search",
    "opinion": "Fear of crime and victim satisfaction",
    "calls-property": "Calls about theft and damage",
    "calls-people": "Calls about violence and robbery",
    "calls-other": "All calls about crime, and calls about other crime",
    "calls-behaviour": "Calls about antisocial behaviour",
    "calls-places": "Calls about places, animals and vehicles",
    "officers": "Officers and specials",
    "pcsos-and-staff": "PCSOs and staff",
}


def in_sentence(key: str) -> str:
    """Return a portfolio's name within a sentence: its first letter small but for abbreviations."""
    first, *rest = PORTFOLIOS[key].split(" ", 1)
    return " ".join([first if first[1:2].isupper() else first.lower(), *rest])
