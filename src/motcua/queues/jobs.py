"""What happens to lines by the passing of time."""

from procrastinate.contrib.django import app

from motcua.kernel import clock
from motcua.kernel.clock import day_of

from . import services


@app.periodic(cron="5 17 * * *")  # UTC: 00:05 in the city
@app.task(name="queues.expire-tickets", queueing_lock="queues.expire-tickets")
def expire_tickets(timestamp: int) -> int:
    """End what yesterday's lines left behind."""
    now = clock.now()
    return services.expire_tickets(before=day_of(now), at=now)
