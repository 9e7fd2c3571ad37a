"""What every act that moves a dossier tells."""

from dataclasses import dataclass

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class DossierMoved(Event):
    """What every later act tells: the verb of the lifecycle, and where it led."""

    verb: str
    from_state: str
    to_state: str
    step: str | None  # where on the route the dossier stands after the act
    unit: int | None  # the unit that must act next
