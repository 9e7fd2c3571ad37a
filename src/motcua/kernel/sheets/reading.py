"""A filled-in table, read cell by cell: nothing is guessed, and all that is wrong is told."""

import posixpath
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel
from openpyxl.utils.escape import unescape

from motcua.kernel.money import grouped
from motcua.kernel.text import clean, fold

from .tables import (
    DATA_SHEET,
    PROBLEM_HEADING,
    ROWS_MAX,
    Column,
    ColumnKind,
    Problem,
    Reading,
    Row,
    Table,
    Value,
)
from .workbooks import UnreadableWorkbook, Workbook, local_name, open_workbook

TEXTS_MAX = 200_000  # different texts in a file
MERGED_TOLD = 5
YEARS = range(1900, 2200)

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_FORMATS_OF_DATES = frozenset({*range(27, 37), *range(50, 59)})  # of East Asian Excel, unlisted


@dataclass(frozen=True, kw_only=True)
class _Cell:
    """A cell that holds something."""

    kind: str  # text, number, date, formula, fault
    text: str
    number: float = 0.0


def read_table(table: Table, file: IO[bytes]) -> Reading:
    """
    Read the sheet "Dữ liệu" of a file from outside, or its only sheet.

    What is wrong in a cell is among the problems of what is returned, with its address.

    :raises UnreadableWorkbook: if the file may do harm, is no table, or has merged cells, too
        many rows or other headings
    """
    book = open_workbook(file)
    try:
        return _read(table, book)
    except ValueError as error:  # a number that is none, where the format wants one
        raise UnreadableWorkbook(
            _("Tệp bảng tính không đúng chuẩn. Vui lòng chép số liệu sang tệp mẫu rồi gửi lại.")
        ) from error


def _read(table: Table, book: Workbook) -> Reading:
    sheet, epoch = _sheet_of(book)
    cells = _cells_of(book, sheet, table)
    columns = _columns_of(table, cells.get(1, {}))
    found = [_row(number, cells[number], columns, epoch) for number in sorted(cells) if number > 1]
    rows = [(row, problems) for row, problems in found if any(row.said.values())]
    return Reading(
        rows=tuple(row for row, _problems in rows),
        problems=tuple(problem for _row, problems in rows for problem in problems),
        letters={column.key: letters for letters, column in columns.items()},
    )


# The file


def _sheet_of(book: Workbook) -> tuple[str, datetime]:
    sheets: dict[str, str] = {}
    epoch = WINDOWS_EPOCH
    for name, element in book.elements("xl/workbook.xml", "sheet", "workbookPr"):
        if name == "workbookPr":
            if element.get("date1904") in ("1", "true"):
                epoch = MAC_EPOCH
            continue
        relation = next((v for k, v in element.attrib.items() if local_name(k) == "id"), "")
        sheets[clean(element.get("name", ""))] = relation
    relation = sheets.get(DATA_SHEET) or (next(iter(sheets.values())) if len(sheets) == 1 else "")
    if not relation:
        raise UnreadableWorkbook(
            _("Tệp không có trang tính «%(name)s». Vui lòng dùng tệp mẫu.") % {"name": DATA_SHEET}
        )
    for _name, element in book.elements("xl/_rels/workbook.xml.rels", "Relationship"):
        if element.get("Id") == relation and element.get("TargetMode") != "External":
            target = element.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return posixpath.normpath(path), epoch
    raise UnreadableWorkbook(_("Tệp bảng tính thiếu phần dữ liệu. Vui lòng dùng tệp mẫu."))


def _texts_of(book: Workbook) -> list[str]:
    if not book.has("xl/sharedStrings.xml"):
        return []
    texts: list[str] = []
    for _name, element in book.elements("xl/sharedStrings.xml", "si"):
        if len(texts) == TEXTS_MAX:
            raise _too_many()
        texts.append(_text_in(element))
    return texts


