"""The city's office publishes a month: answered, approved by two others, corrected in sight."""

from motcua.kernel import memory
from tests.disclosure.months import AnOffice, ended_late

MONTHS = "/lanh-dao/cong-khai/"
REPLIES = f"{MONTHS}phan-hoi/"


def test_from_the_draft_to_the_publication_and_its_correction(ward, visitor, it_becomes):
    office = AnOffice(ward.desk)
    for cause in ("own_unit", "own_unit", "other_agency"):
        ended_late(ward.desk, cause=cause)

    it_becomes("05/11/2024 09:00")
    drafter = visitor(MONTHS, account=ward.account_of(office.drafter))
    drafter.picks("Lập bản công khai của tháng", "Tháng 10/2024")
    drafter.presses("Lập dự thảo")
    month = drafter.path
    drafter.presses("Mở thời hạn phản hồi")
    drafter.reads("Đã mở thời hạn phản hồi.")
    memory.forget()  # that there is something to answer is known everywhere within ten seconds

    named = visitor("/desk/", account=ward.account_of(ward.desk.leader))
    named.follows("Dòng công khai còn được phản hồi")
    named.follows("Ủy ban nhân dân phường Cái Khế")
    named.writes(**{"Nội dung phản hồi": "Đã phân công thêm người."})
    named.presses("Gửi phản hồi")
    named.reads("Đã gửi phản hồi.")

    head = visitor("/desk/", account=ward.account_of(office.head))
    head.follows("Cá nhân chờ quyết định công khai tên")
    head.opens(month)
    head.follows("Phạm Văn Sáu")
    head.chooses("Không công khai tên")
    head.writes(**{"Lý do của quyết định": "Đã khắc phục, nhắc nhở trong nội bộ."})
    head.presses("Ghi quyết định")
    head.reads("Đã ghi nhận.")

    it_becomes("11/11/2024 09:00")
    drafter.opens(month)
    drafter.presses("Trình phê duyệt")
    drafter.opens(f"{month}ban-trinh/")
    drafter.reads("Người lập không được tự phê duyệt.")
    head.opens(f"{month}ban-trinh/")
    head.presses("Tôi đã đọc và phê duyệt bản này")
    head.opens(f"{month}ban-trinh/")
    head.reads("Ông/Bà đã phê duyệt. Cần một người khác phê duyệt lần thứ hai.")
    drafter.opens(month)
    drafter.reads("Chưa đủ hai người phê duyệt nên chưa công khai được.")
    chair = visitor(f"{month}ban-trinh/", account=ward.account_of(office.chair))
    chair.presses("Tôi đã đọc và phê duyệt bản này")
    drafter.opens(month)
    drafter.presses("Công khai")
    drafter.reads("Đã công khai. Nội dung không sửa được nữa.")

    everybody = visitor("/cong-khai/2024-10/")
    everybody.reads("Ủy ban nhân dân phường Cái Khế", "Đã phân công thêm người.")
    everybody.finds_no("Phạm Văn Sáu")

    drafter.opens(f"{month}dinh-chinh/")
    drafter.chooses("Sửa một số liệu")
    drafter.page.get_by_label("Dòng cần đính chính").select_option("A1")
    drafter.picks("Số liệu cần sửa", "Trễ hạn")
    drafter.writes(**{"Số liệu đúng": "1", "Lý do đính chính": "Một hồ sơ chờ cơ quan khác."})
    drafter.presses("Đề nghị đính chính")
    for approver in (head, chair):
        approver.opens("/desk/")
        approver.follows("Đính chính chờ phê duyệt")
        approver.opens(month)
        approver.presses("Phê duyệt")
    everybody.opens("/cong-khai/2024-10/")
    everybody.reads("Số 1, ngày 11/11/2024", "Một hồ sơ chờ cơ quan khác.")
    assert everybody.main.locator("s", has_text="2").count()
