"""Filing online, as a browser without JavaScript does it."""

import unicodedata

import pytest
from django.urls import reverse

from motcua.filings.models import Draft, DraftFile
from tests.builders import a_citizen, the_version
from tests.web.pages import assert_is_a_page
from tests.web.portal.walk import (
    a_complete_draft,
    a_draft,
    a_pdf,
    a_picture,
    boxes_of,
    check_url,
    errors_in,
    page_url,
    paper_url,
    signed_in,
)

pytestmark = pytest.mark.django_db

BIRTH = "1.001193"


def start_url(code=BIRTH):
    return reverse("portal:filing-start", args=[code])


def tasks_url(draft):
    return reverse("portal:filing-tasks", args=[draft.pk])


class TestStarting:
    def test_takes_somebody_who_is_not_signed_in_to_the_door_and_back(self, client):
        the_version()

        response = client.get(start_url())

        assert response.status_code == 302
        assert response["Location"].startswith("/dang-nhap/?next=")

    def test_makes_a_draft_of_the_chosen_case(self):
        person = a_citizen()
        the_version()

        response = signed_in(person).post(start_url(), {"truong-hop": "late"})

        draft = Draft.objects.get(person=person)
        assert response.status_code == 303
        assert response["Location"] == tasks_url(draft)
        assert draft.case_key == "late"

    @pytest.mark.parametrize("case", ["", "no-such-case"])
    def test_asks_for_the_case_where_there_are_several(self, case):
        person = a_citizen()
        the_version()

        response = signed_in(person).post(start_url(), {"truong-hop": case})

        text = assert_is_a_page(response, status=422)
        assert "<title>Lỗi:" in text
        assert 'href="#truong-hop"' in errors_in(text)[0]
        assert not Draft.objects.exists()

    def test_offers_to_go_on_with_what_was_begun(self):
        person = a_citizen()
        draft = a_draft(person)

        text = assert_is_a_page(signed_in(person).get(start_url()))

        assert "Ông/Bà có hồ sơ đang làm dở" in text
        assert tasks_url(draft) in text

    def test_knows_no_procedure_of_another_name(self):
        the_version()

        assert signed_in(a_citizen()).get(start_url("9.999999")).status_code == 404


class TestTheTaskList:
    def test_shows_what_is_done_and_links_only_what_is_open(self):
        person = a_citizen()
        draft = a_draft(person, pages=2)

        text = assert_is_a_page(signed_in(person).get(tasks_url(draft)))

        assert "Đã xong 2 trong" in text
        assert page_url(draft, "birth") in text
        assert page_url(draft, "delivery") not in text
        assert "14/11/2024" in text  # kept for thirty days

    def test_is_not_there_for_a_stranger(self):
        draft = a_draft(a_citizen())

        assert signed_in(a_citizen()).get(tasks_url(draft)).status_code == 404

    def test_throws_the_draft_away_only_after_asking(self):
        person = a_citizen()
        draft = a_draft(person)
        browser = signed_in(person)
        url = reverse("portal:filing-discard", args=[draft.pk])

        assert_is_a_page(browser.get(url))
        assert Draft.objects.filter(pk=draft.pk).exists()
        assert signed_in(a_citizen()).post(url).status_code == 404
        assert browser.post(url).status_code == 303
        assert not Draft.objects.filter(pk=draft.pk).exists()


