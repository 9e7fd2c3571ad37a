"""The demonstration's clock: begins at a chosen moment and runs on from there across restarts."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path


def shift(anchor: Path, *, start: datetime, at: datetime) -> timedelta:
    """
    Return by how much to move the clock so that it showed `start` when the anchor was made.

    The first call makes the anchor at `at`; a call with another `start` makes it anew.
    """
    began_at = _read(anchor, start=start)
    if began_at is None:
        began_at = at
        _write(anchor, start=start, began_at=at)
        # Web and worker may get here together: both go by what was written last.
        began_at = _read(anchor, start=start) or at
    return start - began_at


def _read(anchor: Path, *, start: datetime) -> datetime | None:
    try:
        kept = json.loads(anchor.read_text())
        if datetime.fromisoformat(kept["start"]) != start:
            return None
        return datetime.fromisoformat(kept["began_at"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _write(anchor: Path, *, start: datetime, began_at: datetime) -> None:
    anchor.parent.mkdir(parents=True, exist_ok=True)
    draft = anchor.with_name(f"{anchor.name}.{os.getpid()}")
    draft.write_text(
        json.dumps({"start": start.isoformat(), "began_at": began_at.isoformat()}) + "\n"
    )
    draft.replace(anchor)
