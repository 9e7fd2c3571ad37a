"""Civil status, certification and poverty: what each case asks for, and where it goes."""

import pytest

from motcua.calendars.limits import Limit, LimitUnit
from motcua.dossiers import services as dossiers
from motcua.dossiers.lifecycle import DossierState
from motcua.filings.queries import destination_of
from motcua.offices.models import Agency, Unit
from motcua.procedures.definitions import Channel
from tests.builders import NOW, TODAY, ADesk, a_district, a_filing, the_version
from tests.procedures.answers import CASES, REQUESTER, sample_answers
from tests.procedures.test_catalogue import hours, hours_of_route, version_of

MARRIAGE = version_of("1.000894")
DEATH = version_of("1.000656")
MARITAL_STATUS = version_of("1.004873")
COPY = version_of("2.000635")
BIRTH_AGAIN = version_of("1.004884")
CHANGE = version_of("1.004859")
CHANGE_AT_DISTRICT = version_of("2.000748")
GUARDIANSHIP = version_of("1.004837")
SIGNATURE = version_of("2.000884")
REGISTER_COPY = version_of("2.000908")
POVERTY = version_of("1.011607")
FIRST_THREE = {"1.001193", "1.001612", "2.000815"}


def papers(version, case, **changes):
    """The papers that a plain filing needs, changed in these answers; optional ones with a "?"."""
    answers = sample_answers(version.code, case, **changes)
    components = version.cases[case].components_for(answers)
    return [c.key if c.required else f"{c.key}?" for c in components]


def amounts(version, case, **changes):
    """What a plain filing costs online, changed in these answers."""
    answers = sample_answers(version.code, case, **changes)
    fees = version.cases[case].fees_for(answers, Channel.ONLINE)
    return {fee.key: fee.amount_dong for fee in fees}


def limits(version):
    """How long each case may take, which in all of these is the same through every channel."""
    every = {key: set(case.limits.values()) for key, case in version.cases.items()}
    assert all(len(same) == 1 for same in every.values())
    return {key: _words(*same) for key, same in every.items()}


def _words(limit: Limit) -> str:
    if limit.same_day_until:
        return f"same day until {limit.same_day_until:%H:%M}"
    return f"{limit.amount} {LimitUnit(limit.unit).value}"


@pytest.mark.parametrize(("code", "case"), CASES)
class TestEveryCase:
    def test_accepts_a_whole_filing(self, code, case):
        answers = {**REQUESTER, **sample_answers(code, case)}

        assert version_of(code).form.problems(answers, on=TODAY) == ()

    def test_misses_each_answer_that_is_left_out(self, code, case):
        form = version_of(code).form
        answers = {**REQUESTER, **sample_answers(code, case)}
        required = [q.key for q in form.visible_questions(answers) if q.required]

        for key in required:
            rest = form.still_asked({k: a for k, a in answers.items() if k != key})
            assert key in {problem.key for problem in form.problems(rest, on=TODAY)}

    def test_takes_no_more_than_ten_pages(self, code, case):
        assert len(version_of(code).form.visible_pages(sample_answers(code, case))) <= 10


@pytest.mark.parametrize("code", sorted({code for code, _case in CASES} | FIRST_THREE))
class TestEveryProcedure:
    def test_asks_a_few_things_before_starting(self, code):
        screening = version_of(code).screening

        assert 1 <= len(screening) <= 4
        assert any(screen.instead for screen in screening) or code == "1.011607"

    def test_ends_its_route_within_the_shortest_of_its_times(self, code):
        version = version_of(code)
        limits = [limit for case in version.cases.values() for limit in case.limits.values()]

        assert hours_of_route(version) <= min(hours(limit) for limit in limits)


def test_every_case_has_sample_answers():
    codes = {code for code, _case in CASES}

    assert {(code, case) for code in codes for case in version_of(code).cases} == set(CASES)


