"""The forms of the acts. They look at the shape of what is typed; services decide."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.dossiers.models import Outcome, ReturnMethod, Verdict
from motcua.dossiers.queries import Review
from motcua.dossiers.services import Finding
from motcua.kernel import money
from motcua.procedures.definitions import Component
from motcua.web.words import Words

# What can be chosen: the value that is sent, and its words.
Offered = Sequence[tuple[str, Words]]

_LONGEST = 2000
TOO_LONG = gettext_lazy("Nội dung dài quá %(limit_value)d ký tự. Hãy viết gọn lại.")


def _said(**words: Words) -> dict[str, Any]:
    """Return what a field says of a fault: Django's types know fewer lazy words than Django."""
    return dict(words)


class Text(forms.CharField):
    """One line, or several; a form says what to write if nothing is there."""

    def __init__(
        self, *, missing: Words = "", rows: int = 0, longest: int = _LONGEST, **kwargs: Any
    ) -> None:
        super().__init__(
            max_length=longest,
            widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
            error_messages=_said(required=missing, max_length=TOO_LONG),
            **kwargs,
        )


class OneOf(forms.ChoiceField):
    """One of a few, shown as radio buttons with hints."""

    def __init__(self, *, missing: Words, offered: Offered = (), **kwargs: Any) -> None:
        super().__init__(
            widget=forms.RadioSelect,
            error_messages=_said(required=missing, invalid_choice=missing),
            **kwargs,
        )
        self.offer(offered)

    def offer(self, offered: Offered, *, hints: Mapping[str, Words] | None = None) -> None:
        """Set what can be chosen, and what is said of each."""
        self.choices = [(value, str(label)) for value, label in offered]
        self.options = [
            {"value": value, "label": label, "hint": (hints or {}).get(value, "")}
            for value, label in offered
        ]


class Agreement(forms.BooleanField):
    """A box that must be ticked before something that cannot be taken back."""

    def __init__(self, *, missing: Words, **kwargs: Any) -> None:
        super().__init__(error_messages=_said(required=missing), **kwargs)


class ActForm(forms.Form):
    """The form of an act. A box is named as its field, so that a problem can link to it."""

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial, auto_id="%s", label_suffix="")

    def typed(self) -> list[tuple[str, str]]:
        """Return what was written in words, to be given back when the act is refused."""
        return [
            (str(field.label), str(field.value()))
            for field in self
            if self.is_bound and isinstance(field.field, Text) and field.value()
        ]


class AcceptanceForm(ActForm):
    """Accepting asks for nothing but the button."""


class TakeUpForm(ActForm):
    """Taking up asks for nothing but the button."""


class NothingMoreForm(ActForm):
    """What the page shows is all there is to know: it asks for nothing but the button."""


class ConsultationForm(ActForm):
    """Which other agency is asked, and what."""

    agency = Text(
        label=gettext_lazy("Tên cơ quan được hỏi"),
        help_text=gettext_lazy("Người nộp đọc được, ví dụ: Công an quận Ninh Kiều."),
        missing=gettext_lazy("Hãy ghi tên cơ quan được hỏi."),
        longest=200,
    )
    question = Text(
        label=gettext_lazy("Cần cơ quan đó trả lời điều gì"),
        help_text=gettext_lazy("Ghi số văn bản nếu có. Người nộp không đọc được."),
        missing=gettext_lazy("Hãy ghi rõ cần cơ quan đó trả lời điều gì."),
        rows=4,
    )


class ReasonForm(ActForm):
    """Why: the applicant or a colleague reads it as it is written."""

    reason = Text(label="", rows=5)

    def __init__(
        self, data: QueryDict | None = None, *, label: Words, hint: Words, missing: Words
    ) -> None:
        super().__init__(data)
        field = self.fields["reason"]
        field.label = str(label)
        field.help_text = str(hint)
        field.error_messages["required"] = str(missing)


