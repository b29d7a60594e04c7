DROP FUNCTION hz.forget_clinical_records(timestamptz);
DROP POLICY clinical_author_creates ON data_keys;
DROP POLICY clinical_author ON data_keys;
DELETE FROM data_keys WHERE scope = 'clinical';
ALTER TABLE data_keys DROP CONSTRAINT data_keys_scope_check,
    ADD CONSTRAINT data_keys_scope_check
        CHECK (scope IN ('consultation', 'moderation', 'chat', 'journal', 'journal_share'));
DROP TABLE clinical_addenda;
DROP TABLE clinical_notes;
DROP TABLE clinical_records;
DROP FUNCTION hz.clinical_addenda_kept();
DROP FUNCTION hz.clinical_notes_kept();
