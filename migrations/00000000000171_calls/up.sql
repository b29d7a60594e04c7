-- Two browsers that speak with each other directly: who is in the room now, and what they signal.

-- The page that is in the room: a browser makes it up, and keeps it when its socket is opened again.
ALTER TABLE presences ADD COLUMN peer uuid;
GRANT INSERT (peer) ON presences TO hz_employee, hz_practitioner;
-- That the other is there is no secret; when they were is evidence for the practitioner.
ALTER POLICY employee_own ON presences
    USING (person_id = (SELECT hz.user_id())
        OR left_at IS NULL AND EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id));
CREATE INDEX presences_open ON presences (consultation_id) WHERE left_at IS NULL;

-- Descriptions and addresses that one browser sends to the other: larger than what NOTIFY carries, read
-- by the other person alone, deleted after minutes.
CREATE TABLE call_signals (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    position bigint GENERATED ALWAYS AS IDENTITY,
    consultation_id uuid NOT NULL REFERENCES consultations ON DELETE RESTRICT,
    company_id uuid NOT NULL,
    sender_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    -- From which page to which page.
    sender_peer uuid NOT NULL,
    target_peer uuid NOT NULL,
    body text NOT NULL CHECK (octet_length(body) <= 65536),
    created_at timestamptz NOT NULL
);
CREATE INDEX call_signals_target ON call_signals (consultation_id, target_peer, position);
CREATE INDEX call_signals_age ON call_signals (created_at);
CALL hz.protect('call_signals');
GRANT SELECT (position, consultation_id, sender_id, sender_peer, target_peer, body),
    INSERT (consultation_id, company_id, sender_id, sender_peer, target_peer, body, created_at)
    ON call_signals TO hz_employee, hz_practitioner;
CREATE POLICY the_other_reads ON call_signals FOR SELECT TO hz_employee, hz_practitioner
    USING (sender_id <> (SELECT hz.user_id()) AND EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id));
CREATE POLICY participants_send ON call_signals FOR INSERT TO hz_employee, hz_practitioner
    WITH CHECK (sender_id = (SELECT hz.user_id()) AND EXISTS (SELECT FROM consultations c
        WHERE c.id = consultation_id AND c.company_id = call_signals.company_id
          AND c.status IN ('confirmed', 'in_progress')));
CREATE POLICY employee_tenant ON call_signals AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
GRANT SELECT (id, created_at), DELETE ON call_signals TO hz_worker;
CREATE POLICY worker_forgets ON call_signals TO hz_worker USING (true) WITH CHECK (false);
