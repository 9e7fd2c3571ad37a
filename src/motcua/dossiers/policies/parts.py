"""What a linked dossier leaves to its parts, and what must wait for them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.dossiers.models import Dossier
from motcua.procedures.definitions import Version

# Whatever makes a clock stand still is asked where a clock stands, in a part.
OF_PARTS_ONLY = frozenset({"request_supplement", "impose_obligation", "consult_agency", "suspend"})
# What is said of the whole is said when every part has ended. Were all granted, nothing is left to
# say and it is gathered by itself; otherwise this is how its officers decide.
AFTER_PARTS = frozenset({"propose", "decide"})


def why_not_for_its_parts(verb: str, dossier: Dossier, version: Version) -> str:
    """Return why the parts of a linked dossier forbid the act; nothing if they do not."""
    if version.linked is None:
        return ""
    if verb in OF_PARTS_ONLY:
        return _("Việc này làm ở hồ sơ thành phần của hồ sơ liên thông.")
    if verb in AFTER_PARTS:
        waiting = Dossier.objects.filter(parent=dossier, completed_at__isnull=True).count()
        if waiting:
            return ngettext(
                "Còn %(count)d hồ sơ thành phần chưa xong.",
                "Còn %(count)d hồ sơ thành phần chưa xong.",
                waiting,
            ) % {"count": waiting}
    return ""
