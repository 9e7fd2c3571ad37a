"""Who may set a target and what it may be; who may explain a missed one, and who answers."""

from datetime import date

from django.utils.translation import gettext as _

from motcua.offices.models import Agency, AgencyKind, PostRole
from motcua.offices.queries import Mandate, leads_city, works_for_city
from motcua.steering.definitions import Period
from motcua.steering.definitions.targets import FALLING_SHORT, Outlook
from motcua.steering.models import TargetExplanation


class NotForYou(Exception):
    """Targets are set and explained by those who answer for them."""


class NoSuchPeriod(Exception):
    """The agency was not there in the period, or the period is over."""


class BelowTheMinimum(Exception):
    """A target is at least what the city gave."""


class MoreThanAll(Exception):
    """No share is more than all dossiers."""


class NothingToExplain(Exception):
    """The target is met, or is on the way to be."""


class AnsweredAlready(Exception):
    """An explanation is answered once."""


def check_may_set(mandate: Mandate, agency: Agency, period: Period, *, on: date) -> None:
    """
    Stop who may not set this agency's target for the period (Plan 67/KH-UBND, II.1.k).

    :raises NotForYou: if neither the head of the agency's district nor a leader of the city
    :raises NoSuchPeriod: if the agency does not exist in it, or it is over
    """
    check_agency_exists(agency, period)
    if period.last < on:
        raise NoSuchPeriod(
            _("%(period)s đã kết thúc; chỉ tiêu của kỳ đã qua được giữ nguyên.")
            % {"period": _capital(period.name)}
        )
    if leads_city(mandate):
        return
    if agency.kind != AgencyKind.COMMUNE:
        raise NotForYou(
            _("Chỉ tiêu của %(agency)s do lãnh đạo Ủy ban nhân dân thành phố giao.")
            % {"agency": agency.name}
        )
    if not _leads(mandate, agency.parent_id):
        raise NotForYou(
            _("Chỉ tiêu của %(agency)s do Chủ tịch Ủy ban nhân dân quận, huyện của địa bàn giao.")
            % {"agency": agency.name}
        )


def check_agency_exists(agency: Agency, period: Period) -> None:
    """
    Stop a target for a period of which the agency saw no day.

    :raises NoSuchPeriod: with the days between which there is such an agency
    """
    ended = agency.valid_to is not None and agency.valid_to < period.first
    if ended or agency.valid_from > period.last:
        raise NoSuchPeriod(
            _("%(agency)s không tồn tại trong %(period)s (hoạt động %(stretch)s).")
            % {
                "agency": agency.name,
                "period": period.name,
                "stretch": _stretch(agency.valid_from, agency.valid_to),
            }
        )


def check_share(tenths: int, minimum_tenths: int, *, because: str) -> None:
    """
    Stop a share that is less than the city asks for, or more than there are dossiers.

    :raises MoreThanAll: if it is above 100 %
    :raises BelowTheMinimum: with what it must be at least, and why
    """
    if tenths > 1000:
        raise MoreThanAll(_("Chỉ tiêu không được vượt quá 100 %."))
    if tenths < max(minimum_tenths, 1):
        raise BelowTheMinimum(
            _("Chỉ tiêu phải từ %(least)s %% trở lên: %(because)s.")
            % {"least": _percent(minimum_tenths), "because": because}
        )


def check_may_explain(mandate: Mandate, agency_id: int, outlook: Outlook) -> None:
    """
    Stop an explanation that is not the officer's to give, or that nobody needs.

    :raises NotForYou: if the officer does not lead the agency
    :raises NothingToExplain: if the target is neither missed nor about to be
    """
    if not _leads(mandate, agency_id):
        raise NotForYou(_("Giải trình do người đứng đầu cơ quan được giao chỉ tiêu lập."))
    if outlook not in FALLING_SHORT:
        raise NothingToExplain(
            _("Chỉ tiêu đã đạt hoặc được dự báo sẽ đạt, nên chưa cần giải trình.")
        )


def check_may_answer(mandate: Mandate, explanation: TargetExplanation) -> None:
    """
    Stop who may not answer an explanation, or a second answer.

    :raises NotForYou: if the officer does not work for the committee of the city or its office
    :raises AnsweredAlready: if somebody did
    """
    if not (works_for_city(mandate) or leads_city(mandate)):
        raise NotForYou(_("Giải trình do Văn phòng Ủy ban nhân dân thành phố trả lời."))
    if explanation.answered_at is not None:
        raise AnsweredAlready(_("Giải trình này đã được trả lời."))


def _leads(mandate: Mandate, agency_id: int | None) -> bool:
    return any(
        post.role == PostRole.LEADER and post.agency_id == agency_id for post in mandate.posts
    )


def _percent(tenths: int) -> str:
    return f"{tenths // 10},{tenths % 10}" if tenths % 10 else str(tenths // 10)


def _stretch(first: date, last: date | None) -> str:
    if last is None:
        return _("từ %(first)s") % {"first": f"{first:%d/%m/%Y}"}
    return _("từ %(first)s đến %(last)s") % {
        "first": f"{first:%d/%m/%Y}",
        "last": f"{last:%d/%m/%Y}",
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
