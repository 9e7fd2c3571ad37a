"""A file of the crawl: one JSON object a line, and lines that are not."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

LINE_BYTES_MAX = 5 * 1024 * 1024
DEPTH_MAX = 16
_CHUNK = 64 * 1024
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, kw_only=True)
class BadLine:
    """A line that could not be taken, and why. The others are."""

    number: int
    reason: str


class _Refused(ValueError):
    """The line is no object that can be kept."""


def read_lines(file: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | BadLine]]:
    """Return each line's number, with the object on it or why there is none."""
    number = 0
    while line := file.readline(LINE_BYTES_MAX + 1):
        number += 1
        if len(line) > LINE_BYTES_MAX:
            _skip_the_rest(file, line)
            reason = _("dòng dài quá %(max)d MB") % {"max": LINE_BYTES_MAX // 1024**2}
            yield number, BadLine(number=number, reason=reason)
            continue
        line = line.removeprefix(_BOM) if number == 1 else line
        if not line.strip():
            continue
        try:
            yield number, _object(line)
        except _Refused as refused:
            yield number, BadLine(number=number, reason=str(refused))


def canonical(original: dict[str, Any]) -> str:
    """Return the one JSON text that stands for the object, whatever the order of its keys."""
    return json.dumps(
        original, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest_of(original: dict[str, Any]) -> str:
    """Return the SHA-256 of the canonical object."""
    return hashlib.sha256(canonical(original).encode()).hexdigest()


def _skip_the_rest(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(_CHUNK)


def _object(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(
            line.decode("utf-8"), object_pairs_hook=_without_doubles, parse_constant=_no_number
        )
    except UnicodeDecodeError as error:
        raise _Refused(_("không phải UTF-8 (byte %(at)d)") % {"at": error.start}) from None
    except RecursionError:
        raise _Refused(_("lồng nhau quá sâu")) from None
    except json.JSONDecodeError as error:
        reason = _("không phải JSON, có thể bị cắt cụt (ký tự %(at)d)") % {"at": error.pos}
        raise _Refused(reason) from None
    except _Refused:
        raise
    except ValueError:  # Python itself refuses numbers of thousands of digits
        raise _Refused(_("có số không lưu được")) from None
    if not isinstance(found, dict):
        raise _Refused(_("không phải một đối tượng JSON"))
    _refuse_what_cannot_be_kept(found)
    return found


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Refused(_("một khóa có hai lần trong cùng đối tượng"))
    return found


def _no_number(name: str) -> None:
    raise _Refused(_("có giá trị %(name)s, không phải số") % {"name": name})


def _refuse_what_cannot_be_kept(found: dict[str, Any]) -> None:
    """PostgreSQL keeps neither NUL nor halves of characters, JSON no infinite numbers."""
    level: list[Any] = [found]
    for _depth in range(DEPTH_MAX):
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                below += [*value.keys(), *value.values()]
            elif isinstance(value, list):
                below += value
            elif isinstance(value, str):
                _refuse_text(value)
            elif isinstance(value, float) and value in (float("inf"), float("-inf")):
                raise _Refused(_("có số không lưu được"))
        if not below:
            return
        level = below
    raise _Refused(_("lồng nhau quá sâu"))


def _refuse_text(value: str) -> None:
    if "\0" in value:
        raise _Refused(_("có ký tự NUL"))
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise _Refused(_("có nửa ký tự Unicode")) from None
