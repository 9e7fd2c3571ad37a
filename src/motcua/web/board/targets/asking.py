"""What the address of a board asks for: the day, the map, the order."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.kernel.clock import day_of
from motcua.steering.queries.targets import MapRead

DAY = "den-ngay"
MAP = "ban-do"
_MAPS = {"cu": MapRead.OLD, "moi": MapRead.NEW}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The day and the map asked for. A day that cannot be is said, and today is shown."""

    as_of: date | None
    by: MapRead
    sort: str
    descending: bool
    typed: str
    problem: str

    def query(self, **changes: str) -> str:
        """Return the address's tail with some of it changed; an empty value is left out."""
        parts = {
            DAY: self.as_of.isoformat() if self.as_of else "",
            MAP: "moi" if self.by is MapRead.NEW else "",
            "sap": self.sort,
            "chieu": "giam" if self.descending else "",
        } | changes
        return urlencode({name: value for name, value in parts.items() if value})

    @property
    def here(self) -> str:
        """Return the tail that goes along to other pages: the day and the map."""
        return self.query(sap="", chieu="")


def asked_of(request: HttpRequest, *, now: datetime) -> Asked:
    """Read the address; what it says wrongly is told in `problem`."""
    get = request.GET
    typed = get.get(DAY, "").strip()[:20]
    as_of, problem = None, ""
    if typed:
        try:
            as_of = date.fromisoformat(typed)
        except ValueError:
            problem = _("“%(typed)s” không phải là một ngày.") % {"typed": typed}
    today = day_of(now)
    if as_of is not None and as_of > today:
        problem = _("Ngày %(day)s chưa đến. Hãy chọn ngày hôm nay hoặc một ngày đã qua.") % {
            "day": f"{as_of:%d/%m/%Y}"
        }
        as_of = None
    if as_of is not None and as_of.year < _FIRST_YEAR:
        problem = _("Chưa có số liệu trước năm %(year)d.") % {"year": _FIRST_YEAR}
        as_of = None
    return Asked(
        as_of=None if as_of == today else as_of,
        by=_MAPS.get(get.get(MAP, ""), MapRead.OLD),
        sort=get.get("sap", "")[:20],
        descending=get.get("chieu") == "giam",
        typed=typed,
        problem=problem,
    )


# Nothing was received here before; a year of two digits is a slip.
_FIRST_YEAR = 2000
