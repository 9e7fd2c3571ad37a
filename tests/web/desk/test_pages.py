"""The officers' pages in a real browser: PDFs, mistakes, and the keyboard."""

import io

import pikepdf
import pytest
from django.urls import reverse

from motcua.accounts.models import Account
from motcua.documents.services import store_file
from motcua.dossiers.models import DossierComponent
from tests.builders import NOW, ADesk, a_dossier

pytestmark = pytest.mark.django_db(transaction=True)


def of(mandate) -> Account:
    return Account.objects.get(pk=mandate.account_id)


def path(name: str, dossier) -> str:
    return reverse(f"desk:{name}", args=[dossier.code])


def a_pdf_in(dossier) -> None:
    kept = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(kept)
    file = store_file(
        content=kept.getvalue(),
        name="giay-chung-sinh.pdf",
        accepts=frozenset({"application/pdf"}),
        by=dossier.submitter.account,
        at=NOW,
    )
    DossierComponent.objects.create(
        dossier=dossier, key="birth_certificate", file=file, added_at=NOW
    )


def test_a_pdf_opens_in_the_page(open_page):
    # The fixture fails the test if the page's or the file's content policy is broken.
    desk = ADesk()
    dossier = a_dossier()
    a_pdf_in(dossier)
    last = DossierComponent.objects.filter(dossier=dossier).latest("pk")

    page = open_page(f"{path('dossier', dossier)}?giay-to={last.pk}", account=of(desk.receiver))
    page.wait_for_timeout(500)

    assert page.locator("object.mc-viewer__pdf").bounding_box()["height"] > 200


def test_a_mistake_in_an_act_leads_to_its_box(open_page):
    desk = ADesk()
    dossier = desk.proposed()
    page = open_page(path("decision-new", dossier), account=of(desk.leader))
    page.get_by_role("button", name="Ký và chuyển trả kết quả").click()
    page.get_by_role("heading", name="Cần sửa 3 chỗ").wait_for()

    page.get_by_role("link", name="Hãy ghi số văn bản kết quả.").click()
    page.keyboard.type("9/KS")
    page.get_by_label("Nội dung kết quả").fill("Đã đăng ký.")
    page.get_by_label("Tôi đã kiểm tra hồ sơ và ký kết quả này.").check()
    page.get_by_role("button", name="Ký và chuyển trả kết quả").click()
    page.get_by_text("Đã ký. Hồ sơ chuyển về").wait_for()


def test_without_javascript_a_dossier_is_accepted_by_keyboard_alone(open_page):
    desk = ADesk()
    dossier = a_dossier()
    page = open_page("/desk/tiep-nhan/", account=of(desk.receiver), javascript=False)

    _tab_to(page, "241015-0001")
    page.keyboard.press("Enter")
    _tab_to(page, "Tiếp nhận", exactly=True, among="main")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Tiếp nhận hồ sơ").wait_for()
    _tab_to(page, "Tiếp nhận và hẹn trả")
    page.keyboard.press("Enter")

    page.get_by_text("Đã tiếp nhận hồ sơ.").wait_for()
    dossier.refresh_from_db()
    assert dossier.state == "accepted"


def _tab_to(page, words: str, *, exactly: bool = False, among: str = "body") -> None:
    for _press in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(f"{among} :focus")
        if focused.count() == 1:
            said = focused.inner_text().strip()
            if said == words or (not exactly and words in said):
                return
    raise AssertionError(f"sixty presses of Tab did not reach “{words}”")
