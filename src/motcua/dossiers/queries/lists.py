"""Work lists and their tabs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import BigAutoField, Count, Q, QuerySet

from motcua.dossiers.lifecycle import (
    CLOSED_STATES,
    DOSSIER_LIFECYCLE,
    OPEN_STATES,
    DossierState,
    Party,
)
from motcua.dossiers.models import Dossier, Plea
from motcua.kernel import text
from motcua.kernel.statements import Statement
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate
from motcua.procedures.models import ProcedureVersion

from .supplements import WAITS

S = DossierState


# How long before the due moment a dossier is shown as near it.
NEAR_DUE = timedelta(days=1)
# Dossiers read at a time when a list is gone through to its end.
CHUNK = 2000

# Neither the counter nor the unit must move: the applicant, another agency or a flood must.
_WAITING = DOSSIER_LIFECYCLE.states_waiting_on(
    Party.APPLICANT, Party.OTHER_AGENCY, Party.CIRCUMSTANCES
)
# Officers' statements that a process keeps: some kilobytes each, a few for each officer.
KEPT = 4096

_IS_OPEN = Q(state__in=sorted(OPEN_STATES))


class Tab(StrEnum):
    """The tabs of a work list."""

    INTAKE = "intake"
    UNASSIGNED = "unassigned"
    MINE = "mine"
    TO_DECIDE = "to_decide"
    ASKED = "asked"
    WAITING = "waiting"
    NEAR = "near"
    OVERDUE = "overdue"
    TO_RETURN = "to_return"
    CLOSED = "closed"


# What a unit of the officer's received is in the officer's sight, whoever settles it.
_OF_THE_COUNTER = frozenset({Tab.INTAKE, Tab.TO_RETURN})


class Line(NamedTuple):
    """What a list tells of one dossier."""

    code: str
    version_id: int
    channel: str
    state: str
    owner_name: str
    step_key: str | None
    holder_name: str | None
    submitted_at: datetime
    intake_due_at: datetime | None
    due_at: datetime | None
    completed_at: datetime | None
    waits_for: str | None
    whole_code: str | None  # of the linked dossier that it is a part of
    settling_agency_id: int
    asked: str | None  # what a leader is asked about it: kinds in order, with spaces between


# The cut reads nothing that is not in the index; the code tells the dossiers apart.
_LINES = """
    SELECT d.code, d.version_id, d.channel, d.state, d.owner_name, d.step_key,
        holder.full_name, d.submitted_at, d.intake_due_at, d.due_at, d.completed_at,
        d.waits_for, whole.code AS whole_code, d.settling_agency_id,
        (SELECT string_agg(kind, ' ' ORDER BY asked_at) FROM ({waiting}) AS plea
         WHERE dossier_id = d.id) AS asked
    FROM ({{}}) AS cut
    JOIN dossier AS d USING (code)
    LEFT JOIN dossier AS whole ON whole.id = d.parent_id
    LEFT JOIN officer AS holder ON holder.id = d.holder_id
    ORDER BY {order}
