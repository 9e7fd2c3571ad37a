"""How a life is read from its row, and written back."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection

from motcua.kernel import copying
from motcua.kernel.statements import plain_array, word_array
from motcua.steering.definitions.lives import Life, Petition, Spell
from motcua.steering.models import Fact

from ._columns import TYPES, WRITERS

# Kept in the row beside the life's own columns, for the database to look things up by.
_SEEN = frozenset({"paused_at", "late_from"})
_SPELLS = ("pauses", "late", "late_days")


def read_lives(ids: Sequence[str]) -> dict[str, Life]:
    """Return the lives that are kept of these dossiers, in one statement."""
    names = _names_of_life()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT dossier_id::text, spells::text, {', '.join(names)} "  # noqa: S608 - our columns
            "FROM steering_fact WHERE dossier_id = ANY(%s::uuid[])",
            [list(ids)],
        )
        return {row[0]: _life(names, row) for row in cursor.fetchall()}


def write_lives(lives: Iterable[Life]) -> None:
    """Keep the lives, new or changed, in one statement."""
    rows = list(lives)
    if not rows:
        return
    names, plain, statement = _writing()
    columns: list[Any] = [[getattr(life, name) for life in rows] for name in names]
    columns = [
        (plain_array if name in plain else word_array)(column)
        for name, column in zip(names, columns, strict=True)
    ]
    columns.append(word_array([_written(life) for life in rows]))
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)


def copy_lives(lives: Iterable[Life]) -> None:
    """Keep lives of which nothing was kept before."""
    names, _plain, _statement = _writing()
    said = attrgetter(*names)
    fields = [WRITERS[field.get_internal_type()] for field in _fields()]
    nothing = [copying.NONE] * len(names)
    begin = copying.row(len(names) + 1)
    rows = []
    for life in lives:
        cells = nothing.copy()  # of which more than half stays
        for place, value in enumerate(said(life)):
            if value is not None:
                cells[place] = fields[place](value)
        kept = _written(life)
        spells = copying.NONE if kept is None else copying.json(kept.encode())
        rows.append(b"".join((begin, *cells, spells)))
    copying.copy_rows(Fact._meta.db_table, [*names, "spells"], rows)


def _fields() -> list[Any]:
    return [field for field in Fact._meta.concrete_fields if field.attname != "spells"]


@cache
def _names_of_life() -> tuple[str, ...]:
    return tuple(
        field.attname
        for field in Fact._meta.concrete_fields
        if field.attname not in {"dossier_id", "spells", *_SEEN}
    )


@cache
def _writing() -> tuple[list[str], frozenset[str], str]:
    fields = _fields()
    names = [field.attname for field in fields]
    arrays = ", ".join(f"%s::{TYPES[field.get_internal_type()]}[]" for field in fields)
    told = ", ".join(names)
    changed = ", ".join(f"{name} = excluded.{name}" for name in [*names[1:], "spells"])
    plain = frozenset(
        field.attname for field in fields if TYPES[field.get_internal_type()] != "text"
    )
    return (
        names,
        plain,
        (
            f"INSERT INTO steering_fact ({told}, spells) SELECT {told}, spells::jsonb "  # noqa: S608 - our columns
            f"FROM unnest({arrays}, %s::text[]) AS told ({told}, spells) "
            f"ON CONFLICT (dossier_id) DO UPDATE SET {changed}"
        ),
    )


def _life(names: Sequence[str], row: Sequence[Any]) -> Life:
    life = Life(dossier_id=row[0], **dict(zip(names, row[2:], strict=True)))
    if row[1] is not None:
        kept = json.loads(row[1])
        life.further = [datetime.fromisoformat(each) for each in kept.get("further", ())]
        for name in _SPELLS:
            spells = [Spell(*map(_moment, pair)) for pair in kept.get(name, ())]
            setattr(life, name, spells)
        for number, told in kept.get("petitions", {}).items():
            life.petitions[number] = Petition(*map(_moment, told))
    return life


def _written(life: Life) -> str | None:
    kept: dict[str, Any] = {}
    for name in _SPELLS:
        if spells := getattr(life, name):
            kept[name] = [(_text(spell.since), _text(spell.until)) for spell in spells]
    if life.further:
        kept["further"] = [_text(at) for at in life.further]
    if life.petitions:
        kept["petitions"] = {
            number: [_text(at) for at in astuple(told)] for number, told in life.petitions.items()
        }
    return json.dumps(kept) if kept else None


def _moment(text: str | None) -> Any:
    return None if text is None else datetime.fromisoformat(text)


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
