import json
import unicodedata

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier, DossierComponent
from motcua.filings.models import Submission
from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices.models import Unit
from motcua.offices.services import close_unit
from tests.builders import NOW, TODAY, a_citizen, a_receiver, an_account, an_agency, the_catalogue

from .client import V1, ApiClient, a_filing, a_token, assert_problem, speaking_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen(db):
    the_catalogue()
    return a_citizen()


@pytest.fixture
def api(citizen):
    return speaking_for(citizen)


class TestSubmit:
    def test_opens_a_dossier_and_says_where(self, api, citizen):
        response = api.submit(a_filing(citizen))

        assert response.status_code == 201
        receipt = response.json()
        dossier = Dossier.objects.get()
        assert receipt["code"] == dossier.code
        assert receipt["lookup_secret"] == dossier.lookup_secret
        assert response["Location"] == f"/api/v1/dossiers/{dossier.code}"
        assert response["Cache-Control"] == "no-store"
        assert "Idempotency-Replayed" not in response
        assert dossier.owner == citizen
        assert DossierComponent.objects.get().key == "birth_certificate"
        assert LedgerEvent.objects.filter(kind="dossiers.opened").count() == 1
        assert chain.verify() is None

    def test_answers_a_repetition_the_same(self, api, citizen):
        filing = a_filing(citizen)
        first = api.submit(filing, key="once")

        again = api.submit(filing, key="once")

        assert again.status_code == 201
        assert again.content == first.content
        assert again["Location"] == first["Location"]
        assert again["Idempotency-Replayed"] == "true"
        assert Dossier.objects.count() == 1

    def test_answers_a_repetition_the_same_when_the_dossier_has_moved_on(self, api, citizen):
        filing = a_filing(citizen)
        first = api.submit(filing, key="once")
        api.send(f"/dossiers/{first.json()['code']}/withdrawals", {})

        assert api.submit(filing, key="once").content == first.content

    def test_takes_the_same_content_written_otherwise_for_a_repetition(self, api, citizen):
        filing = a_filing(citizen)
        api.submit(filing, key="once")

        again = api.submit(json.dumps(filing, sort_keys=True, indent=2), key="once")

        assert again["Idempotency-Replayed"] == "true"

    def test_refuses_a_key_that_stands_for_other_content(self, api, citizen):
        api.submit(a_filing(citizen), key="once")

        other = api.submit(a_filing(citizen, child_name="Trần Thị Khác"), key="once")

        assert_problem(other, 409, "idempotency-key-used")
        assert Dossier.objects.count() == 1

    def test_gives_every_sender_keys_of_their_own(self, api, citizen):
        other = a_citizen()
        api.submit(a_filing(citizen), key="once")

        response = speaking_for(other).submit(a_filing(other), key="once")

        assert response.status_code == 201
        assert "Idempotency-Replayed" not in response

    @pytest.mark.parametrize("key", ["", "k" * 101, "mã", "a\tb"])
    def test_wants_a_key(self, api, citizen, key):
        response = api.send("/dossiers", a_filing(citizen), Idempotency_Key=key)

        assert_problem(response, 400, "idempotency-key-required")

    def test_wants_the_header_itself(self, api, citizen):
        assert_problem(api.send("/dossiers", a_filing(citizen)), 400, "idempotency-key-required")

    def test_a_key_of_a_refused_filing_is_free_again(self, api, citizen):
        assert_problem(
            api.submit(a_filing(citizen, child_sex="?"), key="once"), 422, "filing-has-problems"
        )

        assert api.submit(a_filing(citizen), key="once").status_code == 201


