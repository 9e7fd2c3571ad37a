"""The documents say what is there: rooms, files, links, commands, settings, terms, diagrams."""

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from motcua.config import cli
from motcua.config.cli.diagrams import drawings
from motcua.kernel.ledger import seals
from motcua.offices.services import load_city
from tests.builders import NOW

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "motcua"
GENERATED = ROOT / "docs" / "generated"
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
HEADINGS = ["Context", "Decision", "What we gave up", "How it is enforced"]

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_PLACE = re.compile(r"(?P<path>[\w./*-]+/[\w./*-]*|[\w-]+\.\w+)(?:: (?P<name>\w+))?")
_MAKE = re.compile(r"\bmake ([a-z]+)\b")
_MOTCUA = re.compile(r"\bmotcua ([a-z][a-z0-9]*(?: [a-z][a-z0-9]*)?)")
_SETTING = re.compile(
    r"`((?:MOTCUA|WEB|PG)_?[A-Z_]+|DATABASE_URL|ALLOWED_HOSTS|CSRF_TRUSTED_ORIGINS|HOST|PORT)`"
)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::([\w:]+)`")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code_in(path: Path) -> Iterator[str]:
    """Yield what stands between backticks, and the lines of indented and fenced blocks."""
    for line in path.read_text().splitlines():
        if line.startswith("    "):
            yield line.strip()
        yield from _CODE.findall(line)


def rows_of(path: Path, heading: str) -> list[list[str]]:
    """Return the cells of the first table below the heading, the head and the rule left out."""
    section = path.read_text().partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_the_diagrams_are_current():
    drawn = {path.name: path.read_text() for path in GENERATED.glob("*.mmd")}

    assert drawn == drawings(), "run `make diagrams` and commit what it draws"


class TestArchitecture:
    path = ROOT / "ARCHITECTURE.md"

    def test_names_every_room_and_no_other(self):
        rooms = {p.name for p in SOURCE.iterdir() if p.is_dir() and p.name != "__pycache__"}
        named = {n for row in rows_of(self.path, "The rooms") for n in _CODE.findall(row[0])}

        assert named == rooms

    def test_names_every_audience_and_no_other(self):
        audiences = {p.parent.name for p in SOURCE.glob("web/*/urls.py")}
        [web] = [row for row in rows_of(self.path, "The rooms") if row[0] == "`web`"]

        assert set(_CODE.findall(web[1])) == audiences


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
class TestDocument:
    def test_leads_to_what_exists(self, path: Path):
        targets = [t for t in _LINK.findall(path.read_text()) if not t.startswith(("http", "#"))]
        lost = [t for t in targets if not (path.parent / t.partition("#")[0]).exists()]

        assert not lost, f"mend these links of {name_of(path)}"

    def test_names_files_that_exist(self, path: Path):
        lost = [code for code in code_in(path) if _is_lost(code)]

        assert not lost, f"{name_of(path)} speaks of what is not in the source any more"

    def test_knows_the_doors(self, path: Path):
        doors = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
        said = {door for code in code_in(path) for door in _MAKE.findall(code)}

        assert said <= doors, "`make help` lists what there is"

    def test_knows_the_commands(self, path: Path):
        said = {words for code in code_in(path) for words in _MOTCUA.findall(code)}

        assert not [words for words in said if not _is_command(words.split())]

    def test_names_tests_that_exist(self, path: Path):
        lost = [f"{p}::{n}" for p, n in _TEST.findall(path.read_text()) if not _is_test(p, n)]

        assert not lost


class TestDecisions:
    def test_are_numbered_one_after_the_other(self):
        numbers = [int(path.name[:4]) for path in ADRS]

        assert numbers == list(range(1, len(ADRS) + 1))

    @pytest.mark.parametrize("path", ADRS, ids=name_of)
    def test_have_the_four_headings(self, path: Path):
        text = path.read_text()

        assert text.startswith(f"# {int(path.name[:4])}. ")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS


def test_the_changelog_speaks_of_this_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

    assert f"\n## {version}" in (ROOT / "CHANGELOG.md").read_text()


class TestGlossary:
    path = ROOT / "GLOSSARY.md"

    def test_names_what_is_in_the_code(self):
        places = {c for row in rows_of(self.path, "Words in use") for c in _CODE.findall(row[-1])}
        lost = [place for place in sorted(places) if not _is_in_code(place)]

        assert places
        assert not lost, "rename the term, or the code: one English word for one official term"

    def test_gives_each_official_term_once(self):
        terms = [
            row[0]
            for heading in ("Words in use", "Words kept for later")
            for row in rows_of(self.path, heading)
        ]

        assert sorted(terms) == sorted(set(terms))


def test_every_setting_is_documented_and_every_documented_one_is_read():
    config = "\n".join(path.read_text() for path in (SOURCE / "config").rglob("*.py"))
    read = set(re.findall(r"environment\.\w+\(\s*\"([A-Z_]+)\"", config))
    said = set(_SETTING.findall((ROOT / "docs/operations/settings.md").read_text()))

    assert read <= said, "tell of it in docs/operations/settings.md"
    assert all(re.search(rf"\b{name}\b", config) for name in said)


def test_every_job_that_runs_by_itself_is_documented():
    jobs = set(
        re.findall(r'name="([a-z.-]+)"', "\n".join(map(Path.read_text, SOURCE.rglob("jobs.py"))))
    )
    rows = rows_of(ROOT / "docs" / "operations" / "health.md", "What runs by itself")

    assert {row[0].strip("`") for row in rows} == jobs


