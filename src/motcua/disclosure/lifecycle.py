"""The life of a publication and of a correction to it, as two tables."""

from enum import Enum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.kernel.lifecycle import Lifecycle, Transition


class PublicationState(models.TextChoices):
    """Where the publication of a month stands."""

    DRAFT = "draft", _("Dự thảo")
    REPLYING = "replying", _("Lấy ý kiến phản hồi")
    APPROVING = "approving", _("Chờ phê duyệt")
    PUBLISHED = "published", _("Đã công khai")
    WITHDRAWN = "withdrawn", _("Đã hủy dự thảo")


class CorrectionState(models.TextChoices):
    """Where a correction of what was published stands."""

    PROPOSED = "proposed", _("Chờ phê duyệt")
    ISSUED = "issued", _("Đã đính chính")
    REJECTED = "rejected", _("Không được duyệt")


class Party(Enum):
    """Who must move next."""

    OFFICE = auto()
    CONCERNED = auto()  # those named: they may answer
    APPROVERS = auto()
    NOBODY = auto()


S, C = PublicationState, CorrectionState

PUBLICATION_LIFECYCLE = Lifecycle(
    initial=S.DRAFT,
    waiting_on={
        S.DRAFT: Party.OFFICE,
        S.REPLYING: Party.CONCERNED,
        S.APPROVING: Party.APPROVERS,
        S.PUBLISHED: Party.NOBODY,
        S.WITHDRAWN: Party.NOBODY,
    },
    transitions=(
        Transition("open_replies", from_={S.DRAFT}, to=S.REPLYING),
        Transition("submit", from_={S.REPLYING}, to=S.APPROVING),
        Transition("approve", from_={S.APPROVING}, to=S.APPROVING),
        Transition("send_back", from_={S.APPROVING}, to=S.REPLYING),
        Transition("publish", from_={S.APPROVING}, to=S.PUBLISHED),
        Transition("withdraw", from_={S.DRAFT, S.REPLYING, S.APPROVING}, to=S.WITHDRAWN),
    ),
)

CORRECTION_LIFECYCLE = Lifecycle(
    initial=C.PROPOSED,
    waiting_on={C.PROPOSED: Party.APPROVERS, C.ISSUED: Party.NOBODY, C.REJECTED: Party.NOBODY},
    transitions=(
        Transition("approve", from_={C.PROPOSED}, to=C.PROPOSED),
        Transition("issue", from_={C.PROPOSED}, to=C.ISSUED),
        Transition("reject", from_={C.PROPOSED}, to=C.REJECTED),
    ),
)

# What is approved is what is published: the content is sealed when it goes to the approvers.
SEALED_STATES = PUBLICATION_LIFECYCLE.states_waiting_on(Party.APPROVERS) | {S.PUBLISHED}
LIVE_STATES = frozenset(S) - {S.WITHDRAWN}
