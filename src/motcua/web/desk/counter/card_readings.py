"""What a card's square says, for the page that is being filled in: JSON for our own script."""

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.kernel import clock
from motcua.parties.definitions import NotACitizenCard, read_card

from .access import CounterRequest, receiver_required
from .typed import boxes_of_card


@receiver_required
@require_POST
def create(request: CounterRequest) -> HttpResponse:
    """Read the square; nothing is kept, and nothing is proven."""
    on = clock.today()
    try:
        card = read_card(request.POST.get("intake-card", ""), on=on)
    except NotACitizenCard as unreadable:
        return JsonResponse({"told": str(unreadable)}, status=422)
    told = _("Đã điền theo mã QR. Mã QR không có chữ ký: hãy đối chiếu thẻ bản chính.")
    return JsonResponse({"boxes": boxes_of_card(card), "told": told})
