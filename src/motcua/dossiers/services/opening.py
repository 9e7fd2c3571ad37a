"""A dossier comes into being, by whichever door."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.documents.models import StoredFile
from motcua.dossiers.events import DossierOpened, PartOpened
from motcua.dossiers.models import Channel, Dossier
from motcua.dossiers.queries import wakes_at
from motcua.kernel import numbers, text
from motcua.kernel.clock import day_of
from motcua.kernel.ledger import chain
from motcua.kernel.ledger import events as ledger
from motcua.kernel.memory import remembered
from motcua.offices.models import Unit
from motcua.parties.models import Person
from motcua.procedures.definitions import Version

from ._acts import person as person_actor
from ._acts import step_due_at


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file handed in for one paper of the dossier."""

    key: str
    file: StoredFile


@dataclass(frozen=True, kw_only=True)
class PartOf:
    """Which part of which linked dossier is opened."""

    whole: Dossier
    part: str


# No savepoint inside the filing's transaction: two round trips, for a retreat nobody would make.
@transaction.atomic(savepoint=False)
def open_dossier(
    *,
    version: Version,
    case_key: str,
    channel: Channel,
    owner: Person,
    submitter: Person,
    answers: Mapping[str, Any],
    attachments: Sequence[Attachment],
    receiving_unit_id: int,
    receiving_agency_code: str,
    settling_agency_id: int,
    at: datetime,
    dossier_id: UUID | None = None,
    actor: str = "",
    part_of: PartOf | None = None,
) -> Dossier:
    """
    Put a complete request on the city's books, with a code of its own.

    The caller has validated the answers and the papers; every door ends here. The submitter is
    on record as having filed, unless an `actor` of the office did so for them. A part of a linked
    dossier was brought to another counter, so this one answers for it as for what comes online.
    """
    on = day_of(at)
    step = version.steps[version.first_step]
    agency_id = _agency_of(receiving_unit_id)  # whose counter answers
    dossier = Dossier(
        id=dossier_id or uuid4(),
        code=numbers.dossier_code(
            receiving_agency_code, on, _next_number(receiving_agency_code, on)
        ),
        lookup_secret=numbers.random_secret(),
        version_id=version.id,
        case_key=case_key,
        parent=part_of.whole if part_of else None,
        part=part_of.part if part_of else None,
        channel=channel,
        owner=owner,
        submitter=submitter,
        owner_name=owner.full_name,
        owner_name_folded=text.fold(owner.full_name),
        answers=dict(answers),
        receiving_unit_id=receiving_unit_id,
        settling_agency_id=settling_agency_id,
        step_key=version.first_step,
        step_unit_id=receiving_unit_id,
        step_due_at=step_due_at(step, agency_id=agency_id, at=at),
        submitted_at=at,
        intake_due_at=(
            working.due_at(calendars.city_calendar(agency_id), at, version.intake_limit)
            if channel == Channel.ONLINE or part_of is not None
            else None
        ),
    )
    dossier.wakes_at = wakes_at(dossier, version, at=at)
    told: dict[str, Any] = {
        "code": dossier.code,
        "procedure": version.code,
        "version": version.number,
        "case": case_key,
        "channel": str(channel),
        "receiving_unit": receiving_unit_id,
        "settling_agency": settling_agency_id,
        "answers_digest": _digest_of(dossier.answers),
    }
    event = (
        PartOpened(**told, whole=part_of.whole.code, part=part_of.part)
        if part_of
        else DossierOpened(**told)
    )
    _insert(dossier, attachments, event, actor or person_actor(submitter.pk), at)
    return dossier


@remembered(seconds=5)
def _agency_of(unit_id: int) -> int:
    return Unit.objects.values_list("agency_id", flat=True).get(pk=unit_id)


def _digest_of(answers: Mapping[str, Any]) -> str:
    """Return SHA-256, in hex, over the canonical JSON of the answers."""
    return hashlib.sha256(chain.canonical(answers).encode()).hexdigest()


_FILED = (
    "id",
    "code",
    "lookup_secret",
    "version_id",
    "case_key",
    "parent_id",
    "part",
    "channel",
    "state",
    "owner_id",
    "submitter_id",
    "owner_name",
    "owner_name_folded",
    "receiving_unit_id",
    "settling_agency_id",
    "step_key",
    "step_unit_id",
    "step_due_at",
    "submitted_at",
    "intake_due_at",
    "wakes_at",
)
_INSERT = f"""
    WITH opened AS (
        INSERT INTO dossier ({", ".join(_FILED)}, answers)
        VALUES ({", ".join(["%s"] * len(_FILED))}, %s::jsonb)
        RETURNING id, submitted_at
    ),
    handed_in AS (
        INSERT INTO dossier_component (dossier_id, key, file_id, added_at, round)
        SELECT opened.id, paper.key, paper.file_id, opened.submitted_at, 0
        FROM opened, unnest(%s::text[], %s::uuid[]) AS paper (key, file_id)
    )
    SELECT event.position FROM opened,
        LATERAL ledger_append(%s, opened.id::text, %s, %s, %s, %s) AS event
"""  # noqa: S608  # the columns are those above


def _insert(
    dossier: Dossier,
    attachments: Sequence[Attachment],
    event: DossierOpened,
    actor: str,
    at: datetime,
) -> None:
    # Row, papers and event in one statement: the number's row is locked until the commit, and
    # each further round trip would make the agency's next filing wait.
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                *(getattr(dossier, column) for column in _FILED),
                json.dumps(dossier.answers, ensure_ascii=False),
                [attachment.key for attachment in attachments],
                [attachment.file.pk for attachment in attachments],
                dossier.subject.type,
                *ledger.told(event, actor=actor, at=at),
            ],
        )
    dossier._state.adding = False
    ledger.announce()


def _next_number(agency_code: str, on: date) -> int:
    # The row stays locked until the commit, so nobody ever reads a number that is given back
    # and used again; agencies do not wait for each other.
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO dossier_code_counter AS counter (agency_code, "on", last)
            VALUES (%s, %s, 1)
            ON CONFLICT (agency_code, "on") DO UPDATE SET last = counter.last + 1
            RETURNING last
            """,
            [agency_code, on],
        )
        number: int = cursor.fetchone()[0]
    return number
