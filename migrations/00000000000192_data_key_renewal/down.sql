DROP TRIGGER practitioner_rating ON practitioner_reviews;
CREATE TRIGGER practitioner_rating AFTER INSERT OR UPDATE OR DELETE ON practitioner_reviews
    FOR EACH ROW EXECUTE FUNCTION hz.practitioner_rating();
DROP TRIGGER consultation_counts ON consultations;
CREATE TRIGGER consultation_counts AFTER UPDATE ON consultations
    FOR EACH ROW WHEN (OLD.status = 'completed' OR NEW.status = 'completed')
    EXECUTE FUNCTION hz.consultation_counts();
DROP TRIGGER consultation_transition ON consultations;
CREATE TRIGGER consultation_transition BEFORE UPDATE ON consultations
    FOR EACH ROW EXECUTE FUNCTION hz.consultation_transition();
DROP TRIGGER chat_written ON chat_messages;
CREATE TRIGGER chat_written AFTER INSERT OR UPDATE ON chat_messages
    FOR EACH ROW EXECUTE FUNCTION hz.chat_written();
DROP TRIGGER chat_numbers ON chat_messages;
CREATE TRIGGER chat_numbers BEFORE INSERT OR UPDATE ON chat_messages
    FOR EACH ROW EXECUTE FUNCTION hz.chat_numbers();
DROP POLICY reseal ON chat_attachments;
DROP POLICY reseal ON chat_messages;
DROP POLICY reseal ON problem_reports;
DROP POLICY reseal ON practitioner_reviews;
DROP POLICY reseal ON consultation_events;
DROP POLICY reseal ON consultations;
REVOKE SELECT (id, consultation_id, name_sealed, content_sealed), UPDATE (name_sealed, content_sealed)
    ON chat_attachments FROM hz_reseal;
REVOKE SELECT (id, consultation_id, text_sealed), UPDATE (text_sealed) ON chat_messages FROM hz_reseal;
REVOKE SELECT (id, details_sealed), UPDATE (details_sealed) ON problem_reports FROM hz_reseal;
REVOKE SELECT (id, comment_sealed), UPDATE (comment_sealed) ON practitioner_reviews FROM hz_reseal;
REVOKE SELECT (id, consultation_id, reason_sealed), UPDATE (reason_sealed) ON consultation_events FROM hz_reseal;
REVOKE SELECT (id, message_sealed), UPDATE (message_sealed) ON consultations FROM hz_reseal;
DROP POLICY keys_renews ON data_keys;
REVOKE INSERT (id, scope, owner_id, version, kek, wrapped) ON data_keys FROM hz_keys;
REVOKE USAGE ON SCHEMA hz FROM hz_reseal;
