"""An application whose role owns nothing: what docs/operations/start.md grants is enough."""

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from motcua.kernel.ledger import followers
from motcua.steering.followers import follow_dossiers
from motcua.steering.models import Fact
from tests.builders import ADesk
from tests.kernel.ledger.rooms import catch_up

pytestmark = pytest.mark.django_db(transaction=True)

_GRANTED = """
    CREATE ROLE the_application;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO the_application;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO the_application;
    DO $$
        DECLARE name text;
        BEGIN
            FOR name IN SELECT tablename FROM pg_tables WHERE tablename LIKE 'steering\\_%' LOOP
                EXECUTE format('GRANT TRUNCATE ON %I TO the_application', name);
            END LOOP;
        END
    $$;
"""


@pytest.fixture
def the_applications_role(db):
    with connection.cursor() as cursor:
        cursor.execute(_GRANTED)
        cursor.execute("SET ROLE the_application")
        yield
        cursor.execute("RESET ROLE")
        cursor.execute("DROP OWNED BY the_application")
        cursor.execute("DROP ROLE the_application")


class TestTheApplicationsRole:
    def test_settles_a_dossier_and_builds_its_figures_anew(self, the_applications_role):
        dossier = ADesk().returned()
        catch_up(follow_dossiers)
        followers.rebuild(follow_dossiers)
        catch_up(follow_dossiers)
        assert Fact.objects.get().dossier_id == dossier.pk

    def test_builds_figures_at_once_as_after_a_bulk_load(self, the_applications_role):
        dossier = ADesk().returned()
        assert followers.catch_up(follow_dossiers)
        assert Fact.objects.get().dossier_id == dossier.pk

    @pytest.mark.parametrize(
        "statement",
        [
            "ALTER TABLE ledger_event DISABLE TRIGGER ALL",
            "TRUNCATE ledger_event CASCADE",
            "DROP TABLE ledger_event",
        ],
    )
    def test_cannot_switch_a_guard_off(self, the_applications_role, statement):
        with pytest.raises(ProgrammingError), connection.cursor() as cursor:
            cursor.execute(statement)
