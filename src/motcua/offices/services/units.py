"""Opening and closing the parts of an agency."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger.models import Subject
from motcua.kernel.text import clean
from motcua.offices.events import PostOpened, UnitClosed, UnitOpened, UnitSettlesSet
from motcua.offices.models import Agency, Post, Unit
from motcua.offices.queries import NoSuchAgency, NoSuchUnit, UnitIsClosed

_PROCEDURE_CODE = re.compile(r"[0-9]\.[0-9]{6}")


class ClosesBeforeItOpens(Exception):
    """A unit cannot end before its first day."""


class UnusableUnit(Exception):
    """A unit or a post has a name that fits, and settles procedures by their codes."""


class UnitIsOpenAlready(Exception):
    """An agency has one unit of a name at a time."""


class PostIsThereAlready(Exception):
    """A unit has one post of a title."""


@transaction.atomic
def open_unit(
    *,
    agency: Agency,
    name: str,
    role: str,
    valid_from: date,
    settles: Sequence[str] = (),
    at: datetime,
    actor: str = "system",
) -> Unit:
    """
    Let the agency have a unit from a day on, as yet without posts.

    :raises UnusableUnit: if its name is empty or too long, or a procedure is not told by its code
    :raises NoSuchAgency: if the agency is not in force on that day
    :raises UnitIsOpenAlready: if it has, on that day or later, a unit of that name
    """
    name = _named(name, 200)
    _check_codes(settles)
    # Whoever opens units in an agency waits here, so that a name is given once.
    locked = Agency.objects.select_for_update(of=("self",), no_key=True)
    if not locked.in_force(valid_from).filter(pk=agency.pk).exists():
        raise NoSuchAgency(_("Cơ quan này không hoạt động vào ngày bắt đầu."))
    units = Unit.objects.filter(agency=agency, name=name)
    if units.exclude(valid_to__lt=valid_from).exists():
        raise UnitIsOpenAlready(_("Cơ quan đã có bộ phận này trong thời gian đã chọn."))

    unit = Unit(
        agency=agency,
        name=name,
        role=role,
        settles=list(settles),
        valid_from=valid_from,
        valid_to=agency.valid_to,
    )
    unit.save(force_insert=True)
    ledger.record(
        UnitOpened(
            agency_id=agency.pk,
            role=role,
            settles=list(settles),
            valid_from=valid_from.isoformat(),
        ),
        subject=_subject(unit),
        actor=actor,
        at=at,
    )
    return unit


@transaction.atomic
def set_unit_settles(
    *, unit: Unit, settles: Sequence[str], at: datetime, actor: str = "system"
) -> Unit:
    """
    Name the unit for these procedures, where an agency has several units of one role.

    :raises NoSuchUnit: if it was never there
    :raises UnusableUnit: if a procedure is not told by its code
    """
    _check_codes(settles)
    locked = _locked(unit)
    if locked.settles == list(settles):
        return locked
    locked.settles = list(settles)
    locked.save(update_fields=["settles"])
    ledger.record(
        UnitSettlesSet(settles=list(settles)), subject=_subject(locked), actor=actor, at=at
    )
    return locked


@transaction.atomic
def open_post(*, unit: Unit, title: str, role: str, at: datetime, actor: str = "system") -> Post:
    """
    Let the unit have a post, as yet held by nobody.

    :raises UnusableUnit: if the title is empty or too long
    :raises NoSuchUnit: if the unit was never there
    :raises PostIsThereAlready: if the unit has a post of that title
    """
    title = _named(title, 150)
    locked = _locked(unit)
    if Post.objects.filter(unit=locked, title=title).exists():
        raise PostIsThereAlready(_("Bộ phận đã có chức danh này."))
    post = Post(unit=locked, title=title, role=role)
    post.save(force_insert=True)
    ledger.record(
        PostOpened(post_id=post.pk, role=role), subject=_subject(locked), actor=actor, at=at
    )
    return post


@transaction.atomic
def close_unit(*, unit: Unit, on: date, at: datetime, actor: str = "system") -> Unit:
    """
    Let the unit take nothing new after its last day, `on`. Its officers finish what they have.

    :raises NoSuchUnit: if it was never there
    :raises UnitIsClosed: if it ends by then already
    :raises ClosesBeforeItOpens: if its first day is later
    """
    locked = _locked(unit)
    if locked.valid_to is not None and locked.valid_to <= on:
        raise UnitIsClosed(_("Bộ phận này đã ngừng hoạt động trước ngày đã chọn."))
    if on < locked.valid_from:
        raise ClosesBeforeItOpens(_("Ngày ngừng hoạt động phải từ ngày bắt đầu trở đi."))

    locked.valid_to = on
    locked.save(update_fields=["valid_to"])
    ledger.record(UnitClosed(valid_to=on.isoformat()), subject=_subject(locked), actor=actor, at=at)
    return locked


def _locked(unit: Unit) -> Unit:
    locked = Unit.objects.select_for_update(of=("self",)).filter(pk=unit.pk).first()
    if locked is None:
        raise NoSuchUnit(_("Không có bộ phận này."))
    return locked


def _named(name: str, length_max: int) -> str:
    name = clean(name)
    if not 0 < len(name) <= length_max:
        raise UnusableUnit(_("Tên gồm 1 đến %(max)s ký tự.") % {"max": length_max})
    return name


def _check_codes(codes: Sequence[str]) -> None:
    for code in codes:
        if not _PROCEDURE_CODE.fullmatch(code):
            raise UnusableUnit(
                _("«%(code)s» không phải mã thủ tục, ví dụ 1.001193.") % {"code": code[:40]}
            )


def _subject(unit: Unit) -> Subject:
    return Subject("unit", str(unit.pk))
