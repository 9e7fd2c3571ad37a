"""The same filing sent many times at the same moment."""

import pytest

from motcua.dossiers.models import Dossier
from motcua.filings.models import Submission
from motcua.filings.services import KeyWasUsedOtherwise, Paper, submit_filing
from motcua.kernel.ledger.models import LedgerEvent
from tests.builders import BIRTH_CASE, NOW, a_citizen, a_file, birth_answers, the_version
from tests.dossiers.test_races import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_twenty_equal_submissions_at_once_make_one_dossier():
    person, version = a_citizen(), the_version()
    papers = [Paper(key="birth_certificate", file_id=a_file(person).pk)]

    def submit(digest="a" * 64):
        return submit_filing(
            account=person.account,
            person=person,
            version=version,
            case_key=BIRTH_CASE,
            answers=birth_answers(),
            papers=papers,
            key="once",
            digest=digest,
            at=NOW,
        )

    answers = at_once(*[submit] * 20)

    assert {getattr(answer, "code", answer) for answer in answers} == {Dossier.objects.get().code}
    assert Submission.objects.count() == 1
    assert LedgerEvent.objects.filter(kind="dossiers.opened").count() == 1
    with pytest.raises(KeyWasUsedOtherwise):
        submit(digest="b" * 64)
