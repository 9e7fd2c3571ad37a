"""Shares of dossiers filed online: exact fractions, told in tenths of a percent."""

from dataclasses import dataclass
from fractions import Fraction

# Of fewer dossiers a share is flagged: one dossier more or less moves it by points.
FEW = 30
ONLINE = "online"  # the channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many dossiers were filed online, of how many that were received by any channel."""

    online: int = 0
    received: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(online=self.online + other.online, received=self.received + other.received)

    @property
    def ratio(self) -> Fraction | None:
        """Return the exact share; of nothing there is none."""
        return Fraction(self.online, self.received) if self.received else None

    @property
    def tenths(self) -> int | None:
        """Return the share in tenths of a percent, halves rounded up."""
        return _tenths(self.online, self.received) if self.received else None

    @property
    def is_of_few(self) -> bool:
        """Return whether it stands on so few dossiers that it says little."""
        return self.received < FEW


def tenths_of(ratio: Fraction) -> int:
    """Return a share of one in tenths of a percent; halves are rounded up, as the plan does."""
    return _tenths(ratio.numerator, ratio.denominator)


def _tenths(numerator: int, denominator: int) -> int:
    return (2000 * numerator + denominator) // (2 * denominator)
