"""The forms of what a delay asks for. They look at the shape of what is typed; services decide."""

from datetime import date, datetime
from fractions import Fraction

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.calendars.limits import amount_written
from motcua.dossiers.definitions import CauseClass
from motcua.web.words import Words

from .forms import ActForm, OneOf, Text

_HINTS = {
    CauseClass.OWN_UNIT.value: gettext_lazy("Chỉ nguyên nhân này tính cho đơn vị và cán bộ."),
    CauseClass.OTHER_AGENCY.value: gettext_lazy("Nêu tên cơ quan và việc đang chờ."),
    CauseClass.APPLICANT.value: gettext_lazy("Nêu việc người nộp đã làm chậm."),
    CauseClass.SYSTEM.value: gettext_lazy("Nêu sự cố và thời gian xảy ra."),
}


class DelayCauseForm(ActForm):
    """Whose doing a delay is, and why."""

    cause = OneOf(
        label=gettext_lazy("Nguyên nhân thuộc về ai"),
        offered=CauseClass.choices,
        missing=gettext_lazy("Hãy chọn nguyên nhân trễ thuộc về ai."),
    )
    words = Text(
        label=gettext_lazy("Vì sao hồ sơ trễ"),
        help_text=gettext_lazy(
            "Nêu việc cụ thể. Lãnh đạo và người kiểm tra đọc; người nộp không đọc."
        ),
        missing=gettext_lazy("Hãy ghi rõ vì sao hồ sơ trễ."),
        rows=4,
    )
    correction = Text(
        label=gettext_lazy("Vì sao đính chính"),
        help_text=gettext_lazy("Điều đã ghi trước đó vẫn được giữ trong lịch sử."),
        missing=gettext_lazy("Hãy ghi rõ vì sao đính chính nguyên nhân."),
        rows=3,
    )

    def __init__(self, data: QueryDict | None = None, *, corrects: bool) -> None:
        super().__init__(data)
        field = self.fields["cause"]
        assert isinstance(field, OneOf)
        field.offer(CauseClass.choices, hints=_HINTS)
        if not corrects:
            del self.fields["correction"]


class ApologyForm(ActForm):
    """The new date, and the words that the applicant reads."""

    promised_on = Text(
        label=gettext_lazy("Ngày hẹn lại"),
        missing=gettext_lazy("Hãy ghi ngày hẹn lại."),
        longest=20,
    )
    words = Text(
        label=gettext_lazy("Lời xin lỗi và lý do"),
        help_text=gettext_lazy("Người nộp đọc nguyên văn. Viết câu ngắn, nói rõ việc gì bị chậm."),
        missing=gettext_lazy("Hãy ghi lời xin lỗi và lý do để người dân đọc."),
        rows=5,
    )

    def __init__(self, data: QueryDict | None = None, *, days: int) -> None:
        super().__init__(data)
        self.fields["promised_on"].help_text = _(
            "Một ngày làm việc, không quá %(days)s ngày kể từ hôm nay. Ví dụ: 18/10/2024"
        ) % {"days": days}

    def clean_promised_on(self) -> date:
        """Read the day as people write it."""
        typed = self.cleaned_data["promised_on"].strip()
        for form in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
            try:
                return datetime.strptime(typed, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        raise forms.ValidationError(_("Hãy ghi ngày dạng ngày/tháng/năm, ví dụ 18/10/2024."))


class ExtensionForm(ActForm):
    """How much more time, and why."""

    amount = Text(
        label=gettext_lazy("Thời gian gia hạn"),
        missing=gettext_lazy("Hãy ghi thời gian gia hạn."),
        longest=10,
    )
    reason = Text(
        label=gettext_lazy("Lý do gia hạn"),
        help_text=gettext_lazy("Người nộp đọc nguyên văn."),
        missing=gettext_lazy("Hãy ghi rõ lý do gia hạn."),
        rows=4,
    )

    def __init__(self, data: QueryDict | None = None, *, most: Words) -> None:
        super().__init__(data)
        self.fields["amount"].help_text = (
            _("Ghi một số, tối đa %(most)s.") % {"most": most} if most else ""
        )

    def clean_amount(self) -> Fraction:
        """Read the number as people write it, with a comma or a point."""
        amount = amount_written(self.cleaned_data["amount"])
        if amount is None:
            raise forms.ValidationError(_("Hãy ghi một số, ví dụ 2."))
        return amount
