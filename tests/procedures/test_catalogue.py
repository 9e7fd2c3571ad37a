"""The files in catalogue/, as the people who will use them meet them."""

from datetime import date
from pathlib import Path

import pytest

from motcua.procedures.definitions import Channel, StepAct, compile_definition, read_yaml

CATALOGUE = Path(__file__).parents[2] / "catalogue"
TODAY = date(2024, 10, 15)


def version_of(code: str):
    path = CATALOGUE / f"{code}.yaml"
    return compile_definition(read_yaml(path.read_bytes(), source=path.name), source=path.name)


BIRTH = version_of("1.001193")
COPIES = version_of("2.000815")
BUSINESS = version_of("1.001612")

BIRTH_ANSWERS = {
    "requester_name": "Nguyễn Văn Thử",
    "requester_personal_id": "092829000001",
    "requester_phone": "0900000001",
    "relationship": "parent",
    "child_name": "TRẦN NGUYỄN GIA AN",
    "child_sex": "female",
    "born_on": "2024-10-06",
    "born_at": "health_facility",
    "born_place": "Bệnh viện Phụ sản thành phố Cần Thơ",
    "ethnicity": "Kinh",
    "nationality": "vietnamese",
    "hometown": "Phường An Khánh, quận Ninh Kiều, thành phố Cần Thơ",
    "mother_known": True,
    "mother_name": "Nguyễn Thị Ngọc Hân",
    "mother_born_year": 1995,
    "mother_address": "Phường An Khánh",
    "father_known": False,
    "settling_commune": "31149",
    "copies": 2,
    "delivery": "online",
    "declared": True,
}


def papers(version, answers, case="on_time"):
    return [c.key for c in version.cases[case].components_for(answers) if c.required]


@pytest.mark.parametrize("path", sorted(CATALOGUE.glob("*.yaml")), ids=lambda path: path.stem)
class TestEveryFile:
    def test_fills_the_start_page(self, path):
        version = version_of(path.stem)

        for words in (version.summary, version.who, version.where, version.result_name):
            assert words
        assert version.legal_bases
        assert version.keywords
        assert all(case.limits.keys() == version.channels for case in version.cases.values())

    def test_goes_from_receiving_to_returning(self, path):
        version = version_of(path.stem)
        step, acts = version.steps[version.first_step], []
        while True:
            acts.append(step.act)
            if not step.next:
                break
            step = version.steps[step.next[0]]

        assert acts == [StepAct.RECEIVE, StepAct.EXAMINE, StepAct.DECIDE, StepAct.RETURN]

    def test_keeps_the_form_short_enough_for_a_citizen(self, path):
        form = version_of(path.stem).form

        assert len(form.pages) <= 10
        assert all(len(page.questions) <= 6 for page in form.pages)

    def test_asks_the_requester_for_nothing_the_account_knows(self, path):
        prefills = {q.prefill for q in version_of(path.stem).form.prefilled_questions}

        assert prefills == {"person.full_name", "person.personal_id", "person.phone"}

    def test_gives_every_question_a_short_label(self, path):
        questions = version_of(path.stem).form.questions.values()

        assert [q.key for q in questions if not q.short_label] == []


class TestBirthRegistration:
    def test_accepts_a_whole_filing(self):
        assert BIRTH.form.problems(BIRTH_ANSWERS, on=TODAY) == ()

    def test_refuses_a_birth_that_has_not_happened(self):
        found = BIRTH.form.problems({**BIRTH_ANSWERS, "born_on": "2024-10-16"}, on=TODAY)

        assert [p.key for p in found] == ["born_on"]

    @pytest.mark.parametrize(
        ("answers", "expected"),
        [
            ({"born_at": "health_facility"}, ["birth_certificate"]),
            ({"born_at": "elsewhere", "birth_proof": "certificate"}, ["birth_certificate"]),
            ({"born_at": "elsewhere", "birth_proof": "witness"}, ["witness_statement"]),
            ({"born_at": "elsewhere", "birth_proof": "pledge"}, ["birth_pledge"]),
            (
                {"born_at": "health_facility", "relationship": "proxy"},
                ["birth_certificate", "authorisation"],
            ),
            (
                {"born_at": "health_facility", "relationship": "relative"},
                ["birth_certificate"],
            ),
            (
                {"born_at": "health_facility", "mother_known": False, "father_known": False},
                ["birth_certificate", "abandonment_record"],
            ),
        ],
    )
    def test_asks_for_the_papers_that_the_answers_call_for(self, answers, expected):
        assert papers(BIRTH, answers) == expected
        assert papers(BIRTH, answers, case="late") == expected

    def test_is_free_on_time_and_the_councils_to_price_when_late(self):
        amounts = {
            key: [f.amount_dong for f in case.fees_for({"copies": 0}, Channel.ONLINE)]
            for key, case in BIRTH.cases.items()
        }

        assert amounts == {"on_time": [0], "late": [None]}

    def test_charges_for_copies_that_are_wanted(self):
        fees = BIRTH.cases["on_time"].fees_for({"copies": 2}, Channel.ONLINE)

        assert [(f.key, f.amount_dong) for f in fees] == [("registration", 0), ("copies", 8000)]

    def test_is_settled_by_the_commune_that_was_chosen(self):
        assert (BIRTH.settled_by, BIRTH.settling_question) == (("commune",), "settling_commune")


class TestCertifiedCopies:
    def test_costs_less_from_the_third_page_on(self):
        standard = COPIES.cases["standard"]

        two = standard.fees_for({"page_count": 2}, Channel.DIRECT)
        three = standard.fees_for({"page_count": 3}, Channel.DIRECT)

        assert [f.amount_dong for f in two] == [2000]
        assert [f.amount_dong for f in three] == [2000, 1000]

    def test_says_why_it_cannot_be_done_wholly_online(self):
        assert COPIES.level == "partial"
        assert "bản chính" in COPIES.level_reason


class TestHouseholdBusiness:
    def test_is_settled_by_the_district_of_the_place(self):
        assert (BUSINESS.settled_by, BUSINESS.settling_question) == (
            ("district",),
            "business_commune",
        )

    def test_wants_the_members_agreement_from_a_household(self):
        assert papers(BUSINESS, {"founded_by": "individual"}, "standard") == ["owner_identity"]
        assert papers(BUSINESS, {"founded_by": "household"}, "standard") == [
            *("owner_identity", "members_identity", "members_minutes", "members_authorisation")
        ]

    def test_never_shows_a_price_that_the_council_sets(self):
        (fee,) = BUSINESS.cases["standard"].fees

        assert fee.amount_dong is None