class TestGuides:
    paths = sorted((ROOT / "docs" / "guides").glob("*.md"))

    def test_are_for_citizens_officers_leaders_and_administrators(self):
        assert {path.stem for path in self.paths} == {"cong-dan", "can-bo", "lanh-dao", "quan-tri"}

    @pytest.mark.parametrize("path", paths, ids=name_of)
    def test_call_everything_as_the_screens_do(self, path: Path):
        screens = "\n".join(
            file.read_text()
            for file in SOURCE.rglob("*")
            if file.suffix in {".html", ".py"} and file.is_file()
        )
        # Bold inside a sentence or a cell is the name of a button or a page; a bold beginning of
        # a paragraph or an item is the guide's own.
        lines = re.sub(r"^(- )?\*\*[^*]+\*\*:?(?=[ :])", "", path.read_text(), flags=re.MULTILINE)
        said = set(re.findall(r"\*\*([^*]+)\*\*", lines))

        assert not sorted(words for words in said if words not in screens)


class TestSnippets:
    """What administrators are told to type does what it says."""

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(
        "name",
        ["docs/guides/quan-tri.md", "docs/operations/backup.md", "docs/operations/health.md"],
    )
    def test_run_as_they_stand(self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        load_city(at=NOW)
        seals.seal(tmp_path / "ledger.seals", at=NOW)  # that a worker has set
        monkeypatch.chdir(tmp_path)
        typed = [line[4:] for line in (ROOT / name).read_text().splitlines() if line[:4] == "    "]

        exec(compile("\n".join(typed), name, "exec"), {})


def _is_lost(code: str) -> bool:
    place = _PLACE.fullmatch(code)
    if place is None or "*" in code or code.startswith(("/", ".venv/", "var/", "http")):
        return False
    if "/" not in code and not re.fullmatch(r"[\w-]+\.(py|md|yaml|toml|mmd|sql)", place["path"]):
        return False
    path = place["path"]
    found = [base / path for base in (ROOT, SOURCE) if (base / path).exists()]
    if not found and "/" not in path:  # a piece of furniture, or a file known by its name alone
        found = [*SOURCE.rglob(path), *(ROOT / "tests").rglob(path)]
    return not found or bool(place["name"] and not _defines(found[0], place["name"]))


def _defines(path: Path, name: str) -> bool:
    return bool(re.search(rf"^ *(def|class) {name}\b|^{name}\b", path.read_text(), re.MULTILINE))


def _is_command(words: list[str]) -> bool:
    command: Any = get_command(cli.app)
    for word in words:
        if not hasattr(command, "commands"):
            return True  # what follows is its argument
        if word not in command.commands:
            return False
        command = command.commands[word]
    return True


def _is_test(path: str, name: str) -> bool:
    file = ROOT / path
    if not file.is_file():
        return False
    nodes: list[ast.stmt] = ast.parse(file.read_text()).body
    for part in name.split("::"):
        found = [node for node in nodes if getattr(node, "name", "") == part]
        if not found:
            return False
        nodes = getattr(found[0], "body", [])
    return True


def _is_in_code(place: str) -> bool:
    """Whether `room.module.Name.member` names something that exists."""
    parts = place.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(["motcua", *parts[:cut]]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            if part in getattr(found, "__annotations__", {}):
                return True  # a field of a dataclass has no value on the class
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False
