"""The legal life of a dossier, as one table. `make diagrams` draws it into docs/generated/."""

from collections.abc import Mapping
from enum import Enum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.kernel.lifecycle import ClockEffect, Lifecycle, Transition


class DossierState(models.TextChoices):
    """Where a dossier stands in law."""

    SUBMITTED = "submitted", _("Mới đăng ký")
    INTAKE_SUPPLEMENT = "intake_supplement", _("Chờ bổ sung trước tiếp nhận")
    NOT_ACCEPTED = "not_accepted", _("Không được tiếp nhận")
    WITHDRAWN = "withdrawn", _("Đã rút hồ sơ")
    ACCEPTED = "accepted", _("Được tiếp nhận")
    IN_PROGRESS = "in_progress", _("Đang xử lý")
    AWAITING_SUPPLEMENT = "awaiting_supplement", _("Chờ bổ sung giấy tờ")
    AWAITING_OBLIGATION = "awaiting_obligation", _("Chờ thực hiện nghĩa vụ tài chính")
    AWAITING_AGENCY = "awaiting_agency", _("Chờ ý kiến cơ quan khác")
    SUSPENDED = "suspended", _("Tạm ngừng vì bất khả kháng")
    STOPPED = "stopped", pgettext_lazy("trạng thái", "Dừng xử lý")
    DECIDED = "decided", _("Đã xử lý xong")
    RETURNED = "returned", _("Đã trả kết quả")


class Party(Enum):
    """Who must move next."""

    ONE_STOP = auto()
    UNIT = auto()
    APPLICANT = auto()
    OTHER_AGENCY = auto()
    CIRCUMSTANCES = auto()  # a flood, an outage: it must end before anybody can move
    NOBODY = auto()


class Paper(models.TextChoices):
    """The statutory papers of Circulars 01/2018 and 03/2025/TT-VPCP; most are issued by an act."""

    RECEIPT_SLIP = "receipt_slip", _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    SUPPLEMENT_REQUEST = "supplement_request", _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
    REJECTION = "rejection", _("Phiếu từ chối tiếp nhận giải quyết hồ sơ")
    APOLOGY = "apology", _("Phiếu xin lỗi và hẹn lại ngày trả kết quả")
    STOP_NOTICE = "stop_notice", _("Thông báo dừng giải quyết hồ sơ")
    CONTROL_SHEET = "control_sheet", _("Phiếu kiểm soát quá trình giải quyết hồ sơ")
    REGISTER = "register", _("Sổ theo dõi hồ sơ")


S = DossierState

# The ten status codes of the national portal (TrangThaiHoSo). Asking for papers is 5 both before
# and after acceptance; inside the house these are two states, for only one of them stops a clock.
# A dossier that waits for another agency or for a flood to end is still being settled: 4. Code 8
# means ended, and ending is what the nation's figures would count; code 6 means owed money.
NATIONAL_STATUS: Mapping[DossierState, int] = {
    S.SUBMITTED: 1,
    S.ACCEPTED: 2,
    S.NOT_ACCEPTED: 3,
    S.IN_PROGRESS: 4,
    S.INTAKE_SUPPLEMENT: 5,
    S.AWAITING_SUPPLEMENT: 5,
    S.AWAITING_OBLIGATION: 6,
    S.AWAITING_AGENCY: 4,
    S.SUSPENDED: 4,
    S.WITHDRAWN: 7,
    S.STOPPED: 8,
    S.DECIDED: 9,
    S.RETURNED: 10,
}

# Accepted, and no result signed: what may still be extended, stopped or withdrawn.
IN_SETTLEMENT = frozenset(
    {
        S.ACCEPTED,
        S.IN_PROGRESS,
        S.AWAITING_SUPPLEMENT,
        S.AWAITING_OBLIGATION,
        S.AWAITING_AGENCY,
        S.SUSPENDED,
    }
)

