"""The pages that ship, and how they are read."""

import csv
from functools import cache

import html5lib

_FOLDERS = """
barking-and-dagenham barnet bexley brent bromley camden croydon ealing enfield greenwich hackney
hammersmith-and-fulham haringey harrow havering hillingdon hounslow islington
kensington-and-chelsea kingston-upon-thames lambeth lewisham merton newham redbridge
richmond-upon-thames southwark sutton tower-hamlets waltham-forest wandsworth westminster
"""
BOROUGHS = _FOLDERS.split()
_PORTFOLIOS = """
overall violence sexual-offences weapons property hate-and-domestic stop-and-search opinion
calls-property calls-people calls-other calls-behaviour calls-places officers pcsos-and-staff
"""
PORTFOLIOS = [f"catalogue-{name}" for name in _PORTFOLIOS.split()]
# Of these the files of 2025 still hold something.
_LIVING = ("overall", "violence", "sexual-offences", "property")
STILL_PUBLISHED = ("registers", *(f"catalogue-{name}" for name in _LIVING))
# Each page's folder, and what its notebook is given.
PAGES = (
    {
        "committee-monthly/2012-09": {"edition": "2012-09", "part": ""},
        "committee-monthly/2012-10": {"edition": "2012-10", "part": ""},
        "committee-monthly/2025-12": {"edition": "2025-12", "part": ""},
        "territorial-performance/2010-05": {"edition": "2010-05"},
        "territorial-performance/2025-11": {"edition": "2025-11"},
        "recommendation-tracker/2013-06": {"edition": "2013-06", "part": ""},
        "recommendation-tracker/2013-06/7": {"edition": "2013-06", "part": "7"},
        "recommendation-tracker/2013-03": {"edition": "2013-03", "part": ""},
        "recommendation-tracker/2019-05": {"edition": "2019-05", "part": ""},
    }
    | {
        f"committee-monthly/{edition}/{part}": {"edition": edition, "part": part}
        for edition in ("2012-09", "2012-10", "2025-12")
        for part in ("mopac-challenge", "registers", *PORTFOLIOS)
        if edition != "2025-12" or part in STILL_PUBLISHED
    }
    | {
        f"partner-scorecard/2025-11/{borough}".rstrip("/"): {"edition": "2025-11", "place": borough}
        for borough in ("", *BOROUGHS)
    }
    | {
        f"borough-priorities/{edition}/{borough}".rstrip("/"): {
            "edition": edition,
            "place": borough,
        }
        for edition in ("2018-q4", "2025-11")
        for borough in ("", *BOROUGHS)
    }
)


def stem(page):
    """The name of a page's files without their endings."""
    return page.replace("/", "-")


@cache
def results(folder):
    """A page's results by their ids."""
    with (folder / "results.csv").open(encoding="utf-8", newline="") as file:
        return {row["result_id"]: row for row in csv.DictReader(file)}


@cache
def document(path):
    """A page as a browser reads it."""
    text = path.read_text("utf-8")
    return html5lib.parse(text, treebuilder="lxml", namespaceHTMLElements=False)
