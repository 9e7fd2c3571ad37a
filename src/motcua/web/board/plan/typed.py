"""What is typed into the plan's boxes, read: numbers. Services judge the rest."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.plans.services import Incomplete
from motcua.web.numbers import whole


def posted_percent(data: QueryDict) -> int:
    """
    Return the percentage that is typed, with or without its sign.

    :raises Incomplete: if it is no whole number
    """
    typed = data.get("percent", "").strip().removesuffix("%").strip()
    percent = whole(typed, digits_max=3)
    if percent is None:
        raise Incomplete(_("Tiến độ là một số nguyên từ 0 đến 100."), key="percent")
    return percent
