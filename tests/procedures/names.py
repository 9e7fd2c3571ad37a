"""
Names of procedures as the national portal publishes them, to search among.

`national-names.tsv`: code, levels, audience, channel, field, name; public facts, read in 2026.
"""

from functools import cache
from pathlib import Path

from motcua.procedures.queries.entries import SearchEntry, entry_of_record
from motcua.procedures.queries.ranking import Index
from motcua.procedures.queries.synonyms import synonyms

NAMES = Path(__file__).with_name("national-names.tsv")


@cache
def entries() -> tuple[SearchEntry, ...]:
    """Return an entry for each of the names."""
    return tuple(_entry(line) for line in NAMES.read_text(encoding="utf-8").splitlines())


@cache
def index() -> Index:
    """Return the names ready to be asked, with the synonyms of the house."""
    return Index(entries(), synonyms())


def first_codes(typed: str, how_many: int = 3) -> list[str]:
    """Return the codes that are found first."""
    _question, matches = index().ask(typed)
    return [entries()[match.entry].code for match in matches[:how_many]]


def _entry(line: str) -> SearchEntry:
    code, levels, audience, channel, field, name = line.split("\t")
    whom = {"person": "Công dân Việt Nam", "organisation": "Doanh nghiệp"}
    return entry_of_record(
        code=code,
        name=name,
        field_name=field,
        levels=levels.split(","),
        audience=[whom[each] for each in audience.split(",")],
        agency="",
        results=(),
        channels=[channel],
    )
