from motcua.dossiers import lifecycle
from motcua.dossiers.lifecycle import (
    DOSSIER_LIFECYCLE,
    NATIONAL_STATUS,
    STILL_ACTS,
    DossierState,
    Paper,
    Party,
)
from motcua.dossiers.policies import ACT_NAMES, APPLICANT_ACTS, OFFICER_ACTS, SYSTEM_ACTS
from motcua.kernel.lifecycle import ClockEffect

S = DossierState
VERBS = {transition.verb for transition in DOSSIER_LIFECYCLE.transitions}


def test_every_national_status_is_told_and_none_is_invented():
    assert set(NATIONAL_STATUS.values()) == set(range(1, 11))


def test_every_verb_is_somebodys_and_only_one_sides():
    sides = (set(OFFICER_ACTS), APPLICANT_ACTS, SYSTEM_ACTS)
    assert set().union(*sides) == VERBS | set(STILL_ACTS)
    assert sum(map(len, sides)) == len(VERBS) + len(STILL_ACTS)
    assert set(ACT_NAMES) == VERBS | set(STILL_ACTS)


def test_no_act_both_moves_the_state_and_leaves_it():
    assert not VERBS & set(STILL_ACTS)


def test_the_clock_stands_still_exactly_while_the_office_cannot_move_after_acceptance():
    waiting = DOSSIER_LIFECYCLE.states_waiting_on(
        Party.APPLICANT, Party.OTHER_AGENCY, Party.CIRCUMSTANCES
    )
    assert waiting & lifecycle.ACCEPTED_STATES == lifecycle.CLOCK_PAUSED_IN


def test_a_dossier_may_be_stopped_or_withdrawn_before_acceptance_and_after():
    assert {S.STOPPED, S.WITHDRAWN} == lifecycle.ENDED_EITHER_WAY
    assert S.NOT_ACCEPTED not in lifecycle.ACCEPTED_STATES | lifecycle.ENDED_EITHER_WAY


def test_without_a_result_it_ends_by_a_stop_notice_once_the_clock_ran():
    for verb in ("stop", "stop_for_silence", "grant_withdrawal"):
        ends = DOSSIER_LIFECYCLE.transition(verb)
        assert (ends.clock, ends.issues) == (ClockEffect.STOP, Paper.STOP_NOTICE)
        assert ends.to in lifecycle.CLOSED_STATES
        assert S.DECIDED not in ends.from_


def test_what_still_may_be_settled_is_not_told_to_the_nation_as_ended():
    for state in lifecycle.IN_SETTLEMENT:
        assert NATIONAL_STATUS[state] in {2, 4, 5, 6}


def test_every_pause_can_be_ended_by_resuming():
    for state in lifecycle.CLOCK_PAUSED_IN:
        effects = {
            DOSSIER_LIFECYCLE.transition(v).clock for v in DOSSIER_LIFECYCLE.verbs_from(state)
        }
        assert ClockEffect.RESUME in effects


def test_a_dossier_is_completed_before_it_is_returned():
    assert DossierState.DECIDED in lifecycle.COMPLETED_STATES
    assert DossierState.DECIDED not in lifecycle.CLOSED_STATES
