"""One filing that three agencies settle: a newborn's papers, on their way."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.dossiers.models import Dossier
from motcua.parties.models import Person

from .stories import ACTS, Desk, Story, birth_answers, tell

LINKED_BIRTH = "2.000986"
# The part ("": the whole), what is done with it, and how many working minutes after the filing.
_ON_THEIR_WAY = (
    ("", "accept", 15),
    ("birth", "take_up", 20),
    ("birth", "propose", 40),
    ("birth", "decide", 60),
    ("residence", "accept", 120),
    ("residence", "take_up", 240),
    ("health_card", "accept", 150),
    ("health_card", "take_up", 200),
    ("health_card", "propose", 300),
    ("health_card", "decide", 360),
)
_TO_THE_END = (
    *_ON_THEIR_WAY,
    ("residence", "propose", 600),
    ("residence", "decide", 900),
    ("", "return", 960),
)
_CHILDREN = (("TRẦN AN NHIÊN", 10, _ON_THEIR_WAY), ("NGUYỄN BẢO CHÂU", 40, _TO_THE_END))


def tell_linked(
    people: Sequence[Person], desks: Mapping[str, Desk], *, now: datetime, number: int
) -> list[Dossier]:
    """File two linked births; `desks` says who settles which part, and the whole under ""."""
    return [
        _tell(
            Story(
                procedure=LINKED_BIRTH,
                who=place,
                filed_hours_ago=ago,
                answers={**birth_answers(child, place), **_residence()},
            ),
            acts,
            list(people),
            desks,
            now=now,
            number=number + place,
        )
        for place, (child, ago, acts) in enumerate(_CHILDREN)
    ]


def _tell(
    story: Story,
    acts: Sequence[tuple[str, str, int]],
    people: list[Person],
    desks: Mapping[str, Desk],
    *,
    now: datetime,
    number: int,
) -> Dossier:
    whole = tell(story, people, desks[""], now=now, number=number)
    person = people[story.who % len(people)]
    for part, act, minutes in acts:
        at = working.add_worked(
            calendars.city_calendar(), whole.submitted_at, timedelta(minutes=minutes)
        )
        dossier = Dossier.objects.get(parent=whole, part=part) if part else whole
        ACTS[act](dossier, desks[part], person, at)
    return whole


def _residence() -> dict[str, Any]:
    return {
        "residence_address": "Số 12, đường Trần Phú, phường Cái Khế, quận Ninh Kiều",
        "household_head": "TRẦN VĂN BÌNH",
        "household_head_id": "092893000019",
        "head_relation": "parent",
        "care_facility": "Trạm Y tế phường Cái Khế",
    }
