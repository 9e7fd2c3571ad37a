"""Looking a dossier up without signing in."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.dossiers.models import Dossier, LookupFailure
from motcua.dossiers.queries import LOOKUP_WINDOW
from motcua.dossiers.services import forget_failed_lookups
from motcua.kernel import clock
from motcua.web import lookup_links
from tests.builders import a_citizen, a_dossier
from tests.web.pages import assert_is_a_page
from tests.web.portal.walk import errors_in

pytestmark = pytest.mark.django_db

URL = "/tra-cuu/"


def ask(client, code, secret, address="203.0.113.7"):
    return client.post(URL, {"code": code, "secret": secret}, REMOTE_ADDR=address)


class TestLookingUp:
    @pytest.mark.parametrize("way", [str, str.lower, lambda s: f" {s[:4]}-{s[4:]} "])
    def test_shows_the_status_and_nothing_of_the_person(self, client, way):
        person = a_citizen("Thạch Sô Phia")
        dossier = a_dossier(person)

        response = ask(client, dossier.code.lower(), way(dossier.lookup_secret))

        assert response.status_code == 303
        shown = client.get(response["Location"])
        text = assert_is_a_page(shown)
        assert "Đã nộp, chờ tiếp nhận" in text
        assert "Ủy ban nhân dân phường Cái Khế" in text
        for secret in (person.full_name, person.personal_id, person.phone, "Trần Minh An"):
            assert secret not in text
        assert shown["Cache-Control"] == "no-store"
        assert shown["X-Robots-Tag"] == "noindex"

    def test_answers_a_wrong_code_and_a_wrong_secret_alike(self, client):
        dossier = a_dossier()
        unknown = dossier.code[:-4] + "9999"

        wrong_secret = ask(client, dossier.code, "AAAAAAAA").content.decode()
        wrong_code = ask(client, unknown, dossier.lookup_secret).content.decode()

        assert errors_in(wrong_secret) == errors_in(wrong_code)
        assert _bare(wrong_secret, dossier.code) == _bare(wrong_code, unknown)

    @pytest.mark.parametrize(
        ("code", "secret"),
        [("", ""), ("x", ""), ("", "x"), ("Ẳ" * 30_000, "\x00"), ("'; --", "😀")],
    )
    def test_takes_any_rubbish_calmly(self, client, code, secret):
        assert_is_a_page(ask(client, code, secret), status=422)

    def test_is_refused_after_five_wrong_secrets_for_one_code(self, client):
        dossier = a_dossier()
        for n in range(5):
            assert ask(client, dossier.code, "AAAAAAAA", f"203.0.113.{n}").status_code == 422

        refused = ask(client, dossier.code, dossier.lookup_secret, "203.0.113.99")

        assert "1022" in assert_is_a_page(refused, status=429)

    def test_is_refused_after_twenty_wrong_pairs_from_one_address(self, client):
        dossier = a_dossier()
        for n in range(20):
            ask(client, f"{dossier.code[:-4]}{n + 1000}", "AAAAAAAA")

        assert ask(client, dossier.code, dossier.lookup_secret).status_code == 429
        elsewhere = ask(client, dossier.code, dossier.lookup_secret, "198.51.100.1")
        assert elsewhere.status_code == 303

    def test_is_open_again_after_a_quarter_of_an_hour(self, client):
        dossier = a_dossier()
        for _n in range(5):
            ask(client, dossier.code, "AAAAAAAA")
        for failure in LookupFailure.objects.all():
            failure.at -= LOOKUP_WINDOW
            failure.save()

        assert ask(client, dossier.code, dossier.lookup_secret).status_code == 303

    def test_counts_without_keeping_who_looked_for_what(self, client):
        dossier = a_dossier()

        ask(client, dossier.code, "AAAAAAAA")

        kept = " ".join(str(v) for row in LookupFailure.objects.values_list() for v in row)
        assert dossier.code not in kept
        assert "203.0.113.7" not in kept
        assert forget_failed_lookups(at=clock.now()) == 0
        assert forget_failed_lookups(at=clock.now() + LOOKUP_WINDOW + timedelta(seconds=1)) == 1


class TestTheLinkOfTheQrCode:
    def test_opens_the_status_without_typing(self, client):
        dossier = a_dossier()

        token = lookup_links.token_of(dossier)
        response = client.get(reverse("portal:lookup-result", args=[token]))

        assert dossier.code in assert_is_a_page(response)
        assert dossier.code not in lookup_links.token_of(dossier)

    def test_dies_with_the_secret_and_cannot_be_forged(self, client):
        dossier = a_dossier()
        token = lookup_links.token_of(dossier)
        other = lookup_links.token_of(a_dossier())
        forged = other.rpartition(".")[0] + "." + token.rpartition(".")[2]
        Dossier.objects.filter(pk=dossier.pk).update(lookup_secret="0" * 8)

        for wrong in (token, forged, "x", "....", "Ẳ.Ẳ", "A" * 500):
            response = client.get(reverse("portal:lookup-result", args=[wrong]))
            assert "không còn dùng được" in assert_is_a_page(response, status=404)


def _bare(text, code):
    """Take out of a page what differs by request: the typed code and the form's token."""
    lines = [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(lines).replace(code, "")
