"""The plans of agencies: registered, superseded, and laid against what the city asks."""

from datetime import date

import pytest

from motcua.plans import policies, services
from motcua.plans.models import AgencyPlan
from motcua.plans.queries import annex_agencies, coverage, own_tasks, task_rows
from tests.builders import an_agency
from tests.plans.builders import FINANCE, JULY, ThePeople, a_day_later, a_plan, a_proof

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_go_to_a_folder_of_their_own(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def plan():
    return a_plan()


@pytest.fixture
def people():
    return ThePeople()


def registered(plan, officer, *, number="15/KH-STC", at=JULY, **said):
    how = {
        "plan_id": plan.pk,
        "agency_id": an_agency(FINANCE).pk,
        "mandate": officer,
        "number": number,
        "issued_on": date(2024, 4, 10),
        "title": "Kế hoạch triển khai dịch vụ công trực tuyến năm 2024",
        "file": a_proof(officer),
        "at": at,
        **said,
    }
    return services.register_agency_plan(**how)


class TestRegister:
    def test_takes_the_place_of_an_earlier_one(self, plan, people):
        first = registered(plan, people.finance)
        second = registered(plan, people.finance, number="20/KH-STC", at=a_day_later())

        first.refresh_from_db()
        assert (first.superseded_at, second.superseded_at) == (a_day_later(), None)
        with pytest.raises(policies.HasMovedOn):
            services.add_agency_task(
                agency_plan_id=first.pk,
                mandate=people.finance,
                words="Việc.",
                clauses=["II.4.a"],
                at=a_day_later(),
            )

    def test_refuses_the_same_document_twice(self, plan, people):
        registered(plan, people.finance)

        with pytest.raises(services.Incomplete, match="đã được đăng ký"):
            registered(plan, people.finance)

    @pytest.mark.parametrize(
        ("said", "key"),
        [
            ({"number": ""}, "number"),
            ({"title": " "}, "title"),
            ({"issued_on": date(2024, 7, 3)}, "issued_on"),
        ],
    )
    def test_refuses_what_is_missing_or_yet_to_come(self, plan, people, said, key):
        with pytest.raises(services.Incomplete) as refused:
            registered(plan, people.finance, **said)

        assert refused.value.key == key
        assert not AgencyPlan.objects.exists()

    def test_is_for_the_agency_itself(self, plan, people):
        with pytest.raises(policies.NotTheirPlan):
            registered(plan, people.district)
        with pytest.raises(services.Incomplete):
            registered(plan, people.finance, file=a_proof(people.district))


class TestCoverage:
    def test_counts_who_has_a_plan_and_names_what_none_serves(self, plan, people):
        before = coverage(plan, annex_agencies(date(2024, 7, 2)), task_rows(plan))
        assert (before.registered, len(before.rows), len(before.uncovered)) == (0, 26, 23)
        own = registered(plan, people.finance)
        services.add_agency_task(
            agency_plan_id=own.pk,
            mandate=people.finance,
            words="Trình chính sách miễn giảm.",
            clauses=["II.4.a", "II.1.b"],
            at=JULY,
        )

        after = coverage(plan, annex_agencies(date(2024, 7, 2)), task_rows(plan))

        assert after.registered == 1
        assert set(before.uncovered) - set(after.uncovered) == {"II.4.a", "II.1.b"}
        [row] = [row for row in after.rows if row.agency.name == FINANCE]
        assert "II.4.b" in row.uncovered
        assert "II.4.a" not in row.uncovered
        assert [task.clauses for task in own_tasks(own)] == [("II.1.b", "II.4.a")]

    @pytest.mark.parametrize("clauses", [[], ["II.9.z"], ["II.4.a", "II.9.z"]])
    def test_a_task_of_an_agency_serves_one_of_the_citys(self, plan, people, clauses):
        own = registered(plan, people.finance)

        with pytest.raises(services.Incomplete) as refused:
            services.add_agency_task(
                agency_plan_id=own.pk, mandate=people.finance, words="V", clauses=clauses, at=JULY
            )

        assert refused.value.key == "clauses"
