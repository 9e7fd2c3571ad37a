"""Hands share tasks out among them, each in a process of its own."""

import gc
import os

import pytest
from django.db import connection

from motcua.kernel.hands import work_through

pytestmark = pytest.mark.django_db(transaction=True)


def squared(number: int) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s * %s", [number, number])
        return os.getpid(), cursor.fetchone()[0]


def refused(number: int) -> None:
    raise ValueError(number)


class TestWorkThrough:
    def test_yields_each_task_with_what_came_of_it(self):
        done = dict(work_through(squared, [(number,) for number in range(20)], workers=2))
        assert {task: square for task, (_pid, square) in done.items()} == {
            (number,): number**2 for number in range(20)
        }
        assert os.getpid() not in {pid for pid, _square in done.values()}

    def test_one_worker_works_here(self):
        [(_task, (pid, square))] = work_through(squared, [(3,)], workers=1)
        assert (pid, square) == (os.getpid(), 9)

    @pytest.mark.parametrize("workers", [1, 2])
    def test_what_a_task_raises_is_raised(self, workers):
        with pytest.raises(ValueError, match="7"):
            list(work_through(refused, [(7,), (7,)], workers=workers))
        assert gc.isenabled()
