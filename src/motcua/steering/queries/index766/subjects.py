"""Whose index it can be: the city, each agency with what lies below it, each commune."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from motcua.kernel.memory import remembered
from motcua.offices.definitions import AgencyKind
from motcua.offices.models import Agency
from motcua.steering.definitions.index766 import Level

_LEVELS: Mapping[str, Level] = {
    AgencyKind.CITY: Level.CITY,
    AgencyKind.DEPARTMENT: Level.DEPARTMENT,
    AgencyKind.BOARD: Level.DEPARTMENT,
    AgencyKind.DISTRICT: Level.DISTRICT,
    AgencyKind.COMMUNE: Level.COMMUNE,
}
_IN_ORDER = list(Level)


class NoSuchSubject(LookupError):
    """No agency with this code is judged by the index on that day."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Somebody with an index of their own, and the agencies whose work counts for it."""

    agency_id: int
    code: str
    name: str
    level: Level
    parent_id: int | None
    agency_ids: frozenset[int]
    offices: frozenset[tuple[str, str]]  # kind and name of each of them


@dataclass(frozen=True)
class Subjects:
    """Everybody with an index on a day: the city first, then the annex's lines, then communes."""

    all: tuple[Subject, ...]

    @property
    def city(self) -> Subject:
        """Return the city as a whole."""
        return self.all[0]

    @property
    def lines(self) -> list[Subject]:
        """Return the departments, boards and districts."""
        return [s for s in self.all if s.level in (Level.DEPARTMENT, Level.DISTRICT)]

    def below(self, subject: Subject) -> list[Subject]:
        """Return the lines of the city, or the communes of a district."""
        if subject.level is Level.CITY:
            return self.lines
        return [each for each in self.all if each.parent_id == subject.agency_id]

    def with_code(self, code: str) -> Subject:
        """
        Return the one with this code.

        :raises NoSuchSubject: if there is none on that day
        """
        for each in self.all:
            if each.code == code:
                return each
        raise NoSuchSubject(
            _("Không có cơ quan mã “%(code)s” được tính Chỉ số 766 trong kỳ này.") % {"code": code}
        )


@remembered(seconds=5)
def subjects(on: date) -> Subjects:
    """
    Return everybody with an index on a day, as the offices stood then.

    The nation's own branches in the city are not the city's to answer for.

    :raises NoSuchSubject: if the city itself has no committee on that day
    """
    agencies = list(
        Agency.objects.in_force(on).exclude(kind=AgencyKind.VERTICAL).order_by("kind", "sort_key")
    )
    judged = [agency for agency in agencies if agency.kind != AgencyKind.CITY]
    communes: dict[int | None, list[Agency]] = {}
    for agency in judged:
        if agency.kind == AgencyKind.COMMUNE:
            communes.setdefault(agency.parent_id, []).append(agency)
    found = [
        _subject(
            agency,
            judged if agency.kind == AgencyKind.CITY else [agency, *communes.get(agency.pk, ())],
        )
        for agency in agencies
    ]
    found.sort(key=lambda each: _IN_ORDER.index(each.level))
    if not found or found[0].level is not Level.CITY:
        raise NoSuchSubject(
            _("Chưa có dữ liệu tổ chức của thành phố vào ngày %(day)s.") % {"day": f"{on:%d/%m/%Y}"}
        )
    return Subjects(tuple(found))


def _subject(agency: Agency, counting: Sequence[Agency]) -> Subject:
    return Subject(
        agency_id=agency.pk,
        code=agency.code,
        name=agency.name,
        level=_LEVELS[agency.kind],
        parent_id=agency.parent_id,
        agency_ids=frozenset(each.pk for each in counting),
        offices=frozenset((str(each.kind), each.name) for each in counting),
    )
