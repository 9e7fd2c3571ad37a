import unicodedata

from motcua.config.demonstration.crowd import Crowd, officer_name
from motcua.kernel.text import clean, fold, name_sort_key
from motcua.parties.definitions import normalised_phone

COMMUNES = ["phường Cái Khế, quận Ninh Kiều", "thị trấn Cờ Đỏ, huyện Cờ Đỏ", "xã Nhơn Ái"]
CROWD = Crowd(67, COMMUNES)
SOME = [CROWD.inhabitant(n % 3, n // 3) for n in range(6000)]


class TestAnInhabitant:
    def test_is_written_as_the_register_writes_people(self):
        for person in SOME:
            assert person.full_name == clean(person.full_name).upper()
            assert person.folded_name == fold(person.full_name)
            assert person.sort_key == name_sort_key(person.full_name)
            words = (each for each in person if isinstance(each, str))
            assert all(unicodedata.is_normalized("NFC", each) for each in words)

    def test_has_a_number_of_a_century_to_come(self):
        # Digits 8 and 9 are of men and women born from 2300 on (Decree 137/2015/ND-CP).
        assert {(p.personal_id[3], p.sex) for p in SOME} == {("8", "male"), ("9", "female")}

    def test_has_a_number_of_their_own(self):
        assert len({person.personal_id for person in SOME}) == len(SOME)
        assert len({person.id for person in SOME}) == len(SOME)

    def test_has_a_telephone_that_no_network_gives_out(self):
        for person in SOME:
            assert person.phone.startswith("0100")
            assert normalised_phone(person.phone) == person.phone

    def test_lives_in_the_commune_asked_for(self):
        assert CROWD.inhabitant(1, 5).address.endswith(COMMUNES[1])

    def test_is_the_same_whenever_asked_and_another_under_another_seed(self):
        assert Crowd(67, COMMUNES).inhabitant(2, 9) == CROWD.inhabitant(2, 9)
        assert Crowd(68, COMMUNES).inhabitant(2, 9).id != CROWD.inhabitant(2, 9).id

    def test_has_a_khmer_or_hoa_name_now_and_then(self):
        families = [person.full_name.split()[0] for person in SOME]
        assert 0.02 < families.count("THẠCH") / len(SOME) < 0.10
        assert 0.10 < families.count("NGUYỄN") / len(SOME) < 0.25

    def test_is_not_an_officer_whose_name_offices_write_small(self):
        assert officer_name(67, 1) == officer_name(67, 1).title()
