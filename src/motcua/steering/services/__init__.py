"""Every write of the steering room: its read models, and what the city sets itself."""

from .counting import forget_figures, take_in, take_in_stretch

__all__ = ["forget_figures", "take_in", "take_in_stretch"]
