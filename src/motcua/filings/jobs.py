"""What happens to filings by the passing of time."""

from procrastinate.contrib.django import app

from motcua.kernel import clock

from . import services


@app.periodic(cron="17 19 * * *")  # UTC: 02:17 in the city
@app.task(name="filings.discard-stale-drafts", queueing_lock="filings.discard-stale-drafts")
def discard_stale_drafts(timestamp: int) -> int:
    """Throw away drafts untouched for thirty days."""
    return services.discard_stale_drafts(at=clock.now())
