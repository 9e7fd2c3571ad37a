"""The report as DOCX, laid out as Decree 30/2020/NĐ-CP, annex I, asks for."""

import io
import re
import zipfile
from datetime import UTC
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from motcua.plans.definitions.reports import BlockKind, Content

from .signed import Signed

# Readers of DOCX are found in every office; so is this letter, which the decree names.
_FONT = "Times New Roman"
# What XML cannot hold, whoever typed it.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def docx(content: Content, signed: Signed) -> bytes:
    """Return the report as DOCX."""
    document = Document()
    _set_up(document, content, signed)
    _letterhead(document, content, signed)
    _line(document, content.title, bold=True, size=14, centred=True)
    _line(document, content.about, bold=True, centred=True)
    for addressee in content.addressees:
        _line(document, f"Kính gửi: {addressee}", centred=True)
    for block in content.blocks:
        if block.kind is BlockKind.HEADING:
            document.add_heading(_plain(block.text), level=1 if block.key[:2] == "h1" else 2)
        elif block.kind is BlockKind.PARAGRAPH:
            for words in block.text.split("\n"):
                _line(document, words, justified=True)
        else:
            _table(document, block.text, block.columns, block.rows)
    _signature(document, content, signed)
    written = io.BytesIO()
    document.save(written)
    return _the_same_each_time(written.getvalue())


def _set_up(document: Any, content: Content, signed: Signed) -> None:
    [section] = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    # Top and bottom 20-25 mm, left 30-35 mm, right 15-20 mm.
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    for name, size in (("Normal", 13), ("Heading 1", 13), ("Heading 2", 13), ("Caption", 12)):
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for letters in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(letters), _FONT)
        for themed in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(themed), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    about = document.core_properties
    about.title, about.author = content.about[:250], content.agency
    about.language, about.comments, about.last_modified_by = "vi", "", content.agency
    about.created = about.modified = signed.at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    about.revision = 1


def _letterhead(document: Any, content: Content, signed: Signed) -> None:
    head = document.add_table(rows=2, cols=2)
    head.alignment = WD_TABLE_ALIGNMENT.CENTER
    head.autofit = False
    for row in head.rows:
        row.cells[0].width, row.cells[1].width = Mm(70), Mm(95)
    left, right = head.rows[0].cells
    _fill(left, content.agency_above.upper(), bold=False, size=12)
    _add(left, content.agency.upper(), bold=True, size=12)
    _fill(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12)
    _add(right, "Độc lập - Tự do - Hạnh phúc", bold=True, size=13)
    left, right = head.rows[1].cells
    _fill(left, signed.number_words, bold=False, size=13)
    _fill(right, f"{content.place}, {signed.day_words}", bold=False, size=13, italic=True)
    document.add_paragraph()


def _signature(document: Any, content: Content, signed: Signed) -> None:
    document.add_paragraph()
    foot = document.add_table(rows=1, cols=2)
    left, right = foot.rows[0].cells
    _fill(left, "Nơi nhận:", bold=True, size=12, italic=True, centred=False)
    for addressee in content.addressees:
        _add(left, f"- {addressee};", bold=False, size=11, centred=False)
    _add(left, "- Lưu: VT.", bold=False, size=11, centred=False)
    _fill(right, (signed.title or "Giám đốc").upper(), bold=True, size=13)
    for _space in range(3):
        _add(right, "", bold=False, size=13)
    _add(right, signed.signer, bold=True, size=13)


def _line(
    document: Any,
    words: str,
    *,
    bold: bool = False,
    size: int = 13,
    centred: bool = False,
    justified: bool = False,
) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(_plain(words))
    run.bold, run.font.size = bold, Pt(size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif justified:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_after = Pt(6)


def _table(
    document: Any, caption: str, columns: tuple[str, ...], rows: tuple[tuple[str | int, ...], ...]
) -> None:
    document.add_paragraph(_plain(caption), style="Caption")
    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, columns, strict=True):
        _fill(cell, words, bold=True, size=10)
    # The heading is read out, and printed again on every page.
    heading = OxmlElement("w:tblHeader")
    heading.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(heading)
    for row in rows:
        # Through the row once: asking the table for each cell would walk all of it each time.
        for cell, value in zip(table.add_row().cells, row, strict=True):
            _fill(cell, str(value), bold=False, size=10, centred=isinstance(value, int))
    document.add_paragraph()


def _fill(
    cell: Any, words: str, *, bold: bool, size: int, italic: bool = False, centred: bool = True
) -> None:
    _write(cell.paragraphs[0], words, bold=bold, size=size, italic=italic, centred=centred)


def _add(cell: Any, words: str, *, bold: bool, size: int, centred: bool = True) -> None:
    _write(cell.add_paragraph(), words, bold=bold, size=size, italic=False, centred=centred)


def _write(
    paragraph: Any, words: str, *, bold: bool, size: int, italic: bool, centred: bool
) -> None:
    run = paragraph.add_run(_plain(words))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_after = Pt(0)


def _plain(words: str) -> str:
    return _UNPRINTABLE.sub("", words)


def _the_same_each_time(package: bytes) -> bytes:
    # A package notes when each of its parts was put in; that is the only thing that differs.
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as parts,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            packed.writestr(entry, parts.read(part))
    return written.getvalue()
