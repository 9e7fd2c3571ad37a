"""
The figures counted a second time: slowly, from the events as they stand in the ledger.

It shares nothing with the read models but the meaning of the words. Each dossier's events are read
from its first to its last, what is asked of it is answered in plain sentences, and the answers are
added up. Whoever doubts a figure compares the two.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from motcua.dossiers.models import Dossier
from motcua.kernel.clock import day_of, midnight_after
from motcua.kernel.ledger.models import LedgerEvent
from motcua.kernel.months import month_after
from motcua.procedures.queries import gives_document
from motcua.steering.definitions import Measure, Period

M = Measure

_OPENED = {"dossiers.opened": False, "dossiers.part-opened": True}
_WAITING = {"awaiting_supplement", "awaiting_obligation", "awaiting_agency", "suspended"}
_OVER = {
    "not_accepted": M.REFUSED,
    "withdrawn": M.WITHDRAWN,
    "stopped": M.STOPPED,
    "decided": M.DECIDED,
}


# What an officer answers for.
_WORK = {M.ENDED, M.ENDED_LATE, M.OPEN, M.OVERDUE}
_EVER = Period(date.min, date.max)


class Key(NamedTuple):
    """To whom, for what and by which way a dossier counts."""

    agency_id: int
    procedure: str
    channel: str
    is_part: bool


class Decided(NamedTuple):
    """A dossier that was decided, and when its clock stood still in between."""

    received_at: datetime
    ended_at: datetime
    pauses: list[tuple[datetime, datetime]]


@dataclass(frozen=True, kw_only=True)
class Recount:
    """What the events say of a period."""

    now: dict[Key, Counter[Measure]] = field(default_factory=dict)
    before: dict[Key, Counter[Measure]] = field(default_factory=dict)  # the stocks when it began
    # By agency and procedure.
    decided: dict[tuple[int, str], list[Decided]] = field(default_factory=dict)
    # By officer and agency.
    officers: dict[tuple[int, int], Counter[Measure]] = field(default_factory=dict)
    learned: set[Measure] = field(default_factory=set)  # of which there was a fact by its last day
    payable: set[str] = field(default_factory=set)  # procedures, paid online in the year up to it


@dataclass(frozen=True)
class _Told:
    kind: str
    at: datetime
    data: dict[str, Any]


def recount(period: Period, *, as_of: date | None, at: datetime) -> Recount:
    """Return what the ledger says of a period, as known at `at` or at the end of `as_of`."""
    today = day_of(at)
    until = min(period.last, as_of or today)
    # Up to and with this moment, or before midnight.
    known = at + timedelta(microseconds=1) if as_of is None else midnight_after(as_of)
    stands = min(known, midnight_after(until))
    begun = midnight_after(period.first - timedelta(days=1))
    heard = stands if as_of is None else known
    the_year = _year_up_to(until)
    found = Recount()
    for events in _dossiers():
        first = events[0]
        if first.kind not in _OPENED or first.at >= known:
            continue
        key = Key(
            first.data["settling_agency"],
            first.data["procedure"],
            first.data["channel"],
            _OPENED[first.kind],
        )
        told = [event for event in events if event.at < known]
        happened, stood = list(_happened(told, period.first, until)), _until(told, stands)
        _add(found.now, key, happened)
        _add(found.now, key, _standing(stood, stands, until))
        _add(found.now, key, _learned(told, first, period))
        day_before = period.first - timedelta(days=1)
        _add(found.before, key, _standing(_until(told, begun), begun, day_before))
        _add(found.now, key, _petitions(told, period, known))
        found.learned.update(_learned(_until(told, heard), first, _EVER))
        found.learned.update(_petitions(_until(told, heard), _EVER, heard))
        if M.PAID_ONLINE in _learned(told, first, the_year):
            found.payable.add(key.procedure)
        if M.DECIDED in happened:
            of = found.decided.setdefault((key.agency_id, key.procedure), [])
            of.append(_decided(told))
        if (officer := _holder(events)) is not None:
            work = [each for each in happened if each in _WORK]
            if stands == known and as_of is None:
                work += [each for each in _standing(stood, stands, until) if each in _WORK]
            _add(found.officers, (officer, key.agency_id), work)
    return found


def _dossiers() -> Iterator[list[_Told]]:
    """Yield the events of each dossier, from its first to its last."""
    rows = (
        LedgerEvent.objects.filter(subject_type=Dossier().subject.type)
        .order_by("subject_id", "subject_seq")
        .values_list("subject_id", "kind", "occurred_at", "data")
        .iterator(chunk_size=5_000)
    )
    for _subject, of in groupby(rows, key=lambda row: row[0]):
        yield [_Told(kind, moment, data) for _id, kind, moment, data in of]


def _until(told: list[_Told], moment: datetime) -> list[_Told]:
    return [event for event in told if event.at < moment]


def _year_up_to(until: date) -> Period:
    """Return the twelve months of which the last has that day."""
    month = Period.month(until.year, until.month)
    return Period(month_after(month.first.replace(year=until.year - 1)), month.last)


def _happened(told: list[_Told], first: date, last: date) -> Iterator[Measure]:
    """Yield what happened to a dossier in these days."""

    def in_it(moment: datetime) -> bool:
        return first <= day_of(moment) <= last

    received = _received(told)
    if in_it(told[0].at):
        yield M.FILED
    if received is None:
        for event in told:
            if event.data.get("to_state") == "not_accepted" and in_it(event.at):
                yield M.REFUSED
        return
    if in_it(received):
        yield M.RECEIVED
    requests = [event.at for event in told if event.kind == "dossiers.supplement-requested"]
    for request in requests[1:]:
        # Asked before it was received: it counts from then on.
        if in_it(max(request, received)):
            yield M.FURTHER_ROUNDS
    for event in told:
        if event.kind == "dossiers.result-returned" and in_it(event.at):
            yield M.RETURNED
    end = _end(told)
    if end is None or not in_it(end.at):
        return
    yield M.ENDED
    yield _OVER[end.data["to_state"]]
    if _is_late(told, end.at):
        yield M.ENDED_LATE
    # By date, as report II.06a asks. What stood still when it ended ended when it began to.
    due, waiting_since = _due(told), _waiting_since(told)
    finished_on = day_of(waiting_since or end.at)
    if end.data["to_state"] == "withdrawn" or due is None or finished_on == day_of(due):
        yield M.ENDED_ON
    elif finished_on < day_of(due):
        yield M.ENDED_BEFORE
    else:
        yield M.ENDED_AFTER


def _standing(told: list[_Told], moment: datetime, on: date) -> Iterator[Measure]:
    """Yield what a dossier is at a moment of a day: open, waiting, late."""
    if not told or _received(told) is None or _end(told) is not None:
        return
    yield M.OPEN
    waits = _waiting_since(told) is not None
    if waits:
        yield M.PAUSED
    if _is_late(told, moment):
        yield M.OVERDUE
    due = _due(told)
    if not waits and due is not None and day_of(due) < on:
        yield M.OVERDUE_BY_DATE


def _learned(told: list[_Told], first: _Told, period: Period) -> Iterator[Measure]:
    """Yield what is known of a dossier, if its month of receipt lies in the period as a whole."""
    received = _received(told)
    if received is None:
        return
    if not _month_lies_in(period, received):
        return
    facts: dict[str, list[dict[str, Any]]] = {}
    for event in told:
        facts.setdefault(event.kind.removeprefix("dossiers."), []).append(event.data)
    end = _end(told)
    is_decided = end is not None and end.data["to_state"] == "decided"
    is_online = first.data["channel"] == "online"
    needs_document = gives_document(first.data["procedure"], _number(first))
    has_document = is_decided and "result-issued-electronically" in facts
    is_complete = has_document or not needs_document
    owes = any(fee["amount_dong"] > 0 for fee in facts.get("fee-fixed", ()))
    disliked = any(not rating["liked"] for rating in facts.get("rated", ()))
    manners = {helped["manner"] for helped in facts.get("filing-helped", ())}
    stores = {reused["source"] for reused in facts.get("data-reused", ())}
    answers = {
        M.ONLINE: is_online,
        M.HELPED: bool(manners - {"by_officer"}),
        M.TYPED: "by_officer" in manners,
        M.SYNCED: "synchronised" in facts,
        M.RESULT_DUE: needs_document and is_decided,
        M.RESULT_ELECTRONIC: needs_document and has_document,
        M.ONLINE_COMPLETE: is_online and is_complete,
        M.DIGITISED: "components-digitised" in facts and is_complete,
        M.REUSED: bool(stores),
        M.SHARED: "national_store" in stores,
        M.CITIZEN_DATA: "identity-verified" in facts,
        M.FEE_DUE: owes,
        M.PAID_ONLINE: owes and any(paid["online"] for paid in facts.get("fee-paid", ())),
        M.SIGNED: "signed" in facts,
        M.RATED: "rated" in facts,
        M.UNHAPPY: disliked or "petition-received" in facts,
        M.LATE: end is not None and _is_late(told, end.at),
    }
    yield from (measure for measure, yes in answers.items() if yes)


def _petitions(told: list[_Told], period: Period, known: datetime) -> Iterator[Measure]:
    """Yield what is known of the petitions about a dossier that came in the period."""
    came: set[str] = set()
    for place, event in enumerate(told):
        number = event.data.get("number")
        if event.kind != "dossiers.petition-received" or number in came:
            continue
        came.add(str(number))
        if not _month_lies_in(period, event.at):
            continue
        yield M.PETITIONS
        answers = [
            later
            for later in told[place:]
            if later.kind == "dossiers.petition-answered" and later.data["number"] == number
        ]
        due = datetime.fromisoformat(event.data["due_at"])
        in_time = answers[0].at <= due if answers else due >= known
        if not in_time:
            yield M.PETITIONS_LATE
        if not in_time or not all(answer.data["satisfied"] for answer in answers):
            yield M.PETITIONS_UNHAPPY


def _month_lies_in(period: Period, moment: datetime) -> bool:
    month = Period.month(day_of(moment).year, day_of(moment).month)
    return period.first <= month.first and month.last <= period.last


def _received(told: list[_Told]) -> datetime | None:
    return next((event.at for event in told if event.kind == "dossiers.accepted"), None)


def _end(told: list[_Told]) -> _Told | None:
    """Return the event with which it was over; done is done, whenever it was handed over."""
    return next((event for event in told if event.data.get("to_state") in _OVER), None)


def _decided(told: list[_Told]) -> Decided:
    """Return from when to when a decided dossier was in hand, and when its clock stood."""
    received, end = _received(told), _end(told)
    assert received is not None
    assert end is not None
    pauses: list[tuple[datetime, datetime]] = []
    since = None
    for event in told:
        state = event.data.get("to_state")
        if state in _WAITING:
            since = since if since is not None else event.at
        elif state is not None and since is not None:
            pauses.append((max(since, received), event.at))
            since = None
        if event is end:
            break
    return Decided(received, end.at, pauses)


def _holder(events: Iterable[_Told]) -> int | None:
    """Return who had it in hand last."""
    holder = None
    for event in events:
        if "to_state" in event.data:
            holder = event.data.get("holder") or holder
    return holder


def _due(told: Iterable[_Told]) -> datetime | None:
    """Return what was promised last."""
    due = None
    for event in told:
        due = _promised(event) or due
    return due


def _promised(event: _Told) -> datetime | None:
    promise = event.data.get("due_after" if event.kind.endswith("recalibrated") else "due_at")
    if event.kind == "dossiers.petition-received" or promise is None:
        return None
    if event.kind in _TELL_OF_A_DUE_MOMENT:
        return datetime.fromisoformat(promise)
    return None


# Others tell of a due moment too, that was promised before: a reminder, an apology.
_TELL_OF_A_DUE_MOMENT = {
    "dossiers.accepted",
    "dossiers.supplemented",
    "dossiers.obligation-discharged",
    "dossiers.agency-heard",
    "dossiers.settlement-resumed",
    "dossiers.extended",
    "dossiers.whole-due-moved",
    "dossiers.recalibrated",
}


def _waiting_since(told: Iterable[_Told]) -> datetime | None:
    """Return since when the clock stands, also if it ended so."""
    since = None
    for event in told:
        state = event.data.get("to_state")
        if state in _WAITING:
            since = since if since is not None else event.at
        elif state is not None and state not in _OVER and state != "returned":
            since = None
    return since


def _is_late(told: list[_Told], moment: datetime) -> bool:
    """
    Return whether a received dossier is late at a moment, or was when it ended at that moment.

    Late is what was asked for papers more than once, and what is past its due moment; while the
    clock stands that is what was past it when the clock stopped (Decision 766, 2.1).
    """
    told = [event for event in told if event.at <= moment]
    if sum(event.kind == "dossiers.supplement-requested" for event in told) > 1:
        return True
    due = _due(told)
    return due is not None and (_waiting_since(told) or moment) > due


def _number(first: _Told) -> int:
    return int(first.data["version"])


def _add(sums: dict[Any, Counter[Any]], key: Any, found: Iterable[Any]) -> None:
    sums.setdefault(key, Counter()).update(found)
