"""
The life of a dossier as figures see it: what its events say, and what it adds to each count.

Pure and small, and the only place that knows. `tell` takes one event in. `marks_of` says what the
dossier adds to which day. Counts are sums of marks, so whoever changes a life takes its former
marks off and puts the present ones on.

Marks on days that are over never change. Where an event moves a due moment, what ran out before it
stays as it was (`Life.late`); only what was still to come is taken off. That is why a figure of the
past can be asked for again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from motcua.dossiers.lifecycle import CLOCK_PAUSED_IN, DossierState
from motcua.kernel.clock import day_of

from .measures import Measure as M

_DAY = timedelta(days=1)
_PAUSED = frozenset(state.value for state in CLOCK_PAUSED_IN)
_ENDINGS = {
    DossierState.NOT_ACCEPTED.value: "refused",
    DossierState.WITHDRAWN.value: "withdrawn",
    DossierState.STOPPED.value: "stopped",
    DossierState.DECIDED.value: "decided",
}
_BY_ENDING = {"withdrawn": M.WITHDRAWN, "stopped": M.STOPPED, "decided": M.DECIDED}
# Facts whose first moment is all that figures ask: kind → the moment it sets.
_FIRST = {
    "dossiers.identity-verified": "citizen_data_at",
    "dossiers.signed": "signed_at",
    "dossiers.components-digitised": "digitised_at",
    "dossiers.result-issued-electronically": "result_at",
    "dossiers.synchronised": "synced_at",
}
# And the learned measure each moment stands for; those that ask for more are in `_learned`.
_PLAIN = (
    ("helped_at", M.HELPED),
    ("typed_at", M.TYPED),
    ("synced_at", M.SYNCED),
    ("reused_at", M.REUSED),
    ("shared_at", M.SHARED),
    ("citizen_data_at", M.CITIZEN_DATA),
    ("fee_at", M.FEE_DUE),
    ("signed_at", M.SIGNED),
    ("rated_at", M.RATED),
)


# To which day something counts; or to which month, of what came in it, and on which day it became
# known.
When = tuple[date] | tuple[date, date]
Mark = tuple[When, M, int]  # one step of one measure, up or down


@dataclass(slots=True)
class Spell:
    """From a moment to another; open while it lasts."""

    since: datetime
    until: datetime | None = None


@dataclass(slots=True)
class Petition:
    """What became of a petition about the dossier; of several answers the first of a kind tells."""

    received_at: datetime
    due_at: datetime
    answered_at: datetime | None = None
    disliked_at: datetime | None = None

    @property
    def late_from(self) -> datetime | None:
        """Return since when it is late, or will be if nobody answers."""
        in_time = self.answered_at is not None and self.answered_at <= self.due_at
        return None if in_time else self.due_at


@dataclass(slots=True)
class Life:
    """What figures know of one dossier."""

    dossier_id: str
    agency_id: int
    unit_id: int
    procedure: str
    channel: str
    is_part: bool
    gives_document: bool
    filed_at: datetime
    received_at: datetime | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None
    ending: str = ""
    ended_late: bool = False
    returned_at: datetime | None = None
    officer_id: int | None = None
    rounds: int = 0
    helped_at: datetime | None = None
    typed_at: datetime | None = None
    synced_at: datetime | None = None
    result_at: datetime | None = None
    digitised_at: datetime | None = None
    reused_at: datetime | None = None
    shared_at: datetime | None = None
    citizen_data_at: datetime | None = None
    fee_at: datetime | None = None
    paid_at: datetime | None = None
    signed_at: datetime | None = None
    rated_at: datetime | None = None
    disliked_at: datetime | None = None
    petition_at: datetime | None = None
    pauses: list[Spell] = field(default_factory=list)
    late: list[Spell] = field(default_factory=list)  # by the moment
    late_days: list[Spell] = field(default_factory=list)  # by the date
    further: list[datetime] = field(default_factory=list)  # requests after the first
    petitions: dict[str, Petition] = field(default_factory=dict)  # by their numbers

    @property
    def paused_at(self) -> datetime | None:
        """Return since when the clock stands, also if it ended so."""
        last = self.pauses[-1] if self.pauses else None
        return last.since if last is not None and last.until is None else None

    @property
    def late_from(self) -> datetime | None:
        """Return since when it is late, or was when it ended, as far as an event told."""
        if not self.late:
            return None
        return self.late[-1].since if self.late[-1].until in (None, self.ended_at) else None

    @property
    def runs(self) -> bool:
        """Whether the statutory clock runs."""
        return (
            self.received_at is not None
            and self.ended_at is None
            and self.due_at is not None
            and self.paused_at is None
        )

    def tell(self, kind: str, at: datetime, data: Mapping[str, Any]) -> None:
        """Take in the next event of the dossier."""
        self._notice_delay(at)
        if (name := _FIRST.get(kind)) is not None:
            self._first(name, at)
        elif "to_state" in data:
            self._move(kind, at, data)
        else:
            self._learn(kind, at, data)

    # What moves it

    def _move(self, kind: str, at: datetime, data: Mapping[str, Any]) -> None:
        before, after = data["from_state"], data["to_state"]
        if kind == "dossiers.accepted":
            self.received_at = at
            self.due_at = datetime.fromisoformat(data["due_at"])
            if self.rounds > 1:
                self.late.append(Spell(at))
        if kind == "dossiers.supplement-requested":
            self._ask(at)
        if holder := data.get("holder"):
            self.officer_id = holder
        if before in _PAUSED and after not in _PAUSED:
            self._resume(at, data.get("due_at"), ends=after in _ENDINGS)
        if after in _PAUSED and before not in _PAUSED:
            self.pauses.append(Spell(at))
            _close(self.late_days, at)
        if after in _ENDINGS:
            self._end(_ENDINGS[after], at)
        elif kind == "dossiers.result-returned":
            self.returned_at = at

    def _ask(self, at: datetime) -> None:
        # Asking more than once counts as late, whatever the clock says (Decision 766, 2.1).
        self.rounds += 1
        if self.rounds > 1:
            self.further.append(at)
            if self.received_at is not None and not _is_open(self.late):
                self.late.append(Spell(at))

    def _resume(self, at: datetime, due: str | None, *, ends: bool) -> None:
        if ends:
            return  # the clock stood to the end
        self.pauses[-1].until = at
        if due is not None:
            self._be_due(datetime.fromisoformat(due), at)

    def _end(self, ending: str, at: datetime) -> None:
        self.ended_at, self.ending = at, ending
        self.ended_late = self.received_at is not None and _is_open(self.late)
        _close(self.late, at)
        _close(self.late_days, at)

    def _be_due(self, due_at: datetime, at: datetime) -> None:
        """Move the due moment. What ran out before stays on record."""
        self.due_at = due_at
        if due_at >= at and self.rounds <= 1:
            _close(self.late, at)
        if day_of(due_at) >= day_of(at):
            _close(self.late_days, at)
        if not self.runs:
            return
        if due_at < at and not _is_open(self.late):
            self.late.append(Spell(at))
        if day_of(due_at) < day_of(at) and not _is_open(self.late_days):
            self.late_days.append(Spell(at))

    def _notice_delay(self, at: datetime) -> None:
        """Write down what ran out since the last event: from now on it does not change."""
        if self.due_at is None or at <= self.due_at or not self.runs:
            return
        if not _is_open(self.late):
            self.late.append(Spell(self.due_at))
        if not _is_open(self.late_days) and day_of(self.due_at) < day_of(at):
            self.late_days.append(Spell(self.due_at + _DAY))

    # What is learned of it

    def _learn(self, kind: str, at: datetime, data: Mapping[str, Any]) -> None:
        match kind:
            case "dossiers.extended" | "dossiers.whole-due-moved":
                self._be_due(datetime.fromisoformat(data["due_at"]), at)
            case "dossiers.recalibrated":
                if data["due_after"] != data["due_before"]:
                    self._be_due(datetime.fromisoformat(data["due_after"]), at)
            case "dossiers.filing-helped":
                self._first("typed_at" if data["manner"] == "by_officer" else "helped_at", at)
            case "dossiers.data-reused":
                self._first("reused_at", at)
                if data["source"] == "national_store":
                    self._first("shared_at", at)
            case "dossiers.fee-fixed":
                if data["amount_dong"] > 0:
                    self._first("fee_at", at)
            case "dossiers.fee-paid":
                if data["online"]:
                    self._first("paid_at", at)
            case "dossiers.rated":
                self._first("rated_at", at)
                if not data["liked"]:
                    self._first("disliked_at", at)
            case "dossiers.petition-received":
                self._first("petition_at", at)
                due_at = datetime.fromisoformat(data["due_at"])
                self.petitions.setdefault(data["number"], Petition(at, due_at))
            case "dossiers.petition-answered" if petition := self.petitions.get(data["number"]):
                petition.answered_at = petition.answered_at or at
                if not data["satisfied"]:
                    petition.disliked_at = petition.disliked_at or at

    def _first(self, name: str, at: datetime) -> None:
        if getattr(self, name) is None:
            setattr(self, name, at)


def born(
    kind: str, at: datetime, data: Mapping[str, Any], *, dossier_id: str, gives_document: bool
) -> Life:
    """Return the life that begins with this event: `dossiers.opened` or `dossiers.part-opened`."""
    return Life(
        dossier_id=dossier_id,
        agency_id=data["settling_agency"],
        unit_id=data["receiving_unit"],
        procedure=data["procedure"],
        channel=data["channel"],
        is_part=kind == "dossiers.part-opened",
        gives_document=gives_document,
        filed_at=at,
    )


def marks_of(life: Life) -> list[Mark]:
    """Return every step, up or down, that the dossier adds to the counts."""
    marks: list[Mark] = [((day_of(life.filed_at),), M.FILED, 1)]
    for petition in life.petitions.values():
        marks += _petition_of(petition)
    if life.received_at is None:
        if life.ended_at is not None and life.ending == "refused":
            marks.append(((day_of(life.ended_at),), M.REFUSED, 1))
        return marks
    received_on = day_of(life.received_at)
    marks += [((received_on,), M.RECEIVED, 1), ((received_on,), M.OPEN, 1)]
    if life.ended_at is not None:
        marks += _end_of(life, life.ended_at)
    if life.returned_at is not None:
        marks.append(((day_of(life.returned_at),), M.RETURNED, 1))
    for at in life.further:
        marks.append(((max(day_of(at), received_on),), M.FURTHER_ROUNDS, 1))
    marks += _spells_of(life)
    month = received_on.replace(day=1)
    for measure, at in _learned(life, life.received_at):
        on = received_on if at <= life.received_at else day_of(at)
        marks.append(((month, on), measure, 1))
    return marks


def _end_of(life: Life, ended_at: datetime) -> list[Mark]:
    on = (day_of(ended_at),)
    marks: list[Mark] = [(on, M.OPEN, -1), (on, M.ENDED, 1), (on, _BY_ENDING[life.ending], 1)]
    if life.ended_late:
        marks.append((on, M.ENDED_LATE, 1))
    # By date: what ended while its clock stood is taken to end when it began to stand.
    finished_on = on[0] if life.paused_at is None else day_of(life.paused_at)
    due_on = None if life.due_at is None else day_of(life.due_at)
    if life.ending == "withdrawn" or due_on is None or finished_on == due_on:
        marks.append((on, M.ENDED_ON, 1))
    else:
        marks.append((on, M.ENDED_BEFORE if finished_on < due_on else M.ENDED_AFTER, 1))
    return marks


def _spells_of(life: Life) -> list[Mark]:
    marks: list[Mark] = []
    for spells, measure in (
        (life.pauses, M.PAUSED),
        (life.late, M.OVERDUE),
        (life.late_days, M.OVERDUE_BY_DATE),
    ):
        for spell in spells:
            until = spell.until or life.ended_at
            marks.append(((day_of(spell.since),), measure, 1))
            if until is not None:
                marks.append(((day_of(until),), measure, -1))
    if life.runs:
        # What time alone will bring, unless an event comes first and takes these off.
        assert life.due_at is not None
        due_on = day_of(life.due_at)
        if not _is_open(life.late):
            marks.append(((due_on,), M.OVERDUE, 1))
        if not _is_open(life.late_days):
            marks.append(((due_on + _DAY,), M.OVERDUE_BY_DATE, 1))
    return marks


def _petition_of(petition: Petition) -> list[Mark]:
    received_on = day_of(petition.received_at)
    month = received_on.replace(day=1)
    marks: list[Mark] = [((month, received_on), M.PETITIONS, 1)]
    since = [at for at in (petition.late_from, petition.disliked_at) if at is not None]
    if petition.late_from is not None:
        on = max(day_of(petition.late_from), received_on)
        marks.append(((month, on), M.PETITIONS_LATE, 1))
    if since:
        marks.append(((month, max(day_of(min(since)), received_on)), M.PETITIONS_UNHAPPY, 1))
    return marks


def _learned(life: Life, received_at: datetime) -> list[tuple[M, datetime]]:
    """Return what is known of a received dossier, and since when, or since its receipt if later."""
    online = life.channel == "online"
    learned = [(M.ONLINE, received_at)] if online else []
    for name, measure in _PLAIN:
        if (at := getattr(life, name)) is not None:
            learned.append((measure, at))
    if life.fee_at is not None and life.paid_at is not None:
        learned.append((M.PAID_ONLINE, max(life.paid_at, life.fee_at)))
    unhappy = [at for at in (life.disliked_at, life.petition_at) if at is not None]
    if unhappy:
        learned.append((M.UNHAPPY, min(unhappy)))
    if life.ended_at is not None and life.ended_late:
        learned.append((M.LATE, life.ended_at))
    # Where a document is due, being done asks for an electronic one.
    complete: datetime | None = received_at
    if life.gives_document:
        complete = None
        if life.ending == "decided":
            assert life.ended_at is not None
            learned.append((M.RESULT_DUE, life.ended_at))
            if life.result_at is not None:
                complete = max(life.ended_at, life.result_at)
                learned.append((M.RESULT_ELECTRONIC, complete))
    if complete is not None and online:
        learned.append((M.ONLINE_COMPLETE, complete))
    if complete is not None and life.digitised_at is not None:
        learned.append((M.DIGITISED, max(life.digitised_at, complete)))
    return learned


def _is_open(spells: list[Spell]) -> bool:
    return bool(spells) and spells[-1].until is None


def _close(spells: list[Spell], at: datetime) -> None:
    if _is_open(spells):
        spells[-1].until = at
