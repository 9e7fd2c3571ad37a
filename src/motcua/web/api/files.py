"""Files come in here, before the filing that names them, and go out under their dossier."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Router, UploadedFile

from motcua.documents.queries import content_of
from motcua.documents.services import store_file
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import NoSuchDossier
from motcua.kernel import clock
from motcua.procedures.definitions import MEDIA_TYPES

from .answers import private
from .principals import principal
from .problems import Refused
from .shapes import FileKept
from .words import later as _

router = Router(tags=["files"])


@router.post(
    "/files",
    operation_id="createFile",
    summary=_("Tải lên một tệp (PDF, JPG, PNG; tối đa 10 MB)"),
    description=_("Tệp được mở ra để kiểm tra nội dung, không chỉ theo tên."),
    response={201: FileKept},
)
def create(request: HttpRequest, file: UploadedFile = File(...)) -> HttpResponse:  # noqa: B008 - ninja
    """Keep a file, to be named by a filing, a supplement or a decision later."""
    who = principal(request)
    if who.person is None and who.mandate is None:
        raise Refused("role-required")
    kept = store_file(
        content=file.read(),
        name=file.name or "",
        accepts=MEDIA_TYPES,
        by=who.account,
        at=clock.now(),
    )
    return private(
        {
            "id": kept.pk,
            "name": kept.name,
            "media_type": kept.media_type,
            "size_bytes": kept.size_bytes,
            "sha256": kept.digest,
        },
        status=201,
    )


@router.get(
    "/dossiers/{code}/files/{file_id}",
    operation_id="getDossierFile",
    summary=_("Tải về một giấy tờ hoặc tệp kết quả của hồ sơ"),
    response={200: bytes},
)
def show(request: HttpRequest, code: str, file_id: UUID) -> HttpResponse:
    """Return the bytes of one of the dossier's files, to be saved and never to be shown inline."""
    who = principal(request)
    dossier_id = dossiers.id_in_sight(code, person=who.person, mandate=who.mandate)
    file = dossiers.file_of(dossier_id, file_id)
    if file is None:
        raise NoSuchDossier(code)
    return HttpResponse(
        content_of(file),
        content_type=file.media_type,
        headers={
            "Content-Disposition": content_disposition_header(True, file.name) or "attachment",
            "Cache-Control": "no-store",
        },
    )
