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
# Measures that compare over 12 months up to November 2025, or to their own last month before.
_MEASURES = """
tno victim-based-crime mopac7 violence-with-injury robbery robbery-personal burglary
burglary-residential theft-person theft-of-motor-vehicle theft-from-motor-vehicle criminal-damage
homicide violence-against-the-person serious-youth-violence female-victims-robbery-violence rape
sexual-offences knife-crime knife-crime-injury gun-crime gun-crime-discharge
gang-violence-indicator dog-attacks theft-and-handling domestic-offences hate-homophobic
hate-racist-religious hate-faith hate-disability knife-crime-dashboard
knife-crime-injury-dashboard knife-crime-injury-robbery knife-injury-victims-1-24
knife-injury-victims-non-da-1-24 knife-crime-positive-outcomes
knife-crime-injury-positive-outcomes vawg-offences vawg-rape vawg-other-sexual-offences
vawg-stalking-and-harassment vawg-violence-with-injury vawg-public-fear vawg-flagged-outside
stop-and-search crime-calls asb-calls asb-calls-nuisance asb-calls-personal
asb-calls-environmental homicide-victims crime-calls-abduction crime-calls-bomb-threat
crime-calls-burglary-dwelling crime-calls-burglary-other crime-calls-criminal-damage
crime-calls-drugs crime-calls-fraud crime-calls-harassment crime-calls-robbery
crime-calls-sexual-offences crime-calls-other-theft crime-calls-shoplifting
crime-calls-theft-from-motor-vehicle crime-calls-theft-of-motor-vehicle crime-calls-unlisted
crime-calls-violence asb-calls-animals asb-calls-begging asb-calls-fireworks asb-calls-littering
asb-calls-communications asb-calls-noise asb-calls-prostitution asb-calls-neighbours
asb-calls-rowdy asb-calls-street-drinking asb-calls-trespass asb-calls-abandoned-vehicles
asb-calls-vehicle-nuisance drug-offences
"""
EXPLORED = _MEASURES.split()
EXPLORE = "explore/2025-11"
_RECOMMENDATIONS = {"2013-03": 19, "2013-06": 19, "2019-05": 4}
# Each page's folder, and what its notebook is given.
PAGES = (
    {
        "committee-monthly/2012-09": {"edition": "2012-09", "part": ""},
        "committee-monthly/2012-10": {"edition": "2012-10", "part": ""},
        "committee-monthly/2025-12": {"edition": "2025-12", "part": ""},
        "territorial-performance/2010-05": {"edition": "2010-05"},
        "territorial-performance/2025-11": {"edition": "2025-11"},
        "recommendation-tracker/2013-06": {"edition": "2013-06", "part": ""},
        "recommendation-tracker/2013-03": {"edition": "2013-03", "part": ""},
        "recommendation-tracker/2019-05": {"edition": "2019-05", "part": ""},
    }
    | {
        f"recommendation-tracker/{edition}/{part}": {"edition": edition, "part": str(part)}
        for edition, last in _RECOMMENDATIONS.items()
        for part in range(1, last + 1)
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
        f"{EXPLORE}/{measure}".rstrip("/"): {"edition": "2025-11", "part": measure}
        for measure in ("", *EXPLORED)
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


def notebook(page):
    """The name of the notebook that a page is made of."""
    report = page.split("/")[0]
    return "explore-static.ipynb" if report == "explore" else f"{report}.ipynb"


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
