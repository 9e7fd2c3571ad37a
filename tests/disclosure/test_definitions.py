"""Who is counted for what, masks, exact numbers, and corrections laid over: without a database."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.disclosure.definitions import (
    TABLES,
    Change,
    Correction,
    LineKind,
    NothingToCorrect,
    checked,
    corrected,
    decimal,
    excused_of,
    masked_code,
    rows_of,
    table_with,
    tallies_of,
)
from motcua.dossiers.definitions import CauseClass

LAST = date(2024, 10, 31)


@dataclass(frozen=True, kw_only=True)
class ALate:
    agency_id: int = 1
    unit_id: int | None = 10
    officer_id: int | None = 100
    due_on: date = date(2024, 10, 10)
    ended_on: date | None = date(2024, 10, 12)
    cause: str | None = "own_unit"
    promised_on: date | None = None


lates = st.builds(
    ALate,
    agency_id=st.integers(1, 3),
    unit_id=st.none() | st.integers(10, 12),
    officer_id=st.none() | st.integers(100, 103),
    due_on=st.dates(date(2024, 1, 1), LAST),
    ended_on=st.none(),
    cause=st.none() | st.sampled_from(CauseClass.values),
)


class TestTallies:
    @given(st.lists(lates, max_size=30))
    def test_count_every_dossier_of_an_agency_once_or_excuse_it(self, found):
        tallies, excused = tallies_of(found, last=LAST), excused_of(found, last=LAST)

        agencies = sum(each.late for each in tallies if each.kind is LineKind.AGENCY)
        assert agencies + sum(each.dossiers for each in excused) == len(found)

    @given(st.lists(lates, max_size=30))
    def test_count_no_more_below_than_above(self, found):
        tallies = tallies_of(found, last=LAST)
        agencies = {t.agency_id: t.late for t in tallies if t.kind is LineKind.AGENCY}
        units = {(t.agency_id, t.unit_id): t.late for t in tallies if t.kind is LineKind.UNIT}

        for agency in agencies:
            below = sum(late for (of, _unit), late in units.items() if of == agency)
            assert below <= agencies[agency]
        for (agency, unit), late in units.items():
            people = [
                t.late
                for t in tallies
                if t.kind is LineKind.OFFICER and (t.agency_id, t.unit_id) == (agency, unit)
            ]
            assert sum(people) <= late

    @given(st.lists(lates, max_size=30))
    def test_name_a_person_for_their_own_only(self, found):
        own = [late for late in found if late.cause == "own_unit" and late.officer_id]
        named = [t for t in tallies_of(found, last=LAST) if t.kind is LineKind.OFFICER]

        assert sum(t.late for t in named) == sum(late.unit_id is not None for late in own)

    def test_count_days_to_the_end_or_to_the_end_of_the_month(self):
        found = [
            ALate(ended_on=date(2024, 10, 11)),
            ALate(ended_on=date(2024, 10, 15)),
            ALate(ended_on=None),
            ALate(ended_on=None, due_on=LAST),
        ]

        agency = tallies_of(found, last=LAST)[0]
        assert (agency.worst_days, agency.median_days) == (22, 1)
        assert (agency.late, agency.ended) == (4, 2)

    def test_put_the_most_first(self):
        found = [ALate(agency_id=1), ALate(agency_id=2), ALate(agency_id=2)]

        agencies = [t.agency_id for t in tallies_of(found, last=LAST) if t.kind == "agency"]
        assert agencies == [2, 1]


class TestMasking:
    @pytest.mark.parametrize(
        ("code", "masked"),
        [
            ("000.00.19.H13-240905-0123", "000.00.19.H13-2409**-**23"),
            ("H13.117-240905-12345", "H13.117-2409**-***45"),
            ("something", "*********"),
        ],
    )
    def test_hides_the_day_and_the_number(self, code, masked):
        assert masked_code(code) == masked


class TestDecimals:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (Fraction(313, 4), "78.25"),
            (Fraction(1, 3), "0.33"),
            (Fraction(1, 200), "0.01"),
            (Fraction(-1, 200), "-0.01"),
            (Fraction(0), "0.00"),
            (None, None),
        ],
    )
    def test_round_halves_away_from_zero(self, value, text):
        assert decimal(value) == text

    @given(st.fractions(-1000, 1000))
    def test_are_within_half_a_unit(self, value):
        text = decimal(value)
        assert text is not None
        assert abs(Fraction(text) - value) <= Fraction(1, 200)


def a_content() -> dict:
    counts = {"late": 2, "ended": 1, "open": 1, "worst_days": 5, "median_days": 3}
    about = {"agency_code": "H13.1", "agency": "Sở A", "replies": []}
    return {
        "index": [{"key": "I1", "name": "Sở A", "points": "78.25"}],
        "online": [{"key": "O1", "name": "Sở A", "online": 1, "received": 2}],
        "agencies": [{"key": "A1", "unit": "", **about, **counts}],
        "units": [{"key": "U1", "unit": "Phòng B", **about, **counts}],
        "persons": [
            {"key": "P1", "unit": "Phòng B", "name": "Lê Văn Năm", "post": "Chuyên viên"}
            | about
            | counts
        ],
        "excused": [{"key": "E1", "agency": "Sở A", "dossiers": 4, "worst_days": 9}],
        "dossiers": [],
        "agencies_without": [],
    }


def a_correction(number: int = 1, **said: object) -> Correction:
    words = {
        "change": Change.RESTATE,
        "target": "A1",
        "field": "late",
        "former": "2",
        "new": "1",
        "reason": "Đếm lại.",
    }
    return Correction(number=number, issued_on=date(2024, 11, 20), **{**words, **said})


class TestCorrecting:
    def test_leaves_the_content_as_it_was(self):
        content = a_content()

        corrected(content, [a_correction(), a_correction(2, change=Change.UNNAME, target="P1")])

        assert content == a_content()

    def test_tells_the_last_figure_and_the_one_before(self):
        view = corrected(a_content(), [a_correction(), a_correction(2, former="1", new="0")])

        assert view["agencies"][0]["late"] == 0
        assert view["agencies"][0]["restated"]["late"] == {"former": 1, "number": 2}
        assert [each["former"] for each in view["corrections"]] == ["2", "1"]

    def test_of_a_row_that_is_not_there_is_an_error(self):
        with pytest.raises(NothingToCorrect):
            corrected(a_content(), [a_correction(target="A7")])

    def test_a_struck_row_is_not_corrected_again_but_may_lose_its_name(self):
        view = corrected(a_content(), [a_correction(change=Change.STRIKE, target="P1")])

        with pytest.raises(NothingToCorrect):
            checked(view, change=Change.RESTATE, target="P1", field="late", new="1")
        assert checked(view, change=Change.UNNAME, target="P1", field="", new="") == ("", "")


class TestOpenData:
    def test_every_table_shows_a_list_that_is_there(self):
        view = corrected(a_content(), [a_correction()])

        for table in TABLES:
            assert table_with(table.key) is table
            for row in rows_of(table, view):
                assert len(row) == len(table.columns)

    def test_nothing_is_an_empty_cell(self):
        view = corrected(a_content(), [])
        view["agencies"][0]["late"] = 0
        table = table_with("co-quan-tre-han")
        assert table is not None

        row = dict(zip([c.key for c in table.columns], next(rows_of(table, view)), strict=True))
        assert (row["late"], row["struck"]) == (0, "")
