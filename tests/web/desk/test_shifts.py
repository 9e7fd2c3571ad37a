"""The list at the end of a shift: what it says, what it costs, and handing it over."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import Account
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import ShiftHandOver
from motcua.dossiers.services import FeeNote, hand_over_shift
from tests.builders import NOW, ADesk, a_receiver, an_agency, taken_in
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

NEW = reverse("desk:shift-new")


@pytest.fixture
def desk(db):
    return ADesk()


@pytest.fixture
def client(desk):
    at_the_counter = Client()
    at_the_counter.force_login(Account.objects.get(pk=desk.receiver.account_id))
    return at_the_counter


def paid(number: str) -> list[FeeNote]:
    return [
        FeeNote(
            key="first_pages",
            kind="charge",
            quantity=1,
            amount_dong=2000,
            collected_dong=2000,
            receipt_number=number,
        )
    ]


def sent(**changes) -> dict[str, str]:
    return {"shift-key": str(uuid4()), "counted": "0", "reason": "", **changes}


class TestTheList:
    def test_counts_by_channel_and_sums_by_kind(self, client, desk):
        taken_in(desk.receiver, fees=paid("1"))
        taken_in(desk.receiver)
        desk.accepted()

        sheet = client.get(NEW).context["sheet"]

        assert [(str(words), count) for words, count in sheet.channels] == [
            ("Trực tiếp", 2),
            ("Trực tuyến", 1),
            ("Bưu chính", 0),
        ]
        charges, levies = sheet.kinds
        assert (charges.lines, charges.due_dong, charges.collected_dong) == (2, 4000, 2000)
        assert levies.lines == 0

    def test_piles_the_papers_for_each_unit(self, client, desk):
        dossier = taken_in(desk.receiver)

        (pile,) = client.get(NEW).context["sheet"].piles

        assert pile.unit == dossier.step_unit.name
        assert [(row.originals, row.certified, row.copies) for row in pile.rows] == [(1, 0, 0)]

    def test_a_pile_stays_where_it_was_passed_though_the_dossier_went_on(self, client, desk):
        dossier = taken_in(desk.receiver)
        passed_to = dossier.step_unit.name
        dossiers.take_up_dossier(dossier_id=dossier.pk, mandate=desk.processor, at=NOW)
        gone_on = dossiers.propose_outcome(
            dossier_id=dossier.pk,
            mandate=desk.processor,
            outcome="granted",
            opinion="Đủ điều kiện.",
            at=NOW,
        )
        assert gone_on.step_unit.name != passed_to

        assert client.get(NEW).context["sheet"].piles[0].unit == passed_to

    def test_names_the_receipts_left_out_and_those_used_twice(self, client, desk):
        for number in ("AB-0007", "AB-0010", "AB-0010", "CD-9", "CD-5000"):
            taken_in(desk.receiver, fees=paid(number))

        sheet = client.get(NEW).context["sheet"]

        assert sheet.gaps == ["AB-0008", "AB-0009"]
        assert sheet.doubles == ["AB-0010"]

    def test_lists_the_results_handed_out(self, client, desk):
        returned = desk.returned()

        assert returned.code in client.get(NEW).content.decode()

    def test_costs_the_same_for_one_and_for_many(self, client, desk, django_assert_max_num_queries):
        for number in range(12):
            taken_in(desk.receiver, fees=paid(f"{number}"))
        client.get(NEW)

        # Session, account, mandate; intakes, beginning (2), fees, papers, online, results, shifts,
        # the notices not read.
        with django_assert_max_num_queries(12):
            assert_is_a_page(client.get(NEW))

    def test_an_empty_shift_says_so(self, client):
        assert "Không có giấy tờ nào phải giao." in assert_is_a_page(client.get(NEW))


class TestHandingOver:
    def test_leads_to_the_list_that_is_signed(self, client, desk):
        dossier = taken_in(desk.receiver, fees=paid("1"))

        response = client.post(NEW, sent(counted="2.000"), follow=True)
        assert "Hai nghìn đồng" in response.content.decode()

        text = assert_is_a_page(response)
        assert dossier.code in text
        assert client.get(NEW).context["sheet"].piles == []

    @pytest.mark.parametrize("counted", ["", "hai nghìn", "-5", "2,000", "9" * 5000])
    def test_money_that_was_not_counted(self, client, counted):
        response = client.post(NEW, sent(counted=counted))

        assert_is_a_page(response, status=422)
        assert [problem.key for problem in response.context["problems"]] == ["counted"]
        assert not ShiftHandOver.objects.exists()

    def test_a_difference_asks_why_and_keeps_what_was_typed(self, client, desk):
        taken_in(desk.receiver, fees=paid("1"))

        response = client.post(NEW, sent(counted="1.000"))

        text = assert_is_a_page(response, status=422)
        assert [problem.key for problem in response.context["problems"]] == ["reason"]
        assert 'value="1.000"' in text

    def test_pressed_twice_is_handed_over_once(self, client):
        once = sent()

        assert client.post(NEW, once).headers == client.post(NEW, once).headers
        assert ShiftHandOver.objects.count() == 1

    def test_a_key_that_is_none_is_not_found(self, client):
        assert client.post(NEW, sent(**{"shift-key": "x"})).status_code == 404

    def test_a_shift_of_another_unit_does_not_exist_here(self, client):
        elsewhere = a_receiver(an_agency("Ủy ban nhân dân phường An Cư"))
        shift = hand_over_shift(
            shift_id=uuid4(),
            mandate=elsewhere,
            unit_id=elsewhere.posts[0].unit_id,
            counted_dong=0,
            at=taken_in(elsewhere).accepted_at,
        )

        assert client.get(reverse("desk:shift", args=[shift.pk])).status_code == 404
