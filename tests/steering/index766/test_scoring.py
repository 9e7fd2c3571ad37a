"""Every criterion of the index in a small world worked by hand, and what holds of all worlds."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.steering.definitions import Measure
from motcua.steering.definitions.index766 import (
    Announcements,
    Competence,
    Level,
    Quantity,
    Scoring,
    State,
    score,
)
from tests.steering.index766.rows import ALL_RECORDED, PROFILE, row, scored, tally

FIVE = frozenset("ABCDE")


def points(code, *rows, **world):
    return scored(*rows, **world).of(code).points


def state(code, *rows, **world):
    return scored(*rows, **world).of(code).state


class TestTransparency:
    @pytest.mark.parametrize("code", ["PUBLISH_ON_TIME", "PUBLIC_UPDATE_ON_TIME"])
    def test_has_no_data_until_somebody_keeps_the_register(self, code):
        assert state(code) is State.NO_DATA
        assert points(code) == 0
        assert state(code, announcements=Announcements()) is State.EMPTY

    def test_asks_for_procedures_announced_and_published_in_time(self):
        told = Announcements(announced=8, announced_on_time=6, due=5, updated_on_time=4)

        assert points("PUBLISH_ON_TIME", announcements=told) == F(9, 2)  # 6 × 6/8
        assert points("PUBLIC_UPDATE_ON_TIME", announcements=told) == F(16, 5)  # 4 × 4/5

    def test_gives_departments_all_for_publishing_which_the_citys_office_does(self):
        assert points("PUBLIC_UPDATE_ON_TIME", level=Level.DEPARTMENT) == 4
        assert state("PUBLISH_ON_TIME", level=Level.DEPARTMENT) is State.NO_DATA

    @pytest.mark.parametrize("level", [Level.DISTRICT, Level.COMMUNE])
    def test_gives_all_where_nobody_announces(self, level):
        assert state("PUBLISH_ON_TIME", level=level) is State.NOT_APPLICABLE
        assert points("PUBLISH_ON_TIME", level=level) == 6
        assert points("PUBLIC_UPDATE_ON_TIME", level=level) == 4

    def test_asks_for_complete_descriptions(self):
        competence = Competence(all=FIVE, complete=frozenset("ABCD"))

        assert points("PUBLIC_CONTENT_FULL", competence=competence) == F(8, 5)  # 2 × 4/5

    def test_asks_for_dossiers_on_the_portal(self):
        assert points("DOSSIER_SYNC", row(received=8, synced=6)) == F(9, 2)  # 6 × 6/8


class TestProgress:
    def test_counts_what_ended_in_time_and_what_is_open_within_time(self):
        # (10 - 2) + (6 - 1) of 16
        world = row(ended=10, ended_late=2, open=6, overdue=1)

        found = scored(world).of("DOSSIER_PROCESSING_ON_TIME")

        assert (found.numerator, found.denominator) == (13, 16)
        assert found.points == F(65, 4)  # 20 × 13/16

    def test_counts_parts_of_linked_dossiers_as_their_agencys_work(self):
        whole = row(ended=1, received=1)
        part = row(agency_id=2, is_part=True, ended=1, ended_late=1, received=1)

        found = scored(whole, part).of("DOSSIER_PROCESSING_ON_TIME")

        assert (found.numerator, found.denominator) == (1, 2)

    def test_gives_nothing_for_nothing(self):
        assert state("DOSSIER_PROCESSING_ON_TIME") is State.EMPTY
        assert points("DOSSIER_PROCESSING_ON_TIME") == 0


class TestOnlineServices:
    def test_gives_all_from_four_procedures_in_five(self):
        four = Competence(all=FIVE, services=frozenset("ABCD"))
        two = Competence(all=FIVE, services=frozenset("AB"))

        assert points("ONLINE_FORMALITY_PROVIDED", competence=four) == 2
        assert points("ONLINE_FORMALITY_PROVIDED", competence=two) == 1  # 2 × 40/80

    def test_counts_a_service_used_once_however_often(self):
        competence = Competence(all=FIVE, services=frozenset("ABCD"))
        rows = [
            row(procedure="A", channel="online", online=7),
            row(procedure="A", agency_id=2, channel="online", online=1),
            row(procedure="B", channel="online", online=0),
            row(procedure="E", channel="online", online=3),  # no longer a service on the last day
        ]

        found = scored(*rows, competence=competence).of("ONLINE_FORMALITY_USED")

        assert (found.numerator, found.denominator, found.points) == (1, 4, 1)

    def test_asks_for_an_electronic_result_and_multiplies_by_what_reached_the_portal(self):
        # 10 filed online, 8 of them complete, of 40; 30 reached the portal: 8/40 × 30/40 = 15 %
        world = row(received=40, online=10, online_complete=8, synced=30)

        found = scored(world).of("ONLINE_DOSSIER")

        assert (found.numerator, found.denominator, found.factor) == (8, 40, (30, 40))
        assert found.ratio == F(3, 20)
        assert found.points == F(9, 5)  # 6 × 15/50

    def test_gives_all_from_half_of_the_dossiers(self):
        world = row(received=40, online=40, online_complete=20, synced=40)

        assert points("ONLINE_DOSSIER", world) == 6

    def test_counts_no_part_as_filed(self):
        filed = row(received=1, online=1, online_complete=1, synced=1)
        part = row(is_part=True, received=9, online=9)

        assert scored(filed, part).of("ONLINE_DOSSIER").denominator == 1

    def test_counts_post_and_counter_among_the_received(self):
        rows = [
            row(channel="online", received=1, online_complete=1, synced=1),
            row(channel="post", received=2, synced=2),
            row(channel="direct", received=1, synced=1),
        ]

        assert points("ONLINE_DOSSIER", *rows) == 3  # 6 × 25/50


class TestOnlinePayment:
    def test_asks_for_procedures_that_can_be_paid_online(self):
        competence = Competence(all=FIVE, with_fee=FIVE, payable=frozenset("AB"))

        assert points("PAYMENT_FORMALITY_PROVIDED", competence=competence) == 1  # 2 × 40/80

    def test_asks_for_procedures_that_were_paid_online(self):
        competence = Competence(all=FIVE, with_fee=frozenset("ABCD"))
        rows = [row(procedure="A", paid_online=2), row(procedure="E", paid_online=1)]

        found = scored(*rows, competence=competence).of("PAYMENT_FORMALITY_USED")

        assert (found.numerator, found.denominator) == (1, 4)
        assert found.points == F(5, 8)  # 2 × 25/80

    def test_leaves_dossiers_without_a_fee_out(self):
        assert points("PAYMENT_DOSSIER", row(received=100, fee_due=4, paid_online=3)) == F(9, 2)

    def test_gives_nothing_where_nothing_is_to_be_paid(self):
        assert state("PAYMENT_DOSSIER", row(received=100)) is State.EMPTY


class TestDigitisation:
    @pytest.mark.parametrize(
        ("code", "world", "expected"),
        [
            ("ORIGINAL_RESULT_AVAILABLE", {"result_due": 4, "result_electronic": 3}, F(9, 2)),
            ("SO_HOA_GIAY_TO_GIAI_QUYET", {"received": 10, "digitised": 4}, F(2)),
            ("SO_HOA_GIAY_TO_GIAI_QUYET", {"received": 10, "digitised": 9}, F(4)),
            ("REUSED_DIGITIZED_DATA", {"received": 10, "reused": 6}, F(3, 2)),
            ("SYNCED_WITH_DVCQG_PERSONAL_STORAGE", {"received": 10, "shared": 5}, F(2)),
            ("CITIZEN_DATA_CONNECTED_DOSSIER", {"received": 10, "citizen_data": 10}, F(2)),
        ],
    )
    def test_is_worth(self, code, world, expected):
        assert points(code, row(**world)) == expected

    def test_asks_which_procedures_of_persons_used_the_population_database(self):
        competence = Competence(all=FIVE, for_persons=frozenset("ABCD"))
        rows = [row(procedure="A", citizen_data=1), row(procedure="E", citizen_data=1)]

        assert points("CITIZEN_DATA_CONNECTED_FORMALITY", *rows, competence=competence) == F(1, 2)

    def test_asks_which_offices_certify_electronically(self):
        rows = [
            row(agency_id=1, procedure="2.000815", received=3, result_electronic=1),
            row(agency_id=2, procedure="2.000815", received=5),
            row(agency_id=3, procedure="P", received=5, result_electronic=5),
        ]

        assert points("ELECTRONIC_CERTIFIED_COPY", *rows) == 1

    def test_asks_no_department_for_certified_copies(self):
        assert state("ELECTRONIC_CERTIFIED_COPY", level=Level.DEPARTMENT) is State.NOT_APPLICABLE


class TestSatisfaction:
    def test_gives_all_where_nobody_complained(self):
        assert points("PETITION_PROCESSING_ON_TIME") == 6
        assert points("PETITION_HANDLING_SATISFACTION") == 6
        assert state("PETITION_PROCESSING_ON_TIME") is State.EMPTY

    def test_does_not_take_silence_of_the_records_for_silence_of_the_people(self):
        recorded = ALL_RECORDED - {Measure.PETITIONS}

        assert state("PETITION_PROCESSING_ON_TIME", recorded=recorded) is State.NO_DATA
        assert points("PETITION_PROCESSING_ON_TIME", recorded=recorded) == 0

    def test_asks_for_answers_in_time_and_content(self):
        told = row(petitions=6, petitions_late=1, petitions_unhappy=4)

        assert points("PETITION_PROCESSING_ON_TIME", told) == 5
        assert points("PETITION_HANDLING_SATISFACTION", told) == 2

    def test_asks_for_those_about_parts_of_linked_dossiers_too(self):
        told = row(is_part=True, petitions=2, petitions_late=1, petitions_unhappy=1)

        assert points("PETITION_PROCESSING_ON_TIME", told) == 3

    def test_shows_how_many_there_were_without_scoring_them(self):
        found = scored(row(received=9, petitions=4)).of("PETITION_RECEIVED")

        assert (found.numerator, found.denominator, found.points) == (4, 9, 0)
        assert found.state is State.INFORMATION

    def test_takes_the_late_and_the_disliked_away(self):
        # 100 % - (10 % + 8 %) = 82 %, of 90
        found = scored(row(received=50, late=5, unhappy=4)).of("DOSSIER_RECEIVING_SATISFACTION")

        assert (found.numerator, found.denominator) == (41, 50)
        assert found.points == F(82, 15)  # 6 × 82/90

    def test_gives_all_from_nine_in_ten(self):
        assert points("DOSSIER_RECEIVING_SATISFACTION", row(received=10, late=1)) == 6

    def test_never_falls_below_nothing(self):
        assert points("DOSSIER_RECEIVING_SATISFACTION", row(received=2, late=2, unhappy=2)) == 0

    def test_gives_nothing_where_nothing_was_received(self):
        assert points("DOSSIER_RECEIVING_SATISFACTION") == 0


class TestWhatIsNotRecorded:
    def test_gives_no_points_and_is_told_beside_the_total(self):
        recorded = ALL_RECORDED - {Measure.SYNCED, Measure.PAID_ONLINE}

        found = scored(row(received=1), recorded=recorded)

        unknown = {each.criterion.code for each in found.criteria if each.state is State.NO_DATA}
        assert unknown == {
            "PUBLISH_ON_TIME",
            "PUBLIC_UPDATE_ON_TIME",
            "DOSSIER_SYNC",
            "ONLINE_DOSSIER",
            "PAYMENT_FORMALITY_PROVIDED",
            "PAYMENT_FORMALITY_USED",
            "PAYMENT_DOSSIER",
        }
        assert (found.max, found.known_max) == (100, 100 - 6 - 4 - 6 - 6 - 10)

    def test_is_everything_where_nothing_is(self):
        found = scored(recorded=frozenset())

        assert found.total == 0
        # Only what the catalogue itself says is known: 1.3, 3.1.
        assert found.known_max == 4


class TestTheBand:
    @pytest.mark.parametrize(
        ("total", "band"), [(90, "excellent"), (89, "good"), (70, "fair"), (50, "average")]
    )
    def test_begins_at_its_first_point(self, total, band):
        assert next(b.key for b in PROFILE.bands if total >= b.from_) == band

    def test_is_given_to_the_exact_total_and_not_to_the_rounded_one(self):
        taken_away = (Quantity.WORK_ENDED_LATE, Quantity.LATE, Quantity.UNHAPPY)
        almost = dict.fromkeys(Quantity, 10_000_000) | dict.fromkeys(taken_away, 0)
        almost[Quantity.WORK_OVERDUE] = 10_000_000 + 1  # 2.1 gives a hair less than ten of twenty

        found = score(PROFILE, level=Level.CITY, amounts=almost)

        assert round(float(found.total), 2) == 90
        assert found.band.key == "good"

    def test_is_none_for_who_is_not_judged_by_all_of_it(self):
        found = score(PROFILE, level=Level.OFFICER, amounts=dict.fromkeys(Quantity, 1))

        assert found.max == 20
        assert found.band is None


def some(most=60):
    return st.integers(0, most)


worlds = st.fixed_dictionaries({quantity: st.none() | some() for quantity in Quantity})
counts = st.fixed_dictionaries({measure.value: some(9) for measure in Measure})
figures = st.builds(
    lambda told, **where: row(**told, **where),
    counts,
    agency_id=st.integers(1, 4),
    procedure=st.sampled_from(["A", "B", "2.000815"]),
    channel=st.sampled_from(["direct", "online", "post"]),
    is_part=st.booleans(),
)


class TestOfAllWorlds:
    @given(amounts=worlds, level=st.sampled_from(Level))
    def test_points_lie_between_nothing_and_the_maximum(self, amounts, level):
        found = score(PROFILE, level=level, amounts=amounts)

        for each in found.criteria:
            assert 0 <= each.points <= each.criterion.max
            assert isinstance(each.points, F)
        assert found.known_max <= found.max

    @given(amounts=worlds, level=st.sampled_from(Level))
    def test_the_total_is_the_sum_of_the_groups_and_those_of_their_criteria(self, amounts, level):
        found = score(PROFILE, level=level, amounts=amounts)

        assert found.total == sum(group.points for group in found.groups)
        assert found.total == sum(each.points for each in found.criteria)
        assert found.max == sum(each.criterion.max for each in found.criteria)

    @given(amounts=worlds, more=st.sampled_from(Quantity))
    def test_one_more_in_a_numerator_alone_never_costs_a_point(self, amounts, more):
        grown = amounts | {more: None if amounts[more] is None else amounts[more] + 1}
        before = score(PROFILE, level=Level.CITY, amounts=amounts)
        after = score(PROFILE, level=Level.CITY, amounts=grown)

        for was, became in zip(before.criteria, after.criteria, strict=True):
            criterion = was.criterion
            if more in criterion.numerator.minus:
                assert became.points <= was.points or more in criterion.denominator.quantities
            elif more in criterion.numerator.plus and not _below(criterion, more):
                assert became.points >= was.points

    @given(rows=st.lists(figures, max_size=12))
    def test_a_tally_is_what_one_adds_up_by_hand(self, rows):
        added_up = tally(*rows)

        for measure, total in added_up.work.items():
            assert total == sum(row.now[measure] for row in rows)
        for measure, total in added_up.filings.items():
            assert total == sum(row.now[measure] for row in rows if not row.is_part)
        for measure, codes in added_up.procedures.items():
            used = {r.procedure for r in rows if not r.is_part and r.now[measure] > 0}
            assert codes == used
        assert added_up.certifying_electronically <= added_up.certifying

    def test_every_quantity_is_asked_for_somewhere(self):
        asked = {
            quantity
            for each in PROFILE.criteria
            for one in (each.numerator, each.denominator, *(each.factor or ()))
            for quantity in one.quantities
        }

        assert set(Quantity) - asked == {Quantity.ONLINE}

    def test_only_what_is_told_is_not_scored(self):
        assert [c.code for c in PROFILE.criteria if c.scoring is Scoring.NONE] == [
            "PETITION_RECEIVED"
        ]


def _below(criterion, quantity) -> bool:
    below = criterion.denominator.quantities
    if criterion.factor is not None:
        below += criterion.factor[1].quantities
    return quantity in below
