"""Every write of the steering room: its read models, and what the city sets itself."""

from ._sums import add_up_figures
from .counting import forget_figures, take_in, take_in_all, take_in_new, take_in_stretch
from .explaining import WaitsForAnAnswer, answer_explanation, explain_target
from .targets import TargetsLoad, TargetWasChanged, UnusableWords, load_targets, set_target

__all__ = [
    "TargetWasChanged",
    "TargetsLoad",
    "UnusableWords",
    "WaitsForAnAnswer",
    "add_up_figures",
    "answer_explanation",
    "explain_target",
    "forget_figures",
    "load_targets",
    "set_target",
    "take_in",
    "take_in_all",
    "take_in_new",
    "take_in_stretch",
]
