"""The route of a dossier through the units, compiled and walked from end to end."""

from collections.abc import Iterable, Mapping
from datetime import time
from fractions import Fraction

from django.utils.translation import gettext as _

from motcua.calendars.limits import Limit, LimitUnit, amount_written, can_be_counted
from motcua.offices.models import PostRole, UnitRole

from .reading import Sheet, refuse_doubles
from .version import Step, StepAct

AMOUNT_MAX = 1000


def limit_of(sheet: Sheet) -> Limit:
    """Compile a time limit: amount, unit, and perhaps the hour until which it is the same day."""
    told = sheet.raw("amount")
    # What has a point is kept as it is written, a string, or a tenth were not a tenth.
    amount = amount_written(told) if isinstance(told, str) else None
    if type(told) is int:
        amount = Fraction(told)
    if amount is None or not 0 < amount <= AMOUNT_MAX:
        sheet.refuse("amount", _("phải là số lớn hơn 0, ví dụ 3 hoặc 0.5."))
        amount = Fraction(1)
    unit = sheet.choice("unit", LimitUnit)
    if not can_be_counted(amount, unit):
        sheet.refuse("amount", _("ngày và tháng phải là số nguyên."))
    hour = sheet.text(
        "same_day_until", required=False, like="([01][0-9]|2[0-3]):[0-5][0-9]", example="15:00"
    )
    sheet.finish()
    try:
        until = time.fromisoformat(hour) if hour else None
    except ValueError:
        until = None  # already refused above
    return Limit(amount=amount, unit=unit, same_day_until=until)


def route_of(sheet: Sheet) -> tuple[str, dict[str, Step]]:
    """Compile the route: its first step, and every step by key."""
    first = sheet.text("first", longest=40)
    sheets = sheet.sheets("steps", keyed=True)
    steps = [_step_of(each) for each in sheets]
    sheet.finish()
    route = {step.key: step for step in steps}
    refuse_doubles([step.key for step in steps], sheet.at("steps"), sheet.problems)
    if first not in route:
        sheet.refuse("first", _("không có bước «%(key)s».") % {"key": first})
    known = _refuse_unknown_steps(route, sheet)
    if steps and first in route and known:
        _refuse_dead_ends(route, first, sheet)
    return first, route


def _step_of(sheet: Sheet) -> Step:
    step = Step(
        key=sheet.key(),
        name=sheet.text("name"),
        unit_role=sheet.choice("unit_role", UnitRole).value,
        actor_role=sheet.choice("actor_role", PostRole).value,
        act=sheet.choice("act", StepAct),
        limit=limit_of(sheet.sheet("limit")) if "limit" in sheet else None,
        next=sheet.texts("next", required=False, longest=40),
        back=sheet.text("back", required=False, longest=40) or None,
        obligation=sheet.flag("obligation", default=False),
    )
    sheet.finish()
    return step


def _refuse_unknown_steps(route: Mapping[str, Step], sheet: Sheet) -> bool:
    known = True
    for step in route.values():
        named = [("next", key) for key in step.next] + [("back", step.back)] * bool(step.back)
        for word, key in named:
            if key not in route:
                known = False
                sheet.refuse(
                    f"steps.{step.key}.{word}", _("không có bước «%(key)s».") % {"key": key}
                )
    return known


def _refuse_dead_ends(route: Mapping[str, Step], first: str, sheet: Sheet) -> None:
    reached = _reached(route, [first])
    for key in route:
        if key not in reached:
            sheet.refuse(f"steps.{key}", _("không bước nào dẫn tới bước này."))
    if route[first].act is not StepAct.RECEIVE:
        sheet.refuse("first", _("bước đầu tiên phải là tiếp nhận (act: receive)."))
    ends = {key for key, step in route.items() if not step.next}
    if not ends:
        sheet.refuse("steps", _("không có bước kết thúc: mọi bước đều dẫn sang bước khác."))
    for key in ends:
        if route[key].act is not StepAct.RETURN:
            sheet.refuse(f"steps.{key}", _("bước kết thúc phải là trả kết quả (act: return)."))
    for key in reached:
        if ends and not ends & _reached(route, [key]):
            sheet.refuse(f"steps.{key}", _("từ bước này không tới được bước kết thúc nào."))
    for act in (StepAct.DECIDE, StepAct.RETURN):
        if all(step.act is not act for step in route.values()):
            sheet.refuse("steps", _("thiếu bước có act: %(act)s.") % {"act": act.value})
    _refuse_returns_without_decision(route, first, sheet)
    _refuse_obligations_nobody_examines(route, sheet)
    for step in route.values():
        if step.back is not None and step.key not in _reached(route, route[step.back].next):
            sheet.refuse(
                f"steps.{step.key}.back",
                _("bước «%(back)s» không đứng trước bước này.") % {"back": step.back},
            )


def _refuse_obligations_nobody_examines(route: Mapping[str, Step], sheet: Sheet) -> None:
    obligations = [step for step in route.values() if step.obligation]
    for step in obligations:
        if step.act is not StepAct.EXAMINE:
            sheet.refuse(
                f"steps.{step.key}.obligation",
                _("nghĩa vụ tài chính được giải quyết ở bước thẩm tra (act: examine)."),
            )
    for step in obligations[1:]:
        sheet.refuse(
            f"steps.{step.key}.obligation",
            _("chỉ một bước; bước «%(key)s» đã có.") % {"key": obligations[0].key},
        )


def _refuse_returns_without_decision(route: Mapping[str, Step], first: str, sheet: Sheet) -> None:
    decides = {key for key, step in route.items() if step.act is StepAct.DECIDE}
    if not decides:
        return  # already refused as a whole
    for key in _reached(route, [first], stop_at=decides):
        if route[key].act is StepAct.RETURN:
            sheet.refuse(f"steps.{key}", _("có đường tới bước này mà không qua ký duyệt."))


def _reached(
    route: Mapping[str, Step], start: Iterable[str], stop_at: Iterable[str] = ()
) -> set[str]:
    stop = set(stop_at)
    reached: set[str] = set()
    waiting = [key for key in start if key not in stop]
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting.extend(each for each in route[key].next if each not in stop)
    return reached
