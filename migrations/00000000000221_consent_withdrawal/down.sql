DROP POLICY consented_change ON chat_messages;
DROP POLICY consented ON chat_messages;
DROP POLICY consented ON journal_shares;
DROP POLICY consented_change ON journal_entries;
DROP POLICY consented ON journal_entries;
DROP POLICY consented ON waitlist_requests;
DROP POLICY consented_change ON consultations;
DROP POLICY consented ON consultations;
DROP POLICY withdrawn_once ON consents;
REVOKE UPDATE (withdrawn_at) ON consents FROM hz_employee;
DROP INDEX consents_person;
DROP INDEX consents_given;
ALTER TABLE consents DROP CONSTRAINT consents_order,
    ADD CONSTRAINT consents_user_id_kind_version_key UNIQUE (user_id, kind, version);
