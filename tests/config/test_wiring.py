"""What is plugged in: a follower that nobody joined would sleep for ever."""

from importlib import import_module
from pathlib import Path

import motcua
from motcua.kernel.ledger.followers import Follower, joined

ROOMS = sorted(path.parent.name for path in Path(motcua.__file__).parent.glob("*/followers.py"))


def test_every_follower_of_every_room_is_joined():
    written = [
        value
        for room in ROOMS
        for value in vars(import_module(f"motcua.{room}.followers")).values()
        if isinstance(value, Follower)
    ]
    assert written
    assert [each.name for each in written if each not in joined()] == []
