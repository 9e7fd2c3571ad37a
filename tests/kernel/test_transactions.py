import pytest
from django.db import transaction

from motcua.kernel.transactions import forbid_open_transaction


@pytest.mark.django_db
def test_outside_work_may_run_in_a_test_that_opened_nothing_itself():
    forbid_open_transaction()


@pytest.mark.django_db
def test_outside_work_may_not_run_inside_an_act():
    with transaction.atomic(), pytest.raises(RuntimeError, match="must not hold"):
        forbid_open_transaction()
