DROP INDEX sessions_user;
CREATE INDEX sessions_user ON sessions (user_id) WHERE revoked_at IS NULL;
DROP INDEX waitlist_offers_employee;
DROP INDEX security_events_user;
DROP INDEX audit_logs_actor;
DROP INDEX presences_person;
DROP INDEX chat_messages_sender;
DROP INDEX consultations_cancelled_by;
DROP INDEX consultation_events_actor;
