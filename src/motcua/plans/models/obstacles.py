"""A difficulty that an agency met, and who is to resolve it."""

from datetime import date

from django.db import models

from motcua.kernel.constraints import filled_exactly_while, filled_together, filled_while
from motcua.kernel.ledger.models import Subject
from motcua.offices.models import Agency, Officer
from motcua.plans.lifecycle import ENDED_OBSTACLES, UNSOLVED_STATES, ObstacleState

from .plans import Plan, Task

_ROUTED = UNSOLVED_STATES | {ObstacleState.ANSWERED, ObstacleState.CLOSED}
_ANSWERED = frozenset({ObstacleState.ANSWERED, ObstacleState.CLOSED})


class Obstacle(models.Model):
    """About a task of the plan or a procedure, or neither; its history is in the ledger."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    procedure = models.CharField(max_length=20, blank=True)  # its code
    title = models.CharField(max_length=200)
    words = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(
        max_length=10, choices=ObstacleState.choices, default=ObstacleState.RAISED
    )
    solver = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer_due_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "plan_obstacle"
        constraints = [
            models.CheckConstraint(
                name="obstacle_state_is_a_known_one",
                condition=models.Q(state__in=ObstacleState.values),
            ),
            models.CheckConstraint(
                name="obstacle_knows_who_resolves_it_once_routed",
                condition=filled_while("solver", state_in=_ROUTED)
                & filled_together("solver", "answer_due_on"),
            ),
            models.CheckConstraint(
                name="obstacle_has_an_answer_once_answered",
                condition=filled_while("answered_at", state_in=_ANSWERED)
                & filled_together("answered_at", "answered_by"),
            ),
            models.CheckConstraint(
                name="obstacle_ends_exactly_when_nobody_must_move",
                condition=filled_exactly_while("ended_at", state_in=ENDED_OBSTACLES),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Subject:
        return Subject("plans.obstacle", str(self.pk))

    @property
    def lifecycle_state(self) -> ObstacleState:
        return ObstacleState(self.state)

    def is_answer_late(self, on: date) -> bool:
        """Return whether the answer is owed past its day."""
        return (
            self.state in UNSOLVED_STATES
            and self.answer_due_on is not None
            and self.answer_due_on < on
        )
