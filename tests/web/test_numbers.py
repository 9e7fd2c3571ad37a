import pytest

from motcua.web import numbers

HUGE = "9" * 5000  # more figures than Python reads


class TestWhole:
    @pytest.mark.parametrize(("sent", "number"), [("0", 0), ("17", 17), ("9" * 18, 10**18 - 1)])
    def test_reads_figures(self, sent, number):
        assert numbers.whole(sent) == number

    @pytest.mark.parametrize("sent", ["", " 1", "-1", "1.0", "x", "²", "٣", "1" + "0" * 18, HUGE])
    def test_knows_nothing_else(self, sent):
        assert numbers.whole(sent) is None

    def test_knows_none_of_more_figures_than_are_allowed(self):
        assert numbers.whole("999", digits_max=3) == 999
        assert numbers.whole("1000", digits_max=3) is None
