"""An obstacle's way: raised, routed, answered, closed by whoever raised it, or escalated."""

from datetime import UTC, date, datetime

import pytest

from motcua.kernel.ledger.models import LedgerEvent
from motcua.plans import policies, services
from motcua.plans.lifecycle import OBSTACLE_LIFECYCLE, ObstacleState
from motcua.plans.models import Obstacle, Reminder
from motcua.plans.queries import NoSuchObstacle, obstacle_for, obstacles_for
from tests.builders import an_agency, the_version
from tests.plans.builders import CITY, DISTRICT, FINANCE, JULY, KEEPER, ThePeople, a_plan

pytestmark = pytest.mark.django_db


class AnObstacle:
    """An obstacle of the district Ninh Kiều, and everybody who has to do with it."""

    def __init__(self, **said: str) -> None:
        self.plan = a_plan()
        self.people = ThePeople()
        self.obstacle = services.raise_obstacle(
            plan_id=self.plan.pk,
            agency_id=an_agency(DISTRICT).pk,
            mandate=self.people.district,
            **{
                "title": "Thiếu máy quét",
                "words": "Bộ phận Một cửa chưa có máy quét. Đề nghị hướng dẫn nguồn kinh phí.",
                "clause": "II.1.h",
                **said,
            },
            at=JULY,
        )

    def does(self, verb: str, who: str, *, at: datetime = JULY, **said: object) -> Obstacle:
        """Let one of the people act."""
        act = getattr(services, f"{verb}_obstacle")
        self.obstacle = act(
            obstacle_id=self.obstacle.pk, mandate=getattr(self.people, who), at=at, **said
        )
        return self.obstacle

    def routed(self) -> "AnObstacle":
        """Route it to the department of finance."""
        self.does("route", "keeper", solver_id=an_agency(FINANCE).pk)
        return self

    def answered(self) -> "AnObstacle":
        """Have it answered."""
        self.routed().does("answer", "finance", words="Đã có Công văn 88/STC-NS.")
        return self


class TestRaise:
    def test_tells_what_it_is_about(self):
        the_version("1.001193")
        obstacle = AnObstacle(procedure="1.001193").obstacle

        assert obstacle.task is not None
        assert (obstacle.task.clause, obstacle.procedure) == ("II.1.h", "1.001193")
        [event] = LedgerEvent.objects.about(obstacle.subject)
        assert (event.kind, event.data["clause"]) == ("plans.obstacle-raised", "II.1.h")

    @pytest.mark.parametrize(
        ("said", "key"),
        [
            ({"title": " "}, "title"),
            ({"words": ""}, "words"),
            ({"clause": "II.9.z"}, "clause"),
            ({"procedure": "9.999999"}, "procedure"),
        ],
    )
    def test_refuses_what_says_nothing_or_is_unknown(self, said, key):
        with pytest.raises(services.Incomplete) as refused:
            AnObstacle(**said)

        assert refused.value.key == key

    def test_is_for_ones_own_agency(self):
        plan, people = a_plan(), ThePeople()

        with pytest.raises(policies.NotTheirPlan):
            services.raise_obstacle(
                plan_id=plan.pk,
                agency_id=an_agency(FINANCE).pk,
                mandate=people.district,
                title="Vướng mắc",
                words="Lời.",
                at=JULY,
            )


class TestRoute:
    def test_gives_the_plans_own_count_of_days(self):
        obstacle = AnObstacle().routed().obstacle

        assert (obstacle.state, obstacle.answer_due_on) == ("routed", date(2024, 7, 12))
        assert obstacle.is_answer_late(date(2024, 7, 13))
        assert not obstacle.is_answer_late(date(2024, 7, 12))

    def test_is_for_the_keeper(self):
        case = AnObstacle()

        for who in ("district", "finance", "chairman"):
            with pytest.raises(policies.NotTheKeeper):
                case.does("route", who, solver_id=an_agency(FINANCE).pk)

    def test_refuses_the_agency_that_asks_one_that_is_not_and_a_day_gone_by(self):
        case = AnObstacle()

        for said in (
            {"solver_id": an_agency(DISTRICT).pk},
            {"solver_id": 0},
            {"solver_id": an_agency(FINANCE).pk, "answer_due_on": date(2024, 7, 1)},
        ):
            with pytest.raises(services.Incomplete):
                case.does("route", "keeper", **said)

    def test_reminds_whoever_is_to_answer(self):
        obstacle = AnObstacle().routed().obstacle
        services.raise_reminders(at=datetime(2024, 7, 6, tzinfo=UTC))
        services.raise_reminders(at=datetime(2024, 7, 14, tzinfo=UTC))

        reminders = Reminder.objects.filter(obstacle=obstacle).order_by("pk")
        assert [(r.occasion, r.agency.name) for r in reminders] == [
            ("near", FINANCE),
            ("overdue", FINANCE),
        ]


