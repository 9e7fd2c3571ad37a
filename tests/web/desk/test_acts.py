"""Every act's page: done, refused when it is not the time, and closed to strangers."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.dossiers import services
from motcua.dossiers.lifecycle import DossierState
from motcua.dossiers.models import Dossier, Result, SupplementRequest
from motcua.web.desk.dossiers.acting import SCREENS
from tests.builders import NOW, ADesk, a_dossier, a_filing, an_agency
from tests.dossiers.acts import do
from tests.procedures.answers_land import ANSWERS

pytestmark = pytest.mark.django_db

S = DossierState


def obliged(desk: ADesk) -> Dossier:
    return services.impose_obligation(
        dossier_id=desk.taken_up().pk,
        mandate=desk.processor,
        notice="Thông báo 12/TB",
        amount_dong=50_000,
        at=NOW,
    )


@dataclass(frozen=True, kw_only=True)
class Act:
    verb: str
    who: str
    before: Callable[[ADesk], Dossier]
    after: DossierState
    sent: dict[str, str] = field(default_factory=dict)
    lacking: dict[str, str] | None = None  # what is answered with 422
    said: str = ""


ASKED = {
    "verdict-birth_certificate": "needed",
    "needed-birth_certificate": "Chụp lại.",
    "why-birth_certificate": "Ảnh mờ.",
    "verdict-surrogacy_confirmation": "not_applicable",
    "reason": "Mờ.",
}

ACTS = [
    Act(verb="accept", who="receiver", before=lambda _: a_dossier(), after=S.ACCEPTED),
    Act(
        verb="refuse",
        who="receiver",
        before=lambda _: a_dossier(),
        after=S.NOT_ACCEPTED,
        sent={"reason": "Không thuộc thẩm quyền."},
        lacking={"reason": "  "},
        said="Hãy ghi rõ lý do từ chối.",
    ),
    Act(
        verb="request_intake_supplement",
        who="receiver",
        before=lambda _: a_dossier(),
        after=S.INTAKE_SUPPLEMENT,
        sent=ASKED,
        lacking={**ASKED, "verdict-surrogacy_confirmation": ""},
        said="Hãy kiểm tra “",
    ),
    Act(verb="take_up", who="processor", before=lambda d: d.accepted(), after=S.IN_PROGRESS),
    Act(
        verb="propose",
        who="processor",
        before=lambda d: d.taken_up(),
        after=S.IN_PROGRESS,
        sent={"outcome": "granted", "opinion": "Đủ điều kiện."},
        lacking={"outcome": "granted"},
        said="Hãy ghi ý kiến thẩm tra.",
    ),
    Act(
        verb="request_supplement",
        who="processor",
        before=lambda d: d.taken_up(),
        after=S.AWAITING_SUPPLEMENT,
        sent=ASKED,
        lacking={**ASKED, "needed-birth_certificate": ""},
        said="Hãy ghi cần gì ở “Giấy chứng sinh”.",
    ),
    Act(
        verb="ask_further_intake_round",
        who="receiver",
        before=lambda d: d.answered_at_intake(),
        after=S.SUBMITTED,
        sent={"reason": "Còn thiếu trang sau."},
        lacking={"reason": " "},
        said="Hãy ghi rõ vì sao cần yêu cầu bổ sung thêm.",
    ),
    Act(
        verb="ask_further_round",
        who="processor",
        before=lambda d: d.answered(),
        after=S.IN_PROGRESS,
        sent={"reason": "Còn thiếu trang sau."},
        lacking={"reason": " "},
        said="Hãy ghi rõ vì sao cần yêu cầu bổ sung thêm.",
    ),
    Act(
        verb="approve_further_round",
        who="leader",
        before=lambda d: d.asked_for_a_further_round(),
        after=S.IN_PROGRESS,
        sent={"reason": "Cần giấy đó."},
        lacking={"reason": ""},
        said="Hãy ghi vì sao đồng ý yêu cầu bổ sung thêm.",
    ),
    Act(
        verb="decline_further_round",
        who="leader",
        before=lambda d: d.asked_for_a_further_round(),
        after=S.IN_PROGRESS,
        sent={"reason": "Tự tra cứu được."},
        lacking={"reason": ""},
        said="Hãy ghi vì sao không đồng ý yêu cầu bổ sung thêm.",
    ),
    Act(
        verb="grant_withdrawal",
        who="leader",
        before=lambda d: d.asked_to_withdraw(),
        after=S.WITHDRAWN,
    ),
    Act(
        verb="decline_withdrawal",
        who="leader",
        before=lambda d: d.asked_to_withdraw(),
        after=S.IN_PROGRESS,
        sent={"reason": "Đã có kết luận."},
        lacking={"reason": ""},
        said="Hãy ghi rõ vì sao không cho rút hồ sơ.",
    ),
    Act(
        verb="consult_agency",
        who="processor",
        before=lambda d: d.taken_up(),
        after=S.AWAITING_AGENCY,
        sent={"agency": "Công an quận Ninh Kiều", "question": "Xác minh cư trú."},
        lacking={"agency": "", "question": "Xác minh cư trú."},
        said="Hãy ghi tên cơ quan được hỏi.",
    ),
    Act(
        verb="hear_from_agency",
        who="processor",
        before=lambda d: d.awaiting_agency(),
        after=S.IN_PROGRESS,
        sent={"reason": "Công văn số 45: có cư trú."},
        lacking={"reason": ""},
        said="Hãy ghi số văn bản và nội dung trả lời.",
    ),
    Act(
        verb="suspend",
        who="leader",
        before=lambda d: d.taken_up(),
        after=S.SUSPENDED,
        sent={"reason": "Trụ sở bị ngập lụt."},
        lacking={"reason": ""},
        said="Hãy ghi rõ sự kiện bất khả kháng và căn cứ.",
    ),
    Act(
        verb="resume_settlement",
        who="leader",
        before=lambda d: d.suspended(),
        after=S.IN_PROGRESS,
        sent={"reason": "Nước đã rút."},
        lacking={"reason": ""},
        said="Hãy ghi vì sao giải quyết tiếp được.",
    ),
    Act(
        verb="impose_obligation",
        who="processor",
        before=lambda d: d.taken_up(),
        after=S.AWAITING_OBLIGATION,
        sent={"notice": "Thông báo 12/TB", "amount": "250.000"},
        lacking={"notice": "Thông báo 12/TB", "amount": "1,5 triệu"},
        said="Hãy ghi số tiền bằng số",
    ),
    Act(
        verb="discharge_obligation",
        who="receiver",
        before=obliged,
        after=S.IN_PROGRESS,
        sent={"proof": "Biên lai 0042"},
        lacking={},
        said="Hãy ghi số chứng từ nộp tiền.",
    ),
    Act(
        verb="decide",
        who="leader",
        before=lambda d: d.proposed(),
        after=S.DECIDED,
        sent={"outcome": "granted", "number": "9/KS", "summary": "Xong.", "agreed": "yes"},
        lacking={"outcome": "granted", "number": "9/KS", "summary": "Xong."},
        said="Hãy xác nhận trước khi ký.",
    ),
    Act(
        verb="send_back",
        who="leader",
        before=lambda d: d.proposed(),
        after=S.IN_PROGRESS,
        sent={"reason": "Xem lại nơi sinh."},
        lacking={},
        said="Hãy ghi rõ cần xử lý lại điều gì.",
    ),
    Act(
        verb="stop",
        who="leader",
        before=lambda d: d.taken_up(),
        after=S.STOPPED,
        sent={"reason": "Theo đề nghị của người nộp."},
        lacking={},
        said="Hãy ghi rõ lý do dừng xử lý.",
    ),
    Act(
        verb="return_result",
        who="receiver",
        before=lambda d: d.decided(),
        after=S.RETURNED,
        sent={"method": "counter", "receiver": "Trần Văn Bình"},
        lacking={"receiver": "Trần Văn Bình"},
        said="Hãy chọn cách trả kết quả.",
    ),
]
each_act = pytest.mark.parametrize("act", ACTS, ids=lambda act: act.verb)


def path_of(verb: str, dossier: Dossier) -> str:
    return reverse(SCREENS[verb][0], args=[dossier.code])


@each_act
def test_is_done_and_leads_back_to_the_dossier(signed_in, act):
    desk = ADesk()
    dossier = act.before(desk)
    client = signed_in(getattr(desk, act.who))

    assert client.get(path_of(act.verb, dossier)).status_code == 200
    response = client.post(path_of(act.verb, dossier), act.sent, follow=True)

    dossier.refresh_from_db()
    assert dossier.state == act.after
    (address, status) = response.redirect_chain[-1]
    assert (address, status) == (
        f"{reverse('desk:dossier', args=[dossier.code])}?sau={act.verb}",
        302,
    )
    assert 'role="status"' in response.content.decode()


@pytest.mark.parametrize(
    "act", [act for act in ACTS if act.lacking is not None], ids=lambda act: act.verb
)
def test_says_what_is_missing_and_keeps_what_was_typed(signed_in, act):
    desk = ADesk()
    dossier = act.before(desk)
    state = dossier.state
    client = signed_in(getattr(desk, act.who))

    response = client.post(path_of(act.verb, dossier), act.lacking)

    html = response.content.decode()
    assert response.status_code == 422
    assert act.said in html
    assert "govuk-error-summary" in html
    for value in act.lacking.values():
        assert value.strip() in html
    dossier.refresh_from_db()
    assert dossier.state == state


@each_act
def test_a_second_click_is_explained_not_crashed(signed_in, act):
    desk = ADesk()
    dossier = act.before(desk)
    client = signed_in(getattr(desk, act.who))
    client.post(path_of(act.verb, dossier), act.sent)

    response = client.post(path_of(act.verb, dossier), act.sent)

    html = response.content.decode()
    assert response.status_code == 422
    assert "Không ghi nhận gì thêm" in html
    if "reason" in act.sent:
        assert act.sent["reason"] in html  # what was written is given back


@each_act
def test_a_strangers_dossier_is_not_found(signed_in, act):
    dossier = act.before(ADesk())
    stranger = getattr(ADesk(an_agency("Ủy ban nhân dân phường An Cư")), act.who)

    client = signed_in(stranger)

    assert client.get(path_of(act.verb, dossier)).status_code == 404
    assert client.post(path_of(act.verb, dossier), act.sent).status_code == 404


class TestAssignment:
    def test_gives_the_dossier_to_the_officer_chosen(self, signed_in):
        desk = ADesk()
        dossier = desk.accepted()
        client = signed_in(desk.leader)

        html = client.get(path_of("assign", dossier)).content.decode()
        client.post(path_of("assign", dossier), {"officer": str(desk.processor.officer_id)})

        assert "Đang giữ 0 hồ sơ" in html
        dossier.refresh_from_db()
        assert dossier.holder_id == desk.processor.officer_id

    @pytest.mark.parametrize("officer", ["", "0", "abc", "999999"])
    def test_asks_again_for_somebody_who_is_not_on_the_list(self, signed_in, officer):
        desk = ADesk()
        dossier = desk.accepted()

        response = signed_in(desk.leader).post(path_of("assign", dossier), {"officer": officer})

        assert response.status_code == 422
        assert "Hãy chọn người xử lý." in response.content.decode()

    def test_a_strangers_dossier_is_not_found(self, signed_in):
        dossier = ADesk().accepted()
        stranger = ADesk(an_agency("Ủy ban nhân dân phường An Cư")).leader

        assert signed_in(stranger).get(path_of("assign", dossier)).status_code == 404


class TestDecision:
    SENT = {"outcome": "granted", "number": "9/KS", "summary": "Xong.", "agreed": "yes"}

    def test_keeps_the_signed_file(self, signed_in):
        desk = ADesk()
        dossier = desk.proposed()
        file = SimpleUploadedFile("ket-qua.pdf", a_pdf())
        client = signed_in(desk.leader)

        client.post(path_of("decide", dossier), {**self.SENT, "file": file})

        result = Result.objects.get(dossier=dossier)
        assert result.file is not None
        paper = client.get(reverse("desk:paper", args=[dossier.code, result.file_id]))
        assert paper.headers["Content-Type"] == "application/pdf"
        assert "sandbox" not in paper.headers["Content-Security-Policy"]  # browsers show none then

    def test_refuses_a_file_that_only_calls_itself_a_pdf(self, signed_in):
        desk = ADesk()
        dossier = desk.proposed()
        file = SimpleUploadedFile("ket-qua.pdf", b"<script>alert(1)</script>")

        response = signed_in(desk.leader).post(
            path_of("decide", dossier), {**self.SENT, "file": file}
        )

        assert response.status_code == 422
        assert "Tệp phải là PDF" in response.content.decode()
        assert not Result.objects.filter(dossier=dossier).exists()

    def test_shows_the_proposal_before_the_signature(self, signed_in):
        desk = ADesk()

        html = signed_in(desk.leader).get(path_of("decide", desk.proposed())).content.decode()

        assert "Đủ điều kiện." in html


class TestAcceptance:
    def test_shows_the_very_day_that_it_then_promises(self, signed_in):
        desk = ADesk()
        dossier = a_dossier()
        client = signed_in(desk.receiver)

        shown = client.get(path_of("accept", dossier)).context["promised_at"]
        client.post(path_of("accept", dossier))

        dossier.refresh_from_db()
        assert dossier.due_at == shown


class TestSupplementRequest:
    def test_asks_for_the_papers_that_were_ticked_and_no_others(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()

        signed_in(desk.processor).post(path_of("request_supplement", dossier), ASKED)

        request = SupplementRequest.objects.get(dossier=dossier)
        assert request.items == {"birth_certificate": "Chụp lại."}


class TestAReviewAtTheDesk:
    def test_is_saved_and_shown_again_with_who_and_when(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()
        client, path = signed_in(desk.processor), path_of("request_supplement", dossier)

        saved = client.post(path, {**ASKED, "reason": "", "seen": "0", "luu": "1"})

        assert (saved.status_code, saved.headers["Location"]) == (302, path)
        html = client.get(path).content.decode()
        assert "Đang lưu: Cần bổ sung (Phạm Văn Sáu" in html
        assert 'name="seen" value="2"' in html
        assert 'value="Ảnh mờ."' in html
        dossier.refresh_from_db()
        assert dossier.state == S.IN_PROGRESS

    def test_tells_a_second_tab_what_the_first_one_saved(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()
        client, path = signed_in(desk.processor), path_of("request_supplement", dossier)
        client.post(path, {**ASKED, "seen": "0", "luu": "1"})

        response = client.post(path, {**ASKED, "needed-birth_certificate": "Khác.", "seen": "0"})

        html = response.content.decode()
        assert response.status_code == 422
        assert "ở cửa sổ khác" in html
        assert 'value="Khác."' in html  # nothing typed is lost
        assert 'name="seen" value="2"' in html  # and may be sent knowingly
        assert not SupplementRequest.objects.filter(dossier=dossier).exists()

    def test_of_a_second_round_says_what_to_do(self, signed_in):
        desk = ADesk()
        dossier = desk.answered()

        html = signed_in(desk.processor).get(path_of("request_supplement", dossier))

        assert "Đề nghị yêu cầu bổ sung thêm" in html.content.decode()


class TestRefusedForTheRole:
    def test_says_whose_act_it_is(self, signed_in):
        desk = ADesk()

        response = signed_in(desk.processor).get(path_of("accept", a_dossier()))

        assert "thuộc Bộ phận" in response.content.decode()


def a_pdf() -> bytes:
    kept = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(kept)
    return kept.getvalue()


class TestProposalWhereTaxIsSettled:
    CODE = "1.013831"

    @pytest.fixture
    def desk(self):
        return ADesk(an_agency("Sở Tài nguyên và Môi trường"), procedure=self.CODE)

    def taken_up(self, desk: ADesk) -> Dossier:
        return desk.taken_up(a_filing(self.CODE, "sale", ANSWERS[self.CODE]["sale"]))

    def at_the_tax_step(self, desk: ADesk) -> Dossier:
        dossier = do("propose", self.taken_up(desk), desk.processor, desk=desk)
        return do("take_up", dossier, desk.processor, desk=desk)

    def test_asks_why_nothing_is_owed_only_there(self, desk, signed_in):
        examined, taxed = self.taken_up(desk), self.at_the_tax_step(desk)
        client = signed_in(desk.processor)

        first, second = (
            client.get(reverse("desk:proposal-new", args=[dossier.code])).content.decode()
            for dossier in (examined, taxed)
        )

        assert 'name="no_obligation"' not in first
        assert 'name="no_obligation"' in second
        assert "Vì sao không phát sinh nghĩa vụ tài chính" in second

    def test_says_that_only_the_last_examination_goes_to_the_leader(self, desk, signed_in):
        client = signed_in(desk.processor)
        sent = {"outcome": "granted", "opinion": "Đủ điều kiện.", "no_obligation": "Tặng cho con."}
        said = []
        for dossier in (self.taken_up(desk), self.at_the_tax_step(desk)):
            address = reverse("desk:proposal-new", args=[dossier.code])
            asked = client.get(address).content.decode()
            told = client.post(address, sent, follow=True).content.decode()
            said.append(("Trình lãnh đạo" in asked, "Đã trình lãnh đạo." in told))

        assert said == [(False, False), (True, True)]

    def test_says_what_is_lacking_and_keeps_what_was_typed(self, desk, signed_in):
        dossier = self.at_the_tax_step(desk)
        sent = {"outcome": "granted", "opinion": "Đủ điều kiện sang tên."}

        response = signed_in(desk.processor).post(
            reverse("desk:proposal-new", args=[dossier.code]), sent
        )

        assert response.status_code == 422
        assert "hoặc ghi rõ vì sao không phát sinh nghĩa vụ" in response.content.decode()
        assert "Đủ điều kiện sang tên." in response.content.decode()
        assert Dossier.objects.get(pk=dossier.pk).step_key == "tax"

        response = signed_in(desk.processor).post(
            reverse("desk:proposal-new", args=[dossier.code]),
            {**sent, "no_obligation": "Mẹ tặng cho con."},
        )

        assert response.status_code == 302
        assert Dossier.objects.get(pk=dossier.pk).step_key == "decide"

    def test_shows_why_an_obligation_waits_for_its_step(self, desk, signed_in):
        dossier = self.taken_up(desk)

        page = signed_in(desk.processor).get(reverse("desk:dossier", args=[dossier.code]))

        assert "Nghĩa vụ tài chính được xác định ở bước" in page.content.decode()
