from fractions import Fraction

import pytest

from motcua.calendars.limits import LimitUnit, amount_written, can_be_counted


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("3", Fraction(3)),
        (" 0.5 ", Fraction(1, 2)),
        ("2,25", Fraction(9, 4)),
        ("1000", Fraction(1000)),
        *((words, None) for words in ("", "1e99999999", "1/2", "-1", "+1", "1.", ".5", "1 2", "٣")),
        *((words, None) for words in ("12345", "0.1234", "nan", "inf", "1_0", "ba")),
    ],
)
def test_an_amount_is_written_in_few_digits(words, amount):
    assert amount_written(words) == amount


@pytest.mark.parametrize(
    ("amount", "unit", "counts"),
    [
        (Fraction(1, 2), LimitUnit.WORKING_DAY, True),
        (Fraction(1, 2), LimitUnit.HOUR, True),
        (Fraction(1, 2), LimitUnit.DAY, False),
        (Fraction(3, 2), LimitUnit.MONTH, False),
        (Fraction(2), LimitUnit.MONTH, True),
        (Fraction(0), LimitUnit.DAY, False),
        (Fraction(-1), LimitUnit.HOUR, False),
    ],
)
def test_days_and_months_are_whole(amount, unit, counts):
    assert can_be_counted(amount, unit) is counts
