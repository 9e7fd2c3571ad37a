"""The citizen's screens in a real browser: axe at both widths, and the comforts of the script."""

import pytest
from playwright.sync_api import expect

from motcua.filings.models import Draft, DraftFile
from tests.builders import ADesk, a_citizen, a_dossier, a_png
from tests.web.portal.walk import a_complete_draft, a_draft, check_url, page_url, paper_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class TestEveryScreenPassesAxe:
    def test_while_filing(self, open_page, axe_check):
        person = a_citizen()
        draft = a_draft(person, pages=4)

        def see(path):
            page = open_page(path, account=person.account)
            axe_check(page)
            return page

        see("/thu-tuc/1.001193/nop/").click("main button.govuk-button")
        start = see("/thu-tuc/1.001193/nop/")
        start.click("main button.govuk-button")
        expect(start.locator(".govuk-error-summary")).to_be_focused()
        axe_check(start)
        see(f"/nop-ho-so/{draft.pk}/")
        see(f"/nop-ho-so/{draft.pk}/bo/")
        see(page_url(draft, "requester"))
        wrong = see(page_url(draft, "birth"))
        wrong.fill("[name=born_on-month]", "13")
        wrong.click("text=Tiếp tục")
        axe_check(wrong)
        mother = see(page_url(draft, "mother"))
        mother.check("#mother_known")
        mother.click("text=Tiếp tục")
        expect(mother.locator("#mother_name")).to_be_visible()
        axe_check(mother)

    def test_while_checking_and_submitting(self, open_page, axe_check):
        person = a_citizen()
        draft = a_complete_draft(person)
        for path in (page_url(draft, "settling"), paper_url(draft), f"/nop-ho-so/{draft.pk}/"):
            axe_check(open_page(path, account=person.account))
        none_chosen = open_page(paper_url(draft), account=person.account)
        none_chosen.click("text=Tải tệp lên")
        axe_check(none_chosen)
        page = open_page(check_url(draft), account=person.account)
        axe_check(page)
        page.click("button:has-text('Nộp hồ sơ')")
        axe_check(page)
        page.check("#cam-doan")
        page.click("button:has-text('Nộp hồ sơ')")
        expect(page.locator("h1")).to_have_text("Đã nộp hồ sơ")
        axe_check(page)

    def test_while_following(self, open_page, axe_check):
        person = a_citizen()
        axe_check(open_page("/ho-so/", account=person.account))
        desk = ADesk()
        waiting = desk.awaiting_supplement(a_dossier(person))
        returned = desk.returned(a_dossier(person))
        fresh = a_dossier(person)
        for path in (
            "/ho-so/",
            f"/ho-so/{waiting.code}/",
            f"/ho-so/{returned.code}/",
            f"/ho-so/{returned.code}/da-nop/",
            f"/ho-so/{fresh.code}/",
            f"/ho-so/{fresh.code}/rut/",
        ):
            axe_check(open_page(path, account=person.account))
        page = open_page(f"/ho-so/{waiting.code}/bo-sung/", account=person.account)
        axe_check(page)
        page.click("button:has-text('Nộp bổ sung')")
        axe_check(page)

    def test_while_looking_up(self, open_page, axe_check):
        dossier = a_dossier()
        page = open_page("/tra-cuu/")
        axe_check(page)
        page.fill("#code", dossier.code)
        page.fill("#secret", "AAAAAAAA")
        page.click("button:has-text('Xem tình trạng')")
        axe_check(page)
        page.fill("#secret", dossier.lookup_secret.lower())
        page.click("button:has-text('Xem tình trạng')")
        expect(page.locator("h1")).to_have_text("Đăng ký khai sinh")
        axe_check(page)
        axe_check(open_page("/tra-cuu/khong-co/"))


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
