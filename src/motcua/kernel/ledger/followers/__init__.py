"""Who reads the ledger, and how each event reaches each follower exactly once, in order."""

from .catching_up import catch_up
from .feeding import Feeding, fed
from .joining import Fold, Follower, Gathering, follower, join, joined, projection
from .mending import UnableToRebuild, rebuild, replay, start_at_end
from .running import MAX_ATTEMPTS, DiedOfIt, run_once
from .stretches import Stretch

__all__ = [
    "MAX_ATTEMPTS",
    "DiedOfIt",
    "Feeding",
    "Fold",
    "Follower",
    "Gathering",
    "Stretch",
    "UnableToRebuild",
    "catch_up",
    "fed",
    "follower",
    "join",
    "joined",
    "projection",
    "rebuild",
    "replay",
    "run_once",
    "start_at_end",
]
