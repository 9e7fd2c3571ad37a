"""What happens to the plan by the passing of time."""

from procrastinate.contrib.django import app

from motcua.kernel import clock

from . import services


@app.periodic(cron="*/5 * * * *")
@app.task(name="plans.look-ahead", queueing_lock="plans.look-ahead")
def look_ahead(timestamp: int) -> int:
    """Open the duties whose time has come, then remind of those that are near, due or late."""
    now = clock.now()
    return services.open_duties(at=now) + services.raise_reminders(at=now)
