"""Every screen in each of its states, as a walk: what is looked at, and the page that shows it."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.conf import settings
from django.http import HttpResponseNotAllowed
from django.test import RequestFactory
from django.urls import reverse
from playwright.sync_api import Page, Route

from motcua.calendars.definitions import CALENDAR_TABLE
from motcua.documents.queries import path_of
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import papers_of
from motcua.kernel import clock, memory
from motcua.offices.queries import one_stop_units
from motcua.plans import services as plans
from motcua.procedures.services import PUBLISHER, import_national, publish_version
from motcua.queues.services import miss_call
from motcua.steering.followers import follow_dossiers
from motcua.steering.services import load_targets
from motcua.web import errors, lookup_links
from tests.builders import (
    NOW,
    ADesk,
    a_business_dossier,
    a_change,
    a_citizen,
    a_district,
    a_dossier,
    a_leader,
    a_linked_birth,
    an_agency,
    found_wanting,
    said_of,
    taken_in,
)
from tests.calendars.saying import a_day, a_proposal, some_hours
from tests.dossiers.linked import Agencies, part_of, settled
from tests.kernel.ledger.rooms import catch_up
from tests.kernel.sheets.files import a_table
from tests.plans.builders import JULY, ThePeople, a_duty, a_plan, proved, told
from tests.procedures.builders import a_definition
from tests.procedures.national.builders import HOW, a_list, an_original
from tests.queues.lines import ASeat, a_ticket
from tests.web.console.jobs import a_job
from tests.web.portal.walk import a_complete_draft, a_draft, check_url, page_url, paper_url

State = tuple[str, Page]

# Addresses that show no page of their own: they act and lead on, or send a file.
NO_PAGES = frozenset(
    {
        "set-language",
        "sign-in-demonstration",
        "sign-out",
        "portal:dossier-file",
        "portal:issued-paper",
        "portal:filing-autosave",
        "portal:disclosure-json",
        "portal:disclosure-csv",
        "board:publication-act",
        "board:correction-decision",
        "desk:paper",
        "desk:issued-paper",
        "console:national-review",
        "console:table-template",
        "desk:call-create",
        "desk:counter-take",
        "desk:export",
        "board:own-agency",
        "board:targets-table",
        "board:targets-export",
        "board:targets-pack",
        "board:settlement-export",
        "console:calendar-effect",
        "desk:ticket-act",
        "desk:card-reading-create",
        "desk:notices-read",
        "board:plan-duty-report",
        "board:plan-evidence-create",
        "board:plan-evidence-file",
        "board:plan-duty-judgement",
        "board:plan-reminders-read",
        "board:plan-obstacle-act",
        "board:plan-agency-plan-file",
        "board:plan-report-paragraph",
        "board:plan-report-act",
        "board:plan-report-file",
    }
)


def of_anybody(visitor, ward, it_becomes) -> Iterator[State]:
    """What needs no account: finding a procedure, looking a dossier up, signing in."""
    somebody = visitor("/")
    page = somebody.page
    yield "home", page
    somebody.opens("/thu-tuc/")
    yield "all procedures", page
    somebody.opens("/thu-tuc/?q=khai sinh")
    yield "procedures found", page
    somebody.opens("/thu-tuc/?q=zzzzqqq")
    yield "no procedure found", page
    for code in ("1.001193", "2.000815", "1.001612"):
        somebody.opens(f"/thu-tuc/{code}/")
        yield f"procedure {code}", page
    for details in page.locator("details").all():
        if details.get_attribute("open") is None and details.is_visible():
            details.locator("summary").click()
    yield "procedure, all unfolded", page

    dossier = a_dossier(ward.applicant)
    somebody.opens("/tra-cuu/")
    yield "look-up, empty", page
    somebody.presses("Xem tình trạng")
    yield "look-up, nothing typed", page
    wrong = {"Mã hồ sơ": dossier.code, "Mã bí mật": "AAAAAAAA"}
    right = {"Mã hồ sơ": dossier.code, "Mã bí mật": dossier.lookup_secret.lower()}
    somebody.writes(**wrong)
    somebody.presses("Xem tình trạng")
    yield "look-up, wrong pair", page
    somebody.writes(**right)
    somebody.presses("Xem tình trạng")
    yield "look-up, submitted", page
    result = somebody.path
    ward.desk.awaiting_supplement(dossier)
    somebody.opens(result)
    yield "look-up, waiting for the applicant", page
    yield from _of_papers_to_hand_out(somebody)
    somebody.opens("/tra-cuu/khong-co/")
    yield "look-up, a link that is not ours", page
    for _time in range(6):
        somebody.opens("/tra-cuu/")
        somebody.writes(**wrong)
        somebody.presses("Xem tình trạng")
    somebody.is_at("Ông/Bà vui lòng đợi 15 phút")
    yield "look-up, tried too often", page

    somebody.opens("/dang-nhap/")
    yield "sign-in", page
    somebody.presses("Đăng nhập")
    yield "sign-in, nothing typed", page
    somebody.writes(**{"Tên đăng nhập": "khong-ai", "Mật khẩu": "khác"})
    somebody.presses("Đăng nhập")
    yield "sign-in, wrong pair", page

    it_becomes("01/03/2024 09:00")
    somebody.opens("/")
    yield "home before the first procedure", page
    somebody.opens("/thu-tuc/")
    yield "procedures before the first", page
    it_becomes("15/10/2024 09:00")

    receiver = visitor("/ho-so/", account=ward.account_of(ward.desk.receiver))
    yield "an officer where citizens go", receiver.page
    receiver.opens("/console/health/")
    yield "an officer where administrators go", receiver.page
    citizen = visitor("/desk/", account=ward.applicant.account)
    yield "a citizen where officers go", citizen.page

    settings.DEMONSTRATION = False
    somebody.opens("/dang-nhap/")
    yield "sign-in outside a demonstration", page
    settings.DEMONSTRATION = True


def of_the_clock(visitor, ward, it_becomes) -> Iterator[State]:
    """The clock as a sum, over a month, for the applicant, who holds the link, and an officer."""
    desk = ADesk(a_district(), procedure="1.001612")
    it_becomes("10/10/2024 17:30")
    filed = a_business_dossier(ward.applicant, at=clock.now())
    dossier = desk.taken_up(filed, at=clock.now())
    it_becomes("14/10/2024 10:00")
    dossiers.impose_obligation(
        dossier_id=dossier.pk,
        mandate=desk.processor,
        notice="Thông báo số 12/TB",
        amount_dong=250_000,
        at=clock.now(),
    )
    it_becomes("15/10/2024 09:00")
    path_at_the_desk = reverse("desk:dossier", args=[dossier.code])
    who = {
        "the applicant": (ward.applicant.account, f"/ho-so/{dossier.code}/"),
        "who holds the link": (None, f"/tra-cuu/{lookup_links.token_of(dossier)}/"),
        "an officer": (ward.account_of(desk.processor), path_at_the_desk),
    }
    for words, (account, path) in who.items():
        somebody = visitor(path, account=account)
        somebody.main.get_by_text("Vì sao hẹn trả lúc đó?").click()
        somebody.reads("Không tính: chờ người nộp thực hiện nghĩa vụ tài chính")
        yield f"the clock, for {words}", somebody.page


def of_the_catalogue(visitor, ward) -> Iterator[State]:
    """Finding and reading what is published here and by the nation."""
    many = [an_original(ma_thu_tuc=f"9.{n:06}") for n in range(2, 45)]
    unread = an_original(
        thanh_phan_ho_so="Bảng này không giống bảng nào.",
        cach_thuc_thuc_hien=f"{HOW}Trực tiếp3 Ngày làm việcMiễn phí(Do tỉnh quy định)",
        trinh_tu_thuc_hien="\n".join(f"Bước {n}: nộp giấy." for n in range(12)),
    )
    import_national(file=a_list(unread, *many), at=NOW, actor="tests")
    screening = [
        {"key": "here", "question": "Ông/Bà nuôi mèo ở đây không?", "otherwise": "Hỏi nơi nuôi."},
        {
            "key": "sale",
            "question": "Ông/Bà nuôi để bán không?",
            "hint": "Kể cả bán một con.",
            "passes": False,
            "otherwise": "Đăng ký hộ kinh doanh.",
            "instead": "1.001612",
        },
    ]
    publish_version(definition=a_definition(screening=screening), at=NOW)
    somebody = visitor("/thu-tuc/?page=2")
    page = somebody.page
    yield "all procedures, the second page", page
    somebody.opens("/thu-tuc/?q=khai+sinnh+zzqq&cap=commune&doi-tuong=person")
    yield "procedures found, filtered and understood", page
    page.locator("summary", has_text="Lọc theo").click()
    yield "procedures found, filters unfolded", page
    somebody.opens("/thu-tuc/?cap=ministry&su-kien=birth")
    yield "no procedure within the filters", page
    somebody.opens("/linh-vuc/")
    yield "fields", page
    somebody.opens("/su-kien/birth/")
    yield "life event", page
    somebody.opens("/su-kien/foreigners/")
    yield "life event without procedures", page
    somebody.opens("/co-quan/")
    yield "agencies", page
    for name in ("Ủy ban nhân dân quận Ninh Kiều", "Sở Ngoại vụ"):
        somebody.opens("/co-quan/")
        somebody.follows(name)
        yield f"agency {name}", page
    somebody.opens("/thu-tuc/9.000002/")
    yield "national procedure, all read", page
    somebody.opens("/thu-tuc/9.000001/")
    for details in page.locator("details").all():
        if details.get_attribute("open") is None and details.is_visible():
            details.locator("summary").click()
    yield "national procedure, unread, all unfolded", page
    for code in ("1.001193", "9.000001"):
        somebody.opens(f"/thu-tuc/{code}/to-roi/")
        yield f"leaflet {code}", page
    somebody.opens("/thu-tuc/1.000001/")
    yield "procedure that asks first", page
    somebody.opens("/thu-tuc/1.000001/phu-hop/")
    yield "suitability, nothing answered", page
    somebody.presses("Xem kết quả")
    yield "suitability, answers missing", page
    for words, query in (
        ("fits", "here=co&sale=khong"),
        ("does not fit", "here=co&sale=co"),
        ("not sure", "here=khong-chac&sale=khong"),
    ):
        somebody.opens(f"/thu-tuc/1.000001/phu-hop/?{query}&xem=1")
        yield f"suitability, {words}", page


def of_citizens(visitor, ward) -> Iterator[State]:
    """Filing, and following what was filed."""
    applicant = ward.applicant
    citizen = visitor("/ho-so/", account=applicant.account)
    page = citizen.page
    yield "my dossiers, none", page

    publish_version(definition=a_definition(level="info_only", level_reason="Chưa đủ."), at=NOW)
    citizen.opens("/thu-tuc/1.000001/nop/")
    yield "start, not offered online", page
    citizen.opens("/thu-tuc/2.000815/nop/")
    yield "start, one case", page
    citizen.opens("/thu-tuc/1.001193/nop/")
    yield "start, several cases", page
    citizen.presses("Bắt đầu")
    yield "start, no case chosen", page
    citizen.chooses("Đăng ký trong 60 ngày từ ngày sinh")
    citizen.presses("Bắt đầu")
    yield "task list, nothing done", page
    citizen.opens("/thu-tuc/1.001193/nop/")
    yield "start, with a draft to go on with", page

    half = a_draft(applicant, pages=4)
    citizen.opens(f"/nop-ho-so/{half.pk}/")
    yield "task list, half done", page
    citizen.opens(f"/nop-ho-so/{half.pk}/bo/")
    yield "discard a draft", page

    for key in ("requester", "child", "birth", "origin", "mother"):
        citizen.opens(page_url(half, key))
        yield f"question {key}", page
    citizen.presses("Tiếp tục")
    yield "question mother, unanswered", page
    citizen.chooses("Có")
    citizen.presses("Tiếp tục")
    yield "question mother, unfolded", page
    citizen.presses("Tiếp tục")
    yield "question mother, unfolded and unanswered", page
    citizen.opens(page_url(half, "birth"))
    citizen.writes(Tháng=13)
    citizen.presses("Tiếp tục")
    yield "question birth, no such month", page

    whole = a_complete_draft(applicant)
    for key in ("settling", "delivery", "declaration"):
        citizen.opens(page_url(whole, key))
        yield f"question {key}, answered", page
    citizen.opens(paper_url(half, "birth_certificate"))
    yield "a paper before its time", page
    citizen.opens(paper_url(whole, "surrogacy_confirmation"))
    yield "a paper, none sent", page
    citizen.presses("Tải tệp lên")
    citizen.reads("Chọn tệp cần gửi")
    yield "a paper, none chosen", page
    citizen.attaches("Chọn ảnh hoặc tệp", "hong.png", content=b"nothing")
    citizen.presses("Tải tệp lên")
    citizen.reads("hong.png")
    yield "a paper, a broken file", page
    citizen.opens(paper_url(whole))
    citizen.attaches("Gửi thêm tệp", "mat-sau.png")
    citizen.presses("Tải tệp lên")
    citizen.reads("Đã nhận 1 tệp.")
    yield "a paper, all that may be sent", page
    citizen.opens(f"/nop-ho-so/{whole.pk}/")
    yield "task list, all done", page
    citizen.opens(check_url(whole))
    yield "check", page
    citizen.presses("Nộp hồ sơ")
    yield "check, not vouched for", page
    citizen.ticks("Tôi cam đoan thông tin trên là đúng")
    citizen.presses("Nộp hồ sơ")
    citizen.is_at("Đã nộp hồ sơ")
    yield "confirmation", page

    fresh = Dossier.objects.get()
    citizen.opens(f"/ho-so/{fresh.code}/")
    yield "dossier, submitted", page
    citizen.opens(f"/ho-so/{fresh.code}/rut/")
    yield "withdraw", page
    citizen.presses("Rút hồ sơ")
    citizen.reads("Đã rút hồ sơ.")
    yield "dossier, withdrawn", page

    desk = ward.desk
    waiting = desk.awaiting_supplement(a_dossier(applicant))
    stopped = desk.taken_up(a_dossier(applicant))
    dossiers.stop_dossier(
        dossier_id=stopped.pk, mandate=desk.leader, reason="Có tranh chấp.", at=NOW
    )
    owing = desk.taken_up(a_dossier(applicant))
    dossiers.impose_obligation(
        dossier_id=owing.pk,
        mandate=desk.processor,
        notice="Thông báo số 12",
        amount_dong=1_250_000,
        at=NOW,
    )
    refused = a_dossier(applicant)
    dossiers.refuse_dossier(
        dossier_id=refused.pk, mandate=desk.receiver, reason="Nộp nhầm nơi.", at=NOW
    )
    standing = {
        "waiting for papers": waiting,
        "stopped": stopped,
        "owing money": owing,
        "refused": refused,
        "accepted": desk.accepted(a_dossier(applicant)),
        "in progress": desk.taken_up(a_dossier(applicant)),
        "decided": desk.decided(a_dossier(applicant)),
        "returned": desk.returned(a_dossier(applicant)),
    }
    for words, dossier in standing.items():
        citizen.opens(f"/ho-so/{dossier.code}/")
        yield f"dossier, {words}", page
    citizen.main.get_by_text("Vì sao hẹn trả lúc đó?").click()
    yield "dossier, the promise explained", page
    citizen.opens(f"/ho-so/{standing['returned'].code}/da-nop/")
    yield "confirmation, later", page
    citizen.opens("/ho-so/")
    yield "my dossiers, many", page
    citizen.opens(f"/ho-so/{waiting.code}/bo-sung/")
    yield "supplement", page
    citizen.presses("Nộp bổ sung")
    citizen.reads("Chọn tệp: Giấy chứng sinh")
    yield "supplement, nothing chosen", page
    citizen.attaches("Chọn tệp: Giấy chứng sinh", "moi.png")
    citizen.presses("Tải tệp lên, chưa nộp")
    citizen.reads("Đã nhận 1 tệp.")
    yield "supplement, a file sent", page

    paper = papers_of(standing["returned"])[0]
    path_of(paper.file.digest).write_bytes(b"something else")
    citizen.opens(f"/ho-so/{standing['returned'].code}/tep/{paper.file_id}/")
    yield "a file that is not what it was", page


def of_targets(visitor, ward) -> Iterator[State]:
    """The plan's targets: the board, an agency's own page, what is set, explained and answered."""
    load_targets(at=NOW)
    city, district = an_agency("Ủy ban nhân dân thành phố Cần Thơ"), a_district()
    leader = visitor("/lanh-dao/chi-tieu/", account=ward.account_of(a_leader(city)))
    yield "targets, no dossiers", leader.page
    ward.desk.accepted()
    for _each in range(3):
        taken_in(ward.desk.receiver)
    catch_up(follow_dossiers)
    memory.forget()
    # Nobody pressed anything: the page asked for itself.
    leader.page.get_by_text("1/4").first.wait_for(timeout=30_000)
    leader.opens("/lanh-dao/chi-tieu/?sap=chenh-lech")
    leader.reads("1/4")
    yield "targets", leader.page
    leader.opens("/lanh-dao/chi-tieu/?den-ngay=2030-01-01")
    yield "targets, of a day to come", leader.page
    leader.opens("/lanh-dao/bao-cao/")
    yield "report of the settlement", leader.page
    leader.opens("/lanh-dao/bao-cao/?tu=2024-10-01&den=2030-01-01&theo=procedure")
    yield "report of the settlement, of days to come", leader.page
    page = f"/lanh-dao/co-quan/{district.code}/"
    head = visitor(page, account=ward.account_of(a_leader(district)))
    yield "agency", head.page
    head.opens(f"{page}ho-so/?kenh=khac")
    yield "agency, its dossiers", head.page
    head.opens(f"{page}ho-so/?thu-tuc=1.000894")
    yield "agency, no dossiers", head.page
    commune = an_agency()
    head.opens(f"/lanh-dao/co-quan/{commune.code}/chi-tieu/")
    yield "target to set", head.page
    head.writes(**{"Tỷ lệ hồ sơ trực tuyến phải đạt": "40"})
    head.presses("Giao chỉ tiêu")
    head.reads("từ 50 % trở lên")
    yield "target too low", head.page
    head.writes(**{"Tỷ lệ hồ sơ trực tuyến phải đạt": "60"})
    head.presses("Giao chỉ tiêu")
    head.reads("Đã giao chỉ tiêu")
    head.opens(f"/lanh-dao/co-quan/{commune.code}/chi-tieu/")
    yield "target to change", head.page
    head.opens(f"/lanh-dao/co-quan/{district.code}/chi-tieu/")
    yield "target that is not theirs", head.page
    head.opens(f"{page}giai-trinh/")
    yield "explanation", head.page
    head.presses("Gửi giải trình")
    yield "explanation, nothing said", head.page
    head.writes(**{"Nguyên nhân và việc sẽ làm": "Thiếu máy tại Bộ phận Một cửa."})
    head.presses("Gửi giải trình")
    head.reads("Chờ trả lời")
    yield "agency, explained", head.page
    leader.opens(page)
    leader.follows("Trả lời giải trình")
    yield "explanation to answer", leader.page
    leader.presses("Gửi trả lời")
    yield "answer, nothing chosen", leader.page


def of_lateness(visitor, ward, it_becomes) -> Iterator[State]:
    """What is near or late, what is asked for then, and how leaders see it."""
    desk, applicant = ward.desk, ward.applicant
    late, near = desk.taken_up(a_dossier(applicant)), desk.taken_up(a_change(applicant))
    holder = visitor("/desk/nhac-viec/", account=ward.account_of(desk.processor))
    leader = visitor("/lanh-dao/tre-han/", account=ward.account_of(desk.leader))
    yield "notices, none", holder.page
    yield "board, nothing late", leader.page
    leader.opens(f"/desk/ho-so/{near.code}/gia-han/")
    yield "extension", leader.page
    leader.writes(**{"Thời gian gia hạn": "9", "Lý do gia hạn": "Phải xác minh."})
    leader.presses("Gia hạn")
    yield "extension, too long", leader.page
    leader.writes(**{"Thời gian gia hạn": "2"})
    leader.presses("Gia hạn")
    leader.reads("Gia hạn lần 1")
    yield "workspace, extended", leader.page
    it_becomes("16/10/2024 09:00")
    while dossiers.wake_dossiers(at=clock.now()):
        pass
    holder.opens("/desk/nhac-viec/")
    yield "notices", holder.page
    holder.opens(f"/desk/ho-so/{late.code}/")
    yield "workspace, late", holder.page
    leader.opens(f"/desk/ho-so/{late.code}/xin-loi/")
    yield "apology, no cause", leader.page
    holder.opens(f"/desk/ho-so/{late.code}/nguyen-nhan-tre/")
    yield "cause", holder.page
    holder.presses("Ghi nguyên nhân")
    yield "cause, nothing said", holder.page
    holder.chooses("Do đơn vị đang giải quyết")
    holder.writes(**{"Vì sao hồ sơ trễ": "Thiếu người."})
    holder.presses("Ghi nguyên nhân")
    leader.opens(f"/desk/ho-so/{late.code}/nguyen-nhan-tre/")
    yield "cause, corrected", leader.page
    leader.opens(f"/desk/ho-so/{late.code}/xin-loi/")
    yield "apology", leader.page
    leader.writes(**{"Ngày hẹn lại": "19/10/2024", "Lời xin lỗi và lý do": "Xin lỗi Ông/Bà."})
    leader.presses("Ký xin lỗi và hẹn lại")
    yield "apology, a Saturday", leader.page
    leader.writes(**{"Ngày hẹn lại": "18/10/2024"})
    leader.presses("Ký xin lỗi và hẹn lại")
    leader.reads("Đã xin lỗi và hẹn lại.")
    yield "workspace, apologised", leader.page
    for by in ("unit", "officer", "step", "cause"):
        leader.opens(f"/lanh-dao/tre-han/?theo={by}")
        yield f"board by {by}", leader.page
    leader.opens("/lanh-dao/tre-han/tam-dung/?cho=awaiting_supplement")
    yield "paused dossiers, none", leader.page
    desk.approved_a_further_round(a_dossier(applicant))
    leader.opens("/lanh-dao/tre-han/")
    yield "board, a further round", leader.page
    leader.follows("1 : Đã đề nghị")
    yield "further rounds", leader.page
    leader.opens("/lanh-dao/tre-han/ho-so/?cot=late")
    yield "late dossiers", leader.page
    leader.opens("/lanh-dao/tre-han/ho-so/?cot=finished&theo=cause&gia-tri=system")
    yield "late dossiers, none", leader.page
    holder.opens("/lanh-dao/tre-han/")
    yield "board, to somebody who leads nothing", holder.page
    citizen = visitor(f"/ho-so/{late.code}/", account=applicant.account)
    yield "dossier, apologised for", citizen.page
    citizen.opens("/tra-cuu/")
    citizen.writes(**{"Mã hồ sơ": late.code, "Mã bí mật": late.lookup_secret.lower()})
    citizen.presses("Xem tình trạng")
    yield "look-up, apologised for", citizen.page


def of_waiting_and_ending(visitor, ward, it_becomes) -> Iterator[State]:
    """Whom a dossier waits for, and how it ends without a result: at the desk and at home."""
    desk, applicant = ward.desk, ward.applicant
    citizen = visitor("/", account=applicant.account)
    pleading = desk.asked_to_withdraw(a_dossier(applicant))
    abroad, flooded = (
        desk.awaiting_agency(a_dossier(applicant)),
        desk.suspended(a_dossier(applicant)),
    )
    again = desk.asked_for_a_further_round(a_dossier(applicant))
    citizen.opens(f"/ho-so/{desk.accepted(a_dossier(applicant)).code}/rut/")
    yield "ask to withdraw", citizen.page
    citizen.presses("Gửi đề nghị rút hồ sơ")
    citizen.reads("Hãy ghi vì sao")
    yield "ask to withdraw, no reason", citizen.page
    for words, dossier in (
        ("asked to withdraw", pleading),
        ("waits for an agency", abroad),
        ("suspended", flooded),
    ):
        citizen.opens(f"/ho-so/{dossier.code}/")
        yield f"dossier, {words}", citizen.page

    seats = {
        role: visitor("/desk/", account=ward.account_of(mandate))
        for role, mandate in (
            ("receiver", desk.receiver),
            ("processor", desk.processor),
            ("leader", desk.leader),
        )
    }
    receiver, processor, leader = seats.values()
    leader.opens("/desk/?tab=asked")
    yield "what leaders are asked", leader.page
    leader.opens("/desk/?tab=waiting")
    yield "whom dossiers wait for", leader.page
    for words, dossier in (
        ("asked to withdraw", pleading),
        ("waits for an agency", abroad),
        ("suspended", flooded),
        ("a further round asked for", again),
    ):
        leader.opens(f"/desk/ho-so/{dossier.code}/")
        yield f"workspace, {words}", leader.page
    for officer, dossier, act in (
        (processor, desk.taken_up(), "lay-y-kien"),
        (processor, abroad, "lay-y-kien/tra-loi"),
        (leader, desk.taken_up(), "tam-ngung"),
        (leader, flooded, "tam-ngung/ket-thuc"),
        (receiver, desk.answered_at_intake(), "bo-sung-truoc-tiep-nhan/them"),
        (processor, desk.answered(), "bo-sung/them"),
        (leader, again, "bo-sung/them/dong-y"),
        (leader, again, "bo-sung/them/khong-dong-y"),
        (leader, pleading, "rut/khong-dong-y"),
        (leader, pleading, "rut"),
    ):
        officer.opens(f"/desk/ho-so/{dossier.code}/{act}/")
        officer.finds_no("Không ghi nhận gì thêm")
        yield f"act {act}", officer.page
        if act != "rut":
            officer.presses(officer.main.locator("form button").inner_text().strip())
            officer.reads("Hãy")
            yield f"act {act}, unanswered", officer.page
    processor.opens(f"/desk/ho-so/{desk.answered().code}/bo-sung/")
    processor.reads("Đề nghị yêu cầu bổ sung thêm")
    yield "a further round, blocked", processor.page
    drafted = desk.taken_up()
    dossiers.review_components(
        dossier_id=drafted.pk,
        mandate=desk.processor,
        findings=found_wanting(drafted, "birth_certificate"),
        at=NOW,
    )
    processor.opens(f"/desk/ho-so/{drafted.code}/bo-sung/")
    yield "a review that was saved", processor.page


def of_officers(visitor, ward, it_becomes) -> Iterator[State]:
    """The desk: lists, the workspace, and the page of every act."""
    desk = ward.desk
    seats = {
        role: visitor("/desk/", account=ward.account_of(mandate))
        for role, mandate in (
            ("receiver", desk.receiver),
            ("processor", desk.processor),
            ("leader", desk.leader),
        )
    }
    for role, officer in seats.items():
        for tab in _tabs_of(officer.page):
            officer.opens(tab)
            yield f"{role}'s list {tab}, empty", officer.page
    receiver, processor, leader = seats.values()
    receiver.opens("/desk/tim/")
    yield "search, nothing asked", receiver.page
    receiver.opens("/desk/tim/?q=khong co")
    yield "search, nothing found", receiver.page

    submitted = a_dossier(a_citizen("Nguyễn Phạm Hoàng Thị Kim Phượng"))
    taken_up, owing = desk.taken_up(), desk.taken_up()
    dossiers.impose_obligation(
        dossier_id=owing.pk,
        mandate=desk.processor,
        notice="Thông báo số 12",
        amount_dong=1_250_000,
        at=NOW,
    )
    accepted, proposed, decided = desk.accepted(), desk.proposed(), desk.decided()
    waiting, returned = desk.awaiting_supplement(), desk.returned()
    for words, dossier in (
        ("submitted", submitted),
        ("accepted", accepted),
        ("in progress", taken_up),
        ("owing money", owing),
        ("proposed", proposed),
        ("waiting for papers", waiting),
        ("decided", decided),
        ("returned", returned),
    ):
        processor.opens(f"/desk/ho-so/{dossier.code}/")
        yield f"dossier, {words}", processor.page

    for officer, dossier, act in (
        (receiver, submitted, "tiep-nhan"),
        (receiver, submitted, "tu-choi"),
        (receiver, submitted, "bo-sung-truoc-tiep-nhan"),
        (processor, accepted, "nhan-xu-ly"),
        (leader, accepted, "phan-cong"),
        (processor, taken_up, "trinh-ky"),
        (processor, taken_up, "bo-sung"),
        (processor, taken_up, "nghia-vu"),
        (receiver, owing, "nghia-vu/hoan-thanh"),
        (leader, proposed, "quyet-dinh"),
        (leader, proposed, "tra-lai"),
        (leader, taken_up, "dung-xu-ly"),
        (receiver, decided, "ban-giao"),
    ):
        officer.opens(f"/desk/ho-so/{dossier.code}/{act}/")
        officer.finds_no("Không ghi nhận gì thêm")
        yield f"act {act}", officer.page
        if act not in {"tiep-nhan", "nhan-xu-ly"}:
            # The last button is the act's own: a review has one more, to save it.
            officer.presses(officer.main.locator("form button").last.inner_text().strip())
            officer.reads("Hãy")
            yield f"act {act}, unanswered", officer.page
    processor.opens(f"/desk/ho-so/{accepted.code}/")
    processor.presses("Nhận xử lý")
    processor.reads("Ông/Bà đã nhận xử lý hồ sơ này.")
    yield "act done", processor.page
    receiver.opens(f"/desk/ho-so/{returned.code}/tiep-nhan/")
    yield "an act too late", receiver.page
    receiver.opens(f"/desk/ho-so/{submitted.code}/tu-choi/")
    receiver.main.get_by_label("Lý do từ chối").fill("Nộp nhầm nơi.")
    desk.accepted(submitted)
    receiver.presses("Từ chối tiếp nhận")
    receiver.reads("Nội dung Ông/Bà vừa nhập")
    yield "an act too late, with words to keep", receiver.page
    yield from _of_statutory_papers(receiver, accepted, returned)

    it_becomes("18/10/2024 09:00")
    a_dossier(at=NOW)
    for role, officer in seats.items():
        officer.opens("/desk/")
        for tab in _tabs_of(officer.page):
            officer.opens(tab)
            yield f"{role}'s list {tab}, late", officer.page
    receiver.opens("/desk/?words=zzz")
    yield "list, narrowed to nothing", receiver.page
    receiver.opens("/desk/tim/?q=binh")
    yield "search, found", receiver.page


def _of_papers_to_hand_out(somebody) -> Iterator[State]:
    """What the holder of a look-up link sees of the papers: that they want the secret."""
    somebody.main.get_by_role("button", name="Giấy tiếp nhận").click()
    somebody.reads("Nhập mã bí mật")
    yield "look-up, a paper without the secret", somebody.page


def _of_statutory_papers(receiver, accepted, returned) -> Iterator[State]:
    """The receipt slip, the control sheet and the register, with and without something in it."""
    page = receiver.page
    receiver.opens(f"/desk/ho-so/{accepted.code}/giay-tiep-nhan/")
    yield "receipt slip", page
    receiver.opens(f"/desk/ho-so/{returned.code}/phieu-kiem-soat/")
    yield "control sheet", page
    receiver.opens("/desk/so-theo-doi/")
    receiver.reads(returned.code)
    yield "register", page
    receiver.opens("/desk/so-theo-doi/?since=01/01/2023&until=31/01/2023")
    receiver.reads("Không có hồ sơ nào trong kỳ này")
    yield "register, nothing in the period", page
    receiver.opens("/desk/so-theo-doi/?since=31/02/2024")
    receiver.reads("Hãy ghi ngày theo dạng")
    yield "register, no such day", page


def of_linked_dossiers(visitor, ward) -> Iterator[State]:
    """One filing in parts: as the citizen follows it, and at the desks of whole and part."""
    agencies = Agencies()
    agencies.ward = ward.desk
    whole = a_linked_birth(ward.applicant)
    citizen = visitor(f"/ho-so/{whole.code}/", account=ward.applicant.account)
    yield "a linked dossier, not accepted", citizen.page
    dossiers.accept_dossier(dossier_id=whole.pk, mandate=ward.desk.receiver, at=NOW)
    citizen.opens(f"/ho-so/{whole.code}/")
    yield "a linked dossier, two parts to come", citizen.page
    settled(agencies, whole, "birth")
    residence = part_of(whole, "residence")
    dossiers.request_intake_supplement(
        dossier_id=residence.pk,
        mandate=agencies.police.receiver,
        reason="Thiếu ý kiến của chủ hộ.",
        findings=found_wanting(residence, "head_consent"),
        at=NOW,
    )
    citizen.opens(f"/ho-so/{whole.code}/")
    yield "a linked dossier, a part needs papers", citizen.page
    citizen.opens(f"/ho-so/{residence.code}/")
    yield "the part that needs papers", citizen.page
    receiver = visitor(f"/desk/ho-so/{whole.code}/", account=ward.account_of(ward.desk.receiver))
    yield "a linked dossier at the desk", receiver.page
    police = visitor(
        f"/desk/ho-so/{residence.code}/", account=ward.account_of(agencies.police.receiver)
    )
    yield "a part at the desk of its agency", police.page
    police.opens("/desk/tim/?q=Tran")
    yield "a list with a part", police.page


def _of_the_national_catalogue(keeper) -> Iterator[State]:
    page = keeper.page
    keeper.opens("/console/danh-muc/")
    yield "national catalogue, empty", page
    unread = an_original(ma_thu_tuc="9.000002", cach_thuc_thuc_hien="Theo hướng dẫn.")
    import_national(file=a_list(an_original(), unread), at=NOW, actor=PUBLISHER)
    import_national(file=a_list(an_original(linh_vuc="Thú cưng")), at=NOW, actor=PUBLISHER)
    keeper.opens("/console/danh-muc/")
    yield "national catalogue, a change to review", page
    keeper.opens("/console/danh-muc/?nhom=gaps")
    yield "national catalogue, not wholly read", page
    keeper.opens("/console/danh-muc/?nhom=differs")
    yield "national catalogue, nothing differs", page
    keeper.opens("/console/danh-muc/9.000001/")
    for summary in page.locator("main details summary").all():
        summary.click()
    yield "national record, a change to review", page
    keeper.presses("Công bố bản mới")
    yield "national record, published", page
    import_national(file=a_list(an_original(ma_thu_tuc="1.001193")), at=NOW, actor=PUBLISHER)
    keeper.opens("/console/danh-muc/1.001193/")
    yield "national record, other than ours", page


def _of_the_tables(keeper) -> Iterator[State]:
    page = keeper.page
    keeper.opens("/console/bang-tinh/")
    yield "tables", page
    keeper.opens("/console/bang-tinh/calendar/")
    yield "a table", page
    keeper.presses("Gửi tệp")
    yield "a table, no file", page
    day = {"day": "15/10/2031", "kind": "Nghỉ lễ", "name": "Ngày hội", "basis": "QĐ 01/QĐ-UBND"}
    _sends_a_table(keeper, {**day, "kind": "Nghỉ phép"}, day)
    yield "a table, with faults", page
    _sends_a_table(keeper, day)
    yield "a table, checked", page
    keeper.chooses("Nạp vào hệ thống")
    _sends_a_table(keeper, day)
    yield "a table, taken in", page


def _of_the_hours(keeper) -> Iterator[State]:
    page = keeper.page
    keeper.opens("/console/gio-phuc-vu/")
    yield "service hours, all units", page
    keeper.opens("/console/gio-phuc-vu/?q=zzz")
    yield "service hours, no such agency", page
    keeper.opens(f"/console/gio-phuc-vu/{one_stop_units(clock.today())[0].pk}/")
    yield "service hours of a unit", page
    keeper.presses("Đổi giờ trong tuần")
    keeper.presses("Ghi giờ riêng")
    yield "service hours, much is missing", page
    keeper.dates("first", "20/10/2031")
    keeper.writes(**{"Lý do": "Mất điện"})
    keeper.presses("Ghi giờ riêng")
    keeper.reads("Đã ghi giờ phục vụ riêng")
    yield "service hours, a day of its own", page


def _of_the_calendar(keeper) -> Iterator[State]:
    page = keeper.page
    ADesk().accepted()
    keeper.opens("/console/lich/")
    yield "calendar, a proposal that waits", page
    for path, words in (("ngay", "days"), ("hoan-doi", "a swap"), ("gio", "hours")):
        keeper.opens(f"/console/lich/de-nghi/{path}/")
        yield f"calendar, proposing {words}", page
        keeper.presses("Xem tác động")
        keeper.reads("Hãy ghi")
        yield f"calendar, proposing {words}, much is missing", page
    keeper.opens("/console/lich/de-nghi/ngay/")
    keeper.dates("first", "15/10/2024")
    for box, said in (
        ("#name", "Nghỉ tránh bão"),
        ("#basis", "Công điện số 01/CĐ-UBND ngày 14/10/2024"),
        ("#reason", "Bão đổ bộ vào thành phố."),
        ("#recalculation_reason", "Các cơ quan nghỉ tránh bão."),
    ):
        page.locator(box).fill(said)
    keeper.chooses("Có. Tính lại cả hồ sơ đang giải quyết")
    keeper.presses("Xem tác động")
    keeper.reads("Tác động đến hồ sơ đang giải quyết")
    yield "calendar, what a proposal would do", page
    keeper.presses("Gửi đề nghị duyệt")
    keeper.reads("Chờ người thứ hai duyệt.")
    yield "calendar, proposed by oneself", page
    others = a_proposal(a_day(date(2024, 10, 16)), some_hours(date(2024, 10, 16)))
    keeper.opens(f"/console/lich/{others.pk}/")
    yield "calendar, to be decided", page
    keeper.presses("Không duyệt")
    keeper.reads("Hãy ghi lý do không duyệt.")
    yield "calendar, rejected without a reason", page
    keeper.presses("Duyệt")
    keeper.reads("Đã duyệt: ấn bản")
    yield "calendar, approved", page
    keeper.opens("/console/lich/")
    yield "calendar, with an edition", page


def _sends_a_table(keeper, *rows) -> None:
    content = a_table(CALENDAR_TABLE, *rows).getvalue()
    keeper.attaches("Tệp bảng tính", "lich.xlsx", content=content)
    keeper.presses("Gửi tệp")


def of_the_hall(visitor, ward, it_becomes) -> Iterator[State]:
    """The kiosk, the calling screen, one's place in line, and the officer's panel."""
    [post] = ward.desk.receiver.posts
    kiosk, screen = f"/kiosk/{post.unit_id}/", f"/man-hinh/{post.unit_id}/"
    somebody = visitor(kiosk)
    page = somebody.page
    yield "kiosk", page
    for door in ("Tra cứu hồ sơ", "Tìm thủ tục", "Số đang gọi", "Giờ phục vụ", "Cần người giúp"):
        somebody.opens(kiosk)
        somebody.follows(door)
        yield f"kiosk, {door}", page
    somebody.opens(f"{kiosk}thu-tuc/1.001193/")
    yield "kiosk, a procedure", page
    somebody.opens(f"{kiosk}tra-cuu/")
    somebody.writes(**{"Mã đã quét": "khong phai"})
    somebody.page.keyboard.press("Enter")
    somebody.reads("Chưa đọc được mã QR này.")
    yield "kiosk, an unread code", page
    dossier = ward.desk.accepted(a_dossier(ward.applicant))
    somebody.writes(**{"Mã đã quét": lookup_links.token_of(dossier)})
    somebody.page.keyboard.press("Enter")
    somebody.reads("Hẹn trả trước")
    yield "kiosk, where a dossier stands", page
    visited = visitor(screen)
    yield "screen, nobody called", visited.page

    somebody.opens(f"{kiosk}lay-so/")
    yield "kiosk, what for", page
    somebody.follows("Nộp hồ sơ")
    yield "kiosk, priority", page
    page.evaluate("document.querySelector('[name=key]').value = 'cũ'")
    somebody.main.get_by_role("button", name="Người cao tuổi").click()
    somebody.reads("Trang này đã mở quá lâu.")
    yield "kiosk, priority asked too late", page
    somebody.main.get_by_role("button", name="Người cao tuổi").click()
    somebody.is_at("Số của Ông/Bà")
    yield "kiosk, a number", page
    for _person in range(11):
        a_ticket()
    secret = somebody.path.rsplit("/", 2)[1]

    receiver = visitor("/desk/hang-doi/", account=ward.account_of(ward.desk.receiver))
    yield "panel, no counter yet", receiver.page
    neighbour = ASeat(4)
    neighbour.finishes()
    missed = neighbour.calls()
    neighbour.does(miss_call, missed)
    neighbour.calls()
    mine = visitor(f"/so/{missed.secret}/")
    yield "place, missed", mine.page
    receiver.writes(**{"Ông/Bà ngồi quầy số mấy?": 3})
    receiver.presses("Ngồi quầy này")
    yield "panel, with people waiting", receiver.page
    receiver.page.keyboard.press("F2")
    receiver.reads("đến quầy 3.")
    receiver.main.get_by_text("Vắng mặt: 1").click()
    yield "panel, somebody called", receiver.page
    receiver.follows("Chuyển")
    yield "panel, sending on", receiver.page
    receiver.presses("Chuyển quầy")
    receiver.reads("chờ quầy 4.")
    yield "panel, sent on", receiver.page
    receiver.opens(f"/desk/hang-doi/so/{missed.pk}/chuyen/")
    yield "panel, sending on too late", receiver.page
    leader = visitor("/desk/hang-doi/", account=ward.account_of(ward.desk.leader))
    yield "panel, for who receives nobody", leader.page
    visited.opens(screen)
    yield "screen, with numbers", visited.page
    waiting = a_ticket()
    for words, path in (
        ("waiting", f"/so/{waiting.secret}/"),
        ("served", f"/so/{secret}/"),
        ("unknown", "/so/AAAAAAAAAA/"),
    ):
        mine.opens(path)
        yield f"place, {words}", mine.page
    it_becomes("19:00")
    visited.opens(screen)
    yield "screen, after hours", visited.page
    somebody.opens(kiosk)
    yield "kiosk, after hours", page
    somebody.opens(f"{kiosk}lay-so/filing/")
    somebody.main.get_by_role("button", name="Người khuyết tật").click()
    somebody.reads("Ngoài giờ phục vụ.")
    yield "kiosk, no number after hours", page


def of_the_counter(visitor, ward, it_becomes) -> Iterator[State]:
    """Taking in over the counter and out of the post, and handing a shift over."""
    leader = visitor("/desk/quay/", account=ward.account_of(ward.desk.leader))
    yield "a leader at the counter", leader.page
    officer = visitor("/desk/quay/", account=ward.account_of(ward.desk.receiver))
    page = officer.page
    yield "counter", page
    page.get_by_label("Thủ tục: gõ chữ cái đầu").fill("zzz")
    page.get_by_role("button", name="Lọc danh sách").click()
    officer.reads("Không có thủ tục nào khớp")
    yield "counter, nothing found", page
    officer.opens("/desk/buu-chinh/")
    yield "post", page
    officer.opens("/desk/buu-chinh/2.000815/")
    yield "intake by post, not offered", page
    officer.opens("/desk/buu-chinh/1.001193/")
    yield "intake by post", page

    officer.opens("/desk/quay/1.001193/")
    yield "intake of several cases", page
    officer.opens("/desk/quay/2.000815/")
    yield "intake", page
    page.locator("summary", has_text="Nộp thay người khác").click()
    yield "intake, for somebody else", page
    officer.presses("Đọc thẻ")
    officer.reads("Chưa có mã nào được quét")
    yield "intake, no card", page
    page.get_by_label("Quét mã QR").fill("092890000417|khong phai the")
    officer.presses("Đọc thẻ")
    officer.reads("Mã QR mới đọc được một phần")
    yield "intake, half a card", page
    page.get_by_label("Quét mã QR").fill(
        "092890000417|361234567|Kim Thị Sà Rươl|08021990|Nữ|12 Trần Văn Khéo|15032022"
    )
    officer.presses("Đọc thẻ")
    officer.reads("Đã điền theo mã QR trên thẻ.")
    yield "intake, a card read", page
    page.locator("#paper-original").uncheck()
    page.locator("#collect-first_pages").check()
    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    officer.reads("Hãy đối chiếu giấy tờ tùy thân")
    yield "intake, much is wrong", page
    officer.presses("Còn thiếu: in hướng dẫn bổ sung")
    officer.is_at("Hướng dẫn bổ sung giấy tờ")
    yield "guidance", page
    officer.opens("/desk/ban-giao-ca/")
    yield "shift, nothing yet", page

    first = taken_in(
        ward.desk.receiver,
        fees=[a_collected_fee("000123")],
        submitter=said_of("Nguyễn Phạm Hoàng Thị Kim Phượng", address="12 đường Trần Văn Khéo"),
    )
    taken_in(ward.desk.receiver, fees=[a_collected_fee("000125")])
    ward.desk.returned()
    officer.opens(f"/desk/ho-so/{first.code}/giay-tiep-nhan/?sau=direct")
    yield "receipt slip of the counter", page
    officer.opens(f"/desk/ho-so/{first.code}/")
    yield "dossier of the counter", page
    officer.opens("/desk/ban-giao-ca/")
    officer.reads("Số biên lai bị bỏ cách:")
    yield "shift", page
    officer.writes(**{"Số tiền đếm được (₫)": "1.000"})
    officer.presses("Bàn giao ca")
    officer.reads("Hãy ghi rõ lý do.")
    yield "shift, a difference", page
    page.get_by_label("Lý do chênh lệch").fill("Trả nhầm tiền thừa.")
    officer.presses("Bàn giao ca")
    officer.is_at("Danh sách bàn giao ca")
    yield "shift, handed over", page
    officer.opens("/desk/ban-giao-ca/")
    yield "shift, after one was handed over", page


def a_collected_fee(receipt: str) -> dossiers.FeeNote:
    """Note that the first pages of a copy were paid for."""
    return dossiers.FeeNote(
        key="first_pages",
        kind="charge",
        quantity=2,
        amount_dong=4000,
        collected_dong=4000,
        receipt_number=receipt,
    )


def of_the_plan(visitor, ward) -> Iterator[State]:
    """The city's plan: what is owed, told, confirmed, in the way, and reported."""
    plan, people = a_plan(), ThePeople()
    plans.raise_reminders(at=JULY)
    home, district = "/lanh-dao/ke-hoach/", people.district
    owner = visitor(f"{home}nhac-viec/", account=ward.account_of(district))
    yield "plan, reminders", owner.page
    keeper = visitor(f"{home}?xem=cho-xac-nhan", account=ward.account_of(people.keeper))
    yield "plan, nothing waits", keeper.page
    for path, words in {
        "": "plan, the whole",
        "vuong-mac/": "plan, no obstacle",
        "bao-cao/": "plan, no report",
        "nhac-viec/": "plan, reminders of the keeper",
    }.items():
        keeper.opens(f"{home}{path}")
        yield words, keeper.page
    duty = a_duty(plan, "II.1.k", people.district.posts[0].agency_name)
    owner.opens(home)
    yield "plan, one's own", owner.page
    owner.opens(f"{home}nhiem-vu/II.1.k/")
    yield "plan, a task", owner.page
    owner.opens(f"{home}viec/{duty.pk}/")
    yield "plan, a duty", owner.page
    owner.presses("Gửi báo cáo")
    yield "plan, a duty, nothing told", owner.page
    owner.writes(**{"Minh chứng là gì": "Quyết định giao chỉ tiêu"})
    owner.presses("Thêm minh chứng")
    yield "plan, a duty, proof without a number", owner.page
    proved(duty, district)
    told(duty, district)
    keeper.opens(f"{home}viec/{duty.pk}/")
    yield "plan, a duty to confirm", keeper.page
    keeper.presses("Trả lại để bổ sung")
    yield "plan, a duty sent back without a word", keeper.page
    keeper.presses("Xác nhận hoàn thành")
    yield "plan, a duty done", keeper.page
    yield from _of_obstacles(home, owner, keeper, people)
    yield from _of_agency_plans(home, owner)
    yield from _of_reports(home, visitor, ward, keeper, people)


