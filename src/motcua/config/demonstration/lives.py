"""
What becomes of one dossier, from filing to hand-over, as far as time has gone.

Whatever would happen after now has not happened, and so the dossiers of the last weeks stand open
in every state.
"""

from motcua.calendars.queries import FIRST_EDITION
from motcua.dossiers.models import ReturnMethod
from motcua.kernel.ledger.bulk import iso
from motcua.offices.models import PostRole

from .acts import (
    DENIED,
    DIRECT,
    GRANTED,
    HOUR,
    LAST_OF_2023,
    ONLINE,
    POST,
    Acts,
    NotYet,
    said,
)
from .moments import DAY
from .plan import Fate

_UNCLEAR = "Ảnh giấy tờ bị mờ, không đọc được ngày cấp."
_DIFFERENT = "Nội dung khai khác với giấy tờ kèm theo."
_REFUSED = (
    "Nơi tiếp nhận không có thẩm quyền giải quyết. Ông/Bà nộp tại cơ quan nơi cư trú.",
    "Hồ sơ chưa đủ điều kiện theo quy định của thủ tục.",
    "Yêu cầu này đã được giải quyết ở một hồ sơ khác của Ông/Bà.",
)
_WITHDRAWN = ("Tôi nộp nhầm nơi.", "Tôi không còn nhu cầu.", "Tôi sẽ nộp lại sau khi đủ giấy tờ.")
_NOTHING_OWED = "Thuộc trường hợp được miễn, không phát sinh nghĩa vụ tài chính."
_SENT_BACK = "Kiểm tra lại nội dung tại mục căn cứ."


