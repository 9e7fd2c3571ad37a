"""The register of announcing decisions: recorded, published on the national database, struck."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.kernel import text
from motcua.kernel.clock import day_of
from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger.events import Event
from motcua.offices.models import Agency
from motcua.offices.queries import Mandate
from motcua.procedures.definitions.national.record import CODE
from motcua.procedures.events import (
    AnnouncementRecorded,
    AnnouncementStruck,
    PublicationRecorded,
    PublicationStruck,
)
from motcua.procedures.models import (
    FIRST_ANNOUNCED,
    LAST_ANNOUNCED,
    AnnouncedKind,
    AnnouncedProcedure,
    Announcement,
    PortalPublication,
)
from motcua.procedures.policies import check_may_announce
from motcua.procedures.queries.announcements import NoSuchAnnouncement

CODES_MOST = 500  # procedures in one decision
_BASIS_MOST, _REASON_MOST = 300, 1000
_NUMBER = re.compile(r"[1-9][0-9]{0,5}/QĐ-[A-ZĐ]{2,12}")


class AnnouncementRefused(Exception):
    """The register does not take this; the message says what to mend."""


class NotANumberOfADecision(AnnouncementRefused):
    """A decision is known by a number like 1234/QĐ-UBND."""


class NumberIsTaken(AnnouncementRefused):
    """The register has a decision of that number and year."""


class DayCannotBe(AnnouncementRefused):
    """A day of signing or publishing has not come, or is of another age."""


class EffectCannotBe(AnnouncementRefused):
    """The legal basis takes effect in another age."""


class NeedsABasis(AnnouncementRefused):
    """A decision announces what a legal text sets."""


class NoSuchProposer(AnnouncementRefused):
    """No agency of that day proposed it."""


class NotCodesOfProcedures(AnnouncementRefused):
    """
    A decision announces procedures, each by its national code and in one way.

    `faults` says of each line that cannot be, and under which kind it stands, what is wrong.
    """

    def __init__(self, faults: Sequence[tuple[AnnouncedKind, str]]) -> None:
        super().__init__(" ".join(message for _kind, message in faults))
        self.faults = tuple(faults)


class NotAnnouncedThere(AnnouncementRefused):
    """The decision does not announce that procedure."""


class PublishedBeforeItWasSigned(AnnouncementRefused):
    """What is announced is published once the decision is signed."""


class PublishedOnAnotherDay(AnnouncementRefused):
    """The register has another day already."""


class NotPublishedYet(AnnouncementRefused):
    """There is no day of publication to strike."""


class IsStruck(AnnouncementRefused):
    """The decision was struck out of the register."""


class NeedsAReason(AnnouncementRefused):
    """Nothing is struck without a reason."""


@transaction.atomic
def record_announcement(
    *,
    mandate: Mandate,
    number: str,
    signed_on: date,
    basis: str,
    effective_on: date,
    agency_id: int,
    codes: Mapping[AnnouncedKind, Sequence[str]],
    at: datetime,
) -> Announcement:
    """
    Put a signed decision into the register, with the procedures that it announces.

    `codes` are theirs by what it does to them. One that the catalogue has not is taken: what is
    new is announced before anybody authors it. Screens say so until it has.

    :raises NotTheCitysOffice: if the officer may not
    :raises NotANumberOfADecision: if the number is written otherwise than 1234/QĐ-UBND
    :raises DayCannotBe: if it would be signed after today, or before there were such decisions
    :raises EffectCannotBe: if the basis would take effect in another age
    :raises NeedsABasis: if no legal text is named
    :raises NoSuchProposer: if the agency was not there on the day of signing
    :raises NotCodesOfProcedures: if there is none, one that is no code, or one in two ways
    :raises NumberIsTaken: if that number of that year is in the register
    """
    check_may_announce(mandate)
    number = _number(number)
    _check_day(signed_on, at=at)
    if not _is_reachable(effective_on):
        raise EffectCannotBe(_out_of_reach())
    basis = text.clean(basis)[:_BASIS_MOST]
    if not basis:
        raise NeedsABasis(_("Hãy ghi văn bản quy phạm pháp luật làm căn cứ công bố."))
    if not Agency.objects.in_force(signed_on).filter(pk=agency_id).exists():
        raise NoSuchProposer(_("Hãy chọn cơ quan trình, là cơ quan hoạt động vào ngày ký."))
    told = _codes(codes)
    _hold(number, signed_on)
    same = Announcement.objects.filter(number=number, signed_on__year=signed_on.year)
    if same.filter(struck_at__isnull=True).exists():
        raise NumberIsTaken(
            _("Sổ đã có quyết định số %(number)s năm %(year)s.")
            % {"number": number, "year": signed_on.year}
        )
    announcement = Announcement.objects.create(
        number=number,
        signed_on=signed_on,
        basis=basis,
        effective_on=effective_on,
        agency_id=agency_id,
        recorded_by_id=mandate.officer_id,
        recorded_at=at,
    )
    AnnouncedProcedure.objects.bulk_create(
        AnnouncedProcedure(announcement=announcement, code=code, kind=kind)
        for code, kind in told.items()
    )
    _record(
        announcement,
        AnnouncementRecorded(
            number=number,
            signed_on=signed_on.isoformat(),
            basis=basis,
            effective_on=effective_on.isoformat(),
            agency_id=agency_id,
            codes=list(told),
            kinds={code: kind.value for code, kind in told.items()},
        ),
        mandate,
        at,
    )
    return announcement


@transaction.atomic
def record_publication(
    *,
    announcement_id: int,
    mandate: Mandate,
    codes: Sequence[str],
    published_on: date,
    at: datetime,
) -> list[PortalPublication]:
    """
    Put on record on which day announced procedures were published on the national database.

    Return what is new; told twice, it happens once.

    :raises NoSuchAnnouncement: if there is no such decision
    :raises NotTheCitysOffice: if the officer may not
    :raises IsStruck: if the decision was struck
    :raises DayCannotBe: if the day has not come
    :raises PublishedBeforeItWasSigned: if the decision was signed later
    :raises NotAnnouncedThere: if nothing is chosen, or something that it does not announce
    :raises PublishedOnAnotherDay: if another day is on record for one of them
    """
    announcement = _locked(announcement_id, mandate)
    _check_day(published_on, at=at)
    if published_on < announcement.signed_on:
        raise PublishedBeforeItWasSigned(
            _("Quyết định ký ngày %(day)s; thủ tục không thể được công khai trước ngày đó.")
            % {"day": f"{announcement.signed_on:%d/%m/%Y}"}
        )
    rows = [_announced(announcement, code) for code in dict.fromkeys(codes)]
    if not rows:
        raise NotAnnouncedThere(_("Hãy chọn ít nhất một thủ tục đã được công khai."))
    standing = _standing(rows)
    for row in rows:
        known = standing.get(row.pk)
        if known is not None and known.published_on != published_on:
            raise PublishedOnAnotherDay(
                _("Sổ đã ghi thủ tục %(code)s được công khai ngày %(day)s. Bỏ ngày đó trước.")
                % {"code": row.code, "day": f"{known.published_on:%d/%m/%Y}"}
            )
    new = [row for row in rows if row.pk not in standing]
    publications = PortalPublication.objects.bulk_create(
        PortalPublication(
            announced=row,
            published_on=published_on,
            recorded_by_id=mandate.officer_id,
            recorded_at=at,
        )
        for row in new
    )
    if new:
        told = PublicationRecorded(
            codes=[row.code for row in new], published_on=published_on.isoformat()
        )
        _record(announcement, told, mandate, at)
    return publications


@transaction.atomic
def strike_publication(
    *, announcement_id: int, mandate: Mandate, code: str, reason: str, at: datetime
) -> PortalPublication:
    """
    Strike a procedure's day of publication that was recorded wrongly. It may be recorded anew.

    :raises NoSuchAnnouncement: if there is no such decision
    :raises NotTheCitysOffice: if the officer may not
    :raises IsStruck: if the decision was struck
    :raises NotAnnouncedThere: if the decision does not announce the procedure
    :raises NotPublishedYet: if no day is on record
    :raises NeedsAReason: if none is given
    """
    announcement = _locked(announcement_id, mandate)
    row = _announced(announcement, code)
    publication = _standing([row]).get(row.pk)
    if publication is None:
        raise NotPublishedYet(_("Sổ không có ngày công khai nào của thủ tục này để bỏ."))
    _strike(publication, reason, mandate, at)
    told = PublicationStruck(
        code=row.code,
        published_on=publication.published_on.isoformat(),
        reason=publication.strike_reason,
    )
    _record(announcement, told, mandate, at)
    return publication


@transaction.atomic
def strike_announcement(
    *, announcement_id: int, mandate: Mandate, reason: str, at: datetime
) -> Announcement:
    """
    Strike a decision that was recorded wrongly, with its days. It may be recorded anew.

    What was known of it on days that are over stays so.

    :raises NoSuchAnnouncement: if there is no such decision
    :raises NotTheCitysOffice: if the officer may not
    :raises IsStruck: if it is struck already
    :raises NeedsAReason: if none is given
    """
    announcement = _locked(announcement_id, mandate)
    _strike(announcement, reason, mandate, at)
    told = AnnouncementStruck(number=announcement.number, reason=announcement.strike_reason)
    _record(announcement, told, mandate, at)
    return announcement


def _locked(announcement_id: int, mandate: Mandate) -> Announcement:
    """Return a decision that stands, held against every other writer until the end."""
    found = Announcement.objects.select_for_update(of=("self",)).filter(pk=announcement_id).first()
    if found is None:
        raise NoSuchAnnouncement(_("Sổ không có quyết định công bố này."))
    check_may_announce(mandate)
    if found.struck_at is not None:
        raise IsStruck(_("Quyết định này đã được bỏ khỏi sổ. Không ghi gì thêm."))
    return found


def _announced(announcement: Announcement, code: str) -> AnnouncedProcedure:
    row = AnnouncedProcedure.objects.filter(announcement=announcement, code=code).first()
    if row is None:
        raise NotAnnouncedThere(
            _("Quyết định này không công bố thủ tục mã “%(code)s”.") % {"code": code[:30]}
        )
    return row


def _standing(rows: Sequence[AnnouncedProcedure]) -> dict[int, PortalPublication]:
    found = PortalPublication.objects.filter(announced__in=rows, struck_at__isnull=True)
    return {each.announced_id: each for each in found}


def _strike(
    record: Announcement | PortalPublication, reason: str, mandate: Mandate, at: datetime
) -> None:
    cleaned = text.clean_lines(reason)[:_REASON_MOST]
    if not cleaned:
        raise NeedsAReason(_("Hãy ghi vì sao bỏ. Lý do được giữ trong sổ."))
    record.struck_by_id, record.struck_at = mandate.officer_id, at
    record.strike_reason = cleaned
    record.save(update_fields=["struck_by", "struck_at", "strike_reason"])


def _record(announcement: Announcement, told: Event, mandate: Mandate, at: datetime) -> None:
    ledger.record(told, subject=announcement.subject, actor=mandate.actor, at=at)


def _hold(number: str, signed_on: date) -> None:
    """Let whoever records a decision of the same number and year wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"announcement {signed_on.year} {number}"],
        )


