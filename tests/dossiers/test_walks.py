"""Random people do random things to one dossier; whatever they do, the books agree."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from motcua.calendars import seeds
from motcua.documents.models import StoredFile
from motcua.dossiers import clock, policies, queries, services
from motcua.dossiers.lifecycle import (
    AWAITING_ANSWER,
    CLOSED_STATES,
    DOSSIER_LIFECYCLE,
    DossierState,
)
from motcua.dossiers.models import Dossier, Plea, SupplementRequest
from motcua.dossiers.services import Attachment, Incomplete, NotAllowed
from motcua.kernel.ledger import chain
from motcua.offices.queries import Mandate
from motcua.parties.models import Person
from motcua.procedures.queries import compiled
from tests.builders import (
    NOW,
    ADesk,
    a_business_dossier,
    a_citizen,
    a_district,
    a_dossier,
    a_file,
    a_processor,
    found_wanting,
)
from tests.dossiers.acts import columns_of, do, events_of

pytestmark = pytest.mark.django_db

PAPER_OF = {"1.001193": "birth_certificate", "1.001612": "owner_identity"}
ACTORS = ("receiver", "processor", "colleague", "leader", "stranger's desk")
PEOPLE = ("owner", "stranger")
# Long enough for clocks to run out, and often no time at all.
GAPS = st.one_of(st.just(timedelta()), st.timedeltas(timedelta(), timedelta(days=3)))
OFFICERS_ACT = st.tuples(st.sampled_from(sorted(policies.OFFICER_ACTS)), st.sampled_from(ACTORS))
APPLICANTS_ACT = st.tuples(
    st.sampled_from(sorted(policies.APPLICANT_ACTS)), st.sampled_from(PEOPLE)
)
# Half of the steps are by whoever is right, or walks would seldom leave the door.
# Hypothesis likes small numbers; a random one is fair to every act.
USEFUL = st.tuples(st.just("useful"), st.randoms(use_true_random=False).map(lambda r: r.random()))
ENDINGS = {"refuse", "withdraw", "stop", "grant_withdrawal"}
WALKS = st.lists(
    st.tuples(st.one_of(USEFUL, USEFUL, OFFICERS_ACT, APPLICANTS_ACT), GAPS),
    min_size=8,
    max_size=20,
)


class World:
    """One dossier, and everybody who may meet it."""

    def __init__(self, code: str) -> None:
        business = code == "1.001612"
        agency = a_district() if business else None
        self.desk = ADesk(agency, procedure=code)
        self.colleague = a_processor(agency, procedure=code)
        self.elsewhere = ADesk(None if business else a_district())
        self.stranger = a_citizen("Lý Thị Lan")
        self.dossier = a_business_dossier() if business else a_dossier()
        self.paper = PAPER_OF[code]
        self.files = [a_file(self.dossier.owner) for _ in range(24)]
        self.at = NOW

    def officer(self, name: str, verb: str) -> Mandate:
        if name == "colleague":
            return self.colleague
        if name == "stranger's desk":
            return self._rightful(verb, self.elsewhere)
        mandate: Mandate = getattr(self.desk, name)
        return mandate

    def attempt(self, verb: str, who: str | float) -> Callable[[], Dossier]:
        """Return the act as somebody would try it."""
        if verb == "useful":
            verb, who = self._useful(float(who))
        if verb in policies.APPLICANT_ACTS:
            return self._by_applicant(verb, self.dossier.owner if who == "owner" else self.stranger)
        words: dict[str, Any] = {}
        if verb in {"request_supplement", "request_intake_supplement"}:
            words = {"findings": found_wanting(self.dossier, self.paper)}
        mandate = self.officer(who, verb)
        return lambda: do(verb, self.dossier, mandate, desk=self.desk, at=self.at, **words)

    def _useful(self, chance: float) -> tuple[str, str]:
        self.dossier.refresh_from_db()
        version = compiled(self.dossier.version_id)
        acts = [
            (verb, who)
            for verb in policies.OFFICER_ACTS
            for who in ("receiver", "processor", "leader")
            if policies.officer_may(verb, self.officer(who, verb), self.dossier, version)
        ] + [
            (verb, "owner")
            for verb in sorted(policies.APPLICANT_ACTS)
            if policies.applicant_may(verb, self.dossier.owner, self.dossier)
        ]
        going_on = [act for act in acts if act[0] not in ENDINGS]
        return going_on[int(chance * len(going_on))] if going_on else ("accept", "receiver")

    def _by_applicant(self, verb: str, person: Person) -> Callable[[], Dossier]:
        if verb == "withdraw":
            return lambda: services.withdraw_dossier(
                dossier_id=self.dossier.pk, person=person, at=self.at
            )
        if verb == "request_withdrawal":
            return lambda: services.request_withdrawal(
                dossier_id=self.dossier.pk, person=person, reason="Nộp nhầm.", at=self.at
            )
        file: StoredFile = self.files.pop()
        return lambda: services.supplement_dossier(
            dossier_id=self.dossier.pk,
            person=person,
            attachments=[Attachment(key=self.paper, file=file)],
            at=self.at,
        )

    @staticmethod
    def _rightful(verb: str, desk: ADesk) -> Mandate:
        return {"receiver": desk.receiver, "processor": desk.processor, "leader": desk.leader}[
            policies.OFFICER_ACTS[verb].role
        ]


def recomputed_due(dossier: Dossier) -> datetime | None:
    """Work the promise out again, from nothing but the ledger."""
    history = queries.clock_events_in(events_of(dossier))
    if not history:
        return None
    version = compiled(dossier.version_id)
    return clock.due_at(
        history,
        limit=queries.limit_of(dossier, version),
        policy=version.pause_policy,
        calendar=seeds.shipped_calendar(),
    )


def check_the_books(dossier: Dossier) -> None:
    history = events_of(dossier)
    row = Dossier.objects.get(pk=dossier.pk)

    assert [event.subject_seq for event in history] == list(range(1, len(history) + 1))
    state = DossierState.SUBMITTED
    moves = [event for event in history if "verb" in event.data]  # others leave it where it is
    for event in moves:
        assert event.data["from_state"] == state
        state = DOSSIER_LIFECYCLE.target_of(event.data["verb"], state=state)
        assert event.data["to_state"] == state
    assert row.state == state
    assert (row.step_key, row.step_unit_id) == (
        (moves[-1].data["step"], moves[-1].data["unit"])
        if moves
        else ("receive", row.receiving_unit_id)
    )
    assert row.due_at == recomputed_due(dossier)
    asked = [r for r in SupplementRequest.objects.filter(dossier=dossier) if not r.answered_at]
    assert len(asked) == (state in AWAITING_ANSWER)
    assert (row.answer_due_at is not None) is (state in AWAITING_ANSWER)
    if state in CLOSED_STATES:
        assert not Plea.objects.filter(dossier=dossier, answered_at=None).exists()
    assert all(a.occurred_at <= b.occurred_at for a, b in itertools.pairwise(history))


class Undone(Exception):
    """The walk is over; the next one begins where this one began."""


@pytest.mark.parametrize("code", ["1.001193", "1.001612"])
def test_every_walk_leaves_the_books_in_order(code):
    world = World(code)

    @settings(
        max_examples=60,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],  # making a failing walk shorter takes minutes of acts
    )
    @given(WALKS, st.booleans())
    def every_walk(walk, is_begun):
        files, world.at = list(world.files), NOW
        try:
            with transaction.atomic():
                if is_begun:  # or most walks would end at the door
                    world.desk.taken_up(world.dossier)
                for (verb, who), gap in walk:
                    world.at += gap
                    take_a_step(world, verb, who)
                assert chain.verify() is None
                raise Undone
        except Undone:
            world.files = files

    every_walk()


def take_a_step(world: World, verb: str, who: str | float) -> None:
    attempt = world.attempt(verb, who)
    before, history = columns_of(world.dossier), len(events_of(world.dossier))
    try:
        attempt()
    except (NotAllowed, Incomplete):
        assert columns_of(world.dossier) == before
        assert len(events_of(world.dossier)) == history
    else:
        assert len(events_of(world.dossier)) == history + 1
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    check_the_books(world.dossier)


class TestCodes:
    @settings(
        max_examples=15,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],  # making a failing walk shorter takes minutes of acts
    )
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["31117", "31120"]),
                st.integers(0, 2),
                st.booleans(),
            ),
            max_size=8,
        )
    )
    def test_are_never_used_again_over_any_sequence_with_rollbacks(self, filings):
        given_out: list[str] = []
        person = a_citizen()
        try:
            with transaction.atomic():
                for commune, days, is_kept in filings:
                    at = NOW + timedelta(days=days)
                    if code := self._filed(person, commune, at, is_kept=is_kept):
                        given_out.append(code)
                raise Undone
        except Undone:
            pass

        assert len(set(given_out)) == len(given_out)
        by_series: dict[str, list[int]] = {}
        for code in given_out:
            series, serial = code.rsplit("-", 1)
            by_series.setdefault(series, []).append(int(serial))
        assert all(serials == sorted(serials) for serials in by_series.values())

    @staticmethod
    def _filed(person: Person, commune: str, at: datetime, *, is_kept: bool) -> str | None:
        try:
            with transaction.atomic():
                code = a_dossier(person, at=at, settling_commune=commune).code
                if not is_kept:
                    raise Undone
        except Undone:
            return None
        return code