DOSSIER_LIFECYCLE = Lifecycle(
    initial=S.SUBMITTED,
    national_code=NATIONAL_STATUS,
    waiting_on={
        S.SUBMITTED: Party.ONE_STOP,
        S.INTAKE_SUPPLEMENT: Party.APPLICANT,
        S.NOT_ACCEPTED: Party.NOBODY,
        S.WITHDRAWN: Party.NOBODY,
        S.ACCEPTED: Party.UNIT,
        S.IN_PROGRESS: Party.UNIT,
        S.AWAITING_SUPPLEMENT: Party.APPLICANT,
        S.AWAITING_OBLIGATION: Party.APPLICANT,
        S.AWAITING_AGENCY: Party.OTHER_AGENCY,
        S.SUSPENDED: Party.CIRCUMSTANCES,
        S.STOPPED: Party.NOBODY,
        S.DECIDED: Party.ONE_STOP,
        S.RETURNED: Party.NOBODY,
    },
    transitions=(
        # Intake: the one-stop officer answers within eight working hours (Decree 45/2020).
        Transition(
            "accept",
            from_={S.SUBMITTED},
            to=S.ACCEPTED,
            clock=ClockEffect.START,
            issues=Paper.RECEIPT_SLIP,
        ),
        Transition("refuse", from_={S.SUBMITTED}, to=S.NOT_ACCEPTED, issues=Paper.REJECTION),
        Transition(
            "request_intake_supplement",
            from_={S.SUBMITTED},
            to=S.INTAKE_SUPPLEMENT,
            issues=Paper.SUPPLEMENT_REQUEST,
        ),
        Transition("supplement_intake", from_={S.INTAKE_SUPPLEMENT}, to=S.SUBMITTED),
        Transition("withdraw", from_={S.SUBMITTED, S.INTAKE_SUPPLEMENT}, to=S.WITHDRAWN),
        # No clock has been started here, so none stops.
        Transition(
            "stop_intake_for_silence",
            from_={S.INTAKE_SUPPLEMENT},
            to=S.STOPPED,
            issues=Paper.STOP_NOTICE,
        ),
        # Settlement: along the route of the procedure's version.
        Transition("take_up", from_={S.ACCEPTED, S.IN_PROGRESS}, to=S.IN_PROGRESS),
        Transition("assign", from_={S.ACCEPTED, S.IN_PROGRESS}, to=S.IN_PROGRESS),
        Transition("propose", from_={S.IN_PROGRESS}, to=S.IN_PROGRESS),
        Transition("send_back", from_={S.IN_PROGRESS}, to=S.IN_PROGRESS),
        Transition(
            "request_supplement",
            from_={S.IN_PROGRESS},
            to=S.AWAITING_SUPPLEMENT,
            clock=ClockEffect.PAUSE,
            issues=Paper.SUPPLEMENT_REQUEST,
        ),
        Transition(
            "supplement",
            from_={S.AWAITING_SUPPLEMENT},
            to=S.IN_PROGRESS,
            clock=ClockEffect.RESUME,
        ),
        Transition(
            "impose_obligation",
            from_={S.IN_PROGRESS},
            to=S.AWAITING_OBLIGATION,
            clock=ClockEffect.PAUSE,
        ),
        Transition(
            "discharge_obligation",
            from_={S.AWAITING_OBLIGATION},
            to=S.IN_PROGRESS,
            clock=ClockEffect.RESUME,
        ),
        Transition(
            "consult_agency",
            from_={S.IN_PROGRESS},
            to=S.AWAITING_AGENCY,
            clock=ClockEffect.PAUSE,
        ),
        Transition(
            "hear_from_agency",
            from_={S.AWAITING_AGENCY},
            to=S.IN_PROGRESS,
            clock=ClockEffect.RESUME,
        ),
        Transition(
            "suspend",
            from_={S.ACCEPTED, S.IN_PROGRESS},
            to=S.SUSPENDED,
            clock=ClockEffect.PAUSE,
        ),
        Transition(
            "resume_settlement",
            from_={S.SUSPENDED},
            to=S.IN_PROGRESS,
            clock=ClockEffect.RESUME,
        ),
        Transition("decide", from_={S.IN_PROGRESS}, to=S.DECIDED, clock=ClockEffect.STOP),
        # Without a result: only before one is signed (form 05 of Circular 03/2025).
        Transition(
            "stop",
            from_=IN_SETTLEMENT,
            to=S.STOPPED,
            clock=ClockEffect.STOP,
            issues=Paper.STOP_NOTICE,
        ),
        Transition(
            "stop_for_silence",
            from_={S.AWAITING_SUPPLEMENT},
            to=S.STOPPED,
            clock=ClockEffect.STOP,
            issues=Paper.STOP_NOTICE,
        ),
        Transition(
            "grant_withdrawal",
            from_=IN_SETTLEMENT,
            to=S.WITHDRAWN,
            clock=ClockEffect.STOP,
            issues=Paper.STOP_NOTICE,
        ),
        # A linked dossier whose parts were all granted; nobody's act but the last part's.
        Transition(
            "gather", from_={S.ACCEPTED, S.IN_PROGRESS}, to=S.DECIDED, clock=ClockEffect.STOP
        ),
        Transition("return_result", from_={S.DECIDED}, to=S.RETURNED),
    ),
)

# Acts that leave the state as it is, and the states that allow them.
STILL_ACTS: Mapping[str, frozenset[DossierState]] = {
    "request_withdrawal": IN_SETTLEMENT,
    "decline_withdrawal": IN_SETTLEMENT,
    "ask_further_intake_round": frozenset({S.SUBMITTED}),
    "ask_further_round": frozenset({S.IN_PROGRESS}),
    "approve_further_round": frozenset({S.SUBMITTED, S.IN_PROGRESS}),
    "decline_further_round": frozenset({S.SUBMITTED, S.IN_PROGRESS}),
}


def allows(state: DossierState, verb: str) -> bool:
    """Return whether the state allows an act, whether or not the act changes it."""
    if verb in STILL_ACTS:
        return state in STILL_ACTS[verb]
    return state in DOSSIER_LIFECYCLE.transition(verb).from_


# Groups are derived, so that the database's constraints follow the table.
CLOSED_STATES = DOSSIER_LIFECYCLE.states_waiting_on(Party.NOBODY)
OPEN_STATES = frozenset(S) - CLOSED_STATES
_NOT_YET_ACCEPTED = DOSSIER_LIFECYCLE.reachable_from(S.SUBMITTED, without="accept")
# Reached only by way of acceptance; and how a dossier may end before it as well as after.
ACCEPTED_STATES = DOSSIER_LIFECYCLE.reachable_from(S.ACCEPTED) - _NOT_YET_ACCEPTED
ENDED_EITHER_WAY = DOSSIER_LIFECYCLE.reachable_from(S.ACCEPTED) & _NOT_YET_ACCEPTED
CLOCK_PAUSED_IN = DOSSIER_LIFECYCLE.states_after(ClockEffect.PAUSE)
AWAITING_ANSWER = frozenset({S.INTAKE_SUPPLEMENT, S.AWAITING_SUPPLEMENT})
# On time is measured here, at 9 and not at 10: a result that nobody collects is not late.
COMPLETED_STATES = CLOSED_STATES | {S.DECIDED}
