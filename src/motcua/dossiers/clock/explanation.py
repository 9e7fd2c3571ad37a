"""Why the result is owed when it is: every interval, counted or skipped and for what."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from motcua.calendars.limits import Limit, PausePolicy
from motcua.calendars.working import ONE_DAY, Timeline, WorkingCalendar, at_moment, moment_of
from motcua.calendars.working.counting import counted_from
from motcua.calendars.working.timeline import date_of
from motcua.kernel.lifecycle import ClockEffect

from .happenings import Calendars, ClockEvent, PauseReason
from .reckoning import Reckoning, Told, calendar_of, is_calendar_time, told_until


class ClockState(StrEnum):
    """How the clock stands. A pause that was asked for too late does not stop it."""

    RUNNING = "running"
    PAUSED = "paused"
    OVERDUE = "overdue"
    DONE = "done"


class Skip(StrEnum):
    """Why an interval does not count."""

    NIGHT = "night"
    LUNCH = "lunch"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    AFTER_HOURS = "after_hours"  # received while nobody worked, and counted from the next day
    APPLICANT = PauseReason.APPLICANT.value
    OBLIGATION = PauseReason.OBLIGATION.value
    OTHER_AGENCY = PauseReason.OTHER_AGENCY.value
    FORCE_MAJEURE = PauseReason.FORCE_MAJEURE.value
    WAITING = "waiting"  # for what, was not told
    RESTARTED = "restarted"  # counted until the period began anew


@dataclass(frozen=True, kw_only=True)
class Interval:
    """A stretch that was counted, or was skipped for one reason."""

    begins: datetime
    ends: datetime
    skip: Skip | None  # None: it counts
    name: str = ""  # of the holiday

    @property
    def length(self) -> timedelta:
        """How long it lasts by the wall clock."""
        return self.ends - self.begins


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The clock at a moment, as a sum that can be checked."""

    received_at: datetime
    at: datetime
    limit: Limit
    due_at: datetime
    state: ClockState
    overdue: bool
    used: timedelta
    left: timedelta
    late: timedelta
    in_calendar_time: bool  # nights and days off count as well
    day_length: timedelta  # of a day, in the time that is counted
    paused_since: datetime | None
    paused_for: PauseReason | None
    due_if_answered_now: datetime | None
    begins_anew: bool  # if it is answered now, the period does
    done_at: datetime | None
    intervals: tuple[Interval, ...]

    @property
    def text(self) -> str:
        """The sum in words."""
        from .words import told_in_words

        return told_in_words(self)


def explain(
    events: Iterable[ClockEvent],
    *,
    limit: Limit,
    policy: PausePolicy,
    calendar: Calendars,
    at: datetime,
) -> Explanation:
    """
    Return how the clock stands at a moment, and why. What happened later is not looked at.

    :raises ValueError: if the clock had not been started by then
    """
    told = told_until(events, moment_of(at))
    counted_by = calendar_of(told, calendar)
    return counted_by.look(
        told[0][0] // ONE_DAY,
        moment_of(at) // ONE_DAY,
        lambda timeline: _Walk(limit, policy, counted_by, timeline).through(told, moment_of(at)),
    )


@dataclass(frozen=True, kw_only=True)
class _Piece:
    begins: int
    ends: int
    skip: Skip | None = None
    name: str = ""
    opening: bool = False  # calendar time that begins here waits for the office to open


