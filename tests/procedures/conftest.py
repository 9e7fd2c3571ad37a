import pytest

from motcua.procedures import queries


@pytest.fixture(autouse=True)
def _no_timetable_outlives_its_test():
    queries.forget()
    yield
    queries.forget()
