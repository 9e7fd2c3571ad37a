"""Who sets which target, what it may be, and what stays on record when it changes."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices.models import Agency
from motcua.steering import policies, services
from motcua.steering.definitions import Period
from motcua.steering.models import Target
from motcua.steering.queries.targets import history_of, standing_target
from motcua.steering.services import UnusableWords, load_targets, set_target
from tests.builders import NOW, TODAY, a_district, a_leader, a_processor, an_agency
from tests.dossiers.test_races import at_once

pytestmark = pytest.mark.django_db

YEAR = Period.year(2024)
WARD = "Ủy ban nhân dân phường Cái Khế"
CITY = "Ủy ban nhân dân thành phố Cần Thơ"


@pytest.fixture(autouse=True)
def _the_register(db):
    an_agency()
    load_targets(at=NOW - timedelta(days=1))


def the_ward() -> Agency:
    return an_agency(WARD)


def sets(mandate=None, agency=None, tenths=550, **changes) -> Target:
    """Set the ward's target as the head of its district, unless told otherwise."""
    given = {
        "mandate": mandate or a_leader(a_district()),
        "agency_id": (agency or the_ward()).pk,
        "period": YEAR,
        "tenths": tenths,
        "seen_id": None,
        "at": NOW,
    }
    return set_target(**{**given, **changes})


class TestSetting:
    def test_is_done_by_the_head_of_the_district(self):
        target = sets()

        assert standing_target(the_ward().pk, TODAY, at=NOW) == target
        assert (target.tenths, target.minimum_tenths, target.source) == (
            550, 500, "Ủy ban nhân dân quận Ninh Kiều",
        )  # fmt: skip
        assert target.head.unit.agency == the_ward()

    def test_is_told_to_the_ledger(self):
        target = sets()

        told = LedgerEvent.objects.get(kind="steering.target-set", subject_id=str(target.agency_id))
        assert (told.data["tenths"], told.actor) == (550, f"officer:{target.set_by_id}")

    def test_may_be_done_by_a_leader_of_the_city(self):
        assert sets(a_leader(an_agency(CITY))).tenths == 550

    @pytest.mark.parametrize(
        "somebody",
        [
            lambda: a_leader(a_district("Ủy ban nhân dân quận Cái Răng")),
            lambda: a_leader(the_ward()),
            lambda: a_processor(a_district()),
            lambda: a_leader(an_agency("Sở Nội vụ")),
        ],
    )
    def test_is_nobody_elses(self, somebody):
        with pytest.raises(policies.NotForYou, match="Chủ tịch Ủy ban nhân dân quận, huyện"):
            sets(somebody())

    def test_of_a_department_is_the_citys(self):
        department = an_agency("Sở Nội vụ")

        with pytest.raises(policies.NotForYou, match="thành phố giao"):
            sets(a_leader(department), department, tenths=900)

    @pytest.mark.parametrize("tenths", [0, 1, 499])
    def test_below_the_citys_is_refused_with_the_reason(self, tenths):
        with pytest.raises(policies.BelowTheMinimum, match=r"từ 50 % trở lên.*67/KH-UBND"):
            sets(tenths=tenths)

    def test_is_at_least_what_the_city_gave_the_district(self):
        thot_not = an_agency("Ủy ban nhân dân quận Thốt Nốt")
        ward = Agency.objects.filter(parent=thot_not).first()

        with pytest.raises(policies.BelowTheMinimum, match=r"từ 70 % trở lên.*quận, huyện này"):
            sets(a_leader(thot_not), ward, tenths=699)
        assert sets(a_leader(thot_not), ward, tenths=700).minimum_tenths == 700

    def test_above_all_dossiers_is_refused(self):
        with pytest.raises(policies.MoreThanAll, match="100 %"):
            sets(tenths=1001)

    def test_for_an_agency_that_does_not_exist_in_the_period_is_refused(self):
        merged = an_agency("Ủy ban nhân dân phường An Phú")  # until 31 October 2024

        assert sets(agency=merged).agency == merged
        with pytest.raises(
            policies.NoSuchPeriod, match=r"không tồn tại trong năm 2025.*31/10/2024"
        ):
            sets(agency=merged, period=Period.year(2025))

    def test_for_a_period_that_is_over_is_refused(self):
        with pytest.raises(policies.NoSuchPeriod, match="Năm 2023 đã kết thúc"):
            sets(period=Period.year(2023))


