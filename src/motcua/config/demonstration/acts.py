"""
What can be done to a dossier that is being told: each act as the services would have recorded it.

The same verbs, the same events with the same fields, the same columns at every state; `motcua demo
--verify` and the tests read them back through the services' own eyes.
"""

from dataclasses import dataclass
from functools import cache
from json.encoder import encode_basestring
from random import Random
from typing import Any, NamedTuple

from motcua.calendars.limits import Limit
from motcua.dossiers import events
from motcua.dossiers.lifecycle import DOSSIER_LIFECYCLE, DossierState
from motcua.dossiers.models import Channel, Outcome, Phase
from motcua.kernel.ledger import chain
from motcua.kernel.ledger.bulk import Fact, Words, iso, often_said
from motcua.offices.models import PostRole

from .crowd import Inhabitant
from .ground import Case, Ground, Offer, Station
from .moments import SecondsCalendar
from .plan import Fate, Group

HOUR = 3600
# Plain words: asking an enumeration for its value takes longer than what is done with it.
ONLINE, DIRECT, POST = (each.value for each in (Channel.ONLINE, Channel.DIRECT, Channel.POST))
GRANTED, DENIED = Outcome.GRANTED.value, Outcome.DENIED.value
_SUBMITTED = DossierState.SUBMITTED.value
# The close of Friday 29 December 2023.
LAST_OF_2023 = 1_703_844_000
# Where each verb leads; a verb that may be used in several states leads to one from all of them.
_TARGET = {each.verb: each.to.value for each in DOSSIER_LIFECYCLE.transitions}
KINDS = {
    "accept": events.DossierAccepted.kind,
    "refuse": events.DossierRefused.kind,
    "request_intake_supplement": events.SupplementRequested.kind,
    "supplement_intake": events.Supplemented.kind,
    "withdraw": events.DossierWithdrawn.kind,
    "take_up": events.DossierTakenUp.kind,
    "assign": events.DossierAssigned.kind,
    "propose": events.OutcomeProposed.kind,
    "send_back": events.DossierSentBack.kind,
    "request_supplement": events.SupplementRequested.kind,
    "supplement": events.Supplemented.kind,
    "impose_obligation": events.ObligationImposed.kind,
    "discharge_obligation": events.ObligationDischarged.kind,
    "decide": events.DossierDecided.kind,
    "stop": events.DossierStopped.kind,
    "return_result": events.ResultReturned.kind,
}
# What is said in the same words of many dossiers.
_OFTEN_SAID = frozenset({"take_up", "assign", "propose", "stop", "send_back"})
# Of each verb: the kind of its event, where it leads, and how its words are made.
_VERBS = {
    verb: (kind, _TARGET[verb], often_said if verb in _OFTEN_SAID else Words)
    for verb, kind in KINDS.items()
}
_NEEDED = "Gửi lại bản rõ, đủ các trang."
_ANSWER = "Tôi đã bổ sung theo yêu cầu."
_STOPPED = "Người nộp đề nghị dừng giải quyết."
_GRANTED = "Hồ sơ đủ giấy tờ, nội dung khai khớp với giấy tờ kèm theo."
_DENIED = "Hồ sơ không đáp ứng điều kiện theo quy định."
_DECIDED = {GRANTED: "Đồng ý giải quyết theo đề nghị.", DENIED: _DENIED}


class NotYet(Exception):
    """The rest lies in the future."""


@dataclass(slots=True, kw_only=True)
class Request:
    """A row of supplement_request."""

    phase: str
    round: int
    reason: str
    paper: str
    needed: str
    by: int
    at: int
    answered_at: int | None = None
    answer: str = ""


class Stand(NamedTuple):
    """Where a dossier has stood since a moment, and with whom."""

    at: int
    step: str
    unit: int
    holder: int | None
    is_paused: bool


