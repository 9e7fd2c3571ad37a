"""What was announced and published in a period, out of the register, as known now or once."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from motcua.calendars.queries import city_calendar, edition_of
from motcua.calendars.working import WorkingCalendar
from motcua.kernel.clock import day_of, midnight_after
from motcua.procedures import queries as procedures
from motcua.steering.definitions import Period
from motcua.steering.definitions.index766 import (
    Announced,
    Profile,
    working_days_after,
    working_days_before,
)

_MICROSECOND = timedelta(microseconds=1)


def announced(
    days: Period, *, profile: Profile, as_of: date | None, at: datetime
) -> list[Announced] | None:
    """
    Return what may count in these days: what was signed in them, and what falls due in them.

    None if the register was empty: nobody recorded anything yet. Working days are those of the
    calendar of that time, so what is said of it later changes no figure of the past.
    """
    known_before = at + _MICROSECOND if as_of is None else midnight_after(as_of)
    calendar = calendar_known(as_of)
    since = working_days_before(calendar, days.first, profile.publish_within_days)
    rows = procedures.announced(since=since, until=days.last, known_before=known_before)
    if not rows and not procedures.knows_announcements(before=known_before):
        return None
    return judged(rows, profile=profile, calendar=calendar)


def judged(
    rows: Sequence[procedures.Announced], *, profile: Profile, calendar: WorkingCalendar
) -> list[Announced]:
    """Return what decisions announce with the days by which it is judged."""
    sign_by: dict[date, date] = {}
    publish_by: dict[date, date] = {}
    for effective_on, signed_on in {(row.effective_on, row.signed_on) for row in rows}:
        sign_by[effective_on] = working_days_before(
            calendar, effective_on, profile.announce_before_days
        )
        publish_by[signed_on] = working_days_after(calendar, signed_on, profile.publish_within_days)
    return [Announced(*row, sign_by[row.effective_on], publish_by[row.signed_on]) for row in rows]


def calendar_known(as_of: date | None) -> WorkingCalendar:
    """Return the city's calendar, or what it was at the end of a past day."""
    return city_calendar() if as_of is None else city_calendar(None, edition_of(as_of))


def last_day_over(as_of: date | None, at: datetime) -> date:
    """Return the last day that is over as far as is known."""
    return day_of(at) - timedelta(days=1) if as_of is None else as_of
