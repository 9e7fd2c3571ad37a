"""Work lists, look-ups and histories: who sees what, and in which words."""

from datetime import timedelta

import pytest

from motcua.dossiers import policies, queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Line, NoSuchDossier, OpenedTab, Tab
from motcua.kernel.ledger import chain
from tests.builders import (
    NOW,
    ADesk,
    a_business_dossier,
    a_citizen,
    a_district,
    a_dossier,
)
from tests.dossiers.acts import STATES, do, supplement

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)


@pytest.fixture
def desk() -> ADesk:
    return ADesk()


@pytest.fixture
def one_of_each(desk) -> dict[str, Dossier]:
    """A dossier in every state, and one waiting for the leader's signature."""
    dossiers = {state: make(desk) for state, make in STATES.items()}
    return {**dossiers, "proposed": desk.proposed()}


def listed(mandate, tab: Tab, *, at=NOW) -> set[str]:
    return {dossier.code for dossier in queries.work_list(mandate, tab, at=at).page(0, 99)}


def codes(dossiers: dict[str, Dossier], *names: str) -> set[str]:
    return {dossiers[name].code for name in names}


class TestWorkList:
    def test_of_the_receiver(self, desk, one_of_each):
        assert listed(desk.receiver, Tab.INTAKE) == codes(one_of_each, "submitted")
        assert listed(desk.receiver, Tab.TO_RETURN) == codes(one_of_each, "decided")
        assert listed(desk.receiver, Tab.MINE) == set()

    def test_of_the_processor(self, desk, one_of_each):
        assert listed(desk.processor, Tab.UNASSIGNED) == codes(one_of_each, "accepted")
        assert listed(desk.processor, Tab.MINE) == codes(
            one_of_each,
            "in_progress",
            "awaiting_supplement",
            "awaiting_obligation",
            "awaiting_agency",
            "suspended",
        )
        assert listed(desk.processor, Tab.TO_DECIDE) == set()
        assert listed(desk.processor, Tab.INTAKE) == set()

    def test_of_the_leader(self, desk, one_of_each):
        assert listed(desk.leader, Tab.TO_DECIDE) == codes(one_of_each, "proposed")
        assert listed(desk.leader, Tab.UNASSIGNED) == codes(one_of_each, "accepted")

    def test_of_anybody(self, desk, one_of_each):
        for mandate in (desk.receiver, desk.processor, desk.leader):
            assert listed(mandate, Tab.WAITING) == codes(
                one_of_each,
                "intake_supplement",
                "awaiting_supplement",
                "awaiting_obligation",
                "awaiting_agency",
                "suspended",
            )
            assert listed(mandate, Tab.CLOSED) == codes(
                one_of_each, "not_accepted", "withdrawn", "stopped", "returned"
            )

    def test_of_what_is_near_and_what_is_overdue(self, desk, one_of_each):
        running = codes(one_of_each, "accepted", "in_progress", "proposed")
        due = one_of_each["accepted"].due_at

        assert listed(desk.processor, Tab.NEAR, at=due - ONE_DAY) == set()
        assert listed(desk.processor, Tab.NEAR, at=due) == running
        assert listed(desk.processor, Tab.OVERDUE, at=due) == set()
        assert listed(desk.processor, Tab.OVERDUE, at=due + ONE_DAY) == running
        assert listed(desk.processor, Tab.NEAR, at=due + ONE_DAY) == set()

    def test_begins_with_the_most_urgent(self, desk):
        later, sooner = a_dossier(at=NOW + ONE_DAY), a_dossier(at=NOW)

        rows = queries.work_list(desk.receiver, Tab.INTAKE, at=NOW).page(0, 99)

        assert rows == [sooner, later]

    def test_of_another_agency_is_empty(self, one_of_each):
        elsewhere = ADesk(a_district())

        for mandate in (elsewhere.receiver, elsewhere.processor, elsewhere.leader):
            for tab in Tab:
                assert listed(mandate, tab) == set()
            assert set(queries.desk_counts(mandate, at=NOW).tabs.values()) == {0}


def opened(mandate, tab: Tab, *, at=NOW, start=0, stop=99, up_to=99) -> OpenedTab:
    return queries.opened_tab(mandate, tab, at=at, start=start, stop=stop, up_to=up_to)


def codes_of(lines: list[Line]) -> list[str]:
    return [line.code for line in lines]


