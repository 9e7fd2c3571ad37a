"""When counters serve: the week of a unit and the days that differ, and where its kiosk stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from motcua.calendars.definitions import WEEKDAYS
from motcua.kernel import clock, text
from motcua.offices import services
from motcua.offices.definitions import Span
from motcua.offices.models import Unit
from motcua.offices.queries import (
    ToldHours,
    UnitIsClosed,
    check_unit_open,
    hours_told,
    is_open,
    one_stop_units,
    week_of,
)
from motcua.web import days
from motcua.web.access import OfficerRequest, administrator_required
from motcua.web.acting import Problems, Refusals, attempt, errors_of
from motcua.web.words import Words

from .stretches import NoStretch, stretches

WEEK, EXCEPTION, LIFT = "week", "exception", "lift"

_REFUSALS = Refusals(
    to_mend=(services.UnusableHours, services.AlreadyExcepted, services.NotExcepted),
    not_now=(),
    layout="layouts/console.html",
)


@dataclass(kw_only=True)
class Typed:
    """What an administrator sent: as it was typed, as it was read, and what could not be."""

    values: dict[str, Any]
    days: dict[str, date] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    problems: Problems = field(default_factory=list)

    def faults(self, key: str, message: str) -> None:
        """Note what is wrong with a box."""
        self.problems.append({"key": key, "message": message})


@administrator_required
@require_safe
def index(request: OfficerRequest) -> HttpResponse:
    """Show every unit that receives people: whether it serves now, its kiosk and its screen."""
    now = clock.now()
    words = request.GET.get("q", "").strip()
    wanted = text.fold(words)
    units = [
        (unit, is_open(unit.pk, now))
        for unit in one_stop_units(clock.today())
        if wanted in text.fold(unit.agency.name)
    ]
    return render(request, "console/service_hours/index.html", {"units": units, "words": words})


@administrator_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: OfficerRequest, unit_id: int) -> HttpResponse:
    """Show a unit's hours; change its week, except some days, or lift what excepts them."""
    try:
        unit = check_unit_open(unit_id, clock.today())
    except UnitIsClosed:
        raise Http404 from None
    if request.method != "POST":
        return _page(request, unit, Typed(values={}))
    asked = _ACTS.get(request.POST.get("act", ""))
    if asked is None:
        raise Http404
    read, change, told = asked
    typed = read(request.POST)
    if typed.problems:
        return _page(request, unit, typed)

    def act() -> Words:
        change(unit, typed, actor=request.mandate.actor, at=clock.now())
        return told

    def again(lacking: Exception) -> HttpResponse:
        typed.faults("", str(lacking))
        return _page(request, unit, typed)

    then = reverse("console:unit-hours", args=[unit.pk])
    return attempt(request, act, refusals=_REFUSALS, then=then, again=again)


def _read_week(posted: QueryDict) -> Typed:
    chosen = [each for each in posted.getlist("weekdays") if each in _weekday_values()]
    typed = Typed(values={"weekdays": chosen, "week_spans": posted.get("week_spans", "")})
    if not chosen:
        typed.faults("weekdays", _("Chọn ít nhất một ngày trong tuần."))
    _read_day(typed, posted, "since")
    _read_spans(typed, "week_spans")
    return typed


def _read_exception(posted: QueryDict) -> Typed:
    reason = text.clean(posted.get("reason", ""))
    typed = Typed(values={"reason": reason, "day_spans": posted.get("day_spans", "")})
    _read_day(typed, posted, "first")
    _read_day(typed, posted, "last", otherwise="first")
    _read_spans(typed, "day_spans")
    if not reason:
        typed.faults("reason", _("Ghi lý do, ví dụ: mất điện."))
    return typed


def _read_lift(posted: QueryDict) -> Typed:
    typed = Typed(values={})
    for name in ("first", "last"):
        try:
            typed.days[name] = date.fromisoformat(posted.get(name, ""))
        except ValueError:
            raise Http404 from None  # a button says it, nobody types it
    return typed


def _read_day(typed: Typed, posted: QueryDict, name: str, *, otherwise: str = "") -> None:
    typed.values[name] = days.typed_day(posted, name)
    try:
        day = days.posted_day(posted, name) if otherwise else days.required_day(posted, name)
    except days.NoSuchDay as wrong:
        typed.faults(name, str(wrong))
        return
    if day := day or typed.days.get(otherwise):
        typed.days[name] = day


def _read_spans(typed: Typed, name: str) -> None:
    try:
        typed.spans = [
            Span(opens=opens, closes=closes) for opens, closes in stretches(typed.values[name])
        ]
    except NoStretch as wrong:
        typed.faults(name, str(wrong))


def _change_week(unit: Unit, typed: Typed, **who: Any) -> None:
    services.set_service_hours(
        unit_id=unit.pk,
        weekdays=[int(each) for each in typed.values["weekdays"]],
        spans=typed.spans,
        since=typed.days["since"],
        **who,
    )


def _except(unit: Unit, typed: Typed, **who: Any) -> None:
    services.except_service_hours(
        unit_id=unit.pk,
        first=typed.days["first"],
        last=typed.days["last"],
        spans=typed.spans,
        reason=typed.values["reason"],
        **who,
    )


def _lift(unit: Unit, typed: Typed, **who: Any) -> None:
    services.lift_service_exception(
        unit_id=unit.pk, first=typed.days["first"], last=typed.days["last"], **who
    )


# What each button reads, does and says.
_ACTS: dict[str, tuple[Callable[[QueryDict], Typed], Callable[..., None], Words]] = {
    WEEK: (_read_week, _change_week, gettext_lazy("Đã đổi giờ phục vụ trong tuần.")),
    EXCEPTION: (
        _read_exception,
        _except,
        gettext_lazy("Đã ghi giờ phục vụ riêng của những ngày đó."),
    ),
    LIFT: (_read_lift, _lift, gettext_lazy("Những ngày đó lại theo giờ trong tuần.")),
}


def _weekday_values() -> list[str]:
    return [str(number) for number in range(len(WEEKDAYS))]


def _page(request: OfficerRequest, unit: Unit, typed: Typed) -> HttpResponse:
    today = clock.today()
    week, exceptions = hours_told(unit.pk, today)
    context = {
        "unit": unit,
        "agency": unit.agency,
        "is_open": is_open(unit.pk, clock.now()),
        "week": [(WEEKDAYS[day.weekday()], day, spans) for day, spans in week_of(unit.pk, today)],
        "told_week": [(_weekday_words(told), told) for told in week],
        "exceptions": exceptions,
        "weekdays": [
            {"value": value, "label": WEEKDAYS[int(value)]} for value in _weekday_values()
        ],
        "values": typed.values,
        "problems": typed.problems,
        "errors": errors_of(typed.problems),
        "acts": {"week": WEEK, "exception": EXCEPTION, "lift": LIFT},
    }
    return render(
        request,
        "console/service_hours/show.html",
        context,
        status=422 if typed.problems else 200,
    )


def _weekday_words(told: ToldHours) -> str:
    return ", ".join(str(WEEKDAYS[number]) for number in told.weekdays)
