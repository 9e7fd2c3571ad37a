import threading
from datetime import date, time

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.calendars import queries
from motcua.calendars.definitions import InvalidChange
from motcua.calendars.models import CalendarChange, ChangedDay
from motcua.calendars.seeds import DayKind
from motcua.calendars.services import (
    AlreadyDecided,
    NeedsAReason,
    NotASecondPerson,
    TheCalendarMovedOn,
    approve_change,
    reject_change,
)
from motcua.calendars.working import Session
from motcua.kernel.ledger.models import LedgerEvent
from tests.builders import NOW

from .saying import (
    AFTERNOON,
    APPROVER,
    MORNING,
    PROPOSER,
    a_day,
    a_proposal,
    an_edition,
    some_hours,
)

TUESDAY, WEDNESDAY = date(2024, 10, 15), date(2024, 10, 16)
SATURDAY, SUNDAY = date(2024, 10, 19), date(2024, 10, 20)
HOLIDAY = date(2024, 9, 2)


@pytest.mark.django_db
class TestProposing:
    def test_tells_who_what_and_why(self):
        change = a_proposal(a_day(TUESDAY), recalculates=True, recalculation_reason="Bão số 3.")

        [event] = LedgerEvent.objects.about(change.subject)
        assert (event.kind, event.actor) == ("calendars.change-proposed", PROPOSER)
        assert event.data["recalculation_reason"] == "Bão số 3."
        assert event.data["days"][0]["day"] == "2024-10-15"

    def test_again_while_it_waits_is_the_same(self):
        assert a_proposal(a_day(TUESDAY)).pk == a_proposal(a_day(TUESDAY)).pk

    def test_again_with_open_dossiers_counted_anew_is_another(self):
        a_proposal(a_day(TUESDAY))

        with pytest.raises(InvalidChange, match="đang chờ duyệt"):
            a_proposal(a_day(TUESDAY), recalculates=True, recalculation_reason="Nghỉ bão.")

    def test_goes_by_the_week_that_the_city_works(self):
        an_edition(some_hours(date(2024, 9, 2), MORNING, weekend=frozenset({6})))

        with pytest.raises(InvalidChange, match="vốn là ngày làm việc"):
            a_proposal(a_day(SATURDAY, DayKind.SWAP_WORK))
        assert a_proposal(a_day(SATURDAY, DayKind.SWAP_OFF)).pk

    @pytest.mark.parametrize(
        ("lines", "key", "complaint"),
        [
            ([], "day", "ít nhất một ngày"),
            ([a_day(TUESDAY), a_day(TUESDAY, DayKind.SWAP_OFF)], "day", "được ghi hai lần"),
            ([a_day(HOLIDAY, DayKind.SWAP_WORK)], "day", "nghỉ lễ, không thể làm bù"),
            ([a_day(TUESDAY, DayKind.SWAP_WORK)], "day", "vốn là ngày làm việc"),
            ([a_day(SUNDAY, DayKind.SWAP_OFF)], "day", "ngày nghỉ hằng tuần"),
            ([a_day(HOLIDAY, DayKind.HALF_DAY, sessions=(MORNING,))], "day", "không thể làm nửa"),
            ([a_day(date(1900, 1, 1))], "day", "không hợp lý"),
            ([a_day(TUESDAY, name=" ")], "name", "tên của ngày"),
            ([a_day(TUESDAY, DayKind.HALF_DAY)], "sessions", "giờ làm việc của ngày"),
            ([a_day(TUESDAY, sessions=(MORNING,))], "sessions", "nửa ngày mới ghi giờ"),
            ([some_hours(TUESDAY, AFTERNOON, MORNING)], "sessions", "không theo thứ tự"),
            (
                [some_hours(TUESDAY, MORNING, Session(opens=time(10), closes=time(12)))],
                "sessions",
                "chồng giờ",
            ),
            (
                [some_hours(TUESDAY, Session(opens=time(9), closes=time(9)))],
                "sessions",
                "trước khi",
            ),
            (
                [some_hours(TUESDAY, MORNING, Session(opens=time(11), closes=time(12)))],
                "sessions",
                "thành một buổi",
            ),
            ([some_hours(TUESDAY, weekend=frozenset(range(7)))], "weekend", "ít nhất một ngày"),
            ([some_hours(WEDNESDAY, until=TUESDAY)], "until", "từ ngày bắt đầu"),
            ([some_hours(TUESDAY, until=date.max)], "until", "xin để trống"),
            ([some_hours(TUESDAY, until=date(2101, 1, 1))], "until", "xin để trống"),
            ([some_hours(TUESDAY), some_hours(WEDNESDAY)], "since", "chồng thời gian"),
        ],
    )
    def test_says_what_cannot_be_followed(self, lines, key, complaint):
        with pytest.raises(InvalidChange, match=complaint) as refused:
            a_proposal(*lines)

        assert key in {fault.key for fault in refused.value.faults}
        assert not CalendarChange.objects.exists()

    @pytest.mark.parametrize(
        ("said", "key"),
        [
            ({"basis": " "}, "basis"),
            ({"reason": ""}, "reason"),
            ({"recalculates": True}, "recalculation_reason"),
        ],
    )
    def test_asks_for_its_words(self, said, key):
        with pytest.raises(InvalidChange) as refused:
            a_proposal(a_day(TUESDAY), **said)

        assert [fault.key for fault in refused.value.faults] == [key]

    def test_of_a_day_that_waits_already_is_refused(self):
        first = a_proposal(a_day(TUESDAY), a_day(WEDNESDAY))

        with pytest.raises(InvalidChange, match=f"đề nghị số {first.pk}"):
            a_proposal(a_day(WEDNESDAY, name="Ngày khác"))

    def test_of_hours_that_wait_already_is_refused(self):
        first = a_proposal(some_hours(TUESDAY, agency_id=7))
        a_proposal(some_hours(TUESDAY, agency_id=8))

        with pytest.raises(InvalidChange, match=f"đề nghị số {first.pk}"):
            a_proposal(some_hours(WEDNESDAY, AFTERNOON, agency_id=7))


