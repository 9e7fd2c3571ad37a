"""`motcua catalogue search`, as typed."""

import json
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from motcua.config.cli import app, surroundings
from motcua.procedures.services import import_catalogue
from tests import snapshots

pytestmark = pytest.mark.django_db

CATALOGUE = Path(__file__).parents[3] / "catalogue"


@pytest.fixture(autouse=True)
def _catalogue(monkeypatch):
    monkeypatch.setattr(surroundings, "database_at_hand", nullcontext)  # the tests' own
    snapshots.loaded_once(
        "imported catalogue",
        lambda: import_catalogue(folder=CATALOGUE, at=datetime(2024, 10, 15, tzinfo=UTC)),
    )


def search(*words: str, typed: str = "") -> str:
    done = CliRunner().invoke(app, ["catalogue", "search", *words], input=typed)
    assert done.exit_code == 0, done.output
    return done.output


class TestSearch:
    def test_prints_code_and_name(self):
        assert "1.001193  Đăng ký khai sinh [Hộ tịch; nộp trực tuyến tại đây]" in search("gks")

    def test_says_where_else_it_is_filed(self):
        assert "nộp ở https://dichvucong.bocongan.gov.vn/]" in search("1.004222")

    def test_says_how_it_understood(self):
        assert "“sih” → “sinh”" in search("khai sih")

    def test_says_when_there_is_nothing(self):
        assert "Không tìm thấy thủ tục nào." in search("xyzzy")

    def test_prints_json(self):
        told = json.loads(search("khai sinh", "--json", "--limit", "1"))

        assert told["query"] == "khai sinh"
        assert told["total"] >= 1
        assert [hit["code"] for hit in told["hits"]] == ["1.001193"]
        assert told["hits"][0]["online"] == "here"

    def test_answers_many_lines_at_once(self):
        lines = search("-", "--json", typed="gks\n\nsao y\n").splitlines()

        assert [json.loads(line)["hits"][0]["code"] for line in lines] == ["1.001193", "2.000815"]

    def test_says_how_many_more_there_are(self):
        assert "thủ tục khác" in search("dang ky", "--limit", "1")
