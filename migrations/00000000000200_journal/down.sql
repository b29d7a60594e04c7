DROP POLICY journal_owner_creates ON data_keys;
DROP POLICY journal_owner ON data_keys;
DELETE FROM data_keys WHERE scope IN ('journal', 'journal_share');
ALTER TABLE data_keys DROP CONSTRAINT data_keys_scope_check,
    ADD CONSTRAINT data_keys_scope_check CHECK (scope IN ('consultation', 'moderation', 'chat'));
DROP TABLE journal_entries;
