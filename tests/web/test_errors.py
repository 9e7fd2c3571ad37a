import pytest
from django.db import OperationalError
from django.test import RequestFactory

from motcua.web import errors
from tests.web.pages import assert_is_a_page


@pytest.fixture
def request_(rf: RequestFactory):
    return rf.get("/thu-tuc/")


class TestAnErrorPage:
    @pytest.mark.parametrize(
        ("view", "status"),
        [
            (errors.bad_request, 400),
            (errors.forbidden, 403),
            (errors.csrf_failure, 403),
            (errors.not_found, 404),
            (errors.server_error, 500),
            (errors.unavailable, 503),
        ],
    )
    def test_stands_without_a_database_and_keeps_the_telephone(self, request_, view, status):
        text = assert_is_a_page(view(request_), status=status)

        assert 'href="tel:1022"' in text

    def test_stands_where_no_page_can_be(self, client):
        assert_is_a_page(client.get("/thu-tuc/%00/"), status=404)

    @pytest.mark.django_db
    def test_is_not_what_a_nul_in_a_question_leads_to(self, client):
        assert_is_a_page(client.get("/thu-tuc/?q=khai%00+sinh"))

    def test_says_that_the_database_rests_when_it_does(self, request_):
        try:
            raise OperationalError("connection refused")
        except OperationalError:
            response = errors.server_error(request_)

        assert response.status_code == 503
        assert response.headers["Retry-After"] == "60"

    def test_has_a_code_to_quote(self, request_, caplog):
        text = assert_is_a_page(errors.server_error(request_), status=500)

        code = caplog.records[-1].getMessage().split()[1]
        assert code in text

    def test_speaks_json_to_programs(self, rf):
        response = errors.server_error(rf.get("/api/v1/dossiers"))

        assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_the_address_of_an_act_gets_one(client):
    answer = client.put("/thu-tuc/")

    assert "không mở trực tiếp được" in assert_is_a_page(answer, status=405)
    assert "GET" in answer.headers["Allow"]


@pytest.mark.django_db
def test_an_unknown_address_gets_one(client):
    assert "Không có trang này" in assert_is_a_page(client.get("/khong-co/"), status=404)
