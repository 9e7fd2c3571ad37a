"""The index of the city, an agency or a commune: six groups, every criterion, how dossiers came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from motcua.kernel import clock
from motcua.offices.queries import officer_names
from motcua.steering.definitions import Measure
from motcua.steering.definitions.index766 import Level, Score
from motcua.steering.queries.index766 import Subject, Ways, scores_of_officers, ways_of
from motcua.web.access import OfficerRequest
from motcua.web.board.access import overseer_required
from motcua.web.words import Words

from .asked import Asked, Refused, asked_of, periods
from .shown import Section, count, decimal, per_cent, sections

REFRESH_SECONDS = 10
RANKED: Mapping[Level, Words] = {
    Level.DEPARTMENT: gettext_lazy("Sở, ban, ngành, điểm cao xếp trước"),
    Level.DISTRICT: gettext_lazy("Quận, huyện, điểm cao xếp trước"),
    Level.COMMUNE: gettext_lazy("Phường, xã, thị trấn, điểm cao xếp trước"),
}


@overseer_required
@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Show the index of one period, as known now or on a past day."""
    now = clock.now()
    try:
        asked = asked_of(request)
    except Refused as refused:
        return render(
            request,
            "board/index766/refused.html",
            {"problems": [refused.problem], **_form(request, now)},
            status=422,
        )
    return render(
        request,
        "board/index766/index.html",
        {
            **_form(request, now),
            "asked": asked,
            "query": asked.query(),
            "now": now,
            "agencies": asked.seen if len(asked.seen) > 1 else (),
            "period": asked.figures.period.key,
            "refresh": REFRESH_SECONDS if asked.is_live else 0,
            "profile": asked.figures.profile,
            "told": _Told(asked, ways_of(asked.figures, asked.subject)),
            "officers": _officers(asked),
        },
    )


@dataclass(frozen=True)
class _Told:
    """What the page tells: each part is made when it is drawn, and what was drawn before is not."""

    asked: Asked
    counted: Ways

    @cached_property
    def score(self) -> Score:
        return self.asked.figures.score(self.asked.subject)

    @property
    def total(self) -> str:
        return decimal(self.score.total)

    @cached_property
    def sections(self) -> list[Section]:
        return sections(self.asked, self.score.groups)

    @cached_property
    def ways(self) -> dict[str, Any]:
        return _ways(self.counted, knows_hands=Measure.TYPED in self.asked.figures.recorded)

    @cached_property
    def ranked(self) -> list[dict[str, Any]]:
        return _ranked(self.asked)


def _form(request: OfficerRequest, now: datetime) -> dict[str, Any]:
    today = clock.day_of(now)
    return {
        "today": today,
        "periods": partial(periods, today),  # called where it is drawn, once a day
        "period": request.GET.get("ky", ""),
        "code": request.GET.get("co-quan", ""),
        "as_of": request.GET.get("den-ngay", ""),
    }


def _ways(ways: Ways, *, knows_hands: bool) -> dict[str, Any]:
    """Return how the dossiers came, the two shares beside each other, and what is doubtful."""
    now = ways.now

    def share(part: int) -> str:
        return per_cent(Fraction(part, now.received) if now.received else None)

    return {
        "received": count(now.received),
        "rows": [
            {"key": key, "number": count(part), "share": share(part)}
            for key, part in (
                ("alone", now.alone),
                ("helped", now.helped),
                ("typed", now.typed),
                ("counter", now.counter),
                ("post", now.post),
            )
        ],
        "knows_hands": knows_hands,
        "legal": per_cent(now.legal),
        "legal_before": per_cent(ways.before.legal),
        "remote": per_cent(now.remote) if knows_hands else "",
        "online": count(now.online),
        "remote_online": count(now.online - now.typed),
        "signs": ways.signs,
    }


def _ranked(asked: Asked) -> list[dict[str, Any]]:
    """Return those below, like with like: what does not apply to one level gives it the most."""
    below = [each for each in asked.figures.subjects.below(asked.subject) if each in asked.seen]
    tables = []
    for level, title in RANKED.items():
        if among := [subject for subject in below if subject.level is level]:
            tables.append({"key": f"hang-{level}", "title": title, "rows": _places(asked, among)})
    return tables


def _places(asked: Asked, among: Sequence[Subject]) -> list[dict[str, Any]]:
    """Return a row for each, the best first; equal totals share a place."""
    rows: list[dict[str, Any]] = []
    last: Score | None = None
    for number, (subject, score) in enumerate(asked.figures.ranked(among), start=1):
        is_equal = last is not None and last.total == score.total
        rows.append(
            {
                "place": rows[-1]["place"] if is_equal else number,
                "name": subject.name,
                "href": f"?{asked.query(**{'co-quan': subject.code})}",
                "groups": tuple((e.group.number, decimal(e.points)) for e in score.groups),
                "total": decimal(score.total),
                "band": score.band.name if score.band else "",
            }
        )
        last = score
    return rows


def _officers(asked: Asked) -> list[dict[str, Any]]:
    """Return the officers of the agency itself; the city and districts are judged as a whole."""
    if asked.subject.level is Level.CITY:
        return []
    found = scores_of_officers(
        asked.figures.period,
        as_of=asked.figures.as_of,
        at=asked.figures.at,
        agency_ids=[asked.subject.agency_id],
    )
    names = officer_names({officer for officer, _agency, _score in found})
    rows = []
    for officer, _agency, score in found:
        [criterion] = score.criteria
        rows.append(
            {
                "name": names.get(officer, ""),
                "numerator": count(criterion.numerator),
                "denominator": count(criterion.denominator),
                "ratio": per_cent(criterion.ratio),
                "points": decimal(criterion.points),
            }
        )
    return rows
