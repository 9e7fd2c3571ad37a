"""What the officers' screens are tested with: the clock of the demonstration, and sign-in."""

import pytest

from motcua.accounts.models import Account
from tests.builders import NOW
from tests.clocks import the_clock_at


@pytest.fixture(autouse=True)
def _tuesday_morning():
    """Let the city's clock stand about where the builders' dossiers were filed."""
    with the_clock_at(NOW):
        yield


@pytest.fixture
def signed_in(client):
    """Sign somebody's mandate in, and return the client."""

    def sign_in(mandate):
        client.force_login(Account.objects.get(pk=mandate.account_id))
        return client

    return sign_in
