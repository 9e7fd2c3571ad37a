"""
The only writes to the catalogue: publishing what is authored, importing what is national, and
keeping the register of the decisions that announce procedures.
"""

from motcua.procedures.definitions import InvalidDefinition

from .announcing import (
    CODES_MOST,
    AnnouncementRefused,
    DayCannotBe,
    EffectCannotBe,
    IsStruck,
    NeedsABasis,
    NeedsAReason,
    NoSuchProposer,
    NotAnnouncedThere,
    NotANumberOfADecision,
    NotCodesOfProcedures,
    NotPublishedYet,
    NumberIsTaken,
    PublishedBeforeItWasSigned,
    PublishedOnAnotherDay,
    record_announcement,
    record_publication,
    strike_announcement,
    strike_publication,
)
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
    "CODES_MOST",
    "PUBLISHER",
    "AnnouncementRefused",
    "DayCannotBe",
    "DifferenceIsGone",
    "EffectCannotBe",
    "ImportedFile",
    "ImportedList",
    "InvalidDefinition",
    "IsStruck",
    "NeedsABasis",
    "NeedsAReason",
    "NoSuchProposer",
    "NotANumberOfADecision",
    "NotAnnouncedThere",
    "NotCodesOfProcedures",
    "NotPublishedYet",
    "NumberIsTaken",
    "Outcome",
    "PublishedBeforeItWasSigned",
    "PublishedOnAnotherDay",
    "VersionStartsTooEarly",
    "dismiss_difference",
    "import_catalogue",
    "import_national",
    "publish_difference",
    "publish_version",
    "record_announcement",
    "record_publication",
    "strike_announcement",
    "strike_publication",
]
