"""What the city says of its calendar: changes that one person proposes and another decides."""

from django.db import models

from motcua.kernel.constraints import filled_together
from motcua.kernel.ledger.models import Subject

from .definitions import DayLine, HoursLine
from .definitions.changes import read_sessions, read_week
from .seeds import DayKind


class CalendarChange(models.Model):
    """
    A change to the calendar. Approved, it is an edition: the calendar of an edition is what is
    shipped and every change up to it. Nothing of it is altered afterwards (triggers see to that).
    """

    basis = models.CharField(max_length=300)
    reason = models.CharField(max_length=2000)
    # By rule a change is for what is promised later; open dossiers only follow for a reason.
    recalculates = models.BooleanField(default=False)
    recalculation_reason = models.CharField(max_length=2000, blank=True)
    proposed_by = models.CharField(max_length=60)  # as the ledger names an actor
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=60, null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=2000, blank=True)
    edition = models.PositiveIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64)  # of the lines, to know the same when it comes again

    class Meta:
        db_table = "calendar_change"
        constraints = [
            models.UniqueConstraint(name="calendar_edition_is_given_once", fields=["edition"]),
            models.UniqueConstraint(
                name="calendar_change_waits_once",
                fields=["digest"],
                condition=models.Q(decided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="calendar_change_is_decided_by_a_second_person",
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by")),
            ),
            models.CheckConstraint(
                name="calendar_change_is_decided_by_somebody_at_a_moment",
                condition=filled_together("decided_by", "decided_at"),
            ),
            models.CheckConstraint(
                name="calendar_edition_is_of_a_decided_change",
                condition=models.Q(edition__isnull=True) | models.Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="calendar_change_is_rejected_with_a_reason",
                condition=models.Q(decided_at__isnull=True)
                | models.Q(edition__isnull=False)
                | ~models.Q(decision_reason=""),
            ),
            models.CheckConstraint(
                name="calendar_change_has_basis_and_reason",
                condition=~models.Q(basis="") & ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="calendar_change_recalculates_for_a_reason",
                condition=models.Q(recalculates=False) | ~models.Q(recalculation_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.basis}"

    @property
    def subject(self) -> Subject:
        return Subject("calendars.change", str(self.pk))

    @property
    def is_open(self) -> bool:
        return self.decided_at is None


class ChangedDay(models.Model):
    """What a change says of one day."""

    # The unique constraint's index begins with it.
    change = models.ForeignKey(
        CalendarChange, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in DayKind])
    name = models.CharField(max_length=200)
    basis = models.CharField(max_length=300)
    sessions = models.JSONField(default=list)  # of a half day: [["07:00", "11:00"]]

    class Meta:
        db_table = "calendar_changed_day"
        constraints = [
            models.UniqueConstraint(
                name="calendar_change_tells_a_day_once", fields=["change", "day"]
            ),
            models.CheckConstraint(
                name="changed_day_is_of_a_known_kind",
                condition=models.Q(kind__in=[kind.value for kind in DayKind]),
            ),
            models.CheckConstraint(
                name="changed_day_has_name_and_basis",
                condition=~models.Q(name="") & ~models.Q(basis=""),
            ),
            models.CheckConstraint(
                name="changed_day_has_hours_exactly_when_it_is_half",
                condition=models.Q(kind="half_day", sessions__0__isnull=False)
                | (~models.Q(kind="half_day") & models.Q(sessions=[])),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.kind}"

    @property
    def line(self) -> DayLine:
        return DayLine(
            day=self.day,
            kind=DayKind(self.kind),
            name=self.name,
            basis=self.basis,
            sessions=read_sessions(self.sessions),
        )


class ChangedHours(models.Model):
    """What a change says of the hours of one agency, or of all, from a day on."""

    # The unique constraint's index begins with it.
    change = models.ForeignKey(
        CalendarChange, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # Agencies live on a floor above; whoever proposes hours has looked the agency up there.
    agency_id = models.PositiveBigIntegerField(null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    sessions = models.JSONField()
    weekend = models.JSONField()  # as date.weekday() numbers them
    # Of weekdays that have hours of their own: {"5": [["07:00", "11:00"]]}.
    by_weekday = models.JSONField(default=dict)

    class Meta:
        db_table = "calendar_changed_hours"
        constraints = [
            models.UniqueConstraint(
                name="calendar_change_tells_hours_once",
                fields=["change", "agency_id", "since"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="changed_hours_end_after_they_begin",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
            models.CheckConstraint(
                name="changed_hours_have_a_session",
                condition=models.Q(sessions__0__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id or 'city'} {self.since}"

    @property
    def line(self) -> HoursLine:
        return HoursLine(
            agency_id=self.agency_id,
            since=self.since,
            until=self.until,
            sessions=read_sessions(self.sessions),
            weekend=frozenset(self.weekend),
            by_weekday=read_week(self.by_weekday),
        )
