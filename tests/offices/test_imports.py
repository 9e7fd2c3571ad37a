import unicodedata
from datetime import date

import pytest

from motcua.accounts.models import Account
from motcua.kernel.ledger.models import LedgerEvent
from motcua.kernel.sheets import read_table
from motcua.offices.definitions import OFFICERS_TABLE, OFFICES_TABLE
from motcua.offices.models import Appointment, Officer, Post, Unit
from motcua.offices.services import close_unit, end_appointment, import_officers, import_units
from tests import builders
from tests.kernel.sheets.files import a_table

pytestmark = pytest.mark.django_db

CLERK = {
    "unit": "Tổ Hộ tịch",
    "role": "Bộ phận chuyên môn",
    "settles": "1.001193; 2.000815",
    "since": "01/11/2024",
    "title": "Công chức hộ tịch",
    "post_role": "Xử lý",
}
AN = {
    "staff_code": "00123",
    "full_name": "Nguyễn Văn Ví Dụ",
    "username": "nguyen.van.vi.du",
    "unit": "Tổ Hộ tịch",
    "title": "Công chức hộ tịch",
    "since": "01/11/2024",
}


@pytest.fixture
def agency():
    return builders.an_agency()


@pytest.fixture
def units(agency):
    def take(*rows, dry_run=False):
        return take_in(import_units, OFFICES_TABLE, agency, rows, dry_run)

    return take


@pytest.fixture
def officers(agency, units):
    units(CLERK, {**CLERK, "title": "Tổ trưởng"})

    def take(*rows, dry_run=False):
        return take_in(import_officers, OFFICERS_TABLE, agency, rows, dry_run)

    return take


def take_in(service, table, agency, rows, dry_run):
    rows = [{"agency": agency.code, **row} for row in rows]
    reading = read_table(table, a_table(table, *rows))
    return service(reading=reading, at=builders.NOW, actor="officer:1", dry_run=dry_run)


def counts(report):
    assert not report.problems, report.problems
    return report.new, report.changed, report.unchanged


def problem_of(report):
    [problem] = report.problems
    return problem.cell, problem.message


def written():
    tables = (Account, Officer, Appointment, Unit, Post, LedgerEvent)
    return [table.objects.count() for table in tables]


