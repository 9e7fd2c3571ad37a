"""The statutory papers at the desk: who prints them, and what the file is."""

import pytest
from django.db import connection
from django.urls import reverse

from motcua.documents.models import StoredFile
from motcua.dossiers.models import IssuedPaper
from tests import pdf
from tests.builders import NOW, ADesk, a_dossier, a_processor, an_agency
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db


def path_of(issued) -> str:
    return reverse("desk:issued-paper", args=[issued.dossier.code, issued.pk])


class TestIssuedPaper:
    def test_is_a_pdf_that_can_do_nothing(self, signed_in):
        desk = ADesk()
        slip = IssuedPaper.objects.get(dossier=desk.accepted())

        response = signed_in(desk.receiver).get(path_of(slip))

        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"].startswith("inline")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "private, no-store"
        text = pdf.text_of(response.content)
        assert slip.dossier.code in text
        assert "Số: 1/2024/BPTNTKQ" in text

    def test_printed_again_is_the_same_to_the_byte(self, signed_in):
        desk = ADesk()
        slip = IssuedPaper.objects.get(dossier=desk.accepted())
        client = signed_in(desk.receiver)

        first = client.get(path_of(slip)).content
        again = client.get(path_of(slip), {"tai-ve": ""}, HTTP_HOST="localhost")

        assert again.content == first
        assert again.headers["Content-Disposition"].startswith("attachment")
        assert StoredFile.objects.filter(media_type="application/pdf").count() == 1

    def test_leads_to_the_citys_own_address_where_one_is_set(self, signed_in, settings):
        settings.PUBLIC_ADDRESS = "https://dichvucong.example"
        desk = ADesk()
        slip = IssuedPaper.objects.get(dossier=desk.accepted())

        content = signed_in(desk.receiver).get(path_of(slip)).content

        assert "dichvucong.example/tra-cuu" in pdf.text_of(content)

    def test_of_another_dossier_is_not_found_here(self, signed_in):
        desk = ADesk()
        here, there = desk.accepted(), IssuedPaper.objects.get(dossier=desk.accepted())

        response = signed_in(desk.receiver).get(
            reverse("desk:issued-paper", args=[here.code, there.pk])
        )

        assert response.status_code == 404

    def test_of_a_strangers_dossier_is_not_found(self, signed_in):
        slip = IssuedPaper.objects.get(dossier=ADesk().accepted())
        elsewhere = a_processor(an_agency("Ủy ban nhân dân phường An Cư"))

        assert signed_in(elsewhere).get(path_of(slip)).status_code == 404

    def test_is_listed_with_number_day_and_author(self, signed_in):
        desk = ADesk()
        dossier = desk.awaiting_supplement()

        html = signed_in(desk.processor).get(reverse("desk:dossier", args=[dossier.code]))

        text = html.content.decode()
        assert "Văn bản đã lập" in text
        for issued in IssuedPaper.objects.filter(dossier=dossier):
            assert path_of(issued) in text
        assert "1/2024/BPTNTKQ" in text
        assert desk.receiver.full_name in text

    def test_a_dossier_from_elsewhere_says_that_there_is_none(self, signed_in):
        desk = ADesk()
        dossier = desk.accepted()
        # As the bulk city's dossiers are: accepted, and no paper of ours.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE issued_paper DISABLE TRIGGER USER")
            cursor.execute("DELETE FROM issued_paper")
            cursor.execute("ALTER TABLE issued_paper ENABLE TRIGGER USER")
        client = signed_in(desk.receiver)

        slip = client.get(reverse("desk:receipt-slip", args=[dossier.code]))

        assert "Hệ thống không lập giấy tiếp nhận" in assert_is_a_page(slip)
        page = client.get(reverse("desk:dossier", args=[dossier.code]))
        assert "Hệ thống không lập văn bản nào" in page.content.decode()
        assert not IssuedPaper.objects.exists()


class TestControlSheet:
    def path(self, dossier) -> str:
        return reverse("desk:control-sheet", args=[dossier.code])

    def test_shows_every_unit_that_had_the_dossier(self, signed_in):
        desk = ADesk()
        dossier = desk.returned()

        response = signed_in(desk.receiver).get(self.path(dossier))

        assert_is_a_page(response)
        passings = response.context["passings"]
        assert passings[0].giver == dossier.receiving_unit.name
        assert passings[0].giver_name == desk.receiver.full_name
        assert passings[0].handed_at == NOW
        assert [each.giver for each in passings[1:]] == [each.taker for each in passings[:-1]]
        assert passings[-1].taker == "Kết thúc"
        assert {each.result for each in passings} <= {"", "Trước hạn", "Đúng hạn", "Quá hạn"}

    def test_is_a_pdf_and_a_spreadsheet_as_well(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()
        client = signed_in(desk.receiver)

        printed = client.get(self.path(dossier), {"format": "pdf"})
        sheet = client.get(self.path(dossier), {"format": "xlsx"})

        text = pdf.text_of(printed.content)
        assert "PHIẾU KIỂM SOÁT" in text
        assert "Mẫu số 05" in text
        assert b"".join(sheet.streaming_content).startswith(b"PK")

    def test_is_printed_in_vietnamese_for_who_reads_english(self, signed_in):
        desk = ADesk()
        dossier = desk.taken_up()
        client = signed_in(desk.receiver)
        client.cookies["django_language"] = "en"

        text = pdf.text_of(client.get(self.path(dossier), {"format": "pdf"}).content)

        assert "Đã tiếp nhận" in " ".join(text.split())

    def test_does_not_exist_before_acceptance_nor_for_strangers(self, signed_in):
        desk = ADesk()
        elsewhere = a_processor(an_agency("Ủy ban nhân dân phường An Cư"))

        assert signed_in(desk.receiver).get(self.path(a_dossier())).status_code == 404
        assert signed_in(elsewhere).get(self.path(desk.accepted())).status_code == 404
