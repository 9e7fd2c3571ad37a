"""The clock as a sum: each line counted or skipped, and what comes of it in words."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest

from motcua.calendars import seeds
from motcua.calendars.limits import Limit, LimitUnit, PausePolicy
from motcua.dossiers import clock
from motcua.dossiers.clock import ClockEvent, ClockState, PauseReason, Skip
from motcua.kernel.clock import CITY_TIME
from motcua.kernel.lifecycle import ClockEffect

CITY = seeds.shipped_calendar()
FIFTEEN_DAYS = Limit(amount=Fraction(15), unit=LimitUnit.WORKING_DAY)
THREE_DAYS = Limit(amount=Fraction(3), unit=LimitUnit.WORKING_DAY)


def city(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=CITY_TIME)


def told(*events: tuple[str, str] | tuple[str, str, PauseReason]) -> list[ClockEvent]:
    return [
        ClockEvent(
            effect=ClockEffect(effect), at=city(at), reason=next(iter(reason), None)
        )
        for effect, at, *reason in events
    ]  # fmt: skip


def explained(events, at, *, limit=THREE_DAYS, policy=PausePolicy.RESUME):
    return clock.explain(events, limit=limit, policy=policy, calendar=CITY, at=city(at))


def lines(explanation) -> list[tuple[str, str]]:
    """Each line's begin in city time, and what of it counts or why it does not."""
    return [
        (
            f"{line.begins.astimezone(CITY_TIME):%d/%m %H:%M}",
            line.why if line.counted is None else clock.time_in_words(line.counted, explanation),
        )
        for line in clock.lines_of(explanation)
    ]


class TestTheSum:
    def test_of_fifteen_days_over_holidays_is_short_enough_to_read(self):
        explanation = explained(
            told(("start", "15/04/2024 17:30")), "26/04/2024 10:00", limit=FIFTEEN_DAYS
        )

        assert lines(explanation) == [
            ("15/04 17:30", "ngoài giờ làm việc"),
            ("16/04 07:00", "2 ngày làm việc"),
            ("17/04 17:00", "Giỗ Tổ Hùng Vương"),
            ("19/04 07:00", "1 ngày làm việc"),
            ("19/04 17:00", "cuối tuần"),
            ("22/04 07:00", "4 ngày làm việc 3 giờ"),
            ("26/04 10:00", "5 giờ"),
            ("26/04 17:00", "cuối tuần"),
            ("29/04 00:00", "Hoán đổi với thứ Bảy 4/5"),
            ("30/04 00:00", "Ngày Chiến thắng"),
            ("01/05 00:00", "Quốc tế Lao động"),
            ("02/05 07:00", "3 ngày làm việc"),  # with the Saturday that was made up
            ("04/05 17:00", "cuối tuần"),
            ("06/05 07:00", "4 ngày làm việc"),
        ]
        assert (explanation.used, explanation.left) == (timedelta(hours=59), timedelta(hours=61))

    def test_keeps_every_night_and_lunch_apart_from_what_counts(self):
        explanation = explained(told(("start", "15/10/2024 10:00")), "15/10/2024 10:00")

        skipped = [i.skip for i in explanation.intervals if i.skip is not None]

        assert skipped == [Skip.LUNCH, Skip.NIGHT] * 3

    def test_of_calendar_days_counts_nights_and_skips_only_the_move_at_the_end(self):
        explanation = explained(
            told(("start", "15/10/2024 12:00")),
            "20/10/2024 10:00",
            limit=Limit(amount=Fraction(5), unit=LimitUnit.DAY),
        )

        assert lines(explanation) == [
            ("15/10 12:00", "nghỉ trưa"),
            ("15/10 13:00", "4 ngày 21 giờ"),
            ("20/10 10:00", "3 giờ"),
            ("20/10 13:00", "cuối tuần"),
        ]

    def test_says_for_whom_it_waited_one_after_the_other(self):
        explanation = explained(
            told(
                ("start", "14/10/2024 09:00"),
                ("pause", "15/10/2024 09:00", PauseReason.APPLICANT),
                ("pause", "16/10/2024 09:00", PauseReason.FORCE_MAJEURE),
                ("resume", "17/10/2024 09:00"),
            ),
            "17/10/2024 10:00",
        )

        assert lines(explanation)[1:3] == [
            ("15/10 09:00", "chờ người nộp bổ sung hồ sơ"),
            ("16/10 09:00", "tạm dừng vì sự kiện bất khả kháng"),
        ]
        assert explanation.due_at == city("21/10/2024 09:00")

    def test_gives_up_what_was_counted_before_a_new_beginning(self):
        explanation = explained(
            told(
                ("start", "14/10/2024 09:00"),
                ("pause", "15/10/2024 09:00", PauseReason.APPLICANT),
                ("resume", "16/10/2024 09:00"),
            ),
            "16/10/2024 10:00",
            policy=PausePolicy.RESTART,
        )

        assert explanation.intervals[0].skip is Skip.RESTARTED
        assert explanation.used == timedelta(hours=1)
        assert explanation.used + explanation.left == timedelta(hours=24)