@pytest.mark.django_db
class TestFiling:
    def test_reaches_the_ward_or_its_district(self):
        reached = {}
        for code, case in CASES:
            destination = destination_of(the_version(code), sample_answers(code, case), TODAY)
            assert destination is not None
            agency = Agency.objects.get(pk=destination.settling_agency_id)
            reached.setdefault(code, set()).add(agency.name)

        ward = {"Ủy ban nhân dân phường Cái Khế"}
        district = {"Ủy ban nhân dân quận Ninh Kiều"}
        codes = {code for code, _case in CASES}
        assert reached == {c: district if c == "2.000748" else ward for c in codes}

    def test_can_be_submitted_in_every_case(self):
        for code, case in CASES:
            dossier = a_filing(code, case, sample_answers(code, case))

            assert (dossier.state, dossier.case_key) == (DossierState.SUBMITTED, case)

    def test_of_the_district_is_examined_by_its_justice_bureau(self):
        district = a_district()
        desk = ADesk(district, procedure="2.000748")
        dossier = a_filing(
            "2.000748", "correction", sample_answers("2.000748", "correction"), at=NOW
        )

        dossier = desk.returned(dossier)

        assert dossier.state == DossierState.RETURNED
        settled = Unit.objects.get(agency=district, settles__contains=["2.000748"])
        assert settled.name == "Phòng Tư pháp"

    def test_of_a_poor_household_passes_survey_meeting_and_notice(self):
        desk = ADesk(procedure="1.011607")
        dossier = a_poor_household_at(desk)
        unit = Unit.objects.get(pk=dossier.step_unit_id)
        assert unit.name == "Bộ phận Văn hóa – Xã hội"

        dossier, passed = examined(dossier, desk)
        dossier = dossiers.decide_dossier(
            dossier_id=dossier.pk,
            mandate=desk.leader,
            outcome="granted",
            number="31/QĐ",
            summary="Công nhận hộ nghèo.",
            at=NOW,
        )

        assert passed == ["survey", "meeting", "notice"]
        assert dossier.state == DossierState.DECIDED

    def test_of_a_poor_household_goes_back_to_the_survey(self):
        desk = ADesk(procedure="1.011607")
        dossier, _passed = examined(a_poor_household_at(desk), desk)

        dossier = dossiers.send_back_dossier(
            dossier_id=dossier.pk, mandate=desk.leader, reason="Chưa chấm điểm nhà ở.", at=NOW
        )

        assert (dossier.step_key, dossier.holder_id) == ("survey", desk.processor.officer_id)


def a_poor_household_at(desk):
    """A household's request, taken in."""
    answers = sample_answers("1.011607", "newly_poor")
    return desk.accepted(a_filing("1.011607", "newly_poor", answers))


def examined(dossier, desk):
    """Carry a dossier through every examination; return it with the steps it passed."""
    passed = []
    while dossier.step_key != "decide":
        passed.append(dossier.step_key)
        dossiers.take_up_dossier(dossier_id=dossier.pk, mandate=desk.processor, at=NOW)
        dossier = dossiers.propose_outcome(
            dossier_id=dossier.pk,
            mandate=desk.processor,
            outcome="granted",
            opinion="Đã rà soát.",
            at=NOW,
        )
    return dossier, passed


class TestMarriage:
    def test_needs_the_status_of_whoever_lives_elsewhere(self):
        assert papers(MARRIAGE, "standard") == ["bride_status_certificate"]
        assert papers(MARRIAGE, "standard", groom_resident=False) == [
            *("groom_status_certificate", "bride_status_certificate")
        ]
        assert papers(MARRIAGE, "standard", bride_resident=True) == []

    def test_needs_the_note_of_a_divorce_abroad(self):
        assert papers(MARRIAGE, "standard", groom_history="ended_abroad") == [
            *("bride_status_certificate", "groom_divorce_note")
        ]

    def test_takes_proof_of_an_earlier_marriage_but_does_not_insist(self):
        assert papers(MARRIAGE, "verified") == ["groom_marriage_end?"]
        assert papers(MARRIAGE, "verified", groom_history="never", bride_history="widowed") == [
            "bride_marriage_end?"
        ]

    def test_asks_for_the_names_of_the_other_party_only(self):
        asked = {q.key for q in MARRIAGE.form.visible_questions({"party": "bride"})}

        assert "groom_name" in asked
        assert "bride_name" not in asked

    def test_takes_longer_when_it_must_be_verified(self):
        assert limits(MARRIAGE) == {
            "standard": "same day until 15:00",
            "verified": "5 working_day",
        }

    def test_is_free_by_law_apart_from_copies(self):
        assert amounts(MARRIAGE, "standard") == {"registration": 0, "copies": 8000}
        assert amounts(MARRIAGE, "verified", copies=0) == {"registration": 0}

    def test_cannot_be_wholly_online_for_both_sign(self):
        assert MARRIAGE.level == "partial"
        assert "Hai bên" in MARRIAGE.level_reason


