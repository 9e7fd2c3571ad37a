"""Work lists: what is under each tab, in which order, and how much it costs."""

import gzip
import re
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from motcua.dossiers.queries import Tab
from motcua.dossiers.services import take_up_dossier, wake_dossiers
from motcua.kernel import clock
from motcua.offices.models import Appointment
from motcua.offices.services import end_appointment
from motcua.web import words
from tests.builders import NOW, TODAY, ADesk, a_citizen, a_dossier, a_processor, an_agency

pytestmark = pytest.mark.django_db

HOME = reverse("desk:home")


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def shown_on(response) -> str:
    return response.content.decode()


def without_tokens(page: str) -> str:
    return TOKEN.sub("", page)


def standing_at(at: datetime) -> None:
    """Let the city's clock show this moment."""
    clock.shift_by(timedelta())
    clock.shift_by(at - clock.now())


def codes_on(response) -> list[str]:
    return [row.agency_code + row.number for row in response.context["rows"]]


class TestHome:
    def test_shows_the_most_urgent_first(self, signed_in):
        desk = ADesk()
        fresh = desk.taken_up()
        yesterday = NOW - timedelta(hours=18)
        late = desk.taken_up(a_dossier(at=yesterday), at=yesterday)

        response = signed_in(desk.processor).get(HOME)

        assert codes_on(response) == [late.code, fresh.code]
        assert [row.is_late for row in response.context["rows"]] == [True, False]
        assert "Trễ 2 giờ" in response.content.decode()

    @pytest.mark.parametrize("page", ["0", "-1", "x", "2", "9" * 5000])
    def test_shows_a_page_whichever_is_asked_for(self, signed_in, page):
        desk = ADesk()
        dossier = desk.taken_up()

        assert codes_on(signed_in(desk.processor).get(HOME, {"page": page})) == [dossier.code]

    def test_sends_to_the_late_ones_only_whom_they_wait_for(self, signed_in):
        desk = ADesk()
        yesterday = NOW - timedelta(hours=18)
        desk.taken_up(a_dossier(at=yesterday), at=yesterday)

        assert "Mở danh sách trễ hạn" in signed_in(desk.processor).get(HOME).content.decode()
        assert "Mở danh sách trễ hạn" not in signed_in(desk.receiver).get(HOME).content.decode()

    def test_says_in_words_when_nothing_is_left(self, signed_in):
        response = signed_in(a_processor()).get(HOME)

        assert "không còn hồ sơ nào đang xử lý" in response.content.decode()

    def test_every_tab_has_its_words_and_opens(self, signed_in):
        client = signed_in(ADesk().leader)

        for tab in Tab:
            assert client.get(HOME, {"tab": tab.value}).status_code == 200

    def test_an_unknown_tab_shows_the_first(self, signed_in):
        response = signed_in(a_processor()).get(HOME, {"tab": "nonsense"})

        assert response.context["tab"] is Tab.MINE

    def test_shows_nothing_of_other_agencies(self, signed_in):
        ADesk().accepted()
        elsewhere = a_processor(an_agency("Ủy ban nhân dân phường An Cư"))

        response = signed_in(elsewhere).get(HOME, {"tab": "unassigned"})

        assert codes_on(response) == []

    def test_a_citizen_is_told_that_this_is_for_officers(self, client):
        client.force_login(a_citizen().account)

        assert client.get(HOME).status_code == 403

    def test_somebody_unknown_signs_in_first(self, client):
        assert client.get(HOME).status_code == 302


class TestFilters:
    def test_narrow_by_name_without_accents(self, signed_in):
        desk = ADesk()
        wanted = desk.taken_up(a_dossier(a_citizen("Huỳnh Kim Ngân")))
        desk.taken_up()

        response = signed_in(desk.processor).get(HOME, {"words": "huynh kim"})

        assert codes_on(response) == [wanted.code]

    def test_narrow_by_procedure(self, signed_in):
        desk = ADesk()
        desk.taken_up()
        client = signed_in(desk.processor)

        assert len(codes_on(client.get(HOME, {"procedure": "1.001193"}))) == 1
        assert codes_on(client.get(HOME, {"procedure": "2.000815"})) == []

    def test_say_what_to_do_when_too_narrow(self, signed_in):
        desk = ADesk()
        desk.taken_up()

        response = signed_in(desk.processor).get(HOME, {"words": "zzz"})

        assert "Không có hồ sơ nào khớp" in response.content.decode()


