"""What stands behind numbers that count no dossiers: procedures, agencies, petitions."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from motcua.offices.queries import agency_names
from motcua.procedures.definitions import OnlineLevel, Version
from motcua.procedures.queries import names_of_procedures
from motcua.steering.definitions import Measure
from motcua.steering.definitions.index766 import (
    Announced,
    Criterion,
    Quantity,
    announced_in,
    due_in,
)
from motcua.steering.queries.counts import counted
from motcua.steering.queries.petitions import PetitionBehind, petitions_behind

from .catalogue import SERVICES, has_fee, is_for_persons, missing_parts, settled_versions
from .figures import Figures
from .subjects import Subject

Q, M = Quantity, Measure


class Reason(StrEnum):
    """Why something is counted, or is not."""

    SIGNED = "signed"  # number, on, by
    PUBLISHED = "published"  # number, on, by
    NOT_PUBLISHED = "not_published"  # number, by
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"  # parts
    ONLINE_LEVEL = "online_level"
    FILED_ONLINE = "filed_online"  # dossiers
    PAYABLE = "payable"
    NOT_PAYABLE = "not_payable"
    PAID_ONLINE = "paid_online"  # dossiers
    CITIZEN_DATA = "citizen_data"  # dossiers
    ELECTRONIC_COPIES = "electronic_copies"  # dossiers
    ANSWERED = "answered"  # at, by
    NOT_ANSWERED = "not_answered"  # by
    DISLIKED = "disliked"  # at, by


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Something that the denominator of a criterion counts, and whether the numerator does."""

    code: str  # of the procedure, or of the dossier that a petition is about
    name: str  # empty: not in the catalogue; of a petition its number
    is_counted: bool
    reason: Reason
    told: Mapping[str, Any] = field(default_factory=dict)  # what the reason speaks of
    level: OnlineLevel | None = None  # of a procedure that is in force


def can_list(criterion: Criterion) -> bool:
    """Return whether the criterion counts something that is listed here."""
    return criterion.numerator.plus[0] in _LISTS


def listed(figures: Figures, subject: Subject, criterion: Criterion) -> list[Listed]:
    """
    Return everything that a criterion's denominator counts for somebody, by code.

    :raises KeyError: if the criterion counts something else
    """
    return _LISTS[criterion.numerator.plus[0]](figures, subject)


# Announcements


def _signed(figures: Figures, subject: Subject) -> list[Listed]:
    rows = announced_in(figures.announced_by(subject), figures.days)
    return _of_announcements(figures, rows, lambda row: row.is_signed_in_time, _told_of_signing)


def _published(figures: Figures, subject: Subject) -> list[Listed]:
    rows = due_in(figures.announced_by(subject), figures.days, over=figures.over)
    return _of_announcements(
        figures, rows, lambda row: row.is_published_in_time, _told_of_publishing
    )


def _of_announcements(
    figures: Figures,
    rows: Mapping[str, list[Announced]],
    is_in_time: Callable[[Announced], bool],
    told_of: Callable[[Announced], tuple[Reason, dict[str, Any]]],
) -> list[Listed]:
    names = names_of_procedures(rows.keys())
    found = []
    for code in sorted(rows):
        # The decision that was late says why; of those in time the last one speaks.
        late = [row for row in rows[code] if not is_in_time(row)]
        reason, told = told_of((late or rows[code])[-1])
        found.append(
            Listed(
                code=code,
                name=names.get(code, ""),
                is_counted=not late,
                reason=reason,
                told=told,
            )
        )
    return found


def _told_of_signing(row: Announced) -> tuple[Reason, dict[str, Any]]:
    return Reason.SIGNED, {"number": row.number, "on": row.signed_on, "by": row.sign_by}


def _told_of_publishing(row: Announced) -> tuple[Reason, dict[str, Any]]:
    if row.published_on is None:
        return Reason.NOT_PUBLISHED, {"number": row.number, "by": row.publish_by}
    return Reason.PUBLISHED, {"number": row.number, "on": row.published_on, "by": row.publish_by}


# Procedures in somebody's competence


def _complete(figures: Figures, subject: Subject) -> list[Listed]:
    def look(version: Version) -> tuple[bool, Reason, dict[str, Any]]:
        missing = missing_parts(version)
        return not missing, Reason.INCOMPLETE if missing else Reason.COMPLETE, {"parts": missing}

    return _of_versions(_versions(figures, subject), look)


def _services(figures: Figures, subject: Subject) -> list[Listed]:
    return _of_versions(
        _versions(figures, subject),
        lambda version: (version.level in SERVICES, Reason.ONLINE_LEVEL, {"level": version.level}),
    )


def _used(figures: Figures, subject: Subject) -> list[Listed]:
    services = [each for each in _versions(figures, subject) if each.level in SERVICES]
    return _with_dossiers(figures, subject, services, M.ONLINE, Reason.FILED_ONLINE)


def _payable(figures: Figures, subject: Subject) -> list[Listed]:
    def look(version: Version) -> tuple[bool, Reason, dict[str, Any]]:
        is_payable = version.code in figures.payable
        return is_payable, Reason.PAYABLE if is_payable else Reason.NOT_PAYABLE, {}

    return _of_versions(_with_fee(figures, subject), look)


