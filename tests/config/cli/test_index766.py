"""`motcua index766`, as typed."""

import json
from contextlib import nullcontext
from datetime import timedelta
from fractions import Fraction

import pytest
from typer.testing import CliRunner

from motcua.config.cli import app, surroundings
from motcua.dossiers import events
from motcua.steering.models import YearCount
from tests.builders import NOW, ADesk
from tests.clocks import the_clock_at
from tests.steering.test_recount import follow, learned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    monkeypatch.setattr(surroundings, "database_at_hand", nullcontext)  # the tests' own
    with the_clock_at(NOW + timedelta(minutes=1)):
        yield


@pytest.fixture
def dossier():
    desk = ADesk()
    dossier = desk.decided()
    desk.accepted()
    learned(dossier, events.DossierSynchronised(national_status=9))
    follow()
    return dossier


def typed(*words):
    return CliRunner().invoke(app, ["index766", *words])


def told(*words, code=0):
    result = typed(*words, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


class TestTheAnswer:
    def test_has_the_keys_of_the_contract(self, dossier):
        answer = told("--month", "2024-10")

        assert answer.keys() >= {
            "period", "as_of", "profile", "agency", "groups", "total", "max", "band", "estimate",
        }  # fmt: skip
        assert answer["profile"].keys() == {"id", "valid_from", "source"}
        assert answer["agency"]["level"] == "city"
        assert answer["estimate"] is True
        assert [group["max"] for group in answer["groups"]] == [18, 20, 12, 10, 22, 18]
        for group in answer["groups"]:
            assert group.keys() >= {"code", "name", "max", "points", "criteria"}
            for criterion in group["criteria"]:
                assert criterion.keys() >= {
                    "code", "name", "max", "numerator", "denominator", "ratio_percent", "points",
                    "state",
                }  # fmt: skip

    def test_adds_up_exactly(self, dossier):
        answer = told("--month", "2024-10")

        def exact(of):
            return Fraction(of["numerator"], of["denominator"])

        groups = answer["groups"]
        assert exact(answer["total_exact"]) == sum(exact(g["points_exact"]) for g in groups)
        for group in groups:
            points = [exact(c["points_exact"]) for c in group["criteria"]]
            assert exact(group["points_exact"]) == sum(points)

    def test_says_what_it_counted(self, dossier):
        codes = {
            criterion["code"]: criterion
            for group in told("--month", "2024-10")["groups"]
            for criterion in group["criteria"]
        }

        synced = codes["DOSSIER_SYNC"]
        assert (synced["numerator"], synced["denominator"]) == (1, 2)
        assert (synced["ratio_percent"], synced["points"]) == ("50.00", "3.00")
        assert codes["PUBLISH_ON_TIME"]["state"] == "no_data"
        assert codes["PUBLISH_ON_TIME"]["numerator"] is None
        assert codes["ONLINE_DOSSIER"]["factor"] == {"numerator": 1, "denominator": 2}

    def test_is_of_an_agency(self, dossier):
        code = dossier.settling_agency.code

        agency = told("--month", "2024-10", "--agency", code)["agency"]
        assert agency == {"code": code, "name": dossier.settling_agency.name, "level": "commune"}

    @pytest.mark.parametrize(
        "words", [("--quarter", "2024-Q4"), ("--year", "2024"), ("--month", "2024-09")]
    )
    def test_is_of_any_period(self, dossier, words):
        assert told(*words)["period"] == words[1]

    def test_is_the_same_as_of_a_past_day(self, dossier):
        words = ("--month", "2024-10", "--as-of", "2024-10-15")

        assert told(*words) == told(*words)
        assert told(*words)["as_of"] == "2024-10-15"

    def test_is_read_by_people_too(self, dossier):
        result = typed("--month", "2024-10")

        assert result.exit_code == 0
        assert "Hồ sơ đồng bộ lên Cổng Dịch vụ công quốc gia" in result.stdout
        assert "Điểm ước tính của thành phố" in result.stdout
        assert "chưa có dữ liệu" in result.stdout


class TestVerify:
    def test_says_that_everything_agrees(self, dossier):
        result = typed("--month", "2024-10", "--verify")

        assert result.exit_code == 0, result.output
        assert "Khớp:" in result.stdout
        verification = told("--month", "2024-10", "--verify")["verification"]
        assert verification["dossiers"] == 2
        assert verification["differences"] == []
        assert verification["from_catalogue"] == ["1.3", "3.1", "3.2", "3.5a", "3.5b", "4.5a"]

    def test_prints_what_differs_and_fails(self, dossier):
        YearCount.objects.update(signed=3)
        follow_up = typed("--year", "2024", "--verify")
        answer = told("--year", "2024", "--verify", code=1)

        assert follow_up.exit_code == 1
        assert "signed: số liệu 3, sổ sự kiện 0" in follow_up.stdout
        [difference] = answer["verification"]["differences"]
        assert (difference["measure"], difference["figures"], difference["ledger"]) == (
            "signed", 3, 0,
        )  # fmt: skip


class TestRefusals:
    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            ((), "Hãy nêu đúng một kỳ"),
            (("--month", "2024-09", "--year", "2024"), "Hãy nêu đúng một kỳ"),
            (("--month", "2024-13"), "không phải là kỳ"),
            (("--month", "2024"), "không hợp với --month"),
            (("--month", "2024-11"), "chưa bắt đầu"),
            (("--month", "2024-10", "--as-of", "2024-10-16"), "chưa đến"),
            (("--month", "2024-10", "--as-of", "mai"), "không phải là ngày"),
            (("--month", "2024-10", "--as-of", "2024-09-30"), "chưa bắt đầu"),
            (("--month", "2024-10", "--agency", "không"), "Không có cơ quan mã “không”"),
            (("--month", "2020-01"), "chưa có Bộ chỉ số 766"),
        ],
    )
    def test_are_sentences(self, dossier, words, sentence):
        assert sentence in told(*words, code=2)["error"]
        result = typed(*words)
        assert result.exit_code == 2
        assert sentence in result.output