def _of_obstacles(home, owner, keeper, people) -> Iterator[State]:
    owner.opens(f"{home}vuong-mac/moi/")
    yield "plan, a new obstacle", owner.page
    owner.presses("Gửi")
    yield "plan, a new obstacle, nothing said", owner.page
    owner.writes(
        **{
            "Tên khó khăn, vướng mắc": "Thiếu máy quét",
            "Mô tả và đề nghị tháo gỡ": "Xin hướng dẫn.",
        }
    )
    owner.presses("Gửi")
    yield "plan, an obstacle raised", owner.page
    path = owner.path
    keeper.opens(path)
    yield "plan, an obstacle to route", keeper.page
    keeper.presses("Chuyển")
    yield "plan, an obstacle routed nowhere", keeper.page
    keeper.picks("Cơ quan giải quyết", people.finance.posts[0].agency_name)
    keeper.presses("Chuyển")
    yield "plan, an obstacle routed", keeper.page
    keeper.opens(f"{home}vuong-mac/")
    yield "plan, obstacles", keeper.page


def _of_agency_plans(home, owner) -> Iterator[State]:
    owner.opens(f"{home}ke-hoach-co-quan/")
    yield "plan, plans of agencies", owner.page
    owner.opens(f"{home}ke-hoach-co-quan/moi/")
    yield "plan, a plan to register", owner.page
    owner.presses("Đăng ký")
    yield "plan, a plan to register, nothing said", owner.page
    owner.writes(
        **{"Số văn bản": "9/KH", "Tên kế hoạch": "Kế hoạch riêng", "Ngày": "10", "Tháng": "4",
           "Năm": "2024"}
    )  # fmt: skip
    owner.attaches("Tệp kế hoạch", "ke-hoach.png")
    owner.presses("Đăng ký")
    yield "plan, a plan registered", owner.page
    owner.presses("Thêm")
    yield "plan, a task of one's own, nothing said", owner.page