class TestOpenedTab:
    @pytest.mark.parametrize("tab", Tab)
    def test_agrees_with_the_work_list_whenever_it_is_opened(
        self, desk, one_of_each, tab, django_assert_num_queries
    ):
        for at in (NOW, NOW + ONE_DAY, NOW + 3 * ONE_DAY, NOW):
            for mandate in (desk.receiver, desk.processor, desk.leader):
                listing = queries.work_list(mandate, tab, at=at)
                with django_assert_num_queries(1):
                    whole = opened(mandate, tab, at=at)

                assert codes_of(whole.lines) == [dossier.code for dossier in listing.page(0, 99)]
                assert whole.count == listing.count(up_to=99)
                assert whole.desk == queries.desk_counts(mandate, at=at)
                stretch = opened(mandate, tab, at=at, start=1, stop=3)
                assert stretch.lines == listing.lines(1, 3) == whole.lines[1:3]
                assert (stretch.count, stretch.desk) == (whole.count, whole.desk)

    def test_counts_what_is_closed_until_it_is_enough(self, desk, one_of_each):
        assert opened(desk.receiver, Tab.CLOSED).count == 4
        assert opened(desk.receiver, Tab.CLOSED, up_to=3).count == 3

    def test_shows_what_was_done_a_moment_ago(self, desk):
        dossier = a_dossier()
        before = opened(desk.receiver, Tab.INTAKE)
        assert (codes_of(before.lines), before.count) == ([dossier.code], 1)

        desk.accepted(dossier)

        after = opened(desk.receiver, Tab.INTAKE)
        assert (after.lines, after.count) == ([], 0)

    def test_tells_who_holds_the_dossier(self, desk):
        dossier = desk.taken_up()

        [line] = opened(desk.processor, Tab.MINE).lines

        assert (line.code, line.holder_name) == (dossier.code, desk.processor.full_name)


class TestDeskCounts:
    @pytest.mark.parametrize("days", [0, 1, 3])
    def test_agree_with_the_lists_for_every_tab_and_role(
        self, desk, one_of_each, days, django_assert_num_queries
    ):
        at = NOW + days * ONE_DAY
        for mandate in (desk.receiver, desk.processor, desk.leader):
            with django_assert_num_queries(1):
                counts = queries.desk_counts(mandate, at=at)

            assert set(counts.tabs) == set(queries.tabs_for(mandate)) - {Tab.CLOSED}
            for tab, count in counts.tabs.items():
                assert count == len(listed(mandate, tab, at=at)), tab
            assert counts.notices == queries.unread_notices(mandate)

    def test_show_each_role_the_tabs_it_has_work_under(self, desk):
        assert queries.tabs_for(desk.receiver)[:2] == [Tab.INTAKE, Tab.TO_RETURN]
        assert Tab.MINE in queries.tabs_for(desk.processor)
        assert Tab.TO_DECIDE in queries.tabs_for(desk.leader)
        for mandate in (desk.receiver, desk.processor, desk.leader):
            tabs = queries.tabs_for(mandate)
            assert len(tabs) == len(set(tabs))


class TestEveryDossierInSight:
    def test_that_waits_for_the_office_stands_under_a_tab_of_somebodys(self, desk, one_of_each):
        shown = set()
        for mandate in (desk.receiver, desk.processor, desk.leader):
            for tab in queries.tabs_for(mandate):
                shown |= listed(mandate, tab)

        assert shown == {dossier.code for dossier in one_of_each.values()}


class TestFoundBy:
    @pytest.mark.parametrize(
        "words",
        ["Đặng Thị Thúy", "dang thi thuy", "ĐẶNG THỊ THUÝ", "thúy kiều", "Da\u0323\u0306ng"],
    )
    def test_finds_the_owner_with_and_without_accents(self, desk, words):
        dossier = a_dossier(a_citizen("Đặng Thị Thuý Kiều"))
        a_dossier(a_citizen("Nguyễn Văn Tám"))

        assert queries.found_by(desk.receiver, words).page(0, 9) == [dossier]

    def test_finds_a_part_of_the_code(self, desk):
        dossier, _other = a_dossier(), a_dossier()

        assert queries.found_by(desk.receiver, dossier.code[-11:]).page(0, 9) == [dossier]
        assert queries.found_by(desk.receiver, f"  {dossier.code.lower()} ").page(0, 9) == [dossier]

    @pytest.mark.parametrize("words", ["", "   ", "%", "_", "\x00", "'; DROP TABLE dossier; --"])
    def test_finds_nothing_by_signs(self, desk, words):
        a_dossier()

        assert queries.found_by(desk.receiver, words).page(0, 9) == []

    @pytest.mark.parametrize("words", ["Kiều\x00", "ấ" * 100_000, "👶"])
    def test_stands_what_people_paste(self, desk, words):
        a_dossier()

        assert queries.found_by(desk.receiver, words).count(up_to=9) == 0

    def test_finds_nothing_beyond_the_officers_sight(self):
        a_dossier(a_citizen("Đặng Thị Thuý Kiều"))

        assert queries.found_by(ADesk(a_district()).receiver, "thuy kieu").page(0, 9) == []


