"""`motcua deadline`: the law's clock, asked with a case in a file and answered as a sum."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .terminal import say, say_fault

if TYPE_CHECKING:
    from motcua.dossiers.clock import Explanation, Interval

    from .deadline_cases import Case

LARGEST = 1_000_000  # bytes: a case is a page, not a book
_REFUSED = 2

app = typer.Typer(help="Thời hạn giải quyết, tính và giải thích.", no_args_is_help=True)


@app.callback()
def deadline() -> None:
    """Thời hạn giải quyết, tính và giải thích."""


@app.command("explain")
def explain(
    file: Annotated[
        str, typer.Option("--file", help="Tệp JSON nêu trường hợp; “-”: đọc từ đầu vào.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="In ra một đối tượng JSON.")] = False,
) -> None:
    """Tính hạn trả kết quả của một trường hợp và nói rõ vì sao; không cần cơ sở dữ liệu."""
    _need_no_settings()
    from .deadline_cases import BadCase, case_of, read_json

    try:
        explanation = _explained(case_of(read_json(_text_of(file))))
    except BadCase as trouble:
        if as_json:
            typer.echo(json.dumps({"error": str(trouble)}, ensure_ascii=False))
        say_fault(str(trouble))
        sys.exit(_REFUSED)
    if as_json:
        typer.echo(json.dumps(_answer(explanation), ensure_ascii=False))
    else:
        say(explanation.text)


def _need_no_settings() -> None:
    # The words come through Django's translations; nothing else of it is needed, so the command
    # answers at once and on a machine where nothing is set up.
    from django.conf import settings

    if not settings.configured:
        settings.configure(LANGUAGE_CODE="vi", USE_I18N=False)


def _text_of(file: str) -> str:
    from .deadline_cases import BadCase

    try:
        if file == "-":
            told = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(file).open("rb") as source:
                told = source.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise BadCase("", f"không đọc được tệp “{file}”") from error
    if len(told) > LARGEST:
        raise BadCase("", "tệp quá lớn để là một trường hợp")
    try:
        return told.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadCase("", "tệp không phải là văn bản UTF-8") from error


def _explained(case: "Case") -> "Explanation":
    from motcua.calendars.working import BeyondTheCalendar
    from motcua.dossiers import clock

    from .deadline_cases import BadCase

    try:
        return clock.explain(
            case.events,
            limit=case.limit,
            policy=case.policy,
            calendar=case.calendar,
            at=case.asked_at,
        )
    except BeyondTheCalendar as error:
        reason = "với lịch này, thời hạn không kết thúc trong những năm tính được"
        raise BadCase("calendar", reason) from error


def _answer(explanation: "Explanation") -> dict[str, Any]:
    from motcua.kernel.clock import CITY_TIME

    if_answered = explanation.due_if_answered_now
    return {
        "due_at": explanation.due_at.astimezone(CITY_TIME).isoformat(),
        "state": explanation.state.value,
        "overdue": explanation.overdue,
        "due_if_answered_now": if_answered and if_answered.astimezone(CITY_TIME).isoformat(),
        "skipped": [_skipped(i) for i in explanation.intervals if i.skip is not None],
        "text": explanation.text,
    }


def _skipped(interval: "Interval") -> dict[str, str]:
    from motcua.kernel.clock import CITY_TIME

    assert interval.skip is not None
    told = {
        "from": interval.begins.astimezone(CITY_TIME).isoformat(),
        "to": interval.ends.astimezone(CITY_TIME).isoformat(),
        "reason": interval.skip.value,
    }
    return told | {"name": interval.name} if interval.name else told
