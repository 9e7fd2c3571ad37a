"""What is said to the person whose answer cannot be taken: what to type, never "wrong"."""

import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from motcua.kernel.money import grouped

if TYPE_CHECKING:
    from .form import Question

_CHOSEN = frozenset({"radios", "select", "commune"})


def missing(question: "Question") -> str:
    """Return the request for an answer that was not given."""
    what = {"what": _inside(question.noun)}
    if "const" in question.schema:
        return _("Ông/Bà cần đánh dấu xác nhận: %(what)s.") % what
    if question.widget.value == "yes_no":
        return _("%(What)s: chọn Có hoặc Không.") % {"What": question.noun}
    if question.widget.value in _CHOSEN:
        return _("Chọn %(what)s.") % what
    return _("Nhập %(what)s.") % what


def malformed(question: "Question", answer: Any, keyword: str) -> str:
    """Return what to type instead, from the schema's keyword that the answer failed."""
    schema = question.schema
    words: dict[str, Any] = {
        "What": question.noun,
        "what": _inside(question.noun),
        "min": _counted(schema.get("minimum", schema.get("minLength", 0))),
        "max": _counted(schema.get("maximum", schema.get("maxLength", 0))),
        "count": _counted(len(answer) if isinstance(answer, str) else 0),
    }
    if keyword == "const":
        return missing(question)
    if keyword == "maxLength":
        return (
            _("%(What)s dài tối đa %(max)s ký tự; hiện có %(count)s. Ông/Bà viết ngắn lại.") % words
        )
    if keyword == "minLength":
        return _("%(What)s cần ít nhất %(min)s ký tự.") % words
    if keyword == "minimum":
        return _("%(What)s phải từ %(min)s trở lên.") % words
    if keyword == "maximum":
        return _("%(What)s không quá %(max)s.") % words
    if keyword == "enum":
        return _("Chọn %(what)s trong các lựa chọn có sẵn.") % words
    if question.widget.value == "date" and isinstance(answer, str):
        return _impossible_date(answer) % words
    return _by_widget(question) % words


def _by_widget(question: "Question") -> str:
    if "\\p{L}" in str(question.schema.get("pattern", "")):
        return _(
            "%(What)s chỉ gồm chữ cái, dấu cách, dấu chấm, dấu nháy và gạch nối. "
            "Ông/Bà nhập như trên giấy tờ."
        )
    return {
        "date": _("%(What)s phải có ngày, tháng và năm, ví dụ 06/10/2024."),
        "phone": _("%(What)s phải có 10 hoặc 11 chữ số, bắt đầu bằng số 0, ví dụ 0900 000 001."),
        "personal_id": _("%(What)s phải có 12 chữ số, ghi trên thẻ căn cước."),
        "email": _("%(What)s phải có dạng ten@vidu.vn."),
        "commune": _("Chọn %(what)s trong danh sách phường, xã."),
        "whole_number": _("%(What)s phải là số nguyên, ví dụ 2."),
        "money": _("%(What)s viết đủ bằng đồng, không có số lẻ, ví dụ 1.250.000."),
        "yes_no": _("%(What)s: chọn Có hoặc Không."),
        "radios": _("Chọn %(what)s trong các lựa chọn có sẵn."),
        "select": _("Chọn %(what)s trong các lựa chọn có sẵn."),
    }.get(
        question.widget.value,
        _("Nhập %(what)s bằng chữ thường dùng; có ký tự mà hệ thống không nhận."),
    )


def _impossible_date(answer: str) -> str:
    year, month, day = ([part.strip() for part in answer.split("-", 2)] + ["", "", ""])[:3]
    for part, message in (
        (day, _("%(What)s cần có ngày.")),
        (month, _("%(What)s cần có tháng.")),
        (year, _("%(What)s cần có năm.")),
    ):
        if not part:
            return message
    if not (year + month + day).isdecimal() or len(year) != 4:
        return _("%(What)s phải có ngày, tháng và năm bằng số, ví dụ 06/10/2024.")
    if not 1 <= int(month) <= 12:
        return _("%(What)s: tháng phải từ 1 đến 12.")
    if not 1 <= int(day) <= 31:
        return _("%(What)s: ngày phải từ 1 đến 31.")
    return _("%(What)s: tháng này không có ngày đó.")


def out_of_range(noun: str, bound: tuple[str, str]) -> str:
    """Return the bound that a date broke: ("earliest" or "latest", the day)."""
    side, day = bound
    words = {"What": noun, "day": date.fromisoformat(day).strftime("%d/%m/%Y")}
    if side == "earliest":
        return _("%(What)s phải từ ngày %(day)s trở đi.") % words
    return _("%(What)s không được sau ngày %(day)s.") % words


def unreadable(noun: str) -> str:
    """Return the request to type a text again whose characters cannot be stored."""
    return _("%(What)s có ký tự không đọc được. Ông/Bà xóa rồi gõ lại.") % {"What": noun}


def hidden(noun: str) -> str:
    """Return the refusal of an answer to a question that was not asked."""
    return _(
        "%(What)s: câu này không hỏi với các câu trả lời khác trong hồ sơ, nên không được gửi kèm."
    ) % {"What": noun}


def unknown(key: str) -> str:
    """Return the refusal of a key that the form does not have."""
    shown = key[:60].encode("utf-8", "replace").decode()
    return _("Biểu mẫu không có câu hỏi «%(key)s».") % {"key": shown}


def is_plain_text(answer: str) -> bool:
    """Return whether the text is in NFC and can be written in UTF-8."""
    try:
        answer.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return unicodedata.is_normalized("NFC", answer)


def _inside(noun: str) -> str:
    """Return the noun as it stands inside a sentence; abbreviations keep their capitals."""
    return noun if noun[1:2].isupper() else noun[:1].lower() + noun[1:]


def _counted(number: int) -> str:
    if number < 10_000:
        return str(number)  # a year has no thousands
    return grouped(number)
