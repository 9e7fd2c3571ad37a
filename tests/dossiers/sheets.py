"""
What stands on each form. `python -m tests.dossiers.sheets` writes the goldens anew.

Nobody in it lives: the personal id is of the 24th century, the telephone is nobody's.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from motcua.documents.definitions import typeset
from motcua.dossiers.definitions import Form, page_of, shipped_forms
from motcua.dossiers.lifecycle import Paper
from tests import pdf

GOLDENS = Path(__file__).parent / "goldens"
# The eve of the plan's city, and a day under the later circular.
MOMENTS = {
    "tt01-2018": datetime(2024, 10, 15, 2, tzinfo=UTC),
    "tt03-2025": datetime(2026, 2, 5, 2, tzinfo=UTC),
}
LINK = "https://dichvucong.example/tra-cuu/abcdefghijklmnopqrstuv.wxyz0123456789-ABCDEFGHIJKLMNOP/"
LOOKUP = "dichvucong.example/tra-cuu"

SLIP: Mapping[str, Any] = {
    "code": "000.11.31.H13-241015-0001",
    "secret": "7K2M9QXA",
    "channel": "direct",
    "submitted_at": "2024-10-15T01:55:00+00:00",
    "accepted_at": "2024-10-15T02:00:00+00:00",
    "promised_at": "2024-10-15T10:00:00+00:00",
    "due_at": "2024-10-15T10:00:00+00:00",
    "new_due_at": "2024-10-21T10:00:00+00:00",
    "answer_due_at": None,
    "receiving_unit": "Bộ phận Tiếp nhận và Trả kết quả",
    "settling_agency": "Ủy ban nhân dân phường Cái Khế",
    "agency": "Ủy ban nhân dân phường Cái Khế",
    "parent_agency": "Ủy ban nhân dân quận Ninh Kiều",
    "place": "Cái Khế",
    "owner": {
        "name": "Trần Văn Bình",
        "address": "12 đường Trần Văn Khéo, phường Cái Khế, quận Ninh Kiều, thành phố Cần Thơ",
        "personal_id": "092*******17",
        "phone": "090****123",
    },
    "submitter": "Nguyễn Thị Hoa",
    "officer": "Nguyễn Thị Hồng Hạnh",
    "officer_title": "Phó Chủ tịch",
    "procedure": "Chứng thực bản sao từ bản chính",
    "procedure_code": "2.000815",
    "limit": {"amount": "1", "unit": "working_day", "same_day_until": "15:00"},
    "names": {"original": "Bản chính giấy tờ cần sao"},
    "fee_names": {"first_pages": "Hai trang đầu"},
    "presented": [{"key": "original", "originals": 1, "certified": 0, "copies": 2}],
    "files": [{"key": "original", "count": 2}],
    "fees": [
        {
            "key": "first_pages",
            "quantity": 2,
            "amount_dong": 4000,
            "collected_dong": 4000,
            "receipt": "000123",
            "note": "",
        }
    ],
    "came": {
        "relation": "relative",
        "owner_address": "",
        "owner_phone": "",
        "payer": "",
        "post_item": "",
        "arrived_on": None,
    },
    "items": [{"key": "original", "needed": "Bản chụp rõ nét, đủ bốn góc."}],
    "round": 1,
    "reason": "Ảnh mờ, không đọc được số.\nThiếu dấu của nơi cấp.",
}
SHEET: Mapping[str, Any] = {
    "code": SLIP["code"],
    "agency": SLIP["agency"],
    "parent_agency": SLIP["parent_agency"],
    "place": SLIP["place"],
    "owner": "Trần Văn Bình",
    "procedure": SLIP["procedure"],
    "settling_agency": SLIP["settling_agency"],
    "accepted_at": SLIP["accepted_at"],
    "due_at": SLIP["due_at"],
    "finished": False,
    "rows": [
        {
            "giver": "Bộ phận Một cửa",
            "giver_name": "Nguyễn Thị Hồng Hạnh",
            "taker": "Công chức Tư pháp - Hộ tịch",
            "taker_name": "",
            "handed_at": "2024-10-15T02:00:00+00:00",
            "result": "Trước hạn",
            "note": "Đã tiếp nhận, bắt đầu tính thời hạn",
        }
    ],
}
BOOK: Mapping[str, Any] = {
    "agency": SLIP["agency"],
    "unit": SLIP["receiving_unit"],
    "place": SLIP["place"],
    "since_on": "2024-10-01",
    "until_on": "2024-10-31",
    "rows": [
        {
            "serial": 1,
            "code": SLIP["code"],
            "procedure": SLIP["procedure"],
            "papers": 2,
            "owner": "Trần Văn Bình",
            "contact": "12 đường Trần Văn Khéo, 090****123",
            "agency": SLIP["agency"],
            "accepted_at": SLIP["accepted_at"],
            "due_at": SLIP["due_at"],
            "passed_at": SLIP["accepted_at"],
            "completed_at": None,
            "returned_at": None,
            "method": "",
            "note": "",
        }
    ],
}


def facts_for(form: Form) -> Mapping[str, Any]:
    """Return facts that the form can show."""
    return {Paper.CONTROL_SHEET: SHEET, Paper.REGISTER: BOOK}.get(form.paper, SLIP)


def printed(form: Form, facts: Mapping[str, Any] | None = None) -> bytes:
    """Set the form as the services do."""
    at = MOMENTS[form.circular]
    is_read = form.paper in {Paper.CONTROL_SHEET, Paper.REGISTER}
    page = page_of(
        form, facts or facts_for(form), at=at, number=0 if is_read else 12, lookup=LOOKUP
    )
    return typeset(form.path, page, at=at, link="" if form.paper is Paper.REGISTER else LINK)


def golden_of(form: Form) -> Path:
    """Return where the text of the form is kept."""
    return GOLDENS / f"{form.circular}-{form.number}.txt"


if __name__ == "__main__":
    GOLDENS.mkdir(exist_ok=True)
    for each in shipped_forms():
        golden_of(each).write_text(pdf.text_of(printed(each)) + "\n", encoding="utf-8")
