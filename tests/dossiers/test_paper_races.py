"""Two officers at once: no number twice, none left out, one file."""

import threading

import pytest
from django.db import connection

from motcua.dossiers import services
from motcua.dossiers.models import IssuedPaper
from tests.builders import NOW, ADesk, a_dossier

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

AT_ONCE = 6


def all_at_once(acts) -> None:
    ready = threading.Barrier(len(acts))

    def run(act):
        try:
            ready.wait(timeout=30)
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)


def test_numbers_follow_each_other_however_many_accept_at_once():
    desk = ADesk()
    waiting = [a_dossier() for _ in range(AT_ONCE)]

    all_at_once([lambda dossier=dossier: desk.accepted(dossier) for dossier in waiting])

    numbers = sorted(IssuedPaper.objects.values_list("number", flat=True))
    assert numbers == list(range(1, AT_ONCE + 1))


def test_who_print_the_same_paper_at_once_get_the_same_file():
    slip = IssuedPaper.objects.get(dossier=ADesk().accepted())
    files = []

    def print_it():
        file = services.print_paper(paper_id=slip.pk, lookup="x", link="https://x/", at=NOW)
        files.append(file.pk)

    all_at_once([print_it] * AT_ONCE)

    assert len(files) == AT_ONCE
    assert len(set(files)) == 1
