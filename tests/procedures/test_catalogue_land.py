"""Land, building, business, licences and one procedure of each department, case by case."""

from datetime import date
from pathlib import Path

import pytest

from motcua.calendars.limits import LimitUnit
from motcua.offices.definitions import AgencyKind, UnitRole, read_city
from motcua.procedures.definitions import Channel, Version, compile_definition, read_yaml

from .answers_land import ANSWERS, Answers

CATALOGUE = Path(__file__).parents[2] / "catalogue"
TODAY = date(2024, 10, 15)
CASES = [(code, case) for code, cases in ANSWERS.items() for case in cases]

PREFILLED = {
    "requester_name": "Trần Văn Bình",
    "requester_personal_id": "092890000001",
    "requester_phone": "0900000001",
}


def version_of(code: str) -> Version:
    path = CATALOGUE / f"{code}.yaml"
    return compile_definition(read_yaml(path.read_bytes(), source=path.name), source=path.name)


VERSIONS = {path.stem: version_of(path.stem) for path in sorted(CATALOGUE.glob("*.yaml"))}


def papers(code: str, case: str, **changes: object) -> list[str]:
    answers = {**ANSWERS[code][case], **changes}
    components = VERSIONS[code].cases[case].components_for(answers)
    return [component.key for component in components if component.required]


def fees(code: str, case: str, channel: Channel, **changes: object) -> dict[str, int | None]:
    answers = {**ANSWERS[code][case], **changes}
    lines = VERSIONS[code].cases[case].fees_for(answers, channel)
    return {line.key: line.amount_dong for line in lines}


def limit(code: str, case: str, channel: Channel = Channel.DIRECT) -> tuple[int, LimitUnit]:
    found = VERSIONS[code].cases[case].limits[channel]
    return int(found.amount), found.unit


class TestSampleAnswers:
    @pytest.mark.parametrize("code", ANSWERS)
    def test_are_there_for_every_case(self, code):
        assert ANSWERS[code].keys() == VERSIONS[code].cases.keys()

    @pytest.mark.parametrize(("code", "case"), CASES)
    def test_are_a_whole_filing(self, code, case):
        answers: Answers = {**PREFILLED, **ANSWERS[code][case]}

        assert VERSIONS[code].form.problems(answers, on=TODAY) == ()

    @pytest.mark.parametrize(("code", "case"), CASES)
    def test_without_any_one_that_is_required_are_no_filing(self, code, case):
        form = VERSIONS[code].form
        answers: Answers = {**PREFILLED, **ANSWERS[code][case]}
        required = [q.key for q in form.visible_questions(answers) if q.required]

        assert len(required) >= 5
        for key in required:
            rest = {other: answer for other, answer in answers.items() if other != key}
            assert key in {problem.key for problem in form.problems(rest, on=TODAY)}


class TestCity:
    def test_gives_work_to_each_of_the_26_agencies_and_to_the_branches_of_the_nation(self):
        city = read_city()
        # The committee of the city steers and settles nothing.
        departments = {a.name for a in city.agencies if a.kind != AgencyKind.CITY}
        branches = {a.name for a in city.agencies if a.kind == AgencyKind.VERTICAL}
        named = {version.settling_agency for version in VERSIONS.values()} - {""}
        kinds = {kind for version in VERSIONS.values() for kind in version.settled_by}

        assert len(departments - branches) + len(city.districts) == 26
        assert named == departments
        assert AgencyKind.DISTRICT in kinds

    def test_names_each_agency_by_its_kind(self):
        kinds = {agency.name: agency.kind for agency in read_city().agencies}

        for version in VERSIONS.values():
            if version.settling_agency:
                assert kinds[version.settling_agency] == version.settled_by[0]

    def test_has_a_unit_for_what_it_says_a_unit_settles(self):
        city = read_city()
        units = [unit for units in city.organisation.values() for unit in units]
        units += [unit for agency in city.agencies for unit in agency.units]
        settled = [code for unit in units for code in unit.settles]

        assert set(settled) <= VERSIONS.keys()
        assert all(unit.role == UnitRole.SPECIALIST for unit in units if unit.settles)

    @pytest.mark.parametrize("code", ANSWERS)
    def test_finds_the_screening_s_other_procedures(self, code):
        others = [screen.instead for screen in VERSIONS[code].screening if screen.instead]

        assert set(others) <= VERSIONS.keys() - {code}


