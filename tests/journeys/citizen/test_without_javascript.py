"""The same registration where no script runs, broken off in the middle and taken up again."""

import pytest

from tests.journeys.citizen import birth
from tests.journeys.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_father_registers_a_birth_on_an_old_telephone(visitor, officer, ward, it_becomes):
    # He searches and begins, and signs in with his name and password.
    father = visitor("/", javascript=False)
    father.searches("giay khai sinh cho con")
    father.follows("Đăng ký khai sinh")
    father.follows("Bắt đầu nộp trực tuyến")
    signs_in(father, ward)
    father.chooses("Đăng ký trong 60 ngày từ ngày sinh")
    father.presses("Bắt đầu")

    # He answers half of the questions, saves what he has of the next, and leaves.
    father.follows("Làm tiếp")
    for answers in birth.PAGES[:3]:
        answers(father)
    father.writes(**{"Dân tộc": "Kinh"})
    father.presses("Lưu và để sau")
    father.is_at("Việc cần làm")
    father.reads("Đã lưu. Ông/Bà quay lại làm tiếp lúc nào cũng được.")
    father.follows("Để sau, thoát ra")
    father.is_at("Hồ sơ của tôi")
    father.signs_out()

    # In the evening he signs in again and finds it where he left it.
    it_becomes("20:15")
    father.opens("/ho-so/")
    signs_in(father, ward)
    father.reads("Đang làm dở", "Được giữ đến 14/11/2024")
    father.follows("Đăng ký khai sinh")
    father.follows("Làm tiếp")
    father.is_at("Dân tộc, quốc tịch và quê quán của trẻ")
    assert father.main.get_by_label("Dân tộc").input_value() == "Kinh"
    for answers in birth.PAGES[3:]:
        answers(father)
    birth.photographs_the_certificate(father)

    # Before he submits he mends one answer; the rest stays.
    father.is_at("Kiểm tra trước khi nộp")
    father.follows("Sửa họ, chữ đệm và tên của trẻ")
    father.writes(**{"Họ, chữ đệm và tên của trẻ": "Trần Minh Ân"})
    father.presses("Tiếp tục")
    father.reads("Trần Minh Ân")
    father.follows("Sửa họ, chữ đệm và tên của trẻ")
    father.writes(**{"Họ, chữ đệm và tên của trẻ": "Trần Minh An"})
    father.presses("Tiếp tục")
    code = birth.checks_and_submits(father)
    father.reads("Nộp lúc 20:15, 15/10/2024", "Trả lời trước")

    # The ward opens in the morning; the whole of its work needs no script either.
    it_becomes("16/10/2024 08:00")
    receiver = officer("receiver", javascript=False)
    receiver.finds(code)
    receiver.follows("Tiếp nhận")
    receiver.presses("Tiếp nhận và hẹn trả")
    processor = officer("processor", javascript=False)
    processor.opens("/desk/?tab=unassigned")
    processor.finds(code)
    processor.presses("Nhận xử lý")
    processor.follows("Trình ký")
    processor.chooses("Đồng ý giải quyết")
    processor.writes(**{"Ý kiến thẩm tra": "Đủ điều kiện."})
    processor.presses("Trình lãnh đạo")
    leader = officer("leader", javascript=False)
    leader.finds(code)
    leader.follows("Ký quyết định")
    leader.writes(**{"Số văn bản kết quả": "126/KS", "Nội dung kết quả": "Đã đăng ký khai sinh."})
    leader.ticks("Tôi đã kiểm tra hồ sơ và ký kết quả này.")
    leader.presses("Ký và chuyển trả kết quả")
    receiver.opens("/desk/tra-ket-qua/")
    receiver.finds(code)
    receiver.follows("Trả kết quả")
    receiver.chooses("Trên mạng")
    receiver.presses("Xác nhận đã trả kết quả")

    # He sees that it is done.
    father.follows("Theo dõi hồ sơ")
    father.reads("Hồ sơ đã xong.", "126/KS", "08:00, 16/10/2024")


def signs_in(father, ward):
    """He types his name and password, as he does at home."""
    father.is_at("Đăng nhập")
    father.writes(**{"Tên đăng nhập": ward.applicant.account.username, "Mật khẩu": PASSWORD})
    father.presses("Đăng nhập")
