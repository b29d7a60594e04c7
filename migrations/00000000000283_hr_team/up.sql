-- Several people share a company's HR, and look after their own team.

-- Colleagues are invited like employees are; nobody's role ever changes, for no role may write it.
CREATE POLICY hr_team_insert ON users FOR INSERT TO hz_hr WITH CHECK (role = 'hr' AND status = 'pending');
ALTER POLICY hr_company_update ON users
    USING (role IN ('employee', 'hr')) WITH CHECK (role IN ('employee', 'hr'));

-- Somebody has to be left: one at a time in a company, so that the last two do not suspend each other.
CREATE FUNCTION hz.last_hr() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('hr of ' || OLD.company_id, 0));
    IF NOT EXISTS (SELECT FROM public.users u
        WHERE u.company_id = OLD.company_id AND u.role = 'hr' AND u.status = 'active' AND u.id <> OLD.id) THEN
        RAISE EXCEPTION 'a company keeps one active HR account'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'users_last_hr';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER last_hr BEFORE UPDATE OF status ON users FOR EACH ROW
    WHEN (OLD.role = 'hr' AND OLD.status = 'active' AND NEW.status <> 'active' AND current_user = 'hz_hr')
    EXECUTE FUNCTION hz.last_hr();