class TestLandTransfer:
    def test_settles_what_is_owed_between_examination_and_signature(self):
        version = VERSIONS["1.013831"]

        assert version.obligation_step is version.steps["tax"]
        assert list(version.steps) == ["receive", "examine", "tax", "decide", "return"]
        assert [v.code for v in VERSIONS.values() if v.obligation_step] == ["1.013831"]

    def test_asks_a_buyer_for_the_contract_and_the_tax_returns(self):
        assert papers("1.013831", "sale") == [
            *("certificate", "contract", "duty_return", "income_tax_return", "land_tax_return")
        ]

    def test_asks_an_heir_for_who_died_and_how_they_were_related(self):
        wanted = papers("1.013831", "inheritance")

        assert "contract" not in wanted
        assert {"inheritance_paper", "death_certificate", "kinship", "exemption_proof"} <= {*wanted}
        assert "kinship" not in papers("1.013831", "inheritance", kinship="other")

    @pytest.mark.parametrize(
        ("changes", "paper"),
        [
            ({"mortgaged": True}, "mortgagee_consent"),
            ({"wants_survey": True}, "survey"),
            ({"receiver_count": 2}, "joint_agreement"),
            ({"object": "house_only"}, "land_owner_consent"),
            ({"filed_by": "proxy"}, "authorisation"),
        ],
    )
    def test_asks_for_more_only_where_it_matters(self, changes, paper):
        assert paper not in papers("1.013831", "sale")
        assert paper in papers("1.013831", "sale", **changes)

    def test_never_shows_a_price_that_the_council_sets_and_none_for_a_paper_not_wanted(self):
        assert fees("1.013831", "sale", Channel.DIRECT) == {"appraisal": None, "certificate": None}
        assert fees("1.013831", "sale", Channel.DIRECT, certificate_form="noted") == {
            "appraisal": None
        }

    def test_takes_as_long_as_the_law_of_2024_says(self):
        for case in ("sale", "gift", "inheritance"):
            assert limit("1.013831", case) == (10, LimitUnit.WORKING_DAY)


class TestLandRegistry:
    def test_exchanges_a_worn_certificate_sooner_than_it_measures(self):
        assert limit("1.012783", "worn") == (5, LimitUnit.WORKING_DAY)
        assert limit("1.012783", "measured") == (15, LimitUnit.WORKING_DAY)

    def test_asks_for_a_survey_only_where_it_measures(self):
        assert papers("1.012783", "worn") == ["certificate"]
        assert papers("1.012783", "worn", reason="members") == ["certificate", "members_proof"]
        assert papers("1.012783", "measured") == ["certificate", "survey"]
        assert papers("1.012783", "measured", boundary_changed=True)[-1] == "boundary_record"

    def test_takes_the_lenders_word_for_a_certificate_it_holds(self):
        assert papers("1.012783", "mortgaged") == ["mortgage_contract", "lender_letter"]

    def test_wants_the_contract_of_a_division_for_a_sale(self):
        assert papers("1.012784", "split") == ["certificate", "drawing"]
        assert "transfer_contract" in papers("1.012784", "split", basis="transfer")
        assert "transfer_contract" not in papers("1.012784", "merge", basis="transfer")


class TestBuildingPermit:
    def test_takes_fifteen_days_for_a_house_and_twenty_for_a_work(self):
        assert limit("1.009994", "house") == (15, LimitUnit.DAY)
        assert limit("1.009994", "work") == (20, LimitUnit.DAY)
        assert limit("1.009994", "line") == (20, LimitUnit.DAY)

    def test_wants_a_pledge_only_beside_a_neighbours_wall(self):
        assert papers("1.009994", "house") == ["land_papers", "drawings", "neighbour_pledge"]
        assert papers("1.009994", "house", adjoining=False) == ["land_papers", "drawings"]

    @pytest.mark.parametrize("changes", [{"floors": 7}, {"basement": True}])
    def test_wants_the_design_of_a_tall_or_deep_house_reviewed(self, changes):
        assert "design_review" not in papers("1.009994", "house", floors=6)
        assert "design_review" in papers("1.009994", "house", **changes)

    def test_asks_a_line_for_its_route_and_not_for_the_land_of_one_owner(self):
        wanted = papers("1.009994", "line")

        assert "route_agreement" in wanted
        assert "land_papers" not in wanted

    def test_is_settled_by_the_district_of_the_site(self):
        version = VERSIONS["1.009994"]

        assert (version.settled_by, version.settling_question) == (("district",), "site_commune")


class TestHouseholdBusinessChange:
    @pytest.mark.parametrize(
        ("change", "paper"),
        [
            ("sale", "sale_contract"),
            ("gift", "gift_contract"),
            ("inheritance", "inheritance_proof"),
            ("members", "members_authorisation"),
        ],
    )
    def test_wants_the_paper_by_which_the_owner_changed(self, change, paper):
        wanted = papers("2.000720", "owner", owner_change=change)

        assert paper in wanted
        assert len(set(wanted) & {"sale_contract", "gift_contract", "inheritance_proof"}) <= 1

    def test_wants_no_paper_for_one_owners_new_name(self):
        assert papers("2.000720", "contents") == []
        assert papers("2.000720", "contents", founded_by="household") == ["members_minutes"]


