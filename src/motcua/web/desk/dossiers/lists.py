"""Work lists: what waits for this officer, the most urgent first, and the search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from motcua.dossiers import queries
from motcua.dossiers.queries import Beside, DeskCounts, Line, Listing, OpenedTab, Tab
from motcua.kernel import clock
from motcua.procedures.queries import published
from motcua.web.access import OfficerRequest, officer_required
from motcua.web.asked import counting_asked, waiting_of
from motcua.web.pages import page_asked
from motcua.web.words import Words

from .rows import rows_of

PAGE_ROWS = 25
# Nobody leafs through more; the filters and the search find the rest.
ROWS_MAX = 2000
PAGES_MAX = ROWS_MAX // PAGE_ROWS

Counts = Mapping[Tab, int]


@dataclass(frozen=True, kw_only=True)
class _Words:
    label: Words
    empty: Words
    empty_why: Words
    tone: str = ""


WORDS = {
    Tab.INTAKE: _Words(
        label=_("Chờ tiếp nhận"),
        empty=_("Không còn hồ sơ chờ tiếp nhận"),
        empty_why=_("Hồ sơ nộp trực tuyến mới sẽ hiện ở đây ngay khi người dân nộp."),
    ),
    Tab.TO_RETURN: _Words(
        label=_("Chờ trả kết quả"),
        empty=_("Không còn kết quả chờ trả"),
        empty_why=_("Khi lãnh đạo ký xong, hồ sơ sẽ hiện ở đây."),
    ),
    Tab.TO_DECIDE: _Words(
        label=_("Chờ ký"),
        empty=_("Không còn hồ sơ chờ ký"),
        empty_why=_("Hồ sơ đã thẩm tra xong và trình ký sẽ hiện ở đây."),
    ),
    Tab.MINE: _Words(
        label=_("Đang xử lý"),
        empty=_("Ông/Bà không còn hồ sơ nào đang xử lý"),
        empty_why=_("Hãy nhận hồ sơ ở nhóm “Chưa có người nhận”."),
    ),
    Tab.UNASSIGNED: _Words(
        label=_("Chưa có người nhận"),
        empty=_("Mọi hồ sơ đều đã có người nhận"),
        empty_why=_("Hồ sơ mới được tiếp nhận sẽ hiện ở đây."),
    ),
    Tab.NEAR: _Words(
        label=_("Sắp đến hạn"),
        empty=_("Không có hồ sơ sắp đến hạn"),
        empty_why=_("Hồ sơ còn dưới một ngày sẽ hiện ở đây."),
        tone="due",
    ),
    Tab.OVERDUE: _Words(
        label=_("Trễ hạn"),
        empty=_("Không có hồ sơ trễ hạn"),
        empty_why=_("Cảm ơn Ông/Bà đã giữ đúng hẹn với người dân."),
        tone="overdue",
    ),
    Tab.ASKED: _Words(
        label=_("Chờ lãnh đạo trả lời"),
        empty=_("Không có đề nghị nào chờ lãnh đạo trả lời"),
        empty_why=_("Người nộp xin rút hồ sơ, cán bộ đề nghị bổ sung thêm sẽ hiện ở đây."),
    ),
    Tab.WAITING: _Words(
        label=_("Đang chờ bên khác"),
        empty=_("Không có hồ sơ nào đang chờ bên khác"),
        empty_why=_("Hồ sơ chờ người nộp, chờ cơ quan khác hoặc tạm ngừng sẽ hiện ở đây."),
    ),
    Tab.CLOSED: _Words(
        label=_("Đã kết thúc"),
        empty=_("Chưa có hồ sơ nào kết thúc"),
        empty_why=_("Hồ sơ đã trả kết quả, bị từ chối, đã rút hoặc dừng sẽ hiện ở đây."),
    ),
}


@dataclass(frozen=True, kw_only=True)
class _Link:
    """A tab as the page shows it."""

    label: Words = field(compare=False)  # the address tells tabs apart
    href: str
    current: bool
    count: int | None
    tone: str


_SCREENS = {Tab.INTAKE: "desk:intake", Tab.TO_RETURN: "desk:returns"}


@officer_required
@require_safe
def home(request: OfficerRequest) -> HttpResponse:
    """Show the officer's work, under the tab asked for or the first that the officer has."""
    tabs = queries.tabs_for(request.mandate)
    asked_for = request.GET.get("tab", "")
    tab = Tab(asked_for) if asked_for in tabs else tabs[0]
    return _list(request, tab, title=_("Hồ sơ của tôi"))


@officer_required
@require_safe
def intake(request: OfficerRequest) -> HttpResponse:
    """Show the dossiers that wait for an answer within eight working hours."""
    return _list(request, Tab.INTAKE, title=_("Tiếp nhận trực tuyến"))


@officer_required
@require_safe
def returns(request: OfficerRequest) -> HttpResponse:
    """Show the results that wait to be handed over."""
    return _list(request, Tab.TO_RETURN, title=_("Trả kết quả"))


