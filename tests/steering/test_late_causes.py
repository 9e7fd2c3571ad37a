"""Report II.07: what was late and why, the same however late it is asked."""

from datetime import UTC, date, datetime, timedelta

import pytest

from motcua.dossiers import services as dossiers
from motcua.offices.models import Agency
from motcua.steering.definitions import Period
from motcua.steering.queries import (
    causes_told,
    end_of,
    late_causes,
    late_dossiers,
)
from tests.builders import NOW, ADesk, a_dossier, a_linked_birth
from tests.disclosure.months import LATE, ended_late
from tests.dossiers.acts import WORDS
from tests.dossiers.test_waking import wake

pytestmark = pytest.mark.django_db

OCTOBER = Period.month(2024, 10)
NOVEMBER = Period.month(2024, 11)


def counted(period: Period = OCTOBER, **asked):
    """Return ended and open by cause, of all agencies."""
    ids = list(Agency.objects.values_list("pk", flat=True))
    found = causes_told(late_causes(period, agency_ids=ids, **asked))
    return {cause: told for cause, told in found.items() if told != (0, 0)}


def decided_late(desk: ADesk, dossier, at: datetime):
    dossiers.propose_outcome(
        dossier_id=dossier.pk, mandate=desk.processor, at=at, **WORDS["propose"]
    )
    dossiers.state_cause(
        dossier_id=dossier.pk, mandate=desk.leader, cause="system", words="Mất điện.", at=at
    )
    return dossiers.decide_dossier(
        dossier_id=dossier.pk, mandate=desk.leader, at=at, **WORDS["decide"]
    )


class TestAPeriod:
    def test_counts_what_ended_late_and_what_was_overdue_at_its_end_by_cause(self):
        desk = ADesk()
        ended_late(desk)
        ended_late(desk, cause="applicant")
        desk.accepted()

        assert counted() == {"own_unit": (1, 0), "applicant": (1, 0), "": (0, 1)}

    def test_is_told_by_the_date_and_not_by_the_hour(self):
        desk = ADesk()
        dossier = desk.taken_up()  # due at 17:00
        at = dossier.due_at + timedelta(hours=3)
        wake(at)
        decided_late(desk, dossier, at)

        assert counted() == {}

    def test_is_the_same_when_asked_after_all_has_changed(self):
        desk = ADesk()
        first, second = desk.taken_up(), ended_late(desk)
        ids = [first.settling_agency_id]
        before = counted(), list(late_dossiers(OCTOBER, known_at=end_of(OCTOBER), agency_ids=ids))

        at = datetime(2024, 11, 12, 3, tzinfo=UTC)
        wake(at)
        decided_late(desk, first, at)
        dossiers.state_cause(
            dossier_id=second.pk,
            mandate=desk.leader,
            cause="other_agency",
            words="Chờ công an.",
            correction="Xem lại.",
            at=at,
        )

        found = list(late_dossiers(OCTOBER, known_at=end_of(OCTOBER), agency_ids=ids))
        assert counted() == before[0] == {"": (0, 1), "own_unit": (1, 0)}
        # The witness of a delay may come later; whose it was is history, and so the same.
        assert [(e.code, e.due_on, e.ended_on, e.cause) for e in found] == [
            (e.code, e.due_on, e.ended_on, e.cause) for e in before[1]
        ]
        assert counted(known_at=at) == {"system": (0, 1), "other_agency": (1, 0)}
        assert counted(NOVEMBER) == {"system": (1, 0)}

    def test_does_not_count_what_waits_for_the_applicant(self):
        desk = ADesk()
        desk.awaiting_supplement()

        assert counted() == {}

    def test_counts_what_was_late_before_it_began_to_wait(self):
        desk = ADesk()
        dossier = desk.taken_up()
        wake(LATE)
        dossiers.consult_agency(
            dossier_id=dossier.pk,
            mandate=desk.processor,
            agency="Công an quận Ninh Kiều",
            question="Xác minh nơi cư trú.",
            at=LATE,
        )

        assert counted() == {"": (0, 1)}

    def test_does_not_count_what_was_withdrawn(self):
        desk = ADesk()
        dossier = desk.asked_to_withdraw()
        wake(LATE)
        dossiers.state_cause(
            dossier_id=dossier.pk, mandate=desk.leader, cause="applicant", words="Rút.", at=LATE
        )
        dossiers.grant_withdrawal(dossier_id=dossier.pk, mandate=desk.leader, at=LATE)

        assert counted() == {}

    def test_counts_a_linked_dossier_by_its_parts(self):
        desk = ADesk()
        whole = desk.accepted(a_linked_birth(at=NOW))

        ids = list(Agency.objects.values_list("pk", flat=True))
        found = [
            late.dossier_id
            for late in late_dossiers(OCTOBER, known_at=end_of(OCTOBER), agency_ids=ids)
        ]
        assert found
        assert whole.pk not in found

    def test_ends_at_midnight_in_the_city(self):
        assert end_of(OCTOBER).astimezone(UTC) == datetime(2024, 10, 31, 17, tzinfo=UTC)
        assert end_of(OCTOBER).date() == date(2024, 11, 1)

    def test_asks_one_statement(self, django_assert_num_queries):
        desk = ADesk()
        desk.taken_up(a_dossier(at=NOW))
        with django_assert_num_queries(1):
            late_causes(OCTOBER, agency_ids=[desk.leader.posts[0].agency_id])
