DROP FUNCTION hz.forget_tickets(timestamptz);
DELETE FROM data_keys WHERE scope IN ('support', 'support_note');
DROP TABLE ticket_keys;
DO $$
DECLARE
    v_check text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conname = 'data_keys_scope_check' AND conrelid = 'data_keys'::regclass);
BEGIN
    EXECUTE 'ALTER TABLE data_keys DROP CONSTRAINT data_keys_scope_check, ADD CONSTRAINT data_keys_scope_check '
        || replace(v_check, ', ''support''::text, ''support_note''::text', '');
END;
$$;
DROP TABLE support_canned;
DROP TABLE support_notes;
DROP TABLE support_files;
DROP TABLE support_messages;
DROP TABLE support_tickets;
DROP FUNCTION hz.support_states();