class TestAQuestionPage:
    def test_keeps_the_answers_and_goes_on(self):
        person = a_citizen()
        draft = a_draft(person, pages=1)

        response = signed_in(person).post(page_url(draft, "child"), boxes_of("child"))

        draft.refresh_from_db()
        assert response.status_code == 303
        assert response["Location"] == page_url(draft, "birth")
        assert draft.answers["child_name"] == "Trần Minh An"

    def test_says_what_is_wrong_and_keeps_what_was_typed(self):
        person = a_citizen()
        draft = a_draft(person, pages=2)
        boxes = boxes_of("birth") | {"born_on-month": "13"}

        response = signed_in(person).post(page_url(draft, "birth"), boxes)

        text = assert_is_a_page(response, status=422)
        assert "<title>Lỗi:" in text
        assert 'href="#born_on"' in errors_in(text)[0]
        assert 'value="13"' in text
        assert "Bệnh viện Phụ sản" in text

    def test_shows_what_the_account_knows_and_does_not_ask_it(self):
        person = a_citizen("Lâm Thị Sa Rinh")
        draft = a_draft(person)

        text = assert_is_a_page(signed_in(person).get(page_url(draft, "requester")))

        assert "Lâm Thị Sa Rinh" in text
        assert "Lấy từ tài khoản" in text
        assert 'name="requester_name"' not in text

    def test_refuses_to_change_what_the_account_knows(self):
        person = a_citizen()
        draft = a_draft(person)
        boxes = boxes_of("requester") | {"requester_name": "Người Khác"}

        response = signed_in(person).post(page_url(draft, "requester"), boxes)

        draft.refresh_from_db()
        assert response.status_code == 422
        assert draft.answers["requester_name"] == person.full_name

    def test_unfolds_the_questions_that_an_answer_opens_without_blaming(self):
        person = a_citizen()
        draft = a_draft(person, pages=4)
        browser = signed_in(person)

        response = browser.post(
            page_url(draft, "mother"), {"mother_known": "yes", "da-hoi": "mother_known"}
        )

        assert response.status_code == 303
        assert response["Location"] == f"{page_url(draft, 'mother')}#mother_name"
        text = assert_is_a_page(browser.get(page_url(draft, "mother")))
        assert 'id="mother_name"' in text

    def test_forgets_what_lies_behind_a_branch_that_was_closed(self):
        person = a_citizen()
        draft = a_complete_draft(person)
        boxes = boxes_of("origin", nationality="vietnamese") | {"nationality_other": "Lào"}

        response = signed_in(person).post(page_url(draft, "origin"), boxes)

        draft.refresh_from_db()
        assert response.status_code == 303
        assert "nationality_other" not in draft.answers

    def test_forgets_an_answer_that_was_emptied(self):
        person = a_citizen()
        draft = a_complete_draft(person)
        browser = signed_in(person)
        url = page_url(draft, "mother")
        browser.post(url, boxes_of("mother", mother_personal_id="092193000001"))

        browser.post(url, boxes_of("mother"))

        draft.refresh_from_db()
        assert "mother_personal_id" not in draft.answers

    def test_takes_nothing_that_the_page_does_not_ask(self):
        person = a_citizen()
        draft = a_draft(person, pages=1)
        boxes = boxes_of("child") | {"copies": "50", "declared": "yes", "is_admin": "1"}

        signed_in(person).post(page_url(draft, "child"), boxes)

        draft.refresh_from_db()
        assert not draft.answers.keys() & {"copies", "declared", "is_admin"}

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_leads_back_whoever_skips_ahead(self, method):
        person = a_citizen()
        draft = a_draft(person, pages=2)

        response = getattr(signed_in(person), method)(page_url(draft, "delivery"))

        assert response.status_code == 303
        assert response["Location"] == page_url(draft, "birth")

    def test_is_not_there_for_a_stranger_or_under_another_name(self):
        person = a_citizen()
        draft = a_draft(person)

        assert signed_in(a_citizen()).post(page_url(draft, "requester")).status_code == 404
        assert signed_in(person).get(page_url(draft, "no-such-page")).status_code == 404

    def test_saves_for_later_what_is_not_right_yet(self):
        person = a_citizen()
        draft = a_draft(person, pages=2)
        browser = signed_in(person)
        boxes = boxes_of("birth") | {"born_on-month": "13", "de-sau": "1"}

        response = browser.post(page_url(draft, "birth"), boxes)

        assert response["Location"] == tasks_url(draft)
        assert 'value="13"' in browser.get(page_url(draft, "birth")).content.decode()

    def test_autosaves_quietly(self):
        person = a_citizen()
        draft = a_draft(person, pages=1)
        url = reverse("portal:filing-autosave", args=[draft.pk, "child"])

        response = signed_in(person).post(url, {"child_name": "Trần Mi"})

        draft.refresh_from_db()
        assert response.status_code == 204
        assert draft.answers["child_name"] == "Trần Mi"
        assert signed_in(a_citizen()).post(url, {"child_name": "x"}).status_code == 404

    def test_refuses_a_name_of_a_hundred_kilobytes(self):
        person = a_citizen()
        draft = a_draft(person, pages=1)
        boxes = boxes_of("child", child_name="Ẳ" * 35_000)

        response = signed_in(person).post(page_url(draft, "child"), boxes)

        draft.refresh_from_db()
        assert response.status_code == 422
        assert "child_name" not in draft.answers

    def test_reads_every_way_of_writing_a_name_as_one(self):
        person = a_citizen()
        draft = a_draft(person, pages=1)
        name = unicodedata.normalize("NFD", "  Đặng\u200b  Thị\x00 Ẳnh ")

        response = signed_in(person).post(
            page_url(draft, "child"), boxes_of("child", child_name=name)
        )

        draft.refresh_from_db()
        assert response.status_code == 303
        assert draft.answers["child_name"] == "Đặng Thị Ẳnh"

    @pytest.mark.parametrize("name", ["Trần 😀 An", "<script>alert(1)</script>", "\x00\x01"])
    def test_refuses_what_no_name_holds(self, name):
        person = a_citizen()
        draft = a_draft(person, pages=1)

        response = signed_in(person).post(
            page_url(draft, "child"), boxes_of("child", child_name=name)
        )

        assert response.status_code == 422
        assert b"<script>alert" not in response.content

    def test_goes_straight_back_to_the_check_after_one_change(self):
        person = a_citizen()
        draft = a_complete_draft(person)
        before = dict(draft.answers)
        boxes = boxes_of("child", child_name="Trần Minh Châu") | {"tu": "kiem-tra"}

        response = signed_in(person).post(page_url(draft, "child"), boxes)

        draft.refresh_from_db()
        assert response["Location"] == check_url(draft)
        assert draft.answers == before | {"child_name": "Trần Minh Châu"}

    def test_asks_first_what_a_change_has_opened(self):
        person = a_citizen()
        draft = a_complete_draft(person)
        boxes = boxes_of("birth", born_at="elsewhere") | {"tu": "kiem-tra"}

        response = signed_in(person).post(page_url(draft, "birth"), boxes)

        assert response["Location"] == f"{page_url(draft, 'birth_proof')}?tu=kiem-tra"


