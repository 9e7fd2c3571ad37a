import pytest

from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db


def test_speaks_vietnamese_whatever_the_browser_says(client):
    page = client.get("/dang-nhap/", headers={"accept-language": "en-US,en"})

    assert '<html lang="vi"' in assert_is_a_page(page)


def test_speaks_what_was_chosen_until_another_is_chosen(client):
    chosen = client.get("/ngon-ngu/en/?next=/dang-nhap/")

    assert chosen.headers["Location"] == "/dang-nhap/"
    assert '<html lang="en"' in client.get("/dang-nhap/").content.decode()

    client.get("/ngon-ngu/vi/?next=/")

    assert '<html lang="vi"' in client.get("/dang-nhap/").content.decode()


def test_leads_nowhere_else(client):
    assert client.get("/ngon-ngu/en/?next=https://evil.example/").headers["Location"] == "/"
    assert client.get("/ngon-ngu/en/?next=//evil.example/").headers["Location"] == "/"


def test_knows_no_language_without_a_translation(client):
    assert client.get("/ngon-ngu/km/").status_code == 404
    assert 'lang="km"' not in client.get("/dang-nhap/").content.decode()


def test_forgets_a_cookie_that_makes_no_sense(client):
    client.cookies["django_language"] = "../../etc"

    assert '<html lang="vi"' in client.get("/dang-nhap/").content.decode()
