"""Rules about who writes, when, and how it is told."""

import ast
import re
from collections.abc import Iterator

from .house import House, Module

WRITES = {
    "bulk_create", "bulk_update", "create", "delete", "get_or_create", "save", "update",
    "update_or_create",
}  # fmt: skip
MAY_WRITE = ("admin", "followers", "kernel", "services")
_WRITING_SQL = re.compile(
    r"\s*(WITH\b.*\b)?(INSERT INTO|UPDATE \w+ SET|DELETE FROM|TRUNCATE)\b", re.S
)
_ROWS = re.compile(r"\.objects\b|_default_manager\b|\.(filter|exclude|select_for_update)\(")
_NO_ROW = re.compile(r"(session|storage|cookies|files?)$")
_CLOCKS = re.compile(
    r"(^|\.)(clock\.now|clock\.today|timezone\.now|localdate|localtime|datetime\.now|utcnow|"
    r"date\.today|time\.time)$"
)
_CLIENTS = (
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "urllib.request",
    "urllib3",
)


def only_services_write(house: House) -> Iterator[str]:
    """Move the write into services.py of the room that owns the record, and call it."""
    for module in house.modules:
        if module.is_in(*MAY_WRITE):
            continue
        for call in module.calls():
            if isinstance(call.func, ast.Attribute) and _is_write(call, call.func):
                yield f"{module.path}:{call.lineno} .{call.func.attr}()"
        for node in ast.walk(module.tree):
            words = node.value if isinstance(node, ast.Constant) else None
            if isinstance(words, str) and _WRITING_SQL.match(words):
                yield f"{module.path}:{node.lineno} SQL that writes"


def _is_write(call: ast.Call, func: ast.Attribute) -> bool:
    receiver = ast.unparse(func.value)
    if func.attr not in WRITES or _NO_ROW.search(receiver):
        return False
    if func.attr == "save":
        return not call.args  # pictures and PDFs are saved to somewhere, rows are not
    if func.attr == "update":
        return bool(_ROWS.search(receiver))  # dictionaries and digests are updated too
    return True


def a_room_writes_its_own_records_only(house: House) -> Iterator[str]:
    """Call a service of the room that owns the record; its rules live there."""
    for module in house.modules:
        if not module.is_in("services", "followers"):
            continue
        foreign = {
            name.rsplit(".", 1)[1]
            for _, name in module.imports()
            if re.match(r"motcua\.\w+\.models\.", name)
            and not name.startswith((f"motcua.{module.room}.", "motcua.kernel."))
        }
        for call in module.calls():
            if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES:
                owner = ast.unparse(call.func.value).split(".objects")[0]
                if owner in foreign and ".objects" in ast.unparse(call.func.value):
                    yield f"{module.path}:{call.lineno} {owner} .{call.func.attr}()"


# The second for an act that others run inside their own transaction: it saves two round trips.
_ATOMIC = {"transaction.atomic", "transaction.atomic(savepoint=False)"}


def public_services_take_keywords_and_own_a_transaction(house: House) -> Iterator[str]:
    """Write `@transaction.atomic` above `def verb(*, ...)`; what is not an act gets a `_`."""
    for module in house.modules:
        # A module whose name begins with _ holds what the acts of its package share.
        if not module.is_in("services") or module.is_in("kernel") or module.path.name[0] == "_":
            continue
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                decorators = {ast.unparse(decorator) for decorator in node.decorator_list}
                if node.args.args or node.args.posonlyargs:
                    yield f"{module.path}:{node.lineno} {node.name} takes positions"
                if decorators.isdisjoint(_ATOMIC):
                    yield f"{module.path}:{node.lineno} {node.name} is not atomic"


def rooms_are_told_the_moment(house: House) -> Iterator[str]:
    """Take the moment as an argument, `at=`; web/ and jobs.py read kernel.clock.now()."""
    for module in house.modules:
        if module.is_in("web", "config", "integrations", "jobs", "clock"):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and _CLOCKS.search(ast.unparse(node)):
                yield f"{module.path}:{node.lineno} {ast.unparse(node)}"
        for line, name in module.imports():
            if name in ("motcua.kernel.clock.now", "motcua.kernel.clock.today"):
                yield f"{module.path}:{line} import of {name}"


def events_are_frozen_facts(house: House) -> Iterator[str]:
    """Write `@dataclass(frozen=True, kw_only=True)` and `kind = "<room>.<past-participle>"`."""
    for module in house.modules:
        if module.path.stem != "events" or module.is_in("kernel"):
            continue
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef):
                decorators = {ast.unparse(decorator) for decorator in node.decorator_list}
                if "dataclass(frozen=True, kw_only=True)" not in decorators:
                    yield f"{module.path}:{node.lineno} {node.name} is not frozen and kw_only"
                yield from _misnamed_kind(module, node)


def _misnamed_kind(module: Module, event: ast.ClassDef) -> Iterator[str]:
    for node in event.body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "kind" and node.value:
            kind = ast.literal_eval(node.value)
            if not re.fullmatch(rf"{module.room}\.[a-z]+(-[a-z]+)*", kind):
                yield f"{module.path}:{node.lineno} kind {kind!r}"


def rooms_do_not_call_the_outside(house: House) -> Iterator[str]:
    """Write a port in our words; its adapter in integrations/ makes the call from a job."""
    for module in house.modules:
        if module.is_in("integrations", "config"):
            continue
        for line, name in module.imports():
            if any(name == client or name.startswith(f"{client}.") for client in _CLIENTS):
                yield f"{module.path}:{line} import {name}"


def nothing_happens_by_signal(house: House) -> Iterator[str]:
    """Record an event and follow it: hidden handlers cannot be found by reading."""
    for module in house.modules:
        for line, name in module.imports():
            if name.startswith(
                ("django.db.models.signals", "django.dispatch", "django.core.signals")
            ):
                yield f"{module.path}:{line} import {name}"


RULES = (
    only_services_write,
    a_room_writes_its_own_records_only,
    public_services_take_keywords_and_own_a_transaction,
    rooms_are_told_the_moment,
    events_are_frozen_facts,
    rooms_do_not_call_the_outside,
    nothing_happens_by_signal,
)
