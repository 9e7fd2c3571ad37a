"""The API as a whole, and its description as OpenAPI 3.1."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from ninja import NinjaAPI

from . import acts, catalogue, dossiers, files
from .bodies import StrictParser
from .principals import Bearer
from .problems import KINDS, MEDIA_TYPE, answer_to
from .shapes import ProblemDetails

PREFIX = "/api/v1"

_EVERYWHERE = {"500", "503"}
_WITH_TOKEN = {"401", "403"}
_WITH_BODY = {"400", "413", "415", "422"}


class Api(NinjaAPI):
    """Ours: strict bodies, problems instead of errors, bearer tokens only."""

    def __init__(self) -> None:
        super().__init__(
            title="Motcua",
            version="1",
            docs_url=None,
            openapi_url=None,
            auth=Bearer(),
            parser=StrictParser(),
            urls_namespace="api",
        )
        for router in (catalogue.router, files.router, dossiers.router, acts.router):
            self.add_router("", router)

    def set_default_exception_handlers(self) -> None:
        """Let the table of problems answer to everything."""
        self.add_exception_handler(Exception, answer_to)  # type: ignore[arg-type]  # never a class

    def description_of_all(self) -> dict[str, Any]:
        """Return the OpenAPI document."""
        document: dict[str, Any] = _plain(self.get_openapi_schema(path_prefix=PREFIX))
        document["info"]["description"] = _description()
        document["servers"] = [{"url": "/"}]
        schemas = document["components"]["schemas"]
        schemas["ProblemDetails"] = ProblemDetails.model_json_schema(
            ref_template="#/components/schemas/{model}"
        )
        schemas.update(schemas["ProblemDetails"].pop("$defs", {}))
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                _add_problems(path, method, operation)
        return document


def _add_problems(path: str, method: str, operation: dict[str, Any]) -> None:
    statuses = set(_EVERYWHERE)
    if operation.get("security"):
        statuses |= _WITH_TOKEN
    if "{" in path:
        statuses.add("404")
    if operation.get("parameters"):
        statuses.add("422")
    if method == "post":
        statuses |= _WITH_BODY | {"409"}
    responses = operation["responses"]
    for status in sorted(statuses):
        kinds = [f"/problems/{name}" for name, kind in KINDS.items() if str(kind.status) == status]
        responses[status] = {
            "description": ", ".join(kinds),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
        }
    for status, response in responses.items():
        if operation["operationId"] == "createDossier" and str(status) == "201":
            response["headers"] = {
                "Location": {"schema": {"type": "string"}},
                "Idempotency-Replayed": {"schema": {"type": "string", "enum": ["true"]}},
            }
        if operation["operationId"] == "getDossierFile" and str(status) == "200":
            response["content"] = {
                kind: {} for kind in ("application/pdf", "image/jpeg", "image/png")
            }


def _description() -> str:
    lines = [
        _(
            "Giao diện lập trình của Một cửa. Mọi lời từ chối là application/problem+json "
            "(RFC 9457); type không bao giờ đổi nghĩa:"
        ),
        "",
    ]
    lines += [f"- `/problems/{name}` ({kind.status}): {kind.title}" for name, kind in KINDS.items()]
    return "\n".join(lines)


def _plain(value: Any) -> Any:
    """Return the value with texts in place of translations that still wait for a language."""
    match value:
        case dict():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case list() | tuple() | set():
            return [_plain(inner) for inner in value]
        case Promise():
            return str(value)
        case _:
            return value
