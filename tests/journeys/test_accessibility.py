"""Every page, in each of its states, passes axe; and no page is left out of the walk."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.template.base import Template
from django.test.signals import template_rendered
from django.urls import Resolver404, URLPattern, URLResolver, resolve

import motcua.web
from motcua.web import urls
from tests.browser import violations_of
from tests.journeys import disclosure_screens, screens
from tests.journeys.screens_of_the_index import of_the_index
from tests.journeys.screens_of_the_register import of_the_register

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

TEMPLATES = Path(motcua.web.__file__).parent / "templates"
# What nobody has to sign in for; every other page of the portal belongs to the citizen's walk.
OPEN_PAGES = {
    "sign-in",
    "portal:home",
    "portal:procedures",
    "portal:procedure",
    "portal:lookup",
    "portal:lookup-result",
    "portal:lookup-papers",
}
# What the desk shows of the line belongs to the hall's walk.
LINE_PAGES = {"desk:line", "desk:transfer-new"}
# The counter's own walk; every other page of the desk belongs to the officers'.
AT_THE_COUNTER = {
    "desk:counter",
    "desk:counter-intake-new",
    "desk:post",
    "desk:post-intake-new",
    "desk:shift",
    "desk:shift-new",
}
# Finding and reading what the catalogue holds: a walk of its own.
CATALOGUE_PAGES = {
    "portal:life-event",
    "portal:fields",
    "portal:agencies",
    "portal:agency",
    "portal:suitability",
    "portal:leaflet",
}
CATALOGUE_TEMPLATES = {
    f"portal/{name}.html"
    for name in (
        "agencies",
        "agency",
        "fields",
        "leaflet",
        "life_event",
        "national_procedure",
        "suitability",
        "suitability_verdict",
    )
}


WAITING_PAGES = {
    f"desk:{name}-new"
    for name in (
        "consultation",
        "consultation-answer",
        "suspension",
        "suspension-end",
        "further-intake-round",
        "further-round",
        "further-round-approval",
        "further-round-refusal",
        "withdrawal",
        "withdrawal-refusal",
    )
}
WAITING_TEMPLATES = {"desk/dossiers/plea_answer_new.html"}


LATENESS_PAGES = {
    "desk:notices",
    "desk:delay-cause-new",
    "desk:apology-new",
    "desk:extension-new",
}
LATENESS_TEMPLATES = {
    "desk/notices/show.html",
    "desk/dossiers/delay_cause_new.html",
    "desk/dossiers/apology_new.html",
    "desk/dossiers/extension_new.html",
}


TARGET_PAGES = {
    f"board:{name}"
    for name in (
        "settlement",
        "targets",
        "agency",
        "agency-dossiers",
        "target-new",
        "explanation-new",
        "explanation-answer",
    )
}
INDEX_PAGES = {f"board:index766{page}" for page in ("", "-dossiers", "-listing", "-times")}

REGISTER_PAGES = {"board:announcements", "board:announcement-new", "board:announcement"}
REFUSED_BY_THE_OFFICE = {"board/not_the_office.html"}


PUBLICATION_PAGES = {
    "board:publications",
    "board:publication",
    "board:publication-reading",
    "board:publication-line",
    "board:replies",
    "board:reply-new",
    "board:correction-new",
    "portal:disclosures",
    "portal:disclosure",
    "portal:disclosure-agency",
    "portal:disclosure-dictionary",
}


class TestEveryPagePasses:
    def test_before_anybody_signs_in(self, visitor, ward, it_becomes, rendered):
        seen = look_at(screens.of_anybody(visitor, ward, it_becomes))

        assert OPEN_PAGES - seen == set()
        assert open_templates() - CATALOGUE_TEMPLATES - rendered == set()

    def test_while_the_clock_is_explained(self, visitor, ward, it_becomes):
        seen = look_at(screens.of_the_clock(visitor, ward, it_becomes))

        assert {"portal:dossier", "portal:lookup-result", "desk:dossier"} <= seen

    def test_while_somebody_reads_the_catalogue(self, visitor, ward, rendered):
        seen = look_at(screens.of_the_catalogue(visitor, ward))

        assert CATALOGUE_PAGES - seen == set()
        assert CATALOGUE_TEMPLATES - rendered == set()

    def test_while_a_citizen_files_and_follows(self, visitor, ward, rendered):
        seen = look_at(screens.of_citizens(visitor, ward))

        others = OPEN_PAGES | CATALOGUE_PAGES | PUBLICATION_PAGES
        assert addresses("portal") - others - seen == set()
        others = open_templates() | templates("portal/disclosure")
        assert templates("portal") - others - rendered == set()

    def test_while_dossiers_wait_and_end(self, visitor, ward, it_becomes, rendered):
        seen = look_at(screens.of_waiting_and_ending(visitor, ward, it_becomes))

        assert WAITING_PAGES - seen == set()
        assert WAITING_TEMPLATES - rendered == set()

    def test_while_dossiers_are_late(self, visitor, ward, it_becomes, rendered):
        seen = look_at(screens.of_lateness(visitor, ward, it_becomes))

        elsewhere = TARGET_PAGES | INDEX_PAGES | REGISTER_PAGES | PUBLICATION_PAGES | plan_pages()
        assert (LATENESS_PAGES | (addresses("board") - elsewhere)) - seen == set()
        rooms = (
            "targets", "agency", "index766", "announcements", "disclosure", "plan", "reports",
        )  # fmt: skip
        others = REFUSED_BY_THE_OFFICE.union(*(templates(f"board/{room}") for room in rooms))
        assert (LATENESS_TEMPLATES | (templates("board") - others)) - rendered == set()

    def test_while_targets_are_looked_at_and_set(self, visitor, ward, rendered):
        seen = look_at(screens.of_targets(visitor, ward))

        assert TARGET_PAGES - seen == set()
        assert (templates("board/targets") | templates("board/agency")) - rendered == set()

    def test_while_the_index_is_looked_at(self, visitor, ward, rendered):
        seen = look_at(of_the_index(visitor, ward))

        assert INDEX_PAGES - seen == set()
        assert templates("board/index766") - rendered == set()

    def test_while_decisions_are_announced(self, visitor, ward, rendered):
        seen = look_at(of_the_register(visitor, ward))

        assert REGISTER_PAGES - seen == set()
        pages = templates("board/announcements") | REFUSED_BY_THE_OFFICE
        assert pages - rendered == set()

    def test_while_a_month_is_published(self, visitor, ward, it_becomes, rendered):
        seen = look_at(disclosure_screens.of_publications(visitor, ward, it_becomes))

        assert PUBLICATION_PAGES - seen == set()
        pages = templates("board/disclosure") | templates("portal/disclosure")
        assert pages - rendered == set()

    def test_while_the_plan_is_carried_out(self, visitor, ward, rendered):
        seen = look_at(screens.of_the_plan(visitor, ward))

        assert plan_pages() - seen == set()
        assert templates("board/plan") - rendered == set()

    def test_at_the_desk(self, visitor, ward, it_becomes, rendered):
        seen = look_at(screens.of_officers(visitor, ward, it_becomes))

        others = LINE_PAGES | AT_THE_COUNTER | WAITING_PAGES | LATENESS_PAGES
        assert addresses("desk") - others - seen == set()
        others = templates("desk/queue") | templates("desk/counter")
        others |= WAITING_TEMPLATES | LATENESS_TEMPLATES
        assert templates("desk") - others - rendered == set()

    def test_while_one_filing_is_settled_in_parts(self, visitor, ward):
        seen = look_at(screens.of_linked_dossiers(visitor, ward))

        assert {"portal:dossier", "desk:dossier"} <= seen

    def test_in_the_hall(self, visitor, ward, it_becomes, rendered):
        seen = look_at(screens.of_the_hall(visitor, ward, it_becomes))

        assert (addresses("kiosk") | LINE_PAGES) - seen == set()
        assert (templates("kiosk") | templates("desk/queue")) - rendered == set()

    def test_at_the_counter(self, visitor, ward, it_becomes, rendered):
        seen = look_at(screens.of_the_counter(visitor, ward, it_becomes))

        assert AT_THE_COUNTER - screens.NO_PAGES - seen == set()
        assert templates("desk/counter") - rendered == set()

    def test_behind_the_scenes(self, visitor, administrator, rendered):
        seen = look_at(screens.of_the_house(visitor, administrator))

        assert (addresses("console") | addresses("design")) - seen == set()
        pages = templates("console") | templates("design") | templates("errors")
        assert pages - rendered == set()


def test_every_address_belongs_to_a_walk():
    walked = {"portal", "desk", "console", "design", "kiosk", "board"}

    assert {name for name in _names(urls.urlpatterns) if name.partition(":")[0] not in walked} == (
        {"sign-in"} | {name for name in screens.NO_PAGES if ":" not in name}
    )


@pytest.fixture
def rendered() -> Iterator[set[str]]:
    """The templates that the server used while the test ran."""
    names: set[str] = set()

    def note(template: Template, **_signal: object) -> None:
        names.add(template.name or "")

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def look_at(states: Iterable[screens.State]) -> set[str]:
    """Check every state, tell all that is wrong at once, and return the addresses seen."""
    wrong, seen, told = {}, set(), Counter()
    for words, page in states:
        told[words] += 1
        try:
            seen.add(resolve(urlsplit(page.url).path).view_name)
        except Resolver404:
            seen.add("")
        if found := violations_of(page):
            wrong[words] = found
    assert wrong == {}
    assert max(told.values()) == 1, told
    return seen


def addresses(namespace: str) -> set[str]:
    """Return the names of an audience's addresses, but for those that show no page."""
    names = {name for name in _names(urls.urlpatterns) if name.startswith(f"{namespace}:")}
    return names - screens.NO_PAGES


def plan_pages() -> set[str]:
    """Return the names of the plan's addresses: a walk of their own."""
    return {name for name in addresses("board") if name.startswith("board:plan")}


def templates(folder: str) -> set[str]:
    """Return the names of the pages in a folder; pieces begin with an underscore."""
    found = (TEMPLATES / folder).rglob("[!_]*.html")
    return {path.relative_to(TEMPLATES).as_posix() for path in found}


def open_templates() -> set[str]:
    """Return the pages behind the addresses that anybody may open."""
    lookups = {name for name in templates("portal/dossiers") if "/lookup" in name}
    return (
        {name for name in templates("portal") if name.count("/") == 1}
        | lookups
        | templates("sign_in") - {"sign_in/not_a_leader.html"}  # seen where dossiers are late
    )


def _names(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.app_name}:" if pattern.app_name else prefix
            yield from _names(pattern.url_patterns, inner)
        else:
            yield f"{prefix}{pattern.name}"
