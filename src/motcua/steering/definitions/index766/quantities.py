"""The closed vocabulary of the index: what its numerators and denominators are sums of."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from motcua.steering.definitions import Measure

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
}
# What the figures are asked for.
MEASURES = (*OF_FILINGS.values(), *OF_WORK.values())
_BY_PROCEDURE = (M.ONLINE, M.PAID_ONLINE, M.CITIZEN_DATA)
_FILINGS = slice(len(OF_FILINGS))
_WORK = slice(len(OF_FILINGS), None)


class Worked(NamedTuple):
    """What one agency did of one procedure in a period, by all channels together."""

    agency_id: int
    procedure: str  # its code
    is_part: bool  # of a linked dossier: its agency's work, and no citizen's filing
    counts: tuple[int, ...]  # of MEASURES


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What some agencies did, added up as far as the index asks."""

    filings: Mapping[Measure, int] = field(default_factory=dict)
    work: Mapping[Measure, int] = field(default_factory=dict)
    procedures: Mapping[Measure, frozenset[str]] = field(default_factory=dict)  # with at least one
    certifying: frozenset[int] = frozenset()
    certifying_electronically: frozenset[int] = frozenset()

    @classmethod
    def of(cls, rows: Iterable[Worked], *, certifying: Collection[str]) -> "Tally":
        """Add rows up; `certifying` are the procedures by which copies are certified."""
        all_rows = list(rows)
        filed = [row for row in all_rows if not row.is_part]
        received, electronic = map(MEASURES.index, (M.RECEIVED, M.RESULT_ELECTRONIC))
        offices = [row for row in filed if row.procedure in certifying and row.counts[received]]
        return cls(
            filings=_summed(filed, _FILINGS),
            work=_summed(all_rows, _WORK),
            procedures={
                measure: frozenset(row.procedure for row in filed if row.counts[place])
                for measure, place in zip(
                    _BY_PROCEDURE, map(MEASURES.index, _BY_PROCEDURE), strict=True
                )
            },
            certifying=frozenset(row.agency_id for row in offices),
            certifying_electronically=frozenset(
                row.agency_id for row in offices if row.counts[electronic]
            ),
        )


def _summed(rows: Iterable[Worked], which: slice) -> dict[Measure, int]:
    # Column by column: a city's month has a thousand rows, and a leader waits for the sum.
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


@dataclass(frozen=True, kw_only=True)
class Petitions:
    """Phản ánh, kiến nghị about the dossiers of some agencies in a period."""

    first: int = 0  # received for the first time in the period
    content: int = 0  # of those, neither disliked nor repeated nor answered late
    handled: int = 0  # received in the period or before, and in hand in it
    on_time: int = 0  # of those, answered in time, or waiting within time

    def __add__(self, other: "Petitions") -> "Petitions":
        return Petitions(
            first=self.first + other.first,
            content=self.content + other.content,
            handled=self.handled + other.handled,
            on_time=self.on_time + other.on_time,
        )


def amounts_of(
    tally: Tally,
    *,
    competence: Competence,
    petitions: Petitions | None,
    announcements: Announcements | None,
    recorded: Collection[Measure],
) -> dict[Quantity, int | None]:
    """
    Return how much there is of every quantity.

    None means that nobody records it: of a measure, that it is not among `recorded`; of petitions
    and announcements, that they were not given.
    """
    used = {measure: tally.procedures.get(measure, frozenset()) for measure in _BY_PROCEDURE}
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
    }
    if petitions is not None:
        amounts |= {
            Q.PETITIONS: petitions.handled,
            Q.PETITIONS_ON_TIME: petitions.on_time,
            Q.PETITIONS_FIRST: petitions.first,
            Q.PETITIONS_CONTENT: petitions.content,
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
