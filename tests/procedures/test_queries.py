from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.kernel.text import fold
from motcua.procedures.queries import (
    UnknownProcedure,
    published,
    version_in_force,
    versions,
)
from motcua.procedures.services import import_catalogue, publish_version

from .builders import a_definition

pytestmark = pytest.mark.django_db

AT = datetime(2024, 10, 15, 2, 0, tzinfo=UTC)
TODAY = date(2024, 10, 15)
CATALOGUE = Path(__file__).parents[2] / "catalogue"


def publish(**changes):
    return publish_version(definition=a_definition(**changes), at=AT)


class TestVersionInForce:
    def test_is_the_one_whose_days_cover_the_day(self):
        former = publish()
        latter = publish(valid_from="2025-07-01")

        assert version_in_force("1.000001", date(2024, 7, 1)).id == former.id
        assert version_in_force("1.000001", date(2025, 6, 30)).id == former.id
        assert version_in_force("1.000001", date(2025, 7, 1)).id == latter.id

    def test_is_unknown_before_the_first_day(self):
        publish()

        with pytest.raises(UnknownProcedure):
            version_in_force("1.000001", date(2024, 6, 30))

    def test_is_unknown_for_an_unknown_code(self):
        with pytest.raises(UnknownProcedure):
            version_in_force("9.999999", TODAY)

    def test_costs_no_sql_once_it_is_known(self):
        publish()
        version_in_force("1.000001", TODAY)

        with CaptureQueriesContext(
            connection,
        ) as captured:
            for _ in range(3):
                version_in_force("1.000001", TODAY)

        assert len(captured) == 0

    def test_is_seen_at_once_by_a_process_that_did_not_know_the_procedure(self):
        with pytest.raises(UnknownProcedure):
            version_in_force("1.000001", TODAY)
        timetable = versions._timetable
        version = publish()
        versions._timetable = timetable  # as in another process, which nobody told

        assert version_in_force("1.000001", TODAY).id == version.id

    def test_is_seen_by_other_processes_when_their_timetable_is_old(self, monkeypatch):
        former = publish()
        version_in_force("1.000001", TODAY)
        timetable = versions._timetable
        latter = publish(summary="Bản mới.")
        versions._timetable = timetable  # as in another process, which nobody told

        assert version_in_force("1.000001", TODAY).id == former.id
        monkeypatch.setattr(versions, "FRESH_SECONDS", 0.0)
        assert version_in_force("1.000001", TODAY).id == latter.id


class TestCompiled:
    def test_is_compiled_once(self):
        version = publish()

        assert versions.compiled(version.id) is versions.compiled(version.id)

    def test_is_unknown_if_there_is_no_such_version(self):
        with pytest.raises(UnknownProcedure):
            versions.compiled(987_654_321)


class TestPublished:
    def test_lists_what_is_in_force_by_name(self):
        import_catalogue(folder=CATALOGUE, at=AT)

        listed = published(TODAY)

        assert {v.code for v in listed} == {path.stem for path in CATALOGUE.glob("*.yaml")}
        assert [v.name for v in listed] == sorted((v.name for v in listed), key=fold)
        assert published(date(2024, 6, 30)) == ()

    def test_reads_all_that_is_missing_at_once(self):
        import_catalogue(folder=CATALOGUE, at=AT)
        versions._compiled.clear()
        versions.forget()

        with CaptureQueriesContext(connection) as captured:
            published(TODAY)

        assert len(captured) == 2
