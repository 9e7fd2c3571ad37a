"""The org chart: places, agencies, units, posts, and who holds them from when to when."""

from datetime import date
from typing import Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from motcua.accounts.models import Account

from .definitions import (
    AgencyKind,
    HoursRule,
    PlaceLevel,
    PostRole,
    Span,
    SuccessionKind,
    UnitRole,
)

__all__ = [
    "Agency",
    "AgencyKind",
    "AgencySuccession",
    "Appointment",
    "Officer",
    "Place",
    "PlaceLevel",
    "PlaceSuccession",
    "Post",
    "PostRole",
    "ServiceHours",
    "SuccessionKind",
    "Unit",
    "UnitRole",
    "in_force",
]

RowT = TypeVar("RowT", bound=models.Model)


class DatedQuerySet(models.QuerySet[RowT]):
    """Rows that hold from one day to another."""

    def in_force(self, on: date) -> Self:
        """Keep the rows whose validity covers the day `on` (valid_to is the last day)."""
        return self.filter(in_force(on))


def in_force(on: date, *, through: str = "") -> models.Q:
    """Return the condition that a row, or the one reached `through`, covers the day `on`."""
    last = f"{through}valid_to"
    current = models.Q(**{f"{last}__isnull": True}) | models.Q(**{f"{last}__gte": on})
    return models.Q(**{f"{through}valid_from__lte": on}) & current


def _ends_no_earlier_than_it_begins() -> models.Q:
    return models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from"))


