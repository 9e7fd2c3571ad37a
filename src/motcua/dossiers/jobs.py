"""What happens to dossiers by the passing of time."""

from procrastinate.contrib.django import app

from motcua.kernel import clock

from . import services


@app.periodic(cron="*/30 * * * *")
@app.task(name="dossiers.forget-failed-lookups", queueing_lock="dossiers.forget-failed-lookups")
def forget_failed_lookups(timestamp: int) -> int:
    """Throw away the failed look-ups that no longer count."""
    return services.forget_failed_lookups(at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="dossiers.recalibrate", queueing_lock="dossiers.recalibrate")
def recalibrate(timestamp: int) -> int:
    """Count open dossiers anew after a change of the calendar; return how many dates moved."""
    moved = 0
    while (progress := services.recalibrate_some(at=clock.now())) is not None:
        moved += progress.moved
        if not progress.is_more:
            break
    return moved


@app.periodic(cron="* * * * *")
@app.task(name="dossiers.wake", queueing_lock="dossiers.wake")
def wake_dossiers(timestamp: int) -> int:
    """Do what time brings, batch by batch, until nothing is due; and show that it was looked at."""
    woken = 0
    while True:
        batch = services.wake_dossiers(at=clock.now())
        woken += batch
        services.keep_pulse(woken=woken)
        if not batch:
            return woken
