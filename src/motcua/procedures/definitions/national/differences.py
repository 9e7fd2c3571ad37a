"""Where the procedure published here and the national record of it say different things."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from rapidfuzz import fuzz

from motcua.calendars.limits import Limit
from motcua.kernel import text
from motcua.procedures.definitions.version import Version

from .procedure import Mark, NationalLimit, NationalProcedure, TimeUnit

ALIKE_MIN = 80.0  # of 100, by rapidfuzz over folded words: the same paper in other words


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing said differently: what is said here, and what nationally. Empty: not said."""

    field: str  # name, time, channels, fees, components, results, legal_bases
    about: str  # the channel, for time; else empty
    here: str
    there: str


def differences(version: Version, national: NationalProcedure) -> tuple[Difference, ...]:
    """
    Return every difference that the reading is sure of.

    Unread fields differ in nothing that could be told, so they give none.
    """
    return (
        *_of_name(version, national),
        *_of_channels(version, national),
        *_of_time(version, national),
        *_of_fees(version, national),
        *_of_components(version, national),
        *_of_results(version, national),
        *_of_bases(version, national),
    )


def _of_name(version: Version, national: NationalProcedure) -> Iterator[Difference]:
    if _bare_name(version.name) != _bare_name(national.name):
        yield Difference(field="name", about="", here=version.name, there=national.name)


def _of_channels(version: Version, national: NationalProcedure) -> Iterator[Difference]:
    if national.marks["channels"] is Mark.READ and version.channels != national.filed_by:
        yield Difference(
            field="channels",
            about="",
            here=_list(version.channels),
            there=_list(national.filed_by),
        )


def _of_time(version: Version, national: NationalProcedure) -> Iterator[Difference]:
    if national.marks["time"] is not Mark.READ:
        return
    for channel in sorted(version.channels & national.filed_by):
        here = {
            _limit(case.limits[channel])
            for case in version.cases.values()
            if channel in case.limits
        }
        there = {
            _national_limit(limit)
            for row in national.channels
            if row.channel == channel
            for limit in row.limits
        }
        # A number without a unit may mean any of ours with that number.
        if there and not here & there and not _bare(here) & there:
            yield Difference(field="time", about=channel, here=_list(here), there=_list(there))


def _of_fees(version: Version, national: NationalProcedure) -> Iterator[Difference]:
    """A fee that the city sets, and "Miễn phí" nationally, say nothing against one another."""
    there = {
        fee.amount_dong
        for row in national.channels
        for fee in row.fees
        if fee.amount_dong is not None
    }
    here = {
        fee.amount_dong
        for case in version.cases.values()
        for fee in case.fees
        if fee.amount_dong is not None
    }
    if there and here and not there & here:
        yield Difference(
            field="fees",
            about="",
            here=_list(map(str, sorted(here))),
            there=_list(map(str, sorted(there))),
        )


def _of_components(version: Version, national: NationalProcedure) -> Iterator[Difference]:
    if national.marks["components"] not in (Mark.READ, Mark.PARTLY):
        return
    here = {c.name for case in version.cases.values() for c in case.components}
    # Rows of which no copy is asked for are remarks, not papers.
    there = {c.name for c in national.components if c.originals != 0 or c.copies != 0}
    for name in sorted(here):
        if not _alike(name, there):
            yield Difference(field="components", about="", here=name, there="")
    for name in sorted(there):
        if not _alike(name, here):
            yield Difference(field="components", about="", here="", there=name)


def _of_results(version: Version, national: NationalProcedure) -> Iterator[Difference]:
    codes = {result.code for result in national.results if result.code}
    if codes and version.result_code not in codes:
        yield Difference(
            field="results", about="", here=version.result_code, there=_list(sorted(codes))
        )


def _of_bases(version: Version, national: NationalProcedure) -> Iterator[Difference]:
    if national.marks["legal_bases"] not in (Mark.READ, Mark.PARTLY):
        return
    here = {basis.number: basis.name for basis in version.legal_bases}
    there = {basis.number: basis.name for basis in national.legal_bases}
    for number in sorted(here.keys() - there.keys()):
        yield Difference(
            field="legal_bases", about="", here=f"{number} {here[number]}".strip(), there=""
        )
    for number in sorted(there.keys() - here.keys()):
        yield Difference(
            field="legal_bases", about="", here="", there=f"{number} {there[number]}".strip()
        )


def _bare_name(name: str) -> str:
    return text.fold(name).removeprefix("thu tuc ")


def _alike(name: str, others: Iterable[str]) -> bool:
    folded = text.fold(name)
    return any(fuzz.token_set_ratio(folded, text.fold(other)) >= ALIKE_MIN for other in others)


def _limit(limit: Limit) -> str:
    return f"{limit.amount} {limit.unit}"


def _national_limit(limit: NationalLimit) -> str:
    unit = "hour" if limit.unit == TimeUnit.WORKING_HOUR else limit.unit
    return f"{Fraction(limit.amount)} {unit}"


def _bare(limits: set[str]) -> set[str]:
    return {f"{limit.split(' ')[0]} {TimeUnit.NOT_STATED}" for limit in limits}


def _list(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))
