"""Who may act on the catalogue and on the register of announcing decisions."""

from django.utils.translation import gettext as _

from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate, works_for_city


class NotAnAdministrator(Exception):
    """Only who runs the catalogue may change what it shows."""


class NotTheCitysOffice(Exception):
    """Only the committee of the city and its office keep the register of announcing decisions."""


def check_may_review(mandate: Mandate) -> None:
    """
    Let an administrator pass.

    :raises NotAnAdministrator: if the officer is none today
    """
    if PostRole.ADMINISTRATOR not in mandate.roles:
        raise NotAnAdministrator(_("Chỉ người quản trị danh mục được duyệt thay đổi."))


def check_may_announce(mandate: Mandate) -> None:
    """
    Let the city's office pass, which controls procedures (Decree 63/2010/NĐ-CP, 92/2017/NĐ-CP).

    :raises NotTheCitysOffice: if the officer holds no post there
    """
    if not works_for_city(mandate):
        raise NotTheCitysOffice(
            _("Sổ quyết định công bố do Văn phòng Ủy ban nhân dân thành phố ghi.")
        )
