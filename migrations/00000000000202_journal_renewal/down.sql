DROP POLICY reseal ON journal_shares;
DROP POLICY reseal ON journal_entries;
REVOKE SELECT (id, content_sealed), UPDATE (content_sealed) ON journal_shares FROM hz_reseal;
REVOKE SELECT (id, employee_id, summary_sealed, text_sealed), UPDATE (summary_sealed, text_sealed)
    ON journal_entries FROM hz_reseal;
