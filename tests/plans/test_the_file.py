"""The plan's file: it says what the plan says, and what is wrong with a file is named."""

import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
import yaml

from motcua.plans.definitions import (
    PLAN_OF_2024,
    InvalidPlanFile,
    Rhythm,
    occurrences,
    read_plan,
)

# The text of the plan, where whoever runs the tests has it beside the repository.
TEXTS = [parent / "shared" / "mission" / "ke-hoach-67.txt" for parent in Path(__file__).parents]


def clauses_of(text: str) -> dict[str, str]:
    """Return the clauses of the chapters II and III, by number and letter."""
    body = text[text.index("II. NHIỆM VỤ, GIẢI PHÁP") : text.index("Trên đây là Kế hoạch")]
    found: dict[str, str] = {}
    chapter = number = key = ""
    for line in unicodedata.normalize("NFC", body).splitlines():
        if heading := re.match(r"(II|III)\. ", line):
            chapter = heading[1]
        elif heading := re.match(r"(\d)\. (.*)", line):
            number, key = heading[1], f"{chapter}.{heading[1]}"
            found[key] = heading[2]
        elif letter := re.match(r"([a-zđ])\) (.*)", line):
            found.pop(f"{chapter}.{number}", None)  # its heading is no clause
            key = f"{chapter}.{number}.{letter[1]}"
            found[key] = letter[2]
        elif key:
            found[key] = f"{found[key]} {line.strip()}"
    return found


class TestTheShippedFile:
    def test_says_every_lettered_clause_in_the_plans_own_words(self):
        text = next((path for path in TEXTS if path.exists()), None)
        if text is None:
            pytest.skip("the text of Plan 67 does not lie beside this repository")
        plan = {task.clause: task.wording for task in read_plan().tasks}

        said = clauses_of(text.read_text())

        assert set(plan) == set(said)
        # A clause without a letter stands below the heading that names its owner.
        assert [c for c, words in plan.items() if not said[c].endswith(words)] == []
        assert [c for c, words in plan.items() if c.count(".") == 2 and said[c] != words] == []

    def test_has_the_deadlines_that_the_plan_names(self):
        plan = {task.clause: task for task in read_plan().tasks}
        by_day: dict[date, set[str]] = {}
        for task in plan.values():
            if task.due_on is not None:
                by_day.setdefault(task.due_on, set()).add(task.clause)

        assert by_day[date(2024, 4, 30)] == {
            "II.1.h", "II.1.k", "II.4.a", "II.4.b", "II.6.a", "II.7",
        }  # fmt: skip
        assert by_day[date(2024, 6, 30)] == {"II.2.đ"}
        assert plan["II.3.c"].rhythm is Rhythm.MONTHLY
        assert plan["II.2.g"].rhythm is Rhythm.HALF_YEARLY


class TestReadPlan:
    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (lambda p: p["tasks"][0].update(rhythm="daily"), "$.tasks[0].rhythm"),
            (lambda p: p["tasks"][0].update(owners={}), "$.tasks[0] (II.1.a).owners"),
            (lambda p: p["tasks"][0].update(due_on=date(2024, 5, 1)), "$.tasks[0] (II.1.a).due_on"),
            (lambda p: p["tasks"][7].pop("due_on"), "$.tasks[7] (II.1.h).due_on"),
            (lambda p: p["tasks"][7].update(due_on=date(2025, 5, 1)), "not within the plan"),
            (lambda p: p["tasks"].append(p["tasks"][0]), "II.1.a stands 2 times"),
            (lambda p: p["tasks"][0].update(wording=""), "$.tasks[0].wording"),
            (lambda p: p["tasks"][0].update(clause="II.9.a"), "no part in $.parts begins it"),
            (lambda p: p.update(last_day=date(2024, 1, 1)), "$.last_day"),
            (lambda p: p.update(colour="red"), "colour"),
            (lambda p: p["tasks"][0].update(measure="luck"), "measure"),
            (
                lambda p: p["tasks"][0].update(wording=unicodedata.normalize("NFD", "Bố trí")),
                "is not NFC",
            ),
        ],
    )
    def test_names_what_is_wrong_and_where(self, tmp_path, change, told):
        plan = yaml.safe_load(PLAN_OF_2024.read_text())
        change(plan)
        path = tmp_path / "plan.yaml"
        path.write_text(yaml.safe_dump(plan, allow_unicode=True))

        with pytest.raises(InvalidPlanFile) as refused:
            read_plan(path)

        assert "plan.yaml: " in str(refused.value)
        assert told in str(refused.value)

    def test_refuses_what_is_no_yaml(self, tmp_path):
        path = tmp_path / "plan.yaml"
        path.write_bytes(b"\xff: [")

        with pytest.raises(InvalidPlanFile, match=r"plan\.yaml"):
            read_plan(path)


class TestOccurrences:
    def when(self, rhythm: Rhythm, until: date, due_on: date | None = None):
        found = occurrences(
            rhythm,
            first_day=date(2024, 4, 1),
            last_day=date(2024, 12, 31),
            due_on=due_on,
            days_after=10,
            until=until,
        )
        return [(each.period.key, each.due_on) for each in found]

    def test_a_month_begins_on_its_first_day_and_is_due_after_its_last(self):
        assert self.when(Rhythm.MONTHLY, date(2024, 4, 30)) == [("2024-04", date(2024, 5, 10))]
        assert self.when(Rhythm.MONTHLY, date(2024, 5, 1)) == [
            ("2024-04", date(2024, 5, 10)),
            ("2024-05", date(2024, 6, 10)),
        ]

    def test_there_are_nine_months_and_two_halves_however_late_one_looks(self):
        assert len(self.when(Rhythm.MONTHLY, date(2030, 1, 1))) == 9
        assert self.when(Rhythm.HALF_YEARLY, date(2030, 1, 1)) == [
            ("2024-H1", date(2024, 7, 10)),
            ("2024-H2", date(2025, 1, 10)),
        ]

    def test_once_is_once(self):
        due_on = date(2024, 4, 30)

        assert self.when(Rhythm.ONCE, date(2024, 12, 1), due_on) == [("2024-04", due_on)]

    def test_nothing_is_owed_before_the_plan_begins(self):
        assert self.when(Rhythm.MONTHLY, date(2024, 3, 31)) == []
