-- The e-mail domains of a company: several, each proved, each one company's.

-- The register behind companies.email_domains: a domain is one company's, whoever writes it and however
-- many write at once. It is kept by the trigger below and read by nobody.
CREATE TABLE company_domains (
    domain text PRIMARY KEY,
    company_id uuid NOT NULL REFERENCES companies ON DELETE CASCADE
);
CREATE INDEX company_domains_company ON company_domains (company_id);
CALL hz.protect('company_domains');
-- What a company has today was set up by the platform: it counts as confirmed.
INSERT INTO company_domains (domain, company_id) SELECT unnest(email_domains), id FROM companies;

CREATE FUNCTION hz.register_domains() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    DELETE FROM public.company_domains
    WHERE company_id = NEW.id AND domain <> ALL (NEW.email_domains);
    INSERT INTO public.company_domains (domain, company_id)
    SELECT DISTINCT asked.domain, NEW.id FROM unnest(NEW.email_domains) AS asked (domain)
    WHERE NOT EXISTS (SELECT FROM public.company_domains d
                      WHERE d.domain = asked.domain AND d.company_id = NEW.id);
    RETURN NULL;
END;
$$;
REVOKE ALL ON FUNCTION hz.register_domains() FROM PUBLIC;
CREATE TRIGGER register_domains AFTER INSERT OR UPDATE OF email_domains ON companies
    FOR EACH ROW EXECUTE FUNCTION hz.register_domains();

-- A domain that HR is about to prove with the code that was sent to an address there. The code is not
-- here, nor a hash of it, which so few digits would give away: the application derives it from the nonce
-- with a key that the database does not hold.
CREATE TABLE company_domain_claims (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    company_id uuid NOT NULL REFERENCES companies ON DELETE CASCADE,
    domain text NOT NULL CHECK (domain = lower(domain) AND length(domain) <= 253),
    email text NOT NULL CHECK (split_part(email, '@', 2) = domain AND length(email) <= 254),
    asked_by uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    nonce uuid NOT NULL DEFAULT gen_random_uuid(),
    -- Wrong codes so far: a few, then another code has to be sent.
    tries integer NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 5),
    -- Codes sent since then: nobody fills a stranger's mailbox from here.
    asked_count integer NOT NULL DEFAULT 1,
    asked_since timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    UNIQUE (company_id, domain)
);
CREATE INDEX company_domain_claims_since ON company_domain_claims (company_id, asked_since);
CALL hz.protect('company_domain_claims');
GRANT SELECT, INSERT (id, company_id, domain, email, asked_by, asked_since, expires_at),
    UPDATE (email, asked_by, nonce, tries, asked_count, asked_since, expires_at) ON company_domain_claims TO hz_hr;
CREATE POLICY hr_company ON company_domain_claims TO hz_hr USING (true) WITH CHECK (true);
CREATE POLICY hr_tenant ON company_domain_claims AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
GRANT SELECT, DELETE ON company_domain_claims TO hz_worker;
CREATE POLICY worker_mails ON company_domain_claims FOR SELECT TO hz_worker USING (true);
CREATE POLICY worker_forgets ON company_domain_claims FOR DELETE TO hz_worker USING (true);

-- Makes a claimed domain the company's, once its code was right: the domain, or nothing when the claim is
-- over. Fails on company_domains_pkey when another company has it.
CREATE FUNCTION hz.confirm_company_domain(p_claim uuid, p_now timestamptz) RETURNS text
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
REVOKE ALL ON FUNCTION hz.confirm_company_domain(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.confirm_company_domain(uuid, timestamptz) TO hz_hr;

-- Takes a domain from the company's list, but for the last one: whether it did.
CREATE FUNCTION hz.drop_company_domain(p_domain text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.companies SET email_domains = array_remove(email_domains, p_domain)
    WHERE id = hz.company_id() AND p_domain = ANY (email_domains) AND cardinality(email_domains) > 1;
    RETURN FOUND;
END;
$$;
REVOKE ALL ON FUNCTION hz.drop_company_domain(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.drop_company_domain(text) TO hz_hr;
