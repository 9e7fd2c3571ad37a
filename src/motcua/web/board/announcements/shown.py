"""How a decision and the days of its procedures are said."""

from collections.abc import Collection, Iterable, Sequence
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
NOT_IN_THE_CATALOGUE = Badge(words=gettext_lazy("Chưa có trong danh mục"), tone="sun")
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


def unknown_words(rows: Iterable[Announced], known: Collection[str]) -> str:
    """Return how many codes the catalogue has not, city's and nation's; empty: it has them all."""
    unknown = sum(row.code not in known for row in rows)
    return _("%(n)d mã chưa có trong danh mục") % {"n": unknown} if unknown else ""


def publication_words(rows: Iterable[Announced], *, today: date) -> tuple[str, str]:
    """Return how many procedures of a decision are published, and what is wrong with the rest."""
    known = list(rows)
    published = sum(row.published_on is not None for row in known)
    late = sum(publication_badge(row, today=today) in (_PUBLISHED_LATE, _OVERDUE) for row in known)
    return (
        _("%(published)d trên %(all)d") % {"published": published, "all": len(known)},
        _("%(late)d trễ") % {"late": late} if late else "",
    )
