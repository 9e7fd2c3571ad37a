"""Every form of both circulars, as it comes out of the printer."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.dossiers.definitions import (
    NoFormOfThatDay,
    form_on,
    form_with,
    has_form_on,
    shipped_forms,
)
from motcua.dossiers.lifecycle import Paper
from tests import pdf

from .sheets import BOOK, SHEET, SLIP, facts_for, golden_of, printed

each_form = pytest.mark.parametrize(
    "form", shipped_forms(), ids=lambda form: f"{form.circular}-{form.number}"
)
# In millimetres: left, top, right, bottom, and the sheet. Decree 30/2020/NĐ-CP, annex I, for A4.
SHEETS = {
    "a4": ((30, 20, 15, 20), (210, 297)),
    "a4-landscape": ((30, 20, 15, 20), (297, 210)),
    "a5": ((21, 14, 11, 14), (148, 210)),
}
HOSTILE = {
    "typst": '#panic("x") #import "/etc/passwd" $x$ *b* _i_ @ref <label> \\ `raw` // c /* d */',
    "markup": "<script>alert(1)</script> {{ 7*7 }} <svg onload=x>",
    "one long word": "Nguyễn" * 60,
    "decomposed": "Nguye\u0302\u0303n Thi\u0323 A\u0301nh",
    "emoji": "Trần 😀👩‍👩‍👧 Bình",
    "no letters": "\x00\x07\u202e\u200b",
    "other scripts": "漢字 اسم ខ្មែរ",
}


class TestChoosing:
    def test_goes_by_the_day_of_issue(self):
        assert form_on(Paper.RECEIPT_SLIP, date(2025, 6, 30)).circular == "tt01-2018"
        assert form_on(Paper.RECEIPT_SLIP, date(2025, 7, 1)).circular == "tt03-2025"

    def test_never_takes_a_number_for_a_paper(self):
        numbers = {(form.circular, form.number): form.paper for form in shipped_forms()}

        assert numbers["tt01-2018", "05"] is Paper.CONTROL_SHEET
        assert numbers["tt03-2025", "05"] is Paper.STOP_NOTICE
        assert numbers["tt01-2018", "06"] is Paper.REGISTER
        assert numbers["tt03-2025", "06"] is Paper.CONTROL_SHEET
        assert numbers["tt03-2025", "07"] is Paper.REGISTER

    def test_has_six_forms_and_then_seven(self):
        circulars = [form.circular for form in shipped_forms()]

        assert (circulars.count("tt01-2018"), circulars.count("tt03-2025")) == (6, 7)

    def test_knows_no_stop_notice_before_2025(self):
        assert not has_form_on(Paper.STOP_NOTICE, date(2024, 10, 15))
        with pytest.raises(NoFormOfThatDay):
            form_on(Paper.STOP_NOTICE, date(2024, 10, 15))

    def test_knows_none_before_the_first_circular(self):
        with pytest.raises(NoFormOfThatDay):
            form_on(Paper.RECEIPT_SLIP, date(2018, 1, 1))

    def test_a_paper_keeps_the_form_it_was_issued_in(self):
        assert form_with("tt01-2018", Paper.RECEIPT_SLIP, 1).path.name == "01-1.typ"
        with pytest.raises(NoFormOfThatDay):
            form_with("tt01-2018", Paper.STOP_NOTICE, 1)

    @each_form
    def test_has_a_layout(self, form):
        assert form.path.is_file()

    def test_leaves_out_no_symbol(self):
        form = form_on(Paper.RECEIPT_SLIP, date(2024, 10, 15))

        assert form.numbered(12, 2024) == "12/2024/BPTNTKQ"
        assert replace(form, symbol="").numbered(12, 2024) == "12/2024"


class TestNames:
    @pytest.mark.parametrize("paper", [Paper.RECEIPT_SLIP, Paper.SUPPLEMENT_REQUEST])
    @pytest.mark.parametrize("key", ["marriage_certificate", "surrogacy_confirmation", "x" * 40])
    def test_are_said_however_long_the_key(self, paper, key):
        facts = {
            **SLIP,
            "names": {**SLIP["names"], key: "Giấy có tên"},
            "files": [{"key": key, "count": 1}],
            "items": [{"key": key, "needed": "Bản chụp rõ nét."}],
        }

        text = pdf.text_of(printed(form_on(paper, date(2024, 10, 15)), facts))

        assert "Giấy có tên" in text
        assert key[:8] not in text


class TestPrinting:
    @each_form
    def test_says_what_it_said(self, form):
        assert pdf.text_of(printed(form)) + "\n" == golden_of(form).read_text(encoding="utf-8")

    @each_form
    def test_is_the_same_to_the_byte(self, form):
        assert printed(form) == printed(form)

    @each_form
    def test_is_tagged_vietnamese_and_titled(self, form):
        with pdf.opened(printed(form)) as file:
            assert file.Root.Lang == "vi-VN"
            assert file.Root.MarkInfo.Marked
            assert file.Root.StructTreeRoot
            assert str(file.docinfo["/Title"]).isprintable()
            assert str(file.docinfo["/CreationDate"]).startswith("D:202")

    @each_form
    def test_carries_its_fonts_and_no_others(self, form):
        with pdf.opened(printed(form)) as file:
            fonts = [font for page in file.pages for font in page.resources.Font.values()]
            for font in fonts:
                assert "Tinos" in str(font.BaseFont)
                assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
                assert "/ToUnicode" in font
        assert fonts

    @each_form
    def test_keeps_the_margins(self, form):
        content = printed(form)
        (left, top, right, bottom), (width, height) = SHEETS[form.size]

        with pdf.opened(content) as file:
            for page in file.pages:
                box = [float(edge) / pdf.MM for edge in page.mediabox]
                assert box == pytest.approx([0, 0, width, height], abs=0.1)
        for span in pdf.spans_of(content):
            assert span.left > left - 0.1, span
            assert span.right < width - right + 0.1, span
            assert span.baseline < height - bottom + 0.1, span
            # The number of a later page stands in the top margin, and nothing else does.
            assert span.baseline > top or (span.page > 0 and span.text.isdigit()), span

    @each_form
    @pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
    def test_takes_any_words_as_words(self, form, words):
        content = printed(form, _with_words(facts_for(form), words))

        (left, _top, right, _bottom), (width, _height) = SHEETS[form.size]
        for span in pdf.spans_of(content):
            assert left - 0.1 < span.left
            assert span.right < width - right + 0.1, span

    def test_shows_markup_as_it_was_typed(self):
        form = form_on(Paper.REJECTION, date(2024, 10, 15))

        text = pdf.text_of(printed(form, {**SLIP, "reason": HOSTILE["typst"]}))

        assert '#panic("x")' in text
        assert "$x$ *b* _i_ @ref <label>" in text.replace("\n", " ")

    def test_puts_decomposed_letters_together(self):
        form = form_on(Paper.RECEIPT_SLIP, date(2024, 10, 15))
        owner = {**SLIP["owner"], "name": HOSTILE["decomposed"]}

        assert "Nguyễn Thị Ánh" in pdf.text_of(printed(form, {**SLIP, "owner": owner}))

    def test_goes_on_for_a_thousand_papers(self):
        form = form_on(Paper.RECEIPT_SLIP, date(2024, 10, 15))
        presented = [
            {"key": f"paper_{n}", "originals": 1, "certified": 0, "copies": n} for n in range(1000)
        ]

        content = printed(form, {**SLIP, "presented": presented})

        with pdf.opened(content) as file:
            assert len(file.pages) > 20
        text = pdf.text_of(content)
        assert "paper_999" in text
        assert "paper_0" in text

    def test_a_register_repeats_its_heading_on_every_page(self):
        form = form_on(Paper.REGISTER, date(2024, 10, 15))

        content = printed(form, {**BOOK, "rows": [BOOK["rows"][0]] * 60})

        headings = {span.page for span in pdf.spans_of(content) if span.text.strip() == "TT"}
        with pdf.opened(content) as file:
            assert headings == set(range(len(file.pages)))
            assert len(file.pages) > 1

    def test_a_register_of_nothing_says_so(self):
        form = form_on(Paper.REGISTER, date(2026, 2, 5))

        assert "Không có hồ sơ nào" in pdf.text_of(printed(form, {**BOOK, "rows": []}))

    def test_a_finished_way_is_not_called_unfinished(self):
        form = form_on(Paper.CONTROL_SHEET, date(2026, 2, 5))

        assert "chưa kết thúc" not in pdf.text_of(printed(form, {**SHEET, "finished": True}))


def _with_words(value, words, key=""):
    if isinstance(value, dict):
        return {name: _with_words(each, words, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_with_words(each, words) for each in value]
    spoken = {"name", "address", "reason", "needed", "note", "owner", "contact", "procedure"}
    spoken |= {"agency", "parent_agency", "receiving_unit", "officer", "submitter", "giver"}
    return words if key in spoken and isinstance(value, str) else value
