"""
What other rooms will have learned of a dossier: digitised, paid, signed, liked, complained about.

Told after its life, each fact where it belongs among what was done. Before the day on which the
city began to record such things there are none, and figures say that they have no data.
"""

from operator import itemgetter
from random import Random

from motcua.dossiers import events
from motcua.kernel.ledger.bulk import Fact, Words, iso, often_said

from .acts import GRANTED, ONLINE
from .lives import Life
from .moments import DAY, day_number

_MINUTE = 60
_PETITION_DAYS = 21  # fifteen working days, about


def echo(life: Life, *, now: int, rng: Random) -> None:
    """Add to the facts of a life what was learned of it, as far as time has gone."""
    since = day_number(life.figures.facts.since) * DAY
    if life.submitted_at < since:
        return
    _Echo(life, now, rng).tell()


class _Echo:
    def __init__(self, life: Life, now: int, rng: Random) -> None:
        self.life, self.now, self.rng = life, now, rng
        self.figures = life.figures.facts
        self.notes: list[Fact] = []

    def tell(self) -> None:
        """Put each note after all that happened up to its moment."""
        self._learn()
        facts = self.life.facts
        facts += self.notes
        facts.sort(key=itemgetter(0))  # what was told first stays first where moments are the same

    def _learn(self) -> None:
        life = self.life
        if life.channel == ONLINE:
            self._filed_online(life.submitted_at)
        if life.accepted_at is None:
            return
        self._received(life.accepted_at)
        if life.decision is not None and life.completed_at is not None:
            self._decided(life.completed_at, life.decision[0])
        if life.completed_at is not None:
            self._ended(life.returned_at or life.completed_at)

    def _filed_online(self, at: int) -> None:
        figures = self.figures
        drawn = self.rng.random() * 1000
        if drawn < figures.typed:
            self._note(events.FilingHelped.kind, at, '{"manner":"by_officer"}')
        elif drawn < figures.typed + figures.helped:
            self._note(events.FilingHelped.kind, at, '{"manner":"at_home"}')
        if self._chance(figures.identified):
            self._note(events.IdentityVerified.kind, at, '{"source":"vneid"}')
        if self._chance(figures.signed):
            self._note(events.DossierSigned.kind, at, '{"signature":"mobile"}')

    def _received(self, at: int) -> None:
        figures, life = self.figures, self.life
        papers = life.case.papers
        if papers and self._chance(figures.reused):
            source = "national_store" if self._chance(figures.shared_of_reused) else "city_store"
            told = f'{{"components":["{papers[0]}"],"source":"{source}"}}'
            self._note(events.DataReused.kind, at, told)
        if life.case.fee_dong:
            self._note(events.FeeFixed.kind, at, f'{{"amount_dong":{life.case.fee_dong}}}')
            online = life.channel == ONLINE and self._chance(figures.paid_online)
            told = (
                f'{{"amount_dong":{life.case.fee_dong},"online":{"true" if online else "false"}}}'
            )
            self._note(events.FeePaid.kind, at + 5 * _MINUTE, told)
        if papers and self._chance(figures.digitised):
            told = ",".join(f'"{key}"' for key in papers)
            self._note(
                events.ComponentsDigitised.kind, at + 20 * _MINUTE, f'{{"components":[{told}]}}'
            )
        if self._chance(figures.synchronised):
            self._note(events.DossierSynchronised.kind, at + _MINUTE, '{"national_status":2}')

    def _decided(self, at: int, outcome: str) -> None:
        if self._chance(self.figures.issued_electronically):
            number = int(self.rng.random() * 1_000_000)
            told = f'{{"document":"KQ-{number:06}"}}'
            # A refusal is a document too, and is signed as well.
            wait = 30 * _MINUTE if outcome == GRANTED else 50 * _MINUTE
            self._note(events.ResultIssuedElectronically.kind, at + wait, told, once=True)

    def _ended(self, at: int) -> None:
        figures = self.figures
        is_late = self.life.due_at is not None and at > self.life.due_at
        if self._chance(figures.rated):
            liked = not self._chance(figures.disliked_of_rated * (6 if is_late else 1))
            wait = int(self.rng.random() ** 2 * 6 * DAY)
            self._note(
                events.DossierRated.kind, at + wait, f'{{"liked":{"true" if liked else "false"}}}'
            )
        if self._chance(figures.petitioned * (8 if is_late else 1)):
            self._petition(at + int(self.rng.random() * 5 * DAY))

    def _petition(self, at: int) -> None:
        number = f"PA-{int(self.rng.random() * 100_000):05}"
        answered = at + int((0.1 + 1.0 * self.rng.random()) * _PETITION_DAYS * DAY)
        satisfied = self._chance(self.figures.satisfied_of_petitions)
        self._tell_petition(number, at, answered, satisfied=satisfied)
        if not satisfied:
            # Whoever did not like the answer writes again, and likes the second one.
            again = answered + 2 * DAY
            self._tell_petition(f"{number}-2", again, again + 6 * DAY, satisfied=True)

    def _tell_petition(self, number: str, at: int, answered: int, *, satisfied: bool) -> None:
        due_at = iso(at + _PETITION_DAYS * DAY)
        self._note(
            events.PetitionReceived.kind,
            at,
            f'{{"due_at":"{due_at}","number":"{number}"}}',
            once=True,
        )
        self._note(
            events.PetitionAnswered.kind,
            answered,
            f'{{"number":"{number}","satisfied":{"true" if satisfied else "false"}}}',
            once=True,
        )

    def _note(self, kind: str, at: int, data: str, *, once: bool = False) -> None:
        """
        Note a fact, unless it is still to come.

        `once` where no other dossier will say the same.
        """
        if at <= self.now:
            self.notes.append((at, (Words if once else often_said)(kind, "system", data)))

    def _chance(self, per_mille: float) -> bool:
        return self.rng.random() * 1000 < per_mille
