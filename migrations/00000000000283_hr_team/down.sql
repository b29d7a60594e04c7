DROP TRIGGER last_hr ON users;
DROP FUNCTION hz.last_hr();
ALTER POLICY hr_company_update ON users
    USING (role = 'employee' OR id = (SELECT hz.user_id()))
    WITH CHECK (role = 'employee' OR (id = (SELECT hz.user_id()) AND status = 'active'));
DROP POLICY hr_team_insert ON users;