class TestAnswer:
    def test_is_for_whoever_it_was_routed_to(self):
        case = AnObstacle().routed()
        for who in ("district", "keeper", "chairman"):
            with pytest.raises(policies.NotTheSolver):
                case.does("answer", who, words="Trả lời.")

        assert case.does("answer", "finance", words="Trả lời.").answer == "Trả lời."

    def test_may_be_handed_back_and_routed_elsewhere(self):
        case = AnObstacle().routed()
        obstacle = case.does("hand_back", "finance", words="Thuộc Sở Thông tin và Truyền thông.")
        assert (obstacle.state, obstacle.solver_id) == ("raised", None)

        assert case.does("route", "keeper", solver_id=an_agency(KEEPER).pk).state == "routed"


class TestClose:
    def test_is_for_whoever_raised_it(self):
        case = AnObstacle().answered()
        for who in ("keeper", "finance", "chairman"):
            with pytest.raises(policies.NotTheOwner):
                case.does("close", who)

        obstacle = case.does("close", "district")
        assert (obstacle.state, obstacle.ended_at) == (ObstacleState.CLOSED, JULY)

    def test_is_refused_before_there_is_an_answer(self):
        with pytest.raises(policies.HasMovedOn, match="Chờ trả lời"):
            AnObstacle().routed().does("close", "district")

    def test_of_what_is_needed_no_more_is_a_withdrawal(self):
        obstacle = AnObstacle().does("withdraw", "district", words="Đã tự mua máy quét.")

        assert obstacle.state == ObstacleState.WITHDRAWN


class TestEscalate:
    def test_goes_to_the_committee_of_the_city_which_answers(self):
        case = AnObstacle()
        obstacle = case.does("escalate", "keeper", words="Vượt thẩm quyền của các sở.")
        assert obstacle.solver is not None
        assert (obstacle.state, obstacle.solver.name) == (ObstacleState.ESCALATED, CITY)

        assert case.does("answer", "chairman", words="Giao Sở Tài chính bố trí.").answered_at
        assert case.does("close", "district").ended_at

    def test_is_for_whoever_raised_it_only_once_an_answer_did_not_help(self):
        with pytest.raises(policies.NotTheKeeper):
            AnObstacle().routed().does("escalate", "district", words="Chưa ai trả lời.")
        case = AnObstacle().answered()
        with pytest.raises(policies.NotTheKeeper):
            case.does("escalate", "finance", words="Không phải việc của tôi.")

        assert case.does("escalate", "district", words="Trả lời chưa đủ.").state == "escalated"


class TestSight:
    def test_an_obstacle_is_between_its_agencies_and_those_who_oversee(self):
        case = AnObstacle()
        with pytest.raises(NoSuchObstacle):
            obstacle_for(case.people.finance, case.obstacle.pk)

        case.routed()

        for who in ("district", "finance", "keeper", "chairman"):
            officer = getattr(case.people, who)
            assert obstacle_for(officer, case.obstacle.pk) == case.obstacle
            assert list(obstacles_for(officer, case.plan)) == [case.obstacle]


@pytest.mark.parametrize("verb", ["route", "hand_back", "answer", "escalate", "close", "withdraw"])
def test_what_a_screen_offers_is_what_the_act_allows(verb):
    for steps in ([], ["routed"], ["answered"]):
        for who in ("district", "finance", "keeper", "chairman"):
            case = AnObstacle()
            for step in steps:
                getattr(case, step)()
            said = {"solver_id": an_agency(KEEPER).pk} if verb == "route" else {"words": "Lời."}
            officer = getattr(case.people, who)
            offered = verb in policies.obstacle_verbs(officer, case.plan, case.obstacle)
            try:
                case.does(verb, who, **said)
            except policies.NotAllowed:
                assert not offered, (verb, who, steps)
            else:
                assert offered, (verb, who, steps)


def test_every_verb_of_the_table_is_an_act():
    for transition in OBSTACLE_LIFECYCLE.transitions:
        assert hasattr(services, f"{transition.verb}_obstacle")
