"""Publishing authored versions, one by one or a folder at a time."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.kernel.ledger import events
from motcua.kernel.ledger.models import Subject
from motcua.procedures import queries
from motcua.procedures.definitions import (
    InvalidDefinition,
    Version,
    compile_definition,
    faults_of_part,
    read_yaml,
)
from motcua.procedures.events import VersionPublished
from motcua.procedures.models import Field, Procedure, ProcedureVersion

PUBLISHER = "catalogue"  # the files are reviewed and merged by people; the import is no person


class VersionStartsTooEarly(Exception):
    """A version begins before the one it should follow."""


class Outcome(StrEnum):
    """What an import did with a file."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True)
class ImportedFile:
    """What became of one file of the catalogue."""

    name: str
    outcome: Outcome
    version: Version


@transaction.atomic
def publish_version(*, definition: Mapping[str, Any], at: datetime) -> Version:
    """
    Publish the definition as the next version of its procedure, and end the former one.

    The definition of the last version, word for word, publishes nothing and returns that version.

    :raises InvalidDefinition: if anything is wrong with it
    :raises VersionStartsTooEarly: if the last version begins on a later day
    """
    version, _is_new = _publish(definition, source="", at=at)
    return version


@transaction.atomic
def import_catalogue(*, folder: Path, at: datetime) -> list[ImportedFile]:
    """
    Publish what the folder's YAML files say and the catalogue does not say yet. All, or nothing.

    :raises InvalidDefinition: with the problems of all files, each with file and path
    """
    problems: list[str] = []
    imported: list[ImportedFile] = []
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise InvalidDefinition(
            [_("%(folder)s: không có tệp .yaml nào.") % {"folder": folder.name}]
        )
    for path in paths:
        source = f"{folder.name}/{path.name}"
        try:
            definition = read_yaml(path.read_bytes(), source=source)
            version, is_new = _publish(definition, source=source, at=at)
        except InvalidDefinition as invalid:
            problems += invalid.problems
        except VersionStartsTooEarly as refused:
            problems.append(f"{source}: valid_from: {refused}")
        else:
            if version.code != path.stem:
                problems.append(
                    _("%(source)s: code: tên tệp phải là %(code)s.yaml.")
                    % {"source": source, "code": version.code}
                )
            outcome = Outcome.PUBLISHED if is_new else Outcome.UNCHANGED
            imported.append(ImportedFile(name=path.name, outcome=outcome, version=version))
    if not problems:
        # The last thing: a part may stand in a file that comes after the one that names it.
        for file in imported:
            problems += _faults_of_parts(f"{folder.name}/{file.name}", file.version)
    if problems:
        raise InvalidDefinition(problems)
    return imported


def _publish(definition: Mapping[str, Any], *, source: str, at: datetime) -> tuple[Version, bool]:
    draft = compile_definition(definition, source=source)
    canonical = json.dumps(
        definition, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    procedure = _lock_procedure(draft)
    last = ProcedureVersion.objects.filter(procedure=procedure).order_by("-number").first()
    if last is not None and last.digest == digest:
        return queries.compiled(last.id), False
    if last is not None:
        _end(last, next_from=draft.valid_from)
    _rename(procedure, draft)
    row = ProcedureVersion.objects.create(
        procedure=procedure,
        number=last.number + 1 if last else 1,
        definition=definition,
        digest=digest,
        published_at=at,
        valid_from=draft.valid_from,
        supersedes=last,
    )
    events.record(
        VersionPublished(code=draft.code, number=row.number, digest=digest, version_id=row.id),
        subject=Subject("procedure", draft.code),
        actor=PUBLISHER,
        at=at,
    )
    # At once for the rest of this transaction, and again once others can see it too.
    queries.forget()
    transaction.on_commit(queries.forget)
    return queries.compiled(row.id), True


def _faults_of_parts(source: str, whole: Version) -> list[str]:
    if whole.linked is None:
        return []
    return [
        f"{source}: linked.parts.{part.key}: {fault}"
        for part in whole.linked.parts
        for fault in faults_of_part(whole, part, _last_version(part.procedure))
    ]


def _last_version(code: str) -> Version | None:
    last = ProcedureVersion.objects.filter(procedure__code=code, valid_to=None).first()
    return queries.compiled(last.pk) if last is not None else None


def _lock_procedure(version: Version) -> Procedure:
    """Lock the procedure, made if it is new: its versions are published one after the other."""
    field, _created = Field.objects.get_or_create(
        code=version.field_code, defaults={"name": version.field_name}
    )
    Procedure.objects.get_or_create(
        code=version.code, defaults={"name": version.name, "field": field}
    )
    return Procedure.objects.select_for_update(of=("self",)).get(code=version.code)


def _rename(procedure: Procedure, version: Version) -> None:
    field, _created = Field.objects.update_or_create(
        code=version.field_code, defaults={"name": version.field_name}
    )
    procedure.name = version.name
    procedure.field = field
    procedure.save(update_fields=["name", "field"])


def _end(last: ProcedureVersion, *, next_from: date) -> None:
    if next_from < last.valid_from:
        raise VersionStartsTooEarly(
            _("phiên bản %(number)d áp dụng từ %(day)s; phiên bản mới không thể bắt đầu trước đó.")
            % {"number": last.number, "day": last.valid_from.strftime("%d/%m/%Y")}
        )
    last.valid_to = next_from - timedelta(days=1)
    last.save(update_fields=["valid_to"])
