"""`motcua index766`: the index of Decision 766 of a period, and its recount from the ledger."""

import json
import sys
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from . import surroundings
from .terminal import console, say, say_fault, step

if TYPE_CHECKING:
    from motcua.steering.definitions import Period
    from motcua.steering.definitions.index766 import CriterionScore, Score
    from motcua.steering.queries.index766 import Figures, Subject, Verification

_DIFFERENT = 1
_REFUSED = 2
_SHOWN_DIFFERENCES = 50
_WIDE = 124  # characters; a narrower table would fold every name


def index766(
    month: Annotated[str, typer.Option("--month", help="Tháng, ví dụ 2024-09.")] = "",
    quarter: Annotated[str, typer.Option("--quarter", help="Quý, ví dụ 2024-Q3.")] = "",
    year: Annotated[str, typer.Option("--year", help="Năm, ví dụ 2024.")] = "",
    agency: Annotated[str, typer.Option("--agency", help="Mã cơ quan; bỏ trống: thành phố.")] = "",
    as_of: Annotated[
        str, typer.Option("--as-of", help="Theo số liệu đã biết cuối ngày này, ví dụ 2024-10-05.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="In ra một đối tượng JSON.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Đếm lại từ sổ sự kiện và so từng con số.")
    ] = False,
) -> None:
    """Chỉ số 766 ước tính của một kỳ: sáu nhóm, từng tiêu chí với tử số, mẫu số và điểm."""
    with surroundings.database_at_hand():
        from motcua.kernel import clock
        from motcua.steering.definitions import NotAPeriod
        from motcua.steering.definitions.index766 import NoProfile
        from motcua.steering.queries import TheFutureIsNotKnown
        from motcua.steering.queries.index766 import NoSuchSubject, figures
        from motcua.steering.queries.index766 import verify as verified

        try:
            period = _period(month=month, quarter=quarter, year=year)
            found = figures(period, as_of=_day(as_of), at=clock.now())
            whose = found.subjects.with_code(agency) if agency else found.subjects.city
        except (NotAPeriod, NoProfile, NoSuchSubject, TheFutureIsNotKnown) as refused:
            _refuse(str(refused), as_json=as_json)
        score = found.score(whose)
        verification = None
        if verify and as_json:
            verification = verified(found)
        if as_json:
            typer.echo(json.dumps(_answer(found, whose, score, verification), ensure_ascii=False))
        else:
            _show(found, whose, score)
            if verify:
                with step("Đếm lại từ sổ sự kiện"):
                    verification = verified(found)
                _show_verification(verification)
        if verification is not None and verification.differences:
            sys.exit(_DIFFERENT)


def _period(**told: str) -> "Period":
    from motcua.steering.definitions import NotAPeriod, PeriodKind, parse_period

    given = {name: text for name, text in told.items() if text}
    if len(given) != 1:
        raise NotAPeriod(
            "Hãy nêu đúng một kỳ: --month 2024-09, --quarter 2024-Q3 hoặc --year 2024."
        )
    [(name, text)] = given.items()
    period = parse_period(text)
    if period.kind is not PeriodKind(name):
        example = {"month": "2024-09", "quarter": "2024-Q3", "year": "2024"}[name]
        raise NotAPeriod(f"“{text}” không hợp với --{name}; hãy viết như {example}.")
    return period


def _day(text: str) -> date | None:
    from motcua.steering.definitions import NotAPeriod

    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotAPeriod(f"“{text}” không phải là ngày; hãy viết như 2024-10-05.") from error


def _refuse(sentence: str, *, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"error": sentence}, ensure_ascii=False))
    say_fault(sentence)
    sys.exit(_REFUSED)


def _answer(
    found: "Figures", whose: "Subject", score: "Score", verification: "Verification | None"
) -> dict[str, Any]:
    profile = score.profile
    told: dict[str, Any] = {
        "period": found.period.key,
        "as_of": found.as_of and found.as_of.isoformat(),
        "profile": {
            "id": profile.id,
            "valid_from": profile.valid_from.isoformat(),
            "source": profile.source,
        },
        "agency": {"code": whose.code, "name": whose.name, "level": whose.level.value},
        "groups": [
            {
                "code": group.group.code,
                "number": group.group.number,
                "name": group.group.name,
                "max": group.max,
                "points": _decimal(group.points),
                "points_exact": _exact(group.points),
                "points_known_max": group.known_max,
                "criteria": [_criterion(each) for each in group.criteria],
            }
            for group in score.groups
        ],
        "total": _decimal(score.total),
        "total_exact": _exact(score.total),
        "max": score.max,
        "points_known_max": score.known_max,
        "band": score.band and score.band.key,
        "estimate": True,
    }
    if verification is not None:
        told["verification"] = {
            "compared": verification.compared,
            "dossiers": verification.dossiers,
            "from_catalogue": list(verification.from_catalogue),
            "differences": [
                {
                    "agency_id": each.agency_id,
                    "procedure": each.procedure,
                    "channel": each.channel,
                    "is_part": each.is_part,
                    "measure": each.what,
                    "figures": each.figures,
                    "ledger": each.ledger,
                }
                for each in verification.differences
            ],
        }
    return told