class TestAPaper:
    def test_takes_several_files_and_goes_on(self):
        person = a_citizen()
        draft = a_draft(person, pages=99)

        response = signed_in(person).post(
            paper_url(draft), {"tep": [a_picture("1.png"), a_picture("2.png")], "tiep": "1"}
        )

        assert response.status_code == 303
        assert response["Location"] != paper_url(draft)
        assert DraftFile.objects.filter(draft=draft).count() == 2

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "không có nội dung"),
            (b"MZ not a picture", "phải là PDF, JPG, PNG"),
            (b"\x89PNG\r\n\x1a\n broken", "bị hỏng"),
            (b"%PDF-1.7 broken", "bị hỏng"),
            (b"\x89PNG\r\n\x1a\n" + b"0" * 10_000_001, "lớn hơn 10 MB"),
        ],
        ids=["empty", "wrong type", "damaged picture", "damaged pdf", "too big"],
    )
    def test_says_of_each_bad_file_what_is_wrong_and_keeps_the_good_one(self, content, message):
        person = a_citizen()
        draft = a_draft(person, pages=99)
        files = [a_picture("tot.png"), a_picture("xau.png", content)]

        response = signed_in(person).post(paper_url(draft), {"tep": files, "tai": "1"})

        text = assert_is_a_page(response, status=422)
        (error,) = errors_in(text)
        assert "xau.png" in error
        assert message in error
        assert "tot.png" in text
        assert DraftFile.objects.get(draft=draft).file.name == "tot.png"

    def test_says_when_a_file_has_a_password(self):
        person = a_citizen()
        draft = a_draft(person, pages=99)
        files = [a_picture("kin.pdf", a_pdf(password="bi-mat"))]

        response = signed_in(person).post(paper_url(draft), {"tep": files, "tai": "1"})

        assert "có mật khẩu" in errors_in(response.content.decode())[0]

    def test_says_when_there_are_too_many(self):
        person = a_citizen()
        draft = a_draft(person, pages=99)
        files = [a_picture(f"{n}.png") for n in range(3)]

        response = signed_in(person).post(paper_url(draft), {"tep": files, "tiep": "1"})

        assert "tối đa 2 tệp" in errors_in(response.content.decode())[0]
        assert DraftFile.objects.filter(draft=draft).count() == 2

    @pytest.mark.parametrize("button", ["tai", "tiep"])
    def test_says_when_no_file_was_chosen(self, button):
        person = a_citizen()
        draft = a_draft(person, pages=99)

        response = signed_in(person).post(paper_url(draft), {button: "1"})

        text = assert_is_a_page(response, status=422)
        assert 'href="#tep"' in errors_in(text)[0]

    def test_lets_a_file_be_removed_by_its_owner_only(self):
        person = a_citizen()
        draft = a_complete_draft(person)
        file = DraftFile.objects.get(draft=draft)

        assert signed_in(a_citizen()).post(paper_url(draft), {"xoa": file.pk}).status_code == 404
        assert signed_in(person).post(paper_url(draft), {"xoa": "rubbish"}).status_code == 303
        assert DraftFile.objects.filter(draft=draft).exists()
        assert signed_in(person).post(paper_url(draft), {"xoa": file.pk}).status_code == 303
        assert not DraftFile.objects.filter(draft=draft).exists()

    def test_waits_until_the_questions_are_answered(self):
        person = a_citizen()
        draft = a_draft(person, pages=2)

        response = signed_in(person).post(paper_url(draft), {"tep": a_picture(), "tai": "1"})

        assert response["Location"] == page_url(draft, "birth")
        assert not DraftFile.objects.exists()

    def test_is_not_there_under_another_name(self):
        person = a_citizen()
        draft = a_draft(person, pages=99)

        assert signed_in(person).get(paper_url(draft, "passport")).status_code == 404
