"""The forms of proof, and the occasions on which somebody is reminded."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EvidenceForm(models.TextChoices):
    """What a proof is."""

    FILE = "file", _("Tệp văn bản")
    LINK = "link", _("Đường dẫn trong hệ thống")
    DOCUMENT = "document", _("Số và ngày văn bản")


class Occasion(models.TextChoices):
    """Why somebody is reminded; each comes once."""

    NEAR = "near", _("Sắp đến hạn")
    DUE = "due", _("Đến hạn hôm nay")
    OVERDUE = "overdue", _("Quá hạn")


class ReportFormat(models.TextChoices):
    """The files of a signed report."""

    DOCX = "docx", "DOCX"
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "XLSX"
