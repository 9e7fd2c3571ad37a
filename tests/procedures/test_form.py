import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .builders import ANSWERS, a_definition, a_form

FORM = a_form()
TODAY = date(2024, 10, 15)


def problems(**answers: object) -> dict[str, str]:
    given = {key: value for key, value in {**ANSWERS, **answers}.items() if value is not None}
    return {p.key: p.message for p in FORM.problems(given, on=TODAY)}


class TestVisiblePages:
    def test_follow_the_answers(self):
        assert [p.key for p in FORM.visible_pages(ANSWERS)] == ["owner", "cat", "settling"]
        outdoor = {**ANSWERS, "kind": "outdoor"}
        assert [p.key for p in FORM.visible_pages(outdoor)] == [
            "owner",
            "cat",
            "garden",
            "settling",
        ]

    def test_are_those_without_conditions_before_any_answer(self):
        assert [p.key for p in FORM.visible_pages({})] == ["owner", "cat", "settling"]


class TestVisibleQuestions:
    def test_show_what_an_answer_on_the_same_page_calls_for(self):
        fenced = {**ANSWERS, "kind": "outdoor", "fenced": True}

        assert "fence" in [q.key for q in FORM.visible_questions(fenced)]

    def test_do_not_follow_an_answer_that_is_itself_hidden(self):
        # The cat moved indoors after its fence was described.
        stale = {**ANSWERS, "fenced": True, "fence": "tre"}

        assert "fence" not in [q.key for q in FORM.visible_questions(stale)]

    def test_decide_which_answers_still_count(self):
        stale = {**ANSWERS, "fenced": True, "fence": "tre"}

        assert FORM.still_asked(stale) == ANSWERS


