"""What is owed: opened once by time, told by its owner, proved, and confirmed by somebody else."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from motcua.kernel.ledger.models import LedgerEvent
from motcua.plans import policies, services
from motcua.plans.lifecycle import DUTY_LIFECYCLE, DutyState
from motcua.plans.models import Duty, Reminder
from motcua.plans.queries import (
    NoSuchDuty,
    duty_for,
    reminders_of,
    unanswered_duties,
    unread_reminders,
)
from tests.builders import a_receiver
from tests.plans.builders import (
    APRIL,
    CITY,
    DISTRICT,
    FINANCE,
    JULY,
    KEEPER,
    ThePeople,
    a_day_later,
    a_duty,
    a_plan,
    a_proof,
    done,
    proved,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_go_to_a_folder_of_their_own(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def plan():
    return a_plan()


@pytest.fixture
def people():
    return ThePeople()


class TestOpenDuties:
    def test_opens_each_occurrence_once_as_time_passes(self):
        plan = a_plan(at=APRIL)
        months = Duty.objects.filter(task__clause="II.3.c")
        assert [duty.period_first for duty in months.all()] == [date(2024, 4, 1)]

        for at in (JULY, JULY, a_day_later(30), datetime(2025, 3, 1, tzinfo=UTC)):
            services.open_duties(at=at)

        assert months.count() == 9
        assert Duty.objects.filter(task__clause="II.2.g").count() == 2
        assert services.open_duties(at=datetime(2026, 3, 1, tzinfo=UTC)) == 0
        told = LedgerEvent.objects.about(plan.subject).filter(kind="plans.duties-opened")
        assert sum(event.data["count"] for event in told) == Duty.objects.count()

    def test_asks_the_office_of_the_city_by_the_name_of_its_committee(self, plan):
        duty = a_duty(plan, "II.3.c")

        assert duty.agency is not None
        assert duty.agency.name == CITY
        assert plan.called(CITY) == "Văn phòng Ủy ban nhân dân thành phố"


class TestReportDuty:
    def test_is_for_the_owner_alone(self, plan, people):
        duty = a_duty(plan, "II.4.a", FINANCE)

        for stranger in (people.district, people.keeper, people.chairman):
            with pytest.raises(policies.NotTheOwner):
                told(duty, stranger)
        assert told(duty, people.finance).state == DutyState.REPORTED

    def test_of_a_body_outside_the_city_is_for_the_keeper(self, plan, people):
        duty = a_duty(plan, "II.7")

        with pytest.raises(policies.NotTheOwner):
            told(duty, people.finance)
        assert told(duty, people.keeper).percent == 100

    def test_is_not_for_the_counter(self, plan, people):
        duty = a_duty(plan, "II.1.k", DISTRICT)
        receiver = a_receiver(duty.agency)

        with pytest.raises(policies.NotTheOwner):
            told(duty, receiver)

    @pytest.mark.parametrize("percent", [-1, 101])
    def test_refuses_what_is_no_percentage(self, plan, people, percent):
        with pytest.raises(services.Incomplete) as refused:
            told(a_duty(plan, "II.4.a"), people.finance, percent=percent)

        assert refused.value.key == "percent"

    @pytest.mark.parametrize("words", ["", " \n\u200b ", "a" * 4001])
    def test_refuses_empty_or_endless_words(self, plan, people, words):
        with pytest.raises(services.Incomplete):
            services.report_duty(
                duty_id=a_duty(plan, "II.4.a").pk,
                mandate=people.finance,
                percent=10,
                words=words,
                at=JULY,
            )

    def test_may_be_mended_until_it_is_judged(self, plan, people):
        duty = told(a_duty(plan, "II.4.a"), people.finance, percent=30)

        assert told(duty, people.finance, percent=60).percent == 60

    def test_is_refused_once_it_is_done(self, plan, people):
        duty = done(a_duty(plan, "II.4.a"), people.finance, people.keeper)

        with pytest.raises(policies.HasMovedOn, match="Hoàn thành"):
            told(duty, people.finance)


class TestAttach:
    def test_takes_a_file_a_figure_and_a_document(self, plan, people):
        duty = a_duty(plan, "II.4.a")
        services.attach_file(
            duty_id=duty.pk,
            mandate=people.finance,
            title="Tờ trình",
            file=a_proof(people.finance),
            at=JULY,
        )
        services.attach_figure(
            duty_id=duty.pk,
            mandate=people.finance,
            title="Tỷ lệ trực tuyến",
            path="/lanh-dao/tre-han/?thang=2024-06",
            as_of=date(2024, 6, 30),
            at=JULY,
        )
        proved(duty, people.finance)

        duty.refresh_from_db()
        assert duty.evidence_count == 3

    @pytest.mark.parametrize(
        "path",
        [
            "https://example.org/",
            "//example.org/",
            "/\\example.org",
            "javascript:alert(1)",
            "/a/../../etc",
            "",
            "tre-han/",
            "/" + "a" * 300,
        ],
    )
    def test_refuses_an_address_that_leads_elsewhere(self, plan, people, path):
        with pytest.raises(services.Incomplete) as refused:
            services.attach_figure(
                duty_id=a_duty(plan, "II.4.a").pk,
                mandate=people.finance,
                title="Số liệu",
                path=path,
                as_of=date(2024, 6, 30),
                at=JULY,
            )

        assert refused.value.key == "path"

    def test_refuses_days_to_come(self, plan, people):
        duty = a_duty(plan, "II.4.a")
        with pytest.raises(services.Incomplete, match="tương lai"):
            services.attach_figure(
                duty_id=duty.pk, mandate=people.finance, title="S", path="/", at=JULY,
                as_of=date(2024, 7, 3),
            )  # fmt: skip
        with pytest.raises(services.Incomplete, match="tương lai"):
            services.attach_document(
                duty_id=duty.pk, mandate=people.finance, title="S", number="1", at=JULY,
                issued_on=date(2024, 7, 3),
            )  # fmt: skip

    def test_refuses_a_file_that_somebody_else_handed_in(self, plan, people):
        with pytest.raises(services.Incomplete):
            services.attach_file(
                duty_id=a_duty(plan, "II.4.a").pk,
                mandate=people.finance,
                title="Tệp",
                file=a_proof(people.keeper),
                at=JULY,
            )

    def test_is_for_the_owner_and_before_the_end(self, plan, people):
        duty = a_duty(plan, "II.4.a")
        with pytest.raises(policies.NotTheOwner):
            proved(duty, people.district)
        done(duty, people.finance, people.keeper)
        with pytest.raises(policies.HasMovedOn):
            proved(duty, people.finance)


class TestAcceptDuty:
    def test_closes_what_is_whole_and_proved(self, plan, people):
        duty = done(a_duty(plan, "II.4.a"), people.finance, people.keeper)

        assert (duty.state, duty.done_at) == (DutyState.DONE, JULY)
        kinds = [event.kind for event in LedgerEvent.objects.about(duty.subject)]
        assert kinds == ["plans.evidence-attached", "plans.duty-reported", "plans.duty-closed"]

    def test_takes_note_of_a_part_and_leaves_the_rest_owed(self, plan, people):
        duty = told(a_duty(plan, "II.4.a"), people.finance, percent=60)
        duty = services.accept_duty(duty_id=duty.pk, mandate=people.keeper, at=JULY)

        assert duty.state == DutyState.ACCEPTED
        assert duty.is_overdue(date(2024, 7, 2))

    def test_is_refused_without_proof(self, plan, people):
        duty = told(a_duty(plan, "II.4.a"), people.finance)

        with pytest.raises(policies.EvidenceIsMissing):
            services.accept_duty(duty_id=duty.pk, mandate=people.keeper, at=JULY)

        # Nor by any other door.
        with (
            pytest.raises(IntegrityError, match="duty_is_done_only_whole_and_with_proof"),
            transaction.atomic(),
        ):
            Duty.objects.filter(pk=duty.pk).update(
                state="done", done_at=JULY, judged_at=JULY, judged_by=people.keeper.officer_id
            )

    def test_is_for_the_keeper_or_a_leader_of_the_city(self, plan, people):
        duty = a_duty(plan, "II.4.a")
        proved(duty, people.finance)
        told(duty, people.finance)

        for stranger in (people.finance, people.district):
            with pytest.raises(policies.NotTheKeeper):
                services.accept_duty(duty_id=duty.pk, mandate=stranger, at=JULY)
        assert services.accept_duty(duty_id=duty.pk, mandate=people.chairman, at=JULY).done_at

    def test_is_never_for_whoever_reported(self, plan, people):
        duty = a_duty(plan, "II.2.đ", KEEPER)
        proved(duty, people.keeper)
        told(duty, people.keeper)

        with pytest.raises(policies.NotASecondPerson):
            services.accept_duty(duty_id=duty.pk, mandate=people.keeper, at=JULY)
        assert services.accept_duty(duty_id=duty.pk, mandate=people.director, at=JULY).done_at

    def test_is_refused_before_anything_is_told(self, plan, people):
        with pytest.raises(policies.HasMovedOn):
            services.accept_duty(duty_id=a_duty(plan, "II.4.a").pk, mandate=people.keeper, at=JULY)


class TestSendBackDuty:
    def test_says_what_is_missing_and_makes_it_owed_again(self, plan, people):
        duty = told(a_duty(plan, "II.4.a"), people.finance)
        duty = services.send_back_duty(
            duty_id=duty.pk, mandate=people.keeper, words="Thiếu số văn bản.", at=JULY
        )

        assert (duty.state, duty.judgement) == (DutyState.SENT_BACK, "Thiếu số văn bản.")
        assert duty in unanswered_duties([duty.agency_id], date(2024, 7, 2))

    def test_needs_words(self, plan, people):
        duty = told(a_duty(plan, "II.4.a"), people.finance)

        with pytest.raises(services.Incomplete):
            services.send_back_duty(duty_id=duty.pk, mandate=people.keeper, words=" ", at=JULY)


class TestDutyFor:
    def test_hides_what_is_another_agencys(self, plan, people):
        duty = a_duty(plan, "II.4.a", FINANCE)

        with pytest.raises(NoSuchDuty):
            duty_for(people.district, duty.pk)
        for officer in (people.finance, people.keeper, people.chairman):
            assert duty_for(officer, duty.pk) == duty


class TestRaiseReminders:
    def test_reminds_once_before_once_at_and_once_past_the_day(self):
        plan = a_plan(at=APRIL)
        duty = a_duty(plan, "II.4.a", FINANCE)
        raised = []
        for day in (10, 23, 24, 30):
            services.raise_reminders(at=datetime(2024, 4, day, 3, tzinfo=UTC))
            services.raise_reminders(at=datetime(2024, 4, day, 4, tzinfo=UTC))
            raised.append([r.occasion for r in Reminder.objects.filter(duty=duty).order_by("pk")])
        services.raise_reminders(at=datetime(2024, 5, 1, 3, tzinfo=UTC))
        services.raise_reminders(at=datetime(2024, 5, 9, 3, tzinfo=UTC))
        raised.append([r.occasion for r in Reminder.objects.filter(duty=duty).order_by("pk")])

        assert raised == [
            [], ["near"], ["near"], ["near", "due"], ["near", "due", "overdue"],
        ]  # fmt: skip

    def test_tells_the_keeper_of_what_outsiders_owe(self, plan, people):
        services.raise_reminders(at=JULY)

        assert Reminder.objects.get(duty=a_duty(plan, "II.7")).agency.name == KEEPER

    def test_stands_until_it_is_answered_and_is_read_by_its_own_agency(self, plan, people):
        services.raise_reminders(at=JULY)
        duties = {r.duty.task.clause for r in reminders_of(people.finance) if r.duty}
        assert {"II.4.a", "II.4.b"} <= duties
        before = unread_reminders(people.finance).count()
        theirs = [r.pk for r in reminders_of(people.finance)]

        assert services.read_reminders(
            mandate=people.district, reminder_ids=theirs, at=JULY
        ) == 0  # fmt: skip
        services.read_reminders(mandate=people.finance, reminder_ids=theirs[:1], at=JULY)
        assert unread_reminders(people.finance).count() == before - 1
        told(a_duty(plan, "II.4.a"), people.finance)
        assert "II.4.a" not in {r.duty.task.clause for r in reminders_of(people.finance) if r.duty}


def test_every_verb_of_the_table_is_an_act():
    assert {t.verb for t in DUTY_LIFECYCLE.transitions} == {
        "report", "send_back", "accept", "close",
    }  # fmt: skip
