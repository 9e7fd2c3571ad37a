"""Filing and accepting with the keyboard alone: focus is always seen, and never lost."""

import pytest
from playwright.sync_api import Page, expect

from motcua.dossiers.models import Dossier
from tests.builders import a_dossier, a_png

pytestmark = pytest.mark.django_db(transaction=True)

_WHERE = """() => {
  const at = document.activeElement;
  const words = at.labels?.[0]?.textContent || at.getAttribute("aria-label") || at.textContent;
  // Radios and ticks draw their ring on the label beside the box that cannot be seen.
  const seen = ["radio", "checkbox"].includes(at.type) ? getComputedStyle(at.nextElementSibling,
    "::before") : getComputedStyle(at);
  return {
    lost: at === document.body,
    words: words.trim().replace(/\\s+/g, " "),
    shown: seen.outlineStyle !== "none" && parseFloat(seen.outlineWidth) > 0
      || seen.boxShadow !== "none",
  };
}"""


class Hands:
    """Two hands on a keyboard: no pointer, and each stop of the focus is looked at."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, words: str, *, exactly: bool = False) -> None:
        """Press Tab until the focus is on what begins with these words, or says only these."""
        told = []
        for _stop in range(80):
            self.page.keyboard.press("Tab")
            at = self.page.evaluate(_WHERE)
            if at["lost"]:  # past the last one, and round again
                continue
            assert at["shown"], f"no focus to be seen on “{at['words']}”, {self.page.url}"
            if at["words"] == words or (not exactly and at["words"].startswith(words)):
                return
            told.append(at["words"])
        raise AssertionError(f"“{words}” cannot be reached on {self.page.url}: {told}")

    def type(self, words: object) -> None:
        """Type into where the focus is."""
        self.page.keyboard.type(str(words))

    def fill(self, label: str, words: object) -> None:
        """Go to a box and type."""
        self.go_to(label)
        self.type(words)

    def press(self, words: str, key: str = "Enter") -> None:
        """Go to a link or a button, and on to the next page."""
        self.go_to(words, exactly=True)
        self.page.locator("body").evaluate("body => { body.dataset.left = ''; }")
        self.page.keyboard.press(key)
        expect(self.page.locator("body[data-left]")).to_have_count(0)
        self.page.wait_for_load_state()

    def choose(self, first: str, *, down: int = 0) -> None:
        """Go to a group of choices: Space takes the first, arrows the others."""
        self.go_to(first)
        self.page.keyboard.press("Space")
        for _line in range(down):
            self.page.keyboard.press("ArrowDown")

    def is_at(self, heading: str) -> None:
        """Assert which page this is."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)


def test_a_citizen_orders_certified_copies(open_page, ward):
    page = open_page("/thu-tuc/2.000815/", account=ward.applicant.account)
    hands = Hands(page)
    hands.press("Bắt đầu nộp trực tuyến, bỏ qua câu hỏi")
    hands.press("Bắt đầu")
    hands.press("Làm tiếp")

    # Nothing to type on the first page. The skip link leads past the frame to the next button.
    hands.go_to("Đến nội dung chính")
    page.keyboard.press("Enter")
    expect(page.locator("#noi-dung")).to_be_focused()
    hands.press("Tiếp tục")

    # An empty answer brings the focus to the summary, and its line leads to the box.
    hands.is_at("Ông/Bà cần sao giấy tờ nào?")
    hands.press("Tiếp tục")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    hands.go_to("Nhập")
    page.keyboard.press("Enter")
    expect(page.locator("#document_name")).to_be_focused()
    hands.type("Bằng tốt nghiệp trung học phổ thông")
    hands.choose("Cơ quan, tổ chức của Việt Nam")
    hands.press("Tiếp tục")
    hands.fill("Bản chính có mấy trang?", 2)
    hands.fill("Số bản sao", 3)
    hands.choose("Có", down=1)
    hands.press("Tiếp tục")
    hands.go_to("Ông/Bà đến phường, xã nào?")
    # A closed list takes the letters of a line.
    hands.type("phường Cái Khế")
    hands.press("Tiếp tục")
    hands.go_to("Tôi chịu trách nhiệm")
    page.keyboard.press("Space")
    hands.press("Tiếp tục")

    # Only choosing the photograph itself is the system's window, and not ours.
    hands.is_at("Bản chính giấy tờ cần sao")
    hands.go_to("Chọn ảnh hoặc tệp")
    page.set_input_files(
        "#tep",
        {"name": "bang.png", "mimeType": "image/png", "buffer": a_png()},
    )
    hands.press("Tải tệp lên")
    expect(page.get_by_text("Đã nhận 1 tệp.")).to_be_visible()
    assert not page.evaluate(_WHERE)["lost"], "the new content took the focus away"
    hands.press("Tiếp tục")

    hands.is_at("Kiểm tra trước khi nộp")
    hands.go_to("Tôi cam đoan")
    page.keyboard.press("Space")
    hands.press("Nộp hồ sơ", key="Space")
    hands.is_at("Đã nộp hồ sơ")
    assert Dossier.objects.get().answers["copies"] == 3
    assert Dossier.objects.get().answers["electronic_copy"] is False


def test_an_officer_takes_a_dossier_in(open_page, ward):
    dossier = a_dossier(ward.applicant)
    page = open_page("/desk/", account=ward.account_of(ward.desk.receiver))
    hands = Hands(page)

    hands.go_to("Đến nội dung chính")
    page.keyboard.press("Enter")
    hands.press(dossier.code)
    hands.press("Tiếp nhận")
    hands.is_at("Tiếp nhận hồ sơ")
    hands.press("Tiếp nhận và hẹn trả")

    expect(page.get_by_text("Đã tiếp nhận hồ sơ.")).to_be_visible()
    dossier.refresh_from_db()
    assert dossier.state == "accepted"
