-- An account that an import is taken back with is deleted: PostgreSQL then asks every table that may name it, and
-- read the large ones from one end to the other for each.
CREATE INDEX consultation_events_actor ON consultation_events (actor_id) WHERE actor_id IS NOT NULL;
CREATE INDEX consultations_cancelled_by ON consultations (cancelled_by) WHERE cancelled_by IS NOT NULL;
CREATE INDEX chat_messages_sender ON chat_messages (sender_id);
CREATE INDEX presences_person ON presences (person_id);
CREATE INDEX audit_logs_actor ON audit_logs (actor_id) WHERE actor_id IS NOT NULL;
CREATE INDEX security_events_user ON security_events (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX waitlist_offers_employee ON waitlist_offers (employee_id);
DROP INDEX sessions_user;
CREATE INDEX sessions_user ON sessions (user_id);
