"""The engine against two other ways to the same numbers: by hand, and by a spreadsheet."""

import random
import shutil
import subprocess
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from motcua.steering.definitions.index766 import Level, Quantity, score
from tests.steering.index766.rows import PROFILE
from tests.steering.index766.second import CODES, COLUMNS, by_hand, random_month

MONTHS = 1000
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

# A criterion as a formula over the columns of its line: what anybody can check with the decision
# beside the screen.
FORMULAS = {
    "PUBLISH_ON_TIME": "IF({announced}=0,0,6*{announced_on_time}/{announced})",
    "PUBLIC_UPDATE_ON_TIME": "IF({update_due}=0,0,4*{updated_on_time}/{update_due})",
    "PUBLIC_CONTENT_FULL": "IF({procedures}=0,0,2*{procedures_complete}/{procedures})",
    "DOSSIER_SYNC": "IF({received}=0,0,6*{synced}/{received})",
    "DOSSIER_PROCESSING_ON_TIME": (
        "IF({work_ended}+{work_open}=0,0,20*({work_ended}-{work_ended_late}"
        "+{work_open}-{work_overdue})/({work_ended}+{work_open}))"
    ),
    "ONLINE_FORMALITY_PROVIDED": ("IF({procedures}=0,0,MIN(2,2*({services}/{procedures})/80%))"),
    "ONLINE_FORMALITY_USED": "IF({services}=0,0,4*{services_used}/{services})",
    "ONLINE_DOSSIER": (
        "IF({received}=0,0,MIN(6,6*({online_complete}/{received})*({synced}/{received})/50%))"
    ),
    "PAYMENT_FORMALITY_PROVIDED": (
        "IF({fee_procedures}=0,0,MIN(2,2*({fee_procedures_payable}/{fee_procedures})/80%))"
    ),
    "PAYMENT_FORMALITY_USED": (
        "IF({fee_procedures}=0,0,MIN(2,2*({fee_procedures_paid}/{fee_procedures})/80%))"
    ),
    "PAYMENT_DOSSIER": "IF({fee_due}=0,0,6*{paid_online}/{fee_due})",
    "ORIGINAL_RESULT_AVAILABLE": "IF({result_due}=0,0,6*{result_electronic}/{result_due})",
    "SO_HOA_GIAY_TO_GIAI_QUYET": "IF({received}=0,0,MIN(4,4*({digitised}/{received})/80%))",
    "ELECTRONIC_CERTIFIED_COPY": (
        "IF({certifying}=0,0,2*{certifying_electronically}/{certifying})"
    ),
    "REUSED_DIGITIZED_DATA": "IF({received}=0,0,MIN(2,2*({reused}/{received})/80%))",
    "SYNCED_WITH_DVCQG_PERSONAL_STORAGE": "IF({received}=0,0,4*{shared}/{received})",
    "CITIZEN_DATA_CONNECTED_FORMALITY": (
        "IF({procedures_for_persons}=0,0,2*{procedures_with_citizen_data}/{procedures_for_persons})"
    ),
    "CITIZEN_DATA_CONNECTED_DOSSIER": "IF({received}=0,0,2*{citizen_data}/{received})",
    "PETITION_PROCESSING_ON_TIME": "IF({petitions}=0,6,6*{petitions_on_time}/{petitions})",
    "PETITION_HANDLING_SATISFACTION": (
        "IF({petitions_first}=0,6,6*{petitions_content}/{petitions_first})"
    ),
    "DOSSIER_RECEIVING_SATISFACTION": (
        "IF({received}=0,0,MIN(6,MAX(0,6*(1-{late}/{received}-{unhappy}/{received})/90%)))"
    ),
}


@pytest.fixture(scope="module")
def months():
    dice = random.Random(766)
    return [random_month(dice) for _each in range(MONTHS)]


def engine(month):
    amounts = {Quantity(name): number for name, number in month.items()}
    return score(PROFILE, level=Level.CITY, amounts=amounts | {Quantity.ONLINE: 0})


def difference(points: Fraction, others: Decimal | float) -> Fraction:
    return abs(points - Fraction(others))


class TestASecondImplementation:
    def test_comes_to_the_same_points_of_every_criterion_in_a_thousand_months(self, months):
        for month in months:
            found, expected = engine(month), by_hand(month)

            scored = {each.criterion.code: each.points for each in found.criteria}
            scored.pop("PETITION_RECEIVED")
            assert scored.keys() == expected.keys() == set(CODES)
            for code, points in scored.items():
                assert difference(points, expected[code]) < Fraction(1, 10**50), (code, month)
            assert difference(found.total, sum(expected.values())) < Fraction(1, 10**48)

    def test_saw_months_of_every_kind(self, months):
        states = {each.state.value for month in months for each in engine(month).criteria}
        bands = {engine(month).band.key for month in months}

        assert {"counted", "empty", "information"} <= states
        assert len(bands) >= 3


@pytest.mark.skipif(
    OFFICE is None,
    reason="LibreOffice was not found: install libreoffice-calc, and it recalculates the workbook",
)
@pytest.mark.slow
class TestASpreadsheet:
    def test_comes_to_the_same_points_of_every_criterion_in_a_thousand_months(
        self, months, tmp_path
    ):
        workbook = _written(months, tmp_path / "chi-so-766.xlsx")

        sheet = _recalculated(workbook, tmp_path / "out")

        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        assert len(rows) == MONTHS
        for month, row in zip(months, rows, strict=True):
            found = engine(month)
            for code, value in zip(CODES, row[len(COLUMNS) :], strict=False):
                assert difference(found.of(code).points, value) < Fraction(1, 10**9), (code, month)
            assert difference(found.total, row[-1]) < Fraction(1, 10**9)


def _written(months, path):
    # No formula has a stored value: what comes back was calculated.
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("766")
    for column, name in enumerate((*COLUMNS, *CODES, "TOTAL")):
        sheet.write_string(0, column, name)
    first, last = (xl_col_to_name(len(COLUMNS) + n) for n in (0, len(CODES) - 1))
    for number, month in enumerate(months, start=1):
        places = {
            name: f"{xl_col_to_name(column)}{number + 1}" for column, name in enumerate(COLUMNS)
        }
        for column, name in enumerate(COLUMNS):
            sheet.write_number(number, column, month[name])
        for column, code in enumerate(CODES, start=len(COLUMNS)):
            sheet.write_formula(number, column, "=" + FORMULAS[code].format(**places), None, "")
        total = f"=SUM({first}{number + 1}:{last}{number + 1})"
        sheet.write_formula(number, len(COLUMNS) + len(CODES), total, None, "")
    book.close()
    return path


def _recalculated(workbook, folder):
    profile = (folder / "profile").as_uri()
    options = [f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [OFFICE, *options, "--outdir", str(folder), str(workbook)],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return openpyxl.load_workbook(folder / workbook.name, data_only=True)["766"]
