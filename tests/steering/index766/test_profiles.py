"""The profiles that are shipped, and what is refused of others."""

from datetime import date

import pytest
import yaml

from motcua.steering.definitions.index766 import (
    InvalidProfiles,
    Level,
    NoProfile,
    profile_in_force,
    profiles,
    read_profiles,
)
from motcua.steering.definitions.index766.profiles import PROFILES

# The codes of the national portal's public figures.
OFFICIAL = {
    "PUBLISH_ON_TIME",
    "PUBLIC_UPDATE_ON_TIME",
    "PUBLIC_CONTENT_FULL",
    "DOSSIER_SYNC",
    "ORIGINAL_RESULT_AVAILABLE",
    "SO_HOA_GIAY_TO_GIAI_QUYET",
    "ELECTRONIC_CERTIFIED_COPY",
    "REUSED_DIGITIZED_DATA",
    "SYNCED_WITH_DVCQG_PERSONAL_STORAGE",
    "CITIZEN_DATA_CONNECTED_DOSSIER",
    "CITIZEN_DATA_CONNECTED_FORMALITY",
    "PETITION_PROCESSING_ON_TIME",
    "PETITION_HANDLING_SATISFACTION",
    "DOSSIER_RECEIVING_SATISFACTION",
}


def written() -> dict:
    return yaml.safe_load(PROFILES.read_text(encoding="utf-8"))


def read(told: dict):
    return read_profiles(yaml.safe_dump(told, allow_unicode=True))


def criterion_of(told: dict, code: str) -> dict:
    for group in told["profiles"][0]["groups"]:
        for criterion in group["criteria"]:
            if criterion["code"] == code:
                return criterion
    raise AssertionError(code)


class TestTheProfileOf2022:
    def test_has_six_groups_that_add_up_to_a_hundred(self):
        [profile] = profiles()

        assert [group.max for group in profile.groups] == [18, 20, 12, 10, 22, 18]

    def test_has_the_points_of_every_criterion(self):
        [profile] = profiles()

        assert {each.number: each.max for each in profile.criteria} == {
            "1.1": 6, "1.2": 4, "1.3": 2, "1.4": 6,
            "2.1": 20,
            "3.1": 2, "3.2": 4, "3.3": 6,
            "3.5a": 2, "3.5b": 2, "3.6": 6,
            "4.1": 6, "4.2": 4, "4.x": 2, "4.3": 2, "4.4": 4, "4.5a": 2, "4.5b": 2,
            "5.1": 0, "5.2": 6, "5.3": 6, "5.4": 6,
        }  # fmt: skip

    def test_has_the_portals_codes_and_says_which_are_ours(self):
        [profile] = profiles()

        assert {each.code for each in profile.criteria if each.official} == OFFICIAL

    def test_is_in_force_from_the_decision_on(self):
        assert profile_in_force(date(2024, 9, 30)).id == "qd-766-2022"
        with pytest.raises(NoProfile, match="22/06/2022"):
            profile_in_force(date(2022, 6, 22))


