"""Acts that ask for nothing but a reason, in words that somebody will read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse

from motcua.dossiers.models import Dossier
from motcua.web.access import OfficerRequest
from motcua.web.words import Words

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .forms import ReasonForm


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The box for the reason: its label, who will read it, and what is said when it is empty."""

    label: Words
    hint: Words
    missing: Words
    name: str = "reason"  # of the service's argument


def act_with_a_reason(
    request: OfficerRequest,
    code: str,
    page: ActPage,
    act: Callable[..., Dossier],
    asked: Asked,
    beside: Callable[[Dossier], dict[str, object]] = lambda dossier: {},
) -> HttpResponse:
    """Show the page of such an act, or do it; `beside` tells what is shown over the form."""
    dossier = dossier_or_404(request, code)
    form = ReasonForm(posted(request), label=asked.label, hint=asked.hint, missing=asked.missing)

    def perform_it(at: datetime) -> None:
        act(
            dossier_id=dossier.pk,
            mandate=request.mandate,
            at=at,
            **{asked.name: form.cleaned_data["reason"]},
        )

    return perform(request, dossier, page, form, perform_it, **beside(dossier))
