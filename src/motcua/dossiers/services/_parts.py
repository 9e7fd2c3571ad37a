"""The parts of a linked dossier: opened, gathered, handed over and ended with the whole."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers.events import (
    DossierDecided,
    DossierStopped,
    DossierWithdrawn,
    PartHandedOn,
)
from motcua.dossiers.lifecycle import ACCEPTED_STATES, OPEN_STATES, DossierState
from motcua.dossiers.models import (
    Channel,
    Dossier,
    DossierComponent,
    Outcome,
    Result,
)
from motcua.dossiers.queries import parts_of
from motcua.kernel.clock import day_of
from motcua.kernel.ledger import events as ledger
from motcua.offices.models import Agency
from motcua.offices.queries import Destination, UnitIsClosed, destination_at, destination_for
from motcua.procedures.definitions import Answers, Part, Version, faults_of_part
from motcua.procedures.queries import UnknownProcedure, compiled, version_in_force

from ._acts import Incomplete, close_requests, enter_step, lapse_pleas, locked, move
from .opening import Attachment, PartOf, open_dossier


@transaction.atomic
def open_parts(*, whole: Dossier, actor: str, at: datetime) -> list[Dossier]:
    """
    Open each part whose turn it is and that is not there yet; asked again, nothing more is opened.

    The caller holds the whole. A part's turn is when every part it waits for was granted.

    :raises Incomplete: if a part cannot be put before any agency
    """
    version = compiled(whole.version_id)
    if version.linked is None:
        return []
    there = {each.part.key: each for each in parts_of(whole, version)}
    due = [
        each.part
        for each in there.values()
        if each.dossier is None and all(there[key].is_granted for key in each.part.after)
    ]
    return [_open(whole, version, part, actor=actor, at=at) for part in due]


def advance_whole(part: Dossier, *, decided_by_id: int, actor: str, at: datetime) -> None:
    """
    Let a linked dossier go on after a result of one of its parts: to the next, or to its end.

    A part that was not granted opens nothing and ends nothing: the officer of the whole decides.
    """
    if part.parent_id is None:
        return
    whole = locked(part.parent_id)
    if whole.state not in (DossierState.ACCEPTED, DossierState.IN_PROGRESS):
        return
    open_parts(whole=whole, actor=actor, at=at)
    version = compiled(whole.version_id)
    parts = parts_of(whole, version)
    if not all(each.is_granted for each in parts):
        return
    Result.objects.create(
        dossier=whole,
        outcome=Outcome.GRANTED,
        number=whole.code,
        summary="\n".join(f"{p.name}: {p.result.number}" for p in parts if p.result is not None),
        decided_by_id=decided_by_id,
        decided_at=at,
    )
    enter_step(whole, version, version.return_step.key, at=at)
    whole.completed_at = at
    move(
        whole,
        "gather",
        tell=DossierDecided,
        actor=actor,
        at=at,
        outcome=Outcome.GRANTED.value,
        number=whole.code,
        file=None,
    )


def end_parts(whole: Dossier, *, reason: str, actor: str, at: datetime) -> None:
    """
    End the parts that are still open: what was asked for as one is not settled by halves.

    A part whose result is signed keeps it.
    """
    for part in held_parts(whole):
        state = DossierState(part.state)
        if state not in OPEN_STATES or state == DossierState.DECIDED:
            continue
        close_requests(part, at=at)
        lapse_pleas(part, at=at)
        part.paused_at = None
        part.completed_at = at
        accepted = state in ACCEPTED_STATES
        words = _("Hồ sơ liên thông %(code)s đã kết thúc. %(reason)s")
        move(
            part,
            "stop" if accepted else "withdraw",
            tell=DossierStopped if accepted else DossierWithdrawn,
            actor=actor,
            at=at,
            reason=(words % {"code": whole.code, "reason": reason}).strip(),
        )


def held_parts(whole: Dossier) -> list[Dossier]:
    """Return the parts of a linked dossier that is held, each held as well, in one order."""
    return list(Dossier.objects.filter(parent=whole).select_for_update(no_key=True).order_by("pk"))


def _open(whole: Dossier, linked: Version, part: Part, *, actor: str, at: datetime) -> Dossier:
    on = day_of(at)
    version = _version_of(linked, part, on)
    answers = part.answers_from(whole.answers, version.form)
    destination = _destination_of(version, answers, on)
    opened = open_dossier(
        version=version,
        case_key=part.case,
        channel=Channel(whole.channel),
        owner=whole.owner,
        submitter=whole.submitter,
        answers=answers,
        attachments=list(_attachments(whole, part, version, answers)),
        receiving_unit_id=destination.receiving_unit_id,
        receiving_agency_code=destination.receiving_agency_code,
        settling_agency_id=destination.settling_agency_id,
        at=at,
        actor=actor,
        part_of=PartOf(whole=whole, part=part.key),
    )
    ledger.record(
        PartHandedOn(
            part=part.key,
            code=opened.code,
            agency=destination.settling_agency_id,
            agency_name=Agency.objects.get(pk=destination.settling_agency_id).name,
        ),
        subject=whole.subject,
        actor=actor,
        at=at,
    )
    return opened


def _version_of(linked: Version, part: Part, on: date) -> Version:
    try:
        version = version_in_force(part.procedure, on)
    except UnknownProcedure:
        version = None
    if version is None or faults_of_part(linked, part, version):
        # The import looks at this; only a version published since can bring it about.
        raise Incomplete(
            _("Chưa mở được hồ sơ thành phần: thủ tục %(code)s đang thay đổi.")
            % {"code": part.procedure}
        )
    return version


def _destination_of(version: Version, answers: Answers, on: date) -> Destination:
    try:
        destination = (
            destination_at(version.settling_agency, on)
            if version.settling_agency
            else destination_for(
                answers.get(version.settling_question, ""), version.settled_by[0], on
            )
        )
    except UnitIsClosed as closed:
        raise Incomplete(str(closed)) from closed
    if destination is None:
        raise Incomplete(
            _("Không tìm thấy cơ quan giải quyết phần “%(name)s”.") % {"name": version.name}
        )
    return destination


def _attachments(
    whole: Dossier, part: Part, version: Version, answers: Answers
) -> Iterator[Attachment]:
    """Yield the files of the whole that the part wants as well: the same ones, by reference."""
    files: dict[str, list[DossierComponent]] = {}
    papers = DossierComponent.objects.filter(dossier=whole).select_related("file")
    for paper in papers.order_by("round", "pk"):
        files.setdefault(paper.key, []).append(paper)
    for component in version.cases[part.case].components_for(answers):
        for paper in files.get(part.paper_of_whole(component.key), ()):
            yield Attachment(key=component.key, file=paper.file)
