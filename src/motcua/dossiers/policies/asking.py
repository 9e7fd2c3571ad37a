"""What was asked around a dossier, as far as it decides who may act."""

from functools import cached_property

from motcua.dossiers.models import Dossier, Phase, Plea, PleaAnswer, PleaKind, SupplementRequest


class Asked:
    """Rounds of papers, and what leaders were asked to allow. Read when first needed."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self.phase = phase_of(dossier)

    @cached_property
    def rounds(self) -> int:
        """How often papers were asked for in this phase."""
        return len([phase for phase in self._phases if phase == self.phase])

    @property
    def next_round(self) -> int:
        """The number of the next request, counted through both phases."""
        return len(self._phases) + 1

    def waits(self, kind: PleaKind) -> bool:
        """Return whether a plea waits for the leader's word."""
        return any(
            plea.kind == kind
            and plea.outcome is None
            and (kind is not PleaKind.FURTHER_ROUND or self._is_for_now(plea))
            for plea in self._pleas
        )

    @property
    def may_ask_again(self) -> bool:
        """Whether the leader has agreed to the next round."""
        return any(
            plea.kind == PleaKind.FURTHER_ROUND
            and plea.outcome == PleaAnswer.GRANTED
            and self._is_for_now(plea)
            for plea in self._pleas
        )

    def _is_for_now(self, plea: Plea) -> bool:
        return plea.phase == self.phase and plea.round == self.next_round

    @cached_property
    def _phases(self) -> list[str]:
        requests = SupplementRequest.objects.filter(dossier=self._dossier)
        return list(requests.values_list("phase", flat=True))

    @cached_property
    def _pleas(self) -> list[Plea]:
        return list(Plea.objects.filter(dossier=self._dossier))


def request_verb(dossier: Dossier) -> str:
    """Return by which verb an officer asks for papers: before acceptance it is another one."""
    return (
        "request_intake_supplement" if phase_of(dossier) is Phase.INTAKE else "request_supplement"
    )


def phase_of(dossier: Dossier) -> Phase:
    """Return in which phase papers would be asked for now."""
    return Phase.INTAKE if dossier.accepted_at is None else Phase.EXAMINATION
