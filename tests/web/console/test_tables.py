import base64
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.calendars.definitions import CALENDAR_TABLE
from motcua.calendars.models import CalendarChange, ChangedDay
from motcua.kernel.ledger.models import LedgerEvent
from motcua.kernel.sheets import read_table
from motcua.offices.models import PostRole
from motcua.web.tables import BYTES_MAX
from tests import builders
from tests.kernel.sheets.files import a_table, rewritten
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

TABLE = "/console/bang-tinh/calendar/"
DAY = {"day": "15/10/2024", "kind": "Nghỉ lễ", "name": "Hội", "basis": "QĐ 01"}


@pytest.fixture
def keeper(client):
    client.force_login(builders.an_officer(PostRole.ADMINISTRATOR).account)
    return client


def send(keeper, content, mode="load", **options):
    file = SimpleUploadedFile("lich.xlsx", content)
    return keeper.post(TABLE, {"file": file, "mode": mode}, **options)


def filled(*rows):
    return a_table(CALENDAR_TABLE, *rows).getvalue()


class TestTheTables:
    def test_are_listed(self, keeper):
        page = assert_is_a_page(keeper.get("/console/bang-tinh/"))

        assert "Bộ phận và vị trí" in page
        assert TABLE in page

    @pytest.mark.parametrize("kind", ["offices", "officers", "calendar"])
    def test_say_what_to_fill_in_and_hand_out_a_file(self, keeper, kind):
        page = assert_is_a_page(keeper.get(f"/console/bang-tinh/{kind}/"))

        assert "nhiều nhất 5.000 dòng" in page
        handed = keeper.get(f"/console/bang-tinh/{kind}/mau.xlsx")
        assert handed.content.startswith(b"PK")
        assert f"mau-{kind}.xlsx" in handed.headers["Content-Disposition"]

    @pytest.mark.parametrize("path", ["luong/", "luong/mau.xlsx"])
    def test_are_these_and_no_others(self, keeper, path):
        assert keeper.get(f"/console/bang-tinh/{path}").status_code == 404

    @pytest.mark.parametrize("path", ["", "calendar/", "calendar/mau.xlsx"])
    def test_are_for_administrators(self, client, path):
        client.force_login(builders.an_officer(PostRole.LEADER).account)

        assert client.get(f"/console/bang-tinh/{path}").status_code == 403
        assert client.post(f"/console/bang-tinh/{path}").status_code == 403


class TestSending:
    def test_takes_in_and_says_so(self, keeper):
        page = assert_is_a_page(send(keeper, filled(DAY), follow=True))

        assert "1 dòng mới, 0 dòng thay đổi, 0 dòng không đổi" in page
        assert "chờ người thứ hai duyệt" in page
        assert ChangedDay.objects.count() == 1
        assert CalendarChange.objects.get().is_open
        assert LedgerEvent.objects.get(kind="calendars.change-proposed").actor.startswith(
            "officer:"
        )

    def test_checks_without_writing(self, keeper):
        page = assert_is_a_page(send(keeper, filled(DAY), "check"))

        assert "chưa ghi gì vào hệ thống" in page
        assert "1 dòng mới" in page
        assert not ChangedDay.objects.exists()

    @pytest.mark.parametrize("mode", ["check", "load"])
    def test_shows_what_is_wrong_and_offers_it_as_a_file(self, keeper, mode):
        answer = send(keeper, filled(DAY, {**DAY, "day": "<b>x</b>"}), mode)

        page = assert_is_a_page(answer, status=422)
        assert "A3" in page
        assert "Có 1 chỗ cần sửa" in page
        [data] = re.findall(r'href="data:[^;]*;base64,([^"]*)"', page)
        reading = read_table(CALENDAR_TABLE, io.BytesIO(base64.b64decode(data)))
        assert reading.rows[1].said["day"] == "<b>x</b>"
        assert not ChangedDay.objects.exists()

    def test_refuses_macros(self, keeper):
        parts = {"xl/vbaProject.bin": b"\0"}
        content = rewritten(a_table(CALENDAR_TABLE, DAY), parts=parts).getvalue()

        assert "macro" in assert_is_a_page(send(keeper, content), status=422)

    def test_refuses_what_is_too_large(self, keeper):
        answer = send(keeper, b"PK" + b"\0" * BYTES_MAX)

        assert "Tệp lớn quá 5 MB" in assert_is_a_page(answer, status=422)

    def test_asks_for_a_file_and_for_what_to_do(self, keeper):
        page = assert_is_a_page(keeper.post(TABLE, {"mode": "load"}), status=422)
        assert "Vui lòng chọn tệp bảng tính" in page

        page = assert_is_a_page(send(keeper, filled(DAY), "x"), status=422)
        assert "Vui lòng chọn việc cần làm" in page

    def test_is_guarded_against_forgery(self, keeper):
        keeper.handler.enforce_csrf_checks = True

        assert send(keeper, filled(DAY)).status_code == 403
        assert not ChangedDay.objects.exists()
