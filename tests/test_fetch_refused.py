"""What is not the file that was asked for stays out of the inbox; a faulty request asks nobody."""

import gzip
from pathlib import Path

import pytest
from publisher import (
    FAULTY,
    OTHER,
    PAGE,
    SOURCE,
    TABLE,
    bringing,
    cases,
    chunked,
    hidden,
    sent,
    serving,
    status,
    today,
    without_data,
)
from scrutiny.errors import RequestError
from scrutiny.fetch import Settings, addresses, fetch, names
from scrutiny.fetch.faults import NotFetched
from scrutiny.fetch.transport import joined
from scrutiny.project import Project
from scrutiny.sources.inputs import files_in

ROOT = Path(__file__).parents[1]

publisher = pytest.fixture(serving)
project = pytest.fixture(without_data)
bring = pytest.fixture(bringing)


# What a publisher may answer


@cases(
    ("code", "says"),
    {
        "missing": (404, "404 Not Found: nothing is there; correct data/addresses.csv"),
        "gone": (410, "410 Gone: it has been taken away"),
        "forbidden": (403, "403 Forbidden: the publisher refuses"),
        "not-modified": (304, "304 to a question that it does not fit"),
    },
)
def test_a_final_no_is_not_asked_about_again(publisher, bring, code, says):
    (fetched,) = bring(publisher.gives("/crime.csv", status(code)))
    assert (fetched.state, len(publisher.asked)) == ("failed", 1)
    assert says in fetched.message


@cases(
    ("to", "says"),
    {
        "loop": ("/crime.csv", "leads on more than 5 times"),
        "file": ("file:///etc/passwd", "leads to not an address that begins with https://"),
        "ftp": ("ftp://127.0.0.1/crime.csv", "leads to not an address that begins with https://"),
        "password": ("http://me:secret@127.0.0.1/x", "leads to an address with a user name"),
        "nonsense": ("http://[x/", "leads to no address"),
    },
)
def test_a_redirect_to_nowhere_good_fails_at_once(publisher, bring, to, says):
    (fetched,) = bring(publisher.gives("/crime.csv", status(302, Location=to)))
    assert (fetched.state, says in fetched.message) == ("failed", True), fetched.message


def test_an_address_never_leads_from_https_to_http():
    assert joined("https://a.example/x/y", "../z") == "https://a.example/z"
    assert joined("http://a.example/x", "https://b.example/") == "https://b.example/"
    with pytest.raises(NotFetched, match="from https to http"):
        joined("https://a.example/x", "http://a.example/y")


@cases(
    ("step", "says"),
    {
        "announced": (sent(TABLE), "it is 332 bytes, and more than 100 bytes are not taken"),
        "streamed": (chunked(bytes(60), blocks=3), "more than 100 bytes came"),
    },
)
def test_a_file_that_is_too_large_is_not_taken(publisher, project, bring, step, says):
    (fetched,) = bring(publisher.gives("/crime.csv", step), settings=Settings(most_bytes=100))
    assert (fetched.state, says in fetched.message) == ("failed", True), fetched.message
    assert (len(publisher.asked), hidden(project)) == (1, [])


@cases(
    ("body", "encoding", "says"),
    {
        "cut": (gzip.compress(TABLE)[:-20], "gzip", "came packed as gzip, and is damaged"),
        "none": (TABLE, "gzip", "came packed as gzip, and is damaged"),
        "bomb": (gzip.compress(bytes(3_000_000)), "gzip", "unpacks to more than 2 MB"),
        "unknown": (TABLE, "br", "packed as 'br', which is not understood"),
    },
)
def test_a_packing_that_cannot_be_undone_fails(publisher, project, bring, body, encoding, says):
    address = publisher.gives("/crime.csv", sent(body, Content_Encoding=encoding))
    settings = Settings(attempts=1, most_bytes=2_000_000)
    (fetched,) = bring(address, settings=settings)
    assert (fetched.state, says in fetched.message) == ("failed", True), fetched.message
    assert hidden(project) == []


# What comes but is not what was asked for


@cases(
    ("body", "source", "state", "says"),
    {
        "page": (PAGE, SOURCE, "unrecognised", "it is a web page, and not a file of figures"),
        "unknown": (b"a,b\n1,2\n", SOURCE, "unrecognised", "no reader knows its contents"),
        "empty": (b"", SOURCE, "unrecognised", "no reader knows its contents"),
        "faulty": (FAULTY, SOURCE, "faulty", "row 2, column 201812: not a whole count"),
        "another": (TABLE, OTHER, "unrecognised", f"it is {SOURCE}/2018-12, and not {OTHER}"),
    },
)
def test_what_is_not_the_source_is_kept_where_no_build_reads_it(
    publisher, project, bring, body, source, state, says
):
    address = publisher.gives("/crime.csv", sent(body))
    (fetched,) = bring(address, source=source)
    where = f"data/inbox/.refused/{source}/{today()}/crime.csv"
    assert (fetched.state, fetched.failed) == (state, True)
    assert says in fetched.message
    assert fetched.message.endswith(f"refused, kept in {where}")
    assert (fetched.path, fetched.path.read_bytes()) == (project.root / where, body)
    assert files_in(project.inbox) == []


def test_a_refused_file_is_kept_once_and_leaves_yesterdays_alone(publisher, project, bring):
    address = publisher.gives("/crime.csv", sent(TABLE), sent(PAGE, '"two"'))
    (good,) = bring(address)
    for _ in range(2):
        (bad,) = bring(address)
        assert bad.state == "unrecognised"
    assert files_in(project.inbox) == [good.path]
    assert good.path.read_bytes() == TABLE
    assert len(hidden(project, ".refused/**/*.csv")) == 1


