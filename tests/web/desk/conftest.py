"""What the officers' screens are tested with: the clock of the demonstration, and sign-in."""

from datetime import timedelta

import pytest

from motcua.accounts.models import Account
from motcua.kernel import clock
from tests.builders import NOW


@pytest.fixture(autouse=True)
def _tuesday_morning():
    """Let the city's clock stand about where the builders' dossiers were filed."""
    clock.shift_by(NOW - clock.now())
    yield
    clock.shift_by(timedelta())


@pytest.fixture
def signed_in(client):
    """Sign somebody's mandate in, and return the client."""

    def sign_in(mandate):
        client.force_login(Account.objects.get(pk=mandate.account_id))
        return client

    return sign_in
