"""Workbooks that an office hands round: the official head, a title, a table, how it is counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

# What people typed stays text, also when it looks like a formula, an address or a number.
AS_TYPED: Mapping[str, bool] = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# Decree 30/2020/NĐ-CP, annex I.
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_A4 = 9
_LETTERS_A_LINE = 130
_LINE_POINTS = 15

Value = str | int


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Who issues a paper, and under what it stands; what is empty is left out."""

    agency: str
    agency_above: str = ""
    number: str = ""
    place_and_day: str = ""

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Return the head line by line: the agency's side, and the nation's."""
        names = [name.upper() for name in (self.agency_above, self.agency) if name]
        left = [*names, ""][:2]
        head = list(zip(left, (NATION, MOTTO), strict=True))
        if self.number or self.place_and_day:
            head.append((self.number, self.place_and_day))
        return head


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Some columns of a table, under one heading if it has words."""

    names: Sequence[str]
    group: str = ""


class OfficialBook:
    """A workbook of which every sheet opens with the official head."""

    def __init__(
        self, file: Any, letterhead: Letterhead, *, properties: Mapping[str, Any] | None = None
    ) -> None:
        self._book = xlsxwriter.Workbook(file, {"in_memory": True, **AS_TYPED})
        self._book.set_properties(dict(properties or {}))
        self.letterhead = letterhead
        bold: dict[str, Any] = {"bold": True, "text_wrap": True}
        framed: dict[str, Any] = {"border": 1, "valign": "top"}
        self.looks = {
            "centre": self._book.add_format({**bold, "align": "center"}),
            "bold": self._book.add_format({**bold, "valign": "top"}),
            "text": self._book.add_format({"text_wrap": True, "valign": "top"}),
            "heading": self._book.add_format(
                {**bold, "align": "center", "valign": "vcenter", "border": 1}
            ),
            "cell": self._book.add_format({**framed, "text_wrap": True}),
            "number": self._book.add_format({**framed, "num_format": "#,##0"}),
        }

    def __enter__(self) -> "OfficialBook":
        return self

    def __exit__(self, *_error: object) -> None:
        self._book.close()

    def sheet(
        self, name: str, *, widths: Sequence[float], left: int, landscape: bool = False
    ) -> "OfficialSheet":
        """Return a new sheet below its head; the agency stands over the first `left` columns."""
        return OfficialSheet(
            self._book.add_worksheet(name), self, widths=widths, left=left, landscape=landscape
        )


class OfficialSheet:
    """A sheet that is written from top to bottom."""

    def __init__(
        self,
        sheet: Any,
        book: OfficialBook,
        *,
        widths: Sequence[float],
        left: int,
        landscape: bool,
    ) -> None:
        self._sheet, self._looks = sheet, book.looks
        self._last = len(widths) - 1
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        if landscape:
            sheet.set_landscape()
        for row, (agency, nation) in enumerate(book.letterhead.lines):
            self._merged(row, 0, left - 1, agency, "centre")
            self._merged(row, left, self._last, nation, "centre")
        self._row = len(book.letterhead.lines) + 1

    def title(self, *lines: str) -> None:
        """Write lines over the whole width, in the middle, and leave a row free."""
        for words in lines:
            self._merged(self._row, 0, self._last, words, "centre")
            self._row += 1
        self._row += 1

    def paragraph(self, words: str, *, bold: bool = False) -> None:
        """Write words over the whole width, as high as they need."""
        self._merged(self._row, 0, self._last, words, "bold" if bold else "text")
        lines = 1 + len(words) // _LETTERS_A_LINE + words.count("\n")
        self._sheet.set_row(self._row, _LINE_POINTS * lines)
        self._row += 1

    def table(
        self, columns: Sequence[Columns], rows: Iterable[Sequence[Value]], *, kept: int = 0
    ) -> None:
        """Write a table; its heading and the first `kept` columns stay when one scrolls."""
        grouped = any(each.group for each in columns)
        top, below = self._row, self._row + grouped
        column = 0
        for each in columns:
            if each.group:
                self._merged(top, column, column + len(each.names) - 1, each.group, "heading")
            for name in each.names:
                if grouped and not each.group:
                    self._sheet.merge_range(top, column, below, column, "", self._looks["heading"])
                    self._sheet.write_string(top, column, name, self._looks["heading"])
                else:
                    self._sheet.write_string(below, column, name, self._looks["heading"])
                column += 1
        self._sheet.freeze_panes(below + 1, kept)
        self._row = below + 1
        for values in rows:
            for place, value in enumerate(values):
                if isinstance(value, int):
                    self._sheet.write_number(self._row, place, value, self._looks["number"])
                else:
                    self._sheet.write_string(self._row, place, value, self._looks["cell"])
            self._row += 1
        self._row += 1

    def notes(self, lines: Iterable[str]) -> None:
        """Write lines from the left edge on, however long."""
        for words in lines:
            self._sheet.write_string(self._row, 0, words)
            self._row += 1

    def signature(self, title: str, name: str) -> None:
        """Write who signs to the right, with room above the name."""
        place = max(self._last - 1, 0)
        self._sheet.write_string(self._row + 1, place, title.upper(), self._looks["centre"])
        self._sheet.write_string(self._row + 3, place, name, self._looks["centre"])
        self._row += 4

    def _merged(self, row: int, first: int, last: int, words: str, look: str) -> None:
        # Merged empty and written after: `merge_range` would take words for a formula.
        if last > first:
            self._sheet.merge_range(row, first, row, last, "", self._looks[look])
        self._sheet.write_string(row, first, words, self._looks[look])
