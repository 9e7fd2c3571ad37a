\set citizen random(1, :citizens)
\set unit random(1, :units)
BEGIN;
SELECT account_id, person_id, files[1] AS file1, files[2] AS file2, files[3] AS file3, gen_random_uuid() AS id FROM bench_citizen WHERE n = :citizen \gset
SELECT unit_id, agency_id, code AS agency_code FROM bench_unit WHERE n = :unit \gset
INSERT INTO filing_submission (account_id, key, digest, dossier_id, at) VALUES (:account_id, gen_random_uuid()::text, repeat('0', 64), :id, now()) ON CONFLICT (account_id, key) DO NOTHING;
INSERT INTO dossier_code_counter AS counter (agency_code, "on", last) VALUES (:agency_code, '2026-01-02', 1) ON CONFLICT (agency_code, "on") DO UPDATE SET last = counter.last + 1 RETURNING last \gset
INSERT INTO dossier (id, code, lookup_secret, version_id, case_key, channel, state, owner_id, submitter_id, owner_name, owner_name_folded, answers, receiving_unit_id, settling_agency_id, step_key, step_unit_id, step_due_at, submitted_at, intake_due_at) SELECT :id, :agency_code || '-260102-' || :last, '7Q3M9X2B', :version, 'on_time', 'online', 'submitted', :person_id, :person_id, 'Trần Văn Bình', 'tran van binh', answers, :unit_id, :agency_id, 'receive', :unit_id, now() + interval '1 hour', now(), now() + interval '8 hours' FROM bench_answers;
INSERT INTO dossier_component (dossier_id, key, file_id, added_at, round) VALUES (:id, 'birth_certificate', :file1, now(), 0);
INSERT INTO dossier_component (dossier_id, key, file_id, added_at, round) VALUES (:id, 'birth_certificate', :file2, now(), 0);
INSERT INTO dossier_component (dossier_id, key, file_id, added_at, round) VALUES (:id, 'surrogacy_confirmation', :file3, now(), 0);
SELECT (ledger_append('dossiers.dossier', :id, 'dossiers.opened', now(), 'person:' || :person_id, '{"answers_digest":"' || repeat('0', 64) || '","case":"on_time","channel":"online","code":"' || :agency_code || '-260102-' || :last || '","procedure":"1.001193","receiving_unit":' || :unit_id || ',"settling_agency":' || :agency_id || ',"version":1}')).position;
COMMIT;