class SupplementRequestForm(ActForm):
    """What was found of every paper, and why the applicant is asked."""

    reason = Text(
        label=gettext_lazy("Vì sao cần bổ sung"),
        help_text=gettext_lazy("Người nộp đọc nguyên văn. Nêu căn cứ, viết câu ngắn, dễ hiểu."),
        missing=gettext_lazy("Hãy ghi rõ vì sao cần bổ sung."),
        rows=4,
        required=False,  # of a draft; whoever sends it must have one
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        components: Iterable[Component],
        review: Review,
        is_sent: bool = True,
    ) -> None:
        super().__init__(data)
        self.components = list(components)
        self.review = review
        self.is_sent = is_sent
        for component in self.components:
            stored = review.findings.get(component.key)
            self.fields[f"verdict-{component.key}"] = OneOf(
                label=component.name,
                offered=Verdict.choices,
                missing=_("Hãy kiểm tra “%(name)s”.") % {"name": component.name},
                required=False,
                initial=stored.verdict if stored else "",
            )
            for box, label, longest in _BOXES:
                self.fields[f"{box}-{component.key}"] = Text(
                    label=label,
                    required=False,
                    longest=longest,
                    initial=getattr(stored, box) if stored else "",
                )
        # As on the page: the papers, then the reason.
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def lines(self) -> list[dict[str, Any]]:
        """Return each paper with its boxes, and what is stored of it."""
        return [
            {
                "component": component,
                "verdict": self[f"verdict-{component.key}"],
                "boxes": [self[f"{box}-{component.key}"] for box, _label, _longest in _BOXES],
                "stored": self.review.findings.get(component.key),
            }
            for component in self.components
        ]

    def findings(self) -> dict[str, Finding]:
        """Return what was found of each paper that was judged."""
        given = self.cleaned_data
        return {
            component.key: Finding(
                verdict=given[f"verdict-{component.key}"],
                **{box: given[f"{box}-{component.key}"] for box, _label, _longest in _BOXES},
            )
            for component in self.components
            if given.get(f"verdict-{component.key}")
        }

    def clean(self) -> dict[str, Any]:
        """Ask for a verdict on each paper, and for words where something is needed."""
        cleaned = super().clean() or {}
        for component in self.components:
            verdict = cleaned.get(f"verdict-{component.key}")
            if self.is_sent and not verdict and f"verdict-{component.key}" not in self.errors:
                self.add_error(
                    f"verdict-{component.key}",
                    _("Hãy kiểm tra “%(name)s”.") % {"name": component.name},
                )
            if verdict != Verdict.NEEDED:
                continue
            for box, message in (
                ("needed", _("Hãy ghi cần gì ở “%(name)s”.")),
                ("why", _("Hãy ghi vì sao cần ở “%(name)s”.")),
            ):
                name = f"{box}-{component.key}"
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, message % {"name": component.name})
        if self.is_sent and not self.errors:
            if self.components and not any(
                cleaned.get(f"verdict-{c.key}") == Verdict.NEEDED for c in self.components
            ):
                self.add_error(
                    f"verdict-{self.components[0].key}",
                    _("Hãy chọn ít nhất một giấy tờ cần bổ sung."),
                )
            if not cleaned.get("reason"):
                self.add_error("reason", _("Hãy ghi rõ vì sao cần bổ sung."))
        return cleaned


_BOXES = (
    ("needed", gettext_lazy("Cần gì"), 500),
    ("why", gettext_lazy("Vì sao"), 500),
    ("example", gettext_lazy("Ví dụ thế nào là đạt"), 500),
)


