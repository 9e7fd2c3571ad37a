"""The words, events and ranks that stand as data: what is refused, and that ours is sound."""

import pytest

from motcua.procedures.definitions import InvalidDefinition
from motcua.procedures.queries.life_events import (
    common_ranks,
    life_events,
    read_common_ranks,
    read_life_events,
)
from motcua.procedures.queries.synonyms import read_synonyms, synonyms
from motcua.procedures.queries.wording import words_of

from . import names

EVENT = "- {key: birth, name: Sinh con, hint: Khai sinh, codes: [1.001193]}\n"


def refused(read, text: str) -> str:
    with pytest.raises(InvalidDefinition) as caught:
        read(text.encode(), source="x.yaml")
    return str(caught.value)


class TestSynonyms:
    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("words: {sổ: [so]}\nothers: {}", "words"),
            ("words: {sổ đỏ: so do}", "danh sách"),
            ("words: {sổ đỏ: []}", "danh sách"),
            ("words: {sổ đỏ: ['!']}", "phải là chữ"),
            ("words: {sổ đỏ: [so do]}", "đã là"),
            ("words: {sổ đỏ: [bìa, Bìa]}", "hai lần"),
            ("words: [a]", "nhóm"),
            ("words: {a: [b], a: [c]}", "hai lần"),
        ],
    )
    def test_are_refused_where_they_are_wrong(self, text, word):
        assert word in refused(read_synonyms, text)

    def test_find_the_longest_saying_first(self):
        said = read_synonyms(b"words: {a b: [x v], c d: [x]}", source="x")

        assert [each.said for each in said.at(["x", "v"], 0)] == ["x v", "x"]
        assert [each.said for each in said.at(["x", "z"], 0)] == ["x"]

    def test_of_one_saying_keep_all_meanings_in_order(self):
        said = read_synonyms(b"words: {c d: [x], a b: [x]}", source="x")

        [saying] = said.at(["x"], 0)
        assert saying.meanings == (("c", "d"), ("a", "b"))

    def test_of_ours_are_several_hundred_over_all_fields(self):
        assert sum(len(several) for several in synonyms().sayings.values()) > 1000
        assert len(synonyms().of_procedures) > 80

    def test_of_ours_have_codes_that_can_be_codes(self):
        assert read_common_ranks(
            ("codes: [" + ", ".join(synonyms().of_procedures) + "]").encode(), source="x"
        )

    def test_of_ours_mean_words_of_the_catalogue(self):
        """A meaning whose words no procedure of several hundred has would be a slip of ours."""
        known = {word for entry in names.entries() for word in words_of(entry.name)}
        meanings = {
            meaning
            for several in synonyms().sayings.values()
            for saying in several
            for meaning in saying.meanings
        }
        strange = [m for m in meanings if not known.intersection(m)]
        assert len(strange) / len(meanings) < 0.1, strange


class TestLifeEvents:
    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("[]", "danh sách"),
            ("- {key: birth}", "key, name, hint, codes"),
            (EVENT + EVENT, "hai lần"),
            (EVENT.replace("1.001193", "khai sinh"), "không phải mã"),
            (EVENT.replace("1.001193", "1.001193, 1.001193"), "hai lần"),
            (EVENT.replace("birth", "Sinh Con"), "không dấu"),
            (EVENT.replace("Sinh con", "''"), "phải là chữ"),
        ],
    )
    def test_are_refused_where_they_are_wrong(self, text, word):
        assert word in refused(read_life_events, text)

    def test_of_ours_reach_from_birth_to_old_age(self):
        keys = {event.key for event in life_events()}

        assert keys >= {
            "birth", "marriage", "death", "school", "work", "business", "housing", "vehicle",
            "health", "hardship", "elderly", "documents",
        }  # fmt: skip
        assert all(event.name and event.hint and event.codes for event in life_events())


class TestCommonRanks:
    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("[]", "codes"),
            ("codes: []", "danh sách"),
            ("codes: [x]", "không phải mã"),
            ("codes: [1.001193, 1.001193]", "hai lần"),
        ],
    )
    def test_are_refused_where_they_are_wrong(self, text, word):
        assert word in refused(read_common_ranks, text)

    def test_of_ours_begin_with_birth(self):
        assert common_ranks()["1.001193"] == 0