class TestDeath:
    @pytest.mark.parametrize(
        ("answers", "expected"),
        [
            ({}, ["death_notice"]),
            ({"death_circumstance": "health_facility"}, ["death_notice"]),
            ({"death_circumstance": "accident"}, ["police_confirmation"]),
            ({"death_circumstance": "court"}, ["court_decision"]),
            ({"death_circumstance": "sentence"}, ["execution_notice"]),
            ({"last_residence_known": False}, ["death_notice", "place_evidence"]),
            ({"relationship": "relative"}, ["death_notice"]),
            ({"relationship": "proxy"}, ["death_notice", "authorisation"]),
            ({"relationship": "organisation"}, ["death_notice", "representative_letter"]),
        ],
    )
    def test_takes_the_notice_that_the_circumstances_call_for(self, answers, expected):
        assert papers(DEATH, "on_time", **answers) == expected
        assert papers(DEATH, "late", **answers | {"died_on": "2024-08-02"})[-1] == expected[-1]

    def test_takes_other_evidence_of_a_death_long_ago(self):
        assert papers(DEATH, "long_ago") == ["death_evidence"]
        assert papers(DEATH, "long_ago", relationship="proxy") == [
            *("death_evidence", "authorisation")
        ]

    def test_refuses_a_death_that_has_not_happened(self):
        answers = {**REQUESTER, **sample_answers("1.000656", "on_time", died_on="2024-10-16")}

        assert [p.key for p in DEATH.form.problems(answers, on=TODAY)] == ["died_on"]

    def test_is_free_on_time_and_the_councils_to_price_later(self):
        assert {case: amounts(DEATH, case, copies=0) for case in DEATH.cases} == {
            "on_time": {"registration": 0},
            "late": {"registration": None},
            "long_ago": {"registration": None},
        }

    def test_takes_longer_when_it_must_be_verified(self):
        assert limits(DEATH) == {
            "on_time": "same day until 15:00",
            "late": "same day until 15:00",
            "long_ago": "3 working_day",
        }


class TestMaritalStatus:
    @pytest.mark.parametrize(
        ("answers", "expected"),
        [
            ({}, []),
            ({"marital_status": "divorced"}, ["divorce_judgment"]),
            ({"marital_status": "widowed"}, ["death_extract"]),
            ({"marital_status": "ended_abroad"}, ["foreign_divorce_note"]),
            ({"marital_status": "married"}, []),
            ({"issued_before": "kept"}, ["earlier_certificate"]),
            ({"issued_before": "lost"}, ["loss_statement"]),
            ({"relationship": "proxy"}, ["authorisation"]),
            ({"fee_relief": "disability"}, ["relief_proof?"]),
        ],
    )
    def test_takes_the_papers_that_the_answers_call_for(self, answers, expected):
        assert papers(MARITAL_STATUS, "standard", **answers) == expected
        assert papers(MARITAL_STATUS, "lived_elsewhere", **answers) == expected

    def test_asks_whom_one_wants_to_marry_only_for_that_purpose(self):
        asked = {
            purpose: {q.key for q in MARITAL_STATUS.form.visible_questions({"purpose": purpose})}
            for purpose in ("marriage", "loan")
        }

        assert asked["marriage"] - asked["loan"] == {"partner_name", "marriage_place"}

    def test_waits_for_other_communes(self):
        assert limits(MARITAL_STATUS) == {"standard": "3 working_day", "lived_elsewhere": "23 day"}

    def test_is_the_councils_to_price_and_free_for_whom_the_law_spares(self):
        assert amounts(MARITAL_STATUS, "standard") == {"registration": None}
        for relief in ("revolutionary_merit", "poor_household", "disability"):
            assert amounts(MARITAL_STATUS, "standard", fee_relief=relief) == {
                "registration_waived": 0
            }


