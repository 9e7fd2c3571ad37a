import pytest

from motcua.procedures.definitions import Mark

from .builders import WHAT, a_reading


def read(printed: str):
    return a_reading(thanh_phan_ho_so=printed)


def papers(reading):
    return [(c.name, c.originals, c.copies, c.form) for c in reading.components]


class TestComponents:
    def test_are_parted_by_their_counts(self):
        reading = read(
            f"--{WHAT}Đơn đề nghị1 bản chínha) Bản sao sổ tiêm0 bản chính,1 bản sao"
            "02 ảnh 4 cm x 6 cm.2 bản chính- Cam kết1 bản chính"
        )

        assert papers(reading) == [
            ("Đơn đề nghị", 1, 0, ""),
            ("a) Bản sao sổ tiêm", 0, 1, ""),
            ("02 ảnh 4 cm x 6 cm.", 2, 0, ""),
            ("- Cam kết", 1, 0, ""),
        ]
        assert reading.marks["components"] is Mark.READ

    def test_are_not_parted_by_counts_said_in_a_sentence(self):
        reading = read(
            f"--{WHAT}Hợp đồng (01 bản chính hoặc 01 bản sao); nộp 1 bản chính.1 bản chính"
        )

        assert papers(reading) == [
            ("Hợp đồng (01 bản chính hoặc 01 bản sao); nộp 1 bản chính.", 1, 0, "")
        ]

    @pytest.mark.parametrize("name", ["Hóa đơn: 01 bản chính", "Đơn theo mẫu 01 bản chính"])
    def test_may_end_with_a_count(self, name):
        assert papers(read(f"--{WHAT}{name}1 bản chính")) == [(name, 1, 0, "")]

    def test_may_begin_with_a_count(self):
        reading = read(f"--{WHAT}Đơn1 bản chính01 bản chính Biên bản họp1 bản chính,1 bản sao")

        assert [name for name, *_ in papers(reading)] == ["Đơn", "01 bản chính Biên bản họp"]

    @pytest.mark.parametrize(
        ("printed", "name", "originals"),
        [
            ("Giấy phép ngày 25/6/20241 bản chính", "Giấy phép ngày 25/6/2024", 1),
            ("Đơn theo Mẫu số 181 bản chính", "Đơn theo Mẫu số 18", 1),
            ("Đơn theo Mẫu 021 bản chính", "Đơn theo Mẫu 02", 1),
            ("Đơn theo Mẫu số 42 bản chính", "Đơn theo Mẫu số 4", 2),
        ],
    )
    def test_may_end_with_a_number_of_their_own(self, printed, name, originals):
        assert papers(read(f"--{WHAT}{printed}")) == [(name, originals, 0, "")]

    def test_whose_number_cannot_be_told_from_the_count_are_partly_read(self):
        reading = read(f"--{WHAT}Đơn B12 bản chính")

        assert papers(reading) == [("Đơn B12", None, None, "")]
        assert reading.marks["components"] is Mark.PARTLY

    def test_stand_in_their_groups(self):
        reading = read(
            f"* Giấy tờ phải nộp:{WHAT}Đơn1 bản chính--{WHAT}Ảnh1 bản chính"
            f"Giấy tờ phải xuất trình: {WHAT}Thẻ1 bản chính"
        )

        assert [(c.group, c.name) for c in reading.components] == [
            ("Giấy tờ phải nộp:", "Đơn"),
            ("", "Ảnh"),
            ("Giấy tờ phải xuất trình:", "Thẻ"),
        ]

    @pytest.mark.parametrize(
        ("printed", "name", "form"),
        [
            ("Đơn theo mẫu;Mẫu số 5.docx", "Đơn theo mẫu;", "Mẫu số 5.docx"),
            ("Tờ khai theo Thông tư 1/2020/TT-BTCMẫu 2.doc", "Tờ khai theo Thông tư 1/2020/TT-BTC",
             "Mẫu 2.doc"),
            ("Đơn (N24).1.MauCT.pdf", "Đơn (N24).", "1.MauCT.pdf"),
            ("Đơn đề nghịMau A.docxMau B (1).xlsx", "Đơn đề nghị", "Mau A.docx; Mau B (1).xlsx"),
            ("Đơn qua VNeID theo mẫuMau 3. Don.docx", "Đơn qua VNeID theo mẫu", "Mau 3. Don.docx"),
            ("Ghi ngày 01/02/2026Mau 2a.docx", "Ghi ngày 01/02/2026", "Mau 2a.docx"),
        ],
    )  # fmt: skip
    def test_are_parted_from_their_form_files(self, printed, name, form):
        assert papers(read(f"--{WHAT}{printed}1 bản chính")) == [(name, 1, 0, form)]

    def test_keep_a_form_file_whose_beginning_cannot_be_seen(self):
        reading = read(f"--{WHAT}Đơn theo mẫumau don.doc1 bản chính")

        assert papers(reading) == [("Đơn theo mẫumau don.doc", 1, 0, "")]
        assert reading.marks["components"] is Mark.PARTLY

    def test_without_a_count_at_the_end_are_left_in_the_original(self):
        reading = read(f"--{WHAT}Đơn1 bản chínhCòn lại theo quy định")

        assert [c.name for c in reading.components] == ["Đơn"]
        assert reading.marks["components"] is Mark.PARTLY

    def test_are_unread_without_a_table(self):
        assert read("Theo hướng dẫn của cơ quan.").marks["components"] is Mark.UNREAD

    @pytest.mark.parametrize("nothing", ["", "--", "Không có thông tin", f"--{WHAT}"])
    def test_are_absent_where_nothing_stands(self, nothing):
        assert read(nothing).marks["components"] is Mark.ABSENT
