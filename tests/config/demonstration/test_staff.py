"""The officers of the demonstration city."""

import pytest
from django.db import IntegrityError

from motcua.accounts.models import Account
from motcua.accounts.services import create_account
from motcua.config.demonstration.figures import figures
from motcua.config.demonstration.staff import staff_the_city
from motcua.offices.models import Officer, PostRole
from motcua.offices.services import register_officer
from tests.builders import NOW, a_post, an_agency

pytestmark = pytest.mark.django_db


def the_staff():
    return Officer.objects.filter(account__username__startswith="canbo-").count()


class TestStaffTheCity:
    def test_adds_nobody_the_second_time(self):
        an_agency()

        assert staff_the_city(figures(), seed=7, at=NOW) == the_staff() > 0
        assert staff_the_city(figures(), seed=7, at=NOW) == 0

    def test_broken_off_leaves_no_accounts_without_officers(self):
        staff_code = f"CANBO-{a_post(PostRole.PROCESSOR).pk}-1"
        register_officer(
            account=create_account(username="other"), full_name="Trần An", staff_code=staff_code
        )

        with pytest.raises(IntegrityError):
            staff_the_city(figures(), seed=7, at=NOW)

        assert not Account.objects.filter(username__startswith="canbo-").exists()
