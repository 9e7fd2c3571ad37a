"""Following one's dossiers, answering a request for papers, and withdrawing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.documents.queries import path_of
from motcua.dossiers.lifecycle import DossierState
from motcua.dossiers.models import DossierComponent, Plea, SupplementRequest
from motcua.filings.models import SupplementFile
from motcua.web import standing
from tests.builders import NOW, ADesk, a_citizen, a_dossier, a_receiver, said_of, taken_in
from tests.web.pages import assert_is_a_page
from tests.web.portal.walk import a_draft, a_picture, errors_in, signed_in

pytestmark = pytest.mark.django_db

BOX = "tep-birth_certificate"


def url(name, dossier, *more):
    return reverse(f"portal:{name}", args=[dossier.code, *more])


class TestMyDossiers:
    def test_says_what_to_do_when_there_is_none(self):
        text = assert_is_a_page(signed_in(a_citizen()).get("/ho-so/"))

        assert "chưa có hồ sơ nào" in text

    def test_puts_what_needs_the_person_first(self):
        person = a_citizen()
        waiting = ADesk().awaiting_supplement(a_dossier(person))
        newer = a_dossier(person, at=NOW + timedelta(hours=1))
        a_draft(person)
        strange = a_dossier()

        text = assert_is_a_page(signed_in(person).get("/ho-so/"))

        assert text.index(waiting.code) < text.index("Đang làm dở") < text.index(newer.code)
        assert strange.code not in text
        assert url("supplement", waiting) in text


class TestADossier:
    def test_shows_what_was_brought_to_the_counter(self):
        person = a_citizen("Trần Văn Bình")
        said = said_of(person.full_name, personal_id=person.personal_id)
        dossier = taken_in(a_receiver(), submitter=said)

        text = assert_is_a_page(signed_in(person).get(url("dossier", dossier)))

        assert "Bản giấy: 1 bản chính, 0 bản chứng thực, 0 bản sao" in text
        assert "Lê Thị Mai" not in text  # offices are named, officers are not

    def test_says_where_it_stands_and_until_when(self):
        person = a_citizen()
        dossier = ADesk().taken_up(a_dossier(person))

        text = assert_is_a_page(signed_in(person).get(url("dossier", dossier)))

        assert "Đang giải quyết" in text
        assert "17:00, 15/10/2024" in text
        assert "Vì sao hẹn trả lúc đó?" in text
        assert "Bộ phận Tư pháp" in text
        assert "Phạm Văn Sáu" not in text  # offices are named, officers are not
        assert "Đã tiếp nhận, bắt đầu tính thời hạn" in text
        assert "Xin rút hồ sơ" in text  # the agency answers, once it has accepted

    def test_keeps_to_itself_what_officers_told_each_other(self):
        person = a_citizen()
        dossier = ADesk().proposed(a_dossier(person))

        text = signed_in(person).get(url("dossier", dossier)).content.decode()

        assert "Đủ điều kiện" not in text

    def test_shows_the_result(self):
        person = a_citizen()
        dossier = ADesk().returned(a_dossier(person))

        text = assert_is_a_page(signed_in(person).get(url("dossier", dossier)))

        assert "Đồng ý giải quyết" in text
        assert "125/KS" in text

    @pytest.mark.parametrize("name", ["dossier", "filed", "supplement", "withdraw"])
    def test_is_not_there_for_a_stranger(self, name):
        dossier = ADesk().awaiting_supplement(a_dossier())

        assert signed_in(a_citizen()).get(url(name, dossier)).status_code == 404

    def test_has_words_for_every_state(self):
        assert set(standing.NOW) == set(DossierState)


class TestAFile:
    def test_is_handed_to_its_owner_for_keeping(self):
        person = a_citizen()
        dossier = a_dossier(person)
        paper = DossierComponent.objects.select_related("file").get(dossier=dossier)

        response = signed_in(person).get(url("dossier-file", dossier, paper.file_id))

        assert response.status_code == 200
        assert response["Content-Disposition"].startswith("attachment;")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response.content == path_of(paper.file.digest).read_bytes()

    def test_is_not_there_through_another_dossier_or_for_a_stranger(self):
        person = a_citizen()
        mine, strange = a_dossier(person), a_dossier()
        file_id = DossierComponent.objects.get(dossier=strange).file_id

        assert signed_in(person).get(url("dossier-file", mine, file_id)).status_code == 404
        assert signed_in(person).get(url("dossier-file", strange, file_id)).status_code == 404

    @pytest.mark.parametrize("harm", ["altered", "lost"])
    def test_is_held_back_when_it_is_not_what_was_handed_in(self, harm):
        person = a_citizen()
        dossier = a_dossier(person)
        paper = DossierComponent.objects.select_related("file").get(dossier=dossier)
        path = path_of(paper.file.digest)
        path.unlink() if harm == "lost" else path.write_bytes(b"something else")

        response = signed_in(person).get(url("dossier-file", dossier, paper.file_id))

        assert "Chưa tải được" in assert_is_a_page(response, status=500)


class TestSupplementing:
    def test_says_exactly_what_is_missing_and_why(self):
        person = a_citizen()
        dossier = ADesk().awaiting_supplement(a_dossier(person))

        text = assert_is_a_page(signed_in(person).get(url("supplement", dossier)))

        assert "Ảnh mờ, không đọc được số." in text
        assert "Chụp lại rõ cả trang." in text

    def test_hands_in_what_was_gathered(self):
        person = a_citizen()
        dossier = ADesk().awaiting_supplement(a_dossier(person))
        browser = signed_in(person)
        browser.post(url("supplement", dossier), {BOX: a_picture("moi.png"), "tai": "1"})

        response = browser.post(
            url("supplement", dossier), {"loi-nhan": "Chụp lại\x00 hôm nay \ufeff", "nop": "1"}
        )

        dossier.refresh_from_db()
        assert response["Location"] == url("dossier", dossier)
        assert dossier.state == DossierState.IN_PROGRESS
        assert DossierComponent.objects.get(dossier=dossier, round=1).file.name == "moi.png"
        assert SupplementRequest.objects.get(dossier=dossier).answer == "Chụp lại hôm nay"
        assert not SupplementFile.objects.exists()

    def test_keeps_the_good_file_when_another_is_refused(self):
        person = a_citizen()
        dossier = ADesk().awaiting_supplement(a_dossier(person))
        files = [a_picture("tot.png"), a_picture("xau.png", b"")]

        response = signed_in(person).post(
            url("supplement", dossier), {BOX: files, "loi-nhan": "Xin chào", "nop": "1"}
        )

        text = assert_is_a_page(response, status=422)
        assert "xau.png" in errors_in(text)[0]
        assert f'href="#{BOX}"' in errors_in(text)[0]
        assert "tot.png" in text
        assert "Xin chào" in text
        dossier.refresh_from_db()
        assert dossier.state == DossierState.AWAITING_SUPPLEMENT

    def test_does_not_hand_in_less_than_was_asked(self):
        person = a_citizen()
        dossier = ADesk().awaiting_supplement(a_dossier(person))

        response = signed_in(person).post(url("supplement", dossier), {"nop": "1"})

        text = assert_is_a_page(response, status=422)
        assert f'href="#{BOX}"' in errors_in(text)[0]

    def test_leaves_the_files_of_others_alone(self):
        desk = ADesk()
        person, other = a_citizen(), a_citizen()
        mine = desk.awaiting_supplement(a_dossier(person))
        theirs = desk.awaiting_supplement(a_dossier(other))
        signed_in(other).post(url("supplement", theirs), {BOX: a_picture(), "tai": "1"})
        file = SupplementFile.objects.get()

        for wanted in (str(file.pk), "rubbish", "9" * 30):
            signed_in(person).post(url("supplement", mine), {"xoa": wanted})
        assert SupplementFile.objects.filter(pk=file.pk).exists()
        signed_in(other).post(url("supplement", theirs), {"xoa": file.pk})
        assert not SupplementFile.objects.exists()

    def test_takes_no_paper_that_was_not_asked_for(self):
        person = a_citizen()
        dossier = ADesk().awaiting_supplement(a_dossier(person))

        signed_in(person).post(
            url("supplement", dossier), {"tep-authorisation": a_picture(), "tai": "1"}
        )

        assert not SupplementFile.objects.exists()

    def test_says_when_nothing_is_asked(self):
        person = a_citizen()
        dossier = a_dossier(person)

        response = signed_in(person).post(url("supplement", dossier), {"nop": "1"}, follow=True)

        assert "không cần bổ sung" in response.content.decode()


class TestWithdrawing:
    def test_asks_once_more_and_then_withdraws(self):
        person = a_citizen()
        dossier = a_dossier(person)
        browser = signed_in(person)

        assert_is_a_page(browser.get(url("withdraw", dossier)))
        response = browser.post(url("withdraw", dossier), {"ly-do": "Nộp \x00nhầm 😀"})

        dossier.refresh_from_db()
        assert response["Location"] == url("dossier", dossier)
        assert dossier.state == DossierState.WITHDRAWN

    def test_does_nothing_that_the_page_did_not_say_once_the_dossier_is_accepted(self):
        person = a_citizen()
        dossier = ADesk().accepted(a_dossier(person))

        response = signed_in(person).post(url("withdraw", dossier), {"ly-do": "Nhầm."})

        dossier.refresh_from_db()
        assert dossier.state == DossierState.ACCEPTED
        assert "Hồ sơ vừa được tiếp nhận." in response.content.decode()
        assert not Plea.objects.exists()

    def test_after_acceptance_is_asked_of_the_agency(self):
        person = a_citizen()
        dossier = ADesk().accepted(a_dossier(person))

        response = signed_in(person).post(
            url("withdraw", dossier), {"xin": "1", "ly-do": "Nhầm nơi."}, follow=True
        )

        assert "đang chờ trả lời" in response.content.decode()
        assert Plea.objects.get(dossier=dossier).reason == "Nhầm nơi."

    def test_cannot_be_done_by_a_stranger(self):
        dossier = a_dossier()

        assert signed_in(a_citizen()).post(url("withdraw", dossier)).status_code == 404
        dossier.refresh_from_db()
        assert dossier.state == DossierState.SUBMITTED
