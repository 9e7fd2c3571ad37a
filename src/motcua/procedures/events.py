"""What the catalogue tells."""

from dataclasses import dataclass
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
