"""Writing down who somebody is."""

import unicodedata
from datetime import date

import pytest
from django.db import IntegrityError

from motcua.kernel.ledger.models import LedgerEvent
from motcua.parties import queries, services
from motcua.parties.models import Person
from tests.builders import NOW, TODAY, a_citizen, an_account

pytestmark = pytest.mark.django_db


def problems_of(**data) -> dict[str, str]:
    with pytest.raises(services.UnusablePersonData) as refusal:
        services.register_person(**{"full_name": "Trần Văn Bình", "at": NOW} | data)
    return refusal.value.problems


class TestRegisterPerson:
    def test_is_found_by_the_account(self, django_assert_num_queries):
        person = a_citizen()

        with django_assert_num_queries(1):
            assert queries.person_of(person.account) == person

    def test_composes_letters_and_keeps_capitals(self):
        typed = unicodedata.normalize("NFD", "  NGUYỄN   Thị Ánh\tNguyệt ")

        person = services.register_person(full_name=typed, at=NOW)

        assert person.full_name == "NGUYỄN Thị Ánh Nguyệt"
        assert person.folded_name == "nguyen thi anh nguyet"

    def test_drops_what_nobody_can_see(self):
        person = services.register_person(full_name="Bình\x00\u200b An", address="\x00", at=NOW)

        assert (person.full_name, person.address) == ("Bình An", "")

    def test_keeps_a_personal_id_as_text(self):
        person = services.register_person(full_name="A", personal_id=" 092890000001 ", at=NOW)

        person.refresh_from_db()
        assert person.personal_id == "092890000001"

    @pytest.mark.parametrize(
        "written", ["0900000001", "+84 900 000 001", "84900000001", "0900.000.001", "0084900000001"]
    )
    def test_writes_a_phone_number_one_way(self, written):
        person = services.register_person(full_name="A", phone=written, at=NOW)

        assert person.phone == "0900000001"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("full_name", " "),
            ("full_name", "x" * 151),
            ("full_name", "x" * 100_000),
            ("full_name", "😀"),
            ("full_name", "123"),
            ("personal_id", "92890000001"),
            ("personal_id", "09289000000a"),
            ("personal_id", "٠٩٢٨٩٠٠٠٠٠٠١"),
            ("born_on", date(2024, 10, 16)),
            ("born_on", date(1, 1, 1)),
            ("sex", "x"),
            ("phone", "12345"),
            ("phone", "không có"),
            ("email", "ten@"),
            ("address", "x" * 301),
        ],
    )
    def test_refuses_what_cannot_be_written_down_and_says_where(self, field, value):
        assert list(problems_of(**{field: value})) == [field]
        assert not Person.objects.exists()

    def test_names_every_problem_at_once(self):
        problems = problems_of(full_name="", personal_id="1", phone="2")

        assert set(problems) == {"full_name", "personal_id", "phone"}

    def test_takes_a_child_born_today(self):
        person = services.register_person(full_name="A", born_on=TODAY, at=NOW)

        assert person.born_on == TODAY

    def test_counts_the_day_in_the_citys_time(self):
        late_in_the_evening_utc = NOW.replace(hour=18)  # 01:00 on the 16th in Cần Thơ

        person = services.register_person(
            full_name="A", born_on=date(2024, 10, 16), at=late_in_the_evening_utc
        )

        assert person.born_on == date(2024, 10, 16)

    def test_refuses_a_personal_id_that_is_taken(self):
        a_citizen(personal_id="092890000001")

        with pytest.raises(services.PersonalIdTaken):
            a_citizen(personal_id="092890000001")

    def test_refuses_a_second_person_for_an_account(self):
        account = a_citizen().account

        with pytest.raises(services.AccountHasAPerson):
            services.register_person(account=account, full_name="B", at=NOW)

    def test_puts_nothing_personal_on_record(self):
        person = a_citizen("Lê Thị Riêng")

        event = LedgerEvent.objects.get(subject_type="person", subject_id=str(person.pk))
        assert event.data == {}

    def test_leaves_no_door_open_for_another_number(self):
        with pytest.raises(IntegrityError, match="person_personal_id_has_twelve_digits"):
            Person.objects.create(full_name="A", personal_id="123")


class TestPersonOf:
    def test_is_nobody_for_an_account_without_a_person(self):
        assert queries.person_of(an_account()) is None
