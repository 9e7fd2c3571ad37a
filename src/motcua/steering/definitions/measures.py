"""
What is counted. Each measure is a number of dossiers, or of petitions about them, that adds up over
days, agencies, procedures.

Three families, told apart by the day to which a dossier counts:

- events, on the day on which they happened;
- learned, to the month in which the dossier was received (NgayTiepNhan), or the petition, whenever
  it became known;
- stocks, by how many there are at the end of a day.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Measure(StrEnum):
    """A number of dossiers. The value is the column's name."""

    # Measures are keys many million times over, and an enumeration's own hash is Python's.
    __hash__ = str.__hash__

    # Events
    FILED = "filed"  # reached the city, whether or not it was received later
    RECEIVED = "received"  # accepted: NgayTiepNhan
    REFUSED = "refused"  # at intake
    DECIDED = "decided"
    STOPPED = "stopped"  # after it was received
    WITHDRAWN = "withdrawn"  # after it was received
    ENDED = "ended"  # decided, stopped or withdrawn: left what is being settled
    # By date, as report II.06a asks: the day it ended before, on or after the due day. What was
    # withdrawn counts as on time.
    ENDED_BEFORE = "ended_before"
    ENDED_ON = "ended_on"
    ENDED_AFTER = "ended_after"
    # By the moment, as the 766 index asks; more than one supplement request is late as well.
    ENDED_LATE = "ended_late"
    RETURNED = "returned"
    FURTHER_ROUNDS = "further_rounds"  # supplement requests after the first one

    # Learned, of the dossiers received in the month
    ONLINE = "online"  # filed over the network, whoever sat at the keyboard
    HELPED = "helped"  # of those, filed with somebody's help at home
    TYPED = "typed"  # of those, typed by an officer for the citizen
    SYNCED = "synced"  # reached the national portal
    RESULT_DUE = "result_due"  # decided, of a procedure that gives a document
    RESULT_ELECTRONIC = "result_electronic"  # of those, with an electronic result
    ONLINE_COMPLETE = "online_complete"  # online, and with an electronic result where one is due
    DIGITISED = "digitised"  # papers digitised, and the result where one is due
    REUSED = "reused"  # took a paper or data that were there already
    SHARED = "shared"  # took one from the national store
    CITIZEN_DATA = "citizen_data"  # used an e-identity account or the population database
    FEE_DUE = "fee_due"  # something was to be paid
    PAID_ONLINE = "paid_online"  # of those, paid over the network
    SIGNED = "signed"  # filed with a digital signature
    RATED = "rated"
    UNHAPPY = "unhappy"  # disliked, or with a petition about it
    LATE = "late"  # ended late, by the moment
    # Of the petitions (phản ánh, kiến nghị) received in the month
    PETITIONS = "petitions"
    PETITIONS_LATE = "petitions_late"  # not answered by the due moment
    PETITIONS_UNHAPPY = "petitions_unhappy"  # late, or with an answer that was disliked

    # Stocks
    OPEN = "open"  # received, not ended
    PAUSED = "paused"  # of those, the clock stands
    OVERDUE = "overdue"  # of those, past the due moment, or asked for papers more than once
    OVERDUE_BY_DATE = "overdue_by_date"  # of those, the due day is over and the clock runs


EVENTS = (
    Measure.FILED,
    Measure.RECEIVED,
    Measure.REFUSED,
    Measure.DECIDED,
    Measure.STOPPED,
    Measure.WITHDRAWN,
    Measure.ENDED,
    Measure.ENDED_BEFORE,
    Measure.ENDED_ON,
    Measure.ENDED_AFTER,
    Measure.ENDED_LATE,
    Measure.RETURNED,
    Measure.FURTHER_ROUNDS,
)
OF_PETITIONS = (Measure.PETITIONS, Measure.PETITIONS_LATE, Measure.PETITIONS_UNHAPPY)
LEARNED = (
    Measure.ONLINE,
    Measure.HELPED,
    Measure.TYPED,
    Measure.SYNCED,
    Measure.RESULT_DUE,
    Measure.RESULT_ELECTRONIC,
    Measure.ONLINE_COMPLETE,
    Measure.DIGITISED,
    Measure.REUSED,
    Measure.SHARED,
    Measure.CITIZEN_DATA,
    Measure.FEE_DUE,
    Measure.PAID_ONLINE,
    Measure.SIGNED,
    Measure.RATED,
    Measure.UNHAPPY,
    Measure.LATE,
    *OF_PETITIONS,
)
STOCKS = (Measure.OPEN, Measure.PAUSED, Measure.OVERDUE, Measure.OVERDUE_BY_DATE)


class Counted(NamedTuple):
    """
    What one agency did of one procedure by one channel in a period.

    `now` holds every measure: events and learned of the period, stocks at its end (or at the
    moment asked about, where that is earlier). `before` holds the stocks when it began.
    """

    agency_id: int
    procedure: str  # its code
    channel: str  # direct, online, post
    is_part: bool  # of a linked dossier: its agency's work, and no citizen's filing
    now: Mapping[Measure, int]
    before: Mapping[Measure, int]
