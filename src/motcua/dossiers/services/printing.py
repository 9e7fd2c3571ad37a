"""The bytes of an issued paper: made once, kept for ever."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.documents.definitions import PDF, typeset
from motcua.documents.models import StoredFile
from motcua.documents.services import keep_file
from motcua.dossiers.definitions import form_with, page_of
from motcua.dossiers.lifecycle import Paper
from motcua.dossiers.models import IssuedPaper

_NAMES = {
    Paper.RECEIPT_SLIP: "giay-tiep-nhan",
    Paper.SUPPLEMENT_REQUEST: "phieu-yeu-cau-bo-sung",
    Paper.REJECTION: "phieu-tu-choi",
    Paper.APOLOGY: "xin-loi-hen-lai",
    Paper.STOP_NOTICE: "thong-bao-dung",
}


@transaction.atomic
def print_paper(*, paper_id: UUID, lookup: str, link: str, at: datetime) -> StoredFile:
    """
    Return the paper as it is printed: set the first time, and those bytes ever after.

    `lookup` is where anybody can look dossiers up, `link` the address behind the paper's QR code;
    what they were the first time stays on it.
    """
    issued = IssuedPaper.objects.select_related("file").get(pk=paper_id)
    if issued.file is not None:
        return issued.file
    # Whoever else wants it first waits these milliseconds, and gets the same.
    issued = IssuedPaper.objects.select_for_update(no_key=True).get(pk=paper_id)
    if issued.file is not None:
        return issued.file
    # In the form and the layout that it was issued in, whatever the law and we say today.
    form = form_with(issued.circular, Paper(issued.paper), issued.template)
    page = page_of(form, issued.facts, at=issued.issued_at, number=issued.number, lookup=lookup)
    issued.file = keep_file(
        content=typeset(form.path, page, at=issued.issued_at, link=link),
        name=f"{_NAMES[Paper(issued.paper)]}-{issued.number}-{issued.year}.pdf",
        media_type=PDF,
        at=at,
    )
    issued.digest = issued.file.digest
    issued.save(update_fields=["file", "digest"])
    return issued.file
