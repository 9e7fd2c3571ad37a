"""The pages of the monthly publication in each of their states, for the office and for all."""

from collections.abc import Iterator

from django.urls import reverse
from playwright.sync_api import Page

from motcua.disclosure.models import Publication
from tests.disclosure.months import AnOffice, ended_late, line_of

State = tuple[str, Page]


def of_publications(visitor, ward, it_becomes) -> Iterator[State]:
    """A month from its draft to its corrections, with those who answer and those who read."""
    office = AnOffice(ward.desk)
    for cause in ("own_unit", "own_unit", "other_agency"):
        ended_late(ward.desk, cause=cause)
    it_becomes("05/11/2024 09:00")
    months = "/lanh-dao/cong-khai/"
    somebody = visitor("/cong-khai/")
    yield "disclosures, none", somebody.page
    somebody.opens("/cong-khai/tu-dien-du-lieu/")
    yield "data dictionary", somebody.page
    drafter = visitor(months, account=ward.account_of(office.drafter))
    page = drafter.page
    yield "months, none", page
    drafter.presses("Lập dự thảo")
    yield "months, none chosen", page
    stranger = visitor(months, account=ward.account_of(ward.desk.leader))
    yield "months, to a stranger", stranger.page

    drafter.picks("Lập bản công khai của tháng", "Tháng 10/2024")
    drafter.presses("Lập dự thảo")
    yield "month, a draft", page
    publication = Publication.objects.get()
    month = drafter.path
    page.locator("summary", has_text="Hủy dự thảo").click()
    page.get_by_role("button", name="Hủy dự thảo").click()
    drafter.reads("Hãy ghi lý do hủy dự thảo.")
    yield "month, no reason to give it up", page
    drafter.presses("Mở thời hạn phản hồi")
    yield "month, open to replies", page
    yield from _of_those_named(stranger, visitor, ward, publication)
    yield from _of_the_lines(visitor, ward, office, publication)

    it_becomes("11/11/2024 09:00")
    drafter.opens(month)
    drafter.presses("Trình phê duyệt")
    yield "month, before the approvers", page
    for mandate in (office.head, office.chair):
        approver = visitor(f"{month}ban-trinh/", account=ward.account_of(mandate))
        yield f"reading, {mandate.officer_id}", approver.page
        approver.presses("Tôi đã đọc và phê duyệt bản này")
    drafter.opens(month)
    office.publish(publication)
    drafter.presses("Công khai")
    drafter.reads("Không ghi nhận gì thêm.")
    yield "month, made public by somebody else", page
    drafter.opens(month)
    yield "month, public", page
    drafter.opens(months)
    yield "months, one", page
    drafter.opens(f"{month}dinh-chinh/")
    yield "correction", page
    drafter.presses("Đề nghị đính chính")
    yield "correction, nothing said", page
    office.issued(publication)
    office.issued(publication, change="strike", target="U1", reason="Không phải đơn vị này.")
    office.proposed(publication, change="unname", target="P1", reason="Khiếu nại đúng.")
    drafter.opens(month)
    yield "month, corrected", page
    approver.opens(month)
    yield "month, a correction to decide on", approver.page
    somebody.opens("/cong-khai/")
    yield "disclosures", somebody.page
    somebody.opens("/cong-khai/2024-10/")
    yield "disclosure, corrected", somebody.page
    somebody.opens(f"/cong-khai/2024-10/co-quan/{line_of(publication).agency_code}/")
    yield "disclosure, an agency's dossiers", somebody.page


def _of_those_named(head, visitor, ward, publication) -> Iterator[State]:
    head.opens("/lanh-dao/cong-khai/phan-hoi/")
    yield "replies", head.page
    head.opens(reverse("board:reply-new", args=[publication.pk, line_of(publication).pk]))
    yield "reply", head.page
    head.presses("Gửi phản hồi")
    head.reads("Hãy ghi nội dung phản hồi.")
    yield "reply, nothing said", head.page
    head.writes(**{"Nội dung phản hồi": "Đã phân công thêm người."})
    head.presses("Gửi phản hồi")
    head.opens(reverse("board:reply-new", args=[publication.pk, line_of(publication).pk]))
    yield "reply, given", head.page
    other = visitor("/lanh-dao/cong-khai/phan-hoi/", account=ward.account_of(ward.desk.receiver))
    yield "replies, none", other.page


def _of_the_lines(visitor, ward, office, publication) -> Iterator[State]:
    leader = visitor("/desk/", account=ward.account_of(office.head))
    for kind in ("agency", "officer"):
        leader.opens(
            reverse("board:publication-line", args=[publication.pk, line_of(publication, kind).pk])
        )
        yield f"line of an {kind}", leader.page
    leader.presses("Ghi quyết định")
    leader.reads("Hãy chọn công khai hay không công khai tên.")
    yield "line, nothing decided", leader.page
    leader.chooses("Công khai tên")
    leader.main.get_by_label("Lý do của quyết định").fill("Theo kết luận họp giao ban.")
    leader.presses("Ghi quyết định")
    leader.reads("Đã ghi nhận.")
    yield "line, decided", leader.page
