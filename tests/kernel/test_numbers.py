from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import numbers

UNIT_CODES = st.from_regex(
    r"[A-Z][0-9]{2}(\.[0-9]{1,3}){0,3}|[0-9]{3}(\.[0-9]{2,3}){1,3}\.[A-Z][0-9]{2}", fullmatch=True
)


class TestDossierCode:
    def test_names_unit_day_and_number(self):
        code = numbers.dossier_code("000.00.19.H13", date(2024, 10, 15), 1)

        assert code == "000.00.19.H13-241015-0001"

    def test_grows_when_a_day_has_more_than_four_digits_of_dossiers(self):
        assert numbers.dossier_code("H13", date(2024, 10, 15), 12_345) == "H13-241015-12345"

    @given(
        UNIT_CODES,
        st.dates(min_value=date(2000, 1, 1), max_value=date(2068, 12, 31)),
        st.integers(min_value=1, max_value=999_999),
    )
    def test_reads_back_as_what_it_was_made_of(self, unit_code, on, n):
        code = numbers.dossier_code(unit_code, on, n)
        read = numbers.parse_dossier_code(code)

        assert (read.unit_code, read.on, int(read.serial)) == (unit_code, on, n)
        assert str(read) == code

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            (" 000.00.19.h13 - 241015 - 0001 ", "000.00.19.H13-241015-0001"),
            ("000.13.19.H13–240521–0007", "000.13.19.H13-240521-0007"),
            ("H55.242-250701-00012", "H55.242-250701-00012"),
        ],
    )
    def test_is_read_as_people_type_it(self, typed, code):
        assert str(numbers.parse_dossier_code(typed)) == code

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "H13",
            "000.00.19.H13-241315-0001",
            "000.00.19.H13-241015-001",
            "000.00.19.H13-241015-0001x",
            "000.00.19.H13-٢٤١٠١٥-0001",
        ],
    )
    def test_is_refused_in_another_form(self, typed):
        with pytest.raises(numbers.NotADossierCode):
            numbers.parse_dossier_code(typed)


class TestSecret:
    def test_holds_only_characters_that_are_not_misread(self):
        secrets = {numbers.random_secret() for _ in range(1000)}

        assert len(secrets) == 1000
        assert {len(secret) for secret in secrets} == {8}
        assert not set("".join(secrets)) & set("ILOU")

    @pytest.mark.parametrize("typed", ["k7q0 1zz1", "K7QO-IZZL", " k7q0–1zz1 "])
    def test_is_read_as_people_type_it(self, typed):
        assert numbers.read_secret(typed) == "K7Q01ZZ1"

    @pytest.mark.parametrize("typed", ["", "K7Q0U", "K7Q0Đ"])
    def test_is_refused_with_other_characters(self, typed):
        with pytest.raises(numbers.NotASecret):
            numbers.read_secret(typed)


@pytest.mark.parametrize(
    ("personal_id", "masked"),
    [("092840123489", "092*******89"), ("363840123", "*******23"), ("1", "*"), ("", "")],
)
def test_a_personal_id_shows_neither_sex_nor_age_nor_person(personal_id, masked):
    assert numbers.mask_personal_id(personal_id) == masked


@pytest.mark.parametrize(
    ("phone", "masked"), [("0900000678", "090****678"), ("115", "*15"), ("", "")]
)
def test_a_phone_number_shows_its_ends_only(phone, masked):
    assert numbers.mask_phone(phone) == masked
