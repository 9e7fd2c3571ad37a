"""The plan's screens: what is shown to whom, what is done, what is refused."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.documents.models import StoredFile
from motcua.kernel import clock
from motcua.plans import services
from motcua.plans.models import AgencyPlan, Duty, Evidence, Obstacle, PlanReport
from motcua.plans.queries import reminders_of
from tests.builders import a_png, a_receiver, an_agency
from tests.plans.builders import (
    FINANCE,
    JULY,
    ThePeople,
    a_duty,
    a_plan,
    account_of,
    done,
    proved,
    told,
)
from tests.plans.test_obstacles import AnObstacle
from tests.plans.test_reports import a_draft, a_signed
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

PLAN = "/lanh-dao/ke-hoach/"


@pytest.fixture(autouse=True)
def _in_july(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    clock.shift_by(timedelta())
    clock.shift_by(JULY - clock.now() + timedelta(minutes=1))
    yield
    clock.shift_by(timedelta())


@pytest.fixture
def plan():
    return a_plan()


@pytest.fixture
def people():
    return ThePeople()


@pytest.fixture
def signed_in(client):
    def sign_in(mandate):
        client.force_login(account_of(mandate))
        return client

    return sign_in


def said(response) -> str:
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


class TestTheTasks:
    def test_show_the_keeper_everybody_in_a_matrix(self, plan, people, signed_in):
        html = assert_is_a_page(signed_in(people.keeper).get(PLAN))

        assert html.count('scope="row"><a class="govuk-link mc-nowrap" href="?co-quan=') == 26
        assert "Kho bạc Nhà nước Cần Thơ" in html

    def test_show_an_agency_its_own_and_no_matrix(self, plan, people, signed_in):
        response = signed_in(people.finance).get(PLAN)
        assert_is_a_page(response)

        clauses = {line.clause for part in response.context["parts"] for line in part.lines}
        assert {"II.4.a", "II.1.a", "III.1"} <= clauses
        assert not {"II.2.a", "II.1.k", "II.6.a"} & clauses
        assert response.context["matrix"] == []

    @pytest.mark.parametrize("view", ["qua-han", "cho-xac-nhan", "cua-toi", "gi-do"])
    def test_are_filtered(self, plan, people, signed_in, view):
        done(a_duty(plan, "II.4.a"), people.finance, people.keeper)
        told(a_duty(plan, "II.4.b"), people.finance)

        response = signed_in(people.keeper).get(PLAN, {"xem": view})

        assert_is_a_page(response)
        clauses = {line.clause for part in response.context["parts"] for line in part.lines}
        assert ("II.4.b" in clauses) == (view in ("cho-xac-nhan", "gi-do"))
        assert ("II.7" in clauses) == (view in ("qua-han", "cua-toi", "gi-do"))

    def test_of_one_agency_are_asked_for_by_its_code(self, plan, people, signed_in):
        code = an_agency(FINANCE).code
        response = signed_in(people.chairman).get(PLAN, {"co-quan": code})

        clauses = {line.clause for part in response.context["parts"] for line in part.lines}
        assert "II.4.a" in clauses
        assert "II.2.a" not in clauses

    def test_are_not_for_the_counter(self, plan, signed_in):
        receiver = a_receiver(an_agency(FINANCE))

        assert signed_in(receiver).get(PLAN).status_code == 403

    def test_are_not_there_before_a_plan_was_loaded(self, people, signed_in):
        assert signed_in(people.keeper).get(PLAN).status_code == 404

    def test_cost_few_statements(self, plan, people, signed_in, django_assert_max_num_queries):
        client = signed_in(people.keeper)
        client.get(PLAN)
        with django_assert_max_num_queries(12):
            client.get(PLAN)

    def test_one_shows_its_duties_and_hides_those_of_others(self, plan, people, signed_in):
        assert_is_a_page(signed_in(people.keeper).get(f"{PLAN}nhiem-vu/II.1.đ/"))
        lines = signed_in(people.finance).get(f"{PLAN}nhiem-vu/II.1.đ/").context["lines"]
        assert {line["owner"] for line in lines} == {FINANCE}
        assert signed_in(people.finance).get(f"{PLAN}nhiem-vu/II.2.a/").status_code == 404
        assert signed_in(people.keeper).get(f"{PLAN}nhiem-vu/II.9.z/").status_code == 404


class TestADuty:
    def test_is_told_of_proved_and_closed(self, plan, people, signed_in):
        duty = a_duty(plan, "II.4.a")
        page = f"{PLAN}viec/{duty.pk}/"
        client = signed_in(people.finance)
        assert_is_a_page(client.get(page))
        client.post(f"{page}bao-cao/", {"percent": "100 %", "words": "Đã trình Hội đồng."})
        for proof in (
            {"form": "document", "title": "Tờ trình", "number": "9/TTr", "issued_on-day": "2",
             "issued_on-month": "5", "issued_on-year": "2024"},
            {"form": "link", "title": "Tỷ lệ", "path": "/lanh-dao/tre-han/", "as_of-day": "30",
             "as_of-month": "6", "as_of-year": "2024"},
            {"form": "file", "title": "Ảnh", "file": SimpleUploadedFile("a.png", a_png())},
        ):  # fmt: skip
            assert client.post(f"{page}minh-chung/", proof).status_code == 302
        assert Evidence.objects.filter(duty=duty).count() == 3

        keeper = signed_in(people.keeper)
        assert "Xác nhận hoàn thành" in assert_is_a_page(keeper.get(page))
        response = keeper.post(f"{page}xac-nhan/", {"decision": "accept"}, follow=True)

        assert "Đã xác nhận hoàn thành." in said(response)
        duty.refresh_from_db()
        assert duty.state == "done"
        assert (
            "Thêm minh chứng" not in said(signed_in(people.finance).get(page)).split("Lịch sử")[0]
        )

    @pytest.mark.parametrize(
        ("deed", "sent", "key"),
        [
            ("bao-cao", {"percent": "nhiều", "words": "Lời."}, "percent"),
            ("bao-cao", {"percent": "٣", "words": "Lời."}, "percent"),
            ("bao-cao", {"percent": "50", "words": " "}, "words"),
            ("minh-chung", {"title": "T"}, "form"),
            ("minh-chung", {"form": "file", "title": "T"}, "file"),
            ("minh-chung", {"form": "link", "title": "T", "path": "https://x/"}, "as_of"),
            (
                "minh-chung",
                {"form": "document", "title": "T", "number": "1", "issued_on-day": "31",
                 "issued_on-month": "2", "issued_on-year": "2024"},
                "issued_on",
            ),
        ],
    )  # fmt: skip
    def test_says_beside_the_box_what_is_wrong(self, plan, people, signed_in, deed, sent, key):
        duty = a_duty(plan, "II.4.a")
        response = signed_in(people.finance).post(f"{PLAN}viec/{duty.pk}/{deed}/", sent)

        html = assert_is_a_page(response, status=422)
        assert f'href="#{key}"' in html
        assert f'id="{key}"' in html

    def test_refuses_a_hostile_file_and_keeps_none_of_it(self, plan, people, signed_in):
        duty = a_duty(plan, "II.4.a")
        sent = {
            "form": "file",
            "title": "Tệp",
            "file": SimpleUploadedFile("a.pdf", b"<script>alert(1)</script>"),
        }

        response = signed_in(people.finance).post(f"{PLAN}viec/{duty.pk}/minh-chung/", sent)

        assert_is_a_page(response, status=422)
        assert not StoredFile.objects.exists()

    def test_is_nobody_elses(self, plan, people, signed_in):
        duty = a_duty(plan, "II.4.a")
        stranger = signed_in(people.district)

        for path in ("", "bao-cao/", "minh-chung/", "xac-nhan/"):
            ask = stranger.post if path else stranger.get
            assert ask(f"{PLAN}viec/{duty.pk}/{path}").status_code == 404
        assert Duty.objects.get(pk=duty.pk).state == "open"

    def test_without_proof_says_why_it_does_not_close(self, plan, people, signed_in):
        duty = told(a_duty(plan, "II.4.a"), people.finance)
        page = f"{PLAN}viec/{duty.pk}/"

        response = signed_in(people.keeper).post(f"{page}xac-nhan/", {"decision": "accept"})
        assert "Chưa có minh chứng" in assert_is_a_page(response, status=409)
        response = signed_in(people.keeper).post(f"{page}xac-nhan/", {"decision": "send-back"})
        assert_is_a_page(response, status=422)

    @pytest.mark.parametrize(
        ("deed", "sent"),
        [
            ("bao-cao", {"percent": "50", "words": "Lời vừa nhập."}),
            ("minh-chung", {"form": "link", "title": "Lời vừa nhập.", "path": "/lanh-dao/tre-han/",
                            "as_of-day": "30", "as_of-month": "6", "as_of-year": "2024"}),
        ],
    )  # fmt: skip
    def test_that_is_done_takes_nothing_more_and_loses_no_word(
        self, plan, people, signed_in, deed, sent
    ):
        duty = done(a_duty(plan, "II.4.a"), people.finance, people.keeper)
        page = f"{PLAN}viec/{duty.pk}/"

        html = assert_is_a_page(signed_in(people.finance).post(f"{page}{deed}/", sent), status=409)

        assert "Hiện ở trạng thái “Hoàn thành”" in html
        assert "Lời vừa nhập." in html
        assert f'href="{page}"' in html

    def test_is_not_confirmed_by_those_who_owe_it(self, plan, people, signed_in):
        duty = told(a_duty(plan, "II.4.a"), people.finance)

        response = signed_in(people.finance).post(
            f"{PLAN}viec/{duty.pk}/xac-nhan/", {"decision": "send-back", "judgement": "Chưa đủ."}
        )

        assert "Chưa đủ." in assert_is_a_page(response, status=403)
        duty.refresh_from_db()
        assert duty.state == "reported"

    def test_sends_the_file_of_a_proof_to_whoever_sees_the_duty(self, plan, people, signed_in):
        duty = a_duty(plan, "II.4.a")
        page = f"{PLAN}viec/{duty.pk}/minh-chung/"
        signed_in(people.finance).post(
            page,
            {"form": "file", "title": "Ảnh", "file": SimpleUploadedFile("a.png", a_png())},
        )
        proved(duty, people.finance)
        shown, number = Evidence.objects.filter(duty=duty).order_by("pk")

        response = signed_in(people.keeper).get(f"{page}{shown.pk}/")
        assert (response.content, response["Content-Type"]) == (a_png(), "image/png")
        assert "sandbox" in response["Content-Security-Policy"]
        assert signed_in(people.keeper).get(f"{page}{number.pk}/").status_code == 404
        assert signed_in(people.district).get(f"{page}{shown.pk}/").status_code == 404


class TestReminders:
    def test_are_listed_and_read(self, plan, people, signed_in):
        services.raise_reminders(at=JULY)
        client = signed_in(people.finance)
        html = assert_is_a_page(client.get(f"{PLAN}nhac-viec/"))
        assert "Quá hạn" in html
        ids = [reminder.pk for reminder in reminders_of(people.finance)]

        client.post(f"{PLAN}nhac-viec/da-doc/", {"reminder": [*ids, "x", "9" * 5000]})

        assert client.get(f"{PLAN}nhac-viec/").context["unread"] == 0

    def test_show_the_keeper_what_waits(self, plan, people, signed_in):
        told(a_duty(plan, "II.4.a"), people.finance)

        html = assert_is_a_page(signed_in(people.keeper).get(f"{PLAN}nhac-viec/"))

        assert "II.4.a: Sở Tài chính" in html


class TestObstacles:
    def test_are_raised_routed_answered_and_closed(self, plan, people, signed_in):
        client = signed_in(people.district)
        assert_is_a_page(client.get(f"{PLAN}vuong-mac/moi/", {"clause": "II.1.h"}))
        client.post(
            f"{PLAN}vuong-mac/moi/",
            {"title": "Thiếu máy quét", "words": "Đề nghị hướng dẫn.", "clause": "II.1.h"},
        )
        obstacle = Obstacle.objects.get()
        page, step = f"{PLAN}vuong-mac/{obstacle.pk}/", f"{PLAN}vuong-mac/{obstacle.pk}/buoc/"
        solver = an_agency(FINANCE).pk
        signed_in(people.keeper).post(step, {"verb": "route", "solver": solver})
        assert_is_a_page(signed_in(people.finance).get(page))
        signed_in(people.finance).post(step, {"verb": "answer", "answer-words": "Đã có nguồn."})
        signed_in(people.district).post(step, {"verb": "close"})

        obstacle.refresh_from_db()
        assert obstacle.state == "closed"
        html = assert_is_a_page(signed_in(people.district).get(page))
        assert html.index("Nêu khó khăn") < html.index("Xác nhận đã giải quyết")
        assert_is_a_page(signed_in(people.district).get(f"{PLAN}vuong-mac/"))

    def test_are_hidden_from_those_who_have_nothing_to_do_with_them(self, signed_in):
        case = AnObstacle()
        client = signed_in(case.people.finance)

        assert client.get(f"{PLAN}vuong-mac/{case.obstacle.pk}/").status_code == 404
        assert client.get(f"{PLAN}vuong-mac/").context["lines"] == []

    @pytest.mark.parametrize(
        ("sent", "key"),
        [
            ({"verb": "route"}, "solver"),
            (
                {"verb": "route", "solver": "1", "answer_due_on-day": "40",
                 "answer_due_on-month": "1", "answer_due_on-year": "2024"},
                "answer_due_on",
            ),
            (
                {"verb": "route", "solver": "1", "answer_due_on-day": "1",
                 "answer_due_on-month": "1", "answer_due_on-year": "99999999999"},
                "answer_due_on",
            ),
            ({"verb": "escalate", "escalate-words": " "}, "escalate-words"),
        ],
    )  # fmt: skip
    def test_say_beside_the_box_what_is_wrong(self, signed_in, sent, key):
        case = AnObstacle()
        page = f"{PLAN}vuong-mac/{case.obstacle.pk}/buoc/"

        html = assert_is_a_page(signed_in(case.people.keeper).post(page, sent), status=422)

        assert f'href="#{key}"' in html
        assert signed_in(case.people.keeper).post(page, {"verb": "x"}).status_code == 404

    def test_take_no_step_twice(self, signed_in):
        case = AnObstacle()
        page = f"{PLAN}vuong-mac/{case.obstacle.pk}/"
        keeper = signed_in(case.people.keeper)
        sent = {"verb": "escalate", "escalate-words": "Vượt thẩm quyền của Sở."}
        keeper.post(f"{page}buoc/", sent)

        html = assert_is_a_page(keeper.post(f"{page}buoc/", sent), status=409)

        assert "không làm được bước này nữa" in html
        assert "Vượt thẩm quyền của Sở." in html
        assert f'href="{page}"' in html

    def test_are_answered_by_whoever_they_were_routed_to(self, signed_in):
        case = AnObstacle()
        page = f"{PLAN}vuong-mac/{case.obstacle.pk}/buoc/"

        response = signed_in(case.people.keeper).post(
            page, {"verb": "withdraw", "withdraw-words": "Không cần nữa."}
        )

        assert_is_a_page(response, status=403)

    def test_new_ones_say_something(self, plan, people, signed_in):
        response = signed_in(people.district).post(f"{PLAN}vuong-mac/moi/", {"title": "T"})

        assert 'href="#words"' in assert_is_a_page(response, status=422)


class TestAgencyPlans:
    def test_are_registered_with_their_tasks(self, plan, people, signed_in):
        client = signed_in(people.finance)
        assert_is_a_page(client.get(f"{PLAN}ke-hoach-co-quan/"))
        new = f"{PLAN}ke-hoach-co-quan/moi/"
        assert_is_a_page(client.get(new))
        day = {"issued_on-day": "10", "issued_on-month": "4", "issued_on-year": "2024"}
        said_ = {"number": "15/KH-STC", "title": "Kế hoạch", **day}
        assert_is_a_page(client.post(new, said_), status=422)
        client.post(new, {**said_, "file": SimpleUploadedFile("k.png", a_png())})
        own = AgencyPlan.objects.get()
        page = f"{PLAN}ke-hoach-co-quan/{own.pk}/"

        assert_is_a_page(client.post(page, {"words": "Việc."}), status=422)
        client.post(page, {"words": "Việc.", "clauses": ["II.4.a", "II.1.b"]})

        assert "II.4.a" in assert_is_a_page(client.get(page))
        covered = signed_in(people.keeper).get(f"{PLAN}ke-hoach-co-quan/").context["coverage"]
        assert covered.registered == 1
        assert signed_in(people.keeper).get(f"{page}tep/").content == a_png()
        assert signed_in(people.district).get(page).status_code == 404
        assert signed_in(people.district).get(f"{page}tep/").status_code == 404

    def test_that_were_replaced_take_no_task(self, plan, people, signed_in):
        client = signed_in(people.finance)
        for number in ("15/KH-STC", "16/KH-STC"):
            client.post(
                f"{PLAN}ke-hoach-co-quan/moi/",
                {"number": number, "title": "Kế hoạch", "issued_on-day": "10",
                 "issued_on-month": "4", "issued_on-year": "2024",
                 "file": SimpleUploadedFile("k.png", a_png())},
            )  # fmt: skip
        old = AgencyPlan.objects.get(number="15/KH-STC")

        response = client.post(
            f"{PLAN}ke-hoach-co-quan/{old.pk}/", {"words": "Việc muộn.", "clauses": ["II.4.a"]}
        )

        assert "Việc muộn." in assert_is_a_page(response, status=409)

    def test_are_not_asked_of_the_committee_itself(self, plan, people, signed_in):
        assert signed_in(people.chairman).get(f"{PLAN}ke-hoach-co-quan/moi/").status_code == 404


class TestReports:
    def test_are_drawn_rewritten_and_signed(self, plan, people, signed_in):
        client = signed_in(people.keeper)
        assert_is_a_page(client.get(f"{PLAN}bao-cao/"))
        client.post(f"{PLAN}bao-cao/", {"period": "2024-H1"})
        report = PlanReport.objects.get()
        page = f"{PLAN}bao-cao/{report.pk}/"
        assert "Còn thiếu" in assert_is_a_page(client.get(page))
        client.post(f"{page}doan-van/", {"key": "leadership", "words": "Lời của Sở."})
        assert "Lời của Sở." in assert_is_a_page(client.get(page))
        client.post(f"{page}doan-van/", {"key": "leadership", "restore": "1", "words": "x"})
        assert "Lời của Sở." not in client.get(page).context["report"].rewritten.values()
        client.post(f"{page}buoc/", {"verb": "refresh"})
        client.post(f"{page}buoc/", {"verb": "submit"})

        director = signed_in(people.director)
        assert_is_a_page(director.post(f"{page}buoc/", {"verb": "sign"}), status=422)
        assert_is_a_page(director.post(f"{page}buoc/", {"verb": "return"}), status=422)
        director.post(f"{page}buoc/", {"verb": "sign", "number": "128/BC-STTTT"})

        report.refresh_from_db()
        assert (report.state, report.number) == ("frozen", "128/BC-STTTT")
        # Signed, it is for everybody who has tasks.
        assert "128/BC-STTTT" in assert_is_a_page(signed_in(people.finance).get(page))

    def test_a_draft_is_the_keepers_own(self, plan, people, signed_in):
        report = a_draft(plan, people)

        for stranger in (people.finance, people.chairman):
            client = signed_in(stranger)
            assert client.get(f"{PLAN}bao-cao/{report.pk}/").status_code == 404
            assert client.get(f"{PLAN}bao-cao/{report.pk}/tep/pdf/").status_code == 404
            assert client.get(f"{PLAN}bao-cao/").context["lines"] == []

    def test_a_signed_one_is_frozen(self, plan, people, signed_in):
        report = a_signed(plan, people)
        page = f"{PLAN}bao-cao/{report.pk}/"
        keeper = signed_in(people.keeper)

        for path, sent in (
            ("buoc/", {"verb": "submit"}),
            ("doan-van/", {"key": "leadership", "words": "Lời sửa muộn."}),
        ):
            html = assert_is_a_page(keeper.post(f"{page}{path}", sent), status=409)
            assert "Hiện ở trạng thái “Đã ký”" in html
            assert sent.get("words", "") in html

    @pytest.mark.parametrize("format_", ["docx", "pdf", "xlsx"])
    def test_a_signed_file_is_the_same_whenever_it_is_fetched(
        self, plan, people, signed_in, format_
    ):
        report = a_signed(plan, people)
        client = signed_in(people.finance)
        page = f"{PLAN}bao-cao/{report.pk}/tep/{format_}/"
        first = client.get(page)

        assert client.get(page).content == first.content
        assert f".{format_}" in first["Content-Disposition"]
        assert client.get(page.replace(format_, "odt")).status_code == 404

    @pytest.mark.parametrize("period", ["", "2024", "2023-H2", "nửa năm"])
    def test_of_what_is_no_half_year_are_refused_in_words(self, plan, people, signed_in, period):
        response = signed_in(people.keeper).post(f"{PLAN}bao-cao/", {"period": period})

        assert 'href="#period"' in assert_is_a_page(response, status=422)
        assert not PlanReport.objects.exists()

    def test_are_drafted_by_the_keeper(self, plan, people, signed_in):
        response = signed_in(people.finance).post(f"{PLAN}bao-cao/", {"period": "2024-H1"})

        assert "làm được việc này" in assert_is_a_page(response, status=403)
        assert not PlanReport.objects.exists()


class TestTheMenu:
    def test_leads_officers_of_agencies_with_tasks_there(self, plan, people, signed_in):
        for officer in (people.keeper, people.finance):
            assert f'href="{PLAN}"' in signed_in(officer).get("/desk/").content.decode()
        receiver = a_receiver(an_agency(FINANCE))
        assert f'href="{PLAN}"' not in signed_in(receiver).get("/desk/").content.decode()
