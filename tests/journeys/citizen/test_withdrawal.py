"""A father takes his dossier back; once the ward has taken it in, he is told whom to ask."""

import pytest

from tests.builders import a_dossier

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_father_withdraws_what_nobody_has_taken_in(visitor, officer, ward, it_becomes):
    dossier = a_dossier(ward.applicant)
    father = visitor(f"/ho-so/{dossier.code}/", account=ward.applicant.account)

    # He is asked once more, and can turn back.
    father.follows("Rút hồ sơ")
    father.is_at("Rút hồ sơ?")
    father.follows("Không, giữ lại")
    father.is_at("Đăng ký khai sinh")

    # Then he means it.
    it_becomes("09:10")
    father.follows("Rút hồ sơ")
    father.main.get_by_label("Lý do").fill("Tôi nộp nhầm nơi.")
    father.presses("Rút hồ sơ")
    father.reads("Đã rút hồ sơ.", "Hồ sơ đã rút theo ý người nộp.")
    father.sees_steps("09:00, 15/10/2024 Đã nộp hồ sơ", "09:10, 15/10/2024 Người nộp rút hồ sơ")

    # Nothing waits at the ward, and an officer who had it open cannot take it in.
    receiver = officer("receiver")
    receiver.reads("Không còn hồ sơ chờ tiếp nhận")
    receiver.opens(f"/desk/ho-so/{dossier.code}/tiep-nhan/")
    receiver.reads("Hồ sơ đã kết thúc: Đã rút hồ sơ.")


def test_a_father_cannot_withdraw_what_the_ward_has_taken_in(visitor, ward):
    dossier = a_dossier(ward.applicant)
    father = visitor(f"/ho-so/{dossier.code}/rut/", account=ward.applicant.account)
    ward.desk.accepted(dossier)

    # He still has the page open, and presses.
    father.presses("Rút hồ sơ")
    father.is_at("Đăng ký khai sinh")
    father.reads(
        "Chưa rút được hồ sơ.",
        "Hồ sơ đã được tiếp nhận. Cần rút, Ông/Bà liên hệ",
        "Hẹn trả trước 17:00, 15/10/2024",
    )
