"""The board: 26 agencies beside their targets, sorted, as of any moment, read by either map."""

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from motcua.kernel import clock
from motcua.steering.definitions.targets import plan_register
from motcua.steering.queries.targets import Board, MapRead, Row, board, waiting_explanations
from motcua.web.access import OfficerRequest
from motcua.web.board.access import overseer_required, seen_ids, sees_all

from . import shown, words
from .asking import Asked, asked_of, told_where

# How often a page that is open asks for newer figures.
FRESH_SECONDS = 5


@overseer_required
@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Show the board; a day that cannot be asked for is refused with the reason, above today's."""
    now = clock.now()
    asked = asked_of(request, now=now)
    whole = board(as_of=asked.as_of, at=now, by=asked.by)
    problems = [{"key": "den-ngay", "message": asked.problem}] if asked.problem else []
    return render(
        request,
        "board/targets/show.html",
        {
            **_context(request, asked, whole),
            "problems": problems,
            "typed": asked.typed or whole.until.isoformat(),
            "is_new_map": asked.by is MapRead.NEW,
            "plan": plan_register(),
            "today": clock.day_of(now),
            "waiting": waiting_explanations() if sees_all(request.mandate) else [],
            "fresh_seconds": 0 if whole.is_past else FRESH_SECONDS,
        },
        status=422 if problems else 200,
    )


@overseer_required
@require_safe
def table(request: OfficerRequest) -> HttpResponse:
    """Send what of the board moves, unless the visitor has just that (304)."""
    now = clock.now()
    asked = asked_of(request, now=now)
    if asked.problem:
        return told_where("board:targets", request)
    whole = board(as_of=asked.as_of, at=now, by=asked.by)
    content = render_to_string(
        "board/targets/_figures.html", _context(request, asked, whole), request
    )
    etag = f'"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'
    response = HttpResponse(content, headers={"ETag": etag, "Cache-Control": "private, no-cache"})
    return get_conditional_response(request, etag=etag, response=response) or response


def _context(request: OfficerRequest, asked: Asked, whole: Board) -> dict[str, Any]:
    return {
        "asked": asked,
        "seen": whole.seen_until,
        "whole": whole,
        "told": _Told(asked, whole, seen_ids(request.mandate)),
        "floor": words.percent(plan_register().floor),
    }


@dataclass(frozen=True)
class _Told:
    """What moves on the board: made when it is drawn, and what was drawn before is not."""

    asked: Asked
    whole: Board
    seen: frozenset[int] | None

    @property
    def of(self) -> Hashable:
        """Return all that it follows from."""
        return self.whole.basis, self.asked, self.seen

    @property
    def columns(self) -> list[shown.Column]:
        return shown.columns(self.asked, self.whole)

    @cached_property
    def _ordered(self) -> list[Row]:
        return shown.ordered(self.whole.rows, self.asked)

    @cached_property
    def rows(self) -> list[shown.Told]:
        return [shown.told_of(row, self.whole, self.asked, seen=self.seen) for row in self._ordered]

    @property
    def city(self) -> shown.Told:
        return shown.city_told(self.whole)

    @property
    def chart(self) -> SafeString:
        return shown.bar_chart(self.whole, self._ordered)

    @property
    def behind(self) -> int:
        return len(shown.falling_short(self.whole.rows))
