"""The tutorial is run as it stands: its commands, its edits, what it prints, its ten lines."""

import re
import shutil

import pytest

LINKED = ("notebooks", "templates", "lib", "pyproject.toml")
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MOST_COMMANDS, MOST_LINES = 6, 10
LEFT_OUT = "..."


@pytest.fixture(scope="module")
def blocks(root):
    return BLOCK.findall((root / "docs" / "tutorial.md").read_text("utf-8"))


@pytest.fixture
def project(root, tmp_path, built):
    """A project of its own, with the last edition built and a download in the inbox."""
    shutil.copytree(root / "params", tmp_path / "params")
    shutil.copytree(root / "data" / "registers", tmp_path / "data" / "registers")
    for name in ("sample", "areas", "limits.yml"):
        (tmp_path / "data" / name).symlink_to(root / "data" / name)
    for name in LINKED:
        (tmp_path / name).symlink_to(root / name)
    (tmp_path / "data" / "inbox").mkdir()
    shutil.copy(root / "data/sample/datastore-workbook-2015-11.csv.gz", tmp_path / "data/inbox")
    last = "committee-monthly/2012-10"
    shutil.copytree(built / last, tmp_path / "outputs" / last)
    return tmp_path


def edit(path, kind, text):
    if kind != "diff":
        path.write_text(text, "utf-8")
        return
    lines = path.read_text("utf-8").splitlines()
    for change in text.splitlines():
        if change[0] == "+":
            lines.append(change[1:])
            continue
        assert change[1:] in lines, f"{path.name} has no line {change[1:]!r}"
        lines.remove(change[1:])
    path.write_text("\n".join(lines) + "\n", "utf-8")


def follows(told, shown):
    """Whether the lines shown stand in what was told, in order; a gap only where they say so."""
    rest = told
    gap = False
    for line in shown:
        if line == LEFT_OUT:
            gap = True
            continue
        at = rest.index(line) if line in rest else -1
        assert at == 0 or (gap and at > 0), f"{line!r} does not come next in {rest[:40]}"
        rest, gap = rest[at + 1 :], False
    assert gap or not rest, f"more was printed: {rest[:5]}"


def test_a_new_month_takes_at_most_six_commands(blocks):
    commands = [text for kind, _, text in blocks if kind == "console"]
    assert 1 < len(commands) <= MOST_COMMANDS
    assert all(command.startswith("$ scrutiny ") for command in commands)
    assert "lib/" not in "".join(commands)


def test_the_transcript_is_what_happens(blocks, project, scrutiny, pango):
    for kind, name, text in blocks:
        if kind == "console":
            command, *shown = text.splitlines()
            done = scrutiny(*command.split()[2:], cwd=project)
            assert done.returncode == 0, done.stderr
            follows(done.stdout.splitlines(), shown)
        elif name:
            edit(project / name, kind, text)
    page = project / "outputs/committee-monthly/2012-11/committee-monthly-2012-11.html"
    assert 'value="tno.mps.change_percent.12m"' in page.read_text("utf-8")
    assert (project / "outputs/packs/2012-11-29/index.html").is_file()


def test_a_chart_of_ones_own_takes_ten_lines(blocks):
    (code,) = [text for kind, _, text in blocks if kind == "python"]
    lines = [line for line in code.splitlines() if line]
    assert len(lines) <= MOST_LINES
    names = {}
    exec(code, names)
    months = names["months"]
    assert len(months) >= 12
    assert months["value"].gt(1000).all()
    assert names["chart"].to_dict()["mark"]["type"] == "line"
