CREATE TABLE practitioner_openings (
    practitioner_id uuid PRIMARY KEY REFERENCES practitioners ON DELETE CASCADE,
    next_start timestamptz NOT NULL
);
CALL hz.protect('practitioner_openings');
GRANT SELECT ON practitioner_openings TO hz_employee;
GRANT SELECT, INSERT, UPDATE, DELETE ON practitioner_openings TO hz_worker;
CREATE POLICY employee_directory ON practitioner_openings FOR SELECT TO hz_employee USING (true);
CREATE POLICY worker_all ON practitioner_openings TO hz_worker USING (true) WITH CHECK (true);
INSERT INTO practitioner_openings
SELECT practitioner_id, next_start FROM directory_entries WHERE next_start IS NOT NULL;

DROP TRIGGER account_directory_entry ON users;
DROP FUNCTION hz.account_directory_entry();
DROP TRIGGER practitioner_directory_entry ON practitioners;
DROP FUNCTION hz.practitioner_directory_entry();
DROP FUNCTION hz.write_directory_entry(uuid);
DROP TABLE directory_entries;
