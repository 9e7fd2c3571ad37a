"""The figures follow the ledger."""

from collections.abc import Sequence

from motcua.dossiers import events as dossiers
from motcua.kernel.ledger.events import Event
from motcua.kernel.ledger.followers import Gathering, Stretch, projection
from motcua.kernel.ledger.models import LedgerEvent

from . import services

_FOLLOWED: tuple[type[Event], ...] = (
    dossiers.DossierOpened,
    dossiers.PartOpened,
    dossiers.DossierAccepted,
    dossiers.DossierRefused,
    dossiers.DossierWithdrawn,
    dossiers.DossierTakenUp,
    dossiers.DossierAssigned,
    dossiers.DossierSentBack,
    dossiers.SupplementRequested,
    dossiers.Supplemented,
    dossiers.ObligationImposed,
    dossiers.ObligationDischarged,
    dossiers.AgencyConsulted,
    dossiers.AgencyHeard,
    dossiers.SettlementSuspended,
    dossiers.SettlementResumed,
    dossiers.DossierExtended,
    dossiers.DossierRecalibrated,
    dossiers.WholeDueMoved,
    dossiers.DossierDecided,
    dossiers.DossierStopped,
    dossiers.ResultReturned,
    dossiers.FilingHelped,
    dossiers.IdentityVerified,
    dossiers.DossierSigned,
    dossiers.ComponentsDigitised,
    dossiers.ResultIssuedElectronically,
    dossiers.DataReused,
    dossiers.FeeFixed,
    dossiers.FeePaid,
    dossiers.DossierRated,
    dossiers.PetitionReceived,
    dossiers.PetitionAnswered,
    dossiers.DossierSynchronised,
)


_KINDS = [event.kind for event in _FOLLOWED]


def _take_in_stretch(stretch: Stretch) -> None:
    services.take_in_stretch(stretch=stretch, kinds=_KINDS)


_gathering = Gathering(
    of_chains=lambda chains: services.take_in_new(chains=chains),
    of_stretch=lambda stretch: services.take_in_all(stretch=stretch, kinds=_KINDS),
    add_up=lambda hands: services.add_up_figures(hands=hands),
)


@projection(
    "steering.figures",
    *_FOLLOWED,
    clear=services.forget_figures,
    fold=_take_in_stretch,
    gathering=_gathering,
    batch=2000,
)
def follow_dossiers(events: Sequence[LedgerEvent]) -> None:
    """Keep a row for each dossier, and the counts of days, months and cohorts."""
    services.take_in(events=events)
