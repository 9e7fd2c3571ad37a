"""The board as files: a spreadsheet, a paper, and the pack for a meeting, with official heads."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import motcua.steering
from motcua.documents.definitions import envelope, typeset
from motcua.dossiers.queries import LateStand, late_tallies, place_of_issue
from motcua.kernel import clock
from motcua.kernel.sheets import Letterhead
from motcua.offices.models import Agency
from motcua.offices.queries import Mandate
from motcua.steering.definitions.targets import plan_register
from motcua.steering.queries.targets import Board, Row, board, explanations_of
from motcua.web import charts, papers, spreadsheets
from motcua.web.access import OfficerRequest
from motcua.web.board.access import agencies_seen, overseer_required

from . import shown, words
from .asking import Asked, asked_of, told_where
from .workbook import fill

TEMPLATE = Path(motcua.steering.__path__[0]) / "data" / "forms" / "targets.typ"


@overseer_required
@require_safe
def export(request: OfficerRequest) -> HttpResponse:
    """Send the board as it is asked for: `?format=pdf`, or else as a spreadsheet."""
    now = clock.now()
    asked = asked_of(request, now=now)
    if asked.problem:
        return told_where("board:targets", request)
    # Official papers are in Vietnamese, whatever language the officer reads.
    with translation.override("vi"):
        whole = board(as_of=asked.as_of, at=now, by=asked.by)
        name = f"chi-tieu-truc-tuyen-{whole.until:%Y%m%d}"
        if request.GET.get("format") == "pdf":
            content = _paper(request.mandate, asked, whole, now, pack=None)
            return papers.pdf_response(content, f"{name}.pdf", as_attachment=False)
        return spreadsheets.official_response(
            name,
            Letterhead(agency=_agency_of(request.mandate)),
            lambda book: fill(
                book,
                title=_title(whole),
                subtitle=_subtitle(whole),
                rows=_told_rows(whole, asked),
                year=whole.year.first.year,
                method=_method(),
            ),
        )


@overseer_required
@require_safe
def pack(request: OfficerRequest) -> HttpResponse:
    """Send the pack for a meeting: summary, pictures, the board, who falls short, what is late."""
    now = clock.now()
    asked = asked_of(request, now=now)
    if asked.problem:
        return told_where("board:targets", request)
    with translation.override("vi"):
        whole = board(as_of=asked.as_of, at=now, by=asked.by)
        content = _paper(request.mandate, asked, whole, now, pack=_pack(request, whole, now))
    return papers.pdf_response(
        content, f"tai-lieu-hop-chi-tieu-{whole.until:%Y%m%d}.pdf", as_attachment=False
    )


def _paper(
    mandate: Mandate, asked: Asked, whole: Board, now: datetime, *, pack: dict[str, Any] | None
) -> bytes:
    facts = {
        "agency": _agency_of(mandate),
        "place": place_of_issue(Agency.objects.get(pk=mandate.posts[0].agency_id)),
        "title": _title(whole) if pack is None else _("Tài liệu họp: %(t)s") % {"t": _title(whole)},
        "subtitle": _subtitle(whole),
        "year": str(whole.year.first.year),
        "last_year": str(whole.year.first.year - 1),
        "rows": [_on_paper(row) for row in _told_rows(whole, asked)],
        "method": _method(),
        "pack": pack is not None,
        **(pack or {}),
    }
    data = envelope(facts, at=now, size="a4-landscape")
    return typeset(TEMPLATE, data, at=now, pictures=_pictures(whole) if pack else None)


def _pack(request: OfficerRequest, whole: Board, now: datetime) -> dict[str, Any]:
    behind = shown.falling_short(whole.rows)
    city = whole.city
    return {
        "summary": [
            _(
                "Toàn thành phố đã đạt %(actual)s (%(counted)s hồ sơ), mức tối thiểu %(floor)s, "
                "dự báo cuối năm %(forecast)s."
            )
            % {
                "actual": words.percent(city.actual.tenths),
                "counted": words.counted(city.actual),
                "floor": words.percent(city.target_tenths),
                "forecast": words.percent(city.forecast_tenths),
            },
            _("%(n)d trong %(all)d cơ quan không đạt hoặc được dự báo không đạt.")
            % {"n": len(behind), "all": len(whole.rows)},
        ],
        "chart": "board",
        "chart_words": _("Tỷ lệ hồ sơ trực tuyến so với chỉ tiêu, số liệu ở bảng mục 3"),
        "behind": [_behind(row, whole, place) for place, row in enumerate(behind)],
        "late": _late(request.mandate, whole, now),
    }


def _behind(row: Row, whole: Board, place: int) -> dict[str, Any]:
    progress = row.progress
    explanations = explanations_of(row.agency_id)
    return {
        "name": row.name,
        "outlook": str(words.OUTLOOKS[progress.outlook].words),
        "actual": words.percent(progress.actual.tenths),
        "target": words.percent(progress.target_tenths),
        "forecast": words.percent(progress.forecast_tenths),
        "still": words.still(progress.still_to_file, progress.outlook),
        "explained": _("Giải trình: %(words)s") % {"words": explanations[0].words}
        if explanations
        else _("Chưa có giải trình."),
        "chart": f"agency-{place}",
        "chart_words": _("%(name)s từng tháng") % {"name": row.name},
    }


def _pictures(whole: Board) -> dict[str, str]:
    drawn = {"board": charts.printed(shown.bar_chart(whole, whole.rows))}
    for place, row in enumerate(shown.falling_short(whole.rows)):
        chart = shown.line_chart(row.name, row.progress, whole, key=f"thang-{place}")
        drawn[f"agency-{place}"] = charts.printed(chart)
    return drawn


def _late(mandate: Mandate, whole: Board, now: datetime) -> str:
    ids = [agency.pk for agency in agencies_seen(mandate)]
    tallies = late_tallies(ids, month=whole.until.replace(day=1), at=now)
    late = sum(each.dossiers for each in tallies if each.stand == LateStand.LATE.value)
    unexplained = sum(
        each.dossiers
        for each in tallies
        if each.stand == LateStand.LATE.value and each.cause is None
    )
    return _(
        "Lúc lập tài liệu có %(late)s hồ sơ đang trễ hạn, trong đó %(unexplained)s hồ sơ chưa ghi "
        "nguyên nhân. Danh sách ở bảng trễ hạn của hệ thống."
    ) % {"late": words.count(late), "unexplained": words.count(unexplained)}


def _told_rows(whole: Board, asked: Asked) -> list[shown.Told]:
    rows = shown.ordered(whole.rows, asked)
    told = [shown.told_of(row, whole, asked, seen=frozenset()) for row in rows]
    return [*told, shown.city_told(whole)]


def _on_paper(row: shown.Told) -> dict[str, Any]:
    return {
        "number": str(row.number) if row.number else "",
        "name": row.name,
        "baseline": row.baseline,
        "target": row.target,
        "actual": row.actual,
        "counted": row.counted,
        "gap": row.gap,
        "trend": row.trend,
        "forecast": row.forecast,
        "bounds": row.bounds,
        "outlook": str(row.outlook.words),
        "still": row.still,
        "payoffs": [f"{each.short}: {each.not_online}, {each.gain}" for each in row.payoffs],
    }


def _title(whole: Board) -> str:
    return _("Chỉ tiêu hồ sơ trực tuyến năm %(year)d") % {"year": whole.year.first.year}


def _subtitle(whole: Board) -> str:
    plan = plan_register()
    return _("%(seen)s Chỉ tiêu theo %(plan)s ngày %(issued)s.") % {
        "seen": whole.seen_until,
        "plan": plan.document,
        "issued": f"{plan.issued_on:%d/%m/%Y}",
    }


def _method() -> list[str]:
    return [
        _(
            "Tỷ lệ là số hồ sơ nộp trực tuyến trên tất cả hồ sơ đã tiếp nhận trong năm, kể cả "
            "nộp tại quầy và qua bưu chính; hồ sơ của quận, huyện gồm cả hồ sơ của xã, "
            "phường, thị trấn."
        ),
        _(
            "Dự báo: số hồ sơ còn sẽ nhận theo mùa vụ năm trước; phần nộp trực tuyến theo ba tháng "
            "gần nhất; khoảng theo mức sai của cách tính này ở mười hai tháng gần nhất."
        ),
    ]


def _agency_of(mandate: Mandate) -> str:
    return mandate.posts[0].agency_name
