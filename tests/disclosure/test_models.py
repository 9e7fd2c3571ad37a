"""What the database itself refuses, whoever asks it."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from motcua.disclosure.models import (
    DisclosedDossier,
    DisclosedLine,
    Publication,
    PublishedCorrection,
    Reply,
)
from tests.disclosure.months import OVER, AnOffice, ended_late, line_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> AnOffice:
    office = AnOffice()
    ended_late(office.desk)
    return office


def refuses(words: str):
    """Return a block in which the database refuses with these words."""
    return _Refusal(words)


class _Refusal:
    def __init__(self, words: str) -> None:
        self.words = words

    def __enter__(self) -> None:
        self.point = transaction.atomic()
        self.point.__enter__()

    def __exit__(self, kind, error, trace) -> bool:
        self.point.__exit__(kind, error, trace)
        assert isinstance(error, DatabaseError), "it was not refused"
        assert self.words in str(error)
        return True


class TestWhatWasPublished:
    def test_is_neither_changed_nor_deleted(self, office):
        publication = office.published()
        rows = Publication.objects.filter(pk=publication.pk)

        for change in (
            {
                "content": b"{}",
                "digest": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            },
            {"state": "withdrawn", "withdrawn_at": OVER, "withdrawal_reason": "x"},
            {"published_at": OVER.replace(day=12)},
        ):
            with refuses("a publication is never changed"):
                rows.update(**change)
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")  # or TRUNCATE waits for them
        for table in (
            "publication",
            "disclosed_line",
            "disclosed_dossier",
            "disclosure_reply",
        ):
            with refuses("never changed" if table == "publication" else "kept as it was"):
                connection.cursor().execute(f"TRUNCATE {table} CASCADE")
        with refuses("kept as it was"):
            DisclosedLine.objects.filter(publication=publication).update(late=9)
        with refuses("kept as it was"):
            DisclosedDossier.objects.all()._raw_delete("default")
        with refuses("a publication is never changed"):
            rows._raw_delete("default")
        with refuses("kept as it was"):
            Reply.objects.create(
                line=line_of(publication),
                officer_id=office.desk.leader.officer_id,
                words="x",
                given_at=OVER,
            )

    def test_keeps_its_corrections_as_they_were_proposed(self, office):
        publication = office.published()
        correction = office.issued(publication, field="worst_days", new="1")
        rows = PublishedCorrection.objects.filter(pk=correction.pk)

        with refuses("a correction is never changed"):
            rows.update(new="0")
        with refuses("a correction is never changed"):
            rows._raw_delete("default")
        open_one = office.proposed(publication, target="U1", field="worst_days")
        with refuses("a correction is never changed"):
            PublishedCorrection.objects.filter(pk=open_one.pk).update(new="0")


class TestWhatLiesBeforeTheApprovers:
    def test_is_exchanged_for_nothing_else(self, office):
        publication = office.submitted()
        with refuses("a publication is never changed"):
            Publication.objects.filter(pk=publication.pk).update(
                content=b"{}",
                digest="44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            )
        with refuses("kept as it was"):
            DisclosedLine.objects.filter(publication=publication).update(naming="withhold")

    def test_is_not_public_without_two_others(self, office):
        publication = office.submitted()
        rows = Publication.objects.filter(pk=publication.pk)
        head, drafter = office.head.officer_id, office.drafter.officer_id
        public = {"state": "published", "published_at": OVER, "published_by": drafter}
        first = {"first_approved_by": head, "first_approved_at": OVER}

        with refuses("publication_is_public_only_after_two_approvals"):
            rows.update(**public)
        with refuses("publication_is_public_only_after_two_approvals"):
            rows.update(**public, **first)
        for second in (head, drafter):
            with refuses("publication_is_approved_by_two_who_did_not_draft_it"):
                rows.update(**first, second_approved_by=second, second_approved_at=OVER)
        with refuses("publication_is_approved_by_two_who_did_not_draft_it"):
            rows.update(first_approved_by=drafter, first_approved_at=OVER)
        with refuses("publication_is_approved_one_after_the_other_while_sealed"):
            rows.update(second_approved_by=head, second_approved_at=OVER)

    def test_has_the_digest_of_its_content(self, office):
        publication = office.submitted()
        with refuses("publication_digest_is_of_its_content"):
            Publication.objects.filter(pk=publication.pk).update(digest="0" * 64)


class TestADraft:
    def test_is_the_only_living_one_of_its_month(self, office):
        publication = office.drafted()
        with pytest.raises(IntegrityError, match="one_publication_of_a_month_lives"):
            Publication.objects.create(
                month=publication.month,
                figures={},
                drafted_by_id=office.head.officer_id,
                drafted_at=OVER,
            )

    def test_blames_nobody_for_what_is_not_their_own(self, office):
        office.drafted()
        row = DisclosedDossier.objects.get()
        row.pk, row.cause = None, "system"
        row.dossier_id = ended_late(office.desk).pk
        with refuses("disclosed_dossier_blames_persons_for_their_own_only"):
            row.save(force_insert=True)

    def test_decides_of_persons_only_and_for_a_reason(self, office):
        publication = office.replying()
        decided = {"naming": "publish", "naming_by": office.head.officer_id, "naming_at": OVER}
        with refuses("only_of_persons_is_decided_whether_to_name_them"):
            DisclosedLine.objects.filter(pk=line_of(publication).pk).update(
                **decided, naming_reason="x"
            )
        with refuses("naming_is_decided_by_somebody_for_a_reason"):
            DisclosedLine.objects.filter(pk=line_of(publication, "officer").pk).update(**decided)