class TestCompanies:
    @pytest.mark.parametrize(
        ("code", "case"), [c for c in CASES if c[0] in {"2.001583", "2.002043"}]
    )
    def test_are_registered_free_online_but_published_at_a_charge(self, code, case):
        assert fees(code, case, Channel.ONLINE) == {
            "registration_online": 0,
            "publication": 100_000,
        }
        assert fees(code, case, Channel.DIRECT) == {
            "registration_counter": 50_000,
            "publication": 100_000,
        }
        assert limit(code, case) == (3, LimitUnit.WORKING_DAY)

    def test_of_an_organisation_show_who_stands_for_it(self):
        assert papers("2.001583", "individual") == ["charter", "owner_identity"]
        assert papers("2.001583", "organisation") == [
            *("charter", "owner_legal_paper", "appointment", "delegate_identity"),
            "representative_identity",
        ]

    def test_with_foreign_shareholders_list_them(self):
        assert "foreign_list" not in papers("2.002043", "domestic")
        assert {"foreign_list", "investment_certificate"} <= {*papers("2.002043", "foreign")}

    def test_of_shares_have_three_founders(self):
        answers = {**PREFILLED, **ANSWERS["2.002043"]["domestic"], "founder_count": 2}

        (problem,) = VERSIONS["2.002043"].form.problems(answers, on=TODAY)

        assert problem.key == "founder_count"


class TestCriminalRecord:
    @pytest.mark.parametrize(
        ("relief", "amounts"),
        [
            ("none", {"information": 200_000}),
            ("reduced", {"information_reduced": 100_000}),
            ("exempt", {"information_exempt": 0}),
        ],
    )
    def test_costs_by_who_asks(self, relief, amounts):
        assert fees("2.000488", "number_one", Channel.ONLINE, relief=relief) == amounts

    def test_charges_from_the_third_sheet_on(self):
        assert "more_sheets" not in fees("2.000488", "number_one", Channel.ONLINE, sheets=2)
        assert fees("2.000488", "number_one", Channel.ONLINE, sheets=3)["more_sheets"] == 5000

    def test_number_two_lets_only_a_parent_ask_for_another(self):
        assert "authorisation" in papers("2.000488", "number_one", filed_by="proxy")
        assert "authorisation" not in papers("2.000488", "number_two", filed_by="proxy")
        assert "parenthood" in papers("2.000488", "number_two", filed_by="parent")

    def test_takes_longer_where_several_places_are_asked(self):
        assert limit("2.000488", "number_one") == (10, LimitUnit.DAY)
        assert limit("2.000488", "number_one_verified") == (15, LimitUnit.DAY)
        assert limit("2.000488", "number_two") == (10, LimitUnit.DAY)


class TestDrivingLicence:
    @pytest.mark.parametrize("code", ["3.000347", "3.000348"])
    def test_costs_less_online(self, code):
        case = next(iter(ANSWERS[code]))

        assert fees(code, case, Channel.DIRECT) == {"card": 135_000}
        assert fees(code, case, Channel.ONLINE) == {"card_online": 115_000}

    @pytest.mark.parametrize("licence", ["a1", "a2", "a3"])
    def test_wants_no_health_certificate_of_a_motorcyclist(self, licence):
        assert "health" in papers("3.000347", "expiring")
        assert "health" not in papers("3.000347", "expiring", licence_class=licence)

    def test_long_expired_is_examined_again_by_class(self):
        car = fees("3.000348", "long_expired", Channel.DIRECT)
        motorbike = fees("3.000348", "long_expired", Channel.DIRECT, licence_class="a1")

        assert sum(amount or 0 for amount in car.values()) == 765_000
        assert motorbike == {
            "card": 135_000,
            "theory_motorbike": 60_000,
            "practice_motorbike": 70_000,
        }
        assert fees("3.000348", "expired", Channel.DIRECT) == {
            "card": 135_000,
            "theory_car": 100_000,
        }


class TestDepartments:
    def test_charge_by_the_device(self):
        assert fees("2.002380", "owned", Channel.ONLINE) == {"dental_appraisal": 2_000_000}
        assert fees("2.002380", "leased", Channel.ONLINE) == {"ct_appraisal": 8_000_000}

    def test_give_the_treasurys_number_a_day_sooner_online(self):
        assert limit("2.002206", "other_unit", Channel.ONLINE) == (2, LimitUnit.WORKING_DAY)
        assert limit("2.002206", "other_unit", Channel.POST) == (3, LimitUnit.WORKING_DAY)

    def test_ask_a_foreign_worker_for_what_the_post_needs(self):
        assert "expert_proof" in papers("2.000205", "contract")
        assert "manager_proof" in papers("2.000205", "transfer")
        assert "need_approval" not in papers("2.000205", "transfer")

    def test_leave_out_a_code_of_the_result_that_nobody_found(self):
        assert VERSIONS["2.002314"].result_code == ""
        assert VERSIONS["2.002314"].result_name

    @pytest.mark.parametrize("code", ANSWERS)
    def test_part_their_cases_by_more_than_the_name(self, code):
        cases = list(VERSIONS[code].cases.values())
        worlds = {(tuple(c.limits.items()), c.components, c.fees) for c in cases}

        # A damaged licence is exchanged as an expiring one is: the case only tells them apart.
        assert len(worlds) == len(cases) - (code == "3.000347")
