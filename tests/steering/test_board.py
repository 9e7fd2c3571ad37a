"""The board counts what was received, by any map, now and as of any past moment."""

from datetime import date, timedelta

import pytest

from motcua.dossiers.models import Channel
from motcua.filings.services import Counter
from motcua.kernel import memory
from motcua.kernel.clock import day_of, midnight_after
from motcua.offices.models import Agency
from motcua.steering.definitions.targets import Outlook
from motcua.steering.followers import follow_dossiers
from motcua.steering.queries import TheFutureIsNotKnown
from motcua.steering.queries.targets import (
    MapRead,
    board,
    commune_rows,
    procedure_rows,
    row_of,
)
from motcua.steering.services import load_targets, set_target
from tests.builders import (
    NOW,
    TODAY,
    ADesk,
    a_district,
    a_dossier,
    a_leader,
    a_linked_birth,
    an_agency,
    taken_in,
)
from tests.kernel.ledger.rooms import catch_up

pytestmark = pytest.mark.django_db(transaction=True)

DAYS, MONTH = timedelta(days=4), timedelta(days=30)
WARD = "Ủy ban nhân dân phường Cái Khế"


@pytest.fixture(autouse=True)
def _the_register(db):
    an_agency()
    load_targets(at=NOW)


def follow() -> None:
    """Let the figures hear of everything."""
    catch_up(follow_dossiers)
    memory.forget()


def at_the_counter(desk: ADesk, *, at=NOW, channel: str = Channel.DIRECT) -> None:
    """Take a dossier in over the counter, or out of the post."""
    counter = Counter(
        unit_id=desk.receiver.posts[0].unit_id, channel=channel, identity_checked=True
    )
    taken_in(desk.receiver, at=at, counter=counter)


def ninh_kieu(**asked):
    """Return the district's row."""
    seen = board(**{"at": NOW, **asked})
    return next(row for row in seen.rows if row.code == a_district().code)


class TestTheBoard:
    def test_has_the_26_and_their_targets_without_a_single_dossier(self):
        seen = board(at=NOW)

        assert [row.number for row in seen.rows] == list(range(1, 27))
        assert all(row.progress.outlook is Outlook.NO_DOSSIERS for row in seen.rows)
        assert seen.city.target_tenths == 500

    def test_counts_every_channel_for_the_district_of_the_commune(self):
        desk = ADesk()
        desk.accepted()
        at_the_counter(desk)
        at_the_counter(desk)
        follow()

        share = ninh_kieu().progress.actual

        assert (share.online, share.received) == (1, 3)
        assert board(at=NOW).city.actual == share

    def test_counts_what_was_received_and_not_what_was_only_filed(self):
        a_dossier()
        ADesk().refused()
        follow()

        assert ninh_kieu().progress.actual.received == 0

    def test_leaves_out_the_parts_of_linked_dossiers(self):
        ADesk().accepted(a_linked_birth())
        follow()

        assert ninh_kieu().progress.actual.received == 1
        assert board(at=NOW).city.actual.received == 1

    def test_flags_few(self):
        ADesk().accepted()
        follow()

        assert ninh_kieu().progress.actual.is_of_few


