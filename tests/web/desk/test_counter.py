"""The counter's pages: finding a procedure, one page that takes a dossier in, and who may."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import Account
from motcua.dossiers.models import CounterIntake, Dossier, FeeNoteLine, IssuedPaper, PresentedPaper
from motcua.offices.models import PostRole
from motcua.offices.services import appoint
from motcua.parties.models import Person
from tests.builders import (
    NOW,
    a_citizen,
    a_leader,
    a_mandate,
    a_post,
    a_receiver,
    an_agency,
    an_officer,
    taken_in,
    the_catalogue,
)
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

COUNTER = reverse("desk:counter")
POST = reverse("desk:post")
COPIES = reverse("desk:counter-intake-new", args=["2.000815"])
BIRTH = reverse("desk:counter-intake-new", args=["1.001193"])
BIRTH_BY_POST = reverse("desk:post-intake-new", args=["1.001193"])
CARD = "092890000417|361234567|Kim Thị Sà Rươl|08021990|Nữ|12 Trần Văn Khéo, Cần Thơ|15032022"


@pytest.fixture
def receiver(db):
    the_catalogue()
    return a_receiver()


@pytest.fixture
def client(receiver):
    at_the_counter = Client()
    at_the_counter.force_login(Account.objects.get(pk=receiver.account_id))
    return at_the_counter


def boxes(**changes) -> dict[str, str]:
    """Return what the page sends when a diploma is copied, two pages, nothing collected."""
    said = {
        "intake-key": "11111111-1111-4111-8111-111111111111",
        "submitter-personal_id": "092890000417",
        "submitter-full_name": "Kim Thị Sà Rươl",
        "submitter-born_on": "08/02/1990",
        "submitter-sex": "female",
        "came-checked": "yes",
        "came-relation": "self",
        "issued_by": "vietnamese",
        "page_count": "2",
        "seen-original": "yes",
        "paper-original": "yes",
        "originals-original": "1",
        "fee-first_pages": "6",
        **changes,
    }
    return {name: value for name, value in said.items() if value is not None}


class TestFinding:
    def test_two_letters_and_enter_open_the_procedure(self, client):
        for keys, code in (("ks", "1.001193"), ("sy", "2.000815"), ("Khai sinh", "1.001193")):
            response = client.get(COUNTER, {"q": keys})

            assert response.headers["Location"].endswith(f"/{code}/"), keys

    def test_the_last_digits_of_the_code_do_too(self, client):
        assert client.get(COUNTER, {"q": "815"}).headers["Location"] == COPIES

    def test_a_number_counts_down_the_list(self, client):
        listed = client.get(COUNTER).context["versions"]

        response = client.get(COUNTER, {"q": "2"})

        assert response.headers["Location"].endswith(f"/{listed[1].code}/")

    def test_a_number_behind_letters_counts_down_what_they_find(self, client):
        found = client.get(COUNTER, {"q": "ct", "loc": "1"}).context["versions"]

        response = client.get(COUNTER, {"q": "ct 1"})

        assert response.headers["Location"].endswith(f"/{found[0].code}/")

    def test_the_most_usual_comes_first(self, client, receiver):
        for _time in range(3):
            taken_in(receiver)

        assert client.get(COUNTER).context["versions"][0].code == "2.000815"

    def test_keys_that_mean_nothing_say_so(self, client):
        text = assert_is_a_page(client.get(COUNTER, {"q": "zzz"}))

        assert "Không có thủ tục nào khớp" in text

    def test_lists_only_what_the_agency_settles_by_that_channel(self, client):
        at_the_counter = {v.code for v in client.get(COUNTER).context["versions"]}
        by_post = {v.code for v in client.get(POST).context["versions"]}

        assert {"1.001193", "2.000815"} <= at_the_counter
        assert "1.001612" not in at_the_counter  # the district's
        assert "1.001193" in by_post
        assert "2.000815" not in by_post

    def test_costs_the_same_however_long_the_list(
        self, client, receiver, django_assert_num_queries
    ):
        client.get(COUNTER)
        taken_in(receiver)

        # Who is signed in, the officer's seat at a counter, what to look at; the rest is in memory.
        with django_assert_num_queries(3):
            client.get(COUNTER)


class TestAccess:
    def test_a_leader_reads_whose_work_it_is(self, signed_in):
        client = signed_in(a_leader())

        for path in (COUNTER, POST, COPIES, reverse("desk:shift-new")):
            text = assert_is_a_page(client.get(path), status=403)
            assert "cán bộ Một cửa" in text

    def test_a_citizen_is_turned_away(self, client):
        client.force_login(a_citizen().account)

        assert client.get(COUNTER).status_code == 403

    def test_an_officer_of_two_counters_says_which(self, signed_in):
        the_catalogue()
        elsewhere = an_agency("Ủy ban nhân dân phường An Cư")
        officer = an_officer(PostRole.RECEIVER)
        mandate = a_mandate(officer)
        appoint(
            officer=officer,
            post=a_post(PostRole.RECEIVER, agency=elsewhere),
            valid_from=date(2024, 1, 2),
            at=NOW,
        )
        unit = a_receiver(elsewhere).posts[0].unit_id

        signed_in(mandate).post(COPIES, {**boxes(), "intake-unit": unit})

        assert Dossier.objects.get().receiving_unit_id == unit


class TestTakingIn:
    def test_takes_in_and_leads_to_the_receipt(self, client):
        response = client.post(COPIES, boxes())

        dossier = Dossier.objects.get()
        assert response.headers["Location"] == (
            reverse("desk:receipt-slip", args=[dossier.code]) + "?sau=direct"
        )
        assert dossier.state == "accepted"
        assert PresentedPaper.objects.get().originals == 1
        assert FeeNoteLine.objects.get().amount_dong == 12_000

        text = assert_is_a_page(client.get(response.headers["Location"]))
        for words in ("Kim Thị Sà Rươl", "/2024/BPTNTKQ", "Mở để in"):
            assert words in text
        facts = IssuedPaper.objects.get(dossier=dossier).facts
        assert [line["amount_dong"] for line in facts["fees"]] == [12_000]
        assert facts["presented"][0]["originals"] == 1
        assert f'href="{COUNTER}" autofocus' in text

    def test_pressed_twice_is_taken_in_once(self, client):
        first = client.post(COPIES, boxes())
        second = client.post(COPIES, boxes())

        assert first.headers["Location"] == second.headers["Location"]
        assert Dossier.objects.count() == 1

    def test_changed_and_pressed_again_leads_to_what_there_is(self, client):
        client.post(COPIES, boxes())

        response = client.post(COPIES, boxes(page_count="9"), follow=True)

        assert Dossier.objects.count() == 1
        assert "Nội dung sửa sau đó không được ghi lại" in response.content.decode()

    def test_signs_that_nobody_can_see_are_left_out(self, client):
        unseen = boxes(
            **{
                "submitter-full_name": "Kim Thị\x00 Sà \x1bRươl\x00",
                "submitter-address": "\x0012 Trần Văn Khéo",
                "collect-first_pages": "yes",
                "receipt-first_pages": "AB/24-\x000000001",
            }
        )

        assert client.post(COPIES, unseen).status_code == 302

        assert Dossier.objects.get().owner_name == "Kim Thị Sà Rươl"

    @pytest.mark.parametrize("key", ["", "x", "\x00", "0" * 200])
    def test_takes_nothing_in_under_a_key_that_no_page_gave_out(self, key, client):
        assert client.post(COPIES, boxes(**{"intake-key": key})).status_code == 404

        assert not Dossier.objects.exists()

    def test_everything_wrong_is_said_beside_its_box(self, client):
        wrong = boxes(
            **{
                "submitter-personal_id": "12",
                "came-checked": None,
                "paper-original": None,
                "page_count": "hai",
                "collect-first_pages": "yes",
            }
        )

        response = client.post(COPIES, wrong)

        text = assert_is_a_page(response, status=422)
        keys = {problem.key for problem in response.context["problems"]}
        assert keys == {
            "submitter-personal_id",
            "came-checked",
            "paper-original",
            "page_count",
            "receipt-first_pages",
        }
        for key in keys:
            assert f'id="{key}"' in text, f"the summary leads nowhere: {key}"
        assert "Kim Thị Sà Rươl" in text, "what was typed is lost"
        assert Dossier.objects.count() == Person.objects.count() == 0

    @pytest.mark.parametrize("day", ["31/02/1990", "1990", "hôm qua"])
    def test_a_day_that_is_none(self, client, day):
        response = client.post(COPIES, boxes(**{"submitter-born_on": day}))

        assert [p.key for p in response.context["problems"]] == ["submitter-born_on"]

    def test_no_number_needs_the_tick(self, client):
        without = boxes(**{"submitter-personal_id": ""})

        assert client.post(COPIES, without).status_code == 422
        assert client.post(COPIES, {**without, "submitter-no_number": "yes"}).status_code == 302
        assert Dossier.objects.get().owner.personal_id is None

    def test_a_paper_that_an_answer_brought_in_must_be_looked_for(self, client):
        # The page showed no certificate; the answer that calls for one was given with the button.
        sent = boxes(
            **{
                "seen-original": None,
                "intake-case": "on_time",
                "relationship": "parent",
                "born_at": "health_facility",
                "mother_known": "yes",
                "father_known": "yes",
                "copies": "0",
            }
        )

        response = client.post(BIRTH, sent)

        assert response.status_code == 422
        assert "paper-birth_certificate" in {p.key for p in response.context["problems"]}
        assert Dossier.objects.count() == 0

    def test_money_collected_is_noted_with_its_receipt(self, client):
        client.post(
            COPIES,
            boxes(**{"collect-first_pages": "yes", "receipt-first_pages": "AB/24-0000123"}),
        )

        line = FeeNoteLine.objects.get()
        assert (line.collected_dong, line.receipt_number) == (12_000, "AB/24-0000123")
        # The next page offers the number that follows in the book.
        assert "AB/24-0000124" in client.get(COPIES).content.decode()

    def test_a_known_number_under_another_name_is_confirmed_first(self, client):
        known = a_citizen("Trần Văn Bình")
        sent = boxes(**{"submitter-personal_id": known.personal_id})

        refused = assert_is_a_page(client.post(COPIES, sent), status=422)

        assert "Trần Văn Bình" in refused
        assert client.post(COPIES, {**sent, "came-confirmed": "yes"}).status_code == 302
        assert CounterIntake.objects.get().submitter_said["full_name"] == "Kim Thị Sà Rươl"

    def test_for_somebody_else_by_authority(self, client):
        sent = boxes(
            **{
                "came-relation": "representative",
                "came-authority": "Số 12, 01/10/2024",
                "owner-full_name": "Phạm Văn Sáu",
                "owner-personal_id": "092890000999",
            }
        )

        response = client.post(COPIES, sent, follow=True)

        text = assert_is_a_page(response)
        assert "Phạm Văn Sáu" in text
        assert "người được ủy quyền" in text

    def test_the_missing_papers_are_printed_and_nothing_is_opened(self, client):
        response = client.post(COPIES, {**boxes(**{"paper-original": None}), "act": "guidance"})

        text = assert_is_a_page(response)
        assert "Còn thiếu: Bản chính giấy tờ cần sao." in text
        assert Dossier.objects.count() == 0

    def test_other_answers_show_other_papers(self, client):
        response = client.post(COPIES, {**boxes(issued_by="foreign"), "act": "refresh"})

        rows = [row.component.key for row in response.context["papers"]]
        assert rows == ["original", "legalisation"]
        assert Dossier.objects.count() == 0

    def test_an_unknown_procedure_is_not_found(self, client):
        path = reverse("desk:counter-intake-new", args=["9.999999"])

        assert client.get(path).status_code == 404

    def test_a_procedure_without_post_says_so(self, client):
        path = reverse("desk:post-intake-new", args=["2.000815"])

        text = assert_is_a_page(client.get(path), status=404)
        assert "không nhận theo cách này" in text

    def test_asks_for_its_data_once(self, client, django_assert_num_queries):
        client.get(BIRTH)

        # Who is signed in, the last receipt, what to look at.
        with django_assert_num_queries(3):
            client.get(BIRTH)


class TestCard:
    def test_enter_in_the_scanners_box_reads_and_takes_nothing_in(self, client):
        response = client.post(COPIES, {**boxes(), "intake-card": CARD})

        assert response.status_code == 200
        assert response.context["boxes"]["submitter-born_on"] == "08/02/1990"
        assert response.context["boxes"]["submitter-address"].endswith("Cần Thơ")
        assert "came-checked" not in response.context["boxes"], "the square proves nothing"
        assert Dossier.objects.count() == 0

    @pytest.mark.parametrize("rubbish", [CARD[:40], "https://example.org", "|" * 50, CARD * 20])
    def test_rubbish_fills_in_nothing(self, client, rubbish):
        response = client.post(
            COPIES, {**boxes(**{"submitter-full_name": "Đã gõ"}), "intake-card": rubbish}
        )

        assert_is_a_page(response, status=422)
        assert response.context["boxes"]["submitter-full_name"] == "Đã gõ"

    def test_the_script_is_told_the_same(self, client):
        path = reverse("desk:card-reading-create")

        read = client.post(path, {"intake-card": CARD})
        refused = client.post(path, {"intake-card": "x"})

        assert read.json()["boxes"]["submitter-personal_id"] == "092890000417"
        assert "không có chữ ký" in read.json()["told"]
        assert refused.status_code == 422
        assert "boxes" not in refused.json()

    def test_a_press_of_the_button_without_a_card_takes_nothing_in(self, client):
        assert client.post(COPIES, {**boxes(), "act": "card"}).status_code == 422
        assert Dossier.objects.count() == 0


class TestPost:
    def test_notes_the_item(self, client):
        sent = boxes(
            **{
                "came-checked": None,
                "post-item": "EB123456789VN",
                "post-arrived": "14/10/2024",
                "intake-case": "on_time",
                "relationship": "parent",
                "born_at": "health_facility",
                "mother_known": "yes",
                "father_known": "yes",
                "copies": "0",
                "seen-birth_certificate": "yes",
                "paper-birth_certificate": "yes",
                "originals-birth_certificate": "1",
            }
        )
        sent = {name: value for name, value in sent.items() if name[-8:] != "original"}

        response = client.post(BIRTH_BY_POST, sent, follow=True)

        text = assert_is_a_page(response)
        assert "EB123456789VN" in text
        assert CounterIntake.objects.get().arrived_on == date(2024, 10, 14)

    def test_offers_today_as_the_day_of_arrival(self, client):
        assert 'value="15/10/2024"' in client.get(BIRTH_BY_POST).content.decode()


def test_the_dossiers_page_shows_what_the_counter_wrote_down(client):
    client.post(COPIES, boxes(**{"submitter-phone": "0900000111"}))
    dossier = Dossier.objects.get()

    text = assert_is_a_page(client.get(reverse("desk:dossier", args=[dossier.code])))

    assert "1 bản chính, 0 chứng thực, 0 bản sao" in text
    assert "Còn thiếu giấy tờ bắt buộc" not in text
