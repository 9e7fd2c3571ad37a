"""A citizen fills in a filing, page by page, and may leave and come back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.documents.services import FileRefused, store_file
from motcua.filings.models import Draft, DraftFile
from motcua.filings.queries import open_page, prefilled
from motcua.kernel import text
from motcua.kernel.clock import day_of
from motcua.parties.models import Person
from motcua.procedures.definitions import Answers, Page, Problem, Version
from motcua.procedures.queries import compiled

from .submitting import FilingHasProblems, NoSuchDraft, OnlineFilingIsNotOffered

# A draft untouched for so long is thrown away; the portal says so beside it.
DRAFT_LIFE = timedelta(days=30)
# Longer than any answer may be: what is not judged yet must not fill the disk either.
UNFINISHED_CHARACTERS_MAX = 4000


class DraftIsSubmitted(Exception):
    """The draft has become a dossier and can no longer be changed."""


class PageIsNotOpen(Exception):
    """The page is not on this filing's way, or an earlier one is not finished."""


@transaction.atomic
def start_draft(*, person: Person, version: Version, case_key: str, at: datetime) -> Draft:
    """
    Begin a filing under this version of the procedure.

    :raises OnlineFilingIsNotOffered: if the procedure or the case cannot be filed online
    """
    if not version.files_online or case_key not in version.cases:
        raise OnlineFilingIsNotOffered(_("Thủ tục này chưa nộp được trên mạng."))
    return Draft.objects.create(
        person=person,
        version_id=version.id,
        case_key=case_key,
        answers=prefilled(person, version),
        created_at=at,
        updated_at=at,
    )


@transaction.atomic
def save_page(
    *, draft_id: UUID, person: Person, page_key: str, answers: Answers, at: datetime
) -> Draft:
    """
    Keep the answers of one finished page, and drop what they make pointless.

    :raises NoSuchDraft: if it is not this person's
    :raises DraftIsSubmitted: if it is a dossier by now
    :raises PageIsNotOpen: if the page is not reachable yet
    :raises FilingHasProblems: with what is wrong on this page
    """
    draft, version, page = _page_of(draft_id, person, page_key)
    fixed = prefilled(person, version)
    others = _without_page(page, draft.answers)  # what was emptied is gone, not as it was
    given = version.form.cleaned({**others, **_of_page(page, answers), **fixed})
    # An answer that opened a branch may now have closed it: what is hidden is forgotten, also
    # where its box was still on the page.
    changed = version.form.still_asked(given)
    problems = [
        *_altered(page, answers, fixed),
        *version.form.problems_of_page(page, changed, on=day_of(at)),
    ]
    if problems:
        raise FilingHasProblems(problems)
    draft.answers = changed
    draft.updated_at = at
    draft.save(update_fields=["answers", "updated_at"])
    return draft


@transaction.atomic
def save_unfinished(
    *, draft_id: UUID, person: Person, page_key: str, answers: Answers, at: datetime
) -> Draft:
    """
    Keep what has been typed on a page so far, right or wrong, so that nothing is lost.

    :raises NoSuchDraft: if it is not this person's
    :raises DraftIsSubmitted: if it is a dossier by now
    :raises PageIsNotOpen: if the page is not reachable yet
    """
    draft, version, page = _page_of(draft_id, person, page_key)
    typed = {key: _storable(value) for key, value in _of_page(page, answers).items()}
    kept = {
        key: value
        for key, value in typed.items()
        if value not in (None, "") and len(str(value)) <= UNFINISHED_CHARACTERS_MAX
    }
    others = _without_page(page, draft.answers)
    draft.answers = {**others, **kept, **prefilled(person, version)}
    draft.updated_at = at
    draft.save(update_fields=["answers", "updated_at"])
    return draft


