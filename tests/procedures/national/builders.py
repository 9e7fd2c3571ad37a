"""Objects in the form of the national crawl, invented: nobody keeps cats by these rules."""

import io
import json
from typing import Any

from motcua.procedures.definitions import NationalProcedure
from motcua.procedures.definitions.national import read_national

HOW = "Hình thức nộpThời gianPhí, lệ phíMô tả"
WHAT = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
BY = "Tên văn bản pháp lýMã văn bản"
PAGE = (
    "Từ khóaKhông có thông tinMô tảKhông có thông tinChọn cơ quan thực hiệnTỉnh/ Thành phố"
    "Bộ ngành-- Chọn Bộ ngành --Đơn vị-- Chọn Cơ sở --Nộp hồ sơ"
)


def an_original(**changes: Any) -> dict[str, Any]:
    """Return an object of the crawl in which every field can be read."""
    return {
        "ma_thu_tuc": "9.000001",
        "ten_thu_tuc": "Thủ tục đăng ký nuôi mèo",
        "so_quyet_dinh": "12/QĐ-BTEST",
        "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
        "loai_thu_tuc": "Loại khác",
        "linh_vuc": "Vật nuôi",
        "doi_tuong_thuc_hien": "Công dân Việt Nam, Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "co_quan_thuc_hien": "Ủy ban nhân dân cấp xã",
        "trinh_tu_thuc_hien": "Bước 1: nộp hồ sơ.\nBước 2: nhận kết quả.",
        "cach_thuc_thuc_hien": f"{HOW}Trực tuyến3 Ngày làm việcMiễn phíTrực tiếp3 Ngày làm việc"
        "20,000 VNĐ(20.000 đồng/lần)",
        "thanh_phan_ho_so": f"--{WHAT}Tờ khai nuôi mèo theo mẫu;Mau 01.docx1 bản chính"
        "Ảnh của mèo0 bản chính,2 bản sao",
        "can_cu_phap_ly": f"{BY}Luật Vật nuôi12/2019/QH14Nghị định 7/2020/NĐ-CP7/2020/NĐ-CP",
        "ket_qua_xu_ly": f"Giấy chứng nhận nuôi mèoMã: KQ.G99.000001{PAGE}",
        "yeu_cau_dieu_kien": "Không có thông tin",
        "co_quan_cong_bo": "bo-thu-nghiem",
    } | changes


def a_reading(**changes: Any) -> NationalProcedure:
    """Return what is read of such an object."""
    return read_national(an_original(**changes))


def a_list(*lines: dict[str, Any] | bytes) -> io.BytesIO:
    """Return a file with these objects, or whatever else, line by line."""
    return io.BytesIO(
        b"".join(
            (line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode())
            + b"\n"
            for line in lines
        )
    )
