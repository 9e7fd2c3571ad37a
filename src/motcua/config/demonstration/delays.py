"""
What a late dossier of the filling leaves behind: a cause on record, now and then an apology.

Told after its life: what was said about a delay stands between what was done, and moves nothing.
The same facts and rows as `dossiers.services.state_cause` and `apologise` would have written.
"""

from bisect import bisect_left
from dataclasses import dataclass
from operator import itemgetter
from random import Random

from motcua.dossiers.definitions import CauseClass
from motcua.dossiers.events import ApologySigned, DelayExplained
from motcua.kernel.ledger.bulk import Words, iso, often_said
from motcua.offices.models import PostRole

from .acts import HOUR, Stand, said
from .figures import Delays
from .lives import Life

# Whoever is a few minutes late has not been asked for the reason yet.
_ASKED_AFTER = HOUR // 4
_PROMISED_WITHIN = 12  # days, far less than the law's longest new date

_WORDS: dict[CauseClass, tuple[str, ...]] = {
    CauseClass.OWN_UNIT: (
        "Số hồ sơ cùng lĩnh vực tăng cao, bộ phận chưa xử lý kịp.",
        "Cán bộ phụ trách nghỉ phép, việc bàn giao chậm.",
        "Chậm trình ký do phải rà soát lại căn cứ.",
    ),
    CauseClass.OTHER_AGENCY: (
        "Chờ kết quả xác minh của cơ quan phối hợp.",
        "Cơ quan quản lý sổ gốc trả lời chậm so với yêu cầu.",
    ),
    CauseClass.APPLICANT: (
        "Chưa liên hệ được với người nộp để làm rõ nội dung khai.",
        "Người nộp vắng mặt trong buổi xác minh đã hẹn.",
    ),
    CauseClass.SYSTEM: (
        "Phần mềm chuyên ngành gián đoạn trong nhiều giờ.",
        "Đường truyền đến cơ sở dữ liệu quốc gia bị lỗi.",
    ),
}
_APOLOGY = (
    "Hồ sơ của Ông/Bà chưa giải quyết xong đúng hạn. Cơ quan xin lỗi Ông/Bà và hẹn lại ngày trả "
    "kết quả như trên."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Why a dossier is late, and who said so."""

    cause: CauseClass
    words: str
    by: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Apologised:
    """A new date, promised once."""

    promised_at: int
    words: str
    by: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delayed:
    """All that a delay left behind."""

    stood: Stand  # where the dossier was when it became late
    explained: Explained | None
    apologised: Apologised | None


def delay_of(life: Life, *, now: int, rng: Random) -> Delayed | None:
    """Add to the facts of a life what was said about its delay; None if it is not late."""
    due_at = life.due_at
    until = life.completed_at or life.paused_at or now
    if due_at is None or until <= due_at:
        return None
    figures = life.figures.delays
    stood = _stood(life, due_at)
    # Before anybody decides a late dossier, somebody must have said why it is late.
    if life.completed_at is None and (
        life.calendar.worked(until) - life.calendar.worked(due_at) < _ASKED_AFTER
        or rng.random() * 1000 >= figures.explained_while_open
    ):
        return Delayed(stood=stood, explained=None, apologised=None)
    explained = _explain(life, due_at, until, figures, rng)
    apologised = None
    if rng.random() * 1000 < figures.apologised:
        apologised = _apologise(life, due_at, until, explained, rng)
    return Delayed(stood=stood, explained=explained, apologised=apologised)


def _explain(life: Life, due_at: int, until: int, figures: Delays, rng: Random) -> Explained:
    at = _between(life, due_at, until, 0.1 + 0.5 * rng.random())
    cause = _drawn_cause(figures, rng)
    pool = _WORDS[cause]
    words = pool[int(rng.random() * len(pool))]
    holder = _stood(life, at).holder
    explained = Explained(
        cause=cause,
        words=words,
        by=_leader(life, at, rng) if holder is None else holder,
        at=at,
    )
    _tell(
        life,
        at,
        often_said(
            DelayExplained.kind,
            f"officer:{explained.by}",
            f'{{"cause":"{cause.value}","correction":"",{said("words", words)[:-1]}}}',
        ),
    )
    return explained


def _apologise(
    life: Life, due_at: int, until: int, explained: Explained, rng: Random
) -> Apologised | None:
    calendar = life.calendar
    at = _between(life, explained.at, until, 0.1 + 0.5 * rng.random())
    # While the clock stands still nobody promises anything, nor on the day it is done. The paper
    # is put out last, by when a dossier that was stopped bears none.
    is_stopped = life.completed_at is not None and life.decision is None
    ends_today = calendar.day_of(at) == calendar.day_of(until)
    if is_stopped or ends_today or _stood(life, at).is_paused:
        return None
    day = calendar.day_of(at) + 1 + int(rng.random() * _PROMISED_WITHIN)
    apologised = Apologised(
        promised_at=calendar.closing(calendar.working_day_from(day)),
        words=_APOLOGY,
        by=_leader(life, at, rng),
        at=at,
    )
    _tell(
        life,
        at,
        Words(
            ApologySigned.kind,
            f"officer:{apologised.by}",
            f'{{"cause":"{explained.cause.value}","due_at":"{iso(due_at)}",'
            f'"promised_at":"{iso(apologised.promised_at)}",{said("reason", _APOLOGY)[:-1]}}}',
        ),
    )
    return apologised


def _between(life: Life, first: int, last: int, share: float) -> int:
    """Return a moment at which the office works, that share of its time on the way to the last."""
    calendar = life.calendar
    began = calendar.worked(first)
    moment = calendar.moment(began + int((calendar.worked(last) - began) * share))
    return min(max(first, moment), last)


def _drawn_cause(figures: Delays, rng: Random) -> CauseClass:
    drawn = rng.random() * sum(figures.causes.values())
    for cause, weight in figures.causes.items():
        drawn -= weight
        if drawn < 0:
            return cause
    raise AssertionError("the weights were added up")


def _stood(life: Life, at: int) -> Stand:
    """Return where the dossier stood at a moment, as `dossiers.queries.stood_at` reads it."""
    *_, stood = (stand for stand in life.stands if stand[0] <= at)
    return Stand(*stood)


def _leader(life: Life, at: int, rng: Random) -> int:
    officers = life.ground.officers[life.route.decision.unit, PostRole.LEADER]
    day = life.calendar.day_of(at)
    there = [officer for officer, since in officers if since <= day] or [officers[0][0]]
    return there[int(rng.random() * len(there))]


def _tell(life: Life, at: int, words: Words) -> None:
    # Before what happened at the same moment: a decision comes after its explanation.
    place = bisect_left(life.facts, at, lo=1, key=itemgetter(0))
    life.facts.insert(place, (at, words))
