"""`motcua ledger`, as typed."""

from contextlib import nullcontext

import pytest
from django.db import connection
from typer.testing import CliRunner

from motcua.accounts.services import issue_token
from motcua.config.cli import app, surroundings
from motcua.config.cli.terminal import Stopped
from motcua.kernel.ledger import seals
from tests.builders import NOW, an_account

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    monkeypatch.setattr(surroundings, "database_at_hand", nullcontext)  # the tests' own


@pytest.fixture
def sealed(tmp_path):
    issue_token(account=an_account(), name="demo", at=NOW)
    file = tmp_path / "ledger.seals"
    seals.seal(file, at=NOW)
    return file


def verify(*words):
    return CliRunner().invoke(app, ["ledger", "verify", *map(str, words)])


def unseen(statement):
    """Change the ledger as somebody would who may do everything in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("RESET session_replication_role")


def test_says_that_all_holds(sealed):
    done = verify("--seals", sealed)

    assert done.exit_code == 0
    assert "Không chuỗi nào bị sửa" in done.output
    assert "Sổ còn như khi niêm phong" in done.output


def test_warns_when_no_seal_is_looked_at(sealed):
    assert "Chưa so với dấu niêm phong" in verify().output


def test_finds_what_was_edited(sealed):
    unseen("UPDATE ledger_event SET actor = 'nobody'")

    assert isinstance(stopped := verify().exception, Stopped)
    assert "không còn đúng ở sự kiện số 1" in str(stopped)


def test_finds_by_the_seal_what_was_cut_off(sealed):
    unseen("DELETE FROM ledger_event")

    assert verify().exit_code == 0
    assert isinstance(stopped := verify("--seals", sealed).exception, Stopped)
    assert "không còn như khi niêm phong" in str(stopped)


def test_needs_the_file_that_it_is_told_of(tmp_path):
    assert verify("--seals", tmp_path / "nowhere").exit_code == 2
