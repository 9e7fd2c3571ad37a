"""Workers and officers as processes of their own, at one database, at the same moment."""

import time
from collections import Counter
from datetime import date, timedelta

import pytest

from motcua.dossiers import services
from motcua.dossiers.models import Apology, Dossier, DossierOccasion, IssuedPaper, Notice
from motcua.dossiers.policies import AlreadyPromised
from motcua.kernel.hands import work_through
from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from tests.builders import NOW, ADesk

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LATE = NOW + timedelta(days=1)


def _together(start: float) -> None:
    time.sleep(max(start - time.monotonic(), 0))


def _wake_to_the_end(start: float, _name: str) -> int:
    _together(start)
    woken = 0
    while batch := services.wake_dossiers(at=LATE, batch=3):
        woken += batch
    return woken


def test_two_workers_meet_each_occasion_once():
    desk = ADesk()
    dossiers = [desk.taken_up() for _ in range(24)]
    start = time.monotonic() + 1.5

    done = list(work_through(_wake_to_the_end, [(start, "one"), (start, "two")], workers=2))

    assert sum(woken for _task, woken in done) >= len(dossiers)
    assert all(woken for _task, woken in done), "one did it all: nothing was raced"
    reminded = LedgerEvent.objects.filter(kind="dossiers.officers-reminded")
    told = Counter((event.subject_id, event.data["occasion"]) for event in reminded)
    assert set(told.values()) == {1}
    met = DossierOccasion.objects.values_list("dossier_id", "kind")
    assert {(str(pk), kind) for pk, kind in met} == set(told)
    for dossier in dossiers:
        assert ("due") in {kind for pk, kind in met if pk == dossier.pk}
        assert (
            Notice.objects.filter(
                dossier=dossier, officer=desk.processor.officer_id, kind="due", done_at=None
            ).count()
            == 1
        )
    assert chain.verify() is None


def _apologise(start: float, dossier_ids: list, mandate, name: str) -> list[str]:
    _together(start)
    answers = []
    for dossier_id in dossier_ids:
        try:
            services.apologise(
                dossier_id=dossier_id,
                mandate=mandate,
                promised_on=date(2024, 10, 21),
                words=f"Xin lỗi Ông/Bà ({name}).",
                at=LATE,
            )
            answers.append(name)
        except AlreadyPromised:
            answers.append("")
    return answers


def test_two_leaders_apologise_once():
    desk = ADesk()
    dossiers = [desk.taken_up() for _ in range(12)]
    for dossier in dossiers:
        services.state_cause(
            dossier_id=dossier.pk, mandate=desk.processor, cause="own_unit", words="Vì thế.",
            at=LATE,
        )  # fmt: skip
    ids, start = [dossier.pk for dossier in dossiers], time.monotonic() + 1.5

    [one, two] = [
        answers
        for _task, answers in work_through(
            _apologise,
            [(start, ids, desk.leader, "one"), (start, ids, desk.leader, "two")],
            workers=2,
        )
    ]

    for a, b in zip(one, two, strict=True):
        assert bool(a) != bool(b), (one, two)
    for dossier in dossiers:
        apology = Apology.objects.get(dossier=dossier)
        assert Dossier.objects.get(pk=dossier.pk).promised_at == apology.promised_at
        assert IssuedPaper.objects.filter(dossier=dossier, paper="apology").count() == 1
        assert (
            LedgerEvent.objects.about(dossier.subject)
            .filter(kind="dossiers.apology-signed")
            .count()
            == 1
        )
    numbers = IssuedPaper.objects.filter(paper="apology").values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, len(dossiers) + 1))
