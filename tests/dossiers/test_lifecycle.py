from motcua.dossiers import lifecycle
from motcua.dossiers.lifecycle import DOSSIER_LIFECYCLE, NATIONAL_STATUS, DossierState, Party
from motcua.dossiers.policies import ACT_NAMES, APPLICANT_ACTS, OFFICER_ACTS
from motcua.kernel.lifecycle import ClockEffect

VERBS = {transition.verb for transition in DOSSIER_LIFECYCLE.transitions}


def test_every_national_status_is_told_and_none_is_invented():
    assert set(NATIONAL_STATUS.values()) == set(range(1, 11))


def test_every_verb_is_somebodys_and_only_one_sides():
    assert set(OFFICER_ACTS) | APPLICANT_ACTS == VERBS
    assert not set(OFFICER_ACTS) & APPLICANT_ACTS
    assert set(ACT_NAMES) == VERBS


def test_the_clock_stands_still_exactly_while_the_applicant_must_move_after_acceptance():
    waiting = DOSSIER_LIFECYCLE.states_waiting_on(Party.APPLICANT)
    assert waiting & lifecycle.ACCEPTED_STATES == lifecycle.CLOCK_PAUSED_IN


def test_every_pause_can_be_ended_by_resuming():
    for state in lifecycle.CLOCK_PAUSED_IN:
        effects = {
            DOSSIER_LIFECYCLE.transition(v).clock for v in DOSSIER_LIFECYCLE.verbs_from(state)
        }
        assert ClockEffect.RESUME in effects


def test_a_dossier_is_completed_before_it_is_returned():
    assert DossierState.DECIDED in lifecycle.COMPLETED_STATES
    assert DossierState.DECIDED not in lifecycle.CLOSED_STATES
