DROP POLICY reseal ON call_signals;
REVOKE SELECT (id, consultation_id, body_sealed), UPDATE (body_sealed) ON call_signals FROM hz_reseal;
REVOKE SELECT (id, body_sealed), INSERT (id, body_sealed) ON call_signals FROM hz_employee, hz_practitioner;
DELETE FROM call_signals;
ALTER TABLE call_signals
    DROP CONSTRAINT call_signals_one_body,
    DROP COLUMN body_sealed,
    ALTER COLUMN body SET NOT NULL;

-- Names that were sealed are lost to the version before.
DROP POLICY reseal ON availability_exceptions;
REVOKE SELECT (id, practitioner_id, label_sealed), UPDATE (label_sealed) ON availability_exceptions FROM hz_reseal;
DROP POLICY agenda_owner_creates ON data_keys;
DROP POLICY agenda_owner ON data_keys;
REVOKE INSERT (label_sealed), UPDATE (label_sealed) ON availability_exceptions FROM hz_practitioner;
REVOKE SELECT (id, practitioner_id, day, kind, start_time, end_time, created_at, place_id, label, holiday, batch_id)
    ON availability_exceptions FROM hz_employee, hz_worker;
-- In the order in which they were granted, which a dump shows.
REVOKE SELECT, DELETE ON availability_exceptions FROM hz_practitioner;
GRANT SELECT ON availability_exceptions TO hz_employee;
GRANT SELECT, DELETE ON availability_exceptions TO hz_practitioner;
GRANT SELECT ON availability_exceptions TO hz_worker;
ALTER TABLE availability_exceptions DROP CONSTRAINT availability_exceptions_one_label, DROP COLUMN label_sealed;
DELETE FROM data_keys WHERE scope = 'agenda';
