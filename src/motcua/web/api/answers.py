"""How an answer is put on the wire: encoded once, with the right leave to keep it."""

from collections.abc import Callable
from typing import Any

import msgspec
from django.http import HttpResponse

_MEDIA_TYPE = "application/json"
_encoder = msgspec.json.Encoder(uuid_format="canonical")
_kept: dict[tuple[str, int], bytes] = {}


def private(body: Any, *, status: int = 200) -> HttpResponse:
    """Return what only this principal may read; nobody on the way keeps it."""
    return HttpResponse(
        _encoder.encode(body),
        status=status,
        content_type=_MEDIA_TYPE,
        headers={"Cache-Control": "no-store"},
    )


def public(body: Any) -> HttpResponse:
    """Return what everybody may read, and keep for a minute."""
    return _public(_encoder.encode(body))


def cached(key: tuple[str, int], build: Callable[[], Any]) -> HttpResponse:
    """Return what never changes under this key, built once per process."""
    if key not in _kept:
        _kept[key] = _encoder.encode(build())
    return _public(_kept[key])


def _public(body: bytes) -> HttpResponse:
    return HttpResponse(
        body, content_type=_MEDIA_TYPE, headers={"Cache-Control": "public, max-age=60"}
    )
