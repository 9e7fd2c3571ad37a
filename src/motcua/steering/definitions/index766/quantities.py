"""The closed vocabulary of the index: what its numerators and denominators are sums of."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from motcua.steering.definitions import OF_PETITIONS, Measure

from .announcing import Announcements


class Quantity(StrEnum):
    """Something that is counted. The value is the word that profiles use for it."""

    # Quantities are keys many times over for each agency; an enumeration's own hash is Python's.
    __hash__ = str.__hash__

    # Dossiers that citizens filed. A part of a linked dossier was filed by nobody.
    RECEIVED = "received"
    ONLINE = "online"
    ONLINE_COMPLETE = "online_complete"
    SYNCED = "synced"
    RESULT_DUE = "result_due"
    RESULT_ELECTRONIC = "result_electronic"
    DIGITISED = "digitised"
    REUSED = "reused"
    SHARED = "shared"
    CITIZEN_DATA = "citizen_data"
    FEE_DUE = "fee_due"
    PAID_ONLINE = "paid_online"
    LATE = "late"
    UNHAPPY = "unhappy"
    # Work of an agency: its parts of linked dossiers as well.
    WORK_ENDED = "work_ended"
    WORK_ENDED_LATE = "work_ended_late"
    WORK_OPEN = "work_open"
    WORK_OVERDUE = "work_overdue"
    # Procedures in the agency's competence on the last day.
    PROCEDURES = "procedures"
    PROCEDURES_COMPLETE = "procedures_complete"  # every part of the description is published
    SERVICES = "services"  # full or partial
    SERVICES_USED = "services_used"  # of those, with an online dossier
    FEE_PROCEDURES = "fee_procedures"
    FEE_PROCEDURES_PAYABLE = "fee_procedures_payable"  # of those, payable online
    FEE_PROCEDURES_PAID = "fee_procedures_paid"  # of those, paid online in the period
    PROCEDURES_FOR_PERSONS = "procedures_for_persons"
    PROCEDURES_WITH_CITIZEN_DATA = "procedures_with_citizen_data"  # of those, with such a dossier
    # Agencies that certified copies, and those that did so electronically.
    CERTIFYING = "certifying"
    CERTIFYING_ELECTRONICALLY = "certifying_electronically"
    # Procedures by the days of the decisions that announce them.
    ANNOUNCED = "announced"
    ANNOUNCED_ON_TIME = "announced_on_time"
    UPDATE_DUE = "update_due"
    UPDATED_ON_TIME = "updated_on_time"
    # Phản ánh, kiến nghị.
    PETITIONS = "petitions"
    PETITIONS_ON_TIME = "petitions_on_time"
    PETITIONS_FIRST = "petitions_first"
    PETITIONS_CONTENT = "petitions_content"


Q, M = Quantity, Measure

# Added up over the dossiers that citizens filed, and over an agency's work.
OF_FILINGS: Mapping[Quantity, Measure] = {
    Q.RECEIVED: M.RECEIVED,
    Q.ONLINE: M.ONLINE,
    Q.ONLINE_COMPLETE: M.ONLINE_COMPLETE,
    Q.SYNCED: M.SYNCED,
    Q.RESULT_DUE: M.RESULT_DUE,
    Q.RESULT_ELECTRONIC: M.RESULT_ELECTRONIC,
    Q.DIGITISED: M.DIGITISED,
    Q.REUSED: M.REUSED,
    Q.SHARED: M.SHARED,
    Q.CITIZEN_DATA: M.CITIZEN_DATA,
    Q.FEE_DUE: M.FEE_DUE,
    Q.PAID_ONLINE: M.PAID_ONLINE,
    Q.LATE: M.LATE,
    Q.UNHAPPY: M.UNHAPPY,
}
OF_WORK: Mapping[Quantity, Measure] = {
    Q.WORK_ENDED: M.ENDED,
    Q.WORK_ENDED_LATE: M.ENDED_LATE,
    Q.WORK_OPEN: M.OPEN,
    Q.WORK_OVERDUE: M.OVERDUE,
}
# What must have been recorded at least once before a quantity means anything; the sums above need
# their own measure.
NEEDS: Mapping[Quantity, tuple[Measure, ...]] = {
    **{quantity: (measure,) for quantity, measure in {**OF_FILINGS, **OF_WORK}.items()},
    Q.ONLINE_COMPLETE: (M.ONLINE, M.RESULT_ELECTRONIC),
    Q.SERVICES_USED: (M.ONLINE,),
    Q.FEE_PROCEDURES_PAYABLE: (M.PAID_ONLINE,),
    Q.FEE_PROCEDURES_PAID: (M.PAID_ONLINE,),
    Q.PROCEDURES_WITH_CITIZEN_DATA: (M.CITIZEN_DATA,),
    Q.CERTIFYING_ELECTRONICALLY: (M.RESULT_ELECTRONIC,),
    Q.PETITIONS: (M.PETITIONS,),
    Q.PETITIONS_ON_TIME: (M.PETITIONS,),
    Q.PETITIONS_FIRST: (M.PETITIONS,),
    Q.PETITIONS_CONTENT: (M.PETITIONS,),
}
# What the figures are asked for: of everything together, and procedure by procedure.
MEASURES = (*OF_FILINGS.values(), *OF_WORK.values(), *OF_PETITIONS)
MEASURES_OF_PROCEDURES = (
    M.ONLINE,
    M.PAID_ONLINE,
    M.CITIZEN_DATA,
    M.RECEIVED,
    M.RESULT_ELECTRONIC,
)
_FILINGS = slice(len(OF_FILINGS))
_WORK = slice(len(OF_FILINGS), None)


class Worked(NamedTuple):
    """What one agency did in a period, all procedures and channels together."""

    agency_id: int
    is_part: bool  # of linked dossiers: its agency's work, and no citizen's filings
    counts: tuple[int, ...]  # of MEASURES


class Filed(NamedTuple):
    """What citizens filed with one agency of one procedure in a period."""

    agency_id: int
    procedure: str  # its code
    counts: tuple[int, ...]  # of MEASURES_OF_PROCEDURES


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What some agencies did, added up as far as the index asks."""

    filings: Mapping[Measure, int] = field(default_factory=dict)
    work: Mapping[Measure, int] = field(default_factory=dict)
    procedures: Mapping[Measure, frozenset[str]] = field(default_factory=dict)  # with at least one
    certifying: frozenset[int] = frozenset()
    certifying_electronically: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls, worked: Sequence[Worked], filed: Sequence[Filed], *, certifying: Collection[str]
    ) -> "Tally":
        """Add rows up; `certifying` are the procedures by which copies are certified."""
        received, electronic = map(MEASURES_OF_PROCEDURES.index, (M.RECEIVED, M.RESULT_ELECTRONIC))
        offices = [row for row in filed if row.procedure in certifying and row.counts[received]]
        return cls(
            filings=_summed((row for row in worked if not row.is_part), _FILINGS),
            work=_summed(worked, _WORK),
            procedures={
                measure: frozenset(row.procedure for row in filed if row.counts[place])
                for place, measure in enumerate(MEASURES_OF_PROCEDURES)
            },
            certifying=frozenset(row.agency_id for row in offices),
            certifying_electronically=frozenset(
                row.agency_id for row in offices if row.counts[electronic]
            ),
        )


