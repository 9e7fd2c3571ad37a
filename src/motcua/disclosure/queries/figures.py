"""The results of a month that stand beside the list of the late, as the day before knew them."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from motcua.disclosure.definitions import Figures, OnlineShare
from motcua.kernel.clock import day_of
from motcua.offices.models import Agency, AgencyKind
from motcua.steering.definitions import Measure, Period
from motcua.steering.queries import counted

# The lines of the plan's annex, in its order; a district's holds those of its communes.
_LINES = (AgencyKind.DEPARTMENT, AgencyKind.BOARD, AgencyKind.DISTRICT)


def figures_of(month: date, *, at: datetime) -> Figures:
    """Return what the month's publication repeats: the city first, then the lines of the annex."""
    period = Period.month(month.year, month.month)
    with translation.override("vi"):  # the city's word, whoever asks
        return Figures(online=_online(period, at))


def _online(period: Period, at: datetime) -> tuple[OnlineShare, ...]:
    lines = {
        agency.pk: agency
        for agency in Agency.objects.in_force(period.last)
        .filter(kind__in=_LINES)
        .order_by("sort_key")
    }
    above = dict(Agency.objects.filter(kind=AgencyKind.COMMUNE).values_list("pk", "parent_id"))
    online: dict[int, int] = defaultdict(int)
    received: dict[int, int] = defaultdict(int)
    as_of = max(day_of(at) - timedelta(days=1), period.last)
    for row in counted(period, as_of=as_of, at=at):
        line = above.get(row.agency_id) or row.agency_id
        # A part of a linked dossier is its agency's work, and no filing of a citizen's.
        if not row.is_part and line in lines:
            online[line] += row.now.get(Measure.ONLINE, 0)
            received[line] += row.now.get(Measure.RECEIVED, 0)
    if not any(received.values()):
        return ()
    order = sorted(lines.values(), key=lambda agency: _LINES.index(AgencyKind(agency.kind)))
    return (
        _share("", _("Toàn thành phố"), sum(online.values()), sum(received.values())),
        *(_share(line.code, line.name, online[line.pk], received[line.pk]) for line in order),
    )


def _share(code: str, name: str, online: int, received: int) -> OnlineShare:
    return OnlineShare(code=code, name=name, online=online, received=received, target_percent=None)
