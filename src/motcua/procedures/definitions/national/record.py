"""One object of the crawl, read."""

import re
from typing import Any

from django.utils.translation import gettext as _

from . import plain
from .bases import read_bases
from .channels import read_channels
from .components import read_components
from .procedure import Mark, NationalProcedure
from .results import read_results

CODE = re.compile(r"\d\.\d{6}(?:(?:\.\d{3}\.\d{2}\.\d{2})?\.[A-Z]\d{2})?", re.ASCII)
CODE_KEY = "ma_thu_tuc"
NAME_CHARACTERS_MAX = 4_000

# Under which key of the crawl each field stands.
SOURCES = {
    "name": "ten_thu_tuc",
    "field": "linh_vuc",
    "level": "cap_thuc_hien",
    "audience": "doi_tuong_thuc_hien",
    "agency": "co_quan_thuc_hien",
    "decision": "so_quyet_dinh",
    "channels": "cach_thuc_thuc_hien",
    "time": "cach_thuc_thuc_hien",
    "fees": "cach_thuc_thuc_hien",
    "components": "thanh_phan_ho_so",
    "legal_bases": "can_cu_phap_ly",
    "results": "ket_qua_xu_ly",
    "steps": "trinh_tu_thuc_hien",
    "conditions": "yeu_cau_dieu_kien",
}

_LEVELS = {
    "Cấp bộ": "ministry",
    "Cấp tỉnh": "province",
    "Cấp huyện": "district",
    "Cấp xã": "commune",
    "Cơ quan khác": "other",
}
# Two of the audiences have commas of their own.
_AUDIENCE_WITH_COMMAS = {"Cán bộ, công chức, viên chức": "Cán bộ; công chức; viên chức"}


class InvalidRecord(Exception):
    """The object is no procedure: without a code or a name it could not even be shown."""


def read_national(original: dict[str, Any]) -> NationalProcedure:
    """
    Read an object of the crawl, which stays as it is.

    :raises InvalidRecord: if its code or its name is missing or malformed
    """
    code = original.get(CODE_KEY)
    if not isinstance(code, str) or not CODE.fullmatch(code.strip()):
        raise InvalidRecord(_("mã thủ tục thiếu hoặc sai dạng (ví dụ đúng: 1.001193)"))
    name, name_mark = plain.one_line(original, SOURCES["name"])
    if not name or len(name) > NAME_CHARACTERS_MAX:
        raise InvalidRecord(_("tên thủ tục thiếu hoặc quá dài"))
    if "<" in str(original[SOURCES["name"]]) and "<" not in name:
        name_mark = Mark.PARTLY  # markup was taken out: somebody should look at it
    field, field_mark = plain.one_line(original, SOURCES["field"])
    levels, level_mark = _levels(original)
    audience, audience_mark = _audience(original)
    agency, agency_mark = plain.one_line(original, SOURCES["agency"])
    decision, decision_mark = plain.one_line(original, SOURCES["decision"])
    channels = read_channels(original, SOURCES["channels"])
    components, components_mark = read_components(original, SOURCES["components"])
    bases, bases_mark = read_bases(original, SOURCES["legal_bases"])
    results, results_mark = read_results(original, SOURCES["results"])
    steps, steps_mark = plain.several_lines(original, SOURCES["steps"])
    conditions, conditions_mark = plain.several_lines(original, SOURCES["conditions"])
    return NationalProcedure(
        code=code.strip(),
        name=name,
        field=field,
        levels=levels,
        audience=audience,
        agency=agency,
        decision=decision,
        channels=channels.rows,
        components=components,
        legal_bases=bases,
        results=results,
        steps=steps,
        conditions=conditions,
        marks={
            "name": name_mark,
            "field": field_mark,
            "level": level_mark,
            "audience": audience_mark,
            "agency": agency_mark,
            "decision": decision_mark,
            "channels": channels.mark,
            "time": channels.time,
            "fees": channels.fees,
            "components": components_mark,
            "legal_bases": bases_mark,
            "results": results_mark,
            "steps": steps_mark,
            "conditions": conditions_mark,
        },
    )


def _levels(original: dict[str, Any]) -> tuple[tuple[str, ...], Mark]:
    printed, mark = plain.words(original, SOURCES["level"])
    if any(word not in _LEVELS for word in printed):
        mark = Mark.PARTLY
    return tuple(_LEVELS.get(word, word) for word in printed), mark


def _audience(original: dict[str, Any]) -> tuple[tuple[str, ...], Mark]:
    key = SOURCES["audience"]
    printed = original.get(key)
    if isinstance(printed, str):
        for words, joined in _AUDIENCE_WITH_COMMAS.items():
            printed = printed.replace(words, joined)
    found, mark = plain.words({key: printed}, key)
    parted = {joined: words for words, joined in _AUDIENCE_WITH_COMMAS.items()}
    return tuple(parted.get(word, word) for word in found), mark
