from django.db import migrations

REFUSE = (
    """
    CREATE FUNCTION procedure_national_record_refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the original of a national record is never changed'
            USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER procedure_national_record_keeps_its_original
    BEFORE UPDATE ON procedure_national_record
    FOR EACH ROW
    WHEN ((OLD.id, OLD.code, OLD.original, OLD.digest, OLD.imported_at)
          IS DISTINCT FROM (NEW.id, NEW.code, NEW.original, NEW.digest, NEW.imported_at))
    EXECUTE FUNCTION procedure_national_record_refuse_change()
    """,
)
ALLOW = (
    "DROP TRIGGER procedure_national_record_keeps_its_original ON procedure_national_record",
    "DROP FUNCTION procedure_national_record_refuse_change()",
)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0003_keep_national_records")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