class TestProblems:
    def test_are_none_for_good_answers(self):
        assert problems() == {}
        assert problems(kind="outdoor", fenced=True, fence="tre") == {}

    def test_ask_for_what_is_missing(self):
        assert problems(owner_name=None) == {"owner_name": "Nhập họ tên chủ."}
        assert problems(kind=None)["kind"] == "Chọn loại."
        assert problems(kind="outdoor") == {"fenced": "Có rào không?: chọn Có hoặc Không."}

    @pytest.mark.parametrize(
        ("key", "answer", "words"),
        [
            ("owner_name", "A" * 151, "dài tối đa 150 ký tự"),
            ("owner_name", "Đ" * 100_000, "hiện có 100.000"),
            ("owner_name", "Mèo 😀", "chỉ gồm chữ cái"),
            ("owner_name", "Trần\x00", "chỉ gồm chữ cái"),
            ("owner_name", " ", "chỉ gồm chữ cái"),
            ("owner_name", 7, "chỉ gồm chữ cái"),
            ("owner_name", ["Trần"], "chỉ gồm chữ cái"),
            ("owner_name", unicodedata.normalize("NFD", "Ẳnh"), "gõ lại"),
            ("owner_name", "\ud800", "gõ lại"),
            ("phone", "12345", "10 hoặc 11 chữ số"),
            ("phone", "٠٩٠٠٠٠٠٠٠١", "10 hoặc 11 chữ số"),
            ("kind", "flying", "trong các lựa chọn"),
            ("kind", True, "trong các lựa chọn"),
            ("cats", 0, "từ 1 trở lên"),
            ("cats", 10, "không quá 9"),
            ("cats", "hai", "số nguyên"),
            ("cats", True, "số nguyên"),
            ("cats", 2.0, "số nguyên"),
            ("cats", float("nan"), "số nguyên"),
            ("born_on", "2024-10-16", "không được sau ngày 15/10/2024"),
            ("born_on", "1899-12-31", "từ ngày 01/01/1900"),
            ("born_on", "2024-02-30", "tháng này không có ngày đó"),
            ("born_on", "2024-13-06", "tháng phải từ 1 đến 12"),
            ("born_on", "2024-12-32", "ngày phải từ 1 đến 31"),
            ("born_on", "2024--06", "cần có tháng"),
            ("born_on", "24-12-06", "bằng số"),
            ("born_on", "hôm qua", "cần có ngày"),
            ("born_on", "2024-W42-2", "bằng số"),
            ("note", "a" * 2001, "dài tối đa 2000"),
            ("note", "a\x07", "ký tự mà hệ thống không nhận"),
            ("note", "abc\u202efdp.exe", "ký tự mà hệ thống không nhận"),
            ("price", -1, "từ 0 trở lên"),
            ("price", 2_000_000_000, "không quá 1.000.000.000"),
            ("price", "1.250", "viết đủ bằng đồng"),
            ("email", "a@b", "ten@vidu.vn"),
            ("personal_id", "12345678901", "12 chữ số"),
            ("settling_commune", "3114", "danh sách phường, xã"),
            ("settling_commune", {"code": "31149"}, "danh sách phường, xã"),
            ("declared", False, "xác nhận"),
            ("declared", "true", "xác nhận"),
        ],
    )
    def test_say_what_to_type_instead(self, key, answer, words):
        found = problems(**{key: answer})

        assert list(found) == [key]
        assert words in found[key]

    @pytest.mark.parametrize(
        ("key", "answer"),
        [
            ("owner_name", "Đặng Thị Ẳnh"),
            ("owner_name", "Y Bih H'Mok"),
            ("owner_name", "ថាច់ សុផា"),
            ("owner_name", "Anne-Marie O’Brien"),
            ("note", "Mèo 😀👨‍👩‍👧\ndòng hai\n\ndòng ba"),
            ("phone", "02923812345"),
            ("born_on", "2024-10-15"),
            ("born_on", "2024-02-29"),
        ],
    )
    def test_accept_what_people_have(self, key, answer):
        assert problems(**{key: answer}) == {}

    def test_refuse_answers_to_questions_that_were_not_asked(self):
        found = problems(fenced=True, fence="tre")

        assert set(found) == {"fenced", "fence"}
        assert "không hỏi" in found["fence"]

    def test_refuse_unknown_keys(self):
        assert "không có câu hỏi «colour»" in problems(colour="red")["colour"]

    def test_stay_few_and_short_whatever_is_sent(self):
        forged = {f"{n:05}" + "x" * 10_000: "y" for n in range(5000)}

        found = FORM.problems({**ANSWERS, **forged}, on=TODAY)

        assert len(found) == 20
        assert all(len(p.key) <= 60 and len(p.message) < 200 for p in found)

    def test_come_in_the_order_of_the_form(self):
        found = FORM.problems({"colour": 1}, on=TODAY)

        assert [p.key for p in found] == [
            *("owner_name", "phone", "kind", "cats", "settling_commune", "declared", "colour")
        ]

    def test_judge_each_day_by_itself(self):
        born = {**ANSWERS, "born_on": "2024-10-20"}

        assert FORM.problems(born, on=TODAY)
        assert not FORM.problems(born, on=date(2024, 10, 20))

    @given(
        answers=st.dictionaries(
            st.sampled_from([*FORM.questions, "unknown"]),
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats()
            | st.text()
            | st.lists(st.text(), max_size=2)
            | st.dictionaries(st.text(), st.text(), max_size=2),
        )
    )
    def test_take_anything_and_blame_only_what_was_sent_or_is_missing(self, answers):
        found = FORM.problems({**ANSWERS, **answers}, on=TODAY)

        assert {p.key for p in found} <= {*ANSWERS, *answers, *FORM.questions}
        assert all(p.message for p in found)

    @given(answers=st.dictionaries(st.sampled_from([*FORM.questions]), st.text() | st.integers()))
    def test_are_the_same_by_the_quick_way_and_the_slow(self, answers):
        whole = {**ANSWERS, **answers}
        by_page = [
            problem
            for page in FORM.visible_pages(whole)
            for problem in FORM.problems_of_page(page, whole, on=TODAY)
        ]
        hidden = whole.keys() - {q.key for q in FORM.visible_questions(whole)}

        assert bool(FORM.problems(whole, on=TODAY)) == bool(by_page or hidden)


