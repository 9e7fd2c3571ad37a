"""An outside program that speaks to the API, and the principals it speaks for."""

import json
from itertools import count
from typing import Any

from django.test import Client

from motcua.accounts.models import Account
from motcua.accounts.services import issue_token
from motcua.dossiers.models import Dossier
from motcua.kernel import clock
from motcua.offices.queries import Mandate
from motcua.parties.models import Person
from tests.builders import BIRTH_CASE, a_file, birth_answers

V1 = "/api/v1"
_serial = count(1)


def a_token(of: Account | Person | Mandate) -> str:
    """Issue a token to an account, a citizen or an officer."""
    match of:
        case Person():
            account = of.account
        case Mandate():
            account = Account.objects.get(pk=of.account_id)
        case _:
            account = of
    assert account is not None
    _token, secret = issue_token(account=account, name="tests", at=clock.now())
    return secret


class ApiClient(Client):
    """Django's client with a bearer token and JSON."""

    def __init__(self, token: str | None = None) -> None:
        super().__init__(raise_request_exception=False)
        self.token = token

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send a request and return the response; `Idempotency_Key="…"` is a header."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            told.setdefault("Authorization", f"Bearer {self.token}")
        raw = body if isinstance(body, bytes | str) else json.dumps(body)
        return self.generic(
            method,
            V1 + path,
            "" if body is None else raw,
            content_type=told.pop("Content-Type", "application/json"),
            headers=told,
        )

    def read(self, path: str) -> Any:
        return self.call("GET", path)

    def send(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("POST", path, body, **headers)

    def submit(self, filing: Any, *, key: str | None = None) -> Any:
        return self.send("/dossiers", filing, Idempotency_Key=key or f"key-{next(_serial)}")


def speaking_for(of: Account | Person | Mandate) -> ApiClient:
    """Return a client with a token of its own."""
    return ApiClient(a_token(of))


def a_filing(person: Person, **changes: object) -> dict[str, Any]:
    """Return a complete birth registration with its one paper handed in."""
    return {
        "procedure": "1.001193",
        "case": BIRTH_CASE,
        "answers": birth_answers(**changes),
        "papers": [{"key": "birth_certificate", "file": str(a_file(person).pk)}],
    }


def where(dossier: Dossier, below: str = "") -> str:
    return f"/dossiers/{dossier.code}{below}"


def assert_problem(response: Any, status: int, kind: str) -> Any:
    """Check that it is this problem, whole and in words, and return it."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    problem = json.loads(response.content)
    assert problem["type"] == f"/problems/{kind}"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert problem["instance"].startswith("/")
    return problem
