"""Vietnamese first, and English complete: each text in the source has its translation."""

import ast
import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation.template import templatize

from motcua.accounts.models import Account
from motcua.documents.models import StoredFile
from motcua.dossiers.models import Result, SupplementRequest
from motcua.dossiers.queries import Tab
from motcua.kernel import clock
from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices.models import Agency, Officer, Place, Post, PostRole, Unit
from motcua.offices.queries import Mandate
from motcua.parties.models import Person
from motcua.procedures.queries import published
from tests.builders import (
    BIRTH_ANSWERS,
    NOW,
    TODAY,
    ADesk,
    a_citizen,
    a_dossier,
    an_officer,
    the_catalogue,
)
from tests.web.portal import walk

SOURCE = Path(settings.ROOT) / "src/motcua"
CATALOGUE = SOURCE / "web/locale/en/LC_MESSAGES/django.po"

_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_TEMPLATE_CALL = re.compile(rf"\b(_|\w*gettext)\(({_LITERAL}(?:, {_LITERAL})*)")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|</?\w+[^>]*>")
_VIETNAMESE = re.compile(r"[À-ỹĂăĐđĨĩŨũƠơƯư]")
# Attributes that a person reads or hears.
_SAID = {"aria-label", "title", "alt", "placeholder", "data-label"}
_SHOWN_RECORDS = (
    *(Agency, Officer, Person, Place, Post, Unit),
    *(LedgerEvent, Result, StoredFile, SupplementRequest),
)
_VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Text(NamedTuple):
    """One text of the source; `plural` and `context` are empty for most."""

    singular: str
    plural: str = ""
    context: str = ""


class TestCatalogue:
    def test_has_every_text_of_the_source_and_no_other(self):
        wanted = {text for _where, text in _texts_of_the_source()}
        there = {_text_of(message) for message in _messages()}

        assert wanted - there == set(), "`make messages`, then translate"
        assert there - wanted == set(), "`make messages`"
        assert not _catalogue().obsolete, "`make messages`"

    def test_translates_every_text(self):
        assert [m.id for m in _messages() if m.fuzzy or not all(_forms(m))] == []

    def test_keeps_what_is_filled_in_and_marked_up(self):
        for message in _messages():
            sources = message.id if isinstance(message.id, tuple) else (message.id,)
            expected = sorted(_PLACEHOLDER.findall(sources[0]))
            for form in _forms(message):
                assert sorted(_PLACEHOLDER.findall(form)) == expected, message.id
                assert form[0].isspace() == sources[0][0].isspace(), message.id
                assert form[-1].isspace() == sources[0][-1].isspace(), message.id

    def test_is_in_english(self):
        forms = [form for message in _messages() for form in _forms(message)]

        assert [form for form in forms if _VIETNAMESE.search(form)] == []

    def test_is_compiled(self):
        compiled = BytesIO()
        write_mo(compiled, _catalogue())

        assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue(), "`make messages`"


class TestSource:
    def test_marks_only_what_can_be_gathered(self):
        """A text put together at run time is in no catalogue: mark where it is written."""
        assert [where for where, text in _texts_of_the_source() if not text.singular] == []

    def test_is_read_as_gettext_reads_it(self, tmp_path):
        (tmp_path / "rules.py").write_text(
            "from django.utils.translation import gettext as _, ngettext, pgettext_lazy\n"
            "a = _('mot ' 'hai')\n"
            "b = ngettext('%(n)s viec', '%(n)s cac viec', 2)\n"
            "c = pgettext_lazy('luc', 'ba')\n"
            "d = _(a)\n"
            "e = print('bon')\n"
        )
        (tmp_path / "page.html").write_text(
            '{% translate \'nam\' %}{% translate "sau" context "gio" %}'
            "{% blocktranslate count n=n %}{{ n }} viec{% plural %}{{ n }} cac viec"
            "{% endblocktranslate %}{{ x|default:_('bay') }} tam {# {% translate 'chin' %} #}"
        )

        assert {text for _where, text in _texts_of(tmp_path)} == {
            Text("mot hai"),
            Text("%(n)s viec", "%(n)s cac viec"),
            Text("ba", context="luc"),
            Text(""),
            Text("nam"),
            Text("sau", context="gio"),
            Text("bay"),
        }


