import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices.models import PostRole
from motcua.procedures import queries
from motcua.procedures.definitions import BadLine
from motcua.procedures.models import NationalRecord, NationalState
from motcua.procedures.policies import NotAnAdministrator
from motcua.procedures.queries import national, versions
from motcua.procedures.services import (
    PUBLISHER,
    DifferenceIsGone,
    dismiss_difference,
    import_national,
    publish_difference,
)
from tests import builders

from .builders import HOW, a_list, an_original

pytestmark = pytest.mark.django_db

AT = datetime(2024, 10, 15, 2, 0, tzinfo=UTC)
# The crawl the project tries itself on; it is not part of the repository.
CRAWL = Path(os.environ.get("NATIONAL_PROCEDURES", ""))


def take(*lines, at=AT, **more):
    return import_national(file=a_list(*lines), at=at, actor=PUBLISHER, **more)


def states(code="9.000001"):
    return list(
        NationalRecord.objects.filter(code=code).order_by("id").values_list("state", flat=True)
    )


def told():
    return list(
        LedgerEvent.objects.filter(kind__startswith="procedures.national").values_list(
            "kind", flat=True
        )
    )


def the_pending(code="9.000001"):
    return NationalRecord.objects.get(code=code, state=NationalState.PENDING)


@pytest.fixture
def administrator():
    return builders.a_mandate(builders.an_officer(PostRole.ADMINISTRATOR))


class TestImportNational:
    def test_publishes_what_is_new_with_its_original(self):
        done = take(an_original(), an_original(ma_thu_tuc="9.000002"))

        record = NationalRecord.objects.get(code="9.000001")
        assert (done.new, done.changed, done.unchanged, done.broken) == (2, 0, 0, 0)
        assert record.state == NationalState.PUBLISHED
        assert record.original == an_original()
        assert (record.source_line, record.imported_at, record.gaps) == (1, AT, [])
        assert told() == ["procedures.national-list-imported"]

    def test_repeated_changes_nothing(self):
        take(an_original())
        before = list(NationalRecord.objects.values())

        done = take(an_original(), at=AT + timedelta(days=1))

        assert (done.new, done.changed, done.unchanged) == (0, 0, 1)
        assert list(NationalRecord.objects.values()) == before
        assert len(told()) == 1

    def test_lets_a_change_wait_for_a_review(self):
        take(an_original())
        done = take(an_original(linh_vuc="Thú cưng"))

        assert (done.changed, done.unchanged) == (1, 0)
        assert states() == ["published", "pending"]
        assert queries.national_procedure("9.000001").field == "Vật nuôi"

    def test_repeated_with_a_change_that_waits_changes_nothing(self):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))
        done = take(an_original(linh_vuc="Thú cưng"))

        assert (done.changed, done.unchanged) == (0, 1)
        assert len(told()) == 2

    def test_replaces_a_change_that_waits_by_a_newer_one(self):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))
        take(an_original(linh_vuc="Mèo"))

        assert states() == ["published", "superseded", "pending"]
        assert the_pending().original["linh_vuc"] == "Mèo"

    def test_withdraws_a_change_that_was_taken_back(self):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))
        done = take(an_original())

        assert (done.withdrawn, done.unchanged) == (1, 1)
        assert states() == ["published", "superseded"]

    def test_reads_known_originals_again_when_the_reader_has_learnt(self):
        take(an_original())
        NationalRecord.objects.update(reading_digest="0" * 64, gaps=["time"])
        done = take(an_original(), at=AT + timedelta(days=1))

        record = NationalRecord.objects.get()
        assert (done.reread, done.unchanged, record.gaps) == (1, 1, [])
        assert record.read_at == AT + timedelta(days=1)

    def test_reports_broken_lines_and_takes_the_rest(self):
        done = take(
            b'{"ma_thu_tuc": "9.0',
            an_original(),
            an_original(ma_thu_tuc="mèo"),
            an_original(ma_thu_tuc="9.000002", ten_thu_tuc=""),
            an_original(ma_thu_tuc="9.000003"),
        )

        assert (done.new, done.broken) == (2, 3)
        assert [bad.number for bad in done.bad_lines] == [1, 3, 4]

    def test_takes_the_first_of_a_code_that_comes_twice(self):
        done = take(an_original(), an_original(linh_vuc="Khác"), an_original())

        assert (done.new, done.broken, done.repeated) == (1, 1, 1)
        assert done.bad_lines[0].number == 2
        assert "dòng 1" in done.bad_lines[0].reason
        assert NationalRecord.objects.get().original == an_original()

    def test_keeps_scripts_as_harmless_text(self):
        take(an_original(ten_thu_tuc="Cấp thẻ <script>alert(1)</script>mèo"))

        record = NationalRecord.objects.get()
        assert (record.name, record.gaps) == ("Cấp thẻ mèo", ["name"])
        assert "<script>" in record.original["ten_thu_tuc"]

    def test_counts_how_far_each_field_was_read(self):
        unread = an_original(ma_thu_tuc="9.000002", cach_thuc_thuc_hien=f"{HOW}Trực tiếp120 VNĐ")
        done = take(an_original(), unread)

        assert done.marks["time"] == {"read": 1, "unread": 1}

    def test_tells_who_follows_each_record_and_each_broken_line(self):
        seen = []
        take(an_original(), b"{", follower=lambda *found: seen.append(found))

        assert seen[0][0] == 1
        assert seen[0][1].name == "Thủ tục đăng ký nuôi mèo"
        assert seen[1][1] == BadLine(number=2, reason=seen[1][1].reason)

    def test_takes_nothing_if_it_breaks_off(self):
        def trip(number, _found):
            if number == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            take(an_original(), an_original(ma_thu_tuc="9.000002"), follower=trip)

        assert not NationalRecord.objects.exists()

    def test_writes_many_records_in_few_statements(self):
        many = [an_original(ma_thu_tuc=f"9.{number:06}") for number in range(300)]
        with CaptureQueriesContext(connection) as captured:
            take(*many)

        assert len(captured) < 15


