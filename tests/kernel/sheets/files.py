"""Files as people and attackers make them."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

from motcua.kernel.sheets import Table
from motcua.kernel.sheets.tables import DATA_SHEET

SHEET = "xl/worksheets/sheet1.xml"


def a_sheet(
    heading: Sequence[str], rows: Iterable[Sequence[Any]], *, name: str = DATA_SHEET, **options: Any
) -> io.BytesIO:
    """Return a workbook with these cells; text is text, a tuple of a number is a number."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, **options}) as book:
        sheet = book.add_worksheet(name)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate([heading, *rows]):
            for place, value in enumerate(row):
                if hasattr(value, "year"):
                    sheet.write_datetime(number, place, value, day)
                elif value is not None:
                    sheet.write(number, place, value)
    file.seek(0)
    return file


def a_table(table: Table, *rows: Mapping[str, Any]) -> io.BytesIO:
    """Return a filled-in template of the table, by the keys of its columns."""
    keys = [column.key for column in table.columns]
    return a_sheet(
        [column.heading for column in table.columns],
        [[row.get(key) for key in keys] for row in rows],
    )


def rewritten(file: io.BytesIO, **changes: Any) -> io.BytesIO:
    """Return the package with parts changed: `parts` (name -> content), or a sheet's XML."""
    made = io.BytesIO()
    parts: Mapping[str, bytes] = changes.get("parts", {})
    with (
        zipfile.ZipFile(file) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == SHEET and "sheet" in changes:
                pattern, words = changes["sheet"]
                content, times = re.subn(pattern, words, content, count=1)
                assert times == 1
            if name not in parts:
                new.writestr(name, content)
        for name, content in parts.items():
            new.writestr(name, content)
    made.seek(0)
    return made
