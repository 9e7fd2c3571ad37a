"""What an address of these pages asks for, and how its words are said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from motcua.dossiers.queries import By, LateStand
from motcua.offices.models import Agency
from motcua.web.access import OfficerRequest

WITH_BELOW = "ca-cap-duoi"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address asks for, whatever it says: strangers' words mean the usual."""

    by: By
    stand: LateStand
    key: str | None
    month: date
    agencies: tuple[Agency, ...]  # those asked for, of those the leader sees
    agency: Agency | None
    with_below: bool  # and those below the agency: a district with its communes

    @property
    def agency_ids(self) -> list[int]:
        """Return the agencies counted."""
        return [agency.pk for agency in self.agencies]

    def query(self, **changes: str) -> str:
        """Return the address's tail with some of it changed; an empty value is left out."""
        parts = {
            "theo": self.by.value,
            "thang": f"{self.month:%Y-%m}",
            "co-quan": self.agency.code if self.agency else "",
            WITH_BELOW: "1" if self.with_below else "",
        } | changes
        return urlencode({name: value for name, value in parts.items() if value})


def asked_of(request: OfficerRequest, seen: Sequence[Agency], today: date) -> Asked:
    """Return what the address asks for, among the agencies that the leader sees."""
    get = request.GET
    by, stand = get.get("theo", ""), get.get("cot", "")
    try:
        month = datetime.strptime(get.get("thang", ""), "%Y-%m").date()  # noqa: DTZ007 - a month
    except ValueError:
        month = today
    month = min(month, today)  # nothing is known of one to come
    agency = next((each for each in seen if each.code == get.get("co-quan")), None)
    with_below = agency is not None and bool(get.get(WITH_BELOW))
    return Asked(
        by=By(by) if by in set(By) else By.UNIT,
        stand=LateStand(stand) if stand in set(LateStand) else LateStand.LATE,
        key=get.get("gia-tri"),
        month=month.replace(day=1),
        agencies=tuple(_counted(seen, agency, with_below=with_below)),
        agency=agency,
        with_below=with_below,
    )


def _counted(
    seen: Sequence[Agency], agency: Agency | None, *, with_below: bool
) -> Iterable[Agency]:
    if agency is None:
        return seen
    return (each for each in seen if each == agency or (with_below and each.parent_id == agency.pk))
