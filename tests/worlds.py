"""A world that takes long to make, made once for several tests that look at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings


@contextmanager
def standing(request: pytest.FixtureRequest) -> Iterator[Path]:
    """
    Hold a transaction that is never committed: the tests' own are nested in it.

    What is made within stands for all tests of the fixture's scope, its files in the folder given.
    What one of them changes is taken back after it, as ever.
    """
    request.getfixturevalue("django_db_setup")
    folder = request.getfixturevalue("tmp_path_factory").mktemp("world")
    with (
        request.getfixturevalue("django_db_blocker").unblock(),
        override_settings(FILES_DIR=folder),
    ):
        outer = transaction.atomic()
        outer._from_testcase = True  # as Django marks the one that it wraps around a test
        with outer:
            yield folder
            transaction.set_rollback(True)
