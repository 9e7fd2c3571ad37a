"""Who somebody is."""

from motcua.accounts.models import Account

from .models import Person


def person_of(account: Account) -> Person | None:
    """Return the person behind an account, or None for officers and systems."""
    return Person.objects.filter(account_id=account.pk).first()
