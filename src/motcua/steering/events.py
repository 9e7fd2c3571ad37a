"""What happens to targets. Figures are derived and have no events of their own."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class TargetSet(Event):
    """An agency is to reach a share in a period; another target may have stood before."""

    kind: ClassVar[str] = "steering.target-set"

    target: int
    first_on: str  # 2024-01-01
    last_on: str
    tenths: int  # of a percent
    minimum_tenths: int
    source: str
    reason: str = ""
    replaces: int | None = None


@dataclass(frozen=True, kw_only=True)
class TargetExplained(Event):
    """A head said why a target was missed or is about to be."""

    kind: ClassVar[str] = "steering.target-explained"

    target: int
    explanation: int
    online: int
    received: int
    forecast_tenths: int
    words: str


@dataclass(frozen=True, kw_only=True)
class ExplanationAnswered(Event):
    """The city took an explanation, or sent it back."""

    kind: ClassVar[str] = "steering.explanation-answered"

    explanation: int
    accepted: bool
    answer: str
