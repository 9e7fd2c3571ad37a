"""`motcua plan`, as typed."""

import json
from contextlib import nullcontext

import pytest
from typer.testing import CliRunner

from motcua.config.cli import app, surroundings
from motcua.config.cli.terminal import Stopped
from motcua.kernel import clock
from motcua.plans.models import Plan
from tests.builders import NOW, the_city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    monkeypatch.setattr(surroundings, "database_at_hand", nullcontext)  # the tests' own
    monkeypatch.setattr(clock, "now", lambda: NOW)
    the_city()


def typed(*words):
    return CliRunner().invoke(app, ["plan", *words])


def test_load_says_what_is_new_and_status_how_far_it_is():
    assert "30 nhiệm vụ mới" in typed("load").output
    assert "0 nhiệm vụ mới" in typed("load").output

    told = json.loads(typed("status", "--json").output)

    assert len(told) == 30
    [monthly] = [task for task in told if task["clause"] == "II.3.c"]
    assert monthly == {
        "clause": "II.3.c",
        "rhythm": "monthly",
        "duties": 7,
        "done": 0,
        "waiting": 0,
        "overdue": 6,
    }
    assert "II.1.đ" in typed("status").output


def test_what_is_no_plan_is_refused_with_its_reason(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("number: 67/KH-UBND")

    for words in (("load", str(path)), ("load", str(tmp_path / "none.yaml")), ("status",)):
        assert isinstance(typed(*words).exception, Stopped), words
    assert not Plan.objects.exists()
