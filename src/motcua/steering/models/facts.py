"""What the figures need to know of each dossier: one row each, a projection of the ledger."""

from django.db import models


class Fact(models.Model):
    """
    One dossier, as far as figures go.

    No foreign keys: it is made from the ledger alone, in great number, and can be thrown away.
    """

    dossier_id = models.UUIDField(primary_key=True)
    agency_id = models.BigIntegerField()  # that settles it
    unit_id = models.BigIntegerField()  # that received it
    procedure = models.CharField(max_length=50)  # its code
    channel = models.CharField(max_length=10)
    is_part = models.BooleanField()
    gives_document = models.BooleanField()
    filed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)  # NgayTiepNhan
    due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)  # also of one that ended while its clock stood
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12)  # refused, withdrawn, stopped, decided; empty: open
    ended_late = models.BooleanField()
    returned_at = models.DateTimeField(null=True)
    officer_id = models.BigIntegerField(null=True)  # who held it last
    rounds = models.PositiveSmallIntegerField()  # supplement requests
    # Since when it counts as overdue, as far as an event has told; time alone tells the rest.
    late_from = models.DateTimeField(null=True)
    # When it first was so. Empty: no such fact is on record.
    helped_at = models.DateTimeField(null=True)
    typed_at = models.DateTimeField(null=True)
    synced_at = models.DateTimeField(null=True)
    result_at = models.DateTimeField(null=True)
    digitised_at = models.DateTimeField(null=True)
    reused_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True)
    citizen_data_at = models.DateTimeField(null=True)
    fee_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)  # over the network
    signed_at = models.DateTimeField(null=True)
    rated_at = models.DateTimeField(null=True)
    disliked_at = models.DateTimeField(null=True)
    petition_at = models.DateTimeField(null=True)
    # Pauses, delays and further requests, from when to when, and petitions; null without any.
    spells = models.JSONField(null=True)

    class Meta:
        db_table = "steering_fact"
        indexes = [
            models.Index(name="steering_fact_received", fields=["agency_id", "received_at"]),
            models.Index(name="steering_fact_ended", fields=["agency_id", "ended_at"]),
            # What runs out of time while nobody does anything.
            models.Index(
                name="steering_fact_running",
                fields=["due_at"],
                include=["agency_id", "procedure", "channel", "is_part"],
                condition=models.Q(
                    ended_at__isnull=True, paused_at__isnull=True, due_at__isnull=False
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.procedure}"


class Petition(models.Model):
    """A petition about a dossier (phản ánh, kiến nghị), of which there may be several."""

    pk = models.CompositePrimaryKey("dossier_id", "number")
    dossier_id = models.UUIDField()
    number = models.CharField(max_length=100)
    # Of the dossier
    agency_id = models.BigIntegerField()
    procedure = models.CharField(max_length=50)
    channel = models.CharField(max_length=10)
    is_part = models.BooleanField()
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)  # for the first time
    disliked_at = models.DateTimeField(null=True)  # when an answer first was

    class Meta:
        db_table = "steering_petition"
        indexes = [
            models.Index(name="steering_petition_received", fields=["received_at"]),
            # What runs out of time while nobody answers.
            models.Index(
                name="steering_petition_waiting",
                fields=["due_at"],
                include=["agency_id", "procedure", "channel", "is_part", "received_at"],
                condition=models.Q(answered_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.number}"


class Source(models.Model):
    """Since which day the ledger has facts of a kind: before it there are no data, not none."""

    measure = models.CharField(primary_key=True, max_length=30)
    since = models.DateField()

    class Meta:
        db_table = "steering_source"

    def __str__(self) -> str:
        return f"{self.measure} since {self.since}"
