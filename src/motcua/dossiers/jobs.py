"""What happens to dossiers by the passing of time."""

from procrastinate.contrib.django import app

from motcua.kernel import clock

from . import services


@app.periodic(cron="*/30 * * * *")
@app.task(name="dossiers.forget-failed-lookups", queueing_lock="dossiers.forget-failed-lookups")
def forget_failed_lookups(timestamp: int) -> int:
    """Throw away the failed look-ups that no longer count."""
    return services.forget_failed_lookups(at=clock.now())
