"""What the address of a screen of the index asks for: whose, which period, as known when."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _

from motcua.kernel import clock
from motcua.procedures.definitions import Problem
from motcua.steering.definitions import NotAPeriod, Period, parse_period
from motcua.steering.definitions.index766 import NoProfile
from motcua.steering.queries import TheFutureIsNotKnown
from motcua.steering.queries.index766 import Figures, NoSuchSubject, Subject, figures
from motcua.web.access import OfficerRequest
from motcua.web.board.access import seen_ids

MONTHS_BACK, QUARTERS_BACK, YEARS_BACK = 12, 4, 2


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked for, and the figures it is answered from."""

    figures: Figures
    subject: Subject
    seen: tuple[Subject, ...]  # whose index the officer may see

    @property
    def is_live(self) -> bool:
        """Whether the figures may still change while one looks at them."""
        today = clock.day_of(self.figures.at)
        return self.figures.as_of is None and self.figures.period.last >= today

    def query(self, **changes: str) -> str:
        """Return the address's tail with some of it changed; an empty value is left out."""
        as_of = self.figures.as_of
        parts = {
            "ky": self.figures.period.key,
            "co-quan": self.subject.code,
            "den-ngay": as_of.isoformat() if as_of else "",
        } | changes
        return urlencode({name: value for name, value in parts.items() if value})


class Refused(Exception):
    """What is asked for cannot be shown; the problem says why and which field to mend."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(key=key, message=message)


def asked_of(request: OfficerRequest) -> Asked:
    """
    Return what the address asks for; without words it is this month, of what the officer may see.

    :raises Refused: if the period or the day cannot be
    :raises Http404: if the agency is not one that the officer may see
    """
    now = clock.now()
    period = _period(request.GET.get("ky", ""), clock.day_of(now))
    as_of = _day(request.GET.get("den-ngay", ""))
    try:
        found = figures(period, as_of=as_of, at=now)
    except (TheFutureIsNotKnown, NoProfile) as refusal:
        blamed = "den-ngay" if as_of and as_of > clock.day_of(now) else "ky"
        raise Refused(blamed, str(refusal)) from refusal
    seen, theirs = found.subjects.all, seen_ids(request.mandate)
    if theirs is not None:
        seen = tuple(each for each in seen if each.agency_id in theirs)
    code = request.GET.get("co-quan", "")
    if not seen:
        raise Http404
    if not code:
        return Asked(figures=found, subject=seen[0], seen=seen)
    try:
        subject = found.subjects.with_code(code)
    except NoSuchSubject as error:
        raise Http404 from error
    if subject not in seen:
        raise Http404
    return Asked(figures=found, subject=subject, seen=seen)


def periods(today: date) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the periods to choose from, the latest first, by kind."""
    kinds = (
        (_("Tháng"), Period.month(today.year, today.month), MONTHS_BACK),
        (_("Quý"), Period.quarter(today.year, (today.month + 2) // 3), QUARTERS_BACK),
        (_("Năm"), Period.year(today.year), YEARS_BACK),
    )
    groups = []
    for label, period, back in kinds:
        members = []
        for _each in range(back):
            members.append((period.key, period.name[:1].upper() + period.name[1:]))
            period = period.before
        groups.append((label, tuple(members)))
    return tuple(groups)


def _period(text: str, today: date) -> Period:
    if not text:
        return Period.month(today.year, today.month)
    try:
        return parse_period(text)
    except NotAPeriod as error:
        raise Refused("ky", str(error)) from error


def _day(text: str) -> date | None:
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    raise Refused("den-ngay", _("Hãy viết ngày như 05/10/2024."))
