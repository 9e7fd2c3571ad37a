"""The switchboard: which adapter serves each port, which followers read the ledger."""

from django.conf import settings
from django.utils import timezone

from motcua.dossiers import followers as dossiers
from motcua.kernel import clock
from motcua.kernel.ledger.followers import join
from motcua.steering import followers as steering

from . import shifted_clock


def connect() -> None:
    """Plug everything in. Called once a process, when the rooms are loaded."""
    _shift_clock()
    join(dossiers.ask_for_recalibration)
    join(steering.follow_dossiers)


def _shift_clock() -> None:
    if settings.CLOCK_START is not None:
        delta = shifted_clock.shift(
            settings.VAR / "clock.json", start=settings.CLOCK_START, at=timezone.now()
        )
        clock.shift_by(delta)
