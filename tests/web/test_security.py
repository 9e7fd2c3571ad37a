import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class TestEveryAnswer:
    @pytest.mark.parametrize("path", ["/", "/design/", "/dang-nhap/", "/khong-co/", "/api/nope"])
    def test_allows_only_what_is_ours(self, client, path):
        policy = client.get(path).headers["Content-Security-Policy"]

        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy

    def test_is_kept_by_no_cache_once_somebody_is_signed_in(self, client):
        assert "Cache-Control" not in client.get("/").headers

        client.force_login(builders.a_citizen().account)

        assert client.get("/").headers["Cache-Control"] == "no-store"


class TestTheApi:
    def test_knows_no_session(self, client):
        client.force_login(builders.a_citizen().account)

        response = client.get("/api/nope")

        assert not hasattr(response.wsgi_request, "session")
        assert response.headers["Content-Type"] == "application/problem+json"


class TestAForm:
    @pytest.mark.parametrize("name", ["sign-in", "sign-in-demonstration", "sign-out"])
    def test_from_elsewhere_is_refused_with_a_page_that_helps(self, name):
        response = Client(enforce_csrf_checks=True).post(reverse(name), {"username": "x"})

        assert "Trang đã mở quá lâu" in assert_is_a_page(response, status=403)

    def test_gives_the_browser_one_cookie_and_masks_it_anew_on_each_page(self):
        client = Client(enforce_csrf_checks=True)
        pages = [client.get(reverse("sign-in")) for _ in range(2)]

        assert [settings.CSRF_COOKIE_NAME in page.cookies for page in pages] == [True, False]
        assert all("Cookie" in page.headers["Vary"] for page in pages)
        tokens = [TOKEN.findall(page.content.decode())[0] for page in pages]
        assert tokens[0] != tokens[1]
        for token in tokens:
            form = {"csrfmiddlewaretoken": token, "username": "x", "password": "y"}
            assert client.post(reverse("sign-in"), form).status_code == 422

    def test_is_refused_with_a_token_of_another_browser(self):
        page = Client().get(reverse("sign-in")).content.decode()
        other = Client(enforce_csrf_checks=True)
        other.get(reverse("sign-in"))

        form = {"csrfmiddlewaretoken": TOKEN.findall(page)[0], "username": "x"}

        assert other.post(reverse("sign-in"), form).status_code == 403