class TestTheWords:
    @pytest.mark.parametrize(
        ("reason", "sentence"),
        [
            (PauseReason.APPLICANT, "Nếu Ông/Bà nộp ngay bây giờ, hạn trả kết quả là"),
            (PauseReason.OBLIGATION, "Nếu Ông/Bà nộp ngay bây giờ, hạn trả kết quả là"),
            (PauseReason.OTHER_AGENCY, "Nếu được tính tiếp ngay bây giờ, hạn trả kết quả là"),
            (PauseReason.FORCE_MAJEURE, "Nếu được tính tiếp ngay bây giờ, hạn trả kết quả là"),
        ],
    )
    def test_say_what_an_answer_now_would_bring(self, reason, sentence):
        explanation = explained(
            told(("start", "26/04/2024 10:00"), ("pause", "26/04/2024 14:00", reason)),
            "02/05/2024 10:00",
        )

        assert f"{sentence} 08:00, 06/05/2024." in explanation.text
        assert "Hạn trả kết quả: 10:00, 04/05/2024." in explanation.text
        assert explanation.state is ClockState.PAUSED

    @pytest.mark.parametrize(
        ("reason", "sentence"),
        [
            (PauseReason.APPLICANT, "Nếu Ông/Bà nộp ngay bây giờ, thời hạn được tính lại"),
            (PauseReason.FORCE_MAJEURE, "Nếu hết tạm dừng ngay bây giờ, thời hạn được tính lại"),
        ],
    )
    def test_say_that_an_answer_now_would_begin_the_period_anew(self, reason, sentence):
        explanation = explained(
            told(("start", "14/10/2024 09:00"), ("pause", "14/10/2024 11:00", reason)),
            "15/10/2024 14:54",
            policy=PausePolicy.RESTART,
        )

        # What is left of the old period would lead to another moment: 10:54.
        assert f"{sentence} từ đầu và hạn trả kết quả là 14:54, 18/10/2024." in explanation.text

    def test_add_up_to_the_limit_whatever_the_second(self):
        explanation = clock.explain(
            told(("start", "14/10/2024 09:00")),
            limit=THREE_DAYS,
            policy=PausePolicy.RESUME,
            calendar=CITY,
            at=city("14/10/2024 09:02") + timedelta(seconds=20),
        )

        assert "Đã tính 2 phút, còn lại 2 ngày làm việc 7 giờ 58 phút." in explanation.text

    def test_say_that_asking_late_does_not_stop_the_clock(self):
        explanation = explained(
            told(("start", "14/10/2024 09:00"), ("pause", "18/10/2024 09:00")), "18/10/2024 10:00"
        )

        assert "thời hạn không dừng" in explanation.text
        assert "Đã quá hạn 1 ngày làm việc 1 giờ." in explanation.text
        assert explanation.state is ClockState.OVERDUE

    @pytest.mark.parametrize(
        ("done", "sentence"),
        [
            ("16/10/2024 09:00", "Đã xong lúc 09:00, 16/10/2024, đúng hạn."),
            ("17/10/2024 10:20", "Đã xong lúc 10:20, 17/10/2024, trễ hạn 1 giờ 20 phút."),
        ],
    )
    def test_say_when_it_was_done(self, done, sentence):
        explanation = explained(
            told(("start", "14/10/2024 09:00"), ("stop", done)), "30/10/2024 09:00"
        )

        assert sentence in explanation.text
        assert explanation.state is ClockState.DONE


