"""Taking in tables of units and of officers: all rows, or none."""

import re
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from motcua.accounts import services as accounts
from motcua.accounts.models import USERNAME, Account, normalised
from motcua.kernel.sheets import Problem, Reading, Report, Row
from motcua.kernel.text import spelling
from motcua.offices.models import Agency, Appointment, Officer, Post, Unit
from motcua.offices.queries import NoSuchAgency, UnitIsClosed

from .appointments import (
    AlreadyAppointed,
    EndsBeforeItBegins,
    OfficerRegisteredAlready,
    UnusableOfficerData,
    appoint,
    correct_officer_name,
    end_appointment,
    register_officer,
)
from .staffing import Hire, staff_posts
from .units import (
    ClosesBeforeItOpens,
    UnitIsOpenAlready,
    UnusableUnit,
    close_unit,
    open_post,
    open_unit,
    set_unit_settles,
)

_SEPARATORS = re.compile(r"[\s,;]+")
# What the acts refuse, and the column in which it is mended. Lengths were measured by the reading.
_COLUMNS: dict[type[Exception], str] = {
    AlreadyAppointed: "since",
    ClosesBeforeItOpens: "until",
    EndsBeforeItBegins: "until",
    NoSuchAgency: "since",
    OfficerRegisteredAlready: "staff_code",
    UnitIsClosed: "since",
    UnitIsOpenAlready: "unit",
    UnusableOfficerData: "staff_code",
    UnusableUnit: "settles",
    accounts.UnusableUsername: "username",
    accounts.UsernameTaken: "username",
}


