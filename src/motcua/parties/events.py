"""What happens to the people we know. The ledger is for ever, so it holds nothing personal."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Event):
    """A person became known to the city."""

    kind: ClassVar[str] = "parties.person-registered"
