"""The dossier and what belongs to it. Its history is the ledger; its state repeats the law."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.documents.models import StoredFile
from motcua.dossiers.lifecycle import (
    ACCEPTED_STATES,
    AWAITING_ANSWER,
    CLOCK_PAUSED_IN,
    CLOSED_STATES,
    COMPLETED_STATES,
    DOSSIER_LIFECYCLE,
    ENDED_EITHER_WAY,
    NATIONAL_STATUS,
    OPEN_STATES,
    DossierState,
)
from motcua.kernel.constraints import (
    filled_exactly_while,
    filled_only_while,
    filled_together,
    filled_while,
)
from motcua.kernel.ledger.models import Subject
from motcua.offices.models import Agency, Officer, Unit
from motcua.parties.models import Person
from motcua.procedures.models import ProcedureVersion


class Channel(models.TextChoices):
    """How a dossier reached the city."""

    DIRECT = "direct", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    POST = "post", _("Bưu chính")


class Outcome(models.TextChoices):
    """What was decided."""

    GRANTED = "granted", _("Đồng ý giải quyết")
    DENIED = "denied", _("Không đồng ý giải quyết")


class ReturnMethod(models.TextChoices):
    """How a result reaches its owner."""

    ONLINE = "online", _("Trên mạng")
    COUNTER = "counter", _("Tại Bộ phận Một cửa")
    POST = "post", _("Qua bưu chính")


class CodeCounter(models.Model):
    """The last number that a receiving agency gave out on a day. Gaps are allowed, reuse is not."""

    agency_code = models.CharField(max_length=20)
    on = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "dossier_code_counter"
        constraints = [
            models.UniqueConstraint(
                name="dossier_codes_are_counted_once_per_agency_and_day",
                fields=["agency_code", "on"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_code} {self.on}: {self.last}"


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Dossiers, and which of them are what a citizen asked for."""

    def filed(self) -> Self:
        """
        Keep what citizens filed: the truth about who counts as a dossier in figures.

        A part of a linked dossier is work of its agency, and no new filing.
        """
        return self.filter(parent__isnull=True)


