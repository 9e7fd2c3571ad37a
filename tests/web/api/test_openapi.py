"""The description is valid OpenAPI 3.1, and what is answered is what it describes."""

import json
import re

import jsonschema_rs
import pytest
import schemathesis

from motcua.web.api.problems import KINDS
from motcua.web.api.urls import api
from tests.builders import ADesk, a_citizen, a_dossier, the_catalogue

from .client import ApiClient, assert_problem, speaking_for, where

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def document():
    return json.loads(json.dumps(api.description_of_all()))


def operations(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


class TestDescription:
    def test_is_served_to_everybody(self, document):
        response = ApiClient().read("/openapi.json")

        assert response.status_code == 200
        assert response.json() == document

    def test_is_openapi_3_1(self, document):
        assert document["openapi"].startswith("3.1")
        schemathesis.openapi.from_dict(document).validate()

    def test_names_every_operation_once(self, document):
        ids = [operation["operationId"] for *_, operation in operations(document)]

        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"[a-z]+([A-Z][a-z]+)+", each) for each in ids)

    def test_tells_of_problems_and_of_the_token(self, document):
        assert document["components"]["securitySchemes"]["Bearer"]["scheme"] == "bearer"
        for _method, path, operation in operations(document):
            told = operation["responses"]
            for status, response in told.items():
                if int(status) >= 400:
                    assert list(response["content"]) == ["application/problem+json"]
            assert ("401" in told) == bool(operation.get("security")), path

    def test_tells_what_stands_for_a_field_and_for_a_life_event(self, document):
        parameters = document["paths"]["/api/v1/procedures"]["get"]["parameters"]

        told = {p["name"] for p in parameters if p.get("description")}
        assert {"field", "event"} <= told

    def test_tells_of_the_idempotency_key(self, document):
        parameters = document["paths"]["/api/v1/dossiers"]["post"]["parameters"]

        [key] = [p for p in parameters if p["name"] == "Idempotency-Key"]
        assert key["required"] is True

    def test_lists_every_type_of_problem(self, document):
        for kind in KINDS:
            assert f"/problems/{kind}" in document["info"]["description"]


class TestAnswers:
    def test_are_what_is_described(self, document):
        citizen, desk = a_citizen(), ADesk()
        the_catalogue()
        asked = desk.awaiting_supplement(a_dossier(citizen))
        dossier = desk.returned(a_dossier(citizen))
        waiting = a_dossier(citizen)
        mine, office = speaking_for(citizen), speaking_for(desk.receiver)
        answers = {
            "listProcedures": mine.read("/procedures?q=khai sinh"),
            "getProcedure": mine.read("/procedures/1.001193"),
            "getDossier": mine.read(where(dossier)),
            "getDossierHistory": mine.read(where(dossier, "/history")),
            "getDossierClock": mine.read(where(asked, "/clock")),
            "listDossierActs": office.read(where(dossier, "/acts")),
            "listDossiers": mine.read("/dossiers"),
            "listAssignableOfficers": office.read(where(waiting, "/assignable-officers")),
            "createAcceptance": office.send(where(waiting, "/acceptances")),
        }

        described = {o["operationId"]: o for *_, o in operations(document)}
        for operation, answer in answers.items():
            told = described[operation]["responses"][str(answer.status_code)]
            schema = told["content"]["application/json"]["schema"]
            jsonschema_rs.validator_for({**schema, "components": document["components"]}).validate(
                json.loads(answer.content)
            )


class TestElsewhere:
    def test_an_unknown_address_is_a_problem(self):
        assert_problem(ApiClient().read("/nothing/here"), 404, "not-found")

    def test_another_method_is_a_problem(self):
        response = ApiClient().call("DELETE", "/procedures")

        assert_problem(response, 405, "method-not-allowed")
        assert "GET" in response["Allow"]

    @pytest.mark.parametrize("code", ["%00", "x" * 500, "%F0%9F%92%A9", "' OR 1=1 --"])
    def test_a_code_that_cannot_be_one_is_not_found(self, code):
        response = speaking_for(a_citizen()).read(f"/dossiers/{code}")

        assert_problem(response, 404, "not-found")

    def test_a_cursor_of_ones_own_making_is_refused(self):
        response = speaking_for(a_citizen()).read("/dossiers?cursor=bm90aGluZw")

        assert_problem(response, 422, "invalid-request")
