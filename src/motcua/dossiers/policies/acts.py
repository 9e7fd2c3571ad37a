"""Who may act on a dossier. What the state allows is the lifecycle's business; people are ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.lifecycle import CLOSED_STATES, DOSSIER_LIFECYCLE, DossierState
from motcua.dossiers.models import Dossier
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate
from motcua.parties.models import Person
from motcua.procedures.definitions import StepAct, Version


class NotAllowed(Exception):
    """This person may not do this to this dossier now; the message says why."""


class TheStateForbidsIt(NotAllowed):
    """The dossier has moved on, or has not come so far."""


class NotYourRole(NotAllowed):
    """The act belongs to a post that this officer does not hold there."""


class NotTheHolder(NotAllowed):
    """Another officer is working on the dossier."""


class NotTheApplicant(NotAllowed):
    """The dossier belongs to somebody else."""


class Where(Enum):
    """Where the post must be for an act."""

    RECEIVING_UNIT = auto()
    STEP_UNIT = auto()
    SETTLING_AGENCY = auto()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Who may do one act: in which role, of which office, at which step."""

    role: PostRole
    where: Where
    step: StepAct | None = None  # only while the route stands at such a step
    holds: bool = False  # only the officer who has taken the dossier up
    unheld: bool = False  # only while nobody has
    obligation: bool = False  # only at the step that settles what is owed, if the route has one


OFFICER_ACTS: Mapping[str, Rule] = {
    "accept": Rule(role=PostRole.RECEIVER, where=Where.RECEIVING_UNIT),
    "refuse": Rule(role=PostRole.RECEIVER, where=Where.RECEIVING_UNIT),
    "request_intake_supplement": Rule(role=PostRole.RECEIVER, where=Where.RECEIVING_UNIT),
    "take_up": Rule(
        role=PostRole.PROCESSOR, where=Where.STEP_UNIT, step=StepAct.EXAMINE, unheld=True
    ),
    "assign": Rule(role=PostRole.LEADER, where=Where.SETTLING_AGENCY, step=StepAct.EXAMINE),
    "propose": Rule(
        role=PostRole.PROCESSOR, where=Where.STEP_UNIT, step=StepAct.EXAMINE, holds=True
    ),
    "request_supplement": Rule(
        role=PostRole.PROCESSOR, where=Where.STEP_UNIT, step=StepAct.EXAMINE, holds=True
    ),
    "impose_obligation": Rule(
        role=PostRole.PROCESSOR,
        where=Where.STEP_UNIT,
        step=StepAct.EXAMINE,
        holds=True,
        obligation=True,
    ),
    "discharge_obligation": Rule(role=PostRole.RECEIVER, where=Where.RECEIVING_UNIT),
    "decide": Rule(role=PostRole.LEADER, where=Where.STEP_UNIT, step=StepAct.DECIDE),
    "send_back": Rule(role=PostRole.LEADER, where=Where.STEP_UNIT, step=StepAct.DECIDE),
    "stop": Rule(role=PostRole.LEADER, where=Where.SETTLING_AGENCY),
    "return_result": Rule(role=PostRole.RECEIVER, where=Where.RECEIVING_UNIT),
}
APPLICANT_ACTS = frozenset({"supplement_intake", "supplement", "withdraw"})

