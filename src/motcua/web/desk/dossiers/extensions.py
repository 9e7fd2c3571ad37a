"""The leader takes more time, where the version of the procedure allows it."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import services
from motcua.procedures.queries import compiled
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .deadlines import limit_in_words
from .forms_of_lateness import ExtensionForm

PAGE = ActPage(
    verb="extend",
    title=_("Gia hạn"),
    lead=_("Hạn trả lùi lại theo thời gian gia hạn. Người nộp đọc nguyên văn lý do và hạn mới."),
    button=_("Gia hạn"),
    told=_("Đã gia hạn. Người nộp thấy hạn mới trên trang hồ sơ."),
    template="desk/dossiers/extension_new.html",
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for how long and why, and extend."""
    dossier = dossier_or_404(request, code)
    extension = compiled(dossier.version_id).extension
    form = ExtensionForm(posted(request), most=limit_in_words(extension.limit) if extension else "")

    def act(at: datetime) -> None:
        services.extend_dossier(
            dossier_id=dossier.pk,
            mandate=request.mandate,
            amount=form.cleaned_data["amount"],
            reason=form.cleaned_data["reason"],
            at=at,
        )

    return perform(request, dossier, PAGE, form, act, extension=extension)
