"""A linked dossier and its parts in words, for the page of either."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import PartNow
from motcua.procedures.definitions import PartsDue, Version
from motcua.procedures.queries import compiled

from . import standing
from .standing import Promise


@dataclass(frozen=True, kw_only=True)
class PartShown:
    """One part: its procedure, its agency, its own clock, and what it has come to."""

    name: str
    code: str  # empty: not opened yet
    agency: str
    state: str
    promise: Promise | None
    waits: str  # for which parts it waits, before it is opened
    result: str
    is_waiting_for_applicant: bool
    is_here: bool = False  # the part whose page this is


@dataclass(frozen=True, kw_only=True)
class WholeShown:
    """What a part's page tells of the linked dossier it belongs to, and of the other parts."""

    code: str
    name: str
    state: str
    promise: Promise | None
    parts: Sequence[PartShown]


_RULES = {
    PartsDue.SUM: gettext_lazy(
        "Ngày hẹn là tổng thời hạn của các phần, phần này nối tiếp phần kia."
    ),
    PartsDue.MAX: gettext_lazy(
        "Ngày hẹn là ngày của phần lâu nhất, tính cả phần phải xong trước nó."
    ),
}


def parts_shown(whole: Dossier, version: Version, *, here: str = "") -> list[PartShown]:
    """Return the parts of a linked dossier in the order written; none of another dossier."""
    parts = queries.parts_of(whole, version)
    names = {each.part.key: each.name for each in parts}
    return [_shown(each, names, here=here) for each in parts]


def why_due(version: Version) -> str:
    """Return how the due moment of a linked dossier follows from its parts, and by what law."""
    if version.linked is None:
        return ""
    return _("%(rule)s Một phần tạm dừng thì ngày hẹn lùi theo. Căn cứ: %(basis)s.") % {
        "rule": _RULES[version.linked.due],
        "basis": version.linked.basis.rstrip("."),
    }


def whole_shown(part: Dossier) -> WholeShown | None:
    """Return the linked dossier that this one is a part of, so far as a part may know it."""
    whole = queries.whole_of(part)
    if whole is None:
        return None
    version = compiled(whole.version_id)
    return WholeShown(
        code=whole.code,
        name=version.name,
        state=whole.state,
        promise=standing.promise_of(whole),
        parts=parts_shown(whole, version, here=part.code),
    )


def _shown(each: PartNow, names: dict[str, str], *, here: str) -> PartShown:
    dossier = each.dossier
    if dossier is None:
        return PartShown(
            name=each.name,
            code="",
            agency="",
            state="",
            promise=None,
            waits=", ".join(names[key] for key in each.part.after),
            result="",
            is_waiting_for_applicant=False,
        )
    return PartShown(
        name=each.name,
        code=dossier.code,
        agency=dossier.settling_agency.name,
        state=dossier.state,
        promise=standing.promise_of(dossier),
        waits="",
        result=f"{each.result.get_outcome_display()}, {each.result.number}" if each.result else "",
        is_waiting_for_applicant=standing.waits_for_applicant(dossier),
        is_here=dossier.code == here,
    )