def _criterion(each: "CriterionScore") -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": each.criterion.code,
        "number": each.criterion.number,
        "name": each.criterion.name,
        "max": each.criterion.max,
        "numerator": each.numerator,
        "denominator": each.denominator,
        "ratio_percent": None if each.ratio is None else _decimal(each.ratio * 100),
        "points": _decimal(each.points),
        "points_exact": _exact(each.points),
        "state": each.state.value,
    }
    if each.factor is not None:
        told["factor"] = {"numerator": each.factor[0], "denominator": each.factor[1]}
    return told


def _decimal(value: Fraction) -> str:
    from motcua.steering.definitions.index766 import rounded

    return f"{rounded(value):.2f}"


def _exact(value: Fraction) -> dict[str, int]:
    return {"numerator": value.numerator, "denominator": value.denominator}


_STATES = {
    "empty": "không phát sinh",
    "no_data": "chưa có dữ liệu",
    "not_applicable": "không áp dụng, được điểm tối đa",
    "information": "chỉ để biết",
}


def _show(found: "Figures", whose: "Subject", score: "Score") -> None:
    from rich.table import Table

    known = (
        f"số liệu đã biết cuối ngày {found.as_of:%d/%m/%Y}" if found.as_of else "số liệu hiện có"
    )
    say(f"{score.profile.name}: {whose.name}, {found.period.name} ({known})")
    table = Table(box=None, pad_edge=False)
    for heading in ("", "Tiêu chí", "Tử số", "Mẫu số", "Tỷ lệ", "Điểm", "Tối đa", ""):
        table.add_column(heading, justify="left" if heading in ("", "Tiêu chí") else "right")
    for group in score.groups:
        table.add_row(
            group.group.number,
            f"[bold]{group.group.name}[/]",
            "", "", "",
            f"[bold]{_comma(group.points)}[/]", str(group.max), "",
        )  # fmt: skip
        for each in group.criteria:
            table.add_row(
                each.criterion.number,
                f"  {each.criterion.name}",
                "" if each.numerator is None else str(each.numerator),
                "" if each.denominator is None else str(each.denominator),
                "" if each.ratio is None else f"{_comma(each.ratio * 100)} %",
                _comma(each.points),
                str(each.criterion.max),
                _STATES.get(each.state.value, ""),
            )
    if not console.is_terminal:
        console.width = max(console.width, _WIDE)
    console.print(table)
    band = f", xếp loại {score.band.name.lower()}" if score.band else ""
    say(f"Tổng: {_comma(score.total)} trên {score.max} điểm{band}.")
    if score.known_max != score.max:
        say(f"Các tiêu chí đã có dữ liệu: tối đa {score.known_max} điểm.")
    say(
        "Điểm ước tính của thành phố; điểm chính thức do Cổng Dịch vụ công quốc gia công bố. "
        f"Cách tính: {score.profile.id}, áp dụng từ {score.profile.valid_from:%d/%m/%Y}."
    )


def _comma(value: Fraction) -> str:
    return _decimal(value).replace(".", ",")


def _show_verification(verification: "Verification") -> None:
    differences = verification.differences
    if not differences:
        say(
            f"Khớp: {verification.compared} con số đếm lại từ sổ sự kiện đều bằng số liệu "
            f"({verification.dossiers} hồ sơ nộp trong kỳ)."
        )
        say(
            "Số thủ tục thuộc thẩm quyền lấy từ danh mục nên không đếm lại "
            f"(tiêu chí {', '.join(verification.from_catalogue)})."
        )
        return
    say_fault(f"{len(differences)} trên {verification.compared} con số không khớp sổ sự kiện.")
    from motcua.offices.queries import agency_names

    names = agency_names({each.agency_id for each in differences})
    for each in differences[:_SHOWN_DIFFERENCES]:
        where = ", ".join(
            word for word in (each.procedure, each.channel, "phần" if each.is_part else "") if word
        )
        say(
            f"  {names.get(each.agency_id, each.agency_id)} · {where} · {each.what}: "
            f"số liệu {each.figures}, sổ sự kiện {each.ledger}"
        )
    if len(differences) > _SHOWN_DIFFERENCES:
        say(f"  … và {len(differences) - _SHOWN_DIFFERENCES} con số nữa.")
