"""The act by which a filing becomes a dossier, once, whatever the network does."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.accounts.models import Account
from motcua.documents.queries import files_stored_by
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Channel, Dossier
from motcua.filings.models import Draft, DraftFile
from motcua.filings.queries import Destination, destination_of, missing_papers, prefilled
from motcua.kernel.clock import day_of
from motcua.parties.models import Person
from motcua.procedures.definitions import Answers, Problem, Version
from motcua.procedures.queries import UnknownProcedure, compiled, version_in_force

from ._keys import claim, made_before


class FilingHasProblems(Exception):
    """Something in the filing must be mended first; `problems` says what, answer by answer."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.key}: {p.message}" for p in self.problems))


class NoSuchDraft(Exception):
    """There is no such draft, or it is somebody else's."""


class OnlineFilingIsNotOffered(Exception):
    """The procedure, or this case of it, cannot be filed online."""


class VersionWasReplaced(Exception):
    """The procedure has changed since the draft was begun, and its questions with it."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A file, by id, for one paper of the dossier."""

    key: str
    file_id: UUID


@transaction.atomic
def submit_draft(*, draft_id: UUID, person: Person, at: datetime) -> Dossier:
    """
    Submit the draft. Submitting it again returns the same dossier.

    :raises NoSuchDraft: if it is not this person's
    :raises VersionWasReplaced: if the draft follows a version that is no longer in force
    :raises FilingHasProblems: with everything that is still missing or wrong
    :raises UnitIsClosed: if the receiving unit no longer receives
    """
    drafts = Draft.objects.select_for_update(of=("self",))
    draft = drafts.filter(pk=draft_id, person=person).first()
    if draft is None:
        raise NoSuchDraft(str(draft_id))
    if draft.dossier is not None:
        return draft.dossier
    version = compiled(draft.version_id)
    _check_in_force(version, day_of(at))
    attached = DraftFile.objects.filter(draft=draft).select_related("file").order_by("pk")
    dossier = _open(
        version=version,
        case_key=draft.case_key,
        person=person,
        # An answer saved unfinished may have closed a branch; what lay behind it is not meant.
        # What the account says may have changed since; nobody altered it here.
        answers={**version.form.still_asked(draft.answers), **prefilled(person, version)},
        attachments=[dossiers.Attachment(key=a.key, file=a.file) for a in attached],
        at=at,
        dossier_id=draft.pk,
    )
    draft.dossier = dossier
    draft.submitted_at = at
    draft.save(update_fields=["dossier", "submitted_at"])
    return dossier


@transaction.atomic
def submit_filing(
    *,
    account: Account,
    person: Person,
    version: Version,
    case_key: str,
    answers: Answers,
    papers: Sequence[Paper],
    key: str,
    digest: str,
    at: datetime,
) -> Dossier:
    """
    Submit a whole filing at once, under a key its sender chose.

    The same key with the same content returns the dossier it made, however often it comes.

    :raises KeyWasUsedOtherwise: if the key stands for other content
    :raises OnlineFilingIsNotOffered: if the procedure or the case cannot be filed online
    :raises FilingHasProblems: with everything that is missing or wrong
    :raises UnitIsClosed: if the receiving unit no longer receives
    """
    dossier_id = uuid4()
    if not claim(account.pk, key, digest, dossier_id, at):
        return made_before(account.pk, key, digest)
    return _open(
        version=version,
        case_key=case_key,
        person=person,
        answers=answers,
        attachments=_attachments(account, papers),
        at=at,
        dossier_id=dossier_id,
    )


def _open(
    *,
    version: Version,
    case_key: str,
    person: Person,
    answers: Answers,
    attachments: Sequence[dossiers.Attachment],
    at: datetime,
    dossier_id: UUID,
) -> Dossier:
    if not version.files_online or case_key not in version.cases:
        raise OnlineFilingIsNotOffered(_("Thủ tục này chưa nộp được trên mạng."))
    on = day_of(at)
    answers = version.form.cleaned(answers)
    fixed = prefilled(person, version)
    problems = [
        *_altered(answers, fixed),
        *version.form.problems({**answers, **fixed}, on=on),
        *_problems_of_papers(version, case_key, answers, attachments),
    ]
    destination: Destination | None = None
    if not problems:
        destination = destination_of(version, answers, on)
        if destination is None:
            problems = [
                Problem(
                    key=version.settling_question,
                    message=_("Không tìm thấy cơ quan giải quyết ở nơi này. Hãy chọn lại."),
                )
            ]
    if destination is None:
        raise FilingHasProblems(problems)
    return dossiers.open_dossier(
        version=version,
        case_key=case_key,
        channel=Channel.ONLINE,
        owner=person,
        submitter=person,
        answers={**answers, **fixed},
        attachments=attachments,
        receiving_unit_id=destination.receiving_unit_id,
        receiving_agency_code=destination.receiving_agency_code,
        settling_agency_id=destination.settling_agency_id,
        at=at,
        dossier_id=dossier_id,
    )


def _check_in_force(version: Version, on: date) -> None:
    try:
        in_force = version_in_force(version.code, on)
    except UnknownProcedure:
        in_force = None
    if in_force is None or in_force.id != version.id:
        raise VersionWasReplaced(
            _("Thủ tục đã thay đổi sau khi Ông/Bà bắt đầu. Ông/Bà bắt đầu lại theo mẫu mới.")
        )


def _attachments(account: Account, papers: Sequence[Paper]) -> list[dossiers.Attachment]:
    if not papers:
        return []
    # Only files that this sender handed in: somebody else's file does not exist here.
    files = files_stored_by(account, [p.file_id for p in papers])
    lost = [p for p in papers if p.file_id not in files]
    if lost:
        raise FilingHasProblems(
            Problem(key=p.key, message=_("Không tìm thấy tệp đã tải lên.")) for p in lost
        )
    return [dossiers.Attachment(key=p.key, file=files[p.file_id]) for p in papers]


def _altered(answers: Answers, fixed: Answers) -> list[Problem]:
    return [
        Problem(key=key, message=_("Thông tin này lấy từ tài khoản, không sửa được ở đây."))
        for key, value in fixed.items()
        if answers.get(key, value) != value
    ]


def _problems_of_papers(
    version: Version,
    case_key: str,
    answers: Answers,
    attachments: Sequence[dossiers.Attachment],
) -> list[Problem]:
    wanted = {c.key: c for c in version.cases[case_key].components_for(answers)}
    counts = Counter(a.key for a in attachments)
    problems = [
        Problem(key=a.key, message=_("Giấy tờ này không thuộc hồ sơ."))
        for a in attachments
        if a.key not in wanted
    ]
    problems += [
        Problem(
            key=key,
            message=_("Chỉ nhận tối đa %(count)s tệp cho giấy tờ này.")
            % {"count": wanted[key].max_files},
        )
        for key, count in counts.items()
        if key in wanted and count > wanted[key].max_files
    ]
    problems += [
        Problem(key=a.key, message=_("Loại tệp này không được nhận cho giấy tờ này."))
        for a in attachments
        if a.key in wanted and a.file.media_type not in wanted[a.key].accepts
    ]
    problems += [
        Problem(key=key, message=_("Một tệp được gửi hai lần cho giấy tờ này."))
        for (key, _file_id), count in Counter((a.key, a.file.pk) for a in attachments).items()
        if count > 1
    ]
    problems += [
        Problem(key=c.key, message=_("Cần có: %(name)s.") % {"name": c.name})
        for c in missing_papers(version, case_key, answers, set(counts))
    ]
    return problems