@transaction.atomic
def attach_file(
    *, draft_id: UUID, person: Person, key: str, content: bytes, name: str, at: datetime
) -> DraftFile:
    """
    Add a file for one of the draft's papers.

    :raises NoSuchDraft: if it is not this person's
    :raises DraftIsSubmitted: if it is a dossier by now
    :raises FileRefused: one of its kinds, with a message for the owner
    """
    draft, version = _locked(draft_id, person)
    component = next((c for c in version.cases[draft.case_key].components if c.key == key), None)
    if component is None:
        raise FileRefused(_("Thủ tục này không cần giấy tờ đó."))
    if DraftFile.objects.filter(draft=draft, key=key).count() >= component.max_files:
        raise FileRefused(
            _("Chỉ nhận tối đa %(count)s tệp cho giấy tờ này. Ông/Bà hãy xóa bớt một tệp.")
            % {"count": component.max_files}
        )
    assert person.account is not None  # somebody without an account cannot have a draft
    file = store_file(
        content=content, name=name, accepts=component.accepts, by=person.account, at=at
    )
    draft.updated_at = at
    draft.save(update_fields=["updated_at"])
    return DraftFile.objects.create(draft=draft, key=key, file=file, added_at=at)


@transaction.atomic
def remove_file(*, draft_id: UUID, person: Person, draft_file_id: int, at: datetime) -> None:
    """
    Take a file off the draft. Removing it twice is the same as once.

    :raises NoSuchDraft: if it is not this person's
    :raises DraftIsSubmitted: if it is a dossier by now
    """
    draft, _version = _locked(draft_id, person)
    DraftFile.objects.filter(draft=draft, pk=draft_file_id).delete()
    draft.updated_at = at
    draft.save(update_fields=["updated_at"])


@transaction.atomic
def discard_draft(*, draft_id: UUID, person: Person) -> None:
    """
    Throw the draft away at its owner's wish.

    :raises NoSuchDraft: if it is not this person's
    :raises DraftIsSubmitted: if it is a dossier by now
    """
    draft, _version = _locked(draft_id, person)
    DraftFile.objects.filter(draft=draft).delete()
    draft.delete()


@transaction.atomic
def discard_stale_drafts(*, at: datetime) -> int:
    """Throw away the drafts that nobody has touched for thirty days; return how many."""
    stale = Draft.objects.filter(submitted_at=None, updated_at__lt=at - DRAFT_LIFE)
    # Locked first: whoever comes back at this moment finds the draft whole or gone.
    ids = list(stale.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True))
    DraftFile.objects.filter(draft__in=ids).delete()
    count, _by_model = Draft.objects.filter(pk__in=ids).delete()
    return count


def _locked(draft_id: UUID, person: Person) -> tuple[Draft, Version]:
    draft = Draft.objects.select_for_update(of=("self",)).filter(pk=draft_id, person=person).first()
    if draft is None:
        raise NoSuchDraft(str(draft_id))
    if draft.dossier_id is not None:
        raise DraftIsSubmitted(str(draft_id))
    return draft, compiled(draft.version_id)


def _page_of(draft_id: UUID, person: Person, page_key: str) -> tuple[Draft, Version, Page]:
    draft, version = _locked(draft_id, person)
    page = open_page(version, draft.answers, page_key)
    if page is None:
        raise PageIsNotOpen(page_key)
    return draft, version, page


def _of_page(page: Page, answers: Answers) -> dict[str, Any]:
    keys = {question.key for question in page.questions}
    return {key: value for key, value in answers.items() if key in keys}


def _storable(answer: Any) -> Any:
    # A database takes no zero byte and no half of a character.
    return text.clean_lines(answer) if isinstance(answer, str) else answer


def _without_page(page: Page, answers: Answers) -> dict[str, Any]:
    keys = {question.key for question in page.questions}
    return {key: value for key, value in answers.items() if key not in keys}


def _altered(page: Page, answers: Answers, fixed: Mapping[str, Any]) -> list[Problem]:
    return [
        Problem(
            key=question.key,
            message=_("Thông tin này lấy từ tài khoản, không sửa được ở đây."),
        )
        for question in page.questions
        if question.key in fixed
        and answers.get(question.key, fixed[question.key]) != fixed[question.key]
    ]
