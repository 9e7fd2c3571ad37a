"""The figures are the ledger, counted: event by event, in a stretch, or built anew."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from motcua.dossiers.events import (
    DataReused,
    DossierRated,
    FeeFixed,
    FeePaid,
    PetitionAnswered,
    PetitionReceived,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import learn, stop_dossier
from motcua.kernel.ledger import followers as ledger
from motcua.steering.definitions import LEARNED, OF_PETITIONS, Measure, Period
from motcua.steering.followers import follow_dossiers
from motcua.steering.models import (
    COUNTS,
    TOTALS,
    Fact,
    Petition,
    Source,
)
from motcua.steering.queries import (
    NoListBehindIt,
    TheFutureIsNotKnown,
    counted,
    dossiers_behind,
    sources,
    sums,
)
from tests.builders import (
    NOW,
    TODAY,
    ADesk,
    a_business_dossier,
    a_district,
    a_dossier,
    a_linked_birth,
)
from tests.kernel.ledger.rooms import catch_up

pytestmark = pytest.mark.django_db(transaction=True)

M = Measure
ONE_DAY, ONE_SECOND = timedelta(days=1), timedelta(seconds=1)
OCTOBER = Period.month(2024, 10)
LATER = NOW + 40 * ONE_DAY


def kept() -> list[list[tuple]]:
    """All that is kept, row by row; a row of nothing but zeros is none."""
    counts = [
        sorted(model.objects.exclude(**dict.fromkeys(model.measures, 0)).values_list())
        for model in (*COUNTS, *TOTALS)
    ]
    return [
        sorted(Fact.objects.values_list(), key=repr),
        sorted(Petition.objects.values_list()),
        sorted(Source.objects.values_list()),
        *counts,
    ]


def totals(period: Period = OCTOBER, **asked) -> Counter:
    """The sums over everybody."""
    found: Counter = Counter()
    for row in counted(period, **{"at": NOW, **asked}):
        for measure, count in row.now.items():
            found[measure] += count
    return Counter({measure: count for measure, count in found.items() if count})


def told_of_petitions(**asked) -> tuple[int, ...]:
    """How many there were, how many were late, and with how many somebody was unhappy."""
    found = totals(**asked)
    return tuple(found[measure] for measure in OF_PETITIONS)


def some_lives(desk: ADesk) -> None:
    """Dossiers that fared differently."""
    desk.returned()
    desk.refused()
    desk.withdrawn()
    a_dossier()
    desk.decided(at=NOW + ONE_DAY)
    a_business_dossier()
    a_linked_birth()


def be_stopped(desk: ADesk, dossier: Dossier, *, at: datetime = NOW) -> None:
    stop_dossier(dossier_id=dossier.pk, mandate=desk.leader, reason="Theo đề nghị.", at=at)


class Killed(Exception):
    """Before anything was added up."""


def be_killed(hands: int) -> None:
    raise Killed


KILLED_AT_THE_END = replace(
    follow_dossiers, gathering=replace(follow_dossiers.gathering, add_up=be_killed)
)


class TestFollow:
    def test_counts_what_happened(self):
        some_lives(ADesk())
        catch_up(follow_dossiers)

        assert totals(at=LATER)[M.FILED] == 7
        assert totals(at=LATER)[M.REFUSED] == 1
        assert totals(at=LATER)[M.DECIDED] == 2
        assert totals(at=LATER)[M.RETURNED] == 1

    def test_built_anew_or_in_a_stretch_the_figures_are_the_same(self):
        some_lives(ADesk())
        catch_up(follow_dossiers)
        event_by_event = kept()

        ledger.rebuild(follow_dossiers)
        assert not any(kept())
        catch_up(follow_dossiers)
        assert kept() == event_by_event

        ledger.rebuild(follow_dossiers)
        assert ledger.catch_up(follow_dossiers)
        assert kept() == event_by_event

    @pytest.mark.parametrize("go_on", [catch_up, ledger.catch_up])
    def test_what_a_hand_that_was_killed_laid_aside_does_not_count(self, go_on):
        some_lives(ADesk())
        catch_up(follow_dossiers)
        event_by_event = kept()

        ledger.rebuild(follow_dossiers)
        with pytest.raises(Killed):
            ledger.catch_up(KILLED_AT_THE_END)
        go_on(follow_dossiers)
        assert kept() == event_by_event

    def test_a_stretch_goes_on_where_events_stopped(self):
        desk = ADesk()
        dossier = desk.accepted()
        catch_up(follow_dossiers)
        be_stopped(desk, dossier)
        some_lives(desk)
        assert ledger.catch_up(follow_dossiers)
        together = kept()

        ledger.rebuild(follow_dossiers)
        catch_up(follow_dossiers)
        assert kept() == together

    def test_handed_events_one_by_one_it_counts_the_same(self):
        some_lives(ADesk())
        catch_up(follow_dossiers)
        in_batches = kept()

        ledger.rebuild(follow_dossiers)
        while ledger.run_once(follow_dossiers, batch=1):
            pass
        assert kept() == in_batches


class TestCounted:
    def test_every_figure_has_its_dossiers(self):
        some_lives(ADesk())
        catch_up(follow_dossiers)
        for at in (NOW + 2 * ONE_DAY, LATER):
            sums = totals(at=at)
            for measure in Measure:
                if measure in (M.FURTHER_ROUNDS, *OF_PETITIONS):
                    with pytest.raises(NoListBehindIt):
                        dossiers_behind(measure, OCTOBER, at=at)
                    continue
                count, found = dossiers_behind(measure, OCTOBER, at=at)
                assert (count, len(found)) == (sums[measure],) * 2, (measure, at)

    def test_time_alone_makes_a_dossier_overdue(self):
        dossier = ADesk().accepted()
        catch_up(follow_dossiers)
        november = Period.month(2024, 11)

        assert totals(at=dossier.due_at - timedelta(minutes=1))[M.OVERDUE] == 0
        assert totals(at=dossier.due_at + timedelta(minutes=1))[M.OVERDUE] == 1
        assert totals(at=dossier.due_at + timedelta(minutes=1))[M.OVERDUE_BY_DATE] == 0
        assert totals(november, at=LATER)[M.OVERDUE_BY_DATE] == 1

    def test_a_past_day_is_told_as_it_was_known(self):
        desk = ADesk()
        dossier = desk.accepted()
        catch_up(follow_dossiers)
        as_known = totals(as_of=TODAY, at=LATER)

        be_stopped(desk, dossier, at=NOW + ONE_DAY)
        learn(
            dossier_id=dossier.pk, fact=FeeFixed(amount_dong=8000), actor="system", at=NOW + ONE_DAY
        )
        catch_up(follow_dossiers)

        assert totals(as_of=TODAY, at=LATER) == as_known
        assert totals(at=LATER)[M.FEE_DUE] == 1

    def test_the_future_is_refused(self):
        with pytest.raises(TheFutureIsNotKnown):
            counted(OCTOBER, as_of=TODAY + ONE_DAY, at=NOW)
        with pytest.raises(TheFutureIsNotKnown):
            counted(Period.month(2024, 11), at=NOW)

    def test_days_months_and_years_add_up(self):
        some_lives(ADesk())
        catch_up(follow_dossiers)
        by_days: Counter = Counter()
        for number in range(31):
            on = date(2024, 10, 1) + number * ONE_DAY
            for measure, count in totals(Period(on, on), at=LATER).items():
                if measure not in (M.OPEN, M.PAUSED, M.OVERDUE, M.OVERDUE_BY_DATE):
                    by_days[measure] += count
        of_the_month = totals(at=LATER)
        assert by_days == Counter(
            {m: n for m, n in of_the_month.items() if m in by_days and m not in LEARNED}
        )
        assert totals(Period.year(2024), at=LATER)[M.DECIDED] == of_the_month[M.DECIDED]


class TestSums:
    @pytest.mark.parametrize(
        "by", [("agency_id",), ("channel", "is_part"), ("agency_id", "procedure", "is_part")]
    )
    @pytest.mark.parametrize("as_of", [None, TODAY])
    def test_are_what_one_adds_up_of_all_that_was_counted(self, by, as_of):
        some_lives(ADesk())
        ADesk(a_district(), procedure="1.001612").accepted(a_business_dossier())
        catch_up(follow_dossiers)
        asked = (M.OVERDUE, M.RECEIVED, M.ONLINE, M.OPEN, M.ENDED_LATE)

        for at in (NOW + 2 * ONE_DAY, LATER):
            for period in (OCTOBER, Period.year(2024), Period(date(2024, 9, 3), TODAY)):
                added: Counter = Counter()
                for row in counted(period, as_of=as_of, at=at):
                    for measure in asked:
                        key = *(getattr(row, name) for name in by), measure
                        added[key] += row.now[measure]
                found = Counter(
                    {
                        (*row[: len(by)], measure): number
                        for row in sums(asked, period, by=by, as_of=as_of, at=at)
                        for measure, number in zip(asked, row[len(by) :], strict=True)
                    }
                )
                assert +found == +added

    def test_are_none_of_what_was_learned_where_no_month_is_whole(self):
        ADesk().accepted()
        catch_up(follow_dossiers)
        assert sums((M.ONLINE,), Period(TODAY, TODAY), by=("channel",), at=NOW) == []
        assert sums((M.ONLINE, M.FILED), Period(TODAY, TODAY), by=("is_part",), at=NOW) == [
            (False, 0, 1)
        ]


class TestLearned:
    def test_nothing_is_known_before_it_is_told(self):
        dossier = ADesk().accepted()
        catch_up(follow_dossiers)
        assert sources(on=TODAY) == {M.ONLINE}

        for fact in (
            FeeFixed(amount_dong=8000),
            FeePaid(amount_dong=8000, online=True),
            DataReused(source="national_store", components=["x"]),
            DossierRated(liked=False),
        ):
            learn(dossier_id=dossier.pk, fact=fact, actor="system", at=NOW)
        catch_up(follow_dossiers)

        assert totals()[M.PAID_ONLINE] == totals()[M.SHARED] == totals()[M.UNHAPPY] == 1
        assert {M.PAID_ONLINE, M.SHARED, M.RATED, M.UNHAPPY} <= sources(on=TODAY)

    def test_told_twice_it_counts_once(self):
        dossier = ADesk().accepted()
        for _ in range(2):
            learn(dossier_id=dossier.pk, fact=DossierRated(liked=True), actor="system", at=NOW)
        catch_up(follow_dossiers)
        assert totals()[M.RATED] == 1

    def test_an_exemption_is_no_fee(self):
        dossier = ADesk().accepted()
        learn(dossier_id=dossier.pk, fact=FeeFixed(amount_dong=0), actor="system", at=NOW)
        catch_up(follow_dossiers)
        assert totals()[M.FEE_DUE] == 0


class TestPetitions:
    def test_are_in_time_until_their_time_is_over(self):
        dossier = ADesk().accepted()
        due_at = NOW + 15 * ONE_DAY
        learn(
            dossier_id=dossier.pk,
            fact=PetitionReceived(number="PA-1", due_at=due_at.isoformat()),
            actor="system",
            at=NOW,
        )
        catch_up(follow_dossiers)
        assert told_of_petitions(at=NOW) == (1, 0, 0)
        assert told_of_petitions(at=due_at - ONE_SECOND) == (1, 0, 0)
        assert told_of_petitions(at=due_at + ONE_SECOND) == (1, 1, 1)
        assert told_of_petitions(at=LATER) == (1, 1, 1)

        learn(
            dossier_id=dossier.pk,
            fact=PetitionAnswered(number="PA-1", satisfied=False),
            actor="system",
            at=NOW + ONE_DAY,
        )
        catch_up(follow_dossiers)
        assert told_of_petitions(at=LATER) == (1, 0, 1)
        assert told_of_petitions(as_of=TODAY, at=LATER) == (1, 0, 0)

    def test_are_counted_each_where_there_are_several_about_one_dossier(self):
        dossier = ADesk().accepted()

        def told(fact, *, at=NOW):
            learn(dossier_id=dossier.pk, fact=fact, actor="system", at=at)
            catch_up(follow_dossiers)  # each heard by itself, as by a worker

        for number, days in (("PA-1", 2), ("PA-2", 90), ("PA-1", 90), ("PA-3", 90)):
            due_at = (NOW + days * ONE_DAY).isoformat()
            told(PetitionReceived(number=number, due_at=due_at))
        told(PetitionAnswered(number="PA-9", satisfied=True))  # which nobody received
        assert told_of_petitions(at=LATER) == (3, 1, 1)

        told(PetitionAnswered(number="PA-1", satisfied=True), at=NOW + 3 * ONE_DAY)
        told(PetitionAnswered(number="PA-2", satisfied=True), at=NOW + ONE_DAY)
        told(PetitionAnswered(number="PA-2", satisfied=False), at=NOW + 4 * ONE_DAY)
        assert told_of_petitions(at=LATER) == (3, 1, 2)
        assert told_of_petitions(as_of=TODAY + 2 * ONE_DAY, at=LATER) == (3, 1, 1)
        assert totals()[M.UNHAPPY] == 1

    def test_are_the_same_heard_one_by_one_and_all_at_once(self):
        dossier = ADesk().accepted()
        facts = [
            PetitionAnswered(number="PA-1", satisfied=True),
            *(PetitionReceived(number="PA-1", due_at=LATER.isoformat()) for _time in range(2)),
            PetitionAnswered(number="PA-1", satisfied=False),
            PetitionReceived(number="PA-1", due_at=NOW.isoformat()),
            PetitionAnswered(number="PA-1", satisfied=True),
        ]
        for minute, fact in enumerate(facts):
            at = NOW + timedelta(minutes=minute)
            learn(dossier_id=dossier.pk, fact=fact, actor="system", at=at)
            catch_up(follow_dossiers)
        [one_by_one] = Petition.objects.values()
        ledger.rebuild(follow_dossiers)
        catch_up(follow_dossiers)
        [at_once] = Petition.objects.values()

        assert at_once == one_by_one
        assert at_once["answered_at"] == at_once["disliked_at"] == NOW + timedelta(minutes=3)
