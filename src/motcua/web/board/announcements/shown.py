"""How a decision and the days of its procedures are said."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.calendars.queries import city_calendar
from motcua.procedures import queries
from motcua.steering.definitions.index766 import Announced, profile_in_force
from motcua.steering.queries.index766 import judged
from motcua.web.words import Badge

SIGNED_IN_TIME = Badge(words=gettext_lazy("Đúng hạn"), tone="ontime")
SIGNED_LATE = Badge(words=gettext_lazy("Trễ hạn"), tone="overdue")
STRUCK = Badge(words=gettext_lazy("Đã bỏ khỏi sổ"))
_PUBLISHED_IN_TIME = Badge(words=gettext_lazy("Đúng hạn"), tone="ontime")
_PUBLISHED_LATE = Badge(words=gettext_lazy("Trễ hạn"), tone="overdue")
_WAITS = Badge(words=gettext_lazy("Chờ công khai"), tone="river")
_OVERDUE = Badge(words=gettext_lazy("Quá hạn"), tone="overdue")


def judged_today(rows: Sequence[queries.Announced], *, today: date) -> list[Announced]:
    """Return what decisions announce with the days by which it is judged today."""
    return judged(rows, profile=profile_in_force(today), calendar=city_calendar())


def publication_badge(row: Announced, *, today: date) -> Badge:
    """Return how far the publication of a procedure is."""
    if row.published_on is not None:
        return _PUBLISHED_IN_TIME if row.is_published_in_time else _PUBLISHED_LATE
    return _WAITS if today <= row.publish_by else _OVERDUE


def publication_words(rows: Iterable[Announced], *, today: date) -> tuple[str, str]:
    """Return how many procedures of a decision are published, and what is wrong with the rest."""
    known = list(rows)
    published = sum(row.published_on is not None for row in known)
    late = sum(publication_badge(row, today=today) in (_PUBLISHED_LATE, _OVERDUE) for row in known)
    return (
        _("%(published)d trên %(all)d") % {"published": published, "all": len(known)},
        _("%(late)d trễ") % {"late": late} if late else "",
    )
