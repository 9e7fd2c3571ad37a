"""The parts of a linked procedure (liên thông): one filing, a dossier at each agency concerned."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from motcua.procedures.conditions import Condition, Field

from .form import Answers, Form
from .reading import Sheet, refuse_doubles

if TYPE_CHECKING:
    from .version import Case, Version

PARTS_MAX = 10


class PartsDue(StrEnum):
    """How the time of the whole comes from that of its parts; each version names its basis."""

    SUM = "sum"  # one after the other, in the order written
    MAX = "max"  # that of the part which takes longest, with those it waits for


@dataclass(frozen=True, kw_only=True)
class Part:
    """A procedure that the filing asks for as well, settled as a dossier of its own."""

    key: str
    procedure: str  # by code; the version in force on the day the part is opened
    case: str
    when: Condition | None  # asked for only if the answers of the whole say so; None: always
    after: tuple[str, ...]  # parts that must be granted first; empty: opened with acceptance
    answers: Mapping[str, str]  # question of the part → question of the whole
    fixed: Mapping[str, Any]  # question of the part → its one answer
    papers: Mapping[str, str]  # paper of the part → paper of the whole

    def answers_from(self, answers: Answers, form: Form) -> dict[str, Any]:
        """
        Return what the part's form is told, out of what the whole was told.

        A question that has the same key in both is the same question, unless said otherwise.
        """
        told = {
            key: answers[source]
            for key in form.questions
            if (source := self.answers.get(key, key)) in answers
        }
        return form.still_asked(form.cleaned({**told, **self.fixed}))

    def paper_of_whole(self, key: str) -> str:
        """Return under which key the whole keeps a paper of the part."""
        return self.papers.get(key, key)


@dataclass(frozen=True, kw_only=True)
class Linked:
    """What a linked procedure is made of, and how its due moment follows from its parts."""

    due: PartsDue
    basis: str
    parts: tuple[Part, ...]

    def parts_for(self, answers: Answers) -> tuple[Part, ...]:
        """Return the parts that these answers ask for, each waiting only for such as are asked."""
        asked = [part for part in self.parts if part.when is None or part.when.holds(answers)]
        keys = {part.key for part in asked}
        return tuple(
            replace(part, after=tuple(key for key in part.after if key in keys)) for part in asked
        )


def linked_of(
    sheet: Sheet, *, code: str, form: Form, cases: Mapping[str, "Case"], fields: Mapping[str, Field]
) -> Linked:
    """Compile `linked`. What the parts' own procedures say is looked at by `faults_of_part`."""
    linked = Linked(
        due=sheet.choice("due", PartsDue),
        basis=sheet.text("basis", longest=500),
        parts=tuple(_part_of(each, fields) for each in sheet.sheets("parts", keyed=True)),
    )
    sheet.finish()
    parts = linked.parts
    refuse_doubles([part.key for part in parts], sheet.at("parts"), sheet.problems)
    if len(parts) > PARTS_MAX:
        sheet.refuse("parts", _("tối đa %(max)d phần.") % {"max": PARTS_MAX})
    if parts and all(part.when or part.after for part in parts):
        sheet.refuse("parts", _("ít nhất một phần phải luôn có và mở ngay khi tiếp nhận."))
    papers = {component.key for case in cases.values() for component in case.components}
    for place, part in enumerate(parts):
        at = f"parts.{part.key}"
        earlier = {each.key for each in parts[:place]}
        if part.procedure == code:
            sheet.refuse(f"{at}.procedure", _("một thủ tục không là phần của chính nó."))
        for key in part.after:
            if key not in earlier:
                message = _("không có phần «%(key)s» ở phía trước.")
                sheet.refuse(f"{at}.after", message % {"key": key})
        for key in part.answers.values():
            if key not in form.questions:
                sheet.refuse(f"{at}.answers", _("không có câu hỏi «%(key)s».") % {"key": key})
        for key in part.papers.values():
            if key not in papers:
                sheet.refuse(f"{at}.papers", _("không có giấy tờ «%(key)s».") % {"key": key})
    return linked


def _part_of(sheet: Sheet, fields: Mapping[str, Field]) -> Part:
    part = Part(
        key=sheet.key(),
        procedure=sheet.text("procedure", like=r"[0-9]\.[0-9]{6}", example="1.001193"),
        case=sheet.text("case", longest=40),
        when=sheet.condition("when", fields),
        after=sheet.texts("after", required=False, longest=40),
        answers=_pairs_of(sheet, "answers"),
        fixed=_fixed_of(sheet),
        papers=_pairs_of(sheet, "papers"),
    )
    sheet.finish()
    return part


def _pairs_of(sheet: Sheet, key: str) -> dict[str, str]:
    value = sheet.raw(key)
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(v, str) for v in value.values()):
        sheet.refuse(key, _("phải là một nhóm «khóa của phần: khóa của hồ sơ liên thông»."))
        return {}
    return {str(k): v for k, v in value.items()}


def _fixed_of(sheet: Sheet) -> dict[str, Any]:
    value = sheet.raw("fixed")
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(
        isinstance(v, str | int | bool) for v in value.values()
    ):
        sheet.refuse("fixed", _("phải là một nhóm «câu hỏi của phần: câu trả lời»."))
        return {}
    return {str(k): v for k, v in value.items()}


def faults_of_part(whole: "Version", part: Part, version: "Version | None") -> list[str]:
    """Return what stands in the way of opening the part under that version of its procedure."""
    return list(_faults_of_part(whole, part, version))


def _faults_of_part(whole: "Version", part: Part, version: "Version | None") -> Iterator[str]:
    if version is None:
        yield _("chưa có thủ tục %(code)s.") % {"code": part.procedure}
        return
    if version.linked is not None:
        yield _("thủ tục %(code)s cũng là liên thông; phần phải là thủ tục đơn.") % {
            "code": version.code
        }
    if whole.channels - version.channels:
        yield _("thủ tục %(code)s không nhận hết các cách nộp của hồ sơ liên thông.") % {
            "code": version.code
        }
    for key in (*part.answers, *part.fixed):
        if key not in version.form.questions:
            yield _("thủ tục %(code)s không có câu hỏi «%(key)s».") % {
                "code": version.code,
                "key": key,
            }
    case = version.cases.get(part.case)
    if case is None:
        yield _("thủ tục %(code)s không có trường hợp «%(key)s».") % {
            "code": version.code,
            "key": part.case,
        }
        return
    for key in _missing(part.papers, (component.key for component in case.components)):
        yield _("thủ tục %(code)s không có giấy tờ «%(key)s».") % {
            "code": version.code,
            "key": key,
        }


def _missing(wanted: Iterable[str], known: Iterable[str]) -> list[str]:
    there = set(known)
    return [key for key in wanted if key not in there]
