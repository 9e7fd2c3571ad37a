import asyncio

import pytest
from django.db import connection
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.contrib.django.utils import connector_params

from motcua.config import jobs
from motcua.kernel.ledger import seals
from tests.builders import a_dossier

pytestmark = pytest.mark.django_db(transaction=True)


def work_off(*queues: str) -> None:
    """Let a worker do what waits, and stop."""

    async def work() -> None:
        connector = PsycopgConnector(kwargs=connector_params(), timeout=5)
        with app.replace_connector(connector) as worker:
            async with worker.open_async():
                await worker.run_worker_async(wait=False, install_signal_handlers=False)

    connection.close()
    asyncio.run(work())


class TestRetryStalledJobs:
    def test_gives_a_dead_workers_job_to_one_that_lives(self, settings, tmp_path):
        settings.VAR = tmp_path
        a_dossier()
        jobs.seal_ledger.defer(timestamp=0)
        with connection.cursor() as cursor:
            # A worker that took the job and has not been heard of for an hour.
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) "
                "VALUES (now() - interval '1 hour') RETURNING id"
            )
            [worker_id] = cursor.fetchone()
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker_id]
            )
        jobs.retry_stalled_jobs.defer(timestamp=0)

        work_off()

        job = ProcrastinateJob.objects.get(task_name="config.seal-ledger")
        assert job.status == "succeeded"


class TestSealLedger:
    def test_leaves_a_seal_that_the_ledger_matches(self, settings, tmp_path):
        settings.VAR = tmp_path
        a_dossier()

        jobs.seal_ledger(timestamp=0)

        seals.verify_seals(tmp_path / "ledger.seals")
        assert (tmp_path / "ledger.seals").read_text().count("\n") == 1
