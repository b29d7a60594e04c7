-- A suspended company, whatever the screens forget: nothing new is booked for its people, and its HR
-- reaches its own account alone.

-- The company's row is locked until the booking is written: a suspension at the same moment waits for it
-- and then counts it among what is to be decided, or comes first and refuses it.
CREATE FUNCTION hz.company_takes_bookings() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.status <> 'held' THEN
            RETURN NEW;
        END IF;
    END IF;
    PERFORM FROM public.companies c WHERE c.id = NEW.company_id AND c.status = 'active' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the company is suspended'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultations_company_open';
    END IF;
    RETURN NEW;
END;
$$;
REVOKE ALL ON FUNCTION hz.company_takes_bookings() FROM PUBLIC;
CREATE TRIGGER company_takes_bookings BEFORE INSERT OR UPDATE OF status ON consultations
    FOR EACH ROW WHEN (current_user = 'hz_employee' AND NEW.status IN ('held', 'scheduled', 'confirmed'))
    EXECUTE FUNCTION hz.company_takes_bookings();

-- Everybody who has something planned is told, appointment by appointment.
ALTER TABLE notices
    DROP CONSTRAINT notices_kind_check,
    ADD CONSTRAINT notices_kind_check CHECK (kind IN (
        'booked', 'confirmed', 'rescheduled', 'cancelled', 'released', 'no_show', 'no_show_contested',
        'practitioner_absent', 'absence_contested', 'absence_withdrawn', 'times_declared',
        'offered', 'reminder_48h', 'reminder_24h', 'reminder_1h',
        'end_reminder', 'closed', 'duration_corrected', 'duration_contested', 'company_suspended'));

-- Whether HR's own company is a client in good standing. Nobody's HR, the window through which employees
-- see what HR reads of them, stays open: it shows them no more than theirs.
CREATE FUNCTION hz.hr_is_open() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN hz.user_id() IS NULL
        OR EXISTS (SELECT FROM public.companies c WHERE c.id = hz.company_id() AND c.status = 'active');
END;
$$;
REVOKE ALL ON FUNCTION hz.hr_is_open() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.hr_is_open() TO hz_hr;

CREATE POLICY hr_open ON users AS RESTRICTIVE TO hz_hr
    USING (id = (SELECT hz.user_id()) OR (SELECT hz.hr_is_open()))
    WITH CHECK (id = (SELECT hz.user_id()) OR (SELECT hz.hr_is_open()));
CREATE POLICY hr_open ON employees AS RESTRICTIVE TO hz_hr
    USING ((SELECT hz.hr_is_open())) WITH CHECK ((SELECT hz.hr_is_open()));
CREATE POLICY hr_open ON invitations AS RESTRICTIVE TO hz_hr
    USING ((SELECT hz.hr_is_open())) WITH CHECK ((SELECT hz.hr_is_open()));
CREATE POLICY hr_open ON employee_imports AS RESTRICTIVE TO hz_hr
    USING ((SELECT hz.hr_is_open())) WITH CHECK ((SELECT hz.hr_is_open()));
CREATE POLICY hr_open ON employee_import_rows AS RESTRICTIVE TO hz_hr
    USING ((SELECT hz.hr_is_open())) WITH CHECK ((SELECT hz.hr_is_open()));
CREATE POLICY hr_open ON company_profiles AS RESTRICTIVE TO hz_hr
    USING ((SELECT hz.hr_is_open())) WITH CHECK ((SELECT hz.hr_is_open()));
CREATE POLICY hr_open ON company_images AS RESTRICTIVE TO hz_hr
    USING ((SELECT hz.hr_is_open())) WITH CHECK ((SELECT hz.hr_is_open()));
CREATE POLICY hr_open ON company_domain_claims AS RESTRICTIVE TO hz_hr
    USING ((SELECT hz.hr_is_open())) WITH CHECK ((SELECT hz.hr_is_open()));
-- Its own company's name stays readable.
CREATE POLICY hr_open ON companies AS RESTRICTIVE FOR UPDATE TO hz_hr
    USING ((SELECT hz.hr_is_open())) WITH CHECK ((SELECT hz.hr_is_open()));

-- A domain is proved, and another dropped, by a company in good standing alone.
CREATE OR REPLACE FUNCTION hz.drop_company_domain(p_domain text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.companies SET email_domains = array_remove(email_domains, p_domain)
    WHERE id = hz.company_id() AND status = 'active'
      AND p_domain = ANY (email_domains) AND cardinality(email_domains) > 1;
    RETURN FOUND;
END;
$$;
CREATE OR REPLACE FUNCTION hz.confirm_company_domain(p_claim uuid, p_now timestamptz) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_domain text;
BEGIN
    IF NOT hz.hr_is_open() THEN
        RETURN NULL;
    END IF;
    DELETE FROM public.company_domain_claims
    WHERE id = p_claim AND company_id = hz.company_id() AND expires_at > p_now AND tries < 5
    RETURNING domain INTO v_domain;
    UPDATE public.companies SET email_domains = array_append(email_domains, v_domain)
    WHERE id = hz.company_id() AND v_domain <> ALL (email_domains);
    RETURN v_domain;
END;
$$;

-- What every page of a company's people shows of it: its words beside the emergency numbers, and whether
-- it is suspended. One look for the session, in place of one each.
DROP FUNCTION hz.emergency_message(uuid);
CREATE FUNCTION hz.company_now(p_company uuid) RETURNS TABLE (emergency_message text, suspended boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' ROWS 1 AS $$
BEGIN
    RETURN QUERY
    SELECT nullif(p.emergency_message, ''), c.status = 'suspended'
    FROM public.companies c LEFT JOIN public.company_profiles p ON p.company_id = c.id
    WHERE c.id = p_company;
END;
$$;
REVOKE ALL ON FUNCTION hz.company_now(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.company_now(uuid) TO hz_visitor;
