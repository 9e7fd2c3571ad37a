"""One dossier: where it stands, its receipt, and its files."""

from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.documents.models import StoredFile
from motcua.documents.queries import FileWasAltered, content_of
from motcua.dossiers import policies, queries
from motcua.dossiers.lifecycle import DOSSIER_LIFECYCLE
from motcua.dossiers.models import (
    Channel,
    Dossier,
    DossierComponent,
    Plea,
    PleaAnswer,
    PleaKind,
)
from motcua.kernel import clock
from motcua.procedures.definitions import Version
from motcua.procedures.queries import compiled
from motcua.web import clocks, linked_parts, lookup_links, papers, standing
from motcua.web.access import CitizenRequest

from . import issued_papers, shown
from .access import own_dossier


@require_safe
@own_dossier
def dossier(request: CitizenRequest, dossier: Dossier) -> HttpResponse:
    """Say where the dossier stands, what comes next and until when."""
    version = compiled(dossier.version_id)
    return render(
        request,
        "portal/dossiers/show.html",
        {
            "dossier": dossier,
            "version": version,
            "now_words": standing.now_words(dossier),
            "place": standing.place_words(dossier),
            "promise": standing.promise_of(dossier),
            "apology": queries.apology_of(dossier),
            # A linked dossier has the time of its parts, and is explained by them.
            "clock": None
            if version.linked
            else clocks.clock_of(
                dossier,
                version,
                queries.explanation_of(
                    dossier, version, queries.history_of(dossier), at=clock.now()
                ),
            ),
            "parts": linked_parts.parts_shown(dossier, version),
            "why_due": linked_parts.why_due(version),
            "whole": linked_parts.whole_shown(dossier),
            "moments": shown.timeline(dossier, queries.timeline_of(dossier, inside=False), version),
            "papers": _papers(version, dossier),
            "issued": [
                papers.line_of(each) for each in issued_papers.addressed_to_the_applicant(dossier)
            ],
            "result": queries.result_of(dossier),
            "hand_over": queries.hand_over_of(dossier),
            "may_supplement": policies.applicant_may(
                policies.supplement_verb(dossier), request.person, dossier
            ),
            "asked": queries.open_request_of(dossier),
            "silence": shown.silence_words(dossier, version),
            "withdrawal": _withdrawal_of(dossier),
            "may_withdraw": policies.applicant_may("withdraw", request.person, dossier),
            "may_request_withdrawal": policies.applicant_may(
                "request_withdrawal", request.person, dossier
            ),
            "why_not_withdraw": shown.why_not_withdraw(dossier),
        },
    )


def _withdrawal_of(dossier: Dossier) -> Plea | None:
    """Return the last wish to withdraw that was put to the agency, answered or not."""
    if dossier.accepted_at is None:
        return None
    pleas = [p for p in queries.pleas_of(dossier) if p.kind == PleaKind.WITHDRAWAL]
    return pleas[-1] if pleas and pleas[-1].outcome != PleaAnswer.LAPSED else None


@require_safe
def filed(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt. Its address is kept as a bookmark: signed out, it leads to the look-up."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(f"{reverse('portal:lookup')}?{urlencode({'code': code})}")
    return _receipt(request, code=code)


@own_dossier
def _receipt(request: CitizenRequest, dossier: Dossier) -> HttpResponse:
    version = compiled(dossier.version_id)
    path = reverse("portal:lookup-result", args=[lookup_links.token_of(dossier)])
    return render(
        request,
        "portal/dossiers/filed.html",
        {
            "dossier": dossier,
            "version": version,
            "link": request.build_absolute_uri(path),
            "secret": f"{dossier.lookup_secret[:4]}-{dossier.lookup_secret[4:]}",
            "place": standing.place_words(dossier),
            "fresh": dossier.state == DOSSIER_LIFECYCLE.initial,
            "now_words": standing.now_words(dossier),
            "promise": standing.promise_of(dossier),
        },
    )


@require_safe
@own_dossier
def file(request: CitizenRequest, dossier: Dossier, file_id: UUID) -> HttpResponse:
    """Hand out one of the dossier's files to its owner, for keeping and not for opening here."""
    found = _file(dossier, file_id)
    if found is None:
        raise Http404
    try:
        content = content_of(found)
    except FileWasAltered:
        return render(request, "portal/dossiers/file_altered.html", {"file": found}, status=500)
    return HttpResponse(
        content,
        content_type=found.media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
        },
    )


def _file(dossier: Dossier, file_id: UUID) -> StoredFile | None:
    for paper in queries.papers_of(dossier):
        if paper.file_id == file_id:
            return paper.file
    result = queries.result_of(dossier)
    return result.file if result is not None and result.file_id == file_id else None


def _papers(version: Version, dossier: Dossier) -> list[dict[str, Any]]:
    names = {c.key: c.name for c in version.cases[dossier.case_key].components}
    papers: dict[tuple[str, int], list[DossierComponent]] = {}
    for paper in queries.papers_of(dossier):
        papers.setdefault((paper.key, paper.round), []).append(paper)
    # What was laid on a counter has no file; what came online lay on none.
    on_paper = [] if dossier.channel == Channel.ONLINE else queries.presented_of(dossier)
    return [
        {"name": names.get(each.key, each.key), "round": 0, "files": [], "on_paper": each}
        for each in on_paper
    ] + [
        {"name": names.get(key, key), "round": number, "files": [paper.file for paper in members]}
        for (key, number), members in papers.items()
    ]
