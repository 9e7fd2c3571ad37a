"""The promise that one intent is one dossier: a key its sender chose, claimed first of all."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from motcua.dossiers.models import Dossier
from motcua.filings.models import Submission


class KeyWasUsedOtherwise(Exception):
    """The submission key already stands for a filing with other content: that of `dossier`."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        super().__init__(_("Mã chống gửi trùng này đã dùng cho một hồ sơ có nội dung khác."))


def claim(account_id: int, key: str, digest: str, dossier_id: UUID, at: datetime) -> bool:
    """Return whether the key was free and is now taken for a dossier about to be opened."""
    # A twin that comes meanwhile waits here for our commit, and then finds the key taken.
    # The dossier's row comes later in this transaction: its foreign key is checked at commit.
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO filing_submission (account_id, key, digest, dossier_id, at)
            VALUES (%s, %s, %s, %s, %s)
            ON CONFLICT (account_id, key) DO NOTHING
            RETURNING id
            """,
            [account_id, key, digest, dossier_id, at],
        )
        return cursor.fetchone() is not None


def made_before(account_id: int, key: str, digest: str) -> Dossier:
    """
    Return the dossier that the key stands for.

    :raises KeyWasUsedOtherwise: if it was made from other content
    """
    before = Submission.objects.select_related("dossier").get(account_id=account_id, key=key)
    if before.digest != digest:
        raise KeyWasUsedOtherwise(before.dossier)
    return before.dossier
