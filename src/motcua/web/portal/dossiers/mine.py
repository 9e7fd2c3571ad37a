"""Everything a person has filed or begun to file."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.dossiers import policies, queries
from motcua.filings.queries import drafts_of
from motcua.filings.services import DRAFT_LIFE
from motcua.web import standing
from motcua.web.access import CitizenRequest, citizen_required
from motcua.web.pages import page_asked

ON_A_PAGE = 20


@require_safe
@citizen_required
def index(request: CitizenRequest) -> HttpResponse:
    """Show what needs the person first, then what was begun, then the rest."""
    page = Paginator(queries.dossiers_of(request.person), ON_A_PAGE).get_page(page_asked(request))
    waiting_in_a_part = queries.waiting_in_a_part(page)
    cards = [
        {
            "dossier": dossier,
            "now": standing.now_words(dossier),
            "promise": standing.promise_of(dossier),
            "may_supplement": policies.applicant_may(
                policies.supplement_verb(dossier), request.person, dossier
            ),
            "waiting": standing.waits_for_applicant(dossier) or dossier.pk in waiting_in_a_part,
        }
        for dossier in page
    ]
    return render(
        request,
        "portal/dossiers/mine.html",
        {
            "page": page,
            "waiting": [card for card in cards if card["waiting"]],
            "others": [card for card in cards if not card["waiting"]],
            "drafts": [
                {"draft": draft, "kept_until": draft.updated_at + DRAFT_LIFE}
                for draft in drafts_of(request.person)
            ]
            if page.number == 1
            else [],
        },
    )
