"""The content of a publication, put together from its draft: what will be sealed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from motcua.disclosure.definitions import LineKind, Naming, excused_of, is_excused
from motcua.disclosure.models import DisclosedDossier, DisclosedLine, Publication, Reply
from motcua.dossiers.definitions import CauseClass
from motcua.kernel.clock import day_of
from motcua.offices.models import Agency, AgencyKind
from motcua.offices.queries import unit_names
from motcua.steering.definitions import Period

from .publications import LineSheet, lines_of

FORMAT = "motcua.disclosure/1"


def content_for(publication: Publication) -> dict[str, Any]:
    """
    Return all that the publication will say: whole numbers, text, lists and nothing else.

    In Vietnamese whoever asks, for it is the city's word. A person stands in it by decision only.
    """
    with translation.override("vi"):
        return _content(publication)


def _content(publication: Publication) -> dict[str, Any]:
    period = Period.month(publication.month.year, publication.month.month)
    sheets = lines_of(publication)
    standing = [sheet for sheet in sheets if not sheet.line.is_struck]
    struck = {s.line.agency_id for s in sheets if s.line.is_struck and s.line.kind == "agency"}
    evidence = [
        each
        for each in DisclosedDossier.objects.filter(publication=publication).order_by(
            "agency__sort_key", "code", "pk"
        )
        if is_excused(each.cause) or each.agency_id not in struck
    ]
    agencies = _agencies(each.agency_id for each in evidence)
    of = {
        kind: [s for s in standing if s.line.kind == kind and _is_told(s.line, standing)]
        for kind in LineKind
    }
    return {
        "format": FORMAT,
        "month": publication.key,
        "authority": _("Ủy ban nhân dân thành phố Cần Thơ"),
        "drafted_on": day_of(publication.drafted_at).isoformat(),
        "data_known_at": publication.drafted_at.isoformat(),
        "profile": publication.figures["profile"],
        "index": _numbered("I", publication.figures["index"]),
        "online": _numbered("O", publication.figures["online"]),
        "agencies": _numbered("A", [_row(sheet) for sheet in of[LineKind.AGENCY]]),
        "units": _numbered("U", [_row(sheet) for sheet in of[LineKind.UNIT]]),
        "persons": _numbered("P", [_person(s, evidence) for s in of[LineKind.OFFICER]]),
        "excused": _numbered("E", _excused(evidence, agencies, period)),
        "dossiers": _dossiers(evidence, agencies),
        "agencies_without": _without_any(publication, sheets),
    }


def _is_told(line: DisclosedLine, standing: Sequence[LineSheet]) -> bool:
    # What was struck above takes with it what stands below.
    if line.kind == LineKind.AGENCY:
        return True
    above = {(s.line.kind, s.line.agency_id, s.line.unit_id) for s in standing}
    if (LineKind.AGENCY, line.agency_id, None) not in above:
        return False
    if line.kind == LineKind.UNIT:
        return True
    return (LineKind.UNIT, line.agency_id, line.unit_id) in above and line.naming == Naming.PUBLISH


def _numbered(letter: str, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"key": f"{letter}{number}", **row} for number, row in enumerate(rows, start=1)]


def _row(sheet: LineSheet) -> dict[str, Any]:
    line = sheet.line
    late = line.late if line.amended is None else line.amended
    amended = {"late_before": line.late, "reason": line.change_reason}
    return {
        "agency_code": line.agency_code,
        "agency": line.agency_name,
        "unit": line.unit_name,
        "late": late,
        # Of a line that was amended it is not known which dossiers left it.
        "ended": min(line.ended, late),
        "open": late - min(line.ended, late),
        "unexplained": min(line.unexplained, late),
        "apologised": min(line.apologised, late),
        "worst_days": line.worst_days,
        "median_days": line.median_days,
        "amended": None if line.amended is None else amended,
        "replies": [_reply(reply, line) for reply in sheet.replies],
    }


def _reply(reply: Reply, line: DisclosedLine) -> dict[str, Any]:
    own = line.officer_id is not None and reply.officer_id == line.officer_id
    by = _("Cá nhân được nêu") if own else _("Người đứng đầu cơ quan")
    return {"by": by, "on": day_of(reply.given_at).isoformat(), "words": reply.words}


def _person(sheet: LineSheet, evidence: Iterable[DisclosedDossier]) -> dict[str, Any]:
    line = sheet.line
    return {
        **_row(sheet),
        "name": line.officer_name,
        "post": line.post,
        "naming_reason": line.naming_reason,
        "dossiers": [
            each.code
            for each in evidence
            if (each.officer_id, each.unit_id) == (line.officer_id, line.unit_id)
        ],
    }


def _excused(
    evidence: Iterable[DisclosedDossier], agencies: dict[int, Agency], period: Period
) -> list[dict[str, Any]]:
    return [
        {
            "agency_code": agencies[each.agency_id].code,
            "agency": agencies[each.agency_id].name,
            "cause": each.cause,
            "cause_name": str(CauseClass(each.cause).label),
            "dossiers": each.dossiers,
            "worst_days": each.worst_days,
        }
        for each in excused_of(evidence, last=period.last)
    ]


def _dossiers(
    evidence: Sequence[DisclosedDossier], agencies: dict[int, Agency]
) -> list[dict[str, Any]]:
    units = unit_names({each.unit_id for each in evidence if each.unit_id is not None})
    return [
        {
            "agency_code": agencies[each.agency_id].code,
            "agency": agencies[each.agency_id].name,
            "unit": units[each.unit_id][0] if each.unit_id in units else "",
            "code": each.code,
            "due_on": each.due_on.isoformat(),
            "ended_on": each.ended_on.isoformat() if each.ended_on else None,
            "days_late": each.days_late,
            "cause": each.cause,
            "cause_name": str(CauseClass(each.cause).label) if each.cause else "",
            "apologised": each.promised_on is not None,
            "action": _action(each),
        }
        for each in evidence
    ]


def _action(each: DisclosedDossier) -> str:
    if each.ended_on is not None:
        return _("Đã giải quyết xong ngày %(day)s") % {"day": f"{each.ended_on:%d/%m/%Y}"}
    if each.promised_on is not None:
        return _("Đã xin lỗi, hẹn lại ngày %(day)s") % {"day": f"{each.promised_on:%d/%m/%Y}"}
    return _("Chưa xong vào cuối tháng, chưa hẹn lại")


def _without_any(publication: Publication, late: Iterable[LineSheet]) -> list[str]:
    """Return the agencies of the city that no line was ever about: they are told as well."""
    kinds = [AgencyKind.DEPARTMENT, AgencyKind.BOARD, AgencyKind.DISTRICT, AgencyKind.COMMUNE]
    named = {sheet.line.agency_id for sheet in late}
    order = {kind: number for number, kind in enumerate(kinds)}
    found: dict[str, list[str]] = defaultdict(list)
    last = Period.month(publication.month.year, publication.month.month).last
    for agency in Agency.objects.in_force(last).filter(kind__in=kinds).order_by("sort_key"):
        if agency.pk not in named:
            found[agency.kind].append(agency.name)
    return [
        name for kind in sorted(found, key=lambda k: order[AgencyKind(k)]) for name in found[kind]
    ]


def _agencies(ids: Iterable[int]) -> dict[int, Agency]:
    return Agency.objects.in_bulk(set(ids))
