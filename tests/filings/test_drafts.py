"""A citizen fills in a filing, leaves, comes back, changes their mind, and gives up."""

import unicodedata
from datetime import timedelta

import pytest

from motcua.documents.services import FileIsDamaged, FileRefused, FileTypeIsNotAccepted
from motcua.filings import queries, services
from motcua.filings.models import Draft, DraftFile
from motcua.filings.queries import Progress
from motcua.filings.services import (
    DraftIsSubmitted,
    FilingHasProblems,
    NoSuchDraft,
    OnlineFilingIsNotOffered,
    PageIsNotOpen,
)
from motcua.parties.models import Person
from tests.builders import (
    BIRTH_CASE,
    NOW,
    a_citizen,
    a_png,
    birth_answers,
    the_version,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=5)
A_MONTH = timedelta(days=30)


@pytest.fixture
def person() -> Person:
    return a_citizen()


def a_draft(person: Person, *, pages: int = 0) -> Draft:
    """Begin a birth registration and answer its first pages."""
    version = the_version()
    draft = services.start_draft(person=person, version=version, case_key=BIRTH_CASE, at=NOW)
    for page in version.form.visible_pages(birth_answers())[:pages]:
        draft = save(draft, person, page.key)
    return draft


def save(draft: Draft, person: Person, page_key: str, **changes: object) -> Draft:
    """Answer a page plainly, but for the changes; None leaves a question out."""
    keys = {question.key for question in the_version().form.page(page_key).questions}
    given = {k: v for k, v in {**birth_answers(), **changes}.items() if k in keys or k in changes}
    return services.save_page(
        draft_id=draft.pk,
        person=person,
        page_key=page_key,
        answers={key: value for key, value in given.items() if value is not None},
        at=LATER,
    )


def attach(draft: Draft, person: Person, content: bytes | None = None, **details: str):
    return services.attach_file(
        draft_id=draft.pk,
        person=person,
        key=details.get("key", "birth_certificate"),
        content=a_png() if content is None else content,
        name=details.get("name", "giay-chung-sinh.png"),
        at=LATER,
    )


def problems_of(attempt) -> set[str]:
    with pytest.raises(FilingHasProblems) as refused:
        attempt()
    assert all(problem.message for problem in refused.value.problems)
    return {problem.key for problem in refused.value.problems}


def kept(draft: Draft) -> dict[str, object]:
    return Draft.objects.get(pk=draft.pk).answers


class TestStartDraft:
    def test_begins_with_what_the_city_knows(self, person):
        draft = a_draft(person)

        assert draft.answers["requester_name"] == person.full_name
        assert draft.answers["requester_personal_id"] == person.personal_id
        assert list(queries.drafts_of(person)) == [draft]

    def test_refuses_a_case_that_does_not_exist(self, person):
        with pytest.raises(OnlineFilingIsNotOffered, match="chưa nộp được"):
            services.start_draft(person=person, version=the_version(), case_key="x", at=NOW)

        assert not Draft.objects.exists()


