"""`motcua shell`: a Python prompt for whoever looks after the system."""

from . import surroundings


def shell() -> None:
    """Mở dấu nhắc Python với cơ sở dữ liệu sẵn sàng."""
    with surroundings.database_at_hand():
        from django.core.management import call_command

        call_command("shell")
