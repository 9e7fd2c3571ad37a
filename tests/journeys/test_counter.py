"""
A dossier taken in over the counter with the keyboard alone, each key counted.

A card that is scanned counts as one: the hand does one thing. From the keys a keystroke-level
model (Card, Moran, Newell 1980) estimates the seconds of a trained person.
"""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from motcua.dossiers.models import CounterIntake, Dossier, FeeNoteLine

pytestmark = pytest.mark.django_db(transaction=True)

CARD = "092890000417|361234567|Kim Thị Sà Rươl|08021990|Nữ|12 Trần Văn Khéo, Cần Thơ|15032022"
KEYS_MOST = 40
SECONDS_MOST = 90
# Seconds: a key of a trained typist; making up one's mind; a card put under the scanner; papers
# looked at and counted; the face beside the card; the printer.
KEY, MIND, SCAN, PAPERS, FACE, PRINTER = 0.28, 1.35, 3.0, 15.0, 5.0, 8.0


@dataclass
class CountedHands:
    """Two hands on a keyboard and a scanner, and how often they did something."""

    page: Page
    keys: int = 0
    minds: int = 0
    waits: float = 0.0
    told: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        """Press one key, or one chord."""
        self.page.keyboard.press(key)
        self.keys += 1
        self.told.append(key)

    def type(self, words: str) -> None:
        """Type, a key each character."""
        self.page.keyboard.type(words)
        self.keys += len(words)
        self.told.append(words)

    def decide(self) -> None:
        """Look, and make up one's mind."""
        self.minds += 1

    def goes_on(self, key: str = "Enter") -> None:
        """Press a key that leads to another page, and wait for it."""
        self.page.locator("body").evaluate("body => { body.dataset.left = ''; }")
        self.press(key)
        expect(self.page.locator("body[data-left]")).to_have_count(0)
        self.page.wait_for_load_state()

    def scan(self, text: str) -> None:
        """Hold a card under the scanner: it types fast, and ends with Enter."""
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")
        self.keys += 1
        self.waits += SCAN
        self.told.append("(quét)")

    def is_on(self, element_id: str) -> None:
        """Assert where the focus is."""
        expect(self.page.locator(f"#{element_id}")).to_be_focused()

    def tab_to(self, element_id: str) -> None:
        """Press Tab until the focus is there; each is counted, and each stop can be seen."""
        for _stop in range(30):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.id") == element_id:
                return
        raise AssertionError(f"#{element_id} is not reached: {self.told}")

    @property
    def seconds(self) -> float:
        """Estimate the time of a trained person."""
        return self.keys * KEY + self.minds * MIND + self.waits


def test_certified_copies_take_few_keys(ward, visitor, capsys):
    page = visitor("/desk/quay/", account=ward.account_of(ward.desk.receiver)).page
    # A browser without a window may have no eyes for a PDF, and dies of a printer.
    page.route("**/van-ban/*/", lambda paper: paper.fulfill(body="<p>", content_type="text/html"))
    page.add_init_script("window.print = () => {}")
    hands = CountedHands(page)

    hands.is_on("q")
    hands.decide()
    hands.is_on("q")
    hands.type("sy")
    hands.goes_on()
    assert hands.keys == 3, "the procedure is found in three keys"

    expect(page.get_by_role("heading", level=1)).to_have_text("Chứng thực bản sao từ bản chính")
    hands.is_on("intake-card")
    hands.scan(CARD)
    hands.is_on("came-checked")
    expect(page.locator("#submitter-full_name")).to_have_value("Kim Thị Sà Rươl")
    hands.waits += FACE
    hands.decide()
    hands.press("Space")

    hands.tab_to("issued_by")
    hands.press("Space")
    hands.tab_to("page_count")
    hands.decide()
    hands.type("2")
    # The one paper is there unless somebody says otherwise: look, and pass on to the fee.
    hands.waits += PAPERS
    hands.decide()
    hands.tab_to("fee-first_pages")
    hands.press("Control+a")
    hands.type("6")
    expect(page.locator("[data-motcua-sum]")).to_have_text("12.000\N{NO-BREAK SPACE}₫")
    hands.tab_to("collect-first_pages")
    hands.press("Space")
    hands.tab_to("receipt-first_pages")
    hands.decide()
    hands.type("000123")
    hands.goes_on()

    dossier = Dossier.objects.get()
    assert dossier.state == "accepted"
    assert CounterIntake.objects.get().identity_checked
    assert FeeNoteLine.objects.get().collected_dong == 12_000
    expect(page.get_by_text(dossier.code).first).to_be_visible()
    expect(page.get_by_role("link", name="Hồ sơ tiếp theo")).to_be_focused()
    hands.press("Control+p")
    # The paper itself goes to the printer, not the page with a window on it.
    paper = page.get_by_role("link", name="Mở để in").get_attribute("href")
    expect(page.locator(f"iframe[src$='{paper}'][data-motcua-printed]")).to_be_attached()
    hands.waits += PRINTER
    # The printer's own window takes an Enter; none opens here, and the page is to get no other.
    hands.keys += 1
    expect(page.get_by_role("link", name="Hồ sơ tiếp theo")).to_be_focused()
    hands.goes_on()
    hands.is_on("q")

    with capsys.disabled():
        print(f"\nChứng thực bản sao: {hands.keys} phím, ước {hands.seconds:.0f} giây")
    assert hands.keys <= KEYS_MOST, hands.told
    assert hands.seconds <= SECONDS_MOST


