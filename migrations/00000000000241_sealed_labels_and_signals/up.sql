-- What a practitioner calls a day away is theirs ("arrêt", "opération"): sealed with a key of their agenda, and read
-- by nobody who books with them. `huntzen migrate`, which has the key, seals those of before; the column in clear is
-- left to processes of the version before, which still write and read it.
ALTER TABLE availability_exceptions
    ADD COLUMN label_sealed bytea CHECK (length(label_sealed) <= 1024),
    ADD CONSTRAINT availability_exceptions_one_label CHECK (label IS NULL OR label_sealed IS NULL);
REVOKE SELECT ON availability_exceptions FROM hz_employee, hz_worker;
GRANT SELECT (id, practitioner_id, day, kind, start_time, end_time, created_at, place_id, label, holiday, batch_id)
    ON availability_exceptions TO hz_employee, hz_worker;
GRANT INSERT (label_sealed), UPDATE (label_sealed) ON availability_exceptions TO hz_practitioner;

CREATE POLICY agenda_owner ON data_keys FOR SELECT TO hz_practitioner
    USING (scope = 'agenda' AND owner_id = (SELECT hz.user_id()));
CREATE POLICY agenda_owner_creates ON data_keys FOR INSERT TO hz_practitioner
    WITH CHECK (scope = 'agenda' AND owner_id = (SELECT hz.user_id()));

GRANT SELECT (id, practitioner_id, label_sealed), UPDATE (label_sealed) ON availability_exceptions TO hz_reseal;
CREATE POLICY reseal ON availability_exceptions TO hz_reseal
    USING (label_sealed IS NOT NULL) WITH CHECK (label_sealed IS NOT NULL);

-- What two browsers signal to each other holds the addresses of both. It lives for minutes, in a backup for longer.
ALTER TABLE call_signals
    ALTER COLUMN body DROP NOT NULL,
    ADD COLUMN body_sealed bytea CHECK (octet_length(body_sealed) <= 66560),
    ADD CONSTRAINT call_signals_one_body CHECK ((body IS NULL) <> (body_sealed IS NULL));
GRANT SELECT (id, body_sealed), INSERT (id, body_sealed) ON call_signals TO hz_employee, hz_practitioner;
GRANT SELECT (id, consultation_id, body_sealed), UPDATE (body_sealed) ON call_signals TO hz_reseal;
CREATE POLICY reseal ON call_signals TO hz_reseal
    USING (body_sealed IS NOT NULL) WITH CHECK (body_sealed IS NOT NULL);
