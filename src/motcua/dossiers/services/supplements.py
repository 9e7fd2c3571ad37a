"""Asking for what is missing, answering, and withdrawing: the applicant's side of the counter."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers.events import DossierWithdrawn, Supplemented
from motcua.dossiers.models import Dossier, DossierComponent, SupplementRequest
from motcua.dossiers.policies import check_applicant_may, supplement_verb
from motcua.kernel import text
from motcua.parties.models import Person
from motcua.procedures.definitions import Version
from motcua.procedures.queries import compiled

from ._acts import Incomplete, close_requests, lapse_pleas, locked, move, resume_clock
from ._acts import person as person_actor
from ._parts import end_parts
from .opening import Attachment


@transaction.atomic
def supplement_dossier(
    *,
    dossier_id: UUID,
    person: Person,
    attachments: Sequence[Attachment],
    answer: str = "",
    at: datetime,
) -> Dossier:
    """
    Take in what was asked for. Before acceptance the dossier queues again; after, the clock runs.

    :raises NotAllowed: one of its kinds, if it is not this person's or nothing was asked for
    :raises Incomplete: if a paper that was asked for is not among the attachments
    """
    dossier = locked(dossier_id)
    verb = supplement_verb(dossier)
    check_applicant_may(verb, person, dossier)
    version = compiled(dossier.version_id)
    request = SupplementRequest.objects.get(dossier=dossier, answered_at=None)
    _check_complete(version, dossier, request, attachments)
    DossierComponent.objects.bulk_create(
        DossierComponent(dossier=dossier, key=a.key, file=a.file, added_at=at, round=request.round)
        for a in attachments
    )
    request.answered_at = at
    request.answer = text.clean_lines(answer)[:2000]
    request.save(update_fields=["answered_at", "answer"])
    due_at = None if verb == "supplement_intake" else resume_clock(dossier, version, at=at)
    move(
        dossier,
        verb,
        tell=Supplemented,
        actor=person_actor(person.pk),
        at=at,
        round=request.round,
        files=[str(a.file.pk) for a in attachments],
        due_at=due_at.isoformat() if due_at else None,
    )
    return dossier


@transaction.atomic
def withdraw_dossier(
    *, dossier_id: UUID, person: Person, reason: str = "", at: datetime
) -> Dossier:
    """
    Take one's own request back before the office has accepted it.

    :raises NotAllowed: one of its kinds, if it is not this person's or has been accepted
    """
    dossier = locked(dossier_id)
    check_applicant_may("withdraw", person, dossier)
    close_requests(dossier, at=at)
    lapse_pleas(dossier, at=at)
    dossier.completed_at = at
    reason = text.clean_lines(reason)[:2000]
    move(
        dossier,
        "withdraw",
        tell=DossierWithdrawn,
        actor=person_actor(person.pk),
        at=at,
        reason=reason,
    )
    end_parts(dossier, reason=reason, actor=person_actor(person.pk), at=at)
    return dossier


def _check_complete(
    version: Version,
    dossier: Dossier,
    request: SupplementRequest,
    attachments: Sequence[Attachment],
) -> None:
    components = {c.key: c for c in version.cases[dossier.case_key].components}
    held = set(DossierComponent.objects.filter(dossier=dossier).values_list("key", "file_id"))
    for attachment in attachments:
        component = components.get(attachment.key)
        if component is None or attachment.file.media_type not in component.accepts:
            raise Incomplete(
                _("Tệp “%(name)s” không đúng loại giấy tờ được yêu cầu.")
                % {"name": attachment.file.name}
            )
        if (attachment.key, attachment.file.pk) in held:
            raise Incomplete(
                _("Tệp “%(name)s” đã có trong hồ sơ.") % {"name": attachment.file.name}
            )
        held.add((attachment.key, attachment.file.pk))
    for key, count in Counter(a.key for a in attachments).items():
        if count > components[key].max_files:
            raise Incomplete(
                _("Chỉ nhận tối đa %(count)s tệp cho giấy tờ này.")
                % {"count": components[key].max_files}
            )
    missing = request.items.keys() - {a.key for a in attachments}
    if missing:
        names = ", ".join(components[key].name for key in sorted(missing))
        raise Incomplete(_("Còn thiếu: %(names)s.") % {"names": names})
