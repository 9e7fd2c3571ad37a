"""The writes of the read models. Called by their follower only."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
from django.db import connection, transaction

from motcua.dossiers.events import DossierOpened, PartOpened
from motcua.dossiers.models import Dossier
from motcua.kernel.ledger.followers import Stretch
from motcua.kernel.ledger.models import LedgerEvent
from motcua.procedures.queries import gives_document
from motcua.steering.definitions.lives import Life, born
from motcua.steering.models import CohortCount, DayCount, Fact, MonthCount, Source, YearCount

from ._counts import Steps
from ._lives import read_lives, write_lives

_BIRTHS = frozenset({DossierOpened.kind, PartOpened.kind})
AT_ONCE = 4_000  # dossiers of a stretch that are taken in together
GATHERED = 400_000  # steps that are kept in memory before they are written

_STRETCH = """
    SELECT subject_id, kind, (extract(epoch FROM occurred_at) * 1000000)::bigint, data::text
    FROM ledger_event
    WHERE subject_type = %s AND kind = ANY(%s)
        AND (xid, position) > (%s::text::xid8, %s) AND (xid, position) <= (%s::text::xid8, %s)
    ORDER BY subject_id, subject_seq
"""

_EPOCH, _MICRO = datetime.fromtimestamp(0, UTC), timedelta(microseconds=1)

Told = tuple[str, datetime, Any]  # kind, moment, what it says


@transaction.atomic
def take_in(*, events: Sequence[LedgerEvent]) -> None:
    """Let the figures follow these events, in a handful of statements however many they are."""
    of: dict[str, list[Told]] = {}
    for event in events:
        of.setdefault(event.subject_id, []).append((event.kind, event.occurred_at, event.data))
    steps = Steps()
    _take_in(of, steps)
    steps.write()


@transaction.atomic
def take_in_stretch(*, stretch: Stretch, kinds: Sequence[str]) -> None:
    """Take in a stretch of the ledger of whatever length, as `take_in` takes in its events."""
    steps = Steps()
    for of in _chapters(stretch, kinds):
        _take_in(of, steps)
        if len(steps) > GATHERED:
            steps.write()
    steps.write()


@transaction.atomic
def forget_figures() -> None:
    """Empty the read models, to be built again from the beginning of the ledger."""
    tables = ", ".join(
        model._meta.db_table
        for model in (Fact, DayCount, MonthCount, YearCount, CohortCount, Source)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables}")


def _take_in(of: dict[str, list[Told]], steps: Steps) -> None:
    lives = read_lives([id_ for id_, told in of.items() if told[0][0] not in _BIRTHS])
    for id_, told in of.items():
        life = lives.get(id_)
        if life is not None:
            steps.put(life, -1)
            lives[id_] = _after(life, told)
        else:
            kind, at, data = told[0]
            life = born(
                kind,
                at,
                data,
                dossier_id=id_,
                gives_document=gives_document(data["procedure"], data["version"]),
            )
            lives[id_] = _after(life, told[1:])
        steps.put(lives[id_], 1)
    write_lives(lives.values())


def _after(life: Life, told: Iterable[Told]) -> Life:
    for kind, at, data in told:
        life.tell(kind, at, data)
    return life


def _chapters(stretch: Stretch, kinds: Sequence[str]) -> Iterator[dict[str, list[Told]]]:
    """Yield the events of some whole dossiers after the other."""
    decode = msgspec.json.decode
    raw = connection.connection
    of: dict[str, list[Told]] = {}
    # Each chain in its order, by the index of the chains: sorting millions of events takes longer.
    with connection.cursor() as setting:
        setting.execute("SET LOCAL enable_sort = off")
    with raw.cursor(name="steering_stretch") as cursor:
        cursor.itersize = 20_000
        cursor.execute(
            _STRETCH,
            [
                Dossier().subject.type,
                list(kinds),
                str(stretch.after_xid),
                stretch.after,
                str(stretch.up_to_xid),
                stretch.up_to,
            ],
        )
        for id_, rows in groupby(cursor, key=itemgetter(0)):
            of[id_] = [(kind, _EPOCH + at * _MICRO, decode(data)) for _id, kind, at, data in rows]
            if len(of) == AT_ONCE:
                yield of
                of = {}
    if of:
        yield of
