"""What a filing still needs, where it goes, and what is known already."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.dossiers.models import Channel, SupplementRequest
from motcua.dossiers.services import Presented
from motcua.offices.queries import Destination, destination_at, destination_for
from motcua.parties.definitions import PersonSaid
from motcua.parties.models import Person
from motcua.procedures.definitions import (
    Answers,
    Case,
    Component,
    FeeLine,
    Page,
    PaperForm,
    Problem,
    Question,
    Version,
)
from motcua.procedures.definitions import Channel as CatalogueChannel
from motcua.procedures.queries import compiled

from .models import Draft, DraftFile, SupplementFile

__all__ = ["Destination"]

# So many of one paper on one counter is a slip of the finger.
COUNT_MAX = 999


class Progress(StrEnum):
    """How far a part of the filing is."""

    DONE = "done"
    TO_DO = "to_do"
    NOT_YET = "not_yet"  # opens when the parts before it are done


class TaskKind(StrEnum):
    """What a line of the task list leads to."""

    PAGE = "page"
    PAPER = "paper"


@dataclass(frozen=True, kw_only=True)
class Task:
    """One line of the task list: a page of the form, or a paper to attach."""

    kind: TaskKind
    key: str
    title: str
    section: str
    progress: Progress
    optional: bool = False


def drafts_of(person: Person) -> QuerySet[Draft]:
    """Return the person's unfinished filings, the latest first."""
    return (
        Draft.objects.filter(person=person, submitted_at=None)
        .select_related("version__procedure")
        .order_by("-updated_at")
    )


def draft_of(person: Person, draft_id: UUID) -> Draft | None:
    """Return the person's draft, submitted or not, or None if there is none of that id."""
    return (
        Draft.objects.filter(person=person, pk=draft_id)
        .select_related("version__procedure", "dossier")
        .first()
    )


def files_of(draft: Draft) -> list[DraftFile]:
    """Return the files attached to the draft, in the order they came."""
    return list(DraftFile.objects.filter(draft=draft).select_related("file").order_by("pk"))


def files_for_supplement(request: SupplementRequest) -> list[SupplementFile]:
    """Return the files laid ready for the answer, in the order they came."""
    return list(
        SupplementFile.objects.filter(request=request).select_related("file").order_by("pk")
    )


def prefilled(person: Person | PersonSaid, version: Version) -> dict[str, Any]:
    """Return what the city knows of the person and the form asks for; not open to change."""
    known: Mapping[str, Any] = {
        "person.full_name": person.full_name,
        "person.personal_id": person.personal_id,
        "person.born_on": person.born_on.isoformat() if person.born_on else None,
        "person.phone": person.phone,
        "person.email": person.email,
        "person.address": person.address,
    }
    return version.form.cleaned(
        {
            question.key: known[question.prefill]
            for question in version.form.prefilled_questions
            if question.prefill is not None and known.get(question.prefill)
        }
    )


def open_page(version: Version, answers: Answers, page_key: str) -> Page | None:
    """Return the page if every page before it is finished, else None."""
    for page in version.form.visible_pages(answers):
        if page.key == page_key:
            return page
        if version.form.problems_of_page(page, answers):
            return None
    return None


def tasks_of(draft: Draft) -> list[Task]:
    """Return the task list: every page these answers lead to, then every paper."""
    version = compiled(draft.version_id)
    form = version.form
    tasks = []
    reachable = True
    for page in form.visible_pages(draft.answers):
        done = not form.problems_of_page(page, draft.answers)
        progress = Progress.DONE if done else Progress.TO_DO
        tasks.append(
            Task(
                kind=TaskKind.PAGE,
                key=page.key,
                title=page.title,
                section=page.section,
                progress=progress if reachable else Progress.NOT_YET,
            )
        )
        reachable = reachable and done
    attached = {file.key for file in files_of(draft)}
    for component in version.cases[draft.case_key].components_for(draft.answers):
        ready = component.key in attached
        waiting = Progress.TO_DO if reachable else Progress.NOT_YET
        tasks.append(
            Task(
                kind=TaskKind.PAPER,
                key=component.key,
                title=component.name,
                section="",
                progress=Progress.DONE if ready else waiting,
                optional=not component.required,
            )
        )
    return tasks


