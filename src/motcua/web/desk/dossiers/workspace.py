"""Everything that the dossier's page shows, read once and said in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.documents.definitions import PDF
from motcua.dossiers import policies, queries
from motcua.dossiers.events import DelayExplained
from motcua.dossiers.models import (
    Apology,
    Channel,
    CounterIntake,
    DelayCause,
    Dossier,
    DossierComponent,
    Extension,
    FeeNoteLine,
    HandOver,
    Outcome,
    PresentedPaper,
    Result,
    SupplementRequest,
)
from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices.queries import Mandate, officer_names, place_names
from motcua.parties.models import Sex
from motcua.procedures.definitions import Version, Widget
from motcua.procedures.queries import compiled
from motcua.web import answers, clocks, linked_parts
from motcua.web.linked_parts import PartShown, WholeShown
from motcua.web.papers import Line, line_of
from motcua.web.words import day

from .acting import SCREENS
from .deadlines import deadline_of, limit_in_words
from .pleading import PleaShown, pleas_shown


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act of the officer's: a way to it, or why it cannot be done now."""

    verb: str
    name: str
    href: str
    why_not: str
    is_one_press: bool


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One file on the left of the page."""

    pk: int
    name: str
    file_name: str
    href: str
    is_pdf: bool
    round: int


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What the examination proposed to whoever signs."""

    outcome: str
    outcome_label: str
    opinion: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AskedFor:
    """One request for papers, with the names of what was asked for."""

    request: SupplementRequest
    items: list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """The dossier as its officers see it."""

    dossier: Dossier
    version: Version
    acts: list[Act]
    papers: list[Paper]
    missing: list[str]
    pages: list[tuple[str, list[tuple[str, str]]]]
    deadline: Any
    clock: clocks.ShownClock | None
    limit: str
    step: str
    history: list[dict[str, Any]]
    proposal: Proposal | None
    requests: list[AskedFor]
    pleas: list[PleaShown]
    result: Result | None
    hand_over: HandOver | None
    intake: CounterIntake | None
    presented: list[tuple[str, PresentedPaper]]
    fees: list[tuple[str, FeeNoteLine]]
    differences: list[tuple[str, str]]
    cause: DelayCause | None
    apology: Apology | None
    extensions: list[Extension]
    needs_cause: bool
    issued: list[Line]
    parts: list[PartShown]  # of a linked dossier
    why_due: str
    whole: WholeShown | None  # the linked dossier that this is a part of
    sees_whole: bool

    @property
    def allowed(self) -> list[Act]:
        return [act for act in self.acts if not act.why_not]

    @property
    def barred(self) -> list[Act]:
        # That nobody asks for it is no news: an answer is listed when there is a question.
        asked = {plea.kind for plea in self.pleas if not plea.outcome}
        moot = {
            verb
            for verb, rule in policies.OFFICER_ACTS.items()
            if rule.answers is not None and rule.answers not in asked
        }
        return [act for act in self.acts if act.why_not and act.verb not in moot]


def workspace_of(dossier: Dossier, mandate: Mandate, *, now: datetime) -> Workspace:
    """Return what the page shows to this officer at this moment."""
    version = compiled(dossier.version_id)
    history = list(queries.history_of(dossier))
    papers = queries.papers_of(dossier)
    limit = queries.limit_of(dossier, version)
    # What came online has no intake, no paper on a counter and no fee noted there.
    is_online = dossier.channel == Channel.ONLINE
    intake = None if is_online else queries.intake_of(dossier)
    presented = [] if intake is None else queries.presented_of(dossier)
    fees = [] if intake is None else queries.fee_note_of(dossier)
    late = policies.is_late(dossier, at=now)
    was_explained = any(event.kind == DelayExplained.kind for event in history)
    cause = queries.standing_cause_of(dossier) if was_explained else None
    return Workspace(
        dossier=dossier,
        version=version,
        acts=acts_of(dossier, mandate, version, at=now),
        papers=[_paper(paper, dossier, version) for paper in papers],
        missing=missing_papers(dossier, version, [*papers, *presented]),
        pages=_pages(dossier, version),
        deadline=deadline_of(dossier, now=now),
        clock=clocks.clock_of(
            dossier,
            version,
            queries.explanation_of(dossier, version, history, at=now),
            to_applicant=False,
        ),
        limit=_("Theo các phần") if version.linked else limit_in_words(limit),
        step=version.steps[dossier.step_key].name if dossier.step_key else "",
        history=_told(history, dossier),
        proposal=proposal_of(history),
        requests=[_asked_for(each, dossier, version) for each in queries.requests_of(dossier)],
        pleas=pleas_shown(dossier),
        result=queries.result_of(dossier) if dossier.completed_at else None,
        hand_over=queries.hand_over_of(dossier) if dossier.returned_at else None,
        intake=intake,
        presented=presented_in_words(presented, dossier, version),
        fees=fees_in_words(fees, dossier, version),
        differences=_differences(intake) if intake else [],
        cause=cause,
        apology=queries.apology_of(dossier),
        extensions=queries.extensions_of(dossier) if version.extension else [],
        needs_cause=late and cause is None,
        issued=[line_of(each) for each in queries.issued_papers_of(dossier)],
        parts=linked_parts.parts_shown(dossier, version),
        why_due=linked_parts.why_due(version),
        whole=linked_parts.whole_shown(dossier),
        sees_whole=dossier.parent is not None and policies.may_see(mandate, dossier.parent),
    )


