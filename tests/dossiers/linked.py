"""What tests of linked dossiers say in a word: whose desk settles which part, and how it ends."""

from datetime import datetime
from functools import cached_property

from motcua.dossiers import services
from motcua.dossiers.lifecycle import DossierState
from motcua.dossiers.models import Dossier, Outcome
from motcua.dossiers.services import Attachment
from tests.builders import (
    INSURANCE,
    NOW,
    POLICE,
    ADesk,
    a_district,
    a_file,
    an_agency,
    found_wanting,
)


class Agencies:
    """The desks at which the parts of the two linked procedures lie."""

    @cached_property
    def ward(self) -> ADesk:
        return ADesk()

    @cached_property
    def police(self) -> ADesk:
        return ADesk(an_agency(POLICE))

    @cached_property
    def insurance(self) -> ADesk:
        return ADesk(an_agency(INSURANCE))

    @cached_property
    def district(self) -> ADesk:
        return ADesk(a_district(), procedure="1.001731")

    def of(self, part: str) -> ADesk:
        """Return who settles that part."""
        return {
            "birth": self.ward,
            "residence": self.police,
            "health_card": self.insurance,
            "death": self.ward,
            "deregistration": self.police,
            "funeral": self.district,
        }[part]


def part_of(whole: Dossier, key: str) -> Dossier:
    return Dossier.objects.get(parent=whole, part=key)


def keys_of(whole: Dossier) -> list[str | None]:
    return sorted(Dossier.objects.filter(parent=whole).values_list("part", flat=True))


def proposed(
    desk: ADesk, part: Dossier, *, at: datetime = NOW, outcome: str = "granted"
) -> Dossier:
    """Bring a part before its leader, from wherever it stands."""
    if part.state == DossierState.SUBMITTED:
        services.accept_dossier(dossier_id=part.pk, mandate=desk.receiver, at=at)
    services.take_up_dossier(dossier_id=part.pk, mandate=desk.processor, at=at)
    return services.propose_outcome(
        dossier_id=part.pk,
        mandate=desk.processor,
        outcome=outcome,
        opinion="Đã thẩm tra.",
        at=at,
    )


def settled(
    agencies: Agencies,
    whole: Dossier,
    key: str,
    *,
    at: datetime = NOW,
    outcome: str = Outcome.GRANTED,
) -> Dossier:
    """Carry a part to its result."""
    desk, part = agencies.of(key), part_of(whole, key)
    proposed(desk, part, at=at, outcome=outcome)
    return services.decide_dossier(
        dossier_id=part.pk,
        mandate=desk.leader,
        outcome=outcome,
        number=f"12/{key}",
        summary="Đã giải quyết.",
        at=at,
    )


def asked(agencies: Agencies, whole: Dossier, *, at: datetime) -> Dossier:
    """Ask for a better picture for the birth, whose clock stands still from then on."""
    birth = part_of(whole, "birth")
    services.take_up_dossier(dossier_id=birth.pk, mandate=agencies.ward.processor, at=at)
    return services.request_supplement(
        dossier_id=birth.pk,
        mandate=agencies.ward.processor,
        reason="Ảnh mờ.",
        findings=found_wanting(birth, "birth_certificate"),
        at=at,
    )


def answered(birth: Dossier, *, at: datetime) -> Dossier:
    """Hand in what was asked for."""
    return services.supplement_dossier(
        dossier_id=birth.pk,
        person=birth.submitter,
        attachments=[Attachment(key="birth_certificate", file=a_file(birth.submitter))],
        at=at,
    )
