"""A figure of finance that nobody has approved appears nowhere; the register here is made up."""

import shutil
import zipfile

import pytest
from scrutiny import build_report, tables, words
from scrutiny.errors import FaultyEdition, FaultyRegister
from scrutiny.project import Project
from scrutiny.registers import load

HEADER = "period,month,kind,figure,value,state,state_by,state_on,reason,document,locator\n"
PAPER = "mopac-report-2012-10-25,L253\n"
MADE_UP = (
    f"Period 3,2012-06,revenue,actual,811.1,approved,MOPAC,2012-08-20,,{PAPER}"
    f"Period 4,2012-07,revenue,budget,3614.7,approved,MOPAC,2012-09-20,,{PAPER}"
    f"Period 4,2012-07,revenue,actual,1203.4,approved,MOPAC,2012-09-20,,{PAPER}"
    f"Period 4,2012-07,revenue,forecast,3598.2,provisional,,,Still with the auditors,{PAPER}"
    f"Period 5,2012-08,revenue,actual,1507.9,finalised,,,Not yet approved,{PAPER}"
    f"Period 5,2012-08,capital,actual,91.35,approved,MOPAC,2012-11-20,,{PAPER}"
)
SHOWN, WITHHELD = ("3,614.7", "1,203.4"), ("3598.2", "1507.9", "91.35", "91.4")


def contents(path):
    """The text of a file, or of every file in a spreadsheet or Word file."""
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as packed:
            return "".join(
                packed.read(name).decode("utf-8", "ignore") for name in packed.namelist()
            )
    return path.read_bytes().decode("utf-8", "ignore")


@pytest.fixture
def project(root, tmp_path):
    for name in ("data/registers", "params"):
        shutil.copytree(root / name, tmp_path / name)
    (tmp_path / "data" / "sample").symlink_to(root / "data" / "sample")
    (tmp_path / "data" / "registers" / "finance.csv").write_text(HEADER + MADE_UP)
    return Project(root=tmp_path, params=tmp_path / "params")


def test_the_latest_approved_period_is_printed_and_the_rest_is_withheld_with_the_reason(project):
    report = build_report("committee-monthly", "2012-10", project=project)
    shown = [(row.month, row.figure) for row in report.finance.shown]
    assert shown == [("2012-07", "budget"), ("2012-07", "actual")]
    page = f"{words.finance(report).html}{tables.finance(report)._repr_html_()}"
    assert all(figure in page for figure in SHOWN)
    assert "Still with the auditors" in page
    assert "Not yet approved" in page
    assert "811.1" not in page


def test_a_withheld_figure_is_in_no_result_and_not_in_the_report_at_all(project):
    report = build_report("committee-monthly", "2012-10", project=project)
    rows = report.results.set_index("result_id")
    closed = rows[rows["status"] == "withheld"]
    assert list(closed.index) == [
        "revenue-forecast.mps.amount.2012-07",
        "revenue-actual.mps.amount.2012-08",
        "capital-actual.mps.amount.2012-08",
    ]
    assert closed[["value", "lower", "upper", "numerator", "denominator"]].isna().all(axis=None)
    assert rows.loc["revenue-actual.mps.amount.2012-07", "value"] == 1203.4
    everything = f"{report.registers.finance}{report.finance}{report.results.to_csv()}"
    assert not [figure for figure in WITHHELD if figure in everything]


@pytest.mark.parametrize("written", ["£3,598.2 million", "91.35", "about 1507.9m"])
def test_a_text_that_holds_a_withheld_figure_stops_the_build_without_repeating_it(project, written):
    text = project.params / "committee-monthly" / "2012-10" / "finance.md"
    text.write_text(f"The forecast is {written}.\n")
    with pytest.raises(FaultyEdition, match=r"finance\.md, line 1: holds a figure") as told:
        build_report("committee-monthly", "2012-10", project=project)
    assert not [figure for figure in WITHHELD if figure in str(told.value)]


def test_an_approval_without_who_or_when_is_refused(project):
    register = project.registers / "finance.csv"
    register.write_text(register.read_text().replace("MOPAC,2012-08-20", ",2012-08-20"))
    with pytest.raises(FaultyRegister, match="approved by nobody or on no day"):
        load(project.registers)


def test_the_shipped_register_has_the_statements_of_the_paper_and_no_number(root):
    rows = load(root / "data" / "registers").finance
    assert [(row.period, row.state, row.value) for row in rows] == [
        ("Period 4 of 2012/13", None, None),
        ("Period 5 of 2012/13", "finalised", None),
    ]


def test_no_format_and_no_trace_has_a_withheld_figure(project, scrutiny, root):
    for name in ("notebooks", "templates", "lib", "tests", "data/limits.yml"):
        (project.root / name).symlink_to(root / name)
    shutil.copy(root / "pyproject.toml", project.root)
    options = {"cwd": project.root}
    target = "committee-monthly/2012-10/registers"
    made = scrutiny("build", target, "--format", "xlsx,docx", **options)
    assert made.returncode == 0, made.stderr
    number = "capital-actual.mps.amount.2012-08"
    traced = scrutiny("trace", "committee-monthly/2012-10", number, **options)
    assert "withheld" in traced.stdout
    assert "3,614.7" in contents(next(project.root.glob("outputs/**/*.xlsx")))
    told = traced.stdout + "".join(
        contents(path) for path in (project.root / "outputs").rglob("*") if path.is_file()
    )
    assert not [figure for figure in WITHHELD if figure in told]
