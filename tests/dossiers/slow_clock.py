"""
The statutory clock by the obvious way: a walk along the time, tick by tick.

Slow, and plain enough to be read against the law. It shares nothing with what it checks: no
table, no search, only a row of ticks that are worked or not.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from motcua.calendars.limits import (
    AfterHours,
    FirstDay,
    Limit,
    LimitUnit,
    PausePolicy,
    Rounding,
)
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
                for session in dict(hours.by_weekday).get(day.weekday(), hours.sessions):
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
        begins = self.begins(received, limit)
        if limit.same_day_until is None:
            if limit.counting.first_day is FirstDay.INCLUDED:
                return self.to_the_last_day(begins, limit)
            return self.later(begins, limit)
        day, clock = divmod(begins, self.ticks_a_day)
        until = (limit.same_day_until.hour * 60 + limit.same_day_until.minute) // self.tick
        if clock > until:
            day = self.working_day_from(day + 1)
        return self.after(day * self.ticks_a_day, self.day_length(day))

    def begins(self, received: int, limit: Limit) -> int:
        """From when a receipt counts."""
        if self.works[received] or limit.counting.after_hours is AfterHours.NEXT_SESSION:
            return self.next_working(received)
        day = received // self.ticks_a_day
        has_begun = self.worked(day * self.ticks_a_day, received) > 0
        return self.next_working((day + 1) * self.ticks_a_day if has_begun else received)

    def close_of(self, day: int) -> int:
        return self.after(day * self.ticks_a_day, self.day_length(day))

    def to_the_last_day(self, begins: int, limit: Limit) -> int:
        """The day of receipt is the first, and the last counts to its close."""
        day = begins // self.ticks_a_day
        whole, rest = divmod(limit.amount, 1)
        if limit.unit is LimitUnit.HOUR or whole == 0:
            return self.later(begins, limit)
        if limit.unit is LimitUnit.WORKING_DAY:
            for _ in range(whole - 1):
                day = self.working_day_from(day + 1)
            if not rest:
                return self.close_of(day)
            following = self.working_day_from(day + 1)
            return self.after(self.close_of(day), self._ticks(rest * self.day_length(following)))
        if limit.unit is LimitUnit.DAY:
            last = day + whole - 1
        else:
            on = self._months_later(self.first + timedelta(days=day), whole)
            last = (on - self.first).days - 1
        return self.close_of(self.working_day_from(last))

    def rounded(self, end: int, limit: Limit) -> int:
        match limit.counting.rounding:
            case Rounding.SESSION_END:
                while self.works[end]:
                    end += 1
            case Rounding.DAY_END:
                return self.close_of(end // self.ticks_a_day)
        return end

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
        end = due = used = 0  # the due moment is the end, rounded
        since: int | None = None  # what runs, runs since
        paused: int | None = None
        stopped: int | None = None

        def counted(begins: int, ends: int) -> int:
            return max(ends - begins, 0) if in_days else self.worked(begins, max(begins, ends))

        def counts_from(received: int) -> int:
            by_law = limit.counting.after_hours is AfterHours.NEXT_SESSION
            return received if by_law else self.begins(received, limit)

        def after_pause(end: int, paused: int, resumed: int) -> int:
            if policy is PausePolicy.RESTART:
                return max(end, self.limit_from(resumed, limit))
            if in_days:
                day, clock = divmod(end + resumed - paused, self.ticks_a_day)
                return self.next_working(self.working_day_from(day) * self.ticks_a_day + clock)
            return max(end, self.after(resumed, self.worked(paused, max(paused, end))))

        for event in events:
            at = self.tick_of(event.at)
            if at > asked_at:
                break
            match event.effect:
                case ClockEffect.START:
                    end, since = self.limit_from(at, limit), counts_from(at)
                    due = self.rounded(end, limit)
                case ClockEffect.PAUSE:
                    paused = at
                case ClockEffect.RESUME:
                    assert paused is not None
                    if paused < due and at > paused:
                        moved = after_pause(end, paused, at)
                        assert since is not None
                        used += counted(since, paused)
                        since = at
                        if policy is PausePolicy.RESTART and moved > end:
                            used, since = 0, counts_from(at)
                        end = moved
                        due = self.rounded(end, limit)
                    paused = None
                case ClockEffect.EXTEND:
                    assert event.by is not None
                    if (at if paused is None else paused) <= due:
                        end = self.later(end, event.by)
                        due = self.rounded(end, limit)
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
            answered = after_pause(end, paused, asked_at) if gives_back else end
            if_answered = self.rounded(answered, limit)
        running = "overdue" if overdue else "running"
        return Answer(
            due=due,
            state="done" if stopped is not None else "paused" if stands_still else running,
            overdue=overdue,
            due_if_answered_now=if_answered,
            used=used + counted(since, min(counted_to, due)),
            left=counted(counted_to, due),
        )
