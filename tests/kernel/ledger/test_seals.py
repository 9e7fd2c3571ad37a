import json

import pytest
from django.db import connection

from motcua.kernel.ledger import chain, restore, seals
from motcua.kernel.ledger.models import Subject
from tests.kernel.ledger.rooms import MONDAY, another_writer, commit, light

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "seals"


def crime(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("RESET session_replication_role")


class TestTips:
    def test_are_the_last_events_of_the_chains_so_far(self):
        first = commit(light, "hall")
        second = commit(light, "attic")
        third = commit(light, "hall")

        assert list(seals.tips(up_to=second.position)) == [
            seals.Tip(subject=Subject("room", "attic"), seq=1, hash=second.hash),
            seals.Tip(subject=Subject("room", "hall"), seq=1, hash=first.hash),
        ]
        assert [tip.hash for tip in seals.tips(up_to=third.position)] == [second.hash, third.hash]


class TestSeal:
    def test_holds_while_the_ledger_only_grows(self, path):
        for room in ("attic", "hall", "attic"):
            commit(light, room)
        seals.seal(path, at=MONDAY)
        commit(light, "hall")
        made = seals.seal(path, at=MONDAY)
        commit(light, "attic")
        commit(light, "porch")

        assert seals.verify_seals(path) == made
        assert (made.chains, len(path.read_text().splitlines())) == (2, 2)

    def test_holds_after_a_restore(self, path):
        commit(light, "attic")
        made = seals.seal(path, at=MONDAY)
        restore.realign()

        assert seals.verify_seals(path) == made

    def test_can_be_set_on_an_empty_ledger(self, path):
        seals.seal(path, at=MONDAY)

        assert seals.verify_seals(path).chains == 0

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM ledger_event WHERE subject_id = 'hall' AND subject_seq = 2",
            "DELETE FROM ledger_event WHERE subject_id = 'attic'",
        ],
    )
    def test_shows_a_tail_cut_off_that_the_chains_do_not_show(self, path, statement):
        for room in ("hall", "hall", "attic"):
            commit(light, room)
        seals.seal(path, at=MONDAY)

        crime(statement)

        assert chain.verify() is None
        with pytest.raises(seals.BrokenSeal, match="differ"):
            seals.verify_seals(path)

    def test_waits_for_what_may_still_be_recorded_below_it(self, path):
        with another_writer() as slow:
            slow.begin()
            slow.do(light, "attic")
            commit(light, "hall")

            with pytest.raises(seals.TooBusyToSeal):
                seals.seal(path, at=MONDAY, patience_seconds=0.1)
            slow.commit()

        assert not path.exists()
        assert seals.seal(path, at=MONDAY).chains == 2


class TestVerifySeals:
    @pytest.fixture
    def sealed(self, path):
        for _ in range(3):
            commit(light, "attic")
            seals.seal(path, at=MONDAY)
        return path

    def test_finds_no_seal_in_a_file_that_is_not_there(self, path):
        with pytest.raises(seals.BrokenSeal, match="no seal"):
            seals.verify_seals(path)

    def test_finds_a_line_taken_out(self, sealed):
        lines = sealed.read_text().splitlines(keepends=True)
        sealed.write_text(lines[0] + lines[2])

        with pytest.raises(seals.BrokenSeal, match="seal 2 does not continue"):
            seals.verify_seals(sealed)

    def test_finds_a_line_changed(self, sealed):
        lines = sealed.read_text().splitlines()
        lines[0] = json.dumps(json.loads(lines[0]) | {"chains": 9})
        sealed.write_text("\n".join(lines))

        with pytest.raises(seals.BrokenSeal, match="seal 2 does not continue"):
            seals.verify_seals(sealed)

    @pytest.mark.parametrize("line", ["nonsense", "{}", "[]"])
    def test_finds_a_line_that_is_no_seal(self, sealed, line):
        sealed.write_text(sealed.read_text() + line)

        with pytest.raises(seals.BrokenSeal, match="line 4 is not a seal"):
            seals.verify_seals(sealed)
