"""A wrong request is refused at once, in words that say what to change, and writes nothing."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from scrutiny import build_report, places
from scrutiny.__main__ import main
from scrutiny.project import Project

ROOT = Path(__file__).parents[1]
WORKBOOK = "data/sample/datastore-workbook-2015-11.csv.gz"
RECENT = "data/sample/borough-24-months-2018-12.csv.gz"
COMMITTEE = "committee-monthly/2012-10"
BOROUGHS = "borough-priorities/2018-q4"
CROYDON = "borough-priorities/2018-q4/croydon"
TRACKER = "recommendation-tracker/2013-06"

# Major and minor category of a borough file, and the offences that each borough has each month.
MINORS = """\
Arson and Criminal Damage,Criminal Damage,40
Burglary,Domestic Burglary,30
Robbery,Robbery of Personal Property,10
Theft,Theft from Person,20
Vehicle Offences,Theft from a Motor Vehicle,25
Vehicle Offences,Theft or Taking of a Motor Vehicle,15
Violence Against the Person,Violence with Injury,50
"""


@pytest.fixture
def out(tmp_path):
    """Where the requests of these tests would publish."""
    return tmp_path / "out"


@pytest.fixture
def ask(out, monkeypatch, capsys):
    """The command line from the project's folder: exit status and what it says on stderr."""
    monkeypatch.chdir(ROOT)

    def run(*arguments):
        status = main([*map(str, arguments), "--out", str(out)])
        return status, capsys.readouterr().err

    return run


@pytest.fixture
def refused(ask, out):
    """A request that ends with 2 before anything is made: the line or two that it is told."""

    def run(*arguments):
        status, said = ask(*arguments)
        assert (status, said[:10]) == (2, "scrutiny: "), said
        assert said.count("\n") <= 2
        assert not out.exists(), "refused after something was written"
        return said

    return run


def edition(folder, target, old="", new="", *, name=None):
    """A folder of editions that holds a copy of one, with one thing in its edition.yml changed."""
    report, original = target.split("/")
    copy = folder / "editions" / report / (name or original)
    shutil.copytree(ROOT / "params" / report / original, copy)
    text = (copy / "edition.yml").read_text("utf-8")
    assert text.count(old) == 1 or not old
    (copy / "edition.yml").write_text(text.replace(old, new) if old else text + new, "utf-8")
    return folder / "editions"


def borough_file(folder, more=""):
    """A file of boroughs: 24 months to December 2018, the categories of MINORS and some more."""
    months = [f"{year}{month:02d}" for year in (2017, 2018) for month in range(1, 13)]
    lines = [",".join(["Borough", "Major Category", "Minor Category", *months])]
    for borough in places.boroughs():
        for minor, each_month in (x.rsplit(",", 1) for x in (MINORS + more).splitlines()):
            lines.append(",".join([borough.name, minor, *[each_month] * len(months)]))
    folder.mkdir()
    path = folder / "crimes.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def pin(path, sha256=None):
    """The field of an edition that pins one file."""
    found = hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
    return f"files:\n  - path: {path}\n    sha256: '{sha256 or found}'\n"


def cases(names, table):
    """A test for each line of the table, called by its key."""
    return pytest.mark.parametrize(names, list(table.values()), ids=list(table))


