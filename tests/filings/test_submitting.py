"""A filing becomes a dossier once, whole, or not at all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import CodeCounter, Dossier, DossierComponent
from motcua.dossiers.services import accept_dossier
from motcua.filings import queries, services
from motcua.filings.models import Draft, Submission
from motcua.filings.services import (
    FilingHasProblems,
    KeyWasUsedOtherwise,
    OnlineFilingIsNotOffered,
    Paper,
    UnitIsClosed,
)
from motcua.kernel import memory
from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices.models import PostRole, Unit, UnitRole
from motcua.offices.services import close_unit
from motcua.parties.models import Person
from tests.builders import (
    BIRTH_CASE,
    BUSINESS_ANSWERS,
    COPY_ANSWERS,
    NOW,
    TODAY,
    ADesk,
    a_business_dossier,
    a_citizen,
    a_copy_dossier,
    a_district,
    a_dossier,
    a_file,
    a_png,
    a_receiver,
    an_agency,
    birth_answers,
    the_version,
)

pytestmark = pytest.mark.django_db

SUBMISSION_STATEMENTS_MAX = 10
ACT_STATEMENTS_MAX = 8


@pytest.fixture
def person() -> Person:
    return a_citizen()


def submit(
    person: Person,
    *,
    answers: dict[str, object] | None = None,
    papers: list[Paper] | None = None,
    key: str = "the-key",
    digest: str = "a" * 64,
    case_key: str = BIRTH_CASE,
) -> Dossier:
    if papers is None:
        papers = [Paper(key="birth_certificate", file_id=a_file(person).pk)]
    return services.submit_filing(
        account=person.account,
        person=person,
        version=the_version(),
        case_key=case_key,
        answers=birth_answers() if answers is None else answers,
        papers=papers,
        key=key,
        digest=digest,
        at=NOW,
    )


def a_whole_draft(person: Person) -> Draft:
    version = the_version()
    draft = services.start_draft(person=person, version=version, case_key=BIRTH_CASE, at=NOW)
    answers = birth_answers()
    for page in version.form.visible_pages(answers):
        keys = {question.key for question in page.questions}
        services.save_page(
            draft_id=draft.pk,
            person=person,
            page_key=page.key,
            answers={key: value for key, value in answers.items() if key in keys},
            at=NOW,
        )
    services.attach_file(
        draft_id=draft.pk,
        person=person,
        key="birth_certificate",
        content=a_png(),
        name="a.png",
        at=NOW,
    )
    return Draft.objects.get(pk=draft.pk)


def problems_of(attempt) -> dict[str, str]:
    with pytest.raises(FilingHasProblems) as refused:
        attempt()
    return {problem.key: problem.message for problem in refused.value.problems}


def nothing_is_written(attempt) -> None:
    """The attempt is refused, and every table is as it was."""
    tables = (Dossier, DossierComponent, Submission, CodeCounter, LedgerEvent)
    before = [table.objects.count() for table in tables]

    attempt()

    assert [table.objects.count() for table in tables] == before


def refused(person: Person, **details: object) -> dict[str, str]:
    """Return the problems of a filing, after seeing that it left nothing behind."""
    found: dict[str, str] = {}
    the_version()
    details.setdefault("papers", [Paper(key="birth_certificate", file_id=a_file(person).pk)])
    nothing_is_written(lambda: found.update(problems_of(lambda: submit(person, **details))))
    return found


class TestSubmitFiling:
    def test_makes_a_dossier_of_the_answers_and_the_papers(self, person):
        file = a_file(person)

        dossier = submit(person, papers=[Paper(key="birth_certificate", file_id=file.pk)])

        dossier.refresh_from_db()
        assert dossier.owner == dossier.submitter == person
        assert dossier.answers == {
            **birth_answers(),
            **queries.prefilled(person, the_version()),
        }
        assert DossierComponent.objects.get(dossier=dossier).file == file

    def test_names_everything_that_is_missing(self, person):
        problems = refused(person, answers={}, papers=[])

        assert {"child_name", "born_on", "settling_commune", "declared"} <= problems.keys()
        assert all(problems.values())

    @pytest.mark.parametrize(
        ("strange", "named"),
        [
            ({"is_admin": True}, "is_admin"),
            ({"birth_proof": "witness"}, "birth_proof"),
            ({"delivery_address": "12 Hai Bà Trưng"}, "delivery_address"),
            ({"x" * 100_000: 1}, "x" * 60),
            ({"k\x00": 1}, "k\x00"),
        ],
    )
    def test_refuses_hidden_and_unknown_answers(self, person, strange, named):
        assert named in refused(person, answers=birth_answers(**strange))

    @pytest.mark.parametrize("key", ["requester_name", "requester_personal_id", "requester_phone"])
    def test_refuses_what_the_account_says_altered(self, person, key):
        problems = refused(person, answers=birth_answers(**{key: "0900111222"}))

        assert "không sửa được" in problems[key]

    @pytest.mark.parametrize("commune", ["00000", "31118x", "92", "", 31117, None])
    def test_refuses_a_place_that_is_none(self, person, commune):
        assert set(refused(person, answers=birth_answers(settling_commune=commune))) == {
            "settling_commune"
        }

    @pytest.mark.parametrize(
        "name", ["\x00", "\ud800", "x" * 100_000, 7, ["a"], {"a": "b"}, True, 1.5]
    )
    def test_refuses_what_is_no_name(self, person, name):
        assert "child_name" in refused(person, answers=birth_answers(child_name=name))

    @pytest.mark.parametrize("agreed", [False, "x", 1, None])
    def test_refuses_who_does_not_declare(self, person, agreed):
        assert "declared" in refused(person, answers=birth_answers(declared=agreed))

    def test_refuses_a_case_that_does_not_exist(self, person):
        def attempt():
            with pytest.raises(OnlineFilingIsNotOffered):
                submit(person, case_key="x", papers=[])

        the_version()
        nothing_is_written(attempt)

    def test_says_which_paper_is_missing(self, person):
        assert "Giấy chứng sinh" in refused(person, papers=[])["birth_certificate"]

    def test_refuses_a_paper_that_does_not_belong(self, person):
        file = a_file(person)
        papers = [Paper(key=k, file_id=file.pk) for k in ("birth_certificate", "authorisation")]

        assert set(refused(person, papers=papers)) == {"authorisation"}

    def test_refuses_too_many_files(self, person):
        papers = [Paper(key="birth_certificate", file_id=a_file(person).pk) for _ in range(3)]

        assert "tối đa 2" in refused(person, papers=papers)["birth_certificate"]

    def test_refuses_one_file_twice(self, person):
        paper = Paper(key="birth_certificate", file_id=a_file(person).pk)

        assert "hai lần" in refused(person, papers=[paper, paper])["birth_certificate"]

    @pytest.mark.parametrize("whose", ["nobody's", "a stranger's"])
    def test_does_not_know_a_file_of_somebody_else(self, person, whose):
        file_id = uuid4() if whose == "nobody's" else a_file(a_citizen()).pk

        problems = refused(person, papers=[Paper(key="birth_certificate", file_id=file_id)])

        assert problems == {"birth_certificate": "Không tìm thấy tệp đã tải lên."}

    def test_keeps_emoji_and_one_unicode_form(self, person):
        place = "Be\u0323\u0302nh vie\u0323\u0302n 🏥"

        dossier = submit(person, answers=birth_answers(born_place=place))

        assert dossier.answers["born_place"] == "Bệnh viện 🏥"

    def test_takes_at_most_ten_statements(self, person):
        papers = [Paper(key="birth_certificate", file_id=a_file(person).pk)]
        submit(person, key="warm")
        with CaptureQueriesContext(connection) as statements:
            submit(person, papers=papers)

        assert counted(statements) <= SUBMISSION_STATEMENTS_MAX


class TestTheKey:
    def test_again_with_the_same_content_is_the_same_dossier(self, person):
        first = submit(person)
        papers = [Paper(key="birth_certificate", file_id=a_file(person).pk)]

        again = []
        nothing_is_written(lambda: again.append(submit(person, papers=papers)))

        assert again == [first]

    def test_again_with_other_content_is_refused(self, person):
        submit(person)
        papers = [Paper(key="birth_certificate", file_id=a_file(person).pk)]

        def attempt():
            with pytest.raises(KeyWasUsedOtherwise, match="nội dung khác"):
                submit(person, digest="b" * 64, papers=papers)

        nothing_is_written(attempt)

    def test_of_another_account_is_another_key(self, person):
        assert submit(person) != submit(a_citizen())

    def test_is_not_used_up_by_a_filing_with_problems(self, person):
        refused(person, answers=birth_answers(child_name=""))

        dossier = submit(person)

        assert Submission.objects.get().dossier == dossier


class TestSubmitDraft:
    def test_makes_one_dossier_however_often(self, person):
        draft = a_whole_draft(person)

        first = services.submit_draft(draft_id=draft.pk, person=person, at=NOW)
        again = services.submit_draft(draft_id=draft.pk, person=person, at=NOW + timedelta(hours=1))

        assert first == again
        assert Dossier.objects.count() == 1
        draft.refresh_from_db()
        assert (draft.dossier, draft.submitted_at) == (first, NOW)
        assert not queries.drafts_of(person).exists()

    def test_is_refused_while_something_is_missing_and_keeps_the_draft(self, person):
        draft = services.start_draft(
            person=person, version=the_version(), case_key=BIRTH_CASE, at=NOW
        )

        nothing_is_written(
            lambda: problems_of(
                lambda: services.submit_draft(draft_id=draft.pk, person=person, at=NOW)
            )
        )

        draft.refresh_from_db()
        assert draft.dossier is None

    def test_takes_what_the_account_says_now(self, person):
        draft = a_whole_draft(person)
        Person.objects.filter(pk=person.pk).update(phone="0900111222")
        person.refresh_from_db()

        dossier = services.submit_draft(draft_id=draft.pk, person=person, at=NOW)

        assert dossier.answers["requester_phone"] == "0900111222"

    def test_is_refused_when_forged_into_the_row(self, person):
        draft = a_whole_draft(person)
        Draft.objects.filter(pk=draft.pk).update(
            answers={**draft.answers, "copies": 10_000, "is_admin": True}
        )

        assert "copies" in problems_of(
            lambda: services.submit_draft(draft_id=draft.pk, person=person, at=NOW)
        )


class TestAClosedUnit:
    def close(self) -> None:
        unit = Unit.objects.get(agency=an_agency(), role=UnitRole.ONE_STOP)
        close_unit(unit=unit, on=TODAY - timedelta(days=1), at=NOW)
        memory.forget()  # what a process remembers for five seconds

    def test_takes_no_filing_and_says_so(self, person):
        the_version()
        papers = [Paper(key="birth_certificate", file_id=a_file(person).pk)]
        self.close()

        def attempt():
            with pytest.raises(UnitIsClosed, match="phường Cái Khế"):
                submit(person, papers=papers)

        nothing_is_written(attempt)

    def test_takes_no_draft_begun_before_and_loses_none(self, person):
        draft = a_whole_draft(person)
        self.close()

        def attempt():
            with pytest.raises(UnitIsClosed):
                services.submit_draft(draft_id=draft.pk, person=person, at=NOW)

        nothing_is_written(attempt)
        assert queries.is_complete(Draft.objects.get(pk=draft.pk))


def counted(statements: CaptureQueriesContext) -> int:
    """Count without the savepoints, which stand in a test for the transaction around an act."""
    words = ("SAVEPOINT", "RELEASE SAVEPOINT")
    return sum(not query["sql"].startswith(words) for query in statements.captured_queries)


def test_accepting_takes_at_most_eight_statements(person):
    receiver = a_receiver()
    accept_dossier(dossier_id=a_dossier().pk, mandate=receiver, at=NOW)
    dossier = a_dossier()

    with CaptureQueriesContext(connection) as statements:
        accept_dossier(dossier_id=dossier.pk, mandate=receiver, at=NOW)

    assert counted(statements) <= ACT_STATEMENTS_MAX


class TestEveryProcedureOfTheCatalogue:
    def test_of_birth_comes_to_its_end(self):
        assert ADesk().returned().state == "returned"

    def test_of_copies_comes_to_its_end_at_the_ward(self):
        desk = ADesk(procedure="2.000815")

        dossier = desk.returned(a_copy_dossier())

        assert dossier.state == "returned"
        assert dossier.answers["copies"] == COPY_ANSWERS["copies"]

    def test_of_a_business_comes_to_its_end_at_the_districts_finance_division(self):
        desk = ADesk(a_district(), procedure="1.001612")
        dossier = desk.accepted(a_business_dossier())

        assert dossier.step_unit.name == "Phòng Tài chính – Kế hoạch"
        assert dossier.step_unit.agency == a_district()
        assert desk.processor.holds(PostRole.PROCESSOR, dossier.step_unit_id)
        dossier = desk.returned(a_business_dossier())
        assert dossier.state == "returned"
        assert dossier.answers["business_name"] == BUSINESS_ANSWERS["business_name"]

    def test_of_a_late_birth_has_a_case_of_its_own(self):
        dossier = submit(a_citizen(), case_key="late")

        assert ADesk().returned(dossier).case_key == "late"
