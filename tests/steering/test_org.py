"""The agencies of the plan on the map of a day: before, after and between reorganisations."""

from datetime import date, timedelta

import pytest

from motcua.kernel import memory
from motcua.offices.models import Agency, AgencySuccession, SuccessionKind
from motcua.steering.queries.org import lines, map_of
from tests.builders import a_district, an_agency, the_city

pytestmark = pytest.mark.django_db

PLAN = date(2024, 3, 28)
REFORM = date(2025, 3, 1)


def becomes(*old: Agency, into: Agency, on: date = REFORM) -> None:
    """End agencies the day before, and let another carry on for them."""
    for each in old:
        Agency.objects.filter(pk=each.pk).update(valid_to=on - timedelta(days=1))
        AgencySuccession.objects.create(old=each, new=into, kind=SuccessionKind.MERGE, on=on)
    memory.forget()


def a_new(name: str, like: Agency) -> Agency:
    """Return an agency that begins with the reform."""
    return Agency.objects.create(
        code=f"9{like.code[1:]}",
        name=name,
        short_name=name,
        kind=like.kind,
        parent=like.parent,
        folded_name=name,
        sort_key=name,
        valid_from=REFORM,
    )


def numbers(on: date) -> dict[str, int]:
    return {line.name: line.number for line in lines(on)}


class TestTheLines:
    def test_are_the_annex_in_its_order(self):
        the_city()

        found = lines(PLAN)

        assert [line.number for line in found] == list(range(1, 27))
        assert found[0].name == "Sở Ngoại vụ"
        assert found[18].name == "Ủy ban nhân dân quận Cái Răng"

    def test_count_the_communes_of_a_district_for_it(self):
        district = a_district()

        [line] = [line for line in lines(PLAN) if line.agency_id == district.pk]

        assert len(line.agency_ids) == 1 + 11
        assert district.pk in line.agency_ids

    def test_count_every_agency_once_and_none_that_the_plan_does_not_know(self):
        the_city()

        counted = [each for line in lines(PLAN) for each in line.agency_ids]

        assert len(counted) == len(set(counted)) == 26 + 83
        assert an_agency("Công an thành phố Cần Thơ").pk not in counted
        assert an_agency("Ủy ban nhân dân thành phố Cần Thơ").pk not in counted

    def test_keep_what_merged_wards_had(self):
        before = {line.agency_id: line.agency_ids for line in lines(PLAN)}
        after = {line.agency_id: line.agency_ids for line in lines(date(2024, 11, 1))}

        assert before == after


class TestAMerger:
    def test_is_one_line_by_the_new_map_and_two_by_the_old(self):
        plan, finance = an_agency("Sở Kế hoạch và Đầu tư"), an_agency("Sở Tài chính")
        becomes(plan, into=finance)

        old = {line.agency_id: line for line in lines(REFORM - timedelta(days=1))}
        new = {line.agency_id: line for line in lines(REFORM)}

        assert (old[plan.pk].number, old[finance.pk].number) == (10, 3)
        assert plan.pk not in new
        assert new[finance.pk].agency_ids == {plan.pk, finance.pk}
        assert new[finance.pk].number == 3

    def test_into_a_new_one_keeps_the_first_number(self):
        plan, finance = an_agency("Sở Kế hoạch và Đầu tư"), an_agency("Sở Tài chính")
        merged = a_new("Sở Tài chính và Kế hoạch", finance)
        becomes(plan, finance, into=merged)

        assert numbers(REFORM)["Sở Tài chính và Kế hoạch"] == 3
        # Read by the old map it cannot be parted again, and has no row in the annex.
        assert numbers(PLAN)["Sở Tài chính và Kế hoạch"] == 27

    def test_chain_is_followed_to_its_end(self):
        first, second = an_agency("Sở Nội vụ"), an_agency("Sở Ngoại vụ")
        third = an_agency("Sở Tư pháp")
        becomes(first, into=second)
        becomes(second, into=third, on=REFORM + timedelta(days=30))

        assert map_of(REFORM + timedelta(days=30)).place_of(first.pk) == third.pk
        assert map_of(REFORM).place_of(first.pk) == second.pk


class TestARename:
    def test_is_the_same_line_on_both_maps(self):
        old = an_agency("Sở Nội vụ")
        new = a_new("Sở Nội vụ và Lao động", old)
        becomes(old, into=new)

        assert map_of(PLAN).place_of(new.pk) == old.pk
        assert numbers(REFORM)["Sở Nội vụ và Lao động"] == 2
        assert len(lines(PLAN)) == len(lines(REFORM)) == 26


class TestAnEnd:
    def test_of_a_district_leaves_its_communes_on_their_own(self):
        district = a_district()
        Agency.objects.filter(pk=district.pk).update(valid_to=REFORM - timedelta(days=1))
        memory.forget()

        after = {line.name: line for line in lines(REFORM)}

        ward = after["Ủy ban nhân dân phường Cái Khế"]
        assert ward.number > 26
        assert ward.agency_ids == {ward.agency_id}
        # What the committee itself had stays under its name.
        assert after[district.name].agency_ids >= {district.pk}

    def test_into_several_cannot_be_told_apart_and_stays(self):
        old = an_agency("Sở Nội vụ")
        for name in ("Sở Ngoại vụ", "Sở Tư pháp"):
            AgencySuccession.objects.create(
                old=old, new=an_agency(name), kind=SuccessionKind.SPLIT, on=REFORM
            )
        Agency.objects.filter(pk=old.pk).update(valid_to=REFORM - timedelta(days=1))
        memory.forget()

        assert map_of(REFORM).place_of(old.pk) == old.pk


class TestTheCommunes:
    def test_of_a_district_follow_the_map(self):
        district = a_district()

        before = map_of(PLAN).communes_of(district.pk)
        after = map_of(date(2024, 11, 1)).communes_of(district.pk)

        assert (len(before), len(after)) == (11, 8)
        [ids] = [ids for ward, ids in after if ward.name.endswith("Thới Bình")]
        assert len(ids) == 4
