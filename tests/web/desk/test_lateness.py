"""What the desk shows of lateness: notices, the acts it asks for, and why an act must wait."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.dossiers import queries, services
from motcua.dossiers.models import Apology, Dossier, Notice
from motcua.kernel import clock
from tests.builders import NOW, ADesk, a_change
from tests.dossiers.test_waking import wake

pytestmark = pytest.mark.django_db

LATE = NOW + timedelta(days=1)


@pytest.fixture
def _a_day_later():
    clock.shift_by(timedelta())
    clock.shift_by(LATE - clock.now() + timedelta(minutes=1))


@pytest.mark.usefixtures("_a_day_later")
class TestNotices:
    def test_are_counted_in_the_menu_and_listed(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()
        wake(LATE)

        html = signed_in(desk.processor).get("/desk/nhac-viec/").content.decode()

        assert dossier.code in html
        assert "Hồ sơ đã quá hạn trả" in html
        assert "Cần ghi nguyên nhân trễ" in html
        assert "việc chưa đọc" in html

    def test_are_nobody_elses(self, signed_in):
        desk, other = ADesk(), ADesk()
        dossier = desk.taken_up()
        wake(LATE)

        html = signed_in(other.processor).get("/desk/nhac-viec/").content.decode()

        assert dossier.code not in html

    def test_are_read_by_pressing_a_button(self, signed_in):
        desk = ADesk()
        desk.taken_up()
        wake(LATE)
        ids = list(queries.notices_of(desk.processor).values_list("pk", flat=True))

        signed_in(desk.processor).post(
            "/desk/nhac-viec/da-doc/", {"notice": [*ids, "x", "9" * 5000]}
        )

        assert queries.unread_notices(desk.processor) == 0

    def test_do_not_cost_more_when_there_are_more(self, signed_in, django_assert_max_num_queries):
        desk = ADesk()
        for _ in range(8):
            desk.taken_up()
        wake(LATE)
        client = signed_in(desk.processor)
        client.get("/desk/nhac-viec/")

        with django_assert_max_num_queries(9):
            client.get("/desk/nhac-viec/")

    def test_vanish_with_the_work(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()
        wake(LATE)
        services.stop_dossier(
            dossier_id=dossier.pk, mandate=desk.leader, reason="Theo bản án.", at=LATE
        )

        html = signed_in(desk.leader).get("/desk/nhac-viec/").content.decode()

        assert "Không có việc nào cần lưu ý" in html
        assert Notice.objects.exists()


@pytest.mark.usefixtures("_a_day_later")
class TestTheActs:
    def test_the_workspace_says_that_a_cause_is_needed(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()

        html = signed_in(desk.processor).get(f"/desk/ho-so/{dossier.code}/").content.decode()

        assert "Hồ sơ đã trễ hạn và chưa có nguyên nhân." in html

    def test_a_decision_waits_for_the_cause(self, signed_in):
        desk = ADesk()
        dossier = desk.proposed()

        html = signed_in(desk.leader).get(f"/desk/ho-so/{dossier.code}/quyet-dinh/").content

        assert "Hãy ghi nguyên nhân trễ trước." in html.decode()

    def test_from_the_cause_to_the_apology_that_the_citizen_reads(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()
        page = f"/desk/ho-so/{dossier.code}"

        stated = signed_in(desk.processor).post(
            f"{page}/nguyen-nhan-tre/", {"cause": "own_unit", "words": "Thiếu người."}
        )
        signed = signed_in(desk.leader).post(
            f"{page}/xin-loi/", {"promised_on": "18/10/2024", "words": "Xin lỗi Ông/Bà."}
        )

        assert (stated.status_code, signed.status_code) == (302, 302)
        for answer in (stated, signed):
            assert signed_in(desk.leader).get(answer.url).status_code == 200
        assert Apology.objects.get(dossier=dossier).words == "Xin lỗi Ông/Bà."
        client = signed_in(desk.leader)
        client.force_login(dossier.owner.account)
        html = client.get(f"/ho-so/{dossier.code}/").content.decode()
        assert "18/10/2024" in html
        assert "Xin lỗi Ông/Bà." in html

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"promised_on": "19/10/2024", "words": "Xin lỗi."}, "phải là ngày làm việc"),
            ({"promised_on": "mai", "words": "Xin lỗi."}, "ngày/tháng/năm"),
            ({"promised_on": "18/10/2024", "words": ""}, "Hãy ghi lời xin lỗi"),
        ],
    )
    def test_what_is_typed_wrongly_is_said_beside_it(self, signed_in, typed, said):
        desk = ADesk()
        dossier = desk.taken_up()
        services.state_cause(
            dossier_id=dossier.pk, mandate=desk.leader, cause="system", words="Mất điện.", at=LATE
        )

        answer = signed_in(desk.leader).post(f"/desk/ho-so/{dossier.code}/xin-loi/", typed)

        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert Dossier.objects.get(pk=dossier.pk).promised_at is None

    def test_an_extension_that_the_law_does_not_know_is_refused(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()

        html = signed_in(desk.leader).get(f"/desk/ho-so/{dossier.code}/gia-han/").content.decode()

        assert "Thủ tục này không được gia hạn." in html

    @pytest.mark.parametrize("typed", ["1e99999999", "1/3", "١", "1_0", "12345", "nhiều"])
    def test_an_extension_is_a_number_that_people_write(self, signed_in, typed):
        desk = ADesk()
        dossier = desk.taken_up(a_change())

        answer = signed_in(desk.leader).post(
            f"/desk/ho-so/{dossier.code}/gia-han/", {"amount": typed, "reason": "Phải xác minh."}
        )

        assert answer.status_code == 422
        assert "Hãy ghi một số, ví dụ 2." in answer.content.decode()

    def test_the_page_of_a_correction_shows_what_was_said(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()
        services.state_cause(
            dossier_id=dossier.pk, mandate=desk.processor, cause="system", words="Mất.", at=LATE
        )

        html = signed_in(desk.leader).get(reverse("desk:delay-cause-new", args=[dossier.code]))

        assert "Nguyên nhân đã ghi" in html.content.decode()
        assert "Vì sao đính chính" in html.content.decode()