def test_a_birth_by_post_takes_few_keys(ward, visitor, capsys):
    page = visitor("/desk/buu-chinh/", account=ward.account_of(ward.desk.receiver)).page
    hands = CountedHands(page)

    hands.decide()
    hands.is_on("q")
    hands.type("ks")
    hands.goes_on()
    hands.is_on("post-item")
    hands.type("EB123456789VN")
    hands.tab_to("submitter-personal_id")
    hands.type("092890000417")
    hands.press("Tab")
    hands.type("Kim Thi Sa Ruol")
    hands.tab_to("relationship")
    hands.press("Space")
    hands.tab_to("born_at")
    hands.press("Space")
    hands.tab_to("mother_known")
    hands.press("Space")
    hands.tab_to("father_known")
    hands.press("Space")
    hands.tab_to("copies")
    hands.type("0")
    # The answers have brought a paper in; without its row the press is refused, and says why.
    expect(page.locator("#paper-birth_certificate")).to_be_checked()
    hands.waits += PAPERS
    hands.goes_on()

    assert Dossier.objects.get().channel == "post"
    expect(page.get_by_role("link", name="Hồ sơ tiếp theo")).to_be_focused()
    with capsys.disabled():
        print(f"\nKhai sinh qua bưu chính: {hands.keys} phím, ước {hands.seconds:.0f} giây")


def test_the_list_narrows_while_typing(ward, visitor):
    page = visitor("/desk/quay/", account=ward.account_of(ward.desk.receiver)).page
    lines = page.locator("#tim-thay li")
    everything = lines.count()

    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("giám hộ")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text("Đăng ký giám hộ")
    page.locator("#q").fill("")
    expect(lines).to_have_count(everything)


def test_the_counter_works_without_a_script(ward, visitor):
    officer = visitor("/desk/quay/", account=ward.account_of(ward.desk.receiver), javascript=False)
    officer.page.get_by_label("Thủ tục: gõ chữ cái đầu").fill("sy")
    officer.page.keyboard.press("Enter")
    officer.is_at("Chứng thực bản sao từ bản chính")
    # A scanner's Enter reads the card on the server, and takes nothing in.
    officer.page.get_by_label("Quét mã QR").fill(CARD)
    officer.page.keyboard.press("Enter")
    officer.reads("Đã điền theo mã QR trên thẻ.")
    expect(officer.page.locator("#submitter-full_name")).to_have_value("Kim Thị Sà Rươl")
    assert not Dossier.objects.exists()
    officer.ticks("Đã đối chiếu thẻ bản chính với người nộp")
    officer.chooses("Cơ quan, tổ chức của Việt Nam")
    officer.writes(**{"Bản chính có mấy trang?": 2})
    officer.page.keyboard.press("Enter")
    officer.is_at("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    officer.follows("Hồ sơ tiếp theo")

    officer.opens("/desk/ban-giao-ca/")
    officer.writes(**{"Số tiền đếm được (₫)": 0})
    officer.presses("Bàn giao ca")
    officer.is_at("Danh sách bàn giao ca")
    officer.reads("Kim Thị Sà Rươl")
