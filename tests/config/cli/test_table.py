"""`motcua table`, as typed."""

import json
from contextlib import nullcontext

import pytest
from typer.testing import CliRunner

from motcua.calendars.definitions import CALENDAR_TABLE
from motcua.calendars.models import CalendarChange, ChangedDay
from motcua.config.cli import app, surroundings
from motcua.config.cli.terminal import Stopped
from motcua.kernel.sheets import read_table
from motcua.offices.models import PostRole
from tests import builders
from tests.kernel.sheets.files import a_table

pytestmark = pytest.mark.django_db

DAY = {"day": "15/10/2024", "kind": "Nghỉ lễ", "name": "Hội", "basis": "QĐ 01"}


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    monkeypatch.setattr(surroundings, "database_at_hand", nullcontext)  # the tests' own


@pytest.fixture
def write(tmp_path):
    def a_file(*rows):
        path = tmp_path / "lich.xlsx"
        path.write_bytes(a_table(CALENDAR_TABLE, *rows).getvalue())
        return str(path)

    return a_file


def typed(*words):
    return CliRunner().invoke(app, ["table", *words])


class TestTemplate:
    @pytest.mark.parametrize("kind", ["offices", "officers", "calendar"])
    def test_is_written_once(self, kind, tmp_path):
        path = tmp_path / "mau.xlsx"

        assert typed("template", kind, str(path)).exit_code == 0
        assert isinstance(typed("template", kind, str(path)).exception, Stopped)

    def test_can_be_read_back(self, tmp_path):
        path = tmp_path / "mau.xlsx"
        typed("template", "calendar", str(path))

        with path.open("rb") as file:
            assert read_table(CALENDAR_TABLE, file).rows == ()

    def test_is_of_a_known_kind(self, tmp_path):
        refused = typed("template", "luong", str(tmp_path / "mau.xlsx"))

        assert "Các loại: offices, officers, calendar" in str(refused.exception)


class TestImport:
    def test_takes_a_table_in_and_counts(self, write):
        done = typed("import", "calendar", write(DAY))

        assert "Đã nạp: 1 dòng mới, 0 thay đổi, 0 không đổi." in done.output
        assert "Đây mới là đề nghị" in done.output
        assert ChangedDay.objects.count() == 1
        assert CalendarChange.objects.get().is_open

    def test_is_approved_in_the_name_of_an_administrator(self, write):
        officer = builders.an_officer(PostRole.ADMINISTRATOR)

        done = typed("import", "calendar", write(DAY), "--approved-by", officer.account.username)

        assert "Đây mới là đề nghị" not in done.output
        change = CalendarChange.objects.get()
        assert (change.edition, change.proposed_by) == (1, "system")
        assert change.decided_by == f"officer:{officer.pk}"

    @pytest.mark.parametrize("who", ["nobody", "leader"])
    def test_is_approved_by_nobody_else(self, write, who):
        if who == "leader":
            who = builders.an_officer(PostRole.LEADER).account.username

        refused = typed("import", "calendar", write(DAY), "--approved-by", who)

        assert "không phải người quản trị" in str(refused.exception)
        assert not CalendarChange.objects.exists()

    def test_of_another_table_is_approved_by_nobody(self, write):
        refused = typed("import", "offices", write(DAY), "--approved-by", "ai")

        assert isinstance(refused.exception, Stopped)

    def test_rehearses(self, write):
        done = typed("import", "calendar", write(DAY), "--dry-run", "--json")

        told = {"new": 1, "changed": 0, "unchanged": 0, "dry_run": True, "problems": []}
        assert json.loads(done.output) == told
        assert not ChangedDay.objects.exists()

    def test_says_where_it_is_wrong_and_writes_it_into_a_file(self, write, tmp_path):
        errors = tmp_path / "loi.xlsx"

        done = typed("import", "calendar", write(DAY, {**DAY, "day": "x"}), "--errors", str(errors))

        assert "Ô A3:" in done.output
        assert "có 1 chỗ cần sửa" in str(done.exception)
        assert not ChangedDay.objects.exists()
        with errors.open("rb") as file:
            assert len(read_table(CALENDAR_TABLE, file).rows) == 2

    def test_refuses_what_is_no_spreadsheet(self, tmp_path):
        path = tmp_path / "lich.xlsx"
        path.write_text("ngày;loại")

        assert "không phải tệp bảng tính" in str(typed("import", "calendar", str(path)).exception)