class Place(models.Model):
    """A province, district or commune. Codes are reused, so the key is code and first day."""

    code = models.CharField(max_length=5)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=30)  # thành phố, quận, huyện, phường, xã, thị trấn
    level = models.CharField(max_length=10, choices=PlaceLevel.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Keys made by kernel.text, compared byte by byte whatever the database's language is.
    folded_name = models.TextField(db_collation="C", editable=False)
    sort_key = models.TextField(db_collation="C", editable=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet["Place"].as_manager()

    class Meta:
        db_table = "place"
        constraints = [
            models.UniqueConstraint(
                name="place_code_starts_once_a_day", fields=["code", "valid_from"]
            ),
            models.UniqueConstraint(
                name="place_code_names_one_place_today",
                fields=["code"],
                condition=models.Q(valid_to__isnull=True),
            ),
            models.CheckConstraint(
                name="place_ends_no_earlier_than_it_begins",
                condition=_ends_no_earlier_than_it_begins(),
            ),
            models.CheckConstraint(
                name="place_has_a_parent_exactly_below_the_province",
                condition=models.Q(level=PlaceLevel.PROVINCE, parent__isnull=True)
                | (~models.Q(level=PlaceLevel.PROVINCE) & models.Q(parent__isnull=False)),
            ),
        ]
        indexes = [models.Index(name="place_list_order", fields=["level", "sort_key"])]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Return the name as it is said: "phường Cái Khế"."""
        return f"{self.kind} {self.name}"


class PlaceSuccession(models.Model):
    """What became of a place, in whole or in part. Papers of the old one stay valid."""

    old = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    new = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=SuccessionKind.choices)
    on = models.DateField()  # the first day under the new one

    class Meta:
        db_table = "place_succession"
        constraints = [
            models.UniqueConstraint(
                name="place_succession_is_told_once", fields=["old", "new", "on"]
            ),
            models.CheckConstraint(
                name="place_does_not_succeed_itself",
                condition=~models.Q(old=models.F("new")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} -> {self.new_id} ({self.on})"


class Agency(models.Model):
    """A body with powers of its own: a department, a district, a commune."""

    code = models.CharField(max_length=20)  # 000.00.19.H13 (QCVN 102:2016 form)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=AgencyKind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    aliases = models.JSONField(default=list, blank=True)  # other spellings in official texts
    folded_name = models.TextField(db_collation="C", editable=False)  # aliases included
    sort_key = models.TextField(db_collation="C", editable=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet["Agency"].as_manager()

    class Meta:
        db_table = "agency"
        verbose_name_plural = "agencies"
        constraints = [
            # For ever: dossier codes begin with it and are never reused.
            models.UniqueConstraint(name="agency_code_is_used_once", fields=["code"]),
            models.CheckConstraint(
                name="agency_ends_no_earlier_than_it_begins",
                condition=_ends_no_earlier_than_it_begins(),
            ),
        ]
        indexes = [models.Index(name="agency_list_order", fields=["kind", "sort_key"])]

    def __str__(self) -> str:
        return self.name


class AgencySuccession(models.Model):
    """Which agency took over from which, and so who answers for open dossiers."""

    old = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    new = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=SuccessionKind.choices)
    on = models.DateField()  # the first day under the new one

    class Meta:
        db_table = "agency_succession"
        constraints = [
            models.UniqueConstraint(
                name="agency_succession_is_told_once", fields=["old", "new", "on"]
            ),
            models.CheckConstraint(
                name="agency_does_not_succeed_itself",
                condition=~models.Q(old=models.F("new")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} -> {self.new_id} ({self.on})"


class Unit(models.Model):
    """A part of an agency where posts are: its one-stop unit, a specialist bureau, its head."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=12, choices=UnitRole.choices)
    # Procedure codes it is named for, where an agency has several units of one role.
    settles = models.JSONField(default=list, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet["Unit"].as_manager()

    class Meta:
        db_table = "unit"
        constraints = [
            models.UniqueConstraint(
                name="unit_name_starts_once_a_day_in_its_agency",
                fields=["agency", "name", "valid_from"],
            ),
            models.CheckConstraint(
                name="unit_ends_no_earlier_than_it_begins",
                condition=_ends_no_earlier_than_it_begins(),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceHours(models.Model):
    """
    A stretch in which a unit's counters serve, or a day on which they do not.

    With a weekday it holds every week while valid; without, it is an exception for the days from
    `valid_from` to `valid_to`, and without a stretch those days are closed.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)  # 0: Monday
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet["ServiceHours"].as_manager()

    class Meta:
        db_table = "service_hours"
        constraints = [
            models.UniqueConstraint(
                name="service_hours_open_once_at_a_time",
                fields=["unit", "weekday", "opens", "valid_from"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="service_hours_name_a_day_of_the_week",
                condition=models.Q(weekday__isnull=True) | models.Q(weekday__lte=6),
            ),
            models.CheckConstraint(
                name="service_hours_close_after_they_open",
                condition=models.Q(opens__isnull=True, closes__isnull=True, weekday__isnull=True)
                | models.Q(opens__isnull=False, closes__isnull=False, closes__gt=models.F("opens")),
            ),
            models.CheckConstraint(
                name="service_hours_exception_has_a_last_day",
                condition=models.Q(weekday__isnull=False) | models.Q(valid_to__isnull=False),
            ),
            models.CheckConstraint(
                name="service_hours_end_no_earlier_than_they_begin",
                condition=_ends_no_earlier_than_it_begins(),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.weekday} {self.opens}-{self.closes}"

    @property
    def rule(self) -> HoursRule:
        """Return the line as the rules of service hours read it."""
        span = None
        if self.opens is not None and self.closes is not None:
            span = Span(opens=self.opens, closes=self.closes)
        return HoursRule(
            weekday=self.weekday, span=span, valid_from=self.valid_from, valid_to=self.valid_to
        )


class Officer(models.Model):
    """A person in public service. Powers come from the posts held, never from the person."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="officer")
    full_name = models.CharField(max_length=150)
    folded_name = models.TextField(db_collation="C", editable=False)
    sort_key = models.TextField(db_collation="C", editable=False)  # the given name first
    staff_code = models.CharField(max_length=30)

    class Meta:
        db_table = "officer"
        constraints = [
            models.UniqueConstraint(name="officer_staff_code_is_their_own", fields=["staff_code"]),
        ]

    def __str__(self) -> str:
        return self.full_name


class Post(models.Model):
    """A place in a unit, with the role its holders act in."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=15, choices=PostRole.choices)
    title = models.CharField(max_length=150)

    class Meta:
        db_table = "post"
        constraints = [
            models.UniqueConstraint(
                name="post_title_is_used_once_in_its_unit", fields=["unit", "title"]
            ),
        ]

    def __str__(self) -> str:
        return self.title


def _alone(field: str) -> models.Func:
    # A range of one number lets GiST compare ids without the btree_gist extension.
    return models.Func(models.F(field), models.F(field), models.Value("[]"), function="int8range")


class Appointment(models.Model):
    """An officer holds a post from one day to another."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet["Appointment"].as_manager()

    class Meta:
        db_table = "appointment"
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_no_earlier_than_it_begins",
                condition=_ends_no_earlier_than_it_begins(),
            ),
            ExclusionConstraint(
                name="appointment_is_not_held_twice_at_once",
                expressions=[
                    (_alone("officer"), RangeOperators.OVERLAPS),
                    (_alone("post"), RangeOperators.OVERLAPS),
                    (
                        models.Func(
                            "valid_from", "valid_to", models.Value("[]"), function="daterange"
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} @ {self.post_id}"
