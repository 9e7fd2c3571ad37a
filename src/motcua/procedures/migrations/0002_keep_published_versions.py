from django.db import migrations

# The digest stands for the definition; both are compared, so that neither can be forged alone.
REFUSE = (
    """
    CREATE FUNCTION procedure_version_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE'
           AND OLD.valid_to IS NULL AND NEW.valid_to IS NOT NULL
           AND (NEW.id, NEW.procedure_id, NEW.number, NEW.definition, NEW.digest,
                NEW.published_at, NEW.valid_from)
               = (OLD.id, OLD.procedure_id, OLD.number, OLD.definition, OLD.digest,
                  OLD.published_at, OLD.valid_from)
           AND NEW.supersedes_id IS NOT DISTINCT FROM OLD.supersedes_id
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a published procedure version is never changed: publish the next one'
            USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER procedure_version_is_never_changed
    BEFORE UPDATE OR DELETE ON procedure_version
    FOR EACH ROW EXECUTE FUNCTION procedure_version_refuse_change()
    """,
    """
    CREATE TRIGGER procedure_version_is_never_emptied
    BEFORE TRUNCATE ON procedure_version
    FOR EACH STATEMENT EXECUTE FUNCTION procedure_version_refuse_change()
    """,
)
ALLOW = (
    "DROP TRIGGER procedure_version_is_never_emptied ON procedure_version",
    "DROP TRIGGER procedure_version_is_never_changed ON procedure_version",
    "DROP FUNCTION procedure_version_refuse_change()",
)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
