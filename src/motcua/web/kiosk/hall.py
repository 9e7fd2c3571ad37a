"""The kiosk's first page, and what it tells without being asked much: hours, calls, help."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from motcua.calendars.definitions import WEEKDAYS
from motcua.kernel import clock
from motcua.kernel.clock import day_of
from motcua.offices.models import Unit
from motcua.offices.queries import is_open, next_opening, week_of
from motcua.web.words import Words

from .access import gives_numbers_to, in_the_hall, named
from .lines import line_shown


@dataclass(frozen=True, kw_only=True)
class Door:
    """One of the six big buttons."""

    label: Words
    hint: Words
    url_name: str
    icon: str


DOORS = (
    Door(
        label=_("Lấy số thứ tự"),
        hint=_("Nộp hồ sơ, nhận kết quả, hỏi thủ tục"),
        url_name="kiosk:purposes",
        icon="list",
    ),
    Door(
        label=_("Tra cứu hồ sơ"),
        hint=_("Quét mã QR trên giấy tiếp nhận"),
        url_name="kiosk:lookup",
        icon="scan",
    ),
    Door(
        label=_("Tìm thủ tục"),
        hint=_("Cần giấy tờ gì"),
        url_name="kiosk:procedures",
        icon="doc",
    ),
    Door(
        label=_("Số đang gọi"),
        hint=_("Quầy nào đang gọi số nào"),
        url_name="kiosk:calls",
        icon="sound",
    ),
    Door(
        label=_("Giờ phục vụ"),
        hint=_("Hôm nay và bảy ngày tới"),
        url_name="kiosk:hours",
        icon="clock",
    ),
    Door(
        label=_("Cần người giúp"),
        hint=_("Gọi điện hoặc gặp cán bộ"),
        url_name="kiosk:help",
        icon="hand",
    ),
)


@in_the_hall
@require_safe
def start(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Ask what somebody wants, with six answers."""
    context = {**named(unit), "doors": DOORS, **opening(unit)}
    return render(request, "kiosk/start.html", context)


@in_the_hall
@require_safe
def hours(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Tell when the counters serve, today and in the week to come."""
    today = day_of(clock.now())
    week = [
        {"name": WEEKDAYS[day.weekday()], "day": day, "spans": spans, "is_today": day == today}
        for day, spans in week_of(unit.pk, today)
    ]
    return render(request, "kiosk/hours.html", {**named(unit), "week": week, **opening(unit)})


@in_the_hall
@require_safe
def calls(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Tell which counter calls which number."""
    line = line_shown(unit.pk, day_of(clock.now()))
    return render(request, "kiosk/calls.html", {**named(unit), "line": line, **opening(unit)})


@in_the_hall
@require_safe
def help_page(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Tell whom to ask."""
    context = {**named(unit), "can_take": gives_numbers_to(request), **opening(unit)}
    return render(request, "kiosk/help.html", context)


def opening(unit: Unit) -> dict[str, object]:
    """Return whether the counters serve now, and when they do next."""
    now = clock.now()
    is_open_now = is_open(unit.pk, now)
    return {
        "is_open": is_open_now,
        "opens_at": None if is_open_now else next_opening(unit.pk, now),
    }
