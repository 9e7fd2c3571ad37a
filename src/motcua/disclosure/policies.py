"""Who may publish what the city says of itself, who may answer, and what must be done before."""

import re
from datetime import date, datetime

from django.utils.translation import gettext as _

from motcua.kernel import text
from motcua.kernel.clock import day_of
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate, leads_city, works_for_city

from .lifecycle import PUBLICATION_LIFECYCLE, PublicationState
from .models import DisclosedDossier, DisclosedLine, LineKind, Publication, PublishedCorrection

# Twelve digits of a personal number, nine of the old card, or a telephone, however parted.
_NUMBER_OF_A_PERSON = re.compile(r"(?<!\d)(?:\d[ .-]?){8,11}\d(?!\d)")


class NotAllowed(Exception):
    """This cannot be done with a publication now; the message says why."""


class NotTheCitysOffice(NotAllowed):
    """Only the committee of the city and its office publish."""


class NotALeaderOfTheCity(NotAllowed):
    """Whether a person is named is for the leaders of the city to decide."""


class TheStateForbidsIt(NotAllowed):
    """Where the publication stands, this is not done."""


class MonthHasNotEnded(NotAllowed):
    """A month is published once it is over."""


class AlreadyDrafted(NotAllowed):
    """The month has a publication, or a draft of one."""


class RepliesAreClosed(NotAllowed):
    """The window in which those named may answer is over, or not open."""


class RepliesAreOpen(NotAllowed):
    """Those named may still answer."""


class NotNamedThere(NotAllowed):
    """Only who is named in a line may answer to it."""


class RepliedBefore(NotAllowed):
    """Somebody answers to a line once."""


class NamingIsUndecided(NotAllowed):
    """Of some person nobody has decided whether to name them."""


class NotAnother(NotAllowed):
    """Nobody approves what they drafted or proposed, and nobody twice."""


class NotWhatWasRead(NotAllowed):
    """The content is another than the one the approver looked at."""


class NotYetApproved(NotAllowed):
    """Two others have not approved it."""


class NeedsAReason(NotAllowed):
    """What is changed, withheld or sent back is so for a reason."""


class NamesACitizen(NotAllowed):
    """A text that everybody will read names somebody who filed, or holds a number of a person."""


def check_works_for_city(mandate: Mandate) -> None:
    """
    Let in who holds a post in the city's committee or its office.

    :raises NotTheCitysOffice: for everybody else
    """
    if not works_for_city(mandate):
        raise NotTheCitysOffice(
            _("Việc này của Văn phòng Ủy ban nhân dân thành phố. Ông/Bà không giữ vị trí ở đó.")
        )


def may_decide_naming(mandate: Mandate) -> bool:
    """Return whether the officer leads the city's committee or its office."""
    return works_for_city(mandate) and leads_city(mandate)


def check_may_decide_naming(mandate: Mandate) -> None:
    """
    Let the city's leaders decide whether a person is named.

    :raises NotALeaderOfTheCity: for everybody else
    """
    if not may_decide_naming(mandate):
        raise NotALeaderOfTheCity(
            _("Việc nêu tên cá nhân do lãnh đạo Ủy ban nhân dân thành phố quyết định.")
        )


def check_state_allows(verb: str, publication: Publication) -> None:
    """
    Refuse what the state does not allow, saying where the publication stands.

    :raises TheStateForbidsIt: if the lifecycle knows no such step
    """
    state = PublicationState(publication.state)
    if verb not in PUBLICATION_LIFECYCLE.verbs_from(state):
        raise _forbidden(publication)


def check_stands_at(publication: Publication, *states: PublicationState) -> None:
    """
    Refuse an act on a part of the publication that its state does not allow.

    :raises TheStateForbidsIt: if it stands elsewhere
    """
    if publication.state not in states:
        raise _forbidden(publication)


def check_month_has_ended(month: date, *, at: datetime) -> None:
    """
    Refuse a month that is still running or lies ahead.

    :raises MonthHasNotEnded: if it is
    """
    if day_of(at) <= month or day_of(at).replace(day=1) <= month:
        raise MonthHasNotEnded(
            _("Tháng %(month)s chưa kết thúc nên chưa lập được bản công khai.")
            % {"month": f"{month:%m/%Y}"}
        )


def may_reply(mandate: Mandate, line: DisclosedLine) -> bool:
    """Return whether the line names the officer, or an agency that the officer heads."""
    if line.kind == LineKind.OFFICER and line.officer_id == mandate.officer_id:
        return True
    return any(
        post.role == PostRole.LEADER and post.agency_id == line.agency_id for post in mandate.posts
    )


