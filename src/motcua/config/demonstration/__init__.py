"""The demonstration city: what a newcomer finds in it, and whom they can play."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings


@dataclass(frozen=True, kw_only=True)
class DemonstrationAccount:
    """Somebody who can be played, invented from head to foot."""

    username: str
    full_name: str
    part: str


ACCOUNTS: list[DemonstrationAccount] = []


def is_loaded() -> bool:
    """Answer whether load() has come to its end in this database."""
    from motcua.procedures.models import Procedure

    return Procedure.objects.exists()


def load(*, at: datetime, progress: Callable[[str], None]) -> None:
    """Load the city, its catalogue, its people and their dossiers. May be called again."""
    # The rooms are imported late: the wiring imports this package before they are all loaded.
    from motcua.offices.services import load_city
    from motcua.procedures.services import import_catalogue

    progress("Nạp cơ quan và địa bàn")
    load_city(at=at)
    progress("Nạp danh mục thủ tục")
    import_catalogue(folder=settings.CATALOGUE_DIR, at=at)