class TestSubmitRefuses:
    """Each time with a sentence, and with nothing half-written."""

    @pytest.fixture(autouse=True)
    def _nothing_is_written(self, citizen):
        yield
        assert not Dossier.objects.exists()
        assert not Submission.objects.exists()
        assert not DossierComponent.objects.exists()

    def test_missing_answers_one_by_one(self, api, citizen):
        filing = a_filing(citizen)
        del filing["answers"]["child_name"], filing["answers"]["copies"]

        problem = assert_problem(api.submit(filing), 422, "filing-has-problems")

        assert {e["key"] for e in problem["errors"]} == {"child_name", "copies"}
        assert all(e["message"] for e in problem["errors"])

    def test_an_unknown_procedure(self, api, citizen):
        filing = a_filing(citizen) | {"procedure": "9.999999"}
        assert_problem(api.submit(filing), 422, "unknown-procedure")

    def test_an_unknown_case(self, api, citizen):
        filing = a_filing(citizen) | {"case": "nothing"}
        assert_problem(api.submit(filing), 422, "online-filing-not-offered")

    def test_an_unknown_place(self, api, citizen):
        filing = a_filing(citizen, settling_commune="99999")
        assert_problem(api.submit(filing), 422, "filing-has-problems")

    def test_a_closed_unit(self, api, citizen):
        unit = Unit.objects.get(agency=an_agency(), role="one_stop")
        close_unit(unit=unit, on=TODAY.replace(month=1, day=31), at=NOW)

        assert_problem(api.submit(a_filing(citizen)), 409, "unit-closed")

    def test_somebody_elses_file(self, api, citizen):
        filing = a_filing(a_citizen()) | {"answers": a_filing(citizen)["answers"]}
        assert_problem(api.submit(filing), 422, "filing-has-problems")

    def test_an_altered_name_of_the_account(self, api, citizen):
        filing = a_filing(citizen, requester_name="Người Khác")
        problem = assert_problem(api.submit(filing), 422, "filing-has-problems")
        assert [e["key"] for e in problem["errors"]] == ["requester_name"]

    def test_answers_that_were_not_asked_for(self, api, citizen):
        filing = a_filing(citizen, nationality_other="Lào")
        assert_problem(api.submit(filing), 422, "filing-has-problems")

    @pytest.mark.parametrize(
        ("answer", "kind"),
        [
            ("x" * 100_000, "filing-has-problems"),
            ("👶🏽 Bé", "filing-has-problems"),
            ("Nguyễn\u0000An", "unreadable-text"),
            ("Nguyễn\u0007An", "unreadable-text"),
            ("\ud800", "unreadable-text"),
            (["An"], "invalid-request"),
            ({"a": 1}, "invalid-request"),
            (None, "invalid-request"),
            (1.5, "filing-has-problems"),
            (True, "filing-has-problems"),
            (10**400, "filing-has-problems"),
        ],
        ids=str,
    )
    def test_a_name_that_cannot_be_one(self, api, citizen, answer, kind):
        response = api.submit(a_filing(citizen, child_name=answer))

        problem = assert_problem(response, 422, kind)
        assert len(response.content) < 3000
        assert problem["errors"]

    @pytest.mark.parametrize(
        "body",
        [
            "",
            "{",
            "[]",
            "null",
            '"text"',
            '{"procedure": NaN}',
            '{"a": 1, "a": 2}',
            '{"answers": {"child_name": "A", "child_name": "B"}}',
            "[" * 100_000,
            '{"a":' * 5_000,
            '{"a": ' + "9" * 5_000 + "}",
            b'{"procedure": "\xff"}',
            b"\xff\xfe{\x00}\x00",
        ],
        ids=lambda body: repr(body[:24]),
    )
    def test_what_is_no_json_object(self, api, body):
        response = api.submit(body)

        if body == "":
            assert_problem(response, 422, "invalid-request")
        else:
            assert_problem(response, 400, "malformed-request")

    @pytest.mark.parametrize(
        "change",
        [
            {"state": "decided"},
            {"owner": "somebody"},
            {"procedure": 1},
            {"procedure": ""},
            {"procedure": "p" * 100_000},
            {"answers": []},
            {"answers": {str(n): 1 for n in range(500)}},
            {"papers": {}},
            {"papers": [{"key": "birth_certificate"}]},
            {"papers": [{"key": "birth_certificate", "file": "no-uuid"}]},
            {"papers": [{"key": "birth_certificate", "file": 7}]},
            {"papers": [{"key": "k", "file": "0" * 32}] * 101},
        ],
        ids=lambda change: repr(change)[:40],
    )
    def test_fields_that_are_not_in_the_document(self, api, citizen, change):
        problem = assert_problem(api.submit(a_filing(citizen) | change), 422, "invalid-request")

        assert problem["errors"][0]["key"].split(".")[0] in {"filing", *change, "papers", "answers"}

    def test_a_body_over_a_megabyte(self, api, citizen):
        assert_problem(api.submit(a_filing(citizen, x="y" * 1_000_001)), 413, "too-large")

    def test_another_media_type(self, api, citizen):
        response = api.send(
            "/dossiers",
            a_filing(citizen),
            Content_Type="application/x-www-form-urlencoded",
            Idempotency_Key="once",
        )
        assert_problem(response, 415, "unsupported-media-type")

    def test_somebody_without_a_token(self, citizen):
        response = ApiClient().submit(a_filing(citizen))

        assert_problem(response, 401, "unauthenticated")
        assert response["WWW-Authenticate"].startswith("Bearer")

    def test_an_officer(self, citizen):
        response = speaking_for(a_receiver()).submit(a_filing(citizen))
        assert_problem(response, 403, "role-required")

    def test_a_system_that_is_nobody(self, citizen):
        response = speaking_for(an_account()).submit(a_filing(citizen))
        assert_problem(response, 403, "role-required")


class TestText:
    def test_is_kept_in_one_unicode_form(self, api, citizen):
        written = "Nguyễn Thị Ánh Tuyết"

        api.submit(a_filing(citizen, child_name=unicodedata.normalize("NFD", written)))

        assert Dossier.objects.get().answers["child_name"] == written


class TestSession:
    def test_opens_nothing_here(self, citizen):
        browser = Client()
        browser.force_login(citizen.account)

        response = browser.get(f"{V1}/dossiers")

        assert_problem(response, 401, "unauthenticated")

    def test_a_token_in_the_address_opens_nothing(self, citizen):
        response = ApiClient().read(f"/dossiers?access_token={a_token(citizen)}")
        assert_problem(response, 401, "unauthenticated")
