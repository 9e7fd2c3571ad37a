"""The file as a package: opened only if it can do no harm, and its parts handed out."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

UNPACKED_MAX = 50_000_000  # bytes
RATIO_MAX = 200  # of what is unpacked to what was packed
RATIO_FROM = 2_000_000  # bytes; small files of equal rows pack better than that
PARTS_MAX = 500
NESTED_MAX = 2_000  # elements in one cell or one text: rich text has some, never more

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
# Parts that fetch, run or embed something.
_LIVE_PARTS = ("xl/externallinks/", "xl/embeddings/", "xl/activex/", "xl/querytables/")
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class UnreadableWorkbook(Exception):
    """A file is refused whole: what it is, or what it carries, is not a plain table."""


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """A package that was found harmless. Its parts are read as streams."""

    package: zipfile.ZipFile

    def has(self, name: str) -> bool:
        """Return whether there is such a part."""
        return name in self.package.NameToInfo

    def elements(self, name: str, *wanted: str) -> Iterator[tuple[str, Element]]:
        """
        Yield the elements of these names as they end; nothing else of the part stays in memory.

        :raises UnreadableWorkbook: if the part is not plain XML, or not there
        """
        try:
            with self.package.open(name) as part:
                yield from _elements(part, frozenset(wanted))
        except (
            DefusedXmlException,
            KeyError,
            NotImplementedError,
            OSError,
            ParseError,
            RuntimeError,
            zipfile.BadZipFile,
            ValueError,
        ) as error:
            raise _broken() from error


def open_workbook(file: IO[bytes]) -> Workbook:
    """
    Open a file from outside.

    :raises UnreadableWorkbook: if it is not XLSX, is locked, runs or fetches anything, or would
        unpack to more than a table of people can be
    """
    if file.read(4) == _OLD_OR_LOCKED:
        raise UnreadableWorkbook(
            _(
                "Tệp có mật khẩu hoặc thuộc dạng .xls cũ. "
                "Vui lòng bỏ mật khẩu và lưu lại dạng .xlsx."
            )
        )
    file.seek(0)
    try:
        package = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableWorkbook(
            _("Đây không phải tệp bảng tính .xlsx, hoặc tệp đã hỏng. Vui lòng lưu lại dạng .xlsx.")
        ) from error
    parts = package.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableWorkbook(_("Tệp có mật khẩu. Vui lòng bỏ mật khẩu rồi gửi lại."))
    names = [part.filename.casefold() for part in parts]
    if any(part.compress_type not in _PACKINGS for part in parts) or len(set(names)) < len(names):
        raise _broken()
    _check_size(parts)
    if any(name.endswith("vbaproject.bin") for name in names) or _says_macros(package):
        raise UnreadableWorkbook(
            _("Tệp có chứa macro. Vui lòng chép số liệu sang tệp mẫu .xlsx không có macro.")
        )
    if any(name.startswith(_LIVE_PARTS) or name == "xl/connections.xml" for name in names):
        raise UnreadableWorkbook(
            _(
                "Tệp có liên kết ra ngoài hoặc đối tượng nhúng. "
                "Vui lòng chép số liệu sang tệp mẫu rồi gửi lại."
            )
        )
    return Workbook(package=package)


def _check_size(parts: list[zipfile.ZipInfo]) -> None:
    # What a part claims binds it: reading stops there, and the checksum fails.
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    is_bomb = unpacked > RATIO_FROM and unpacked > RATIO_MAX * packed
    if unpacked > UNPACKED_MAX or len(parts) > PARTS_MAX or is_bomb:
        raise UnreadableWorkbook(
            _("Tệp quá lớn khi mở ra. Vui lòng chỉ giữ những dòng cần nạp, rồi gửi lại.")
        )


def _says_macros(package: zipfile.ZipFile) -> bool:
    try:
        return b"macroenabled" in package.read("[Content_Types].xml").lower()
    except (KeyError, zipfile.BadZipFile, OSError, RuntimeError) as error:
        raise _broken() from error


def local_name(tag: str) -> str:
    """Return a name without its namespace: the format has two, and files of both are about."""
    return tag.rpartition("}")[2]


def _elements(part: IO[bytes], wanted: frozenset[str]) -> Iterator[tuple[str, Element]]:
    path: list[Element] = []
    inside = nested = 0
    for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
        name = local_name(element.tag)
        if event == "start":
            path.append(element)
            inside += name in wanted
            nested = nested + 1 if inside else 0
            if nested > NESTED_MAX:
                raise _broken()
            continue
        path.pop()
        if name in wanted:
            inside -= 1
            yield name, element
        if not inside:
            nested = 0
            if path:
                path[-1].remove(element)


def _broken() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        _("Không đọc được nội dung tệp. Vui lòng chép số liệu sang tệp mẫu rồi gửi lại.")
    )
