"""Work lists and their tabs."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from motcua.dossiers.lifecycle import OPEN_STATES, DossierState
from motcua.dossiers.models import (
    Dossier,
)
from motcua.kernel import text
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate

from .dossiers import visible_to

S = DossierState


# How long before the due moment a dossier is shown as near it.
NEAR_DUE = timedelta(days=1)


class Tab(StrEnum):
    """The tabs of a work list."""

    INTAKE = "intake"
    UNASSIGNED = "unassigned"
    MINE = "mine"
    TO_DECIDE = "to_decide"
    WAITING = "waiting"
    NEAR = "near"
    OVERDUE = "overdue"
    TO_RETURN = "to_return"
    CLOSED = "closed"


def work_list(mandate: Mandate, tab: Tab, *, at: datetime) -> QuerySet[Dossier]:
    """Return the dossiers under one tab, the most urgent first."""
    order = {
        Tab.INTAKE: ["intake_due_at", "submitted_at"],
        Tab.CLOSED: ["-completed_at"],
        Tab.TO_RETURN: ["completed_at"],
    }.get(tab, ["due_at", "submitted_at"])
    return (
        visible_to(mandate)
        .filter(_under(tab, mandate, at))
        .select_related("version__procedure", "holder", "step_unit")
        .order_by(*order, "code")
    )


def tab_counts(mandate: Mandate, *, at: datetime) -> Mapping[Tab, int]:
    """Return how many dossiers stand under each tab, counted in one statement."""
    counts = visible_to(mandate).aggregate(
        **{
            tab.value: Count("pk", filter=_under(tab, mandate, at))
            for tab in Tab
            if tab is not Tab.CLOSED
        }
    )
    return {Tab(name): count for name, count in counts.items()}


def tabs_for(mandate: Mandate) -> list[Tab]:
    """Return the tabs that the officer's roles have work under."""
    roles = {post.role for post in mandate.posts}
    tabs: list[Tab] = []
    if PostRole.RECEIVER in roles:
        tabs += [Tab.INTAKE, Tab.TO_RETURN]
    if PostRole.LEADER in roles:
        tabs += [Tab.TO_DECIDE]
    if PostRole.PROCESSOR in roles:
        tabs += [Tab.MINE]
    if roles & {PostRole.PROCESSOR, PostRole.LEADER}:
        tabs += [Tab.UNASSIGNED, Tab.NEAR, Tab.OVERDUE]
    return [*tabs, Tab.WAITING, Tab.CLOSED]


def found_by(mandate: Mandate, words: str) -> QuerySet[Dossier]:
    """Return the visible dossiers whose code or owner matches the words, accents or not."""
    if not text.fold(words):
        return Dossier.objects.none()
    return (
        visible_to(mandate)
        .filter(_matching(words))
        .select_related("version__procedure", "holder", "step_unit")
        .order_by("-submitted_at", "code")
    )


def narrowed(
    dossiers: QuerySet[Dossier], *, procedure: str = "", words: str = ""
) -> QuerySet[Dossier]:
    """Return those of one procedure, and those whose code or owner matches the words."""
    if procedure:
        dossiers = dossiers.filter(version__procedure__code=procedure)
    if text.clean(words):
        dossiers = dossiers.filter(_matching(words))
    return dossiers


def next_for(mandate: Mandate, tab: Tab, *, after: Dossier, at: datetime) -> Dossier | None:
    """Return the most urgent dossier under the tab but this one, for whoever has just acted."""
    return work_list(mandate, tab, at=at).exclude(pk=after.pk).first()


def open_work_of(officer_ids: Iterable[int]) -> Mapping[int, int]:
    """Return how many open dossiers each officer holds; who holds none is left out."""
    rows = (
        Dossier.objects.filter(holder_id__in=set(officer_ids), state__in=sorted(OPEN_STATES))
        .values_list("holder_id")
        .annotate(count=Count("pk"))
    )
    return {holder_id: count for holder_id, count in rows if holder_id is not None}


def _matching(words: str) -> Q:
    code = Q(code__icontains=text.clean(words))
    folded = text.fold(words)
    return code | Q(owner_name_folded__contains=folded) if folded else code


def _under(tab: Tab, mandate: Mandate, at: datetime) -> Q:
    receiving = {p.unit_id for p in mandate.posts if p.role == PostRole.RECEIVER}
    working = {p.unit_id for p in mandate.posts if p.role in (PostRole.PROCESSOR, PostRole.LEADER)}
    leading = {p.unit_id for p in mandate.posts if p.role == PostRole.LEADER}
    settling = [S.ACCEPTED.value, S.IN_PROGRESS.value]
    is_open = Q(state__in=sorted(OPEN_STATES))
    match tab:
        case Tab.INTAKE:
            return Q(state=S.SUBMITTED, receiving_unit_id__in=receiving)
        case Tab.TO_RETURN:
            return Q(state=S.DECIDED, receiving_unit_id__in=receiving)
        case Tab.MINE:
            return Q(holder_id=mandate.officer_id) & is_open
        case Tab.UNASSIGNED:
            return Q(state__in=settling, holder=None, step_unit_id__in=working - leading) | Q(
                state=S.ACCEPTED, holder=None, settling_agency_id__in=_agencies_led(mandate)
            )
        case Tab.TO_DECIDE:
            return Q(state=S.IN_PROGRESS, step_unit_id__in=leading)
        case Tab.WAITING:
            return Q(state__in=[S.INTAKE_SUPPLEMENT, S.AWAITING_SUPPLEMENT, S.AWAITING_OBLIGATION])
        case Tab.NEAR:
            return Q(state__in=settling, due_at__gte=at, due_at__lt=at + NEAR_DUE)
        case Tab.OVERDUE:
            return Q(state__in=settling, due_at__lt=at)
        case Tab.CLOSED:
            return ~is_open


def _agencies_led(mandate: Mandate) -> set[int]:
    return {p.agency_id for p in mandate.posts if p.role == PostRole.LEADER}
