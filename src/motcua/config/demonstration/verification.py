"""
Looking at every dossier with the eyes of the law: is what the tables say what happened?

Reads the ledger and the tables, and trusts neither. It asks the lifecycle, the statutory clock and
the chain themselves, so dossiers made by services and in bulk are held to the same.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from motcua.calendars import queries as calendars
from motcua.dossiers import clock, queries
from motcua.dossiers.clock import ClockEvent
from motcua.dossiers.events import (
    ApologySigned,
    DossierExtended,
    DossierRecalibrated,
    SilenceWarned,
    WholeDueMoved,
)
from motcua.dossiers.lifecycle import (
    AWAITING_ANSWER,
    COMPLETED_STATES,
    DOSSIER_LIFECYCLE,
    DossierState,
)
from motcua.dossiers.models import Dossier
from motcua.kernel.hands import work_through
from motcua.kernel.ledger import chain, health
from motcua.kernel.ledger.chain import Recorded
from motcua.kernel.ledger.models import LedgerEvent, Subject
from motcua.kernel.lifecycle import ClockEffect
from motcua.procedures.definitions import Channel, Version
from motcua.procedures.queries import compiled

from .figures import figures
from .growth import YEAR_2023, taken_in
from .plan import Taken
from .tables import faults_in_counts, faults_in_tables

PART = 2_000
SHOWN = 5  # of what is wrong, per part

_EVENTS = """
    SELECT subject_id, subject_seq, kind, occurred_at, recorded_at, actor, data::text, prev_hash,
           hash
    FROM ledger_event
    WHERE subject_type = %s AND subject_id >= %s AND subject_id < %s
    ORDER BY subject_id, subject_seq
"""
_DOSSIERS = """
    SELECT id::text, code, version_id, case_key, channel, state, answers::text, step_key,
           step_unit_id, holder_id, submitted_at, accepted_at, due_at, paused_at, completed_at,
           returned_at, step_due_at, intake_due_at, promised_at, wakes_at,
           answer_due_at, settling_agency_id, parent_id
    FROM dossier WHERE id >= %s::uuid AND id < %s::uuid ORDER BY id
"""
# Every part begins with one of these; the last ends with an id that no dossier has.
_BOUNDS = """
    SELECT id::text FROM (
        SELECT id, row_number() OVER (ORDER BY id) AS place FROM dossier
    ) AS numbered
    WHERE place %% %s = 1 ORDER BY id
