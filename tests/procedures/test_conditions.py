from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures.conditions import (
    Field,
    FieldKind,
    InvalidCondition,
    compile_condition,
)

FIELDS = {
    "colour": Field(FieldKind.CHOICE, ("red", "green")),
    "name": Field(FieldKind.TEXT),
    "count": Field(FieldKind.NUMBER),
    "born_on": Field(FieldKind.DATE),
    "agreed": Field(FieldKind.TRUTH),
}


def holds(text: str, **answers: object) -> bool:
    return compile_condition(text, FIELDS).holds(answers)


def refusal_of(text: str) -> str:
    with pytest.raises(InvalidCondition) as caught:
        compile_condition(text, FIELDS)
    return str(caught.value)


class TestHolds:
    @pytest.mark.parametrize(
        ("text", "answers", "expected"),
        [
            ('colour = "red"', {"colour": "red"}, True),
            ("colour = 'red'", {"colour": "green"}, False),
            ('colour != "red"', {"colour": "green"}, True),
            ('colour in ["red", "green"]', {"colour": "green"}, True),
            ('name = "Ẳnh"', {"name": "Ẳnh"}, True),
            ("count >= 3", {"count": 3}, True),
            ("count < -1", {"count": 0}, False),
            ("count in [1, 2]", {"count": 2}, True),
            ('born_on > "2024-01-31"', {"born_on": "2024-02-01"}, True),
            ('born_on <= "2024-01-31"', {"born_on": "2024-02-01"}, False),
            ("agreed = true", {"agreed": True}, True),
            ("agreed = false", {"agreed": True}, False),
            ("not agreed = true", {"agreed": False}, True),
            ('not (count = 1 or colour = "red")', {"count": 2, "colour": "green"}, True),
        ],
    )
    def test_compares_the_answer(self, text, answers, expected):
        assert holds(text, **answers) is expected

    def test_binds_and_tighter_than_or(self):
        text = 'agreed = true or count = 1 and colour = "red"'

        assert holds(text, agreed=True, count=9)
        assert not holds(text, agreed=False, count=1, colour="green")

    @pytest.mark.parametrize("sign", ["=", "!=", "<", "<=", ">", ">="])
    def test_is_false_of_an_absent_answer_whatever_the_sign(self, sign):
        assert not holds(f"count {sign} 1")

    @pytest.mark.parametrize("answer", [True, 1.0, "1", [1], None, {"a": 1}])
    def test_is_false_of_an_answer_of_another_kind(self, answer):
        assert not holds("count = 1", count=answer)
        assert not holds("count in [1]", count=answer)

    @pytest.mark.parametrize("answer", ["abc", "2024-13-01", "20240101", "2024-W42-2", "9999"])
    def test_is_false_of_a_date_that_is_none(self, answer):
        assert not holds('born_on > "2000-01-01"', born_on=answer)

    def test_names_the_fields_it_speaks_of(self):
        condition = compile_condition('not (count = 1 or colour = "red") and agreed = true', FIELDS)

        assert condition.keys == {"count", "colour", "agreed"}


class TestCompileCondition:
    @pytest.mark.parametrize(
        ("text", "position", "word"),
        [
            ("", 1, "trống"),
            ("   ", 1, "trống"),
            ("size = 1", 1, "size"),
            ("colours = 1", 1, "Có phải «colour»?"),
            ('colour = "blue"', 10, "red, green"),
            ('colour in ["red", "blue"]', 19, "blue"),
            ('colour == "red"', 8, "viết một dấu ="),
            ('colour = = "red"', 10, "viết một dấu ="),
            ('colour = "red" and', 19, "kết thúc"),
            ('colour = "red" count = 1', 16, "thừa «count»"),
            ('colour > "green"', 8, "không phải số"),
            ("agreed < true", 8, "không phải số"),
            ('count = "1"', 9, "số nguyên"),
            ("count = true", 9, "số nguyên"),
            ("count = 1.5", 9, "không hiểu"),
            ("agreed = 1", 10, "true hoặc false"),
            ("agreed", 7, "cần một trong"),
            ("true", 1, "tên một câu hỏi"),
            ('born_on = "2024-02-30"', 11, "2024-10-15"),
            ("count in 1", 10, "«[»"),
            ("count in [1", 12, "«]»"),
            ("count in []", 11, "số nguyên"),
            ("(count = 1", 11, "«)»"),
            ("count = 1)", 10, "thừa"),
            ('name = "a', 8, "không hiểu"),
            ("count = 1; drop", 10, "không hiểu"),
            ("__import__('os')", 1, "__import__"),
            ("not " * 30 + "count = 1", 81, "lồng nhau"),
            ("(" * 30 + "count = 1", 21, "lồng nhau"),
            ("count = 1 or " * 50 + "count = 1", 500, "dài quá"),
        ],
    )
    def test_refuses_with_the_place_and_what_to_write(self, text, position, word):
        message = refusal_of(text)

        assert message.startswith(f"ký tự {position}:")
        assert word in message