class _Refused(Exception):
    """A row cannot be taken in, for a reason at one of its cells."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


class _Outcome(IntEnum):
    """How far a row changed what was known: the most that one of its parts did counts."""

    UNCHANGED = 0
    CHANGED = 1
    NEW = 2


@transaction.atomic
def import_units(
    *, reading: Reading, at: datetime, actor: str = "system", dry_run: bool = False
) -> Report:
    """
    Open the units and posts of a table that are not there yet, close what ends; twice is once.

    If one row has a problem, none is taken in; a dry run takes nothing in and tells the same.
    """
    _one_at_a_time()
    table = _Units(agencies=_agencies(reading), at=at, actor=actor)
    for unit in Unit.objects.filter(agency__in=table.agencies.values()):
        table.units[unit.agency_id, spelling(unit.name)].append(unit)
    for post in Post.objects.filter(unit__agency__in=table.agencies.values()):
        table.posts[post.unit_id, spelling(post.title)] = post
    return _take_in(reading, table.take, dry_run=dry_run)


@transaction.atomic
def import_officers(
    *, reading: Reading, at: datetime, actor: str = "system", dry_run: bool = False
) -> Report:
    """
    Register the officers of a table and give them their posts; twice is once.

    New accounts have no password. If one row has a problem, none is taken in; a dry run takes
    nothing in and tells the same.
    """
    _one_at_a_time()
    table = _Officers(agencies=_agencies(reading), at=at, actor=actor)
    posts = Post.objects.filter(unit__agency__in=table.agencies.values()).select_related("unit")
    for post in posts:
        key = (post.unit.agency_id, spelling(post.unit.name), spelling(post.title))
        table.posts[key].append(post)
        table.units.add(key[:2])
    codes = {row.text("staff_code") for row in reading.rows}
    known = Officer.objects.filter(staff_code__in=codes).select_related("account")
    table.officers = {officer.staff_code: officer for officer in known}
    for held in Appointment.objects.filter(officer__in=known).order_by("valid_from"):
        table.held[held.officer_id, held.post_id].append(held)
    table.hire(reading.sound_rows)
    return _take_in(reading, table.take, dry_run=dry_run)


def _one_at_a_time() -> None:
    # What is not there yet cannot be locked as a row; imports are rare and may wait.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('offices.import', 0))")


def _agencies(reading: Reading) -> dict[str, Agency]:
    codes = {row.text("agency") for row in reading.rows}
    return {agency.code: agency for agency in Agency.objects.filter(code__in=codes)}


def _take_in(reading: Reading, take: Callable[[Row], _Outcome], *, dry_run: bool) -> Report:
    counted = dict.fromkeys(_Outcome, 0)
    problems: list[Problem] = []
    for row in reading.sound_rows:
        try:
            counted[take(row)] += 1
        except _Refused as refused:
            problems.append(Problem(row=row.number, column=refused.column, message=str(refused)))
        except tuple(_COLUMNS) as refusal:
            column = _COLUMNS[type(refusal)]
            problems.append(Problem(row=row.number, column=column, message=str(refusal)))
    told = reading.placed(problems)
    if told or dry_run:
        transaction.set_rollback(True)
    return Report(
        new=counted[_Outcome.NEW],
        changed=counted[_Outcome.CHANGED],
        unchanged=counted[_Outcome.UNCHANGED],
        problems=tuple(told),
        is_rehearsal=dry_run,
    )


def _agency_of(row: Row, agencies: dict[str, Agency]) -> Agency:
    agency = agencies.get(row.text("agency"))
    if agency is None:
        raise _Refused("agency", _("Không có cơ quan nào mang mã này."))
    return agency


def _since(row: Row) -> date:
    since = row.day("since")
    assert since is not None  # the column is required
    return since


@dataclass(kw_only=True)
class _Units:
    """What an import of units knows, brought up to date row by row."""

    agencies: dict[str, Agency]
    at: datetime
    actor: str
    units: dict[tuple[int, str], list[Unit]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[tuple[int, str], Post] = field(default_factory=dict)
    seen: dict[tuple[int, int], int] = field(default_factory=dict)  # unit and post -> row

    def take(self, row: Row) -> _Outcome:
        """Open what the row says and is not there; close the unit if the row says when."""
        title, post_role = row.text("title"), row.text("post_role")
        if title and not post_role:
            raise _Refused("post_role", _("Xin ghi việc của chức danh."))
        if post_role and not title:
            raise _Refused("title", _("Xin ghi chức danh."))
        unit, outcome = self._unit(row)
        outcome = max(outcome, self._close(unit, row.day("until")))
        if not title:
            return outcome
        post = self.posts.get((unit.pk, spelling(title)))
        if post is None:
            post = open_post(unit=unit, title=title, role=post_role, at=self.at, actor=self.actor)
            self.posts[unit.pk, spelling(title)] = post
            outcome = _Outcome.NEW
        elif post.role != post_role:
            # A change of role would give its holders other powers at a stroke.
            raise _Refused(
                "post_role", _("Chức danh này đã có với việc khác. Xin đặt chức danh khác.")
            )
        if (first := self.seen.setdefault((unit.pk, post.pk), row.number)) != row.number:
            raise _Refused("title", _("Chức danh này đã có ở dòng %(row)s.") % {"row": first})
        return outcome

    def _unit(self, row: Row) -> tuple[Unit, _Outcome]:
        agency, since = _agency_of(row, self.agencies), _since(row)
        settles = [code for code in _SEPARATORS.split(row.text("settles")) if code]
        known = self.units[agency.pk, spelling(row.text("unit"))]
        unit = next((u for u in known if u.valid_to is None or u.valid_to >= since), None)
        if unit is None:
            unit = open_unit(
                agency=agency,
                name=row.text("unit"),
                role=row.text("role"),
                settles=settles,
                valid_from=since,
                at=self.at,
                actor=self.actor,
            )
            known.append(unit)
            return unit, _Outcome.NEW
        if unit.valid_from != since:
            raise _Refused(
                "since",
                _("Bộ phận này hoạt động từ %(day)s. Xin ghi đúng ngày đó.")
                % {"day": f"{unit.valid_from:%d/%m/%Y}"},
            )
        if unit.role != row.text("role"):
            raise _Refused("role", _("Bộ phận này đã có với vai trò khác."))
        if not settles or settles == unit.settles:
            return unit, _Outcome.UNCHANGED
        changed = set_unit_settles(unit=unit, settles=settles, at=self.at, actor=self.actor)
        known[known.index(unit)] = changed
        return changed, _Outcome.CHANGED

    def _close(self, unit: Unit, until: date | None) -> _Outcome:
        if until is None or until == unit.valid_to:
            return _Outcome.UNCHANGED
        if unit.valid_to is not None and unit.valid_to < until:
            raise _Refused(
                "until",
                _("Bộ phận này chỉ hoạt động đến hết ngày %(day)s.")
                % {"day": f"{unit.valid_to:%d/%m/%Y}"},
            )
        closed = close_unit(unit=unit, on=until, at=self.at, actor=self.actor)
        unit.valid_to = closed.valid_to
        return _Outcome.CHANGED


@dataclass(kw_only=True)
class _Officers:
    """What an import of officers knows, brought up to date row by row."""

    agencies: dict[str, Agency]
    at: datetime
    actor: str
    units: set[tuple[int, str]] = field(default_factory=set)
    posts: dict[tuple[int, str, str], list[Post]] = field(default_factory=lambda: defaultdict(list))
    officers: dict[str, Officer] = field(default_factory=dict)
    held: dict[tuple[int, int], list[Appointment]] = field(
        default_factory=lambda: defaultdict(list)
    )
    said_at: dict[str, Row] = field(default_factory=dict)  # where a staff code stood first
    hired: set[int] = field(default_factory=set)  # the rows that `hire` made true

    def hire(self, rows: list[Row]) -> None:
        """Register at once the many who are plainly new; the rows, one by one, find them there."""
        usernames = [normalised(row.text("username")) for row in rows]
        taken = set(
            Account.objects.filter(username__in=usernames).values_list("username", flat=True)
        )
        plain: dict[str, tuple[Row, Post]] = {}
        for row, username in zip(rows, usernames, strict=True):
            code = row.text("staff_code")
            if code in self.officers or code in plain or row.day("until") is not None:
                continue
            if username in taken or not USERNAME.fullmatch(username):
                continue
            with suppress(_Refused):
                plain[code] = row, self._post(row)
                taken.add(username)
        if not plain:
            return
        try:
            with transaction.atomic():
                self._staff(plain)
        except (IntegrityError, UnitIsClosed, accounts.UsernameTaken):
            # Somebody was quicker with one of them: then each row says for itself what is wrong.
            return

    def _staff(self, plain: dict[str, tuple[Row, Post]]) -> None:
        opened = accounts.create_accounts(
            usernames=[row.text("username") for row, _post in plain.values()]
        )
        hires: dict[date, list[Hire]] = defaultdict(list)
        for account, (row, post) in zip(opened, plain.values(), strict=True):
            hires[_since(row)].append(
                Hire(
                    account=account,
                    full_name=row.text("full_name"),
                    staff_code=row.text("staff_code"),
                    post=post,
                )
            )
        officers: list[Officer] = []
        for since, several in hires.items():
            officers += staff_posts(hires=several, valid_from=since, at=self.at, actor=self.actor)
        # Remembered only now that nothing can be taken back.
        self.officers |= {officer.staff_code: officer for officer in officers}
        for held in Appointment.objects.filter(officer__in=officers):
            self.held[held.officer_id, held.post_id].append(held)
        self.hired = {row.number for row, _post in plain.values()}

    def take(self, row: Row) -> _Outcome:
        """Register whom the row names, unless known, and give them the post, unless held."""
        post = self._post(row)
        officer, outcome = self._officer(row)
        outcome = max(outcome, self._appointment(row, officer, post))
        return _Outcome.NEW if row.number in self.hired else outcome

    def _post(self, row: Row) -> Post:
        agency, since = _agency_of(row, self.agencies), _since(row)
        unit = (agency.pk, spelling(row.text("unit")))
        if unit not in self.units:
            raise _Refused("unit", _("Cơ quan không có bộ phận này, hoặc bộ phận chưa có vị trí."))
        posts = self.posts.get((*unit, spelling(row.text("title"))), [])
        if not posts:
            raise _Refused("title", _("Bộ phận không có chức danh này."))
        # A unit may have been closed and opened again: the one of that day is meant.
        open_then = [p for p in posts if p.unit.valid_from <= since <= (p.unit.valid_to or since)]
        if not open_then:
            raise _Refused("since", _("Bộ phận này không hoạt động vào ngày bắt đầu."))
        return open_then[0]

    def _officer(self, row: Row) -> tuple[Officer, _Outcome]:
        staff_code, full_name = row.text("staff_code"), row.text("full_name")
        username = normalised(row.text("username"))
        first = self.said_at.setdefault(staff_code, row)
        if (first.text("full_name"), normalised(first.text("username"))) != (full_name, username):
            raise _Refused(
                "staff_code",
                _("Mã cán bộ này ở dòng %(row)s có họ tên hoặc tên đăng nhập khác.")
                % {"row": first.number},
            )
        officer = self.officers.get(staff_code)
        if officer is None:
            self.officers[staff_code] = officer = self._registered(staff_code, full_name, username)
            return officer, _Outcome.NEW
        if officer.account.username != username:
            raise _Refused(
                "username",
                _("Mã cán bộ này đã có tên đăng nhập khác. Tên đăng nhập không đổi được."),
            )
        if officer.full_name == full_name:
            return officer, _Outcome.UNCHANGED
        corrected = correct_officer_name(
            officer=officer, full_name=full_name, at=self.at, actor=self.actor
        )
        officer.full_name = corrected.full_name
        return officer, _Outcome.CHANGED

    def _registered(self, staff_code: str, full_name: str, username: str) -> Officer:
        # Never an account that is there: it may be a citizen's, who would gain powers.
        account = accounts.create_account(username=username)
        return register_officer(account=account, full_name=full_name, staff_code=staff_code)

    def _appointment(self, row: Row, officer: Officer, post: Post) -> _Outcome:
        since, until = _since(row), row.day("until")
        held = self.held[officer.pk, post.pk]
        same = next((each for each in held if each.valid_from == since), None)
        if same is not None and same.valid_to == until:
            return _Outcome.UNCHANGED
        if same is not None and until is not None and until < (same.valid_to or date.max):
            ended = end_appointment(appointment=same, on=until, at=self.at, actor=self.actor)
            held[held.index(same)] = ended
            return _Outcome.CHANGED
        held.append(
            appoint(
                officer=officer,
                post=post,
                valid_from=since,
                valid_to=until,
                at=self.at,
                actor=self.actor,
            )
        )
        return _Outcome.NEW