@pytest.mark.django_db
class TestPages:
    """An English page says nothing in Vietnamese but what comes from the records."""

    @pytest.fixture(autouse=True)
    def _the_builders_day_and_our_language(self, settings, tmp_path):
        settings.FILES_DIR = tmp_path
        clock.shift_by(NOW - clock.now())
        with translation.override(settings.LANGUAGE_CODE):  # a request leaves its own behind
            yield
        clock.shift_by(timedelta())

    def test_for_everybody_are_in_english(self):
        the_catalogue()
        client = _in_english(Client())

        _assert_english(client.get(reverse("portal:home")))
        _assert_english(client.get(reverse("portal:procedures")))
        _assert_english(client.get(reverse("portal:procedures"), {"q": "khai sinh"}))
        _assert_english(client.get(reverse("portal:procedures"), {"q": "xyz"}))
        _assert_english(client.get(reverse("portal:procedure", args=["1.001193"])))
        _assert_english(client.get(reverse("portal:lookup")))
        _assert_english(client.post(reverse("portal:lookup")))
        _assert_english(client.get(reverse("sign-in")))
        _assert_english(client.post(reverse("sign-in")))
        _assert_english(client.get("/khong-co/"))

    def test_for_citizens_are_in_english(self):
        person = a_citizen()
        draft = walk.a_complete_draft(person)
        waiting = ADesk().awaiting_supplement(a_dossier(person))
        done = ADesk().returned(a_dossier(person))
        client = _in_english(walk.signed_in(person))

        _assert_english(client.get(reverse("portal:my-dossiers")))
        _assert_english(client.get(reverse("portal:filing-start", args=["1.001193"])))
        _assert_english(client.get(reverse("portal:filing-tasks", args=[draft.pk])))
        _assert_english(client.get(walk.page_url(draft, "child")))
        _assert_english(client.post(walk.page_url(draft, "child")))
        _assert_english(client.get(walk.paper_url(draft)))
        _assert_english(client.get(walk.check_url(draft)))
        _assert_english(client.post(walk.check_url(draft)))
        for name in ("dossier", "filed", "supplement", "withdraw"):
            _assert_english(client.get(reverse(f"portal:{name}", args=[waiting.code]), follow=True))
        _assert_english(client.get(reverse("portal:dossier", args=[done.code])))

    def test_for_officers_are_in_english(self):
        desk = ADesk()
        new, running, proposed = a_dossier(), desk.taken_up(), desk.proposed()
        receiver, processor, leader = (
            _in_english(_signed_in(who)) for who in (desk.receiver, desk.processor, desk.leader)
        )

        for tab in Tab:
            _assert_english(processor.get(reverse("desk:home"), {"tab": tab.value}, follow=True))
        _assert_english(receiver.get(reverse("desk:intake")))
        _assert_english(receiver.get(reverse("desk:search"), {"q": "An"}))
        _assert_english(receiver.get(reverse("desk:search"), {"q": "xyz"}))
        _assert_english(receiver.get(reverse("desk:receipt-slip", args=[running.code])))
        for name in ("dossier", "acceptance-new", "refusal-new", "supplement-request-new"):
            _assert_english(receiver.get(reverse(f"desk:{name}", args=[new.code])))
        for name in ("dossier", "proposal-new", "obligation-new", "supplement-request-new"):
            _assert_english(processor.get(reverse(f"desk:{name}", args=[running.code])))
            _assert_english(receiver.get(reverse(f"desk:{name}", args=[running.code])))
        for name in ("dossier", "decision-new", "send-back-new", "stop-new"):
            _assert_english(leader.get(reverse(f"desk:{name}", args=[proposed.code])))
        for name in ("decision-new", "send-back-new"):
            _assert_english(leader.post(reverse(f"desk:{name}", args=[proposed.code])))

    def test_for_administrators_are_in_english(self):
        client = Client()
        client.force_login(an_officer(PostRole.ADMINISTRATOR).account)

        _assert_english(_in_english(client).get(reverse("console:health")))


