from enum import Enum

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.lifecycle import ClockEffect, IllegalTransition, Lifecycle, Transition


class Lamp(models.TextChoices):
    NEW = "new", "Mới"
    LIT = "lit", "Đang sáng"
    DIM = "dim", "Đang mờ"
    BROKEN = "broken", "Đã hỏng"


class Party(Enum):
    OWNER = "owner"
    NOBODY = "nobody"


WAITING_ON = {
    Lamp.NEW: Party.OWNER,
    Lamp.LIT: Party.OWNER,
    Lamp.DIM: Party.OWNER,
    Lamp.BROKEN: Party.NOBODY,
}
LIGHT = Transition("light", {Lamp.NEW, Lamp.DIM}, Lamp.LIT, clock=ClockEffect.START)
DIM = Transition("dim", {Lamp.LIT}, Lamp.DIM, clock=ClockEffect.PAUSE)
DROP = Transition(
    "drop", {Lamp.NEW, Lamp.LIT}, Lamp.BROKEN, clock=ClockEffect.STOP, issues="form-03"
)


def lamps(*transitions: Transition[Lamp], **changes) -> Lifecycle[Lamp]:
    told = {"initial": Lamp.NEW, "waiting_on": WAITING_ON, "transitions": transitions} | changes
    return Lifecycle(**told)


LIFECYCLE = lamps(LIGHT, DIM, DROP)
STATES = st.sampled_from(list(Lamp))
VERBS = st.sampled_from([t.verb for t in LIFECYCLE.transitions])


class TestTargetOf:
    @given(STATES, VERBS)
    def test_agrees_with_verbs_from(self, state, verb):
        if verb in LIFECYCLE.verbs_from(state):
            assert LIFECYCLE.target_of(verb, state=state) is LIFECYCLE.transition(verb).to
        else:
            with pytest.raises(IllegalTransition, match=f"cannot {verb} from {state.value}"):
                LIFECYCLE.target_of(verb, state=state)

    @given(st.lists(VERBS))
    def test_never_walks_off_the_table(self, verbs):
        state = LIFECYCLE.initial
        for verb in verbs:
            before = state
            try:
                state = LIFECYCLE.target_of(verb, state=state)
            except IllegalTransition:
                continue
            row = LIFECYCLE.transition(verb)
            assert before in row.from_
            assert state is row.to

    @given(st.data())
    def test_reaches_every_state_by_some_walk(self, data):
        goal = data.draw(STATES)
        walks = {LIFECYCLE.initial}
        for _ in Lamp:
            walks |= {
                LIFECYCLE.target_of(verb, state=state)
                for state in walks
                for verb in LIFECYCLE.verbs_from(state)
            }
        assert goal in walks

    def test_knows_no_other_verb(self):
        with pytest.raises(KeyError, match="explode"):
            LIFECYCLE.target_of("explode", state=Lamp.LIT)


class TestGroups:
    def test_are_drawn_from_the_table(self):
        assert LIFECYCLE.states_waiting_on(Party.NOBODY) == {Lamp.BROKEN}
        assert LIFECYCLE.states_waiting_on(Party.NOBODY, Party.OWNER) == set(Lamp)
        assert LIFECYCLE.states_after(ClockEffect.START) == {Lamp.LIT}
        assert LIFECYCLE.final_states == {Lamp.BROKEN}


class TestMaking:
    @pytest.mark.parametrize(
        ("transitions", "changes", "complaint"),
        [
            ((LIGHT, DIM), {}, "unreachable states: .*broken"),
            ((LIGHT, DIM, DROP, DROP), {}, "appears once"),
            ((LIGHT, DIM, DROP), {"waiting_on": {Lamp.NEW: Party.OWNER}}, "name a party"),
            ((LIGHT, DIM, DROP), {"national_code": {Lamp.NEW: 1}}, "its code"),
            (
                (LIGHT, DIM, DROP, Transition("fly", frozenset(), Lamp.LIT)),
                {},
                "no state allows: .*fly",
            ),
        ],
    )
    def test_is_refused_to_a_table_that_is_not_whole(self, transitions, changes, complaint):
        with pytest.raises(ValueError, match=complaint):
            lamps(*transitions, **changes)


def test_the_diagram_tells_arrows_clock_and_paper():
    codes = {state: number for number, state in enumerate(Lamp, start=1)}
    drawn = lamps(LIGHT, DIM, DROP, national_code=codes).as_mermaid(labels=True)

    assert drawn.splitlines() == [
        "stateDiagram-v2",
        "    new: 1. Mới",
        "    lit: 2. Đang sáng",
        "    dim: 3. Đang mờ",
        "    broken: 4. Đã hỏng",
        "    [*] --> new",
        "    dim --> lit: light · clock start",
        "    new --> lit: light · clock start",
        "    lit --> dim: dim · clock pause",
        "    lit --> broken: drop · clock stop · form-03",
        "    new --> broken: drop · clock stop · form-03",
    ]
