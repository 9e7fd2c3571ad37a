"""The only writes to the catalogue: publishing what is authored, importing what is national."""

from motcua.procedures.definitions import InvalidDefinition

from .importing import ImportedList, import_national
from .publishing import (
    PUBLISHER,
    ImportedFile,
    Outcome,
    VersionStartsTooEarly,
    import_catalogue,
    publish_version,
)
from .reviewing import DifferenceIsGone, dismiss_difference, publish_difference

__all__ = [
    "PUBLISHER",
    "DifferenceIsGone",
    "ImportedFile",
    "ImportedList",
    "InvalidDefinition",
    "Outcome",
    "VersionStartsTooEarly",
    "dismiss_difference",
    "import_catalogue",
    "import_national",
    "publish_difference",
    "publish_version",
]
