"""Long lists a page at a time, by where the last page ended: no counting, no skipping."""

import base64
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Listing, Tab

from .problems import Refused

PAGE_SIZE = 50

# What each list is ordered by, besides the code: a moment that each of its dossiers has.
OWN = "-submitted_at"
ORDER_OF = {
    Tab.INTAKE: "submitted_at",
    Tab.WAITING: "submitted_at",
    Tab.TO_RETURN: "completed_at",
    Tab.CLOSED: "-completed_at",
}
MOST_URGENT = "due_at"


def page_of(dossiers: Listing, *, order: str, cursor: str) -> tuple[Sequence[Dossier], str | None]:
    """
    Return the dossiers behind the cursor, and the cursor of the next page if there is one.

    :raises Refused: if the cursor is none of ours
    """
    backwards = order.startswith("-")
    moment, way = order.lstrip("-"), "lt" if backwards else "gt"
    if cursor:
        at, code = _read(cursor)
        dossiers = dossiers.filter(
            Q(**{f"{moment}__{way}": at}) | Q(**{moment: at, f"code__{way}": code})
        )
    ordered = dossiers.ordered(order, "-code" if backwards else "code")
    found = ordered.page(0, PAGE_SIZE + 1)
    if len(found) <= PAGE_SIZE:
        return found, None
    last = found[PAGE_SIZE - 1]
    return found[:PAGE_SIZE], _written(getattr(last, moment), last.code)


def _written(at: datetime, code: str) -> str:
    return base64.urlsafe_b64encode(f"{at.isoformat()} {code}".encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, str]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment, code = text.split(" ")
        at = datetime.fromisoformat(moment)
        if at.tzinfo is None or not code.isprintable():
            raise ValueError(text)
    except ValueError as error:
        message = str(_("Hãy gửi đúng next_cursor của trang trước."))
        raise Refused("invalid-request", errors=[{"key": "cursor", "message": message}]) from error
    return at, code
