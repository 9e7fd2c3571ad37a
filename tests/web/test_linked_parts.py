"""A linked dossier and its parts on the pages of whoever has to do with them."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import Account
from motcua.dossiers import services
from motcua.dossiers.models import Dossier
from motcua.kernel import clock
from motcua.procedures.queries import compiled
from motcua.web import lookup_links
from motcua.web.linked_parts import parts_shown, why_due
from tests.builders import NOW, a_linked_birth, a_linked_death, found_wanting
from tests.dossiers.linked import Agencies, part_of, settled
from tests.web.api.client import ApiClient, a_token
from tests.web.pages import assert_is_a_page
from tests.web.portal.walk import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tuesday_morning(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def agencies():
    return Agencies()


@pytest.fixture
def whole(agencies):
    """A birth that is registered; police and insurance have been handed theirs."""
    filed = a_linked_birth()
    services.accept_dossier(dossier_id=filed.pk, mandate=agencies.ward.receiver, at=NOW)
    settled(agencies, filed, "birth")
    filed.refresh_from_db()
    return filed


def at_desk(mandate):
    client = Client()
    client.force_login(Account.objects.get(pk=mandate.account_id))
    return client


def desk_page(dossier):
    return reverse("desk:dossier", args=[dossier.code])


class TestForTheCitizen:
    def test_one_dossier_shows_each_part_with_its_agency_and_clock(self, whole):
        page = signed_in(whole.owner).get(reverse("portal:dossier", args=[whole.code]))

        text = assert_is_a_page(page)
        for part in ("birth", "residence", "health_card"):
            dossier = part_of(whole, part)
            assert reverse("portal:dossier", args=[dossier.code]) in text
            assert dossier.settling_agency.name in text
        assert "Công an thành phố Cần Thơ" in text
        assert "12/birth" in text
        assert "Nghị định 63/2024/NĐ-CP" in text

    def test_a_part_not_opened_yet_says_what_it_waits_for(self, agencies):
        filed = a_linked_death()
        services.accept_dossier(dossier_id=filed.pk, mandate=agencies.ward.receiver, at=NOW)

        page = signed_in(filed.owner).get(reverse("portal:dossier", args=[filed.code]))

        assert "Mở khi xong: Đăng ký khai tử." in assert_is_a_page(page)

    def test_the_list_has_the_whole_and_not_its_parts(self, whole):
        text = assert_is_a_page(signed_in(whole.owner).get("/ho-so/"))

        assert whole.code in text
        assert part_of(whole, "residence").code not in text

    def test_the_page_of_a_part_leads_back_to_the_whole(self, whole):
        part = part_of(whole, "residence")

        page = signed_in(whole.owner).get(reverse("portal:dossier", args=[part.code]))

        assert reverse("portal:dossier", args=[whole.code]) in assert_is_a_page(page)

    def test_the_whole_says_that_one_of_its_parts_needs_papers(self, agencies, whole):
        residence = part_of(whole, "residence")
        services.request_intake_supplement(
            dossier_id=residence.pk,
            mandate=agencies.police.receiver,
            reason="Thiếu ý kiến chủ hộ.",
            findings=found_wanting(residence, "head_consent"),
            at=NOW,
        )

        page = signed_in(whole.owner).get(reverse("portal:dossier", args=[whole.code]))

        text = assert_is_a_page(page)
        assert "Ông/Bà cần làm một việc ở phần:" in text
        assert "không phải làm gì lúc này" not in text
        cards = signed_in(whole.owner).get("/ho-so/").context["waiting"]
        assert [card["dossier"] for card in cards] == [whole]


class TestForWhoeverHasTheLink:
    def test_each_part_is_listed_with_its_agency_and_without_a_way_in(self, whole):
        path = reverse("portal:lookup-result", args=[lookup_links.token_of(whole)])

        page = assert_is_a_page(Client().get(path))

        for part in Dossier.objects.filter(parent=whole).select_related("settling_agency"):
            assert part.code in page
            assert part.settling_agency.name in page
            assert reverse("portal:dossier", args=[part.code]) not in page
        assert whole.owner_name not in page


class TestAtTheDesk:
    def test_the_ward_follows_the_parts_from_the_whole(self, agencies, whole):
        text = assert_is_a_page(at_desk(agencies.ward.receiver).get(desk_page(whole)))

        assert "Hồ sơ thành phần" in text
        assert desk_page(part_of(whole, "residence")) in text

    def test_the_police_see_whose_part_it_is_and_no_way_to_the_whole(self, agencies, whole):
        police = at_desk(agencies.police.receiver)
        residence = part_of(whole, "residence")

        text = assert_is_a_page(police.get(desk_page(residence)))

        assert "Thuộc hồ sơ liên thông" in text
        assert whole.code in text
        assert desk_page(whole) not in text
        assert whole.answers["born_place"] not in text
        assert police.get(desk_page(whole)).status_code == 404

    def test_the_ward_sees_the_part_of_another_agency_and_has_nothing_to_do_there(
        self, agencies, whole
    ):
        page = at_desk(agencies.ward.receiver).get(desk_page(part_of(whole, "residence")))

        assert_is_a_page(page)
        assert page.context["workspace"].allowed == []
        assert page.context["workspace"].sees_whole

    def test_the_list_says_what_a_part_belongs_to(self, agencies, whole):
        client = at_desk(agencies.police.receiver)

        text = assert_is_a_page(client.get("/desk/tiep-nhan/"))

        assert f"Thuộc hồ sơ liên thông {whole.code.partition('-')[2]}" in text
        assert part_of(whole, "residence").code.partition("-")[2] in text


class TestForPrograms:
    def test_the_whole_lists_its_parts_and_a_part_names_the_whole(self, agencies, whole):
        program = ApiClient(a_token(whole.owner))
        residence = part_of(whole, "residence")

        shown = program.read(f"/dossiers/{whole.code}").json()
        part = program.read(f"/dossiers/{residence.code}").json()

        assert shown["part_of"] is None
        assert {each["part"]: each["settling_agency"] for each in shown["parts"]} == {
            "birth": "Ủy ban nhân dân phường Cái Khế",
            "residence": "Công an thành phố Cần Thơ",
            "health_card": "Bảo hiểm xã hội thành phố Cần Thơ",
        }
        assert part["part_of"] == {"code": whole.code, "part": "residence"}
        assert part["parts"] == []
        listed = program.read("/dossiers").json()["items"]
        assert [each["code"] for each in listed] == [whole.code]

    def test_the_police_read_their_part_and_not_the_whole(self, agencies, whole):
        program = ApiClient(a_token(agencies.police.receiver))

        assert program.read(f"/dossiers/{part_of(whole, 'residence').code}").status_code == 200
        assert program.read(f"/dossiers/{whole.code}").status_code == 404


def test_an_ordinary_dossier_has_no_parts_and_nothing_to_explain(whole):
    birth = part_of(whole, "birth")
    version = compiled(birth.version_id)

    assert (parts_shown(birth, version), why_due(version)) == ([], "")
