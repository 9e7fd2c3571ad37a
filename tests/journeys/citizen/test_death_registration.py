"""A son registers the death of his father where no script runs, and fetches the extract."""

import pytest

from tests.journeys.citizen import death

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_son_registers_a_death(visitor, officer, ward, it_becomes):
    # He finds the procedure in the words that he has for it.
    son = visitor("/", javascript=False)
    son.searches("giay bao tu")
    son.follows("Đăng ký khai tử")
    son.reads("Ai làm được?", "Giấy báo tử")

    # He begins, and says that he is in time.
    son.follows("Bắt đầu nộp trực tuyến")
    son.is_at("Đăng nhập")
    son.presses("Trần Văn Bình")
    son.chooses("Đăng ký trong 15 ngày từ ngày mất")
    son.presses("Bắt đầu")
    son.follows("Làm tiếp")
    for answers in death.PAGES:
        answers(son)
    death.photographs_the_notice(son)
    code = death.checks_and_submits(son)

    # The ward takes it in, and owes the extract by the close of the same day.
    it_becomes("09:30")
    receiver = officer("receiver", javascript=False)
    receiver.finds(code)
    receiver.follows("Tiếp nhận")
    receiver.reads("17:00, 15/10/2024", "Đủ (1 tệp)")
    receiver.presses("Tiếp nhận và hẹn trả")

    # It is examined and signed.
    it_becomes("10:00")
    processor = officer("processor", javascript=False)
    processor.opens(f"/desk/ho-so/{code}/")
    processor.presses("Nhận xử lý")
    processor.follows("Trình ký")
    processor.chooses("Đồng ý giải quyết")
    processor.writes(**{"Ý kiến thẩm tra": "Đã đối chiếu Giấy báo tử."})
    processor.presses("Trình lãnh đạo")
    it_becomes("11:00")
    leader = officer("leader", javascript=False)
    leader.finds(code)
    leader.follows("Ký quyết định")
    leader.writes(
        **{
            "Số văn bản kết quả": "31/TLKT",
            "Nội dung kết quả": "Đã đăng ký khai tử cho Trần Văn Tám.",
        }
    )
    leader.ticks("Tôi đã kiểm tra hồ sơ và ký kết quả này.")
    leader.presses("Ký và chuyển trả kết quả")

    # He fetches it at the counter, and reads at home that it is done.
    it_becomes("14:05")
    receiver.opens("/desk/tra-ket-qua/")
    receiver.finds(code)
    receiver.follows("Trả kết quả")
    receiver.chooses("Tại Bộ phận Một cửa")
    receiver.presses("Xác nhận đã trả kết quả")
    son.follows("Theo dõi hồ sơ")
    son.reads("Hồ sơ đã xong.", "31/TLKT", "Đã đăng ký khai tử cho Trần Văn Tám.")
