"""One dossier taken in on one page: who came, which case, the papers, the fees, and the receipt."""

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers.models import Channel, Relation
from motcua.dossiers.queries import last_receipt_of
from motcua.filings.queries import problems_of_papers
from motcua.filings.services import (
    FilingHasProblems,
    KeyWasUsedOtherwise,
    UnitIsClosed,
    take_in,
)
from motcua.kernel import clock, text
from motcua.offices.queries import NoSuchUnit
from motcua.parties.definitions import NotACitizenCard, read_card
from motcua.parties.models import Sex
from motcua.procedures.definitions import Problem, Version, Widget
from motcua.procedures.queries import UnknownProcedure, version_in_force
from motcua.web.places import commune_groups

from .access import CounterRequest, key_or_404, receiver_required
from .finder import FINDERS, INTAKES, TITLES
from .typed import Typed

# Where the services name what is wrong, and the box in which it is mended.
_BOXES = {
    "identity_checked": "came-checked",
    "names_confirmed": "came-confirmed",
    "relation": "came-relation",
    "authority": "came-authority",
    "payer_name": "came-payer",
    "post_item": "post-item",
    "arrived_on": "post-arrived",
    "case": "intake-case",
}
_BOX_CHARACTERS_MAX = 2000


@receiver_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: CounterRequest, code: str, channel: Channel) -> HttpResponse:
    """
    Take the dossier in; or read a card, look at other papers, or print what is missing.

    A card in the scanner's box is read first, whichever button was pressed: a scanner ends with
    Enter, and Enter takes in.
    """
    typed = _typed(request, _version_or_404(code), channel)
    if channel.value not in typed.version.channels:
        return _show(request, typed, status=404)
    if request.method != "POST":
        return _show(request, typed)
    if typed.boxes.get("intake-card", "").strip():
        return _read_card(request, typed)
    act = request.POST.get("act", "")
    if act == "card":
        message = _("Chưa có mã nào được quét. Hãy đặt con trỏ vào ô quét rồi quét thẻ.")
        return _show(request, typed, [Problem(key="intake-card", message=message)], status=422)
    if act == "refresh":
        return _show(request, typed)
    if act == "guidance":
        return _guide(request, typed)
    return _take_in(request, typed)


def _take_in(request: CounterRequest, typed: Typed) -> HttpResponse:
    key = key_or_404(typed.key)
    if problems := typed.problems():
        return _show(request, typed, problems, status=422)
    try:
        dossier = take_in(
            mandate=request.mandate,
            counter=typed.came(),
            version=typed.version,
            case_key=typed.case.key,
            submitter=typed.person("submitter"),
            owner=typed.owner(),
            answers=typed.answers,
            papers=typed.papers(),
            fees=typed.fees(),
            key=str(key),
            at=clock.now(),
        )
    except FilingHasProblems as found:
        return _show(request, typed, _placed(found.problems), status=422)
    except (UnitIsClosed, NoSuchUnit) as refused:
        return _show(request, typed, [Problem(key="", message=str(refused))], status=422)
    except KeyWasUsedOtherwise as used:
        messages.warning(
            request,
            _("Trang trước đã tiếp nhận hồ sơ này. Nội dung sửa sau đó không được ghi lại."),
        )
        return redirect("desk:receipt-slip", code=used.dossier.code)
    messages.success(request, _("Đã tiếp nhận hồ sơ."))
    address = reverse("desk:receipt-slip", args=[dossier.code])
    return redirect(f"{address}?sau={typed.channel.value}")


def _read_card(request: CounterRequest, typed: Typed) -> HttpResponse:
    try:
        card = read_card(typed.boxes["intake-card"], on=typed.on)
    except NotACitizenCard as unreadable:
        typed.boxes["intake-card"] = ""
        problem = Problem(key="intake-card", message=str(unreadable))
        return _show(request, typed, [problem], status=422)
    typed.put_card(card)
    return _show(request, typed, has_card=True)


def _guide(request: CounterRequest, typed: Typed) -> HttpResponse:
    """Show what is missing, to be printed and taken home; no dossier is opened."""
    components = typed.case.components_for(typed.answers)
    wrong = {p.key: p.message for p in problems_of_papers(components, typed.papers())}
    return render(
        request,
        "desk/counter/guidance.html",
        {
            "typed": typed,
            "version": typed.version,
            "counter": request.counter,
            "lines": [
                (row, wrong.get(f"paper-{row.component.key}", "")) for row in typed.paper_rows
            ],
            "is_complete": not wrong,
            "now": clock.now(),
            "again_url": reverse(INTAKES[typed.channel], args=[typed.version.code]),
        },
    )


def _typed(request: CounterRequest, version: Version, channel: Channel) -> Typed:
    # A scanner set up for another alphabet types signs that no paper and no table takes.
    boxes = {
        name: text.clean_lines(str(value)[:_BOX_CHARACTERS_MAX])
        for name, value in request.POST.items()
    }
    typed = Typed(
        version=version,
        channel=channel,
        counter=request.counter,
        on=clock.today(),
        receipts={
            kind: _following(number)
            for kind, number in last_receipt_of(
                request.mandate.officer_id, request.counter.unit_id
            ).items()
        },
        boxes=boxes,
    )
    if request.method != "POST" and channel is Channel.POST:
        boxes["post-arrived"] = f"{typed.on:%d/%m/%Y}"
    return typed


def _following(number: str) -> str:
    """Return the next number of a receipt book: AB/24-0000123 gives AB/24-0000124."""
    found = re.fullmatch(r"(.*?)([0-9]{1,12})", number, re.ASCII)
    if found is None:
        return ""
    return f"{found[1]}{int(found[2]) + 1:0{len(found[2])}}"


def _placed(problems: tuple[Problem, ...]) -> list[Problem]:
    return [Problem(key=_BOXES.get(p.key, p.key), message=p.message) for p in problems]


def _show(
    request: CounterRequest,
    typed: Typed,
    problems: list[Problem] | None = None,
    *,
    status: int = 200,
    has_card: bool = False,
) -> HttpResponse:
    questions = typed.questions
    needs_places = any(question.widget is Widget.COMMUNE for question in questions)
    fee_rows = typed.fee_rows
    return render(
        request,
        "desk/counter/intake_new.html",
        {
            "title": TITLES[typed.channel],
            "finder_url": reverse(FINDERS[typed.channel]),
            "typed": typed,
            "boxes": typed.boxes,
            "version": typed.version,
            "is_taken_here": typed.channel.value in typed.version.channels,
            "by_post": typed.channel is Channel.POST,
            "case": typed.case,
            "cases": list(typed.version.cases.values()),
            "questions": questions,
            "answers": typed.answers,
            "is_answered": all(
                question.key in typed.answers for question in questions if question.required
            ),
            "places": commune_groups(typed.on) if needs_places else (),
            "papers": typed.paper_rows,
            "fees": fee_rows,
            "sum": sum(row.due or 0 for row in fee_rows),
            "unknown": any(row.due is None for row in fee_rows),
            "relations": Relation.choices,
            "sexes": Sex.choices,
            "stands_for": typed.boxes.get("came-relation", "self") != "self",
            "has_card": has_card,
            "asks_to_confirm": any(p.key == "came-confirmed" for p in problems or ()),
            "problems": problems or [],
        },
        status=status,
    )


def _version_or_404(code: str) -> Version:
    try:
        return version_in_force(code, clock.today())
    except UnknownProcedure:
        raise Http404 from None
