"""The ward asks for a better photograph twice: before it takes the dossier in, and after."""

import pytest

from tests.builders import a_dossier
from tests.journeys.somebody import Somebody

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_father_hands_in_what_is_missing(visitor, officer, ward, it_becomes):
    dossier = a_dossier(ward.applicant)
    father = visitor(f"/ho-so/{dossier.code}/", account=ward.applicant.account)
    father.reads("Trả lời trước 09:00, 16/10/2024")

    # At the door: the photograph cannot be read, so the dossier is not taken in yet.
    it_becomes("09:30")
    receiver = officer("receiver")
    receiver.finds(dossier.code)
    receiver.follows("Yêu cầu bổ sung")
    receiver.presses("Gửi yêu cầu bổ sung")
    receiver.reads("Hãy kiểm tra “Giấy chứng sinh”.")  # all of them, or nothing is sent
    asks_for_a_better_photograph(receiver, "Ảnh mờ, không đọc được ngày sinh.")
    receiver.presses("Gửi yêu cầu bổ sung")
    receiver.reads("Đã gửi yêu cầu bổ sung cho người nộp.")

    # He reads what is wrong in the officer's words, sends nothing by mistake, then a new one.
    it_becomes("10:00")
    father.opens("/ho-so/")
    father.reads("Cần Ông/Bà làm")
    father.follows("Nộp bổ sung")
    father.reads(
        "Ảnh mờ, không đọc được ngày sinh.",
        "Chụp lại rõ cả trang.",
        "Góc dưới bị lóa.",
        "Thấy đủ bốn góc giấy.",
        "Bản đã nộp",
        "Ông/Bà nộp bổ sung trước 09:30, 26/11/2024.",
        "Quá hạn thì hồ sơ vẫn chờ, không tự dừng",
    )
    father.presses("Nộp bổ sung")
    father.reads("Chọn tệp: Giấy chứng sinh")
    hands_in(father, "chup-lai.png")
    father.reads("Đã nộp bổ sung. Ông/Bà không phải làm gì thêm lúc này.")

    # The officer sees the new photograph and accepts; the clock starts now.
    it_becomes("10:30")
    receiver.opens(f"/desk/ho-so/{dossier.code}/")
    receiver.reads("chup-lai.png", "Bổ sung lần 1", "Người nộp trả lời:")
    receiver.follows("Tiếp nhận")
    receiver.presses("Tiếp nhận và hẹn trả")
    father.opens(f"/ho-so/{dossier.code}/")
    father.reads("Hẹn trả trước 17:00, 15/10/2024")

    # During the examination there is a doubt again; the clock stands still, and both see it.
    it_becomes("14:00")
    processor = officer("processor")
    processor.opens(f"/desk/ho-so/{dossier.code}/")
    processor.presses("Nhận xử lý")
    processor.follows("Yêu cầu bổ sung")
    asks_for_a_better_photograph(processor, "Tên mẹ trên giấy chứng sinh khác tên đã khai.")
    processor.presses("Gửi yêu cầu và tạm dừng thời hạn")
    processor.reads("Đồng hồ thời hạn đang tạm dừng.", "Tạm dừng từ", "14:00, 15/10/2024")
    it_becomes("16/10/2024 15:00")
    father.opens(f"/ho-so/{dossier.code}/")
    father.reads("Ông/Bà cần nộp bổ sung giấy tờ.", "Thời hạn tạm dừng cho đến khi Ông/Bà nộp")

    # He answers on the next day; the three working hours that were left then are left now.
    father.follows("Xem và nộp bổ sung")
    father.reads("Tên mẹ trên giấy chứng sinh khác tên đã khai.")
    hands_in(father, "giay-chung-sinh-moi.png")
    father.reads("Hẹn trả trước 08:00, 17/10/2024")
    father.finds_no("Hẹn trả trước 17:00, 15/10/2024")
    father.main.get_by_text("Vì sao hẹn trả lúc đó?").click()
    father.reads("Từ 14:00, 15/10/2024 đến 15:00, 16/10/2024")

    # The officer goes on where the work was left.
    it_becomes("15:30")
    processor.opens(f"/desk/ho-so/{dossier.code}/")
    processor.reads("giay-chung-sinh-moi.png", "08:00, 17/10/2024")
    processor.follows("Trình ký")
    processor.chooses("Đồng ý giải quyết")
    processor.writes(**{"Ý kiến thẩm tra": "Đã rõ, đủ điều kiện."})
    processor.presses("Trình lãnh đạo")
    processor.reads("Đã trình lãnh đạo.")


def asks_for_a_better_photograph(officer: Somebody, reason: str) -> None:
    """Every paper is looked at; of one, what is needed, why, and what would do."""
    officer.chooses("Cần bổ sung", of="Giấy chứng sinh")
    officer.chooses("Không áp dụng", of="Văn bản xác nhận việc mang thai hộ")
    officer.main.get_by_text("Ghi điều cần bổ sung").first.click()
    officer.writes(
        **{
            "Cần gì – Giấy chứng sinh": "Chụp lại rõ cả trang.",
            "Vì sao – Giấy chứng sinh": "Góc dưới bị lóa.",
            "Ví dụ thế nào là đạt – Giấy chứng sinh": "Thấy đủ bốn góc giấy.",
            "Vì sao cần bổ sung": reason,
        }
    )


def hands_in(father: Somebody, name: str) -> None:
    """A new photograph, and a word with it."""
    father.attaches("Chọn tệp: Giấy chứng sinh", name)
    father.main.get_by_label("Lời nhắn cho cán bộ").fill("Tôi đã chụp lại.")
    father.presses("Nộp bổ sung")
    father.is_at("Đăng ký khai sinh")
