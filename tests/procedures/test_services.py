import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from motcua.kernel.ledger.models import LedgerEvent, Subject
from motcua.procedures import queries
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.services import (
    InvalidDefinition,
    Outcome,
    VersionStartsTooEarly,
    import_catalogue,
    publish_version,
)

from .builders import a_definition

pytestmark = pytest.mark.django_db

AT = datetime(2024, 10, 15, 2, 0, tzinfo=UTC)
CATALOGUE = Path(__file__).parents[2] / "catalogue"


def publish(**changes):
    return publish_version(definition=a_definition(**changes), at=AT)


class TestPublishVersion:
    def test_makes_the_procedure_and_its_first_version(self):
        version = publish()

        row = ProcedureVersion.objects.get(id=version.id)
        assert (row.number, row.valid_from, row.valid_to) == (1, date(2024, 7, 1), None)
        assert row.published_at == AT
        assert row.procedure.name == "Đăng ký nuôi mèo"
        assert version == queries.compiled(row.id)

    def test_publishes_nothing_that_is_published_already(self):
        first = publish()
        again = publish()

        assert again.id == first.id
        assert ProcedureVersion.objects.count() == 1

    def test_does_not_mind_the_order_of_keys(self):
        first = publish()
        turned = dict(reversed(a_definition().items()))

        assert publish_version(definition=turned, at=AT).id == first.id

    def test_ends_the_former_version_on_the_eve(self):
        former = publish()
        latter = publish(valid_from="2025-07-01", name="Đăng ký nuôi chó mèo")

        rows = list(ProcedureVersion.objects.order_by("number"))
        assert [row.id for row in rows] == [former.id, latter.id]
        assert rows[0].valid_to == date(2025, 6, 30)
        assert rows[1].supersedes == rows[0]
        assert Procedure.objects.get().name == "Đăng ký nuôi chó mèo"

    def test_replaces_a_version_from_its_first_day(self):
        publish()
        latter = publish(summary="Bản sửa lỗi.")

        assert queries.version_in_force("1.000001", date(2024, 7, 1)).id == latter.id

    def test_refuses_to_begin_before_the_former(self):
        publish()

        with pytest.raises(VersionStartsTooEarly, match="01/07/2024"):
            publish(valid_from="2024-06-30")

    def test_refuses_an_invalid_definition_and_writes_nothing(self):
        with pytest.raises(InvalidDefinition, match="code"):
            publish(code="x")

        assert not Procedure.objects.exists()

    def test_tells_the_ledger(self):
        version = publish()

        event = LedgerEvent.objects.about(Subject("procedure", "1.000001")).get()
        assert event.kind == "procedures.version-published"
        assert event.occurred_at == AT
        assert event.data["version_id"] == version.id


class TestProcedureVersion:
    @pytest.mark.parametrize(
        "change",
        [
            {"definition": {}},
            {"digest": "0" * 64},
            {"number": 9},
            {"valid_from": date(2020, 1, 1)},
            {"published_at": datetime(2020, 1, 1, tzinfo=UTC)},
        ],
    )
    def test_is_never_changed(self, change):
        version = publish()

        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            ProcedureVersion.objects.filter(id=version.id).update(**change)

    def test_is_not_changed_under_cover_of_being_ended(self):
        version = publish()

        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            ProcedureVersion.objects.filter(id=version.id).update(
                valid_to=date(2025, 1, 1), definition={}
            )

    def test_is_ended_once_only(self):
        former = publish()
        publish(valid_from="2025-07-01")

        for valid_to in (None, date(2026, 1, 1)):
            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                ProcedureVersion.objects.filter(id=former.id).update(valid_to=valid_to)

    @pytest.mark.parametrize(
        "sql", ["DELETE FROM procedure_version", "TRUNCATE procedure_version CASCADE"]
    )
    def test_is_never_removed(self, sql):
        publish()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table in doubt is not truncated

            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                cursor.execute(sql)

    def test_is_the_only_last_one_of_its_procedure(self):
        version = publish()
        row = ProcedureVersion.objects.get(id=version.id)

        with pytest.raises(IntegrityError, match="one_last_version"), transaction.atomic():
            ProcedureVersion.objects.create(
                procedure=row.procedure,
                number=2,
                definition={},
                digest="0" * 64,
                published_at=AT,
                valid_from=date(2025, 1, 1),
                supersedes=row,
            )


class TestImportCatalogue:
    def test_publishes_every_file_and_tells_so(self):
        imported = import_catalogue(folder=CATALOGUE, at=AT)

        assert {(f.name, f.outcome) for f in imported} == {
            (path.name, Outcome.PUBLISHED) for path in CATALOGUE.glob("*.yaml")
        }
        assert "1.001193.yaml" in {f.name for f in imported}

    def test_changes_nothing_the_second_time(self):
        import_catalogue(folder=CATALOGUE, at=AT)
        rows = list(ProcedureVersion.objects.order_by("id").values())

        again = import_catalogue(folder=CATALOGUE, at=AT)

        assert {f.outcome for f in again} == {Outcome.UNCHANGED}
        assert list(ProcedureVersion.objects.order_by("id").values()) == rows

    def test_takes_all_or_nothing_and_tells_of_every_file(self, tmp_path):
        for path in CATALOGUE.glob("*.yaml"):
            shutil.copy(path, tmp_path)
        birth = tmp_path / "1.001193.yaml"
        birth.write_text(birth.read_text().replace("latest: today", "latests: today"))
        (tmp_path / "1.000002.yaml").write_text("code: [")

        with pytest.raises(InvalidDefinition) as caught:
            import_catalogue(folder=tmp_path, at=AT)

        first, second = caught.value.problems
        assert first.startswith(f"{tmp_path.name}/1.000002.yaml: dòng 1")
        assert second.startswith(
            f"{tmp_path.name}/1.001193.yaml: form.pages[2].questions[0].latests"
        )
        assert not ProcedureVersion.objects.exists()

    def test_refuses_a_file_by_another_name_than_its_code(self, tmp_path):
        shutil.copy(CATALOGUE / "1.001193.yaml", tmp_path / "1.009999.yaml")

        with pytest.raises(InvalidDefinition, match=r"phải là 1\.001193\.yaml"):
            import_catalogue(folder=tmp_path, at=AT)

    def test_refuses_an_empty_folder(self, tmp_path):
        with pytest.raises(InvalidDefinition, match="không có tệp"):
            import_catalogue(folder=tmp_path, at=AT)
