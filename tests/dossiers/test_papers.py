"""Statutory papers: what the act puts out with itself, and that it stays as it was."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.documents.models import StoredFile
from motcua.documents.queries import content_of
from motcua.dossiers import queries, services
from motcua.dossiers.definitions import form_on
from motcua.dossiers.lifecycle import DossierState, Paper
from motcua.dossiers.models import IssuedPaper, PaperCounter
from motcua.dossiers.services import Incomplete, print_paper
from motcua.dossiers.services._papers import PaperWouldBeVoid, issue
from motcua.kernel import numbers
from motcua.kernel.clock import day_of
from motcua.offices.models import Agency
from motcua.parties.models import Person
from tests import pdf
from tests.builders import NOW, ADesk, a_citizen, a_dossier, a_filing, an_agency
from tests.procedures.answers_land import ANSWERS

pytestmark = pytest.mark.django_db

LATER = datetime(2025, 8, 4, 2, tzinfo=UTC)
LINK = "https://dichvucong.example/tra-cuu/abc.def/"


def papers_of(dossier):
    return [each.paper for each in queries.issued_papers_of(dossier)]


def printed(issued) -> bytes:
    file = print_paper(paper_id=issued.pk, lookup="dichvucong.example/tra-cuu", link=LINK, at=NOW)
    return content_of(file)


class TestIssuing:
    def test_acceptance_puts_out_the_receipt_slip(self):
        dossier = ADesk().accepted()

        slip = IssuedPaper.objects.get(dossier=dossier)
        assert slip.paper == Paper.RECEIPT_SLIP
        assert (slip.circular, slip.year, slip.issued_at) == ("tt01-2018", 2024, NOW)
        assert slip.agency == dossier.receiving_unit.agency
        assert slip.facts["owner"]["name"] == dossier.owner_name
        assert slip.facts["due_at"] == dossier.due_at.isoformat()
        assert slip.facts["files"] == [{"key": "birth_certificate", "count": 1}]

    def test_knows_a_paper_from_a_fee_of_the_same_key(self):
        code = "1.013831"
        desk = ADesk(an_agency("Sở Tài nguyên và Môi trường"), procedure=code)

        dossier = desk.accepted(a_filing(code, "sale", ANSWERS[code]["sale"]))

        facts = IssuedPaper.objects.get(dossier=dossier).facts
        assert facts["names"]["certificate"] == "Bản gốc Giấy chứng nhận đã cấp"
        assert facts["fee_names"]["certificate"] == "Lệ phí cấp Giấy chứng nhận"

    def test_an_act_that_is_taken_back_puts_out_nothing_and_uses_no_number(self):
        desk, dossier = ADesk(), a_dossier()

        class OnSecondThoughts(Exception):
            pass

        def accept_and_think_again():
            with transaction.atomic():
                desk.accepted(dossier)
                raise OnSecondThoughts

        with pytest.raises(OnSecondThoughts):
            accept_and_think_again()

        assert not IssuedPaper.objects.exists()
        desk.accepted(dossier)
        assert IssuedPaper.objects.get().number == 1

    def test_counts_each_kind_of_each_agency_and_year_without_gaps(self):
        desk = ADesk()
        for _ in range(3):
            desk.accepted()
        desk.refused()
        desk.accepted(at=NOW + timedelta(days=90))

        slips = IssuedPaper.objects.filter(paper=Paper.RECEIPT_SLIP).order_by("year", "number")
        assert [(s.year, s.number) for s in slips] == [(2024, 1), (2024, 2), (2024, 3), (2025, 1)]
        assert IssuedPaper.objects.get(paper=Paper.REJECTION).number == 1
        assert PaperCounter.objects.count() == 3

    def test_asking_for_papers_names_them_before_and_after_acceptance(self):
        desk = ADesk()
        before, after = desk.asked_at_intake(), desk.awaiting_supplement()

        asked = IssuedPaper.objects.get(dossier=before)
        [item] = asked.facts["items"]
        assert (item["key"], item["needed"]) == ("birth_certificate", "Chụp lại rõ cả trang.")
        assert asked.facts["officer"] == desk.receiver.full_name
        assert asked.facts["accepted_at"] is None
        assert papers_of(after) == [Paper.RECEIPT_SLIP, Paper.SUPPLEMENT_REQUEST]

    def test_turning_away_says_why_in_words(self):
        desk, dossier = ADesk(), a_dossier()

        with pytest.raises(Incomplete, match="bằng lời"):
            services.refuse_dossier(
                dossier_id=dossier.pk, mandate=desk.receiver, reason="ERR-0042", at=NOW
            )
        dossier.refresh_from_db()
        assert dossier.state == DossierState.SUBMITTED

        services.refuse_dossier(
            dossier_id=dossier.pk, mandate=desk.receiver, reason="Nộp nhầm nơi.", at=NOW
        )
        assert IssuedPaper.objects.get().facts["reason"] == "Nộp nhầm nơi."

    @pytest.mark.parametrize("phone", ["0900000123", "02923000123"])
    def test_hides_the_middle_of_ids_and_telephones_as_everywhere(self, phone):
        owner = a_citizen(personal_id="092824000017", phone=phone)
        dossier = ADesk().accepted(a_dossier(owner))

        told = IssuedPaper.objects.get(dossier=dossier).facts["owner"]
        assert told["personal_id"] == numbers.mask_personal_id("092824000017")
        assert told["phone"] == numbers.mask_phone(phone)

    def test_takes_one_statement(self):
        desk = ADesk()
        desk.accepted()
        dossier = a_dossier()

        with CaptureQueriesContext(connection) as statements:
            desk.accepted(dossier)

        assert sum("issued_paper" in query["sql"] for query in statements.captured_queries) == 1

    def test_no_stop_notice_is_put_out_before_the_law_knows_one(self):
        dossier = ADesk().stopped()

        assert Paper.STOP_NOTICE not in papers_of(dossier)

    def test_follows_the_circular_of_the_day(self):
        desk = ADesk()
        slip = IssuedPaper.objects.get(dossier=desk.accepted(at=LATER))

        assert slip.circular == "tt03-2025"
        assert form_on(Paper.RECEIPT_SLIP, day_of(LATER)).title in pdf.text_of(printed(slip))


class TestVoidPapers:
    def an_apology(self, dossier, desk, **facts):
        told = {"reason": "Chờ ý kiến của cơ quan phối hợp.", "new_due_at": LATER.isoformat()}
        return issue(
            dossier,
            Paper.APOLOGY,
            actor=facts.pop("actor", desk.leader.actor),
            at=NOW,
            facts={**told, **facts},
        )

    def test_no_receipt_slip_without_acceptance(self):
        desk = ADesk()

        with pytest.raises(PaperWouldBeVoid):
            issue(a_dossier(), Paper.RECEIPT_SLIP, actor=desk.receiver.actor, at=NOW, facts={})

    def test_no_supplement_request_without_papers_or_author(self):
        desk, dossier = ADesk(), a_dossier()
        asked = {"items": [{"key": "birth_certificate", "needed": ""}], "reason": "Ảnh mờ."}

        for actor, facts in (
            (desk.receiver.actor, {**asked, "items": []}),
            ("system", asked),
        ):
            with pytest.raises(PaperWouldBeVoid):
                issue(dossier, Paper.SUPPLEMENT_REQUEST, actor=actor, at=NOW, facts=facts)

    def test_no_apology_without_signer_or_new_day(self):
        desk = ADesk()
        dossier = desk.taken_up()

        for facts in ({"actor": "system"}, {"new_due_at": None}):
            with pytest.raises(PaperWouldBeVoid):
                self.an_apology(dossier, desk, **facts)

    def test_an_apology_is_made_once_and_says_both_days(self):
        desk = ADesk()
        dossier = desk.taken_up()

        apology = self.an_apology(dossier, desk)

        assert apology.agency == dossier.settling_agency
        text = pdf.text_of(printed(apology))
        assert "XIN LỖI" in text
        assert "ngày 15 tháng 10 năm 2024" in text
        assert "ngày 04 tháng 8 năm 2025" in text
        with pytest.raises(IntegrityError), transaction.atomic():
            self.an_apology(dossier, desk)

    def test_sheets_and_registers_are_read_and_not_issued(self):
        desk = ADesk()

        with pytest.raises(PaperWouldBeVoid):
            issue(desk.accepted(), Paper.REGISTER, actor="system", at=NOW, facts={})


class TestBytes:
    def test_are_made_at_the_first_reading_and_kept(self):
        slip = IssuedPaper.objects.get(dossier=ADesk().accepted())
        assert slip.file is None

        first = printed(slip)

        slip.refresh_from_db()
        assert slip.digest == hashlib.sha256(first).hexdigest() == slip.file.digest
        assert slip.file.stored_by is None
        assert slip.file.name == "giay-tiep-nhan-1-2024.pdf"
        assert printed(slip) == first
        assert StoredFile.objects.filter(digest=slip.digest).count() == 1

    def test_stay_though_names_and_addresses_change(self):
        dossier = ADesk().accepted()
        slip = IssuedPaper.objects.get(dossier=dossier)
        Agency.objects.filter(pk=slip.agency_id).update(name="Ủy ban nhân dân phường Mới")
        Person.objects.filter(pk=dossier.owner_id).update(full_name="Tên Khác", address="Nơi khác")

        first = printed(slip)
        file = print_paper(paper_id=slip.pk, lookup="khac.example", link="https://x/", at=LATER)

        assert content_of(file) == first
        text = pdf.text_of(first)
        assert "CÁI KHẾ" in text
        assert dossier.owner_name in text
        assert "MỚI" not in text

    def test_say_where_to_look_and_what_the_secret_is(self):
        dossier = ADesk().accepted()

        text = pdf.text_of(printed(IssuedPaper.objects.get(dossier=dossier)))

        assert dossier.code in text
        assert dossier.lookup_secret in text
        assert "dichvucong.example/tra-cuu" in text


class TestTheDatabase:
    def refuses(self, statement: str) -> None:
        with (
            pytest.raises(IntegrityError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    def test_changes_no_word_of_a_paper(self):
        slip = IssuedPaper.objects.get(dossier=ADesk().accepted())

        self.refuses("UPDATE issued_paper SET facts = '{}'")
        self.refuses("UPDATE issued_paper SET number = 99")
        self.refuses("DELETE FROM issued_paper")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.refuses("TRUNCATE issued_paper")
        printed(slip)
        self.refuses("UPDATE issued_paper SET file_id = NULL, digest = NULL")
        self.refuses(f"UPDATE issued_paper SET digest = '{'0' * 64}'")

    def test_stores_bytes_and_nothing_else_with_them(self):
        slip = IssuedPaper.objects.get(dossier=ADesk().accepted())
        other = IssuedPaper.objects.get(dossier=ADesk().accepted())
        printed(other)
        other.refresh_from_db()

        self.refuses(
            f"UPDATE issued_paper SET file_id = '{other.file_id}', digest = '{other.digest}',"
            f" year = 2023 WHERE id = '{slip.pk}'"
        )

    def test_gives_no_number_twice(self):
        slip = IssuedPaper.objects.get(dossier=ADesk().accepted())

        with (
            pytest.raises(IntegrityError, match="paper_number_is_given_once"),
            transaction.atomic(),
        ):
            IssuedPaper.objects.create(
                dossier=slip.dossier,
                paper=slip.paper,
                circular=slip.circular,
                template=1,
                agency=slip.agency,
                year=slip.year,
                number=slip.number,
                facts={},
                issued_at=NOW,
            )
