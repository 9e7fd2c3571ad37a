import pytest
from django.test import override_settings
from playwright.sync_api import expect

from tests import builders
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

PASSWORD = "hoa-sen-ben-song"


def demonstration(account):
    listed = {"username": account.username, "role": "Người dân", "label": "Trần Văn Bình"}
    return override_settings(DEMONSTRATION=True, DEMO_ACCOUNTS=[listed])


class TestSigningIn:
    def test_leads_to_the_page_that_asked(self, client):
        account = builders.an_account(password=PASSWORD)

        response = client.post(
            "/dang-nhap/",
            {"username": account.username, "password": PASSWORD, "next": "/thu-tuc/?q=sao"},
        )

        assert response.headers["Location"] == "/thu-tuc/?q=sao"
        assert client.session["_auth_user_id"] == str(account.pk)

    def test_leads_nowhere_outside(self, client):
        account = builders.an_account(password=PASSWORD)

        response = client.post(
            "/dang-nhap/",
            {"username": account.username, "password": PASSWORD, "next": "https://evil.example/"},
        )

        assert response.headers["Location"].startswith("/")
        assert not response.headers["Location"].startswith("//")

    def test_is_refused_without_saying_which_half_was_wrong(self, client):
        account = builders.an_account(password=PASSWORD)

        wrong = client.post("/dang-nhap/", {"username": account.username, "password": "khác"})
        unknown = client.post("/dang-nhap/", {"username": "khong-ai", "password": "khác"})

        for response in (wrong, unknown):
            text = assert_is_a_page(response, status=422)
            assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in text
            assert "<title>Lỗi:" in text
        assert "_auth_user_id" not in client.session

    def test_says_what_is_missing_and_keeps_what_was_typed(self, client):
        text = assert_is_a_page(client.post("/dang-nhap/", {"username": "binh"}), status=422)

        assert 'value="binh"' in text
        assert 'href="#password"' in text

    def test_is_refused_to_a_closed_account(self, client):
        account = builders.an_account(password=PASSWORD)
        account.is_active = False
        account.save()

        response = client.post("/dang-nhap/", {"username": account.username, "password": PASSWORD})

        assert response.status_code == 422


class TestADemonstration:
    def test_offers_its_accounts_at_one_press(self, client):
        person = builders.a_citizen()

        with demonstration(person.account):
            assert "Trần Văn Bình" in assert_is_a_page(client.get("/dang-nhap/"))
            client.post("/dang-nhap/trinh-dien/", {"username": person.account.username})

        assert client.session["_auth_user_id"] == str(person.account.pk)

    def test_opens_no_account_it_does_not_list(self, client):
        listed, other = builders.a_citizen(), builders.a_citizen()

        with demonstration(listed.account):
            response = client.post("/dang-nhap/trinh-dien/", {"username": other.account.username})

        assert response.status_code == 404

    def test_does_not_exist_elsewhere(self, client):
        person = builders.a_citizen()

        with demonstration(person.account), override_settings(DEMONSTRATION=False):
            page = assert_is_a_page(client.get("/dang-nhap/"))
            response = client.post("/dang-nhap/trinh-dien/", {"username": person.account.username})

        assert "Tài khoản trình diễn" not in page
        assert "Bản trình diễn" not in page
        assert response.status_code == 404


class TestSigningOut:
    def test_ends_the_session(self, client):
        client.force_login(builders.a_citizen().account)

        client.post("/dang-xuat/")

        assert "_auth_user_id" not in client.session

    def test_is_never_a_mere_link(self, client):
        client.force_login(builders.a_citizen().account)

        assert client.get("/dang-xuat/").status_code == 405
        assert "_auth_user_id" in client.session


class TestInABrowser:
    @pytest.fixture(autouse=True)
    def _committed(self, transactional_db):
        pass

    def test_a_mistake_is_shown_and_leads_to_its_box(self, open_page):
        with demonstration(builders.a_citizen().account):
            page = open_page("/dang-nhap/")
            page.get_by_role("main").get_by_role("button", name="Đăng nhập", exact=True).click()
            expect(page.locator(".govuk-error-summary")).to_be_focused()
            page.get_by_role("link", name="Nhập tên đăng nhập").click()
            expect(page.locator("#username")).to_be_focused()

    def test_it_works_without_javascript(self, open_page):
        account = builders.a_citizen().account

        with demonstration(account):
            page = open_page("/dang-nhap/", javascript=False)
            page.get_by_role("button", name="Trần Văn Bình").click()

        assert page.get_by_role("button", name="Đăng xuất").count() > 0