class TestAsOf:
    def test_shows_what_was_there_at_the_end_of_that_day(self):
        desk = ADesk()
        desk.accepted(a_dossier(at=NOW - DAYS), at=NOW - DAYS)
        desk.accepted()
        follow()
        before = ninh_kieu(as_of=TODAY - timedelta(days=1))

        assert before.progress.actual.received == 1
        assert ninh_kieu().progress.actual.received == 2
        desk.accepted(a_dossier(at=NOW + MONTH), at=NOW + MONTH)
        follow()
        assert ninh_kieu(as_of=TODAY - timedelta(days=1), at=NOW + MONTH) == before

    def test_a_moment_counts_what_was_received_before_it(self):
        desk, then = ADesk(), NOW - DAYS
        desk.accepted(a_dossier(at=then), at=then)
        follow()
        minute = timedelta(minutes=1)

        assert ninh_kieu(as_of=then).progress.actual.received == 0
        assert ninh_kieu(as_of=then + minute).progress.actual.received == 1
        desk.accepted(a_dossier(at=then + 2 * minute), at=then + 2 * minute)
        follow()
        assert ninh_kieu(as_of=then + minute).progress.actual.received == 1
        assert ninh_kieu(as_of=day_of(then)).progress.actual.received == 2

    def test_a_moment_at_midnight_is_the_end_of_the_day_before(self):
        midnight = midnight_after(TODAY - timedelta(days=1))

        assert board(as_of=midnight, at=NOW) == board(as_of=TODAY - timedelta(days=1), at=NOW)

    def test_a_moment_holds_for_communes_and_procedures_too(self):
        desk, then = ADesk(), NOW - DAYS
        desk.accepted(a_dossier(at=then), at=then)
        follow()

        for as_of, count in ((then, 0), (then + timedelta(minutes=1), 1)):
            whole, row = row_of(a_district().code, as_of=as_of, at=NOW)
            wards = {each.name: each for each in commune_rows(row, whole, at=NOW)}
            assert wards[WARD].progress.actual.received == count
            procedures = procedure_rows(row.agency_ids, whole)
            assert sum(each.share.received for each in procedures) == count

    @pytest.mark.parametrize("as_of", [TODAY + timedelta(days=1), NOW + timedelta(minutes=1)])
    def test_in_the_future_is_refused(self, as_of):
        with pytest.raises(TheFutureIsNotKnown, match="chưa đến"):
            board(as_of=as_of, at=NOW)

    def test_of_another_year_has_the_targets_of_that_year(self):
        seen = board(as_of=date(2023, 12, 31), at=NOW)

        assert {row.progress.target_tenths for row in seen.rows} == {None}
        assert seen.rows[0].progress.baseline_tenths == 913

    def test_shows_the_target_that_stood_then(self):
        head = a_leader(an_agency("Ủy ban nhân dân thành phố Cần Thơ"))
        row = board(at=NOW).rows[1]
        set_target(
            mandate=head, agency_id=row.agency_id, period=board(at=NOW).year, tenths=800,
            reason="Nâng chỉ tiêu.", seen_id=row.target.pk, at=NOW,
        )  # fmt: skip

        yesterday = board(as_of=TODAY - timedelta(days=1), at=NOW)
        assert yesterday.rows[1].progress.target_tenths == 770
        assert board(at=NOW).rows[1].progress.target_tenths == 800


class TestDrilling:
    def test_shows_the_communes_with_the_targets_of_their_district(self):
        ADesk().accepted()
        follow()
        whole, row = row_of(a_district().code, at=NOW)
        set_target(
            mandate=a_leader(a_district()), agency_id=an_agency(WARD).pk, period=whole.year,
            tenths=600, seen_id=None, at=NOW,
        )  # fmt: skip

        wards = {each.name: each for each in commune_rows(row, whole, at=NOW)}

        assert len(wards) == 11
        assert wards[WARD].progress.target_tenths == 600
        assert wards[WARD].progress.actual.received == 1

    def test_reads_merged_wards_by_the_map(self):
        after = NOW + MONTH
        old, new = (
            commune_rows(row, whole, at=after)
            for whole, row in (
                row_of(a_district().code, at=after, by=by) for by in (MapRead.OLD, MapRead.NEW)
            )
        )

        assert (len(old), len(new)) == (11, 8)

    def test_finds_a_commune_by_itself(self):
        _whole, row = row_of(an_agency(WARD).code, at=NOW)

        assert row.agency_ids == {an_agency(WARD).pk}

    def test_finds_nobody_who_is_none_of_the_plans(self):
        assert row_of(Agency.objects.get(name__startswith="Công an").code, at=NOW) is None

    def test_shows_the_procedures_that_would_pay_first(self):
        desk = ADesk()
        desk.accepted()
        at_the_counter(desk)
        at_the_counter(desk)
        follow()
        whole, row = row_of(a_district().code, at=NOW)

        found = procedure_rows(row.agency_ids, whole)

        assert [(each.procedure, each.share.received) for each in found] == [
            ("2.000815", 2),
            ("1.001193", 1),
        ]
        assert row.progress.payoffs[0].procedure == "2.000815"
        assert row.progress.payoffs[0].not_online == 2