class TestIntake:
    def test_counts_eight_working_hours_down(self, signed_in):
        desk = ADesk()
        dossier = a_dossier()

        response = signed_in(desk.receiver).get(reverse("desk:intake"))

        (row,) = response.context["rows"]
        # Filed on Tuesday at 9:00: one working day, less the minute that has begun.
        assert row.deadline.words in ("Còn 7 giờ", "Còn 1 ngày")
        assert row.owed == words.moment(dossier.intake_due_at)


class TestReturns:
    def test_shows_what_waits_at_the_counter(self, signed_in):
        desk = ADesk()
        decided = desk.decided()

        response = signed_in(desk.receiver).get(reverse("desk:returns"))

        assert codes_on(response) == [decided.code]
        assert "Xong đúng hạn" in response.content.decode()


class TestSearch:
    def test_finds_by_name_without_accents(self, signed_in):
        desk = ADesk()
        dossier = a_dossier(a_citizen("Lâm Thị Sà Rươl"))

        response = signed_in(desk.receiver).get(reverse("desk:search"), {"q": "sa ruol"})

        assert codes_on(response) == [dossier.code]

    def test_goes_straight_to_a_whole_code(self, signed_in):
        desk = ADesk()
        dossier = a_dossier()

        response = signed_in(desk.receiver).get(reverse("desk:search"), {"q": dossier.code})

        assert response.url == reverse("desk:dossier", args=[dossier.code])

    @pytest.mark.parametrize("words", ["", "zzz", "%", "ắ" * 5000])
    def test_hints_when_nothing_is_found(self, signed_in, words):
        response = signed_in(a_processor()).get(reverse("desk:search"), {"q": words})

        assert response.status_code == 200
        assert "mc-empty" in response.content.decode()

    def test_finds_nothing_of_other_agencies(self, signed_in):
        dossier = a_dossier()
        elsewhere = a_processor(an_agency("Ủy ban nhân dân phường An Cư"))

        response = signed_in(elsewhere).get(reverse("desk:search"), {"q": dossier.code})

        assert codes_on(response) == []


