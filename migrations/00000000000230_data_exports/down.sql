DROP FUNCTION hz.own_rows(text);
DROP FUNCTION hz.end_data_exports(timestamptz);
DROP FUNCTION hz.end_own_data_export();
DROP FUNCTION hz.destroy_data_exports(uuid[]);
DROP POLICY data_export_owner_creates ON data_keys;
DROP POLICY data_export_owner ON data_keys;
DELETE FROM data_keys WHERE scope = 'data_export';
DROP PROCEDURE hz.add_key_scope(text);
DO $$
DECLARE
    v_check text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conname = 'data_keys_scope_check' AND conrelid = 'data_keys'::regclass);
BEGIN
    EXECUTE 'ALTER TABLE data_keys DROP CONSTRAINT data_keys_scope_check, ADD CONSTRAINT data_keys_scope_check '
        || replace(v_check, ', ''data_export''::text', '');
END;
$$;
DROP TABLE data_export_parts;
DROP TABLE data_exports;
