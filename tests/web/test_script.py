"""The small script, on a page made for it: it helps, and it never gets in the way."""

import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)

_FORM = """() => {
  document.querySelector("main").innerHTML = `
    <form method="post" action="/nhan/" data-motcua-autosave="/nhap/" data-motcua-upload>
      <label>Tên <input name="ten"></label> <label>Tệp <input type="file" name="tep"></label>
      <p data-motcua-status data-saving="Đang lưu" data-saved="Đã lưu" data-failed="Chưa lưu"
         data-sending="Đang gửi"></p><button name="nut" value="gui">Gửi</button></form>`;
  begin();
}"""
_REFUSAL = """<!doctype html><title>Lỗi: Tệp quá lớn</title><body><main id="noi-dung" tabindex="-1">
<div data-motcua-focus tabindex="-1">Tệp lớn hơn 10 MB</div></main></body>"""


@pytest.fixture
def page(open_page):
    page = open_page("/dang-nhap/")
    page.evaluate(_FORM)
    return page


class TestAutosave:
    def test_saves_what_was_typed_and_says_so(self, page):
        posted = []

        def keep(route):
            posted.append(route.request.post_data)
            route.fulfill(status=200, body=json.dumps({}))

        page.route("**/nhap/", keep)
        page.get_by_label("Tên").fill("Trần Văn Bình")

        page.get_by_text("Đã lưu").wait_for()
        assert 'name="ten"' in posted[0]
        assert 'name="tep"' not in posted[0]

    def test_says_when_it_could_not(self, page):
        page.route("**/nhap/", lambda route: route.abort())

        page.get_by_label("Tên").fill("Trần Văn Bình")

        page.get_by_text("Chưa lưu").wait_for()


class TestAnUpload:
    def test_shows_the_refusal_of_the_server_where_it_happened(self, page):
        bodies = []

        def refuse(route):
            bodies.append(route.request.post_data_buffer)
            route.fulfill(status=422, content_type="text/html; charset=utf-8", body=_REFUSAL)

        page.route("**/nhan/", refuse)
        file = {"name": "giay.png", "mimeType": "image/png", "buffer": b"\x89PNG"}
        page.get_by_label("Tệp").set_input_files(file)
        page.get_by_role("button", name="Gửi").click()

        page.get_by_text("Tệp lớn hơn 10 MB").wait_for()
        assert page.title() == "Lỗi: Tệp quá lớn"
        expect(page.get_by_text("Tệp lớn hơn 10 MB")).to_be_focused()
        assert b'name="nut"' in bodies[0]

    def test_leaves_the_page_as_it_was_when_the_line_is_cut(self, page):
        page.route("**/nhan/", lambda route: route.abort())
        file = {"name": "giay.png", "mimeType": "image/png", "buffer": b"\x89PNG"}
        page.get_by_label("Tệp").set_input_files(file)

        page.get_by_role("button", name="Gửi").click()

        page.get_by_text("Chưa lưu").wait_for()
        assert page.get_by_label("Tệp").evaluate("box => box.files.length") == 1
        assert page.locator("form").get_attribute("data-motcua-sent") is None


def test_an_impatient_thumb_sends_once(open_page):
    page = open_page("/dang-nhap/")
    sent = []
    page.route("**/dang-nhap/", lambda route: (sent.append(1), route.fulfill(status=204)), times=2)

    page.get_by_role("main").get_by_role("button", name="Đăng nhập", exact=True).dblclick()
    page.wait_for_timeout(300)

    assert len(sent) == 1
