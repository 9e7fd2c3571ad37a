"""The files in catalogue/, as the people who will use them meet them."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import groupby, product
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from motcua.calendars.limits import Limit, LimitUnit
from motcua.offices.definitions import read_city
from motcua.procedures.conditions import Condition
from motcua.procedures.definitions import (
    Channel,
    Form,
    Question,
    StepAct,
    Version,
    Widget,
    compile_definition,
    read_yaml,
)

CATALOGUE = Path(__file__).parents[2] / "catalogue"
CITY = read_city()
TODAY = date(2024, 10, 15)


@cache
def version_of(code: str) -> Version:
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


@pytest.mark.parametrize("code", [path.stem for path in sorted(CATALOGUE.glob("*.yaml"))])
class TestEveryFile:
    def test_fills_the_start_page(self, code):
        version = version_of(code)

        assert version.code == code
        for words in (version.summary, version.who, version.where, version.result_name):
            assert words
        assert version.legal_bases
        assert version.keywords
        assert all(case.limits.keys() == version.channels for case in version.cases.values())

    def test_goes_from_receiving_to_returning(self, code):
        version = version_of(code)
        step, acts = version.steps[version.first_step], []
        while True:
            acts.append(step.act)
            if not step.next:
                break
            step = version.steps[step.next[0]]

        # One examination may follow another: a survey, then a meeting, then a public notice.
        assert [act for act, _same in groupby(acts)] == [
            *(StepAct.RECEIVE, StepAct.EXAMINE, StepAct.DECIDE, StepAct.RETURN)
        ]

    def test_leaves_each_step_its_share_of_the_time(self, code):
        version = version_of(code)

        # The cases share one route: it must fit into the longest of them.
        limits = [limit for case in version.cases.values() for limit in case.limits.values()]
        assert hours_of_route(version) <= max(hours(limit) for limit in limits)

    def test_finds_its_units_at_every_agency_that_settles_it(self, code):
        version = version_of(code)

        for kind in version.settled_by:
            for step in version.steps.values():
                units = [u for u in CITY.organisation[kind] if u.role == step.unit_role]
                assert units, f"{kind}: {step.key}"
                unit = next((u for u in units if code in u.settles), units[0])
                assert step.actor_role in {post.role for post in unit.posts}, f"{kind}: {step.key}"
        named = {agency.name: agency.kind for agency in CITY.agencies}
        if version.settling_agency:
            assert named[version.settling_agency] == version.settled_by[0]

    def test_sends_nobody_from_its_start_back_to_its_start(self, code):
        assert all(screen.instead != code for screen in version_of(code).screening)

    def test_keeps_the_form_short_enough_for_a_citizen(self, code):
        form = version_of(code).form

        assert len([page for page in form.pages if page.when is None]) <= 14
        assert all(len(page.questions) <= 6 for page in form.pages)

    def test_asks_the_requester_for_nothing_the_account_knows(self, code):
        prefills = {q.prefill for q in version_of(code).form.prefilled_questions}

        assert prefills >= {"person.full_name", "person.personal_id", "person.phone"}

    def test_gives_every_question_a_short_label(self, code):
        questions = version_of(code).form.questions.values()

        assert [q.key for q in questions if not q.short_label] == []

    def test_makes_no_condition_that_always_or_never_holds(self, code):
        version = version_of(code)

        useless = [
            f"{where}: {'always' if True in outcomes else 'never'}"
            for where, condition in _conditions_of(version)
            if len(outcomes := _outcomes(condition, version.form)) < 2
        ]
        assert useless == []


def hours_of_route(version: Version) -> Fraction:
    """How many working hours the steps have together."""
    limits = [step.limit for step in version.steps.values() if step.limit]
    return sum(map(hours, limits), Fraction(0))


def hours(limit: Limit) -> Fraction:
    """How many working hours a limit usually has: of seven days five are worked, begun ones too."""
    match limit.unit:
        case LimitUnit.HOUR:
            return limit.amount
        case LimitUnit.WORKING_DAY:
            return limit.amount * 8
        case LimitUnit.DAY:
            return Fraction(ceil(limit.amount * Fraction(5, 7)) * 8)
        case LimitUnit.MONTH:
            return limit.amount * 20 * 8


def _conditions_of(version: Version) -> Iterator[tuple[str, Condition]]:
    """Yield every `when`, with where it stands."""
    for page in version.form.pages:
        if page.when:
            yield f"page {page.key}", page.when
        for question in page.questions:
            if question.when:
                yield f"question {question.key}", question.when
    for case in version.cases.values():
        for part in (*case.components, *case.fees):
            if part.when:
                yield f"{case.key}.{part.key}", part.when
    for linked_part in version.linked.parts if version.linked else ():
        if linked_part.when:
            yield f"part {linked_part.key}", linked_part.when


def _outcomes(condition: Condition, form: Form) -> set[bool]:
    """Whether it holds, for answers of every kind that the form itself leads to."""
    keys = sorted(_all_it_depends_on(condition, form))
    outcomes = set()
    for answers in product(*(_some_answers(form.questions[key]) for key in keys)):
        given = {k: a for k, a in zip(keys, answers, strict=True) if a is not None}
        outcomes.add(condition.holds(form.still_asked(given)))
        if len(outcomes) == 2:
            break
    return outcomes


def _all_it_depends_on(condition: Condition, form: Form) -> set[str]:
    page_of = {question.key: page for page in form.pages for question in page.questions}
    found: set[str] = set()
    waiting = list(condition.keys)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            for earlier in (form.questions[key].when, page_of[key].when):
                waiting.extend(earlier.keys if earlier else ())
    return found


def _some_answers(question: Question) -> tuple[Any, ...]:
    """Return answers from end to end of what may be said; None is an answer left out."""
    silence = () if question.required else (None,)
    match question.widget:
        case Widget.RADIOS | Widget.SELECT:
            return (*(option.value for option in question.options), *silence)
        case Widget.YES_NO:
            return (True, False, *silence)
        case Widget.WHOLE_NUMBER | Widget.MONEY:
            return (question.schema["minimum"], question.schema["maximum"], *silence)
        case Widget.DATE:
            return ("1900-01-01", TODAY.isoformat(), "2100-12-31", *silence)
        case _:
            return ("An", *silence)


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

    def test_goes_to_the_commune_online_and_to_a_district_at_the_counter_as_well(self):
        assert COPIES.settled_by == ("commune", "district")

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
