"""A procedure version as the house reads it: frozen values, compiled once and kept per process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.calendars.limits import COUNTED_BY_LAW, Counting, Limit, PausePolicy
from motcua.procedures.conditions import Condition

from .form import Answers, Form
from .linked import Linked


class Channel(StrEnum):
    """How a dossier reached the city (KenhThucHien 1, 2, 3)."""

    DIRECT = "direct"
    ONLINE = "online"
    POST = "post"


class OnlineLevel(StrEnum):
    """How much can be done online (Decree 42/2022)."""

    FULL = "full"
    PARTIAL = "partial"
    INFO_ONLY = "info_only"


class OnSilence(StrEnum):
    """What becomes of a dossier whose applicant does not answer in time."""

    STOP = "stop"
    WAIT = "wait"


class FeeKind(StrEnum):
    """The two kinds of money a procedure takes; the law never lumps them together."""

    CHARGE = "charge"  # phí
    LEVY = "levy"  # lệ phí


class Audience(StrEnum):
    """Whom a procedure is for."""

    PERSON = "person"
    ORGANISATION = "organisation"


class PaperForm(StrEnum):
    """What the counter must see of a paper."""

    ORIGINAL = "original"
    CERTIFIED = "certified"
    COPY = "copy"


class StepAct(StrEnum):
    """What the holder of a step does to finish it."""

    RECEIVE = "receive"  # tiếp nhận
    EXAMINE = "examine"  # thẩm tra, đề xuất
    DECIDE = "decide"  # ký duyệt
    RETURN = "return"  # trả kết quả


@dataclass(frozen=True, kw_only=True)
class LegalBasis:
    """A legal text the procedure rests on."""

    number: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Component:
    """A paper that belongs to the dossier (thành phần hồ sơ)."""

    key: str
    name: str
    hint: str
    required: bool
    when: Condition | None  # asked for only if the answers say so; None: always
    accepts: frozenset[str]  # media types
    max_files: int
    paper_form: str  # PaperForm value


@dataclass(frozen=True, kw_only=True)
class FeeLine:
    """One amount to pay, with what decides whether it is due."""

    key: str
    name: str
    kind: FeeKind
    amount_dong: int | None  # None: set by the city's People's Council, not known here
    per: str  # what one amount buys: "bản", "hồ sơ"
    channels: frozenset[Channel]
    when: Condition | None
    basis: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One station of the route: which unit, who there, what they do, how long."""

    key: str
    name: str
    unit_role: str  # offices.UnitRole value
    actor_role: str  # offices.PostRole value
    act: StepAct
    limit: Limit | None
    next: tuple[str, ...]  # keys of the steps that may follow; empty: the route ends
    back: str | None  # where the actor may send the dossier back to
    obligation: bool = False  # what the applicant owes (tax, land) is settled here, or is nothing


@dataclass(frozen=True, kw_only=True)
class Case:
    """A variant (trường hợp) of the procedure with its own time, papers and fees."""

    key: str
    name: str
    hint: str
    limits: Mapping[Channel, Limit]
    components: tuple[Component, ...]
    fees: tuple[FeeLine, ...]

    def components_for(self, answers: Answers) -> tuple[Component, ...]:
        """Return the papers that these answers call for."""
        return tuple(c for c in self.components if c.when is None or c.when.holds(answers))

    def fees_for(self, answers: Answers, channel: Channel) -> tuple[FeeLine, ...]:
        """Return the fee lines that these answers and this channel call for."""
        return tuple(
            fee
            for fee in self.fees
            if channel in fee.channels and (fee.when is None or fee.when.holds(answers))
        )


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A yes-or-no question asked before starting: is this the right procedure for me?"""

    key: str
    question: str
    hint: str
    passes: bool  # the answer that lets one go on
    otherwise: str  # what to say, and where to turn, on the other answer
    instead: str  # code of the procedure that fits then; empty: none


@dataclass(frozen=True, kw_only=True)
class SupplementRule:
    """How long an applicant has for the papers that were asked for, and what follows silence."""

    answer_limit: Limit
    warn_before: Limit | None  # in working hours or days; None: as the city does
    on_silence: OnSilence
    basis: str


@dataclass(frozen=True, kw_only=True)
class Extension:
    """How much more time the agency may take, before the due moment and for a reason."""

    limit: Limit  # at most, each time
    times: int
    basis: str  # the law that allows it, in words


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """The portal of others that takes the procedure online, where this one does not."""

    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Version:
    """A published version, compiled."""

    id: int
    procedure_id: int
    number: int
    valid_from: date
    code: str
    name: str
    field_code: str
    field_name: str
    summary: str
    audience: tuple[str, ...]  # person | organisation
    who: tuple[str, ...]  # "Ai làm được?", one sentence each
    where: str
    screening: tuple[Screen, ...]  # asked before starting; empty: nothing to ask
    settled_by: tuple[str, ...]  # offices.AgencyKind values; what comes online goes to the first
    settling_agency: str  # the one that settles, by name; empty: where settling_question says
    settling_question: str  # the commune answered here settles, or the district it lies in
    level: OnlineLevel
    level_reason: str  # why not fully online
    elsewhere: Elsewhere | None  # None: online it is filed here, or nowhere
    channels: frozenset[Channel]
    result_code: str  # of the national list of results; empty: not known
    result_name: str
    intake_limit: Limit  # how soon the office answers what came online: takes it in, or why not
    pause_policy: PausePolicy
    extension: Extension | None  # None: the law knows of none
    cases: Mapping[str, Case]
    form: Form
    steps: Mapping[str, Step]
    first_step: str
    legal_bases: tuple[LegalBasis, ...]
    keywords: tuple[str, ...]  # everyday words people search with
    supplement: SupplementRule | None  # None: no text says how long an answer may take
    counting: Counting = COUNTED_BY_LAW  # of the limits of its cases, which carry it
    linked: Linked | None = None  # liên thông: settled in parts, each a dossier of its own

    @property
    def files_online(self) -> bool:
        """Whether it can be filed here, online."""
        return self.level is not OnlineLevel.INFO_ONLY and Channel.ONLINE in self.channels

    @property
    def return_step(self) -> Step:
        """The step at which the result is handed over: every route has one."""
        return next(step for step in self.steps.values() if step.act is StepAct.RETURN)

    @property
    def obligation_step(self) -> Step | None:
        """The step at which the applicant's financial obligation is settled, if there is one."""
        return next((step for step in self.steps.values() if step.obligation), None)
