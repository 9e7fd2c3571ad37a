"""How many statements a request costs, transaction control included, is a promise."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import ADesk, a_citizen, a_dossier, the_catalogue

from .client import a_filing, speaking_for, where

# Committed for real: inside a test's own transaction BEGIN and COMMIT would be savepoints.
pytestmark = pytest.mark.django_db(transaction=True)


def counted(send) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert send().status_code < 300
    return len(queries)


def test_statements_per_request():
    """One test, because setting up a committed city takes seconds."""
    the_catalogue()
    citizen, desk = a_citizen(), ADesk()
    api, officer = speaking_for(citizen), speaking_for(desk.receiver)
    assert api.submit(a_filing(citizen)).status_code == 201
    assert officer.send(where(a_dossier(), "/acceptances")).status_code == 201
    filing, waiting = a_filing(citizen), a_dossier(citizen)
    # Who a token speaks for is asked once in five seconds; what is counted comes after.
    api.read(where(waiting))
    officer.read(where(waiting))

    submission = counted(lambda: api.submit(filing, key="counted"))
    repetition = counted(lambda: api.submit(filing, key="counted"))
    act = counted(lambda: officer.send(where(waiting, "/acceptances")))
    read_own = counted(lambda: api.read(where(waiting)))
    read_in_office = counted(lambda: officer.read(where(waiting)))
    mine = counted(lambda: api.read("/dossiers"))
    work = counted(lambda: officer.read("/dossiers?tab=intake"))
    catalogue = counted(lambda: api.read("/procedures/1.001193"))

    # BEGIN, the key, the files, the number, the dossier with papers and event, COMMIT; and the
    # call to the followers, once in fifty milliseconds.
    assert submission <= 7
    assert repetition <= 6
    # BEGIN, sight, lock, move with event, the paper with its number, COMMIT, the call.
    assert act <= 7
    assert read_own == read_in_office == 1
    assert mine <= 2
    assert work <= 2
    assert catalogue == 0
