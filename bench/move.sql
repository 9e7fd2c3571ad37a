\set dossier random(1, :dossiers)
WITH moved AS (
    UPDATE dossier SET state = 'accepted', step_key = 'examine', step_due_at = now(),
        accepted_at = now(), due_at = now() + interval '1 day'
    WHERE id = (SELECT id FROM bench_dossier WHERE n = :dossier)
    RETURNING id, step_unit_id
)
SELECT (ledger_append(
    'dossiers.dossier', moved.id::text, 'dossiers.accepted', now(), 'officer:1',
    '{"due_at":"2026-11-23T10:00:00+00:00","from_state":"submitted","step":"examine","to_state":"accepted","unit":'
    || moved.step_unit_id || ',"verb":"accept"}'
)).position FROM moved;