class AssignmentForm(ActForm):
    """Which of the unit's officers takes the dossier."""

    officer = OneOf(
        label=gettext_lazy("Giao cho ai"), missing=gettext_lazy("Hãy chọn người xử lý.")
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        officers: Mapping[int, str],
        loads: Mapping[int, int],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["officer"]
        assert isinstance(field, OneOf)
        field.offer(
            [(str(pk), name) for pk, name in officers.items()],
            hints={
                str(pk): ngettext("Đang giữ %(n)s hồ sơ", "Đang giữ %(n)s hồ sơ", loads.get(pk, 0))
                % {"n": loads.get(pk, 0)}
                for pk in officers
            },
        )


class ProposalForm(ActForm):
    """What the examination found, for whoever signs."""

    outcome = OneOf(
        label=gettext_lazy("Đề xuất"),
        offered=Outcome.choices,
        missing=gettext_lazy("Hãy chọn đồng ý hay không đồng ý giải quyết."),
    )
    opinion = Text(
        label=gettext_lazy("Ý kiến thẩm tra"),
        help_text=gettext_lazy("Đã đối chiếu những gì, căn cứ nào, kết luận ra sao."),
        missing=gettext_lazy("Hãy ghi ý kiến thẩm tra."),
        rows=6,
    )
    no_obligation = Text(
        label=gettext_lazy("Vì sao không phát sinh nghĩa vụ tài chính"),
        help_text=gettext_lazy(
            "Chỉ ghi khi người nộp không phải nộp thuế, phí nào. Nếu phải nộp, hãy thông báo nghĩa "
            "vụ tài chính trước khi trình."
        ),
        rows=3,
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, asks_what_is_owed: bool = False) -> None:
        super().__init__(data)
        if not asks_what_is_owed:
            del self.fields["no_obligation"]


class ObligationForm(ActForm):
    """What the applicant owes, by which notice."""

    notice = Text(
        label=gettext_lazy("Số và tên thông báo"),
        help_text=gettext_lazy("Ví dụ: Thông báo số 12/TB-CCT về lệ phí trước bạ"),
        missing=gettext_lazy("Hãy ghi số và tên thông báo."),
        longest=200,
    )
    amount = Text(
        label=gettext_lazy("Số tiền (₫)"),
        help_text=gettext_lazy("Ví dụ: 1.250.000"),
        missing=gettext_lazy("Hãy ghi số tiền."),
        longest=30,
    )

    def clean_amount(self) -> int:
        """Read the amount as people write it; the box says đồng, so a lone dot groups."""
        typed = self.cleaned_data["amount"]
        for reading in (typed, f"{typed} ₫"):
            try:
                return money.parse_dong(reading)
            except money.NotAnAmount:
                continue
        raise forms.ValidationError(_("Hãy ghi số tiền bằng số, ví dụ 1.250.000."))


class ObligationDischargeForm(ActForm):
    """By which paper the payment is known."""

    proof = Text(
        label=gettext_lazy("Số chứng từ nộp tiền"),
        help_text=gettext_lazy("Số biên lai, giấy nộp tiền hoặc mã giao dịch."),
        missing=gettext_lazy("Hãy ghi số chứng từ nộp tiền."),
        longest=200,
    )


class DecisionForm(ActForm):
    """What is signed: it is the result that the citizen receives."""

    outcome = OneOf(
        label=gettext_lazy("Kết quả giải quyết"),
        offered=Outcome.choices,
        missing=gettext_lazy("Hãy chọn đồng ý hay không đồng ý giải quyết."),
    )
    number = Text(
        label=gettext_lazy("Số văn bản kết quả"),
        missing=gettext_lazy("Hãy ghi số văn bản kết quả."),
        longest=50,
    )
    summary = Text(
        label=gettext_lazy("Nội dung kết quả"),
        help_text=gettext_lazy("Người dân đọc nguyên văn. Nếu không đồng ý, nêu rõ lý do."),
        missing=gettext_lazy("Hãy ghi nội dung kết quả."),
        rows=5,
    )
    file = forms.FileField(
        label=gettext_lazy("Văn bản kết quả"),
        help_text=gettext_lazy("Tệp PDF đã ký."),
        required=False,
        error_messages={"empty": gettext_lazy("Tệp không có nội dung. Hãy chọn lại tệp.")},
    )
    agreed = Agreement(
        label=gettext_lazy("Tôi đã kiểm tra hồ sơ và ký kết quả này."),
        missing=gettext_lazy("Hãy xác nhận trước khi ký."),
    )


class ReturnForm(ActForm):
    """Who received the result, and how."""

    method = OneOf(
        label=gettext_lazy("Cách trả kết quả"),
        offered=ReturnMethod.choices,
        missing=gettext_lazy("Hãy chọn cách trả kết quả."),
    )
    receiver = Text(
        label=gettext_lazy("Người nhận kết quả"),
        help_text=gettext_lazy("Họ, chữ đệm và tên của người đã nhận."),
        missing=gettext_lazy("Hãy ghi tên người nhận kết quả."),
        longest=150,
    )
