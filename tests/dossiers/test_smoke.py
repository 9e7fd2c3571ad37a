import pytest

from tests.builders import ADesk

pytestmark = pytest.mark.django_db


def test_the_whole_way():
    dossier = ADesk().returned()
    assert dossier.state == "returned"
    assert dossier.code.endswith("-241015-0001")
