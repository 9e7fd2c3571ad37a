"""Who is signed in is read together, and believed only as far as the session itself says it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from motcua.kernel import clock
from motcua.offices.models import Appointment
from motcua.offices.services import end_appointment
from tests import builders

pytestmark = pytest.mark.django_db

HOME = reverse("desk:home")
PASSWORD = "hoa-sen-ben-song"


@pytest.fixture
def desk(client):
    """Sign an officer in, whose session this process has read before."""
    officer = builders.an_officer("processor", since=clock.today() - timedelta(days=1))
    client.force_login(officer.account)
    assert [client.get(HOME).status_code for _ in range(2)] == [200, 200]
    return officer


def is_asked_to_sign_in(client) -> bool:
    response = client.get(HOME)
    return response.status_code == 302 and response.headers["Location"].startswith("/dang-nhap/")


class TestWhoIsSignedIn:
    def test_is_read_with_the_session_once_it_is_known_whose_it_is(
        self, client, desk, django_assert_num_queries
    ):
        with django_assert_num_queries(2):  # and the list
            assert desk.full_name in client.get(HOME).content.decode()

    def test_is_nobody_at_once_when_the_session_is_ended(self, client, desk):
        Session.objects.all().delete()

        assert is_asked_to_sign_in(client)

    def test_is_nobody_when_the_session_has_run_out(self, client, desk):
        Session.objects.update(expire_date=timezone.now())

        assert is_asked_to_sign_in(client)

    def test_is_nobody_at_once_when_the_account_is_closed(self, client, desk):
        type(desk.account).objects.filter(pk=desk.account.pk).update(is_active=False)

        assert is_asked_to_sign_in(client)

    def test_is_nobody_when_the_password_was_changed(self, client, desk):
        desk.account.set_password(PASSWORD)
        desk.account.save()

        assert is_asked_to_sign_in(client)
        assert not Session.objects.exists()

    def test_holds_no_post_that_has_ended(self, client, desk):
        for held in Appointment.objects.filter(officer=desk):
            end_appointment(appointment=held, on=clock.today(), at=clock.now())
        clock.shift_by(timedelta(days=1))
        try:
            assert client.get(HOME).status_code == 403
        finally:
            clock.shift_by(timedelta())

    def test_is_whoever_signs_in_next_in_the_same_browser(self, client, desk):
        account = builders.an_account(password=PASSWORD)

        signing_in = {"username": account.username, "password": PASSWORD}
        assert client.post(reverse("sign-in"), signing_in).status_code == 302

        for _ in range(2):
            assert client.get(HOME).status_code == 403

    def test_is_whoever_the_session_says_whatever_it_said_before(self, client, desk):
        other = builders.an_officer("processor", full_name="Võ Thị Sen")
        session = client.session
        session["_auth_user_id"] = str(other.account.pk)
        session["_auth_user_hash"] = other.account.get_session_auth_hash()
        session.save()

        for _ in range(2):
            page = client.get(HOME).content.decode()
            assert "Võ Thị Sen" in page
            assert desk.full_name not in page
