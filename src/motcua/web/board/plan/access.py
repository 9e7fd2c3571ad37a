"""Who may open the plan's screens, and what all of them share."""

from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from motcua.documents.definitions import JPEG, PDF, PNG
from motcua.documents.models import StoredFile
from motcua.documents.queries import content_of
from motcua.kernel import clock
from motcua.plans.models import Plan
from motcua.plans.policies import sees_all, takes_part
from motcua.plans.queries import NoSuchPlan, current_plan
from motcua.plans.services import Incomplete
from motcua.web.access import OfficerRequest, View, officer_required
from motcua.web.papers import PDF_POLICY

ACCEPTED = frozenset({PDF, JPEG, PNG})
_PICTURE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


class PlanRequest(OfficerRequest):
    """A request that `plan_required` let through."""

    plan: Plan
    sees_all: bool


def plan_required(view: View) -> View:
    """Let through who acts for an agency that the plan gives tasks to, with the plan in force."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not takes_part(request.mandate):
            return render(request, "sign_in/not_a_leader.html", status=403)
        try:
            request.plan = current_plan(clock.today())
        except NoSuchPlan as missing:
            raise Http404 from missing
        request.sees_all = sees_all(request.mandate, request.plan)
        return view(request, *args, **kwargs)

    return officer_required(guarded)


def posted_file(request: OfficerRequest, key: str, missing: str) -> UploadedFile:
    """
    Return the file that was sent.

    :raises Incomplete: with the message, if there is none
    """
    file = request.FILES.get(key)
    if not isinstance(file, UploadedFile):
        raise Incomplete(missing, key=key)
    return file


def file_response(file: StoredFile) -> HttpResponse:
    """Send a file under the type that its content was checked to be, able to do nothing."""
    return HttpResponse(
        content_of(file),
        headers={
            "Content-Type": file.media_type,
            "Content-Disposition": str(
                content_disposition_header(as_attachment=False, filename=file.name)
            ),
            "Content-Security-Policy": PDF_POLICY if file.media_type == PDF else _PICTURE_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
