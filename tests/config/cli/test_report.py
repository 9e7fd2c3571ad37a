"""`motcua report`, as typed."""

import json

import pytest
from typer.testing import CliRunner

from motcua.config.cli import app
from motcua.steering.followers import follow_dossiers
from tests.builders import ADesk, the_city
from tests.kernel.ledger.rooms import catch_up

pytestmark = pytest.mark.django_db(transaction=True)

OCTOBER = ("--from", "2024-10-01", "--to", "2024-10-31")


@pytest.fixture(autouse=True)
def _the_city(db):
    the_city()


def typed(*words):
    return CliRunner().invoke(app, ["report", *words])


class TestTheSettlement:
    def test_adds_up_for_programs(self):
        ADesk().decided()
        catch_up(follow_dossiers)

        answer = typed("ii06a", *OCTOBER, "--json")

        assert answer.exit_code == 0, answer.output
        told = json.loads(answer.stdout)
        assert told["holds"]
        assert len(told["rows"]) == 26
        assert (told["total"]["to_settle"], told["total"]["settled"], told["total"]["left"]) == (
            1,
            1,
            0,
        )

    def test_is_a_table_for_people(self):
        assert "Ngoại" in typed("ii06a", *OCTOBER).stdout

    def test_is_told_by_procedure(self):
        ADesk().accepted()
        catch_up(follow_dossiers)
        answer = typed("ii06a", *OCTOBER, "--by", "procedure", "--json")
        assert [row["code"] for row in json.loads(answer.stdout)["rows"]] == ["1.001193"]


class TestTheCauses:
    def test_are_told_though_nothing_was_late(self):
        told = json.loads(typed("ii07", *OCTOBER, "--json").stdout)
        assert {row["cause"] for row in told["rows"]} >= {"", "own_unit", "other_agency"}
        assert not any(row["ended"] or row["open"] for row in told["rows"])

    def test_are_a_table_for_people(self):
        table = typed("ii07", *OCTOBER).stdout

        assert "Do đơn vị đang giải quyết" in table
        assert "Chưa ghi nguyên nhân" in table
        assert "own_unit" not in table


class TestWhatIsRefused:
    @pytest.mark.parametrize("report", ["ii06a", "ii07"])
    @pytest.mark.parametrize(
        ("days", "sentence"),
        [
            (("2024-10-31", "2024-10-01"), "trước khi bắt đầu"),
            (("2999-01-01", "2999-01-31"), "sau ngày hôm nay"),
            (("2024-10-01", "2999-01-31"), "sau ngày hôm nay"),
            (("01/10/2024", "2024-10-31"), "không phải là một ngày"),
        ],
    )
    def test_is_said_in_a_sentence(self, report, days, sentence):
        answer = typed(report, "--from", days[0], "--to", days[1], "--json")

        assert answer.exit_code == 2
        assert sentence in answer.stderr
        assert answer.stdout == ""
