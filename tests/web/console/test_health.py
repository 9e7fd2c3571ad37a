import pytest
from django.db import connection

from motcua.offices.models import PostRole
from motcua.web.console import health
from tests import builders
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db


def a_job(status: str, *, due: str = "now()") -> None:
    # The queue's models are for reading; its rows come from its own functions.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs"
            " (queue_name, task_name, priority, args, status, scheduled_at)"
            f" VALUES ('default', 'scan', 0, '{{}}', %s, {due})",
            [status],
        )


class TestTheHealthPage:
    def test_shows_an_administrator_that_all_is_well(self, client):
        client.force_login(builders.an_officer(PostRole.ADMINISTRATOR).account)

        assert "Mọi việc chạy bình thường." in assert_is_a_page(client.get("/console/health/"))

    def test_names_the_jobs_that_need_somebody(self, client):
        a_job("failed")
        a_job("doing")
        a_job("todo", due="now() - interval '1 hour'")
        client.force_login(builders.an_officer(PostRole.ADMINISTRATOR).account)

        text = assert_is_a_page(client.get("/console/health/"))

        assert "Có việc cần người xem." in text
        assert "scan" in text

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


@pytest.mark.django_db(transaction=True)
def test_it_is_accessible(open_page, axe_check):
    administrator = builders.an_officer(PostRole.ADMINISTRATOR)
    a_job("failed")

    axe_check(open_page("/console/health/", account=administrator.account))