class Dossier(models.Model):
    """One request of one person under one version of a procedure. Written only by services."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40)
    # Asked for beside the code when somebody looks a dossier up without signing in.
    lookup_secret = models.CharField(max_length=16)
    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    case_key = models.CharField(max_length=50)
    # Filled in the part of a linked dossier. The unique constraint's index begins with it.
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    part = models.CharField(max_length=50, null=True, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    state = models.CharField(
        max_length=30, choices=DossierState.choices, default=DOSSIER_LIFECYCLE.initial
    )
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    submitter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    owner_name = models.CharField(max_length=150)  # as it was on the day of filing
    owner_name_folded = models.CharField(max_length=150)
    answers = models.JSONField()
    receiving_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    settling_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    step_key = models.CharField(max_length=50, null=True, blank=True)
    step_unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    step_due_at = models.DateTimeField(null=True, blank=True)
    holder = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField()  # NgayNopHoSo
    intake_due_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)  # NgayTiepNhan
    due_at = models.DateTimeField(null=True, blank=True)  # NgayHenTra, a projection of the clock
    promised_at = models.DateTimeField(null=True, blank=True)  # the new date of an apology
    paused_at = models.DateTimeField(null=True, blank=True)
    # The other agency whose answer the dossier waits for, as people know it.
    waits_for = models.CharField(max_length=200, null=True, blank=True)
    # Until when the applicant may answer a supplement request, where the version sets a limit.
    answer_due_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)  # NgayKetThucXuLy
    returned_at = models.DateTimeField(null=True, blank=True)  # NgayTra
    # When time alone next changes something; null: never. See docs/decisions on waking.
    wakes_at = models.DateTimeField(null=True, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        db_table = "dossier"
        constraints = [
            # A constraint rather than `unique=True`, which would bring a second index for LIKE.
            models.UniqueConstraint(name="dossier_code_is_never_used_twice", fields=["code"]),
            models.CheckConstraint(
                name="dossier_state_is_known",
                condition=models.Q(state__in=DossierState.values),
            ),
            models.CheckConstraint(
                name="dossier_channel_is_known",
                condition=models.Q(channel__in=Channel.values),
            ),
            models.CheckConstraint(
                name="dossier_has_a_receipt_date_exactly_once_accepted",
                # Withdrawn or stopped it may have been before acceptance, or after.
                condition=filled_while("accepted_at", state_in=ACCEPTED_STATES)
                & filled_only_while("accepted_at", state_in=ACCEPTED_STATES | ENDED_EITHER_WAY),
            ),
            models.CheckConstraint(
                name="dossier_is_promised_for_a_day_exactly_once_accepted",
                condition=filled_together("accepted_at", "due_at"),
            ),
            models.CheckConstraint(
                name="dossier_waits_for_another_agency_exactly_while_one_is_asked",
                condition=filled_exactly_while(
                    "waits_for", state_in=[DossierState.AWAITING_AGENCY]
                ),
            ),
            models.CheckConstraint(
                name="dossier_answer_is_due_only_while_one_is_awaited",
                condition=filled_only_while("answer_due_at", state_in=AWAITING_ANSWER),
            ),
            models.CheckConstraint(
                name="dossier_clock_is_paused_exactly_while_the_law_says_so",
                condition=filled_exactly_while("paused_at", state_in=CLOCK_PAUSED_IN),
            ),
            models.CheckConstraint(
                name="dossier_is_completed_exactly_when_nothing_is_left_to_settle",
                condition=filled_exactly_while("completed_at", state_in=COMPLETED_STATES),
            ),
            models.CheckConstraint(
                name="dossier_is_returned_exactly_when_the_result_was_handed_over",
                condition=filled_exactly_while("returned_at", state_in=[DossierState.RETURNED]),
            ),
            models.CheckConstraint(
                name="dossier_stands_at_a_step_exactly_while_open",
                condition=filled_exactly_while("step_key", state_in=OPEN_STATES)
                & filled_exactly_while("step_unit", state_in=OPEN_STATES),
            ),
            models.CheckConstraint(
                name="dossier_is_held_only_while_a_unit_may_work_on_it",
                condition=filled_only_while(
                    "holder",
                    state_in=ACCEPTED_STATES & (OPEN_STATES - {DossierState.DECIDED}),
                ),
            ),
            # The index of the foreign key as well; most dossiers are not in it.
            models.UniqueConstraint(
                name="dossier_has_each_part_once",
                fields=["parent", "part"],
                condition=models.Q(parent__isnull=False),
            ),
            models.CheckConstraint(
                name="dossier_of_a_whole_says_which_part_it_is",
                condition=filled_together("parent", "part"),
            ),
            models.CheckConstraint(
                name="dossier_is_no_part_of_itself",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
            ),
            models.CheckConstraint(
                name="dossier_moments_follow_one_another",
                condition=models.Q(accepted_at__isnull=True)
                | models.Q(accepted_at__gte=models.F("submitted_at")),
            ),
        ]
        # A submission pays for every index. So a foreign key has none of its own where one of these
        # begins with it, nor where nobody asks by it (`version`).
        indexes = [
            # Work lists read the open dossiers of a unit, the most urgent first.
            models.Index(
                name="dossier_open_by_unit",
                fields=["step_unit", "state", "due_at"],
                condition=~models.Q(state__in=sorted(CLOSED_STATES)),
            ),
            models.Index(name="dossier_by_owner", fields=["owner", "-submitted_at"]),
            models.Index(
                name="dossier_by_receiving_unit",
                fields=["receiving_unit", "state", "settling_agency"],
            ),
            models.Index(
                name="dossier_open_by_agency",
                fields=["settling_agency", "state", "due_at"],
                condition=~models.Q(state__in=sorted(CLOSED_STATES)),
            ),
            # The search goes through an agency's dossiers, the newest first. It reads names and
            # codes from the index alone, a thousand of them on a few pages.
            models.Index(
                name="dossier_by_agency",
                fields=["settling_agency", "-submitted_at", "code"],
                include=["owner_name_folded", "version"],
            ),
            models.Index(
                name="dossier_to_wake",
                fields=["wakes_at"],
                condition=models.Q(wakes_at__isnull=False),
            ),
            # The board of lateness: what is open by its due moment, what was finished late.
            models.Index(
                name="dossier_open_by_due_moment",
                fields=["settling_agency", "due_at"],
                condition=models.Q(completed_at__isnull=True, due_at__isnull=False),
            ),
            models.Index(
                name="dossier_finished_late",
                fields=["settling_agency", "completed_at"],
                condition=models.Q(completed_at__gt=models.F("due_at")),
            ),
            models.Index(
                name="dossier_closed_by_agency",
                fields=["settling_agency", "-completed_at", "code"],
                include=["owner_name_folded", "version"],
                condition=models.Q(state__in=sorted(CLOSED_STATES)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"

    @property
    def subject(self) -> Subject:
        return Subject("dossiers.dossier", str(self.pk))

    @property
    def national_status(self) -> int:
        return NATIONAL_STATUS[DossierState(self.state)]

    @property
    def is_part(self) -> bool:
        return self.parent_id is not None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class DossierComponent(models.Model):
    """One file that stands for one paper of the dossier. Papers are added, never replaced."""

    # The unique constraint's index begins with it.
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=50)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    round = models.PositiveSmallIntegerField(default=0)  # 0: filed at first; n: nth supplement

    class Meta:
        db_table = "dossier_component"
        constraints = [
            models.UniqueConstraint(
                name="dossier_component_holds_a_file_once", fields=["dossier", "key", "file"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.key}"


class Result(models.Model):
    """How the dossier was decided. A denial with its reasons is a result too."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    number = models.CharField(max_length=50)
    summary = models.TextField()
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "dossier_result"
        constraints = [
            models.CheckConstraint(
                name="result_outcome_is_known",
                condition=models.Q(outcome__in=Outcome.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.outcome}"


class HandOver(models.Model):
    """Who received the result, how and from whom."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=10, choices=ReturnMethod.choices)
    receiver = models.CharField(max_length=150)
    returned_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField()

    class Meta:
        db_table = "dossier_hand_over"

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.method}"


class LookupFailure(models.Model):
    """
    A code and a secret that did not belong together. Kept for minutes, to slow down guessing.

    Both marks are keyed hashes: who looked for what cannot be read from here.
    """

    code_mark = models.CharField(max_length=64)
    address_mark = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "dossier_lookup_failure"
        indexes = [
            models.Index(name="lookup_failure_by_code", fields=["code_mark", "at"]),
            models.Index(name="lookup_failure_by_address", fields=["address_mark", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.at}"
