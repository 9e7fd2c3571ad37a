"""One dossier in one statement, for programs."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from motcua.dossiers.models import (
    Dossier,
)
from motcua.kernel import text
from motcua.offices.queries import Mandate
from motcua.parties.models import Person

from .dossiers import NoSuchDossier, dossier_for, dossier_of


class DossierSheet(NamedTuple):
    """All that programs read of one dossier, in the order of the statement's columns."""

    id: UUID
    code: str
    lookup_secret: str
    version_id: int
    case_key: str
    channel: str
    state: str
    owner_id: UUID
    submitter_id: UUID
    owner_name: str
    receiving_unit: str
    settling_agency: str
    step_key: str | None
    step_unit: str | None
    step_due_at: datetime | None
    holder: str | None
    submitted_at: datetime
    intake_due_at: datetime | None
    accepted_at: datetime | None
    due_at: datetime | None
    paused_at: datetime | None
    waits_for: str | None
    answer_due_at: datetime | None
    completed_at: datetime | None
    returned_at: datetime | None
    answers: str  # JSON as the database wrote it, and so are these three
    papers: str
    open_request: str | None
    result: str | None
    whole: str | None  # the code of the linked dossier it is a part of
    part: str | None
    parts: str


_SEEN = """
    d.code = %s AND (
        d.owner_id = %s OR d.submitter_id = %s
        OR d.receiving_unit_id = ANY(%s::bigint[]) OR d.settling_agency_id = ANY(%s::bigint[])
        OR EXISTS (
            SELECT FROM dossier AS whole WHERE whole.id = d.parent_id AND (
                whole.receiving_unit_id = ANY(%s::bigint[])
                OR whole.settling_agency_id = ANY(%s::bigint[])
            )
        )
    )
"""


_SHEET = f"""
    SELECT d.id, d.code, d.lookup_secret, d.version_id, d.case_key, d.channel, d.state,
        d.owner_id, d.submitter_id, d.owner_name, receiving.name, agency.name,
        d.step_key, step_unit.name, d.step_due_at, officer.full_name,
        d.submitted_at, d.intake_due_at, d.accepted_at, d.due_at, d.paused_at, d.waits_for,
        d.answer_due_at, d.completed_at, d.returned_at, d.answers::text,
        (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', f.id, 'key', c.key, 'name', f.name, 'media_type', f.media_type,
            'size_bytes', f.size_bytes, 'round', c.round, 'added_at', c.added_at
            ) ORDER BY c.round, c.id), '[]')::text
         FROM dossier_component AS c JOIN stored_file AS f ON f.id = c.file_id
         WHERE c.dossier_id = d.id),
        (SELECT jsonb_build_object(
            'round', s.round, 'reason', s.reason, 'items', s.items, 'requested_at', s.requested_at
            )::text
         FROM supplement_request AS s WHERE s.dossier_id = d.id AND s.answered_at IS NULL),
        (SELECT jsonb_build_object(
            'outcome', r.outcome, 'number', r.number, 'summary', r.summary, 'file', r.file_id,
            'decided_at', r.decided_at
            )::text
         FROM dossier_result AS r WHERE r.dossier_id = d.id),
        (SELECT whole.code FROM dossier AS whole WHERE whole.id = d.parent_id), d.part,
        (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'part', p.part, 'code', p.code, 'state', p.state, 'settling_agency', a.name,
            'accepted_at', p.accepted_at, 'due_at', p.due_at, 'completed_at', p.completed_at
            ) ORDER BY p.submitted_at, p.code), '[]')::text
         FROM dossier AS p JOIN agency AS a ON a.id = p.settling_agency_id
         WHERE p.parent_id = d.id)
    FROM dossier AS d
    JOIN unit AS receiving ON receiving.id = d.receiving_unit_id
    JOIN agency ON agency.id = d.settling_agency_id
    LEFT JOIN unit AS step_unit ON step_unit.id = d.step_unit_id
    LEFT JOIN officer ON officer.id = d.holder_id
    WHERE {_SEEN}
"""  # noqa: S608  # no part of it comes from outside


def sheet_of(code: str, *, person: Person | None, mandate: Mandate | None) -> DossierSheet:
    """
    Return everything about one dossier in one statement: the person's own, or in office.

    :raises NoSuchDossier: also when it is there and beyond their sight
    """
    with connection.cursor() as cursor:
        cursor.execute(_SHEET, _eyes(code, person, mandate))
        row = cursor.fetchone()
    if row is None:
        raise NoSuchDossier(code)
    return DossierSheet._make(row)


def id_in_sight(code: str, *, person: Person | None, mandate: Mandate | None) -> UUID:
    """
    Return the dossier's id, if the person owns it or the officer may see it.

    :raises NoSuchDossier: also when it is there and beyond their sight
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.id FROM dossier AS d WHERE {_SEEN}",  # noqa: S608 - words of ours
            _eyes(code, person, mandate),
        )
        row = cursor.fetchone()
    if row is None:
        raise NoSuchDossier(code)
    dossier_id: UUID = row[0]
    return dossier_id


def dossier_in_sight(code: str, *, person: Person | None, mandate: Mandate | None) -> Dossier:
    """
    Return one dossier of the person's own, or one that the officer may see.

    :raises NoSuchDossier: also when it is there and beyond their sight
    """
    if mandate is not None:
        try:
            return dossier_for(mandate, code)
        except NoSuchDossier:
            if person is None:
                raise
    if person is None:
        raise NoSuchDossier(code)
    return dossier_of(person, code)


def _eyes(code: str, person: Person | None, mandate: Mandate | None) -> list[Any]:
    person_id = person.pk if person else None
    return [
        text.clean(code),
        person_id,
        person_id,
        *(seen := [list(mandate.unit_ids()), list(mandate.agency_ids)] if mandate else [[], []]),
        *seen,
    ]
