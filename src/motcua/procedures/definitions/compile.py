"""A definition becomes a version, or is refused with everything that is wrong with it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.calendars.limits import (
    COUNTED_BY_LAW,
    AfterHours,
    Counting,
    FirstDay,
    LimitUnit,
    PausePolicy,
    Rounding,
)
from motcua.offices.models import AgencyKind

from .cases import cases_of
from .form import Form, Widget
from .linked import linked_of
from .questions import form_of
from .reading import Problems, Sheet, refuse_doubles
from .routes import limit_of, route_of
from .version import (
    Audience,
    Channel,
    Elsewhere,
    Extension,
    LegalBasis,
    OnlineLevel,
    OnSilence,
    Screen,
    SupplementRule,
    Version,
)

SCREENS_MAX = 5  # more than that is a form
EXTENSIONS_MAX = 5

_SETTLED_WHERE_ASKED = frozenset({AgencyKind.COMMUNE, AgencyKind.DISTRICT})


def compile_definition(
    definition: Mapping[str, Any],
    *,
    source: str = "",
    version_id: int = 0,
    procedure_id: int = 0,
    number: int = 0,
) -> Version:
    """
    Return the version that the definition describes.

    :raises InvalidDefinition: with every problem, each as "source: path: what to write"
    """
    problems = Problems(source)
    sheet = Sheet(definition, "", problems)
    field = sheet.sheet("field")
    result = sheet.sheet("result")
    route = sheet.sheet("route")
    # The form first: everything else may make conditions of its questions.
    form, fields = form_of(sheet.sheet("form"))
    channels = sheet.choices("channels", Channel)
    first_step, steps = route_of(route)
    level = sheet.choice("level", OnlineLevel)
    settled_by = _settled_by_of(sheet)
    settling_agency = _settling_agency_of(sheet, settled_by[0])
    code = sheet.text("code", like=r"[0-9]\.[0-9]{6}", example="1.001193")
    counting = _counting_of(sheet.sheet("counting")) if "counting" in sheet else COUNTED_BY_LAW
    cases = cases_of(sheet, channels=channels, fields=fields, counting=counting)
    version = Version(
        id=version_id,
        procedure_id=procedure_id,
        number=number,
        valid_from=sheet.day("valid_from"),
        code=code,
        name=sheet.text("name", longest=500),
        field_code=field.text("code", longest=30),
        field_name=field.text("name"),
        summary=sheet.text("summary", longest=1000),
        audience=tuple(sorted(a.value for a in sheet.choices("audience", Audience))),
        who=sheet.texts("who"),
        where=sheet.text("where", longest=500),
        screening=_screening_of(sheet),
        settled_by=tuple(kind.value for kind in settled_by),
        settling_agency=settling_agency,
        settling_question=_settling_question_of(sheet, settled_by[0], form),
        level=level,
        level_reason=sheet.text(
            "level_reason", required=level is not OnlineLevel.FULL, longest=500
        ),
        elsewhere=_elsewhere_of(sheet, level),
        channels=channels,
        result_code=result.text(
            "code", required=False, like=r"KQ\.[A-Z][0-9]{2}\.[0-9]{6}", example="KQ.G15.000031"
        ),
        result_name=result.text("name"),
        intake_limit=limit_of(sheet.sheet("intake_limit")),
        pause_policy=sheet.choice("pause_policy", PausePolicy),
        extension=_extension_of(sheet.sheet("extension")) if "extension" in sheet else None,
        counting=counting,
        cases=cases,
        form=form,
        steps=steps,
        first_step=first_step,
        legal_bases=tuple(_legal_basis_of(each) for each in sheet.sheets("legal_bases")),
        keywords=sheet.texts("keywords", longest=60),
        linked=(
            linked_of(sheet.sheet("linked"), code=code, form=form, cases=cases, fields=fields)
            if "linked" in sheet
            else None
        ),
        supplement=_supplement_of(sheet.sheet("supplement")) if "supplement" in sheet else None,
    )
    if version.linked is not None and version.extension is not None:
        sheet.refuse("extension", _("hồ sơ liên thông gia hạn ở từng phần, không ở đây."))
    if level is OnlineLevel.FULL and Channel.ONLINE not in channels:
        sheet.refuse("channels", _("toàn trình thì phải nhận trực tuyến (online)."))
    for each in (field, result, sheet):
        each.finish()
    problems.raise_if_any()
    return version


def _elsewhere_of(sheet: Sheet, level: OnlineLevel) -> Elsewhere | None:
    if "elsewhere" not in sheet:
        return None
    told = sheet.sheet("elsewhere")
    elsewhere = Elsewhere(
        name=told.text("name", longest=100),
        url=told.text(
            "url", like=r"https://[a-z0-9.-]+(?:/[!-~]*)?", example="https://dichvucong.gov.vn/"
        ),
    )
    told.finish()
    if level is not OnlineLevel.INFO_ONLY:
        sheet.refuse("elsewhere", _("nộp trực tuyến được ở đây thì không ghi trang khác."))
    return elsewhere


def _supplement_of(sheet: Sheet) -> SupplementRule:
    rule = SupplementRule(
        answer_limit=limit_of(sheet.sheet("answer_limit")),
        warn_before=limit_of(sheet.sheet("warn_before")) if "warn_before" in sheet else None,
        on_silence=sheet.choice("on_silence", OnSilence),
        basis=sheet.text("basis", longest=500),
    )
    if rule.warn_before and rule.warn_before.unit not in (LimitUnit.HOUR, LimitUnit.WORKING_DAY):
        sheet.refuse("warn_before", _("nhắc trước thì tính bằng giờ hoặc ngày làm việc."))
    if rule.on_silence is OnSilence.STOP and rule.warn_before is None:
        sheet.refuse("warn_before", _("tự dừng hồ sơ thì phải nhắc người nộp trước bao lâu."))
    sheet.finish()
    return rule


def _counting_of(sheet: Sheet) -> Counting:
    counting = Counting(
        rounding=sheet.choice("rounding", Rounding, default=COUNTED_BY_LAW.rounding),
        first_day=sheet.choice("first_day", FirstDay, default=COUNTED_BY_LAW.first_day),
        after_hours=sheet.choice("after_hours", AfterHours, default=COUNTED_BY_LAW.after_hours),
        basis=sheet.text("basis", longest=300),
    )
    sheet.finish()
    return counting


def _extension_of(sheet: Sheet) -> Extension:
    limit = limit_of(sheet.sheet("limit"))
    if limit.same_day_until is not None:
        sheet.refuse("limit", _("gia hạn không tính theo giờ trong ngày (same_day_until)."))
    extension = Extension(
        limit=limit,
        times=sheet.number("times", lowest=1, highest=EXTENSIONS_MAX, default=1),
        basis=sheet.text("basis", longest=300),
    )
    sheet.finish()
    return extension


def _legal_basis_of(sheet: Sheet) -> LegalBasis:
    basis = LegalBasis(
        number=sheet.text("number", longest=60), name=sheet.text("name", longest=300)
    )
    sheet.finish()
    return basis


def _screening_of(sheet: Sheet) -> tuple[Screen, ...]:
    screens = []
    for each in sheet.sheets("screening", required=False, keyed=True):
        screens.append(
            Screen(
                key=each.key(),
                question=each.text("question"),
                hint=each.text("hint", required=False, longest=500),
                passes=each.flag("passes", default=True),
                otherwise=each.text("otherwise", longest=500),
                instead=each.text(
                    "instead", required=False, like=r"[0-9]\.[0-9]{6}", example="1.001193"
                ),
            )
        )
        each.finish()
    if len(screens) > SCREENS_MAX:
        sheet.refuse("screening", _("hỏi tối đa %(max)d câu.") % {"max": SCREENS_MAX})
    refuse_doubles([s.key for s in screens], sheet.at("screening"), sheet.problems)
    return tuple(screens)


def _settled_by_of(sheet: Sheet) -> tuple[AgencyKind, ...]:
    """Return the kinds of agency that settle, in the order written: one word, or a list."""
    value = sheet.raw("settled_by")
    if not isinstance(value, list):
        return (sheet.choice("settled_by", AgencyKind),)
    known = sheet.choices("settled_by", AgencyKind)
    kinds = [AgencyKind(each) for each in value if isinstance(each, str) and each in known]
    refuse_doubles([kind.value for kind in kinds], sheet.at("settled_by"), sheet.problems)
    return tuple(kinds) or (AgencyKind.COMMUNE,)


def _settling_agency_of(sheet: Sheet, kind: AgencyKind) -> str:
    """Return the agency's name: among departments no place says which one is meant."""
    if kind not in _SETTLED_WHERE_ASKED:
        return sheet.text("settling_agency")
    if "settling_agency" in sheet:
        sheet.raw("settling_agency")
        sheet.refuse("settling_agency", _("nơi giải quyết do câu hỏi về phường, xã quyết định."))
    return ""


def _settling_question_of(sheet: Sheet, settled_by: AgencyKind, form: Form) -> str:
    if settled_by not in _SETTLED_WHERE_ASKED:
        if "settling_question" in sheet:
            sheet.raw("settling_question")
            sheet.refuse("settling_question", _("cơ quan giải quyết đã ghi ở settling_agency."))
        return ""
    key = sheet.text("settling_question", longest=40)
    question = form.questions.get(key)
    page = next((p for p in form.pages if question in p.questions), None)
    if question is None or page is None:
        sheet.refuse("settling_question", _("không có câu hỏi «%(key)s».") % {"key": key})
    elif question.widget is not Widget.COMMUNE:
        sheet.refuse("settling_question", _("câu hỏi này phải hỏi phường, xã (widget: commune)."))
    elif question.when or page.when or not question.required:
        # Otherwise some answers would leave a dossier that nobody settles.
        sheet.refuse("settling_question", _("câu hỏi này phải luôn được hỏi và bắt buộc trả lời."))
    return key