@pytest.mark.django_db
class TestDeciding:
    def test_makes_the_next_edition(self):
        first, second = a_proposal(a_day(TUESDAY)), a_proposal(a_day(WEDNESDAY))

        assert approve_change(change_id=second.pk, actor=APPROVER, at=NOW).edition == 1
        assert approve_change(change_id=first.pk, actor=APPROVER, at=NOW).edition == 2
        assert [change.pk for change in queries.editions()] == [first.pk, second.pk]
        told = LedgerEvent.objects.about(second.subject).last()
        assert (told.kind, told.data["edition"]) == ("calendars.change-approved", 1)

    def test_is_for_a_second_person(self):
        change = a_proposal(a_day(TUESDAY))

        with pytest.raises(NotASecondPerson):
            approve_change(change_id=change.pk, actor=PROPOSER, at=NOW)
        with pytest.raises(NotASecondPerson):
            reject_change(change_id=change.pk, actor=PROPOSER, at=NOW, reason="x")
        assert CalendarChange.objects.get().is_open

    def test_is_for_a_second_person_in_the_database_too(self):
        change = a_proposal(a_day(TUESDAY))

        with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
            CalendarChange.objects.filter(pk=change.pk).update(
                decided_by=PROPOSER, decided_at=NOW, edition=1
            )

    def test_happens_once(self):
        change = a_proposal(a_day(TUESDAY))
        approve_change(change_id=change.pk, actor=APPROVER, at=NOW)

        with pytest.raises(AlreadyDecided):
            approve_change(change_id=change.pk, actor="officer:3", at=NOW)
        with pytest.raises(AlreadyDecided):
            reject_change(change_id=change.pk, actor="officer:3", at=NOW, reason="Sai ngày.")

    def test_on_what_was_looked_at_before_another_edition_is_refused(self):
        first, second = a_proposal(a_day(TUESDAY)), a_proposal(a_day(WEDNESDAY))
        approve_change(change_id=first.pk, actor=APPROVER, at=NOW, seen_edition=0)

        with pytest.raises(TheCalendarMovedOn):
            approve_change(change_id=second.pk, actor=APPROVER, at=NOW, seen_edition=0)

    def test_against_says_why_and_leaves_the_calendar(self):
        change = a_proposal(a_day(TUESDAY))

        with pytest.raises(NeedsAReason):
            reject_change(change_id=change.pk, actor=APPROVER, at=NOW, reason=" ")
        reject_change(change_id=change.pk, actor=APPROVER, at=NOW, reason="Sai ngày.")

        assert queries.current_edition() == 0
        assert queries.changes_rejected(5) == [change]
        assert LedgerEvent.objects.about(change.subject).last().data["reason"] == "Sai ngày."

    def test_leaves_nothing_that_could_be_altered(self):
        change = a_proposal(a_day(TUESDAY))
        approve_change(change_id=change.pk, actor=APPROVER, at=NOW)

        for act in (
            lambda: ChangedDay.objects.update(kind="swap_off"),
            lambda: ChangedDay.objects.all().delete(),
            lambda: CalendarChange.objects.update(basis="QĐ 02"),
            lambda: CalendarChange.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                act()


@pytest.mark.django_db(transaction=True)
class TestTwoWhoApproveAtOnce:
    def test_make_one_edition(self):
        change = a_proposal(a_day(TUESDAY))
        outcomes = self._at_once(
            lambda actor: approve_change(change_id=change.pk, actor=actor, at=NOW).edition
        )

        assert sorted(map(str, outcomes)) == sorted(["1", str(AlreadyDecided())])
        assert LedgerEvent.objects.filter(kind="calendars.change-approved").count() == 1

    def test_of_two_changes_make_two_editions(self):
        changes = {
            "officer:2": a_proposal(a_day(TUESDAY)),
            "officer:3": a_proposal(a_day(SATURDAY)),
        }
        outcomes = self._at_once(
            lambda actor: approve_change(change_id=changes[actor].pk, actor=actor, at=NOW).edition
        )

        assert sorted(outcomes) == [1, 2]

    def _at_once(self, act):
        outcomes = []
        together = threading.Barrier(2)

        def run(actor):
            together.wait()
            try:
                outcomes.append(act(actor))
            except AlreadyDecided as late:
                outcomes.append(late)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(f"officer:{n}",)) for n in (2, 3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes
