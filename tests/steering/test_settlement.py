"""Report II.06a adds up, whatever happened, and says the same of a past period for ever."""

from datetime import date, timedelta

import pytest

from motcua.dossiers.services import stop_dossier
from motcua.steering.definitions import Period
from motcua.steering.followers import follow_dossiers
from motcua.steering.queries import TheFutureIsNotKnown
from motcua.steering.queries.settlement import By, settlement_report
from tests.builders import NOW, TODAY, ADesk, a_copy_dossier, a_dossier, the_catalogue
from tests.dossiers.test_linked import Agencies, accepted, settled
from tests.kernel.ledger.rooms import catch_up

pytestmark = pytest.mark.django_db(transaction=True)

ONE_DAY = timedelta(days=1)
OCTOBER = Period.month(2024, 10)
LATER = NOW + 50 * ONE_DAY  # in December


class TestSettlementReport:
    def test_tells_what_came_what_was_settled_and_what_is_left(self):
        desk = ADesk()
        desk.decided()  # on the day it is due
        late = desk.accepted()
        stop_dossier(
            dossier_id=late.pk,
            mandate=desk.leader,
            reason="Theo đề nghị.",
            at=late.due_at + ONE_DAY,
        )
        desk.awaiting_supplement()
        desk.accepted()
        a_dossier()  # not received: in no column
        desk.refused()
        catch_up(follow_dossiers)

        whole = settlement_report(OCTOBER, at=LATER).whole

        assert whole.to_settle == whole.received_online == 4
        assert (whole.settled_before, whole.settled_on, whole.settled_after) == (0, 1, 1)
        assert (whole.open_in_time, whole.open_overdue) == (1, 1)

    def test_carries_over_what_was_left(self):
        ADesk().accepted()
        catch_up(follow_dossiers)
        november = settlement_report(Period.month(2024, 11), at=LATER).whole
        assert (november.to_settle, november.carried_in, november.left) == (1, 1, 1)

    def test_says_the_same_when_it_is_made_again(self):
        desk = ADesk()
        dossier = desk.accepted()
        catch_up(follow_dossiers)
        today = Period(date(2024, 10, 1), TODAY)
        first = settlement_report(today, as_of=TODAY, at=NOW)

        stop_dossier(
            dossier_id=dossier.pk, mandate=desk.leader, reason="Theo đề nghị.", at=NOW + ONE_DAY
        )
        desk.decided(at=NOW + ONE_DAY)
        catch_up(follow_dossiers)

        assert settlement_report(today, as_of=TODAY, at=LATER) == first

    @pytest.mark.parametrize(
        ("period", "as_of", "sentence"),
        [
            (Period(date(2024, 10, 1), TODAY + ONE_DAY), None, "sau ngày hôm nay"),
            (OCTOBER, None, "sau ngày hôm nay"),
            (Period(date(2024, 10, 1), TODAY), TODAY - ONE_DAY, "sau ngày của số liệu"),
            (Period(date(2024, 10, 1), TODAY), TODAY + ONE_DAY, "chưa đến"),
        ],
    )
    def test_is_of_days_that_have_come(self, period, as_of, sentence):
        with pytest.raises(TheFutureIsNotKnown, match=sentence):
            settlement_report(period, as_of=as_of, at=NOW)

    def test_counts_parts_for_their_agencies_and_not_for_the_city(self):
        the_catalogue()
        agencies = Agencies()
        whole = accepted(agencies)
        for key in ("birth", "residence", "health_card"):
            settled(agencies, whole, key)
        catch_up(follow_dossiers)

        report = settlement_report(OCTOBER, at=LATER)

        assert report.holds
        assert report.whole.to_settle == 1
        by_name = {line.name: line.figures.settled for line in report.lines if line.figures.settled}
        assert by_name == {
            "Ủy ban nhân dân quận Ninh Kiều": 2,
            "Công an thành phố Cần Thơ": 1,
            "Bảo hiểm xã hội thành phố Cần Thơ": 1,
        }

    def test_is_told_by_procedure_too(self):
        desk = ADesk()
        desk.decided()
        desk.accepted(a_copy_dossier())
        catch_up(follow_dossiers)
        report = settlement_report(OCTOBER, by=By.PROCEDURE, at=LATER)
        assert [(line.code, line.figures.to_settle) for line in report.lines] == [
            ("1.001193", 1),
            ("2.000815", 1),
        ]
