"""A father takes his dossier back; once the ward has taken it in, he asks and is answered."""

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


def test_a_father_asks_the_ward_to_end_what_it_has_taken_in(visitor, officer, ward, it_becomes):
    dossier = a_dossier(ward.applicant)
    father = visitor(f"/ho-so/{dossier.code}/rut/", account=ward.applicant.account)
    ward.desk.taken_up(dossier)

    # He still has the page open, and presses: nothing happens that he was not told of.
    father.presses("Rút hồ sơ")
    father.is_at("Xin rút hồ sơ?")
    father.reads(
        "Hồ sơ vừa được tiếp nhận.",
        "Trong lúc chờ trả lời, hồ sơ vẫn được giải quyết và thời hạn vẫn tính.",
        "Khi kết quả đã ký thì không rút được nữa.",
    )

    # He says why, and sees that he is waiting for an answer.
    it_becomes("10:00")
    father.main.get_by_label("Vì sao Ông/Bà xin rút hồ sơ?").fill("Tôi đã nộp ở nơi khác.")
    father.presses("Gửi đề nghị rút hồ sơ")
    father.reads("Ông/Bà đã xin rút hồ sơ, đang chờ trả lời.", "Hẹn trả trước 17:00, 15/10/2024")

    # The leader finds it among what is asked, says no, and he reads why.
    leader = officer("leader")
    leader.opens("/desk/?tab=asked")
    leader.reads("Xin rút hồ sơ")
    leader.opens(f"/desk/ho-so/{dossier.code}/")
    leader.follows("Không đồng ý cho rút hồ sơ")
    leader.reads("“Tôi đã nộp ở nơi khác.”")
    leader.writes(**{"Vì sao không cho rút hồ sơ": "Nơi khác chưa nhận hồ sơ nào của Ông."})
    leader.presses("Trả lời người nộp")
    father.opens(f"/ho-so/{dossier.code}/")
    father.reads(
        "Cơ quan giải quyết không đồng ý cho Ông/Bà rút hồ sơ.",
        "Nơi khác chưa nhận hồ sơ nào của Ông.",
    )

    # He asks again; now the leader agrees, and the dossier ends.
    father.follows("Xin rút hồ sơ")
    father.main.get_by_label("Vì sao Ông/Bà xin rút hồ sơ?").fill("Tôi vẫn xin rút.")
    father.presses("Gửi đề nghị rút hồ sơ")
    it_becomes("11:00")
    leader.opens(f"/desk/ho-so/{dossier.code}/")
    leader.follows("Đồng ý cho rút hồ sơ")
    leader.presses("Đồng ý cho rút hồ sơ")
    leader.reads("Đã cho rút hồ sơ.")
    father.opens(f"/ho-so/{dossier.code}/")
    father.reads("Cơ quan giải quyết đã đồng ý cho Ông/Bà rút hồ sơ.", "Đã đồng ý cho rút hồ sơ")
    father.finds_no("Xin rút hồ sơ?")
