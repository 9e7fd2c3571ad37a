import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.offices.models import PostRole
from motcua.procedures.models import NationalRecord, NationalState
from motcua.procedures.services import PUBLISHER, import_national
from tests import builders
from tests.procedures.national.builders import HOW, a_list, an_original
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

LIST = "/console/danh-muc/"
RECORD = f"{LIST}9.000001/"


def take(*originals):
    return import_national(file=a_list(*originals), at=builders.NOW, actor=PUBLISHER)


def digest_of(state):
    return NationalRecord.objects.get(code="9.000001", state=state).digest


@pytest.fixture
def keeper(client):
    client.force_login(builders.an_officer(PostRole.ADMINISTRATOR).account)
    return client


def decide(keeper, decision, digest):
    return keeper.post(f"{RECORD}duyet/", {"decision": decision, "digest": digest}, follow=True)


class TestTheList:
    def test_says_how_to_begin(self, keeper):
        assert "motcua catalogue import" in assert_is_a_page(keeper.get(LIST))

    def test_shows_changes_first_if_any_wait(self, keeper):
        take(an_original(), an_original(ma_thu_tuc="9.000002", ten_thu_tuc="Bán mèo"))
        take(an_original(linh_vuc="Thú cưng"))

        page = assert_is_a_page(keeper.get(LIST))

        assert "9.000001" in page
        assert "9.000002" not in page

    def test_shows_what_was_not_wholly_read(self, keeper):
        take(
            an_original(),
            an_original(ma_thu_tuc="9.000002", cach_thuc_thuc_hien=f"{HOW}Trực tiếp120 VNĐ"),
        )

        page = assert_is_a_page(keeper.get(f"{LIST}?nhom=gaps"))

        assert "Thời hạn giải quyết, Phí, lệ phí" in page
        assert "9.000001" not in page

    def test_shows_what_the_city_says_otherwise(self, keeper):
        builders.the_catalogue()
        take(an_original(ma_thu_tuc="1.001193"), an_original())

        page = assert_is_a_page(keeper.get(f"{LIST}?nhom=differs"))

        assert "1.001193" in page
        assert "9.000001" not in page

    def test_finds_by_code_and_name(self, keeper):
        take(an_original(), an_original(ma_thu_tuc="9.000002", ten_thu_tuc="Bán mèo"))

        assert "9.000001" not in assert_is_a_page(keeper.get(f"{LIST}?nhom=all&q=bán"))
        assert "9.000002" not in assert_is_a_page(keeper.get(f"{LIST}?nhom=all&q=9.000001"))
        assert "Không có thủ tục nào" in assert_is_a_page(keeper.get(f"{LIST}?q=zzz"))

    def test_asks_the_database_as_often_for_many_as_for_few(self, keeper):
        take(an_original())
        keeper.get(f"{LIST}?nhom=all")
        with CaptureQueriesContext(connection) as few:
            keeper.get(f"{LIST}?nhom=all")
        take(*(an_original(ma_thu_tuc=f"9.{number:06}") for number in range(2, 60)))
        keeper.get(f"{LIST}?nhom=all")
        with CaptureQueriesContext(connection) as many:
            keeper.get(f"{LIST}?nhom=all")

        assert len(many) == len(few)

    def test_is_for_administrators(self, client):
        client.force_login(builders.an_officer(PostRole.RECEIVER).account)

        assert_is_a_page(client.get(LIST), status=403)


class TestARecord:
    def test_shows_each_field_beside_its_text(self, keeper):
        take(an_original())

        page = assert_is_a_page(keeper.get(RECORD))

        assert "Trực tuyến: 3 ngày làm việc" in page
        assert "20.000" in page
        assert "Nguyên văn: Thành phần hồ sơ" in page
        assert "Tờ khai nuôi mèo theo mẫu;Mau 01.docx1 bản chính" in page
        assert "0 ₫" not in page.replace("20.000 ₫", "")

    def test_shows_scripts_as_text(self, keeper):
        take(an_original(ten_thu_tuc="Mèo <script>alert(1)</script>con"))

        page = assert_is_a_page(keeper.get(RECORD))

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page

    def test_shows_where_the_city_says_otherwise(self, keeper):
        builders.the_catalogue()
        take(an_original(ma_thu_tuc="1.001193"))

        page = assert_is_a_page(keeper.get(f"{LIST}1.001193/"))

        assert "So với bản của thành phố" in page
        assert "Thủ tục đăng ký nuôi mèo" in page
        assert "KQ.G99.000001" in page

    def test_of_an_unknown_code_is_not_there(self, keeper):
        assert keeper.get(f"{LIST}9.999999/").status_code == 404


class TestReviewing:
    def test_shows_both_sides_and_publishes(self, keeper):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))
        page = assert_is_a_page(keeper.get(RECORD))
        assert "Vật nuôi" in page
        assert "Thú cưng" in page

        told = decide(keeper, "publish", digest_of(NationalState.PENDING))

        assert "Đã công bố nội dung mới." in assert_is_a_page(told)
        assert "Thú cưng" in told.content.decode()

    def test_pressed_twice_says_the_same(self, keeper):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))
        digest = digest_of(NationalState.PENDING)

        for _ in range(2):
            told = decide(keeper, "publish", digest)
            assert "Đã công bố nội dung mới." in assert_is_a_page(told)

    def test_keeps_what_is_shown(self, keeper):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))

        told = assert_is_a_page(decide(keeper, "dismiss", digest_of(NationalState.PENDING)))

        assert "Đã giữ nội dung đang công bố." in told
        assert "Thú cưng" not in told

    def test_says_that_a_newer_change_has_come(self, keeper):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))
        digest = digest_of(NationalState.PENDING)
        take(an_original(linh_vuc="Mèo"))

        told = decide(keeper, "publish", digest)
        assert "không còn chờ duyệt" in assert_is_a_page(told, status=409)

    @pytest.mark.parametrize("decision", ["publish", "dismiss"])
    def test_finds_no_change_under_rubbish(self, keeper, decision):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))

        assert_is_a_page(decide(keeper, decision, "\x00"), status=409)

    def test_needs_a_decision(self, keeper):
        take(an_original())

        assert keeper.post(f"{RECORD}duyet/", {}).status_code == 404

    def test_is_for_administrators(self, client):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))
        client.force_login(builders.an_officer(PostRole.LEADER).account)
        told = decide(client, "publish", digest_of(NationalState.PENDING))

        assert told.status_code == 403
        assert NationalRecord.objects.filter(state=NationalState.PENDING).exists()