class TestDossierFor:
    def test_is_what_may_be_seen_and_nothing_else(self, desk):
        ward, district = a_dossier(), a_business_dossier()
        elsewhere = ADesk(a_district())

        for mandate in (desk.receiver, elsewhere.leader):
            for dossier in (ward, district):
                if policies.may_see(mandate, dossier):
                    assert queries.dossier_for(mandate, dossier.code) == dossier
                else:
                    with pytest.raises(NoSuchDossier):
                        queries.dossier_for(mandate, dossier.code)

    @pytest.mark.parametrize("code", ["000.00.00.H13-241015-0001", "", "\x00", "👶" * 50_000])
    def test_tells_nothing_of_what_does_not_exist(self, desk, code):
        person = a_citizen()

        with pytest.raises(NoSuchDossier):
            queries.dossier_for(desk.receiver, code)
        with pytest.raises(NoSuchDossier):
            queries.dossier_of(person, code)
        with pytest.raises(NoSuchDossier):
            queries.id_in_sight(code, person=person, mandate=desk.receiver)


class TestDossiersOf:
    def test_are_the_persons_own(self):
        mine, stranger = a_dossier(), a_citizen("Lý Thị Lan")

        assert list(queries.dossiers_of(mine.owner)) == [mine]
        assert list(queries.dossiers_of(stranger)) == []
        with pytest.raises(NoSuchDossier):
            queries.dossier_of(stranger, mine.code)

    def test_begin_with_those_that_wait_for_the_person(self, desk):
        person = a_citizen()
        oldest = a_dossier(person, at=NOW)
        desk.asked_at_intake(oldest)
        middle = a_dossier(person, at=NOW + ONE_DAY)
        newest = a_dossier(person, at=NOW + 2 * ONE_DAY)

        assert list(queries.dossiers_of(person)) == [oldest, newest, middle]


class TestDossierBySecret:
    def test_forgives_how_people_type(self):
        dossier = a_dossier()
        secret = dossier.lookup_secret

        for given in (secret, secret.lower(), f" {secret[:4]}-{secret[4:]} "):
            assert queries.dossier_by_secret(f" {dossier.code} ", given) == dossier
        assert queries.dossier_by_secret(dossier.code.lower(), secret) == dossier

    @pytest.mark.parametrize("half", ["code", "secret", "both"])
    @pytest.mark.parametrize("wrong", ["", "00000000", "\x00", "👶", "x" * 100_000, "--------"])
    def test_does_not_tell_which_half_is_wrong(self, half, wrong):
        dossier = a_dossier()
        code = wrong if half in {"code", "both"} else dossier.code
        secret = wrong if half in {"secret", "both"} else dossier.lookup_secret

        with pytest.raises(NoSuchDossier):
            queries.dossier_by_secret(code, secret)

    def test_does_not_take_the_secret_of_another_dossier(self):
        mine, other = a_dossier(), a_dossier()

        with pytest.raises(NoSuchDossier):
            queries.dossier_by_secret(other.code, mine.lookup_secret)


class TestTimelineOf:
    @pytest.fixture
    def told(self, desk) -> Dossier:
        dossier = do(
            "propose",
            desk.taken_up(),
            desk.processor,
            desk=desk,
            opinion="Nghi ngờ giấy chứng sinh.",
        )
        dossier = do("send_back", dossier, desk.leader, desk=desk, reason="Kiểm tra lại nơi sinh.")
        dossier = do(
            "request_supplement", dossier, desk.processor, desk=desk, reason="Ảnh bị mờ góc."
        )
        dossier = supplement(dossier)
        return do("stop", dossier, desk.leader, desk=desk, reason="Tòa án đang xét xử.")

    def test_shows_the_office_all_that_was_said(self, told):
        details = [entry.detail for entry in queries.timeline_of(told, inside=True)]

        assert "Nghi ngờ giấy chứng sinh." in details
        assert "Kiểm tra lại nơi sinh." in details

    def test_keeps_from_the_applicant_what_officers_told_each_other(self, told):
        entries = queries.timeline_of(told, inside=False)

        shown = " ".join(f"{entry.title} {entry.detail}" for entry in entries)
        assert "Nghi ngờ" not in shown
        assert "Kiểm tra lại" not in shown
        assert "Ảnh bị mờ góc." in shown
        assert "Tòa án đang xét xử." in shown

    def test_has_a_line_for_every_event_in_order(self, told):
        entries = queries.timeline_of(told, inside=False)

        assert [e.kind for e in entries] == [e.kind for e in queries.history_of(told)]
        assert [e.at for e in entries] == sorted(e.at for e in entries)
        assert all(entry.title for entry in entries)

    @pytest.mark.parametrize("state", sorted(STATES))
    def test_has_words_for_every_way_a_dossier_can_go(self, state, desk):
        dossier = STATES[state](desk)

        assert all(entry.title for entry in queries.timeline_of(dossier, inside=True))


def test_the_whole_history_is_one_unbroken_chain(desk):
    for state in STATES.values():
        state(desk)

    assert chain.verify() is None
