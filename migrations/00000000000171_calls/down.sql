DROP TABLE call_signals;
DROP INDEX presences_open;
ALTER POLICY employee_own ON presences USING (person_id = (SELECT hz.user_id()));
ALTER TABLE presences DROP COLUMN peer;