ACT_NAMES = {
    "accept": gettext_lazy("Tiếp nhận"),
    "refuse": gettext_lazy("Từ chối tiếp nhận"),
    "request_intake_supplement": gettext_lazy("Yêu cầu bổ sung"),
    "take_up": gettext_lazy("Nhận xử lý"),
    "assign": gettext_lazy("Phân công"),
    "propose": gettext_lazy("Trình ký"),
    "request_supplement": gettext_lazy("Yêu cầu bổ sung"),
    "impose_obligation": gettext_lazy("Thông báo nghĩa vụ tài chính"),
    "discharge_obligation": gettext_lazy("Xác nhận đã thực hiện nghĩa vụ tài chính"),
    "decide": gettext_lazy("Ký quyết định"),
    "send_back": gettext_lazy("Trả lại để xử lý tiếp"),
    "stop": gettext_lazy("Dừng xử lý"),
    "return_result": gettext_lazy("Trả kết quả"),
    "supplement_intake": gettext_lazy("Nộp bổ sung"),
    "supplement": gettext_lazy("Nộp bổ sung"),
    "withdraw": gettext_lazy("Rút hồ sơ"),
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One act on one dossier: allowed now, or why not."""

    verb: str
    name: str
    allowed: bool
    why_not: str


def check_officer_may(verb: str, mandate: Mandate, dossier: Dossier, version: Version) -> None:
    """
    Stop an officer who may not do this now.

    :raises TheStateForbidsIt: if the dossier's state or step does not allow the act
    :raises NotYourRole: if none of the officer's posts carries the act for this dossier
    :raises NotTheHolder: if somebody else has taken the dossier up
    """
    rule = OFFICER_ACTS[verb]
    _check_state(verb, dossier)
    if rule.step is not None and _step_act(dossier, version) is not rule.step:
        raise TheStateForbidsIt(
            _("Hồ sơ đang ở bước “%(step)s”, chưa đến lúc làm việc này.")
            % {"step": _step_name(dossier, version)}
        )
    settles = version.obligation_step
    if rule.obligation and settles is not None and dossier.step_key != settles.key:
        raise TheStateForbidsIt(
            _("Nghĩa vụ tài chính được xác định ở bước “%(step)s”.") % {"step": settles.name}
        )
    if not _holds_post(rule, mandate, dossier):
        raise NotYourRole(
            _("Việc này của %(role)s thuộc %(where)s.")
            % {"role": rule.role.label.lower(), "where": _where_in_words(rule, dossier)}
        )
    if rule.unheld and dossier.holder_id == mandate.officer_id:
        raise TheStateForbidsIt(_("Ông/Bà đang xử lý hồ sơ này rồi."))
    if rule.unheld and dossier.holder_id is not None:
        raise NotTheHolder(
            _("Hồ sơ do %(officer)s đang xử lý.") % {"officer": _holder_name(dossier)}
        )
    if rule.holds and dossier.holder_id != mandate.officer_id:
        if dossier.holder_id is None:
            raise NotTheHolder(_("Cần nhận xử lý hồ sơ này trước."))
        raise NotTheHolder(
            _("Hồ sơ do %(officer)s đang xử lý.") % {"officer": _holder_name(dossier)}
        )


def officer_may(verb: str, mandate: Mandate, dossier: Dossier, version: Version) -> bool:
    """Return whether the officer may do this to the dossier now."""
    try:
        check_officer_may(verb, mandate, dossier, version)
    except NotAllowed:
        return False
    return True


def check_applicant_may(verb: str, person: Person, dossier: Dossier) -> None:
    """
    Stop somebody who is neither the owner nor the submitter, or comes at the wrong time.

    :raises NotTheApplicant: if it is somebody else's dossier
    :raises TheStateForbidsIt: if the state does not allow the act
    """
    if person.pk not in (dossier.owner_id, dossier.submitter_id):
        raise NotTheApplicant(_("Hồ sơ này của người khác."))
    _check_state(verb, dossier)


def supplement_verb(dossier: Dossier) -> str:
    """Return by which verb the applicant answers: before acceptance it is another one."""
    before_acceptance = dossier.state == DossierState.INTAKE_SUPPLEMENT
    return "supplement_intake" if before_acceptance else "supplement"


def applicant_may(verb: str, person: Person, dossier: Dossier) -> bool:
    """Return whether the person may do this to the dossier now."""
    try:
        check_applicant_may(verb, person, dossier)
    except NotAllowed:
        return False
    return True


def standings_of(mandate: Mandate, dossier: Dossier, version: Version) -> list[Standing]:
    """Return every act that the officer's roles know, each allowed or with the reason why not."""
    roles = {post.role for post in mandate.posts}
    standings = []
    for verb, rule in OFFICER_ACTS.items():
        if rule.role not in roles:
            continue
        why_not = ""
        try:
            check_officer_may(verb, mandate, dossier, version)
        except NotAllowed as refusal:
            why_not = str(refusal)
        standings.append(
            Standing(verb=verb, name=str(ACT_NAMES[verb]), allowed=not why_not, why_not=why_not)
        )
    return standings


def applicant_standings_of(person: Person, dossier: Dossier) -> list[Standing]:
    """Return every act of an applicant's, each allowed or with the reason why not."""
    standings = []
    for verb in sorted(APPLICANT_ACTS):
        why_not = ""
        try:
            check_applicant_may(verb, person, dossier)
        except NotAllowed as refusal:
            why_not = str(refusal)
        standings.append(
            Standing(verb=verb, name=str(ACT_NAMES[verb]), allowed=not why_not, why_not=why_not)
        )
    return standings


def check_receives_at(mandate: Mandate, unit_id: int) -> None:
    """
    Stop who does not stand at that counter.

    :raises NotYourRole: if the officer is no receiver of the unit
    """
    if not mandate.holds(PostRole.RECEIVER, unit_id):
        raise NotYourRole(_("Việc này của cán bộ Một cửa ở chính bộ phận đó."))


def may_see(mandate: Mandate, dossier: Dossier) -> bool:
    """Return whether one of the officer's posts gives sight of the dossier."""
    return any(
        post.unit_id == dossier.receiving_unit_id or post.agency_id == dossier.settling_agency_id
        for post in mandate.posts
    )


def _check_state(verb: str, dossier: Dossier) -> None:
    state = DossierState(dossier.state)
    if verb not in DOSSIER_LIFECYCLE.verbs_from(state):
        if state in CLOSED_STATES:
            sentence = _("Hồ sơ đã kết thúc: %(state)s.")
        else:
            sentence = _("Trạng thái “%(state)s” không cho phép việc này.")
        raise TheStateForbidsIt(sentence % {"state": state.label})


def _holds_post(rule: Rule, mandate: Mandate, dossier: Dossier) -> bool:
    return any(
        post.role == rule.role
        and (
            (rule.where is Where.RECEIVING_UNIT and post.unit_id == dossier.receiving_unit_id)
            or (rule.where is Where.STEP_UNIT and post.unit_id == dossier.step_unit_id)
            or (
                rule.where is Where.SETTLING_AGENCY and post.agency_id == dossier.settling_agency_id
            )
        )
        for post in mandate.posts
    )


def _step_act(dossier: Dossier, version: Version) -> StepAct | None:
    return version.steps[dossier.step_key].act if dossier.step_key else None


def _step_name(dossier: Dossier, version: Version) -> str:
    return version.steps[dossier.step_key].name if dossier.step_key else ""


def _holder_name(dossier: Dossier) -> str:
    return dossier.holder.full_name if dossier.holder else ""


def _where_in_words(rule: Rule, dossier: Dossier) -> str:
    if rule.where is Where.RECEIVING_UNIT:
        return dossier.receiving_unit.name
    if rule.where is Where.STEP_UNIT and dossier.step_unit is not None:
        return dossier.step_unit.name
    return dossier.settling_agency.name