def presented_in_words(
    papers: list[PresentedPaper], dossier: Dossier, version: Version
) -> list[tuple[str, PresentedPaper]]:
    """Return the papers that lay on the counter, each with its name."""
    names = {c.key: c.name for c in version.cases[dossier.case_key].components}
    return [(names.get(paper.key, paper.key), paper) for paper in papers]


def fees_in_words(
    lines: list[FeeNoteLine], dossier: Dossier, version: Version
) -> list[tuple[str, FeeNoteLine]]:
    """Return the fees that were noted at the counter, each with its name."""
    names = {fee.key: fee.name for fee in version.cases[dossier.case_key].fees}
    return [(names.get(line.key, line.key), line) for line in lines]


def acts_of(dossier: Dossier, mandate: Mandate, version: Version, *, at: datetime) -> list[Act]:
    """Return every act of the officer's roles: the policy alone says which are open."""
    return [
        Act(
            verb=standing.verb,
            name=standing.name,
            href=reverse(SCREENS[standing.verb][0], args=[dossier.code]),
            why_not=_why_not(standing, dossier, at),
            is_one_press=standing.verb == "take_up",
        )
        for standing in (
            *policies.standings_of(mandate, dossier, version),
            *policies.lateness_standings_of(mandate, dossier, version, at=at),
        )
    ]


def _why_not(standing: policies.Standing, dossier: Dossier, at: datetime) -> str:
    if standing.allowed and standing.verb == "decide":
        try:
            policies.check_cause_is_stated(dossier, at=at)
        except policies.NotAllowed as refusal:
            return str(refusal)
    return "" if standing.allowed else standing.why_not


def missing_papers(
    dossier: Dossier, version: Version, papers: Iterable[DossierComponent | PresentedPaper]
) -> list[str]:
    """Return the names of the required papers that nobody has handed in."""
    there = {paper.key for paper in papers}
    wanted = version.cases[dossier.case_key].components_for(dossier.answers)
    return [c.name for c in wanted if c.required and c.key not in there]


_SAID = {
    "full_name": gettext_lazy("Họ tên"),
    "born_on": gettext_lazy("Ngày sinh"),
    "sex": gettext_lazy("Giới tính"),
    "phone": gettext_lazy("Điện thoại"),
    "email": gettext_lazy("Thư điện tử"),
    "address": gettext_lazy("Địa chỉ"),
}


def _differences(intake: CounterIntake) -> list[tuple[str, str]]:
    """Return what was said at the counter and differs from what is known, in words."""
    told = {**intake.submitter_said, **intake.owner_said}
    return [(str(words), _as_said(key, told[key])) for key, words in _SAID.items() if key in told]


def _as_said(key: str, value: str) -> str:
    if key == "born_on":
        return day(value)
    return str(Sex(value).label) if key == "sex" else value


def proposal_of(history: Iterable[LedgerEvent]) -> Proposal | None:
    """Return the last proposal in the history, in words, if there is one."""
    event = queries.proposal_in(history)
    if event is None:
        return None
    return Proposal(
        outcome=event.data["outcome"],
        outcome_label=str(Outcome(event.data["outcome"]).label),
        opinion=event.data["opinion"],
        at=event.occurred_at,
    )


def _paper(paper: DossierComponent, dossier: Dossier, version: Version) -> Paper:
    names = {c.key: c.name for c in version.cases[dossier.case_key].components}
    return Paper(
        pk=paper.pk,
        name=names.get(paper.key, paper.key),
        file_name=paper.file.name,
        href=reverse("desk:paper", args=[dossier.code, paper.file_id]),
        is_pdf=paper.file.media_type == PDF,
        round=paper.round,
    )


def _pages(dossier: Dossier, version: Version) -> list[tuple[str, list[tuple[str, str]]]]:
    form = version.form
    asked = {question.key: question for question in form.visible_questions(dossier.answers)}
    codes = [
        str(dossier.answers[key])
        for key, question in asked.items()
        if question.widget is Widget.COMMUNE and key in dossier.answers
    ]
    places = place_names(codes) if codes else {}
    return [
        (
            page.section or page.title,
            [
                (q.noun, answers.shown(q, dossier.answers.get(q.key), places=places))
                for q in page.questions
                if q.key in asked
            ],
        )
        for page in form.visible_pages(dossier.answers)
    ]


def _told(history: list[LedgerEvent], dossier: Dossier) -> list[dict[str, Any]]:
    entries = queries.timeline_in(history, inside=True)
    ids = {int(e.actor.partition(":")[2]) for e in entries if e.actor.startswith("officer:")}
    names = officer_names(ids) if ids else {}
    return [
        {
            "title": entry.title,
            "text": entry.detail,
            "at": entry.at,
            "actor": _name(entry.actor, names, dossier),
        }
        for entry in entries
    ]


def _name(actor: str, officers: dict[int, str], dossier: Dossier) -> str:
    kind, _colon, pk = actor.partition(":")
    if kind == "officer":
        return officers.get(int(pk), "")
    for person in (dossier.owner, dossier.submitter):
        if kind == "person" and str(person.pk) == pk:
            return person.full_name
    return _("Hệ thống")


def _asked_for(request: SupplementRequest, dossier: Dossier, version: Version) -> AskedFor:
    names = {c.key: c.name for c in version.cases[dossier.case_key].components}
    return AskedFor(
        request=request,
        items=[(names.get(key, key), needed) for key, needed in request.items.items()],
    )