def _styles_of_dates(book: Workbook) -> frozenset[int]:
    if not book.has("xl/styles.xml"):
        return frozenset()
    dates = {number for number, form in BUILTIN_FORMATS.items() if is_date_format(form)}
    dates |= _FORMATS_OF_DATES
    styles: set[int] = set()
    for name, element in book.elements("xl/styles.xml", "numFmt", "cellXfs"):
        if name == "numFmt":
            number = int(element.get("numFmtId", "0"))
            (dates.add if is_date_format(element.get("formatCode")) else dates.discard)(number)
        else:
            forms = [int(each.get("numFmtId", "0")) for each in element]
            styles = {style for style, form in enumerate(forms) if form in dates}
    return frozenset(styles)


def _cells_of(book: Workbook, sheet: str, table: Table) -> dict[int, dict[str, _Cell]]:
    texts, dates = _texts_of(book), _styles_of_dates(book)
    rows: dict[int, dict[str, _Cell]] = {}
    merged: list[str] = []
    for name, element in book.elements(sheet, "c", "mergeCell"):
        if name == "mergeCell":
            merged.append(clean(element.get("ref", "?"))[:20])
            continue
        cell = _cell(element, texts, dates)
        if cell is None:
            continue
        address = _ADDRESS.fullmatch(element.get("r", ""))
        if address is None:
            raise UnreadableWorkbook(_("Tệp bảng tính có ô không ghi địa chỉ. Xin dùng tệp mẫu."))
        row = rows.setdefault(int(address[2]), {})
        row[address[1]] = cell
        # One row more for the headings, and twice as many columns as anybody needs.
        if len(rows) > ROWS_MAX + 1:
            raise _too_many()
        if len(row) > 2 * len(table.columns) + 1:
            raise UnreadableWorkbook(
                _("Dòng %(row)s có quá nhiều cột. Vui lòng dùng tệp mẫu.") % {"row": address[2]}
            )
    if merged:
        raise UnreadableWorkbook(
            _("Có ô gộp: %(cells)s. Vui lòng bỏ gộp ô rồi gửi lại.")
            % {"cells": ", ".join(merged[:MERGED_TOLD])}
        )
    return rows


def _cell(element: Element, texts: list[str], dates: frozenset[int]) -> _Cell | None:
    kind = element.get("t", "n")
    parts = {local_name(part.tag): part for part in element}
    if "f" in parts:
        return _Cell(kind="formula", text=f"={parts['f'].text or ''}")
    if kind == "inlineStr":
        text = _text_in(parts["is"]) if "is" in parts else ""
        return _Cell(kind="text", text=text) if text.strip() else None
    value = (parts["v"].text or "").strip() if "v" in parts else ""
    if not value:
        return None
    if kind == "s":
        index = int(value)
        text = texts[index] if 0 <= index < len(texts) else ""
        return _Cell(kind="text", text=text) if text.strip() else None
    if kind == "n":
        number = float(value)
        is_date = int(element.get("s", "0")) in dates
        text = f"{number:.15g}"
        return _Cell(kind="date" if is_date else "number", text=text, number=number)
    if kind == "d":
        day = date.fromisoformat(value[:10])
        return _Cell(kind="text", text=f"{day:%d/%m/%Y}")
    if kind == "str":
        return _Cell(kind="text", text=unescape(value))
    return _Cell(kind="fault", text=value)  # an error, or true and false


def _text_in(element: Element) -> str:
    """Return the text of its runs, without the readings that East Asian texts carry."""
    pieces: list[str] = []
    for part in element:
        name = local_name(part.tag)
        if name == "t":
            pieces.append(part.text or "")
        elif name == "r":
            pieces += [run.text or "" for run in part if local_name(run.tag) == "t"]
    return str(unescape("".join(pieces)))


def _too_many() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        _("Tệp có quá nhiều dòng: mỗi lần nạp được nhiều nhất %(max)s dòng. Vui lòng chia nhỏ tệp.")
        % {"max": grouped(ROWS_MAX)}
    )


# The headings


