"""Where an agency stands against its target, and what would pay."""

from datetime import date
from fractions import Fraction

import pytest

from motcua.steering.definitions.targets import (
    Outlook,
    Share,
    moved_online,
    payoffs_of,
    progress_of,
)

from .months import months

LAST_YEAR = months(2023, *[(40, 100)] * 12)
LAST = date(2024, 12, 31)


def progress(*this_year: tuple[int, int], target: int | None = 500, until: date | None = None):
    """Return the progress at the end of the last month told."""
    return progress_of(
        months=LAST_YEAR | months(2024, *this_year),
        until=until or date(2024, len(this_year) or 1, 28),
        last=LAST,
        baseline_tenths=400,
        target_tenths=target,
    )


class TestTheGap:
    def test_is_the_share_less_the_target_as_both_are_shown(self):
        assert progress((1, 3)).gap_tenths == 333 - 500

    def test_is_none_without_a_target(self):
        assert progress((1, 3), target=None).gap_tenths is None

    def test_counts_this_year_only(self):
        seen = progress((30, 100), (40, 100))

        assert (seen.actual.online, seen.actual.received) == (70, 200)


class TestTheTrend:
    def test_sets_three_months_against_the_three_before(self):
        seen = progress(*[(20, 100)] * 3, *[(50, 100)] * 3)

        assert seen.trend == Fraction(3, 10)

    def test_reaches_into_the_year_before(self):
        assert progress((70, 100)).trend == Fraction(1, 10)


class TestTheOutlook:
    @pytest.mark.parametrize(
        ("this_year", "outlook"),
        [
            ([(65, 100)] * 10, Outlook.SAFE),
            ([(60, 100)] * 6, Outlook.LIKELY),
            ([(45, 100)] * 6, Outlook.DOUBTFUL),
            ([(20, 100)] * 11, Outlook.IMPOSSIBLE),
            ([(60, 100)] * 12, Outlook.MET),
            ([(49, 100)] * 12, Outlook.MISSED),
            ([], Outlook.NO_DOSSIERS),
        ],
    )
    def test_says_how_it_looks(self, this_year, outlook):
        until = LAST if len(this_year) == 12 else None

        assert progress(*this_year, until=until).outlook is outlook

    def test_judges_exactly_and_not_what_is_rounded(self):
        # 49.96 % is shown as 50.0 %, and is not 50 %.
        seen = progress(*[(0, 0)] * 11, (1249, 2500), until=LAST)

        assert seen.gap_tenths == 0
        assert seen.outlook is Outlook.MISSED

    def test_needs_a_target(self):
        assert progress((1, 2), target=None).outlook is Outlook.NO_TARGET


class TestWhatPays:
    def test_is_what_came_otherwise_most_and_could_come_online(self):
        procedures = {
            "a": Share(online=30, received=80),
            "b": Share(received=70),
            "c": Share(received=40),
            "d": Share(received=10),
        }

        found = payoffs_of(procedures, can_be_filed_online={"a", "c", "d"})

        assert [(each.procedure, each.not_online, each.gain) for each in found] == [
            ("a", 50, Fraction(1, 4)),
            ("c", 40, Fraction(1, 5)),
            ("d", 10, Fraction(1, 20)),
        ]

    def test_leaves_out_what_is_online_already(self):
        assert payoffs_of({"a": Share(online=5, received=5)}, can_be_filed_online={"a"}) == ()


class TestMovingOnline:
    def test_moves_what_is_still_to_come_only(self):
        seen = progress(*[(0, 100)] * 6, until=date(2024, 6, 30))

        assert moved_online(seen, Fraction(1)) == Fraction(1, 2)
        assert moved_online(seen, Fraction(0)) == seen.forecast.share

    def test_moves_nothing_where_nothing_came(self):
        assert moved_online(progress(), Fraction(1, 2)) is None
