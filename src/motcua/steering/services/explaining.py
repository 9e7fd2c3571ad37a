"""A missed target is explained by the head of the agency, and answered by the city's office."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.kernel.ledger import events as ledger
from motcua.offices.queries import Mandate
from motcua.steering.definitions.targets import Progress
from motcua.steering.events import ExplanationAnswered, TargetExplained
from motcua.steering.models import Target, TargetExplanation
from motcua.steering.policies import check_may_answer, check_may_explain

from ._words import required

WORDS_MAX, ANSWER_MAX = 4000, 2000


class WaitsForAnAnswer(Exception):
    """One explanation at a time waits for the city's answer."""

    def __init__(self) -> None:
        super().__init__(
            _("Giải trình trước đang chờ Văn phòng Ủy ban nhân dân thành phố trả lời.")
        )


@transaction.atomic
def explain_target(
    *,
    mandate: Mandate,
    target_id: int,
    progress: Progress,
    until: date,
    words: str,
    at: datetime,
) -> TargetExplanation:
    """
    Put on record why the target was missed, or will be by the forecast, with the figures of then.

    One explanation at a time waits for its answer; the same words again are the same explanation.

    :raises NotForYou: if the officer does not lead the agency
    :raises NothingToExplain: if the target is neither missed nor about to be
    :raises WaitsForAnAnswer: if another explanation has not been answered yet
    :raises UnusableWords: if nothing is said, or too much
    """
    target = Target.objects.select_for_update().get(pk=target_id)
    check_may_explain(mandate, target.agency_id, progress.outlook)
    words = required(
        words,
        most=WORDS_MAX,
        missing=_("Hãy ghi rõ nguyên nhân và việc sẽ làm để đạt chỉ tiêu."),
        too_long=_("Giải trình dài quá 4.000 chữ cái."),
    )
    waiting = TargetExplanation.objects.filter(target=target, answered_at=None).first()
    if waiting is not None:
        if waiting.words == words:
            return waiting  # said twice, as after a second click
        raise WaitsForAnAnswer
    explanation = TargetExplanation.objects.create(
        target=target,
        until_on=until,
        online=progress.actual.online,
        received=progress.actual.received,
        forecast_tenths=progress.forecast_tenths or 0,
        words=words,
        stated_by_id=mandate.officer_id,
        stated_at=at,
    )
    ledger.record(
        TargetExplained(
            target=target.pk,
            explanation=explanation.pk,
            online=explanation.online,
            received=explanation.received,
            forecast_tenths=explanation.forecast_tenths,
            words=words,
        ),
        subject=target.subject,
        actor=mandate.actor,
        at=at,
    )
    return explanation


@transaction.atomic
def answer_explanation(
    *, mandate: Mandate, explanation_id: int, accepted: bool, answer: str, at: datetime
) -> TargetExplanation:
    """
    Take an explanation, or send it back with what is missing; the head may then explain anew.

    :raises NotForYou: if the officer does not work for the committee of the city or its office
    :raises AnsweredAlready: if somebody was faster
    :raises UnusableWords: if it is sent back without a word, or with too many
    """
    explanation = (
        TargetExplanation.objects.select_for_update(of=("self",))
        .select_related("target")
        .get(pk=explanation_id)
    )
    check_may_answer(mandate, explanation)
    if answer.strip() or not accepted:
        answer = required(
            answer,
            most=ANSWER_MAX,
            missing=_("Hãy ghi giải trình cần làm rõ điều gì."),
            too_long=_("Lời trả lời dài quá 2.000 chữ cái."),
        )
    explanation.accepted = accepted
    explanation.answer = answer.strip()
    explanation.answered_by_id = mandate.officer_id
    explanation.answered_at = at
    explanation.save(update_fields=["accepted", "answer", "answered_by", "answered_at"])
    ledger.record(
        ExplanationAnswered(
            explanation=explanation.pk, accepted=accepted, answer=explanation.answer
        ),
        subject=explanation.target.subject,
        actor=mandate.actor,
        at=at,
    )
    return explanation