def _columns_of(table: Table, heading: dict[str, _Cell]) -> dict[str, Column]:
    known = {fold(column.heading): column for column in table.columns}
    columns: dict[str, Column] = {}
    faults: list[str] = []
    for letters, cell in heading.items():
        words = clean(cell.text)[:60]
        column = known.get(fold(words))
        if column is None:
            if fold(words) != fold(PROBLEM_HEADING):
                faults.append(
                    _("cột %(at)s «%(words)s» không có trong mẫu") % {"at": letters, "words": words}
                )
        elif column in columns.values():
            faults.append(_("cột «%(words)s» có hai lần") % {"words": column.heading})
        else:
            columns[letters] = column
    for column in table.columns:
        if column.required and column not in columns.values():
            faults.append(_("thiếu cột «%(words)s»") % {"words": column.heading})
    if faults:
        raise UnreadableWorkbook(
            _("Dòng tiêu đề không đúng mẫu: %(faults)s.") % {"faults": "; ".join(faults)}
        )
    return columns


# The rows


def _row(
    number: int, cells: dict[str, _Cell], columns: dict[str, Column], epoch: datetime
) -> tuple[Row, list[Problem]]:
    said: dict[str, str] = {}
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for letters, column in columns.items():
        cell = cells.get(letters)
        try:
            values[column.key] = _value(cell, column, epoch)
        except _Unusable as unusable:
            problems.append(Problem(row=number, column=column.key, message=str(unusable)))
        said[column.key] = _as_said(cell, values.get(column.key))
    return Row(number=number, said=said, values=values), problems


class _Unusable(Exception):
    """A cell does not hold what its column asks for."""


def _as_said(cell: _Cell | None, value: Value) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return clean(cell.text) if cell else ""


def _value(cell: _Cell | None, column: Column, epoch: datetime) -> Value:
    if cell is None or not clean(cell.text):
        if column.required:
            raise _Unusable(_("Ô này phải có nội dung."))
        return None if column.kind is ColumnKind.DATE else ""
    if cell.kind == "formula":
        raise _Unusable(_("Ô có công thức. Vui lòng chỉ dán giá trị."))
    if cell.kind == "fault":
        raise _Unusable(_("Ô không phải văn bản, số hay ngày."))
    if column.kind is ColumnKind.DATE:
        return _day(cell, epoch)
    if cell.kind == "date":
        raise _Unusable(_("Ô phải ở dạng văn bản, không phải dạng ngày."))
    if cell.kind == "number" and (column.kind is ColumnKind.CODE or not cell.number.is_integer()):
        raise _Unusable(_("Ô phải ở dạng văn bản, để không mất số 0 ở đầu."))
    text = clean(cell.text)
    if len(text) > column.length_max:
        raise _Unusable(
            _("Ô dài quá %(max)s ký tự. Vui lòng viết ngắn lại.") % {"max": column.length_max}
        )
    return _chosen(text, column) if column.choices else text


def _chosen(text: str, column: Column) -> str:
    for words, value in column.choices.items():
        if fold(words) == fold(text):
            return value
    raise _Unusable(_("Ô phải là một trong: %(choices)s.") % {"choices": ", ".join(column.choices)})


def _day(cell: _Cell, epoch: datetime) -> date:
    try:
        if cell.kind == "date":
            moment = from_excel(cell.number, epoch)
            if not isinstance(moment, datetime):
                raise ValueError("a time of day is not a day")
            day = moment.date()
        elif cell.kind == "text" and (said := _DAY.fullmatch(clean(cell.text))):
            day = date(int(said[3]), int(said[2]), int(said[1]))
        else:
            raise ValueError("neither a date nor dd/mm/yyyy")
        if day.year not in YEARS:
            raise ValueError("a slip of the keyboard")
    except (ValueError, OverflowError) as error:
        raise _Unusable(_("Ô phải là ngày, viết ngày/tháng/năm, ví dụ 15/10/2024.")) from error
    return day