def _summed(rows: Iterable[Worked], which: slice) -> dict[Measure, int]:
    columns = zip(*(row.counts[which] for row in rows), strict=True)
    return dict(zip(MEASURES[which], map(sum, columns), strict=False))


@dataclass(frozen=True, kw_only=True)
class Competence:
    """The procedures that some agencies settle on a day, by what the index asks of them: codes."""

    all: frozenset[str] = frozenset()
    complete: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    with_fee: frozenset[str] = frozenset()
    payable: frozenset[str] = frozenset()  # of those with a fee, where it can be paid online
    for_persons: frozenset[str] = frozenset()


def amounts_of(
    tally: Tally,
    *,
    competence: Competence,
    announcements: Announcements | None,
    recorded: Collection[Measure],
) -> dict[Quantity, int | None]:
    """
    Return how much there is of every quantity.

    None means that nobody records it: of a measure, that it is not among `recorded`; of
    announcements, that they were not given.
    """
    used = {
        measure: tally.procedures.get(measure, frozenset()) for measure in MEASURES_OF_PROCEDURES
    }
    petitions = {measure: tally.work.get(measure, 0) for measure in OF_PETITIONS}
    amounts: dict[Quantity, int | None] = dict.fromkeys(Quantity)
    amounts |= {each: tally.filings.get(measure, 0) for each, measure in OF_FILINGS.items()}
    amounts |= {each: tally.work.get(measure, 0) for each, measure in OF_WORK.items()}
    amounts |= {
        Q.PROCEDURES: len(competence.all),
        Q.PROCEDURES_COMPLETE: len(competence.complete),
        Q.SERVICES: len(competence.services),
        Q.SERVICES_USED: len(competence.services & used[M.ONLINE]),
        Q.FEE_PROCEDURES: len(competence.with_fee),
        Q.FEE_PROCEDURES_PAYABLE: len(competence.payable),
        Q.FEE_PROCEDURES_PAID: len(competence.with_fee & used[M.PAID_ONLINE]),
        Q.PROCEDURES_FOR_PERSONS: len(competence.for_persons),
        Q.PROCEDURES_WITH_CITIZEN_DATA: len(competence.for_persons & used[M.CITIZEN_DATA]),
        Q.CERTIFYING: len(tally.certifying),
        Q.CERTIFYING_ELECTRONICALLY: len(tally.certifying_electronically),
        Q.PETITIONS: petitions[M.PETITIONS],
        Q.PETITIONS_ON_TIME: petitions[M.PETITIONS] - petitions[M.PETITIONS_LATE],
        Q.PETITIONS_FIRST: petitions[M.PETITIONS],
        Q.PETITIONS_CONTENT: petitions[M.PETITIONS] - petitions[M.PETITIONS_UNHAPPY],
    }
    if announcements is not None:
        amounts |= {
            Q.ANNOUNCED: announcements.announced,
            Q.ANNOUNCED_ON_TIME: announcements.announced_on_time,
            Q.UPDATE_DUE: announcements.due,
            Q.UPDATED_ON_TIME: announcements.updated_on_time,
        }
    for quantity, measures in NEEDS.items():
        if not all(measure in recorded for measure in measures):
            amounts[quantity] = None
    return amounts
