"""The statutory papers that citizens read: their own, or with the secret in hand."""

import pytest
from django.urls import reverse

from motcua.dossiers.models import IssuedPaper, LookupFailure
from motcua.web import lookup_links
from tests import pdf
from tests.builders import ADesk, a_citizen, a_dossier
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def slip():
    return IssuedPaper.objects.get(dossier=ADesk().accepted(a_dossier(a_citizen("Thạch Sô Phia"))))


def own_path(slip) -> str:
    return reverse("portal:issued-paper", args=[slip.dossier.code, slip.pk])


class TestOfOnesOwn:
    def test_is_listed_and_handed_out(self, client, slip):
        client.force_login(slip.dossier.owner.account)

        page = client.get(reverse("portal:dossier", args=[slip.dossier.code]))
        response = client.get(own_path(slip))

        assert own_path(slip) in assert_is_a_page(page)
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert "Thạch Sô Phia" in pdf.text_of(response.content)

    def test_is_the_one_that_the_officer_prints(self, client, slip):
        client.force_login(slip.dossier.owner.account)
        first = client.get(own_path(slip)).content
        slip.refresh_from_db()

        assert slip.digest
        assert client.get(own_path(slip)).content == first

    def test_of_somebody_else_does_not_exist(self, client, slip):
        client.force_login(a_citizen().account)

        assert client.get(own_path(slip)).status_code == 404


class TestWithTheSecret:
    def ask(self, client, slip, secret, paper=None):
        path = reverse("portal:lookup-papers", args=[lookup_links.token_of(slip.dossier)])
        return client.post(path, {"secret": secret, "paper": str(paper or slip.pk)})

    def test_is_handed_out(self, client, slip):
        response = self.ask(client, slip, slip.dossier.lookup_secret.lower())

        assert "Thạch Sô Phia" in pdf.text_of(response.content)

    def test_the_link_alone_names_nobody(self, client, slip):
        path = reverse("portal:lookup-result", args=[lookup_links.token_of(slip.dossier)])

        text = assert_is_a_page(client.get(path))

        assert "Giấy tiếp nhận hồ sơ" in text
        assert "Thạch Sô Phia" not in text

    @pytest.mark.parametrize("secret", ["", "AAAAAAAA", "😀"])
    def test_a_wrong_secret_gets_nothing(self, client, slip, secret):
        response = self.ask(client, slip, secret)

        assert "Thạch Sô Phia" not in assert_is_a_page(response, status=422)
        assert LookupFailure.objects.count() == (1 if secret else 0)

    def test_guessing_is_slowed_down_as_everywhere(self, client, slip):
        for _ in range(5):
            self.ask(client, slip, "AAAAAAAA")

        assert self.ask(client, slip, slip.dossier.lookup_secret).status_code == 429

    def test_a_paper_of_another_dossier_is_not_handed_out(self, client, slip):
        other = IssuedPaper.objects.get(dossier=ADesk().accepted())

        response = self.ask(client, slip, slip.dossier.lookup_secret, paper=other.pk)

        assert response.status_code == 422

    def test_a_link_that_is_not_ours_opens_nothing(self, client, slip):
        path = reverse("portal:lookup-papers", args=["khong-co"])

        assert client.post(path, {"secret": "x"}).status_code == 404
