"""The cases of a definition, compiled: time limits, papers and fees."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from motcua.calendars.limits import Counting, Limit
from motcua.procedures.conditions import Field

from .reading import Sheet, refuse_doubles
from .routes import limit_of
from .version import Case, Channel, Component, FeeKind, FeeLine, PaperForm

# What the documents room can check by content.
MEDIA_TYPES = frozenset({"application/pdf", "image/jpeg", "image/png"})
FILES_MAX = 20
AMOUNT_DONG_MAX = 1_000_000_000

_EVERY_CHANNEL = "every_channel"


def cases_of(
    sheet: Sheet,
    *,
    channels: frozenset[Channel],
    fields: Mapping[str, Field],
    counting: Counting,
) -> dict[str, Case]:
    """
    Compile the cases, with limits that are counted so.

    One that is `like` an earlier case takes over what it leaves out.
    """
    cases: dict[str, Case] = {}
    keys = []
    for each in sheet.sheets("cases", keyed=True):
        case = _case_of(each, cases, channels, fields)
        keys.append(case.key)
        cases[case.key] = case
    refuse_doubles(keys, sheet.at("cases"), sheet.problems)
    return {
        key: replace(
            case,
            limits={
                channel: replace(limit, counting=counting) for channel, limit in case.limits.items()
            },
        )
        for key, case in cases.items()
    }


def _case_of(
    sheet: Sheet,
    earlier: Mapping[str, Case],
    channels: frozenset[Channel],
    fields: Mapping[str, Field],
) -> Case:
    case = Case(
        key=sheet.key(),
        name=sheet.text("name"),
        hint=sheet.text("hint", required=False, longest=500),
        limits={},
        components=(),
        fees=(),
    )
    like = sheet.text("like", required=False, longest=40)
    model = earlier.get(like)
    if like and model is None:
        sheet.refuse("like", _("không có trường hợp «%(key)s» ở phía trước.") % {"key": like})
    if model is None or "limits" in sheet:
        case = replace(case, limits=_limits_of(sheet.sheet("limits"), channels))
    else:
        case = replace(case, limits=model.limits)
    if model is None or "components" in sheet:
        case = replace(case, components=_components_of(sheet, fields))
    else:
        case = replace(case, components=model.components)
    if model is None or "fees" in sheet:
        case = replace(case, fees=_fees_of(sheet, channels, fields))
    else:
        case = replace(case, fees=model.fees)
    sheet.finish()
    return case


def _limits_of(sheet: Sheet, channels: frozenset[Channel]) -> dict[Channel, Limit]:
    if _EVERY_CHANNEL in sheet:
        limit = limit_of(sheet.sheet(_EVERY_CHANNEL))
        sheet.finish()
        return {channel: limit for channel in sorted(channels)}
    limits = {}
    for channel in sorted(channels):
        if channel in sheet:
            limits[channel] = limit_of(sheet.sheet(channel))
        else:
            sheet.refuse(channel, _("thiếu thời hạn cho cách nộp này."))
    sheet.finish()
    return limits


def _components_of(sheet: Sheet, fields: Mapping[str, Field]) -> tuple[Component, ...]:
    # An empty list is an answer, no list is not: somebody forgot.
    sheets = sheet.sheets("components", required=sheet.raw("components") != [])
    components = tuple(_component_of(each, fields) for each in sheets)
    refuse_doubles([c.key for c in components], sheet.at("components"), sheet.problems)
    return components


def _component_of(sheet: Sheet, fields: Mapping[str, Field]) -> Component:
    accepts = frozenset(sheet.texts("accepts")) if "accepts" in sheet else MEDIA_TYPES
    for unknown in sorted(accepts - MEDIA_TYPES):
        sheet.refuse(
            "accepts",
            _("không nhận loại tệp «%(type)s»; chỉ có: %(types)s.")
            % {"type": unknown, "types": ", ".join(sorted(MEDIA_TYPES))},
        )
    component = Component(
        key=sheet.key(),
        name=sheet.text("name", longest=500),
        hint=sheet.text("hint", required=False, longest=500),
        required=sheet.flag("required", default=True),
        when=sheet.condition("when", fields),
        accepts=accepts,
        max_files=sheet.number("max_files", lowest=1, highest=FILES_MAX, default=1),
        paper_form=sheet.choice("paper_form", PaperForm).value,
    )
    sheet.finish()
    return component


def _fees_of(
    sheet: Sheet, channels: frozenset[Channel], fields: Mapping[str, Field]
) -> tuple[FeeLine, ...]:
    sheets = sheet.sheets("fees", required=sheet.raw("fees") != [])
    fees = tuple(_fee_of(each, channels, fields) for each in sheets)
    refuse_doubles([fee.key for fee in fees], sheet.at("fees"), sheet.problems)
    return fees


def _fee_of(sheet: Sheet, channels: frozenset[Channel], fields: Mapping[str, Field]) -> FeeLine:
    basis = sheet.text("basis", longest=500)
    payable = sheet.choices("channels", Channel) if "channels" in sheet else channels
    for channel in sorted(payable - channels):
        sheet.refuse("channels", _("thủ tục không nhận qua «%(channel)s».") % {"channel": channel})
    fee = FeeLine(
        key=sheet.key(),
        name=sheet.text("name"),
        hint=sheet.text("hint", required=False, longest=500),
        kind=sheet.choice("kind", FeeKind),
        amount_dong=_amount_of(sheet, basis),
        per=sheet.text("per", longest=30),
        channels=payable,
        when=sheet.condition("when", fields),
        basis=basis,
    )
    sheet.finish()
    return fee


def _amount_of(sheet: Sheet, basis: str) -> int | None:
    if "amount_dong" not in sheet:
        sheet.raw("amount_dong")
        sheet.refuse(
            "amount_dong", _("thiếu; ghi null nếu Hội đồng nhân dân thành phố quyết định.")
        )
        return None
    if sheet.raw("amount_dong") is None:
        return None
    amount = sheet.number("amount_dong", lowest=0, highest=AMOUNT_DONG_MAX)
    # "Miễn phí" in the national data often only means that the nation sets no price.
    if sheet.raw("amount_dong") == 0 and "Điều" not in basis:
        sheet.refuse(
            "amount_dong",
            _("miễn phí thì basis phải nêu Điều cho miễn; chưa rõ mức thu thì ghi null."),
        )
    return amount
