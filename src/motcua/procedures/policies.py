"""Who may act on the catalogue."""

from django.utils.translation import gettext as _

from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate


class NotAnAdministrator(Exception):
    """Only who runs the catalogue may change what it shows."""


def check_may_review(mandate: Mandate) -> None:
    """
    Let an administrator pass.

    :raises NotAnAdministrator: if the officer is none today
    """
    if PostRole.ADMINISTRATOR not in mandate.roles:
        raise NotAnAdministrator(_("Chỉ người quản trị danh mục được duyệt thay đổi."))