@officer_required
@require_safe
def search(request: OfficerRequest) -> HttpResponse:
    """Find dossiers by code or by the owner's name, accents or not."""
    words = request.GET.get("q", "").strip()[:100]
    found = queries.found_by(request.mandate, words)
    page = _page(request, found)
    only = page.object_list[0] if len(page.object_list) == 1 else None
    if only is not None and only.code.casefold() == words.casefold():
        return redirect("desk:dossier", code=only.code)
    now = clock.now()
    return render(
        request,
        "desk/dossiers/search.html",
        {
            "words": words,
            "page": page,
            "rows": rows_of(page.object_list, now=now),
            "query": urlencode({"q": words}) + "&",
            "now": now,
        },
    )


def _list(request: OfficerRequest, tab: Tab, *, title: Words) -> HttpResponse:
    now = clock.now()
    procedure = request.GET.get("procedure", "")[:50]
    words = request.GET.get("words", "").strip()[:100]
    is_narrowed = bool(procedure or words)
    asked_too = counting_asked(request.mandate, on=clock.day_of(now))
    if is_narrowed:
        whole = queries.work_list(request.mandate, tab, at=now)
        page = _page(request, queries.narrowed(whole, procedure=procedure, words=words))
        desk = queries.desk_counts(request.mandate, at=now, beside=asked_too)
    else:
        page, desk = _opened(request, tab, now, asked_too)
    request.waiting = waiting_of(desk.beside, unread=desk.notices)
    asked = {"tab": tab.value, "procedure": procedure, "words": words}
    rows = rows_of(page.object_list, now=now)
    procedures = tuple([(each.code, each.name) for each in published(clock.day_of(now))])
    place = page.number, page.paginator.count
    # Who has no such tab has no such work: a counter hands over what others settle late.
    overdue = desk.tabs.get(Tab.OVERDUE, 0)
    return render(
        request,
        "desk/dossiers/_kept_list.html",
        {
            "title": title,
            "tab": tab,
            "is_home": request.path == _path("desk:home"),
            "is_intake": tab is Tab.INTAKE,
            "tabs": _tabs(request, tab, desk.tabs),
            "empty": WORDS[tab],
            "page": page,
            "rows": rows,
            "query": urlencode({key: value for key, value in asked.items() if value}) + "&",
            "export_href": _path("desk:export"),
            "procedures": procedures,
            "procedure": procedure,
            "words": words,
            "is_narrowed": is_narrowed,
            "overdue": overdue if tab is not Tab.OVERDUE else 0,
            "overdue_href": _href(Tab.OVERDUE),
            "counts": _menu_counts(desk.tabs),
            "now": now,
            # All else that is shown follows from this and from the frame, but for `now`.
            "drawn_of": (
                (request.path, tab, procedure, words, *desk.tabs.values()),
                (procedures, rows, *place),
            ),
        },
    )


def _opened(
    request: OfficerRequest, tab: Tab, now: datetime, beside: Beside
) -> tuple[Page, DeskCounts]:
    def read(start: int) -> OpenedTab:
        return queries.opened_tab(
            request.mandate,
            tab,
            at=now,
            start=start,
            stop=start + PAGE_ROWS,
            up_to=ROWS_MAX,
            beside=beside,
        )

    # The page asked for is read before it is known whether there are so many.
    wanted = min(page_asked(request), PAGES_MAX)
    opened = read((wanted - 1) * PAGE_ROWS)
    pages = Paginator(range(min(opened.count, ROWS_MAX)), PAGE_ROWS)
    page = pages.get_page(wanted)
    if page.number != wanted:
        opened = read((page.number - 1) * PAGE_ROWS)
    return Page(opened.lines, page.number, pages), opened.desk


class _Rows(Sequence[Line]):
    """A list as Paginator wants it: so many, and any stretch of them."""

    def __init__(self, dossiers: Listing) -> None:
        self._dossiers = dossiers
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            self._count = self._dossiers.count(up_to=ROWS_MAX)
        return self._count

    def __getitem__(self, asked: Any) -> Any:
        return self._dossiers.lines(asked.start, asked.stop)


def _page(request: OfficerRequest, dossiers: Listing) -> Page:
    return Paginator(_Rows(dossiers), PAGE_ROWS).get_page(page_asked(request))


def _tabs(request: OfficerRequest, current: Tab, counts: Counts) -> list[_Link]:
    return [
        _Link(
            label=WORDS[tab].label,
            href=_href(tab),
            current=tab is current,
            count=counts.get(tab),
            tone=WORDS[tab].tone if counts.get(tab) else "",
        )
        for tab in queries.tabs_for(request.mandate)
    ]


def _href(tab: Tab) -> str:
    if tab in _SCREENS:
        return _path(_SCREENS[tab])
    return f"{_path('desk:home')}?tab={tab.value}"


def _menu_counts(counts: Counts) -> dict[str, int]:
    return {_path(name): counts[tab] for tab, name in _SCREENS.items() if tab in counts}


@cache
def _path(url_name: str) -> str:
    return reverse(url_name)
