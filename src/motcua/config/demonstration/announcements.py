"""The decisions by which the demonstration city announced its procedures since January 2023."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Annotated

import msgspec
from django.db import transaction

from motcua.accounts.models import Account
from motcua.calendars.queries import city_calendar
from motcua.calendars.working import WorkingCalendar
from motcua.kernel.clock import CITY_TIME, day_of
from motcua.kernel.data_files import read_data_file
from motcua.kernel.months import month_after
from motcua.offices.definitions import AgencyKind
from motcua.offices.models import Agency
from motcua.offices.queries import Mandate, mandate_of
from motcua.procedures import services
from motcua.procedures.models import AnnouncedKind, Announcement
from motcua.procedures.queries import published
from motcua.steering.definitions.index766 import working_days_after, working_days_before

from . import APPOINTED_ON

DATA = Path(__file__).parent / "data" / "announcements.yaml"
_KEEPER = "kiemsoat"
# In working days: as the law has it, and how far from it the city is when it is early or late.
_BEFORE, _WITHIN = 5, 5
_EARLY, _LATE = 8, 6
_CORRECTED = 10  # the decision of which a day was recorded wrongly first

PerMille = Annotated[int, msgspec.Meta(ge=0, le=1000)]


class _Figures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    first_month: date
    a_month: Annotated[int, msgspec.Meta(ge=1)]
    signed_late: PerMille
    new: PerMille
    published_late: PerMille
    published_in_two_steps: PerMille
    proposers: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision before it is recorded: by whom, of what, and when each procedure is published."""

    field: str
    proposer: str
    codes: tuple[str, ...]
    kind: AnnouncedKind
    effective_on: date
    signed_on: date
    published: tuple[tuple[date, tuple[str, ...]], ...]


@transaction.atomic
def announce_procedures(*, at: datetime) -> None:
    """Record what was announced and published by yesterday; once."""
    if Announcement.objects.exists():
        return
    yesterday = day_of(at) - timedelta(days=1)
    keeper = mandate_of(Account.objects.get(username=_KEEPER), day_of(at))
    agencies = dict(Agency.objects.in_force(day_of(at)).values_list("name", "pk"))
    number, year = 0, 0
    for place, decision in enumerate(decisions(until=yesterday), start=1):
        signed_on = decision.signed_on
        number = max(number + 1 if year == signed_on.year else 0, signed_on.timetuple().tm_yday * 9)
        year = signed_on.year
        announcement = services.record_announcement(
            mandate=keeper,
            number=f"{number}/QĐ-UBND",
            signed_on=signed_on,
            basis=f"Văn bản trình diễn số {place:02}/{year} về lĩnh vực {decision.field}",
            effective_on=decision.effective_on,
            agency_id=agencies[decision.proposer],
            codes={decision.kind: decision.codes},
            at=_noted(signed_on),
        )
        for day, codes in decision.published:
            if day <= yesterday:
                _publish(announcement, codes, day, keeper, is_corrected=place == _CORRECTED)


def decisions(*, until: date) -> list[Decision]:
    """Return the decisions signed up to a day, the first first; always the same ones."""
    calendar = city_calendar()
    told = (
        _decision(effective_on, topic, calendar, Random(f"announcement {effective_on} {topic[0]}"))  # noqa: S311 - made up, to be repeated
        for effective_on, topic in _topics(until)
    )
    return sorted(
        (each for each in told if each.signed_on <= until),
        key=lambda each: (each.signed_on, each.field),
    )


def _publish(
    announcement: Announcement,
    codes: Sequence[str],
    day: date,
    keeper: Mandate,
    *,
    is_corrected: bool,
) -> None:
    def record(on: date) -> None:
        services.record_publication(
            announcement_id=announcement.pk,
            mandate=keeper,
            codes=codes,
            published_on=on,
            at=_noted(day),
        )

    if is_corrected:
        record(announcement.signed_on)
        for code in codes:
            services.strike_publication(
                announcement_id=announcement.pk,
                mandate=keeper,
                code=code,
                reason="Ghi nhầm ngày ký thành ngày công khai.",
                at=_noted(day),
            )
    record(day)


def _topics(until: date) -> Iterator[tuple[date, tuple[str, str, tuple[str, ...]]]]:
    """Yield on which day the law changes in which field: its name, proposer and procedures."""
    figures = _figures()
    topics = _proposed(until)
    month = figures.first_month
    place = 0
    while month <= until + timedelta(days=62):
        for number in range(figures.a_month):
            yield month.replace(day=(1, 15, 20)[number % 3]), topics[place % len(topics)]
            place += 1
        month = month_after(month)


def _decision(
    effective_on: date,
    topic: tuple[str, str, tuple[str, ...]],
    calendar: WorkingCalendar,
    rng: Random,
) -> Decision:
    figures = _figures()
    field, proposer, codes = topic
    signed_on = working_days_before(calendar, effective_on, _BEFORE)
    if rng.random() * 1000 < figures.signed_late:
        signed_on = working_days_after(calendar, signed_on, rng.randint(1, _LATE))
    else:
        signed_on = working_days_before(calendar, signed_on, rng.randint(0, _EARLY))
    is_late = rng.random() * 1000 < figures.published_late
    days = rng.randint(_WITHIN + 1, _WITHIN + _LATE) if is_late else rng.randint(1, _WITHIN)
    last = working_days_after(calendar, signed_on, days)
    published: tuple[tuple[date, tuple[str, ...]], ...] = ((last, codes),)
    if len(codes) > 1 and days > 1 and rng.random() * 1000 < figures.published_in_two_steps:
        first = working_days_after(calendar, signed_on, 1)
        published = ((first, codes[:1]), (last, codes[1:]))
    is_new = rng.random() * 1000 < figures.new
    return Decision(
        field=field,
        proposer=proposer,
        codes=codes,
        kind=AnnouncedKind.NEW if is_new else AnnouncedKind.AMENDED,
        effective_on=effective_on,
        signed_on=signed_on,
        published=published,
    )


def _proposed(on: date) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the fields of the catalogue with who proposes what is announced of them."""
    figures = _figures()
    found: dict[tuple[str, str], list[str]] = {}
    for version in published(on):
        proposer = figures.proposers.get(version.field_code, version.settling_agency)
        if proposer and AgencyKind.VERTICAL not in version.settled_by:
            found.setdefault((version.field_name, proposer), []).append(version.code)
    return [(*key, tuple(sorted(codes))) for key, codes in sorted(found.items())]


def _noted(day: date) -> datetime:
    """Return when it was put into the register, which was begun when its keeper was appointed."""
    return datetime.combine(max(day, APPOINTED_ON), time(16), CITY_TIME)


@cache
def _figures() -> _Figures:
    return read_data_file(DATA, _Figures)