def _paid(figures: Figures, subject: Subject) -> list[Listed]:
    versions = _with_fee(figures, subject)
    return _with_dossiers(figures, subject, versions, M.PAID_ONLINE, Reason.PAID_ONLINE)


def _with_citizen_data(figures: Figures, subject: Subject) -> list[Listed]:
    versions = [each for each in _versions(figures, subject) if is_for_persons(each)]
    return _with_dossiers(figures, subject, versions, M.CITIZEN_DATA, Reason.CITIZEN_DATA)


def _with_fee(figures: Figures, subject: Subject) -> list[Version]:
    return [version for version in _versions(figures, subject) if has_fee(version)]


def _versions(figures: Figures, subject: Subject) -> list[Version]:
    return settled_versions(subject.offices, on=figures.until)


def _with_dossiers(
    figures: Figures,
    subject: Subject,
    versions: Iterable[Version],
    measure: Measure,
    reason: Reason,
) -> list[Listed]:
    dossiers: Counter[str] = Counter()
    for row in _rows(figures, subject):
        dossiers[row.procedure] += row.now[measure]
    return _of_versions(
        versions,
        lambda version: (
            dossiers[version.code] > 0,
            reason,
            {"dossiers": dossiers[version.code]},
        ),
    )


def _of_versions(
    versions: Iterable[Version], look: Callable[[Version], tuple[bool, Reason, dict[str, Any]]]
) -> list[Listed]:
    found = []
    for version in sorted(versions, key=lambda each: each.code):
        is_counted, reason, told = look(version)
        found.append(
            Listed(
                code=version.code,
                name=version.name,
                level=version.level,
                is_counted=is_counted,
                reason=reason,
                told=told,
            )
        )
    return found


# Agencies


def _certifying(figures: Figures, subject: Subject) -> list[Listed]:
    received: Counter[int] = Counter()
    electronic: Counter[int] = Counter()
    for row in _rows(figures, subject):
        if row.procedure in figures.profile.certifying:
            received[row.agency_id] += row.now[M.RECEIVED]
            # Where nothing was received nothing is asked.
            electronic[row.agency_id] += row.now[M.RECEIVED] and row.now[M.RESULT_ELECTRONIC]
    offices = [agency_id for agency_id, dossiers in received.items() if dossiers]
    names = agency_names(offices)
    return [
        Listed(
            code="",
            name=names[agency_id],
            is_counted=electronic[agency_id] > 0,
            reason=Reason.ELECTRONIC_COPIES,
            told={"dossiers": electronic[agency_id]},
        )
        for agency_id in sorted(offices, key=lambda each: names[each])
    ]


# Petitions


def _petitions_received(figures: Figures, subject: Subject) -> list[Listed]:
    return _of_petitions(figures, subject, lambda each: True)


def _petitions_in_time(figures: Figures, subject: Subject) -> list[Listed]:
    return _of_petitions(figures, subject, lambda each: each.is_in_time)


def _petitions_content(figures: Figures, subject: Subject) -> list[Listed]:
    return _of_petitions(figures, subject, lambda each: each.is_content)


def _of_petitions(
    figures: Figures, subject: Subject, is_counted: Callable[[PetitionBehind], bool]
) -> list[Listed]:
    found = petitions_behind(
        figures.period, as_of=figures.as_of, at=figures.at, agency_ids=subject.agency_ids
    )
    return [
        Listed(
            code=each.dossier,
            name=each.number,
            is_counted=is_counted(each),
            reason=_reason_of(each),
            told={"at": each.answered_at, "by": each.due_at},
        )
        for each in found
    ]


def _reason_of(petition: PetitionBehind) -> Reason:
    if petition.answered_at is None:
        return Reason.NOT_ANSWERED
    is_disliked = petition.is_in_time and not petition.is_content
    return Reason.DISLIKED if is_disliked else Reason.ANSWERED


def _rows(figures: Figures, subject: Subject) -> Iterable[Any]:
    rows = counted(
        figures.period, as_of=figures.as_of, at=figures.at, agency_ids=subject.agency_ids
    )
    return (row for row in rows if not row.is_part)


# By what the numerator counts.
_LISTS: Mapping[Quantity, Callable[[Figures, Subject], list[Listed]]] = {
    Q.ANNOUNCED_ON_TIME: _signed,
    Q.UPDATED_ON_TIME: _published,
    Q.PROCEDURES_COMPLETE: _complete,
    Q.SERVICES: _services,
    Q.SERVICES_USED: _used,
    Q.FEE_PROCEDURES_PAYABLE: _payable,
    Q.FEE_PROCEDURES_PAID: _paid,
    Q.PROCEDURES_WITH_CITIZEN_DATA: _with_citizen_data,
    Q.CERTIFYING_ELECTRONICALLY: _certifying,
    Q.PETITIONS_FIRST: _petitions_received,
    Q.PETITIONS_ON_TIME: _petitions_in_time,
    Q.PETITIONS_CONTENT: _petitions_content,
}