def _of_reports(home, visitor, ward, keeper, people) -> Iterator[State]:
    keeper.opens(f"{home}bao-cao/")
    keeper.picks("Kỳ báo cáo", "6 tháng đầu năm 2024")
    keeper.presses("Lập dự thảo")
    yield "plan, a report drafted", keeper.page
    path = keeper.path
    for details in keeper.page.locator("details.govuk-details").all()[:3]:
        details.locator("summary").click()
    yield "plan, a report being rewritten", keeper.page
    keeper.presses("Trình ký")
    director = visitor(path, account=ward.account_of(people.director))
    yield "plan, a report to sign", director.page
    director.presses("Ký và đóng băng")
    yield "plan, a report without a number", director.page
    # By the act itself: making three files may take longer than a click waits on a busy machine.
    report_id = int(path.rstrip("/").rpartition("/")[2])
    plans.sign_report(
        report_id=report_id, mandate=people.director, number="128/BC-STTTT", at=clock.now()
    )
    director.opens(path)
    yield "plan, a report signed", director.page
    keeper.opens(f"{home}bao-cao/")
    yield "plan, reports", keeper.page


def of_the_house(visitor, administrator) -> Iterator[State]:
    """The gallery, the machinery, and the pages for when something went wrong."""
    keeper = visitor("/console/health/", account=administrator)
    page = keeper.page
    yield "health", page
    a_job("failed")
    keeper.opens("/console/health/")
    yield "health, a job in trouble", page
    yield from _of_the_national_catalogue(keeper)
    yield from _of_the_tables(keeper)
    yield from _of_the_hours(keeper)
    yield from _of_the_calendar(keeper)
    keeper.opens("/design/")
    yield "gallery", page

    somebody = visitor("/khong-co/")
    yield "error 404", somebody.page
    somebody.opens("/dang-nhap/")
    somebody.page.context.clear_cookies()
    somebody.presses("Đăng nhập")
    yield "a form too old", somebody.page
    # The rest cannot be brought about from outside: shown as the server would send them.
    request = RequestFactory().get("/")
    no_form = errors.no_door_without_a_form(lambda _request: HttpResponseNotAllowed(["POST"]))
    for view in (
        errors.bad_request, errors.forbidden, no_form, errors.server_error, errors.unavailable,
    ):  # fmt: skip
        answer = view(request)
        shown = {
            "status": answer.status_code,
            "content_type": "text/html; charset=utf-8",
            "body": answer.content,
        }
        somebody.page.route("**/hong/", partial(Route.fulfill, **shown))
        somebody.opens("/hong/")
        yield f"error {answer.status_code}", somebody.page


def _tabs_of(page: Page) -> list[str]:
    return [link.get_attribute("href") for link in page.locator(".mc-list__tabs a").all()]
