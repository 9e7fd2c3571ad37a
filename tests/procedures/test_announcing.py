"""The register of the decisions that announce procedures."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from motcua.kernel.ledger.models import LedgerEvent
from motcua.procedures import queries, services
from motcua.procedures.models import AnnouncedKind as K
from motcua.procedures.models import AnnouncedProcedure, Announcement, PortalPublication
from motcua.procedures.policies import NotTheCitysOffice
from tests.builders import NOW, TODAY, a_leader, an_agency
from tests.procedures.register import (
    BIRTH,
    BUSINESS,
    COPY,
    JUSTICE,
    PUBLISH_BY,
    SIGNED,
    ARegister,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def known(before: datetime, *, since=date(2024, 1, 1), until=TODAY):
    return queries.announced(since=since, until=until, known_before=before)


def told_of(announcement) -> list[str]:
    subject = announcement.subject
    events = LedgerEvent.objects.filter(subject_type=subject.type, subject_id=subject.id)
    return [event.kind for event in events.order_by("subject_seq")]


class TestRecordAnnouncement:
    def test_keeps_the_decision_and_what_it_announces(self):
        register = ARegister()

        announcement = register.record(COPY, BIRTH, COPY, number=" 12 / qđ-ubnd ")

        assert (announcement.number, announcement.signed_on) == ("12/QĐ-UBND", SIGNED)
        sheet = queries.announcement_sheet(announcement.pk)
        assert [each.code for each in sheet.procedures] == [BIRTH, COPY]
        assert sheet.kinds == {BIRTH: "amended", COPY: "amended"}
        assert sheet.procedures[0].published_on is None
        assert told_of(announcement) == ["procedures.announcement-recorded"]

    def test_is_for_the_office_of_the_city(self):
        register = ARegister()
        register.keeper = a_leader(an_agency(JUSTICE))

        with pytest.raises(NotTheCitysOffice):
            register.record()
        assert not Announcement.objects.exists()

    @pytest.mark.parametrize(
        "number", ["", "12", "QĐ-UBND", "0/QĐ-UBND", "12/TB-UBND", "1/QĐ-" * 9]
    )
    def test_refuses_what_is_no_number(self, number):
        with pytest.raises(services.NotANumberOfADecision, match="1234/QĐ-UBND"):
            ARegister().record(number=number)

    @pytest.mark.parametrize("codes", [("1.1",), ("khai sinh",), (BIRTH, "1.0011933"), (" ",)])
    def test_refuses_what_are_no_codes(self, codes):
        with pytest.raises(services.NotCodesOfProcedures):
            ARegister().record(*codes)

    def test_keeps_what_it_does_to_each(self):
        codes = {K.NEW: ["9.999999"], K.AMENDED: [BIRTH], K.ABOLISHED: [COPY, " "]}

        announcement = ARegister().record(codes=codes)

        told = LedgerEvent.objects.get(subject_id=announcement.subject.id).data
        kinds = {BIRTH: "amended", COPY: "abolished", "9.999999": "new"}
        assert queries.announcement_sheet(announcement.pk).kinds == told["kinds"] == kinds
        assert told["codes"] == [BIRTH, COPY, "9.999999"]

    def test_says_of_every_line_what_is_wrong(self):
        codes = {K.NEW: ["1.1", BIRTH], K.AMENDED: [BIRTH, COPY], K.ABOLISHED: ["khai tử"]}

        with pytest.raises(services.NotCodesOfProcedures) as refused:
            ARegister().record(codes=codes)

        assert [(kind, words.split("”")[0]) for kind, words in refused.value.faults] == [
            (K.NEW, "“1.1"),
            (K.AMENDED, f"Mã {BIRTH} đã ghi ở “Mới ban hành"),
            (K.ABOLISHED, "“khai tử"),
        ]
        assert not Announcement.objects.exists()

    def test_knows_no_kind_of_what_was_recorded_before_kinds_were_kept(self):
        register = ARegister()
        announcement = register.record()
        AnnouncedProcedure.objects.create(announcement=announcement, code=COPY)

        with (
            pytest.raises(IntegrityError, match="announced_procedure_kind_is_known"),
            transaction.atomic(),
        ):
            AnnouncedProcedure.objects.create(announcement=announcement, code=BUSINESS, kind="x")
        assert queries.announcement_sheet(announcement.pk).kinds[COPY] == ""

    def test_refuses_more_than_anybody_announces(self):
        many = [f"1.{number:06}" for number in range(services.CODES_MOST + 1)]
        with pytest.raises(services.NotCodesOfProcedures):
            ARegister().record(*many)

    @pytest.mark.parametrize("day", [TODAY + DAY, date(1, 1, 1)])
    def test_refuses_a_signing_that_cannot_be(self, day):
        with pytest.raises(services.DayCannotBe):
            ARegister().record(signed_on=day)

    @pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
    def test_refuses_an_effect_that_cannot_be(self, day):
        with pytest.raises(services.EffectCannotBe):
            ARegister().record(effective_on=day)

    def test_refuses_one_without_a_basis(self):
        with pytest.raises(services.NeedsABasis):
            ARegister().record(basis=" \u200b ")

    def test_refuses_an_agency_that_was_not_there(self):
        with pytest.raises(services.NoSuchProposer):
            ARegister().record(agency_id=0)
        with pytest.raises(services.NoSuchProposer):
            ARegister().record(signed_on=date(2019, 1, 2), agency_id=an_agency(JUSTICE).pk)

    def test_refuses_a_number_twice_a_year(self):
        register = ARegister()
        register.record(number="7/QĐ-UBND")

        with pytest.raises(services.NumberIsTaken, match="năm 2024"):
            register.record(number="7/QĐ-UBND", signed_on=SIGNED - 30 * DAY)
        register.record(number="7/QĐ-UBND", signed_on=SIGNED.replace(year=2023))

    def test_takes_a_number_again_that_was_struck(self):
        register = ARegister()
        register.strike(register.record(number="7/QĐ-UBND"))

        assert register.record(number="7/QĐ-UBND").struck_at is None


class TestRecordPublication:
    def test_keeps_the_day_of_each_procedure(self):
        register = ARegister()
        announcement = register.record(BIRTH, COPY, BUSINESS)
        register.publish(announcement, BIRTH, COPY)
        register.publish(announcement, BUSINESS, on=PUBLISH_BY + DAY)

        days = [
            each.published_on for each in queries.announcement_sheet(announcement.pk).procedures
        ]
        assert days == [PUBLISH_BY, PUBLISH_BY + DAY, PUBLISH_BY]
        assert told_of(announcement)[1:] == ["procedures.publication-recorded"] * 2

    def test_told_twice_happens_once(self):
        register = ARegister()
        announcement = register.record(BIRTH, COPY)
        register.publish(announcement, BIRTH)

        assert [row.announced.code for row in register.publish(announcement, BIRTH, COPY)] == [COPY]
        assert register.publish(announcement, BIRTH, COPY) == []
        assert len(told_of(announcement)) == 3

    def test_refuses_another_day(self):
        register = ARegister()
        announcement = register.record(BIRTH, COPY)
        register.publish(announcement, BIRTH)

        with pytest.raises(services.PublishedOnAnotherDay, match="07/10/2024"):
            register.publish(announcement, BIRTH, COPY, on=PUBLISH_BY + DAY)
        assert PortalPublication.objects.count() == 1

    def test_refuses_days_before_the_signing_and_to_come(self):
        register = ARegister()
        announcement = register.record()

        with pytest.raises(services.PublishedBeforeItWasSigned, match="30/09/2024"):
            register.publish(announcement, on=SIGNED - DAY)
        with pytest.raises(services.DayCannotBe):
            register.publish(announcement, on=TODAY + DAY)
        assert register.publish(announcement, on=SIGNED)

    def test_refuses_what_is_not_announced_there(self):
        register = ARegister()
        announcement = register.record(BIRTH)

        with pytest.raises(services.NotAnnouncedThere, match=COPY):
            register.publish(announcement, BIRTH, COPY)
        with pytest.raises(services.NotAnnouncedThere):
            services.record_publication(
                announcement_id=announcement.pk,
                mandate=register.keeper,
                codes=[],
                published_on=PUBLISH_BY,
                at=NOW,
            )

    def test_is_for_the_office_of_the_city(self):
        register = ARegister()
        announcement = register.record()
        register.keeper = a_leader(an_agency(JUSTICE))

        for act in (register.publish, register.unpublish, register.strike):
            with pytest.raises(NotTheCitysOffice):
                act(announcement)

    def test_needs_a_decision(self):
        register = ARegister()
        with pytest.raises(queries.NoSuchAnnouncement):
            register.publish(Announcement(pk=0))
        with pytest.raises(queries.NoSuchAnnouncement):
            queries.announcement_sheet(0)


class TestStrike:
    def test_takes_a_day_away_which_may_be_recorded_anew(self):
        register = ARegister()
        announcement = register.record()
        register.publish(announcement)
        register.unpublish(announcement)

        [row] = queries.announcement_sheet(announcement.pk).procedures
        assert row.published_on is None
        register.publish(announcement, on=PUBLISH_BY + DAY)
        [row] = queries.announcement_sheet(announcement.pk).procedures
        assert row.published_on == PUBLISH_BY + DAY

    def test_needs_something_to_strike_and_a_reason(self):
        register = ARegister()
        announcement = register.record()
        told = {"announcement_id": announcement.pk, "mandate": register.keeper, "at": NOW}

        with pytest.raises(services.NotPublishedYet):
            register.unpublish(announcement)
        register.publish(announcement)
        with pytest.raises(services.NeedsAReason):
            services.strike_publication(code=BIRTH, reason=" ", **told)
        with pytest.raises(services.NeedsAReason):
            services.strike_announcement(reason="", **told)

    def test_leaves_nothing_to_be_done_with_a_decision(self):
        register = ARegister()
        announcement = register.strike(register.record())

        for act in (register.publish, register.unpublish, register.strike):
            with pytest.raises(services.IsStruck):
                act(announcement)


class TestAnnounced:
    def test_tells_a_past_moment_as_it_was_known(self):
        register = ARegister()
        announcement = register.record(at=NOW)
        register.publish(announcement, at=NOW + DAY)
        register.unpublish(announcement, at=NOW + 2 * DAY)
        register.publish(announcement, on=PUBLISH_BY + DAY, at=NOW + 3 * DAY)
        register.strike(announcement, at=NOW + 4 * DAY)

        def days(moment):
            return [row.published_on for row in known(moment)]

        soon = timedelta(seconds=1)
        assert days(NOW) == []
        assert days(NOW + soon) == [None]
        assert days(NOW + DAY + soon) == [PUBLISH_BY]
        assert days(NOW + 2 * DAY + soon) == [None]
        assert days(NOW + 3 * DAY + soon) == [PUBLISH_BY + DAY]
        assert days(NOW + 4 * DAY + soon) == []
        assert not queries.knows_announcements(before=NOW)
        assert queries.knows_announcements(before=NOW + soon)

    def test_is_of_decisions_signed_between_two_days(self):
        ARegister().record()
        soon = NOW + DAY

        assert known(soon, since=SIGNED, until=SIGNED)
        assert not known(soon, since=SIGNED + DAY)
        assert not known(soon, until=SIGNED - DAY)


class TestConstraints:
    def test_hold_without_the_services(self):
        register = ARegister()
        announcement = register.record()
        [publication] = register.publish(announcement)
        row = AnnouncedProcedure.objects.get()

        def refuses(name, write):
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                write()

        def again(record, **changes):
            for field, value in changes.items():
                setattr(record, field, value)
            record.pk = None
            return lambda: record.save(force_insert=True)

        def announced(**changes):
            return again(Announcement.objects.get(), **changes)

        keeper = register.keeper.officer_id
        refuses("announcement_number_is_used_once_a_year", announced())
        refuses("announcement_has_a_number_and_a_basis", announced(number=""))
        refuses("announcement_is_of_days_that_can_be", announced(signed_on=date(2001, 1, 1)))
        refuses(
            "announcement_is_struck_by_somebody_for_a_reason",
            announced(number="9/QĐ-UBND", struck_at=NOW, struck_by_id=keeper),
        )
        refuses(
            "portal_publication_is_struck_by_somebody_for_a_reason",
            lambda: PortalPublication.objects.update(struck_at=NOW, strike_reason="x"),
        )
        refuses("announcement_names_a_procedure_once", again(row))
        refuses(
            "announced_procedure_is_published_on_one_day",
            again(publication, published_on=PUBLISH_BY + DAY),
        )
        assert Announcement.objects.get() == announcement

    def test_nothing_is_altered_or_deleted(self):
        register = ARegister()
        announcement = register.record()
        register.publish(announcement)
        struck = {"struck_at": NOW, "struck_by": register.keeper.officer_id, "strike_reason": "x"}
        recorded = (Announcement, AnnouncedProcedure, PortalPublication)

        def refuses(write):
            with pytest.raises(DatabaseError, match="never altered"), transaction.atomic():
                write()

        of = Announcement.objects.all()
        refuses(lambda: of.update(basis="Nghị định khác"))
        refuses(lambda: of.update(signed_on=SIGNED - DAY, **struck))
        refuses(lambda: AnnouncedProcedure.objects.update(code=COPY))
        refuses(lambda: PortalPublication.objects.update(published_on=SIGNED))
        for model in recorded:
            refuses(lambda model=model: model.objects.all()._raw_delete(model.objects.db))
        register.strike(announcement)
        refuses(lambda: of.update(strike_reason="y"))
        refuses(lambda: of.update(struck_at=None, struck_by=None, strike_reason=""))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_a_decision_recorded_by_four_at_once_is_recorded_once(self):
        register = ARegister()
        record = partial(register.record, number="7/QĐ-UBND")

        answers = at_once(*[record] * 4)

        assert sum(isinstance(answer, Announcement) for answer in answers) == 1
        assert sum(isinstance(answer, services.NumberIsTaken) for answer in answers) == 3
        assert LedgerEvent.objects.filter(subject_type="procedures.announcement").count() == 1

    def test_a_day_recorded_by_two_at_once_is_recorded_once(self):
        register = ARegister()
        announcement = register.record(BIRTH, COPY)

        answers = at_once(*[partial(register.publish, announcement, BIRTH, COPY)] * 4)

        assert sorted(map(len, answers)) == [0, 0, 0, 2]
        assert PortalPublication.objects.count() == 2

    def test_of_two_days_recorded_at_once_one_stands(self):
        register = ARegister()
        announcement = register.record()
        days = [PUBLISH_BY, PUBLISH_BY + DAY, PUBLISH_BY, PUBLISH_BY + DAY]

        answers = at_once(*[partial(register.publish, announcement, on=day) for day in days])

        assert sum(isinstance(answer, services.PublishedOnAnotherDay) for answer in answers) == 2
        assert PortalPublication.objects.count() == 1

    def test_struck_while_it_is_published_it_is_one_after_the_other(self):
        register = ARegister()
        announcement = register.record()

        struck, published = at_once(
            partial(register.strike, announcement), partial(register.publish, announcement)
        )

        assert isinstance(struck, Announcement)
        kinds = told_of(announcement)
        assert kinds[-1] == "procedures.announcement-struck"
        assert isinstance(published, services.IsStruck) is (len(kinds) == 2)


def at_once(*calls):
    """Run the calls in threads that start together; return what each gave or raised."""
    together = Barrier(len(calls))

    def one(call):
        try:
            together.wait(10)
            return call()
        except services.AnnouncementRefused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))