class TestWhatWasDrawnBefore:
    """A page that was drawn is drawn again as soon as anything on it is different."""

    def test_is_the_same_page_while_nothing_is_different(self, signed_in):
        desk = ADesk()
        desk.taken_up()
        client = signed_in(desk.processor)

        first, second = (client.get(HOME).content.decode() for _ in range(2))

        assert without_tokens(first) == without_tokens(second)

    def test_shows_an_act_at_once(self, signed_in):
        desk = ADesk()
        dossier = a_dossier()
        client = signed_in(desk.receiver)
        intake = client.get(reverse("desk:intake"))
        assert codes_on(intake) == [dossier.code]
        assert dossier.code in shown_on(intake)

        desk.accepted(dossier)

        assert dossier.code not in shown_on(client.get(reverse("desk:intake")))

    def test_shows_another_holder_at_once(self, signed_in):
        desk = ADesk()
        dossier = desk.accepted()
        client = signed_in(desk.leader)
        unassigned = {"tab": "unassigned"}
        assert dossier.code in shown_on(client.get(HOME, unassigned))

        take_up_dossier(dossier_id=dossier.pk, mandate=desk.processor, at=NOW)

        assert dossier.code not in shown_on(client.get(HOME, unassigned))
        assert desk.processor.full_name in shown_on(client.get(HOME, {"tab": "near"}))

    def test_says_that_a_deadline_has_passed_at_once(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()
        client = signed_in(desk.processor)
        standing_at(dossier.due_at - timedelta(seconds=30))
        assert "Còn 1 phút" in shown_on(client.get(HOME))
        assert "hồ sơ trễ hạn" not in shown_on(client.get(HOME))

        standing_at(dossier.due_at + timedelta(milliseconds=1))

        page = shown_on(client.get(HOME))
        assert "Trễ 1 phút" in page
        assert "1 hồ sơ trễ hạn." in page

    def test_counts_a_new_notice_at_once(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()
        client = signed_in(desk.processor)
        standing_at(dossier.due_at + timedelta(hours=20))
        assert "việc chờ Ông/Bà" not in shown_on(client.get(HOME))

        while wake_dossiers(at=clock.now()):
            pass

        assert "việc chờ Ông/Bà" in shown_on(client.get(HOME))

    def test_is_not_shown_once_the_right_is_lost(self, signed_in):
        desk = ADesk()
        desk.taken_up()
        client = signed_in(desk.processor)
        assert client.get(HOME).status_code == 200

        for appointment in Appointment.objects.filter(officer_id=desk.processor.officer_id):
            end_appointment(appointment=appointment, on=TODAY, at=NOW)
        standing_at(NOW + timedelta(days=1))

        assert client.get(HOME).status_code == 403

    def test_names_an_officer_to_nobody_else(self, signed_in):
        desk = ADesk()
        elsewhere = a_processor(an_agency("Ủy ban nhân dân phường An Cư"))
        waiting = {"tab": "waiting"}
        assert "phường Cái Khế" in shown_on(signed_in(desk.processor).get(HOME, waiting))

        page = shown_on(signed_in(elsewhere).get(HOME, waiting))

        assert "phường An Cư" in page
        assert "phường Cái Khế" not in page

    def test_speaks_the_language_that_was_chosen(self, signed_in):
        desk = ADesk()
        desk.taken_up()
        client = signed_in(desk.processor)
        assert "Đăng xuất" in shown_on(client.get(HOME))

        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

        page = shown_on(client.get(HOME))
        assert 'lang="en"' in page
        assert "Sign out" in page
        assert "Đăng xuất" not in page

    def test_has_a_token_of_its_own_each_time_and_each_is_good(self, signed_in):
        client = signed_in(a_processor())
        client.handler.enforce_csrf_checks = True

        tokens = [set(TOKEN.findall(shown_on(client.get(HOME)))) for _ in range(2)]

        assert [len(each) for each in tokens] == [1, 1]
        assert tokens[0] != tokens[1]
        [token] = tokens[1]
        answer = client.post(reverse("sign-out"), {"csrfmiddlewaretoken": token})
        assert answer.status_code == 302

    def test_tells_once_what_has_just_been_done(self, signed_in):
        desk = ADesk()
        dossier = desk.accepted()
        client = signed_in(desk.processor)
        before = shown_on(client.get(HOME, {"tab": "unassigned"}))
        assert 'role="status"' not in before

        client.post(reverse("desk:take-up-create", args=[dossier.code]))

        assert 'role="status"' in shown_on(client.get(HOME))
        assert 'role="status"' not in shown_on(client.get(HOME))


class TestCost:
    def test_a_list_takes_two_statements_however_long(self, signed_in, django_assert_num_queries):
        desk = ADesk()
        client = signed_in(desk.processor)
        for _ in range(3):
            desk.taken_up()
        client.get(HOME)  # the first request of a process compiles the procedures

        # Session, account and posts in one; the rows, the counts of all tabs and the notices too.
        with django_assert_num_queries(2):
            assert len(codes_on(client.get(HOME))) == 3

    def test_a_page_of_rows_weighs_less_than_the_budget(self, signed_in):
        desk = ADesk()
        for _ in range(26):
            a_dossier()

        response = signed_in(desk.receiver).get(reverse("desk:intake"))

        assert len(response.context["rows"]) == 25
        assert len(gzip.compress(response.content)) < 20_000  # of 60 kB
        assert "Hồ sơ 1–25 trong 26" in response.content.decode()
        second = signed_in(desk.receiver).get(reverse("desk:intake"), {"page": "2"})
        assert len(second.context["rows"]) == 1
        for none in ("0", "x"):
            first = signed_in(desk.receiver).get(reverse("desk:intake"), {"page": none})
            assert len(first.context["rows"]) == 25
