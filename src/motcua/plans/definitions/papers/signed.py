"""What a signature adds to a report; a draft is printed without."""

from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.clock import CITY_TIME


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A number, a moment, and who signs; empty while it is a draft."""

    at: datetime
    number: str = ""
    signer: str = ""
    title: str = ""

    @property
    def day_words(self) -> str:
        """Return the day as official papers write it (Decree 30/2020/NĐ-CP, annex I)."""
        on = self.at.astimezone(CITY_TIME)
        month = f"{on.month:02}" if on.month < 3 else str(on.month)
        return f"ngày {on.day:02} tháng {month} năm {on.year}"

    @property
    def number_words(self) -> str:
        """Return the line of the number; a draft leaves room for it."""
        return f"Số: {self.number or '……/BC-'}"
