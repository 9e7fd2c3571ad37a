"""The clock as a sum where people see it: the applicant, who holds the link, officers, systems."""

import pytest
from django.urls import reverse

from motcua.web import lookup_links
from tests.builders import ADesk, a_citizen, a_dossier
from tests.web.api.client import speaking_for
from tests.web.pages import assert_is_a_page
from tests.web.portal.walk import signed_in

pytestmark = pytest.mark.django_db

WHY = "Vì sao hẹn trả lúc đó?"


def where(dossier) -> str:
    return f"/dossiers/{dossier.code}/clock"


class TestThePages:
    def test_of_the_applicant_say_what_an_answer_now_would_bring(self):
        person = a_citizen()
        dossier = ADesk().awaiting_supplement(a_dossier(person))

        page = signed_in(person).get(reverse("portal:dossier", args=[dossier.code]))

        text = assert_is_a_page(page)
        assert WHY in text
        assert "Không tính: chờ người nộp bổ sung hồ sơ" in text
        assert "Nếu Ông/Bà nộp ngay bây giờ, hạn trả kết quả là" in text
        assert "Căn cứ pháp lý" in text

    def test_of_the_link_say_it_without_naming_anybody(self, client):
        person = a_citizen("Thạch Sô Phia")
        desk = ADesk()
        dossier = desk.awaiting_supplement(a_dossier(person))

        path = reverse("portal:lookup-result", args=[lookup_links.token_of(dossier)])
        text = assert_is_a_page(client.get(path))

        assert WHY in text
        assert "chờ người nộp bổ sung hồ sơ" in text
        for secret in (person.full_name, person.personal_id, person.phone, "Phạm Văn Sáu"):
            assert secret not in text

    def test_show_no_clock_before_acceptance(self, client):
        dossier = a_dossier()

        path = reverse("portal:lookup-result", args=[lookup_links.token_of(dossier)])

        assert WHY not in assert_is_a_page(client.get(path))


class TestTheApi:
    def test_tells_every_interval_and_why(self):
        person = a_citizen()
        dossier = ADesk().awaiting_supplement(a_dossier(person))

        told = speaking_for(person).read(where(dossier)).json()

        assert told["state"] == "paused"
        assert told["due_if_answered_now"] >= told["due_at"]
        assert told["intervals"][-1]["reason"] == "applicant"
        assert told["intervals"][0]["begins"] == told["received_at"]
        assert told["legal_bases"]

    def test_is_empty_before_acceptance(self):
        person = a_citizen()

        told = speaking_for(person).read(where(a_dossier(person))).json()

        assert (told["state"], told["intervals"], told["text"]) == (None, [], "")

    def test_is_nobody_elses(self):
        dossier = ADesk().accepted()

        assert speaking_for(a_citizen("Người lạ")).read(where(dossier)).status_code == 404

    def test_promises_what_the_dossier_promises(self):
        person = a_citizen()
        dossier = ADesk().taken_up(a_dossier(person))

        told = speaking_for(person).read(where(dossier)).json()

        shown = speaking_for(person).read(f"/dossiers/{dossier.code}").json()
        assert told["due_at"] == shown["due_at"]
