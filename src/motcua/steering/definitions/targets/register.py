"""The annex of a plan, as dated data: which agency had reached what, and is to reach what."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from motcua.kernel.data_files import read_data_file

REGISTER_OF_2024 = Path(__file__).parents[2] / "data" / "targets-2024.yaml"

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Tenths = Annotated[int, msgspec.Meta(ge=0, le=1000)]
TargetTenths = Annotated[int, msgspec.Meta(ge=1, le=1000)]


class InvalidRegister(Exception):
    """A register is loaded whole or not at all."""


class RegisterLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the annex. `wording` keeps how it prints the name, where that differs."""

    row: Annotated[int, msgspec.Meta(ge=1)]
    agency: Name
    baseline: Tenths
    target: TargetTenths
    wording: str = ""


class Register(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of the annex, and what the plan says for everybody."""

    document: Name
    issued_on: date
    baseline_year: int
    year: int
    floor: TargetTenths
    lines: Annotated[tuple[RegisterLine, ...], msgspec.Meta(min_length=1)]


def read_register(path: Path = REGISTER_OF_2024) -> Register:
    """
    Return a register, checked.

    :raises InvalidRegister: naming the file and all that is wrong in it
    """
    return read_data_file(path, Register, faults=_faults, refused=InvalidRegister)


@cache
def plan_register() -> Register:
    """Return the register of the plan that the city follows, read once a process."""
    return read_register()


def _faults(register: Register) -> Iterator[str]:
    if register.baseline_year >= register.year:
        yield "$.baseline_year: it lies before $.year"
    for what, values in (
        ("row", [line.row for line in register.lines]),
        ("agency", [line.agency for line in register.lines]),
    ):
        for value, times in Counter(values).items():
            if times > 1:
                yield f"$.lines: the {what} {value!r} stands {times} times"
