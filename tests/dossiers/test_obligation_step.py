"""The step at which what the applicant owes is settled: a land transfer between two citizens."""

import pytest

from motcua.calendars import seeds, working
from motcua.dossiers import policies, queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import Incomplete, NotTheHolder, TheStateForbidsIt
from motcua.procedures.queries import compiled
from tests.builders import NOW, ADesk, a_filing, an_agency
from tests.dossiers.acts import LATER, columns_of, do, events_of
from tests.procedures.answers_land import ANSWERS

pytestmark = pytest.mark.django_db

CODE = "1.013831"
NEXT_DAY = LATER.replace(day=16)


class LandRegistry(ADesk):
    def __init__(self) -> None:
        super().__init__(an_agency("Sở Tài nguyên và Môi trường"), procedure=CODE)

    def examined(self) -> Dossier:
        """Bring a sale to where its taxes are settled; nobody holds it there yet."""
        dossier = self.taken_up(a_filing(CODE, "sale", ANSWERS[CODE]["sale"]))
        return do("propose", dossier, self.processor, desk=self, at=NOW)

    def at_the_tax_step(self) -> Dossier:
        """Take it up again there."""
        return do("take_up", self.examined(), self.processor, desk=self, at=NOW)

    def paid(self) -> Dossier:
        """Tell the buyer what is owed, and take the proof a day later."""
        dossier = do("impose_obligation", self.at_the_tax_step(), self.processor, desk=self)
        return do("discharge_obligation", dossier, self.receiver, desk=self, at=NEXT_DAY)


@pytest.fixture
def desk() -> LandRegistry:
    return LandRegistry()


class TestTheRoute:
    def test_goes_to_the_land_registry_and_nowhere_else(self, desk):
        dossier = desk.examined()

        assert dossier.settling_agency.name == "Sở Tài nguyên và Môi trường"
        assert dossier.step_unit.name == "Văn phòng Đăng ký đất đai"
        assert (dossier.state, dossier.step_key, dossier.holder) == ("in_progress", "tax", None)

    def test_does_not_owe_before_it_has_been_examined(self, desk):
        dossier = desk.taken_up(a_filing(CODE, "sale", ANSWERS[CODE]["sale"]))

        with pytest.raises(TheStateForbidsIt, match="Xác định và thực hiện nghĩa vụ tài chính"):
            do("impose_obligation", dossier, desk.processor, desk=desk)

        standings = policies.standings_of(desk.processor, dossier, compiled(dossier.version_id))
        [why_not] = [each.why_not for each in standings if each.verb == "impose_obligation"]
        assert "Nghĩa vụ tài chính được xác định ở bước" in why_not
        assert not queries.obligation_is_unsettled(dossier, compiled(dossier.version_id))

    def test_takes_a_refusal_past_the_taxes_to_whoever_signs(self, desk):
        dossier = desk.taken_up(a_filing(CODE, "sale", ANSWERS[CODE]["sale"]))

        dossier = do("propose", dossier, desk.processor, desk=desk, outcome="denied")

        assert dossier.step_key == "decide"


class TestProposeOutcome:
    def test_waits_until_what_is_owed_was_told_or_nothing_is(self, desk):
        dossier = desk.at_the_tax_step()
        before, history = columns_of(dossier), len(events_of(dossier))

        for nothing in ("", "  \n "):
            with pytest.raises(Incomplete, match="hoặc ghi rõ vì sao"):
                do("propose", dossier, desk.processor, desk=desk, no_obligation=nothing)

        assert columns_of(dossier) == before
        assert len(events_of(dossier)) == history

    def test_goes_on_with_the_reason_why_nothing_is_owed(self, desk):
        dossier = do(
            "propose",
            desk.at_the_tax_step(),
            desk.processor,
            desk=desk,
            no_obligation=" Mẹ tặng cho con: miễn thuế. ",
        )

        assert dossier.step_key == "decide"
        told = events_of(dossier)[-1]
        assert told.data["no_obligation"] == "Mẹ tặng cho con: miễn thuế."
        [inside] = queries.timeline_in([told], inside=True)
        assert "Không phát sinh nghĩa vụ tài chính: Mẹ tặng cho con" in inside.detail
        [outside] = queries.timeline_in([told], inside=False)
        assert outside.detail == ""

    def test_goes_on_once_it_was_paid_and_keeps_no_idle_reason(self, desk):
        dossier = do(
            "propose", desk.paid(), desk.processor, desk=desk, at=NEXT_DAY, no_obligation="Thừa."
        )

        assert dossier.step_key == "decide"
        assert events_of(dossier)[-1].data["no_obligation"] == ""

    def test_of_a_refusal_asks_for_nothing_owed(self, desk):
        dossier = do("propose", desk.at_the_tax_step(), desk.processor, desk=desk, outcome="denied")

        assert dossier.step_key == "decide"

    def test_is_the_holders_alone(self, desk):
        with pytest.raises(NotTheHolder, match="nhận xử lý"):
            do("propose", desk.examined(), desk.processor, desk=desk, no_obligation="Miễn thuế.")

    def test_remembers_what_was_paid_when_the_leader_sends_it_back(self, desk):
        dossier = do("propose", desk.paid(), desk.processor, desk=desk, at=NEXT_DAY)

        dossier = do("send_back", dossier, desk.leader, desk=desk, at=NEXT_DAY)
        assert (dossier.step_key, dossier.holder_id) == ("tax", desk.processor.officer_id)
        dossier = do("propose", dossier, desk.processor, desk=desk, at=NEXT_DAY)

        assert dossier.step_key == "decide"

    def test_asks_again_when_a_reason_was_sent_back(self, desk):
        dossier = do(
            "propose", desk.at_the_tax_step(), desk.processor, desk=desk, no_obligation="Miễn."
        )
        dossier = do("send_back", dossier, desk.leader, desk=desk)

        with pytest.raises(Incomplete):
            do("propose", dossier, desk.processor, desk=desk)


class TestTheClock:
    def test_stands_still_from_the_notice_to_the_proof(self, desk):
        dossier = desk.at_the_tax_step()
        promised = dossier.due_at

        owing = do("impose_obligation", dossier, desk.processor, desk=desk, at=LATER)
        assert (owing.state, owing.national_status, owing.paused_at) == (
            "awaiting_obligation",
            6,
            LATER,
        )
        paid = do("discharge_obligation", owing, desk.receiver, desk=desk, at=NEXT_DAY)

        assert paid.paused_at is None
        calendar = seeds.shipped_calendar()
        waited = working.worked_between(calendar, LATER, NEXT_DAY)
        assert working.worked_between(calendar, promised, paid.due_at) == waited

    def test_lets_nobody_propose_while_money_is_owed(self, desk):
        owing = do("impose_obligation", desk.at_the_tax_step(), desk.processor, desk=desk)

        with pytest.raises(TheStateForbidsIt):
            do("propose", owing, desk.processor, desk=desk, no_obligation="Miễn.")


class TestOtherProcedures:
    def test_impose_obligations_at_any_examination_and_propose_without_one(self):
        ward = ADesk()

        owing = ward.awaiting_obligation()
        proposed = ward.proposed()

        assert owing.state == "awaiting_obligation"
        assert proposed.step_key == "decide"