class Life(Acts):
    """One dossier, told once."""

    __slots__ = ()

    def tell(self) -> None:
        """Let it happen, up to now. The opening is told by whoever knows code and answers."""
        try:
            if self.group.fate is Fate.TURNED_AWAY:
                self._be_turned_away()
            else:
                self._be_taken_in()
                self._be_settled()
        except NotYet:
            pass

    # At the counter

    def _be_taken_in(self) -> None:
        asked = self._chance(self.figures.intake_supplement) and self.channel != DIRECT
        if asked and self.case.papers and not (self.group.in_2023 and self._is_december()):
            self._accept(self._answered_from(self._ask_at_intake()))
        else:
            self._accept(self._answered_from(self.submitted_at))

    def _be_turned_away(self) -> None:
        if self._chance(self.figures.refused_of_turned_away):
            reason = self._one_of(_REFUSED)
            at = self._reached(self._answered_from(self.submitted_at))
            self.completed_at = at
            self._close()
            self._move("refuse", at, f"officer:{self._receiver}", middle=said("reason", reason))
            return
        since = self.submitted_at
        if self._chance(500) and self.case.papers:
            since = self._ask_at_intake(answered=False)
        at = self._reached(self._daytime(since + HOUR + int(self._rng.random() * 12 * DAY)))
        for request in self.requests:
            request.answered_at = at
        self.completed_at = at
        self._close()
        reason = self._one_of(_WITHDRAWN)
        self._move("withdraw", at, self._person(), middle=said("reason", reason))

    def _ask_at_intake(self, *, answered: bool = True) -> int:
        at = self._reached(self._answered_from(self.submitted_at))
        self._ask("request_intake_supplement", at, self._receiver, _UNCLEAR)
        if not answered:
            return at
        at = self._reached(self._daytime(at + HOUR + int(self._rng.random() ** 2 * 6 * DAY)))
        self._answer("supplement_intake", at, "null")
        return at

    def _accept(self, at: int) -> None:
        if self.group.in_2023:
            at = min(at, LAST_OF_2023)
        self._reached(at)
        self.accepted_at = at
        self.ends_at = self.calendar.end(at, self.limit)
        self.due_at = self.calendar.rounded(self.ends_at, self.limit)
        self._stand(self.route.examinations[0], at)
        self._move(
            "accept",
            at,
            f"officer:{self._receiver}",
            before=f'"due_at":"{iso(self.due_at)}","edition":{FIRST_EDITION},',
        )

    # Settlement

    def _be_settled(self) -> None:
        random = self._rng.random
        calendar = self.calendar
        assert self.accepted_at is not None
        assert self.due_at is not None
        late = self._chance(self._late_per_mille())
        start = calendar.worked(self.accepted_at)
        time = max(calendar.worked(self.due_at) - start, 600)
        # Who will be late is slow to begin with.
        taken_up = start + int(time * (0.02 + random() * (0.5 if late else 0.35 * random())))
        self._take_up(calendar.moment(taken_up), self.route.examinations[0])
        if self._chance(self.figures.stopped):
            self._stop(calendar.moment(taken_up + int(time * (0.1 + random()))))
            return
        since = self._pauses(taken_up, time)
        end = calendar.worked(self.due_at)
        if late:
            decided = max(end, since) + 900 + int(random() ** 2 * 15 * calendar.length)
        else:
            decided = since + int(max(end - since, 60) * (0.3 + 0.68 * random() ** 0.7))
        outcome = DENIED if self._chance(self.figures.denied) else GRANTED
        examined = since + int((decided - since) * (0.5 + 0.35 * random()))
        decided += self._examine(since, examined, outcome)
        if self.route.sends_back and self._chance(self.figures.sent_back):
            decided = self._be_sent_back(decided, outcome)
        self._decide(calendar.moment(decided), outcome)
        self._return(decided)

    def _pauses(self, taken_up: int, time: int) -> int:
        """Let the clock stand where it must; return since when it runs."""
        random, calendar = self._rng.random, self.calendar
        since = taken_up
        if time > calendar.length and self.case.papers and self._chance(self.figures.supplement):
            at = self._reached(calendar.moment(since + int(time * (0.05 + 0.3 * random()))))
            self._ask("request_supplement", at, self._held_by(), _DIFFERENT)
            resumed = self._daytime(at + 3 * HOUR + int(random() ** 2 * 9 * DAY))
            due_at = self._due_after(at, self._reached(resumed))
            self._answer("supplement", resumed, f'"{iso(due_at)}"', due_at)
            since = max(calendar.worked(resumed), calendar.worked(at) + 60)
        if not self.wording.obligation_step and self._owes():
            since = self._pay(since + int(time * (0.05 + 0.25 * random())))
        return since

    def _owes(self) -> bool:
        owed = self.wording.obligation
        return owed is not None and self._chance(owed.per_mille)

    def _pay(self, since: int) -> int:
        """Let the applicant owe money, and return when it was paid, in working time."""
        random, calendar, owed = self._rng.random, self.calendar, self.wording.obligation
        assert owed is not None
        at = self._reached(calendar.moment(since))
        span = (owed.to_dong - owed.from_dong) // 1000
        amount = owed.from_dong + int(random() ** 3 * span) * 1000
        notice = f"Thông báo {1 + int(random() * 900)}/TB: {owed.notice} (số tiền minh họa)"
        self.paused_at = at
        self._move(
            "impose_obligation",
            at,
            f"officer:{self._held_by()}",
            before=f'"amount_dong":{amount},',
            middle=said("notice", notice),
        )
        paid = calendar.worked(at) + int((0.3 + random() ** 2 * 12) * calendar.length)
        resumed = self._reached(calendar.moment(paid))
        self.due_at = self._due_after(at, resumed)
        self.paused_at = None
        proof = f"Chứng từ minh họa {1 + int(random() * 9000)}"
        self._move(
            "discharge_obligation",
            resumed,
            f"officer:{self._receiver}",
            before=f'"due_at":"{iso(self.due_at)}",',
            middle=said("proof", proof),
        )
        return paid

    def _examine(self, since: int, until: int, outcome: str) -> int:
        """Walk the examinations, and return for how long the applicant was waited for."""
        waited = 0
        # A refusal goes past the step at which one would pay, straight to whoever signs.
        stations = [
            station
            for station in self.route.examinations
            if outcome == GRANTED or station.key != self.wording.obligation_step
        ] or [*self.route.examinations]
        share = max(until - since, len(stations)) // len(stations)
        following = (*stations[1:], self.route.decision)
        for place, (station, after) in enumerate(zip(stations, following, strict=True)):
            began = since + waited + share * place
            if place:
                self._take_up(self.calendar.moment(began + share // 5), station)
            no_obligation = ""
            if station.key == self.wording.obligation_step:
                if self._owes():
                    notified = began + share // 3
                    waited += self._pay(notified) - notified
                else:
                    no_obligation = _NOTHING_OWED
            proposed = self.calendar.moment(since + waited + share * (place + 1))
            self._propose(proposed, after, outcome, no_obligation=no_obligation)
        return waited

    def _be_sent_back(self, decided: int, outcome: str) -> int:
        at = self._reached(self.calendar.moment(decided))
        proposer = self.facts[-1][1].actor
        last = self.route.examinations[-1]
        self._stand(last, at)
        self.holder = int(proposer.removeprefix("officer:"))
        leader = self._officer(self.route.decision.unit, PostRole.LEADER, at)
        middle = f'"holder":{self.holder},{said("reason", _SENT_BACK)}'
        self._move("send_back", at, f"officer:{leader}", middle=middle)
        again = decided + HOUR + int(self._rng.random() * 3 * HOUR)
        at_its_step = last.key == self.wording.obligation_step and outcome == GRANTED
        unpaid = at_its_step and not any(
            "obligation-discharged" in words.kind for _at, words in self.facts
        )
        self._propose(
            self.calendar.moment(again),
            self.route.decision,
            outcome,
            no_obligation=_NOTHING_OWED if unpaid else "",
        )
        return again + HOUR // 2 + int(self._rng.random() * 2 * HOUR)

    def _return(self, decided: int) -> None:
        random = self._rng.random
        if self._chance(self.figures.uncollected):
            return
        drawn = random()
        if self.channel == ONLINE and drawn < 0.7:
            method, wait = ReturnMethod.ONLINE, 300 + int(random() * 2 * HOUR)
        elif drawn > (0.6 if self.channel == POST else 0.94):
            method, wait = ReturnMethod.POST, HOUR + int(random() * 16 * HOUR)
        else:
            method, wait = ReturnMethod.COUNTER, 600 + int(random() ** 2 * 5 * self.calendar.length)
        at = self._reached(self.calendar.moment(decided + wait))
        receiver = self.submitter.full_name
        way = method.value
        self.hand_over = (way, receiver, self._receiver)
        self.returned_at = at
        self._close()
        middle = f'"method":"{way}",{said("receiver", receiver)}'
        self._move("return_result", at, f"officer:{self._receiver}", middle=middle)

    def _answered_from(self, since: int) -> int:
        """When the one-stop officer answers what came in then."""
        random = self._rng.random
        if self.channel == DIRECT and since == self.submitted_at:
            return since + 120 + int(random() * 720)
        hours = 0.1 + 6.5 * random() ** 2
        if random() < 0.03:
            hours += 8  # eight working hours is what Decree 45/2020 gives
        return self.calendar.moment(self.calendar.worked(since) + int(hours * HOUR))

    def _daytime(self, at: int) -> int:
        """Move a moment of the applicant's out of the night."""
        second = (at + self.calendar.offset) % DAY
        return at + 7 * HOUR if second < 6 * HOUR else at

    def _is_december(self) -> bool:
        return self.submitted_at > LAST_OF_2023 - 24 * DAY

    def _late_per_mille(self) -> float:
        of_agency = self.figures.annex[self.group.counter].late
        # Some offices do better than their neighbours, and keep doing so.
        return of_agency * (0.4, 0.8, 1.0, 1.0, 1.8)[self.offer.office.id * 7 % 5]