WRONG = {
    "unknown-option": (["--fast"], "unrecognized arguments: --fast"),
    "shortened-option": (["--par", "x"], "unrecognized arguments: --par"),
    "no-jobs": (["--jobs", "0"], "'0' is not a number of pages"),
    "fewer-jobs-than-none": (["--jobs", "-1"], "'-1' is not a number of pages"),
    "jobs-in-words": (["--jobs", "x"], "'x' is not a number of pages"),
    "unknown-format": (["--format", "pptx"], "is not a format"),
    "one-format-of-two": (["--format", "html,pptx"], "is not a format"),
    "missing-params": (["--params", "nowhere"], "no folder nowhere"),
    "missing-data": ([COMMITTEE, "--data", "nowhere"], "no folder nowhere"),
    "data-a-file": ([COMMITTEE, "--data", "README.md"], "no folder README.md"),
    "misspelt-report": (["committee-montly"], "did you mean committee-monthly?"),
    "unknown-edition": (["committee-monthly/2012-11"], "known: 2012-09, 2012-10, 2025-12"),
    "misspelt-borough": ([f"{BOROUGHS}/croyden"], "did you mean croydon"),
    "not-policed-by-the-mps": ([f"{BOROUGHS}/city-of-london"], "it is for the 32 boroughs"),
    "london-as-a-borough": ([f"{BOROUGHS}/mps"], "it is for the 32 boroughs"),
    "part-of-a-whole": ([f"{COMMITTEE}/croydon"], "has no part 'croydon'"),
    "one-wrong-of-two": ([COMMITTEE, "tracker"], "no report is called 'tracker'"),
}
NOT_TARGETS = {
    "below-params": (f"params/{COMMITTEE}", "not a path"),
    "dot": (f"./{COMMITTEE}", "not a path"),
    "folder-above": (f"../{COMMITTEE}", "not a path"),
    "there-and-back": (f"committee-monthly/../{BOROUGHS}", "not a path"),
    "absolute": (f"{ROOT}/params/{COMMITTEE}", "not a path"),
    "slash-at-the-end": (f"{COMMITTEE}/", "not a path"),
    "two-slashes": ("committee-monthly//2012-10", "not a path"),
    "the-file": (f"{COMMITTEE}/edition.yml", "not a path"),
    "backslash": ("committee-monthly\\2012-10", "not a path"),
    "capitals": ("Committee-Monthly/2012-10", "is not a target"),
    "end-of-line": ("committee-monthly\n", "is not a target"),
    "empty": ("", "is not a target"),
}
# What is changed into what in the edition.yml of the committee's report, and what is said of it.
FAULTS = {
    "misspelt": ("vintage:", "vintge:", ["unknown field 'vintge'; did you mean vintage?"]),
    "missing": ("meeting: 2012-10-25\n", "", ["missing field 'meeting'"]),
    "several-in-one-message": (
        "status: draft\n", "stauts: draft\nformats: [pptx]\nnext: soon\n",
        ["'stauts'; did you mean status?", "unknown field 'next'", "formats", "'pptx'"],
    ),
    "written-twice": ("", "title: Again\n", ["written twice: title"]),
    "alias-bomb": ("", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", ["anchors and aliases"]),
    "code": ("", "x: !!python/name:os.system\n", ["not YAML"]),
    "not-yaml": ("", "x: [1\n", ["not YAML"]),
    "endless": ("", "x: " + "y" * 70_000, ["larger than 65536 bytes"]),
    "unknown-measure": ("[tno, ", "[tnoo, ", ["'tnoo' is not a measure"]),
    "unknown-status": ("draft", "done", ["status", "'done'"]),
    "13th-month": ("2012-08\n", "2012-13\n", ["'2012-13' is not a month"]),
    "year-for-a-month": ("2012-08\n", "2012\n", ["2012 is not a month"]),
    "unknown-window": ("12m", "13m", ["compare", "'13m'"]),
    "no-such-year": ("2011/12", "2011/13", ["'2011/13' is not a financial year"]),
    "days-backwards": ("2012-09-08..2012-10-07", "2012-10-07..2012-09-08", ["ends before"]),
    "meeting-elsewhere": ("meeting: 2012-10", "meeting: 2012-11", ["not in 2012-10"]),
    "unknown-document": ("report-2012-10-25", "report-2012-10-26", ["'mopac-report-2012-10-26'"]),
    "month-out-of-step": ("12m", "quarter", ["2012-08 does not end a calendar quarter"]),
}  # fmt: skip
# The edition that is copied, what is changed in it, the copy's name, and what is said of it.
UNBUILDABLE = {
    "other-quarter": (BOROUGHS, "2018-12\n", "2018-09\n", "2018-q4", "last month of 2018-q4"),
    "quarter-for-a-year": (BOROUGHS, "", "", "fy2018-19", "not the last month of fy2018-19"),
    "no-period": (BOROUGHS, "", "", "autumn", "'autumn' is not a month or a quarter"),
    "other-month": (TRACKER, "2013-06\n", "2012-01\n", "2013-06", "data_to 2012-01 is not"),
    "no-month": (COMMITTEE, "", "", "2012-q3", "'2012-q3' is not a month"),
    "too-late": (COMMITTEE, "2012-08\n", "2030-01\n", "2012-10", "lack 2029-02..2030-01; add"),
    "pin-changed": (COMMITTEE, "", pin(WORKBOOK, "0" * 64), "2012-10", "edition pins 000000000000"),
    "pin-missing": (COMMITTEE, "", pin(WORKBOOK).replace("2015", "2016"), "2012-10", "not a file"),
    "pin-outside": (COMMITTEE, "", pin(WORKBOOK).replace("data", "../d"), "2012-10", "not a file"),
    "pin-no-data": (COMMITTEE, "", pin("README.md"), "2012-10", "no reader knows the contents"),
    "pin-too-late": (COMMITTEE, "", pin(RECENT), "2012-10", "lack 2011-09..2012-08"),
}  # fmt: skip
# What an edition names, and the file from which the quarter's figures are then taken.
CHOSEN = {
    "named": ("[borough-24-months/2019-02]", "borough-24-months/2019-02"),
    "absent-one-passed-over": ("[1999-01, 2018-12]", "borough-24-months/2018-12"),
    "absent-alone": ("[1999-01]", "borough-historical/2023-09"),
    "no-order": ("[]", "borough-historical/2023-09"),
    "pinned": (f"[borough-historical]\n{pin(RECENT)}", "borough-24-months/2018-12"),
}


@cases(("arguments", "says"), WRONG)
def test_a_wrong_request_is_refused_in_a_line(refused, arguments, says):
    assert says in refused("build", *arguments)


@cases(("target", "says"), NOT_TARGETS)
def test_a_path_is_not_a_target(refused, target, says):
    assert says in refused("build", target)


def test_a_misspelt_command_ends_with_2_and_a_line_that_names_the_known_ones(scrutiny, out):
    done = scrutiny("biuld", COMMITTEE, "--out", out)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("scrutiny: argument command: invalid choice: 'biuld'")
    assert ("build" in done.stderr, done.stderr.count("\n")) == (True, 1)
    assert not out.exists()


@cases(("old", "new", "says"), FAULTS)
def test_a_faulty_edition_is_refused_by_name(refused, tmp_path, old, new, says):
    said = refused("build", COMMITTEE, "--params", edition(tmp_path, COMMITTEE, old, new))
    assert said.startswith(f"scrutiny: {COMMITTEE}/edition.yml: ")
    assert [words for words in says if words not in said] == []


@cases(("target", "old", "new", "name", "says"), UNBUILDABLE)
def test_an_edition_that_cannot_be_built_is_refused(
    refused, tmp_path, target, old, new, name, says
):
    params = edition(tmp_path, target, old, new, name=name)
    assert says in refused("build", f"{target.split('/')[0]}/{name}", "--params", params)


@cases(("files", "says"), {"later": ([RECENT], "lack 2011-09.."), "none": ([], "hold none of its")})
def test_the_folder_given_must_hold_the_months(refused, tmp_path, files, says):
    (tmp_path / "given").mkdir()
    for name in files:
        shutil.copy(ROOT / name, tmp_path / "given")
    assert says in refused("build", COMMITTEE, "--data", tmp_path / "given")


@cases(("named", "used"), CHOSEN)
def test_an_order_of_vintages_is_a_preference_and_a_pin_is_not(tmp_path, named, used):
    params = edition(
        tmp_path, BOROUGHS, "[borough-24-months/2018-12, borough-historical/2018-12]", named
    )
    report = build_report("borough-priorities", "2018-q4", "croydon", project=Project(ROOT, params))
    assert next(f.edition for f in report.files if f.source.startswith("borough-")) == used


def test_a_faulty_file_stops_the_build_and_what_stood_still_stands(ask, tmp_path, out):
    path = borough_file(tmp_path / "given")
    path.write_text(path.read_text("utf-8").replace(",30\n", ",3O\n", 1), "utf-8")
    stood = out / CROYDON / "results.csv"
    stood.parent.mkdir(parents=True)
    stood.write_text("yesterday's", "utf-8")
    status, said = ask("build", CROYDON, "--data", path.parent)
    assert status == 1
    assert said == (
        "scrutiny: given/crimes.csv: row 3, column 201812: not a whole count of offences "
        "('3O'); restore the publisher's figure; 0 where there was none\n"
    )
    assert [file.read_text("utf-8") for file in out.rglob("*.*")] == ["yesterday's"]


def test_a_new_minor_under_theft_stops_the_build_that_prints_it_and_is_a_note_for_check(
    ask, tmp_path, capsys, out
):
    path = borough_file(tmp_path / "given", "Theft,Theft of a Scooter,5\n")
    status, said = ask("build", CROYDON, "--data", path.parent)
    assert (status, said.count("\n")) == (1, 1)
    assert said.startswith("scrutiny: given/crimes.csv: row 9: 'Theft of a Scooter' under 'Theft'")
    assert "may count towards theft-person" in said
    assert not out.exists()
    assert main(["check", str(path), "--json"]) == 0
    (about,) = json.loads(capsys.readouterr().out)
    assert about["problems"] == []
    in_rows = [(n["row"], n["value"]) for n in about["notes"] if n["row"]]
    assert in_rows == [(9, "Theft, Theft of a Scooter")]


def test_a_folder_given_is_used_alone_as_page_and_manifest_say_with_a_new_minor_of_burglary(
    scrutiny, tmp_path, out
):
    given = borough_file(tmp_path / "given", "Burglary,Burglary of a Boat,5\n").parent
    (given / "notes.txt").write_text("not figures", "utf-8")
    params = edition(tmp_path, BOROUGHS, "", pin(RECENT))
    done = scrutiny("build", CROYDON, "--data", given, "--params", params, "--out", out)
    assert done.returncode == 0, done.stderr
    warnings = [
        "not used, as no reader knows the contents: given/notes.txt",
        "the pins of borough-priorities/2018-q4 were not used: --data was given",
    ]
    assert {f"scrutiny: warning: {warning}" for warning in warnings} <= {*done.stderr.splitlines()}
    about = json.loads((out / CROYDON / "manifest.json").read_text("utf-8"))
    data = [entry["path"] for entry in about["inputs"] if entry["publisher"] != "this project"]
    assert sorted(data) == ["data/sample/population-2050.csv.gz", "given/crimes.csv"]
    assert about["warnings"][:2] == warnings
    page = (out / CROYDON / "borough-priorities-2018-q4-croydon.html").read_text("utf-8")
    assert '<data value="burglary.croydon.count.quarter">105</data>' in page  # 3 x (30 + 5)


def test_without_a_target_what_is_faulty_fails_alone_and_what_stood_still_stands(
    scrutiny, tmp_path, out
):
    params = edition(tmp_path, TRACKER)
    edition(tmp_path, TRACKER, "origin:", "orgin:", name="2013-07")
    edition(tmp_path, TRACKER, "2013-06", "2013-08", name="2013-08")
    unresolved = params / "recommendation-tracker/2013-08/rule.md"
    unresolved.write_text("The rule of {{ nothing.mps.count.month }}.", "utf-8")
    stood = out / "recommendation-tracker/2013-08/recommendation-tracker-2013-08.html"
    stood.parent.mkdir(parents=True)
    stood.write_text("yesterday's", "utf-8")
    done = scrutiny("build", "--params", params, "--out", out)
    failed = [line for line in done.stderr.splitlines() if line.startswith("scrutiny: ")]
    assert (done.returncode, len(failed), "Traceback" in done.stderr) == (1, 2, False)
    assert "recommendation-tracker/2013-07/edition.yml: unknown field 'orgin'" in failed[0]
    assert "recommendation-tracker/2013-08/rule.md, line 1: " in failed[1]
    assert "names no number of this page" in failed[1]
    assert (out / TRACKER / "recommendation-tracker-2013-06.html").is_file()
    assert not (out / "recommendation-tracker/2013-07").exists()
    assert [file.read_text("utf-8") for file in stood.parent.iterdir()] == ["yesterday's"]
