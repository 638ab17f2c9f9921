"""The three files that say what is needed agree, the lock is exact, and git sees our files."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))

CONDA_ONLY = {"python", "pip"}

# Folders whose files belong in git, and what tools and users leave in them that does not.
OURS = ("lib", "notebooks", "templates", "params", "data/sample", "data/registers", "tests", "docs")
LEFT_BEHIND = re.compile(
    r"__pycache__|node_modules|\.ipynb_checkpoints|\.egg-info/|/mine/(?!\.gitkeep)"
)


def declared():
    """Every dependency of the package and of its developers, by name."""
    project = PROJECT["project"]
    lines = project["dependencies"] + project["optional-dependencies"]["dev"]
    return {canonicalize_name(wanted.name): wanted for wanted in map(Requirement, lines)}


def locked():
    """One (requirement, number of hashes) for each package of the lock."""
    entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", LOCK).strip())
    return [
        (Requirement(entry.split("\\")[0].strip()), entry.count("--hash=sha256:"))
        for entry in entries
    ]


def in_conda():
    """Every dependency of the environment but Python, pip and the project, by its name."""
    (by_pip,) = [entry["pip"] for entry in CONDA["dependencies"] if isinstance(entry, dict)]
    lines = [line for line in CONDA["dependencies"] if isinstance(line, str)]
    found = [Requirement(line) for line in [*lines, *by_pip] if not line.startswith("-e")]
    return {wanted.name: wanted for wanted in found if wanted.name not in CONDA_ONLY}


def bounds(wanted):
    """The version bounds as text; conda's a0 (not even a pre-release) is what pip always means."""
    return sorted(re.sub(r"^<(\d+)(\.0)*a0$", r"<\1", str(bound)) for bound in wanted.specifier)


@pytest.mark.parametrize("name", sorted(declared()))
def test_every_declared_dependency_is_locked(name):
    found = [pinned for pinned, _ in locked() if canonicalize_name(pinned.name) == name]
    assert found
    for pinned in found:
        (pin,) = pinned.specifier
        assert declared()[name].specifier.contains(pin.version)


def test_the_lock_installs_whatever_the_machine_for_a_declared_dependency():
    conditional = {canonicalize_name(pinned.name) for pinned, _ in locked() if pinned.marker}
    assert conditional.isdisjoint(declared())


def test_every_locked_package_has_one_exact_version_and_hashes():
    for pinned, hashes in locked():
        assert [bound.operator for bound in pinned.specifier] == ["=="], pinned
        assert hashes, pinned


def test_the_lock_names_no_address_and_no_machine():
    assert "://" not in LOCK
    assert not re.search(r"(?m)^-", LOCK)
    assert not re.search(r"(?m)^\s*#.*(?:/(?:home|root|tmp|Users)/|[A-Z]:\\)", LOCK)


@pytest.mark.parametrize("name", sorted(declared()))
def test_conda_has_every_declared_dependency_within_the_same_bounds(name):
    assert bounds(in_conda()[name]) == bounds(declared()[name])


def test_conda_brings_nothing_else():
    assert set(in_conda()) == set(declared())
    assert CONDA["channels"] == ["conda-forge", "nodefaults"]


def test_conda_installs_the_project_itself_under_the_same_python():
    (python,) = (line for line in CONDA["dependencies"] if str(line).startswith("python "))
    assert python == f"python {PROJECT['project']['requires-python']}"
    assert CONDA["dependencies"][-1]["pip"][-1] == "-e ."


def test_the_project_can_be_built_from_the_lock_alone():
    (builder,) = map(Requirement, PROJECT["build-system"]["requires"])
    assert bounds(declared()[builder.name]) == bounds(builder)


def git(*arguments, **options):
    """A finished git command in the project, without the user's own ignore file."""
    command = ["git", "-c", f"core.excludesFile={os.devnull}", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", **options)


def test_git_ignores_no_file_of_ours():
    if git("rev-parse", "--is-inside-work-tree").returncode:
        pytest.skip("not a git checkout, so there is no ignore file to go by")
    paths = [
        path.relative_to(ROOT).as_posix()
        for folder in OURS
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    ]
    ours = [path for path in paths if not LEFT_BEHIND.search(path)]
    answer = git("check-ignore", "--no-index", "--stdin", input="\n".join(ours))
    assert answer.returncode in (0, 1), answer.stderr
    assert answer.stdout == ""


@pytest.mark.parametrize(
    "path", ["outputs/index.html", "data/inbox/figures.csv", "notebooks/mine/try.ipynb"]
)
def test_git_ignores_what_users_bring_make_and_try(path):
    if git("rev-parse", "--is-inside-work-tree").returncode:
        pytest.skip("not a git checkout, so there is no ignore file to go by")
    assert git("check-ignore", "--no-index", path).returncode == 0
    keeper = str(Path(path).with_name(".gitkeep"))
    assert git("check-ignore", "--no-index", keeper).returncode == 1
