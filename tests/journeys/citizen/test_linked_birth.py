"""A father files once for birth, residence and health card; three agencies settle it."""

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.services import accept_dossier, return_result
from motcua.kernel import clock
from tests.dossiers.linked import Agencies, part_of, settled
from tests.journeys.citizen import birth

pytestmark = pytest.mark.django_db(transaction=True)


def says_where_the_child_lives(father):
    """With him, so nobody else has to agree."""
    father.is_at("Trẻ đăng ký thường trú ở đâu?")
    father.writes(
        **{
            "Địa chỉ thường trú của hộ": birth.ADDRESS,
            "Họ, chữ đệm và tên của chủ hộ": "Trần Văn Bình",
            "Số định danh của chủ hộ": "092893000009",
        }
    )
    father.chooses("Cha hoặc mẹ")
    father.presses("Tiếp tục")


def says_where_the_child_sees_a_doctor(father):
    """The nearest station."""
    father.is_at("Trẻ khám chữa bệnh ban đầu ở đâu?")
    father.writes(**{"Trẻ khám chữa bệnh ban đầu ở đâu?": "Trạm Y tế phường Cái Khế"})
    father.presses("Tiếp tục")


def test_a_father_files_once_and_three_agencies_settle(visitor, ward, it_becomes):
    agencies = Agencies()
    agencies.ward = ward.desk
    father = visitor("/thu-tuc/2.000986/nop/", account=ward.applicant.account)
    father.presses("Bắt đầu")
    father.follows("Làm tiếp")
    parts = (says_where_the_child_lives, says_where_the_child_sees_a_doctor)
    place = birth.PAGES.index(birth.picks_the_ward)
    for answers in (*birth.PAGES[:place], *parts, *birth.PAGES[place:]):
        answers(father)
    birth.photographs_the_certificate(father)
    code = birth.checks_and_submits(father)
    whole = Dossier.objects.get(code=code)

    # The ward takes it in: birth is opened with it, the other parts wait for the certificate.
    it_becomes("09:30")
    accept_dossier(dossier_id=whole.pk, mandate=ward.desk.receiver, at=clock.now())
    father.follows("Theo dõi hồ sơ")
    father.reads("Các phần của hồ sơ", "Mở khi xong: Đăng ký khai sinh.", "Hẹn trả trước")

    # The certificate is signed, and both others lie before their agencies.
    it_becomes("11:00")
    settled(agencies, whole, "birth", at=clock.now())
    father.opens(father.path)
    father.reads("Công an thành phố Cần Thơ", "Bảo hiểm xã hội thành phố Cần Thơ", "12/birth")
    father.follows("Đăng ký thường trú")
    father.reads("Đây là một phần của hồ sơ liên thông:")

    # Both are settled, and everything is handed over at once.
    it_becomes("17/10/2024 10:00")
    for key in ("residence", "health_card"):
        settled(agencies, whole, key, at=clock.now())
    return_result(
        dossier_id=whole.pk,
        mandate=ward.desk.receiver,
        method="online",
        receiver="Trần Văn Bình",
        at=clock.now(),
    )
    father.follows("Liên thông")
    father.reads("12/residence", "12/health_card", "Hồ sơ đã xong.")
    assert part_of(whole, "residence").state == "returned"
