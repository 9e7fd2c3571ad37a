"""
How a projection is filled from the beginning of the ledger, by hands that each commit what they do.

Nobody can tell how far they came if they are killed. So the projection is emptied before, its
follower leaves the beginning after all of them, and whoever finds a follower there, empties the
projection again, with all that was laid aside.
"""

from django.db import transaction

from motcua.kernel.hands import work_through

from .joining import Follower, Gathering
from .places import commit_without_waiting
from .stretches import Stretch, parts_for


def read(follower: Follower, stretch: Stretch, *, hands: int) -> None:
    """Let the hands share the subjects of a stretch from the beginning."""
    gathering = gathering_of(follower)

    @transaction.atomic(durable=True)
    def take_in(part: Stretch) -> None:
        # Waited for together with the move of the cursor, without which it is as good as lost.
        commit_without_waiting()
        gathering.of_stretch(part)

    parts = [(part,) for part in parts_for(stretch, hands)]
    # So few that each hand had one or none would cost more to share than to read.
    workers = hands if len(parts) > hands else 1
    for _part, _done in work_through(take_in, parts, workers=workers):
        pass


def gathering_of(follower: Follower) -> Gathering:
    """Return how a follower gathers that is known to."""
    assert follower.gathering is not None
    return follower.gathering
