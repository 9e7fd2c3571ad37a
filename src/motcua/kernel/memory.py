"""Answers that change rarely, kept in the process for a few seconds."""

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
AnswerT = TypeVar("AnswerT")

# Enough for every commune, procedure and token that one process meets within seconds.
ENTRIES_MAX = 20_000

_forget_all: list[Callable[[], None]] = []


def remembered(*, seconds: float) -> Callable[[Callable[P, AnswerT]], Callable[P, AnswerT]]:
    """
    Make a read that answers from memory for so long, by its (hashable) arguments.

    Only for what may be so many seconds old, never for a dossier or a right that was withdrawn
    longer ago than that. What raises is not remembered.
    """

    def of(read: Callable[P, AnswerT]) -> Callable[P, AnswerT]:
        kept: dict[object, tuple[float, AnswerT]] = {}
        _forget_all.append(kept.clear)

        @wraps(read)
        def reading(*args: P.args, **kwargs: P.kwargs) -> AnswerT:
            key = (args, *sorted(kwargs.items()))
            moment = time.monotonic()
            known = kept.get(key)
            if known is not None and moment < known[0]:
                return known[1]
            answer = read(*args, **kwargs)
            if len(kept) >= ENTRIES_MAX:
                kept.clear()
            kept[key] = (moment + seconds, answer)
            return answer

        return reading

    return of


def forget() -> None:
    """Empty every memory: between tests, whose rows reuse numbers, and after bulk loads."""
    for clear in _forget_all:
        clear()
