"""The receipt slip with the promised day (form 01 of Circular 01/2018/TT-VPCP), for printing."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.dossiers import queries
from motcua.dossiers.models import Channel, Dossier, FeeNoteLine, PresentedPaper
from motcua.procedures.definitions import Version
from motcua.procedures.queries import compiled
from motcua.web.access import OfficerRequest, officer_required
from motcua.web.navigation import path_to

from .access import dossier_or_404
from .deadlines import limit_in_words


@officer_required
@require_safe
def show(request: OfficerRequest, code: str) -> HttpResponse:
    """Show the slip of an accepted dossier."""
    dossier = dossier_or_404(request, code)
    if dossier.accepted_at is None:
        raise Http404
    version = compiled(dossier.version_id)
    intake = queries.intake_of(dossier)
    lookup = path_to("portal:lookup") or "/"
    return render(
        request,
        "desk/dossiers/receipt_slip.html",
        {
            "dossier": dossier,
            "version": version,
            "papers": _papers(dossier, version),
            "intake": intake,
            "presented": presented_in_words(queries.presented_of(dossier), dossier, version)
            if intake
            else [],
            "fees": fees_in_words(queries.fee_note_of(dossier), dossier, version) if intake else [],
            # Told today, where it differs from what is known: the slip says what was told.
            "said": intake.owner_said if intake else {},
            # Straight from the counter: the next person is waiting.
            "next_url": _next_url(request.GET.get("sau", "")),
            "limit": limit_in_words(queries.limit_of(dossier, version)),
            # The page asks for the code and the secret; both stand beside the square, not in it.
            "lookup_url": request.build_absolute_uri(lookup),
        },
    )


def _papers(dossier: Dossier, version: Version) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for paper in queries.papers_of(dossier):
        counts[paper.key] = counts.get(paper.key, 0) + 1
    components = version.cases[dossier.case_key].components
    return [(c.name, counts[c.key]) for c in components if c.key in counts]


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


def _next_url(after: str) -> str:
    name = {Channel.DIRECT.value: "desk:counter", Channel.POST.value: "desk:post"}.get(after)
    return (path_to(name) or "") if name else ""
