"""Where a procedure can be begun that is not settled here."""

from urllib.parse import quote

from django.conf import settings


def on_national_portal(code: str) -> str:
    """Return the address of the procedure on the national portal."""
    address: str = settings.NATIONAL_PORTAL_PROCEDURE
    return address.replace("{code}", quote(code, safe=""))
