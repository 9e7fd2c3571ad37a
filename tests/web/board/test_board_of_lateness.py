"""The leader's board of lateness: numbers, the lists behind them, and whom they name."""

import re
from datetime import timedelta
from html import unescape

import pytest

from motcua.accounts.models import Account
from motcua.dossiers import queries, services
from motcua.kernel import clock
from tests.builders import (
    NOW,
    POLICE,
    ADesk,
    a_district,
    a_leader,
    a_linked_birth,
    a_processor,
    an_agency,
)
from tests.dossiers.acts import WORDS
from tests.dossiers.linked import Agencies, part_of
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
            assert (context["page"].paginator.count, len(context["lines"])) == (number, number), (
                href
            )

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

        # What has not come is no month to be counted: this one is shown, and says so.
        to_come = client.get(PAGE, {"thang": "2031-01"}).context
        assert (to_come["month"], to_come["totals"][2].count) == ("2024-10", 1)

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

    @pytest.mark.parametrize(
        "typed",
        ["theo=step&gia-tri=99999:x", "theo=step&gia-tri=x", "theo=unit&gia-tri=0", "page=0"],
    )
    def test_has_an_empty_list_for_what_nobody_counts(self, signed_in, typed):
        response = signed_in(ADesk().leader).get(f"{PAGE}ho-so/?{typed}")

        assert_is_a_page(response)
        assert response.context["page"].paginator.count == 0

    def test_shows_the_last_page_of_a_list_beyond_its_end(self, signed_in):
        desk = ADesk()
        dossier = finished_late(desk)

        page = assert_is_a_page(signed_in(desk.leader).get(f"{PAGE}ho-so/?cot=finished&page=7"))

        assert dossier.code in page
        assert "Hồ sơ 1–1 trong 1" in page

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

        with django_assert_max_num_queries(9):
            client.get(PAGE)
        with django_assert_max_num_queries(8):
            client.get(f"{PAGE}ho-so/?cot=late")


class TestPauses:
    """What stands still is counted apart, and each number opens its list."""

    def hrefs(self, page: str) -> list[tuple[str, int]]:
        found = re.findall(r'href="(/lanh-dao/tre-han/tam-dung/[^"]*)">(\d+)', page)
        return [(unescape(href), int(number)) for href, number in found]

    def test_every_number_is_as_long_as_its_list(self, signed_in):
        desk = ADesk()
        paused = desk.awaiting_supplement()
        desk.awaiting_supplement()
        client = signed_in(desk.leader)

        [(href, number)] = self.hrefs(assert_is_a_page(client.get(PAGE)))
        page = assert_is_a_page(client.get(href))

        assert number == 2
        assert "2 hồ sơ." in page
        assert paused.code in page
        assert "trễ trước khi dừng" not in page

    def test_tells_what_was_late_before_it_was_stopped(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()
        wake(LATE)
        services.suspend_settlement(
            dossier_id=dossier.pk, mandate=desk.leader, reason="Bão lớn.", at=LATE
        )
        client = signed_in(desk.leader)

        (_all, _n), (late, number) = self.hrefs(assert_is_a_page(client.get(PAGE)))
        page = assert_is_a_page(client.get(late))

        assert number == 1
        assert "trễ trước khi dừng" in page

    def test_of_a_state_that_pauses_nothing_is_no_page(self, signed_in):
        client = signed_in(ADesk().leader)
        assert client.get(f"{PAGE}tam-dung/?cho=in_progress").status_code == 404

    def test_of_other_agencies_are_not_shown(self, signed_in):
        paused = ADesk().awaiting_supplement()
        client = signed_in(a_leader(an_agency(POLICE)))
        page = assert_is_a_page(client.get(f"{PAGE}tam-dung/?cho=awaiting_supplement"))
        assert paused.code not in page


class TestFurtherRounds:
    """How often a unit wished to ask once more; each number opens its list."""

    def numbers(self, page: str) -> list[tuple[str, int]]:
        found = re.findall(r'href="(/lanh-dao/tre-han/bo-sung-them/[^"]*)">(\d+)', page)
        return [(unescape(href), int(number)) for href, number in found]

    def test_every_number_is_as_long_as_its_list(self, signed_in):
        desk = ADesk()
        desk.approved_a_further_round()
        desk.asked_for_a_further_round()
        client = signed_in(desk.leader)

        numbers = self.numbers(assert_is_a_page(client.get(PAGE)))

        assert [number for _href, number in numbers] == [2, 1, 1]
        for href, number in numbers:
            page = client.get(href).context["page"]
            assert (page.paginator.count, len(page.object_list)) == (number, number), href

    def test_tell_both_reasons_to_those_whose_work_it_is(self, signed_in, settings):
        desk = ADesk()
        dossier = desk.approved_a_further_round()
        [plea] = queries.pleas_of(dossier)
        elsewhere = a_leader(a_district("Ủy ban nhân dân quận Cái Răng"))
        settings.CITY_LEADING_AGENCIES = [elsewhere.posts[0].agency_code]
        where = f"{PAGE}bo-sung-them/"

        own = assert_is_a_page(signed_in(desk.leader).get(where))
        others = assert_is_a_page(signed_in(elsewhere).get(where))

        for words in (plea.reason, plea.answer, f'href="/desk/ho-so/{dossier.code}/"'):
            assert words in own
            assert words not in others
        assert dossier.code in others

    @pytest.mark.parametrize("typed", ["don-vi=x&ket-qua=x&thang=x", "don-vi=0", "page=9"])
    def test_take_what_strangers_type_for_the_usual(self, signed_in, typed):
        desk = ADesk()
        dossier = desk.asked_for_a_further_round()

        page = assert_is_a_page(signed_in(desk.leader).get(f"{PAGE}bo-sung-them/?{typed}"))

        assert (dossier.code in page) is (typed != "don-vi=0")

    def test_of_other_months_and_agencies_are_not_counted(self, signed_in):
        ADesk().asked_for_a_further_round()
        other = signed_in(a_leader(an_agency(POLICE)))
        assert not self.numbers(assert_is_a_page(other.get(PAGE)))

        desk = ADesk()
        before = signed_in(desk.leader).get(PAGE, {"thang": "2024-09"})
        assert "Không đơn vị nào đề nghị." in assert_is_a_page(before)


class TestALinkedDossier:
    def test_has_the_cause_of_the_part_that_made_it_late(self):
        agencies = Agencies()
        whole = a_linked_birth()
        services.accept_dossier(dossier_id=whole.pk, mandate=agencies.ward.receiver, at=NOW)
        much_later = NOW + timedelta(days=30)
        services.state_cause(
            dossier_id=part_of(whole, "birth").pk,
            mandate=agencies.ward.leader,
            cause="other_agency",
            words="Chờ xác minh.",
            at=much_later,
        )

        _count, found = queries.behind(
            [whole.settling_agency_id],
            by=queries.By.CAUSE,
            keys=["other_agency"],
            stand=queries.LateStand.LATE,
            month=much_later.date(),
            at=much_later,
        )

        assert {each.code for each in found} == {whole.code, part_of(whole, "birth").code}
