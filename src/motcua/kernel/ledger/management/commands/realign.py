"""Mend the ledger after a logical restore, from the shell."""

from typing import Any

from django.core.management import BaseCommand

from motcua.kernel.ledger import restore


class Command(BaseCommand):
    """`python -m django realign`."""

    help = "Make a ledger restored from a dump readable to its followers again."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{restore.realign()} events realigned")
