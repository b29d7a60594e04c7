-- What the outbox holds of a person is sealed. Payloads hold ids and moments; the few that must hold more (the
-- address to which somebody wants a link) are in a column of their own, sealed with the key of the day.
ALTER TABLE jobs
    ADD COLUMN payload_sealed bytea,
    -- The owner of the key: which day's.
    ADD COLUMN sealed_by uuid,
    ADD CONSTRAINT jobs_sealed CHECK (
        (payload_sealed IS NULL) = (sealed_by IS NULL) AND (payload_sealed IS NULL OR payload = '{}'));
CREATE INDEX jobs_sealed_by ON jobs (sealed_by) WHERE sealed_by IS NOT NULL;
GRANT INSERT (id, payload_sealed, sealed_by) ON jobs TO hz_visitor;

-- Two kinds of scope more, whatever the others are: the outbox, and (in the next migration) a practitioner's agenda.
DO $$
DECLARE
    v_check text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conname = 'data_keys_scope_check' AND conrelid = 'data_keys'::regclass);
BEGIN
    EXECUTE 'ALTER TABLE data_keys DROP CONSTRAINT data_keys_scope_check, ADD CONSTRAINT data_keys_scope_check '
        || regexp_replace(v_check, '\]\)', ', ''outbox''::text, ''agenda''::text])');
END;
$$;

-- Whoever asks for a link seals, the worker sends. Of all keys they see those of the outbox alone, and the
-- worker destroys them once no work is left that needs them.
GRANT SELECT (id, scope, owner_id, version, kek, wrapped), INSERT (id, scope, owner_id, version, kek, wrapped)
    ON data_keys TO hz_visitor, hz_worker;
GRANT DELETE ON data_keys TO hz_worker;
CREATE POLICY outbox_keys ON data_keys FOR SELECT TO hz_visitor, hz_worker USING (scope = 'outbox');
CREATE POLICY outbox_creates ON data_keys FOR INSERT TO hz_visitor, hz_worker WITH CHECK (scope = 'outbox');
CREATE POLICY outbox_destroys ON data_keys FOR DELETE TO hz_worker USING (scope = 'outbox');

-- They are given new versions like the others.
GRANT SELECT (id, sealed_by, payload_sealed), UPDATE (payload_sealed) ON jobs TO hz_reseal;
CREATE POLICY reseal ON jobs TO hz_reseal USING (payload_sealed IS NOT NULL) WITH CHECK (payload_sealed IS NOT NULL);

-- Of the time before: what was given up is run by nobody, and what waits is done and emptied within the hour.
UPDATE jobs SET payload = '{}' WHERE kind = 'auth.password_reset_requested' AND status <> 'pending';
