"""
The statutory clock by the obvious way: a walk along the time, tick by tick.

Slow, and plain enough to be read against the law. It shares nothing with what it checks: no
table, no search, only a row of ticks that are worked or not.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from motcua.calendars.limits import Limit, LimitUnit, PausePolicy
from motcua.calendars.working import WorkingCalendar
from motcua.dossiers.clock import ClockEvent
from motcua.kernel.clock import CITY_TIME
from motcua.kernel.lifecycle import ClockEffect


@dataclass(frozen=True)
class Answer:
    """What the walk found; times in ticks."""

    due: int
    state: str
    overdue: bool
    due_if_answered_now: int | None
    used: int
    left: int


class SlowClock:
    """So many days from a first one, cut into ticks of some minutes."""

    def __init__(self, calendar: WorkingCalendar, *, first: date, days: int, tick: int) -> None:
        self.first, self.tick = first, tick
        self.ticks_a_day = 24 * 60 // tick
        self.works = bytearray(days * self.ticks_a_day)
        self.is_working_day = []
        for number in range(days):
            day = first + timedelta(days=number)
            [*_, hours] = [period for period in calendar.hours if period.since <= day]
            is_made_up = day in calendar.working
            is_off = day in calendar.off or day.weekday() in calendar.weekend
            self.is_working_day.append(is_made_up or not is_off)
            if is_made_up or not is_off:
                for session in hours.sessions:
                    opens = session.opens.hour * 60 + session.opens.minute
                    closes = session.closes.hour * 60 + session.closes.minute
                    for minute in range(opens, closes, tick):
                        self.works[number * self.ticks_a_day + minute // tick] = 1

    def tick_of(self, at: datetime) -> int:
        since = at.astimezone(CITY_TIME).replace(tzinfo=None) - datetime.combine(
            self.first, datetime.min.time()
        )
        return since // timedelta(minutes=self.tick)

    def at(self, tick: int) -> datetime:
        midnight = datetime.combine(self.first, datetime.min.time(), CITY_TIME)
        return midnight + timedelta(minutes=tick * self.tick)

    def next_working(self, tick: int) -> int:
        while not self.works[tick]:
            tick += 1
        return tick

    def after(self, tick: int, worked: int) -> int:
        if worked == 0:
            return self.next_working(tick)
        while worked:
            worked -= self.works[tick]
            tick += 1
        return tick

    def worked(self, begins: int, ends: int) -> int:
        worked = 0
        for tick in range(begins, ends):
            worked += self.works[tick]
        return worked

    def day_length(self, day: int) -> int:
        return self.worked(day * self.ticks_a_day, (day + 1) * self.ticks_a_day)

    def into_the_day(self, tick: int) -> int:
        """Before opening: the opening. In a break or after closing: back to the close."""
        day = tick // self.ticks_a_day
        if self.worked(day * self.ticks_a_day, tick) == 0:
            return self.next_working(tick)
        while not self.works[tick - 1] and not self.works[tick]:
            tick -= 1
        return tick

    def working_day_from(self, day: int) -> int:
        while not self.is_working_day[day]:
            day += 1
        return day

    def limit_from(self, received: int, limit: Limit) -> int:
        begins = self.next_working(received)
        if limit.same_day_until is None:
            return self.later(begins, limit)
        day, clock = divmod(begins, self.ticks_a_day)
        until = (limit.same_day_until.hour * 60 + limit.same_day_until.minute) // self.tick
        if clock > until:
            day = self.working_day_from(day + 1)
        return self.after(day * self.ticks_a_day, self.day_length(day))

    def later(self, tick: int, limit: Limit) -> int:
        day, clock = divmod(tick, self.ticks_a_day)
        whole, rest = divmod(limit.amount, 1)
        match limit.unit:
            case LimitUnit.HOUR:
                return self.after(tick, self._ticks(limit.amount * 60 / self.tick))
            case LimitUnit.WORKING_DAY:
                for _ in range(whole):
                    day = self.working_day_from(day + 1)
                end = self.into_the_day(day * self.ticks_a_day + clock)
                length = self.day_length(end // self.ticks_a_day)
                return self.after(end, self._ticks(rest * length)) if rest else end
            case LimitUnit.DAY:
                day += whole
            case LimitUnit.MONTH:
                day = (
                    self._months_later(self.first + timedelta(days=day), whole) - self.first
                ).days
        return self.into_the_day(self.working_day_from(day) * self.ticks_a_day + clock)

    def _ticks(self, amount: Fraction) -> int:
        assert amount.denominator == 1, "the case does not fit the ticks"
        return int(amount)

    def _months_later(self, on: date, months: int) -> date:
        year, month = on.year, on.month
        for _ in range(months):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return date(year, month, min(on.day, monthrange(year, month)[1]))

    def answer(
        self, events: list[ClockEvent], limit: Limit, policy: PausePolicy, asked_at: int
    ) -> Answer:
        """Return how the clock stands when asked, by what had happened until then."""
        in_days = limit.unit in (LimitUnit.DAY, LimitUnit.MONTH) and limit.same_day_until is None
        due = used = 0
        since: int | None = None  # what runs, runs since
        paused: int | None = None
        stopped: int | None = None

        def counted(begins: int, ends: int) -> int:
            return max(ends - begins, 0) if in_days else self.worked(begins, max(begins, ends))

        def after_pause(due: int, paused: int, resumed: int) -> int:
            if policy is PausePolicy.RESTART:
                return max(due, self.limit_from(resumed, limit))
            if in_days:
                day, clock = divmod(due + resumed - paused, self.ticks_a_day)
                return self.next_working(self.working_day_from(day) * self.ticks_a_day + clock)
            return max(due, self.after(resumed, self.worked(paused, due)))

        for event in events:
            at = self.tick_of(event.at)
            if at > asked_at:
                break
            match event.effect:
                case ClockEffect.START:
                    due, since = self.limit_from(at, limit), at
                case ClockEffect.PAUSE:
                    paused = at
                case ClockEffect.RESUME:
                    assert paused is not None
                    if paused < due and at > paused:
                        moved = after_pause(due, paused, at)
                        assert since is not None
                        used += counted(since, paused)
                        if policy is PausePolicy.RESTART and moved > due:
                            used = 0
                        due, since = moved, at
                    paused = None
                case ClockEffect.EXTEND:
                    assert event.by is not None
                    if (at if paused is None else paused) <= due:
                        due = self.later(due, event.by)
                case ClockEffect.STOP:
                    stopped = at
                    break
        assert since is not None
        until = asked_at if stopped is None else stopped
        stands_still = paused is not None and paused < due
        counted_to = paused if stands_still and paused is not None else until
        overdue = until > due and not stands_still
        if_answered = None
        if paused is not None and stopped is None:
            gives_back = paused < due and asked_at > paused
            if_answered = after_pause(due, paused, asked_at) if gives_back else due
        running = "overdue" if overdue else "running"
        return Answer(
            due=due,
            state="done" if stopped is not None else "paused" if stands_still else running,
            overdue=overdue,
            due_if_answered_now=if_answered,
            used=used + counted(since, min(counted_to, due)),
            left=counted(counted_to, due),
        )
