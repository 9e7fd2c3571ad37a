from dataclasses import replace

import pytest

from motcua.procedures.definitions import LegalBasis, compile_definition, differences
from tests.procedures.builders import a_definition

from .builders import BY, HOW, PAGE, WHAT, a_reading


@pytest.fixture
def ours():
    version = compile_definition(a_definition(), source="")
    return replace(version, legal_bases=(LegalBasis(number="1/2024/QĐ-UBND", name="Về mèo"),))


def agreeing(version, **changes):
    """Return a national record that says what the version says."""
    words = {"online": "Trực tuyến", "post": "Dịch vụ bưu chính", "direct": "Trực tiếp"}
    units = {"working_day": "Ngày làm việc", "day": "Ngày", "hour": "Giờ", "month": "Tháng"}
    case = next(iter(version.cases.values()))
    rows = "".join(
        f"{words[channel]}{case.limits[channel].amount} {units[case.limits[channel].unit]}Miễn phí"
        for channel in sorted(version.channels)
    )
    papers = "".join(
        f"{component.name}1 bản chính"
        for each in version.cases.values()
        for component in each.components
    )
    bases = "".join(f"{basis.name}{basis.number}" for basis in version.legal_bases)
    return a_reading(
        **{
            "ten_thu_tuc": version.name,
            "cach_thuc_thuc_hien": f"{HOW}{rows}",
            "thanh_phan_ho_so": f"--{WHAT}{papers}",
            "can_cu_phap_ly": f"{BY}{bases}",
            "ket_qua_xu_ly": f"Giấy chứng nhậnMã: {version.result_code}{PAGE}",
        }
        | changes
    )


def told(version, national):
    return [(each.field, each.here, each.there) for each in differences(version, national)]


class TestDifferences:
    def test_are_none_where_both_say_the_same(self, ours):
        assert told(ours, agreeing(ours)) == []

    def test_in_the_name_are_told_unless_only_the_spelling_differs(self, ours):
        assert told(ours, agreeing(ours, ten_thu_tuc=ours.name.upper())) == []
        assert told(ours, agreeing(ours, ten_thu_tuc=f"Thủ tục {ours.name}")) == []
        assert told(ours, agreeing(ours, ten_thu_tuc="Bán mèo")) == [("name", ours.name, "Bán mèo")]

    def test_in_time_and_channels_are_told(self, ours):
        found = told(ours, agreeing(ours, cach_thuc_thuc_hien=f"{HOW}Trực tiếp99 ThángMiễn phí"))

        assert ("channels", "direct, online", "direct") in found
        assert next(each for each in found if each[0] == "time")[2] == "99 month"

    def test_in_time_are_not_told_if_only_the_unit_is_missing(self, ours):
        amount = next(iter(ours.cases.values())).limits["direct"].amount
        national = agreeing(ours, cach_thuc_thuc_hien=f"{HOW}Trực tiếp{amount}Miễn phí")

        assert "time" not in {field for field, *_ in told(ours, national)}

    def test_in_papers_are_told_on_either_side(self, ours):
        found = told(ours, agreeing(ours, thanh_phan_ho_so=f"--{WHAT}Hợp đồng mua cá1 bản chính"))

        assert ("components", "", "Hợp đồng mua cá") in found
        assert any(field == "components" and here for field, here, _there in found)

    def test_in_remarks_among_the_papers_are_not_told(self, ours):
        remark = f"{WHAT}Số lượng hồ sơ: 01 bộ0 bản chính"

        found = told(ours, agreeing(ours, thanh_phan_ho_so=f"--{remark}"))

        assert not [there for field, _here, there in found if field == "components" and there]

    def test_in_results_and_legal_bases_are_told(self, ours):
        found = told(
            ours,
            agreeing(
                ours,
                ket_qua_xu_ly=f"Thẻ cáMã: KQ.G01.000001{PAGE}",
                can_cu_phap_ly=f"{BY}Luật cá9/2030/QH19",
            ),
        )

        assert ("results", ours.result_code, "KQ.G01.000001") in found
        assert ("legal_bases", "", "9/2030/QH19 Luật cá") in found
        assert ("legal_bases", "1/2024/QĐ-UBND Về mèo", "") in found

    def test_are_not_told_of_what_was_not_read(self, ours):
        unread = agreeing(
            ours,
            cach_thuc_thuc_hien="Theo hướng dẫn.",
            thanh_phan_ho_so="Theo hướng dẫn.",
            can_cu_phap_ly="Theo hướng dẫn.",
        )

        assert told(ours, unread) == []
