"""The gallery: every component in its states; accessibility is checked on it."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.kernel import clock
from motcua.procedures.definitions import Option, Question, Widget
from motcua.web import icons, words

TOKENS = {
    "river": (900, 800, 700, 600, 500, 200, 100, 50),
    "sun": (700, 600, 400, 300, 100, 50),
    "lotus": (700, 500, 200, 100),
    "silt": (900, 700, 600, 400, 300, 200, 100, 50),
}
PLACES = [
    ("Quận Ninh Kiều", [("31117", "Phường Cái Khế"), ("31150", "Phường An Khánh")]),
    ("Quận Cái Răng", [("31186", "Phường Lê Bình")]),
]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show all components. The figures and names are for illustration only."""
    now = clock.now()
    return render(
        request,
        "design/gallery.html",
        {
            "now": now,
            "tokens": TOKENS,
            "icons": sorted(icons.shapes()),
            "statuses": list(words.BADGES),
            "soon": now + timedelta(hours=3),
            "tomorrow": now + timedelta(days=1),
            "far": now + timedelta(days=6),
            "past": now - timedelta(days=2),
            "asked": [_asked(widget) for widget in Widget],
            "places": PLACES,
            "rows": _rows(),
            "tasks": _tasks(),
            "moments": _moments(),
            "segments": [("used", 4), ("paused", 3), ("used", 8), ("left", 3)],
            "legend": [
                ("used", "Đã tính: 12 ngày"),
                ("paused", "Tạm dừng: 3 ngày"),
                ("left", "Còn lại: 3 ngày"),
            ],
            "tabs": _tabs(),
            "page": Paginator(range(60), 20).page(2),
            "sample_problems": [{"key": "mau-loi", "message": "Số điện thoại phải có 10 chữ số"}],
        },
    )


def _asked(widget: Widget) -> dict[str, Any]:
    options: tuple[Option, ...] = ()
    if widget in (Widget.RADIOS, Widget.SELECT):
        options = (
            Option(value="home", label="Tại nhà, qua bưu điện", hint="Có thu cước"),
            Option(value="office", label="Tại Bộ phận Một cửa"),
        )
    return {
        "question": Question(
            key=f"mau-{widget.value.replace('_', '-')}",
            label=f"Câu hỏi kiểu {widget.value}",
            hint="Gợi ý một câu.",
            widget=widget,
            options=options,
            required=widget is not Widget.EMAIL,
            when=None,
            prefill=None,
            autocomplete="",
            schema={},
        ),
        "value": _GIVEN.get(widget, ""),
        "error": "Tháng phải từ 1 đến 12" if widget is Widget.DATE else "",
    }


_GIVEN: dict[Widget, Any] = {
    Widget.TEXT: "TRẦN NGUYỄN GIA AN",
    Widget.DATE: "2024-13-06",
    Widget.RADIOS: "office",
    Widget.COMMUNE: "31150",
    Widget.YES_NO: True,
    Widget.MONEY: 1250000,
}


def _rows() -> list[dict[str, str]]:
    return [
        {"label": "Họ, chữ đệm, tên", "value": "TRẦN NGUYỄN GIA AN", "href": "#noi-dung"},
        {
            "label": "Ngày sinh",
            "value": "06/10/2024",
            "href": "#noi-dung",
            "source": "Lấy từ tài khoản",
        },
        {"label": "Quê quán", "value": "Không cung cấp"},
    ]


def _tasks() -> list[dict[str, str]]:
    return [
        {"name": "Cho biết người nộp", "href": "#noi-dung", "words": "Đã xong", "tone": "ontime"},
        {
            "name": "Điền thông tin của trẻ",
            "href": "#noi-dung",
            "hint": "Ngày sinh chưa đúng",
            "words": "Cần sửa 1 chỗ",
            "tone": "overdue",
        },
        {"name": "Gửi ảnh giấy tờ", "href": "#noi-dung", "words": "Chưa làm", "tone": "river"},
        {"name": "Kiểm tra và nộp", "hint": "Mở khi đã xong việc trên", "words": "Chưa mở được"},
    ]


def _moments() -> list[dict[str, Any]]:
    now = clock.now()
    return [
        {"title": "Đã tiếp nhận", "at": now - timedelta(days=3), "text": "Một cửa phường"},
        {"title": "Đang thẩm tra", "at": now - timedelta(days=1), "state": "now"},
        {"title": "Trả kết quả", "text": "Chậm nhất 17/10/2024", "state": "next"},
    ]


def _tabs() -> list[dict[str, Any]]:
    return [
        {"label": "Tất cả", "href": "#tabs", "current": True, "count": 37},
        {"label": "Sắp đến hạn", "href": "#tabs", "count": 3, "tone": "due"},
        {"label": "Trễ hạn", "href": "#tabs", "count": 2, "tone": "overdue"},
    ]
