import pytest

from motcua.dossiers.services import keep_pulse
from motcua.offices.models import PostRole
from motcua.web.console import health
from tests import builders
from tests.web.console.jobs import a_job
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db


class TestTheHealthPage:
    def test_shows_an_administrator_that_all_is_well(self, client):
        keep_pulse(woken=0)
        client.force_login(builders.an_officer(PostRole.ADMINISTRATOR).account)

        assert "Mọi việc chạy bình thường." in assert_is_a_page(client.get("/console/health/"))

    def test_names_the_jobs_that_need_somebody(self, client):
        keep_pulse(woken=0)
        a_job("failed")
        a_job("doing")
        a_job("todo", due="now() - interval '1 hour'")
        client.force_login(builders.an_officer(PostRole.ADMINISTRATOR).account)

        text = assert_is_a_page(client.get("/console/health/"))

        assert "Có việc cần người xem." in text
        assert "scan" in text

    def test_raises_an_alarm_when_nobody_is_reminded_of_anything(self, client):
        client.force_login(builders.an_officer(PostRole.ADMINISTRATOR).account)

        text = assert_is_a_page(client.get("/console/health/"))

        assert "Việc theo thời hạn đang im lặng" in text
        assert "Im lặng quá lâu" in text

    def test_is_not_for_other_officers(self, client):
        client.force_login(builders.an_officer(PostRole.RECEIVER).account)

        text = assert_is_a_page(client.get("/console/health/"), status=403)

        assert "dành cho người quản trị" in text

    def test_is_not_for_strangers(self, client):
        assert client.get("/console/health/").headers["Location"].startswith("/dang-nhap/")


class TestCounting:
    def test_tells_waiting_from_late_and_running_from_stuck(self):
        a_job("todo", due="now() + interval '1 hour'")
        a_job("todo", due="now() - interval '1 hour'")
        a_job("doing")
        a_job("failed")

        figures = health.job_figures()

        assert (figures.waiting, figures.late) == (2, 1)
        assert (figures.running, figures.stuck) == (1, 1)
        assert figures.failed == 1
