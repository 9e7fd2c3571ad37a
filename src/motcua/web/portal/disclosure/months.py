"""What the city publishes of itself, month by month, made from the frozen bytes alone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.disclosure.definitions import TABLES
from motcua.disclosure.models import Publication
from motcua.disclosure.queries import Published, published, published_months
from motcua.web.disclosed import evidence_of, month_words, said, shown

from .access import published_or_404

MONTHS_SHOWN = 36


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The months that are public, each with the city's results."""
    lines = [_line(publication) for publication in published_months()[:MONTHS_SHOWN]]
    return render(
        request, "portal/disclosure/index.html", {"lines": lines, "crumbs": _crumbs()[:1]}
    )


@require_safe
def show(request: HttpRequest, month: str) -> HttpResponse:
    """One month: results, who was late, corrections, downloads."""
    found = published_or_404(month)
    return render(
        request,
        "portal/disclosure/show.html",
        {
            "shown": shown(found.view),
            "month_key": month,
            "published_at": found.publication.published_at,
            "digest": found.publication.digest,
            "corrected_on": found.corrected_on,
            "is_unnamed": found.is_unnamed,
            "tables": TABLES,
            "crumbs": _crumbs(),
        },
    )


@require_safe
def agency(request: HttpRequest, month: str, code: str) -> HttpResponse:
    """The late dossiers of one agency, codes masked."""
    found = published_or_404(month)
    evidence = evidence_of(found.view, code)
    dossiers = [*evidence.counted, *evidence.excused]
    if not dossiers:
        raise Http404
    words = month_words(found.publication.month)
    return render(
        request,
        "portal/disclosure/agency.html",
        {
            "name": dossiers[0]["agency"],
            "month": words,
            "evidence": evidence,
            "crumbs": [
                *_crumbs(),
                (
                    _("Tháng %(month)s") % {"month": words},
                    reverse("portal:disclosure", args=[month]),
                ),
            ],
        },
    )


def _crumbs() -> list[tuple[str, str]]:
    return [
        (_("Trang chủ"), reverse("portal:home")),
        (_("Công khai hằng tháng"), reverse("portal:disclosures")),
    ]


def _line(publication: Publication) -> dict[str, Any]:
    found: Published = published(publication)
    city = next((row for row in found.view["index"] if not row["code"]), None)
    online = next((row for row in found.view["online"] if not row["code"]), None)
    standing = [row for row in found.view["agencies"] if row["struck"] is None]
    return {
        "key": publication.key,
        "month": month_words(publication.month),
        "published_at": publication.published_at,
        "points": said(city and city["points"]),
        "online": said(online and online["percent"]),
        "agencies": len(standing),
        "late": sum(row["late"] for row in standing),
        "corrections": len(found.corrections),
    }
