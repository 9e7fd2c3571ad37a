"""A parcel changes hands: examined, taxed, paid for, signed and handed over."""

import pytest

from motcua.accounts.models import Account
from motcua.dossiers.models import Dossier
from tests.builders import ADesk, a_citizen, a_filing, an_agency
from tests.procedures.answers_land import ANSWERS

pytestmark = pytest.mark.django_db(transaction=True)

CODE = "1.013831"


def test_a_parcel_is_taxed_before_it_changes_hands(visitor, it_becomes, transactional_db):
    it_becomes("15/10/2024 09:00")
    buyer = a_citizen("Trần Văn Bình")
    registry = ADesk(an_agency("Sở Tài nguyên và Môi trường"), procedure=CODE)
    code = a_filing(CODE, "sale", ANSWERS[CODE]["sale"], person=buyer).code
    page = f"/desk/ho-so/{code}/"

    # The department takes it in, the land registry examines it and sends it to be taxed.
    receiver = visitor(page, account=_account(registry.receiver))
    receiver.follows("Tiếp nhận")
    receiver.presses("Tiếp nhận và hẹn trả")
    receiver.reads("Đã tiếp nhận hồ sơ.")
    processor = visitor(page, account=_account(registry.processor))
    processor.presses("Nhận xử lý")
    processor.follows("Trình ký")
    processor.finds_no("Vì sao không phát sinh nghĩa vụ tài chính")
    processor.chooses("Đồng ý giải quyết")
    processor.writes(**{"Ý kiến thẩm tra": "Thửa đất không tranh chấp."})
    processor.presses("Chuyển bước tiếp theo")

    # There the officer cannot go on without saying what is owed.
    it_becomes("16/10/2024 09:00")
    processor.opens(page)
    processor.reads("Xác định và thực hiện nghĩa vụ tài chính")
    processor.presses("Nhận xử lý")
    processor.follows("Trình ký")
    processor.chooses("Đồng ý giải quyết")
    processor.writes(**{"Ý kiến thẩm tra": "Đủ điều kiện sang tên."})
    processor.presses("Trình lãnh đạo")
    processor.reads("hoặc ghi rõ vì sao không phát sinh nghĩa vụ tài chính.")

    # The tax office's notice goes to the buyer, and the clock stands still.
    processor.opens(page)
    processor.follows("Thông báo nghĩa vụ tài chính")
    processor.writes(
        **{
            "Số và tên thông báo": "Thông báo số 881/TB-CCT về thuế và lệ phí trước bạ",
            "Số tiền (₫)": "31.250.000",
        }
    )
    processor.presses("Gửi thông báo và tạm dừng thời hạn")
    processor.reads("Đồng hồ thời hạn đang tạm dừng.")
    citizen = visitor(f"/ho-so/{code}/", account=buyer.account)
    citizen.reads("Có nghĩa vụ tài chính", "31.250.000 ₫")

    # He pays; the receipt lets the clock run on, and the registry brings it before the director.
    it_becomes("18/10/2024 09:00")
    receiver.opens(page)
    receiver.follows("Xác nhận đã thực hiện nghĩa vụ tài chính")
    receiver.writes(**{"Số chứng từ nộp tiền": "Giấy nộp tiền số 0071"})
    receiver.presses("Xác nhận")
    receiver.reads("Đồng hồ thời hạn chạy tiếp.")
    processor.opens(page)
    processor.follows("Trình ký")
    processor.finds_no("Vì sao không phát sinh nghĩa vụ tài chính")
    processor.chooses("Đồng ý giải quyết")
    processor.writes(**{"Ý kiến thẩm tra": "Đã nộp đủ thuế."})
    processor.presses("Trình lãnh đạo")
    processor.reads("Đã trình lãnh đạo.")

    it_becomes("21/10/2024 09:00")
    director = visitor(page, account=_account(registry.leader))
    director.follows("Ký quyết định")
    director.writes(
        **{"Số văn bản kết quả": "CT 000777", "Nội dung kết quả": "Đã cấp Giấy chứng nhận."}
    )
    director.ticks("Tôi đã kiểm tra hồ sơ và ký kết quả này.")
    director.presses("Ký và chuyển trả kết quả")

    receiver.opens(page)
    receiver.follows("Trả kết quả")
    receiver.chooses("Tại Bộ phận Một cửa")
    receiver.presses("Xác nhận đã trả kết quả")

    citizen.opens(f"/ho-so/{code}/")
    citizen.reads("Đã trả kết quả", "Đã thực hiện nghĩa vụ tài chính")
    dossier = Dossier.objects.get(code=code)
    assert dossier.state == "returned"
    assert dossier.completed_at < dossier.due_at


def _account(mandate):
    return Account.objects.get(pk=mandate.account_id)