"""
_HOW_MANY = "SELECT count(*) FROM ({}) AS found"


@dataclass(frozen=True)
class Listing:
    """
    Dossiers in an order that ends with the code, read a page at a time.

    An officer sees what the agency settles and what the unit received, and no index serves an OR
    of the two in order. So a list has parts that share no dossier; each is read by an index of
    its own and cut to the page, and the cuts are merged.
    """

    parts: tuple[QuerySet[Dossier], ...]
    order: tuple[str, ...]

    def filter(self, condition: Q) -> "Listing":
        """Return those of which the condition is true as well."""
        return replace(self, parts=tuple(part.filter(condition) for part in self.parts))

    def ordered(self, *order: str) -> "Listing":
        """Return the same dossiers in another order."""
        return replace(self, order=order)

    def page(self, start: int, stop: int) -> list[Dossier]:
        """Return the dossiers from one place to another, in two statements."""
        if stop <= start:
            return []
        codes = [row[self._keys.index("code")] for row in self._cut(start, stop)]
        found = Dossier.objects.filter(code__in=codes).select_related(
            "holder", "step_unit", "parent"
        )
        by_code = {each.code: each for each in found.defer("answers", "parent__answers")}
        return [by_code[code] for code in codes if code in by_code]

    def lines(self, start: int, stop: int) -> list[Line]:
        """Return the lines of the dossiers from one place to another, in one statement."""
        if stop <= start:
            return []
        return [Line._make(row) for row in self.reading_lines(start, stop).rows()]

    def count(self, *, up_to: int) -> int:
        """Return how many there are, or `up_to` if there are more: nobody waits for the rest."""
        [(count,)] = self.counting(up_to=up_to).rows() or [(0,)]
        return int(count)

    def reading_lines(self, start: int, stop: int) -> Statement:
        """Return the statement by which `lines` reads them."""
        waiting = Statement(Plea.objects.filter(WAITS).values("dossier_id", "kind", "asked_at"))
        within = _LINES.format(waiting=waiting.text, order=self.order_within("cut"))
        return Statement(self._cut(start, stop), within=within)

    def order_within(self, name: str) -> str:
        """Return the order as it is written of lines that stand in a statement by that name."""
        return ", ".join(
            f"{name}.{column.lstrip('-')} {'DESC' if column.startswith('-') else 'ASC'}"
            for column in self.order
        )

    def counting(self, *, up_to: int | None = None) -> Statement:
        """Return the statement that counts them, to the end or until there are so many."""
        # By the code, which the indexes of the lists hold: no row is fetched to be counted.
        cuts = [part.order_by().values("code")[:up_to] for part in self.parts]
        whole = cuts[0].union(*cuts[1:], all=True)[:up_to] if cuts[1:] else cuts[0]
        return Statement(whole, within=_HOW_MANY)

    @property
    def _keys(self) -> list[str]:
        return [column.lstrip("-") for column in self.order]

    def _cut(self, start: int, stop: int) -> QuerySet[Dossier, tuple[Any, ...]]:
        cuts = [part.order_by(*self.order).values_list(*self._keys)[:stop] for part in self.parts]
        whole = cuts[0].union(*cuts[1:], all=True).order_by(*self.order) if cuts[1:] else cuts[0]
        return whole[start:stop]

    def rows(self, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Go through all of them, however many, as tuples of columns, holding few at a time."""
        # What they are ordered by must be among what a union selects.
        keys = [column.lstrip("-") for column in self.order if column.lstrip("-") not in columns]
        cuts = [part.order_by().values_list(*columns, *keys) for part in self.parts]
        whole = cuts[0].union(*cuts[1:], all=True) if cuts[1:] else cuts[0]
        for row in whole.order_by(*self.order).iterator(chunk_size=CHUNK):
            yield row[: len(columns)]


def work_list(mandate: Mandate, tab: Tab, *, at: datetime) -> Listing:
    """Return the dossiers under one tab, the most urgent first."""
    order = {
        Tab.INTAKE: ("intake_due_at", "submitted_at"),
        Tab.CLOSED: ("-completed_at",),
        Tab.TO_RETURN: ("completed_at",),
    }.get(tab, ("due_at", "submitted_at"))
    under = _under(tab, mandate, at)
    if tab in _OF_THE_COUNTER:
        parts: tuple[QuerySet[Dossier], ...] = (Dossier.objects.filter(under),)
    elif tab is Tab.CLOSED:
        parts = _in_sight(mandate, under)
    else:
        parts = _open_in_sight(mandate, under)
    return Listing(parts, (*order, "code"))


def tabs_for(mandate: Mandate) -> list[Tab]:
    """Return the tabs that the officer's roles have work under."""
    roles = {post.role for post in mandate.posts}
    tabs: list[Tab] = []
    if PostRole.RECEIVER in roles:
        tabs += [Tab.INTAKE, Tab.TO_RETURN]
    if PostRole.LEADER in roles:
        tabs += [Tab.TO_DECIDE, Tab.ASKED]
    if PostRole.PROCESSOR in roles:
        tabs += [Tab.MINE]
    if roles & {PostRole.PROCESSOR, PostRole.LEADER}:
        tabs += [Tab.UNASSIGNED, Tab.NEAR, Tab.OVERDUE]
    return [*tabs, Tab.WAITING, Tab.CLOSED]


def found_by(mandate: Mandate, words: str) -> Listing:
    """Return the visible dossiers whose code or owner matches the words, accents or not."""
    return Listing(_in_sight(mandate, _matching(words)), ("-submitted_at", "code"))


def narrowed(dossiers: Listing, *, procedure: str = "", words: str = "") -> Listing:
    """Return those of one procedure, and those whose code or owner matches the words."""
    if procedure:
        # The few versions first: joined, the planner would count on an average procedure.
        versions = ProcedureVersion.objects.filter(procedure__code=procedure)
        dossiers = dossiers.filter(Q(version_id__in=list(versions.values_list("pk", flat=True))))
    if text.clean(words):
        dossiers = dossiers.filter(_matching(words))
    return dossiers


