import pytest
from django.db import models
from django.db.models import Q

from motcua.kernel import constraints

INSIDE, OUTSIDE = "lit", "new"


def allows(condition: Q, *, state: str, lit_at: int | None, watts: int | None = None) -> bool:
    numbers = {"lit_at": lit_at, "watts": watts}
    typed = {n: models.Value(v, output_field=models.IntegerField()) for n, v in numbers.items()}
    return condition.check({"state": models.Value(state)} | typed)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "inside", "inside_empty", "outside", "outside_empty"),
    [
        (constraints.filled_exactly_while, True, False, False, True),
        (constraints.filled_while, True, False, True, True),
        (constraints.filled_only_while, True, True, False, True),
    ],
)
def test_a_field_is_bound_to_states(rule, inside, inside_empty, outside, outside_empty):
    condition = rule("lit_at", state_in={INSIDE, "dim"})

    assert allows(condition, state=INSIDE, lit_at=1) is inside
    assert allows(condition, state=INSIDE, lit_at=None) is inside_empty
    assert allows(condition, state=OUTSIDE, lit_at=1) is outside
    assert allows(condition, state=OUTSIDE, lit_at=None) is outside_empty


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lit_at", "watts", "allowed"),
    [(1, 1, True), (None, None, True), (1, None, False), (None, 1, False)],
)
def test_fields_are_filled_together(lit_at, watts, allowed):
    condition = constraints.filled_together("lit_at", "watts")

    assert allows(condition, state=INSIDE, lit_at=lit_at, watts=watts) is allowed


def test_states_are_written_the_same_way_each_time():
    class State(models.TextChoices):
        B = "b", "B"
        A = "a", "A"

    assert constraints.in_states({State.B, State.A}) == Q(state__in=["a", "b"])
    assert [type(s) for s in constraints.in_states(State).children[0][1]] == [str, str]