comparisons = st.one_of(
    st.tuples(st.just("colour"), st.sampled_from(["=", "!="]), st.sampled_from(["red", "green"])),
    st.tuples(
        st.just("count"),
        st.sampled_from(["=", "!=", "<", "<=", ">", ">="]),
        st.integers(-5, 5),
    ),
    st.tuples(st.just("agreed"), st.sampled_from(["=", "!="]), st.booleans()),
)
trees = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.sampled_from(["and", "or"]), inner, inner),
    ),
    max_leaves=8,
)
answers_given = st.fixed_dictionaries(
    {},
    optional={
        "colour": st.sampled_from(["red", "green"]),
        "count": st.integers(-6, 6),
        "agreed": st.booleans(),
    },
)


def written(tree) -> str:
    if tree[0] == "not":
        return f"not ({written(tree[1])})"
    if tree[0] in {"and", "or"}:
        return f"({written(tree[1])}) {tree[0]} ({written(tree[2])})"
    key, sign, literal = tree
    shown = {True: "true", False: "false"}[literal] if isinstance(literal, bool) else literal
    return f'{key} {sign} "{literal}"' if isinstance(literal, str) else f"{key} {sign} {shown}"


def meant(tree, answers) -> bool:
    """The same, said again in Python."""
    if tree[0] == "not":
        return not meant(tree[1], answers)
    if tree[0] == "and":
        return meant(tree[1], answers) and meant(tree[2], answers)
    if tree[0] == "or":
        return meant(tree[1], answers) or meant(tree[2], answers)
    key, sign, literal = tree
    if key not in answers:
        return False
    answer = answers[key]
    return {
        "=": answer == literal,
        "!=": answer != literal,
        "<": answer < literal if sign == "<" else None,
        "<=": answer <= literal if sign == "<=" else None,
        ">": answer > literal if sign == ">" else None,
        ">=": answer >= literal if sign == ">=" else None,
    }[sign]


class TestLanguage:
    @given(tree=trees, answers=answers_given)
    def test_means_what_it_says(self, tree, answers):
        assert compile_condition(written(tree), FIELDS).holds(answers) is meant(tree, answers)

    @given(tree=trees)
    def test_says_the_same_when_read_twice(self, tree):
        text = written(tree)

        assert compile_condition(text, FIELDS) == compile_condition(text, FIELDS)

    @given(text=st.text(max_size=80))
    def test_refuses_nonsense_in_one_way_only(self, text):
        with suppress(InvalidCondition):
            compile_condition(text, FIELDS)

    @given(
        words=st.lists(
            st.sampled_from(
                [
                    "colour",
                    "count",
                    "=",
                    "==",
                    "!=",
                    "<",
                    "and",
                    "or",
                    "not",
                    "in",
                    "(",
                    ")",
                    "[",
                    "]",
                    ",",
                    '"red"',
                    "1",
                    "true",
                    "x",
                ]
            ),
            max_size=12,
        ),
        answers=answers_given,
    )
    def test_refuses_or_answers_any_row_of_its_words(self, words, answers):
        try:
            condition = compile_condition(" ".join(words), FIELDS)
        except InvalidCondition:
            return
        assert condition.holds(answers) in {True, False}
        assert condition.keys <= FIELDS.keys()
