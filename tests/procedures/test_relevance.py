"""Whether what people type finds what they mean: the relevance set against the search."""

import os
import re
from pathlib import Path

import pytest
import yaml

from motcua.procedures.queries import find
from motcua.procedures.services import import_national
from tests import builders

# The national portal's list is not part of this repository.
CRAWL = Path(os.environ.get("NATIONAL_PROCEDURES", ""))
SET = Path(__file__).with_name("relevance.yaml")
FIRST = 3
LEAST = 0.95
EVERYTHING = 100_000


def missed_of(questions):
    """Return the questions that are not answered among the first, with what is there instead."""
    missed = []
    for query, codes in questions:
        first = [hit.code for hit in find(query, builders.TODAY, limit=FIRST).hits]
        if not codes.intersection(first):
            missed.append((query, sorted(codes), first))
    return missed


def share_found(questions, missed):
    """Return the share of the questions that are answered among the first."""
    return 1 - len(missed) / len(questions)


def told(missed):
    """Return the misses, one a line."""
    return "\n".join(f"{query}: {found}, not {codes}" for query, codes, found in missed)


def asked(part):
    """Return (query, the codes any of which answers it) of one part of the set."""
    return [(query, set(codes.split())) for query, codes in yaml.safe_load(SET.read_text())[part]]


class TestTheSet:
    def test_asks_at_least_five_hundred_different_things(self):
        queries = [query for part in ("everyday", "national") for query, _codes in asked(part)]

        assert len(set(queries)) == len(queries) >= 500

    def test_names_codes(self):
        codes = {
            code for part in ("everyday", "national") for _q, each in asked(part) for code in each
        }

        assert [code for code in codes if not re.fullmatch(r"\d\.\d{6}", code)] == []

    def test_is_typed_mostly_without_accents(self):
        queries = [query for part in ("everyday", "national") for query, _codes in asked(part)]

        assert sum(query.isascii() for query in queries) >= 0.9 * len(queries)


@pytest.mark.django_db
class TestTheSearch:
    """The right procedure is among the first three, for at least 95 of 100 questions."""

    def test_finds_what_is_settled_here(self):
        builders.the_catalogue()
        here = {hit.code for hit in find("", builders.TODAY, limit=EVERYTHING).hits}
        questions = [(query, codes & here) for query, codes in asked("everyday") if codes & here]

        missed = missed_of(questions)

        assert len(questions) >= 30
        assert share_found(questions, missed) >= LEAST, told(missed)

    @pytest.mark.skipif(not CRAWL.is_file(), reason="set NATIONAL_PROCEDURES to a crawl to try it")
    def test_finds_among_all_that_the_nation_publishes(self):
        builders.the_catalogue()
        with CRAWL.open("rb") as file:
            import_national(file=file, at=builders.NOW, actor="tests")
        known = {hit.code for hit in find("", builders.TODAY, limit=EVERYTHING).hits}
        questions = [
            (query, codes & known)
            for part in ("everyday", "national")
            for query, codes in asked(part)
            if codes & known
        ]

        missed = missed_of(questions)

        assert len(questions) >= 500
        assert share_found(questions, missed) >= LEAST, told(missed)
