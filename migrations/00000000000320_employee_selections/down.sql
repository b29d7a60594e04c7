DROP FUNCTION hz.correct_address(uuid, text);
DROP TABLE employee_selections;
ALTER TABLE invitations DROP COLUMN bounced_at;
