"""Tables as files that a spreadsheet opens: XLSX and CSV, however long, a row at a time."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, cast

import xlsxwriter
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from motcua.kernel.clock import CITY_TIME
from motcua.kernel.sheets import AS_TYPED, Letterhead, OfficialBook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_A_SHEET = 1_048_575  # what a sheet holds below its heading
ROWS_A_PIECE = 500
_KEPT_IN_MEMORY = 1_000_000  # bytes; what is longer goes through a file on disk

# A cell that begins so is a formula to a spreadsheet, whoever wrote it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

Row = Sequence[Any]


def csv_response(name: str, heading: Row, rows: Iterable[Row]) -> HttpResponse:
    """Return the table as CSV, sent while it is read."""
    response = StreamingHttpResponse(
        _csv_pieces(heading, rows), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["Cache-Control"] = "no-store"
    # To whoever calls, a response is a response; Django's types part those that stream.
    return cast(HttpResponse, response)


def csv_file(heading: Row, rows: Iterable[Row]) -> bytes:
    """Return the table as the bytes of a CSV file that is short enough to be kept whole."""
    return b"".join(_csv_pieces(heading, rows))


def xlsx_response(name: str, heading: Row, rows: Iterable[Row]) -> HttpResponse:
    """Return the table as XLSX, with columns as wide as their headings suggest."""
    return _sent(xlsx_file(heading, rows), name)


def official_response(
    name: str, letterhead: Letterhead, write: Callable[[OfficialBook], None]
) -> HttpResponse:
    """Return a workbook under the official head, as `write` fills it."""
    file = io.BytesIO()
    with OfficialBook(file, letterhead) as book:
        write(book)
    file.seek(0)
    return _sent(file, name)


def _sent(file: Any, name: str) -> HttpResponse:
    response = FileResponse(file, content_type=XLSX, as_attachment=True, filename=f"{name}.xlsx")
    response.headers["Cache-Control"] = "no-store"
    # To whoever calls, a response is a response; Django's types part those that stream.
    return cast(HttpResponse, response)


def xlsx_file(heading: Row, rows: Iterable[Row]) -> Any:
    """Return an open file with the table; no more than one row is in memory at a time."""
    file = tempfile.SpooledTemporaryFile(max_size=_KEPT_IN_MEMORY)  # noqa: SIM115 - the response's
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            **AS_TYPED,
            "default_date_format": "dd/mm/yyyy hh:mm",
            "remove_timezone": True,
        },
    )
    sheet = book.add_worksheet(_("Danh sách"))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    for column, words in enumerate(heading):
        sheet.set_column(column, column, max(12, min(len(str(words)) + 6, 40)))
        sheet.write_string(0, column, str(words), bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, number, column, value)
    book.close()
    file.seek(0)
    return file


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value.astimezone(CITY_TIME))
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, str(value))


def _csv_pieces(heading: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    piece = io.StringIO()
    writer = csv.writer(piece)
    piece.write("\ufeff")  # without it, Excel takes the file for the letters of the West
    writer.writerow([str(words) for words in heading])
    for number, row in enumerate(rows, start=1):
        writer.writerow([_as_text(value) for value in row])
        if number % ROWS_A_PIECE == 0:
            yield piece.getvalue().encode()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue().encode()


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(CITY_TIME).strftime("%d/%m/%Y %H:%M")
    if value is None:
        return ""
    text = str(value)
    is_formula = not isinstance(value, int) and text.startswith(_FORMULA_STARTS)
    return f"'{text}" if is_formula else text
