"""Reading the catalogue over the API: what is settled here and what the nation publishes."""

import json
from io import BytesIO

import jsonschema_rs
import pytest

from motcua.kernel import clock
from motcua.procedures import queries
from motcua.procedures.services import PUBLISHER, import_national
from motcua.web.api.urls import api
from tests.builders import a_small_catalogue

from .client import ApiClient, assert_problem

pytestmark = pytest.mark.django_db

RECORD = {
    "ma_thu_tuc": "1.000894",
    "ten_thu_tuc": "Thủ tục đăng ký kết hôn",
    "cap_thuc_hien": "Cấp xã",
    "linh_vuc": "Hộ tịch",
    "doi_tuong_thuc_hien": "Công dân Việt Nam",
    "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến1 NgàyMiễn phí",
}


@pytest.fixture(autouse=True)
def _catalogue():
    a_small_catalogue()
    lines = json.dumps(RECORD, ensure_ascii=False).encode() + b"\n"
    import_national(file=BytesIO(lines), at=clock.now(), actor=PUBLISHER)
    yield
    queries.forget()


def read(path: str):
    response = ApiClient().read(path)
    assert response.status_code == 200, response.content
    return response.json()


class TestList:
    def test_finds_both_kinds(self):
        birth = read("/procedures?q=gks")["items"][0]
        marriage = read("/procedures?q=cuoi vo")["items"][0]

        assert (birth["code"], birth["online"], birth["elsewhere"]) == ("1.001193", "here", None)
        assert (marriage["code"], marriage["online"]) == ("1.000894", "elsewhere")
        assert marriage["elsewhere"].endswith("1.000894")

    def test_comes_a_page_at_a_time(self):
        first = read("/procedures?limit=3")
        rest = read(f"/procedures?limit=3&start={first['next_start']}")

        assert first["total"] == 4
        assert [len(page["items"]) for page in (first, rest)] == [3, 1]
        assert rest["next_start"] is None

    def test_says_why_nothing_was_found(self):
        found = read("/procedures?q=xyzzy")

        assert found["items"] == []
        assert "xyzzy" in found["explanation"]

    def test_can_be_narrowed(self):
        by_field = read("/procedures?field=ho-tich")
        by_authority = read("/procedures?authority=ministry")

        assert {item["code"] for item in by_field["items"]} == {"1.001193", "1.000894"}
        assert by_authority["total"] == 0

    @pytest.mark.parametrize(
        "query", ["start=-1", "limit=0", "limit=1000", "audience=cats", "authority=moon"]
    )
    def test_refuses_what_cannot_be_meant(self, query):
        assert_problem(ApiClient().read(f"/procedures?{query}"), 422, "invalid-request")


class TestShow:
    def test_a_national_procedure_is_information(self):
        shown = read("/procedures/1.000894")

        assert shown["kind"] == "national"
        assert shown["name"] == "Thủ tục đăng ký kết hôn"
        assert shown["marks"]["conditions"] == "absent"

    def test_what_is_settled_here_wins(self):
        record = {**RECORD, "ma_thu_tuc": "1.001193", "ten_thu_tuc": "Bản quốc gia"}
        lines = json.dumps(record, ensure_ascii=False).encode() + b"\n"
        import_national(file=BytesIO(lines), at=clock.now(), actor=PUBLISHER)

        assert read("/procedures/1.001193")["kind"] == "authored"
        assert [item["name"] for item in read("/procedures?q=1.001193")["items"]] == [
            "Đăng ký khai sinh"
        ]

    def test_is_what_is_described(self):
        document = json.loads(json.dumps(api.description_of_all()))
        operation = document["paths"]["/api/v1/procedures/{code}"]["get"]
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        validator = jsonschema_rs.validator_for({**schema, "components": document["components"]})

        for code in ("1.000894", "1.001193"):
            validator.validate(read(f"/procedures/{code}"))

    def test_of_an_unknown_code_is_not_found(self):
        assert_problem(ApiClient().read("/procedures/9.999999"), 404, "not-found")
