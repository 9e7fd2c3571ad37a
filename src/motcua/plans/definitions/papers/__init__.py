"""The report as files: the same content and signature make the same bytes, whenever asked."""

from collections.abc import Callable

from motcua.plans.definitions.kinds import ReportFormat
from motcua.plans.definitions.reports import Content

from .signed import Signed
from .text_document import docx
from .typeset import pdf
from .workbook import xlsx

__all__ = ["MEDIA_TYPES", "Signed", "docx", "pdf", "written", "xlsx"]

MEDIA_TYPES = {
    ReportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportFormat.PDF: "application/pdf",
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WRITERS: dict[ReportFormat, Callable[[Content, Signed], bytes]] = {
    ReportFormat.DOCX: docx,
    ReportFormat.PDF: pdf,
    ReportFormat.XLSX: xlsx,
}


def written(format_: ReportFormat, content: Content, signed: Signed) -> bytes:
    """Return the report as a file of that format."""
    return _WRITERS[format_](content, signed)