class TestPublishDifference:
    def test_shows_what_the_portal_says_now(self, administrator):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))
        record = publish_difference(
            code="9.000001", digest=the_pending().digest, mandate=administrator, at=AT
        )

        assert states() == ["superseded", "published"]
        assert (record.reviewed_by_id, record.reviewed_at) == (administrator.officer_id, AT)
        assert queries.national_procedure("9.000001").field == "Thú cưng"
        assert told()[-1] == "procedures.national-difference-published"

    def test_happens_once_if_told_twice(self, administrator):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))
        told_twice = {
            "code": "9.000001",
            "digest": the_pending().digest,
            "mandate": administrator,
            "at": AT,
        }

        assert publish_difference(**told_twice) == publish_difference(**told_twice)
        assert len(told()) == 3

    def test_is_refused_once_a_newer_list_has_come(self, administrator):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))
        seen = the_pending().digest
        take(an_original(linh_vuc="Mèo"))

        with pytest.raises(DifferenceIsGone):
            publish_difference(code="9.000001", digest=seen, mandate=administrator, at=AT)
        assert states() == ["published", "superseded", "pending"]

    def test_is_for_administrators(self):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))
        other = builders.a_mandate(builders.an_officer(PostRole.RECEIVER))

        with pytest.raises(NotAnAdministrator):
            publish_difference(code="9.000001", digest=the_pending().digest, mandate=other, at=AT)