class TestCivilStatusCopy:
    def test_is_taken_by_communes_districts_and_the_department_of_justice(self):
        assert COPY.settled_by == ("commune", "district", "department")

    @pytest.mark.parametrize(
        ("relationship", "expected"),
        [
            ("self", []),
            ("representative", ["representation_proof?"]),
            ("proxy", ["authorisation"]),
            ("organisation", ["request_letter"]),
        ],
    )
    def test_asks_by_what_right(self, relationship, expected):
        assert papers(COPY, "standard", relationship=relationship) == expected

    def test_costs_the_same_a_copy_and_is_ready_the_same_day(self):
        (fee,) = COPY.cases["standard"].fees

        assert (fee.amount_dong, fee.per) == (8000, "bản")
        assert limits(COPY) == {"standard": "same day until 15:00"}


class TestBirthAgain:
    def test_takes_an_old_copy_before_other_papers(self):
        assert papers(BIRTH_AGAIN, "other_place") == ["old_copy"]
        assert papers(BIRTH_AGAIN, "same_place") == ["personal_papers"]

    def test_wants_the_employers_word_from_public_servants(self):
        assert papers(BIRTH_AGAIN, "same_place", public_servant=True) == [
            *("personal_papers", "employer_confirmation")
        ]

    def test_is_only_for_births_registered_before_2016(self):
        answers = {**REQUESTER, **sample_answers("1.004884", "same_place", registered_year=2016)}

        problems = BIRTH_AGAIN.form.problems(answers, on=TODAY)
        assert [p.key for p in problems] == ["registered_year"]

    def test_waits_for_the_commune_of_the_first_registration(self):
        assert limits(BIRTH_AGAIN) == {"same_place": "5 working_day", "other_place": "25 day"}

    def test_is_the_councils_to_price(self):
        assert amounts(BIRTH_AGAIN, "same_place") == {"registration": None, "copies": 8000}
        assert amounts(BIRTH_AGAIN, "same_place", fee_relief="poor_household", copies=0) == {
            "registration_waived": 0
        }


class TestChange:
    def test_needs_other_grounds_in_every_case(self):
        assert papers(CHANGE, "correction") == ["current_document", "error_evidence"]
        assert papers(CHANGE, "supplement") == ["current_document", "supplement_grounds"]

    def test_changes_no_name_against_a_childs_will(self):
        assert papers(CHANGE, "change") == ["current_document", "change_grounds", "child_consent"]
        assert papers(CHANGE, "change", age_group="under_nine") == [
            *("current_document", "change_grounds")
        ]

    def test_adds_what_is_missing_at_once(self):
        assert limits(CHANGE) == {
            "change": "3 working_day",
            "correction": "3 working_day",
            "supplement": "same day until 15:00",
        }

    def test_sends_who_is_fourteen_to_the_district_and_back(self):
        instead = {screen.key: screen.instead for screen in CHANGE.screening}
        back = {screen.key: screen.instead for screen in CHANGE_AT_DISTRICT.screening}

        assert instead["from_fourteen"] == CHANGE_AT_DISTRICT.code
        assert back["from_fourteen"] == CHANGE.code
        assert CHANGE_AT_DISTRICT.settled_by == ("district",)

    def test_at_the_district_asks_minors_too(self):
        assert papers(CHANGE_AT_DISTRICT, "ethnicity") == ["current_document", "parent_ethnicity"]
        assert papers(CHANGE_AT_DISTRICT, "ethnicity", age_group="minor")[-1] == "minor_consent"
        assert papers(CHANGE_AT_DISTRICT, "change", age_group="minor")[-1] == "minor_consent"
        assert "minor_consent" not in papers(CHANGE_AT_DISTRICT, "correction", age_group="minor")

    @pytest.mark.parametrize("version", [CHANGE, CHANGE_AT_DISTRICT], ids=lambda v: v.code)
    def test_is_the_councils_to_price_and_needs_a_visit(self, version):
        for case in version.cases:
            assert amounts(version, case) == {"registration": None}
        assert version.level == "partial"