class TestProblemsOfPage:
    def test_are_only_about_that_page(self):
        page = FORM.page("owner")

        found = FORM.problems_of_page(page, {"cats": 99, "phone": "1"}, on=TODAY)

        assert [p.key for p in found] == ["owner_name", "phone"]

    def test_refuse_hidden_answers_on_it(self):
        page = FORM.page("garden")

        found = FORM.problems_of_page(page, {"kind": "indoor", "fenced": True}, on=TODAY)

        assert [p.key for p in found] == ["fenced"]

    def test_leave_today_to_the_submission_if_the_day_is_not_known(self):
        page = FORM.page("cat")
        answers = {**ANSWERS, "born_on": "2090-01-01"}

        assert FORM.problems_of_page(page, answers) == ()
        assert FORM.problems_of_page(page, answers, on=TODAY) != ()


class TestCleaned:
    @pytest.mark.parametrize(
        ("key", "typed", "stored"),
        [
            ("owner_name", "  Trần \u00a0 Thị  Ẳnh ", "Trần Thị Ẳnh"),
            ("owner_name", unicodedata.normalize("NFD", "Trần Thị Ẳnh"), "Trần Thị Ẳnh"),
            ("phone", "0900 000.001", "0900000001"),
            ("phone", "+84 900 000 001", "0900000001"),
            ("phone", "84900000001", "0900000001"),
            ("phone", "(0292) 381-2345", "02923812345"),
            ("born_on", "6/10/2024", "2024-10-06"),
            ("born_on", "06 - 10 - 2024", "2024-10-06"),
            ("born_on", "31/02/2024", "31/02/2024"),
            ("cats", "2", 2),
            ("cats", 2.0, 2),
            ("cats", "hai", "hai"),
            ("price", "1.250.000", 1_250_000),
            ("price", "1,250,000 đồng", 1_250_000),
            ("price", "1250000₫", 1_250_000),
            ("price", "1 250 000", 1_250_000),
            ("price", "1.250", "1.250"),
            ("price", "1.250,000", "1.250,000"),
            ("personal_id", "092 929 000 001", "092929000001"),
            ("declared", "true", True),
            ("note", "một \r\n  hai  \n\n", "một\nhai"),
        ],
    )
    def test_stores_one_format(self, key, typed, stored):
        cleaned = FORM.cleaned({key: typed})

        assert cleaned == {key: stored}
        assert type(cleaned[key]) is type(stored)

    @pytest.mark.parametrize("empty", ["", "   ", None, "\n"])
    def test_takes_an_empty_answer_for_none(self, empty):
        assert FORM.cleaned({"owner_name": empty, "note": empty}) == {}

    def test_keeps_false_and_zero(self):
        assert FORM.cleaned({"fenced": False, "price": 0}) == {"fenced": False, "price": 0}

    def test_leaves_unknown_keys_to_be_refused(self):
        assert FORM.cleaned({"colour": "red"}) == {"colour": "red"}

    @given(
        answers=st.dictionaries(
            st.sampled_from([*FORM.questions, "unknown"]),
            st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        )
    )
    def test_changes_nothing_the_second_time(self, answers):
        once = FORM.cleaned(answers)

        assert FORM.cleaned(once) == once


class TestPrefilledQuestions:
    def test_are_those_that_the_account_answers(self):
        assert [(q.key, q.prefill) for q in FORM.prefilled_questions] == [
            ("owner_name", "person.full_name")
        ]


class TestPage:
    def test_is_unknown_if_the_form_has_none(self):
        with pytest.raises(KeyError):
            FORM.page("nowhere")


def test_the_builder_hands_out_copies():
    a_definition()["form"]["pages"].clear()

    assert a_definition()["form"]["pages"]
