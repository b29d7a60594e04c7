DROP FUNCTION hz.company_now(uuid);
CREATE FUNCTION hz.emergency_message(p_company uuid) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN (SELECT nullif(p.emergency_message, '') FROM public.company_profiles p WHERE p.company_id = p_company);
END;
$$;
REVOKE ALL ON FUNCTION hz.emergency_message(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.emergency_message(uuid) TO hz_visitor;

CREATE OR REPLACE FUNCTION hz.confirm_company_domain(p_claim uuid, p_now timestamptz) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_domain text;
BEGIN
    DELETE FROM public.company_domain_claims
    WHERE id = p_claim AND company_id = hz.company_id() AND expires_at > p_now AND tries < 5
    RETURNING domain INTO v_domain;
    UPDATE public.companies SET email_domains = array_append(email_domains, v_domain)
    WHERE id = hz.company_id() AND v_domain <> ALL (email_domains);
    RETURN v_domain;
END;
$$;
CREATE OR REPLACE FUNCTION hz.drop_company_domain(p_domain text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.companies SET email_domains = array_remove(email_domains, p_domain)
    WHERE id = hz.company_id() AND p_domain = ANY (email_domains) AND cardinality(email_domains) > 1;
    RETURN FOUND;
END;
$$;

DROP POLICY hr_open ON companies;
DROP POLICY hr_open ON company_domain_claims;
DROP POLICY hr_open ON company_images;
DROP POLICY hr_open ON company_profiles;
DROP POLICY hr_open ON employee_import_rows;
DROP POLICY hr_open ON employee_imports;
DROP POLICY hr_open ON invitations;
DROP POLICY hr_open ON employees;
DROP POLICY hr_open ON users;
DROP FUNCTION hz.hr_is_open();

DELETE FROM notices WHERE kind = 'company_suspended';
ALTER TABLE notices
    DROP CONSTRAINT notices_kind_check,
    ADD CONSTRAINT notices_kind_check CHECK (kind IN (
        'booked', 'confirmed', 'rescheduled', 'cancelled', 'released', 'no_show', 'no_show_contested',
        'practitioner_absent', 'absence_contested', 'absence_withdrawn', 'times_declared',
        'offered', 'reminder_48h', 'reminder_24h', 'reminder_1h',
        'end_reminder', 'closed', 'duration_corrected', 'duration_contested'));

DROP TRIGGER company_takes_bookings ON consultations;
DROP FUNCTION hz.company_takes_bookings();
