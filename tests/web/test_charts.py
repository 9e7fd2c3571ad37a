"""Charts are pictures with a name and words, and draw what they are told to scale."""

import re
from xml.etree import ElementTree

import pytest

from motcua.web.charts import Bar, MonthPoint, Outcome, months_line, printed, share_bars, sparkline
from motcua.web.charts.drawing import place
from motcua.web.charts.lines import shown

SVG = "{http://www.w3.org/2000/svg}"
POINTS = [MonthPoint(month=month, tenths=300 + 10 * month) for month in range(1, 7)]


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def marks(svg: str, kind: str) -> list[ElementTree.Element]:
    return [each for each in drawn(svg).iter() if kind in each.attrib.get("class", "").split()]


def bars(*told: Bar) -> str:
    return share_bars(told, key="k", title="Tên", told="Lời")


def a_year(**changes) -> str:
    given = {
        "so_far": 335,
        "target": 500,
        "outcome": Outcome(tenths=360, low=340, high=400),
        "key": "k",
        "title": "Tên",
        "told": "Lời",
    }
    return months_line(POINTS, **{**given, **changes})


class TestAPicture:
    @pytest.mark.parametrize("svg", [bars(), a_year()])
    def test_has_a_name_and_words(self, svg):
        root = drawn(svg)

        assert root.attrib["role"] == "img"
        named = [root.find(f"{SVG}title"), root.find(f"{SVG}desc")]
        assert root.attrib["aria-labelledby"].split() == [each.attrib["id"] for each in named]
        assert [each.text for each in named] == ["Tên", "Lời"]

    def test_has_no_colour_or_style_of_its_own(self):
        svg = bars(Bar(name="a", actual=300, target=500)) + a_year()

        assert not re.search(r"style=|fill=|stroke=|#[0-9a-f]{3}", svg)

    def test_takes_words_for_words(self):
        assert "<script>" not in bars(Bar(name="<script>", actual=1, target=None))


class TestBars:
    def test_are_to_scale(self):
        svg = bars(Bar(name="a", actual=1000, target=None), Bar(name="b", actual=250, target=None))

        whole, quarter = (float(each.attrib["width"]) for each in marks(svg, "mc-chart__bar"))
        assert quarter * 4 == pytest.approx(whole, abs=4)

    def test_are_hatched_where_the_target_is_far(self):
        behind = Bar(name="a", actual=300, target=500, falls_short=True)

        assert marks(bars(behind), "mc-chart__hatch")
        assert not marks(bars(Bar(name="a", actual=600, target=500)), "mc-chart__hatch")

    def test_leave_out_what_is_not_known(self):
        svg = bars(Bar(name="a", actual=None, target=None))

        assert not marks(svg, "mc-chart__bar") + marks(svg, "mc-chart__target")


class TestMonths:
    def test_open_a_fan_to_what_is_foretold(self):
        svg = a_year()

        assert len(marks(svg, "mc-chart__point")) == 6
        assert len(marks(svg, "mc-chart__band")) == 1
        assert "Dự báo 36,0 %" in svg
        assert "Chỉ tiêu 50,0 %" in svg

    def test_have_no_fan_once_the_year_is_over(self):
        assert not marks(a_year(outcome=None), "mc-chart__band")

    def test_of_a_spark_are_named(self):
        assert 'aria-label="tăng"' in sparkline(POINTS, told="tăng")
        assert sparkline(POINTS[:1], told="tăng") == ""


def test_on_paper_it_is_black_and_whole():
    root = drawn(printed(a_year()))

    assert "font-family:Tinos" in root.find(f"{SVG}style").text


@pytest.mark.parametrize(("number", "told"), [(0, "0"), (12, "12"), (-5, "-5")])
def test_places_are_plain(number, told):
    assert place(number) == told


def test_percents_are_said_with_a_comma():
    assert [shown(tenths) for tenths in (297, -5)] == ["29,7 %", "−0,5 %"]
