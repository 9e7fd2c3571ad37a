"""Rules about the code itself that no linter knows. Each failure says what to do instead."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house_rules import acts, records, screens, shape
from tests.house_rules.house import House, Rule

OURS = House(Path(__file__).parents[1])
RULES = (*acts.RULES, *shape.RULES, *screens.RULES, *records.RULES)

SCREEN = "src/motcua/web/templates/desk/page.html"
ROOM = "src/motcua/dossiers"
EVENT = 'class Told(Event):\n    kind: ClassVar[str] = "dossiers.told"\n'
FROZEN = "@dataclass(frozen=True, kw_only=True)\n"

# What each rule must notice: the file, and what stands in it.
BROKEN = [
    (acts.only_services_write, f"{ROOM}/queries.py", "Dossier.objects.create(code='x')"),
    (acts.only_services_write, f"{ROOM}/queries.py", "Dossier.objects.filter(pk=1).update(x=1)"),
    (acts.only_services_write, "src/motcua/web/desk/views.py", "dossier.save()"),
    (acts.only_services_write, "src/motcua/web/desk/views.py", "dossier.delete()"),
    (acts.only_services_write, f"{ROOM}/policies.py", 'x = """\n  UPDATE dossier SET a = 1"""'),
    (
        acts.a_room_writes_its_own_records_only,
        f"{ROOM}/services.py",
        "from motcua.parties.models import Person\nPerson.objects.create(full_name='x')",
    ),
    (
        acts.public_services_take_keywords_and_own_a_transaction,
        f"{ROOM}/services.py",
        "@transaction.atomic\ndef accept(dossier): ...",
    ),
    (
        acts.public_services_take_keywords_and_own_a_transaction,
        f"{ROOM}/services/accept.py",
        "def accept(*, dossier): ...",
    ),
    (acts.rooms_are_told_the_moment, f"{ROOM}/services.py", "at = clock.now()"),
    (acts.rooms_are_told_the_moment, f"{ROOM}/models.py", "x = date.today()"),
    (acts.rooms_are_told_the_moment, f"{ROOM}/models.py", "from motcua.kernel.clock import now"),
    (acts.events_are_frozen_facts, f"{ROOM}/events.py", EVENT),
    (acts.events_are_frozen_facts, f"{ROOM}/events.py", FROZEN + EVENT.replace("told", "Told!")),
    (acts.rooms_do_not_call_the_outside, f"{ROOM}/jobs.py", "import httpx"),
    (acts.rooms_do_not_call_the_outside, f"{ROOM}/jobs.py", "from urllib.request import urlopen"),
    (acts.nothing_happens_by_signal, f"{ROOM}/apps.py", "from django.dispatch import receiver"),
    (shape.files_stay_short_enough_to_read, f"{ROOM}/services.py", "x = 1\n" * 401),
    (shape.files_have_names_that_mean_something, f"{ROOM}/services/utils.py", ""),
    (shape.rooms_hold_the_same_furniture, f"{ROOM}/letters.py", ""),
    (shape.rooms_hold_the_same_furniture, f"{ROOM}/letters/models.py", ""),
    (shape.everything_public_says_what_it_is, f"{ROOM}/models.py", "x = 1"),
    (shape.everything_public_says_what_it_is, f"{ROOM}/models.py", '"""Doc."""\ndef f(): ...'),
    (shape.nothing_is_promised_in_comments, f"{ROOM}/models.py", "# TO" + "DO: later"),
    (shape.excuses_give_a_reason, f"{ROOM}/models.py", "x = 1  # no" + "qa: E501"),
    (shape.excuses_give_a_reason, f"{ROOM}/models.py", "x = 1  # no" + "qa - as it says"),
    (shape.excuses_give_a_reason, "tests/test_x.py", "x = y  # type: " + "ignore[misc]"),
    (
        shape.locks_name_no_host,
        "requirements/base.lock",
        "# from https:" + "//example.org/" + "simple",
    ),
    (shape.locks_name_no_host, "requirements/base.lock", "--index" + "-url x"),
    (shape.files_name_no_machine, "README.md", "see /" + "root/motcua"),
    (shape.files_name_no_machine, "docs/x.md", "cd /" + "tmp/x"),
    (shape.tests_may_fail, "tests/test_x.py", "from unittest.mock import patch"),
    (shape.tests_may_fail, "tests/test_x.py", "@pytest.mark.xfail\ndef test_x(): ..."),
    (shape.tests_may_fail, "tests/test_x.py", "@pytest.mark.skip\ndef test_x(): ..."),
    (shape.tests_may_fail, "tests/test_x.py", "@pytest.mark.skip()\ndef test_x(): ..."),
    (shape.tests_may_fail, "tests/test_x.py", "@pytest.mark.skipif(True)\ndef test_x(): ..."),
    (screens.nothing_runs_or_looks_inline, SCREEN, "<script>alert(1)</script>"),
    (screens.nothing_runs_or_looks_inline, SCREEN, '<p class="x" style="color: red">'),
    (screens.nothing_runs_or_looks_inline, SCREEN, '<button onclick="x()">'),
    (screens.every_page_has_a_layout, SCREEN, "<p></p>"),
    (screens.every_template_is_used, SCREEN, '{% extends "layouts/desk.html" %}'),
    (screens.templates_ask_for_no_state, SCREEN, '{% if dossier.state == "received" %}{% endif %}'),
    (screens.all_text_can_be_translated, SCREEN, "<p>Xin chào</p>"),
    (screens.all_text_can_be_translated, SCREEN, '<img src="x.png" alt="Cổng">'),
]

# What looks alike and is right.
SOUND = [
    (acts.only_services_write, f"{ROOM}/services/accept.py", "dossier.save()"),
    (acts.only_services_write, f"{ROOM}/queries.py", "seen.update(x=1)"),
    (acts.only_services_write, "src/motcua/web/desk/views.py", "code.save(out, kind='svg')"),
    (acts.only_services_write, f"{ROOM}/queries.py", 'x = "SELECT 1 FOR UPDATE"'),
    (acts.rooms_are_told_the_moment, "src/motcua/web/desk/views.py", "at = clock.now()"),
    (acts.events_are_frozen_facts, f"{ROOM}/events.py", FROZEN + EVENT),
    (shape.excuses_give_a_reason, f"{ROOM}/models.py", "x = 1  # noqa: S105, S1 - a box's name"),
    (shape.excuses_give_a_reason, f"{ROOM}/models.py", "x = y  # type: ignore[misc]  # a mixin"),
    (
        shape.files_name_no_machine,
        "docs/x.md",
        "https://example.org/{0}/x and var/{0}/x".format("tmp"),
    ),
    (shape.tests_may_fail, "tests/test_x.py", '@pytest.mark.skip(reason="x")\ndef test_x(): ...'),
    (screens.nothing_runs_or_looks_inline, SCREEN, '<script src="x.js" defer></script>'),
    (screens.nothing_runs_or_looks_inline, SCREEN, '{# <p style="x"> #}'),
    (screens.all_text_can_be_translated, SCREEN, '<p>{% translate "Xin chào" %}&nbsp;1</p>'),
    (screens.all_text_can_be_translated, SCREEN, "{% block body_class %}mc-desk{% endblock %}"),
    (screens.all_text_can_be_translated, SCREEN, '<p class="lead text">{{ name }}</p>'),
]


def name_of(rule: object) -> str | None:
    return getattr(rule, "__name__", None)


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_the_house_keeps_its_rule(rule: Rule):
    culprits = list(rule(OURS))

    assert not culprits, "\n".join([str(rule.__doc__), *culprits])


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN, ids=name_of)
def test_the_rule_notices(rule: Rule, path: str, text: str, tmp_path: Path):
    assert list(rule(_house_with(tmp_path, path, text)))


@pytest.mark.parametrize(("rule", "path", "text"), SOUND, ids=name_of)
def test_the_rule_lets_pass(rule: Rule, path: str, text: str, tmp_path: Path):
    assert list(rule(_house_with(tmp_path, path, text))) == []


@pytest.mark.parametrize("rule", [*acts.RULES, *shape.RULES, *screens.RULES], ids=name_of)
def test_the_rule_was_seen_to_fail(rule: Rule):
    assert rule in {broken[0] for broken in BROKEN}, "add a line to BROKEN"


@pytest.mark.django_db
def test_migrations_are_complete():
    missing = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=missing)
    except SystemExit:
        pytest.fail(f"Run `makemigrations` and commit what it writes:\n{missing.getvalue()}")


def _house_with(root: Path, path: str, text: str) -> House:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)
    (root / "src" / "motcua").mkdir(parents=True, exist_ok=True)
    return House(root)
