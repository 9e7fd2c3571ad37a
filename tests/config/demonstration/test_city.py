"""A small city, filled once for all of these, and looked at from every side."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from motcua.config.cli.demo import load_demonstration
from motcua.config.cli.terminal import Stopped
from motcua.config.demonstration import growth, verification
from motcua.config.demonstration.acts import KINDS as ACTED
from motcua.config.demonstration.figures import figures
from motcua.dossiers import events, queries, services
from motcua.dossiers.definitions import CauseClass
from motcua.dossiers.lifecycle import DossierState, Paper
from motcua.dossiers.models import (
    Apology,
    Channel,
    CodeCounter,
    Delay,
    DelayCause,
    Dossier,
    IssuedPaper,
)
from motcua.kernel import memory
from motcua.kernel.clock import CITY_TIME, day_of
from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices.models import Agency, Appointment, PostRole
from motcua.offices.queries import mandate_of, officers_holding
from motcua.offices.services import load_city
from motcua.parties.models import Person
from motcua.procedures.queries import compiled
from motcua.procedures.services import import_catalogue
from motcua.steering.definitions import LEARNED, OF_PETITIONS, Measure, Period
from motcua.steering.followers import follow_dossiers
from motcua.steering.queries import counted, dossiers_behind, late_causes, sources
from motcua.steering.queries.settlement import settlement_report
from motcua.steering.queries.targets import board
from motcua.steering.services import load_targets
from tests.builders import NOW
from tests.worlds import standing

SIZE, SEED = 2_000, 67
KINDS = {event.kind: event for event in vars(events).values() if hasattr(event, "kind")}


def a_catalogue_for_all(folder: Path) -> Path:
    """Our procedures, and for each department that has none of its own a copy of one."""
    served = set()
    for path in settings.CATALOGUE_DIR.glob("*.yaml"):
        told = path.read_text()
        (folder / path.name).write_text(told)
        served.add(yaml.safe_load(told).get("settling_agency"))
    pattern = yaml.safe_load((settings.CATALOGUE_DIR / "2.000815.yaml").read_text())
    del pattern["settling_question"]
    for number, line in enumerate(figures().annex):
        if line.agency not in served and not line.agency.startswith("Ủy ban"):
            kind = "board" if line.agency.startswith("Ban") else "department"
            copy = pattern | {
                "code": f"9.{number:06}",
                "settled_by": kind,
                "settling_agency": line.agency,
            }
            (folder / f"{copy['code']}.yaml").write_text(yaml.safe_dump(copy, allow_unicode=True))
    return folder


@pytest.fixture(scope="module")
def city(request, tmp_path_factory):
    """The city, which no test of this module makes anew."""
    with standing(request):
        load_city(at=NOW)
        import_catalogue(folder=a_catalogue_for_all(tmp_path_factory.mktemp("all")), at=NOW)
        yield growth.grow(total=SIZE, seed=SEED, at=NOW, workers=1)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


@pytest.fixture
def followed() -> None:
    """Let the figures follow the city, whose events nobody else can read yet."""
    told = LedgerEvent.objects.filter(kind__in=follow_dossiers.kinds)
    follow_dossiers.handle(told.order_by("position"))
    memory.forget()


def digest_of_city() -> str:
    """One value over all that a growth decides; positions and moments of recording are not."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT md5(concat(
                (SELECT string_agg(md5((d.*)::text), '' ORDER BY id) FROM dossier AS d),
                (SELECT string_agg(md5((p.*)::text), '' ORDER BY id) FROM person AS p),
                (SELECT string_agg(md5(concat(subject_id, subject_seq, kind, occurred_at, actor,
                        data)), '' ORDER BY subject_id, subject_seq)
                 FROM ledger_event WHERE subject_type = 'dossiers.dossier'),
                (SELECT string_agg(concat(dossier_id, number), '' ORDER BY dossier_id)
                 FROM dossier_result),
                (SELECT string_agg(concat(dossier_id, number), '' ORDER BY dossier_id)
                 FROM issued_paper)
            ))
            """
        )
        return str(cursor.fetchone()[0])


def a_dossier(**conditions) -> Dossier:
    found = Dossier.objects.filter(**conditions).order_by("-submitted_at").first()
    assert found is not None, conditions
    return found


def mandate_for(role: str, dossier: Dossier, unit_id: int | None):
    on = NOW.astimezone(CITY_TIME).date()
    officer, *_others = officers_holding(role, dossier.settling_agency_id, on, unit_id=unit_id)
    return mandate_of(officer.account, on)


class TestTheCity:
    def test_is_what_its_ledger_says_in_every_column(self):
        seen = verification.verify(workers=1)
        assert seen.faults == ()
        assert seen.dossiers == SIZE
        assert seen.holds

    def test_keeps_every_chain(self):
        assert chain.verify() is None

    def test_has_the_online_shares_of_the_annex_for_all_26(self):
        shares = verification.shares()
        assert len(shares) == 26
        for share in shares:
            assert round(100 * share.online / share.total, 1) == share.annex_tenths / 10

    def test_shows_the_annex_on_the_board_for_all_26(self, followed):
        load_targets(at=NOW)

        seen = board(as_of=date(2023, 12, 31), at=NOW)

        assert len(seen.rows) == 26
        for row, line in zip(seen.rows, figures().annex, strict=True):
            assert (row.name, row.progress.actual.tenths) == (line.agency, line.online_2023)
            assert row.progress.baseline_tenths == line.online_2023
        # The same, asked of the year that runs: last year's results, counted.
        assert all(row.progress.target_tenths for row in board(at=NOW).rows)

    def test_has_dossiers_that_wait_and_dossiers_that_are_over(self):
        states = set(Dossier.objects.values_list("state", flat=True))
        assert states >= {"in_progress", "decided", "returned", "not_accepted", "withdrawn"}
        assert set(Dossier.objects.values_list("channel", flat=True)) == set(Channel.values)

    def test_is_late_now_and_then(self):
        settled = Dossier.objects.filter(state__in=["decided", "returned"])
        late = sum(d.completed_at > d.due_at for d in settled if d.completed_at and d.due_at)
        assert 0.005 < late / settled.count() < 0.08

    def test_tells_nothing_that_has_not_happened_yet(self):
        assert not LedgerEvent.objects.filter(
            subject_type="dossiers.dossier", occurred_at__gt=NOW
        ).exists()
        assert not Dossier.objects.filter(submitted_at__gt=NOW - timedelta(hours=9)).exists()

    def test_tells_events_that_their_own_classes_read(self):
        told = LedgerEvent.objects.filter(subject_type="dossiers.dossier").order_by("position")
        # Rare acts may be missing among so few.
        assert len({row.kind for row in told} & set(ACTED.values())) >= 10
        for row in told[:3000]:
            assert asdict(KINDS[row.kind].of(row)) == row.data

    def test_answers_as_the_forms_ask(self):
        for dossier in Dossier.objects.order_by("id")[:200]:
            form = compiled(dossier.version_id).form
            on = dossier.submitted_at.astimezone(CITY_TIME).date()
            assert form.problems(dossier.answers, on=on) == ()

    def test_knows_people_who_come_again(self):
        assert Person.objects.count() < SIZE * 0.7
        assert not Person.objects.exclude(personal_id__regex="^09[234][89]").exists()

    def test_gives_out_no_number_that_the_counter_has_not(self):
        first = Dossier.objects.earliest("submitted_at")
        agency, _day, number = first.code.split("-")
        counter = CodeCounter.objects.get(agency_code=agency, on=first.submitted_at)
        assert counter.last >= int(number)


class TestFillingAgain:
    def test_adds_nothing(self, city):
        before = digest_of_city()
        grown = growth.grow(total=SIZE, seed=SEED, at=NOW, workers=1)
        assert (grown.added, grown.people, grown.events) == (0, 0, 0)
        assert digest_of_city() == before

    def test_goes_on_with_the_seed_it_has(self):
        assert growth.grow(total=SIZE, at=NOW, workers=1).seed == SEED

    def test_refuses_another_seed(self):
        with pytest.raises(growth.AnotherSeed):
            growth.grow(total=SIZE, seed=SEED + 1, at=NOW, workers=1)

    def test_refuses_it_at_the_command_line_too(self):
        with pytest.raises(Stopped, match=f"--seed {SEED}"):
            load_demonstration(SIZE, seed=SEED + 1)

    def test_grows_to_more_and_keeps_the_shares(self):
        grown = growth.grow(total=SIZE + 700, seed=SEED, at=NOW + timedelta(hours=5), workers=1)
        assert grown.added == 700
        assert Dossier.objects.count() == SIZE + 700
        assert verification.verify(workers=1).holds


class TestASeed:
    @pytest.fixture
    def told_again(self, city):
        """The digest of the same city, filled anew with a seed in a database without it."""

        def digest(seed: int) -> str:
            here = transaction.savepoint()
            try:
                with connection.cursor() as cursor:
                    # Only the test's superuser can: the ledger and what refers to it, emptied.
                    cursor.execute("SET LOCAL session_replication_role = replica")
                    for table in (
                        "ledger_event", "dossier_result", "dossier_hand_over",
                        "supplement_request", "dossier_delay", "dossier_apology",
                        "dossier_delay_cause", "issued_paper", "paper_counter", "dossier",
                        "dossier_code_counter", "person",
                    ):  # fmt: skip
                        cursor.execute(f"DELETE FROM {table}")
                    cursor.execute("SET LOCAL session_replication_role = origin")
                growth.grow(total=SIZE, seed=seed, at=NOW, workers=1)
                return digest_of_city()
            finally:
                transaction.savepoint_rollback(here)

        return digest

    def test_makes_the_same_city_again(self, told_again):
        assert told_again(SEED) == digest_of_city()

    def test_makes_another_city_when_it_is_another(self, told_again):
        assert told_again(SEED + 1) != digest_of_city()


class TestTheServices:
    def test_settle_a_dossier_of_the_city_to_its_end(self):
        dossier = a_dossier(state__in=["submitted", "accepted", "in_progress"])
        acts = {"dossier_id": dossier.pk}
        later = iter(NOW + timedelta(minutes=5 * n) for n in range(1, 99))
        receiver = mandate_for(PostRole.RECEIVER, dossier, dossier.receiving_unit_id)
        if dossier.state == DossierState.SUBMITTED:
            dossier = services.accept_dossier(**acts, mandate=receiver, at=next(later))
        while dossier.state != DossierState.DECIDED:
            if compiled(dossier.version_id).steps[dossier.step_key or ""].act == "examine":
                dossier = self.examine(dossier, later)
            else:
                dossier = services.decide_dossier(
                    **acts,
                    mandate=mandate_for(PostRole.LEADER, dossier, dossier.step_unit_id),
                    outcome="granted",
                    number="1/KQ",
                    summary="Đồng ý.",
                    at=next(later),
                )
        services.return_result(
            **acts, mandate=receiver, method="counter", receiver="Trần An", at=next(later)
        )
        assert verification.verify(workers=1).faults == ()

    def examine(self, dossier: Dossier, later: Iterator[datetime]) -> Dossier:
        if dossier.holder is None:
            officer = mandate_for(PostRole.PROCESSOR, dossier, dossier.step_unit_id)
            services.take_up_dossier(dossier_id=dossier.pk, mandate=officer, at=next(later))
        else:
            officer = mandate_of(dossier.holder.account, NOW.astimezone(CITY_TIME).date())
        return services.propose_outcome(
            dossier_id=dossier.pk,
            mandate=officer,
            outcome="granted",
            opinion="Đủ điều kiện.",
            at=next(later),
        )

    def test_number_the_next_filing_after_those_of_the_city(self):
        last = a_dossier()
        agency, _day, number = last.code.split("-")
        on = last.submitted_at.astimezone(CITY_TIME).date()
        drawn = services.reserve_numbers(counts={(agency, on): 1})
        assert drawn[agency, on] >= int(number)


class TestVerification:
    def test_finds_a_state_that_nothing_led_to(self):
        dossier = a_dossier(state=DossierState.DECIDED)
        Dossier.objects.filter(pk=dossier.pk).update(due_at=NOW)
        assert any(dossier.code in fault for fault in verification.verify(workers=1).faults)

    def test_finds_answers_that_were_altered(self):
        dossier = a_dossier(state=DossierState.RETURNED)
        Dossier.objects.filter(pk=dossier.pk).update(answers=json.loads('{"declared": false}'))
        [fault] = verification.verify(workers=1).faults
        assert "nội dung khai" in fault

    def test_finds_a_number_beyond_its_counter(self):
        counter = CodeCounter.objects.latest("on")
        CodeCounter.objects.filter(pk=counter.pk).update(last=0)
        assert any("bộ đếm" in fault for fault in verification.verify(workers=1).faults)


class TestDelays:
    def test_have_a_cause_before_anybody_decides(self):
        late = Dossier.objects.filter(completed_at__gt=F("due_at"), accepted_at__isnull=False)
        assert late.exists()
        for dossier in late:
            cause = DelayCause.objects.get(dossier=dossier)
            assert dossier.due_at <= cause.stated_at <= dossier.completed_at

    def test_are_of_every_class_and_mostly_of_the_unit_itself(self):
        found = Counter(DelayCause.objects.values_list("cause", flat=True))
        assert set(found) == set(CauseClass)
        assert found.most_common(1)[0][0] == CauseClass.OWN_UNIT

    def test_stand_where_their_history_says_they_became_late(self):
        delays = list(Delay.objects.select_related("dossier"))
        assert delays
        for delay in delays:
            assert delay.due_at == delay.dossier.due_at
            stand = queries.stood_at(delay.dossier, delay.due_at)
            assert stand == (delay.step_key, delay.unit_id, delay.holder_id)

    def test_are_apologised_for_now_and_then_with_a_paper(self):
        apologies = list(Apology.objects.select_related("dossier", "cause"))
        assert 0 < len(apologies) < Delay.objects.count()
        for apology in apologies:
            paper = IssuedPaper.objects.get(dossier=apology.dossier, paper=Paper.APOLOGY)
            assert paper.issued_at == apology.signed_at
            assert paper.facts["new_due_at"] == apology.promised_at.isoformat()
            assert apology.dossier.due_at < apology.promised_at == apology.dossier.promised_at
            assert apology.cause.stated_at <= apology.signed_at

    def test_are_explained_by_who_holds_the_dossier_or_by_a_leader(self):
        for cause in DelayCause.objects.select_related("dossier"):
            stand = queries.stood_at(cause.dossier, cause.stated_at)
            leads = Appointment.objects.filter(
                post__unit__agency=cause.dossier.settling_agency,
                post__role=PostRole.LEADER,
                officer=cause.stated_by,
            )
            assert stand.holder_id == cause.stated_by_id or leads.exists()


@pytest.mark.usefixtures("followed")
class TestFigures:
    def test_each_has_its_dossiers_now_and_on_past_days(self):
        asked = [
            (Period.month(2024, 9), None),
            (Period.year(2024), None),
            (Period.month(2024, 3), date(2024, 4, 17)),
            (Period.quarter(2023, 4), date(2023, 11, 20)),
        ]
        for period, as_of in asked:
            sums: Counter[Measure] = Counter()
            for row in counted(period, as_of=as_of, at=NOW):
                sums.update(row.now)
            for measure in set(Measure) - {Measure.FURTHER_ROUNDS, *OF_PETITIONS}:
                count, _some = dossiers_behind(measure, period, as_of=as_of, at=NOW, stop=1)
                assert count == sums[measure], (measure, period.key, as_of)
            assert sums[Measure.RECEIVED]

    def test_have_facts_of_every_kind_that_a_criterion_asks_for(self):
        known = sources(on=NOW.astimezone(CITY_TIME).date())
        # Nobody among so few complains for sure.
        assert known | set(OF_PETITIONS) == frozenset(LEARNED)
        assert not sources(on=date(2023, 12, 31)) - {
            Measure.ONLINE,
            Measure.LATE,
            Measure.RESULT_DUE,
        }

    def test_the_report_adds_up_in_every_month(self):
        for month in Period(date(2023, 1, 1), date(2024, 10, 1)).months():
            period = Period.month(month.year, month.month).until(day_of(NOW))
            report = settlement_report(period, at=NOW)
            assert report.holds
            assert report.whole.to_settle
            assert report.whole.left == sum(
                row.now[Measure.OPEN] for row in counted(report.period, at=NOW) if not row.is_part
            )

    def test_are_late_in_one_report_as_in_the_other(self):
        everywhere = list(Agency.objects.values_list("pk", flat=True))
        for month in Period(date(2024, 1, 1), date(2024, 10, 1)).months():
            period = Period.month(month.year, month.month).until(day_of(NOW))
            whole = settlement_report(period, at=NOW).whole
            causes = late_causes(period, agency_ids=everywhere)

            assert sum(each.ended for each in causes) == whole.settled_after
            assert sum(each.open for each in causes) == whole.open_overdue
