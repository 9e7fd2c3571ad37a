"""One filing, several agencies: the parts of a linked dossier from acceptance to hand-over."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.calendars import seeds
from motcua.calendars.limits import Limit, LimitUnit
from motcua.dossiers import policies, queries, services
from motcua.dossiers.lifecycle import CLOSED_STATES, DOSSIER_LIFECYCLE, DossierState
from motcua.dossiers.models import Dossier, DossierComponent, HandOver
from motcua.dossiers.queries import PartTime, ends_of_parts
from motcua.dossiers.services import Incomplete, TheStateForbidsIt
from motcua.kernel.ledger.models import LedgerEvent
from motcua.procedures.definitions import PartsDue
from motcua.procedures.queries import compiled
from motcua.steering.definitions import Measure, Period
from motcua.steering.followers import follow_dossiers
from motcua.steering.queries import counted
from tests.builders import (
    NOW,
    a_linked_birth,
    a_linked_death,
    a_receiver,
    an_agency,
    found_wanting,
)
from tests.kernel.ledger.rooms import catch_up

from .linked import Agencies, answered, asked, keys_of, part_of, proposed, settled

SETTLED = {Measure.FILED, Measure.RECEIVED, Measure.DECIDED}
pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def accepted(agencies, whole=None, *, at=NOW):
    whole = whole or a_linked_birth()
    return services.accept_dossier(dossier_id=whole.pk, mandate=agencies.ward.receiver, at=at)


def days(amount):
    return Limit(amount=amount, unit=LimitUnit.WORKING_DAY)


class TestOpening:
    def test_opens_what_need_not_wait_and_nothing_before_acceptance(self):
        whole = a_linked_birth()
        assert keys_of(whole) == []

        accepted(Agencies(), whole)

        assert keys_of(whole) == ["birth"]

    def test_gives_each_part_its_own_code_agency_version_and_answers(self):
        agencies = Agencies()
        whole = accepted(agencies)
        settled(agencies, whole, "birth")
        residence = part_of(whole, "residence")

        assert residence.code.startswith("000.00.61.H13-")
        assert residence.settling_agency.name == "Công an thành phố Cần Thơ"
        assert compiled(residence.version_id).code == "1.004222"
        assert residence.answers["person_name"] == whole.answers["child_name"]
        assert residence.answers["household_head"] == whole.answers["household_head"]
        assert "born_place" not in residence.answers
        assert (residence.owner, residence.submitter) == (whole.owner, whole.submitter)

    def test_leaves_no_question_of_a_part_without_its_answer(self):
        agencies = Agencies()
        for whole, first in ((a_linked_birth(), "birth"), (a_linked_death(), "death")):
            accepted(agencies, whole)
            settled(agencies, whole, first)
            for part in Dossier.objects.filter(parent=whole):
                form = compiled(part.version_id).form
                missing = {p.key for p in form.problems(part.answers, on=NOW.date())}
                assert missing == set(), part.part

    def test_takes_the_same_stored_files_over_by_reference(self):
        whole = accepted(Agencies())

        of_whole = set(DossierComponent.objects.filter(dossier=whole).values_list("key", "file_id"))
        of_birth = set(
            DossierComponent.objects.filter(dossier=part_of(whole, "birth")).values_list(
                "key", "file_id"
            )
        )
        assert of_birth == of_whole == {("birth_certificate", next(iter(of_whole))[1])}

    def test_accepts_with_the_whole_what_the_same_counter_would_accept(self):
        agencies = Agencies()
        whole = accepted(agencies)
        birth = part_of(whole, "birth")

        assert birth.state == DossierState.ACCEPTED
        assert birth.accepted_at == NOW
        settled(agencies, whole, "birth")
        assert part_of(whole, "residence").state == DossierState.SUBMITTED
        assert part_of(whole, "residence").intake_due_at is not None

    def test_asks_only_for_the_parts_that_the_answers_call_for(self):
        agencies = Agencies()
        whole = a_linked_birth(
            nationality="other", nationality_other="Lào",
            residence_address=None, household_head=None, household_head_id=None, head_relation=None,
        )  # fmt: skip
        accepted(agencies, whole)
        settled(agencies, whole, "birth")

        assert keys_of(whole) == ["birth", "health_card"]

    def test_opens_no_second_part_however_often_it_isasked(self):
        agencies = Agencies()
        whole = accepted(agencies)
        with transaction.atomic():
            again = services.open_parts(whole=whole, actor="system", at=NOW)

        assert again == []
        with pytest.raises(IntegrityError, match="dossier_has_each_part_once"):
            Dossier.objects.filter(pk=a_linked_birth().pk).update(parent=whole, part="birth")

    def test_accepts_nothing_when_a_part_has_no_agency(self):
        agencies = Agencies()
        whole = a_linked_birth()
        procedure = compiled(whole.version_id)
        Dossier.objects.filter(pk=whole.pk).update(
            answers={**whole.answers, "settling_commune": "00000"}
        )
        assert procedure.linked is not None

        with pytest.raises(Incomplete, match="Không tìm thấy cơ quan"), transaction.atomic():
            accepted(agencies, whole)

        whole.refresh_from_db()
        assert whole.state == DossierState.SUBMITTED
        assert keys_of(whole) == []


class TestTheWholeLife:
    def test_ends_with_every_result_handed_over_at_once(self):
        agencies = Agencies()
        whole = accepted(agencies)
        settled(agencies, whole, "birth")
        settled(agencies, whole, "residence", at=NOW + DAY)
        whole.refresh_from_db()
        assert whole.state == DossierState.ACCEPTED
        settled(agencies, whole, "health_card", at=NOW + DAY)
        whole.refresh_from_db()

        assert whole.state == DossierState.DECIDED
        assert whole.completed_at == NOW + DAY
        result = queries.result_of(whole)
        assert result is not None
        assert [line.rpartition(": ")[2] for line in result.summary.splitlines()] == [
            "12/birth",
            "12/residence",
            "12/health_card",
        ]

        services.return_result(
            dossier_id=whole.pk,
            mandate=agencies.ward.receiver,
            method="counter",
            receiver="Trần Văn Bình",
            at=NOW + 2 * DAY,
        )
        ends = Dossier.objects.filter(parent=whole).values_list("state", "returned_at")
        assert set(ends) == {(DossierState.RETURNED, NOW + 2 * DAY)}
        assert HandOver.objects.filter(receiver="Trần Văn Bình").count() == 4

    def test_tells_the_same_in_the_ledgers_of_whole_and_part(self):
        agencies = Agencies()
        whole = accepted(agencies)
        settled(agencies, whole, "birth")

        handed_on = LedgerEvent.objects.about(whole.subject).filter(kind="dossiers.part-handed-on")
        parts = {e.data["part"]: e.data["code"] for e in handed_on}
        assert parts == {p.part: p.code for p in Dossier.objects.filter(parent=whole)}
        opened = LedgerEvent.objects.about(part_of(whole, "birth").subject).first()
        assert opened is not None
        assert (opened.kind, opened.data["whole"]) == ("dossiers.part-opened", whole.code)

    def test_leaves_the_officers_of_the_whole_to_decide_when_a_part_is_denied(self):
        agencies = Agencies()
        whole = accepted(agencies)
        settled(agencies, whole, "birth")
        settled(agencies, whole, "residence", outcome="denied")
        settled(agencies, whole, "health_card")
        whole.refresh_from_db()
        assert whole.state == DossierState.ACCEPTED

        ward = agencies.ward
        proposed(ward, whole, outcome="denied")
        decided = services.decide_dossier(
            dossier_id=whole.pk,
            mandate=ward.leader,
            outcome="denied",
            number="13/TB",
            summary="Công an không đăng ký thường trú; khai sinh và thẻ vẫn có.",
            at=NOW + DAY,
        )
        assert decided.state == DossierState.DECIDED

    def test_opens_nothing_that_waits_for_a_part_which_was_denied(self):
        agencies = Agencies()
        whole = accepted(agencies)

        settled(agencies, whole, "birth", outcome="denied")

        assert keys_of(whole) == ["birth"]

    def test_lets_nobody_decide_the_whole_before_its_parts_have_ended(self):
        agencies = Agencies()
        whole = accepted(agencies)
        settled(agencies, whole, "birth")
        ward = agencies.ward
        services.take_up_dossier(dossier_id=whole.pk, mandate=ward.processor, at=NOW)

        with pytest.raises(TheStateForbidsIt, match="Còn 2 hồ sơ thành phần"):
            services.propose_outcome(
                dossier_id=whole.pk,
                mandate=ward.processor,
                outcome="granted",
                opinion="Xong.",
                at=NOW,
            )

    def test_sends_requests_for_papers_to_the_part_whose_clock_stands_still(self):
        agencies = Agencies()
        whole = accepted(agencies)
        services.take_up_dossier(dossier_id=whole.pk, mandate=agencies.ward.processor, at=NOW)

        with pytest.raises(TheStateForbidsIt, match="hồ sơ thành phần"):
            services.request_supplement(
                dossier_id=whole.pk,
                mandate=agencies.ward.processor,
                reason="Ảnh mờ.",
                findings=found_wanting(whole, "birth_certificate"),
                at=NOW,
            )


class TestEndingTheWhole:
    def test_stops_the_parts_at_work_and_takes_back_those_not_accepted(self):
        agencies = Agencies()
        whole = accepted(agencies)
        settled(agencies, whole, "birth")
        residence = part_of(whole, "residence")
        services.accept_dossier(dossier_id=residence.pk, mandate=agencies.police.receiver, at=NOW)

        services.stop_dossier(
            dossier_id=whole.pk, mandate=agencies.ward.leader, reason="Có tranh chấp.", at=NOW
        )

        states = dict(Dossier.objects.filter(parent=whole).values_list("part", "state"))
        assert states == {
            "birth": DossierState.DECIDED,  # what is signed stays
            "residence": DossierState.STOPPED,
            "health_card": DossierState.WITHDRAWN,
        }
        told = LedgerEvent.objects.about(residence.subject).last()
        assert told is not None
        assert whole.code in told.data["reason"]
        assert "Có tranh chấp." in told.data["reason"]

    def test_closes_an_open_request_for_papers_with_the_part(self):
        agencies = Agencies()
        whole = accepted(agencies)
        birth = asked(agencies, whole, at=NOW)

        services.stop_dossier(
            dossier_id=whole.pk, mandate=agencies.ward.leader, reason="Có tranh chấp.", at=NOW
        )

        birth.refresh_from_db()
        assert (birth.state, birth.paused_at) == (DossierState.STOPPED, None)
        assert queries.open_request_of(birth) is None

    def test_knows_every_way_by_which_an_accepted_dossier_ends_without_result(self):
        endings = {t.verb for t in DOSSIER_LIFECYCLE.transitions if t.to in CLOSED_STATES}

        # Whoever adds a way calls `end_parts` there, and names it here. Of silence only parts
        # can die: nobody asks for papers to the whole.
        assert endings - {"stop_for_silence", "stop_intake_for_silence"} == {
            *("refuse", "withdraw", "grant_withdrawal", "stop", "return_result")
        }


class TestTheDueMomentOfTheWhole:
    def test_is_the_longest_way_through_the_parts(self):
        agencies = Agencies()
        whole = a_linked_birth()
        version = compiled(whole.version_id)
        promised = queries.promised_at(whole, version, at=NOW)
        accepted(agencies, whole)
        whole.refresh_from_db()

        # Birth has the 15th until 17:00. From the next morning residence has seven working days,
        # and the card, at the same time, five.
        assert whole.due_at == promised == datetime(2024, 10, 25, tzinfo=UTC)

    def test_is_all_parts_one_after_the_other_where_the_version_adds_them(self):
        agencies = Agencies()
        whole = accepted(agencies, a_linked_death())

        # The 15th; from the next morning one working day, then five.
        assert whole.due_at == datetime(2024, 10, 24, tzinfo=UTC)

    def test_leaves_out_parts_that_the_answers_do_not_ask_for(self):
        agencies = Agencies()
        whole = accepted(agencies, a_linked_death(benefit_kind="none", bury_name=None))

        assert whole.due_at == datetime(2024, 10, 17, tzinfo=UTC)

    def test_moves_with_what_the_clock_of_a_part_was_given_back(self):
        agencies = Agencies()
        whole = accepted(agencies)
        before = whole.due_at
        birth = asked(agencies, whole, at=NOW)
        whole.refresh_from_db()
        assert whole.due_at == before

        answered(birth, at=NOW + DAY)
        whole.refresh_from_db()

        # One working day: from Friday the 25th to Monday.
        assert whole.due_at == datetime(2024, 10, 28, tzinfo=UTC)
        [moved] = LedgerEvent.objects.about(whole.subject).filter(kind="dossiers.whole-due-moved")
        assert moved.data["due_at"] == whole.due_at.isoformat()
        assert moved.data["code"] == birth.code

    def test_does_not_move_because_an_agency_is_early_or_late(self):
        for taken_in_at in (NOW + timedelta(hours=1), NOW + 10 * DAY):
            agencies = Agencies()
            whole = accepted(agencies)
            before = whole.due_at
            settled(agencies, whole, "birth", at=NOW + timedelta(minutes=30))
            services.accept_dossier(
                dossier_id=part_of(whole, "residence").pk,
                mandate=agencies.police.receiver,
                at=taken_in_at,
            )
            whole.refresh_from_db()
            assert whole.due_at == before

    def test_stands_once_the_whole_has_its_result(self):
        agencies = Agencies()
        whole = accepted(agencies)
        for key in ("birth", "residence", "health_card"):
            settled(agencies, whole, key)
        whole.refresh_from_db()
        version = compiled(whole.version_id)

        assert queries.due_of_whole(whole, version) == whole.due_at

    @pytest.mark.parametrize(
        ("rule", "expected"),
        [(PartsDue.MAX, {"a": 1, "b": 3, "c": 4}), (PartsDue.SUM, {"a": 1, "b": 4, "c": 7})],
    )
    def test_counts_at_once_or_in_a_row_as_the_rule_says(self, rule, expected):
        parts = [
            PartTime(key="a", after=(), limit=days(1)),
            PartTime(key="b", after=(), limit=days(3)),
            PartTime(key="c", after=("a",), limit=days(3)),
        ]
        monday = datetime(2024, 10, 14, 2, tzinfo=UTC)

        ends = ends_of_parts(parts, rule=rule, begin=monday, calendar=seeds.shipped_calendar())

        calendar = {1: 15, 3: 17, 4: 18, 7: 23}
        assert {key: end.day for key, end in ends.items()} == {
            key: calendar[n] for key, n in expected.items()
        }


class TestSight:
    def test_shows_the_parts_to_who_took_the_whole_in_and_the_whole_to_no_part(self):
        agencies = Agencies()
        whole = accepted(agencies)
        settled(agencies, whole, "birth")
        residence = part_of(whole, "residence")
        ward, police = agencies.ward.receiver, agencies.police.receiver
        stranger = a_receiver(an_agency("Ủy ban nhân dân phường An Hòa"))

        seen = {
            (name, dossier.code)
            for name, mandate in (("ward", ward), ("police", police), ("stranger", stranger))
            for dossier in (whole, residence)
            if policies.may_see(mandate, dossier)
        }
        assert seen == {
            ("ward", whole.code),
            ("ward", residence.code),
            ("police", residence.code),
        }
        for mandate in (ward, police, stranger):
            for dossier in (whole, residence):
                visible = queries.visible_to(mandate).filter(pk=dossier.pk).exists()
                assert visible == policies.may_see(mandate, dossier)
                if visible:
                    queries.id_in_sight(dossier.code, person=None, mandate=mandate)
                else:
                    with pytest.raises(queries.NoSuchDossier):
                        queries.id_in_sight(dossier.code, person=None, mandate=mandate)

    def test_lets_who_sees_a_part_do_nothing_with_it_that_is_its_agencys(self):
        agencies = Agencies()
        whole = accepted(agencies)
        settled(agencies, whole, "birth")
        residence = part_of(whole, "residence")

        with pytest.raises(policies.NotYourRole):
            services.accept_dossier(dossier_id=residence.pk, mandate=agencies.ward.receiver, at=NOW)

    def test_shows_the_citizen_one_dossier_first_when_a_part_waits_for_them(self):
        agencies = Agencies()
        whole = accepted(agencies)
        newer = a_linked_birth(whole.owner, at=NOW + DAY)
        assert list(queries.dossiers_of(whole.owner)) == [newer, whole]

        birth = asked(agencies, whole, at=NOW)

        assert list(queries.dossiers_of(whole.owner)) == [whole, newer]
        assert queries.dossier_of(whole.owner, birth.code) == birth


@pytest.mark.django_db(transaction=True)
class TestFigures:
    def test_count_one_filing_and_the_work_of_each_agency_apart(self):
        agencies = Agencies()
        whole = accepted(agencies)
        settled(agencies, whole, "birth")
        for key in ("residence", "health_card"):
            settled(agencies, whole, key)

        assert list(Dossier.objects.filed()) == [whole]
        catch_up(follow_dossiers)
        ward, police = (
            {
                row.is_part: {m: n for m, n in row.now.items() if n and m in SETTLED}
                for row in counted(Period.month(2024, 10), at=NOW)
                if row.agency_id == desk.receiver.posts[0].agency_id
            }
            for desk in (agencies.ward, agencies.police)
        )
        filed = {Measure.FILED: 1, Measure.RECEIVED: 1, Measure.DECIDED: 1}
        assert ward == {False: filed, True: filed}
        assert police == {True: filed}
