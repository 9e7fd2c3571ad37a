"""Foreign keys that rest while the city is filled are taken up again as they were."""

import pytest
from django.db import IntegrityError, connection

from motcua.config.cli import doctor
from motcua.config.demonstration.growth import WRITTEN
from motcua.config.demonstration.references import checked_together, resting

pytestmark = pytest.mark.django_db(transaction=True)

_KEYS = """
    SELECT conname, pg_get_constraintdef(pg_constraint.oid), convalidated, count(pg_trigger.oid)
    FROM pg_constraint LEFT JOIN pg_trigger ON tgconstraint = pg_constraint.oid
    WHERE contype = 'f' GROUP BY 1, 2, 3 ORDER BY 1
"""


def keys() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(_KEYS)
        return cursor.fetchall()


def a_dossier_of_nobody() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossier_delay (dossier_id, due_at, step_key, unit_id)"
            " VALUES (gen_random_uuid(), now(), 'x', 1)"
        )


@pytest.fixture(autouse=True)
def _can_rest(transactional_db):
    if connection.pg_version < 180_000:
        pytest.skip("this PostgreSQL lets no foreign key rest")


class TestCheckedTogether:
    def test_leaves_every_foreign_key_as_it_was(self):
        before = keys()
        with checked_together(WRITTEN):
            assert len(resting(WRITTEN)) > 20
        assert keys() == before
        assert resting(WRITTEN) == []

    def test_takes_them_up_whatever_breaks_it_off(self):
        with pytest.raises(KeyboardInterrupt), checked_together(WRITTEN):
            raise KeyboardInterrupt
        assert resting(WRITTEN) == []

    def test_refuses_what_refers_to_nothing(self):
        with pytest.raises(IntegrityError, match="dossier_delay"), checked_together(WRITTEN):
            a_dossier_of_nobody()
        assert resting(WRITTEN)  # and says so until it is mended

        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM dossier_delay")
        with checked_together(WRITTEN):
            pass
        assert resting(WRITTEN) == []

    def test_a_doctor_sees_what_a_killed_filling_left(self):
        killed = checked_together(WRITTEN)
        killed.__enter__()
        assert doctor.references().verdict is doctor.Verdict.FAULT

        with checked_together(WRITTEN):
            pass
        assert doctor.references().verdict is doctor.Verdict.OK