class TestSettingAnew:
    def test_keeps_what_stood_before(self):
        head = a_leader(a_district())
        first = sets(head)

        second = sets(
            head, tenths=600, reason="Sáu tháng đầu năm vượt chỉ tiêu.", seen_id=first.pk,
            at=NOW + timedelta(hours=1),
        )  # fmt: skip

        assert history_of(the_ward().pk) == [second, first]
        assert second.replaces == first
        assert standing_target(the_ward().pk, TODAY, at=NOW).tenths == 550
        later = NOW + timedelta(hours=2)
        assert standing_target(the_ward().pk, TODAY, at=later).tenths == 600

    def test_keeps_the_baseline_of_the_annex(self):
        department = an_agency("Sở Nội vụ")
        annex = standing_target(department.pk, TODAY, at=NOW)

        raised = sets(
            a_leader(an_agency(CITY)), department, tenths=800, reason="Nâng chỉ tiêu.",
            seen_id=annex.pk,
        )  # fmt: skip

        assert (raised.baseline_tenths, raised.head_id) == (645, annex.head_id)

    def test_never_goes_below_the_annex(self):
        department = an_agency("Sở Nội vụ")

        with pytest.raises(policies.BelowTheMinimum, match=r"từ 77 % trở lên.*phụ lục, dòng 2"):
            sets(a_leader(an_agency(CITY)), department, tenths=760, reason="Hạ.", seen_id=None)

    def test_needs_a_reason(self):
        head = a_leader(a_district())
        first = sets(head)

        with pytest.raises(UnusableWords, match="lý do"):
            sets(head, tenths=600, reason=" ", seen_id=first.pk)

    def test_over_one_that_was_not_seen_is_refused(self):
        head = a_leader(a_district())
        sets(head)

        with pytest.raises(services.TargetWasChanged):
            sets(head, tenths=600, reason="Nâng.", seen_id=None)

    def test_said_twice_is_one(self):
        head = a_leader(a_district())

        assert sets(head) == sets(head)
        assert len(history_of(the_ward().pk)) == 1

    def test_of_the_next_year_leaves_this_year_alone(self):
        sets()
        sets(tenths=700, period=Period.year(2025))

        assert standing_target(the_ward().pk, TODAY, at=NOW).tenths == 550
        assert standing_target(the_ward().pk, date(2025, 3, 1), at=NOW).tenths == 700


class TestTheDatabase:
    @pytest.mark.parametrize(
        ("change", "truth"),
        [
            ({"tenths": 1001}, "target_is_at_most_all_dossiers"),
            ({"tenths": 400}, "target_is_at_least_what_was_asked_for"),
            ({"last_on": date(2023, 1, 1)}, "target_period_ends_no_earlier_than_it_begins"),
            ({"baseline_tenths": 5}, "target_baseline_is_a_share_of_a_year"),
            ({"set_by": None}, "target_is_of_the_annex_or_set_by_somebody"),
            ({"first_on": date(2024, 5, 1)}, "target_stands_once_for_an_agency_and_day"),
        ],
    )
    def test_keeps_what_is_true_of_targets(self, change, truth):
        target = sets()
        target.pk = None
        target.first_on, target.last_on = date(2025, 1, 1), date(2025, 12, 31)
        for name, value in change.items():
            setattr(target, name, value)
        if "first_on" in change:
            target.last_on = date(2024, 12, 31)

        with pytest.raises(IntegrityError, match=truth), transaction.atomic():
            target.save(force_insert=True)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestTwoHeadsAtOnce:
    def test_one_sets_and_the_other_is_told(self):
        district = a_district()
        heads = [a_leader(district) for _ in range(6)]

        for round_ in range(3):
            period = replace(
                YEAR, first=date(2024 + round_, 1, 1), last=date(2024 + round_, 12, 31)
            )
            done = at_once(
                *[
                    partial(sets, head, tenths=500 + number, period=period)
                    for number, head in enumerate(heads)
                ]
            )

            assert sum(isinstance(each, Target) for each in done) == 1
            assert sum(isinstance(each, services.TargetWasChanged) for each in done) == 5
        assert len(history_of(the_ward().pk)) == 3
        assert chain.verify() is None