class TestSavePage:
    def test_keeps_the_answers_and_opens_the_next_page(self, person):
        draft = save(a_draft(person), person, "requester")

        assert draft.answers["relationship"] == "parent"
        assert draft.updated_at == LATER
        assert queries.open_page(the_version(), draft.answers, "child")

    def test_says_what_is_missing_and_keeps_nothing(self, person):
        draft = a_draft(person)
        before = kept(draft)

        assert problems_of(lambda: save(draft, person, "requester", relationship=None)) == {
            "relationship"
        }
        assert kept(draft) == before

    @pytest.mark.parametrize("page", ["child", "birth", "declaration", "no-such-page"])
    def test_cannot_skip_a_page(self, person, page):
        draft = a_draft(person)

        with pytest.raises(PageIsNotOpen):
            services.save_page(
                draft_id=draft.pk, person=person, page_key=page, answers={}, at=LATER
            )

    def test_does_not_reach_a_page_whose_branch_is_closed(self, person):
        draft = a_draft(person, pages=3)

        with pytest.raises(PageIsNotOpen):
            services.save_page(
                draft_id=draft.pk,
                person=person,
                page_key="birth_proof",
                answers={"birth_proof": "pledge"},
                at=LATER,
            )

    def test_forgets_what_a_change_of_mind_has_hidden(self, person):
        draft = a_draft(person, pages=2)
        draft = save(draft, person, "birth", born_at="elsewhere")
        draft = save(draft, person, "birth_proof", birth_proof="witness")
        assert draft.answers["birth_proof"] == "witness"

        draft = save(draft, person, "birth", born_at="health_facility")

        assert "birth_proof" not in draft.answers

    def test_takes_no_answer_to_a_question_of_another_page(self, person):
        draft = save(a_draft(person), person, "requester", child_name="Trần Văn Lậu")

        assert "child_name" not in draft.answers

    @pytest.mark.parametrize("key", ["requester_name", "requester_personal_id", "requester_phone"])
    def test_does_not_let_what_the_account_says_be_altered(self, person, key):
        draft = a_draft(person)

        assert problems_of(lambda: save(draft, person, "requester", **{key: "Kẻ Mạo Danh"})) == {
            key
        }
        assert kept(draft)[key] == queries.prefilled(person, the_version())[key]

    @pytest.mark.parametrize(
        "name", ["", "   ", "\x00", "x" * 100_000, "👶", 7, True, ["x"], {"a": 1}, "\ud800"]
    )
    def test_refuses_what_is_no_name(self, person, name):
        draft = a_draft(person, pages=1)

        assert "child_name" in problems_of(lambda: save(draft, person, "child", child_name=name))

    def test_keeps_a_name_in_one_unicode_form(self, person):
        decomposed = unicodedata.normalize("NFD", "Trần Thuý  Ngân ")

        draft = save(a_draft(person, pages=1), person, "child", child_name=decomposed)

        assert kept(draft)["child_name"] == "Trần Thuý Ngân"

    def test_refuses_a_birth_tomorrow(self, person):
        draft = a_draft(person, pages=2)

        assert problems_of(lambda: save(draft, person, "birth", born_on="2024-10-16")) == {
            "born_on"
        }
        save(draft, person, "birth", born_on="2024-10-15")


class TestSaveUnfinished:
    def unfinished(self, draft, person, page="child", **answers) -> Draft:
        return services.save_unfinished(
            draft_id=draft.pk, person=person, page_key=page, answers=answers, at=LATER
        )

    def test_keeps_what_is_not_right_yet(self, person):
        draft = self.unfinished(a_draft(person, pages=1), person, child_name="T")

        assert kept(draft)["child_name"] == "T"
        assert draft.updated_at == LATER

    def test_alters_nothing_that_the_account_says(self, person):
        draft = self.unfinished(a_draft(person), person, page="requester", requester_name="X")

        assert kept(draft)["requester_name"] == person.full_name

    @pytest.mark.parametrize("typed", ["x" * 100_000, "a\x00b", "\ud800"])
    def test_stands_what_nobody_types(self, person, typed):
        draft = self.unfinished(a_draft(person, pages=1), person, child_name=typed)

        assert "\x00" not in str(kept(draft).get("child_name", ""))
        assert len(str(kept(draft).get("child_name", ""))) < 5000

    def test_opens_no_page_before_its_time(self, person):
        with pytest.raises(PageIsNotOpen):
            self.unfinished(a_draft(person), person, page="birth", born_place="X")


