"""The office's pages of the register of announcing decisions."""

import pytest
from django.urls import reverse

from motcua.accounts.models import Account
from motcua.kernel import clock
from motcua.procedures.models import Announcement, PortalPublication
from motcua.procedures.services import PUBLISHER, import_national
from tests.builders import NOW, a_leader, an_agency, the_catalogue
from tests.procedures.national.builders import a_list, an_original
from tests.procedures.register import BIRTH, COPY, JUSTICE, PUBLISH_BY, SIGNED, ARegister
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

REGISTER = "/lanh-dao/cong-bo-thu-tuc/"


@pytest.fixture
def register(_on_the_fifteenth) -> ARegister:
    the_catalogue()
    return ARegister()


@pytest.fixture
def _on_the_fifteenth(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def office(client, register):
    client.force_login(Account.objects.get(pk=register.keeper.account_id))
    return client


def page_of(announcement) -> str:
    return reverse("board:announcement", args=[announcement.pk])


def days(**told) -> dict[str, str]:
    return {
        f"{name}-{part}": str(getattr(day, part))
        for name, day in told.items()
        for part in ("day", "month", "year")
    }


def a_form(**changes) -> dict[str, str]:
    return {
        "number": "1234/QĐ-UBND",
        **days(signed_on=SIGNED, effective_on=PUBLISH_BY),
        "basis": "Nghị định số 01/2024/NĐ-CP",
        "agency": str(an_agency(JUSTICE).pk),
        "codes-new": "9.999999",
        "codes-amended": f"{BIRTH}, {COPY}",
    } | changes


class TestTheRegister:
    def test_is_empty_at_first(self, office):
        assert "chưa có quyết định nào" in assert_is_a_page(office.get(REGISTER))

    def test_shows_every_decision_and_how_far_it_is(self, office, register):
        register.publish(register.record(BIRTH, COPY))
        register.strike(register.record(signed_on=SIGNED.replace(year=2023)))

        body = assert_is_a_page(office.get(REGISTER))
        assert "Đúng hạn" in body
        assert "1 trên 2" in body
        assert "1 trễ" in body  # the other has been due since the seventh
        assert "Đã bỏ khỏi sổ" in body
        of_2023 = assert_is_a_page(office.get(f"{REGISTER}?nam=2023"))
        assert "2/QĐ-UBND" in of_2023
        assert "1/QĐ-UBND" not in of_2023

    def test_is_in_the_menu_of_who_works_there(self, office):
        assert REGISTER in office.get(REGISTER).content.decode()

    def test_costs_the_same_for_many_decisions(
        self, office, register, django_assert_max_num_queries
    ):
        for _each in range(12):
            register.publish(register.record())
        with django_assert_max_num_queries(12):
            office.get(REGISTER)

    def test_is_not_for_others(self, client, register):
        announcement = register.record()
        stranger = a_leader(an_agency(JUSTICE))
        client.force_login(Account.objects.get(pk=stranger.account_id))

        for page in (REGISTER, f"{REGISTER}moi/", page_of(announcement)):
            assert_is_a_page(client.get(page), status=403)


class TestRecording:
    def test_leads_to_the_decision(self, office):
        assert_is_a_page(office.get(f"{REGISTER}moi/"))

        answer = office.post(f"{REGISTER}moi/", a_form())

        announcement = Announcement.objects.get()
        assert answer.headers["Location"] == page_of(announcement)
        body = assert_is_a_page(office.get(page_of(announcement)))
        assert "ăng ký khai sinh" in body
        assert "Sửa đổi, bổ sung hoặc thay thế" in body
        assert "1 mã chưa có trong danh mục" in body
        assert "Chưa có trong danh mục" in body

    def test_of_what_is_imported_later_shows_so_until_then(self, office, register):
        announcement = register.record("9.000001")
        for page in (REGISTER, page_of(announcement)):
            assert "chưa có trong danh mục" in assert_is_a_page(office.get(page))

        import_national(file=a_list(an_original()), at=NOW, actor=PUBLISHER)

        for page in (REGISTER, page_of(announcement)):
            assert "chưa có trong danh mục" not in assert_is_a_page(office.get(page))
        assert "nuôi mèo" in office.get(page_of(announcement)).content.decode()

    def test_says_of_each_code_what_is_wrong(self, office):
        sent = a_form(**{"codes-abolished": f"{BIRTH} x1 1.1"})

        body = assert_is_a_page(office.post(f"{REGISTER}moi/", sent), status=422)

        assert body.count('href="#codes-abolished"') == 3
        assert "đã ghi ở “Sửa đổi, bổ sung hoặc thay thế”" in body

    @pytest.mark.parametrize(
        ("wrong", "box"),
        [
            ({"number": "12"}, "number"),
            ({"signed_on-month": "13"}, "signed_on"),
            ({"signed_on-year": "2025"}, "signed_on"),
            ({"effective_on-year": "1024"}, "effective_on"),
            ({"effective_on-day": ""}, "effective_on"),
            ({"basis": " "}, "basis"),
            ({"agency": ""}, "agency"),
            ({"codes-amended": "khai sinh"}, "codes-amended"),
            ({"codes-amended": "", "codes-new": " "}, "codes-new"),
        ],
    )
    def test_says_what_to_mend_and_loses_nothing(self, office, wrong, box):
        answer = office.post(f"{REGISTER}moi/", a_form(**wrong))

        body = assert_is_a_page(answer, status=422)
        assert f'href="#{box}"' in body
        assert not Announcement.objects.exists()
        if "basis" not in wrong:
            assert "Nghị định số 01/2024/NĐ-CP" in body

    def test_refuses_a_number_that_is_taken(self, office, register):
        register.record(number="1234/QĐ-UBND")

        body = assert_is_a_page(office.post(f"{REGISTER}moi/", a_form()), status=422)
        assert "Sổ đã có quyết định số 1234/QĐ-UBND năm 2024." in body


class TestADecision:
    def act(self, office, announcement, **told):
        return office.post(page_of(announcement), told)

    def test_takes_days_of_publication(self, office, register):
        announcement = register.record(BIRTH, COPY)
        told = {"verb": "publish", "codes": [BIRTH], **days(published_on=PUBLISH_BY)}

        answer = self.act(office, announcement, **told)

        assert answer.headers["Location"] == page_of(announcement)
        assert PortalPublication.objects.get().announced.code == BIRTH
        body = assert_is_a_page(office.get(page_of(announcement)))
        assert "Đúng hạn" in body
        assert "Quá hạn" in body

    def test_strikes_a_day_and_the_whole(self, office, register):
        announcement = register.record()
        register.publish(announcement)
        told = {"verb": "unpublish", "code": BIRTH, "day-reason": "Nhầm ngày."}
        self.act(office, announcement, **told)
        self.act(office, announcement, verb="strike", reason="Nhầm số.")

        body = assert_is_a_page(office.get(page_of(announcement)))
        assert "Nhầm số." in body
        assert 'name="verb"' not in body
        answer = self.act(office, announcement, verb="strike", reason="Nhầm số.")
        body = assert_is_a_page(answer, status=409)
        assert "đã được bỏ khỏi sổ" in body
        assert "Nhầm số." in body

    @pytest.mark.parametrize(
        ("told", "box"),
        [
            ({"verb": "publish", **days(published_on=PUBLISH_BY)}, "codes"),
            ({"verb": "publish", "codes": [BIRTH]}, "published_on"),
            ({"verb": "publish", "codes": [BIRTH], **days(published_on=SIGNED.replace(day=1))},
             "published_on"),
            ({"verb": "unpublish", "code": COPY, "day-reason": ""}, "day-reason"),
            ({"verb": "unpublish", "code": BIRTH, "day-reason": "x"}, "code"),
            ({"verb": "unpublish", "code": "\0", "day-reason": "x"}, "code"),
            ({"verb": "strike", "reason": " "}, "reason"),
        ],
    )  # fmt: skip
    def test_says_what_to_mend(self, office, register, told, box):
        announcement = register.record(BIRTH, COPY)
        register.publish(announcement, COPY)

        body = assert_is_a_page(self.act(office, announcement, **told), status=422)
        assert f'href="#{box}"' in body
        assert PortalPublication.objects.filter(struck_at=None).count() == 1

    def test_is_unknown_where_there_is_none(self, office, register):
        announcement = register.record()
        assert office.get(f"{REGISTER}987654/").status_code == 404
        assert self.act(office, announcement, verb="dance").status_code == 404