def test_a_file_that_somebody_put_there_is_not_replaced(publisher, project, bring):
    mine = project.inbox / SOURCE / today() / "crime.csv"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", "utf-8")
    (fetched,) = bring(publisher.gives("/crime.csv", sent(TABLE)))
    assert "is there already, and was not fetched; move it away" in fetched.message
    assert (fetched.state, mine.read_text("utf-8")) == ("failed", "mine")


NAMES = {
    "plain": ("/data/crime.csv?x=/y.txt#z", "crime.csv"),
    "blank": ("/MPS%20crime%20%28new%29.csv", "MPS crime (new).csv"),
    "above": ("/data/../../x", "x"),
    "encoded-above": ("/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "passwd"),
    "backslash": ("/..%5C..%5Cx.csv", "x.csv"),
    "hidden": ("/.hidden.csv", "hidden.csv"),
    "dots": ("/..", "download"),
    "none": ("/", "download"),
    "nul": ("/crime%00.csv", "crime.csv"),
    "escape": ("/cr%1B%5B2Jime.csv", "cr[2Jime.csv"),
    "direction": ("/crime%E2%80%AEvsc.exe", "crimevsc.exe"),
    "drive": ("/C%3Acrime.csv", "C_crime.csv"),
    "device": ("/nul.csv", "_nul.csv"),
    "long": ("/" + "x" * 300 + ".csv", "x" * 146 + ".csv"),
    "long-in-bytes": ("/" + "%E2%82%AC" * 100 + ".csv", "€" * 48 + ".csv"),
}


@cases(("path", "name"), NAMES)
def test_a_name_from_an_address_is_never_a_path_hidden_or_harmful(path, name):
    assert names.of_address(f"https://data.example{path}") == name


# Wrong requests


FAULTS = {
    "no-column": ("source,address,file\n", "row 1: the column keep is missing"),
    "other-column": ("source,address,file,keep,x\n", "row 1: there are other columns"),
    "empty": ("", "row 1: the column source is missing"),
    "blank-source": (",http://a.example/x,,\n", "row 2, column source: it is empty"),
    "unknown-source": ("workforcee,http://a.example/x,,\n", "did you mean workforce?"),
    "no-address": ("workforce,,,\n", "row 2, column address: not an address that begins"),
    "not-http": ("workforce,ftp://a.example/x,,\n", "row 2, column address: not an address"),
    "file-address": ("workforce,file:///etc/passwd,,\n", "row 2, column address: not an address"),
    "no-host": ("workforce,https:///x,,\n", "row 2, column address: an address without a host"),
    "no-port": ("workforce,https://a.example:x/,,\n", "row 2, column address: not an address"),
    "password": ("workforce,https://me:x@a.example/,,\n", "with a user name or password"),
    "blank": ("workforce,https://a.example/a b,,\n", "write a blank as %20"),
    "path-as-name": ("workforce,https://a.example/a,../b,\n", "row 2, column file: not a plain"),
    "hidden-name": ("workforce,https://a.example/a,.b,\n", "row 2, column file: not a plain"),
    "comma": ("workforce,https://a.example/a,b,c,,\n", "row 2: 6 cells, not 4; put an address"),
    "twice": (
        "workforce,https://a.example/1/x.csv,,\n\nworkforce,https://a.example/2/x.csv,,\n",
        "row 4, column source: the same file stands already in row 2 (workforce)",
    ),
    "open-quote": ('workforce,"https://a.example/x,,\n', "not a CSV file in UTF-8"),
}


@cases(("table", "says"), FAULTS)
def test_a_malformed_table_is_refused_by_row_and_column(project, table, says):
    header = "" if table.startswith("source") or not table else "source,address,file,keep\n"
    addresses.path_of(project).write_text(header + table, "utf-8")
    with pytest.raises(RequestError) as refused:
        fetch(project)
    assert refused.value.exit_status == 2
    assert str(refused.value).startswith("addresses.csv: ")
    assert says in str(refused.value)


@cases(
    ("asked", "says"),
    {
        "misspelt": ("borough-24-month", "not a source; did you mean borough-24-months"),
        "without-address": ("workforce", "no address for workforce: add a row to data/addresses"),
    },
)
def test_a_source_that_cannot_be_fetched_is_refused_before_any_is_asked(
    publisher, bring, asked, says
):
    with pytest.raises(RequestError, match=says) as refused:
        bring(publisher.gives("/crime.csv", sent(TABLE)), asked=[SOURCE, asked])
    assert (refused.value.exit_status, publisher.asked) == (2, [])


def test_without_a_table_or_rows_there_is_nothing_to_fetch(project):
    with pytest.raises(RequestError, match=r"no data/addresses.csv; make it with the columns"):
        fetch(project)
    addresses.path_of(project).write_text("source,address,file,keep\n", "utf-8")
    with pytest.raises(RequestError, match="has no rows"):
        fetch(project)


def test_faulty_limits_are_found_before_any_publisher_is_asked(publisher, project, bring):
    (project.root / "data" / "limits.yml").write_text("rows: many\n", "utf-8")
    with pytest.raises(RequestError, match=r"limits.yml: rows"):
        bring(publisher.gives("/crime.csv", sent(TABLE)))
    assert publisher.asked == []


def test_the_shipped_addresses_are_sound_and_secure():
    rows = addresses.of(Project(ROOT, ROOT / "params"))
    assert {row.address.split("/")[2] for row in rows} == {"data.london.gov.uk", "data.police.uk"}
    assert all(row.address.startswith("https://") for row in rows)
