"""The city, the catalogue, people and tokens that a measurement needs."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from PIL import Image

CITIZENS = 100
COMMUNES = 20
PAPERS = ("birth_certificate", "birth_certificate", "surrogacy_confirmation")

ANSWERS = {
    "relationship": "parent",
    "child_name": "Trần Minh An",
    "child_sex": "female",
    "born_on": "2024-10-06",
    "born_at": "health_facility",
    "born_place": "Bệnh viện Phụ sản thành phố Cần Thơ, quận Ninh Kiều",
    "ethnicity": "Kinh",
    "nationality": "vietnamese",
    "hometown": "Phường Cái Khế, quận Ninh Kiều, thành phố Cần Thơ",
    "mother_known": True,
    "mother_name": "Nguyễn Thị Hoa",
    "mother_born_year": 1996,
    "mother_address": "Số 12, đường Nguyễn Trãi, phường Cái Khế, quận Ninh Kiều, Cần Thơ",
    "father_known": True,
    "father_name": "Trần Văn Bình",
    "father_born_year": 1993,
    "father_address": "Số 12, đường Nguyễn Trãi, phường Cái Khế, quận Ninh Kiều, Cần Thơ",
    "marriage_certificate": "Số 125/2019, ngày 12/05/2019, UBND phường Cái Khế",
    "copies": 2,
    "delivery": "post",
    "delivery_address": "Số 12, đường Nguyễn Trãi, phường Cái Khế, quận Ninh Kiều, Cần Thơ",
    "declared": True,
}


@dataclass(frozen=True, kw_only=True)
class Citizen:
    account_id: int
    person_id: str
    token: str
    files: list[str]


@dataclass(frozen=True, kw_only=True)
class Counter:
    """A one-stop unit, and the token of its officer."""

    commune: str
    unit_id: int
    agency_id: int
    agency_code: str
    token: str


@dataclass(frozen=True, kw_only=True)
class Stage:
    citizens: list[Citizen]
    counters: list[Counter]


def prepare(at: datetime) -> Stage:
    """Load everything through the services, as an installation does."""
    from django.conf import settings

    from motcua.offices.services import load_city
    from motcua.procedures.services import import_catalogue

    load_city(at=at)
    import_catalogue(folder=settings.CATALOGUE_DIR, at=at)
    return Stage(
        citizens=[_citizen(number, at) for number in range(CITIZENS)],
        counters=list(_counters(at)),
    )


def _citizen(number: int, at: datetime) -> Citizen:
    from motcua.accounts.services import create_account, issue_token
    from motcua.documents.services import store_file
    from motcua.parties.services import register_person

    account = create_account(username=f"bench-citizen-{number}")
    person = register_person(
        account=account,
        full_name="Trần Văn Bình",
        personal_id=f"092899{number:06}",
        phone="0900000001",
        at=at,
    )
    _token, secret = issue_token(account=account, name="bench", at=at)
    files = [
        store_file(
            content=_png(number, paper),
            name=f"giay-{paper}.png",
            accepts=frozenset({"image/png"}),
            by=account,
            at=at,
        )
        for paper in range(len(PAPERS))
    ]
    return Citizen(
        account_id=account.pk,
        person_id=str(person.pk),
        token=secret,
        files=[str(file.pk) for file in files],
    )


def _counters(at: datetime) -> Iterator[Counter]:
    from motcua.accounts.services import create_account, issue_token
    from motcua.kernel.clock import day_of
    from motcua.offices.models import Post, PostRole
    from motcua.offices.queries import communes, destination_for
    from motcua.offices.services import appoint, register_officer

    on = day_of(at)
    serial = count(1)
    for place in communes(on):
        destination = destination_for(place.code, "commune", on)
        post = (
            destination
            and Post.objects.filter(
                unit_id=destination.receiving_unit_id, role=PostRole.RECEIVER
            ).first()
        )
        if destination is None or post is None:
            continue
        number = next(serial)
        account = create_account(username=f"bench-officer-{number}")
        officer = register_officer(
            account=account, full_name="Lê Thị Mai", staff_code=f"BENCH-{number:03}"
        )
        appoint(officer=officer, post=post, valid_from=on, at=at)
        _token, secret = issue_token(account=account, name="bench", at=at)
        yield Counter(
            commune=place.code,
            unit_id=destination.receiving_unit_id,
            agency_id=destination.settling_agency_id,
            agency_code=destination.receiving_agency_code,
            token=secret,
        )
        if number == COMMUNES:
            return


def submission(stage: Stage, number: int) -> bytes:
    """Return the n-th submission as it goes over the wire."""
    citizen = stage.citizens[number % len(stage.citizens)]
    body = {
        "procedure": "1.001193",
        "case": "on_time",
        "answers": ANSWERS
        | {"settling_commune": stage.counters[number % len(stage.counters)].commune},
        "papers": [
            {"key": key, "file": file} for key, file in zip(PAPERS, citizen.files, strict=True)
        ],
    }
    return _post(
        "/dossiers", citizen.token, json.dumps(body, ensure_ascii=False), f"bench-{number}"
    )


def acceptance(counter: Counter, code: str) -> bytes:
    """Return the acceptance of a dossier as it goes over the wire."""
    return _post(f"/dossiers/{code}/acceptances", counter.token, "{}")


def reading(token: str, code: str) -> bytes:
    """Return the reading of one dossier as it goes over the wire."""
    return (
        f"GET /api/v1/dossiers/{code} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n"
        f"Authorization: Bearer {token}\r\n\r\n"
    ).encode()


def _post(path: str, token: str, body: str, key: str = "") -> bytes:
    raw = body.encode()
    idempotency = f"Idempotency-Key: {key}\r\n" if key else ""
    return (
        f"POST /api/v1{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n"
        f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        f"{idempotency}Content-Length: {len(raw)}\r\n\r\n"
    ).encode() + raw


def _png(number: int, paper: int) -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), (number % 256, paper, number // 256)).save(picture, format="PNG")
    return picture.getvalue()
