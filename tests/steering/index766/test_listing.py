"""What is listed behind a criterion is as much as its numbers say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.dossiers import events
from motcua.procedures.services import publish_version
from motcua.steering.definitions.index766 import Level, Quantity, State
from motcua.steering.queries.index766 import PublishedPart, Reason, can_list, figures, listed
from motcua.steering.queries.index766.catalogue import missing_parts
from tests.builders import NOW, TODAY, ADesk, a_business_dossier, a_copy_dossier
from tests.procedures.builders import a_definition
from tests.procedures.register import BIRTH, BUSINESS, COPY, ARegister
from tests.steering.test_recount import LATER, OCTOBER, follow, learned

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NEW = "9.999999"  # announced, and not in the catalogue


@pytest.fixture
def _a_busy_month():
    desk = ADesk()
    fee = (events.FeeFixed(amount_dong=8000), events.FeePaid(amount_dong=8000, online=True))
    learned(desk.decided(), *fee, events.IdentityVerified(source="vneid"))
    a_business_dossier()
    copied = desk.decided(a_copy_dossier())
    learned(copied, events.ResultIssuedElectronically(document="x"))
    for number, days in (("PA-1", 2), ("PA-2", 90)):
        due_at = (NOW + days * DAY).isoformat()
        learned(copied, events.PetitionReceived(number=number, due_at=due_at))
    learned(copied, events.PetitionAnswered(number="PA-2", satisfied=False), at=NOW + DAY)
    register = ARegister()
    on_time = register.record(BIRTH, COPY, signed_on=TODAY - 12 * DAY, effective_on=TODAY + 9 * DAY)
    register.publish(on_time, BIRTH, on=TODAY - 10 * DAY)
    register.record(BIRTH, NEW, signed_on=TODAY - 8 * DAY, effective_on=TODAY - 8 * DAY)
    follow()


@pytest.mark.usefixtures("_a_busy_month")
@pytest.mark.parametrize("as_of", [None, TODAY, TODAY + 3 * DAY])
def test_as_much_is_listed_as_is_counted(as_of):
    found = figures(OCTOBER, as_of=as_of, at=LATER)
    city = found.subjects.city
    amounts = found.amounts(city)
    commune = next(each for each in found.subjects.all if each.level is Level.COMMUNE)
    lists = [each for each in found.profile.criteria if can_list(each)]
    assert len(lists) == 12

    for criterion in lists:
        for subject in (city, commune, *found.subjects.lines[:20]):
            rows = listed(found, subject, criterion)
            score = found.score(subject).of(criterion.code)
            if score.state is State.NOT_APPLICABLE:
                continue
            assert sum(each.is_counted for each in rows) == (score.numerator or 0), criterion.code
            if criterion.denominator.plus[0] is not Quantity.RECEIVED:
                assert len(rows) == (score.denominator or 0), criterion.code
    assert amounts[Quantity.ANNOUNCED] == 3


@pytest.mark.usefixtures("_a_busy_month")
class TestReasons:
    def told(self, code):
        found = figures(OCTOBER, at=LATER)
        rows = listed(found, found.subjects.city, found.profile.criterion(code))
        return {each.code or each.name: each for each in rows}

    def test_name_the_decision_that_was_late(self):
        found = self.told("PUBLISH_ON_TIME")

        assert not found[BIRTH].is_counted  # once late is late
        assert found[BIRTH].told["number"] == "2/QĐ-UBND"
        assert found[COPY].is_counted
        assert found[NEW].name == ""

    def test_name_what_is_not_published(self):
        found = self.told("PUBLIC_UPDATE_ON_TIME")

        assert found[COPY].reason is Reason.NOT_PUBLISHED
        assert found[BIRTH].reason is Reason.NOT_PUBLISHED  # of the second decision

    def test_count_the_dossiers(self):
        found = self.told("ONLINE_FORMALITY_USED")

        assert found[BIRTH].told == {"dossiers": 1}
        assert found[BUSINESS].told == {"dossiers": 0}  # filed, not received

    def test_tell_petitions_by_their_numbers(self):
        found = figures(OCTOBER, at=LATER)
        criterion = found.profile.criterion("PETITION_HANDLING_SATISFACTION")
        reasons = {
            each.name: (each.reason, each.is_counted)
            for each in listed(found, found.subjects.city, criterion)
        }

        assert reasons == {
            "PA-1": (Reason.NOT_ANSWERED, False),
            "PA-2": (Reason.DISLIKED, False),
        }


def test_what_is_missing_is_named():
    whole = publish_version(definition=a_definition(), at=NOW)

    assert missing_parts(whole) == []
    assert missing_parts(replace(whole, steps=(), who=())) == [
        PublishedPart.STEPS,
        PublishedPart.SUBJECT,
    ]
