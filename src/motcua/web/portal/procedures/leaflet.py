"""A procedure on one sheet of A4: what fits on it, and how much is left to the QR code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from django.utils.translation import gettext as _

from motcua.procedures.definitions import Component, Version
from motcua.web.words import Words

from . import shown

STEPS_MOST = 6
WHO_MOST = 4
# Longer words are cut at a word: all of them are on the page behind the code.
NAME_LETTERS_MOST = 160
FIELD_LETTERS_MOST = 70
PAPER_LETTERS_MOST = 170
GROUP_LETTERS_MOST = 120
ASIDE_LETTERS_MOST = 100
FACT_LETTERS_MOST = 70


@dataclass(frozen=True, kw_only=True)
class Print:
    """A size of print. The figures are those of leaflet.scss, for the widest of usual fonts."""

    small: bool
    title_letters: int  # in a line of the name
    letters: int  # in a line of the papers
    aside_letters: int
    fact_letters: int
    lines: int  # of the papers, beside a name of one line and facts of two


PLAIN = Print(
    small=False, title_letters=36, letters=42, aside_letters=26, fact_letters=17, lines=28
)
SMALL = Print(small=True, title_letters=46, letters=52, aside_letters=33, fact_letters=21, lines=40)


class Fact(NamedTuple):
    """One of the four things that people ask first."""

    icon: str
    heading: Words
    words: Words
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Papers:
    """The papers of one case, or of all of them."""

    of: str  # the case; empty: whoever comes
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Leaflet:
    """What stands on the sheet."""

    code: str
    name: str
    field_name: str
    facts: tuple[Fact, ...]
    papers: tuple[Papers, ...]
    left_out: int  # papers that did not find room
    who: tuple[str, ...]
    steps: tuple[str, ...]
    ways: tuple[str, ...]
    note: str  # above all: that it cannot be filed here; empty: nothing
    small: bool


def papers_of(version: Version) -> list[Papers]:
    """Return the papers that every case needs, then what each case needs besides."""
    cases = list(version.cases.values())
    named = [[_on_the_list(component) for component in case.components] for case in cases]
    common = [name for name in named[0] if all(name in names for names in named)]
    told = [Papers(of="", names=tuple(common))] if common else []
    for case, names in zip(cases, named, strict=True):
        own = tuple(name for name in names if name not in common)
        if own:
            told.append(Papers(of=case.name if len(cases) > 1 else "", names=own))
    return told


def _on_the_list(component: Component) -> str:
    # On paper nobody answers questions first, so it says which papers not everybody brings.
    if component.required and component.when is None:
        return component.name
    return _("%(paper)s (tùy trường hợp)") % {"paper": component.name}


def sheet(
    *,
    code: str,
    name: str,
    field_name: str,
    facts: Iterable[Fact],
    papers: Iterable[Papers],
    who: Sequence[str],
    ways: Sequence[Words],
    steps: Sequence[str] = (),
    note: str = "",
) -> Leaflet:
    """Return the sheet: in the usual print, or a smaller one, and then only what finds room."""
    name = short(name, NAME_LETTERS_MOST)
    facts = tuple(
        Fact(
            fact.icon,
            fact.heading,
            short(_on_paper(fact.words), FACT_LETTERS_MOST),
            short(_on_paper(fact.note), FACT_LETTERS_MOST),
        )
        for fact in facts
    )
    papers = [
        Papers(
            of=short(group.of, GROUP_LETTERS_MOST),
            names=tuple(short(paper, PAPER_LETTERS_MOST) for paper in group.names),
        )
        for group in papers
    ]
    aside = [
        [short(words, ASIDE_LETTERS_MOST) for words in who[:WHO_MOST]],
        [str(words) for words in ways],
        [short(words, ASIDE_LETTERS_MOST) for words in steps[:STEPS_MOST]],
    ]
    size = PLAIN if _fits(PLAIN, name, facts, papers, aside, note) else SMALL
    room = _room(size, name, facts, note)
    kept, left_out = _papers_within(size, papers, room)
    found_room = _aside_within(size, aside, room)
    return Leaflet(
        code=code,
        name=name,
        field_name=short(field_name, FIELD_LETTERS_MOST),
        facts=facts,
        papers=kept,
        left_out=left_out,
        who=found_room[0],
        ways=found_room[1],
        steps=found_room[2],
        note=note,
        small=size.small,
    )


def leaflet_of(version: Version) -> Leaflet:
    """Return the sheet of a procedure that is settled here."""
    page = shown.procedure_page(version)
    return sheet(
        code=version.code,
        name=version.name,
        field_name=version.field_name,
        facts=(
            Fact("clock", shown.HEADINGS["time"], *page["time"]),
            Fact("money", shown.HEADINGS["fee"], *page["fee"]),
            Fact("pin", shown.HEADINGS["where"], page["settled_by"]),
            Fact("shield", shown.HEADINGS["level"], page["level"]),
        ),
        papers=papers_of(version),
        who=version.who,
        ways=page["ways"],
        steps=[step["name"] for step in page["steps"]],
    )


def short(words: str, letters: int) -> str:
    """Return the words, cut at a word if there are more letters than that."""
    if len(words) <= letters:
        return words
    return f"{words[:letters].rpartition(' ')[0] or words[:letters]} …"


def _on_paper(words: Words) -> str:
    """Return the words, or where to look when they point further down a page."""
    further_down = (shown.SEE_WAYS, shown.SEE_FEES, shown.SEE_CASES, shown.SEE_ORIGINAL)
    if str(words) in map(str, further_down):
        return _("Quét mã để xem.")
    return str(words)


def _fits(
    size: Print,
    name: str,
    facts: Sequence[Fact],
    papers: Sequence[Papers],
    aside: Sequence[Sequence[str]],
    note: str,
) -> bool:
    room = _room(size, name, facts, note)
    _kept, left_out = _papers_within(size, papers, room)
    return not left_out and _aside_within(size, aside, room) == tuple(map(tuple, aside))


def _room(size: Print, name: str, facts: Sequence[Fact], note: str) -> int:
    """Return how many lines are left below the head of the sheet."""
    title = _lines(name, size.title_letters) - 1
    fact = max(
        _lines(str(fact.words), size.fact_letters) + _lines(fact.note, size.fact_letters)
        for fact in facts
    )
    return size.lines - 2 * title - max(0, fact - 2) - (2 if note else 0)


def _papers_within(
    size: Print, papers: Iterable[Papers], room: int
) -> tuple[tuple[Papers, ...], int]:
    """Return the papers that find room, and how many do not; what is last goes first."""
    kept: list[Papers] = []
    left_out = 0
    for group in papers:
        room -= _lines(group.of, size.letters) + 1 if group.of else 0
        names = []
        for name in group.names:
            room -= _lines(name, size.letters)
            if room >= 0:
                names.append(name)
            else:
                left_out += 1
        if names:
            kept.append(Papers(of=group.of, names=tuple(names)))
    return tuple(kept), left_out


def _aside_within(
    size: Print, lists: Iterable[Sequence[str]], room: int
) -> tuple[tuple[str, ...], ...]:
    """Return what of the lists beside the papers finds room."""
    kept = []
    for words in lists:
        room -= 2  # its heading, and the air below
        told = []
        for line in words:
            room -= _lines(line, size.aside_letters)
            if room >= 0:
                told.append(line)
        kept.append(tuple(told))
    return tuple(kept)


def _lines(words: str, letters: int) -> int:
    return ceil(len(words) / letters)
