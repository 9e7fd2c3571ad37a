import json

import pytest
from typer.testing import CliRunner

from motcua.config.cli import app, main
from motcua.procedures.models import NationalRecord
from tests import builders
from tests.procedures.national.builders import HOW, a_list, an_original

pytestmark = pytest.mark.django_db


@pytest.fixture
def crawl(tmp_path):
    path = tmp_path / "crawl.jsonl"
    unread = an_original(ma_thu_tuc="9.000002", cach_thuc_thuc_hien=f"{HOW}Trực tiếp120 VNĐ")
    path.write_bytes(a_list(an_original(), b'{"ma_thu', unread).getvalue())
    return path


def run(*arguments):
    return CliRunner().invoke(app, ["catalogue", *map(str, arguments)])


class TestImportingANationalList:
    def test_tells_a_person_what_became_of_it(self, crawl):
        told = run("import", crawl)

        assert told.exit_code == 0
        assert "2 thủ tục mới, 0 thay đổi chờ duyệt, 0 không đổi, 1 dòng hỏng." in told.output
        assert "1 (50,0%)" in told.output
        assert "dòng 2: không phải JSON" in told.output
        assert NationalRecord.objects.count() == 2

    def test_tells_machines_the_same_and_more(self, crawl):
        told = json.loads(run("import", crawl, "--json", "--records").stdout)

        assert (told["new"], told["changed"], told["unchanged"]) == (2, 0, 0)
        assert told["broken"][0]["line"] == 2
        assert told["fields"]["time"] == {"read": 1, "partly": 0, "unread": 1, "absent": 0}
        assert [each["code"] for each in told["records"]] == ["9.000001", "9.000002"]
        assert told["records"][0]["reading"]["time"]["value"][0] == {
            "channel": "online",
            "amount": "3",
            "unit": "working_day",
        }

    def test_repeated_changes_nothing(self, crawl):
        run("import", crawl)
        told = json.loads(run("import", crawl, "--json").stdout)

        assert (told["new"], told["changed"], told["unchanged"]) == (0, 0, 2)
        assert "records" not in told

    def test_fails_if_no_line_can_be_read(self, tmp_path, capsys, monkeypatch):
        path = tmp_path / "nothing.jsonl"
        path.write_bytes(b"\xff\xfe\n[]\n")
        monkeypatch.setattr("sys.argv", ["motcua", "catalogue", "import", str(path)])

        with pytest.raises(SystemExit) as stopped:
            main()
        assert stopped.value.code == 1
        assert "Không có dòng nào đọc được" in capsys.readouterr().err

    @pytest.mark.parametrize("name", ["khong-co.jsonl", "1.001193.yaml"])
    def test_says_what_it_cannot_take(self, tmp_path, name):
        assert run("import", tmp_path / name).exit_code == 1


class TestImportingAFolder:
    def test_is_told_to_machines_too(self):
        builders.the_city()
        told = json.loads(run("import", "--json").stdout)

        assert {"file": "1.001193.yaml", "outcome": "published"} in told["files"]


class TestShow:
    def test_gives_the_reading_field_by_field(self, crawl):
        run("import", crawl)
        told = json.loads(run("show", "9.000002", "--json").stdout)

        assert told["national"]["reading"]["time"]["mark"] == "unread"
        assert "here" not in told
        assert "Thời hạn (Chưa đọc được)" in run("show", "9.000002").output

    def test_sets_ours_beside_the_national_one(self, tmp_path):
        builders.the_catalogue()
        path = tmp_path / "crawl.jsonl"
        path.write_bytes(a_list(an_original(ma_thu_tuc="1.001193")).getvalue())
        run("import", path)

        told = json.loads(run("show", "1.001193", "--json").stdout)

        assert told["here"]["number"] == 1
        assert {"field", "about", "here", "there"} == set(told["differences"][0])

    def test_stops_at_an_unknown_code(self):
        assert run("show", "9.999999").exit_code == 1
