"""Parts of a page that stay fresh, on a page made for it."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)

_PART = """() => {
  document.querySelector("main").innerHTML = `<input id="ngoai"><div id="so-lieu"
    data-motcua-live="0.1" data-motcua-from="/tuoi/"><p>cũ <input id="trong"></p></div>`;
}"""
_TOLD = "(told) => document.getElementById('so-lieu').textContent.includes(told)"


@pytest.fixture
def asked(open_page):
    """Give a page with a part that asks for more, what it is answered, and what it asked with."""

    class Asked:
        answer = "<p>mới <input id='trong'></p>"
        etags: list[str | None]

    asked = Asked()
    asked.etags = []
    asked.page = page = open_page("/dang-nhap/")

    def answer(route):
        etag = route.request.headers.get("if-none-match")
        asked.etags.append(etag)
        if etag == '"1"':
            route.fulfill(status=304)
        else:
            route.fulfill(
                headers={"ETag": '"1"', "Content-Type": "text/html; charset=utf-8"},
                body=asked.answer,
            )

    page.route("**/tuoi/", answer)
    page.evaluate(_PART)
    page.add_script_tag(url="/static/live.js")
    return asked


class TestAPartThatLives:
    def test_is_drawn_anew_without_the_page_loading(self, asked):
        asked.page.evaluate("() => { window.stays = true; }")

        asked.page.wait_for_function(_TOLD, arg="mới")
        assert asked.page.evaluate("() => window.stays")

    def test_is_taken_out_of_a_whole_page(self, asked):
        asked.answer = "<main><h1>Trang</h1><div id='so-lieu'><p>của trang</p></div></main>"

        asked.page.wait_for_function(_TOLD, arg="của trang")
        assert "Trang" not in asked.page.inner_text("#so-lieu")

    def test_is_left_as_it_is_by_a_page_that_has_it_not(self, asked):
        asked.answer = "<main><h1>Đăng nhập</h1></main>"

        asked.page.wait_for_timeout(1_500)
        assert asked.etags
        assert "cũ" in asked.page.inner_text("#so-lieu")

    def test_asks_only_for_what_it_has_not(self, asked):
        asked.page.wait_for_function(_TOLD, arg="mới")
        asked.page.wait_for_timeout(1_500)

        assert asked.etags[0] is None
        assert asked.etags[1:].count('"1"') == len(asked.etags) - 1 >= 1

    def test_leaves_alone_who_is_about_in_it(self, asked):
        asked.page.wait_for_function(_TOLD, arg="mới")
        asked.page.focus("#trong")
        asked.page.wait_for_timeout(300)
        before = len(asked.etags)
        asked.page.wait_for_timeout(1_500)
        assert len(asked.etags) == before

        asked.page.focus("#ngoai")
        asked.page.wait_for_timeout(1_500)
        assert len(asked.etags) > before
