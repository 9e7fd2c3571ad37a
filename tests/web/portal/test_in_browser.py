"""The citizen's screens in a real browser: the comforts of the script."""

import pytest
from playwright.sync_api import expect

from motcua.filings.models import Draft, DraftFile
from tests.builders import a_citizen, a_png
from tests.web.portal.walk import a_draft, page_url, paper_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class TestTheScript:
    def test_saves_while_the_person_types(self, open_page):
        person = a_citizen()
        draft = a_draft(person, pages=1)
        page = open_page(page_url(draft, "child"), account=person.account)

        page.fill("#child_name", "Trần Mi")

        expect(page.locator("[data-motcua-status]")).to_have_text("Đã lưu.")
        assert Draft.objects.get(pk=draft.pk).answers["child_name"] == "Trần Mi"

    @pytest.mark.parametrize("javascript", [True, False])
    def test_sends_files_with_and_without_it(self, open_page, javascript):
        person = a_citizen()
        draft = a_draft(person, pages=99)
        page = open_page(paper_url(draft), account=person.account, javascript=javascript)
        files = [
            {"name": name, "mimeType": "image/png", "buffer": content}
            for name, content in (("tot.png", a_png()), ("hong.png", b"nothing"))
        ]

        page.set_input_files("#tep", files)
        page.click("text=Tải tệp lên")

        expect(page.locator(".govuk-error-summary")).to_contain_text("hong.png")
        expect(page.locator(".mc-docs")).to_contain_text("tot.png")
        assert DraftFile.objects.get(draft=draft).file.name == "tot.png"
