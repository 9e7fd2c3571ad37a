"""A procedure's version in the words of its page. An amount that is not known is never nought."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.calendars.limits import Limit
from motcua.kernel import money
from motcua.offices.models import AgencyKind
from motcua.procedures.definitions import (
    Case,
    Channel,
    Component,
    FeeLine,
    OnlineLevel,
    StepAct,
    Version,
)
from motcua.web.words import Words, so_much_time

CHANNELS = {
    Channel.ONLINE: gettext_lazy("Nộp trực tuyến"),
    Channel.DIRECT: gettext_lazy("Nộp tại Bộ phận Một cửa"),
    Channel.POST: gettext_lazy("Gửi qua bưu điện"),
}
LEVELS = {
    OnlineLevel.FULL: gettext_lazy("Làm được hết trên mạng"),
    OnlineLevel.PARTIAL: gettext_lazy("Làm được một phần trên mạng"),
    OnlineLevel.INFO_ONLY: gettext_lazy("Chỉ có hướng dẫn trên mạng"),
}
ELSEWHERE = gettext_lazy("Nộp trên trang khác")
PAPER_FORMS = {
    "original": gettext_lazy("Bản chính"),
    "certified": gettext_lazy("Bản sao có chứng thực"),
    "copy": gettext_lazy("Bản chụp"),
}
# What a citizen meets at each kind of step; the route itself has the offices' words.
ACTS = {
    StepAct.RECEIVE: gettext_lazy("Nếu thiếu giấy tờ, cán bộ báo một lần và nói rõ thiếu gì."),
    StepAct.EXAMINE: gettext_lazy("Công chức xem hồ sơ và đề xuất cách giải quyết."),
    StepAct.DECIDE: gettext_lazy("Lãnh đạo ký kết quả."),
    StepAct.RETURN: gettext_lazy("Ông/Bà nhận kết quả theo cách đã chọn."),
}
OBLIGATION = gettext_lazy(
    "Nếu phải nộp thuế, Ông/Bà nhận thông báo. Thời gian chờ nộp không tính vào thời hạn."
)
# Where a fact has no single answer: a sheet of paper has nothing below, and says so otherwise.
SEE_WAYS = gettext_lazy("Xem từng cách nộp ở dưới.")
SEE_FEES = gettext_lazy("Xem từng khoản ở dưới.")
SEE_CASES = gettext_lazy("Xem từng trường hợp ở dưới.")
SEE_ORIGINAL = gettext_lazy("Xem chữ gốc ở cuối trang")
HEADINGS = {
    "time": gettext_lazy("Thời hạn"),
    "fee": gettext_lazy("Phí, lệ phí"),
    "where": gettext_lazy("Nơi giải quyết"),
    "level": gettext_lazy("Làm trên mạng"),
}


def procedure_page(version: Version) -> dict[str, Any]:
    """Return all that the page of a procedure shows."""
    cases = list(version.cases.values())
    other_ways = [
        words
        for channel, words in CHANNELS.items()
        if channel in version.channels and channel is not Channel.ONLINE
    ]
    return {
        "version": version,
        "time": _one_or_many([_times(case) for case in cases]),
        "fee": _one_or_many([_fee_of(case) for case in cases]),
        "settled_by": settled_by(version),
        "level": ELSEWHERE if version.elsewhere else LEVELS[version.level],
        "ways": [*_online(version), *other_ways],
        "other_ways": other_ways,
        "cases": [_case(case) for case in cases],
        "steps": _steps(version),
    }


def settled_by(version: Version) -> str:
    """Return who settles: the agency by name, or the kinds of agency."""
    return version.settling_agency or ", ".join(
        str(AgencyKind(kind).label) for kind in version.settled_by
    )


def time_words(limit: Limit) -> str:
    """Return a limit as "3 ngày làm việc"; one that ends the same day says so."""
    if limit.same_day_until is not None:
        return _("Trong ngày làm việc")
    return so_much_time(limit.amount, limit.unit)


def time_note(limit: Limit) -> str:
    """Return what else must be known of a limit, or no text."""
    if limit.same_day_until is None:
        return ""
    return _("Nộp sau %(hour)s thì trả trong ngày làm việc tiếp theo.") % {
        "hour": f"{limit.same_day_until:%H:%M}"
    }


def fee_words(fee: FeeLine) -> str:
    """Return what one fee line costs."""
    if fee.amount_dong is None:
        return _("Do Hội đồng nhân dân thành phố quy định")
    if fee.amount_dong == 0:
        return _("Miễn phí")
    amount = money.format_dong(fee.amount_dong)
    return f"{amount}/{fee.per}" if fee.per else amount


def _online(version: Version) -> list[Words]:
    """Return the way to file over the network, if there is one."""
    if version.files_online:
        return [CHANNELS[Channel.ONLINE]]
    if version.elsewhere:
        return [_("Nộp trên %(portal)s") % {"portal": version.elsewhere.name}]
    return []


def _times(case: Case) -> tuple[str, str]:
    limits = [case.limits[channel] for channel in CHANNELS if channel in case.limits]
    words = {(time_words(limit), time_note(limit)) for limit in limits}
    if len(words) == 1:
        return words.pop()
    return _("Tùy cách nộp"), str(SEE_WAYS)


def _fee_of(case: Case) -> tuple[str, str]:
    if not case.fees:
        return _("Không thu phí, lệ phí"), ""
    everybody_pays = [fee for fee in case.fees if fee.when is None]
    if len(everybody_pays) == 1:
        return fee_words(everybody_pays[0]), everybody_pays[0].name
    return _("Tùy việc Ông/Bà cần làm"), str(SEE_FEES)


def _one_or_many(facts: list[tuple[str, str]]) -> tuple[str, str]:
    if len(set(facts)) == 1:
        return facts[0]
    return _("Tùy trường hợp"), str(SEE_CASES)


def _case(case: Case) -> dict[str, Any]:
    return {
        "key": case.key,
        "name": case.name,
        "hint": case.hint,
        "times": [
            (words, time_words(case.limits[channel]), time_note(case.limits[channel]))
            for channel, words in CHANNELS.items()
            if channel in case.limits
        ],
        "papers": [_paper(component) for component in case.components],
        "fees": [
            {
                "name": fee.name,
                "amount": fee_words(fee),
                "hint": fee.hint,
                "channels": _only_through(fee.channels, case),
                "sometimes": fee.when is not None,
            }
            for fee in case.fees
        ],
    }


def _paper(component: Component) -> dict[str, Any]:
    return {
        "name": component.name,
        "hint": component.hint,
        "form": PAPER_FORMS.get(component.paper_form, component.paper_form),
        "sometimes": component.when is not None,
        "optional": not component.required,
    }


def _only_through(channels: frozenset[Channel], case: Case) -> str:
    """Return through which ways of filing a fee is due, if not through all of them."""
    if channels >= set(case.limits):
        return ""
    return ", ".join(str(words) for channel, words in CHANNELS.items() if channel in channels)


def _steps(version: Version) -> list[dict[str, Any]]:
    """Return the usual way along the route: at each fork the first of the ways on."""
    steps = []
    key: str | None = version.first_step
    seen: set[str] = set()
    while key is not None and key not in seen:
        seen.add(key)
        step = version.steps[key]
        text = OBLIGATION if step.obligation else ACTS[step.act]
        steps.append({"name": step.name, "text": text})
        key = step.next[0] if step.next else None
    return steps