def _texts_of_the_source() -> list[tuple[str, Text]]:
    return list(_texts_of(SOURCE))


def _texts_of(folder: Path) -> Iterator[tuple[str, Text]]:
    """Yield each text marked to be translated, with where it stands; unreadable ones as no text."""
    for path in sorted(folder.rglob("*.py")):
        for line, text in _texts_of_python(path.read_text()):
            yield f"{path.relative_to(folder)}:{line}", text
    for path in sorted(folder.rglob("*.html")):
        for call in _TEMPLATE_CALL.finditer(templatize(path.read_text())):
            words = [ast.literal_eval(word) for word in re.findall(_LITERAL, call[2])]
            yield str(path.relative_to(folder)), _text(call[1], words)


def _texts_of_python(source: str) -> Iterator[tuple[int, Text]]:
    nodes = list(ast.walk(ast.parse(source)))
    functions = {"_": "gettext"} | {  # whichever it is, xgettext goes by the name
        name.asname or name.name: name.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if "gettext" in name.name
    }
    for node in nodes:
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if function := functions.get(node.func.id):
            words = [arg.value if isinstance(arg, ast.Constant) else "" for arg in node.args]
            yield node.lineno, _text(function, words)


def _text(function: str, words: list[str]) -> Text:
    context = words.pop(0) if function.startswith(("p", "np")) else ""
    plural = words[1] if function.startswith("n") else ""
    return Text(words[0], plural, context)


def _catalogue() -> Catalog:
    return read_po(BytesIO(CATALOGUE.read_bytes()), locale="en")


def _messages() -> list[Message]:
    return [message for message in _catalogue() if message.id]


def _text_of(message: Message) -> Text:
    forms = message.id if isinstance(message.id, tuple) else (message.id, "")
    return Text(*forms, message.context or "")


def _forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


class _Said(HTMLParser):
    """Gather what a page says, outside the elements marked as Vietnamese."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.open: list[bool] = []  # for each open element: is it in Vietnamese?

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        vietnamese = given.get("lang") == "vi" or any(self.open)
        if not vietnamese:
            self.said += [value for name, value in attrs if name in _SAID and value]
        if tag not in _VOID:
            self.open.append(vietnamese)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.open) and data.strip():
            self.said.append(data.strip())


def _assert_english(page: HttpResponse) -> None:
    html = page.content.decode()
    assert '<html lang="en"' in html
    parser = _Said()
    parser.feed(html)
    said = "\n".join(parser.said).casefold()
    for record in _records():
        said = said.replace(record, "")
    assert [line for line in said.splitlines() if _VIETNAMESE.search(line)] == []


def _records() -> list[str]:
    """Return the texts that are data: names, the catalogue, and what people wrote."""
    found = _strings(
        [
            *(list(model.objects.values()) for model in _SHOWN_RECORDS),
            *(BIRTH_ANSWERS, published(TODAY), settings.CITY_PHONE_HOURS),
        ]
    )
    texts = {text.casefold() for text in found}
    return sorted(filter(_VIETNAMESE.search, texts), key=len, reverse=True)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _strings(getattr(value, field.name))
    elif isinstance(value, Mapping):
        yield from _strings(list(value.values()))
    elif isinstance(value, Iterable):
        for member in value:
            yield from _strings(member)


def _in_english(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def _signed_in(mandate: Mandate) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=mandate.account_id))
    return client
