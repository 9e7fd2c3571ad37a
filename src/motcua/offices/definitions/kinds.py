"""The kinds of places, agencies, units and posts that the law of 2024 knows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceLevel(models.TextChoices):
    """The three levels of the map of 2024; the districts go in 2025."""

    PROVINCE = "province", _("Tỉnh, thành phố")
    DISTRICT = "district", _("Quận, huyện")
    COMMUNE = "commune", _("Phường, xã, thị trấn")


class AgencyKind(models.TextChoices):
    """What an agency is in the plan's annex, the committee above, and the communes below it."""

    # The city's committee with its office: it steers, publishes, and settles nothing itself.
    CITY = "city", _("Ủy ban nhân dân thành phố")
    DEPARTMENT = "department", _("Sở, ngành")
    BOARD = "board", _("Ban quản lý")
    DISTRICT = "district", _("Ủy ban nhân dân quận, huyện")
    COMMUNE = "commune", _("Ủy ban nhân dân phường, xã, thị trấn")
    # The nation's own branches in the city (police, social insurance): not among the plan's 26,
    # and not the city's to direct. They settle their parts of linked procedures here.
    VERTICAL = "vertical", _("Cơ quan ngành dọc")


class UnitRole(models.TextChoices):
    """What a unit does for a dossier."""

    ONE_STOP = "one_stop", _("Bộ phận Một cửa")
    SPECIALIST = "specialist", _("Bộ phận chuyên môn")
    LEADERSHIP = "leadership", _("Lãnh đạo cơ quan")
    CLERICAL = "clerical", _("Văn thư")


class PostRole(models.TextChoices):
    """The capacity in which the holder of a post acts."""

    RECEIVER = "receiver", _("Cán bộ Một cửa")
    PROCESSOR = "processor", _("Công chức xử lý")
    LEADER = "leader", _("Lãnh đạo ký duyệt")
    CLERK = "clerk", _("Văn thư")
    ADMINISTRATOR = "administrator", _("Quản trị")


class SuccessionKind(models.TextChoices):
    """How one became another."""

    RENAME = "rename", _("Đổi tên")
    MERGE = "merge", _("Sáp nhập")
    SPLIT = "split", _("Chia tách")
    PARTIAL = "partial", _("Nhập một phần")
