"""The upkeep of the machinery itself: jobs whose worker died, jobs long done, the ledger's seal."""

from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext

from motcua.kernel import clock
from motcua.kernel.ledger import seals

# A worker beats every ten seconds; one silent for so long is dead, and its jobs are free.
DEAD_SECONDS = 60
KEPT_HOURS = 30 * 24


@app.periodic(cron="*/2 * * * *")
@app.task(
    name="config.retry-stalled-jobs", queueing_lock="config.retry-stalled-jobs", pass_context=True
)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> int:
    """Give the jobs of workers that died to those that live; every job may run again."""
    jobs = context.app.job_manager
    stalled = list(await jobs.get_stalled_jobs(seconds_since_heartbeat=DEAD_SECONDS))
    for job in stalled:
        await jobs.retry_job(job)
    return len(stalled)


@app.periodic(cron="41 19 * * *")  # UTC: 02:41 in the city
@app.task(name="config.forget-old-jobs", queueing_lock="config.forget-old-jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Remove jobs that ended well a month ago; failed ones stay until somebody has looked."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)


@app.periodic(cron="7 20 * * *")  # UTC: 03:07 in the city
@app.task(name="config.seal-ledger", queueing_lock="config.seal-ledger")
def seal_ledger(timestamp: int) -> int:
    """Seal every chain of the ledger into a file outside the database; return the position."""
    return seals.seal(settings.VAR / "ledger.seals", at=clock.now()).position
