from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures.definitions import Option, Page, Question, Widget
from motcua.web import answers, days
from tests.web.boxes import posted_form


def a_question(widget: Widget, key: str = "q") -> Question:
    options = (Option(value="home", label="Tại nhà"), Option(value="office", label="Tại Một cửa"))
    return Question(
        key=key,
        label="Câu hỏi",
        hint="",
        widget=widget,
        options=options,
        required=True,
        when=None,
        prefill=None,
        autocomplete="",
        schema={},
    )


def a_page(*questions: Question) -> Page:
    return Page(key="p", title="", hint="", section="", questions=questions, when=None)


def read(widget: Widget, **posted: str) -> object:
    return answers.read_answers(a_page(a_question(widget)), posted).get("q")


class TestReading:
    def test_trims_and_composes_text(self):
        assert read(Widget.TEXT, q="  Trần   Thi\u0323  Hoa ") == "Trần Thị Hoa"

    def test_keeps_the_lines_of_a_long_text(self):
        assert read(Widget.LONG_TEXT, q=" Quán ăn\r\nBán lẻ ") == "Quán ăn\nBán lẻ"

    def test_joins_the_boxes_of_a_date(self):
        posted = {"q-day": "6", "q-month": " 10 ", "q-year": "2024"}
        assert read(Widget.DATE, **posted) == "2024-10-06"

    def test_keeps_a_mistyped_date_to_show_it_again(self):
        given = read(Widget.DATE, **{"q-day": "6", "q-month": "13", "q-year": ""})

        assert given == "-13-06"
        assert days.date_parts(given) == {"day": "06", "month": "13", "year": ""}

    @pytest.mark.parametrize(
        ("typed", "number"),
        [
            ("1250000", 1_250_000),
            ("1.250.000", 1_250_000),
            ("1,250,000", 1_250_000),
            ("1 250 000 đồng", 1_250_000),
            ("1.250.000 ₫", 1_250_000),
            ("0", 0),
            ("1.250,000", "1.250,000"),
            ("12.5", "12.5"),
            ("nhiều", "nhiều"),
            ("٣", "٣"),
            ("1" + ".000" * 2000, "1" + ".000" * 2000),
        ],
    )
    def test_reads_amounts_as_people_write_them(self, typed, number):
        assert read(Widget.MONEY, q=typed) == number

    @pytest.mark.parametrize("typed", ["0900 000 123", "+84 900.000.123", "84900000123"])
    def test_reads_telephone_numbers_as_people_write_them(self, typed):
        assert read(Widget.PHONE, q=typed) == "0900000123"

    def test_keeps_the_zero_a_personal_id_begins_with(self):
        assert read(Widget.PERSONAL_ID, q="092 928 000 189") == "092928000189"

    def test_reads_yes_and_no_as_truth(self):
        assert read(Widget.YES_NO, q="yes") is True
        assert read(Widget.YES_NO, q="no") is False

    def test_does_not_take_a_forged_choice_for_an_answer(self):
        assert read(Widget.YES_NO, q="maybe") == "maybe"

    @pytest.mark.parametrize("widget", list(Widget))
    def test_has_no_answer_where_nothing_was_typed(self, widget):
        assert answers.read_answers(a_page(a_question(widget)), {"q": "  "}) == {}

    def test_never_takes_from_the_boxes_what_the_account_says(self):
        page = a_page(a_question(Widget.TEXT, "name"), a_question(Widget.TEXT, "job"))
        posted = {"name": "Kẻ gian", "job": "Thợ may"}

        assert answers.read_answers(page, posted, prefilled={"name"}) == {"job": "Thợ may"}

    def test_replaces_the_answers_of_its_own_page_only(self):
        page = a_page(a_question(Widget.TEXT, "job"))
        before = {"job": "Thợ may", "other": 1}

        assert answers.with_page(before, page, {"job": ""}) == {"other": 1}


DATES = st.dates().map(lambda day: day.isoformat())
ROUND_TRIPS = {
    Widget.DATE: DATES,
    Widget.YES_NO: st.booleans(),
    Widget.WHOLE_NUMBER: st.integers(min_value=0, max_value=10**14),
    Widget.MONEY: st.integers(min_value=0, max_value=10**14),
    Widget.RADIOS: st.sampled_from(["home", "office"]),
    Widget.COMMUNE: st.from_regex(r"[0-9]{5}", fullmatch=True),
}


@pytest.mark.parametrize("widget", list(ROUND_TRIPS))
@given(data=st.data())
def test_what_was_answered_fills_the_boxes_it_came_from(widget, data):
    question = a_question(widget)
    answer = data.draw(ROUND_TRIPS[widget])

    posted = posted_form(question, answer)

    assert answers.read_answers(a_page(question), posted) == {"q": answer}


class TestShowing:
    def test_says_that_nothing_was_given(self):
        for widget in Widget:
            assert answers.shown(a_question(widget), None) == "Không cung cấp"

    def test_uses_the_words_of_the_choice(self):
        assert answers.shown(a_question(Widget.RADIOS), "home") == "Tại nhà"
        assert answers.shown(a_question(Widget.YES_NO), False) == "Không"

    def test_writes_days_and_amounts_as_here(self):
        assert answers.shown(a_question(Widget.DATE), "2024-10-06") == "06/10/2024"
        assert answers.shown(a_question(Widget.MONEY), 1_250_000) == "1.250.000\u00a0₫"
        assert answers.shown(a_question(Widget.WHOLE_NUMBER), 1996) == "1996"
        assert answers.shown(a_question(Widget.WHOLE_NUMBER), 12_500) == "12.500"

    def test_names_the_commune_with_its_district(self):
        places = answers.place_names([("Quận Ninh Kiều", [("31150", "Phường An Khánh")])])
        commune = replace(a_question(Widget.COMMUNE), key="c")

        assert answers.shown(commune, "31150", places=places) == "Phường An Khánh, Quận Ninh Kiều"
