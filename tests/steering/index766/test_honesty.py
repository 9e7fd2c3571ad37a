"""How dossiers came, the two shares beside each other, and the signs that make one doubtful."""

from fractions import Fraction as F

import pytest

from motcua.steering.definitions.index766 import Filings, SignKind, signs, signs_of

NOTHING = Filings()
PLAIN = Filings(received=100, online=40, typed=4)


def kinds(now, *, before=NOTHING, fullest_day=0):
    return {sign.sign for sign in signs_of(now, before=before, fullest_day=fullest_day)}


class TestFilings:
    def test_are_kept_apart_by_who_sat_at_the_keyboard(self):
        found = Filings.of(
            [
                ("online", False, 10, 10, 2, 5),
                ("direct", False, 6, 0, 0, 0),
                ("post", False, 4, 0, 0, 0),
                ("online", True, 9, 9, 0, 0),
            ]
        )

        assert (found.alone, found.helped, found.typed, found.counter, found.post) == (
            3, 2, 5, 6, 4,
        )  # fmt: skip
        assert found.legal == F(1, 2)
        assert found.remote == F(1, 4)

    def test_have_no_share_where_there_are_none(self):
        assert NOTHING.legal is NOTHING.remote is None

    def test_count_nobody_twice_away(self):
        assert Filings(received=1, online=1, helped=1, typed=1).alone == 0


class TestSigns:
    def test_none_of_an_ordinary_month(self):
        assert kinds(PLAIN, before=PLAIN, fullest_day=5) == set()

    @pytest.mark.parametrize(("received", "shown"), [(29, True), (30, False)])
    def test_of_few_filings(self, received, shown):
        assert (SignKind.SMALL in kinds(Filings(received=received))) is shown

    @pytest.mark.parametrize(
        ("online", "typed", "shown"), [(100, 30, True), (100, 29, False), (29, 29, False)]
    )
    def test_of_what_officers_typed(self, online, typed, shown):
        now = Filings(received=200, online=online, typed=typed)

        assert (SignKind.TYPED in kinds(now)) is shown

    @pytest.mark.parametrize(
        ("before", "shown"),
        [
            (Filings(received=100, online=20), True),
            (Filings(received=100, online=60), True),
            (Filings(received=100, online=21), False),
            (Filings(received=29, online=0), False),
            (NOTHING, False),
        ],
    )
    def test_of_a_sudden_change(self, before, shown):
        assert (SignKind.JUMP in kinds(PLAIN, before=before)) is shown

    @pytest.mark.parametrize(("fullest_day", "shown"), [(20, True), (19, False)])
    def test_of_filings_all_on_one_day(self, fullest_day, shown):
        assert (SignKind.ONE_DAY in kinds(PLAIN, fullest_day=fullest_day)) is shown

    def test_each_says_why(self):
        assert all(sign.name and sign.reason.endswith(".") for sign in signs())
        assert {sign.sign for sign in signs()} == set(SignKind)
