"""What people type, among several hundred real names. Each list tries one thing the search can."""

import random

import pytest

from motcua.kernel import text
from motcua.procedures.queries.entries import SearchEntry
from motcua.procedures.queries.ranking import Index
from motcua.procedures.queries.synonyms import Synonyms, read_synonyms
from motcua.procedures.queries.titles import head_of

from . import names
from .names import first_codes

WITHOUT_ACCENTS = [
    ("dang ky khai sinh", "1.001193"),
    ("dang ki khai tu", "1.000656"),
    ("dang ky ket hon", "1.000894"),
    ("dang ky lai khai sinh", "1.004884"),
    ("xac nhan tinh trang hon nhan", "1.004873"),
    ("chung thuc chu ky", "2.000884"),
    ("dang ky tam tru", "1.004194"),
    ("gia han tam tru", "1.002755"),
    ("tach ho", "1.010038"),
    ("doi giay phep lai xe", "3.000347"),
    ("tach thua", "1.012784"),
    ("cap lai the can cuoc", "1.014064"),
    ("thanh lap ho kinh doanh", "1.001612"),
    ("cong ty tnhh mot thanh vien", "2.001583"),
    ("giay phep xay dung moi cong trinh cap iii", "1.013225"),
    ("giay phep xay dung moi cong trinh cap 3", "1.013225"),
    ("chat ha cay xanh", "1.002693"),
    ("huong bhxh mot lan", "1.001613"),
    ("cap chung chi moi gioi bat dong san", "1.012906"),
    ("phong chay chua chay nghiem thu", "3.000490"),
]
IN_ANY_ORDER = [
    ("khai sinh dang ky lai", "1.004884"),
    ("can cuoc the cap doi", "1.014063"),
    ("lai xe giay phep cap lai", "3.000348"),
    ("nuoc ngoai yeu to khai sinh", "2.000528"),
]
SLIPS = [
    ("khai sih", "1.001193"),
    ("kahi sinh", "1.001193"),
    ("dang ky khai sin", "1.001193"),
    ("khaii sinh", "1.001193"),
    ("dang ky ket hom", "1.000894"),
    ("tinh tragn hon nhan", "1.004873"),
    ("giay phep xay dugn", "1.013225"),
    ("ho kinh doamh", "1.001612"),
    ("doi giay phep lai xee", "3.000347"),
]
RUN_TOGETHER_OR_BROKEN = [
    ("khaisinh", "1.001193"),
    ("dangkykethon", "1.000894"),
    ("kh ai sinh", "1.001193"),
    ("hokinhdoanh", "1.001612"),
    ("tachthua", "1.012784"),
]
LEFTOVERS = [
    ("dang1 ky1 ket61 hon6", "1.000894"),
    ("ddawng kys keets hoon", "1.000894"),
    ("ddaawng kis khai sinh", "1.001193"),
    ("ho65 kinh doanh", "1.001612"),
    ("giaays pheps xaay duwngj", "1.013225"),
    ("tachs thuwar", "1.012784"),
]
MESSAGES = [
    ("dk ket hon", "1.000894"),
    ("đk khai sinh", "1.001193"),
    ("gcn dk ho kinh doanh bi mat", "2.000575"),
    ("cty cp", "2.002043"),
    ("dntn", "2.001610"),
]
ABBREVIATIONS = [
    ("gks", "1.001193"),
    ("đkkh", "1.000894"),
    ("gpxd", "1.013225"),
    ("lltp", "3.000333"),
    ("gplx", "3.000347"),
    ("cccd", "1.014061"),
    ("hkd", "1.001612"),
    ("ctcp", "2.002043"),
    ("cong ty tnhh mtv", "2.001583"),
    ("dkks", "1.001193"),
    ("xntthn", "1.004873"),
]
EVERYDAY = [
    ("giay khai sinh cho con", "1.001193"),
    ("mo quan an", "1.001612"),
    ("giay doc than", "1.004873"),
    ("sao y ban chinh", "2.000815"),
    ("sang ten xe may", "1.013076"),
    ("lam lai bang lai", "3.000348"),
    ("nhap ho khau", "1.004222"),
    ("tach khau", "1.010038"),
    ("cat nha", "1.013225"),
    ("mat so do", "1.012786"),
    ("giai chap so do", "1.011443"),
    ("khoan gieng", "1.001662"),
    ("rut bhxh 1 lan", "1.001613"),
    ("passport", "1.001456"),
    ("giay chung tu", "1.000656"),
    ("khong tien an tien su", "3.000333"),
    ("toi muon lam giay khai sinh cho con thi can giay to gi", "1.001193"),
    ("ban thuoc tru sau", "1.004363"),
    ("mo cua hang thuoc thu y", "1.001686"),
    ("thue via he", "1.013274"),
]
UNFINISHED = [
    ("khai s", "1.001193"),
    ("dang ky ket h", "1.000894"),
    ("ho kinh do", "1.001612"),
    ("tach th", "1.012784"),
]
CODES = [("1.001193", "1.001193"), ("1001193", "1.001193"), ("001193", "1.001193")]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *WITHOUT_ACCENTS, *IN_ANY_ORDER, *SLIPS, *RUN_TOGETHER_OR_BROKEN, *LEFTOVERS, *MESSAGES,
        *ABBREVIATIONS, *EVERYDAY, *UNFINISHED, *CODES,
    ],
)  # fmt: skip
def test_what_people_mean_is_among_the_first_three(typed, code):
    assert code in first_codes(typed)


