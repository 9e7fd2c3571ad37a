"""What was told of a dossier, in rows of its tables."""

from functools import cache

from motcua.dossiers.services.bulk import (
    CAUSE_COLUMNS,
    DELAY_COLUMNS,
    DOSSIER_COLUMNS,
    HAND_OVER_COLUMNS,
    REQUEST_COLUMNS,
    RESULT_COLUMNS,
)
from motcua.kernel import copying
from motcua.kernel.copying import NONE, second, word
from motcua.parties.services import PERSON_COLUMNS

from .acts import Request
from .crowd import Inhabitant
from .delays import Delayed
from .lives import Life

_DOSSIER = copying.row(len(DOSSIER_COLUMNS))
_REQUEST = copying.row(len(REQUEST_COLUMNS))
_RESULT = copying.row(len(RESULT_COLUMNS))
_HAND_OVER = copying.row(len(HAND_OVER_COLUMNS))
_DELAY = copying.row(len(DELAY_COLUMNS))
_CAUSE = copying.row(len(CAUSE_COLUMNS))
_PERSON = copying.row(len(PERSON_COLUMNS))
_NO_WORD = word("")
_UUID = 20  # bytes of a field
# Of these there are few, each in many rows.
_common = cache(word)
_number = cache(copying.bigint)


def person_row(person: Inhabitant) -> bytes:
    """Return the row of an inhabitant."""
    return b"".join((
        _PERSON, person.named, word(person.sort_key), word(person.personal_id),
        copying.day(person.born_on), _common(person.sex), word(person.phone),
        word(person.address), _NO_WORD,
    ))  # fmt: skip


def dossier_row(
    id_: bytes,
    life: Life,
    *,
    code: str,
    secret: str,
    owner: Inhabitant,
    answers: bytes,
    step_due_at: int | None,
    intake_due_at: int | None,
    promised_at: int | None,
    wakes_at: int | None,
) -> bytes:
    """Return the row of a dossier as its life left it."""
    office = life.offer.office
    return b"".join((
        _DOSSIER, id_, word(code), word(secret), _number(life.wording.version_id),
        _number(office.receiving_unit), _number(office.id), _common(life.case.key),
        _common(life.channel), _common(life.state), owner.named,
        life.submitter.named[:_UUID], copying.json(answers),
        NONE if life.step is None else _common(life.step), _number_or_none(life.unit),
        _number_or_none(life.holder), _at(step_due_at), second(life.submitted_at),
        _at(intake_due_at), _at(life.accepted_at), _at(life.due_at), _at(life.paused_at),
        _at(life.answer_due_at), _at(life.completed_at), _at(life.returned_at), _at(promised_at),
        _at(wakes_at),
    ))  # fmt: skip


def request_row(id_: bytes, asked: Request) -> bytes:
    """Return the row of a supplement request, of one paper."""
    return b"".join((
        _REQUEST, id_, _common(asked.phase), copying.smallint(asked.round), _common(asked.reason),
        copying.json(f'{{"{asked.paper}":"{asked.needed}"}}'.encode()), _number(asked.by),
        second(asked.at), _at(asked.answered_at), _common(asked.answer),
    ))  # fmt: skip


def result_row(id_: bytes, life: Life) -> bytes:
    """Return the row of what was decided."""
    assert life.decision is not None
    assert life.completed_at is not None
    outcome, number, summary, leader = life.decision
    return b"".join((
        _RESULT, id_, _common(outcome), word(number), _common(summary), _number(leader),
        second(life.completed_at),
    ))  # fmt: skip


def hand_over_row(id_: bytes, life: Life) -> bytes:
    """Return the row of how the result was given."""
    assert life.hand_over is not None
    assert life.returned_at is not None
    method, receiver, officer = life.hand_over
    return b"".join((
        _HAND_OVER, id_, _common(method), word(receiver), _number(officer),
        second(life.returned_at),
    ))  # fmt: skip


def delay_row(id_: bytes, life: Life, delayed: Delayed) -> bytes:
    """Return the row of a delay."""
    assert life.due_at is not None
    stood = delayed.stood
    return b"".join((
        _DELAY, id_, second(life.due_at), _common(stood.step), _number(stood.unit),
        _number_or_none(stood.holder),
    ))  # fmt: skip


def cause_row(id_: bytes, delayed: Delayed) -> bytes:
    """Return the row of why a dossier is late."""
    why = delayed.explained
    assert why is not None
    return b"".join((
        _CAUSE, id_, _common(why.cause.value), _common(why.words), _NO_WORD, _number(why.by),
        second(why.at),
    ))  # fmt: skip


def _number_or_none(value: int | None) -> bytes:
    return NONE if value is None else _number(value)


def _at(moment: int | None) -> bytes:
    return NONE if moment is None else second(moment)
