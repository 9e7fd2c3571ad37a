"""The one-stop unit cannot take a dossier in, and says so in words that help."""

import pytest

from tests.builders import a_dossier

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "Cha, mẹ của trẻ không cư trú ở phường này. Ông/Bà nộp tại phường An Hòa, nơi cư trú."


def test_a_father_reads_why_and_where_to_go(visitor, officer, ward, it_becomes):
    dossier = a_dossier(ward.applicant)

    # The officer must say why; without a reason nothing happens.
    it_becomes("09:40")
    receiver = officer("receiver")
    receiver.finds(dossier.code)
    receiver.follows("Từ chối tiếp nhận")
    receiver.presses("Từ chối tiếp nhận")
    receiver.reads("Hãy ghi rõ lý do từ chối.")
    receiver.main.get_by_label("Lý do từ chối").fill(REASON)
    receiver.presses("Từ chối tiếp nhận")
    receiver.reads("Đã từ chối tiếp nhận. Người nộp thấy lý do trên trang hồ sơ.")

    # A second officer, a minute late, is told and overwrites nothing.
    receiver.opens(f"/desk/ho-so/{dossier.code}/tiep-nhan/")
    receiver.reads("Hồ sơ đã kết thúc: Không được tiếp nhận.")

    # The father reads the reason word for word, politely, and may file anew.
    father = visitor("/ho-so/", account=ward.applicant.account)
    father.reads("Không được tiếp nhận")
    father.follows("Đăng ký khai sinh")
    father.reads(REASON, "Ông/Bà xem lý do ở dưới, rồi có thể nộp hồ sơ mới.")
    father.sees_steps("09:00, 15/10/2024 Đã nộp hồ sơ", "09:40, 15/10/2024 Không tiếp nhận hồ sơ")
    father.finds_no("Hẹn trả", "Rút hồ sơ", "Xem và nộp bổ sung", "Sai")
