"""What the list of a shift says: dossiers by channel, money and receipts, results, papers."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import (
    Channel,
    CounterIntake,
    FeeNoteLine,
    HandOver,
    PresentedPaper,
    ShiftHandOver,
)
from motcua.dossiers.queries import (
    accepted_online,
    fee_lines_of,
    intakes_handed_over,
    intakes_of_shift,
    presented_in,
    returned_by,
    shift_begun_at,
)
from motcua.procedures.definitions import FeeKind
from motcua.procedures.queries import compiled
from motcua.web.words import Words

# A longer hole than this is a new book and no gap.
GAP_MAX = 50
KINDS: Mapping[FeeKind, Words] = {FeeKind.CHARGE: _("Phí"), FeeKind.LEVY: _("Lệ phí")}
_NUMBERED = re.compile(r"(.*?)([0-9]{1,12})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class KindSum:
    """What was noted of one kind of fee."""

    kind: Words
    lines: int
    due_dong: int
    collected_dong: int
    unknown: int  # lines whose amount the city has not fixed here


@dataclass(frozen=True, kw_only=True)
class PassedPapers:
    """One dossier's papers, as they go on to the unit that settles it."""

    intake: CounterIntake
    procedure: str
    originals: int
    certified: int
    copies: int


@dataclass(frozen=True, kw_only=True)
class Pile:
    """What goes to one unit, and is signed for there."""

    unit: str
    agency: str
    rows: list[PassedPapers]


@dataclass(frozen=True, kw_only=True)
class ShiftSheet:
    """The list of one shift, running or handed over."""

    begun_at: datetime
    to: datetime
    channels: list[tuple[Words, int]]
    kinds: list[KindSum]
    noted_dong: int
    gaps: list[str]
    doubles: list[str]
    piles: list[Pile]
    results: list[HandOver]

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened in the shift."""
        return not self.piles and not self.results


def running(officer_id: int, unit_id: int, *, now: datetime) -> ShiftSheet:
    """Return the list of the shift that the officer has not handed over yet."""
    intakes = list(intakes_of_shift(officer_id, unit_id))
    begun_at = shift_begun_at(officer_id, unit_id, at=now)
    return _sheet(intakes, officer_id, unit_id, begun_at=begun_at, to=now)


def handed_over(shift: ShiftHandOver) -> ShiftSheet:
    """Return the list of a shift as it was handed over."""
    return _sheet(
        list(intakes_handed_over(shift)),
        shift.officer_id,
        shift.unit_id,
        begun_at=shift.begun_at,
        to=shift.handed_at,
    )


def _sheet(
    intakes: Sequence[CounterIntake],
    officer_id: int,
    unit_id: int,
    *,
    begun_at: datetime,
    to: datetime,
) -> ShiftSheet:
    ids = [intake.dossier_id for intake in intakes]
    lines = fee_lines_of(ids)
    gaps, doubles = _receipts(lines)
    taken = Counter(intake.dossier.channel for intake in intakes)
    taken[Channel.ONLINE.value] = accepted_online(unit_id, since=begun_at, to=to)
    return ShiftSheet(
        begun_at=begun_at,
        to=to,
        channels=[(channel.label, taken[channel.value]) for channel in Channel],
        kinds=_kinds(lines),
        noted_dong=sum(line.collected_dong for line in lines),
        gaps=gaps,
        doubles=doubles,
        piles=_piles(intakes, presented_in(ids)),
        results=returned_by(officer_id, unit_id, since=begun_at, to=to),
    )


def _kinds(lines: Iterable[FeeNoteLine]) -> list[KindSum]:
    by_kind: dict[str, list[FeeNoteLine]] = defaultdict(list)
    for line in lines:
        by_kind[line.kind].append(line)
    return [
        KindSum(
            kind=KINDS[kind],
            lines=len(by_kind[kind.value]),
            due_dong=sum(line.amount_dong or 0 for line in by_kind[kind.value]),
            collected_dong=sum(line.collected_dong for line in by_kind[kind.value]),
            unknown=sum(line.amount_dong is None for line in by_kind[kind.value]),
        )
        for kind in FeeKind
    ]


def _receipts(lines: Iterable[FeeNoteLine]) -> tuple[list[str], list[str]]:
    """Return the receipt numbers left out between others, and those on several dossiers."""
    dossiers: dict[str, set[UUID]] = defaultdict(set)
    books: dict[tuple[str, int], set[int]] = defaultdict(set)
    for line in lines:
        if not line.collected_dong:
            continue
        dossiers[line.receipt_number].add(line.dossier_id)
        if found := _NUMBERED.fullmatch(line.receipt_number):
            books[found[1], len(found[2])].add(int(found[2]))
    gaps = []
    for (book, width), numbers in sorted(books.items()):
        in_order = sorted(numbers)
        for before, after in pairwise(in_order):
            if 1 < after - before <= GAP_MAX:
                gaps += [f"{book}{n:0{width}}" for n in range(before + 1, after)]
    return gaps, sorted(number for number, of in dossiers.items() if len(of) > 1)


def _piles(
    intakes: Iterable[CounterIntake], papers: Mapping[UUID, Sequence[PresentedPaper]]
) -> list[Pile]:
    piles: dict[int, Pile] = {}
    for intake in intakes:
        unit = intake.passed_to
        pile = piles.setdefault(unit.pk, Pile(unit=unit.name, agency=unit.agency.name, rows=[]))
        own = papers.get(intake.dossier_id, ())
        pile.rows.append(
            PassedPapers(
                intake=intake,
                procedure=compiled(intake.dossier.version_id).name,
                originals=sum(paper.originals for paper in own),
                certified=sum(paper.certified for paper in own),
                copies=sum(paper.copies for paper in own),
            )
        )
    return list(piles.values())
