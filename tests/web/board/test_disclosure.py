"""The office's pages of the monthly publication, and those of the right of reply."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.accounts.models import Account
from motcua.disclosure.models import Publication, PublishedCorrection, Reply
from motcua.kernel import clock
from tests.builders import a_leader, a_processor, an_agency
from tests.disclosure.months import ANSWERED, DRAFTED, OVER, AnOffice, ended_late, line_of
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def it_is():
    def set_clock(at):
        clock.shift_by(timedelta())
        clock.shift_by(at - clock.now())

    set_clock(DRAFTED)
    yield set_clock
    clock.shift_by(timedelta())


@pytest.fixture
def office(it_is) -> AnOffice:
    office = AnOffice()
    ended_late(office.desk)
    ended_late(office.desk)
    return office


@pytest.fixture
def signed_in(client):
    def sign_in(mandate):
        client.force_login(Account.objects.get(pk=mandate.account_id))
        return client

    return sign_in


def page_of(publication, name="board:publication", *more):
    return reverse(name, args=[publication.pk, *more])


class TestTheMonths:
    def test_are_drawn_up_there(self, signed_in, office):
        client = signed_in(office.drafter)
        assert_is_a_page(client.get("/lanh-dao/cong-khai/"))

        answer = client.post("/lanh-dao/cong-khai/", {"month": "2024-10"})

        publication = Publication.objects.get()
        assert answer.headers["Location"] == page_of(publication)
        assert_is_a_page(client.get(page_of(publication)))

    @pytest.mark.parametrize("month", ["", "2024-11", "2031-01", "2024-1", "2000-01"])
    def test_refuse_one_that_is_none_or_has_not_ended(self, signed_in, office, month):
        answer = signed_in(office.drafter).post("/lanh-dao/cong-khai/", {"month": month})

        assert_is_a_page(answer, status=422)
        assert not Publication.objects.exists()

    def test_are_not_for_others(self, signed_in, office):
        publication = office.published()
        client = signed_in(office.desk.leader)
        for page in (
            "/lanh-dao/cong-khai/",
            page_of(publication),
            page_of(publication, "board:publication-reading"),
            page_of(publication, "board:correction-new"),
            page_of(publication, "board:publication-line", line_of(publication).pk),
        ):
            assert_is_a_page(client.get(page), status=403)

    def test_are_in_the_menu_of_who_works_there(self, signed_in, office):
        link = 'href="/lanh-dao/cong-khai/"'
        drafter = signed_in(office.drafter).get("/lanh-dao/cong-khai/").content.decode()
        assert link in drafter
        assert 'href="/lanh-dao/co-quan/"' not in drafter  # leads nothing
        other = signed_in(office.desk.leader).get("/lanh-dao/tre-han/").content.decode()
        assert link not in other


class TestAMonth:
    def test_goes_its_whole_way_by_buttons(self, signed_in, office, it_is, client):
        publication = office.drafted()
        page, act = page_of(publication), page_of(publication, "board:publication-act")
        signed_in(office.drafter).post(act, {"verb": "open_replies"})
        it_is(ANSWERED)
        named = line_of(publication, "officer")
        line_page = page_of(publication, "board:publication-line", named.pk)
        assert_is_a_page(signed_in(office.head).get(line_page))
        client.post(
            line_page, {"verb": "name", "decision": "publish", "naming-reason": "Theo kết luận."}
        )
        it_is(OVER)
        signed_in(office.drafter).post(act, {"verb": "submit"})
        reading = page_of(publication, "board:publication-reading")
        for mandate in (office.head, office.chair):
            text = assert_is_a_page(signed_in(mandate).get(reading))
            digest = Publication.objects.get().digest
            assert digest in text
            client.post(reading, {"digest": digest})
        client.post(act, {"verb": "publish"})

        assert Publication.objects.get().state == "published"
        assert_is_a_page(client.get(page))
        assert_is_a_page(client.get("/cong-khai/2024-10/"))

    def test_says_why_something_is_not_done_yet(self, signed_in, office, it_is):
        publication = office.replying()
        it_is(ANSWERED)

        text = assert_is_a_page(signed_in(office.drafter).get(page_of(publication)))

        assert "Thời hạn phản hồi chưa hết" in text

    def test_asks_for_a_reason(self, signed_in, office):
        publication = office.drafted()
        answer = signed_in(office.drafter).post(
            page_of(publication, "board:publication-act"), {"verb": "withdraw", "reason": " "}
        )

        assert "Hãy ghi lý do" in assert_is_a_page(answer, status=422)

    def test_says_when_one_person_approves_twice(self, signed_in, office, it_is):
        publication = office.submitted()
        it_is(OVER)
        client = signed_in(office.head)
        reading = page_of(publication, "board:publication-reading")
        for _press in range(2):
            answer = client.post(reading, {"digest": publication.digest})

        assert "Cần một người khác phê duyệt" in assert_is_a_page(answer, status=403)
        assert Publication.objects.get().second_approved_by is None

    def test_is_not_public_without_two_approvals_and_frozen_after_them(
        self, signed_in, office, it_is
    ):
        publication = office.submitted()
        it_is(OVER)
        act = page_of(publication, "board:publication-act")
        client = signed_in(office.drafter)
        answer = client.post(act, {"verb": "publish"})
        assert "Chưa đủ hai người phê duyệt" in assert_is_a_page(answer, status=409)

        office.approve(publication, office.head)
        office.approve(publication, office.chair)
        client.post(act, {"verb": "publish"})

        line = page_of(publication, "board:publication-line", line_of(publication).pk)
        for page, said in (
            (act, {"verb": "withdraw", "reason": "Đổi ý."}),
            (act, {"verb": "publish"}),
            (line, {"verb": "strike", "strike-reason": "Đổi ý."}),
        ):
            assert "Đã công khai" in assert_is_a_page(client.post(page, said), status=409)

    def test_knows_no_other_act(self, signed_in, office):
        publication = office.drafted()
        act = page_of(publication, "board:publication-act")
        assert signed_in(office.drafter).post(act, {"verb": "erase"}).status_code == 404


class TestALine:
    def test_is_amended_and_struck_with_reasons(self, signed_in, office, it_is):
        publication = office.replying()
        page = page_of(publication, "board:publication-line", line_of(publication).pk)
        client = signed_in(office.drafter)

        lacking = client.post(page, {"verb": "strike", "strike-reason": ""})
        assert "Hãy ghi lý do" in assert_is_a_page(lacking, status=422)
        client.post(page, {"verb": "amend", "late": "1", "amend-reason": "Chờ xác minh."})
        assert "Công khai số 1." in assert_is_a_page(client.get(page))
        client.post(page, {"verb": "strike", "strike-reason": "Đếm nhầm."})
        assert line_of(publication).is_struck

    def test_is_not_there_under_another_month(self, signed_in, office):
        publication = office.drafted()
        line = line_of(publication)
        page = reverse("board:publication-line", args=[publication.pk + 1, line.pk])
        assert signed_in(office.drafter).get(page).status_code == 404


class TestReplies:
    def test_are_given_by_who_is_named_and_by_the_head(self, signed_in, office, it_is):
        publication = office.replying()
        it_is(ANSWERED)
        for mandate, kind in ((office.desk.processor, "officer"), (office.desk.leader, "agency")):
            client = signed_in(mandate)
            page = reverse("board:reply-new", args=[publication.pk, line_of(publication, kind).pk])
            assert page in assert_is_a_page(client.get("/lanh-dao/cong-khai/phan-hoi/"))
            assert_is_a_page(client.get(page))
            client.post(page, {"words": "Đã khắc phục."})
            assert "Ông/Bà đã phản hồi" in assert_is_a_page(client.get(page))

        assert Reply.objects.count() == 2

    def test_name_no_citizen_and_lose_no_word(self, signed_in, office, it_is):
        publication = office.replying()
        it_is(ANSWERED)
        page = reverse("board:reply-new", args=[publication.pk, line_of(publication).pk])

        answer = signed_in(office.desk.leader).post(page, {"words": "Ông Trần Văn Bình vắng."})

        assert "Ông Trần Văn Bình vắng." in answer.content.decode()
        assert not Reply.objects.exists()

    def test_a_strangers_line_is_not_there(self, signed_in, office, it_is):
        publication = office.replying()
        it_is(ANSWERED)
        page = reverse("board:reply-new", args=[publication.pk, line_of(publication).pk])
        for stranger in (a_processor(), a_leader(an_agency("Sở Xây dựng")), office.drafter):
            client = signed_in(stranger)
            assert client.get(page).status_code == 404
            assert client.post(page, {"words": "x"}).status_code == 404

    def test_come_too_late(self, signed_in, office, it_is):
        publication = office.replying()
        it_is(OVER)
        page = reverse("board:reply-new", args=[publication.pk, line_of(publication).pk])
        answer = signed_in(office.desk.leader).post(page, {"words": "Muộn."})

        text = assert_is_a_page(answer, status=409)
        assert "không còn mở" in text
        assert "Muộn." in text
        assert not Reply.objects.exists()


class TestCorrections:
    def test_are_proposed_and_approved_there(self, signed_in, office, it_is):
        publication = office.published()
        it_is(OVER)
        client = signed_in(office.drafter)
        page = page_of(publication, "board:correction-new")
        assert_is_a_page(client.get(page))
        said = {"change": "restate", "target": "A1", "field": "late", "new": "1"}
        assert_is_a_page(client.post(page, said), status=422)  # no reason
        client.post(page, {**said, "reason": "Đếm lại."})
        correction = PublishedCorrection.objects.get()
        decision = page_of(publication, "board:correction-decision", correction.pk)
        for mandate in (office.head, office.chair):
            client = signed_in(mandate)
            assert_is_a_page(client.get(page_of(publication)))
            client.post(decision, {"decision": "approve"})

        correction.refresh_from_db()
        assert (correction.state, correction.number) == ("issued", 1)

    def test_are_turned_down_for_a_reason(self, signed_in, office, it_is):
        publication = office.published()
        it_is(OVER)
        correction = office.proposed(publication)
        decision = page_of(publication, "board:correction-decision", correction.pk)
        client = signed_in(office.head)
        lacking = client.post(decision, {"decision": "reject", "reason": ""})
        assert f'href="#reason-c{correction.pk}"' in assert_is_a_page(lacking, status=422)
        client.post(decision, {"decision": "reject", "reason": "Đếm đúng."})

        correction.refresh_from_db()
        assert (correction.state, correction.rejection_reason) == ("rejected", "Đếm đúng.")

    def test_are_of_what_is_public(self, signed_in, office):
        page = page_of(office.drafted(), "board:correction-new")
        assert signed_in(office.drafter).get(page).status_code == 404
