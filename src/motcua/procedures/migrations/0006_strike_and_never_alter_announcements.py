from django.db import migrations

# What was known on a past day is told from these rows: all that may change is that one is struck.
REFUSE = (
    """
    CREATE FUNCTION announcement_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        strike CONSTANT text[] := ARRAY['struck_by_id', 'struck_at', 'strike_reason'];
    BEGIN
        IF TG_OP = 'UPDATE'
           AND to_jsonb(OLD) ->> 'struck_at' IS NULL AND to_jsonb(NEW) ->> 'struck_at' IS NOT NULL
           AND to_jsonb(NEW) - strike = to_jsonb(OLD) - strike
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the register of announcements is never altered: strike, and record anew'
            USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    *(
        f"""
        CREATE TRIGGER {table}_is_struck_and_never_altered
        BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION announcement_refuse_change()
        """
        for table in ("announcement", "announced_procedure", "portal_publication")
    ),
)
ALLOW = (
    *(
        f"DROP TRIGGER {table}_is_struck_and_never_altered ON {table}"
        for table in ("portal_publication", "announced_procedure", "announcement")
    ),
    "DROP FUNCTION announcement_refuse_change()",
)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0005_announcements")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
