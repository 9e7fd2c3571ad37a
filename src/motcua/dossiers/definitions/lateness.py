"""Whose doing a delay was. Only the first class is ever counted against an officer."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CauseClass(models.TextChoices):
    """The class of cause that a late dossier must be given before anything else is done."""

    OWN_UNIT = "own_unit", _("Do đơn vị đang giải quyết")
    OTHER_AGENCY = "other_agency", _("Do cơ quan khác phối hợp")
    APPLICANT = "applicant", _("Do người nộp hồ sơ")
    SYSTEM = "system", _("Do hệ thống kỹ thuật")


NOT_THE_OFFICERS = frozenset(CauseClass) - {CauseClass.OWN_UNIT}