class TestImportingUnits:
    def test_opens_units_and_their_posts(self, agency, units):
        leader = {**CLERK, "title": "Tổ trưởng", "post_role": "Ký duyệt"}

        assert counts(units(CLERK, leader)) == (2, 0, 0)

        unit = Unit.objects.get(agency=agency, name="Tổ Hộ tịch")
        assert (unit.role, unit.settles) == ("specialist", ["1.001193", "2.000815"])
        assert unit.valid_from == date(2024, 11, 1)
        posts = Post.objects.filter(unit=unit).values_list("title", "role")
        assert set(posts) == {("Công chức hộ tịch", "processor"), ("Tổ trưởng", "leader")}

    def test_records_each_act_with_its_actor(self, units):
        units(CLERK)

        told = LedgerEvent.objects.filter(actor="officer:1").order_by("position")
        assert [e.kind for e in told] == ["offices.unit-opened", "offices.post-opened"]

    def test_twice_changes_nothing(self, units):
        units(CLERK, {**CLERK, "title": "Tổ trưởng"})
        before = written()

        assert counts(units(CLERK, {**CLERK, "title": "Tổ trưởng"})) == (0, 0, 2)
        assert written() == before

    def test_knows_a_unit_in_another_spelling(self, units):
        units({**CLERK, "unit": "Tổ Hoà giải"})
        spelt = unicodedata.normalize("NFD", "TỔ  Hòa giải")

        assert counts(units({**CLERK, "unit": spelt})) == (0, 0, 1)

    def test_names_a_unit_for_other_procedures(self, agency, units):
        units(CLERK)

        assert counts(units({**CLERK, "settles": "1.001193"})) == (0, 1, 0)
        assert Unit.objects.get(agency=agency, name="Tổ Hộ tịch").settles == ["1.001193"]

    def test_keeps_the_procedures_where_the_cell_is_empty(self, units):
        units(CLERK)

        assert counts(units({**CLERK, "settles": ""})) == (0, 0, 1)

    def test_closes_a_unit_after_its_last_day(self, agency, units):
        units(CLERK, {**CLERK, "title": "Tổ trưởng"})
        last = {**CLERK, "until": "31/12/2024"}

        assert counts(units(last, {**last, "title": "Tổ trưởng"})) == (0, 1, 1)

        unit = Unit.objects.get(agency=agency, name="Tổ Hộ tịch")
        assert unit.valid_to == date(2024, 12, 31)
        assert LedgerEvent.objects.filter(kind="offices.unit-closed").count() == 1
        # Twice is once, and an empty cell opens nothing anew.
        assert counts(units(last)) == (0, 0, 1)
        assert counts(units(CLERK)) == (0, 0, 1)

    def test_opens_a_closed_unit_anew(self, agency, units):
        units(CLERK)
        unit = Unit.objects.get(agency=agency, name="Tổ Hộ tịch")
        close_unit(unit=unit, on=date(2024, 12, 31), at=builders.NOW)

        assert counts(units({**CLERK, "since": "01/01/2025"})) == (1, 0, 0)
        assert Unit.objects.filter(agency=agency, name="Tổ Hộ tịch").count() == 2

    def test_rehearsed_writes_nothing_and_tells_the_same(self, units):
        before = written()

        report = units(CLERK, dry_run=True)

        assert (counts(report), report.is_rehearsal) == ((1, 0, 0), True)
        assert written() == before

    @pytest.mark.parametrize(
        ("change", "cell", "words"),
        [
            ({"agency": "000.99.99.H13"}, "A3", "Không có cơ quan"),
            ({"settles": "khai sinh"}, "D3", "không phải mã thủ tục"),
            ({"since": "02/11/2024"}, "E3", "hoạt động từ 01/11/2024"),
            ({"role": "Văn thư"}, "C3", "vai trò khác"),
            ({"post_role": "Ký duyệt"}, "G3", "việc khác"),
            ({"post_role": None}, "G3", "việc của chức danh"),
            ({"title": None}, "F3", "ghi chức danh"),
            ({}, "F3", "đã có ở dòng 2"),
            ({"unit": "Tổ Mới", "since": "01/01/1999"}, "E3", "không hoạt động"),
            ({"title": "Tổ phó", "until": "31/10/2024"}, "H3", "phải từ ngày bắt đầu"),
        ],
    )
    def test_with_one_bad_row_takes_in_none(self, units, change, cell, words):
        before = written()

        told = problem_of(units(CLERK, {**CLERK, **change}))

        assert told[0] == cell
        assert words in told[1]
        assert written() == before

    def test_closes_no_unit_later_than_it_ended(self, units):
        units({**CLERK, "until": "31/12/2024"})

        told = problem_of(units({**CLERK, "until": "31/12/2025"}))

        assert told == ("H2", "Bộ phận này chỉ hoạt động đến hết ngày 31/12/2024.")


