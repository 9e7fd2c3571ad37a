"""Who may act on a dossier. What the state allows is the lifecycle's business; people are ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.lifecycle import CLOSED_STATES, DossierState, allows
from motcua.dossiers.models import Dossier, PleaKind
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate
from motcua.parties.models import Person
from motcua.procedures.definitions import StepAct, Version

from .asking import Asked
from .parts import why_not_for_its_parts


class NotAllowed(Exception):
    """This person may not do this to this dossier now; the message says why."""


class TheStateForbidsIt(NotAllowed):
    """The dossier has moved on, or has not come so far."""


class NotYourRole(NotAllowed):
    """The act belongs to a post that this officer does not hold there."""


class NotTheHolder(NotAllowed):
    """Another officer is working on the dossier."""


class NeedsTheHead(NotAllowed):
    """A further round of papers is asked for only when the leader has agreed to it."""


class NothingToAnswer(NotAllowed):
    """Nobody has asked for this, or it was answered."""


class NotTheApplicant(NotAllowed):
    """The dossier belongs to somebody else."""


class Where(Enum):
    """Where the post must be for an act."""

    RECEIVING_UNIT = auto()
    STEP_UNIT = auto()
    SETTLING_AGENCY = auto()
    HEAD = auto()  # the settling agency; before acceptance the receiving unit as well


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Who may do one act: in which role, of which office, at which step."""

    role: PostRole
    where: Where
    step: StepAct | None = None  # only while the route stands at such a step
    holds: bool = False  # only the officer who has taken the dossier up
    unheld: bool = False  # only while nobody has
    obligation: bool = False  # only at the step that settles what is owed, if the route has one
    answers: PleaKind | None = None  # only while such a plea waits for the leader's word
    round: bool = False  # asks for papers: once a phase, and again if the leader agreed
    pleads: bool = False  # asks the leader for a further round