class TestOrder:
    def test_exact_accents_come_first(self):
        index = Index(
            [an_entry("1.000002", "Cấp bạn đường"), an_entry("1.000003", "Cấp bán đường")],
            NO_SYNONYMS,
        )

        assert asked(index, "bạn đường")[0] == "1.000002"
        assert asked(index, "bán đường")[0] == "1.000003"

    def test_where_the_tone_stands_does_not_matter(self):
        index = Index(
            [an_entry("1.000002", "Cấp thẻ hỏa táng"), an_entry("1.000003", "Cấp thẻ hoa tang")],
            NO_SYNONYMS,
        )

        assert asked(index, "hoả táng")[0] == "1.000002"

    def test_common_services_come_before_others_with_the_same_words(self):
        index = Index(
            [an_entry("1.999999", "Đăng ký mèo"), an_entry("1.001193", "Đăng ký chó")], NO_SYNONYMS
        )

        assert asked(index, "dang ky") == ["1.001193", "1.999999"]

    def test_what_is_settled_near_comes_before_the_ministry(self):
        assert first_codes("cap lai the can cuoc")[0] == "1.014064"  # at the commune
        assert first_codes("cap lai the can cuoc trung uong")[0] == "1.000757"

    def test_the_level_asked_for_comes_first(self):
        assert first_codes("ho chieu pho thong cap trung uong")[0] == "1.001471"

    def test_a_short_name_that_was_asked_for_comes_before_a_long_one_that_has_it_too(self):
        assert first_codes("dang ky khai sinh")[0] == "1.001193"
        assert first_codes("dang ky khai sinh luu dong")[0] == "1.003583"


