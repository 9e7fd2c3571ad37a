"""A life told in any order of pauses, delays and new dates adds to the past what it added then."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel.clock import CITY_TIME, day_of
from motcua.steering.definitions import Measure as M
from motcua.steering.definitions.lives import Life, born, marks_of
from motcua.steering.services._lives import _life, _names_of_life, _written

MONDAY = datetime(2024, 9, 2, 9, tzinfo=CITY_TIME)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OPENED = {
    "settling_agency": 1,
    "receiving_unit": 2,
    "procedure": "1.001193",
    "channel": "online",
}


def a_life(*, gives_document: bool = True, channel: str = "online") -> Life:
    return born(
        "dossiers.opened",
        MONDAY,
        OPENED | {"channel": channel},
        dossier_id="d",
        gives_document=gives_document,
    )


def moved(before: str, after: str, **told: Any) -> dict[str, Any]:
    return {"from_state": before, "to_state": after, **told}


def accepted(at: datetime, due_at: datetime) -> tuple[str, datetime, dict[str, Any]]:
    return "dossiers.accepted", at, moved("submitted", "accepted", due_at=due_at.isoformat())


def asked(at: datetime) -> tuple[str, datetime, dict[str, Any]]:
    return "dossiers.supplement-requested", at, moved("in_progress", "awaiting_supplement")


def answered(at: datetime, due_at: datetime) -> tuple[str, datetime, dict[str, Any]]:
    told = moved("awaiting_supplement", "in_progress", due_at=due_at.isoformat())
    return "dossiers.supplemented", at, told


def decided(at: datetime) -> tuple[str, datetime, dict[str, Any]]:
    return "dossiers.decided", at, moved("in_progress", "decided")


def sums(life: Life) -> Counter[M]:
    found: Counter[M] = Counter()
    for _when, measure, step in marks_of(life):
        found[measure] += step
    return found


def at_end_of(life: Life, on: date) -> Counter[M]:
    """What it adds up to at the end of a day."""
    found: Counter[M] = Counter()
    for when, measure, step in marks_of(life):
        if when[-1] <= on:
            found[measure] += step
    return +found


def told(*events: tuple[str, datetime, dict[str, Any]], life: Life | None = None) -> Life:
    life = life or a_life()
    for kind, at, data in events:
        life.tell(kind, at, data)
    return life


class TestByTheMomentAndByTheDate:
    def test_later_on_the_due_day_is_late_for_the_index_and_on_time_for_the_report(self):
        life = told(accepted(MONDAY, MONDAY + DAY), decided(MONDAY + DAY + HOUR))
        assert sums(life)[M.ENDED_LATE] == sums(life)[M.ENDED_ON] == 1
        assert sums(life)[M.ENDED_AFTER] == 0

    def test_at_the_due_moment_is_on_time(self):
        life = told(accepted(MONDAY, MONDAY + DAY), decided(MONDAY + DAY))
        assert sums(life)[M.ENDED_LATE] == 0

    def test_at_midnight_it_is_the_next_day(self):
        midnight = MONDAY.replace(hour=0) + 2 * DAY
        life = told(accepted(MONDAY, midnight - HOUR), decided(midnight))
        assert sums(life)[M.ENDED_AFTER] == 1
        assert at_end_of(life, day_of(midnight) - DAY)[M.OVERDUE] == 1
        assert at_end_of(life, day_of(midnight))[M.OVERDUE] == 0

    def test_the_day_before_is_before(self):
        life = told(accepted(MONDAY, MONDAY + 2 * DAY), decided(MONDAY + DAY))
        assert sums(life)[M.ENDED_BEFORE] == 1


class TestWaiting:
    def test_what_waits_within_its_time_is_not_overdue_however_long(self):
        life = told(accepted(MONDAY, MONDAY + DAY), asked(MONDAY + HOUR))
        much_later = day_of(MONDAY + 90 * DAY)
        assert at_end_of(life, much_later) == Counter(
            {M.FILED: 1, M.RECEIVED: 1, M.OPEN: 1, M.PAUSED: 1, M.ONLINE: 1}
        )

    def test_what_was_late_before_it_waited_stays_late(self):
        life = told(accepted(MONDAY, MONDAY + DAY), asked(MONDAY + 3 * DAY))
        assert at_end_of(life, day_of(MONDAY + 9 * DAY))[M.OVERDUE] == 1
        assert at_end_of(life, day_of(MONDAY + 9 * DAY))[M.OVERDUE_BY_DATE] == 0
        life.tell(*answered(MONDAY + 10 * DAY, MONDAY + DAY))
        assert at_end_of(life, day_of(MONDAY + 11 * DAY))[M.OVERDUE_BY_DATE] == 1
        life.tell(*decided(MONDAY + 11 * DAY))
        assert sums(life)[M.ENDED_LATE] == 1

    def test_being_asked_twice_is_late(self):
        life = told(
            accepted(MONDAY, MONDAY + 9 * DAY),
            asked(MONDAY + HOUR),
            answered(MONDAY + 2 * HOUR, MONDAY + 9 * DAY),
            asked(MONDAY + 3 * HOUR),
            answered(MONDAY + 4 * HOUR, MONDAY + 9 * DAY),
        )
        assert at_end_of(life, day_of(MONDAY))[M.OVERDUE] == 1
        life.tell(*decided(MONDAY + DAY))
        assert sums(life)[M.ENDED_LATE] == sums(life)[M.FURTHER_ROUNDS] == 1
        assert sums(life)[M.ENDED_BEFORE] == 1

    def test_ended_while_it_waited_it_ended_when_it_began_to_wait(self):
        life = told(
            accepted(MONDAY, MONDAY + 2 * DAY),
            asked(MONDAY + HOUR),
            (
                "dossiers.stopped",
                MONDAY + 40 * DAY,
                moved("awaiting_supplement", "stopped"),
            ),
        )
        assert sums(life)[M.STOPPED] == sums(life)[M.ENDED_BEFORE] == 1
        assert sums(life)[M.ENDED_LATE] == 0
        assert at_end_of(life, day_of(MONDAY + 40 * DAY))[M.PAUSED] == 0


class TestNotReceived:
    def test_withdrawn_before_it_counts_nowhere_but_as_filed(self):
        life = told(("dossiers.withdrawn", MONDAY + HOUR, moved("submitted", "withdrawn")))
        assert sums(life) == Counter({M.FILED: 1})

    def test_withdrawn_afterwards_it_was_on_time(self):
        life = told(
            accepted(MONDAY, MONDAY + DAY),
            ("dossiers.withdrawn", MONDAY + 9 * DAY, moved("in_progress", "withdrawn")),
        )
        assert sums(life)[M.WITHDRAWN] == sums(life)[M.ENDED_ON] == 1


class TestLearned:
    def test_an_online_filing_is_complete_with_its_electronic_result(self):
        life = told(accepted(MONDAY, MONDAY + DAY), decided(MONDAY + HOUR))
        assert sums(life)[M.ONLINE_COMPLETE] == 0
        life.tell("dossiers.result-issued-electronically", MONDAY + 40 * DAY, {"document": "x"})
        assert sums(life)[M.ONLINE_COMPLETE] == sums(life)[M.RESULT_ELECTRONIC] == 1
        assert at_end_of(life, day_of(MONDAY + 39 * DAY))[M.ONLINE_COMPLETE] == 0

    def test_it_belongs_to_the_month_of_the_receipt(self):
        life = told(accepted(MONDAY, MONDAY + DAY))
        life.tell("dossiers.rated", MONDAY + 60 * DAY, {"liked": False})
        months = {when[0] for when, measure, _step in marks_of(life) if measure is M.UNHAPPY}
        assert months == {date(2024, 9, 1)}

    def test_without_a_document_online_is_enough(self):
        life = told(accepted(MONDAY, MONDAY + DAY), life=a_life(gives_document=False))
        assert sums(life)[M.ONLINE_COMPLETE] == 1
        assert sums(told(decided(MONDAY + HOUR), life=life))[M.RESULT_DUE] == 0


# Anything may happen after acceptance, at any time; whatever it is, the past stays as it was.
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["pause", "resume", "ask", "extend", "shorten", "rate", "result"]),
        st.timedeltas(timedelta(), 3 * DAY),
        st.timedeltas(-4 * DAY, 6 * DAY),
    ),
    max_size=12,
)
RECEIVED_STOCKS = (M.OPEN, M.PAUSED, M.OVERDUE, M.OVERDUE_BY_DATE)


def steps_of(moves) -> list[tuple[str, datetime, dict[str, Any]]]:
    events = [accepted(MONDAY, MONDAY + 2 * DAY)]
    at, paused = MONDAY, False
    for move, wait, more in moves:
        at += wait
        due = (at + more).isoformat()
        if move in ("pause", "ask") and not paused:
            kind = "supplement-requested" if move == "ask" else "obligation-imposed"
            events.append((f"dossiers.{kind}", at, moved("in_progress", "awaiting_supplement")))
            paused = True
        elif move == "resume" and paused:
            events.append(answered(at, at + more))
            paused = False
        elif move in ("extend", "shorten"):
            told = {"due_before": "", "due_after": due, "due_at": due}
            kind = "extended" if move == "extend" else "recalibrated"
            events.append((f"dossiers.{kind}", at, told))
        elif move == "rate":
            events.append(("dossiers.rated", at, {"liked": False}))
        elif move == "result":
            events.append(("dossiers.result-issued-electronically", at, {"document": "x"}))
    events.append(
        (
            "dossiers.decided",
            at + HOUR,
            moved("awaiting_supplement" if paused else "in_progress", "decided"),
        )
    )
    return events


@given(MOVES)
@settings(max_examples=400)
def test_no_event_changes_a_day_that_was_over(moves):
    life = a_life()
    for kind, at, data in steps_of(moves):
        yesterday = day_of(at) - DAY
        was = at_end_of(life, yesterday)
        life.tell(kind, at, data)
        assert at_end_of(life, yesterday) == was


@given(MOVES)
@settings(max_examples=400)
def test_stocks_are_never_below_none_nor_above_one_and_end_with_the_dossier(moves):
    life = told(*steps_of(moves))
    assert life.ended_at is not None
    on = day_of(MONDAY)
    while on <= day_of(life.ended_at):
        standing = at_end_of(life, on)
        assert all(0 <= standing[measure] <= 1 for measure in RECEIVED_STOCKS)
        assert standing[M.OVERDUE_BY_DATE] + standing[M.PAUSED] <= 1
        on += DAY
    ended = sums(life)
    assert not any(ended[measure] for measure in RECEIVED_STOCKS)
    assert ended[M.ENDED] == ended[M.ENDED_BEFORE] + ended[M.ENDED_ON] + ended[M.ENDED_AFTER] == 1


@given(MOVES)
@settings(max_examples=200)
def test_written_down_and_read_again_it_goes_on_the_same(moves):
    events = steps_of(moves)
    half = len(events) // 2
    life = told(*events[:half])
    names = _names_of_life()
    row = ["d", _written(life), *(getattr(life, name) for name in names)]
    again = _life(names, row)
    assert again == replace(life)
    assert told(*events[half:], life=again) == told(*events[half:], life=life)