def is_complete(draft: Draft) -> bool:
    """Return whether nothing stands in the way of submitting."""
    return all(task.progress is Progress.DONE or task.optional for task in tasks_of(draft))


def missing_papers(
    version: Version, case_key: str, answers: Answers, attached: Set[str]
) -> list[Component]:
    """Return the papers that are required and not attached."""
    return [
        component
        for component in version.cases[case_key].components_for(answers)
        if component.required and component.key not in attached
    ]


def destination_of(version: Version, answers: Answers, on: date) -> Destination | None:
    """
    Return the unit that receives and the agency that settles: the one named, or that of the place.

    :raises UnitIsClosed: if the unit that would receive is closed on that day
    """
    if version.settling_agency:
        return destination_at(version.settling_agency, on)
    place_code = answers.get(version.settling_question, "")
    return destination_for(place_code, version.settled_by[0], on)


def questions_at_counter(
    version: Version, case: Case, answers: Answers, *, is_settled_here: bool
) -> tuple[Question, ...]:
    """
    Return the questions without whose answers a counter cannot judge the case, in order.

    They are those that its papers and fees depend on, those that these depend on, and, where
    another agency settles, the one that says which. The rest stands in the paper form.
    """
    conditions = [c.when for c in case.components] + [fee.when for fee in case.fees]
    wanted = set[str]().union(*(when.keys for when in conditions if when is not None))
    if not is_settled_here and not version.settling_agency:
        wanted.add(version.settling_question)
    pages = list(version.form.pages)
    # A condition speaks only of questions before it: once backwards finds everything.
    for page in reversed(pages):
        for question in reversed(page.questions):
            if question.key in wanted:
                for when in (page.when, question.when):
                    wanted |= when.keys if when is not None else frozenset()
    return tuple(q for q in version.form.visible_questions(answers) if q.key in wanted)


def fees_at_counter(case: Case, answers: Answers, channel: Channel) -> tuple[FeeLine, ...]:
    """Return the fee lines that these answers call for on the way the dossier came."""
    return case.fees_for(answers, CatalogueChannel(channel))


def is_settled_by(version: Version, *, kind: str, name: str) -> bool:
    """Return whether an agency of that kind and name settles the procedure itself."""
    if version.settling_agency:
        return version.settling_agency == name
    return kind in version.settled_by


def problems_of_papers(
    components: Sequence[Component], papers: Sequence[Presented]
) -> list[Problem]:
    """Return what is missing of the papers, or there in a form that does not do."""
    there = {paper.key: paper for paper in papers if paper.sheets}
    names = {component.key: component for component in components}
    problems = [
        Problem(key=f"paper-{key}", message=_("Giấy tờ này không thuộc hồ sơ."))
        for key in there
        if key not in names
    ]
    for component in components:
        paper = there.get(component.key)
        if paper is None:
            if component.required:
                message = _("Còn thiếu: %(name)s.") % {"name": component.name}
                problems.append(Problem(key=f"paper-{component.key}", message=message))
        elif not all(0 <= n <= COUNT_MAX for n in (paper.originals, paper.certified, paper.copies)):
            message = _("Số bản từ 0 đến %(most)s.") % {"most": COUNT_MAX}
            problems.append(Problem(key=f"paper-{component.key}", message=message))
        elif component.required and not _will_do(component, paper):
            message = (
                _("Cần bản chính: %(name)s.")
                if component.paper_form == PaperForm.ORIGINAL
                else _("Cần bản sao có chứng thực hoặc bản chính để đối chiếu: %(name)s.")
            )
            problems.append(
                Problem(key=f"paper-{component.key}", message=message % {"name": component.name})
            )
    return problems


def _will_do(component: Component, paper: Presented) -> bool:
    if component.paper_form == PaperForm.ORIGINAL:
        return paper.originals > 0
    if component.paper_form == PaperForm.CERTIFIED:
        return paper.certified > 0 or paper.originals > 0
    return True