"""
_LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Share:
    """What an agency of the annex took in during 2023, beside what the annex says."""

    agency: str
    total: int
    online: int
    annex_tenths: int

    @property
    def tenths(self) -> float:
        """Return the online share in tenths of a percent, unrounded."""
        return 1000 * self.online / self.total if self.total else 0.0

    @property
    def holds(self) -> bool:
        """Whether it is the annex's to a tenth of a point."""
        return self.total > 0 and abs(self.tenths - self.annex_tenths) < 0.5


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What was looked at, and what was found wrong."""

    dossiers: int
    events: int
    shares: tuple[Share, ...]
    faults: tuple[str, ...]
    behind: int  # events that followers have not read yet

    @property
    def holds(self) -> bool:
        """Whether everything is as it must be. Agencies without any dossier have no share."""
        return not self.faults and all(share.holds for share in self.shares if share.total)


class _Row(NamedTuple):
    id: str
    code: str
    version_id: int
    case_key: str
    channel: str
    state: str
    answers: str
    step_key: str | None
    step_unit_id: int | None
    holder_id: int | None
    submitted_at: datetime
    accepted_at: datetime | None
    due_at: datetime | None
    paused_at: datetime | None
    completed_at: datetime | None
    returned_at: datetime | None
    step_due_at: datetime | None
    intake_due_at: datetime | None
    promised_at: datetime | None
    wakes_at: datetime | None
    answer_due_at: datetime | None
    settling_agency_id: int
    parent_id: UUID | None


def verify(*, workers: int, progress: Progress = lambda done, of: None) -> Verification:
    """Look at every chain, dossier, number and share."""
    with connection.cursor() as cursor:
        cursor.execute(_BOUNDS, [PART])
        bounds = [*(row[0] for row in cursor.fetchall()), _LAST]
    parts = list(pairwise(bounds))
    dossiers = events = done = 0
    faults: list[str] = []
    for _part, (seen, read, wrong) in work_through(_look_at, parts, workers=workers):
        dossiers, events, done = dossiers + seen, events + read, done + 1
        faults += wrong
        progress(done, len(parts))
    others = LedgerEvent.objects.exclude(subject_type=Dossier().subject.type)
    types = others.order_by().values_list("subject_type", flat=True).distinct()
    for _type, (read, wrong) in work_through(
        _look_at_chains, [(type_,) for type_ in types], workers=workers
    ):
        events += read
        faults += wrong
    faults += faults_in_tables()
    behind = sum(lag.behind for lag in health.lag())
    if not behind:
        faults += faults_in_counts()
    return Verification(
        dossiers=dossiers,
        events=events,
        shares=shares(),
        faults=tuple(faults),
        behind=behind,
    )


def shares() -> tuple[Share, ...]:
    """Return the online share of 2023 for every line of the annex, counted in the database."""
    taken = taken_in(*YEAR_2023)
    return tuple(
        Share(
            agency=line.agency,
            total=taken.get(line.agency, Taken()).total,
            online=taken.get(line.agency, Taken()).online,
            annex_tenths=line.online_2023,
        )
        for line in figures().annex
    )


def _look_at(first: str, last: str) -> tuple[int, int, list[str]]:
    type_ = Dossier().subject.type
    with connection.cursor() as cursor:
        cursor.execute(_DOSSIERS, [first, last])
        rows = [_Row(*row) for row in cursor.fetchall()]
    read = 0
    faults: list[str] = []
    chains = _chains(type_, first, last)
    for row in rows:
        id_, history = next(chains, ("", []))
        if id_ != row.id:
            faults.append(f"{row.code}: thiếu hoặc thừa chuỗi sự kiện quanh {id_}")
            break
        read += len(history)
        if broken := chain.break_in(Subject(type_, row.id), history):
            faults.append(f"{row.code}: sự kiện {broken.seq} {broken.reason}")
        elif wrong := _first_fault(row, history):
            faults.append(f"{row.code}: {wrong}")
    return len(rows), read, faults[:SHOWN]


def _look_at_chains(type_: str) -> tuple[int, list[str]]:
    read = 0
    faults: list[str] = []
    for id_, history in _chains(type_, "", "\U0010ffff"):
        read += len(history)
        if broken := chain.break_in(Subject(type_, id_), history):
            faults.append(f"{type_}:{id_}: sự kiện {broken.seq} {broken.reason}")
    return read, faults[:SHOWN]


def _chains(type_: str, first: str, last: str) -> Iterator[tuple[str, list[Recorded]]]:
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [type_, first, last])
        for id_, rows in groupby(iter(cursor.fetchone, None), key=lambda row: str(row[0])):
            yield id_, [Recorded._make((*row[1:6], json.loads(row[6]), *row[7:])) for row in rows]


def _first_fault(row: _Row, history: Sequence[Recorded]) -> str:
    """Return what is wrong with a dossier first, or nothing."""
    opened = history[0]
    begins = "dossiers.part-opened" if row.parent_id else "dossiers.opened"
    if opened.kind != begins or opened.data["code"] != row.code:
        return "chuỗi không bắt đầu bằng việc nộp hồ sơ này"
    if opened.data["channel"] != row.channel or opened.occurred_at != row.submitted_at:
        return "kênh hoặc lúc nộp khác với sự kiện"
    digest = hashlib.sha256(chain.canonical(json.loads(row.answers)).encode()).hexdigest()
    if digest != opened.data["answers_digest"]:
        return "nội dung khai đã đổi sau khi nộp"
    if any(a.occurred_at > b.occurred_at for a, b in pairwise(history)):
        return "sự kiện không theo thứ tự thời gian"
    told = _Told()
    for event in history[1:]:
        if wrong := told.take(event):
            return wrong
    return told.differs_from(row)


class _Told:
    """What a history says a dossier's columns must be."""

    def __init__(self) -> None:
        self.state = DossierState.SUBMITTED
        self.moments: dict[str, datetime | None] = dict.fromkeys(
            (
                "accepted_at",
                "promised_at",
                "paused_at",
                "answer_due_at",
                "completed_at",
                "returned_at",
            )
        )
        self.clock: list[ClockEvent] = []
        self.due_at: str | None = None
        self.place: tuple[Any, Any] | None = None
        self.holder: int | None = None
        self.proposer: int | None = None

    def take(self, event: Recorded) -> str:
        """Go on by one event; return what is wrong with it."""
        if event.kind == DossierRecalibrated.kind:
            return self._take_recalibration(event)
        data, at = event.data, event.occurred_at
        if "verb" not in data:  # noted without moving the dossier
            if event.kind == ApologySigned.kind:
                self.moments["promised_at"] = datetime.fromisoformat(data["promised_at"])
            elif event.kind in (DossierExtended.kind, WholeDueMoved.kind):
                self.due_at = data["due_at"]
            elif event.kind == SilenceWarned.kind:
                self.moments["answer_due_at"] = datetime.fromisoformat(data["answer_due_at"])
            return ""
        verb = data["verb"]
        if data["from_state"] != self.state or verb not in DOSSIER_LIFECYCLE.verbs_from(self.state):
            return f"{verb} không được phép từ {self.state}"
        self.state = DOSSIER_LIFECYCLE.target_of(verb, state=self.state)
        if data["to_state"] != self.state:
            return f"{verb} không dẫn đến {data['to_state']}"
        if effect := DOSSIER_LIFECYCLE.transition(verb).clock:
            edition = data.get("edition") if effect is ClockEffect.START else None
            self.clock.append(ClockEvent(effect=effect, at=at, edition=edition))
        self.due_at = data.get("due_at") or self.due_at
        self.place = (data["step"], data["unit"])
        if "holder" in data:
            self.holder = data["holder"]
        elif verb == "send_back":
            self.holder = self.proposer
        elif verb in ("accept", "propose", "decide", "gather"):
            self.holder = None
        if verb == "propose":
            self.proposer = int(event.actor.removeprefix("officer:"))
        self._note_moments(event, verb)
        return ""

    def _note_moments(self, event: Recorded, verb: str) -> None:
        moments, at = self.moments, event.occurred_at
        effect = DOSSIER_LIFECYCLE.transition(verb).clock
        if effect is ClockEffect.START:
            moments["accepted_at"] = at
        elif effect is not None:
            moments["paused_at"] = at if effect is ClockEffect.PAUSE else None
        if self.state in COMPLETED_STATES:
            moments["returned_at" if verb == "return_result" else "completed_at"] = at
        until = event.data.get("answer_due_at") if self.state in AWAITING_ANSWER else None
        moments["answer_due_at"] = datetime.fromisoformat(until) if until else None

    def _take_recalibration(self, event: Recorded) -> str:
        told = event.data
        if self.due_at is None or not _is_same(told["due_before"], self.due_at):
            return f"tính lại từ hạn {told['due_before']}, nhưng hạn đang là {self.due_at}"
        self.clock.append(
            ClockEvent(
                effect=ClockEffect.RECALIBRATE, at=event.occurred_at, edition=told["edition"]
            )
        )
        self.due_at = told["due_after"]
        return ""

    def differs_from(self, row: _Row) -> str:
        """Return the first column that says something else."""
        if row.state != self.state:
            return f"trạng thái {row.state} khác với lịch sử ({self.state})"
        for name, moment in self.moments.items():
            if getattr(row, name) != moment:
                return f"{name} khác với lịch sử"
        if self.place is not None and (row.step_key, row.step_unit_id) != self.place:
            return "bước hoặc bộ phận khác với lịch sử"
        if row.holder_id != (self.holder if row.step_key is not None else None):
            return "người đang giữ khác với lịch sử"
        version = compiled(row.version_id)
        if wrong := _waking_fault(row, version):
            return wrong
        if row.due_at is None:
            return ""
        due_at = self._due_at(row, version)
        if due_at != row.due_at or (self.due_at and datetime.fromisoformat(self.due_at) != due_at):
            return f"hạn trả {row.due_at} khác với hạn tính lại {due_at}"
        return ""

    def _due_at(self, row: _Row, version: Version) -> datetime:
        if version.linked is not None:  # a linked dossier has no time but that of its parts
            return queries.due_of_whole(Dossier.objects.get(pk=row.id), version)
        return clock.due_at(
            self.clock,
            limit=version.cases[row.case_key].limits[Channel(row.channel)],
            policy=version.pause_policy,
            calendar=calendars.editions_for(row.settling_agency_id),
        )


def _is_same(one: str, other: str) -> bool:
    return datetime.fromisoformat(one) == datetime.fromisoformat(other)


def _waking_fault(row: _Row, version: Version) -> str:
    """Return what is wrong with when time will be asked: it must be one of its occasions."""
    dossier = Dossier(
        settling_agency_id=row.settling_agency_id,
        state=row.state,
        case_key=row.case_key,
        channel=row.channel,
        step_key=row.step_key,
        step_due_at=row.step_due_at,
        intake_due_at=row.intake_due_at,
        due_at=row.due_at,
        promised_at=row.promised_at,
        answer_due_at=row.answer_due_at,
    )
    meant = queries.occasions_in(dossier, version, at=row.wakes_at or row.submitted_at)
    if row.wakes_at is None:
        return "thời gian sẽ không nhắc đến hồ sơ" if meant else ""
    if row.wakes_at in (occasion.at for occasion in meant):
        return ""
    return f"lúc nhắc {row.wakes_at} không phải mốc nào của hồ sơ"
