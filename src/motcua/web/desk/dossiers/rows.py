"""One dossier as one line of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.models import Dossier
from motcua.procedures.queries import compiled
from motcua.web.words import Deadline, DeadlineState

from .deadlines import deadline_of


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a list tells of a dossier."""

    dossier: Dossier
    agency_code: str  # "000.00.19.H13-", the half of the code that a list repeats
    number: str  # "241015-0001", the half that tells
    procedure: str
    step: str
    holder: str
    owed_at: datetime | None  # the answer before acceptance, the result after it
    deadline: Deadline | None

    @property
    def is_late(self) -> bool:
        return self.deadline is not None and self.deadline.state is DeadlineState.OVERDUE


def rows_of(dossiers: Iterable[Dossier], *, now: datetime) -> list[Row]:
    """Return the dossiers as lines. Procedures come from the process' memory, not from SQL."""
    return [_row(dossier, now) for dossier in dossiers]


def _row(dossier: Dossier, now: datetime) -> Row:
    version = compiled(dossier.version_id)
    agency_code, dash, number = dossier.code.partition("-")
    return Row(
        dossier=dossier,
        agency_code=agency_code + dash,
        number=number,
        procedure=version.name,
        step=version.steps[dossier.step_key].name if dossier.step_key else "",
        holder=dossier.holder.full_name if dossier.holder else "",
        owed_at=dossier.due_at or dossier.intake_due_at,
        deadline=deadline_of(dossier, now=now),
    )
