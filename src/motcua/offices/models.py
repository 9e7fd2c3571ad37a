"""The org chart: places, agencies, units, posts, and who holds them from when to when."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import Account


class PlaceLevel(models.TextChoices):
    PROVINCE = "province", _("Tỉnh, thành phố")
    DISTRICT = "district", _("Quận, huyện")
    COMMUNE = "commune", _("Phường, xã, thị trấn")


class AgencyKind(models.TextChoices):
    DEPARTMENT = "department", _("Sở, ngành")
    BOARD = "board", _("Ban quản lý")
    DISTRICT = "district", _("Ủy ban nhân dân quận, huyện")
    COMMUNE = "commune", _("Ủy ban nhân dân phường, xã, thị trấn")


class UnitRole(models.TextChoices):
    ONE_STOP = "one_stop", _("Bộ phận Một cửa")
    SPECIALIST = "specialist", _("Bộ phận chuyên môn")
    LEADERSHIP = "leadership", _("Lãnh đạo cơ quan")
    CLERICAL = "clerical", _("Văn thư")


class PostRole(models.TextChoices):
    RECEIVER = "receiver", _("Cán bộ Một cửa")
    PROCESSOR = "processor", _("Công chức xử lý")
    LEADER = "leader", _("Lãnh đạo ký duyệt")
    CLERK = "clerk", _("Văn thư")
    ADMINISTRATOR = "administrator", _("Quản trị")


class DatedQuerySet(models.QuerySet[models.Model]):
    def in_force(self, on: date) -> "DatedQuerySet":
        """Keep the rows whose validity covers the day `on` (valid_to is the last day)."""
        current = models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=on)
        return self.filter(current, valid_from__lte=on)


class Place(models.Model):
    """A province, district or commune. Codes are reused, so the key is code and first day."""

    code = models.CharField(max_length=5)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=30)  # thành phố, quận, huyện, phường, xã, thị trấn
    level = models.CharField(max_length=10, choices=PlaceLevel.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "place"
        constraints = [
            models.UniqueConstraint(
                name="place_code_starts_once_a_day", fields=["code", "valid_from"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Agency(models.Model):
    """A body with powers of its own: a department, a district, a commune."""

    code = models.CharField(max_length=20, unique=True)  # 000.00.19.H13 (QCVN 102:2016 form)
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
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "agency"
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A part of an agency where posts are: its one-stop unit, a specialist bureau, its head."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=12, choices=UnitRole.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "unit"

    def __str__(self) -> str:
        return self.name


class Officer(models.Model):
    """A person in public service. Powers come from the posts held, never from the person."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="officer")
    full_name = models.CharField(max_length=150)
    staff_code = models.CharField(max_length=30, unique=True)

    class Meta:
        db_table = "officer"

    def __str__(self) -> str:
        return self.full_name


class Post(models.Model):
    """A place in a unit, with the role its holder acts in."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=15, choices=PostRole.choices)
    title = models.CharField(max_length=150)

    class Meta:
        db_table = "post"

    def __str__(self) -> str:
        return self.title


class Appointment(models.Model):
    """An officer holds a post from one day to another."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "appointment"

    def __str__(self) -> str:
        return f"{self.officer_id} @ {self.post_id}"
