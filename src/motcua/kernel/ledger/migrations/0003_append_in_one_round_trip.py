from django.db import migrations

CREATE = (
    # The one JSON text of a value, in step with chain.canonical().
    """
    CREATE FUNCTION ledger_canonical(value jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT CASE jsonb_typeof(value)
            WHEN 'object' THEN (
                SELECT '{' || coalesce(string_agg(
                    to_json(key)::text || ':' || ledger_canonical(item), ',' ORDER BY key COLLATE "C"
                ), '') || '}'
                FROM jsonb_each(value) AS pairs (key, item)
            )
            WHEN 'array' THEN (
                SELECT '[' || coalesce(string_agg(
                    ledger_canonical(item), ',' ORDER BY place
                ), '') || ']'
                FROM jsonb_array_elements(value) WITH ORDINALITY AS items (item, place)
            )
            ELSE value::text
        END
    $$
    """,
    """
    CREATE FUNCTION ledger_moment(at timestamptz) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
        SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
    $$
    """,
    # The hash is in step with chain.hash_of(). `told_data` is canonical JSON already.
    """
    CREATE FUNCTION ledger_append(
        about_type text, about_id text,
        told_kind text, told_at timestamptz, told_by text, told_data text
    ) RETURNS ledger_event LANGUAGE plpgsql VOLATILE AS $$
    DECLARE
        about constant text := about_type || ':' || about_id;
        last ledger_event;
        event ledger_event;
    BEGIN
        -- One writer per subject at a time. Subjects sharing a hash only wait for each other.
        PERFORM pg_advisory_xact_lock(hashtextextended(about, 0));
        -- Each statement of a volatile function has a snapshot of its own under READ COMMITTED:
        -- one taken before the wait would miss the last event. (Under REPEATABLE READ it does
        -- miss it, and the unique constraint refuses the doubled place.)
        SELECT * INTO last FROM ledger_event
        WHERE subject_type = about_type AND subject_id = about_id
        ORDER BY subject_seq DESC LIMIT 1;
        -- Followers read by xid. A transaction may get its xid first and this lock second, and
        -- then its own xid is below that of the event it follows. So an event takes the higher of
        -- the two: along a subject xid never falls, and position (drawn under the lock) always
        -- rises. No reader is early: whoever wrote under an xid at or below x has ended once x has.
        event.xid := greatest(pg_current_xact_id(), last.xid);
        event.subject_seq := coalesce(last.subject_seq, 0) + 1;
        -- The database's clock, so that writers' clocks do not matter.
        event.recorded_at := clock_timestamp();
        event.prev_hash := coalesce(last.hash, '');
        event.hash := encode(sha256(convert_to(concat(
            event.prev_hash,
            '{"actor":', to_json(told_by),
            ',"data":', told_data,
            ',"kind":', to_json(told_kind),
            ',"occurred_at":"', ledger_moment(told_at),
            '","recorded_at":"', ledger_moment(event.recorded_at),
            '","seq":', event.subject_seq,
            ',"subject":', to_json(about), '}'
        ), 'UTF8')), 'hex');
        INSERT INTO ledger_event (
            xid, subject_type, subject_id, subject_seq, kind,
            occurred_at, recorded_at, actor, data, prev_hash, hash
        ) VALUES (
            event.xid, about_type, about_id, event.subject_seq, told_kind,
            told_at, event.recorded_at, told_by, told_data::jsonb, event.prev_hash, event.hash
        ) RETURNING * INTO event;
        RETURN event;
    END
    $$
    """,
)
DROP = (
    "DROP FUNCTION ledger_append(text, text, text, timestamptz, text, text)",
    "DROP FUNCTION ledger_moment(timestamptz)",
    "DROP FUNCTION ledger_canonical(jsonb)",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_constrain_events_to_appends")]

    operations = [migrations.RunSQL(CREATE, DROP)]
