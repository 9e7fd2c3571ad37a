import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from motcua.accounts.models import Account
from motcua.offices.models import PostRole
from motcua.web import access
from tests import builders
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db


class Nobody:
    is_authenticated = False


def ask(view, account: Account | Nobody):
    request = RequestFactory().get("/ho-so/?page=2")
    request.user = account
    return request, view(request)


def the_page(request) -> HttpResponse:
    return HttpResponse("vào")


class TestACitizensPage:
    page = staticmethod(access.citizen_required(the_page))

    def test_opens_to_a_citizen(self):
        person = builders.a_citizen()

        request, response = ask(self.page, person.account)

        assert response.content.decode() == "vào"
        assert request.person == person

    def test_asks_a_stranger_who_is_there(self):
        _, response = ask(self.page, Nobody())

        assert response.headers["Location"] == "/dang-nhap/?next=/ho-so/%3Fpage%3D2"

    def test_tells_an_officer_what_to_do(self):
        officer = builders.an_officer(PostRole.RECEIVER)

        _, response = ask(self.page, officer.account)

        assert "Trang này dành cho người dân" in assert_is_a_page(response, status=403)


class TestAnOfficersPage:
    page = staticmethod(access.officer_required(the_page))

    def test_opens_to_an_officer_with_what_they_hold_today(self):
        officer = builders.an_officer(PostRole.RECEIVER)

        request, response = ask(self.page, officer.account)

        assert response.content.decode() == "vào"
        assert request.mandate.roles == {PostRole.RECEIVER}

    def test_tells_a_citizen_whom_it_is_for(self):
        _, response = ask(self.page, builders.a_citizen().account)

        assert "Trang này dành cho cán bộ" in assert_is_a_page(response, status=403)

    def test_asks_a_stranger_who_is_there(self):
        _, response = ask(self.page, Nobody())

        assert response.status_code == 302
