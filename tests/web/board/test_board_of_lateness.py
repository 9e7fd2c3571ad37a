"""The leader's board of lateness: numbers, the lists behind them, and whom they name."""

import re
from datetime import timedelta
from html import unescape

import pytest

from motcua.accounts.models import Account
from motcua.dossiers import services
from motcua.kernel import clock
from tests.builders import NOW, ADesk, a_district, a_leader, a_processor
from tests.dossiers.acts import WORDS
from tests.dossiers.test_waking import wake
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

LATE = NOW + timedelta(days=1)
PAGE = "/lanh-dao/tre-han/"


@pytest.fixture(autouse=True)
def _a_day_later():
    clock.shift_by(timedelta())
    clock.shift_by(LATE - clock.now() + timedelta(minutes=1))
    yield
    clock.shift_by(timedelta())


@pytest.fixture
def signed_in(client):
    def sign_in(mandate):
        client.force_login(Account.objects.get(pk=mandate.account_id))
        return client

    return sign_in


def finished_late(desk: ADesk, *, cause: str = "own_unit"):
    dossier = desk.proposed()
    wake(LATE)
    services.state_cause(
        dossier_id=dossier.pk, mandate=desk.leader, cause=cause, words="Vì thế.", at=LATE
    )
    return services.decide_dossier(
        dossier_id=dossier.pk, mandate=desk.leader, at=LATE, **WORDS["decide"]
    )


def numbers_of(html: str) -> list[tuple[str, int]]:
    """Return every link to a list with the number that it shows."""
    found = re.findall(r'href="(/lanh-dao/tre-han/ho-so/[^"]*)"><?(?:strong>)?(\d+)', html)
    return [(unescape(href), int(number)) for href, number in found]


class TestTheBoard:
    @pytest.mark.parametrize("by", ["unit", "officer", "step", "cause", "anything"])
    def test_every_number_is_as_long_as_its_list(self, signed_in, by):
        desk = ADesk()
        desk.taken_up()
        desk.taken_up()
        desk.accepted()
        finished_late(desk)
        finished_late(desk, cause="applicant")
        wake(LATE)
        client = signed_in(desk.leader)

        numbers = numbers_of(assert_is_a_page(client.get(PAGE, {"theo": by})))

        assert {n for _, n in numbers} & {2, 3}
        for href, number in numbers:
            context = client.get(href).context
            assert (context["count"], len(context["lines"])) == (number, number), href

    def test_names_who_held_it_when_it_became_late(self, signed_in):
        desk, successor = ADesk(), a_processor()
        dossier = desk.taken_up()
        wake(LATE)
        services.assign_dossier(
            dossier_id=dossier.pk,
            mandate=desk.leader,
            to_officer_id=successor.officer_id,
            at=LATE,
        )

        rows = signed_in(desk.leader).get(PAGE, {"theo": "officer"}).context["rows"]

        [row] = [row for row in rows if row.cells[1].count]
        assert f"gia-tri={desk.processor.officer_id}" in row.cells[1].href

    @pytest.mark.parametrize("cause", ["other_agency", "applicant", "system"])
    def test_names_nobody_for_what_was_not_the_offices_doing(self, signed_in, cause):
        desk = ADesk()
        finished_late(desk, cause=cause)

        rows = signed_in(desk.leader).get(PAGE, {"theo": "officer"}).context["rows"]

        assert [row.name for row in rows] == ["Không tính cho cán bộ nào"]

    def test_counts_what_waits_for_others_apart(self, signed_in):
        desk = ADesk()
        desk.awaiting_supplement()
        desk.awaiting_obligation()

        context = signed_in(desk.leader).get(PAGE).context

        assert [cell.count for cell in context["totals"]] == [0, 0, 0]
        assert sum(pause["count"] for pause in context["pauses"]) == 2

    def test_leaves_other_months_out(self, signed_in):
        desk = ADesk()
        finished_late(desk)
        client = signed_in(desk.leader)

        assert client.get(PAGE, {"thang": "2024-10"}).context["totals"][2].count == 1
        assert client.get(PAGE, {"thang": "2024-09"}).context["totals"][2].count == 0

    def test_shows_a_leader_the_own_agency_and_those_below(self, signed_in):
        desk = ADesk()
        desk.taken_up()

        district = signed_in(a_leader(a_district())).get(PAGE).context
        other = signed_in(a_leader(a_district("Ủy ban nhân dân quận Cái Răng"))).get(PAGE).context

        assert district["totals"][1].count == 1
        assert other["totals"][1].count == 0

    def test_shows_the_city_to_who_leads_it(self, signed_in, settings):
        ADesk().taken_up()
        leader = a_leader(a_district("Ủy ban nhân dân quận Cái Răng"))
        settings.CITY_LEADING_AGENCIES = [leader.posts[0].agency_code]

        assert signed_in(leader).get(PAGE).context["totals"][1].count == 1

    def test_is_not_for_those_who_do_not_lead(self, signed_in):
        answer = signed_in(ADesk().processor).get(PAGE)

        assert answer.status_code == 403
        assert "dành cho lãnh đạo cơ quan" in answer.content.decode()

    def test_costs_the_same_with_more_dossiers(self, signed_in, django_assert_max_num_queries):
        desk = ADesk()
        for _ in range(6):
            desk.taken_up()
        wake(LATE)
        client = signed_in(desk.leader)
        client.get(PAGE)

        with django_assert_max_num_queries(8):
            client.get(PAGE)
        with django_assert_max_num_queries(8):
            client.get(f"{PAGE}ho-so/?cot=late")
