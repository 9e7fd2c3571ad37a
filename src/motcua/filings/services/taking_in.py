"""The act by which an officer takes in what was brought to the counter, or came by post."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Channel, Dossier, Relation
from motcua.dossiers.policies import check_receives_at
from motcua.filings.queries import (
    destination_of,
    fees_at_counter,
    is_settled_by,
    prefilled,
    problems_of_papers,
    questions_at_counter,
)
from motcua.kernel import text
from motcua.kernel.clock import day_of
from motcua.kernel.ledger import chain
from motcua.offices.models import Unit
from motcua.offices.queries import Mandate, check_unit_open
from motcua.parties.definitions import PersonSaid
from motcua.parties.services import KnownPerson, UnusablePersonData, find_or_register_person
from motcua.procedures.definitions import (
    Answers,
    Case,
    FeeLine,
    Problem,
    Version,
)

from ._keys import claim, made_before
from .submitting import FilingHasProblems

QUANTITY_MAX = 10_000
COLLECTED_DONG_MAX = 1_000_000_000


@dataclass(frozen=True, kw_only=True)
class OwnerSaid:
    """For whom the submitter comes, by what right; who comes for themselves says no owner."""

    relation: str = Relation.SELF  # dossiers.models.Relation
    authority: str = ""
    owner: PersonSaid | None = None


@dataclass(frozen=True, kw_only=True)
class Counter:
    """Where and how a dossier came in: the unit, the channel, and what the officer vouches for."""

    unit_id: int
    channel: Channel
    identity_checked: bool = False  # the card itself was held beside the face
    names_confirmed: bool = False  # a number known under another name is the same person
    payer_name: str = ""
    post_item: str = ""
    arrived_on: date | None = None


@transaction.atomic
def take_in(
    *,
    mandate: Mandate,
    counter: Counter,
    version: Version,
    case_key: str,
    submitter: PersonSaid,
    owner: OwnerSaid,
    answers: Answers,
    papers: Sequence[dossiers.Presented],
    fees: Sequence[dossiers.FeeNote],
    key: str,
    at: datetime,
) -> Dossier:
    """
    Take a complete dossier in: the city has a number for it, and its clock runs from now.

    The same key with the same content returns the dossier it made, however often it comes. Of
    the form's questions only those are needed on which papers and fees depend; what is answered
    must be valid. Of each fee line the caller says quantity and what was collected; what is due
    is reckoned here.

    :raises NotYourRole: if the officer is no receiver of the unit
    :raises UnitIsClosed: if the unit takes nothing new
    :raises KeyWasUsedOtherwise: if the key stands for other content
    :raises FilingHasProblems: with everything that is missing or wrong
    """
    check_receives_at(mandate, counter.unit_id)
    on = day_of(at)
    unit = check_unit_open(counter.unit_id, on)
    dossier_id = uuid4()
    content = {
        "counter": counter,
        "version": version.id,
        "case": case_key,
        "submitter": submitter,
        "owner": owner,
        "answers": answers,
        "papers": papers,
        "fees": fees,
    }
    digest = _digest_of(content)
    if not claim(mandate.account_id, key, digest, dossier_id, at):
        return made_before(mandate.account_id, key, digest)
    case = version.cases.get(case_key)
    if case is None or counter.channel.value not in version.channels:
        raise FilingHasProblems([_problem_of_way(version, counter.channel, case)])
    is_settled_here = is_settled_by(version, kind=unit.agency.kind, name=unit.agency.name)
    answers = _filled(version, answers, submitter, unit if is_settled_here else None, on)
    agency_id = unit.agency_id
    problems = [
        *_problems_of_counter(counter, owner, on),
        *_problems_of_answers(version, case, answers, on, is_settled_here=is_settled_here),
        *problems_of_papers(case.components_for(answers), papers),
        *_problems_of_fees(fees_at_counter(case, answers, counter.channel), fees),
    ]
    if not problems and not is_settled_here:
        destination = destination_of(version, answers, on)
        if destination is None:
            message = _("Không tìm thấy cơ quan giải quyết ở nơi này. Hãy chọn lại.")
            problems = [Problem(key=version.settling_question, message=message)]
        else:
            agency_id = destination.settling_agency_id
    people, wrong = _people(submitter, owner, counter, mandate, at)
    problems = [*wrong, *problems]
    if problems or people is None:
        raise FilingHasProblems(problems)
    known_submitter, known_owner = people
    return dossiers.receive_dossier(
        version=version,
        case_key=case_key,
        channel=counter.channel,
        owner=known_owner.person,
        submitter=known_submitter.person,
        answers=answers,
        came=dossiers.Came(
            relation=owner.relation,
            authority=text.clean(owner.authority),
            owner_said=known_owner.differences,
            submitter_said=known_submitter.differences,
            payer_name=text.clean(counter.payer_name),
            identity_checked=counter.identity_checked,
            post_item=text.clean(counter.post_item),
            arrived_on=counter.arrived_on,
        ),
        papers=[paper for paper in papers if paper.sheets],
        fees=_reckoned(fees_at_counter(case, answers, counter.channel), fees),
        unit_id=unit.pk,
        agency_code=unit.agency.code,
        settling_agency_id=agency_id,
        mandate=mandate,
        at=at,
        dossier_id=dossier_id,
    )


def _digest_of(content: Mapping[str, Any]) -> str:
    """Return SHA-256, in hex, over the canonical JSON of what was sent."""
    return hashlib.sha256(chain.canonical(_plain(content)).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return _plain(asdict(value))
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _problem_of_way(version: Version, channel: Channel, case: Case | None) -> Problem:
    if case is None:
        return Problem(key="case", message=_("Hãy chọn trường hợp."))
    message = _("Thủ tục này không nhận qua cách nộp “%(channel)s”.")
    return Problem(key="", message=message % {"channel": channel.label.lower()})


def _filled(
    version: Version, answers: Answers, submitter: PersonSaid, settles: Unit | None, on: date
) -> dict[str, Any]:
    """Return the answers with what the counter knows anyway, without what nobody asks."""
    known = prefilled(submitter, version)
    if settles is not None and settles.agency.kind == "commune" and settles.agency.place:
        known[version.settling_question] = settles.agency.place.code
    form = version.form
    given = form.cleaned({k: v for k, v in answers.items() if k in form.questions})
    filled = {**known, **given}
    # What the card says and the form would not take stays in the paper form.
    unfit = {problem.key for problem in form.problems(filled, on=on)} - given.keys()
    return form.still_asked({k: v for k, v in filled.items() if k not in unfit})


def _problems_of_counter(counter: Counter, owner: OwnerSaid, on: date) -> Iterable[Problem]:
    if counter.channel is Channel.POST:
        if not text.clean(counter.post_item):
            yield Problem(key="post_item", message=_("Hãy ghi số hiệu bưu gửi."))
        if counter.arrived_on is None:
            yield Problem(key="arrived_on", message=_("Hãy ghi ngày bưu gửi đến."))
        elif counter.arrived_on > on:
            yield Problem(key="arrived_on", message=_("Ngày bưu gửi đến không thể sau hôm nay."))
    elif not counter.identity_checked:
        message = _("Hãy đối chiếu giấy tờ tùy thân bản chính với người nộp.")
        yield Problem(key="identity_checked", message=message)
    if owner.relation not in Relation.values:
        yield Problem(key="relation", message=_("Hãy chọn người nộp là ai."))
    if owner.relation == Relation.REPRESENTATIVE and not text.clean(owner.authority):
        message = _("Hãy ghi số, ngày của giấy ủy quyền.")
        yield Problem(key="authority", message=message)
    for name, value, longest in (
        ("authority", owner.authority, 300),
        ("payer_name", counter.payer_name, 150),
        ("post_item", counter.post_item, 50),
    ):
        if len(text.clean(value)) > longest:
            message = _("Nội dung dài quá %(longest)s ký tự.") % {"longest": longest}
            yield Problem(key=name, message=message)


def _problems_of_answers(
    version: Version, case: Case, answers: Answers, on: date, *, is_settled_here: bool
) -> list[Problem]:
    needed = {
        question.key
        for question in questions_at_counter(
            version, case, answers, is_settled_here=is_settled_here
        )
    }
    return [
        problem
        for problem in version.form.problems(answers, on=on)
        if problem.key in needed or problem.key in answers
    ]


def _problems_of_fees(
    due: Sequence[FeeLine], notes: Sequence[dossiers.FeeNote]
) -> Iterable[Problem]:
    lines = {fee.key: fee for fee in due}
    for note in notes:
        if note.key not in lines:
            yield Problem(key=f"fee-{note.key}", message=_("Khoản này không thuộc hồ sơ."))
            continue
        name = lines[note.key].name
        if not 1 <= note.quantity <= QUANTITY_MAX:
            message = _("%(name)s: số lượng từ 1 đến %(most)s.")
            yield Problem(
                key=f"fee-{note.key}", message=message % {"name": name, "most": QUANTITY_MAX}
            )
        elif not 0 <= note.collected_dong <= COLLECTED_DONG_MAX:
            message = _("%(name)s: số tiền đã thu chưa đúng.") % {"name": name}
            yield Problem(key=f"fee-{note.key}", message=message)
        elif note.collected_dong:
            yield from _problems_of_collected(note, lines[note.key])


def _problems_of_collected(note: dossiers.FeeNote, fee: FeeLine) -> Iterable[Problem]:
    if not text.clean(note.receipt_number):
        message = _("%(name)s: đã thu tiền thì ghi số biên lai.") % {"name": fee.name}
        yield Problem(key=f"receipt-{note.key}", message=message)
    if note.collected_dong != _due(fee, note.quantity) and not text.clean(note.note):
        message = _("%(name)s: số đã thu khác số phải thu, hãy ghi căn cứ.") % {"name": fee.name}
        yield Problem(key=f"note-{note.key}", message=message)


def _due(fee: FeeLine, quantity: int) -> int | None:
    return None if fee.amount_dong is None else fee.amount_dong * quantity


def _reckoned(due: Sequence[FeeLine], notes: Sequence[dossiers.FeeNote]) -> list[dossiers.FeeNote]:
    """Return a line for every fee that is due, said or not: once, unless a quantity was given."""
    said = {note.key: note for note in notes}
    lines = []
    for fee in due:
        note = said.get(fee.key)
        quantity = note.quantity if note else 1
        lines.append(
            dossiers.FeeNote(
                key=fee.key,
                kind=fee.kind.value,
                quantity=quantity,
                amount_dong=_due(fee, quantity),
                collected_dong=note.collected_dong if note else 0,
                receipt_number=text.clean(note.receipt_number)[:50] if note else "",
                note=text.clean(note.note)[:300] if note else "",
            )
        )
    return lines


def _people(
    submitter: PersonSaid, owner: OwnerSaid, counter: Counter, mandate: Mandate, at: datetime
) -> tuple[tuple[KnownPerson, KnownPerson] | None, list[Problem]]:
    """Return submitter and owner as the city knows them, and what stands in the way."""
    said = {"submitter": submitter}
    if owner.relation != Relation.SELF:
        if owner.owner is None:
            return None, [Problem(key="owner-full_name", message=_("Hãy ghi ai là chủ hồ sơ."))]
        said["owner"] = owner.owner
    known: dict[str, KnownPerson] = {}
    problems: list[Problem] = []
    # In the order of their numbers: two counters that write down the same two people must not
    # wait for each other.
    for role in sorted(said, key=lambda role: said[role].personal_id or ""):
        try:
            known[role] = find_or_register_person(said=said[role], at=at, actor=mandate.actor)
        except UnusablePersonData as unusable:
            problems += [
                Problem(key=f"{role}-{name}", message=message)
                for name, message in unusable.problems.items()
            ]
            continue
        if "full_name" in known[role].differences and not counter.names_confirmed:
            message = _("Số này đã ghi tên %(name)s. Hãy kiểm tra, rồi xác nhận là cùng một người.")
            problems.append(
                Problem(
                    key="names_confirmed",
                    message=message % {"name": known[role].person.full_name},
                )
            )
    if problems:
        return None, problems
    if owner.relation == Relation.SELF:
        return (known["submitter"], known["submitter"]), []
    if known["owner"].person == known["submitter"].person:
        message = _("Chủ hồ sơ và người nộp là một người: hãy chọn “Chính chủ hồ sơ”.")
        return None, [Problem(key="relation", message=message)]
    return (known["submitter"], known["owner"]), []
