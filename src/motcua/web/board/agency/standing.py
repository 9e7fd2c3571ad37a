"""What stands on an agency's page beside the figures: what is late, targets set, explanations."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.dossiers.definitions import CauseClass
from motcua.dossiers.queries import LateStand, late_tallies
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate, officers_holding
from motcua.steering.definitions.targets import Progress, Share
from motcua.steering.models import Target, TargetExplanation
from motcua.steering.policies import NotForYou, NothingToExplain, check_may_explain
from motcua.steering.queries.targets import Row
from motcua.web.board.lateness.asked import WITH_BELOW
from motcua.web.board.targets import words


@dataclass(frozen=True, kw_only=True)
class Late:
    """How many dossiers are late now, of one cause, and where the list is."""

    cause: str
    count: int
    href: str


@dataclass(frozen=True, kw_only=True)
class LateNow:
    """What is late now and why, and where the whole list is."""

    count: int
    causes: tuple[Late, ...]
    href: str


def late_now(row: Row, *, at: datetime, month: date) -> LateNow:
    """Return what of the agency's dossiers is late, by whose doing it is."""
    asked = {"theo": "cause", "cot": LateStand.LATE.value, "co-quan": row.code}
    if len(row.agency_ids) > 1:
        asked[WITH_BELOW] = "1"
    counted: Counter[str] = Counter()
    for tally in late_tallies(sorted(row.agency_ids), month=month.replace(day=1), at=at):
        if tally.stand == LateStand.LATE.value:
            counted[tally.cause or ""] += tally.dossiers
    return LateNow(
        count=counted.total(),
        causes=tuple(
            Late(
                cause=str(CauseClass(cause).label) if cause else _("Chưa ghi nguyên nhân"),
                count=count,
                href=_late_list({**asked, "gia-tri": cause}),
            )
            for cause, count in counted.most_common()
        ),
        href=_late_list(asked),
    )


def _late_list(asked: Mapping[str, str]) -> str:
    return f"{reverse('board:late-dossiers')}?{urlencode(asked)}"


def head_of(agency_id: int, on: date) -> str:
    """Return who leads the agency on a day, and so answers for its target; empty: nobody does."""
    holders = officers_holding(PostRole.LEADER, agency_id, on)
    return holders[0].full_name if holders else ""


def why_not_explained(mandate: Mandate, agency_id: int, progress: Progress) -> str | None:
    """Return why the officer cannot explain now; empty: they can; None: it is not theirs."""
    try:
        check_may_explain(mandate, agency_id, progress.outlook)
    except NotForYou:
        return None
    except NothingToExplain as refusal:
        return str(refusal)
    return ""


def targets_told(targets: Sequence[Target]) -> list[dict[str, Any]]:
    """Return the history of targets as lines."""
    return [
        {
            "first_on": each.first_on,
            "last_on": each.last_on,
            "percent": words.percent(each.tenths),
            "minimum": words.percent(each.minimum_tenths),
            "source": each.source,
            "source_on": each.source_on,
            "row": each.source_row,
            "wording": each.source_wording,
            "by": each.set_by.full_name if each.set_by else "",
            "reason": each.reason,
            "replaced_at": each.replaced_at,
        }
        for each in targets
    ]


def explanations_told(
    explanations: Sequence[TargetExplanation], *, may_answer: bool
) -> list[dict[str, Any]]:
    """Return the explanations as they are read, with where they are answered."""
    return [
        {
            "words": each.words,
            "by": each.stated_by.full_name,
            "at": each.stated_at,
            "until": each.until_on,
            "actual": _percent_of(each),
            "target": words.percent(each.target.tenths),
            "forecast": words.percent(each.forecast_tenths),
            "accepted": each.accepted,
            "answer": each.answer,
            "answered_by": each.answered_by.full_name if each.answered_by else "",
            "answered_at": each.answered_at,
            "answer_href": reverse("board:explanation-answer", args=[each.pk])
            if may_answer and each.answered_at is None
            else "",
        }
        for each in explanations
    ]


def _percent_of(each: TargetExplanation) -> str:
    share = Share(online=each.online, received=each.received)
    return f"{words.percent(share.tenths)} ({words.counted(share)})"
