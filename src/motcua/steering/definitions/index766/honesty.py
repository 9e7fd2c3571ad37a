"""How dossiers really came: who sat at the keyboard, and what makes a share of them doubtful."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from math import ceil
from pathlib import Path
from typing import Annotated, Any

import msgspec

from motcua.kernel.data_files import read_data_file
from motcua.steering.definitions import Measure

# What the figures are asked for, by channel.
OF_WAYS = (Measure.RECEIVED, Measure.ONLINE, Measure.HELPED, Measure.TYPED)
SIGNS = Path(__file__).parents[2] / "data" / "index766-signs.yaml"


class SignKind(StrEnum):
    """What is looked for."""

    SMALL = "small"
    TYPED = "typed"
    JUMP = "jump"
    ONE_DAY = "one_day"


class Sign(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that makes a share doubtful, and why."""

    sign: SignKind
    name: str
    reason: str
    least: Annotated[int, msgspec.Meta(ge=1)]
    per_cent: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    signs: tuple[Sign, ...]


@dataclass(frozen=True, kw_only=True)
class Filings:
    """The filings of a period by the way they came; parts of linked dossiers are none."""

    received: int = 0
    online: int = 0
    helped: int = 0  # of those online, with somebody's help at home
    typed: int = 0  # of those online, by an officer at the counter
    post: int = 0

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]]) -> "Filings":
        """Add figures up: each a channel, whether of parts, and the counts of `OF_WAYS`."""
        found = cls()
        for channel, is_part, received, online, helped, typed in rows:
            if not is_part:
                is_online = channel == "online"
                found += cls(
                    received=received,
                    online=online,
                    helped=helped if is_online else 0,
                    typed=typed if is_online else 0,
                    post=received if channel == "post" else 0,
                )
        return found

    def __add__(self, other: "Filings") -> "Filings":
        return Filings(
            received=self.received + other.received,
            online=self.online + other.online,
            helped=self.helped + other.helped,
            typed=self.typed + other.typed,
            post=self.post + other.post,
        )

    @property
    def alone(self) -> int:
        """Return how many people filed online by themselves."""
        return max(self.online - self.helped - self.typed, 0)

    @property
    def counter(self) -> int:
        """Return how many came on paper to the counter."""
        return max(self.received - self.online - self.post, 0)

    @property
    def legal(self) -> Fraction | None:
        """Return the share as the law counts it: online of all received."""
        return Fraction(self.online, self.received) if self.received else None

    @property
    def remote(self) -> Fraction | None:
        """Return the share that spared people the way: online, and not typed by an officer."""
        return Fraction(self.online - self.typed, self.received) if self.received else None


@cache
def signs() -> tuple[Sign, ...]:
    """
    Return what is looked for.

    :raises InvalidDataFile: if the file does not say what it should
    """
    return read_data_file(SIGNS, _File).signs


def signs_of(now: Filings, *, before: Filings, fullest_day: int) -> list[Sign]:
    """
    Return which signs the filings of a period show.

    `before` are those of the period before, `fullest_day` the most online filings of one day, for
    which a number below `full_from` may stand that is too small.
    """
    return [sign for sign in signs() if _shows(sign, now, before, fullest_day)]


def full_from(now: Filings) -> int:
    """Return how many filings a day must have at least, that its sign may be shown."""
    most = min(sign.per_cent or 0 for sign in signs() if sign.sign is SignKind.ONE_DAY)
    return ceil(Fraction(now.online * most, 100))


def _shows(sign: Sign, now: Filings, before: Filings, fullest_day: int) -> bool:
    from_ = Fraction(sign.per_cent or 0, 100)
    match sign.sign:
        case SignKind.SMALL:
            return now.received < sign.least
        case SignKind.TYPED:
            return now.online >= sign.least and Fraction(now.typed, now.online) >= from_
        case SignKind.JUMP:
            if now.legal is None or before.legal is None:
                return False
            enough = min(now.received, before.received) >= sign.least
            return enough and abs(now.legal - before.legal) >= from_
        case SignKind.ONE_DAY:
            return now.online >= sign.least and Fraction(fullest_day, now.online) >= from_