class _Walk:
    """One walk along the events, which notes what each stretch between them was."""

    def __init__(
        self, limit: Limit, policy: PausePolicy, calendar: WorkingCalendar, timeline: Timeline
    ) -> None:
        self.limit, self.policy = limit, policy
        self.calendar, self.timeline = calendar, timeline
        self.reckoning = Reckoning(limit, policy, timeline)
        self.in_calendar_time = is_calendar_time(limit)
        self.pieces: list[_Piece] = []
        self.since = 0
        self.opening = True
        self.pauses: list[tuple[int, PauseReason | None]] = []
        self.done_at: int | None = None

    def through(self, told: Told, at: int) -> Explanation:
        for moment, event in told:
            self._take(moment, event)
            if event.effect is ClockEffect.STOP:
                break
        reckoning, due = self.reckoning, self.reckoning.due
        until = at if self.done_at is None else self.done_at
        paused_at = reckoning.paused_at
        stands_still = paused_at is not None and paused_at < due
        if stands_still:
            self._end_counting(until)
            counted_to = paused_at or 0
        else:
            counted_to = until
            self._count_to(due if self.done_at is None else min(until, due))
        intervals = tuple(self._intervals(until))
        overdue = not stands_still and until > due
        if_answered, begins_anew = None, False
        if paused_at is not None and self.done_at is None:
            answered = Reckoning(self.limit, self.policy, self.timeline)
            answered.of(told)
            begins_anew = answered.resume(at)
            if_answered = at_moment(answered.due)
        used = sum(
            (i.length for i in intervals if i.skip is None and i.ends <= at_moment(until)),
            timedelta(),
        )
        return Explanation(
            received_at=at_moment(told[0][0]),
            at=at_moment(at),
            limit=self.limit,
            due_at=at_moment(due),
            state=self._state(stands_still=stands_still, overdue=overdue),
            overdue=overdue,
            used=used,
            left=self._between(counted_to, due) if counted_to < due else timedelta(),
            late=self._between(due, until) if overdue else timedelta(),
            in_calendar_time=self.in_calendar_time,
            day_length=timedelta(days=1) if self.in_calendar_time else self._day_length(told[0][0]),
            paused_since=at_moment(paused_at) if paused_at is not None and if_answered else None,
            paused_for=self.pauses[-1][1] if if_answered else None,
            due_if_answered_now=if_answered,
            begins_anew=begins_anew,
            done_at=None if self.done_at is None else at_moment(self.done_at),
            intervals=intervals,
        )

    def _take(self, at: int, event: ClockEvent) -> None:
        reckoning = self.reckoning
        match event.effect:
            case ClockEffect.START:
                reckoning.start(at)
                self.since, self.opening = at, True
            case ClockEffect.PAUSE:
                if reckoning.paused_at is None:
                    self.pauses = []
                reckoning.pause(at)
                self.pauses.append((at, event.reason))
            case ClockEffect.RESUME if reckoning.paused_at is not None:
                gives_back = reckoning.gives_back(reckoning.paused_at, at)
                if gives_back:
                    self._end_counting(at)
                begins_anew = reckoning.resume(at)
                if begins_anew:
                    self.pieces = [_given_up(piece) for piece in self.pieces]
                if gives_back:
                    self.since, self.opening = at, begins_anew
            case ClockEffect.EXTEND:
                assert event.by is not None, "an extension says by how much"
                reckoning.extend(at, event.by)
            case ClockEffect.STOP:
                self.done_at = at

    def _state(self, *, stands_still: bool, overdue: bool) -> ClockState:
        if self.done_at is not None:
            return ClockState.DONE
        if stands_still:
            return ClockState.PAUSED
        return ClockState.OVERDUE if overdue else ClockState.RUNNING

    def _end_counting(self, resumed_at: int) -> None:
        """Note what was counted until the pause, and the pause itself."""
        self._count_to(self.pauses[0][0])
        ends = [at for at, _ in self.pauses[1:]] + [resumed_at]
        for (begins, reason), end in zip(self.pauses, ends, strict=True):
            skip = Skip(reason.value) if reason is not None else Skip.WAITING
            self.pieces.append(_Piece(begins=begins, ends=end, skip=skip))

    def _count_to(self, end: int) -> None:
        if self.since < end:
            self.pieces.append(_Piece(begins=self.since, ends=end, opening=self.opening))

    def _between(self, begins: int, ends: int) -> timedelta:
        if self.in_calendar_time:
            return at_moment(ends) - at_moment(begins)
        worked = self.timeline.worked_by(ends) - self.timeline.worked_by(begins)
        return timedelta(microseconds=worked)

    def _day_length(self, received: int) -> timedelta:
        day = self.timeline.next_working(received) // ONE_DAY
        return timedelta(microseconds=self.timeline.length(day))

    def _intervals(self, until: int) -> Iterator[Interval]:
        """Yield the pieces in full, those of one reason joined and what counts cut at `until`."""
        held: _Piece | None = None
        for piece in self._pieces_in_full():
            if piece.begins >= piece.ends:
                continue
            if (
                held is not None
                and held.skip is not None
                and (held.skip, held.name, held.ends) == (piece.skip, piece.name, piece.begins)
            ):
                held = _Piece(begins=held.begins, ends=piece.ends, skip=held.skip, name=held.name)
                continue
            if held is not None:
                yield from _told(held, until)
            held = piece
        if held is not None:
            yield from _told(held, until)

    def _pieces_in_full(self) -> Iterator[_Piece]:
        for piece in self.pieces:
            if piece.skip is not None:
                yield piece
            elif self.in_calendar_time:
                yield from self._in_calendar_time(piece, is_last=piece is self.pieces[-1])
            else:
                begins = self._counted_from(piece)
                yield from self._before_counting(piece.begins, begins)
                yield from self._in_working_time(replace(piece, begins=begins))

    def _counted_from(self, piece: _Piece) -> int:
        if not piece.opening:
            return piece.begins
        return min(counted_from(self.timeline, piece.begins, self.limit.counting), piece.ends)

    def _before_counting(self, received: int, begins: int) -> Iterator[_Piece]:
        """Yield why what was received then counts only from there."""
        if begins > self.timeline.next_working(received):
            yield _Piece(begins=received, ends=begins, skip=Skip.AFTER_HOURS)
        else:
            yield from self._without_work(received, begins)

    def _in_working_time(self, piece: _Piece) -> Iterator[_Piece]:
        timeline, at = self.timeline, piece.begins
        while at < piece.ends:
            session = bisect_right(timeline.opens, at) - 1
            if session >= 0 and at < timeline.closes[session]:
                end = min(timeline.closes[session], piece.ends)
                yield _Piece(begins=at, ends=end)
            else:
                end = min(timeline.next_working(at), piece.ends)
                yield from self._without_work(at, end)
            at = end

    def _in_calendar_time(self, piece: _Piece, *, is_last: bool) -> Iterator[_Piece]:
        begins = self._counted_from(piece)
        yield from self._before_counting(piece.begins, begins)
        # What was moved off a day off at the end; what rounding gives counts again.
        unmoved = max(self.reckoning.unmoved, begins) if is_last else piece.ends
        if unmoved >= self.reckoning.ends:
            unmoved = piece.ends
        yield _Piece(begins=begins, ends=min(unmoved, piece.ends))
        if unmoved < piece.ends:
            moved = min(max(unmoved, self.reckoning.ends), piece.ends)
            yield from self._without_work(unmoved, moved)
            yield _Piece(begins=moved, ends=piece.ends)

    def _without_work(self, begins: int, ends: int) -> Iterator[_Piece]:
        """Yield the days off of a stretch; a night beside a day off is part of it."""
        if begins >= ends:
            return
        session = max(bisect_right(self.timeline.opens, begins) - 1, 0)
        closed_at = self.timeline.closes[session]
        opens_at = self.timeline.next_working(max(begins, closed_at))
        days_off = [
            (day, *why)
            for day in range(closed_at // ONE_DAY, opens_at // ONE_DAY + 1)
            if (why := self._why_off(day)) is not None
        ]
        if not days_off:
            in_one_day = closed_at <= begins and closed_at // ONE_DAY == opens_at // ONE_DAY
            skip = Skip.LUNCH if in_one_day else Skip.NIGHT
            yield _Piece(begins=begins, ends=ends, skip=skip)
            return
        for number, (day, skip, name) in enumerate(days_off):
            first = begins if number == 0 else day * ONE_DAY
            last = ends if number + 1 == len(days_off) else days_off[number + 1][0] * ONE_DAY
            yield _Piece(begins=max(first, begins), ends=min(last, ends), skip=skip, name=name)

    def _why_off(self, day: int) -> tuple[Skip, str] | None:
        on = date_of(day)
        if self.calendar.is_working_day(on):
            return None
        if on in self.calendar.off:
            return Skip.HOLIDAY, self.calendar.names.get(on, "")
        return Skip.WEEKEND, ""


def _given_up(piece: _Piece) -> _Piece:
    if piece.skip is not None:
        return piece
    return _Piece(begins=piece.begins, ends=piece.ends, skip=Skip.RESTARTED)


def _told(piece: _Piece, until: int) -> Iterator[Interval]:
    if piece.skip is None and piece.begins < until < piece.ends:
        cuts = [piece.begins, until, piece.ends]
    else:
        cuts = [piece.begins, piece.ends]
    for begins, ends in pairwise(cuts):
        yield Interval(
            begins=at_moment(begins), ends=at_moment(ends), skip=piece.skip, name=piece.name
        )
