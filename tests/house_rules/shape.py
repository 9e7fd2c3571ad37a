"""Rules about files: where they are, how they are called, how long they are."""

import ast
import re
from collections.abc import Iterator

from .house import House, lines_of

LINES = 400
FURNITURE = {
    "__init__", "admin", "apps", "clock", "conditions", "data", "definitions", "events",
    "followers", "jobs", "lifecycle", "migrations", "models", "policies", "ports", "queries",
    "services", "templates",
}  # fmt: skip
# The roof, the screens, the neighbours and the ground have layouts of their own.
WITHOUT_FURNITURE = {"calendars", "config", "integrations", "kernel", "web"}
NAMELESS = {"base", "common", "core", "handler", "helpers", "manager", "misc", "utils"}
_PROMISES = re.compile(r"\b(TODO|FIXME|XXX)\b.*")
_EXCUSES = re.compile(r"#\s*(noqa|type:\s*ignore)\b.*")
_REASON = re.compile(
    r"(?:noqa|ignore)(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[^\]]*\])\s+(?:-|#)\s*\w"
)
_HOSTS = re.compile(r".*(://|--(extra-)?index[-]url|--find-links).*")
_MACHINES = re.compile(r"(?<![\w.~}:-])(/(work|root|home/\w+|tmp)/[\w.]+|\.\./shared\b)")


def files_stay_short_enough_to_read(house: House) -> Iterator[str]:
    """Split it by act: services.py becomes services/<verb>.py, and its importers stay."""
    for module in house.modules:
        if (lines := len(module.text.splitlines())) > LINES:
            yield f"{module.path} has {lines} lines, {LINES} are allowed"


def files_have_names_that_mean_something(house: House) -> Iterator[str]:
    """Name the file for what it holds; if it has no name yet, it has no room yet."""
    for module in house.modules:
        # settings/base.py is Django's own word, known to everybody.
        if module.is_in(*NAMELESS) and module.path.parts[:2] != ("config", "settings"):
            yield str(module.path)


def rooms_hold_the_same_furniture(house: House) -> Iterator[str]:
    """Put it into the piece of furniture it belongs to (CONTRIBUTING.md lists them)."""
    for room in sorted(path for path in house.source.iterdir() if path.is_dir()):
        if room.name in WITHOUT_FURNITURE or room.name.startswith("__"):
            continue
        for entry in sorted(room.iterdir()):
            if entry.stem not in FURNITURE and entry.name != "__pycache__":
                yield entry.relative_to(house.source).as_posix()


def everything_public_says_what_it_is(house: House) -> Iterator[str]:
    """Begin it with one sentence: what it is, or what it will do and what it raises."""
    for module in house.modules:
        if module.path.stem == "apps":  # Django's own form, the same in every room
            continue
        if module.tree.body and ast.get_docstring(module.tree) is None:
            yield f"{module.path}"
        for node in module.tree.body:
            named = isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            if named and not node.name.startswith("_") and ast.get_docstring(node) is None:
                yield f"{module.path}:{node.lineno} {node.name}"


def nothing_is_promised_in_comments(house: House) -> Iterator[str]:
    """Do it now, or open an issue and leave the comment out."""
    for module in house.modules:
        for line, words in lines_of(module.text, _PROMISES):
            yield f"{module.path}:{line} {words}"


def excuses_give_a_reason(house: House) -> Iterator[str]:
    """Write the reason behind it (`# noqa: S105 - the name of a box`), or mend what is found."""
    for module in [*house.modules, *house.tests]:
        for line, words in lines_of(module.text, _EXCUSES):
            if _REASON.search(words) is None:
                yield f"{module.path}:{line} {words}"


def locks_name_no_host(house: House) -> Iterator[str]:
    """Make it with `--no-header --no-annotate` and no index: others install from elsewhere."""
    for name, text in house.files.items():
        if name.startswith("requirements/"):
            for line, words in lines_of(text, _HOSTS):
                yield f"{name}:{line} {words}"


def files_name_no_machine(house: House) -> Iterator[str]:
    """Say the path relative to the repository, or take it from a setting or a temporary folder."""
    for name, text in house.files.items():
        if not name.endswith((".lock", ".css", ".map", ".min.js")):
            for line, words in lines_of(text, _MACHINES):
                yield f"{name}:{line} {words}"


def tests_may_fail(house: House) -> Iterator[str]:
    """Swap adapters with ports.overridden(); mend or delete what fails; say why one is skipped."""
    for module in house.tests:
        for line, name in module.imports():
            if name.startswith(("unittest.mock", "mock.", "pytest_mock")):
                yield f"{module.path}:{line} import {name}"
        excused = {id(call.func) for call in module.calls() if _gives_a_reason(call)}
        for node in ast.walk(module.tree):
            words = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
            if words in ("pytest.mark.xfail", "pytest.xfail"):
                yield f"{module.path}:{node.lineno} {words}"
            skips = words in ("pytest.mark.skip", "pytest.mark.skipif", "pytest.skip")
            if skips and id(node) not in excused:
                yield f"{module.path}:{node.lineno} skipped without a reason"


def _gives_a_reason(call: ast.Call) -> bool:
    # The first argument of skip is the reason, that of skipif the condition.
    said = "reason" in {keyword.arg for keyword in call.keywords}
    return said or (bool(call.args) and not ast.unparse(call.func).endswith("skipif"))


RULES = (
    files_stay_short_enough_to_read,
    files_have_names_that_mean_something,
    rooms_hold_the_same_furniture,
    everything_public_says_what_it_is,
    nothing_is_promised_in_comments,
    excuses_give_a_reason,
    locks_name_no_host,
    files_name_no_machine,
    tests_may_fail,
)
