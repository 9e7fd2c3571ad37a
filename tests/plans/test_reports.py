"""The six-month report: drawn from facts, rewritten, signed by a second person, frozen."""

import hashlib
import io
from datetime import UTC, datetime
from fractions import Fraction

import docx
import msgspec
import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction

from motcua.kernel.ledger.models import LedgerEvent
from motcua.plans import policies, services
from motcua.plans.definitions import BlockKind, Content, ReportFormat, TargetLine, papers, percent
from motcua.plans.models import PlanReport, ReportFile
from motcua.plans.queries import (
    annex_agencies,
    content_of,
    file_of,
    files_of,
    periods_to_report,
    report_with,
    target_lines,
)
from motcua.steering.definitions import Period
from motcua.steering.services import load_targets
from tests.builders import a_processor, an_agency
from tests.pdf import text_of
from tests.plans.builders import (
    APRIL,
    FINANCE,
    JULY,
    KEEPER,
    ThePeople,
    a_day_later,
    a_duty,
    a_plan,
    done,
)
from tests.plans.test_obstacles import AnObstacle

pytestmark = pytest.mark.django_db

HALF = Period.half(2024, 1)


@pytest.fixture(autouse=True)
def _files_go_to_a_folder_of_their_own(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def plan():
    return a_plan()


@pytest.fixture
def people():
    return ThePeople()


def some_targets() -> list[TargetLine]:
    """Return the 26 lines of the annex, with figures of one and none of the others."""
    names = [agency.name for agency in annex_agencies(JULY.date())]
    known = TargetLine(
        agency=names[0],
        baseline=Fraction(913, 1000),
        target=Fraction(95, 100),
        numerator=189,
        denominator=200,
        forecast=Fraction(2, 3),
    )
    return [known, *(TargetLine(agency=name) for name in names[1:])]


def a_draft(plan, people, *, at=JULY) -> PlanReport:
    return services.draft_report(
        plan_id=plan.pk, period=HALF, mandate=people.keeper, targets=some_targets(), at=at
    )


def a_signed(plan, people) -> PlanReport:
    report = a_draft(plan, people)
    services.submit_report(report_id=report.pk, mandate=people.keeper, at=JULY)
    return services.sign_report(
        report_id=report.pk, mandate=people.director, number="128/BC-STTTT", at=JULY
    )


def words_of(content: Content, key: str) -> str:
    return next(block.text for block in content.blocks if block.key == key)


class TestPercent:
    @pytest.mark.parametrize(
        ("ratio", "words"),
        [
            (Fraction(297, 1000), "29,7 %"),
            (Fraction(2, 3), "66,7 %"),
            (Fraction(1), "100,0 %"),
            (Fraction(1, 2000), "0,1 %"),  # half up
            (Fraction(-1, 20), "-5,0 %"),
            (Fraction(-1, 10000), "0,0 %"),
            (None, "Chưa có số liệu"),
        ],
    )
    def test_is_written_as_it_is_here(self, ratio, words):
        assert percent(ratio) == words


class TestDraftReport:
    def test_lists_first_who_has_told_nothing(self, plan, people):
        done(a_duty(plan, "II.4.a"), people.finance, people.keeper)

        content = content_of(a_draft(plan, people))

        untold = {name: clauses for name, _count, clauses in content.missing}
        assert "II.4.b" in untold[FINANCE]
        assert "II.4.a" not in untold[FINANCE]
        assert "Kho bạc Nhà nước Cần Thơ" in untold

    def test_counts_what_was_done_and_what_is_late(self, plan, people):
        done(a_duty(plan, "II.4.a"), people.finance, people.keeper)
        content = content_of(a_draft(plan, people))

        assert "1 việc đã hoàn thành" in words_of(content, "results")
        [table] = [block for block in content.blocks if block.key == "part-II.4-table"]
        assert [row[:1] + row[3:] for row in table.rows] == [
            ("II.4.a", 1, 1, 0, 1),
            ("II.4.b", 1, 0, 1, 0),
        ]

    def test_holds_the_obstacles_of_the_period(self):
        case = AnObstacle().answered()
        content = content_of(a_draft(case.plan, case.people, at=a_day_later()))

        # It was raised after the half year ended.
        assert "không có khó khăn" in words_of(content, "difficulties")

    def test_is_made_once_a_period(self, plan, people):
        assert a_draft(plan, people) == a_draft(plan, people, at=a_day_later())

    def test_is_for_the_keeper(self, plan, people):
        for stranger in ("finance", "district", "chairman"):
            with pytest.raises(policies.NotTheKeeper):
                services.draft_report(
                    plan_id=plan.pk,
                    period=HALF,
                    mandate=getattr(people, stranger),
                    targets=[],
                    at=JULY,
                )

    @pytest.mark.parametrize(
        "period",
        [
            Period.month(2024, 5),
            Period.half(2023, 2),
            Period.half(2025, 1),
            Period.year(2024),
        ],
    )
    def test_refuses_what_is_no_half_year_of_the_plan(self, plan, people, period):
        with pytest.raises(services.Incomplete):
            services.draft_report(
                plan_id=plan.pk, period=period, mandate=people.keeper, targets=[], at=JULY
            )

    def test_offers_the_halves_that_have_begun(self, plan):
        assert periods_to_report(plan, APRIL.date()) == [HALF]
        assert periods_to_report(plan, JULY.date()) == [HALF, Period.half(2024, 2)]


class TestTargetLines:
    def test_are_those_of_the_board(self, plan):
        load_targets(at=JULY)

        lines = target_lines(JULY)

        assert [line.agency for line in lines[:2]] == ["Sở Ngoại vụ", "Sở Nội vụ"]
        assert len(lines) == 26
        assert (lines[0].baseline, lines[0].target) == (Fraction(913, 1000), Fraction(95, 100))
        assert (lines[0].actual, lines[0].gap) == (None, None)

    def test_the_gap_is_that_of_the_share_as_it_is_shown(self):
        line = TargetLine(agency="S", target=Fraction(2, 3), numerator=2, denominator=3)

        assert line.gap == Fraction(667, 1000) - Fraction(2, 3)


class TestRewriteParagraph:
    def test_keeps_what_was_drawn_and_gives_it_back(self, plan, people):
        report = a_draft(plan, people)
        drawn = words_of(content_of(report), "leadership")

        report = services.rewrite_paragraph(
            report_id=report.pk,
            mandate=people.keeper,
            key="leadership",
            words="Sở đã họp giao ban hằng tuần.",
            at=JULY,
        )
        assert words_of(content_of(report), "leadership") == "Sở đã họp giao ban hằng tuần."
        assert words_of(content_of(report, rewritten=False), "leadership") == drawn

        report = services.refresh_report(
            report_id=report.pk, mandate=people.keeper, targets=[], at=a_day_later()
        )
        assert words_of(content_of(report), "leadership") == "Sở đã họp giao ban hằng tuần."

        report = services.rewrite_paragraph(
            report_id=report.pk, mandate=people.keeper, key="leadership", words=" ", at=JULY
        )
        assert report.rewritten == {}

    @pytest.mark.parametrize("key", ["", "h1-I", "targets-table", "nothing"])
    def test_refuses_what_is_no_paragraph(self, plan, people, key):
        with pytest.raises(services.Incomplete):
            services.rewrite_paragraph(
                report_id=a_draft(plan, people).pk,
                mandate=people.keeper,
                key=key,
                words="Lời.",
                at=JULY,
            )


class TestSignReport:
    def test_takes_two_persons(self, plan, people):
        report = services.draft_report(
            plan_id=plan.pk, period=HALF, mandate=people.director, targets=[], at=JULY
        )
        services.submit_report(report_id=report.pk, mandate=people.keeper, at=JULY)

        for officer, refusal in (
            (people.director, policies.NotASecondPerson),
            (people.keeper, policies.NotTheKeeper),
            (people.chairman, policies.NotTheKeeper),
        ):
            with pytest.raises(refusal):
                services.sign_report(report_id=report.pk, mandate=officer, number="1", at=JULY)

    def test_is_refused_before_it_is_asked_for(self, plan, people):
        with pytest.raises(policies.HasMovedOn):
            services.sign_report(
                report_id=a_draft(plan, people).pk, mandate=people.director, number="1", at=JULY
            )

    def test_may_be_refused_with_words_and_asked_for_again(self, plan, people):
        report = a_draft(plan, people)
        services.submit_report(report_id=report.pk, mandate=people.keeper, at=JULY)
        report = services.return_report(
            report_id=report.pk, mandate=people.director, words="Bổ sung phần II.", at=JULY
        )
        assert (report.state, report.returned_for) == ("draft", "Bổ sung phần II.")

        services.submit_report(report_id=report.pk, mandate=people.keeper, at=JULY)
        report = services.sign_report(
            report_id=report.pk, mandate=people.director, number="1/BC", at=JULY
        )
        kinds = [event.kind for event in LedgerEvent.objects.about(report.subject)]
        assert kinds[-1] == "plans.report-signed"

    def test_freezes_the_report_and_its_bytes(self, plan, people):
        report = a_signed(plan, people)
        before = {format_: file_of(report, format_) for format_ in ReportFormat}
        done(a_duty(plan, "II.4.a"), people.finance, people.keeper)

        again = report_with(plan, report.pk)

        assert {format_: file_of(again, format_) for format_ in ReportFormat} == before
        assert {file.format: file.digest for file in files_of(again)} == {
            format_.value: hashlib.sha256(content).hexdigest()
            for format_, content in before.items()
        }
        for verb, said in {
            "refresh": {"targets": []},
            "submit": {},
            "rewrite_paragraph": {"key": "leadership", "words": "Khác."},
        }.items():
            act = getattr(services, verb if "_" in verb else f"{verb}_report")
            with pytest.raises(policies.HasMovedOn):
                act(report_id=report.pk, mandate=people.keeper, at=JULY, **said)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE plan_report SET number = '2' WHERE id = %s",
            "DELETE FROM plan_report WHERE id = %s",
            "UPDATE plan_report_file SET digest = '' WHERE report_id = %s",
            "DELETE FROM plan_report_file WHERE report_id = %s",
            "INSERT INTO plan_report_file (report_id, format, file_id, digest) "
            "SELECT report_id, 'odt', file_id, digest FROM plan_report_file "
            "WHERE report_id = %s LIMIT 1",
        ],
    )
    def test_lets_nobody_change_what_was_signed(self, plan, people, statement):
        report = a_signed(plan, people)

        with (
            pytest.raises(DatabaseError, match="signed report"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [report.pk])
        assert ReportFile.objects.filter(report=report).count() == 3

    def test_gives_a_number_once(self, plan, people):
        a_signed(plan, people)
        second = services.draft_report(
            plan_id=plan.pk,
            period=Period.half(2024, 2),
            mandate=people.keeper,
            targets=[],
            at=JULY,
        )
        services.submit_report(report_id=second.pk, mandate=people.keeper, at=JULY)

        with pytest.raises(services.Incomplete, match="đã dùng"):
            services.sign_report(
                report_id=second.pk, mandate=people.director, number="128/BC-STTTT", at=JULY
            )


class TestFiles:
    @pytest.fixture
    def report(self, plan, people):
        done(a_duty(plan, "II.4.a"), people.finance, people.keeper)
        services.rewrite_paragraph(
            report_id=a_draft(plan, people).pk,
            mandate=people.keeper,
            key="next",
            words="=1+1\nTiếp tục đôn đốc <các cơ quan> & đơn vị \x07.",
            at=JULY,
        )
        return a_signed(plan, people)

    def test_a_document_opens_with_its_headings_and_26_targets(self, report):
        document = docx.Document(io.BytesIO(file_of(report, ReportFormat.DOCX)))

        headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
        assert [words.split(".")[0] for words in headings] == ["I", "II", "III", "IV", "V"]
        [targets] = [
            table for table in document.tables if table.rows[0].cells[1].text == "Cơ quan/Đơn vị"
        ]
        rows = [[cell.text for cell in row.cells] for row in targets.rows]
        assert len(rows) == 27
        assert rows[1] == [
            "1", "Sở Ngoại vụ", "91,3 %", "95,0 %", "189", "200", "94,5 %", "-0,5 %", "66,7 %",
        ]  # fmt: skip
        assert rows[26][2] == "Chưa có số liệu"
        heading = document.tables[0]
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in heading.rows[0].cells[1].text
        assert heading.rows[1].cells[0].text == "Số: 128/BC-STTTT"
        assert "ngày 02 tháng 7 năm 2024" in heading.rows[1].cells[1].text
        assert "Tiếp tục đôn đốc <các cơ quan> & đơn vị ." in [p.text for p in document.paragraphs]

    def test_a_pdf_says_the_same(self, report):
        text = text_of(file_of(report, ReportFormat.PDF))

        for words in ("128/BC-STTTT", "Sở Ngoại vụ", "94,5 %", "V. NHIỆM VỤ TRONG THỜI GIAN TỚI"):
            assert words in text

    def test_a_workbook_holds_figures_as_figures_and_no_formula(self, report):
        book = openpyxl.load_workbook(io.BytesIO(file_of(report, ReportFormat.XLSX)))

        [targets] = [sheet for sheet in book if str(sheet["A5"].value).startswith("Chỉ tiêu hồ sơ")]
        rows = [row for row in targets.iter_rows(values_only=True) if isinstance(row[0], int)]
        assert len(rows) == 26
        assert rows[0][1:7] == ("Sở Ngoại vụ", "91,3 %", "95,0 %", 189, 200, "94,5 %")
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert targets["C1"].value == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"

    @pytest.mark.parametrize("format_", list(ReportFormat))
    def test_are_the_same_to_the_byte_whenever_they_are_made(self, report, format_):
        signed = papers.Signed(
            at=datetime(2024, 7, 2, 2, tzinfo=UTC), number="1", signer="Mai Quốc Cường"
        )
        content = content_of(report)

        once = papers.written(format_, content, signed)

        assert papers.written(format_, content, signed) == once

    def test_content_survives_being_kept(self, report):
        content = content_of(report)

        assert msgspec.convert(msgspec.to_builtins(content), Content) == content
        assert {block.kind for block in content.blocks} == set(BlockKind)


def test_another_officer_of_the_keeper_may_go_on_with_a_draft(plan, people):
    report = a_draft(plan, people)
    colleague = a_processor(an_agency(KEEPER))

    services.submit_report(report_id=report.pk, mandate=colleague, at=JULY)
    assert services.sign_report(
        report_id=report.pk, mandate=people.director, number="1", at=JULY
    ).signed_at