def _number(typed: str) -> str:
    number = "".join(text.clean(typed).upper().split())
    if _NUMBER.fullmatch(number) is None:
        raise NotANumberOfADecision(_("Hãy ghi số quyết định như 1234/QĐ-UBND."))
    return number


def _codes(typed: Mapping[AnnouncedKind, Iterable[str]]) -> dict[str, AnnouncedKind]:
    """Return the kind of each code, in their order."""
    kinds: dict[str, AnnouncedKind] = {}
    faults = []
    for kind, codes in typed.items():
        for code in sorted({text.clean(code) for code in codes} - {""}):
            if CODE.fullmatch(code) is None:
                wrong = _("“%(code)s” không phải mã thủ tục. Mã thủ tục viết như 1.001193.")
                faults.append((kind, wrong % {"code": code[:30]}))
            elif code in kinds:
                twice = _("Mã %(code)s đã ghi ở “%(kind)s”. Mỗi mã chỉ ghi một loại.")
                faults.append((kind, twice % {"code": code, "kind": kinds[code].label}))
            else:
                kinds[code] = kind
    if not faults and not 1 <= len(kinds) <= CODES_MOST:
        how_many = _("Hãy ghi mã các thủ tục được công bố, từ 1 đến %(most)d mã.")
        faults.append((AnnouncedKind.NEW, how_many % {"most": CODES_MOST}))
    if faults:
        raise NotCodesOfProcedures(faults)
    return dict(sorted(kinds.items()))


def _check_day(day: date, *, at: datetime) -> None:
    if day > day_of(at):
        raise DayCannotBe(
            _("Ngày %(day)s chưa đến. Sổ chỉ ghi việc đã làm.") % {"day": f"{day:%d/%m/%Y}"}
        )
    if not _is_reachable(day):
        raise DayCannotBe(_out_of_reach())


def _is_reachable(day: date) -> bool:
    return FIRST_ANNOUNCED <= day <= LAST_ANNOUNCED


def _out_of_reach() -> str:
    return _("Hãy xem lại năm: ngày phải từ %(first)s đến %(last)s.") % {
        "first": f"{FIRST_ANNOUNCED:%d/%m/%Y}",
        "last": f"{LAST_ANNOUNCED:%d/%m/%Y}",
    }
