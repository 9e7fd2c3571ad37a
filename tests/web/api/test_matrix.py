"""Every address × every kind of principal equals the table below. A new address must join it."""

import pytest

from motcua.accounts.models import AccessToken
from motcua.accounts.services import revoke_token
from motcua.kernel import clock, memory
from motcua.web.api.urls import api
from tests.builders import (
    ADesk,
    a_citizen,
    a_dossier,
    a_leader,
    a_processor,
    a_receiver,
    an_account,
    an_agency,
)

from .client import ApiClient, a_token

pytestmark = pytest.mark.django_db

WHO = (
    "owner",
    "other_citizen",
    "receiver",
    "processor",
    "leader",
    "other_receiver",
    "other_processor",
    "other_leader",
    "system",
    "revoked",
    "nobody",
)
CITIZENS = {"owner", "other_citizen"}
HERE = {"receiver", "processor", "leader"}
ELSEWHERE = {"other_receiver", "other_processor", "other_leader"}
OFFICERS = HERE | ELSEWHERE
UNKNOWN = {"revoked", "nobody"}

PUBLIC = {("GET", "/procedures"), ("GET", "/procedures/{code}")}
# Who may do each act to a dossier in the right state. The dossier here is `submitted`, so what is
# allowed by role alone is answered 409 where the state forbids it.
ACTS_NOW = {"acceptances", "refusals", "intake-supplement-requests"}
APPLICANTS_ACTS = {"withdrawals", "withdrawal-requests", "supplements"}

# Allowed by the state, and still there is nothing to answer or to ask for.
NOTHING_YET = {
    "further-intake-round-requests": "receiver",
    "further-round-approvals": "leader",
    "further-round-refusals": "leader",
}
REVIEW = {
    "birth_certificate": {"verdict": "needed", "needed": "Chụp lại.", "why": "Ảnh mờ."},
    "surrogacy_confirmation": {"verdict": "not_applicable"},
}
BODIES = {
    "refusals": {"reason": "Hồ sơ thuộc nơi khác."},
    "intake-supplement-requests": {
        "reason": "Ảnh mờ.",
        "review": REVIEW,
    },
    "supplement-requests": {"reason": "Ảnh mờ.", "review": REVIEW},
    "withdrawal-requests": {"reason": "Nộp nhầm nơi."},
    "withdrawal-refusals": {"reason": "Đã có kết luận."},
    "further-intake-round-requests": {"reason": "Còn thiếu trang sau."},
    "further-round-requests": {"reason": "Còn thiếu trang sau."},
    "further-round-approvals": {"reason": "Cần giấy đó."},
    "further-round-refusals": {"reason": "Tự tra cứu được."},
    "consultations": {"agency": "Công an quận Ninh Kiều", "question": "Xác minh cư trú."},
    "consultation-answers": {"answer": "Công văn số 45."},
    "suspensions": {"reason": "Ngập lụt."},
    "suspension-ends": {"reason": "Nước đã rút."},
    "supplements": {"papers": []},
    "withdrawals": {},
    "assignments": {"officer": 1},
    "proposals": {"outcome": "granted", "opinion": "Đủ điều kiện."},
    "send-backs": {"reason": "Xem lại."},
    "obligations": {"notice": "TB-1", "amount_dong": 1000},
    "obligation-discharges": {"proof": "CT-1"},
    "decisions": {"outcome": "granted", "number": "1", "summary": "Đã đăng ký."},
    "stops": {"reason": "Người nộp qua đời."},
    "returns": {"method": "counter", "receiver": "Trần Văn Bình"},
}


def every_address() -> list[tuple[str, str]]:
    paths = api.description_of_all()["paths"]
    return sorted(
        (method.upper(), path.removeprefix("/api/v1"))
        for path, methods in paths.items()
        for method in methods
    )


def expected(method: str, path: str, who: str) -> set[int]:
    """Return the table's cell: what this principal is answered at this address."""
    if (method, path) in PUBLIC:
        return {200}
    if who in UNKNOWN:
        return {401}
    if path == "/files":
        return {422}  # no file was sent
    if path == "/dossiers":
        if method == "GET":
            return {200} if who in CITIZENS else {403}
        return {400} if who in CITIZENS else {403}  # no Idempotency-Key was sent
    noun = path.rsplit("/", 1)[-1]
    if method == "GET":
        if noun == "assignable-officers" and who not in OFFICERS:
            return {403}
        if who == "owner" or who in HERE:
            return {404} if noun == "{file_id}" else {200}  # no such file
        return {404}
    if noun in APPLICANTS_ACTS:
        if who not in CITIZENS:
            return {403}
        if who == "other_citizen":
            return {404}
        return {201} if noun == "withdrawals" else {409}
    if who not in OFFICERS:
        return {403}
    if who in ELSEWHERE:
        return {404}
    if noun in NOTHING_YET:
        return {409} if who == NOTHING_YET[noun] else {403}
    if noun in ACTS_NOW:
        return {201} if who == "receiver" else {403}
    return {409}


@pytest.fixture(scope="module")
def addresses() -> list[tuple[str, str]]:
    return every_address()


def test_every_address_for_everybody(addresses):
    desk, owner = ADesk(), a_citizen()
    elsewhere = an_agency("Ủy ban nhân dân phường An Khánh")
    principals = {
        "owner": owner,
        "other_citizen": a_citizen(),
        "receiver": desk.receiver,
        "processor": desk.processor,
        "leader": desk.leader,
        "other_receiver": a_receiver(elsewhere),
        "other_processor": a_processor(elsewhere),
        "other_leader": a_leader(elsewhere),
        "system": an_account("system"),
    }
    tokens: dict[str, str | None] = {who: a_token(of) for who, of in principals.items()}
    tokens["revoked"] = a_token(owner)
    revoke_token(token_id=AccessToken.objects.latest("pk").pk, at=clock.now())
    tokens["nobody"] = None
    differences, cells = [], 0
    for method, path in addresses:
        for who in WHO:
            dossier = a_dossier(owner) if "{" in path else None
            address = path.replace("{file_id}", "00000000-0000-4000-8000-000000000000").replace(
                "{code}", dossier.code if dossier and "dossiers" in path else "1.001193"
            )
            body = BODIES.get(path.rsplit("/", 1)[-1])
            if (method, path) == ("POST", "/dossiers"):
                body = {"procedure": "1.001193", "case": "on_time", "answers": {}}
            response = ApiClient(tokens[who]).call(method, address, body)
            cells += 1
            if response.status_code not in expected(method, path, who):
                differences.append(
                    f"{method} {path} as {who}: {response.status_code}, "
                    f"not {expected(method, path, who)}: {response.content[:200]!r}"
                )
    assert cells == len(addresses) * len(WHO)
    assert not differences, "\n".join(differences)


def test_the_table_knows_every_act(addresses):
    nouns = {path.rsplit("/", 1)[-1] for method, path in addresses if method == "POST"}

    assert nouns - {"files", "dossiers"} == set(BODIES) | {
        "acceptances",
        "take-ups",
        "withdrawal-grants",
    }


class TestRevocation:
    def test_is_felt_once_the_memory_is_older_than_five_seconds(self):
        citizen = a_citizen()
        client = ApiClient(a_token(citizen))
        assert client.read("/dossiers").status_code == 200

        revoke_token(token_id=AccessToken.objects.latest("pk").pk, at=clock.now())
        memory.forget()  # what five seconds do

        assert client.read("/dossiers").status_code == 401
