"""What the address of a board asks for: the day and its hour, the map, the order, an agency."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.kernel.clock import CITY_TIME, day_of
from motcua.steering.queries import TheFutureIsNotKnown, moment_seen
from motcua.steering.queries.targets import Board, MapRead, Row, row_of
from motcua.web.access import OfficerRequest
from motcua.web.board.access import check_seen

DAY, HOUR = "den-ngay", "luc"
MAP = "ban-do"
_MAPS = {"cu": MapRead.OLD, "moi": MapRead.NEW}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The moment and the map asked for. A moment that cannot be is said, and now is shown."""

    as_of: date | datetime | None
    by: MapRead
    sort: str
    descending: bool
    typed: str
    typed_hour: str
    problem: str

    def query(self, **changes: str) -> str:
        """Return the address's tail with some of it changed; an empty value is left out."""
        day, hour = self.as_of, ""
        if isinstance(day, datetime):
            day, hour = day.date(), f"{day:%H:%M}"
        parts = {
            DAY: day.isoformat() if day else "",
            HOUR: hour,
            MAP: "moi" if self.by is MapRead.NEW else "",
            "sap": self.sort,
            "chieu": "giam" if self.descending else "",
        } | changes
        return urlencode({name: value for name, value in parts.items() if value})

    @cached_property
    def here(self) -> str:
        """Return the tail that goes along to other pages: the moment and the map."""
        return self.query(sap="", chieu="")


def asked_of(request: HttpRequest, *, now: datetime) -> Asked:
    """Read the address; what it says wrongly is told in `problem`."""
    get = request.GET
    typed, typed_hour = get.get(DAY, "").strip()[:20], get.get(HOUR, "").strip()[:20]
    as_of, problem = None, ""
    try:
        as_of = _as_of(typed, typed_hour, now=now)
    except (_NotAMoment, TheFutureIsNotKnown) as error:
        problem = str(error)
    return Asked(
        as_of=as_of,
        by=_MAPS.get(get.get(MAP, ""), MapRead.OLD),
        sort=get.get("sap", "")[:20],
        descending=get.get("chieu") == "giam",
        typed=typed,
        typed_hour=typed_hour,
        problem=problem,
    )


def row_or_404(
    request: OfficerRequest, code: str, asked: Asked, *, now: datetime
) -> tuple[Board, Row]:
    """
    Return the board as it is asked for, and the agency's row of it.

    :raises Http404: if it has no such row, or the agency is none that the officer answers for
    """
    found = row_of(code, as_of=asked.as_of, at=now, by=asked.by)
    if found is None:
        raise Http404
    check_seen(request, found[1].agency_id)
    return found


def told_where(url_name: str, request: HttpRequest, *args: str) -> HttpResponse:
    """Lead to the screen that says what is wrong with the address: no file is of another moment."""
    return redirect(f"{reverse(url_name, args=args)}?{request.GET.urlencode()}")


class _NotAMoment(ValueError):
    """What was typed is no day, no hour, or lies before all figures."""


def _as_of(typed: str, hour: str, *, now: datetime) -> date | datetime | None:
    if not typed and not hour:
        return None
    try:
        day = date.fromisoformat(typed) if typed else day_of(now)
    except ValueError:
        raise _NotAMoment(_("“%(typed)s” không phải là một ngày.") % {"typed": typed}) from None
    if day.year < _FIRST_YEAR:
        raise _NotAMoment(_("Chưa có số liệu trước năm %(year)d.") % {"year": _FIRST_YEAR})
    if not hour:
        moment_seen(day, at=now)
        return None if day == day_of(now) else day
    try:
        at = datetime.combine(day, time.fromisoformat(hour), CITY_TIME)
    except ValueError:
        raise _NotAMoment(_("“%(typed)s” không phải là một giờ.") % {"typed": hour}) from None
    return moment_seen(at, at=now)


# Nothing was received here before; a year of two digits is a slip.
_FIRST_YEAR = 2000
