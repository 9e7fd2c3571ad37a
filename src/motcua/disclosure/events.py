"""What a publication tells. No event names a citizen, nor an officer but by number."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class PublicationDrafted(Event):
    """The office drew up a month from the data."""

    kind: ClassVar[str] = "disclosure.drafted"

    month: str  # 2024-08
    lines: int
    late: int
    excused: int


@dataclass(frozen=True, kw_only=True)
class PublicationMoved(Event):
    """What every later act on the whole tells: the verb of the lifecycle, and where it led."""

    verb: str
    month: str
    from_state: str
    to_state: str


@dataclass(frozen=True, kw_only=True)
class RepliesOpened(PublicationMoved):
    """Those named may answer, until a moment."""

    kind: ClassVar[str] = "disclosure.replies-opened"

    replies_due_at: str


@dataclass(frozen=True, kw_only=True)
class PublicationSubmitted(PublicationMoved):
    """The content was sealed and lies before the approvers."""

    kind: ClassVar[str] = "disclosure.submitted"

    digest: str


@dataclass(frozen=True, kw_only=True)
class PublicationApproved(PublicationMoved):
    """One of the two agreed."""

    kind: ClassVar[str] = "disclosure.approved"

    number: int  # 1 or 2
    digest: str


@dataclass(frozen=True, kw_only=True)
class PublicationSentBack(PublicationMoved):
    """An approver wants something done differently."""

    kind: ClassVar[str] = "disclosure.sent-back"

    reason: str


@dataclass(frozen=True, kw_only=True)
class PublicationPublished(PublicationMoved):
    """Anybody may read it from now on."""

    kind: ClassVar[str] = "disclosure.published"

    digest: str


@dataclass(frozen=True, kw_only=True)
class PublicationWithdrawn(PublicationMoved):
    """The draft was given up; the month may be drafted anew."""

    kind: ClassVar[str] = "disclosure.withdrawn"

    reason: str


@dataclass(frozen=True, kw_only=True)
class ReplyGiven(Event):
    """Who is named in a line said something about it."""

    kind: ClassVar[str] = "disclosure.reply-given"

    line: int
    words: str


@dataclass(frozen=True, kw_only=True)
class NamingDecided(Event):
    """The city decided whether a person is named."""

    kind: ClassVar[str] = "disclosure.naming-decided"

    line: int
    decision: str  # publish, withhold
    reason: str


@dataclass(frozen=True, kw_only=True)
class LineChanged(Event):
    """The office struck a line, or set another number in it."""

    kind: ClassVar[str] = "disclosure.line-changed"

    line: int
    change: str  # struck, amended
    late: int
    amended: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class CorrectionProposed(Event):
    """Somebody of the office proposes to correct what was published."""

    kind: ClassVar[str] = "disclosure.correction-proposed"

    correction: int
    change: str  # strike, restate, unname
    target: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CorrectionApproved(Event):
    """The first of the two agreed to a correction."""

    kind: ClassVar[str] = "disclosure.correction-approved"

    correction: int


@dataclass(frozen=True, kw_only=True)
class CorrectionIssued(Event):
    """The second agreed: the correction stands beside what was published."""

    kind: ClassVar[str] = "disclosure.correction-issued"

    correction: int
    number: int


@dataclass(frozen=True, kw_only=True)
class CorrectionRejected(Event):
    """What was published stays as it is."""

    kind: ClassVar[str] = "disclosure.correction-rejected"

    correction: int
    reason: str
