"""An applicant gathers what was asked for, file by file, and hands it in at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.documents.services import FileRefused, store_file
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.policies import check_applicant_may, supplement_verb
from motcua.filings.models import SupplementFile
from motcua.filings.queries import files_for_supplement
from motcua.parties.models import Person
from motcua.procedures.queries import compiled


@transaction.atomic
def attach_supplement(
    *, dossier_id: UUID, person: Person, key: str, content: bytes, name: str, at: datetime
) -> SupplementFile:
    """
    Lay a file ready for one of the papers that were asked for.

    :raises dossiers.NotAllowed: one of its kinds, if nothing is asked of this person now
    :raises FileRefused: one of its kinds, with a message for the owner
    """
    dossier, request = _open_request(dossier_id, person)
    case = compiled(dossier.version_id).cases[dossier.case_key]
    component = next((c for c in case.components if c.key == key), None)
    if component is None or key not in request.items:
        raise FileRefused(_("Giấy tờ này không nằm trong yêu cầu bổ sung."))
    if SupplementFile.objects.filter(request=request, key=key).count() >= component.max_files:
        raise FileRefused(
            _("Chỉ nhận tối đa %(count)s tệp cho giấy tờ này. Ông/Bà hãy xóa bớt một tệp.")
            % {"count": component.max_files}
        )
    assert person.account is not None  # somebody without an account cannot have come here
    file = store_file(
        content=content, name=name, accepts=component.accepts, by=person.account, at=at
    )
    return SupplementFile.objects.create(request=request, key=key, file=file, added_at=at)


@transaction.atomic
def remove_supplement(*, dossier_id: UUID, person: Person, supplement_file_id: int) -> None:
    """
    Take a file back that lay ready. Taking it twice is the same as once.

    :raises dossiers.NotAllowed: one of its kinds, if nothing is asked of this person now
    """
    _dossier, request = _open_request(dossier_id, person)
    SupplementFile.objects.filter(request=request, pk=supplement_file_id).delete()


@transaction.atomic
def submit_supplement(
    *, dossier_id: UUID, person: Person, answer: str = "", at: datetime
) -> Dossier:
    """
    Hand in everything that lies ready, as the answer to the open request.

    :raises dossiers.NotAllowed: one of its kinds, if nothing is asked of this person now
    :raises dossiers.Incomplete: if a paper that was asked for is not there
    """
    _dossier, request = _open_request(dossier_id, person)
    ready = files_for_supplement(request)
    answered = dossiers.supplement_dossier(
        dossier_id=dossier_id,
        person=person,
        attachments=[dossiers.Attachment(key=f.key, file=f.file) for f in ready],
        answer=answer,
        at=at,
    )
    SupplementFile.objects.filter(request=request).delete()
    return answered


def _open_request(dossier_id: UUID, person: Person) -> tuple[Dossier, SupplementRequest]:
    # The dossier's lock is the one that answering takes too: no file slips in behind the answer.
    dossier = Dossier.objects.select_for_update(of=("self",), no_key=True).get(pk=dossier_id)
    check_applicant_may(supplement_verb(dossier), person, dossier)
    return dossier, SupplementRequest.objects.get(dossier=dossier, answered_at=None)
