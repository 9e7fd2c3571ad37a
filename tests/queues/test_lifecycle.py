"""The groups of states that the database's constraints are drawn from."""

from motcua.queues.lifecycle import (
    AT_COUNTER,
    CLOSED_STATES,
    ENDED_STATES,
    OPEN_STATES,
    TICKET_LIFECYCLE,
    TicketState,
)

S = TicketState


def test_a_missed_call_has_ended_but_is_not_closed():
    assert {S.NO_SHOW} == ENDED_STATES - CLOSED_STATES
    assert TICKET_LIFECYCLE.verbs_from(S.NO_SHOW) == ["readmit"]


def test_two_states_are_at_a_counter():
    assert {S.CALLED, S.SERVING} == AT_COUNTER
    assert AT_COUNTER | {S.WAITING} == OPEN_STATES


def test_what_is_closed_stays_closed():
    assert TICKET_LIFECYCLE.final_states == CLOSED_STATES
