"""The forms of the circulars, as dated data: what a paper looks like on the day of its issue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from motcua.dossiers.lifecycle import Paper

_DATA = Path(__file__).resolve().parents[1] / "data"


class NoFormOfThatDay(Exception):
    """The law of that day knows no such paper."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form of one circular, in one layout."""

    paper: Paper
    circular: str  # key: "tt01-2018"
    circular_name: str
    number: str  # "01"; another paper may have it in another circular
    symbol: str  # behind the number of a paper: "BPTNTKQ"
    size: str
    template: int
    valid_from: date

    @property
    def path(self) -> Path:
        """Return where the layout lies."""
        return _DATA / "forms" / self.circular / f"{self.number}-{self.template}.typ"

    @property
    def title(self) -> str:
        """Return how the form is cited."""
        return f"Mẫu số {self.number}, {self.circular_name}"

    def numbered(self, number: int, year: int) -> str:
        """Return the number of a paper as it is written: "12/2024/BPTNTKQ"."""
        return "/".join(str(part) for part in (number, year, self.symbol) if part)


@cache
def shipped_forms() -> tuple[Form, ...]:
    """Return every form, circular by circular, the oldest first."""
    return tuple(_read())


def form_on(paper: Paper, on: date) -> Form:
    """
    Return the form of a paper that is issued on that day.

    :raises NoFormOfThatDay: if the circular of that day has no such form
    """
    in_force = [form for form in shipped_forms() if form.valid_from <= on]
    circular = in_force[-1].circular if in_force else None
    for form in in_force:
        if form.circular == circular and form.paper == paper:
            return form
    raise NoFormOfThatDay(f"{paper.value} {on}")


def has_form_on(paper: Paper, on: date) -> bool:
    """Return whether the circular of that day has a form for the paper."""
    try:
        form_on(paper, on)
    except NoFormOfThatDay:
        return False
    return True


def form_with(circular: str, paper: Paper, template: int) -> Form:
    """
    Return the form that a paper was issued in, whatever the law says today.

    :raises NoFormOfThatDay: if there is no such circular or form
    """
    for form in shipped_forms():
        if (form.circular, form.paper) == (circular, paper):
            return Form(**{**vars(form), "template": template})
    raise NoFormOfThatDay(f"{paper.value} {circular}")


def _read() -> Iterator[Form]:
    told = yaml.safe_load((_DATA / "forms.yaml").read_text(encoding="utf-8"))
    for circular in told["circulars"]:
        for paper, form in circular["forms"].items():
            yield Form(
                paper=Paper(paper),
                circular=circular["key"],
                circular_name=circular["name"],
                valid_from=circular["valid_from"],
                **form,
            )
