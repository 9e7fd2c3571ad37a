"""Loading the plan: once is as good as ten times, and a new wording leaves progress alone."""

from datetime import date

import pytest
import yaml

from motcua.kernel.ledger.models import LedgerEvent
from motcua.plans import services
from motcua.plans.definitions import PLAN_OF_2024, InvalidPlanFile
from motcua.plans.lifecycle import DutyState
from motcua.plans.models import Duty, Plan, Task, TaskVersion
from tests.builders import the_city
from tests.plans.builders import FINANCE, JULY, KEEPER, ThePeople, a_day_later, a_duty, a_plan, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(tmp_path):
    """Write the plan with a change, under its own name."""

    def write(change):
        plan = yaml.safe_load(PLAN_OF_2024.read_text())
        change(plan)
        path = tmp_path / "plan.yaml"
        path.write_text(yaml.safe_dump(plan, allow_unicode=True))
        return path

    return write


class TestLoadPlan:
    def test_gives_the_tasks_to_their_owners(self):
        plan = a_plan()

        assert (plan.keeper.name, Task.objects.count()) == (KEEPER, 30)
        owners = {
            clause: Duty.objects.filter(task__clause=clause).values("agency", "outsider").distinct()
            for clause in ("II.1.a", "II.1.k", "II.2.a", "II.6.a", "III.1")
        }
        assert {clause: len(found) for clause, found in owners.items()} == {
            "II.1.a": 26, "II.1.k": 9, "II.2.a": 1, "II.6.a": 1, "III.1": 26,
        }  # fmt: skip
        assert owners["II.6.a"][0] == {"agency": None, "outsider": "Cục Thuế thành phố"}

    def test_does_nothing_a_second_time(self):
        a_plan()
        before = LedgerEvent.objects.count(), TaskVersion.objects.count(), Duty.objects.count()

        a_plan(at=JULY)

        counts = LedgerEvent.objects.count(), TaskVersion.objects.count(), Duty.objects.count()
        assert counts == before

    def test_keeps_what_was_reported_when_a_task_is_worded_anew(self, changed):
        plan, people = a_plan(), ThePeople()
        duty = told(a_duty(plan, "II.4.a", FINANCE), people.finance, percent=40)

        def reword(file):
            [task] = [t for t in file["tasks"] if t["clause"] == "II.4.a"]
            task["wording"] = "Tham mưu chính sách miễn giảm phí, lệ phí."

        load = services.load_plan(path=changed(reword), at=a_day_later())

        assert (load.new, load.reworded, load.ended) == ((), ("II.4.a",), ())
        wordings = TaskVersion.objects.filter(task=duty.task).order_by("number")
        assert [v.until is None for v in wordings] == [False, True]
        duty.refresh_from_db()
        assert (duty.state, duty.percent) == (DutyState.REPORTED, 40)

    def test_moves_what_is_owed_to_a_new_deadline_and_nothing_else(self, changed):
        plan, people = a_plan(), ThePeople()
        owed, reported = a_duty(plan, "II.4.a", FINANCE), a_duty(plan, "II.4.b", FINANCE)
        told(reported, people.finance)

        def postpone(file):
            for task in file["tasks"]:
                if task["clause"].startswith("II.4."):
                    task["due_on"] = date(2024, 9, 30)

        services.load_plan(path=changed(postpone), at=a_day_later())
        services.open_duties(at=a_day_later())

        owed.refresh_from_db()
        reported.refresh_from_db()
        assert (owed.due_on, reported.due_on) == (date(2024, 9, 30), date(2024, 4, 30))
        assert Duty.objects.filter(task=owed.task).count() == 1

    def test_ends_a_task_that_is_gone_and_keeps_its_duties(self, changed):
        a_plan()

        load = services.load_plan(path=changed(lambda file: file["tasks"].pop()), at=a_day_later())

        assert load.ended == ("III.2",)
        assert Duty.objects.filter(task__clause="III.2").exists()
        # It comes back as the task it was.
        back = services.load_plan(at=a_day_later(2))
        assert (back.new, back.ended) == ((), ())
        assert Task.objects.get(clause="III.2").ended_at is None

    @pytest.mark.parametrize("where", ["keeper", "overseer", "tasks"])
    def test_refuses_agencies_that_the_city_does_not_have(self, changed, where):
        def misname(file):
            if where == "tasks":
                file["tasks"][0]["owners"] = {"agencies": ["Sở Hàng không"]}
            else:
                file[where] = "Sở Hàng không"

        the_city()

        with pytest.raises(InvalidPlanFile, match=rf"\$\.{where}.*Sở Hàng không"):
            services.load_plan(path=changed(misname), at=JULY)

        assert not Plan.objects.exists()
