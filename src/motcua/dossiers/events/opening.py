"""The request comes in."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class DossierOpened(Event):
    """The city has received a request and given it a code."""

    kind: ClassVar[str] = "dossiers.opened"

    code: str
    procedure: str
    version: int
    case: str
    channel: str
    receiving_unit: int
    settling_agency: int
    answers_digest: str  # SHA-256 of the answers, so that altering them later shows
