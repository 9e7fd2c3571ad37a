"""The register of announcing decisions in tests: who keeps it, and what is recorded there."""

from datetime import date, datetime

from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate
from motcua.procedures import services
from motcua.procedures.models import AnnouncedKind, Announcement
from tests.builders import NOW, a_mandate, an_agency, an_officer

CITY = "Ủy ban nhân dân thành phố Cần Thơ"
JUSTICE = "Sở Tư pháp"
BIRTH, COPY, BUSINESS = "1.001193", "2.000815", "1.001612"
SIGNED = date(2024, 9, 30)  # Monday
PUBLISH_BY = date(2024, 10, 7)  # five working days later
EFFECTIVE = date(2024, 10, 7)  # which leaves five working days


def a_keeper() -> Mandate:
    """Return somebody of the city's office."""
    return a_mandate(an_officer(PostRole.PROCESSOR, agency=an_agency(CITY)))


class ARegister:
    """The register, and the officer who keeps it."""

    def __init__(self) -> None:
        self.keeper = a_keeper()
        self._number = 0

    def record(self, *codes: str, at: datetime = NOW, **changes: object) -> Announcement:
        """Record a decision signed and effective in time, but for what is said otherwise."""
        self._number += 1
        told = {
            "number": f"{self._number}/QĐ-UBND",
            "signed_on": SIGNED,
            "basis": "Nghị định số 01/2024/NĐ-CP",
            "effective_on": EFFECTIVE,
            "agency_id": an_agency(str(changes.pop("agency", JUSTICE))).pk,
        } | changes
        kinds = {AnnouncedKind.AMENDED: codes or (BIRTH,)}
        return services.record_announcement(mandate=self.keeper, at=at, **{"codes": kinds, **told})

    def publish(
        self, announcement: Announcement, *codes: str, on: date = PUBLISH_BY, at: datetime = NOW
    ):
        """Record on which day something was published."""
        return services.record_publication(
            announcement_id=announcement.pk,
            mandate=self.keeper,
            codes=codes or (BIRTH,),
            published_on=on,
            at=at,
        )

    def unpublish(self, announcement: Announcement, code: str = BIRTH, *, at: datetime = NOW):
        """Strike a day of publication."""
        return services.strike_publication(
            announcement_id=announcement.pk,
            mandate=self.keeper,
            code=code,
            reason="Ghi nhầm ngày.",
            at=at,
        )

    def strike(self, announcement: Announcement, *, at: datetime = NOW) -> Announcement:
        """Strike a decision."""
        return services.strike_announcement(
            announcement_id=announcement.pk, mandate=self.keeper, reason="Ghi nhầm.", at=at
        )
