"""The dossier's page: what it shows, to whom, and at what cost."""

import pytest
from django.urls import reverse

from motcua.dossiers.models import DossierComponent, IssuedPaper
from motcua.dossiers.policies import LATENESS_ACTS, OFFICER_ACTS
from motcua.web.desk.dossiers.acting import SCREENS
from tests.builders import ADesk, a_citizen, a_dossier, a_processor, an_agency

pytestmark = pytest.mark.django_db


def page_of(dossier) -> str:
    return reverse("desk:dossier", args=[dossier.code])


def test_every_act_of_an_officer_has_a_screen():
    assert SCREENS.keys() == OFFICER_ACTS.keys() | LATENESS_ACTS.keys()


class TestWorkspace:
    def test_shows_answers_papers_clock_and_history(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()

        html = signed_in(desk.processor).get(page_of(dossier)).content.decode()

        assert "Trần Minh An" in html
        assert "Phường Cái Khế, quận Ninh Kiều" in html  # the commune by name, not by code
        assert "giay-chung-sinh.png" in html
        assert "Thời hạn làm việc" in html  # the applicant is told of days of the calendar
        assert "Đồng hồ thời hạn" in html
        assert "Cán bộ nhận xử lý" in html
        assert "Phạm Văn Sáu" in html

    def test_offers_what_is_allowed_and_says_why_not_the_rest(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()

        workspace = signed_in(desk.processor).get(page_of(dossier)).context["workspace"]

        assert [act.verb for act in workspace.allowed] == [
            "propose",
            "request_supplement",
            "impose_obligation",
            "consult_agency",
        ]
        barred = {act.verb: act.why_not for act in workspace.barred}
        assert barred.keys() == {"take_up", "ask_further_round", "hear_from_agency"}
        assert barred["take_up"] == "Ông/Bà đang xử lý hồ sơ này rồi."

    def test_shows_the_proposal_to_the_leader(self, signed_in):
        desk = ADesk()
        dossier = desk.proposed()

        html = signed_in(desk.leader).get(page_of(dossier)).content.decode()

        assert "Đề xuất trình ký" in html
        assert "Đủ điều kiện." in html

    def test_shows_an_open_request_and_that_the_clock_stands_still(self, signed_in):
        desk = ADesk()
        dossier = desk.awaiting_supplement()

        response = signed_in(desk.processor).get(page_of(dossier))

        html = response.content.decode()
        assert "Ảnh mờ, không đọc được số." in html
        assert "Chờ người nộp" in html
        assert [kind for kind, _words in response.context["workspace"].clock.legend][-1] == "left"

    def test_shows_the_result_and_who_received_it(self, signed_in):
        desk = ADesk()
        dossier = desk.returned()

        html = signed_in(desk.receiver).get(page_of(dossier)).content.decode()

        assert "125/KS" in html
        assert "Đã trả cho" in html

    def test_suggests_the_next_dossier_after_an_act(self, signed_in):
        desk = ADesk()
        done = desk.accepted()
        following = a_dossier()

        html = signed_in(desk.receiver).get(page_of(done), {"sau": "accept"}).content.decode()

        assert "Hồ sơ tiếp theo" in html
        assert following.code in html

    def test_a_stranger_finds_nothing(self, signed_in):
        dossier = a_dossier()
        elsewhere = a_processor(an_agency("Ủy ban nhân dân phường An Cư"))

        assert signed_in(elsewhere).get(page_of(dossier)).status_code == 404

    def test_takes_eleven_statements(self, signed_in, django_assert_num_queries):
        desk = ADesk()
        dossier = desk.taken_up()
        client = signed_in(desk.processor)
        client.get(page_of(dossier))

        # Who is signed in; dossier, history, papers, the commune's name, the officers'
        # names, the requests, what to look at, the issued papers, the cause of a delay, the
        # apology, what was asked of leaders.
        with django_assert_num_queries(11):
            client.get(page_of(dossier))


class TestPaper:
    def test_is_shown_as_what_it_is_and_can_do_nothing(self, signed_in):
        desk = ADesk()
        dossier = a_dossier()
        paper = DossierComponent.objects.get(dossier=dossier)

        response = signed_in(desk.receiver).get(
            reverse("desk:paper", args=[dossier.code, paper.file_id])
        )

        assert response.headers["Content-Type"] == "image/png"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Disposition"].startswith("inline")
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert "'self'" in response.headers["Content-Security-Policy"]
        assert response.content.startswith(b"\x89PNG")

    def test_of_another_dossier_is_not_found_here(self, signed_in):
        desk = ADesk()
        here, there = a_dossier(), a_dossier()
        paper = DossierComponent.objects.get(dossier=there)

        response = signed_in(desk.receiver).get(
            reverse("desk:paper", args=[here.code, paper.file_id])
        )

        assert response.status_code == 404

    def test_of_a_strangers_dossier_is_not_found(self, signed_in):
        dossier = a_dossier()
        paper = DossierComponent.objects.get(dossier=dossier)
        elsewhere = a_processor(an_agency("Ủy ban nhân dân phường An Cư"))

        response = signed_in(elsewhere).get(
            reverse("desk:paper", args=[dossier.code, paper.file_id])
        )

        assert response.status_code == 404


class TestReceiptSlip:
    def test_states_the_number_and_the_promise_and_opens_the_paper(self, signed_in):
        desk = ADesk()
        dossier = desk.accepted()
        slip = IssuedPaper.objects.get(dossier=dossier)

        html = (
            signed_in(desk.receiver)
            .get(reverse("desk:receipt-slip", args=[dossier.code]))
            .content.decode()
        )

        assert dossier.code in html
        assert f"{slip.number}/2024/BPTNTKQ" in html
        assert "17:00, 15/10/2024" in html
        assert reverse("desk:issued-paper", args=[dossier.code, slip.pk]) in html

    def test_does_not_exist_before_acceptance(self, signed_in):
        desk = ADesk()
        dossier = a_dossier()

        response = signed_in(desk.receiver).get(reverse("desk:receipt-slip", args=[dossier.code]))

        assert response.status_code == 404

    def test_a_stranger_finds_nothing(self, client):
        dossier = ADesk().accepted()
        client.force_login(a_citizen().account)

        response = client.get(reverse("desk:receipt-slip", args=[dossier.code]))

        assert response.status_code == 403
