"""What a delay asks for: a cause, one apology, or more time before it comes to that."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError

from motcua.calendars.limits import Limit, LimitUnit
from motcua.calendars.queries import city_calendar
from motcua.dossiers import clock, policies, queries, services
from motcua.dossiers.lifecycle import Paper
from motcua.dossiers.models import Apology, DelayCause, Dossier, IssuedPaper
from motcua.dossiers.services import Incomplete, NotAllowed
from motcua.procedures.queries import compiled
from tests.builders import ADesk, a_change, a_leader, a_processor, an_agency
from tests.calendars.saying import MORNING, an_edition, some_hours
from tests.dossiers.acts import WORDS, columns_of, events_of

EARLY = datetime(2024, 10, 15, 3, 0, tzinfo=UTC)  # 10:00, due at 17:00
SOON = datetime(2024, 10, 15, 8, 0, tzinfo=UTC)  # 15:00
LATE = datetime(2024, 10, 16, 3, 0, tzinfo=UTC)
FRIDAY = date(2024, 10, 18)


def explain(dossier, mandate, *, at=LATE, cause="own_unit", words="Thiếu người.", **said):
    """State the cause."""
    return services.state_cause(
        dossier_id=dossier.pk, mandate=mandate, cause=cause, words=words, at=at, **said
    )


def apologise(dossier, mandate, *, at=LATE, on=FRIDAY, words="Chúng tôi xin lỗi Ông/Bà."):
    """Sign the apology."""
    return services.apologise(
        dossier_id=dossier.pk, mandate=mandate, promised_on=on, words=words, at=at
    )


@pytest.mark.django_db
class TestStatingACause:
    def test_is_put_on_record(self):
        desk = ADesk()
        dossier = explain(desk.taken_up(), desk.processor)

        cause = queries.standing_cause_of(dossier)
        assert (cause.cause, cause.words) == ("own_unit", "Thiếu người.")
        assert events_of(dossier)[-1].kind == "dossiers.delay-explained"

    def test_leaves_everything_else_as_it_was(self):
        desk = ADesk()
        before = desk.taken_up()
        kept = columns_of(before)

        explain(before, desk.processor)

        changed = {k for k, v in columns_of(before).items() if v != kept[k]}
        assert changed <= {"wakes_at"}

    def test_said_twice_is_said_once(self):
        desk = ADesk()
        dossier = explain(desk.taken_up(), desk.leader)

        explain(dossier, desk.leader)

        assert DelayCause.objects.count() == 1

    @pytest.mark.parametrize("said", [{"cause": "weather"}, {"words": "  "}])
    def test_needs_a_class_and_words(self, said):
        desk = ADesk()
        with pytest.raises(Incomplete):
            explain(desk.taken_up(), desk.processor, **said)

    def test_waits_until_something_is_late(self):
        desk = ADesk()
        dossier = desk.taken_up()
        with pytest.raises(policies.NotLate):
            explain(dossier, desk.processor, at=dossier.due_at - timedelta(days=2))

    def test_is_not_a_colleagues_business(self):
        desk = ADesk()
        with pytest.raises(policies.NotTheHolder):
            explain(desk.taken_up(), a_processor())

    def test_is_not_another_agencys_business(self):
        desk, stranger = ADesk(), a_leader(an_agency("Ủy ban nhân dân quận Ninh Kiều"))
        with pytest.raises(NotAllowed):
            explain(desk.taken_up(), stranger)

    def test_is_corrected_by_a_leader_with_a_reason_and_both_stay_on_record(self):
        desk = ADesk()
        dossier = explain(desk.taken_up(), desk.processor)

        with pytest.raises(Incomplete):
            explain(dossier, desk.leader, cause="system", words="Mất điện.")
        explain(dossier, desk.leader, cause="system", words="Mất điện.", correction="Xem biên bản.")

        assert queries.standing_cause_of(dossier).cause == "system"
        assert [c.cause for c in queries.causes_of(dossier)] == ["own_unit", "system"]

    def test_is_not_corrected_by_the_holder(self):
        desk = ADesk()
        dossier = explain(desk.taken_up(), desk.processor)

        with pytest.raises(policies.NotYourRole):
            explain(dossier, desk.processor, cause="system", words="Khác.", correction="Vì thế.")

    def test_is_kept_one_at_a_time_by_the_database(self):
        desk = ADesk()
        dossier = explain(desk.taken_up(), desk.processor)
        with pytest.raises(IntegrityError, match="one_cause_of_a_delay_stands"):
            DelayCause.objects.create(
                dossier=dossier,
                cause="system",
                words="x",
                stated_by_id=desk.leader.officer_id,
                stated_at=LATE,
            )


@pytest.mark.django_db
class TestDeciding:
    def test_a_late_dossier_waits_for_its_cause(self):
        desk = ADesk()
        dossier = desk.proposed()

        with pytest.raises(policies.CauseIsMissing):
            services.decide_dossier(
                dossier_id=dossier.pk, mandate=desk.leader, at=LATE, **WORDS["decide"]
            )
        explain(dossier, desk.leader)
        decided = services.decide_dossier(
            dossier_id=dossier.pk, mandate=desk.leader, at=LATE, **WORDS["decide"]
        )

        assert decided.state == "decided"

    def test_a_dossier_in_time_asks_for_none(self):
        desk = ADesk()
        dossier = services.decide_dossier(
            dossier_id=desk.proposed().pk, mandate=desk.leader, at=EARLY, **WORDS["decide"]
        )

        assert dossier.state == "decided"
        assert not DelayCause.objects.exists()


@pytest.mark.django_db
class TestApologising:
    def test_promises_a_new_date_and_the_dossier_stays_late(self):
        desk = ADesk()
        dossier = explain(desk.taken_up(), desk.processor)
        due_at = dossier.due_at

        apologised = apologise(dossier, desk.leader)

        assert apologised.promised_at == datetime(2024, 10, 18, 10, 0, tzinfo=UTC)
        assert apologised.due_at == due_at
        assert policies.is_late(apologised, at=LATE)

    def test_puts_out_one_paper_that_says_the_same(self):
        desk = ADesk()
        dossier = apologise(explain(desk.taken_up(), desk.processor), desk.leader)
        with pytest.raises(policies.AlreadyPromised):
            apologise(dossier, desk.leader, on=date(2024, 10, 21))

        [paper] = IssuedPaper.objects.filter(paper=Paper.APOLOGY)

        assert (paper.dossier_id, paper.agency_id) == (dossier.pk, dossier.settling_agency_id)
        assert (paper.number, paper.issued_at) == (1, LATE)
        assert paper.issued_by_id == desk.leader.officer_id
        assert paper.facts["reason"] == "Chúng tôi xin lỗi Ông/Bà."
        assert paper.facts["due_at"] == dossier.due_at.isoformat()
        assert paper.facts["new_due_at"] == dossier.promised_at.isoformat()

    def test_puts_out_no_paper_when_it_is_refused(self):
        desk = ADesk()
        dossier = explain(desk.taken_up(), desk.processor)
        with pytest.raises(Incomplete):
            apologise(dossier, desk.leader, on=date(2024, 10, 19))

        assert not IssuedPaper.objects.filter(paper=Paper.APOLOGY).exists()

    def test_promises_until_the_settling_agency_closes(self):
        desk = ADesk()
        dossier = explain(desk.taken_up(), desk.processor)
        hours = some_hours(FRIDAY, MORNING, agency_id=dossier.settling_agency_id)
        an_edition(hours)

        # Eleven in the morning; the rest of the city works until five.
        assert apologise(dossier, desk.leader).promised_at == datetime(2024, 10, 18, 4, tzinfo=UTC)

    def test_is_read_by_the_applicant(self):
        desk = ADesk()
        dossier = apologise(explain(desk.taken_up(), desk.processor), desk.leader)

        told = queries.timeline_of(dossier, inside=False)[-1]

        assert told.kind == "dossiers.apology-signed"
        assert "18/10/2024" in told.detail
        assert "Chúng tôi xin lỗi" in told.detail

    def test_needs_a_cause(self):
        desk = ADesk()
        with pytest.raises(policies.CauseIsMissing):
            apologise(desk.taken_up(), desk.leader)

    def test_happens_once(self):
        desk = ADesk()
        dossier = apologise(explain(desk.taken_up(), desk.processor), desk.leader)

        with pytest.raises(policies.AlreadyPromised):
            apologise(dossier, desk.leader, on=date(2024, 10, 21))

    def test_happens_once_by_the_database_too(self):
        desk = ADesk()
        dossier = apologise(explain(desk.taken_up(), desk.processor), desk.leader)
        with pytest.raises(IntegrityError, match="a_new_date_is_promised_once"):
            Apology.objects.create(
                dossier=dossier,
                cause=queries.standing_cause_of(dossier),
                promised_at=LATE + timedelta(days=9),
                words="x",
                signed_by_id=desk.leader.officer_id,
                signed_at=LATE,
            )

    @pytest.mark.parametrize(
        "on",
        [
            None,
            date(2024, 10, 15),  # behind
            date(2024, 10, 19),  # a Saturday
            date(2024, 12, 31),  # too far
        ],
    )
    def test_promises_a_working_day_ahead_and_not_too_far(self, on):
        desk = ADesk()
        dossier = explain(desk.taken_up(), desk.processor)
        with pytest.raises(Incomplete):
            apologise(dossier, desk.leader, on=on)

    def test_is_the_leaders(self):
        desk = ADesk()
        dossier = explain(desk.taken_up(), desk.processor)
        with pytest.raises(policies.NotYourRole):
            apologise(dossier, desk.processor)

    def test_comes_too_late_when_all_is_done(self):
        desk = ADesk()
        with pytest.raises(policies.TheStateForbidsIt):
            apologise(desk.decided(), desk.leader)

    def test_may_come_when_the_delay_is_seen_coming(self):
        desk = ADesk()
        dossier = explain(desk.taken_up(), desk.processor, at=SOON)

        assert apologise(dossier, desk.leader, at=SOON).promised_at is not None


@pytest.mark.django_db
class TestStandings:
    def test_say_why_each_act_is_not_open(self):
        desk = ADesk()
        dossier = Dossier.objects.get(pk=desk.taken_up().pk)

        standings = policies.lateness_standings_of(
            desk.leader, dossier, compiled(dossier.version_id), at=LATE
        )

        assert {s.verb: s.allowed for s in standings} == {
            "state_cause": True,
            "apologise": False,
            "extend": False,
        }
        assert all(s.why_not for s in standings if not s.allowed)

    def test_offer_a_receiver_nothing(self):
        desk = ADesk()
        dossier = desk.taken_up()

        assert (
            policies.lateness_standings_of(
                desk.receiver, dossier, compiled(dossier.version_id), at=LATE
            )
            == []
        )


@pytest.mark.django_db
class TestExtending:
    """A change of name at the ward: three working days, and three more if it must be verified."""

    def extended(self, dossier, desk, *, at=EARLY, amount=Fraction(2), reason="Phải xác minh."):
        return services.extend_dossier(
            dossier_id=dossier.pk, mandate=desk.leader, amount=amount, reason=reason, at=at
        )

    def test_moves_the_due_moment_and_tells_the_applicant(self):
        desk = ADesk()
        dossier = desk.taken_up(a_change())
        before = dossier.due_at

        extended = self.extended(dossier, desk)

        assert before == datetime(2024, 10, 18, 2, 0, tzinfo=UTC)
        assert extended.due_at == datetime(2024, 10, 22, 2, 0, tzinfo=UTC)  # a weekend between
        told = queries.timeline_of(extended, inside=False)[-1]
        assert "Phải xác minh." in told.detail
        assert "Điều 28" in told.detail
        assert "22/10/2024" in told.detail

    def test_is_recomputed_from_the_ledger_alone(self):
        desk = ADesk()
        extended = self.extended(desk.taken_up(a_change()), desk)
        version = compiled(extended.version_id)

        again = clock.due_at(
            queries.clock_events_of(extended),
            limit=queries.limit_of(extended, version),
            policy=version.pause_policy,
            calendar=city_calendar(),
        )

        assert again == extended.due_at

    def test_happens_no_more_often_than_the_law_says(self):
        desk = ADesk()
        dossier = self.extended(desk.taken_up(a_change()), desk)
        with pytest.raises(policies.NoExtensionLeft):
            self.extended(dossier, desk)

    def test_comes_before_the_due_moment_or_not_at_all(self):
        desk = ADesk()
        dossier = desk.taken_up(a_change())
        with pytest.raises(policies.TheStateForbidsIt):
            self.extended(dossier, desk, at=dossier.due_at)

    @pytest.mark.parametrize(
        "said", [{"amount": Fraction(0)}, {"amount": Fraction(4)}, {"reason": " "}]
    )
    def test_needs_a_reason_and_keeps_to_the_limit(self, said):
        desk = ADesk()
        dossier = desk.taken_up(a_change())
        with pytest.raises(Incomplete):
            self.extended(dossier, desk, **said)

    def test_of_calendar_days_is_of_whole_ones(self, monkeypatch):
        desk = ADesk()
        dossier = desk.taken_up(a_change())
        version = compiled(dossier.version_id)
        by_days = replace(version.extension, limit=Limit(amount=Fraction(3), unit=LimitUnit.DAY))
        monkeypatch.setattr(
            "motcua.dossiers.services.lateness.compiled",
            lambda _version_id: replace(version, extension=by_days),
        )

        with pytest.raises(Incomplete, match="số nguyên"):
            self.extended(dossier, desk, amount=Fraction(5, 2))
        assert self.extended(dossier, desk, amount=Fraction(2)).due_at > dossier.due_at

    def test_is_the_leaders(self):
        desk = ADesk()
        dossier = desk.taken_up(a_change())
        with pytest.raises(policies.NotYourRole):
            services.extend_dossier(
                dossier_id=dossier.pk,
                mandate=desk.processor,
                amount=Fraction(1),
                reason="Vì thế.",
                at=EARLY,
            )

    def test_is_unknown_to_a_procedure_whose_law_does_not_speak_of_it(self):
        desk = ADesk()
        with pytest.raises(policies.NoExtensionLeft):
            self.extended(desk.taken_up(), desk)
