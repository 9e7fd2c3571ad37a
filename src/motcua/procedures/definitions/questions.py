"""The form of a definition, compiled: pages, questions, and the fields that conditions may use."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from motcua.procedures.conditions import Field, FieldKind

from .form import TODAY, Form, Option, Page, Question, Widget
from .reading import Sheet, refuse_doubles
from .schemas import AUTHORS_KEYWORDS, REQUIRED_KEYWORDS, schema_of_answer

PAGES_MAX = 60
QUESTIONS_MAX = 200

PREFILLS = frozenset(
    {
        "person.full_name",
        "person.personal_id",
        "person.born_on",
        "person.phone",
        "person.email",
        "person.address",
    }
)
# The tokens of HTML that a form of ours has a use for (WCAG 1.3.5).
AUTOCOMPLETES = frozenset({"name", "tel", "email", "street-address", "bday", "sex", "organization"})

_CHOICES = frozenset({Widget.RADIOS, Widget.SELECT})
_KINDS: Mapping[Widget, FieldKind] = {
    Widget.RADIOS: FieldKind.CHOICE,
    Widget.SELECT: FieldKind.CHOICE,
    Widget.DATE: FieldKind.DATE,
    Widget.YES_NO: FieldKind.TRUTH,
    Widget.WHOLE_NUMBER: FieldKind.NUMBER,
    Widget.MONEY: FieldKind.NUMBER,
}


def form_of(sheet: Sheet) -> tuple[Form, dict[str, Field]]:
    """Compile the form, and the fields that papers and fees may make conditions of."""
    fields: dict[str, Field] = {}
    sheets = sheet.sheets("pages")
    # A condition sees the questions before it: the fields grow as the pages are read.
    pages = tuple(_page_of(each, fields) for each in sheets[:PAGES_MAX])
    sheet.finish()
    questions = [question.key for page in pages for question in page.questions]
    if len(sheets) > PAGES_MAX or len(questions) > QUESTIONS_MAX:
        sheet.refuse("pages", _("biểu mẫu quá dài; người dân không làm nổi."))
    refuse_doubles([page.key for page in pages], sheet.at("pages"), sheet.problems)
    refuse_doubles(questions, sheet.at("pages"), sheet.problems)
    return Form(pages=pages), fields


def _page_of(sheet: Sheet, fields: dict[str, Field]) -> Page:
    when = sheet.condition("when", fields)
    page = Page(
        key=sheet.key(),
        title=sheet.text("title"),
        hint=sheet.text("hint", required=False, longest=500),
        section=sheet.text("section", longest=100),
        questions=tuple(_question_of(each, fields) for each in sheet.sheets("questions")),
        when=when,
    )
    sheet.finish()
    return page


def _question_of(sheet: Sheet, fields: dict[str, Field]) -> Question:
    key = sheet.key()
    widget = sheet.choice("widget", Widget)
    options = _options_of(sheet, widget)
    earliest, latest = _range_of(sheet, widget)
    question = Question(
        key=key,
        label=sheet.text("label"),
        short_label=sheet.text("short_label", required=False, longest=80),
        hint=sheet.text("hint", required=False, longest=500),
        widget=widget,
        options=options,
        required=sheet.flag("required", default=True),
        when=sheet.condition("when", fields),
        prefill=_one_of(sheet, "prefill", PREFILLS) or None,
        autocomplete=_one_of(sheet, "autocomplete", AUTOCOMPLETES),
        schema=_schema_of(sheet, widget, options),
        earliest=earliest,
        latest=latest,
    )
    sheet.finish()
    fields[key] = Field(
        _KINDS.get(widget, FieldKind.TEXT), tuple(option.value for option in options)
    )
    return question


def _options_of(sheet: Sheet, widget: Widget) -> tuple[Option, ...]:
    if widget not in _CHOICES:
        if "options" in sheet:
            sheet.raw("options")
            sheet.refuse("options", _("chỉ radios và select mới có lựa chọn."))
        return ()
    options = []
    for each in sheet.sheets("options"):
        options.append(
            Option(
                value=each.text(
                    "value", longest=40, like="[a-z0-9][a-z0-9_]*", example="birth_parent"
                ),
                label=each.text("label"),
                hint=each.text("hint", required=False, longest=300),
            )
        )
        each.finish()
    refuse_doubles([option.value for option in options], sheet.at("options"), sheet.problems)
    if len(options) == 1:
        sheet.refuse("options", _("một lựa chọn thì không phải là câu hỏi."))
    return tuple(options)


def _schema_of(sheet: Sheet, widget: Widget, options: tuple[Option, ...]) -> dict[str, object]:
    limits: dict[str, int] = {}
    is_name = False
    if "schema" in sheet:
        own = sheet.sheet("schema")
        if widget is Widget.TEXT and "format" in own:
            is_name = own.text("format") == "name"
            if not is_name:
                own.refuse("format", _("chỉ có «name»."))
        for keyword, (lowest, highest) in AUTHORS_KEYWORDS.get(widget, {}).items():
            if keyword in own:
                limits[keyword] = own.number(keyword, lowest=lowest, highest=highest)
        own.finish()
    for keyword in REQUIRED_KEYWORDS.get(widget, ()):
        if keyword not in limits:
            sheet.refuse(
                "schema",
                _("thiếu «%(keyword)s»: không có thì số nào cũng nhận.") % {"keyword": keyword},
            )
    for low, high in (("minimum", "maximum"), ("minLength", "maxLength")):
        if low in limits and high in limits and limits[low] > limits[high]:
            sheet.refuse("schema", _("«%(low)s» lớn hơn «%(high)s».") % {"low": low, "high": high})
    must_agree = sheet.flag("must_agree", default=False)
    if must_agree and widget is not Widget.YES_NO:
        sheet.refuse("must_agree", _("chỉ dùng với yes_no."))
    return schema_of_answer(
        widget,
        options=tuple(option.value for option in options),
        limits=limits,
        is_name=is_name,
        must_agree=must_agree,
    )


def _range_of(sheet: Sheet, widget: Widget) -> tuple[str, str]:
    if widget is not Widget.DATE:
        for word in ("earliest", "latest"):
            if word in sheet:
                sheet.raw(word)
                sheet.refuse(word, _("chỉ dùng với date."))
        return "", ""
    # Without bounds a slip of the finger makes somebody be born in the year 202.
    earliest = _bound(sheet, "earliest") or "1900-01-01"
    latest = _bound(sheet, "latest") or "2100-12-31"
    if TODAY not in {earliest, latest} and earliest > latest:
        sheet.refuse("earliest", _("sau «latest»."))
    return earliest, latest


def _bound(sheet: Sheet, word: str) -> str:
    value = sheet.text(word, required=False)
    if value in {"", TODAY}:
        return value
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        sheet.refuse(word, _('viết «today» hoặc một ngày, dạng "2024-10-15".'))
        return ""


def _one_of(sheet: Sheet, key: str, allowed: frozenset[str]) -> str:
    value = sheet.text(key, required=False)
    if value and value not in allowed:
        sheet.refuse(
            key,
            _("«%(value)s» không có; chọn một trong: %(allowed)s.")
            % {"value": value, "allowed": ", ".join(sorted(allowed))},
        )
    return value
