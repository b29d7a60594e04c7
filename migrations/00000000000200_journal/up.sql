-- The journal: what an employee writes for themselves. Nobody else has any right on it, and what is
-- written, the mood and the tags included, reaches this table sealed with a key of its owner's.
CREATE TABLE journal_entries (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    employee_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    -- Drawn by the form: the same entry sent twice is one.
    client_id uuid NOT NULL,
    -- Which state of it this is: a form that was made from an older one changes nothing.
    version integer NOT NULL DEFAULT 1 CHECK (version > 0),
    -- Title, mood and tags: what lists, calendars and filters need, apart from the text. Always there,
    -- so that a row does not even say whether a mood was noted.
    summary_sealed bytea NOT NULL,
    text_sealed bytea NOT NULL,
    written_at timestamptz NOT NULL,
    changed_at timestamptz,
    CONSTRAINT journal_entries_client UNIQUE (employee_id, client_id)
);
-- Sealed bytes do not compress.
ALTER TABLE journal_entries
    ALTER COLUMN summary_sealed SET STORAGE EXTERNAL,
    ALTER COLUMN text_sealed SET STORAGE EXTERNAL;
CREATE INDEX journal_entries_newest ON journal_entries (employee_id, written_at DESC, id DESC);
CALL hz.protect('journal_entries');

GRANT SELECT, DELETE,
    INSERT (id, employee_id, company_id, client_id, summary_sealed, text_sealed, written_at),
    UPDATE (version, summary_sealed, text_sealed, changed_at)
    ON journal_entries TO hz_employee;
CREATE POLICY owner_keeps ON journal_entries TO hz_employee
    USING (employee_id = (SELECT hz.user_id())) WITH CHECK (employee_id = (SELECT hz.user_id()));
CREATE POLICY employee_tenant ON journal_entries AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));

-- One key for a journal, its owner's; one for each thing shared, so that sharing a page never hands
-- over the journal's own (next migration).
ALTER TABLE data_keys DROP CONSTRAINT data_keys_scope_check,
    ADD CONSTRAINT data_keys_scope_check
        CHECK (scope IN ('consultation', 'moderation', 'chat', 'journal', 'journal_share'));
CREATE POLICY journal_owner ON data_keys FOR SELECT TO hz_employee
    USING (scope = 'journal' AND owner_id = (SELECT hz.user_id()));
CREATE POLICY journal_owner_creates ON data_keys FOR INSERT TO hz_employee
    WITH CHECK (scope = 'journal' AND owner_id = (SELECT hz.user_id()));
