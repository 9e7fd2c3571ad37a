"""What the desk says of a deadline stays true for as long as it is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.calendars.seeds import shipped_calendar
from motcua.web.desk.dossiers.deadlines import FOR_GOOD, said_of
from tests.builders import NOW

SPAN = timedelta(days=9)
MOMENTS = st.integers(0, SPAN // timedelta(seconds=1)).map(lambda n: NOW + timedelta(seconds=n))


@dataclass
class ALine:
    """As much of a dossier as a deadline is read from."""

    due_at: datetime | None
    state: str = "in_progress"
    intake_due_at: datetime | None = None
    completed_at: datetime | None = None
    waits_for: str | None = None
    settling_agency_id: int = 1


class TestSaidOf:
    @given(due_at=MOMENTS, now=MOMENTS, share=st.fractions(0, 1))
    def test_is_the_same_at_any_moment_until_it_may_differ(self, due_at, now, share):
        calendar, line = shipped_calendar(), ALine(due_at)

        said = said_of(line, calendar=calendar, now=now)

        assert said.until >= now
        within = now + timedelta(
            microseconds=int((said.until - now).total_seconds() * share * 10**6)
        )
        if within < said.until:
            assert said_of(line, calendar=calendar, now=within).deadline == said.deadline

    def test_of_days_is_kept_for_hours(self):
        calendar = shipped_calendar()
        line = ALine(NOW + timedelta(days=5, hours=3))

        assert said_of(line, calendar=calendar, now=NOW).until - NOW > timedelta(hours=1)

    @pytest.mark.parametrize(
        "line",
        [
            ALine(None, state="submitted"),
            ALine(NOW, state="awaiting_supplement"),
            ALine(NOW, state="suspended"),
            ALine(NOW, state="awaiting_agency", waits_for="Công an thành phố"),
            ALine(NOW, state="returned", completed_at=NOW + timedelta(days=2)),
            ALine(NOW, state="returned", completed_at=NOW),
        ],
    )
    def test_of_what_runs_no_more_is_for_good(self, line):
        assert said_of(line, calendar=shipped_calendar(), now=NOW).until == FOR_GOOD
