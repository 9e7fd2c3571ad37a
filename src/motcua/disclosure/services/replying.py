"""The right of reply, and what the office does about it: strike, amend, decide whom to name."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.disclosure.definitions import LineKind, Naming
from motcua.disclosure.events import LineChanged, NamingDecided, ReplyGiven
from motcua.disclosure.lifecycle import PublicationState
from motcua.disclosure.models import DisclosedLine, Reply
from motcua.disclosure.policies import (
    NeedsAReason,
    NotAllowed,
    RepliedBefore,
    check_may_decide_naming,
    check_may_reply,
    check_names_no_citizen,
    check_stands_at,
    check_works_for_city,
    required_reason,
)
from motcua.kernel.ledger import events as ledger
from motcua.offices.queries import Mandate

from ._acts import line_of, locked


class NotAPerson(NotAllowed):
    """Only of persons is decided whether to name them."""


class AmendedToNothingLess(NotAllowed):
    """A line is amended to fewer; to none, it is struck."""


@transaction.atomic
def reply_to_line(
    *, publication_id: int, line_id: int, mandate: Mandate, words: str, at: datetime
) -> Reply:
    """
    Answer to a line in which one's agency or oneself is named. Everybody will read it.

    :raises NotNamedThere: if the line is about somebody else
    :raises RepliesAreClosed: outside the window
    :raises RepliedBefore: if this officer answered already
    :raises NeedsAReason: if nothing is said
    :raises NamesACitizen: if somebody who filed is named
    """
    publication = locked(publication_id)
    line = line_of(publication, line_id)
    check_may_reply(mandate, line, publication, at=at)
    if Reply.objects.filter(line=line, officer_id=mandate.officer_id).exists():
        raise RepliedBefore(_("Ông/Bà đã gửi phản hồi cho dòng này."))
    words = required_reason(words, _("Hãy ghi nội dung phản hồi."))
    check_names_no_citizen(publication, words)
    reply = Reply.objects.create(line=line, officer_id=mandate.officer_id, words=words, given_at=at)
    ledger.record(
        ReplyGiven(line=line.pk, words=words),
        subject=publication.subject,
        actor=mandate.actor,
        at=at,
    )
    return reply


@transaction.atomic
def decide_naming(
    *,
    publication_id: int,
    line_id: int,
    mandate: Mandate,
    decision: str,
    reason: str,
    at: datetime,
) -> DisclosedLine:
    """
    Decide whether a person is named, for a reason. Until it is sealed, decided anew it is that.

    :raises NotALeaderOfTheCity: if the officer leads neither the city's committee nor its office
    :raises TheStateForbidsIt: before replies were opened, and once it was submitted
    :raises NotAPerson: if the line names none
    :raises NeedsAReason: if there is no decision, or no reason for it
    :raises NamesACitizen: if somebody who filed is named
    """
    publication = locked(publication_id)
    check_may_decide_naming(mandate)
    check_stands_at(publication, PublicationState.REPLYING)
    line = line_of(publication, line_id)
    if line.kind != LineKind.OFFICER:
        raise NotAPerson(_("Dòng này không nêu tên cá nhân."))
    if decision not in Naming.values:
        raise NeedsAReason(_("Hãy chọn công khai hay không công khai tên."))
    line.naming = Naming(decision)
    line.naming_reason = required_reason(reason, _("Hãy ghi lý do của quyết định."))
    check_names_no_citizen(publication, line.naming_reason)
    line.naming_by_id = mandate.officer_id
    line.naming_at = at
    line.save(update_fields=["naming", "naming_reason", "naming_by", "naming_at"])
    ledger.record(
        NamingDecided(line=line.pk, decision=decision, reason=line.naming_reason),
        subject=publication.subject,
        actor=mandate.actor,
        at=at,
    )
    return line


@transaction.atomic
def strike_line(
    *, publication_id: int, line_id: int, mandate: Mandate, reason: str, at: datetime
) -> DisclosedLine:
    """
    Take a line out of what will be published, and with an agency or unit what stands below it.

    :raises NotTheCitysOffice: if the officer holds no post there
    :raises TheStateForbidsIt: before replies were opened, and once it was submitted
    :raises NeedsAReason: if none is given
    """
    return _change(
        publication_id, line_id, mandate, is_struck=True, amended=None, reason=reason, at=at
    )


@transaction.atomic
def amend_line(
    *, publication_id: int, line_id: int, mandate: Mandate, late: int, reason: str, at: datetime
) -> DisclosedLine:
    """
    Publish a smaller number in a line, beside the one that was counted, with the reason.

    :raises NotTheCitysOffice: if the officer holds no post there
    :raises TheStateForbidsIt: before replies were opened, and once it was submitted
    :raises AmendedToNothingLess: if it is not smaller, or none would be left
    :raises NeedsAReason: if none is given
    :raises NamesACitizen: if somebody who filed is named
    """
    return _change(
        publication_id, line_id, mandate, is_struck=False, amended=late, reason=reason, at=at
    )


def _change(
    publication_id: int,
    line_id: int,
    mandate: Mandate,
    *,
    is_struck: bool,
    amended: int | None,
    reason: str,
    at: datetime,
) -> DisclosedLine:
    publication = locked(publication_id)
    check_works_for_city(mandate)
    check_stands_at(publication, PublicationState.REPLYING)
    line = line_of(publication, line_id)
    if amended is not None and not 0 < amended < line.late:
        raise AmendedToNothingLess(
            _("Số mới phải từ 1 đến %(most)d. Không còn hồ sơ nào thì hãy bỏ dòng này.")
            % {"most": line.late - 1}
        )
    line.change_reason = required_reason(reason, _("Hãy ghi lý do bỏ hoặc sửa dòng này."))
    check_names_no_citizen(publication, line.change_reason)
    line.is_struck, line.amended = is_struck, amended
    line.changed_by_id = mandate.officer_id
    line.changed_at = at
    line.save(update_fields=["is_struck", "amended", "change_reason", "changed_by", "changed_at"])
    ledger.record(
        LineChanged(
            line=line.pk,
            change="struck" if is_struck else "amended",
            late=line.late,
            amended=amended,
            reason=line.change_reason,
        ),
        subject=publication.subject,
        actor=mandate.actor,
        at=at,
    )
    return line
