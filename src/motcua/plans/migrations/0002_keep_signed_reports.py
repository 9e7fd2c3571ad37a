from django.db import migrations

# What was signed stays as it was signed, whoever writes to the table.
REFUSE = (
    """
    CREATE FUNCTION plan_report_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'TRUNCATE' AND OLD.state <> 'frozen' THEN
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a signed report is never changed: make the next one'
            USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER plan_report_stays_as_it_was_signed
    BEFORE UPDATE OR DELETE ON plan_report
    FOR EACH ROW EXECUTE FUNCTION plan_report_refuse_change()
    """,
    """
    CREATE TRIGGER plan_report_is_never_emptied
    BEFORE TRUNCATE ON plan_report
    FOR EACH STATEMENT EXECUTE FUNCTION plan_report_refuse_change()
    """,
    """
    CREATE FUNCTION plan_report_file_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' AND NOT EXISTS (
            SELECT FROM plan_report WHERE id = NEW.report_id AND state = 'frozen'
        ) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the files of a signed report are never changed'
            USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER plan_report_file_stays_as_it_was_signed
    BEFORE INSERT OR UPDATE OR DELETE ON plan_report_file
    FOR EACH ROW EXECUTE FUNCTION plan_report_file_refuse_change()
    """,
    """
    CREATE TRIGGER plan_report_file_is_never_emptied
    BEFORE TRUNCATE ON plan_report_file
    FOR EACH STATEMENT EXECUTE FUNCTION plan_report_file_refuse_change()
    """,
)
ALLOW = (
    "DROP TRIGGER plan_report_file_is_never_emptied ON plan_report_file",
    "DROP TRIGGER plan_report_file_stays_as_it_was_signed ON plan_report_file",
    "DROP FUNCTION plan_report_file_refuse_change()",
    "DROP TRIGGER plan_report_is_never_emptied ON plan_report",
    "DROP TRIGGER plan_report_stays_as_it_was_signed ON plan_report",
    "DROP FUNCTION plan_report_refuse_change()",
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
