"""Whatever people do to dossiers, the figures and a recount of the ledger say the same."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from motcua.dossiers import events
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import Incomplete, NotAllowed, decide_dossier, learn
from motcua.kernel.clock import CITY_TIME, day_of
from motcua.kernel.ledger.models import LedgerEvent
from motcua.steering.definitions import Measure, Period
from motcua.steering.models import Fact, MonthCount, MonthTotal, Source
from motcua.steering.queries.index766 import figures, verify
from motcua.steering.queries.recount import recount
from motcua.steering.services import forget_figures, take_in
from tests.builders import NOW, TODAY, ADesk, a_business_dossier, a_dossier, a_linked_birth
from tests.dossiers.test_walks import WALKS, World

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OCTOBER = Period.month(2024, 10)
LATER = NOW + 60 * DAY

FACTS = [
    events.FilingHelped(manner="at_home"),
    events.FilingHelped(manner="by_officer"),
    events.IdentityVerified(source="vneid"),
    events.DossierSigned(signature="mobile"),
    events.ComponentsDigitised(components=["x"]),
    events.ResultIssuedElectronically(document="x"),
    events.DataReused(source="city_store", components=["x"]),
    events.DataReused(source="national_store", components=["x"]),
    events.FeeFixed(amount_dong=0),
    events.FeeFixed(amount_dong=8000),
    events.FeePaid(amount_dong=8000, online=True),
    events.FeePaid(amount_dong=8000, online=False),
    events.DossierRated(liked=True),
    events.DossierRated(liked=False),
    events.PetitionReceived(number="PA-1", due_at=(NOW + 15 * DAY).isoformat()),
    events.PetitionAnswered(number="PA-1", satisfied=True),
    events.PetitionAnswered(number="PA-1", satisfied=False),
    events.PetitionReceived(number="PA-2", due_at=(NOW + 2 * DAY).isoformat()),
    events.PetitionAnswered(number="PA-2", satisfied=True),
    events.DossierSynchronised(national_status=2),
]


def learned(dossier: Dossier, *facts, at: datetime = NOW) -> None:
    for fact in facts:
        learn(dossier_id=dossier.pk, fact=fact, actor="system", at=at)


def follow() -> None:
    """Make the figures of all that is in the ledger."""
    forget_figures()
    told = LedgerEvent.objects.filter(subject_type=Dossier().subject.type).order_by("position")
    take_in(events=list(told))
    assert Fact.objects.exists()


def differences(period: Period = OCTOBER, *, as_of: date | None = None, at: datetime = LATER):
    return verify(figures(period, as_of=as_of, at=at)).differences


def everything_agrees(at: datetime) -> None:
    """Compare every period that could be asked about, as known on several days."""
    today = day_of(at)
    periods = [OCTOBER, Period.quarter(2024, 4)]
    if today >= date(2024, 11, 1):
        periods.append(Period.month(2024, 11))
    for period in periods:
        assert differences(period, at=at) == ()
        for as_of in {TODAY, min(date(2024, 10, 31), today), today}:
            if period.first <= as_of <= today:
                assert differences(period, as_of=as_of, at=at) == (), (period, as_of)


class Undone(Exception):
    """The walk is over; the next one begins where this one began."""


@pytest.mark.parametrize("code", ["1.001193", "1.001612"])
def test_agrees_with_the_figures_after_every_walk(code):
    world = World(code)
    told = st.lists(st.tuples(st.integers(0, 19), st.sampled_from(FACTS)), max_size=8)

    @settings(
        max_examples=10,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],
    )
    @given(WALKS, told)
    def every_walk(walk, facts):
        files, world.at = list(world.files), NOW
        try:
            with transaction.atomic():
                world.desk.taken_up(world.dossier)
                for number, ((verb, who), gap) in enumerate(walk):
                    world.at += gap
                    with suppress(NotAllowed, Incomplete):
                        world.attempt(verb, who)()
                    learned(
                        world.dossier,
                        *(fact for place, fact in facts if place == number),
                        at=world.at,
                    )
                follow()
                everything_agrees(world.at + timedelta(minutes=1))
                everything_agrees(world.at + 40 * DAY)
                raise Undone
        except Undone:
            world.files = files

    every_walk()


class TestRecount:
    def test_agrees_on_dossiers_that_fared_differently(self):
        desk = ADesk()
        for made in (
            desk.returned, desk.refused, desk.withdrawn, desk.decided, desk.stopped,
            desk.awaiting_supplement, desk.approved_a_further_round, desk.awaiting_obligation,
            desk.awaiting_agency, desk.suspended, desk.asked_at_intake, desk.asked_to_withdraw,
        ):  # fmt: skip
            made()
        a_dossier()
        a_business_dossier()
        a_linked_birth()
        learned(desk.decided(), *FACTS)
        follow()

        for days in range(0, 45, 4):
            everything_agrees(NOW + days * DAY + timedelta(hours=5))

    def test_reads_no_figures(self):
        ADesk().accepted()
        follow()
        before = recount(OCTOBER, as_of=None, at=LATER)
        forget_figures()

        assert not Fact.objects.exists()
        assert recount(OCTOBER, as_of=None, at=LATER) == before

    def test_notices_a_figure_that_was_tampered_with(self):
        dossier = ADesk().accepted()
        follow()
        MonthCount.objects.filter(agency_id=dossier.settling_agency_id).update(received=7)

        [found] = differences()

        assert (found.what, found.figures, found.ledger) == ("received", 7, 1)
        assert found.agency_id == dossier.settling_agency_id

    def test_notices_a_total_that_was_tampered_with(self):
        dossier = ADesk().accepted()
        follow()
        MonthTotal.objects.filter(agency_id=dossier.settling_agency_id).update(petitions=2)

        [found] = differences()

        assert (found.what, found.figures, found.ledger) == ("petitions", 2, 0)
        assert (found.agency_id, found.procedure) == (dossier.settling_agency_id, "")

    def test_adds_up_the_time_that_settling_took(self):
        desk = ADesk()
        dossier = desk.proposed()
        decide_dossier(
            dossier_id=dossier.pk,
            mandate=desk.leader,
            outcome="granted",
            number="125/KS",
            summary="Đã đăng ký khai sinh.",
            at=NOW + timedelta(hours=3),  # two of work, and lunch
        )
        follow()
        assert differences() == ()

        Fact.objects.filter(pk=dossier.pk).update(received_at=NOW + timedelta(minutes=30))

        [found] = differences()
        assert (found.what, found.procedure) == ("microseconds taken", "1.001193")
        assert (found.figures, found.ledger) == (5_400_000_000, 7_200_000_000)

    def test_asks_who_ended_what(self):
        desk = ADesk()
        dossier = desk.decided()
        follow()
        officer = Fact.objects.get(pk=dossier.pk).officer_id
        Fact.objects.filter(pk=dossier.pk).update(officer_id=officer + 1)

        assert {each.what for each in differences()} == {
            f"officer {officer} ended",
            f"officer {officer + 1} ended",
        }

    def test_asks_what_was_ever_recorded(self):
        desk = ADesk()
        learned(desk.accepted(), FACTS[12])
        follow()
        Source.objects.filter(measure=Measure.RATED).delete()

        assert {each.what for each in differences()} == {"recorded rated", "recorded unhappy"}

    def test_remembers_payments_for_a_year(self):
        desk = ADesk()
        learned(desk.accepted(), *FACTS[9:11])
        follow()
        for later, was_paid in ((date(2025, 9, 1), True), (date(2025, 10, 1), False)):
            month = Period.month(later.year, later.month)
            moment = datetime.combine(month.last, time(12), CITY_TIME)
            assert differences(month, at=moment) == ()
            assert bool(figures(month, at=moment).payable) == was_paid

        MonthCount.objects.update(paid_online=0)
        assert "paid online in a year" in {each.what for each in differences()}

    def test_counts_what_ended_at_midnight_to_the_day_that_begins(self):
        midnight = datetime(2024, 11, 1, tzinfo=CITY_TIME)
        desk = ADesk()
        desk.decided(at=midnight)
        desk.decided(at=midnight - timedelta(seconds=1))

        told = recount(OCTOBER, as_of=None, at=LATER)
        next_ = recount(Period.month(2024, 11), as_of=None, at=LATER)

        assert sum(counts[Measure.DECIDED] for counts in told.now.values()) == 1
        assert sum(counts[Measure.DECIDED] for counts in next_.now.values()) == 1