class TestWords:
    def test_a_word_that_is_one_is_doubted_only_without_its_neighbours(self):
        question, _matches = names.index().ask("giay phep khai thac nuoc mat")

        assert question.reading.corrected == ()
        assert question.said == ()  # "mat" is not "mất" here

    def test_an_accent_that_was_typed_keeps_a_saying_of_other_accents_away(self):
        bare, _matches = names.index().ask("so do")
        typed, _matches = names.index().ask("sơ đồ")

        assert [said for said, _meaning in bare.said] == ["sổ đỏ"]
        assert typed.said == ()

    def test_what_was_corrected_is_told(self):
        question, _matches = names.index().ask("dang ky khai sih")

        assert question.reading.corrected == (("sih", "sinh"),)

    def test_a_word_that_nothing_resembles_is_told(self):
        question, matches = names.index().ask("xyzzyqk")

        assert question.reading.unknown == ("xyzzyqk",)
        assert matches == []

    def test_what_may_be_two_sayings_without_accents_is_tried_as_both(self):
        index = Index(
            [
                an_entry("1.000002", "Cấp phép xe cơ giới cải tạo"),
                an_entry("1.000003", "Đăng ký tuyến vận tải hành khách"),
            ],
            synonyms_of("xe cơ giới cải tạo: [xe độ]", "tuyến vận tải hành khách: [xe đò]"),
        )

        assert set(asked(index, "xe do")) == {"1.000002", "1.000003"}
        assert asked(index, "xe độ") == ["1.000002"]

    def test_one_saying_may_be_meant_and_the_next_not(self):
        index = Index(
            [
                an_entry("1.000002", "Công bố khu neo đậu tàu"),
                an_entry("1.000003", "Đăng ký khu vui chơi nước ngọt"),
            ],
            synonyms_of("khu neo đậu: [bãi đậu]", "nước ngọt: [tàu]"),
        )

        assert asked(index, "bai dau tau")[0] == "1.000002"

    @pytest.mark.parametrize("typed", ["", "!?", "đ" * 200, "a " * 100, "1" * 200, "̀́", "%_'\"\\"])
    def test_nothing_that_can_be_typed_breaks_it(self, typed):
        names.index().ask(typed)


class TestEveryName:
    """Each of the names, spoilt in one way, is found again."""

    @pytest.mark.parametrize(
        ("spoil", "least"),
        [
            ("none", 0.99),
            ("accents", 0.96),
            ("order", 0.95),
            ("one in five dropped", 0.92),
            ("one slip", 0.95),
            ("two together", 0.95),
        ],
    )
    def test_is_found_again(self, spoil, least):
        rng = random.Random(11)
        found = [
            entry.code in first_codes(spoilt(entry.name, spoil, rng)) or _twin(entry, spoil)
            for entry in names.entries()
        ]

        assert sum(found) / len(found) >= least


def _twin(entry: SearchEntry, spoil: str) -> bool:
    """Whether another procedure has the same name but for its brackets: then neither is right."""
    head = text.fold(head_of(entry.name))
    others = [e for e in names.entries() if e.code != entry.code]
    return spoil != "none" and any(text.fold(head_of(e.name)) == head for e in others)


def spoilt(name: str, how: str, rng: random.Random) -> str:
    if how == "none":
        return name
    words = text.fold(head_of(name)).split()
    place = rng.randrange(len(words))
    match how:
        case "order":
            words = [*words[place:], *words[:place]]
        case "one in five dropped":
            words = [word for word in words if rng.random() > 0.2] or words
        case "one slip":
            long = [at for at, word in enumerate(words) if len(word) > 3]
            if long:
                at = rng.choice(long)
                words[at] = words[at][0] + words[at][2] + words[at][1] + words[at][3:]
        case "two together" if place:
            words[place - 1 : place + 1] = [words[place - 1] + words[place]]
    return " ".join(words)


NO_SYNONYMS = read_synonyms(b"words: {}\nprocedures: {}\n", source="none")


def synonyms_of(*lines: str) -> Synonyms:
    words = "".join(f"  {line}\n" for line in lines)
    return read_synonyms(f"words:\n{words}procedures: {{}}\n".encode(), source="some")


def an_entry(code: str, name: str) -> SearchEntry:
    return names.entry_of_record(
        code=code, name=name, field_name="Thú cưng", levels=["commune"],
        audience=["Công dân Việt Nam"], agency="", results=(), channels=(),
    )  # fmt: skip


def asked(index: Index, typed: str) -> list[str]:
    _question, matches = index.ask(typed)
    return [index.entries[match.entry].code for match in matches]
