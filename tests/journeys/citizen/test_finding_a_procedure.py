"""From everyday words to the first question of a form, or to where else the work is done."""

import pytest

from motcua.procedures.services import import_national, publish_version
from tests.builders import NOW
from tests.procedures.builders import a_definition
from tests.procedures.national.builders import HOW, a_list, an_original

pytestmark = pytest.mark.django_db(transaction=True)

SCREENING = [
    {
        "key": "keeps_it_here",
        "question": "Ông/Bà nuôi mèo tại thành phố không?",
        "otherwise": "Ông/Bà đăng ký ở nơi nuôi mèo.",
    },
    {
        "key": "for_sale",
        "question": "Ông/Bà nuôi mèo để bán không?",
        "passes": False,
        "otherwise": "Nuôi để bán thì đăng ký hộ kinh doanh.",
        "instead": "1.001612",
    },
]


@pytest.fixture(autouse=True)
def _a_catalogue_of_both_kinds(ward):
    publish_version(definition=a_definition(screening=SCREENING), at=NOW)
    elsewhere = an_original(ten_thu_tuc="Cấp thẻ nuôi chó săn", linh_vuc="Vật nuôi")
    in_person = f"{HOW}Trực tiếp3 Ngày làm việcMiễn phí(Do tỉnh quy định)"
    counter = an_original(
        ma_thu_tuc="9.000002", ten_thu_tuc="Cấp lại thẻ nuôi rắn", cach_thuc_thuc_hien=in_person
    )
    import_national(file=a_list(elsewhere, counter), at=NOW, actor="tests")


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_cat_owner_searches_without_accents_and_is_asked_first(visitor, ward, javascript):
    owner = visitor("/", account=ward.applicant.account, javascript=javascript)
    owner.searches("dang ky nuoi meo")
    owner.reads("Nộp được ở đây")
    owner.follows("Đăng ký nuôi mèo")
    owner.follows("Xem có đúng thủ tục không: 2 câu hỏi")

    # She overlooks a question; what she said to the other stays.
    owner.chooses("Có", of="Ông/Bà nuôi mèo tại thành phố không?")
    owner.presses("Xem kết quả")
    owner.reads("Chọn một câu trả lời: Ông/Bà nuôi mèo để bán không?")
    owner.chooses("Có", of="Ông/Bà nuôi mèo để bán không?")
    owner.presses("Xem kết quả")

    # To sell cats is another procedure. She mends her answer: she keeps hers.
    owner.is_at("Thủ tục này chưa hợp với việc của Ông/Bà")
    owner.reads("Nuôi để bán thì đăng ký hộ kinh doanh.")
    owner.follows("Sửa câu trả lời")
    owner.chooses("Không", of="Ông/Bà nuôi mèo để bán không?")
    owner.presses("Xem kết quả")
    owner.is_at("Đây đúng là thủ tục Ông/Bà cần")
    owner.follows("Bắt đầu nộp trực tuyến")
    owner.is_at("Nộp hồ sơ trực tuyến")


def test_somebody_who_is_not_sure_learns_whom_to_ask(visitor):
    somebody = visitor("/thu-tuc/1.000001/")
    somebody.follows("Xem có đúng thủ tục không")
    somebody.chooses("Tôi không chắc", of="Ông/Bà nuôi mèo tại thành phố không?")
    somebody.chooses("Không", of="Ông/Bà nuôi mèo để bán không?")
    somebody.presses("Xem kết quả")

    somebody.is_at("Ông/Bà nên hỏi trước khi nộp")
    somebody.reads("Ông/Bà nuôi mèo tại thành phố không?", "Gọi 1022")


def test_who_finds_nothing_is_told_what_was_understood_and_goes_on(visitor):
    somebody = visitor("/thu-tuc/")
    somebody.searches("zzqqxx")
    somebody.reads("Chưa tìm thấy thủ tục nào cho “zzqqxx”", "Có thể Ông/Bà cần")
    somebody.follows("Xem tất cả thủ tục")

    somebody.is_at("Thủ tục hành chính")
    somebody.reads("Đăng ký khai sinh")


def test_a_young_father_begins_with_what_happened(visitor):
    father = visitor("/", javascript=False)
    father.follows("Sinh con")
    father.follows("Đăng ký khai sinh")

    father.is_at("Đăng ký khai sinh")


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_what_is_not_settled_here_says_where_it_is(visitor, javascript):
    hunter = visitor("/", javascript=javascript)
    hunter.searches("the nuoi cho san")
    hunter.reads("Nộp trên trang khác")
    hunter.follows("Cấp thẻ nuôi chó săn")
    hunter.reads("Thủ tục này chưa nộp được tại đây.", "Ở đó, tìm theo mã 9.000001")
    link = hunter.main.get_by_role("link", name="Nộp trên Cổng dịch vụ công quốc gia")
    assert "9.000001" in (link.get_attribute("href") or "")

    # The other is done in person; what it costs is not said, and not "nothing".
    hunter.opens("/thu-tuc/?q=the+nuoi+ran")
    hunter.reads("Chỉ nộp trực tiếp")
    hunter.follows("Cấp lại thẻ nuôi rắn")
    hunter.reads("Chưa ghi mức thu cụ thể", "Do tỉnh quy định")


def test_filters_stay_while_the_words_change(visitor):
    somebody = visitor("/thu-tuc/", javascript=False)
    somebody.main.locator("summary", has_text="Lọc theo").click()
    somebody.picks("Lĩnh vực", "Vật nuôi")
    somebody.presses("Lọc")
    somebody.finds_no("Đăng ký khai sinh")
    somebody.searches("nuoi ran")

    somebody.reads("Cấp lại thẻ nuôi rắn")
    assert "linh-vuc=vat-nuoi" in somebody.page.url
