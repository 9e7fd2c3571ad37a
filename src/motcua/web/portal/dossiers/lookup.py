"""Looking a dossier up without signing in: with its code and secret, or the link of its QR code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier
from motcua.kernel import clock, text
from motcua.procedures.definitions import Problem
from motcua.procedures.queries import compiled
from motcua.web import clocks, linked_parts, lookup_links, papers, standing
from motcua.web.redirects import see_other
from motcua.web.visitors import address_of

from .issued_papers import addressed_to_the_applicant

CODE = "code"
SECRET = "secret"  # noqa: S105 - the name of a box
_LONGEST = 60


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the code and the secret. A wrong pair always gets the same answer."""
    if request.method != "POST":
        return _ask_again(request, request.GET.get(CODE, ""))
    code = text.clean(request.POST.get(CODE, ""))[:_LONGEST]
    secret = text.clean(request.POST.get(SECRET, ""))[:_LONGEST]
    problems = [
        Problem(key=key, message=message)
        for key, given, message in (
            (CODE, code, _("Nhập mã hồ sơ")),
            (SECRET, secret, _("Nhập mã bí mật")),
        )
        if not given
    ]
    if problems:
        return _ask_again(request, code, problems)
    address = address_of(request)
    at = clock.now()
    # Before the pair is looked at: whoever is refused learns nothing, not even by a right guess.
    if queries.lookup_is_refused(code, address, at=at):
        return _uncached(render(request, "portal/dossiers/lookup_refused.html", status=429))
    try:
        dossier = queries.dossier_by_secret(code, secret)
    except queries.NoSuchDossier:
        services.note_failed_lookup(code=code, address=address, at=at)
        message = _("Mã hồ sơ hoặc mã bí mật chưa đúng. Ông/Bà xem lại trên phiếu nộp hồ sơ.")
        return _ask_again(request, code, [Problem(key=CODE, message=message)])
    return see_other("portal:lookup-result", lookup_links.token_of(dossier))


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Say where a dossier stands to whoever holds its link: no names, no numbers of people."""
    try:
        dossier = lookup_links.dossier_of_token(token)
    except queries.NoSuchDossier:
        return _unknown(request)
    return _standing(request, dossier, token)


@require_POST
def hand_out(request: HttpRequest, token: str) -> HttpResponse:
    """
    Send a paper of the dossier to whoever holds its link and knows its secret as well.

    Papers carry names. The link alone, which is on every paper's QR code, shows none.
    """
    try:
        dossier = lookup_links.dossier_of_token(token)
    except queries.NoSuchDossier:
        return _unknown(request)
    secret = text.clean(request.POST.get(SECRET, ""))[:_LONGEST]
    address = address_of(request)
    at = clock.now()
    if not secret:
        return _standing(request, dossier, token, problem=_("Nhập mã bí mật"))
    if queries.lookup_is_refused(dossier.code, address, at=at):
        return _uncached(render(request, "portal/dossiers/lookup_refused.html", status=429))
    try:
        queries.dossier_by_secret(dossier.code, secret)
    except queries.NoSuchDossier:
        services.note_failed_lookup(code=dossier.code, address=address, at=at)
        message = _("Mã bí mật chưa đúng. Ông/Bà xem lại trên phiếu nộp hồ sơ.")
        return _standing(request, dossier, token, problem=message)
    wanted = request.POST.get("paper", "")
    for issued in addressed_to_the_applicant(dossier):
        if str(issued.pk) == wanted:
            return papers.file_response(
                papers.printed(request, dossier, issued), as_attachment=True
            )
    return _standing(request, dossier, token, problem=_("Chọn một giấy tờ"))


def _unknown(request: HttpRequest) -> HttpResponse:
    return _uncached(render(request, "portal/dossiers/lookup_unknown.html", status=404))


def _standing(
    request: HttpRequest, dossier: Dossier, token: str, *, problem: str = ""
) -> HttpResponse:
    version = compiled(dossier.version_id)
    return _uncached(
        render(
            request,
            "portal/dossiers/lookup_result.html",
            {
                "dossier": dossier,
                "version": version,
                "clock": clocks.clock_of(
                    dossier,
                    version,
                    queries.explanation_of(
                        dossier, version, queries.history_of(dossier), at=clock.now()
                    ),
                ),
                "token": token,
                "problem": problem,
                "issued": [papers.line_of(each) for each in addressed_to_the_applicant(dossier)],
                "now_words": standing.now_words(dossier),
                "promise": standing.promise_of(dossier),
                "apology": queries.apology_of(dossier),
                "parts": linked_parts.parts_shown(dossier, version),
                "why_due": linked_parts.why_due(version),
                "place": standing.place_words(dossier),
                "waiting": standing.waits_for_applicant(dossier),
            },
            status=422 if problem else 200,
        )
    )


def _ask_again(
    request: HttpRequest, code: str, problems: list[Problem] | None = None
) -> HttpResponse:
    return _uncached(
        render(
            request,
            "portal/dossiers/lookup.html",
            {"code": text.clean(code)[:_LONGEST], "problems": problems or []},
            status=422 if problems else 200,
        )
    )


def _uncached(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
