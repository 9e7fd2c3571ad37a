"""`motcua token`, as typed."""

from contextlib import nullcontext

import pytest
from typer.testing import CliRunner

from motcua.accounts.models import AccessToken
from motcua.accounts.services import create_account
from motcua.config.cli import app, surroundings
from motcua.config.cli.terminal import Stopped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    monkeypatch.setattr(surroundings, "database_at_hand", nullcontext)  # the tests' own
    create_account(username="an")


def token(*words):
    return CliRunner().invoke(app, ["token", *words])


def live():
    return set(AccessToken.objects.filter(revoked_at=None).values_list("name", flat=True))


def test_is_made_and_told_once():
    made = token("create", "an", "--name", "demo")

    assert made.exit_code == 0
    assert made.stdout.strip() not in token("create", "an", "--name", "other").stdout
    assert live() == {"demo", "other"}


def test_is_not_made_for_nobody():
    assert isinstance(token("create", "nobody").exception, Stopped)


def test_is_revoked_alone_or_with_all_others():
    for name in ("demo", "other", "third"):
        token("create", "an", "--name", name)

    assert "Đã thu hồi 1 khóa" in token("revoke", "an", "--name", "demo").output
    assert live() == {"other", "third"}
    assert "Đã thu hồi 2 khóa" in token("revoke", "an").output
    assert isinstance(token("revoke", "an").exception, Stopped)