class TestReadingProfiles:
    def test_takes_what_is_shipped(self):
        assert read(written()) == profiles()

    def test_takes_one_that_follows_another(self):
        told = written()
        later = written()["profiles"][0] | {"id": "later", "valid_from": date(2025, 1, 1)}
        told["profiles"][0]["valid_to"] = date(2024, 12, 31)
        told["profiles"].insert(0, later)

        assert [profile.id for profile in read(told)] == ["qd-766-2022", "later"]

    @pytest.mark.parametrize("valid_to", [None, date(2025, 1, 1)])
    def test_refuses_two_in_force_on_one_day(self, valid_to):
        told = written()
        later = written()["profiles"][0] | {"id": "later", "valid_from": date(2025, 1, 1)}
        told["profiles"][0]["valid_to"] = valid_to
        told["profiles"].append(later)

        with pytest.raises(InvalidProfiles, match=r"profiles\.later\.valid_from: .*01/01/2025"):
            read(told)

    def test_refuses_one_that_ends_before_it_begins(self):
        told = written()
        told["profiles"][0]["valid_to"] = date(2022, 1, 1)

        with pytest.raises(InvalidProfiles, match=r"profiles\[0\]\.valid_to"):
            read(told)

    def test_refuses_groups_that_do_not_add_up_to_a_hundred(self):
        told = written()
        told["profiles"][0]["groups"].pop()

        with pytest.raises(InvalidProfiles, match=r"profiles\[0\]\.groups: .*82 điểm"):
            read(told)

    def test_refuses_criteria_that_do_not_add_up_to_their_group(self):
        told = written()
        criterion_of(told, "DOSSIER_SYNC")["max"] = 5

        with pytest.raises(InvalidProfiles, match=r"profiles\[0\]\.groups\[0\]\.max: .*17 điểm"):
            read(told)

    @pytest.mark.parametrize("place", ["numerator", "denominator"])
    def test_refuses_an_unknown_quantity(self, place):
        told = written()
        criterion_of(told, "DOSSIER_SYNC")[place] = ["received", "-fame"]

        with pytest.raises(InvalidProfiles, match=rf"criteria\[3\]\.{place}\[1\]: .*“fame”"):
            read(told)

    def test_refuses_an_unknown_quantity_in_a_factor(self):
        told = written()
        criterion_of(told, "ONLINE_DOSSIER")["factor"]["numerator"] = ["fame"]

        with pytest.raises(InvalidProfiles, match=r"factor\.numerator\[0\]: .*“fame”"):
            read(told)

    @pytest.mark.parametrize("cap", [0, -1, 101])
    def test_refuses_a_cap_out_of_range(self, cap):
        told = written()
        criterion_of(told, "ONLINE_DOSSIER")["cap"] = cap

        with pytest.raises(InvalidProfiles, match=rf"groups\[2\]\.criteria\[2\]\.cap: .*{cap}"):
            read(told)

    @pytest.mark.parametrize(
        ("code", "changes"),
        [("DOSSIER_SYNC", {"cap": 80}), ("ONLINE_DOSSIER", {"cap": None})],
    )
    def test_refuses_a_cap_where_there_is_none_and_none_where_there_is_one(self, code, changes):
        told = written()
        criterion_of(told, code).update(changes)

        with pytest.raises(InvalidProfiles, match=r"\.cap: "):
            read(told)

    def test_refuses_points_for_what_is_only_told(self):
        told = written()
        criterion_of(told, "PETITION_RECEIVED")["max"] = 1

        with pytest.raises(InvalidProfiles, match=r"criteria\[0\]\.max"):
            read(told)

    def test_refuses_a_code_used_twice(self):
        told = written()
        criterion_of(told, "DOSSIER_SYNC")["code"] = "PUBLISH_ON_TIME"

        with pytest.raises(InvalidProfiles, match="PUBLISH_ON_TIME"):
            read(told)

    @pytest.mark.parametrize("floors", [[90, 80, 10], [80, 90, 0], [90, 90, 0]])
    def test_refuses_bands_that_leave_a_gap_or_stand_in_disorder(self, floors):
        told = written()
        told["profiles"][0]["bands"] = [
            {"key": f"b{n}", "name": "Mức", "from": floor} for n, floor in enumerate(floors)
        ]

        with pytest.raises(InvalidProfiles, match=r"profiles\[0\]\.bands"):
            read(told)

    def test_names_the_place_of_what_is_misspelt(self):
        told = written()
        criterion_of(told, "DOSSIER_SYNC")["scoring"] = "square"

        with pytest.raises(InvalidProfiles) as refused:
            read(told)
        assert refused.value.path == "profiles[0].groups[0].criteria[3].scoring"

    @pytest.mark.parametrize("text", ["", "profiles: []", "profiles: [", "profiles: {a: 1}"])
    def test_refuses_what_is_no_list_of_profiles(self, text):
        with pytest.raises(InvalidProfiles):
            read_profiles(text)

    def test_knows_no_level_but_ours(self):
        told = written()
        criterion_of(told, "DOSSIER_SYNC")["applies"] = {"village": "full"}

        with pytest.raises(InvalidProfiles, match="applies"):
            read(told)
        assert "village" not in set(Level)
