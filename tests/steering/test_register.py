"""The register of the annex: read whole or not at all, and loaded once."""

import pytest
import yaml

from motcua.kernel.ledger.models import LedgerEvent
from motcua.steering.definitions.targets import (
    REGISTER_OF_2024,
    InvalidRegister,
    read_register,
)
from motcua.steering.models import Target
from motcua.steering.queries.targets import standing_targets
from motcua.steering.services import load_targets
from tests.builders import NOW, TODAY, an_agency, the_city


class TestTheAnnex:
    def test_has_26_rows_in_its_order(self):
        register = read_register()

        assert [line.row for line in register.lines] == list(range(1, 27))
        assert (register.floor, register.year, register.baseline_year) == (500, 2024, 2023)
        assert sum(line.baseline for line in register.lines) == 16_003
        assert sum(line.target for line in register.lines) == 17_590

    def test_keeps_what_the_paper_prints(self):
        [nineteenth] = [line for line in read_register().lines if line.row == 19]

        assert nineteenth.agency == "Ủy ban nhân dân quận Cái Răng"
        assert nineteenth.wording == "UBND quận Răng"

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            ({"target": 1001}, "1000"),
            ({"target": 0}, ">= 1"),
            ({"row": 2}, "row 2 stands 2 times"),
            ({"agency": "Sở Nội vụ"}, "'Sở Nội vụ' stands 2 times"),
            ({"wording": "Sơ\u0309"}, "not NFC"),
            ({"share": 1}, "unknown field"),
        ],
    )
    def test_is_refused_with_what_is_wrong_in_it(self, tmp_path, change, fault):
        told = yaml.safe_load(REGISTER_OF_2024.read_text())
        told["lines"][0] |= change
        path = tmp_path / "targets.yaml"
        path.write_text(yaml.safe_dump(told, allow_unicode=True))

        with pytest.raises(InvalidRegister, match=fault):
            read_register(path)

    def test_sets_no_targets_before_its_baseline(self, tmp_path):
        told = yaml.safe_load(REGISTER_OF_2024.read_text())
        path = tmp_path / "targets.yaml"
        path.write_text(yaml.safe_dump(told | {"year": 2023}, allow_unicode=True))

        with pytest.raises(InvalidRegister, match="baseline_year"):
            read_register(path)


@pytest.mark.django_db
class TestLoading:
    def test_sets_26_targets_with_their_source_and_head(self):
        the_city()

        load = load_targets(at=NOW)

        assert (load.created, load.unknown) == (26, ())
        target = standing_targets(TODAY, at=NOW)[an_agency("Ủy ban nhân dân quận Cái Răng").pk]
        assert (target.tenths, target.baseline_tenths, target.baseline_year) == (500, 265, 2023)
        assert (target.source, target.source_row) == ("Kế hoạch số 67/KH-UBND", 19)
        assert target.source_wording == "UBND quận Răng"
        assert target.head.unit.agency_id == target.agency_id

    def test_does_nothing_a_second_time(self):
        the_city()
        load_targets(at=NOW)
        told = LedgerEvent.objects.count()

        assert load_targets(at=NOW).created == 0
        assert (Target.objects.count(), LedgerEvent.objects.count()) == (26, told)

    def test_tells_every_target_to_the_ledger(self):
        the_city()
        load_targets(at=NOW)

        assert LedgerEvent.objects.filter(kind="steering.target-set").count() == 26

    def test_passes_over_who_is_not_there(self):
        assert load_targets(at=NOW).unknown[0] == "Sở Ngoại vụ"
