DROP FUNCTION hz.expire_journal_shares(timestamptz);
DROP FUNCTION hz.end_journal_shares(uuid, uuid, timestamptz);
DROP POLICY journal_share_creates ON data_keys;
DROP POLICY journal_share_sees ON data_keys;
DELETE FROM data_keys WHERE scope = 'journal_share';
DROP TABLE journal_shares;