def next_for(mandate: Mandate, tab: Tab, *, after: Dossier, at: datetime) -> Dossier | None:
    """Return the most urgent dossier under the tab but this one, for whoever has just acted."""
    others = work_list(mandate, tab, at=at).filter(~Q(pk=after.pk)).page(0, 1)
    return others[0] if others else None


def open_work_of(officer_ids: Iterable[int]) -> Mapping[int, int]:
    """Return how many open dossiers each officer holds; who holds none is left out."""
    rows = (
        Dossier.objects.filter(holder_id__in=set(officer_ids), state__in=sorted(OPEN_STATES))
        .values_list("holder_id")
        .annotate(count=Count("pk"))
    )
    return {holder_id: count for holder_id, count in rows if holder_id is not None}


def _in_sight(mandate: Mandate, condition: Q) -> tuple[QuerySet[Dossier], ...]:
    """Return what the officer's agencies settle, and what the units received for other agencies."""
    agencies = sorted(mandate.agency_ids)
    # "Not one of ours" as the ranges between ours: an index finds ranges, and no inequality. Each
    # has two ends: of one without, the planner believes that a third of the table lies in it.
    elsewhere = [
        Q(settling_agency_id__gt=below, settling_agency_id__lt=above)
        for below, above in pairwise((0, *agencies, BigAutoField.MAX_BIGINT))
    ]
    return _parts(mandate, elsewhere, condition)


def _open_in_sight(mandate: Mandate, condition: Q) -> tuple[QuerySet[Dossier], ...]:
    """Return the same of open dossiers, of which a unit has few enough to pass over its own."""
    # Ranges would lead the planner to read the open dossiers of all other agencies.
    return _parts(mandate, [~Q(settling_agency_id__in=sorted(mandate.agency_ids))], condition)


def _parts(mandate: Mandate, elsewhere: Iterable[Q], condition: Q) -> tuple[QuerySet[Dossier], ...]:
    received = Q(receiving_unit_id__in=sorted(mandate.unit_ids()))
    ours = Q(settling_agency_id__in=sorted(mandate.agency_ids))
    sights = [ours, *(received & others for others in elsewhere)]
    return tuple(Dossier.objects.filter(sight, condition) for sight in sights)


def _matching(words: str) -> Q:
    """Return the condition that each word is in the owner's name, or is a part of the code."""
    if not text.fold(words):
        return Q(pk__in=[])  # signs alone are in every code
    condition = Q()
    for word in text.clean(words).split():
        is_in_code = Q(code__contains=word.upper())
        folded = text.fold(word)
        condition &= is_in_code | Q(owner_name_folded__contains=folded) if folded else is_in_code
    return condition


def _under(tab: Tab, mandate: Mandate, at: datetime) -> Q:
    receiving = {p.unit_id for p in mandate.posts if p.role == PostRole.RECEIVER}
    working = {p.unit_id for p in mandate.posts if p.role in (PostRole.PROCESSOR, PostRole.LEADER)}
    leading = {p.unit_id for p in mandate.posts if p.role == PostRole.LEADER}
    settling = [S.ACCEPTED, S.IN_PROGRESS]
    match tab:
        case Tab.INTAKE:
            return Q(state=S.SUBMITTED, receiving_unit_id__in=receiving)
        case Tab.TO_RETURN:
            return Q(state=S.DECIDED, receiving_unit_id__in=receiving)
        case Tab.MINE:
            return Q(holder_id=mandate.officer_id) & _IS_OPEN
        case Tab.UNASSIGNED:
            return Q(state__in=settling, holder=None, step_unit_id__in=working - leading) | Q(
                state=S.ACCEPTED, holder=None, settling_agency_id__in=_agencies_led(mandate)
            )
        case Tab.TO_DECIDE:
            return Q(state=S.IN_PROGRESS, step_unit_id__in=leading)
        case Tab.ASKED:
            return Q(pk__in=Plea.objects.filter(WAITS).values("dossier")) & _IS_OPEN
        case Tab.WAITING:
            return Q(state__in=sorted(_WAITING))
        case Tab.NEAR:
            return Q(state__in=settling, due_at__gte=at, due_at__lt=at + NEAR_DUE)
        case Tab.OVERDUE:
            return Q(state__in=settling, due_at__lt=at)
        case Tab.CLOSED:
            return Q(state__in=sorted(CLOSED_STATES))


def _agencies_led(mandate: Mandate) -> set[int]:
    return {p.agency_id for p in mandate.posts if p.role == PostRole.LEADER}
