\set dossier random(1, :dossiers)
SELECT d.*, agency.name, receiving.name,
    (SELECT jsonb_agg(jsonb_build_object('id', f.id, 'key', c.key, 'name', f.name))
     FROM dossier_component AS c JOIN stored_file AS f ON f.id = c.file_id WHERE c.dossier_id = d.id)
FROM dossier AS d
JOIN unit AS receiving ON receiving.id = d.receiving_unit_id
JOIN agency ON agency.id = d.settling_agency_id
WHERE d.code = (SELECT code FROM bench_dossier WHERE n = :dossier);
