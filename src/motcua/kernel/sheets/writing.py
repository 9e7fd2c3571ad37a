"""Tables as files to fill in, and files handed back with what is wrong written beside."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from .official import AS_TYPED
from .tables import (
    DATA_SHEET,
    GUIDE_SHEET,
    PROBLEM_HEADING,
    ROWS_MAX,
    Column,
    ColumnKind,
    Problem,
    Row,
    Table,
)

_WIDTH_MIN, _WIDTH_MAX = 14, 60


def template(table: Table) -> bytes:
    """Return a file to fill in: headings, choices to pick from, and a sheet that explains."""
    content = io.BytesIO()
    with _book(content) as book:
        sheet = book.add_worksheet(DATA_SHEET)
        _head(book, sheet, table.columns)
        for place, column in enumerate(table.columns):
            if column.choices:
                sheet.data_validation(
                    1,
                    place,
                    ROWS_MAX,
                    place,
                    {
                        "validate": "list",
                        "source": list(column.choices),
                        "error_title": "Chưa đúng",
                        "error_message": "Vui lòng chọn trong danh sách.",
                    },
                )
        _explain(book, table)
    return content.getvalue()


def annotated(table: Table, rows: Iterable[Row], problems: Sequence[Problem]) -> bytes:
    """Return the rows as they were read, made anew, with what is wrong in the last column."""
    content = io.BytesIO()
    told: dict[int, list[Problem]] = {}
    for problem in problems:
        told.setdefault(problem.row, []).append(problem)
    with _book(content) as book:
        sheet = book.add_worksheet(DATA_SHEET)
        _head(book, sheet, table.columns)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        last = len(table.columns)
        sheet.write_string(0, last, PROBLEM_HEADING, bold)
        sheet.set_column(last, last, _WIDTH_MAX)
        plain = book.add_format({"num_format": "@"})
        faulty = book.add_format({"num_format": "@", "bg_color": "#FFD9D2"})
        wrapped = book.add_format({"text_wrap": True, "font_color": "#9C1C00"})
        for number, row in enumerate(rows, start=1):
            wrong = told.get(row.number, [])
            columns = {problem.column for problem in wrong}
            for place, column in enumerate(table.columns):
                look = faulty if column.key in columns else plain
                # As text, whatever it looks like: nothing in it is calculated or opened.
                if said := row.said.get(column.key, ""):
                    sheet.write_string(number, place, said, look)
                else:
                    sheet.write_blank(number, place, None, look)
            if wrong:
                sheet.write_string(number, last, "\n".join(_told(table, wrong)), wrapped)
        _explain(book, table)
    return content.getvalue()


def _told(table: Table, problems: Iterable[Problem]) -> list[str]:
    return [
        f"{table.column(each.column).heading}: {each.message}" if each.column else each.message
        for each in problems
    ]


def _book(content: io.BytesIO) -> Any:
    return xlsxwriter.Workbook(content, {"in_memory": True, **AS_TYPED})


def _head(book: Any, sheet: Any, columns: Sequence[Column]) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        width = max(_WIDTH_MIN, min(max(len(column.heading), len(column.example)) + 4, _WIDTH_MAX))
        sheet.set_column(place, place, width, day if column.kind is ColumnKind.DATE else text)
        sheet.write_string(0, place, column.heading, bold)


def _explain(book: Any, table: Table) -> None:
    sheet = book.add_worksheet(GUIDE_SHEET)
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 3, _WIDTH_MAX)
    for place, words in enumerate(("Cột", "Bắt buộc", "Cách ghi", "Ví dụ")):
        sheet.write_string(0, place, words, bold)
    for line, column in enumerate(table.columns, start=1):
        hint = column.hint
        if column.choices:
            hint += " Chọn một trong: " + "; ".join(column.choices) + "."
        sheet.write_string(line, 0, column.heading, wrapped)
        sheet.write_string(line, 1, "Có" if column.required else "Không", wrapped)
        sheet.write_string(line, 2, hint, wrapped)
        sheet.write_string(line, 3, column.example, wrapped)
    for line, note in enumerate(table.notes, start=len(table.columns) + 2):
        sheet.write_string(line, 0, note)