class Acts:
    """One dossier, and what is done to it."""

    __slots__ = (
        "_now", "_receiver", "_rng", "accepted_at", "answer_due_at", "calendar", "case", "channel",
        "completed_at",
        "decision", "due_at", "ends_at", "facts", "figures", "ground", "group", "hand_over",
        "holder", "limit",
        "offer", "paused_at", "requests", "returned_at", "route", "stands", "state", "step",
        "step_since", "submitted_at", "submitter", "unit", "wording",
    )  # fmt: skip

    def __init__(
        self,
        ground: Ground,
        calendar: SecondsCalendar,
        *,
        now: int,
        rng: Random,
        group: Group,
        offer: Offer,
        day: int,
        submitter: Inhabitant,
    ) -> None:
        self.ground, self.calendar, self.figures = ground, calendar, ground.figures
        self.group, self.offer, self.submitter = group, offer, submitter
        self._now, self._rng = now, rng
        self.wording, self.route = offer.on(day)
        self.channel = self._drawn_channel()
        self.case = self._drawn_case()
        self.limit: Limit = self.case.limits[self.channel]
        self.submitted_at = self._filed_on(day)
        self._receiver = self._officer(offer.office.receiving_unit, PostRole.RECEIVER)
        self.state: str = _SUBMITTED
        self.step: str | None = self.wording.first_step
        self.unit: int | None = offer.office.receiving_unit
        self.step_since: tuple[Limit | None, int] = (self.wording.first_limit, self.submitted_at)
        self.holder: int | None = None
        self.accepted_at: int | None = None
        self.due_at: int | None = None
        self.ends_at: int | None = None  # the due moment before it was rounded
        self.paused_at: int | None = None
        self.answer_due_at: int | None = None
        self.completed_at: int | None = None
        self.returned_at: int | None = None
        self.requests: list[Request] = []
        self.decision: tuple[str, str, str, int] | None = None
        self.hand_over: tuple[str, str, int] | None = None
        self.facts: list[Fact] = []
        self.stands: list[tuple[Any, ...]] = []  # each to be read as a Stand

    def _take_up(self, at: int, station: Station) -> None:
        self._reached(at)
        holder = self._officer(station.unit, PostRole.PROCESSOR, at)
        self.holder = holder
        if self._chance(self.figures.assigned_by_leader):
            verb, by = "assign", self._officer(self.route.decision.unit, PostRole.LEADER, at)
        else:
            verb, by = "take_up", holder
        self._move(verb, at, f"officer:{by}", middle=f'"holder":{holder},')

    def _propose(self, at: int, after: Station, outcome: str, *, no_obligation: str = "") -> None:
        self._reached(at)
        by = self._held_by()
        self._stand(after, at)
        self._move("propose", at, f"officer:{by}", middle=_proposal(outcome, no_obligation))

    def _decide(self, at: int, outcome: str) -> None:
        self._reached(at)
        leader = self._officer(self.route.decision.unit, PostRole.LEADER, at)
        number = f"{1 + int(self._rng.random() * 99999)}/KQ"
        self.decision = (outcome, number, _DECIDED[outcome], leader)
        self.completed_at = at
        self._stand(self.route.hand_over, at)
        self._move(
            "decide",
            at,
            f"officer:{leader}",
            before='"file":null,',
            middle=f'"number":"{number}","outcome":"{outcome}",',
        )

    def _stop(self, at: int) -> None:
        self._reached(at)
        leader = self._officer(self.route.decision.unit, PostRole.LEADER, at)
        self.completed_at = at
        self._close()
        self._move("stop", at, f"officer:{leader}", middle=said("reason", _STOPPED))

    def _ask(self, verb: str, at: int, by: int, reason: str) -> None:
        papers = self.case.papers
        paper = papers[int(self._rng.random() * len(papers))]
        at_intake = verb == "request_intake_supplement"
        request = Request(
            phase=Phase.INTAKE.value if at_intake else Phase.EXAMINATION.value,
            round=len(self.requests) + 1,
            reason=reason,
            paper=paper,
            needed=_NEEDED,
            by=by,
            at=at,
        )
        self.requests.append(request)
        if not at_intake:
            self.paused_at = at
        self.answer_due_at = self.calendar.due(at, self.wording.answer_limit)
        item = f'"example":"","key":"{paper}",{said("needed", _NEEDED)}{said("why", reason)[:-1]}'
        self._move(
            verb,
            at,
            f"officer:{by}",
            before=f'"answer_due_at":"{iso(self.answer_due_at)}","fine":[],',
            middle=(
                f'"items":[{{{item}}}],"not_applicable":[],"phase":"{request.phase}",'
                f'{said("reason", reason)}"round":{request.round},'
            ),
        )

    def _answer(self, verb: str, at: int, due: str, due_at: int | None = None) -> None:
        request = self.requests[-1]
        request.answered_at, request.answer = at, _ANSWER
        self.answer_due_at = None
        if due_at is not None:
            self.due_at, self.paused_at = due_at, None
        self._move(
            verb,
            at,
            self._person(),
            before=f'"due_at":{due},"files":[],',
            middle=f'"round":{request.round},',
        )

    def _move(self, verb: str, at: int, actor: str, *, before: str = "", middle: str = "") -> None:
        kind, after, words = _VERBS[verb]
        told = _place(self.step, self.unit, verb)
        data = f'{{{before}"from_state":"{self.state}",{middle}{told}'
        self.state = after
        self.facts.append((at, words(kind, actor, data)))
        if self.step is not None:
            paused = self.paused_at is not None
            self.stands.append((at, self.step, self.unit, self.holder, paused))

    def _stand(self, station: Station, at: int) -> None:
        self.step, self.unit, self.holder = station.key, station.unit, None
        self.step_since = (station.limit, at)

    def _close(self) -> None:
        self.step = self.unit = self.holder = self.paused_at = self.answer_due_at = None

    def _due_after(self, paused: int, resumed: int) -> int:
        assert self.ends_at is not None
        self.ends_at = self.calendar.after_pause(
            self.ends_at, paused, resumed, self.limit, self.wording.pause_policy
        )
        return self.calendar.rounded(self.ends_at, self.limit)

    def _held_by(self) -> int:
        assert self.holder is not None
        return self.holder

    def _person(self) -> str:
        return f"person:{self.submitter.id}"

    def _officer(self, unit: int, role: str, at: int | None = None) -> int:
        officers = self.ground.officers[unit, role]
        if len(officers) > 1:
            day = self.calendar.day_of(self.submitted_at if at is None else at)
            if officers[-1][1] > day:
                officers = tuple(each for each in officers if each[1] <= day) or officers[:1]
        return officers[int(self._rng.random() * len(officers))][0]

    # Times and chances

    def _reached(self, at: int) -> int:
        if at > self._now:
            raise NotYet
        return at

    def _chance(self, per_mille: float) -> bool:
        return self._rng.random() * 1000 < per_mille

    def _one_of(self, words: tuple[str, ...]) -> str:
        return words[int(self._rng.random() * len(words))]

    def _drawn_channel(self) -> str:
        online = self.ground.counters[self.group.counter].online
        if self.group.fate is Fate.TURNED_AWAY:
            filed_online = self.offer.takes_online and bool(online) and self._chance(500)
        else:
            filed_online = self.group.fate is Fate.ONLINE
        if filed_online:
            return ONLINE
        by_post = self._chance(self.figures.post_of_the_rest)
        if by_post and POST in self.wording.channels:
            return POST
        return DIRECT

    def _drawn_case(self) -> Case:
        cases = self.wording.cases
        # The first is the plain one.
        if len(cases) == 1 or self._rng.random() < 0.7:
            return cases[0]
        return cases[1 + int(self._rng.random() * (len(cases) - 1))]

    def _filed_on(self, day: int) -> int:
        drawn = self._rng.random()
        midnight = self.calendar.midnight(day)
        if self.channel == ONLINE:
            # At work, or in the evening at home.
            second = 7 + drawn * 14 if drawn < 0.7 else 17 + (drawn - 0.7) * 18
        elif drawn < 0.65:
            second = 7 + drawn / 0.65 * 3.5
        else:
            second = 13 + (drawn - 0.65) / 0.35 * 3.5
        return midnight + int(second * HOUR)


@cache
def _proposal(outcome: str, no_obligation: str) -> str:
    opinion = _GRANTED if outcome == GRANTED else _DENIED
    return f'{said("no_obligation", no_obligation)}{said("opinion", opinion)}"outcome":"{outcome}",'


@cache
def _place(step: str | None, unit: int | None, verb: str) -> str:
    """Return how the data of every act ends."""
    where = {"step": step, "to_state": _TARGET[verb], "unit": unit, "verb": verb}
    return chain.canonical(where).removeprefix("{")


def said(key: str, words: str) -> str:
    """Return a member of a JSON object, with the comma that follows it."""
    return f'"{key}":{encode_basestring(words)},'
