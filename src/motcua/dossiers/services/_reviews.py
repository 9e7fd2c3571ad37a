"""What an officer finds of the papers, and the request that is built from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.dossiers.models import ComponentReview, Dossier, SupplementRequest, Verdict
from motcua.dossiers.queries import answer_rule_of, components_to_review, review_of
from motcua.kernel import text
from motcua.offices.queries import Mandate
from motcua.procedures.definitions import Version

from ._acts import Incomplete, required_text

LONGEST = 500


class ReviewChanged(Incomplete):
    """Somebody has put findings down since this officer looked."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found of one paper; where something is needed also what, why, and an example."""

    verdict: str
    needed: str = ""
    why: str = ""
    example: str = ""


def ask(
    dossier: Dossier,
    version: Version,
    mandate: Mandate,
    *,
    reason: str,
    findings: Mapping[str, Finding],
    seen: int | None,
    at: datetime,
) -> dict[str, Any]:
    """
    Write down what is asked for, as the next round; return what the act tells of it.

    The calling act moves the dossier. Findings put down earlier count with those given now.

    :raises Incomplete: if a paper was not checked, none is asked for, or there is no reason
    :raises ReviewChanged: if somebody has put findings down since the officer looked
    """
    put_down(dossier, version, mandate, findings, seen=seen, at=at)
    review = review_of(dossier)
    unchecked = [
        component.name
        for component in components_to_review(dossier, version)
        if component.key not in review.findings
    ]
    if unchecked:
        raise Incomplete(
            _("Hãy kiểm tra đủ mọi giấy tờ rồi mới gửi yêu cầu. Còn: %(names)s.")
            % {"names": "; ".join(unchecked)}
        )
    found = list(review.findings.values())
    needed = [each for each in found if each.verdict == Verdict.NEEDED]
    if not needed:
        raise Incomplete(_("Hãy chọn ít nhất một giấy tờ cần bổ sung."))
    request = SupplementRequest.objects.create(
        dossier=dossier,
        phase=review.phase,
        round=review.round,
        reason=required_text(reason, _("Hãy ghi rõ vì sao cần bổ sung.")),
        items={each.key: each.needed for each in needed},
        requested_by_id=mandate.officer_id,
        requested_at=at,
    )
    dossier.answer_due_at = working.due_at(
        calendars.city_calendar(dossier.settling_agency_id), at, answer_rule_of(version).limit
    )
    return {
        "phase": str(request.phase),
        "round": request.round,
        "reason": request.reason,
        "items": [
            {"key": e.key, "needed": e.needed, "why": e.why, "example": e.example} for e in needed
        ],
        "fine": [each.key for each in found if each.verdict == Verdict.FINE],
        "not_applicable": [e.key for e in found if e.verdict == Verdict.NOT_APPLICABLE],
        "answer_due_at": dossier.answer_due_at.isoformat(),
    }


def put_down(
    dossier: Dossier,
    version: Version,
    mandate: Mandate,
    findings: Mapping[str, Finding],
    *,
    seen: int | None,
    at: datetime,
) -> None:
    """
    Write findings down for the next round, over what is stored of the same papers.

    :raises ReviewChanged: if somebody has put findings down since revision `seen`
    :raises Incomplete: if a finding does not say what is needed and why
    """
    known = {c.key: c for c in version.cases[dossier.case_key].components}
    review = review_of(dossier)
    if seen is not None and seen != review.revision:
        raise ReviewChanged(
            _(
                "Có người vừa ghi kết quả kiểm tra hồ sơ này ở cửa sổ khác. Hãy xem kết quả đang "
                "lưu cạnh từng giấy tờ, rồi lưu hoặc gửi lại."
            )
        )
    changed = []
    for key, finding in findings.items():
        if key not in known:
            raise Incomplete(_("Thủ tục này không có giấy tờ “%(key)s”.") % {"key": key})
        said = _cleaned(finding, known[key].name)
        stored = review.findings.get(key)
        if stored is not None and _same(stored, said):
            continue
        changed.append(
            ComponentReview(
                dossier=dossier,
                phase=review.phase,
                round=review.round,
                key=key,
                verdict=said.verdict,
                needed=said.needed,
                why=said.why,
                example=said.example,
                revision=stored.revision + 1 if stored else 1,
                reviewed_by_id=mandate.officer_id,
                reviewed_at=at,
            )
        )
    # Whoever writes holds the dossier's lock, so that no two of these meet.
    ComponentReview.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["dossier", "phase", "round", "key"],
        update_fields=[
            "verdict",
            "needed",
            "why",
            "example",
            "revision",
            "reviewed_by",
            "reviewed_at",
        ],
    )


def _cleaned(finding: Finding, name: str) -> Finding:
    if finding.verdict not in Verdict.values:
        raise Incomplete(
            _("Hãy chọn “Đạt”, “Cần bổ sung” hoặc “Không áp dụng” cho “%(name)s”.") % {"name": name}
        )
    if finding.verdict != Verdict.NEEDED:
        return Finding(verdict=finding.verdict)
    return Finding(
        verdict=finding.verdict,
        needed=required_text(
            finding.needed, _("Hãy ghi cần gì ở “%(name)s”.") % {"name": name}, longest=LONGEST
        ),
        why=required_text(
            finding.why, _("Hãy ghi vì sao cần ở “%(name)s”.") % {"name": name}, longest=LONGEST
        ),
        example=text.clean_lines(finding.example)[:LONGEST],
    )


def _same(stored: ComponentReview, said: Finding) -> bool:
    return (stored.verdict, stored.needed, stored.why, stored.example) == (
        said.verdict,
        said.needed,
        said.why,
        said.example,
    )
