"""What the catalogue tells."""

from dataclasses import dataclass, field
from typing import ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class VersionPublished(Event):
    """A version of a procedure was published, and the one before it ended."""

    kind: ClassVar[str] = "procedures.version-published"

    code: str
    number: int
    version_id: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class NationalListImported(Event):
    """A list of the national portal was read: so many new, so many to review. Never "nothing"."""

    kind: ClassVar[str] = "procedures.national-list-imported"

    new: int
    changed: int
    withdrawn: int  # differences that the list no longer bears out
    reread: int  # the same originals, read further than before


@dataclass(frozen=True, kw_only=True)
class NationalDifferencePublished(Event):
    """An administrator took over what the national portal changed."""

    kind: ClassVar[str] = "procedures.national-difference-published"

    code: str
    digest: str
    former_digest: str


@dataclass(frozen=True, kw_only=True)
class NationalDifferenceDismissed(Event):
    """An administrator left what was published as it was."""

    kind: ClassVar[str] = "procedures.national-difference-dismissed"

    code: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class AnnouncementRecorded(Event):
    """A decision that announces procedures was put into the register."""

    kind: ClassVar[str] = "procedures.announcement-recorded"

    number: str
    signed_on: str
    basis: str
    effective_on: str  # of the basis
    agency_id: int
    codes: list[str]
    kinds: dict[str, str] = field(default_factory=dict)  # AnnouncedKind by code; none before


@dataclass(frozen=True, kw_only=True)
class AnnouncementStruck(Event):
    """A decision was taken out of the register: it was recorded wrongly."""

    kind: ClassVar[str] = "procedures.announcement-struck"

    number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PublicationRecorded(Event):
    """Announced procedures were published on the national database on a day."""

    kind: ClassVar[str] = "procedures.publication-recorded"

    codes: list[str]
    published_on: str


@dataclass(frozen=True, kw_only=True)
class PublicationStruck(Event):
    """The day of a procedure's publication was recorded wrongly and does not count."""

    kind: ClassVar[str] = "procedures.publication-struck"

    code: str
    published_on: str
    reason: str
