"""A father registers the birth of his child, from the search to the returned certificate."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.citizen import birth

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_father_registers_a_birth(visitor, officer, ward, it_becomes):
    # He finds the procedure in the words that he has for it.
    father = visitor("/")
    father.searches("giay khai sinh cho con")
    father.follows("Đăng ký khai sinh")
    father.is_at("Đăng ký khai sinh")
    father.reads("Giấy chứng sinh", "Ai làm được?")

    # He begins, and is asked who he is.
    father.follows("Bắt đầu nộp trực tuyến")
    father.is_at("Đăng nhập")
    father.presses("Trần Văn Bình")
    father.is_at("Nộp hồ sơ trực tuyến")
    father.chooses("Đăng ký trong 60 ngày từ ngày sinh")
    father.presses("Bắt đầu")

    # The task list says what there is to do; he does all of it.
    father.is_at("Việc cần làm")
    father.reads("Đã xong 0 trong")
    father.follows("Làm tiếp")
    for answers in birth.PAGES:
        answers(father)
    birth.photographs_the_certificate(father)
    code = birth.checks_and_submits(father)

    # The confirmation says what comes next, and carries what is needed to look it up.
    receipt = father.path
    assert re.fullmatch(r"000\.\d\d\.\d\d\.H13-241015-\d{4}", code)
    father.reads("Nộp lúc 09:00, 15/10/2024", "Việc tiếp theo", "Trả lời trước 09:00, 16/10/2024")
    expect(father.page.get_by_role("img", name="Mã QR mở trang tình trạng hồ sơ")).to_be_visible()
    secret = father.page.locator(".mc-receipt dd.mc-code").inner_text()

    # The one-stop officer takes it in.
    it_becomes("09:30")
    receiver = officer("receiver")
    receiver.is_at("Hồ sơ của tôi")
    receiver.finds(code)
    receiver.follows("Tiếp nhận")
    receiver.reads("17:00, 15/10/2024", "Đủ (1 tệp)")
    receiver.presses("Tiếp nhận và hẹn trả")
    receiver.reads("Đã tiếp nhận hồ sơ.")

    # The ward's officer examines it and brings it before the leader.
    it_becomes("10:00")
    processor = officer("processor")
    processor.opens(f"/desk/ho-so/{code}/")
    processor.presses("Nhận xử lý")
    processor.reads("Ông/Bà đã nhận xử lý hồ sơ này.")
    it_becomes("10:20")
    processor.follows("Trình ký")
    processor.chooses("Đồng ý giải quyết")
    processor.writes(**{"Ý kiến thẩm tra": "Đã đối chiếu giấy chứng sinh, đủ điều kiện."})
    processor.presses("Trình lãnh đạo")
    processor.reads("Đã trình lãnh đạo.")

    # The leader signs.
    it_becomes("11:00")
    leader = officer("leader")
    leader.finds(code)
    leader.reads("Đã đối chiếu giấy chứng sinh, đủ điều kiện.")
    leader.follows("Ký quyết định")
    leader.writes(
        **{
            "Số văn bản kết quả": "125/KS",
            "Nội dung kết quả": "Đã đăng ký khai sinh cho Trần Minh An.",
        }
    )
    leader.ticks("Tôi đã kiểm tra hồ sơ và ký kết quả này.")
    leader.presses("Ký và chuyển trả kết quả")
    leader.reads("Đã ký. Hồ sơ chuyển về Bộ phận Một cửa để trả kết quả.")

    # The one-stop unit hands the certificate over.
    it_becomes("14:05")
    receiver.opens("/desk/tra-ket-qua/")
    receiver.finds(code)
    receiver.follows("Trả kết quả")
    receiver.chooses("Trên mạng")
    receiver.presses("Xác nhận đã trả kết quả")
    receiver.reads("Đã trả kết quả. Hồ sơ kết thúc.")

    # The father sees every step with its date, and the result; of the officers he sees the office.
    father.follows("Theo dõi hồ sơ")
    father.sees_steps(
        "09:00, 15/10/2024 Đã nộp hồ sơ",
        "09:30, 15/10/2024 Đã tiếp nhận, bắt đầu tính thời hạn",
        "10:00, 15/10/2024 Cán bộ nhận xử lý",
        "10:20, 15/10/2024 Thẩm tra xong, trình ký",
        "11:00, 15/10/2024 Đã có kết quả",
        "14:05, 15/10/2024 Đã trả kết quả",
    )
    father.reads("Đã đăng ký khai sinh cho Trần Minh An.", "125/KS", "Hồ sơ đã xong.")
    father.finds_no("Phạm Văn Sáu", "Đã đối chiếu giấy chứng sinh, đủ điều kiện.")

    # The bookmark of the confirmation now shows where things stand.
    father.opens(receipt)
    father.is_at("Đã nộp hồ sơ")
    father.reads("Tình trạng lúc này", "Đã trả kết quả")

    # Signed out, it leads to the look-up, which knows the code already and needs no account.
    father.signs_out()
    father.opens(receipt)
    father.is_at("Tra cứu hồ sơ")
    expect(father.main.get_by_label("Mã hồ sơ")).to_have_value(code)
    father.writes(**{"Mã bí mật": secret.lower()})
    father.presses("Xem tình trạng")
    father.is_at("Đăng ký khai sinh")
    father.reads("Đã trả kết quả")
    father.finds_no("Trần")
