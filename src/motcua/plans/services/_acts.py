"""What the acts have in common: locks, texts that must say something, and moving a duty."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext as _

from motcua.kernel import text
from motcua.kernel.ledger import events as ledger
from motcua.offices.queries import Mandate
from motcua.plans.events import DutyMoved, ObstacleMoved
from motcua.plans.lifecycle import DUTY_LIFECYCLE, ENDED_OBSTACLES, OBSTACLE_LIFECYCLE
from motcua.plans.models import Duty, Obstacle, Plan
from motcua.plans.policies import check_state_allows

RowT = TypeVar("RowT", bound=models.Model)

LONGEST = 4000


class Incomplete(Exception):
    """The act lacks something it needs; the message says what to fill in, `key` where."""

    def __init__(self, message: str, *, key: str = "words") -> None:
        super().__init__(message)
        self.key = key


class NoSuchRecord(Exception):
    """There is nothing under that number."""


def said(words: str, message: str, *, key: str = "words", longest: int = LONGEST) -> str:
    """
    Return the words trimmed and in one Unicode form.

    :raises Incomplete: with the message, if nothing is left; or if there is too much
    """
    cleaned = text.clean_lines(words)
    if not cleaned:
        raise Incomplete(message, key=key)
    if len(cleaned) > longest:
        raise Incomplete(_("Nội dung dài quá %(longest)s ký tự.") % {"longest": longest}, key=key)
    return cleaned


def locked(rows: models.QuerySet[RowT], pk: int) -> RowT:
    """
    Return the row, held against every other writer until the transaction ends.

    :raises NoSuchRecord: if there is none
    """
    row = rows.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if row is None:
        raise NoSuchRecord(_("Không có mục này."))
    return row


def locked_duty(duty_id: int) -> tuple[Duty, Plan]:
    """
    Return the duty, held, and its plan.

    :raises NoSuchRecord: if there is none
    """
    duty = locked(Duty.objects.select_related("task__plan__keeper", "agency"), duty_id)
    return duty, duty.task.plan


def locked_obstacle(obstacle_id: int) -> tuple[Obstacle, Plan]:
    """
    Return the obstacle, held, and its plan.

    :raises NoSuchRecord: if there is none
    """
    obstacle = locked(Obstacle.objects.select_related("plan__keeper", "agency"), obstacle_id)
    return obstacle, obstacle.plan


def move_duty(
    duty: Duty, verb: str, *, tell: type[DutyMoved], words: str, mandate: Mandate, at: datetime
) -> None:
    """
    Take the duty to where the verb leads, save it, and put that on record.

    :raises HasMovedOn: if its state does not allow that
    """
    before = duty.lifecycle_state
    check_state_allows(DUTY_LIFECYCLE, verb, before, before.label)
    after = DUTY_LIFECYCLE.target_of(verb, state=before)
    duty.state = after
    duty.save()
    ledger.record(
        tell(
            clause=duty.task.clause,
            owner=duty.agency.name if duty.agency else duty.outsider,
            period=duty.period_first.isoformat(),
            from_state=before.value,
            to_state=after.value,
            percent=duty.percent,
            words=words,
        ),
        subject=duty.subject,
        actor=mandate.actor,
        at=at,
    )


def move_obstacle(
    obstacle: Obstacle,
    verb: str,
    *,
    tell: Callable[..., ObstacleMoved],
    words: str,
    mandate: Mandate,
    at: datetime,
    **details: str,
) -> None:
    """
    Take the obstacle to where the verb leads, save it, and put that on record.

    :raises HasMovedOn: if its state does not allow that
    """
    before = obstacle.lifecycle_state
    check_state_allows(OBSTACLE_LIFECYCLE, verb, before, before.label)
    after = OBSTACLE_LIFECYCLE.target_of(verb, state=before)
    obstacle.state = after
    obstacle.ended_at = at if after in ENDED_OBSTACLES else None
    obstacle.save()
    ledger.record(
        tell(
            from_state=before.value,
            to_state=after.value,
            solver=obstacle.solver_id,
            words=words,
            **details,
        ),
        subject=obstacle.subject,
        actor=mandate.actor,
        at=at,
    )
