-- A company asks to join, the platform decides, and keeps why.

ALTER TABLE companies
    DROP CONSTRAINT companies_status_check,
    ADD CONSTRAINT companies_status_check CHECK (status IN ('pending', 'active', 'suspended', 'refused')),
    DROP CONSTRAINT companies_siret_key;
-- Anybody may ask in a company's name, and more than one may: only one company is a client with a SIRET.
CREATE UNIQUE INDEX companies_siret ON companies (siret) WHERE status IN ('active', 'suspended');

CREATE TABLE company_requests (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
    legal_name text NOT NULL CHECK (length(legal_name) BETWEEN 1 AND 255),
    siret text NOT NULL CHECK (siret ~ '^[0-9]{14}$'),
    sector text NOT NULL CHECK (length(sector) BETWEEN 1 AND 120),
    size text NOT NULL CHECK (size IN ('small', 'medium', 'large', 'enterprise')),
    -- Whoever asks, at the company's own domain: the link sent there proves both.
    first_name text NOT NULL CHECK (length(first_name) BETWEEN 1 AND 100),
    last_name text NOT NULL CHECK (length(last_name) BETWEEN 1 AND 100),
    email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    domain text NOT NULL CHECK (split_part(email, '@', 2) = domain),
    message text NOT NULL CHECK (length(message) <= 2000),
    locale text NOT NULL CHECK (locale IN ('fr', 'en')),
    -- A fingerprint of the address it came from: counts requests, tells nothing.
    origin_key bytea NOT NULL,
    nonce uuid NOT NULL DEFAULT gen_random_uuid(),
    asked_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    -- The company that following the link registered, for the platform to decide.
    company_id uuid UNIQUE REFERENCES companies ON DELETE CASCADE,
    CONSTRAINT company_requests_confirmed CHECK (company_id IS NULL OR confirmed_at IS NOT NULL)
);
CREATE INDEX company_requests_origin ON company_requests (origin_key, asked_at);
CREATE INDEX company_requests_email ON company_requests (email, asked_at);

-- Why a company is what it is. The trail of deeds names a decision by its id and holds no text.
CREATE TABLE company_decisions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    company_id uuid NOT NULL REFERENCES companies ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('validated', 'refused', 'suspended', 'reactivated')),
    reason text NOT NULL CHECK (length(reason) <= 1000),
    decided_by uuid REFERENCES users ON DELETE SET NULL,
    decided_at timestamptz NOT NULL,
    CONSTRAINT company_decisions_reason CHECK (reason <> '' OR kind IN ('validated', 'reactivated'))
);
CREATE INDEX company_decisions_company ON company_decisions (company_id, decided_at);

CALL hz.protect('company_requests');
CALL hz.protect('company_decisions');

-- Visitors write a request and never read one; following a link goes through the functions below.
GRANT INSERT (id, name, legal_name, siret, sector, size, first_name, last_name, email, domain, message, locale,
              origin_key, asked_at, expires_at) ON company_requests TO hz_visitor;
CREATE POLICY visitor_asks ON company_requests FOR INSERT TO hz_visitor
    WITH CHECK (confirmed_at IS NULL AND company_id IS NULL);
GRANT SELECT (id, company_id, first_name, last_name, email, domain, message, locale, asked_at, confirmed_at)
    ON company_requests TO hz_admin;
CREATE POLICY admin_reads ON company_requests FOR SELECT TO hz_admin USING (company_id IS NOT NULL);
GRANT SELECT (id, company_id, name, first_name, last_name, email, locale, nonce, asked_at, expires_at, confirmed_at), DELETE
    ON company_requests TO hz_worker;
CREATE POLICY worker_reads ON company_requests FOR SELECT TO hz_worker USING (true);
CREATE POLICY worker_forgets ON company_requests FOR DELETE TO hz_worker USING (true);

GRANT SELECT, INSERT (id, company_id, kind, reason, decided_by, decided_at) ON company_decisions TO hz_admin;
CREATE POLICY admin_reads ON company_decisions FOR SELECT TO hz_admin USING (true);
CREATE POLICY admin_decides ON company_decisions FOR INSERT TO hz_admin
    WITH CHECK (decided_by = (SELECT hz.user_id()));
GRANT SELECT (id, company_id, kind, reason) ON company_decisions TO hz_worker;
CREATE POLICY worker_reads ON company_decisions FOR SELECT TO hz_worker USING (true);

