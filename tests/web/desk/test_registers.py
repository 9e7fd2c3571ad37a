"""The register of a one-stop unit: its lines, its files, and who reads it."""

import io

import openpyxl
import pytest
from django.urls import reverse

from motcua.kernel.ledger.models import LedgerEvent
from motcua.parties.models import Person
from motcua.web.desk import registers
from tests import pdf
from tests.builders import NOW, ADesk, a_citizen, a_dossier, a_processor, an_agency
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

REGISTER = reverse("desk:register")


class TestRegister:
    def test_lists_what_the_unit_accepted_in_the_order_of_acceptance(self, signed_in):
        desk = ADesk()
        first, second = desk.accepted(), desk.returned()
        a_dossier()

        response = signed_in(desk.receiver).get(REGISTER)

        assert_is_a_page(response)
        rows = [row for row, _procedure in response.context["rows"]]
        assert [row.dossier.code for row in rows] == [first.code, second.code]
        assert [row.serial for row in rows] == [1, 2]
        assert rows[0].papers == 1
        assert rows[1].method

    def test_is_of_a_period_and_is_narrowed(self, signed_in):
        desk = ADesk()
        accepted, returned = desk.accepted(), desk.returned()
        client = signed_in(desk.receiver)

        def codes(**asked):
            rows = client.get(REGISTER, asked).context["rows"]
            return [row.dossier.code for row, _procedure in rows]

        assert codes(since="15/10/2024", until="15/10/2024") == [accepted.code, returned.code]
        assert codes(since="12/10/2024", until="14/10/2024") == []
        assert codes(open="1") == [accepted.code]
        assert codes(procedure="2.000815") == []

    @pytest.mark.parametrize(
        "asked",
        [
            {"since": "31/02/2024"},
            {"since": "x"},
            {"since": "02/10/2024", "until": "01/10/2024"},
            {"until": "01/01/2031"},
        ],
    )
    def test_says_what_is_wrong_with_a_period(self, signed_in, asked):
        response = signed_in(ADesk().receiver).get(REGISTER, {**asked, "format": "pdf"})

        assert response.status_code == 422
        assert response.context["asked"].problem

    def test_of_another_agency_is_not_shown(self, signed_in):
        desk = ADesk()
        desk.accepted()
        elsewhere = a_processor(an_agency("Ủy ban nhân dân phường An Cư"))
        unit = desk.receiver.posts[0].unit_id

        response = signed_in(elsewhere).get(REGISTER, {"unit": unit})

        assert response.context["rows"] == []
        assert response.context["asked"].unit.pk != unit

    def test_takes_as_many_statements_for_many_as_for_few(
        self, signed_in, django_assert_num_queries
    ):
        desk = ADesk()
        for _ in range(3):
            desk.accepted()
        client = signed_in(desk.receiver)
        client.get(REGISTER)

        # Who is signed in; units, count, dossiers, files, presented papers, hand-overs;
        # what to look at.
        with django_assert_num_queries(8):
            client.get(REGISTER)

    def test_is_printed_with_every_line(self, signed_in):
        desk = ADesk()
        desk.accepted(a_dossier(a_citizen("Thạch Thị Đào")))

        response = signed_in(desk.receiver).get(REGISTER, {"format": "pdf"})

        text = pdf.text_of(response.content)
        assert "SỔ THEO DÕI HỒ SƠ" in text
        assert "Thạch Thị Đào" in " ".join(text.split())
        assert "Mẫu số 06" in text

    def test_is_not_printed_when_nobody_could_carry_it(self, signed_in, monkeypatch):
        desk = ADesk()
        desk.accepted()
        monkeypatch.setattr(registers, "PRINTED_ROWS_MAX", 0)
        client = signed_in(desk.receiver)

        assert client.get(REGISTER, {"format": "pdf"}).status_code == 404
        assert "kỳ ngắn hơn" in client.get(REGISTER).content.decode()

    def test_is_a_harmless_spreadsheet_and_leaves_a_trace(self, signed_in):
        desk = ADesk()
        dossier = desk.accepted()
        Person.objects.filter(pk=dossier.owner_id).update(address='=HYPERLINK("x")', phone="")

        response = signed_in(desk.receiver).get(REGISTER, {"format": "xlsx"})

        content = b"".join(response.streaming_content)
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        rows = list(sheet.iter_rows())
        assert len(rows) == 2
        assert rows[1][5].value == '=HYPERLINK("x")'
        assert rows[1][5].data_type == "s"
        trace = LedgerEvent.objects.filter(kind="dossiers.list-exported").get()
        assert trace.data["tab"] == "register"
        assert trace.occurred_at.date() == NOW.date()
