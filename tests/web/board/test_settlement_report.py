"""Report II.06a on screen and as files: who sees what, and what is refused."""

import io
from datetime import timedelta
from zipfile import ZipFile

import pytest

from motcua.accounts.models import Account
from motcua.steering.followers import follow_dossiers
from tests.builders import NOW, ADesk, a_district, a_leader, a_processor, an_agency
from tests.clocks import the_clock_at
from tests.kernel.ledger.rooms import catch_up
from tests.pdf import text_of
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db(transaction=True)

REPORT = "/lanh-dao/bao-cao/"
DISTRICT = "Ủy ban nhân dân quận Ninh Kiều"


@pytest.fixture(autouse=True)
def _the_tenth_month(db):
    with the_clock_at(NOW + timedelta(minutes=1)):
        an_agency()
        yield


@pytest.fixture
def signed_in(client):
    def sign_in(mandate):
        client.force_login(Account.objects.get(pk=mandate.account_id))
        return client

    return sign_in


def two_dossiers() -> None:
    desk = ADesk()
    desk.decided()
    desk.accepted()
    catch_up(follow_dossiers)


class TestShow:
    def test_a_leader_sees_the_own_agency_and_those_below(self, signed_in):
        two_dossiers()
        page = signed_in(a_leader(a_district())).get(REPORT)
        assert_is_a_page(page)
        assert DISTRICT in page.content.decode()

    def test_a_stranger_sees_none_of_it(self, signed_in):
        two_dossiers()
        page = signed_in(a_leader(an_agency("Sở Y tế"))).get(REPORT)
        assert DISTRICT not in page.content.decode()

    def test_somebody_who_leads_nothing_is_told_so(self, signed_in):
        assert signed_in(a_processor()).get(REPORT).status_code == 403

    @pytest.mark.parametrize(
        "asked",
        [
            "?tu=2024-10-01",
            "?tu=rubbish&den=2024-10-01",
            "?tu=2024-10-09&den=2024-10-01",
            "?tu=2024-10-01&den=2031-01-01",
            "?tu=0024-10-01&den=2024-10-01",
        ],
    )
    def test_a_period_that_cannot_be_is_refused_with_the_reason(self, signed_in, asked):
        page = signed_in(a_leader(a_district())).get(REPORT + asked)
        assert page.status_code == 422
        assert "govuk-error-message" in page.content.decode()


class TestExport:
    def test_numbers_stay_numbers(self, signed_in):
        two_dossiers()
        answer = signed_in(a_leader(a_district())).get(f"{REPORT}tep/?format=xlsx")
        with ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert '<c r="C9" s="4"><v>2</v></c>' in sheet
        assert "no-store" in answer.headers["Cache-Control"]

    @pytest.mark.parametrize("form", ["xlsx", "pdf"])
    def test_is_of_no_period_but_the_one_asked_for(self, signed_in, form):
        path = f"{REPORT}tep/?format={form}&tu=2024-10-01&den=2031-01-01"
        answer = signed_in(a_leader(a_district())).get(path, follow=True)
        assert answer.status_code == 422

    def test_on_paper_it_has_the_official_head(self, signed_in):
        two_dossiers()
        answer = signed_in(a_leader(a_district())).get(f"{REPORT}tep/?format=pdf")
        content = b"".join(answer) if answer.streaming else answer.content
        told = text_of(content)
        assert "Độc lập - Tự do - Hạnh phúc" in told
        assert "II.06a" in told
