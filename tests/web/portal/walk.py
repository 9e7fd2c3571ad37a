"""How a citizen walks through a filing in tests: as a browser without JavaScript would."""

import io
import re
from html import unescape

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.filings.models import Draft
from motcua.filings.services import attach_file, save_page, start_draft
from motcua.parties.models import Person
from motcua.procedures.queries import compiled
from tests.builders import BIRTH_CASE, NOW, a_png, birth_answers, the_version
from tests.web.boxes import posted_form


def signed_in(person: Person) -> Client:
    """Return a browser in which the person is signed in."""
    client = Client()
    client.force_login(person.account)
    return client


def a_draft(person: Person, *, pages: int = 0) -> Draft:
    """Begin a birth registration, and answer the first pages of it."""
    version = the_version()
    draft = start_draft(person=person, version=version, case_key=BIRTH_CASE, at=NOW)
    for page in version.form.visible_pages(birth_answers())[:pages]:
        draft = save_page(
            draft_id=draft.pk,
            person=person,
            page_key=page.key,
            answers=answers_of(page.key),
            at=NOW,
        )
    return draft


def a_complete_draft(person: Person) -> Draft:
    """Begin a birth registration and do everything but submit it."""
    draft = a_draft(person, pages=99)
    case = compiled(draft.version_id).cases[draft.case_key]
    for component in case.components_for(draft.answers):
        if component.required:
            attach_file(
                draft_id=draft.pk,
                person=person,
                key=component.key,
                content=a_png(),
                name="giay.png",
                at=NOW,
            )
    return Draft.objects.get(pk=draft.pk)


def answers_of(page_key: str) -> dict[str, object]:
    """Return the plain answers to one page's questions."""
    given = birth_answers()
    page = the_version().form.page(page_key)
    return {q.key: given[q.key] for q in page.questions if q.key in given}


def boxes_of(page_key: str, **changes: object) -> dict[str, str]:
    """Return the plain answers of a page as its form posts them."""
    page = the_version().form.page(page_key)
    answers = {**answers_of(page_key), **changes}
    boxes: dict[str, str] = {}
    for question in page.questions:
        boxes |= posted_form(question, answers.get(question.key))
    return boxes


def page_url(draft: Draft, key: str) -> str:
    """Return the address of a question page."""
    return reverse("portal:filing-page", args=[draft.pk, key])


def paper_url(draft: Draft, key: str = "birth_certificate") -> str:
    """Return the address of a paper's page."""
    return reverse("portal:filing-paper", args=[draft.pk, key])


def check_url(draft: Draft) -> str:
    """Return the address of the check page."""
    return reverse("portal:filing-check", args=[draft.pk])


def a_picture(name: str = "giay-chung-sinh.png", content: bytes | None = None) -> object:
    """Return a file as a form sends it."""
    return SimpleUploadedFile(name, a_png() if content is None else content)


def a_pdf(*, password: str = "") -> bytes:
    """Return a page of PDF, locked if a password is given."""
    content = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        lock = pikepdf.Encryption(owner=password, user=password) if password else False
        pdf.save(content, encryption=lock)
    return content.getvalue()


def errors_in(text: str) -> list[str]:
    """Return the lines of the error summary, with where they lead."""
    summary = re.search(r'govuk-error-summary__list">(.*?)</ul>', text, re.DOTALL)
    assert summary is not None, "no error summary on the page"
    return [unescape(line) for line in re.findall(r"<li>(.*?)</li>", summary[1], re.DOTALL)]
