from django.db import migrations

# Published or given up, a publication is what it was. While it lies before the approvers its content
# may only leave (sent back, given up) and never be exchanged: what two approved is what is read.
REFUSE = (
    """
    CREATE FUNCTION publication_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.state NOT IN ('published', 'withdrawn')
           AND (NEW.id, NEW.month, NEW.figures, NEW.drafted_by_id, NEW.drafted_at)
               = (OLD.id, OLD.month, OLD.figures, OLD.drafted_by_id, OLD.drafted_at)
           AND (OLD.content IS NULL OR NEW.content IS NULL OR NEW.content = OLD.content)
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a publication is never changed: publish a correction beside it'
            USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER publication_is_never_changed
    BEFORE UPDATE OR DELETE ON publication
    FOR EACH ROW EXECUTE FUNCTION publication_refuse_change()
    """,
    """
    CREATE TRIGGER publication_is_never_emptied
    BEFORE TRUNCATE ON publication
    FOR EACH STATEMENT EXECUTE FUNCTION publication_refuse_change()
    """,
    # What the content was made of: open to change until it is sealed, and for ever kept.
    """
    CREATE FUNCTION disclosed_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        of_publication bigint;
    BEGIN
        IF TG_OP IN ('INSERT', 'UPDATE') THEN
            IF TG_TABLE_NAME = 'disclosure_reply' THEN
                SELECT publication_id INTO of_publication
                FROM disclosed_line WHERE id = (to_jsonb(NEW) ->> 'line_id')::bigint;
            ELSE
                of_publication := (to_jsonb(NEW) ->> 'publication_id')::bigint;
            END IF;
            IF (TG_OP = 'INSERT' OR TG_TABLE_NAME = 'disclosed_line') AND EXISTS (
                SELECT FROM publication
                WHERE id = of_publication AND state IN ('draft', 'replying')
            ) THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'what a publication was made of is kept as it was'
            USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    *(
        f"""
        CREATE TRIGGER {table}_is_kept_once_sealed
        BEFORE INSERT OR UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION disclosed_refuse_change()
        """
        for table in ("disclosed_line", "disclosed_dossier", "disclosure_reply")
    ),
    *(
        f"""
        CREATE TRIGGER {table}_is_never_emptied
        BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION disclosed_refuse_change()
        """
        for table in ("disclosed_line", "disclosed_dossier", "disclosure_reply")
    ),
    # A correction says what it was proposed to say, and is of something public.
    """
    CREATE FUNCTION publication_correction_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' AND EXISTS (
            SELECT FROM publication WHERE id = NEW.publication_id AND state = 'published'
        ) THEN
            RETURN NEW;
        END IF;
        IF TG_OP = 'UPDATE' AND OLD.state = 'proposed'
           AND (NEW.id, NEW.publication_id, NEW.change, NEW.target, NEW.field, NEW.former, NEW.new,
                NEW.reason, NEW.proposed_by_id, NEW.proposed_at)
               = (OLD.id, OLD.publication_id, OLD.change, OLD.target, OLD.field, OLD.former,
                  OLD.new, OLD.reason, OLD.proposed_by_id, OLD.proposed_at)
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a correction is never changed: propose another'
            USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER publication_correction_is_never_changed
    BEFORE INSERT OR UPDATE OR DELETE ON publication_correction
    FOR EACH ROW EXECUTE FUNCTION publication_correction_refuse_change()
    """,
    """
    CREATE TRIGGER publication_correction_is_never_emptied
    BEFORE TRUNCATE ON publication_correction
    FOR EACH STATEMENT EXECUTE FUNCTION publication_correction_refuse_change()
    """,
)
ALLOW = (
    "DROP TRIGGER publication_correction_is_never_emptied ON publication_correction",
    "DROP TRIGGER publication_correction_is_never_changed ON publication_correction",
    "DROP FUNCTION publication_correction_refuse_change()",
    *(
        f"DROP TRIGGER {table}_is_{what} ON {table}"
        for table in ("disclosed_line", "disclosed_dossier", "disclosure_reply")
        for what in ("never_emptied", "kept_once_sealed")
    ),
    "DROP FUNCTION disclosed_refuse_change()",
    "DROP TRIGGER publication_is_never_emptied ON publication",
    "DROP TRIGGER publication_is_never_changed ON publication",
    "DROP FUNCTION publication_refuse_change()",
)


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_monthly_publications")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