def check_may_reply(
    mandate: Mandate, line: DisclosedLine, publication: Publication, *, at: datetime
) -> None:
    """
    Let the head of the named agency or the named person answer, while the window is open.

    :raises NotNamedThere: for everybody else
    :raises RepliesAreClosed: before the window opens and once it is over
    """
    if not may_reply(mandate, line):
        raise NotNamedThere(
            _("Chỉ người đứng đầu cơ quan hoặc cá nhân được nêu ở dòng này mới phản hồi được.")
        )
    if not takes_replies(publication, at=at):
        raise RepliesAreClosed(_("Thời hạn phản hồi của bản công khai này không còn mở."))


def takes_replies(publication: Publication, *, at: datetime) -> bool:
    """Return whether those named may answer now."""
    return (
        publication.state == PublicationState.REPLYING
        and publication.replies_due_at is not None
        and at < publication.replies_due_at
    )


def check_replies_are_over(publication: Publication, *, at: datetime) -> None:
    """
    Refuse to go on while those named may still answer.

    :raises RepliesAreOpen: if they may
    """
    if takes_replies(publication, at=at):
        raise RepliesAreOpen(
            _("Thời hạn phản hồi chưa hết. Hãy đợi đến khi hết hạn rồi trình phê duyệt.")
        )


def check_naming_is_decided(publication: Publication) -> None:
    """
    Refuse to go on while nobody has decided whether to name a person.

    :raises NamingIsUndecided: telling how many
    """
    undecided = DisclosedLine.objects.filter(
        publication=publication, kind=LineKind.OFFICER, is_struck=False, naming__isnull=True
    ).count()
    if undecided:
        raise NamingIsUndecided(
            _("Còn %(n)d cá nhân chưa có quyết định công khai hay không công khai tên.")
            % {"n": undecided}
        )


def check_is_another(
    mandate: Mandate, record: Publication | PublishedCorrection, *, author_id: int
) -> None:
    """
    Let two others approve, each once.

    :raises NotAnother: if it is the author, or who approved before
    """
    if mandate.officer_id == author_id:
        raise NotAnother(_("Người lập không được tự phê duyệt. Hãy để người khác phê duyệt."))
    if mandate.officer_id in (record.first_approved_by_id, record.second_approved_by_id):
        raise NotAnother(_("Ông/Bà đã phê duyệt. Cần một người khác phê duyệt lần thứ hai."))


def check_was_read(publication: Publication, seen: str) -> None:
    """
    Refuse to approve another content than the one that was looked at.

    :raises NotWhatWasRead: if somebody changed it meanwhile
    """
    if seen != publication.digest:
        raise NotWhatWasRead(
            _("Nội dung đã khác bản Ông/Bà vừa đọc. Vui lòng đọc lại rồi phê duyệt.")
        )


def check_is_approved(publication: Publication) -> None:
    """
    Refuse to publish what two others have not approved.

    :raises NotYetApproved: if they have not
    """
    if publication.second_approved_by_id is None:
        raise NotYetApproved(_("Chưa đủ hai người phê duyệt nên chưa công khai được."))


def check_names_no_citizen(publication: Publication, words: str) -> None:
    """
    Refuse a text for everybody that names who filed one of the late dossiers.

    :raises NamesACitizen: if it holds such a name, a dossier's whole code or a person's number
    """
    folded = f" {text.fold(words)} "
    found = DisclosedDossier.objects.filter(publication=publication).values_list(
        "dossier__owner_name_folded", "dossier__code"
    )
    names_somebody = any(
        (name and f" {name} " in folded) or code in words for name, code in found.iterator()
    )
    if names_somebody or _NUMBER_OF_A_PERSON.search(words):
        raise NamesACitizen(
            _(
                "Nội dung này sẽ được công khai. Hãy bỏ tên người nộp hồ sơ, mã hồ sơ đầy đủ, "
                "số định danh và số điện thoại."
            )
        )


def required_reason(words: str, message: str, *, longest: int = 2000) -> str:
    """
    Return the text, cleaned.

    :raises NeedsAReason: with the message, if there is none
    """
    cleaned = text.clean_lines(words)[:longest]
    if not cleaned:
        raise NeedsAReason(message)
    return cleaned


def _forbidden(publication: Publication) -> TheStateForbidsIt:
    return TheStateForbidsIt(
        _("Bản công khai tháng %(month)s: %(state)s. Không ghi nhận gì thêm.")
        % {
            "month": f"{publication.month:%m/%Y}",
            "state": PublicationState(publication.state).label,
        }
    )
