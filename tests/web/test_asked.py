"""What waits for an officer beside dossiers: it is told in every frame, in one statement."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from motcua.accounts.models import Account
from motcua.disclosure import services as disclosure
from motcua.disclosure.queries import PublicationAsks
from motcua.kernel import clock, memory
from motcua.plans import services as plans
from motcua.plans.queries import PlanAsks, unread_reminders
from motcua.steering import services as steering
from motcua.steering.followers import follow_dossiers
from motcua.steering.models import TargetExplanation
from motcua.steering.queries.targets import TargetAsks, row_of
from motcua.web.asked import PLACES, waiting_for
from tests.builders import (
    NOW,
    ADesk,
    a_district,
    a_leader,
    a_processor,
    a_receiver,
    an_agency,
    taken_in,
)
from tests.disclosure.months import ANSWERED, OVER, AnOffice, ended_late, line_of
from tests.kernel.ledger.rooms import catch_up
from tests.plans.builders import JULY, ThePeople, a_duty, a_plan, proved, told
from tests.plans.test_obstacles import AnObstacle
from tests.plans.test_reports import a_draft
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

CITY = "Ủy ban nhân dân thành phố Cần Thơ"
REPLIES = "/lanh-dao/cong-khai/phan-hoi/"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def it_is() -> Iterator[object]:
    def becomes(at):
        clock.shift_by(timedelta())
        clock.shift_by(at - clock.now() + timedelta(minutes=1))

    yield becomes
    clock.shift_by(timedelta())


@pytest.fixture
def signed_in(client):
    def sign_in(mandate):
        client.force_login(Account.objects.get(pk=mandate.account_id))
        return client

    return sign_in


def asked(mandate, *, at) -> dict[str, int]:
    """Return what is asked of somebody, by where the list is."""
    memory.forget()
    return {each.href: each.count for each in waiting_for(mandate, at=at).asked}


class TestThePlanAsks:
    def test_an_agency_for_its_duties_until_it_has_read_of_them(self):
        a_plan()
        finance = ThePeople().finance
        plans.raise_reminders(at=JULY)

        counted = asked(finance, at=JULY)

        [(href, count)] = counted.items()
        assert href == "/lanh-dao/ke-hoach/nhac-viec/"
        assert count > 0
        plans.read_reminders(
            mandate=finance,
            reminder_ids=list(unread_reminders(finance).values_list("pk", flat=True)),
            at=JULY,
        )
        assert asked(finance, at=JULY) == {}

    def test_the_keeper_to_confirm_what_others_reported(self):
        plan, people = a_plan(), ThePeople()
        duty = a_duty(plan, "II.4.a")
        proved(duty, people.finance)
        told(duty, people.finance)

        assert asked(people.keeper, at=JULY) == {"/lanh-dao/ke-hoach/nhac-viec/#cho": 1}
        assert asked(people.finance, at=JULY) == {}

    def test_the_keeper_for_obstacles_and_the_director_for_a_signature(self):
        raised = AnObstacle()
        plan, people = raised.plan, raised.people
        report = a_draft(plan, people)
        plans.submit_report(report_id=report.pk, mandate=people.keeper, at=JULY)

        assert asked(people.keeper, at=JULY) == {"/lanh-dao/ke-hoach/vuong-mac/": 1}
        assert asked(people.director, at=JULY) == {
            "/lanh-dao/ke-hoach/vuong-mac/": 1,
            "/lanh-dao/ke-hoach/bao-cao/": 1,
        }


class TestAPublicationAsks:
    @pytest.fixture
    def office(self) -> AnOffice:
        office = AnOffice()
        ended_late(office.desk)
        return office

    def test_those_named_for_their_reply_while_they_may_give_it(self, office, signed_in, it_is):
        publication = office.replying()
        it_is(ANSWERED)

        client = signed_in(office.desk.leader)
        assert asked(office.desk.leader, at=ANSWERED) == {f"{REPLIES}?xem=cho-phan-hoi": 1}
        assert asked(office.desk.processor, at=ANSWERED) == {f"{REPLIES}?xem=cho-phan-hoi": 1}
        assert asked(office.desk.leader, at=OVER) == {}
        page = client.get(f"{REPLIES}?xem=cho-phan-hoi")
        assert_is_a_page(page)
        assert len(page.context["rows"]) == 1
        disclosure.reply_to_line(
            publication_id=publication.pk,
            line_id=line_of(publication).pk,
            mandate=office.desk.leader,
            words="Đã phân công thêm người.",
            at=ANSWERED,
        )
        assert asked(office.desk.leader, at=ANSWERED) == {}

    def test_the_city_to_name_to_approve_and_to_publish(self, office):
        months = "/lanh-dao/cong-khai/"
        publication = office.replying()
        assert asked(office.head, at=ANSWERED) == {months: 1}  # a person to name
        assert asked(office.drafter, at=ANSWERED) == {}
        assert asked(office.drafter, at=OVER) == {months: 1}  # to submit

        office.decide_all(publication)
        disclosure.submit_publication(
            publication_id=publication.pk, mandate=office.drafter, at=OVER
        )

        assert asked(office.head, at=OVER) == asked(office.chair, at=OVER) == {months: 1}
        assert asked(office.drafter, at=OVER) == {}
        office.approve(publication, office.head)
        assert asked(office.head, at=OVER) == {}
        office.approve(publication, office.chair)
        assert asked(office.chair, at=OVER) == {}
        assert asked(office.drafter, at=OVER) == {months: 1}  # to publish

    def test_the_others_to_approve_a_correction(self, office):
        office.proposed(office.published(), new="3")

        assert asked(office.drafter, at=OVER) == {}
        assert asked(office.head, at=OVER) == {"/lanh-dao/cong-khai/": 1}


@pytest.mark.django_db(transaction=True)
class TestATargetAsks:
    def test_the_head_to_explain_and_the_city_to_answer(self, signed_in, it_is):
        it_is(NOW)
        desk = ADesk()
        steering.load_targets(at=NOW)
        desk.accepted()
        for _each in range(3):
            taken_in(desk.receiver)
        catch_up(follow_dossiers)
        memory.forget()
        head, office = a_leader(a_district()), a_processor(an_agency(CITY))
        assert asked(head, at=NOW) == {"/lanh-dao/co-quan/": 1}
        assert asked(office, at=NOW) == {}
        _whole, row = row_of(a_district().code, at=NOW)

        def explain(words):
            steering.explain_target(
                mandate=head,
                target_id=row.target.pk,
                progress=row.progress,
                until=clock.day_of(NOW),
                words=words,
                at=NOW,
            )

        explain("Thiếu máy.")
        assert asked(head, at=NOW) == {}
        assert asked(office, at=NOW) == {"/lanh-dao/chi-tieu/#giai-trinh": 1}
        assert "Giải trình chờ trả lời" in assert_is_a_page(
            signed_in(office).get("/lanh-dao/chi-tieu/")
        )
        steering.answer_explanation(
            mandate=office,
            explanation_id=TargetExplanation.objects.get().pk,
            accepted=False,
            answer="Nêu rõ từng phường.",
            at=NOW,
        )
        assert asked(head, at=NOW) == {"/lanh-dao/co-quan/": 1}  # once more


class TestTheFrame:
    def test_tells_of_it_where_the_officer_begins_and_beside_the_menu(self, signed_in, it_is):
        it_is(JULY)
        a_plan()
        people = ThePeople()
        plans.raise_reminders(at=JULY)
        client = signed_in(people.finance)

        home = assert_is_a_page(client.get("/desk/"))

        counted = sum(asked(people.finance, at=JULY).values())
        assert f"Nhắc việc của Kế hoạch chưa đọc: <strong>{counted}</strong>" in home
        assert f"{counted}<span" in home
        assert "Việc chờ Ông/Bà" in assert_is_a_page(client.get("/desk/nhac-viec/"))
        assert "Việc chờ Ông/Bà" not in assert_is_a_page(client.get("/desk/tim/"))

    def test_counts_all_of_it_in_one_statement(self, django_assert_num_queries):
        a_plan()
        chair = ThePeople().chairman
        waiting_for(chair, at=JULY)

        with django_assert_num_queries(1):
            waiting_for(chair, at=JULY)

    def test_says_what_each_thing_is(self):
        assert set(PLACES) == {*PlanAsks, *PublicationAsks, *TargetAsks}


class TestTheMenu:
    @pytest.mark.parametrize("appoint", [a_leader, a_processor, a_receiver])
    @pytest.mark.parametrize("agency", [CITY, "Sở Thông tin và Truyền thông", ""])
    def test_offers_nothing_that_is_refused(self, appoint, agency, signed_in):
        a_plan(at=NOW)
        client = signed_in(appoint(an_agency(agency) if agency else an_agency()))

        frame = client.get("/desk/").context["frame"]

        links = [*frame.desk, *frame.board, *frame.console]
        assert len(links) > 4
        answers = {link.href: client.get(link.href).status_code for link in links}
        assert set(answers.values()) <= {200, 302}, answers

    def test_offers_the_citys_office_every_board(self, signed_in):
        frame = signed_in(a_processor(an_agency(CITY))).get("/desk/").context["frame"]

        assert [link.href for link in frame.board] == [
            "/lanh-dao/chi-tieu/",
            "/lanh-dao/ke-hoach/",
            "/lanh-dao/tre-han/",
            "/lanh-dao/bao-cao/",
            "/lanh-dao/chi-so-766/",
            "/lanh-dao/cong-khai/",
            "/lanh-dao/cong-bo-thu-tuc/",
        ]
        assert "/desk/quay/" not in [link.href for link in frame.desk]
