"""What a criterion counts that is no dossier: procedures, agencies and petitions, one by one."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from motcua.kernel import clock
from motcua.procedures.definitions import OnlineLevel
from motcua.steering.queries.index766 import Listed, PublishedPart, Reason, can_list, listed
from motcua.web.access import OfficerRequest
from motcua.web.board.access import overseer_required
from motcua.web.pages import page_asked
from motcua.web.words import Words

from .asked import Asked, Refused, asked_of
from .shown import COUNTED, LISTING, count, criterion_line

PAGE_ROWS = 50
NOT_COUNTED = "khong-tinh"

LEVELS: Mapping[OnlineLevel, Words] = {
    OnlineLevel.FULL: gettext_lazy("Dịch vụ công trực tuyến toàn trình"),
    OnlineLevel.PARTIAL: gettext_lazy("Dịch vụ công trực tuyến một phần"),
    OnlineLevel.INFO_ONLY: gettext_lazy("Chỉ cung cấp thông tin trực tuyến"),
}
_PARTS: Mapping[PublishedPart, Words] = {
    PublishedPart.NAME: gettext_lazy("tên"),
    PublishedPart.STEPS: gettext_lazy("trình tự"),
    PublishedPart.METHOD: gettext_lazy("cách thức"),
    PublishedPart.TIME: gettext_lazy("thời hạn"),
    PublishedPart.SUBJECT: gettext_lazy("đối tượng"),
    PublishedPart.AGENCY: gettext_lazy("cơ quan thực hiện"),
}


@overseer_required
@require_safe
def show(request: OfficerRequest, code: str) -> HttpResponse:
    """Show what the denominator of a criterion counts, and why the numerator does or does not."""
    try:
        asked = asked_of(request)
    except Refused:
        # The screen of the index says what is wrong with the address.
        return redirect(f"{reverse('board:index766')}?{request.GET.urlencode()}")
    score = asked.figures.score(asked.subject).of(code)
    if score is None or not can_list(score.criterion):
        raise Http404
    everything = listed(asked.figures, asked.subject, score.criterion)
    which = request.GET.get(LISTING, "")
    shown = [each for each in everything if _is_asked(each, which)]
    page = Paginator(shown, PAGE_ROWS).get_page(page_asked(request))
    return render(
        request,
        "board/index766/listing.html",
        {
            "asked": asked,
            "line": criterion_line(asked, score),
            "tabs": _tabs(asked, everything, which),
            "count": page.paginator.count,
            "page": page,
            "query": asked.query(**{LISTING: which}) + "&",
            "back": f"{reverse('board:index766')}?{asked.query()}",
            "lines": [
                {"each": each, "why": _why(each), "level": LEVELS[each.level] if each.level else ""}
                for each in page
            ],
        },
    )


def _is_asked(each: Listed, which: str) -> bool:
    return which not in (COUNTED, NOT_COUNTED) or each.is_counted is (which == COUNTED)


def _tabs(asked: Asked, everything: list[Listed], which: str) -> list[dict[str, Any]]:
    counted = sum(each.is_counted for each in everything)
    tabs = (
        ("", _("Tất cả"), len(everything)),
        (COUNTED, _("Được tính"), counted),
        (NOT_COUNTED, _("Không được tính"), len(everything) - counted),
    )
    return [
        {
            "label": label,
            "count": number,
            "href": f"?{asked.query(**{LISTING: key})}",
            "current": key == which,
        }
        for key, label, number in tabs
    ]


def _why(each: Listed) -> str:
    """Return in words why something is counted, or is not."""
    told = {name: _day(value) for name, value in each.told.items()}
    match each.reason:
        case Reason.SIGNED:
            return _("Quyết định %(number)s ký ngày %(on)s; hạn là ngày %(by)s.") % told
        case Reason.PUBLISHED:
            return _("Quyết định %(number)s: công khai ngày %(on)s; hạn là ngày %(by)s.") % told
        case Reason.NOT_PUBLISHED:
            return _("Quyết định %(number)s: chưa công khai; hạn là ngày %(by)s.") % told
        case Reason.COMPLETE:
            return _("Đủ các bộ phận phải công khai.")
        case Reason.INCOMPLETE:
            parts = ", ".join(str(_PARTS[part]) for part in each.told["parts"])
            return _("Thiếu: %(parts)s.") % {"parts": parts}
        case Reason.ONLINE_LEVEL:
            return f"{LEVELS[each.told['level']]}."
        case Reason.PAYABLE:
            return _("Có thanh toán trực tuyến trong 12 tháng.")
        case Reason.NOT_PAYABLE:
            return _("Không có thanh toán trực tuyến nào trong 12 tháng.")
        case Reason.FILED_ONLINE:
            return _("Hồ sơ nộp trực tuyến trong kỳ: %(dossiers)s.") % _counted(told)
        case Reason.PAID_ONLINE:
            return _("Hồ sơ thanh toán trực tuyến trong kỳ: %(dossiers)s.") % _counted(told)
        case Reason.CITIZEN_DATA:
            return _("Hồ sơ dùng dữ liệu dân cư trong kỳ: %(dossiers)s.") % _counted(told)
        case Reason.ELECTRONIC_COPIES:
            return _("Hồ sơ có bản sao chứng thực điện tử trong kỳ: %(dossiers)s.") % _counted(told)
        case Reason.ANSWERED:
            return _("Trả lời ngày %(at)s; hạn là ngày %(by)s.") % told
        case Reason.DISLIKED:
            return _("Trả lời ngày %(at)s, người gửi không hài lòng.") % told
        case Reason.NOT_ANSWERED:
            return _("Chưa trả lời; hạn là ngày %(by)s.") % told


def _day(value: Any) -> Any:
    if isinstance(value, datetime):
        value = clock.day_of(value)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


def _counted(told: Mapping[str, Any]) -> dict[str, str]:
    return {"dossiers": count(told["dossiers"])}
