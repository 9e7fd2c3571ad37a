"""`motcua targets`, as typed."""

import json

import pytest
from typer.testing import CliRunner

from motcua.config.cli import app
from motcua.steering.services import load_targets
from tests.builders import NOW, the_city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_register(db):
    the_city()
    load_targets(at=NOW)


def typed(*words):
    return CliRunner().invoke(app, ["targets", *words])


class TestTheAnswer:
    def test_has_a_row_for_each_of_the_26(self):
        answer = typed("--json", "--as-of", "2024-10-15")

        assert answer.exit_code == 0, answer.output
        rows = json.loads(answer.stdout)
        assert len(rows) == 26
        assert rows[17]["agency"] == "000.00.18.H13"
        assert rows[17]["name"] == "Ủy ban nhân dân quận Ninh Kiều"
        assert (rows[17]["baseline_percent"], rows[17]["target_percent"]) == (29.7, 50.0)
        assert {
            "agency", "name", "baseline_percent", "target_percent", "actual_percent", "numerator",
            "denominator", "gap_points", "forecast_percent",
        } <= rows[0].keys()  # fmt: skip

    def test_says_nothing_of_what_nobody_knows(self):
        [row, *_rest] = json.loads(typed("--json", "--as-of", "2024-10-15").stdout)

        assert row["actual_percent"] is row["gap_points"] is row["forecast_percent"] is None
        assert (row["numerator"], row["denominator"]) == (0, 0)

    def test_is_a_table_for_people(self):
        assert "29,7" in typed("--as-of", "2024-10-15").stdout

    def test_is_of_a_moment_too(self):
        assert "Số liệu đến 10:00 ngày 01/10/2024." in typed("--as-of", "2024-10-01T10:00").stdout

    def test_reads_the_new_map(self):
        assert typed("--json", "--map", "new", "--as-of", "2024-11-02").exit_code == 0


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("day", "sentence"),
        [
            ("2999-01-01", "chưa đến"),
            ("2999-01-01T10:00", "chưa đến"),
            ("15/10/2024", "không phải là một ngày"),
            ("2024-10-15T25:00", "không phải là một ngày"),
        ],
    )
    def test_is_said_in_a_sentence(self, day, sentence):
        answer = typed("--json", "--as-of", day)

        assert answer.exit_code == 2
        assert sentence in answer.stderr
        assert answer.stdout == ""
