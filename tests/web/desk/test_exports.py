"""A work list as a file: complete, openable, harmless."""

import csv
import io

import openpyxl
import pytest
from django.urls import reverse

from motcua.kernel.ledger.models import LedgerEvent
from tests.builders import ADesk, a_citizen, a_district, a_dossier

pytestmark = pytest.mark.django_db

EXPORT = reverse("desk:export")
HARMFUL = ['=HYPERLINK("x")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"]


def sheet_of(response) -> list[tuple]:
    return list(book_of(response).active.iter_rows(values_only=True))


def book_of(response) -> openpyxl.Workbook:
    content = b"".join(response.streaming_content)
    return openpyxl.load_workbook(io.BytesIO(content))


def csv_of(response) -> list[list[str]]:
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


class TestExport:
    def test_holds_every_dossier_under_the_tab(self, signed_in):
        desk = ADesk()
        filed = {a_dossier().code for _ in range(30)}
        a_dossier_elsewhere = ADesk(a_district())

        rows = sheet_of(signed_in(desk.receiver).get(EXPORT, {"tab": "intake"}))
        nothing = sheet_of(signed_in(a_dossier_elsewhere.receiver).get(EXPORT, {"tab": "intake"}))

        assert rows[0][:4] == ("Mã hồ sơ", "Mã thủ tục", "Thủ tục", "Chủ hồ sơ")
        assert {row[0] for row in rows[1:]} == filed
        assert len(nothing) == 1

    def test_names_its_sheet_in_the_language_of_the_city(self, signed_in):
        book = book_of(signed_in(ADesk().receiver).get(EXPORT))

        assert book.sheetnames == ["Danh sách"]

    def test_is_a_file_called_after_the_tab_as_people_read_it(self, signed_in):
        response = signed_in(ADesk().receiver).get(EXPORT, {"tab": "closed"})
        response.close()

        assert 'filename="ho-so-da-ket-thuc-20241015-' in response.headers["Content-Disposition"]

    def test_is_narrowed_as_the_screen_is(self, signed_in):
        desk = ADesk()
        a_dossier()
        wanted = a_dossier(a_citizen("Thạch Thị Đào"))

        rows = csv_of(
            signed_in(desk.receiver).get(EXPORT, {"tab": "intake", "words": "dao", "format": "csv"})
        )

        assert [row[0] for row in rows[1:]] == [wanted.code]
        assert rows[1][3] == "Thạch Thị Đào"

    def test_reads_moments_in_the_citys_time(self, signed_in):
        desk = ADesk()
        a_dossier()

        [_heading, row] = csv_of(signed_in(desk.receiver).get(EXPORT, {"format": "csv"}))

        assert "15/10/2024 09:00" in row

    @pytest.mark.parametrize("name", HARMFUL)
    def test_lets_no_name_be_a_formula(self, signed_in, name):
        desk = ADesk()
        dossier = a_dossier()
        type(dossier).objects.filter(pk=dossier.pk).update(owner_name=name)
        client = signed_in(desk.receiver)

        [_heading, in_csv] = csv_of(client.get(EXPORT, {"format": "csv"}))
        book = book_of(client.get(EXPORT))

        assert in_csv[3].startswith("'")
        cell = book.active["D2"]
        assert cell.data_type == "s"

    def test_leaves_a_trace(self, signed_in):
        desk = ADesk()

        book_of(signed_in(desk.receiver).get(EXPORT, {"tab": "intake", "words": "Nguyễn"}))

        event = LedgerEvent.objects.get(kind="dossiers.list-exported")
        assert event.actor == desk.receiver.actor
        assert event.data == {"tab": "intake", "procedure": "", "narrowed": True}

    def test_is_for_officers(self, client):
        assert client.get(EXPORT).status_code == 302

    def test_takes_as_many_statements_for_many_as_for_few(
        self, signed_in, django_assert_num_queries
    ):
        desk = ADesk()
        for _ in range(8):
            a_dossier()
        client = signed_in(desk.receiver)
        sheet_of(client.get(EXPORT))  # the first request of a process compiles the procedures

        with django_assert_num_queries(6):
            rows = sheet_of(client.get(EXPORT))

        assert len(rows) == 9
