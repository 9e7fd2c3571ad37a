"""The results of a month that stand beside the list of the late, as the day before knew them."""

from collections import Counter
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.utils import translation
from django.utils.translation import gettext as _

from motcua.disclosure.definitions import Figures, GroupResult, IndexResult, OnlineShare
from motcua.kernel.clock import day_of
from motcua.steering.definitions import Measure, Period
from motcua.steering.definitions.index766 import NoProfile
from motcua.steering.queries import counted
from motcua.steering.queries.index766 import figures
from motcua.steering.queries.org import lines
from motcua.steering.queries.targets import standing_targets


def figures_of(month: date, *, at: datetime) -> Figures:
    """Return what the month's publication repeats: the city first, then the lines of the annex."""
    period = Period.month(month.year, month.month)
    with translation.override("vi"):  # the city's word, whoever asks
        try:
            index, profile = _index(period, at)
        except NoProfile:
            index, profile = (), ""  # a month from before the index
        return Figures(index=index, online=_online(period, at), profile=profile)


def _index(period: Period, at: datetime) -> tuple[tuple[IndexResult, ...], str]:
    found = figures(period, as_of=_known_on(period, at), at=at)
    results = []
    for subject in (found.subjects.city, *found.subjects.lines):
        score = found.score(subject)
        results.append(
            IndexResult(
                code="" if subject is found.subjects.city else subject.code,
                name=_("Toàn thành phố") if subject is found.subjects.city else subject.name,
                points=score.total,
                most=Fraction(score.max),
                groups=tuple(
                    GroupResult(
                        key=each.group.code,
                        name=each.group.name,
                        # Where nothing was ever recorded, there are no points to speak of.
                        points=each.points if each.known_max else None,
                        most=Fraction(each.max),
                    )
                    for each in score.groups
                ),
            )
        )
    return tuple(results), found.profile.id


def _online(period: Period, at: datetime) -> tuple[OnlineShare, ...]:
    online: Counter[int] = Counter()
    received: Counter[int] = Counter()
    for row in counted(period, as_of=_known_on(period, at), at=at):
        # A part of a linked dossier is its agency's work, and no filing of a citizen's.
        if not row.is_part:
            online[row.agency_id] += row.now.get(Measure.ONLINE, 0)
            received[row.agency_id] += row.now.get(Measure.RECEIVED, 0)
    targets = standing_targets(period.last, at=at)
    shares = []
    for line in lines(period.last):
        target = targets.get(line.agency_id)
        shares.append(
            OnlineShare(
                code=line.code,
                name=line.name,
                online=sum(online[each] for each in line.agency_ids),
                received=sum(received[each] for each in line.agency_ids),
                target_percent=Fraction(target.tenths, 10) if target else None,
            )
        )
    if not any(share.received for share in shares):
        return ()
    city = OnlineShare(
        code="",
        name=_("Toàn thành phố"),
        online=sum(share.online for share in shares),
        received=sum(share.received for share in shares),
        target_percent=None,
    )
    return (city, *shares)


def _known_on(period: Period, at: datetime) -> date:
    return max(day_of(at) - timedelta(days=1), period.last)
