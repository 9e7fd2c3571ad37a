"""How a request's JSON is read: strictly, so that nothing is understood in two ways."""

import json
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.parser import Parser

from motcua.web.numbers import whole

from .problems import Refused

JSON_BYTES_MAX = 1_000_000
MULTIPART_ROOM_BYTES = 10_000  # the parts' own headers and boundaries

_MEDIA_TYPES = frozenset({"application/json", "multipart/form-data"})

# What no text of ours holds, and PostgreSQL (U+0000) or UTF-8 (half a surrogate pair) cannot.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def check_length(request: HttpRequest) -> None:
    """
    Stop a body that is too long, or of no kind we know, before any of it is read.

    :raises Refused: if it is longer than its kind may be, or of another kind
    """
    told = whole(request.META.get("CONTENT_LENGTH") or "0")
    longest = (
        settings.UPLOAD_BYTES_MAX + MULTIPART_ROOM_BYTES
        if request.content_type == "multipart/form-data"
        else JSON_BYTES_MAX
    )
    if told is None:
        raise Refused("malformed-request")
    if told and request.content_type not in _MEDIA_TYPES:
        raise Refused("unsupported-media-type")
    if told > longest:
        raise Refused("too-large")


class StrictParser(Parser):
    """Reads JSON objects only; no doubled keys, no NaN, no characters that cannot be stored."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """
        Return the object in the request's body.

        :raises Refused: if it is not JSON, not an object or ambiguous
        """
        if request.content_type != "application/json":
            raise Refused("unsupported-media-type")
        raw = request.body
        try:
            document = json.loads(
                raw.decode(), object_pairs_hook=_each_key_once, parse_constant=_refuse_constant
            )
        except (ValueError, RecursionError) as error:
            raise Refused("malformed-request") from error
        if not isinstance(document, dict):
            raise Refused("malformed-request")
        # Raw control characters are no JSON; escaped ones come with a backslash.
        if b"\\" in raw or b"\x7f" in raw:
            _check_text(document, "")
        return document


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        # One reader takes the first, another the last: that is how checks are got around.
        raise ValueError("a key stands twice in one object")
    return read


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _check_text(value: Any, where: str) -> None:
    match value:
        case str() if _UNREADABLE.search(value):
            message = f"U+{_code_in(value):04X}"
            raise Refused("unreadable-text", errors=[{"key": where, "message": message}])
        case dict():
            for key, inner in value.items():
                _check_text(key, where)
                _check_text(inner, f"{where}.{key}"[-120:].lstrip("."))
        case list():
            for inner in value:
                _check_text(inner, where)


def _code_in(text: str) -> int:
    found = _UNREADABLE.search(text)
    return ord(found.group()) if found else 0
