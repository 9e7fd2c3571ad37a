"""The national catalogue: what was read of it, what it changes, what differs from ours."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from motcua.kernel import clock, text
from motcua.procedures import queries, services
from motcua.procedures.queries import NationalFilter, NoSuchRecord, UnknownProcedure
from motcua.web.access import OfficerRequest, administrator_required
from motcua.web.acting import Refusals, refused
from motcua.web.pages import page_asked
from motcua.web.words import Words

from .national_words import change_rows, difference_label, field_rows, gap_words

_REFUSALS = Refusals(not_now=(services.DifferenceIsGone,), layout="layouts/console.html")

PAGE_ROWS = 50
WORDS_MAX = 100

_LABELS: dict[NationalFilter, Words] = {
    NationalFilter.PENDING: gettext_lazy("Thay đổi chờ duyệt"),
    NationalFilter.DIFFERS: gettext_lazy("Khác bản của thành phố"),
    NationalFilter.GAPS: gettext_lazy("Còn trường chưa đọc hết"),
    NationalFilter.ALL: gettext_lazy("Tất cả"),
}


@dataclass(frozen=True, kw_only=True)
class DifferenceRow:
    """What is said here and there, for the table."""

    label: str
    here: str
    there: str


@administrator_required
@require_safe
def index(request: OfficerRequest) -> HttpResponse:
    """Show the records of a group, the changes that wait first."""
    today = clock.today()
    asked_for, words = request.GET.get("nhom", ""), request.GET.get("q", "").strip()[:WORDS_MAX]
    counts = queries.national_counts(today)
    only = (
        NationalFilter(asked_for)
        if asked_for in set(NationalFilter)
        else (NationalFilter.PENDING if counts[NationalFilter.PENDING] else NationalFilter.ALL)
    )
    records = queries.national_records(only, today, words=words)
    page = Paginator(records, PAGE_ROWS).get_page(page_asked(request))
    path = reverse("console:national")
    return render(
        request,
        "console/national/index.html",
        {
            "tabs": [
                {
                    "label": label,
                    "href": f"{path}?nhom={each}",
                    "current": each is only,
                    "count": counts[each],
                    "tone": "due" if each is NationalFilter.PENDING and counts[each] else "",
                }
                for each, label in _LABELS.items()
            ],
            "only": only,
            "words": words,
            "page": page,
            "rows": [(record, gap_words(record.gaps)) for record in page.object_list],
            "query": urlencode({"nhom": only, "q": words}) + "&",
            "is_empty": not counts[NationalFilter.ALL],
        },
    )


@administrator_required
@require_safe
def show(request: OfficerRequest, code: str) -> HttpResponse:
    """Show a record field by field: what was read beside the text it was read from."""
    try:
        review = queries.review_of(code)
    except NoSuchRecord as missing:
        raise Http404 from missing
    context: dict[str, Any] = {
        "record": review.published,
        "pending": review.pending,
        "fields": field_rows(review.published),
        "changes": change_rows(review.published, review.pending) if review.pending else [],
        "differences": None,
    }
    today = clock.today()
    try:
        version = queries.version_in_force(code, today)
    except UnknownProcedure:
        pass
    else:
        context["differences"] = [
            DifferenceRow(label=difference_label(each), here=each.here, there=each.there)
            for each in queries.differences_of(version)
        ]
    return render(request, "console/national/show.html", context)


@administrator_required
@require_POST
def review(request: OfficerRequest, code: str) -> HttpResponse:
    """Publish or dismiss the change that was shown; pressed twice, it happens once."""
    acts = {
        "publish": (services.publish_difference, _("Đã công bố nội dung mới.")),
        "dismiss": (services.dismiss_difference, _("Đã giữ nội dung đang công bố.")),
    }
    act, told = acts.get(request.POST.get("decision", ""), (None, ""))
    if act is None:
        raise Http404
    then = reverse("console:national-record", args=[code])
    try:
        act(
            code=code,
            digest=text.clean(request.POST.get("digest", "")),  # the database takes no NUL
            mandate=request.mandate,
            at=clock.now(),
        )
    except services.DifferenceIsGone as gone:
        return refused(request, gone, refusals=_REFUSALS, then=then)
    messages.success(request, told)
    return redirect(then)
