"""An officer takes a complete dossier in, over the counter or out of the post, in one act."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.dossiers.events import PapersPresented
from motcua.dossiers.models import (
    Channel,
    CounterIntake,
    Dossier,
    FeeNoteLine,
    PresentedPaper,
)
from motcua.dossiers.policies import check_receives_at
from motcua.kernel import numbers
from motcua.kernel.ledger import events as ledger
from motcua.offices.queries import Mandate
from motcua.parties.models import Person
from motcua.procedures.definitions import Version

from .intake import accept_dossier
from .opening import open_dossier


@dataclass(frozen=True, kw_only=True)
class Presented:
    """How many of one paper lay on the counter, of each kind."""

    key: str
    originals: int = 0
    certified: int = 0
    copies: int = 0

    @property
    def sheets(self) -> int:
        """Return how many there are of any kind."""
        return self.originals + self.certified + self.copies


@dataclass(frozen=True, kw_only=True)
class FeeNote:
    """One amount due, and what the officer says was collected of it."""

    key: str
    kind: str  # procedures.definitions.FeeKind
    quantity: int
    amount_dong: int | None  # in all; None: the city's figure is not known here
    collected_dong: int = 0
    receipt_number: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Came:
    """Who came, by what right, and what they said that differs from what is known of them."""

    relation: str  # dossiers.models.Relation
    authority: str = ""
    owner_said: Mapping[str, str]
    submitter_said: Mapping[str, str]
    payer_name: str = ""
    identity_checked: bool
    post_item: str = ""
    arrived_on: date | None = None


# Its caller has the transaction: no savepoint for a retreat nobody would make.
@transaction.atomic(savepoint=False)
def receive_dossier(
    *,
    version: Version,
    case_key: str,
    channel: Channel,
    owner: Person,
    submitter: Person,
    answers: Mapping[str, Any],
    came: Came,
    papers: Sequence[Presented],
    fees: Sequence[FeeNote],
    unit_id: int,
    agency_code: str,
    settling_agency_id: int,
    mandate: Mandate,
    at: datetime,
    dossier_id: UUID | None = None,
) -> Dossier:
    """
    Open the dossier, write down what was handed in and what is to be paid, and accept it.

    The caller has judged answers, papers and fees. The statutory clock starts at once, also for
    what came by post: it runs from acceptance, and the day of arrival is noted beside it.

    :raises NotYourRole: if the officer is no receiver of the unit
    """
    check_receives_at(mandate, unit_id)
    opened = open_dossier(
        version=version,
        case_key=case_key,
        channel=channel,
        owner=owner,
        submitter=submitter,
        answers=answers,
        attachments=(),
        receiving_unit_id=unit_id,
        receiving_agency_code=agency_code,
        settling_agency_id=settling_agency_id,
        at=at,
        dossier_id=dossier_id,
        actor=mandate.actor,
    )
    PresentedPaper.objects.bulk_create(
        PresentedPaper(dossier=opened, **asdict(paper)) for paper in papers
    )
    FeeNoteLine.objects.bulk_create(FeeNoteLine(dossier=opened, **asdict(fee)) for fee in fees)
    ledger.record(_told(came, papers, fees), subject=opened.subject, actor=mandate.actor, at=at)
    accepted = accept_dossier(
        dossier_id=opened.pk, mandate=mandate, said={"came": _came(came)}, at=at
    )
    assert accepted.step_unit_id is not None  # an accepted dossier stands before a unit
    CounterIntake.objects.create(
        dossier=accepted,
        unit_id=unit_id,
        taken_by_id=mandate.officer_id,
        taken_at=at,
        relation=came.relation,
        authority=came.authority,
        owner_said=dict(came.owner_said),
        submitter_said=dict(came.submitter_said),
        payer_name=came.payer_name,
        identity_checked=came.identity_checked,
        post_item=came.post_item,
        arrived_on=came.arrived_on,
        passed_to_id=accepted.step_unit_id,
    )
    return accepted


def _came(came: Came) -> dict[str, Any]:
    # What the receipt slip says of who came: their words of today stand before what is known.
    phone = came.owner_said.get("phone", "")
    return {
        "relation": came.relation,
        "owner_address": came.owner_said.get("address", ""),
        "owner_phone": numbers.mask_phone(phone) if phone else "",
        "payer": came.payer_name,
        "post_item": came.post_item,
        "arrived_on": came.arrived_on.isoformat() if came.arrived_on else None,
    }


def _told(came: Came, papers: Sequence[Presented], fees: Sequence[FeeNote]) -> PapersPresented:
    # The ledger is for ever: of people it keeps nothing, of papers and money the figures.
    return PapersPresented(
        relation=came.relation,
        papers=[asdict(paper) for paper in papers],
        fees=[
            {
                "key": fee.key,
                "quantity": fee.quantity,
                "amount_dong": fee.amount_dong,
                "collected_dong": fee.collected_dong,
                "receipt": fee.receipt_number,
            }
            for fee in fees
        ],
        post_item=came.post_item,
        arrived_on=came.arrived_on.isoformat() if came.arrived_on else None,
    )
