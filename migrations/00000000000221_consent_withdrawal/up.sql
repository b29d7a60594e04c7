-- What was agreed to can be taken back, and given again: each time a row of its own.
ALTER TABLE consents DROP CONSTRAINT consents_user_id_kind_version_key,
    ADD CONSTRAINT consents_order CHECK (withdrawn_at >= given_at);
CREATE UNIQUE INDEX consents_given ON consents (user_id, kind, version) WHERE withdrawn_at IS NULL;
CREATE INDEX consents_person ON consents (user_id, given_at DESC);

-- Taken back once and for all; nothing else of a row ever changes.
GRANT UPDATE (withdrawn_at) ON consents TO hz_employee;
CREATE POLICY withdrawn_once ON consents AS RESTRICTIVE FOR UPDATE TO hz_employee
    USING (withdrawn_at IS NULL) WITH CHECK (withdrawn_at IS NOT NULL);

-- Without the agreement to keep data on one's health nothing new of it is written: no appointment, no page,
-- no message, no place in a line. The sub-select reads `consents` under its own policies, once per query.
-- What is there stays readable, and may still be deleted, cancelled or contested.
CREATE POLICY consented ON consultations AS RESTRICTIVE FOR INSERT TO hz_employee
    WITH CHECK ((SELECT EXISTS (SELECT FROM consents c WHERE c.user_id = (SELECT hz.user_id())
        AND c.kind = 'health_data' AND c.withdrawn_at IS NULL)));
CREATE POLICY consented_change ON consultations AS RESTRICTIVE FOR UPDATE TO hz_employee
    USING (true)
    WITH CHECK (status NOT IN ('scheduled', 'confirmed')
        OR (SELECT EXISTS (SELECT FROM consents c WHERE c.user_id = (SELECT hz.user_id())
            AND c.kind = 'health_data' AND c.withdrawn_at IS NULL)));
CREATE POLICY consented ON waitlist_requests AS RESTRICTIVE FOR INSERT TO hz_employee
    WITH CHECK ((SELECT EXISTS (SELECT FROM consents c WHERE c.user_id = (SELECT hz.user_id())
        AND c.kind = 'health_data' AND c.withdrawn_at IS NULL)));
CREATE POLICY consented ON journal_entries AS RESTRICTIVE FOR INSERT TO hz_employee
    WITH CHECK ((SELECT EXISTS (SELECT FROM consents c WHERE c.user_id = (SELECT hz.user_id())
        AND c.kind = 'health_data' AND c.withdrawn_at IS NULL)));
CREATE POLICY consented_change ON journal_entries AS RESTRICTIVE FOR UPDATE TO hz_employee
    USING (true)
    WITH CHECK ((SELECT EXISTS (SELECT FROM consents c WHERE c.user_id = (SELECT hz.user_id())
        AND c.kind = 'health_data' AND c.withdrawn_at IS NULL)));
CREATE POLICY consented ON journal_shares AS RESTRICTIVE FOR INSERT TO hz_employee
    WITH CHECK ((SELECT EXISTS (SELECT FROM consents c WHERE c.user_id = (SELECT hz.user_id())
        AND c.kind = 'health_data' AND c.withdrawn_at IS NULL)));
CREATE POLICY consented ON chat_messages AS RESTRICTIVE FOR INSERT TO hz_employee
    WITH CHECK ((SELECT EXISTS (SELECT FROM consents c WHERE c.user_id = (SELECT hz.user_id())
        AND c.kind = 'health_data' AND c.withdrawn_at IS NULL)));
CREATE POLICY consented_change ON chat_messages AS RESTRICTIVE FOR UPDATE TO hz_employee
    USING (true)
    WITH CHECK (deleted_at IS NOT NULL OR (SELECT EXISTS (SELECT FROM consents c
        WHERE c.user_id = (SELECT hz.user_id()) AND c.kind = 'health_data' AND c.withdrawn_at IS NULL)));
