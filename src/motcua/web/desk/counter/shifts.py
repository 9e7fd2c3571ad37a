"""The end of a shift: the list to hand over, the money counted, and the list as it was signed."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers.queries import shift_of, shifts_of
from motcua.dossiers.services import DifferenceNeedsAReason, hand_over_shift
from motcua.kernel import clock, money
from motcua.procedures.definitions import Problem

from .access import CounterRequest, key_or_404, receiver_required
from .shift_sheets import handed_over, running

COUNTED_DONG_MAX = 100_000_000_000


@receiver_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: CounterRequest) -> HttpResponse:
    """Show what has been taken in since the last time, and hand it over."""
    problems: list[Problem] = []
    if request.method == "POST":
        shift_id = key_or_404(request.POST.get("shift-key", ""))
        counted = _counted(request.POST.get("counted", ""))
        if counted is None:
            message = _("Hãy đếm tiền và ghi số đếm được, ví dụ 125.000; không có thì ghi 0.")
            problems = [Problem(key="counted", message=message)]
        else:
            try:
                shift = hand_over_shift(
                    shift_id=shift_id,
                    mandate=request.mandate,
                    unit_id=request.counter.unit_id,
                    counted_dong=counted,
                    reason=request.POST.get("reason", ""),
                    at=clock.now(),
                )
            except DifferenceNeedsAReason as difference:
                problems = [Problem(key="reason", message=str(difference))]
            else:
                messages.success(request, _("Đã bàn giao ca. Hãy in danh sách để ký nhận."))
                return redirect("desk:shift", shift_id=shift.pk)
    now = clock.now()
    return render(
        request,
        "desk/counter/shift_new.html",
        {
            "sheet": running(request.mandate.officer_id, request.counter.unit_id, now=now),
            "counter": request.counter,
            "counters": request.counters,
            "officer": request.mandate.full_name,
            "key": request.POST.get("shift-key") or uuid4(),
            "counted": request.POST.get("counted", ""),
            "reason": request.POST.get("reason", ""),
            "before": shifts_of(request.mandate.officer_id, [p.unit_id for p in request.counters]),
            "now": now,
            "problems": problems,
        },
        status=422 if problems else 200,
    )


@receiver_required
@require_safe
def show(request: CounterRequest, shift_id: UUID) -> HttpResponse:
    """Show a shift as it was handed over, for printing and signing."""
    shift = shift_of(shift_id, [post.unit_id for post in request.counters])
    if shift is None:
        raise Http404
    return render(
        request,
        "desk/counter/shift.html",
        {"shift": shift, "sheet": handed_over(shift), "officer": shift.officer.full_name},
    )


def _counted(typed: str) -> int | None:
    for reading in (typed, f"{typed} ₫"):  # the box says đồng: a lone dot groups
        try:
            amount = money.parse_dong(reading)
        except money.NotAnAmount:
            continue
        return amount if 0 <= amount <= COUNTED_DONG_MAX else None
    return None
