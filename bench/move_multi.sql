\set dossier random(1, :dossiers)
BEGIN;
SELECT id FROM bench_dossier WHERE n = :dossier \gset
SELECT id, step_unit_id FROM dossier WHERE id = :id FOR NO KEY UPDATE \gset
UPDATE dossier SET state = 'accepted', step_key = 'examine', step_due_at = now(), accepted_at = now(), due_at = now() + interval '1 day' WHERE id = :id;
SELECT (ledger_append('dossiers.dossier', :id, 'dossiers.accepted', now(), 'officer:1', '{"due_at":"2026-11-23T10:00:00+00:00","from_state":"submitted","step":"examine","to_state":"accepted","unit":' || :step_unit_id || ',"verb":"accept"}')).position;
COMMIT;
