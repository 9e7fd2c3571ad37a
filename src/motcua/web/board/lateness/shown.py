"""How units, officers, steps and causes are named."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.definitions import CauseClass
from motcua.dossiers.queries import By, FurtherRoundStand, LateStand
from motcua.offices.models import Agency
from motcua.offices.queries import officer_names, unit_names
from motcua.procedures.queries import UnknownProcedure, compiled
from motcua.web.numbers import whole
from motcua.web.words import Words

BY_NAMES: Mapping[By, Words] = {
    By.UNIT: gettext_lazy("Đơn vị"),
    By.OFFICER: gettext_lazy("Cán bộ"),
    By.STEP: gettext_lazy("Bước xử lý"),
    By.CAUSE: gettext_lazy("Nguyên nhân"),
}
STAND_NAMES: Mapping[LateStand, Words] = {
    LateStand.NEAR: gettext_lazy("Sắp đến hạn"),
    LateStand.LATE: gettext_lazy("Đang trễ hạn"),
    LateStand.FINISHED: gettext_lazy("Xong nhưng trễ hạn"),
}
FURTHER_ROUND_NAMES: Mapping[FurtherRoundStand, Words] = {
    FurtherRoundStand.ASKED: gettext_lazy("Đã đề nghị"),
    FurtherRoundStand.GRANTED: gettext_lazy("Đồng ý"),
    FurtherRoundStand.DECLINED: gettext_lazy("Không đồng ý"),
    FurtherRoundStand.LAPSED: gettext_lazy("Không còn cần trả lời"),
    FurtherRoundStand.WAITING: gettext_lazy("Chưa trả lời"),
}
UNKNOWN: Mapping[By, Words] = {
    By.UNIT: gettext_lazy("Chưa rõ đơn vị"),
    By.OFFICER: gettext_lazy("Không tính cho cán bộ nào"),
    By.STEP: gettext_lazy("Chưa rõ bước"),
    By.CAUSE: gettext_lazy("Chưa ghi nguyên nhân"),
}


def month_words(month: date) -> str:
    """Return "Tháng 10/2024"."""
    return _("Tháng %(m)s") % {"m": f"{month.month}/{month.year}"}


def names_of(by: By, keys: Sequence[str], agencies: Sequence[Agency]) -> dict[str, tuple[str, str]]:
    """Return each key's name, and what stands beside it, in one statement at most."""
    if by is By.CAUSE:
        return {cause.value: (str(cause.label), "") for cause in CauseClass}
    if by is By.STEP:
        return {key: _step_name(key) for key in keys if ":" in key}
    ids = [pk for key in keys if (pk := whole(key))]
    if by is By.OFFICER:
        return {str(pk): (name, "") for pk, name in officer_names(ids).items()}
    own = {agency.pk: agency.name for agency in agencies}
    return {
        str(pk): (name, own.get(agency_id, "")) for pk, (name, agency_id) in unit_names(ids).items()
    }


def _step_name(key: str) -> tuple[str, str]:
    version_id, _colon, step_key = key.partition(":")
    try:
        version = compiled(whole(version_id) or 0)
    except UnknownProcedure:  # an address that somebody typed
        return "", ""
    if step_key not in version.steps:
        return "", ""
    return version.steps[step_key].name, version.name
