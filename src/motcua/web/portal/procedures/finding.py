"""Finding a procedure: by words, by what happened in life, by field, by who settles it."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from motcua.kernel import text
from motcua.kernel.clock import today
from motcua.kernel.memory import remembered
from motcua.procedures.definitions import Audience
from motcua.procedures.queries import (
    FRESH_SECONDS,
    Found,
    LifeEvent,
    field_key,
    find,
    life_events,
)
from motcua.web.pages import page_asked
from motcua.web.words import Words

from . import entries

# What somebody may try first: everyday words, with their marks.
EXAMPLES = ("giấy khai sinh", "sao y", "mở quán ăn", "sổ đỏ")
ON_HOME = 6
A_PAGE = 20
LONGEST_SEARCH = 200
EVERYTHING = 100_000

LEVELS = {
    "commune": gettext_lazy("Phường, xã, thị trấn"),
    "district": gettext_lazy("Quận, huyện"),
    "province": gettext_lazy("Sở, ngành của thành phố"),
    "ministry": gettext_lazy("Bộ, cơ quan trung ương"),
}
AUDIENCES = {
    Audience.PERSON: gettext_lazy("Người dân, hộ gia đình"),
    Audience.ORGANISATION: gettext_lazy("Doanh nghiệp, tổ chức"),
}
# The name of each filter in an address, in the order of the form.
EVENT, LEVEL, AUDIENCE, FIELD = "su-kien", "cap", "doi-tuong", "linh-vuc"
FILTERS: Mapping[str, Words] = {
    EVENT: gettext_lazy("Việc trong đời"),
    LEVEL: gettext_lazy("Nơi giải quyết"),
    AUDIENCE: gettext_lazy("Dành cho"),
    FIELD: gettext_lazy("Lĩnh vực"),
}
Choices = list[tuple[str, Words]]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: search, what happens in life, what is asked for most, one's own dossiers."""
    found = find("", today(), limit=ON_HOME)
    return render(
        request,
        "portal/home.html",
        {
            "entries": [entries.entry(hit) for hit in found.hits],
            "examples": EXAMPLES,
            "events": [
                (event, entries.event_icon(event.key)) for event in _events_that_lead_on(today())
            ],
            "how_many": found.total,
        },
    )


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The procedures that the words may mean, within what was chosen; all of them, if nothing."""
    on = today()
    words = " ".join(request.GET.get("q", "")[:LONGEST_SEARCH].split())
    choices = choices_of(on)
    chosen = {
        name: value
        for name in FILTERS
        if (value := request.GET.get(name, "")) in dict(choices[name])
    }
    page, found = _page(request, words, chosen, on)
    rest = _query(words, chosen)
    return render(
        request,
        "portal/procedures.html",
        {
            "q": words,
            "filters": [
                (name, label, choices[name], chosen.get(name, ""))
                for name, label in FILTERS.items()
            ],
            "from_the_catalogue": {EVENT, FIELD},  # whose choices are in its language
            "chosen": [
                (FILTERS[name], dict(choices[name])[value], _query(words, chosen, without=name))
                for name, value in chosen.items()
            ],
            "page": page,
            "query": f"{rest}&" if rest else "",
            "how_many": found.total,
            "found": [entries.entry(hit) for hit in found.hits],
            "explanation": found.explanation,
            "field_name": FIELD,
            "suggestions": []
            if found.total
            else [entries.entry(hit) for hit in find("", on, limit=ON_HOME).hits],
        },
    )


@require_safe
def life_event(request: HttpRequest, key: str) -> HttpResponse:
    """What to do when something happens in life: the procedures, as they come up."""
    event = next((event for event in life_events() if event.key == key), None)
    if event is None:
        raise Http404
    return render(
        request,
        "portal/life_event.html",
        {
            "event": event,
            "entries": [
                entries.entry(hit) for hit in find("", today(), event=key, limit=EVERYTHING).hits
            ],
            "others": [other for other in _events_that_lead_on(today()) if other.key != key],
            "crumbs": crumbs(),
        },
    )


@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """Every field of the catalogue, and how many procedures it has."""
    return render(
        request,
        "portal/fields.html",
        {
            "fields": [
                (name, many, urlencode({FIELD: key})) for key, name, many in _fields(today())
            ],
            "crumbs": crumbs(),
        },
    )


def choices_of(on: date) -> dict[str, Choices]:
    """Return what each filter offers, as (value, words)."""
    return {
        EVENT: [(event.key, event.name) for event in life_events()],
        LEVEL: list(LEVELS.items()),
        AUDIENCE: list(AUDIENCES.items()),
        FIELD: [(key, name) for key, name, _many in _fields(on)],
    }


def crumbs() -> list[tuple[str, str]]:
    """Return the way down to a page about procedures."""
    return [
        (_("Trang chủ"), reverse("portal:home")),
        (_("Thủ tục"), reverse("portal:procedures")),
    ]


def _page(
    request: HttpRequest, words: str, chosen: Mapping[str, str], on: date
) -> tuple[Page[int], Found]:
    """Return the page asked for; an address that asks for one beyond the last gets the last."""

    def found_from(start: int) -> Found:
        return find(
            words,
            on,
            audience=chosen.get(AUDIENCE, ""),
            level=chosen.get(LEVEL, ""),
            field=chosen.get(FIELD, ""),
            event=chosen.get(EVENT, ""),
            start=start,
            limit=A_PAGE,
        )

    number = page_asked(request)
    asked = (number - 1) * A_PAGE
    found = found_from(asked)
    page = Paginator(range(found.total), A_PAGE).get_page(number)  # it only counts
    start = (page.number - 1) * A_PAGE
    return page, found if start == asked else found_from(start)


@remembered(seconds=FRESH_SECONDS)
def _events_that_lead_on(on: date) -> tuple[LifeEvent, ...]:
    """Return the life events for which some procedure is published."""
    known = {hit.code for hit in find("", on, limit=EVERYTHING).hits}
    return tuple(event for event in life_events() if known.intersection(event.codes))


def _query(words: str, chosen: Mapping[str, str], *, without: str = "") -> str:
    kept = {name: value for name, value in chosen.items() if name != without}
    return urlencode({"q": words, **kept} if words else kept)


@remembered(seconds=FRESH_SECONDS)
def _fields(on: date) -> tuple[tuple[str, str, int], ...]:
    """
    Return the fields in Vietnamese order: key, name, how many procedures it has.

    One that is written in several ways is one field, under the way that most write it; what no
    field is told of has no line.
    """
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for hit in find("", on, limit=EVERYTHING).hits:
        if key := field_key(hit.field):
            spellings[key][hit.field] += 1
    counted = [(key, names.most_common(1)[0][0], names.total()) for key, names in spellings.items()]
    return tuple(sorted(counted, key=lambda field: text.sort_key(field[1])))