class TestExtensions:
    BY = Limit(amount=Fraction(2), unit=LimitUnit.WORKING_DAY)

    def due(self, extended_at: str, *others: tuple[str, str]) -> datetime:
        events = told(("start", "14/10/2024 09:00"), *others)
        extension = ClockEvent(effect=ClockEffect.EXTEND, at=city(extended_at), by=self.BY)
        events = sorted([*events, extension], key=lambda event: event.at)
        return clock.due_at(events, limit=THREE_DAYS, policy=PausePolicy.RESUME, calendar=CITY)

    def test_count_on_from_the_due_moment_that_stood(self):
        assert self.due("15/10/2024 09:00") == city("21/10/2024 09:00")
        assert self.due("17/10/2024 09:00") == city("21/10/2024 09:00")

    def test_asked_for_too_late_remove_no_lateness(self):
        assert self.due("17/10/2024 09:01") == city("17/10/2024 09:00")

    def test_end_at_the_close_when_the_limit_did(self):
        events = told(("start", "14/10/2024 09:00"))
        same_day = Limit(amount=Fraction(8), unit=LimitUnit.HOUR)
        close = clock.due_at(
            told(("start", "14/10/2024 07:00")),
            limit=same_day,
            policy=PausePolicy.RESUME,
            calendar=CITY,
        )
        extension = ClockEvent(effect=ClockEffect.EXTEND, at=events[0].at, by=self.BY)

        extended = clock.due_at(
            [*told(("start", "14/10/2024 07:00")), extension],
            limit=same_day,
            policy=PausePolicy.RESUME,
            calendar=CITY,
        )

        assert (close, extended) == (city("14/10/2024 17:00"), city("16/10/2024 17:00"))

    def test_may_be_asked_for_while_the_clock_stands_still(self):
        stood_still = [("pause", "16/10/2024 09:00"), ("resume", "30/10/2024 09:00")]

        assert self.due("29/10/2024 09:00", *stood_still) == city("04/11/2024 09:00")


class TestEditions:
    STORM = CITY.__class__.of(
        sessions=CITY.hours[0].sessions, off=[*CITY.off, city("15/10/2024 00:00").date()]
    )

    def counted_by(self, *events: ClockEvent) -> datetime:
        asked: list[int | None] = []

        def calendar(edition: int | None):
            asked.append(edition)
            return self.STORM if edition == 2 else CITY

        due = clock.due_at(events, limit=THREE_DAYS, policy=PausePolicy.RESUME, calendar=calendar)
        assert len(asked) == 1
        return due

    def test_count_from_the_receipt_on_by_the_last_that_was_told(self):
        start = ClockEvent(effect=ClockEffect.START, at=city("14/10/2024 09:00"), edition=1)
        put_right = ClockEvent(
            effect=ClockEffect.RECALIBRATE, at=city("16/10/2024 09:00"), edition=2
        )

        assert self.counted_by(start) == city("17/10/2024 09:00")
        assert self.counted_by(start, put_right) == city("18/10/2024 09:00")

    def test_are_looked_at_as_they_were_when_asked(self):
        start = ClockEvent(effect=ClockEffect.START, at=city("14/10/2024 09:00"), edition=1)
        put_right = ClockEvent(
            effect=ClockEffect.RECALIBRATE, at=city("16/10/2024 09:00"), edition=2
        )

        before = clock.explain(
            [start, put_right],
            limit=THREE_DAYS,
            policy=PausePolicy.RESUME,
            calendar=lambda edition: self.STORM if edition == 2 else CITY,
            at=city("16/10/2024 08:59"),
        )

        assert before.due_at == city("17/10/2024 09:00")
