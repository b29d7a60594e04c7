-- Employees ask for their account themselves, where their company allows it and from an address at one of
-- its confirmed domains.

ALTER TABLE companies ADD COLUMN self_registration text NOT NULL DEFAULT 'off'
    CHECK (self_registration IN ('off', 'automatic', 'approval'));
GRANT UPDATE (self_registration) ON companies TO hz_hr;

-- From the form to the account, which then replaces the row.
CREATE TABLE registrations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    first_name text NOT NULL CHECK (length(first_name) BETWEEN 1 AND 100),
    last_name text NOT NULL CHECK (length(last_name) BETWEEN 1 AND 100),
    locale text NOT NULL CHECK (locale IN ('fr', 'en')),
    -- A fingerprint of the address it came from: counts registrations, tells nothing.
    origin_key bytea NOT NULL,
    nonce uuid NOT NULL DEFAULT gen_random_uuid(),
    status text NOT NULL DEFAULT 'asked' CHECK (status IN ('asked', 'waiting', 'refused')),
    asked_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    -- Whose HR decides, once the address is confirmed.
    company_id uuid REFERENCES companies ON DELETE CASCADE,
    confirmed_at timestamptz,
    CONSTRAINT registrations_confirmed CHECK ((status = 'asked') = (company_id IS NULL)
        AND (confirmed_at IS NULL) = (company_id IS NULL))
);
CREATE INDEX registrations_origin ON registrations (origin_key, asked_at);
CREATE INDEX registrations_email ON registrations (email, asked_at);
CREATE INDEX registrations_company ON registrations (company_id, confirmed_at);
-- Somebody waits once.
CREATE UNIQUE INDEX registrations_waiting ON registrations (email) WHERE status = 'waiting';
CALL hz.protect('registrations');

-- Visitors write one and never read one; following a link goes through the functions below.
GRANT INSERT (id, email, first_name, last_name, locale, origin_key, asked_at, expires_at) ON registrations TO hz_visitor;
CREATE POLICY visitor_asks ON registrations FOR INSERT TO hz_visitor WITH CHECK (status = 'asked');
-- HR sees those of its own company whose address is confirmed.
GRANT SELECT (id, company_id, email, first_name, last_name, locale, status, confirmed_at), UPDATE (status), DELETE
    ON registrations TO hz_hr;
CREATE POLICY hr_company ON registrations TO hz_hr USING (status <> 'asked') WITH CHECK (status <> 'asked');
CREATE POLICY hr_tenant ON registrations AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
GRANT SELECT (id, email, first_name, locale, nonce, status, company_id, asked_at, expires_at, confirmed_at), DELETE
    ON registrations TO hz_worker;
CREATE POLICY worker_all ON registrations TO hz_worker USING (true);

-- How many registrations came lately from one place and from one address.
CREATE FUNCTION hz.registrations_since(p_origin bytea, p_email text, p_since timestamptz)
    RETURNS TABLE (of_origin bigint, of_address bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT (SELECT count(*) FROM public.registrations WHERE origin_key = p_origin AND asked_at > p_since),
           (SELECT count(*) FROM public.registrations WHERE email = p_email AND asked_at > p_since)
$$;
REVOKE ALL ON FUNCTION hz.registrations_since(bytea, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.registrations_since(bytea, text, timestamptz) TO hz_visitor;

-- The company that lets an address register; nothing for everybody else's.
CREATE FUNCTION hz.registering_company(p_email text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT c.id FROM public.company_domains d JOIN public.companies c ON c.id = d.company_id
    WHERE d.domain = split_part(p_email, '@', 2) AND c.status = 'active' AND c.self_registration <> 'off'
$$;
REVOKE ALL ON FUNCTION hz.registering_company(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.registering_company(text) TO hz_worker;

-- What a genuine link leads to; no row for one that was never sent, or whose account exists by now.
CREATE FUNCTION hz.registration_behind(p_id uuid, p_nonce uuid)
    RETURNS TABLE (email text, company text, status text, expires_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT r.email, c.name, r.status, r.expires_at FROM public.registrations r
    JOIN public.companies c ON c.id = coalesce(r.company_id, hz.registering_company(r.email))
    WHERE r.id = p_id AND r.nonce = p_nonce
$$;
REVOKE ALL ON FUNCTION hz.registration_behind(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.registration_behind(uuid, uuid) TO hz_visitor;

-- Whoever follows the link reads the address's mail. Depending on the company they wait for its HR
-- (`waiting`), or have an account to open (`registered`, with its invitation); and nothing happens for
-- whoever has an account already (`known`). No row for a link that is over.
CREATE FUNCTION hz.confirm_registration(p_id uuid, p_nonce uuid, p_now timestamptz, p_ends timestamptz)
    RETURNS TABLE (outcome text, company_id uuid, user_id uuid, invitation_id uuid, invitation_nonce uuid)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_asked public.registrations;
    v_company public.companies;
BEGIN
    SELECT r.* INTO v_asked FROM public.registrations r
    WHERE r.id = p_id AND r.nonce = p_nonce AND r.status = 'asked' AND r.expires_at > p_now FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT c.* INTO v_company FROM public.companies c WHERE c.id = hz.registering_company(v_asked.email);
    IF NOT FOUND THEN
        RETURN;
    END IF;
    company_id := v_company.id;
    -- As HR's own additions: one at a time, or two would each find the last seat free.
    PERFORM pg_advisory_xact_lock(hashtextextended('employees of ' || v_company.id, 0));
    IF EXISTS (SELECT FROM public.users u WHERE u.email = v_asked.email)
        OR EXISTS (SELECT FROM public.registrations r WHERE r.email = v_asked.email AND r.status = 'waiting') THEN
        DELETE FROM public.registrations r WHERE r.id = p_id;
        outcome := 'known';
        RETURN NEXT;
        RETURN;
    END IF;
    IF v_company.self_registration = 'approval' OR v_company.max_employees <= (
        SELECT count(*) FROM public.users u
        WHERE u.company_id = v_company.id AND u.role = 'employee' AND u.status NOT IN ('suspended', 'erased')) THEN
        UPDATE public.registrations r SET status = 'waiting', company_id = v_company.id, confirmed_at = p_now
        WHERE r.id = p_id;
        outcome := 'waiting';
        RETURN NEXT;
        RETURN;
    END IF;
    INSERT INTO public.users (email, role, company_id, first_name, last_name, locale)
    VALUES (v_asked.email, 'employee', v_company.id, v_asked.first_name, v_asked.last_name, v_asked.locale)
    ON CONFLICT (email) DO NOTHING RETURNING id INTO user_id;
    IF user_id IS NULL THEN
        DELETE FROM public.registrations r WHERE r.id = p_id;
        outcome := 'known';
        RETURN NEXT;
        RETURN;
    END IF;
    INSERT INTO public.employees (user_id, company_id) VALUES (user_id, v_company.id);
    INSERT INTO public.invitations (user_id, company_id, expires_at) VALUES (user_id, v_company.id, p_ends)
    RETURNING id, nonce INTO invitation_id, invitation_nonce;
    DELETE FROM public.registrations r WHERE r.id = p_id;
    outcome := 'registered';
    RETURN NEXT;
END;
$$;
REVOKE ALL ON FUNCTION hz.confirm_registration(uuid, uuid, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.confirm_registration(uuid, uuid, timestamptz, timestamptz) TO hz_visitor;
