"""Whatever strangers put into an address or a form, no page of ours ends in an error of ours."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, reverse

from motcua.accounts.models import Account
from motcua.kernel import memory
from motcua.offices.models import PostRole
from motcua.web import urls
from tests.builders import (
    NOW,
    ADesk,
    a_citizen,
    a_district,
    a_dossier,
    a_leader,
    an_officer,
    the_catalogue,
)
from tests.clocks import the_clock_at
from tests.plans.builders import a_plan
from tests.procedures.register import BIRTH, ARegister

pytestmark = pytest.mark.django_db

RUBBISH = (
    "\0",
    "9" * 5_000,
    "1e99999999",
    "-1",
    "٣",
    "0001-01",
    "9999-12-31",
    "<script>'\";--",
    "chữ " * 5_000,
)
NASTIEST = RUBBISH[:3]


@dataclass
class Form:
    """A form of a page: where it goes, and what its boxes and buttons say."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Read(HTMLParser):
    """A page as a stranger reads it: its forms, and the names that its links ask by."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.asked_by: set[str] = set()
        self._is_within = self._is_asking = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name, value = told.get("name", ""), told.get("value", "")
        if tag == "a":
            self.asked_by |= parse_qs(urlsplit(told.get("href", "")).query).keys()
        elif tag == "form":
            self._is_asking = told.get("method", "get").lower() == "get"
            self._is_within = not self._is_asking
            if self._is_within:
                self.forms.append(Form(told.get("action", "")))
        elif name and self._is_asking:
            self.asked_by.add(name)
        elif name and self._is_within and tag == "button":
            self.forms[-1].buttons.append((name, value))
        elif name and self._is_within and tag in {"input", "select", "textarea"}:
            self.forms[-1].fields.setdefault(name, value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_within = self._is_asking = False


class Stranger:
    """Somebody signed in, or nobody, who tries everything and leaves nothing behind."""

    def __init__(self, account: Account | None) -> None:
        self.client = Client(raise_request_exception=False)
        if account is not None:
            self.client.force_login(account)
        self.faults: list[str] = []

    def asks(self, path: str, said: dict[str, str] | None = None) -> str:
        """Open an address, and return the page if there is one."""
        answer = self._sends("get", path, said or {})
        is_page = answer.status_code < 400 and answer.headers.get("Content-Type", "").startswith(
            "text/html"
        )
        return answer.content.decode() if is_page else ""

    def posts(self, path: str, said: dict[str, str]) -> None:
        """Send a form."""
        self._sends("post", path, said)

    def _sends(self, method: str, path: str, said: dict[str, str]):
        memory.forget()
        with transaction.atomic():
            answer = getattr(self.client, method)(path, said)
            if answer.streaming:
                for _piece in answer:
                    pass
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            shown = {name: value[:20] for name, value in said.items()}
            self.faults.append(f"{answer.status_code} {method} {path} {shown}")
        return answer


@pytest.fixture(autouse=True)
def _in_october():
    with the_clock_at(NOW):
        yield


@pytest.fixture
def desk():
    return ADesk()


@pytest.fixture
def register() -> ARegister:
    the_catalogue()
    return ARegister()


@pytest.fixture
def applicant():
    return a_citizen()


@pytest.fixture
def places(desk, applicant, register) -> dict[str, tuple[object, ...]]:
    """What may stand in an address: for each kind of place some that are there, and one not."""
    there = desk.taken_up(a_dossier(applicant))
    waiting = a_dossier(applicant)
    announced = register.record(BIRTH)
    register.publish(announced)
    a_plan(at=NOW)
    ids = (there.receiving_unit_id, desk.leader.officer_id, announced.pk, 2**63)
    return {
        "str": (there.code, waiting.code, "1.001193", there.settling_agency.code, "offices", "x"),
        "int": ids,
        "uuid": (there.pk,),
    }


def addresses(patterns, places, namespace: str = "") -> Iterator[tuple[str, str]]:
    """Yield the audience and every address, with each thing that may stand in it."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}:{pattern.app_name}" if pattern.app_name else namespace
            yield from addresses(pattern.url_patterns, places, inner.strip(":"))
        elif isinstance(pattern, URLPattern) and pattern.name:
            name = f"{namespace}:{pattern.name}".strip(":")
            yield from ((namespace, path) for path in _filled(name, pattern, places))


def _filled(name, pattern, places) -> Iterator[str]:
    kinds = {
        argument: type(converter).__name__.removesuffix("Converter").lower()
        for argument, converter in pattern.pattern.converters.items()
    }
    for turn in range(max([len(places.get(kind, ())) for kind in kinds.values()], default=1)):
        words = {
            argument: places.get(kind, places["str"])[turn % len(places.get(kind, places["str"]))]
            for argument, kind in kinds.items()
        }
        try:
            yield reverse(name, kwargs=words)
        except NoReverseMatch:
            continue


@pytest.fixture
def strangers(desk, applicant, register, settings) -> dict[str, list[Stranger]]:
    leader = a_leader(a_district())
    settings.CITY_LEADING_AGENCIES = [leader.posts[0].agency_code]

    def of(mandate) -> Stranger:
        return Stranger(Account.objects.get(pk=mandate.account_id))

    return {
        "portal": [Stranger(applicant.account), Stranger(None)],
        "desk": [of(desk.receiver), of(desk.processor), of(desk.leader)],
        "board": [of(leader), of(register.keeper)],
        "console": [Stranger(an_officer(PostRole.ADMINISTRATOR).account)],
        "kiosk": [Stranger(None)],
    }


@pytest.mark.parametrize("audience", ["portal", "desk", "board", "console", "kiosk"])
def test_no_page_ends_in_an_error_of_ours(audience, strangers, places):
    sent: set[tuple[object, ...]] = set()
    faults: list[str] = []
    for stranger in strangers[audience]:
        known = dict(_of(audience, addresses(urls.urlpatterns, places)))
        for path in known:
            _try(stranger, path, sent)
        faults += stranger.faults
        assert len(known) > 3
    assert faults == []


def _of(audience: str, found) -> Iterator[tuple[str, str]]:
    return ((path, whose) for whose, path in found if whose.partition(":")[0] == audience)


def _try(stranger: Stranger, path: str, sent: set[tuple[object, ...]]) -> None:
    """Say rubbish to a page: in its address, and in each box of each form not tried yet."""
    page = stranger.asks(path)
    read = Read(page)
    for words in RUBBISH if page else ():
        stranger.asks(path, dict.fromkeys(read.asked_by, words))
    for form in read.forms:
        where = urlsplit(form.action).path or path
        key = (where, *sorted(form.fields), *form.buttons)
        if key in sent:
            continue
        sent.add(key)
        for button in form.buttons[:3] or [("", "")]:
            for name in form.fields.keys() - {"csrfmiddlewaretoken"}:
                for words in NASTIEST:
                    stranger.posts(where, form.fields | dict([button]) | {name: words})
