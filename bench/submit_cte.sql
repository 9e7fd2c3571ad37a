\set citizen random(1, :citizens)
\set unit random(1, :units)
WITH c AS MATERIALIZED (SELECT * FROM bench_citizen WHERE n = :citizen),
u AS MATERIALIZED (SELECT * FROM bench_unit WHERE n = :unit),
number AS (
    INSERT INTO dossier_code_counter AS counter (agency_code, "on", last)
    SELECT code, '2026-01-01', 1 FROM u
    ON CONFLICT (agency_code, "on") DO UPDATE SET last = counter.last + 1
    RETURNING last
),
opened AS (
    INSERT INTO dossier (
        id, code, lookup_secret, version_id, case_key, channel, state, owner_id, submitter_id,
        owner_name, owner_name_folded, answers, receiving_unit_id, settling_agency_id, step_key,
        step_unit_id, step_due_at, submitted_at, intake_due_at
    )
    SELECT gen_random_uuid(), u.code || '-260101-' || number.last, '7Q3M9X2B', :version,
        'on_time', 'online', 'submitted', c.person_id, c.person_id, 'Trần Văn Bình',
        'tran van binh', a.answers, u.unit_id, u.agency_id, 'receive', u.unit_id,
        now() + interval '1 hour', now(), now() + interval '8 hours'
    FROM c, u, number, bench_answers AS a
    RETURNING id, code, submitter_id, receiving_unit_id, settling_agency_id
),
claimed AS (
    INSERT INTO filing_submission (account_id, key, digest, dossier_id, at)
    SELECT c.account_id, gen_random_uuid()::text, repeat('0', 64), opened.id, now() FROM c, opened
),
papers AS (
    INSERT INTO dossier_component (dossier_id, key, file_id, added_at, round)
    SELECT opened.id, 'birth_certificate', file, now(), 0 FROM opened, c, unnest(c.files) AS file
)
SELECT (ledger_append(
    'dossiers.dossier', opened.id::text, 'dossiers.opened', now(),
    'person:' || opened.submitter_id,
    '{"answers_digest":"' || repeat('0', 64) || '","case":"on_time","channel":"online","code":"'
    || opened.code || '","procedure":"1.001193","receiving_unit":' || opened.receiving_unit_id
    || ',"settling_agency":' || opened.settling_agency_id || ',"version":1}'
)).position FROM opened;