class TestGuardianship:
    def test_needs_the_appointment_or_the_right_to_it(self):
        assert papers(GUARDIANSHIP, "appointed") == ["appointment"]
        assert papers(GUARDIANSHIP, "natural") == ["eligibility", "agreement"]
        assert papers(GUARDIANSHIP, "natural", several_eligible=False) == ["eligibility"]

    @pytest.mark.parametrize("ward_kind", ["incapacitated", "impaired"])
    def test_needs_the_courts_decision_about_an_adult(self, ward_kind):
        assert papers(GUARDIANSHIP, "appointed", ward_kind=ward_kind) == [
            *("appointment", "court_decision")
        ]

    def test_is_free_by_law(self):
        assert amounts(GUARDIANSHIP, "natural") == {"registration": 0}

    def test_takes_three_days(self):
        assert limits(GUARDIANSHIP) == {"appointed": "3 working_day", "natural": "3 working_day"}


class TestSignature:
    def test_takes_the_paper_to_be_signed(self):
        assert {case: papers(SIGNATURE, case) for case in SIGNATURE.cases} == {
            "document": ["document"],
            "authorisation_letter": ["letter"],
            "personal_history": ["history"],
        }

    def test_takes_a_translation_of_what_is_in_a_foreign_language(self):
        assert papers(SIGNATURE, "document", document_language="foreign") == [
            *("document", "translation?")
        ]

    def test_costs_ten_thousand_a_case_in_every_case(self):
        for case in SIGNATURE.cases.values():
            assert [(f.amount_dong, f.per) for f in case.fees] == [(10_000, "trường hợp")]

    def test_needs_a_visit_to_a_commune_or_district(self):
        assert (SIGNATURE.level, SIGNATURE.settled_by) == ("partial", ("commune", "district"))


class TestRegisterCopy:
    @pytest.mark.parametrize(
        ("relationship", "expected"),
        [
            ("holder", []),
            ("legal_representative", ["legal_authority"]),
            ("proxy", ["authorisation"]),
            ("family", ["kinship?", "death_extract?"]),
            ("heir", ["inheritance", "death_extract?"]),
        ],
    )
    def test_asks_by_what_right(self, relationship, expected):
        assert papers(REGISTER_COPY, "standard", relationship=relationship) == expected

    def test_is_taken_by_whichever_agency_keeps_the_register(self):
        assert set(REGISTER_COPY.settled_by) == {"commune", "district", "department", "board"}

    def test_knows_no_fee(self):
        assert REGISTER_COPY.cases["standard"].fees == ()


class TestPoverty:
    @pytest.mark.parametrize(
        ("hardship", "expected"),
        [
            ("illness", ["illness_papers?"]),
            ("disability", ["illness_papers?"]),
            ("disaster", ["damage_record?"]),
            ("job_loss", ["job_loss_papers?"]),
            ("breadwinner", []),
        ],
    )
    def test_insists_on_nothing_but_the_request(self, hardship, expected):
        assert papers(POVERTY, "newly_poor", hardship=hardship) == expected
        assert papers(POVERTY, "near_poor_worse", hardship=hardship) == [
            *("near_poor_certificate?", *expected)
        ]

    def test_takes_fifteen_days_and_no_money(self):
        assert limits(POVERTY) == {"newly_poor": "15 day", "near_poor_worse": "15 day"}
        assert all(case.fees == () for case in POVERTY.cases.values())
