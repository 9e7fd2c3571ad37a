"""The report as PDF, set by typst as every paper of the city is."""

from pathlib import Path

from motcua.documents.definitions import envelope, typeset
from motcua.plans.definitions.reports import Content

from .signed import Signed

_TEMPLATE = Path(__file__).parents[2] / "data" / "report.typ"


def pdf(content: Content, signed: Signed) -> bytes:
    """Return the report as a tagged PDF."""
    return typeset(
        _TEMPLATE,
        envelope(
            {"agency": content.agency, "place": content.place},
            at=signed.at,
            number=signed.number or "……/BC-",
        )
        | {
            "agency_above": content.agency_above,
            "title": content.title,
            "about": content.about,
            "addressees": list(content.addressees),
            "signer": signed.signer,
            "signer_title": signed.title or "Giám đốc",
            "blocks": [
                {
                    "kind": block.kind.value,
                    "level": 1 if block.key.startswith("h1") else 2,
                    "text": block.text,
                    "columns": list(block.columns),
                    "rows": [[str(value) for value in row] for row in block.rows],
                    "numeric": [isinstance(value, int) for value in block.rows[0]]
                    if block.rows
                    else [],
                }
                for block in content.blocks
            ],
        },
        at=signed.at,
    )
