"""What the plan tells: tasks given, duties reported, obstacles resolved, reports signed."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class PlanLoaded(Event):
    """A plan was read from its file, for the first time or after the file changed."""

    kind: ClassVar[str] = "plans.plan-loaded"

    number: str
    file: str
    new: list[str]  # clauses
    reworded: list[str]
    ended: list[str]


@dataclass(frozen=True, kw_only=True)
class DutiesOpened(Event):
    """Time brought new duties."""

    kind: ClassVar[str] = "plans.duties-opened"

    number: str
    count: int


@dataclass(frozen=True, kw_only=True)
class DutyMoved(Event):
    """What every act on a duty tells: the verb of the lifecycle, and where it led."""

    clause: str
    owner: str
    period: str  # its first day
    from_state: str
    to_state: str
    percent: int
    words: str


@dataclass(frozen=True, kw_only=True)
class DutyReported(DutyMoved):
    """The owner told how far it is."""

    kind: ClassVar[str] = "plans.duty-reported"


@dataclass(frozen=True, kw_only=True)
class DutySentBack(DutyMoved):
    """The keeper wants to know more, or sees no proof."""

    kind: ClassVar[str] = "plans.duty-sent-back"


@dataclass(frozen=True, kw_only=True)
class DutyAccepted(DutyMoved):
    """The keeper took note of how far it is; the rest is still owed."""

    kind: ClassVar[str] = "plans.duty-accepted"


@dataclass(frozen=True, kw_only=True)
class DutyClosed(DutyMoved):
    """It is done, and proved."""

    kind: ClassVar[str] = "plans.duty-closed"


@dataclass(frozen=True, kw_only=True)
class EvidenceAttached(Event):
    """A proof was put beside a duty."""

    kind: ClassVar[str] = "plans.evidence-attached"

    form: str  # EvidenceForm
    title: str


@dataclass(frozen=True, kw_only=True)
class AgencyPlanRegistered(Event):
    """An agency told of the plan that it issued for itself."""

    kind: ClassVar[str] = "plans.agency-plan-registered"

    agency: int
    number: str
    issued_on: str
    supersedes: int | None


@dataclass(frozen=True, kw_only=True)
class AgencyTaskAdded(Event):
    """A task of an agency's own plan, and the city's tasks that it serves."""

    kind: ClassVar[str] = "plans.agency-task-added"

    words: str
    clauses: list[str]


@dataclass(frozen=True, kw_only=True)
class ObstacleRaised(Event):
    """An agency met a difficulty."""

    kind: ClassVar[str] = "plans.obstacle-raised"

    agency: int
    title: str
    clause: str
    procedure: str


@dataclass(frozen=True, kw_only=True)
class ObstacleMoved(Event):
    """What every later act on an obstacle tells."""

    from_state: str
    to_state: str
    solver: int | None
    words: str


@dataclass(frozen=True, kw_only=True)
class ObstacleRouted(ObstacleMoved):
    """The keeper named who can resolve it, and by when."""

    kind: ClassVar[str] = "plans.obstacle-routed"

    answer_due_on: str


@dataclass(frozen=True, kw_only=True)
class ObstacleHandedBack(ObstacleMoved):
    """It is not theirs to resolve."""

    kind: ClassVar[str] = "plans.obstacle-handed-back"


@dataclass(frozen=True, kw_only=True)
class ObstacleAnswered(ObstacleMoved):
    """Whoever it was routed to told what was or will be done."""

    kind: ClassVar[str] = "plans.obstacle-answered"


@dataclass(frozen=True, kw_only=True)
class ObstacleEscalated(ObstacleMoved):
    """It goes to the committee of the city."""

    kind: ClassVar[str] = "plans.obstacle-escalated"

    answer_due_on: str


@dataclass(frozen=True, kw_only=True)
class ObstacleClosed(ObstacleMoved):
    """Whoever raised it says that it is resolved."""

    kind: ClassVar[str] = "plans.obstacle-closed"


@dataclass(frozen=True, kw_only=True)
class ObstacleWithdrawn(ObstacleMoved):
    """Whoever raised it needs no answer any more."""

    kind: ClassVar[str] = "plans.obstacle-withdrawn"


@dataclass(frozen=True, kw_only=True)
class ReportDrafted(Event):
    """A report was drawn from what was known, or drawn anew."""

    kind: ClassVar[str] = "plans.report-drafted"

    period: str
    as_of: str


@dataclass(frozen=True, kw_only=True)
class ParagraphRewritten(Event):
    """A person's words stand in a report in place of the drawn ones, or no longer."""

    kind: ClassVar[str] = "plans.paragraph-rewritten"

    key: str
    words: str  # empty: the drawn ones again


@dataclass(frozen=True, kw_only=True)
class ReportSubmitted(Event):
    """The keeper asks its leader to sign."""

    kind: ClassVar[str] = "plans.report-submitted"


@dataclass(frozen=True, kw_only=True)
class ReportReturned(Event):
    """The leader wants it otherwise."""

    kind: ClassVar[str] = "plans.report-returned"

    words: str


@dataclass(frozen=True, kw_only=True)
class ReportSigned(Event):
    """The report has a number and a day, and does not change any more."""

    kind: ClassVar[str] = "plans.report-signed"

    number: str
    signed_on: str
    digests: dict[str, str]  # SHA-256 by format
