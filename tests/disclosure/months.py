"""A month with late dossiers, the office that publishes it, and how far it carries the draft."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from motcua.disclosure import services
from motcua.disclosure.definitions import Figures, GroupResult, IndexResult, OnlineShare
from motcua.disclosure.models import DisclosedLine, Publication, PublishedCorrection
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate
from tests.builders import NOW, ADesk, a_dossier, a_leader, a_mandate, an_agency, an_officer
from tests.dossiers.acts import WORDS
from tests.dossiers.test_waking import wake

OCTOBER = date(2024, 10, 1)
LATE = NOW + timedelta(days=3)  # 18 October, three days after the due day
DRAFTED = datetime(2024, 11, 5, 2, tzinfo=UTC)  # Tuesday
OPENED = DRAFTED + timedelta(hours=1)
ANSWERED = DRAFTED + timedelta(days=1)
OVER = datetime(2024, 11, 11, 2, tzinfo=UTC)  # the window closed on Friday the 8th

CITY = "Ủy ban nhân dân thành phố Cần Thơ"
FIGURES = Figures(
    profile="766/2024",
    index=(
        IndexResult(
            code="",
            name="Thành phố Cần Thơ",
            points=Fraction(313, 4),
            most=Fraction(100),
            groups=(
                GroupResult(
                    key="progress", name="Tiến độ", points=Fraction(37, 3), most=Fraction(20)
                ),
                GroupResult(key="rating", name="Hài lòng", points=None, most=Fraction(18)),
            ),
        ),
        IndexResult(
            code="000.00.14.H13",
            name="Sở Xây dựng",
            points=Fraction(82),
            most=Fraction(100),
            groups=(),
        ),
    ),
    online=(
        OnlineShare(
            code="",
            name="Thành phố Cần Thơ",
            online=1234,
            received=2000,
            target_percent=Fraction(50),
        ),
    ),
)


def ended_late(desk: ADesk, *, cause: str = "own_unit", at: datetime = LATE) -> Dossier:
    """Carry a dossier to a decision three days late: the examiner held it when it became so."""
    dossier = desk.taken_up(a_dossier(at=NOW))
    wake(at)
    dossiers.state_cause(
        dossier_id=dossier.pk, mandate=desk.leader, cause=cause, words="Vì thế.", at=at
    )
    dossiers.propose_outcome(
        dossier_id=dossier.pk, mandate=desk.processor, at=at, **WORDS["propose"]
    )
    return dossiers.decide_dossier(
        dossier_id=dossier.pk, mandate=desk.leader, at=at, **WORDS["decide"]
    )


class AnOffice:
    """Who publishes: an officer of the city's office, its head, the chair; and what they do."""

    def __init__(self, desk: ADesk | None = None) -> None:
        self.desk = desk or ADesk()
        city = an_agency(CITY)
        self.drafter = a_mandate(
            an_officer(PostRole.PROCESSOR, agency=city, full_name="Phan Minh Thư")
        )
        self.head, self.chair = a_leader(city), a_leader(city)

    def drafted(self, *, at: datetime = DRAFTED, figures: Figures = FIGURES) -> Publication:
        """Draw up October."""
        return services.draft_publication(
            month=OCTOBER, mandate=self.drafter, figures=figures, at=at
        )

    def replying(self) -> Publication:
        """Draw up October and let those named answer."""
        return services.open_replies(
            publication_id=self.drafted().pk, mandate=self.drafter, at=OPENED
        )

    def decide_all(self, publication: Publication, decision: str = "publish") -> None:
        """Decide alike of every person."""
        for line in DisclosedLine.objects.filter(publication=publication, kind="officer"):
            services.decide_naming(
                publication_id=publication.pk,
                line_id=line.pk,
                mandate=self.head,
                decision=decision,
                reason="Theo kết luận họp giao ban.",
                at=ANSWERED,
            )

    def submitted(self, decision: str = "publish") -> Publication:
        """Bring October before the approvers."""
        publication = self.replying()
        self.decide_all(publication, decision)
        return services.submit_publication(
            publication_id=publication.pk, mandate=self.drafter, at=OVER
        )

    def approve(self, publication: Publication, mandate: Mandate) -> Publication:
        """Approve what lies there now."""
        seen = Publication.objects.get(pk=publication.pk).digest
        return services.approve_publication(
            publication_id=publication.pk, mandate=mandate, seen_digest=seen or "", at=OVER
        )

    def approved(self, decision: str = "publish") -> Publication:
        """Have two approve October."""
        publication = self.submitted(decision)
        self.approve(publication, self.head)
        return self.approve(publication, self.chair)

    def publish(self, publication: Publication) -> Publication:
        """Make it public."""
        return services.publish_publication(
            publication_id=publication.pk, mandate=self.drafter, at=OVER
        )

    def published(self, decision: str = "publish") -> Publication:
        """Carry October to everybody."""
        return self.publish(self.approved(decision))

    def proposed(self, publication: Publication, **said: str) -> PublishedCorrection:
        """Propose to say something else of the first agency."""
        words = {
            "change": "restate",
            "target": "A1",
            "field": "late",
            "new": "1",
            "reason": "Đếm lại.",
        }
        return services.propose_correction(
            publication_id=publication.pk, mandate=self.drafter, at=OVER, **{**words, **said}
        )

    def approve_correction(
        self, correction: PublishedCorrection, mandate: Mandate
    ) -> PublishedCorrection:
        """Approve it."""
        return services.approve_correction(
            publication_id=correction.publication_id,
            correction_id=correction.pk,
            mandate=mandate,
            at=OVER,
        )

    def issued(self, publication: Publication, **said: str) -> PublishedCorrection:
        """Correct what is public."""
        correction = self.proposed(publication, **said)
        self.approve_correction(correction, self.head)
        return self.approve_correction(correction, self.chair)


def line_of(publication: Publication, kind: str = "agency") -> DisclosedLine:
    """Return the first line of a kind."""
    return DisclosedLine.objects.filter(publication=publication, kind=kind).order_by("pk")[0]
