DROP POLICY reseal ON jobs;
REVOKE SELECT (id, sealed_by, payload_sealed), UPDATE (payload_sealed) ON jobs FROM hz_reseal;
DROP POLICY outbox_destroys ON data_keys;
DROP POLICY outbox_creates ON data_keys;
DROP POLICY outbox_keys ON data_keys;
REVOKE DELETE ON data_keys FROM hz_worker;
REVOKE SELECT (id, scope, owner_id, version, kek, wrapped), INSERT (id, scope, owner_id, version, kek, wrapped)
    ON data_keys FROM hz_visitor, hz_worker;
-- Nobody could read them any more.
DELETE FROM jobs WHERE payload_sealed IS NOT NULL;
DELETE FROM data_keys WHERE scope = 'outbox';
DO $$
DECLARE
    v_check text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conname = 'data_keys_scope_check' AND conrelid = 'data_keys'::regclass);
BEGIN
    EXECUTE 'ALTER TABLE data_keys DROP CONSTRAINT data_keys_scope_check, ADD CONSTRAINT data_keys_scope_check '
        || replace(v_check, ', ''outbox''::text, ''agenda''::text', '');
END;
$$;
REVOKE INSERT (id, payload_sealed, sealed_by) ON jobs FROM hz_visitor;
ALTER TABLE jobs DROP CONSTRAINT jobs_sealed, DROP COLUMN payload_sealed, DROP COLUMN sealed_by;
