"""Lines of people: the tickets of a unit and a day, and the counters that call them."""

from django.db import models

from motcua.kernel.constraints import filled_exactly_while, filled_only_while, filled_while
from motcua.kernel.ledger.models import Subject
from motcua.offices.models import Officer, Unit

from .definitions import Priority, Purpose
from .lifecycle import (
    AT_COUNTER,
    CALLED_STATES,
    ENDED_STATES,
    OPEN_STATES,
    TicketState,
)

__all__ = ["Counter", "Priority", "Purpose", "QueueDay", "Ticket", "TicketState"]


class Counter(models.Model):
    """A counter of a unit, and who sits at it. Yesterday's officer is gone today."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    officer = models.ForeignKey(
        Officer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    seated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "queue_counter"
        constraints = [
            models.UniqueConstraint(
                name="counter_number_is_used_once_in_its_unit", fields=["unit", "number"]
            ),
            models.UniqueConstraint(name="officer_sits_at_one_counter", fields=["officer"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.number}"

    @property
    def subject(self) -> Subject:
        return Subject("queues.counter", str(self.pk))


class QueueDay(models.Model):
    """The line of a unit on one day: its last number, and whose turn the next call is."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    last_number = models.PositiveIntegerField(default=0)
    last_call_was_priority = models.BooleanField(default=False)

    class Meta:
        db_table = "queue_day"
        constraints = [
            models.UniqueConstraint(name="queue_of_a_unit_is_one_a_day", fields=["unit", "on"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.on}: {self.last_number}"


class Ticket(models.Model):
    """A place in line. Whoever holds the paper is whoever it is for; no name is asked."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    priority = models.CharField(max_length=10, choices=Priority.choices, default=Priority.NONE)
    secret = models.CharField(max_length=10)  # opens one's place in line
    key = models.UUIDField()  # of the form it was taken with: sent twice, it is one ticket
    kiosk_mark = models.CharField(max_length=64, blank=True)  # a keyed hash, for the day only
    state = models.CharField(
        max_length=12, choices=TicketState.choices, default=TicketState.WAITING
    )
    taken_at = models.DateTimeField()
    queued_at = models.DateTimeField()  # since when it stands in line; readmitted, at its end
    called_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)  # called, or called again
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    readmitted_at = models.DateTimeField(null=True, blank=True)
    counter = models.ForeignKey(
        Counter, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    officer = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    wanted_counter = models.ForeignKey(
        Counter, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    successor = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "queue_ticket"
        constraints = [
            models.UniqueConstraint(
                name="ticket_number_is_given_once_a_day", fields=["unit", "on", "number"]
            ),
            models.UniqueConstraint(name="ticket_secret_opens_one_place", fields=["secret"]),
            models.UniqueConstraint(name="ticket_form_is_one_ticket", fields=["key"]),
            models.UniqueConstraint(
                name="counter_has_one_ticket_at_a_time",
                fields=["counter"],
                condition=models.Q(state__in=sorted(AT_COUNTER)),
            ),
            models.CheckConstraint(
                name="ticket_state_is_a_known_one",
                condition=models.Q(state__in=TicketState.values),
            ),
            models.CheckConstraint(
                name="ticket_priority_is_a_known_one",
                condition=models.Q(priority__in=Priority.values),
            ),
            models.CheckConstraint(
                name="ticket_purpose_is_a_known_one",
                condition=models.Q(purpose__in=Purpose.values),
            ),
            models.CheckConstraint(
                name="ticket_knows_who_called_it_once_called",
                condition=filled_while("counter", state_in=CALLED_STATES)
                & filled_while("officer", state_in=CALLED_STATES)
                & filled_while("called_at", state_in=CALLED_STATES)
                & filled_while("announced_at", state_in=CALLED_STATES),
            ),
            models.CheckConstraint(
                name="ticket_in_line_is_at_no_counter",
                condition=filled_only_while(
                    "counter", state_in=CALLED_STATES | {TicketState.EXPIRED}
                ),
            ),
            models.CheckConstraint(
                name="ticket_wants_a_counter_only_in_line",
                condition=filled_only_while("wanted_counter", state_in=[TicketState.WAITING]),
            ),
            models.CheckConstraint(
                name="ticket_being_served_has_a_beginning",
                condition=filled_while(
                    "started_at", state_in=[TicketState.SERVING, TicketState.SERVED]
                ),
            ),
            models.CheckConstraint(
                name="ticket_ends_exactly_when_nobody_serves_it",
                condition=filled_exactly_while("ended_at", state_in=ENDED_STATES),
            ),
            models.CheckConstraint(
                name="ticket_goes_on_elsewhere_exactly_when_transferred",
                condition=filled_exactly_while("successor", state_in=[TicketState.TRANSFERRED]),
            ),
        ]
        indexes = [
            models.Index(
                name="queue_ticket_in_line",
                fields=["unit", "on", "queued_at", "number"],
                condition=models.Q(state__in=sorted(OPEN_STATES)),
            ),
            models.Index(
                name="queue_ticket_by_call",
                fields=["unit", "on", "-announced_at"],
                condition=models.Q(announced_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.on} {self.number} ({self.state})"

    @property
    def subject(self) -> Subject:
        return Subject("queues.ticket", str(self.pk))

    @property
    def has_priority(self) -> bool:
        return self.priority != Priority.NONE
