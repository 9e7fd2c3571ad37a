"""The writes of the read models. Called by their follower only."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from django.db import connection, transaction

from motcua.dossiers.events import DossierOpened, PartOpened
from motcua.dossiers.models import Dossier
from motcua.kernel.ledger.followers import Stretch
from motcua.kernel.ledger.models import LedgerEvent
from motcua.procedures.queries import gives_document
from motcua.steering.definitions.lives import Life, born
from motcua.steering.models import COUNTS, TOTALS, Fact, Petition, Source

from ._counts import Steps
from ._lives import copy_lives, read_lives, write_lives
from ._petitions import keep_petitions
from ._sums import forget_what_is_aside

_BIRTHS = frozenset({DossierOpened.kind, PartOpened.kind})
AT_ONCE = 4_000  # dossiers of a stretch that are taken in together
GATHERED = 400_000  # steps that are kept in memory before they are written

# A row for each dossier: its events in JSON, in their order, which is that of the chains' index.
_STRETCH = """
    SELECT subject_id,
        json_agg(json_build_array(kind, occurred_at, data) ORDER BY subject_seq)::text
    FROM ledger_event
    WHERE subject_type = %s AND kind = ANY(%s) AND {condition}
    GROUP BY subject_id
"""

Told = tuple[str, datetime, dict[str, Any]]  # kind, moment, what it says
_decode = msgspec.json.Decoder(list[Told]).decode


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
            steps = Steps()
    steps.write()


@transaction.atomic
def take_in_new(*, chains: Mapping[str, Sequence[Told]]) -> None:
    """
    Take in new dossiers, each with all its events. They count when all is added up (_sums.py).

    For whoever has the events in their hands, and nothing is kept of these dossiers yet.
    """
    steps = Steps()
    gives = cache(gives_document)
    lives = [_born(id_, told, gives) for id_, told in chains.items()]
    for life in lives:
        steps.put(life, 1)
    steps.lay_aside()
    copy_lives(lives)
    keep_petitions(lives)


@transaction.atomic
def take_in_all(*, stretch: Stretch, kinds: Sequence[str]) -> None:
    """Take in a stretch from the beginning of the ledger as `take_in_new` takes in dossiers."""
    with connection.cursor() as cursor:
        # Sorting millions of events takes longer than following the index.
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_hashagg = off")
    for of in _chapters(stretch, kinds):
        take_in_new(chains=of)


@transaction.atomic
def forget_figures() -> None:
    """Empty the read models, to be built again from the beginning of the ledger."""
    forget_what_is_aside()
    tables = ", ".join(model._meta.db_table for model in (Fact, Petition, *COUNTS, *TOTALS, Source))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables}")


def _take_in(of: dict[str, list[Told]], steps: Steps) -> None:
    lives = read_lives([id_ for id_, told in of.items() if told[0][0] not in _BIRTHS])
    gives = cache(gives_document)
    for id_, told in of.items():
        life = lives.get(id_)
        if life is not None:
            steps.put(life, -1)
            lives[id_] = _after(life, told)
        else:
            lives[id_] = _born(id_, told, gives)
        steps.put(lives[id_], 1)
    write_lives(lives.values())
    keep_petitions(lives.values())


def _born(id_: str, told: Sequence[Told], gives: Callable[[str, int], bool]) -> Life:
    kind, at, data = told[0]
    document = gives(data["procedure"], data["version"])
    return _after(born(kind, at, data, dossier_id=id_, gives_document=document), told[1:])


def _after(life: Life, told: Iterable[Told]) -> Life:
    for kind, at, data in told:
        life.tell(kind, at, data)
    return life


def _chapters(stretch: Stretch, kinds: Sequence[str]) -> Iterator[dict[str, list[Told]]]:
    """Yield the events of some whole dossiers after the other."""
    raw = connection.connection
    condition, values = stretch.condition()
    with raw.cursor(name="steering_stretch") as cursor:
        cursor.execute(
            _STRETCH.format(condition=condition), [Dossier().subject.type, list(kinds), *values]
        )
        while rows := cursor.fetchmany(AT_ONCE):
            yield {id_: _decode(told) for id_, told in rows}