OFFICER_ACTS: Mapping[str, Rule] = {
    "accept": Rule(role=PostRole.RECEIVER, where=Where.RECEIVING_UNIT),
    "refuse": Rule(role=PostRole.RECEIVER, where=Where.RECEIVING_UNIT),
    "request_intake_supplement": Rule(
        role=PostRole.RECEIVER, where=Where.RECEIVING_UNIT, round=True
    ),
    "ask_further_intake_round": Rule(
        role=PostRole.RECEIVER, where=Where.RECEIVING_UNIT, pleads=True
    ),
    "take_up": Rule(
        role=PostRole.PROCESSOR, where=Where.STEP_UNIT, step=StepAct.EXAMINE, unheld=True
    ),
    "assign": Rule(role=PostRole.LEADER, where=Where.SETTLING_AGENCY, step=StepAct.EXAMINE),
    "propose": Rule(
        role=PostRole.PROCESSOR, where=Where.STEP_UNIT, step=StepAct.EXAMINE, holds=True
    ),
    "request_supplement": Rule(
        role=PostRole.PROCESSOR,
        where=Where.STEP_UNIT,
        step=StepAct.EXAMINE,
        holds=True,
        round=True,
    ),
    "ask_further_round": Rule(
        role=PostRole.PROCESSOR,
        where=Where.STEP_UNIT,
        step=StepAct.EXAMINE,
        holds=True,
        pleads=True,
    ),
    "approve_further_round": Rule(
        role=PostRole.LEADER, where=Where.HEAD, answers=PleaKind.FURTHER_ROUND
    ),
    "decline_further_round": Rule(
        role=PostRole.LEADER, where=Where.HEAD, answers=PleaKind.FURTHER_ROUND
    ),
    "impose_obligation": Rule(
        role=PostRole.PROCESSOR,
        where=Where.STEP_UNIT,
        step=StepAct.EXAMINE,
        holds=True,
        obligation=True,
    ),
    "discharge_obligation": Rule(role=PostRole.RECEIVER, where=Where.RECEIVING_UNIT),
    "consult_agency": Rule(
        role=PostRole.PROCESSOR, where=Where.STEP_UNIT, step=StepAct.EXAMINE, holds=True
    ),
    # Whoever is at the unit on the day the answer comes: the clock must not wait for a colleague.
    "hear_from_agency": Rule(role=PostRole.PROCESSOR, where=Where.STEP_UNIT),
    "suspend": Rule(role=PostRole.LEADER, where=Where.SETTLING_AGENCY),
    "resume_settlement": Rule(role=PostRole.LEADER, where=Where.SETTLING_AGENCY),
    "grant_withdrawal": Rule(
        role=PostRole.LEADER, where=Where.SETTLING_AGENCY, answers=PleaKind.WITHDRAWAL
    ),
    "decline_withdrawal": Rule(
        role=PostRole.LEADER, where=Where.SETTLING_AGENCY, answers=PleaKind.WITHDRAWAL
    ),
    "decide": Rule(role=PostRole.LEADER, where=Where.STEP_UNIT, step=StepAct.DECIDE),
    "send_back": Rule(role=PostRole.LEADER, where=Where.STEP_UNIT, step=StepAct.DECIDE),
    "stop": Rule(role=PostRole.LEADER, where=Where.SETTLING_AGENCY),
    "return_result": Rule(role=PostRole.RECEIVER, where=Where.RECEIVING_UNIT),
}
APPLICANT_ACTS = frozenset({"supplement_intake", "supplement", "withdraw", "request_withdrawal"})
# What the passing of time does, by the rule of the version, and what the last part of a linked
# dossier does to the whole.
SYSTEM_ACTS = frozenset({"stop_intake_for_silence", "stop_for_silence", "gather"})

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
    "request_withdrawal": gettext_lazy("Xin rút hồ sơ"),
    "grant_withdrawal": gettext_lazy("Đồng ý cho rút hồ sơ"),
    "decline_withdrawal": gettext_lazy("Không đồng ý cho rút hồ sơ"),
    "ask_further_intake_round": gettext_lazy("Đề nghị yêu cầu bổ sung thêm"),
    "ask_further_round": gettext_lazy("Đề nghị yêu cầu bổ sung thêm"),
    "approve_further_round": gettext_lazy("Đồng ý yêu cầu bổ sung thêm"),
    "decline_further_round": gettext_lazy("Không đồng ý yêu cầu bổ sung thêm"),
    "consult_agency": gettext_lazy("Lấy ý kiến cơ quan khác"),
    "hear_from_agency": gettext_lazy("Ghi ý kiến cơ quan khác trả lời"),
    "suspend": gettext_lazy("Tạm ngừng vì bất khả kháng"),
    "resume_settlement": gettext_lazy("Giải quyết tiếp"),
    "stop_intake_for_silence": gettext_lazy("Dừng vì không bổ sung"),
    "stop_for_silence": gettext_lazy("Dừng vì không bổ sung"),
    "gather": gettext_lazy("Tập hợp kết quả các phần"),
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One act on one dossier: allowed now, or why not."""

    verb: str
    name: str
    allowed: bool
    why_not: str


def check_officer_may(
    verb: str,
    mandate: Mandate,
    dossier: Dossier,
    version: Version,
    *,
    asked: Asked | None = None,
) -> None:
    """
    Stop an officer who may not do this now.

    :raises TheStateForbidsIt: if the dossier's state or step does not allow the act
    :raises NotYourRole: if none of the officer's posts carries the act for this dossier
    :raises NotTheHolder: if somebody else has taken the dossier up
    :raises NeedsTheHead: if papers were asked for in this phase, and the leader has not agreed
    :raises NothingToAnswer: if nobody waits for the leader's word on this
    """
    rule = OFFICER_ACTS[verb]
    _check_state(verb, dossier)
    if sentence := why_not_for_its_parts(verb, dossier, version):
        raise TheStateForbidsIt(sentence)
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
    _check_asked(verb, rule, asked or Asked(dossier))


def _check_asked(verb: str, rule: Rule, asked: Asked) -> None:
    if rule.round and asked.rounds and not asked.may_ask_again:
        raise NeedsTheHead(
            _(
                "Đã yêu cầu bổ sung ở giai đoạn này. Muốn yêu cầu thêm, Ông/Bà mở “%(act)s”, ghi "
                "lý do và chờ lãnh đạo đồng ý."
            )
            % {"act": ACT_NAMES["ask_further_round"]}
        )
    if rule.pleads:
        if not asked.rounds or asked.may_ask_again:
            raise TheStateForbidsIt(
                _("Ông/Bà gửi được yêu cầu bổ sung ngay, không cần đề nghị lãnh đạo.")
            )
        if asked.waits(PleaKind.FURTHER_ROUND):
            raise TheStateForbidsIt(
                _("Đã đề nghị yêu cầu bổ sung thêm, đang chờ lãnh đạo trả lời.")
            )
    if rule.answers is not None and not asked.waits(rule.answers):
        raise NothingToAnswer(
            _("Người nộp không có đề nghị rút hồ sơ nào đang chờ trả lời.")
            if rule.answers is PleaKind.WITHDRAWAL
            else _("Không có đề nghị yêu cầu bổ sung thêm nào đang chờ trả lời.")
        )
    if verb == "decide" and asked.waits(PleaKind.WITHDRAWAL):
        raise TheStateForbidsIt(
            _("Người nộp đang xin rút hồ sơ. Hãy trả lời đề nghị đó trước khi ký kết quả.")
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
    if verb == "request_withdrawal" and Asked(dossier).waits(PleaKind.WITHDRAWAL):
        raise TheStateForbidsIt(_("Ông/Bà đã xin rút hồ sơ. Cơ quan giải quyết đang xem xét."))


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
    asked = Asked(dossier)
    standings = []
    for verb, rule in OFFICER_ACTS.items():
        if rule.role not in roles:
            continue
        why_not = ""
        try:
            check_officer_may(verb, mandate, dossier, version, asked=asked)
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


def _check_state(verb: str, dossier: Dossier) -> None:
    state = DossierState(dossier.state)
    if not allows(state, verb):
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
                rule.where in (Where.SETTLING_AGENCY, Where.HEAD)
                and post.agency_id == dossier.settling_agency_id
            )
            or (
                rule.where is Where.HEAD
                and dossier.accepted_at is None
                and post.unit_id == dossier.receiving_unit_id
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