-- How many requests came lately from one place and from one address.
CREATE FUNCTION hz.company_requests_since(p_origin bytea, p_email text, p_since timestamptz)
    RETURNS TABLE (of_origin bigint, of_address bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT (SELECT count(*) FROM public.company_requests WHERE origin_key = p_origin AND asked_at > p_since),
           (SELECT count(*) FROM public.company_requests WHERE email = p_email AND asked_at > p_since)
$$;
REVOKE ALL ON FUNCTION hz.company_requests_since(bytea, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.company_requests_since(bytea, text, timestamptz) TO hz_visitor;

-- What a genuine link leads to; no row for one that was never sent.
CREATE FUNCTION hz.company_request_behind(p_id uuid, p_nonce uuid)
    RETURNS TABLE (name text, email text, expires_at timestamptz, confirmed_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT r.name, r.email, r.expires_at, r.confirmed_at FROM public.company_requests r
    WHERE r.id = p_id AND r.nonce = p_nonce
$$;
REVOKE ALL ON FUNCTION hz.company_request_behind(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.company_request_behind(uuid, uuid) TO hz_visitor;

-- Registers the company of a request whose link is followed, once: its id, or nothing.
CREATE FUNCTION hz.confirm_company_request(p_id uuid, p_nonce uuid, p_now timestamptz) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_request public.company_requests;
    v_company uuid := gen_random_uuid();
    v_slug text;
BEGIN
    UPDATE public.company_requests SET confirmed_at = p_now
    WHERE id = p_id AND nonce = p_nonce AND confirmed_at IS NULL AND expires_at > p_now
    RETURNING * INTO v_request;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    v_slug := trim(both '-' from regexp_replace(left(hz.searchable(v_request.name), 60), '[^a-z0-9]+', '-', 'g'));
    INSERT INTO public.companies (id, name, slug, legal_name, siret, sector, size, contact_email, status, created_at)
    VALUES (v_company, v_request.name, concat_ws('-', nullif(v_slug, ''), left(v_company::text, 8)),
            v_request.legal_name, v_request.siret, v_request.sector, v_request.size, v_request.email, 'pending', p_now);
    UPDATE public.company_requests SET company_id = v_company WHERE id = p_id;
    RETURN v_company;
END;
$$;
REVOKE ALL ON FUNCTION hz.confirm_company_request(uuid, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.confirm_company_request(uuid, uuid, timestamptz) TO hz_visitor;

-- The platform admin decides, sets the contract, and invites HR.
GRANT UPDATE (status, max_employees, email_domains) ON companies TO hz_admin;
CREATE FUNCTION hz.company_decision() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF (OLD.status, NEW.status) NOT IN (('pending', 'active'), ('pending', 'refused'),
                                        ('active', 'suspended'), ('suspended', 'active')) THEN
        RAISE EXCEPTION 'a company does not become % from %', NEW.status, OLD.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'companies_decision';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER company_decision BEFORE UPDATE OF status ON companies FOR EACH ROW
    WHEN (NEW.status <> OLD.status AND current_user = 'hz_admin')
    EXECUTE FUNCTION hz.company_decision();

GRANT INSERT (id, email, role, company_id, first_name, last_name, locale) ON users TO hz_admin;
CREATE POLICY admin_invites_hr ON users FOR INSERT TO hz_admin
    WITH CHECK (role = 'hr' AND status = 'pending'
        AND EXISTS (SELECT FROM companies c WHERE c.id = users.company_id AND c.status = 'active'));
GRANT SELECT (id, user_id, company_id, issue, expires_at, sent_count, last_sent_at, accepted_at, created_at),
    INSERT (user_id, company_id, expires_at), UPDATE (nonce, issue, expires_at) ON invitations TO hz_admin;
-- The admin sees the accounts of staff alone, and so their invitations alone.
CREATE POLICY admin_invites_hr ON invitations TO hz_admin
    USING (EXISTS (SELECT FROM users u WHERE u.id = user_id AND u.role = 'hr'))
    WITH CHECK (EXISTS (SELECT FROM users u
        WHERE u.id = user_id AND u.role = 'hr' AND u.company_id = invitations.company_id));

-- A company's history: what was done to the company itself, never to its people.
GRANT SELECT ON audit_logs TO hz_admin;
CREATE POLICY admin_reads_companies ON audit_logs FOR SELECT TO hz_admin USING (entity = 'companies');
CREATE INDEX audit_logs_company ON audit_logs (entity_id, created_at DESC) WHERE entity = 'companies';
