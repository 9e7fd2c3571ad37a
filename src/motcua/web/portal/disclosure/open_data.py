"""Open data of a month: JSON and CSV of the same bytes as the page, at addresses that stay."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.disclosure.definitions import TABLES, rows_of, table_with
from motcua.kernel.ledger.chain import canonical
from motcua.web.spreadsheets import csv_file

from .access import published_or_404

# No longer: a name that was rightly objected to must go from caches as well.
_CACHE = "public, max-age=300, must-revalidate"


@require_safe
def as_json(request: HttpRequest, month: str) -> HttpResponse:
    """
    Return the content with its corrections over it, and the digest of what was sealed.

    While no name was taken away, `sealed` holds the sealed bytes as text: whoever wants to can
    reckon their SHA-256 anew.
    """
    found = published_or_404(month)
    publication = found.publication
    sealed = "" if found.is_unnamed else bytes(publication.content or b"").decode()
    told = {
        "view": found.view,
        "sha256": publication.digest,
        "sealed": sealed,
        "unnamed": found.is_unnamed,
        "published_at": publication.published_at and publication.published_at.isoformat(),
    }
    content = canonical(told).encode()
    return _file(request, content, "application/json", f"cong-khai-{month}.json")


@require_safe
def as_csv(request: HttpRequest, month: str, table: str) -> HttpResponse:
    """Return one table, safe to open in a spreadsheet."""
    wanted = table_with(table)
    if wanted is None:
        raise Http404
    found = published_or_404(month)
    content = csv_file([column.key for column in wanted.columns], rows_of(wanted, found.view))
    return _file(request, content, "text/csv; charset=utf-8", f"{table}-{month}.csv")


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """What every column of every table means."""
    crumbs = [
        (_("Trang chủ"), reverse("portal:home")),
        (_("Công khai hằng tháng"), reverse("portal:disclosures")),
    ]
    return render(
        request, "portal/disclosure/dictionary.html", {"tables": TABLES, "crumbs": crumbs}
    )


def _file(request: HttpRequest, content: bytes, kind: str, name: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = _CACHE
    response.headers["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    assert answer is not None  # it was given one
    return answer
