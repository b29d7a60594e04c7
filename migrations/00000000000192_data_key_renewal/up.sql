-- New versions of data keys: what they sealed is sealed again, then the old version is destroyed. The
-- login of `huntzen keys` becomes `hz_reseal` for that and for nothing else: it gets sealed bytes and puts
-- sealed bytes back, of columns that hold nothing else, and learns of no name, date or state.
GRANT USAGE ON SCHEMA hz TO hz_reseal;
GRANT INSERT (id, scope, owner_id, version, kek, wrapped) ON data_keys TO hz_keys;
CREATE POLICY keys_renews ON data_keys FOR INSERT TO hz_keys WITH CHECK (version > 1);

GRANT SELECT (id, message_sealed), UPDATE (message_sealed) ON consultations TO hz_reseal;
GRANT SELECT (id, consultation_id, reason_sealed), UPDATE (reason_sealed) ON consultation_events TO hz_reseal;
GRANT SELECT (id, comment_sealed), UPDATE (comment_sealed) ON practitioner_reviews TO hz_reseal;
GRANT SELECT (id, details_sealed), UPDATE (details_sealed) ON problem_reports TO hz_reseal;
GRANT SELECT (id, consultation_id, text_sealed), UPDATE (text_sealed) ON chat_messages TO hz_reseal;
GRANT SELECT (id, consultation_id, name_sealed, content_sealed), UPDATE (name_sealed, content_sealed)
    ON chat_attachments TO hz_reseal;
CREATE POLICY reseal ON consultations TO hz_reseal USING (true) WITH CHECK (message_sealed IS NOT NULL);
CREATE POLICY reseal ON consultation_events TO hz_reseal USING (true) WITH CHECK (reason_sealed IS NOT NULL);
CREATE POLICY reseal ON practitioner_reviews TO hz_reseal USING (true) WITH CHECK (comment_sealed IS NOT NULL);
CREATE POLICY reseal ON problem_reports TO hz_reseal USING (true) WITH CHECK (details_sealed IS NOT NULL);
CREATE POLICY reseal ON chat_messages TO hz_reseal USING (true) WITH CHECK (text_sealed IS NOT NULL);
CREATE POLICY reseal ON chat_attachments TO hz_reseal USING (true)
    WITH CHECK (name_sealed IS NOT NULL AND content_sealed IS NOT NULL);

-- Nothing has changed for anybody: no number is given out, nothing is counted again, no date moves.
DROP TRIGGER chat_numbers ON chat_messages;
CREATE TRIGGER chat_numbers BEFORE INSERT OR UPDATE ON chat_messages
    FOR EACH ROW WHEN (current_user <> 'hz_reseal') EXECUTE FUNCTION hz.chat_numbers();
DROP TRIGGER chat_written ON chat_messages;
CREATE TRIGGER chat_written AFTER INSERT OR UPDATE ON chat_messages
    FOR EACH ROW WHEN (current_user <> 'hz_reseal') EXECUTE FUNCTION hz.chat_written();
DROP TRIGGER consultation_transition ON consultations;
CREATE TRIGGER consultation_transition BEFORE UPDATE ON consultations
    FOR EACH ROW WHEN (current_user <> 'hz_reseal') EXECUTE FUNCTION hz.consultation_transition();
DROP TRIGGER consultation_counts ON consultations;
CREATE TRIGGER consultation_counts AFTER UPDATE ON consultations
    FOR EACH ROW WHEN ((OLD.status = 'completed' OR NEW.status = 'completed') AND current_user <> 'hz_reseal')
    EXECUTE FUNCTION hz.consultation_counts();
DROP TRIGGER practitioner_rating ON practitioner_reviews;
CREATE TRIGGER practitioner_rating AFTER INSERT OR UPDATE OR DELETE ON practitioner_reviews
    FOR EACH ROW WHEN (current_user <> 'hz_reseal') EXECUTE FUNCTION hz.practitioner_rating();
