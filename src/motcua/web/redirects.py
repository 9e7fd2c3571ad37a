"""Where a form leads after it was accepted."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import resolve_url


class SeeOther(HttpResponseRedirectBase):
    """303: what was asked for is done; look at the result there, and never post again."""

    status_code = 303


def see_other(to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Lead on to a screen by its name, or to a path."""
    return SeeOther(resolve_url(to, *args, **kwargs))