class TestDismissDifference:
    def test_keeps_what_is_shown_and_is_not_asked_again(self, administrator):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))
        dismiss_difference(
            code="9.000001", digest=the_pending().digest, mandate=administrator, at=AT
        )
        done = take(an_original(linh_vuc="Thú cưng"))

        assert done.unchanged == 1
        assert states() == ["published", "dismissed"]
        assert queries.national_procedure("9.000001").field == "Vật nuôi"

    def test_happens_once_if_told_twice(self, administrator):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))
        told_twice = {
            "code": "9.000001",
            "digest": the_pending().digest,
            "mandate": administrator,
            "at": AT,
        }

        assert dismiss_difference(**told_twice) == dismiss_difference(**told_twice)
        assert told().count("procedures.national-difference-dismissed") == 1

    def test_is_refused_after_it_was_published(self, administrator):
        take(an_original())
        take(an_original(linh_vuc="Thú cưng"))
        seen = {"code": "9.000001", "digest": the_pending().digest, "mandate": administrator}
        publish_difference(**seen, at=AT)

        with pytest.raises(DifferenceIsGone):
            dismiss_difference(**seen, at=AT)

    def test_is_for_administrators(self):
        take(an_original())
        other = builders.a_mandate(builders.an_officer(PostRole.LEADER))

        with pytest.raises(NotAnAdministrator):
            dismiss_difference(code="9.000001", digest="", mandate=other, at=AT)


class TestRecords:
    def test_are_published_once_a_code(self):
        take(an_original())
        record = NationalRecord.objects.get()
        record.pk = None

        with pytest.raises(IntegrityError), transaction.atomic():
            record.save(force_insert=True)

    @pytest.mark.parametrize("change", [{"original": {}}, {"digest": "x"}, {"code": "9.999999"}])
    def test_keep_their_original(self, change):
        take(an_original())

        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            NationalRecord.objects.update(**change)


class TestNationalProcedures:
    def test_are_read_once(self):
        take(an_original(), an_original(ma_thu_tuc="9.000002", ten_thu_tuc="Bán mèo"))
        first = queries.national_procedures()
        with CaptureQueriesContext(connection) as captured:
            again = queries.national_procedures()

        assert again is first
        assert len(captured) == 0
        assert [each.name for each in first] == ["Bán mèo", "Thủ tục đăng ký nuôi mèo"]

    def test_stay_the_same_when_asked_again_and_nothing_has_changed(self, monkeypatch):
        take(an_original())
        first = queries.national_procedures()
        monkeypatch.setattr(national, "FRESH_SECONDS", 0.0)

        assert queries.national_procedures() is first

    def test_are_read_anew_by_a_process_that_nobody_told(self, monkeypatch):
        take(an_original())
        first = queries.national_procedures()
        take(an_original(ma_thu_tuc="9.000002"))
        monkeypatch.setattr(national, "_is_stale", False)
        assert queries.national_procedures() is first

        monkeypatch.setattr(national, "FRESH_SECONDS", 0.0)
        assert len(queries.national_procedures()) == 2

    def test_are_compared_with_ours_once(self):
        builders.the_catalogue()
        take(an_original(ma_thu_tuc="1.001193"), an_original())
        version = builders.the_version()
        first = queries.differences_of(version)

        assert first
        assert queries.differences_of(version) is first
        assert queries.national_differences(builders.TODAY) == {"1.001193": first}

    def test_are_unknown_by_a_code_that_no_list_had(self):
        with pytest.raises(versions.UnknownProcedure):
            queries.national_procedure("9.999999")


@pytest.mark.skipif(not CRAWL.is_file(), reason="set NATIONAL_PROCEDURES to a crawl to try it")
class TestARealCrawl:
    def test_is_read_as_far_as_promised(self):
        with CRAWL.open("rb") as file:
            done = import_national(file=file, at=AT, actor=PUBLISHER)

        assert done.broken == 0
        assert _share(done.marks["channels"]) >= 0.98
        assert _share(done.marks["time"]) >= 0.95
        assert _share(done.marks["components"]) >= 0.90
        assert _share(done.marks["results"]) >= 0.95
        assert _share(done.marks["legal_bases"]) >= 0.80


def _share(marks):
    return marks["read"] / (sum(marks.values()) - marks["absent"])
