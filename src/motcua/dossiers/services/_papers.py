"""Putting out a statutory paper: number, form and all that it says, in one statement of the act."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils.translation import gettext as _

from motcua.dossiers.definitions import form_on
from motcua.dossiers.lifecycle import ACCEPTED_STATES, DossierState, Paper
from motcua.dossiers.models import Dossier, IssuedPaper
from motcua.dossiers.queries import limit_of
from motcua.kernel.clock import day_of
from motcua.procedures.definitions import Version
from motcua.procedures.queries import compiled

from ._refusals import Incomplete

_WORD = re.compile(r"\b[^\W\d_]{2,}\b")


class PaperWouldBeVoid(Exception):
    """The act does not bear the paper: a mistake of ours, never of the person at the screen."""


def issue(
    dossier: Dossier, paper: str, *, actor: str, at: datetime, facts: Mapping[str, Any]
) -> IssuedPaper:
    """
    Put the paper out, in the form of this day, under the agency's next number. One statement.

    `facts` is what the act says: of a supplement request `items` (key, needed) and `reason`, of a
    rejection or a stop `reason`, of an apology `reason`, `new_due_at` and, where it is not the
    dossier's, `due_at`. Who is meant, where and what was handed in is read here, as it stands now.

    :raises Incomplete: if the reason is no reason in words
    :raises PaperWouldBeVoid: if the dossier is not where this paper is issued
    :raises NoFormOfThatDay: if the circular of that day knows no such paper
    """
    issued, parameters = _made_out(dossier, paper, actor=actor, at=at, facts=facts)
    with connection.cursor() as cursor:
        cursor.execute(_ISSUE, parameters)
        issued.agency_id, issued.number, told = cursor.fetchone()
    issued.facts = json.loads(told)
    issued._state.adding = False
    return issued


def issue_all(papers: Iterable[tuple[Dossier, str, str, datetime, Mapping[str, Any]]]) -> None:
    """Put out papers as `issue` does, in this order: dossier, paper, actor, moment, facts."""
    with connection.cursor() as cursor:
        cursor.executemany(
            _ISSUE,
            [
                _made_out(dossier, paper, actor=actor, at=at, facts=facts)[1]
                for dossier, paper, actor, at, facts in papers
            ],
        )


def _made_out(
    dossier: Dossier, paper: str, *, actor: str, at: datetime, facts: Mapping[str, Any]
) -> tuple[IssuedPaper, dict[str, Any]]:
    kind = Paper(paper)
    _check(kind, dossier, actor, facts)
    form = form_on(kind, day_of(at))
    version = compiled(dossier.version_id)
    issued = IssuedPaper(
        id=uuid4(),
        dossier_id=dossier.pk,
        paper=kind.value,
        circular=form.circular,
        template=form.template,
        year=day_of(at).year,
        issued_at=at,
        issued_by_id=_officer_of(actor),
    )
    told = {**facts, **_own_facts(dossier, version)}
    return issued, _parameters(issued, dossier, told)


def _check(kind: Paper, dossier: Dossier, actor: str, facts: Mapping[str, Any]) -> None:
    accepted = DossierState(dossier.state) in ACCEPTED_STATES
    if kind is Paper.RECEIPT_SLIP and not (accepted and dossier.due_at):
        raise PaperWouldBeVoid("a receipt slip follows a valid acceptance")
    if kind is Paper.SUPPLEMENT_REQUEST and not (facts.get("items") and _officer_of(actor)):
        raise PaperWouldBeVoid("a supplement request names papers and the officer who asks")
    if kind is Paper.APOLOGY and not (accepted and facts.get("new_due_at") and _officer_of(actor)):
        raise PaperWouldBeVoid("an apology has a signer and a new day")
    if kind in {Paper.CONTROL_SHEET, Paper.REGISTER}:
        raise PaperWouldBeVoid("a control sheet and a register are read, not issued")
    # A number or a name of an error is no reason: people are told why in words. (A stop notice may
    # repeat what the applicant wrote, who may write anything.)
    if kind not in {Paper.RECEIPT_SLIP, Paper.STOP_NOTICE} and not any(
        not word.isupper() for word in _WORD.findall(str(facts.get("reason", "")))
    ):
        raise Incomplete(_("Hãy ghi lý do bằng lời để người nhận giấy hiểu được."))


def _officer_of(actor: str) -> int | None:
    kind, _colon, number = actor.partition(":")
    return int(number) if kind == "officer" else None


def _own_facts(dossier: Dossier, version: Version) -> dict[str, Any]:
    limit = limit_of(dossier, version)
    case = version.cases[dossier.case_key]
    return {
        "procedure": version.name,
        "procedure_code": version.code,
        "limit": {
            "amount": str(limit.amount),
            "unit": limit.unit.value,
            "same_day_until": limit.same_day_until.isoformat("minutes")
            if limit.same_day_until
            else None,
        },
        # Apart: a paper and a fee of one case may be called by the same key.
        "names": {component.key: component.name for component in case.components},
        "fee_names": {fee.key: fee.name for fee in case.fees},
    }


def _parameters(issued: IssuedPaper, dossier: Dossier, facts: Mapping[str, Any]) -> dict[str, Any]:
    by_settling_agency = (
        issued.paper in {Paper.APOLOGY, Paper.STOP_NOTICE}
        or dossier.state == DossierState.AWAITING_SUPPLEMENT
    )
    return {
        "id": issued.pk,
        "dossier": issued.dossier_id,
        "paper": issued.paper,
        "circular": issued.circular,
        "template": issued.template,
        "year": issued.year,
        "on": day_of(issued.issued_at),
        "issued_at": issued.issued_at,
        "issued_by": issued.issued_by_id,
        "by_settling_agency": by_settling_agency,
        "facts": json.dumps(facts, ensure_ascii=False),
    }


# Ids and telephones are kept as they are printed, with their middle hidden (kernel.numbers).
_ISSUE = """
    WITH meant AS (
        SELECT d.*, receiving.name AS receiving_name,
            CASE WHEN %(by_settling_agency)s THEN d.settling_agency_id ELSE receiving.agency_id END
                AS issuing_id
        FROM dossier AS d JOIN unit AS receiving ON receiving.id = d.receiving_unit_id
        WHERE d.id = %(dossier)s
    ),
    counted AS (
        INSERT INTO paper_counter AS counter (agency_id, paper, year, last)
        SELECT issuing_id, %(paper)s, %(year)s, 1 FROM meant
        ON CONFLICT (agency_id, paper, year) DO UPDATE SET last = counter.last + 1
        RETURNING last
    )
    INSERT INTO issued_paper (
        id, dossier_id, paper, circular, template, agency_id, year, number, facts,
        issued_at, issued_by_id
    )
    SELECT %(id)s, meant.id, %(paper)s, %(circular)s, %(template)s, meant.issuing_id, %(year)s,
        counted.last,
        %(facts)s::jsonb || jsonb_build_object(
            'code', meant.code,
            'secret', meant.lookup_secret,
            'channel', meant.channel,
            'submitted_at', meant.submitted_at,
            'accepted_at', meant.accepted_at,
            'promised_at', meant.due_at,
            'receiving_unit', meant.receiving_name,
            'settling_agency', settling.name,
            'agency', issuing.name,
            'agency_kind', issuing.kind,
            'parent_agency', parent.name,
            'place', coalesce(place.name, city.name),
            'owner', jsonb_build_object(
                'name', meant.owner_name,
                'address', owner.address,
                'personal_id',
                    left(owner.personal_id, 3) || '*******' || right(owner.personal_id, 2),
                'phone', CASE WHEN owner.phone <> '' THEN
                    left(owner.phone, 3) || repeat('*', length(owner.phone) - 6)
                        || right(owner.phone, 3) END
            ),
            'submitter',
                CASE WHEN meant.submitter_id <> meant.owner_id THEN submitter.full_name END,
            'officer', officer.full_name,
            'officer_title', (
                SELECT post.title
                FROM appointment JOIN post ON post.id = appointment.post_id
                    JOIN unit ON unit.id = post.unit_id
                WHERE appointment.officer_id = officer.id
                    AND unit.agency_id IN (meant.issuing_id, meant.settling_agency_id)
                    AND appointment.valid_from <= %(on)s
                    AND coalesce(appointment.valid_to >= %(on)s, true)
                ORDER BY post.role = 'leader' DESC, appointment.valid_from, appointment.id
                LIMIT 1
            ),
            'presented', (
                SELECT jsonb_agg(jsonb_build_object(
                    'key', p.key, 'originals', p.originals, 'certified', p.certified,
                    'copies', p.copies) ORDER BY p.id)
                FROM dossier_presented_paper AS p WHERE p.dossier_id = meant.id
            ),
            'files', (
                SELECT jsonb_agg(jsonb_build_object('key', f.key, 'count', f.count)
                    ORDER BY f.first)
                FROM (
                    SELECT c.key, count(*), min(c.id) AS first FROM dossier_component AS c
                    WHERE c.dossier_id = meant.id GROUP BY c.key
                ) AS f
            ),
            'fees', (
                SELECT jsonb_agg(jsonb_build_object(
                    'key', n.key, 'quantity', n.quantity, 'amount_dong', n.amount_dong,
                    'collected_dong', n.collected_dong, 'receipt', n.receipt_number,
                    'note', n.note) ORDER BY n.id)
                FROM dossier_fee_note_line AS n WHERE n.dossier_id = meant.id
            )
        ),
        %(issued_at)s, %(issued_by)s
    FROM meant CROSS JOIN counted
        JOIN agency AS settling ON settling.id = meant.settling_agency_id
        JOIN agency AS issuing ON issuing.id = meant.issuing_id
        JOIN person AS owner ON owner.id = meant.owner_id
        JOIN person AS submitter ON submitter.id = meant.submitter_id
        LEFT JOIN agency AS parent ON parent.id = issuing.parent_id
        LEFT JOIN place ON place.id = issuing.place_id
        LEFT JOIN officer ON officer.id = %(issued_by)s
        LEFT JOIN LATERAL (
            SELECT name FROM place WHERE level = 'province' ORDER BY valid_from DESC LIMIT 1
        ) AS city ON true
    RETURNING agency_id, number, facts::text
"""
