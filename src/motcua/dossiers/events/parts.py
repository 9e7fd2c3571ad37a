"""What a linked dossier tells of its parts, and a part of itself."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.ledger.events import Event

from .opening import DossierOpened


@dataclass(frozen=True, kw_only=True)
class PartOpened(DossierOpened):
    """A part of a linked dossier was put before its agency: work, and no filing of a citizen's."""

    kind: ClassVar[str] = "dossiers.part-opened"

    whole: str  # the code of the dossier that the citizen filed
    part: str


@dataclass(frozen=True, kw_only=True)
class PartHandedOn(Event):
    """The linked dossier tells that one of its parts was opened."""

    kind: ClassVar[str] = "dossiers.part-handed-on"

    part: str
    code: str
    agency: int
    agency_name: str  # as it was called on that day


@dataclass(frozen=True, kw_only=True)
class WholeDueMoved(Event):
    """The due moment of a linked dossier followed that of one of its parts."""

    kind: ClassVar[str] = "dossiers.whole-due-moved"

    part: str
    code: str
    was: str
    due_at: str
