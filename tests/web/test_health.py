import pytest
from django.db import connection

from motcua.web import health


def test_is_alive_without_a_database(client):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.content == b"ok\n"
    assert not answer.cookies


@pytest.mark.django_db
def test_is_ready_once_the_migrations_are_applied(client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"ready": True}


@pytest.mark.django_db
def test_is_not_ready_while_a_migration_is_missing(client, monkeypatch):
    monkeypatch.setattr(health, "_migrations_were_applied", False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["reason"] == "migrations-missing"
    assert "sessions.0001_initial" in answer.json()["detail"]


@pytest.mark.django_db
def test_is_not_ready_without_a_database(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", refuse)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["reason"] == "database-unreachable"


def refuse():
    from django.db import OperationalError

    raise OperationalError("no server")