class TestAttachFile:
    def test_puts_the_file_under_its_paper(self, person):
        draft = a_draft(person)

        attached = attach(draft, person)

        assert queries.files_of(draft) == [attached]
        assert attached.file.stored_by == person.account

    def test_refuses_a_paper_that_is_not_asked_for(self, person):
        with pytest.raises(FileRefused, match="không cần"):
            attach(a_draft(person), person, key="passport")

    @pytest.mark.parametrize(
        ("content", "refusal"),
        [(b"MZ a program", FileTypeIsNotAccepted), (a_png()[:30], FileIsDamaged)],
    )
    def test_refuses_what_is_no_paper_and_keeps_nothing(self, person, content, refusal):
        with pytest.raises(refusal):
            attach(a_draft(person), person, content)

        assert not DraftFile.objects.exists()

    def test_refuses_one_too_many_until_another_goes(self, person):
        draft = a_draft(person)
        first, _second = attach(draft, person), attach(draft, person)

        with pytest.raises(FileRefused, match="tối đa 2 tệp"):
            attach(draft, person)
        services.remove_file(draft_id=draft.pk, person=person, draft_file_id=first.pk, at=LATER)
        attach(draft, person)

        assert len(queries.files_of(draft)) == 2

    def test_is_undone_as_often_as_one_likes(self, person):
        draft = a_draft(person)
        attached = attach(draft, person)

        for _ in range(2):
            services.remove_file(
                draft_id=draft.pk, person=person, draft_file_id=attached.pk, at=LATER
            )

        assert queries.files_of(draft) == []

    def test_is_not_undone_through_another_draft(self, person):
        mine, other = a_draft(person), a_draft(person)
        attached = attach(other, person)

        services.remove_file(draft_id=mine.pk, person=person, draft_file_id=attached.pk, at=LATER)

        assert queries.files_of(other) == [attached]


class TestSomebodyElsesDraft:
    def test_does_not_exist(self, person):
        draft, stranger = a_draft(person), a_citizen("Lý Thị Lan")
        attached = attach(draft, person)

        assert queries.draft_of(stranger, draft.pk) is None
        for attempt in (
            lambda: save(draft, stranger, "requester"),
            lambda: attach(draft, stranger),
            lambda: services.remove_file(
                draft_id=draft.pk, person=stranger, draft_file_id=attached.pk, at=LATER
            ),
            lambda: services.discard_draft(draft_id=draft.pk, person=stranger),
            lambda: services.submit_draft(draft_id=draft.pk, person=stranger, at=LATER),
        ):
            with pytest.raises((NoSuchDraft, Draft.DoesNotExist)):
                attempt()

        assert queries.files_of(draft) == [attached]


class TestDiscarding:
    def test_a_draft_takes_its_files_off_the_list(self, person):
        draft = a_draft(person)
        attach(draft, person)

        services.discard_draft(draft_id=draft.pk, person=person)

        assert not Draft.objects.exists()
        assert not DraftFile.objects.exists()

    def test_stale_drafts_leaves_those_touched_within_a_month(self, person):
        stale, fresh = a_draft(person), a_draft(person)
        attach(stale, person)
        save(fresh, person, "requester")

        gone = services.discard_stale_drafts(at=LATER + A_MONTH + timedelta(microseconds=-1))
        assert gone == 0  # attaching a file was touching it, too
        Draft.objects.filter(pk=stale.pk).update(updated_at=NOW)

        assert services.discard_stale_drafts(at=LATER + A_MONTH) == 1
        assert list(Draft.objects.all()) == [fresh]


class TestTasksOf:
    def test_show_what_is_done_what_is_next_and_what_must_wait(self, person):
        draft = a_draft(person, pages=2)

        progress = {task.key: task.progress for task in queries.tasks_of(draft)}

        assert progress["requester"] is progress["child"] is Progress.DONE
        assert progress["birth"] is Progress.TO_DO
        assert progress["origin"] is Progress.NOT_YET
        assert not queries.is_complete(draft)

    def test_are_complete_with_every_page_and_every_required_paper(self, person):
        draft = a_draft(person, pages=99)
        assert not queries.is_complete(draft)

        attach(draft, person)

        assert queries.is_complete(draft)


class TestASubmittedDraft:
    def test_is_closed_to_every_change(self, person):
        draft = a_draft(person, pages=99)
        attached = attach(draft, person)
        services.submit_draft(draft_id=draft.pk, person=person, at=LATER)

        for attempt in (
            lambda: save(draft, person, "requester"),
            lambda: attach(draft, person),
            lambda: services.remove_file(
                draft_id=draft.pk, person=person, draft_file_id=attached.pk, at=LATER
            ),
            lambda: services.discard_draft(draft_id=draft.pk, person=person),
        ):
            with pytest.raises(DraftIsSubmitted):
                attempt()
        assert services.discard_stale_drafts(at=LATER + 3 * A_MONTH) == 0