class TestImportingOfficers:
    def test_makes_officers_with_a_post_and_no_password(self, officers):
        assert counts(officers(AN)) == (1, 0, 0)

        officer = Officer.objects.select_related("account").get(staff_code="00123")
        held = Appointment.objects.select_related("post").get(officer=officer)
        assert officer.full_name == "Nguyễn Văn Ví Dụ"
        assert officer.account.username == "nguyen.van.vi.du"
        assert not officer.account.has_usable_password()
        assert (held.post.title, held.valid_from) == ("Công chức hộ tịch", date(2024, 11, 1))

    def test_gives_one_person_several_posts(self, officers):
        assert counts(officers(AN, {**AN, "title": "Tổ trưởng"})) == (2, 0, 0)
        assert Officer.objects.filter(staff_code="00123").count() == 1

    def test_twice_changes_nothing(self, officers):
        rows = AN, {**AN, "title": "Tổ trưởng", "until": "31/12/2025"}
        officers(*rows)
        before = written()

        assert counts(officers(*rows)) == (0, 0, 2)
        assert written() == before

    def test_takes_names_in_parted_letters(self, officers):
        officers(AN)
        parted = {key: unicodedata.normalize("NFD", words) for key, words in AN.items()}

        assert counts(officers(parted)) == (0, 0, 1)

    def test_corrects_a_name(self, officers):
        officers(AN)

        assert counts(officers({**AN, "full_name": "Nguyễn Văn Dụ"})) == (0, 1, 0)
        assert Officer.objects.get(staff_code="00123").folded_name == "nguyen van du"

    def test_ends_an_appointment(self, officers):
        officers(AN)

        assert counts(officers({**AN, "until": "31/12/2024"})) == (0, 1, 0)
        assert Appointment.objects.get(officer__staff_code="00123").valid_to == date(2024, 12, 31)

    def test_appoints_again_after_an_end(self, officers):
        officers({**AN, "until": "31/12/2024"})

        assert counts(officers({**AN, "since": "01/01/2025"})) == (1, 0, 0)

    def test_rehearsed_writes_nothing_and_tells_the_same(self, officers):
        before = written()

        report = officers(AN, dry_run=True)

        assert (counts(report), report.is_rehearsal) == ((1, 0, 0), True)
        assert written() == before

    @pytest.mark.parametrize(
        ("change", "cell", "words"),
        [
            ({"staff_code": 123}, "A3", "dạng văn bản"),
            ({"full_name": "Người Khác"}, "A3", "dòng 2"),
            ({"staff_code": "00124"}, "C3", "đã có người dùng"),
            ({"staff_code": "00124", "username": "có dấu"}, "C3", "Tên đăng nhập gồm"),
            ({"agency": "000.99.99.H13"}, "D3", "Không có cơ quan"),
            ({"unit": "Tổ Khác"}, "E3", "không có bộ phận"),
            ({"title": "Phó tổ"}, "F3", "không có chức danh"),
            ({"since": "01/10/2024"}, "G3", "không hoạt động"),
            ({"since": "01/12/2024"}, "G3", "đã giữ vị trí"),
            ({"title": "Tổ trưởng", "until": "01/10/2024"}, "H3", "Ngày kết thúc"),
        ],
    )
    def test_with_one_bad_row_takes_in_none(self, officers, change, cell, words):
        before = written()

        told = problem_of(officers(AN, {**AN, **change}))

        assert told[0] == cell
        assert words in told[1]
        assert written() == before

    def test_does_not_give_powers_to_an_account_that_is_there(self, officers):
        builders.create_account(username="nguyen.van.vi.du")

        assert "đã có người dùng" in problem_of(officers(AN))[1]

    def test_does_not_change_a_name_to_sign_in_with(self, officers):
        officers(AN)

        assert problem_of(officers({**AN, "username": "khac"}))[0] == "C2"

    def test_does_not_bring_an_ended_appointment_back(self, officers):
        officers(AN)
        held = Appointment.objects.get(officer__staff_code="00123")
        end_appointment(appointment=held, on=date(2024, 12, 31), at=builders.NOW)

        assert "đã giữ vị trí" in problem_of(officers(AN))[1]

    def test_tells_all_that_is_wrong_at_once(self, officers):
        report = officers({**AN, "staff_code": 1}, {**AN, "title": "Phó tổ"}, AN)

        assert [problem.cell for problem in report.problems] == ["A2", "F3"]

    def test_hires_many_in_a_few_statements(self, officers, django_assert_max_num_queries):
        rows = [{**AN, "staff_code": f"{n:05}", "username": f"vi.du.{n}"} for n in range(50)]

        with django_assert_max_num_queries(40):
            assert counts(officers(*rows)) == (50, 0, 0)

        assert Appointment.objects.filter(post__title=AN["title"]).count() == 50
        appointed = LedgerEvent.objects.filter(kind="offices.officer-appointed")
        assert appointed.filter(actor="officer:1").count() == 50

    def test_asks_little_of_the_database_where_all_is_known(
        self, officers, django_assert_max_num_queries
    ):
        rows = [{**AN, "staff_code": f"{n:05}", "username": f"vi.du.{n}"} for n in range(20)]
        officers(*rows)

        with django_assert_max_num_queries(10):
            assert counts(officers(*rows)) == (0, 0, 20)
