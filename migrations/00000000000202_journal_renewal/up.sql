-- The keys of journals, and of what is shared of them, can be given new versions like the others.
GRANT SELECT (id, employee_id, summary_sealed, text_sealed), UPDATE (summary_sealed, text_sealed)
    ON journal_entries TO hz_reseal;
GRANT SELECT (id, content_sealed), UPDATE (content_sealed) ON journal_shares TO hz_reseal;
CREATE POLICY reseal ON journal_entries TO hz_reseal USING (true)
    WITH CHECK (summary_sealed IS NOT NULL AND text_sealed IS NOT NULL);
CREATE POLICY reseal ON journal_shares TO hz_reseal USING (true) WITH CHECK (content_sealed IS NOT NULL);
