"""Reading the filing back, submitting it once, and the receipt."""

from datetime import date

import pytest
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.filings.models import Draft
from motcua.offices.models import Unit, UnitRole
from motcua.procedures.queries import UnknownProcedure
from tests.builders import a_citizen, a_dossier, an_agency
from tests.web.pages import assert_is_a_page
from tests.web.portal.walk import (
    a_complete_draft,
    a_draft,
    check_url,
    errors_in,
    page_url,
    signed_in,
)

pytestmark = pytest.mark.django_db

AGREED = {"cam-doan": "yes"}


def _no_longer_in_force(code, on):
    raise UnknownProcedure(code)


def filed_url(dossier):
    return reverse("portal:filed", args=[dossier.code])


class TestChecking:
    def test_reads_everything_back_and_says_it_is_not_submitted_yet(self):
        person = a_citizen()
        draft = a_complete_draft(person)

        text = assert_is_a_page(signed_in(person).get(check_url(draft)))

        assert "Hồ sơ chưa nộp." in text
        assert "06/10/2024" in text
        assert "giay.png" in text
        assert "Ủy ban nhân dân phường Cái Khế" in text
        assert f"{page_url(draft, 'child')}?tu=kiem-tra" in text
        assert "1996" in text
        assert "1.996" not in text

    def test_leads_back_to_what_is_missing(self):
        person = a_citizen()
        draft = a_draft(person, pages=3)

        response = signed_in(person).get(check_url(draft))

        assert response["Location"] == page_url(draft, "origin")

    def test_is_not_there_for_a_stranger(self):
        draft = a_complete_draft(a_citizen())

        assert signed_in(a_citizen()).post(check_url(draft), AGREED).status_code == 404
        assert not Dossier.objects.exists()


class TestSubmitting:
    def test_makes_one_dossier_however_often_the_button_is_pressed(self):
        person = a_citizen()
        draft = a_complete_draft(person)
        browser = signed_in(person)

        first = browser.post(check_url(draft), AGREED)
        second = browser.post(check_url(draft), AGREED)

        dossier = Dossier.objects.get()
        assert first.status_code == second.status_code == 303
        assert first["Location"] == second["Location"] == filed_url(dossier)

    def test_shows_the_receipt_to_whoever_goes_back_to_the_form(self):
        person = a_citizen()
        draft = a_complete_draft(person)
        browser = signed_in(person)
        browser.post(check_url(draft), AGREED)

        for url in (check_url(draft), page_url(draft, "child")):
            response = browser.get(url, follow=True)
            assert response.redirect_chain[-1] == (filed_url(Dossier.objects.get()), 303)
            assert "đã nộp rồi" in response.content.decode()

    def test_needs_the_declaration(self):
        person = a_citizen()
        draft = a_complete_draft(person)

        response = signed_in(person).post(check_url(draft))

        text = assert_is_a_page(response, status=422)
        assert 'href="#cam-doan"' in errors_in(text)[0]
        assert "<title>Lỗi:" in text
        assert not Dossier.objects.exists()

    def test_links_each_problem_to_the_page_where_it_is_mended(self):
        person = a_citizen()
        draft = a_complete_draft(person)
        Draft.objects.filter(pk=draft.pk).update(answers=draft.answers | {"child_name": ""})

        response = signed_in(person).post(check_url(draft), AGREED)

        text = assert_is_a_page(response, status=422)
        assert page_url(draft, "child") in errors_in(text)[0]
        assert not Dossier.objects.exists()

    def test_says_when_the_office_has_closed(self):
        person = a_citizen()
        draft = a_complete_draft(person)
        agency = an_agency()
        Unit.objects.filter(agency=agency, role=UnitRole.ONE_STOP).update(
            valid_to=date(2024, 10, 1)
        )

        response = signed_in(person).post(check_url(draft), AGREED)

        text = assert_is_a_page(response, status=422)
        assert "không tiếp nhận hồ sơ" in errors_in(text)[0]
        assert page_url(draft, "settling") in errors_in(text)[0]

    def test_says_when_the_procedure_has_changed(self, monkeypatch):
        person = a_citizen()
        draft = a_complete_draft(person)
        # As seen on a day after this version's last.
        monkeypatch.setattr(
            "motcua.filings.services.submitting.version_in_force", _no_longer_in_force
        )

        response = signed_in(person).post(check_url(draft), AGREED)

        text = assert_is_a_page(response, status=422)
        assert "Thủ tục đã thay đổi" in errors_in(text)[0]
        assert reverse("portal:filing-start", args=["1.001193"]) in errors_in(text)[0]


class TestTheReceipt:
    def test_gives_the_code_the_secret_and_what_comes_next(self):
        person = a_citizen()
        dossier = a_dossier(person)

        text = assert_is_a_page(signed_in(person).get(filed_url(dossier)))

        assert dossier.code in text
        assert f"{dossier.lookup_secret[:4]}-{dossier.lookup_secret[4:]}" in text
        assert 'role="img"' in text
        assert person.full_name not in text.partition("<main")[2].partition("</main>")[0]

    def test_leads_somebody_signed_out_to_the_look_up_with_the_code(self, client):
        dossier = a_dossier()

        response = client.get(filed_url(dossier), follow=True)

        assert response.status_code == 200
        assert f'value="{dossier.code}"' in response.content.decode()

    def test_is_not_there_for_a_stranger(self):
        dossier = a_dossier()

        assert signed_in(a_citizen()).get(filed_url(dossier)).status_code == 404
