"""Rows of figures for the index, with only what a test is about."""

from motcua.steering.definitions import Counted, Measure
from motcua.steering.definitions.index766 import (
    MEASURES,
    MEASURES_OF_PROCEDURES,
    Announcements,
    Competence,
    Filed,
    Level,
    Score,
    Tally,
    Worked,
    amounts_of,
    profiles,
    score,
)

PROFILE = profiles()[0]
ALL_RECORDED = frozenset(Measure)


def row(*, agency_id=1, procedure="P", channel="direct", is_part=False, **counts) -> Counted:
    """Return a row; what is not named was counted as none."""
    now = dict.fromkeys(Measure, 0)
    now |= {Measure(name): number for name, number in counts.items()}
    return Counted(
        agency_id=agency_id,
        procedure=procedure,
        channel=channel,
        is_part=is_part,
        now=now,
        before={},
    )


def tally(*rows: Counted) -> Tally:
    """Add the rows up as the index reads them."""
    return Tally.of(
        [Worked(row.agency_id, row.is_part, tuple(row.now[m] for m in MEASURES)) for row in rows],
        [
            Filed(row.agency_id, row.procedure, tuple(row.now[m] for m in MEASURES_OF_PROCEDURES))
            for row in rows
            if not row.is_part
        ],
        certifying=PROFILE.certifying,
    )


def scored(
    *rows: Counted,
    competence: Competence | None = None,
    announcements: Announcements | None = None,
    recorded=ALL_RECORDED,
    level: Level = Level.CITY,
) -> Score:
    """Return the index of these rows by the profile of 2022."""
    amounts = amounts_of(
        tally(*rows),
        competence=competence or Competence(),
        announcements=announcements,
        recorded=recorded,
    )
    return score(PROFILE, level=level, amounts=amounts)
