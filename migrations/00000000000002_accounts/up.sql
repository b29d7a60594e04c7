CREATE TABLE companies (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    legal_name text,
    siret text UNIQUE CHECK (siret ~ '^[0-9]{14}$'),
    sector text,
    size text CHECK (size IN ('small', 'medium', 'large', 'enterprise')),
    address text,
    postal_code text,
    city text,
    country text NOT NULL DEFAULT 'France',
    contact_email text,
    contact_phone text,
    website_url text,
    -- Lower-case host names, without the leading @.
    email_domains text[] NOT NULL DEFAULT '{}',
    max_employees integer CHECK (max_employees > 0),
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'active', 'suspended')),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON companies FOR EACH ROW EXECUTE FUNCTION hz.touch_updated_at();

CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL UNIQUE CHECK (email = lower(email) AND length(email) <= 254),
    role text NOT NULL CHECK (role IN ('employee', 'practitioner', 'hr', 'admin', 'super_admin')),
    company_id uuid REFERENCES companies ON DELETE RESTRICT,
    first_name text NOT NULL CHECK (length(first_name) BETWEEN 1 AND 100),
    last_name text NOT NULL CHECK (length(last_name) BETWEEN 1 AND 100),
    locale text NOT NULL DEFAULT 'fr' CHECK (locale IN ('fr', 'en')),
    theme text NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'light', 'dark')),
    timezone text NOT NULL DEFAULT 'Europe/Paris',
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'active', 'suspended')),
    email_verified_at timestamptz,
    last_login_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT users_company_by_role CHECK ((role IN ('employee', 'hr')) = (company_id IS NOT NULL))
);
CREATE INDEX users_company ON users (company_id, role, last_name, first_name) WHERE company_id IS NOT NULL;
-- The few among the many: what admins may see.
CREATE INDEX users_staff ON users (role, last_name, first_name) WHERE role <> 'employee';
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION hz.touch_updated_at();

-- Only the invited person activates an account. HR suspends and brings back; it cannot bring to
-- life an account whose address nobody has proved.
CREATE FUNCTION hz.account_activation() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    RAISE EXCEPTION 'an account is activated by its person'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'users_activation';
END;
$$;
CREATE TRIGGER account_activation BEFORE UPDATE OF status ON users FOR EACH ROW
    WHEN (NEW.status = 'active' AND OLD.status <> 'active' AND OLD.email_verified_at IS NULL
        AND current_user = 'hz_hr')
    EXECUTE FUNCTION hz.account_activation();

-- Apart from users, so that the right to see a name is never the right to see a password hash.
CREATE TABLE credentials (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    password_hash text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE employees (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE RESTRICT,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    department text CHECK (length(department) BETWEEN 1 AND 120),
    position text CHECK (length(position) BETWEEN 1 AND 120),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, company_id)
);
CREATE INDEX employees_company ON employees (company_id, department);
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON employees FOR EACH ROW EXECUTE FUNCTION hz.touch_updated_at();

CREATE TABLE invitations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL UNIQUE REFERENCES users ON DELETE CASCADE,
    company_id uuid NOT NULL REFERENCES companies ON DELETE CASCADE,
    -- Part of the signed link: a resend draws a new one, which ends the links sent before.
    nonce uuid NOT NULL DEFAULT gen_random_uuid(),
    -- Counts those draws: the mail of an older one need not leave any more.
    issue integer NOT NULL DEFAULT 1,
    expires_at timestamptz NOT NULL,
    sent_count integer NOT NULL DEFAULT 0,
    last_sent_at timestamptz,
    accepted_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX invitations_company ON invitations (company_id);

CREATE TABLE password_resets (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    nonce uuid NOT NULL DEFAULT gen_random_uuid(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX password_resets_user ON password_resets (user_id);

CREATE TABLE consents (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('terms', 'health_data')),
    version text NOT NULL,
    locale text NOT NULL CHECK (locale IN ('fr', 'en')),
    given_at timestamptz NOT NULL DEFAULT now(),
    withdrawn_at timestamptz,
    UNIQUE (user_id, kind, version)
);

-- A session is one sign-in on one device. Only SHA-256 hashes of its tokens are stored; the
-- previous hash stays to recognise a token that was stolen and used after its rotation.
CREATE TABLE sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    previous_token_hash bytea UNIQUE CHECK (length(previous_token_hash) = 32),
    rotated_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sessions_user ON sessions (user_id) WHERE revoked_at IS NULL;
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- Sign-in attempts of the last minutes. Keyed hashes only: no address and no IP at rest.
CREATE TABLE sign_in_attempts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    account_key bytea NOT NULL,
    ip_key bytea NOT NULL,
    failed boolean NOT NULL DEFAULT false,
    attempted_at timestamptz NOT NULL
);
CREATE INDEX sign_in_attempts_account ON sign_in_attempts (account_key, attempted_at);
CREATE INDEX sign_in_attempts_ip ON sign_in_attempts (ip_key, attempted_at);
CREATE INDEX sign_in_attempts_age ON sign_in_attempts (attempted_at);

CREATE TABLE security_events (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind text NOT NULL,
    severity text NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
    user_id uuid REFERENCES users ON DELETE SET NULL,
    ip_key bytea,
    detail jsonb NOT NULL DEFAULT '{}',
    occurred_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX security_events_time ON security_events (occurred_at DESC);

CREATE TABLE audit_logs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    actor_id uuid REFERENCES users ON DELETE SET NULL,
    actor_role text NOT NULL,
    action text NOT NULL,
    entity text NOT NULL,
    entity_id uuid,
    company_id uuid REFERENCES companies ON DELETE SET NULL,
    detail jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX audit_logs_time ON audit_logs (created_at DESC);

CALL hz.protect('companies');
CALL hz.protect('users');
CALL hz.protect('credentials');
CALL hz.protect('employees');
CALL hz.protect('invitations');
CALL hz.protect('password_resets');
CALL hz.protect('consents');
CALL hz.protect('sessions');
CALL hz.protect('sign_in_attempts');
CALL hz.protect('security_events');
CALL hz.protect('audit_logs');

-- companies: each side sees its own; practitioners see the companies they work for (next migration).
GRANT SELECT (id, name, status) ON companies TO hz_employee, hz_practitioner, hz_worker, hz_visitor;
GRANT SELECT ON companies TO hz_hr, hz_admin, hz_super_admin;
CREATE POLICY employee_own ON companies FOR SELECT TO hz_employee USING (id = (SELECT hz.company_id()));
-- Who follows an invitation sees who invites.
CREATE POLICY visitor_own ON companies FOR SELECT TO hz_visitor
    USING (id = (SELECT u.company_id FROM users u WHERE u.id = (SELECT hz.user_id())));
CREATE POLICY hr_own ON companies FOR SELECT TO hz_hr USING (id = (SELECT hz.company_id()));
CREATE POLICY admin_all ON companies FOR SELECT TO hz_admin USING (true);
CREATE POLICY super_admin_all ON companies FOR SELECT TO hz_super_admin USING (true);
CREATE POLICY worker_all ON companies FOR SELECT TO hz_worker USING (true);

-- users: oneself; HR its company's employees and colleagues; the platform never an employee's name.
GRANT SELECT (id, email, role, company_id, first_name, last_name, locale, theme, timezone, status, last_login_at, created_at)
    ON users TO hz_visitor;
GRANT UPDATE (status, email_verified_at, last_login_at, locale) ON users TO hz_visitor;
GRANT SELECT (id, role, company_id, first_name, last_name, locale, theme, timezone, status) ON users TO hz_employee, hz_practitioner;
GRANT SELECT (id, email, role, company_id, first_name, last_name, locale, theme, timezone, status, created_at) ON users TO hz_hr, hz_admin;
GRANT SELECT (id, role, company_id, locale, theme, timezone, status, created_at) ON users TO hz_super_admin;
GRANT UPDATE (locale, theme, timezone) ON users TO hz_employee, hz_practitioner, hz_hr, hz_admin, hz_super_admin;
GRANT INSERT (id, email, role, company_id, first_name, last_name, locale) ON users TO hz_hr;
GRANT UPDATE (first_name, last_name, status) ON users TO hz_hr;
GRANT SELECT (id, email, role, company_id, first_name, last_name, locale, timezone, status) ON users TO hz_worker;

CREATE POLICY visitor_self ON users FOR SELECT TO hz_visitor USING (id = (SELECT hz.user_id()));
CREATE POLICY visitor_self_update ON users FOR UPDATE TO hz_visitor
    USING (id = (SELECT hz.user_id())) WITH CHECK (id = (SELECT hz.user_id()));
CREATE POLICY employee_self ON users FOR SELECT TO hz_employee USING (id = (SELECT hz.user_id()));
CREATE POLICY practitioner_self ON users FOR SELECT TO hz_practitioner USING (id = (SELECT hz.user_id()));
CREATE POLICY admin_self ON users FOR SELECT TO hz_admin USING (id = (SELECT hz.user_id()));
CREATE POLICY super_admin_self ON users FOR SELECT TO hz_super_admin USING (true);
CREATE POLICY self_update ON users FOR UPDATE TO hz_employee, hz_practitioner, hz_admin, hz_super_admin
    USING (id = (SELECT hz.user_id())) WITH CHECK (id = (SELECT hz.user_id()));
CREATE POLICY hr_company ON users FOR SELECT TO hz_hr USING (role IN ('employee', 'hr'));
CREATE POLICY hr_company_insert ON users FOR INSERT TO hz_hr WITH CHECK (role = 'employee' AND status = 'pending');
-- HR changes its employees, and of its own account only what self_update grants it elsewhere.
CREATE POLICY hr_company_update ON users FOR UPDATE TO hz_hr
    USING (role = 'employee' OR id = (SELECT hz.user_id()))
    WITH CHECK (role = 'employee' OR (id = (SELECT hz.user_id()) AND status = 'active'));
CREATE POLICY hr_tenant ON users AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY admin_staff ON users FOR SELECT TO hz_admin USING (role <> 'employee');
CREATE POLICY worker_all ON users FOR SELECT TO hz_worker USING (true);

-- credentials: only one's own, in every role; a visitor's identity is set once a secret was proved.
GRANT SELECT, INSERT, UPDATE ON credentials TO hz_visitor;
GRANT SELECT, UPDATE ON credentials TO hz_employee, hz_practitioner, hz_hr, hz_admin, hz_super_admin;
CREATE POLICY own ON credentials TO hz_visitor, hz_employee, hz_practitioner, hz_hr, hz_admin, hz_super_admin
    USING (user_id = (SELECT hz.user_id())) WITH CHECK (user_id = (SELECT hz.user_id()));

GRANT SELECT ON employees TO hz_employee;
GRANT SELECT, INSERT ON employees TO hz_hr;
GRANT UPDATE (department, position) ON employees TO hz_hr;
GRANT SELECT (user_id, company_id) ON employees TO hz_admin, hz_super_admin;
CREATE POLICY employee_self ON employees FOR SELECT TO hz_employee USING (user_id = (SELECT hz.user_id()));
CREATE POLICY employee_tenant ON employees AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY hr_company ON employees TO hz_hr USING (true) WITH CHECK (true);
CREATE POLICY hr_tenant ON employees AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY admin_count ON employees FOR SELECT TO hz_admin, hz_super_admin USING (true);

GRANT SELECT, UPDATE (accepted_at) ON invitations TO hz_visitor;
GRANT SELECT (id, user_id, company_id, issue, expires_at, sent_count, last_sent_at, accepted_at, created_at), INSERT (user_id, company_id, expires_at) ON invitations TO hz_hr;
GRANT UPDATE (nonce, issue, expires_at) ON invitations TO hz_hr;
GRANT SELECT, UPDATE (sent_count, last_sent_at) ON invitations TO hz_worker;
CREATE POLICY visitor_own ON invitations FOR SELECT TO hz_visitor USING (user_id = (SELECT hz.user_id()));
CREATE POLICY visitor_accepts ON invitations FOR UPDATE TO hz_visitor
    USING (user_id = (SELECT hz.user_id())) WITH CHECK (user_id = (SELECT hz.user_id()));
CREATE POLICY hr_company ON invitations TO hz_hr USING (true) WITH CHECK (true);
CREATE POLICY hr_tenant ON invitations AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY worker_all ON invitations TO hz_worker USING (true) WITH CHECK (true);

GRANT SELECT, UPDATE (used_at) ON password_resets TO hz_visitor;
GRANT SELECT (id, user_id, nonce, expires_at, created_at), INSERT (id, user_id, expires_at, created_at), DELETE ON password_resets TO hz_worker;
CREATE POLICY visitor_own ON password_resets FOR SELECT TO hz_visitor USING (user_id = (SELECT hz.user_id()));
CREATE POLICY visitor_uses ON password_resets FOR UPDATE TO hz_visitor
    USING (user_id = (SELECT hz.user_id())) WITH CHECK (user_id = (SELECT hz.user_id()));
CREATE POLICY worker_all ON password_resets TO hz_worker USING (true) WITH CHECK (true);

GRANT SELECT, INSERT (user_id, kind, version, locale, given_at) ON consents TO hz_visitor, hz_employee;
CREATE POLICY own ON consents TO hz_visitor, hz_employee
    USING (user_id = (SELECT hz.user_id())) WITH CHECK (user_id = (SELECT hz.user_id()));

GRANT SELECT, INSERT, UPDATE (token_hash, previous_token_hash, rotated_at, revoked_at) ON sessions
    TO hz_visitor;
GRANT SELECT (id, user_id, revoked_at), UPDATE (revoked_at) ON sessions
    TO hz_employee, hz_practitioner, hz_hr, hz_admin, hz_super_admin;
GRANT SELECT (id, expires_at), DELETE ON sessions TO hz_worker;
CREATE POLICY own ON sessions TO hz_visitor, hz_employee, hz_practitioner, hz_hr, hz_admin, hz_super_admin
    USING (user_id = (SELECT hz.user_id())) WITH CHECK (user_id = (SELECT hz.user_id()));
CREATE POLICY worker_purges ON sessions TO hz_worker USING (true);

GRANT SELECT, INSERT, DELETE, UPDATE (failed) ON sign_in_attempts TO hz_visitor;
GRANT SELECT (id, attempted_at), DELETE ON sign_in_attempts TO hz_worker;
CREATE POLICY visitor_all ON sign_in_attempts TO hz_visitor USING (true) WITH CHECK (true);
CREATE POLICY worker_purges ON sign_in_attempts TO hz_worker USING (true);

GRANT INSERT (kind, severity, user_id, ip_key, detail, occurred_at) ON security_events
    TO hz_visitor, hz_employee, hz_practitioner, hz_hr, hz_admin, hz_super_admin, hz_worker;
GRANT SELECT ON security_events TO hz_super_admin;
CREATE POLICY anyone_reports ON security_events FOR INSERT
    TO hz_visitor, hz_employee, hz_practitioner, hz_hr, hz_admin, hz_super_admin, hz_worker WITH CHECK (true);
CREATE POLICY super_admin_reads ON security_events FOR SELECT TO hz_super_admin USING (true);

GRANT INSERT (actor_id, actor_role, action, entity, entity_id, company_id, detail, created_at) ON audit_logs
    TO hz_visitor, hz_employee, hz_practitioner, hz_hr, hz_admin, hz_super_admin, hz_worker;
GRANT SELECT ON audit_logs TO hz_super_admin;
CREATE POLICY own_deeds ON audit_logs FOR INSERT
    TO hz_visitor, hz_employee, hz_practitioner, hz_hr, hz_admin, hz_super_admin, hz_worker
    WITH CHECK (actor_id IS NOT DISTINCT FROM (SELECT hz.user_id()));
CREATE POLICY super_admin_reads ON audit_logs FOR SELECT TO hz_super_admin USING (true);

-- What signing in needs before anybody is identified: one account by its address.
-- PL/pgSQL keeps the plan for the life of the connection; an SQL function of another owner is
-- planned anew at every call, which costs ten times its work.
CREATE FUNCTION hz.sign_in_account(p_email text)
    RETURNS TABLE (user_id uuid, role text, company_id uuid, status text, password_hash text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan ROWS 1 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT u.id, u.role, u.company_id, u.status, c.password_hash
    FROM public.users u LEFT JOIN public.credentials c ON c.user_id = u.id
    WHERE u.email = p_email;
END;
$$;
REVOKE ALL ON FUNCTION hz.sign_in_account(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.sign_in_account(text) TO hz_visitor;

-- The identity behind a session token, read at each request: the role and the status are today's.
CREATE FUNCTION hz.session_identity(p_token_hash bytea)
    RETURNS TABLE (session_id uuid, user_id uuid, role text, company_id uuid, company_name text,
                   email text, first_name text, last_name text, locale text, theme text, timezone text,
                   current_token boolean, rotated_at timestamptz, expires_at timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan ROWS 1 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT s.id, u.id, u.role, u.company_id, c.name, u.email, u.first_name, u.last_name, u.locale, u.theme,
           u.timezone, s.token_hash = p_token_hash, s.rotated_at, s.expires_at
    FROM public.sessions s
    JOIN public.users u ON u.id = s.user_id
    LEFT JOIN public.companies c ON c.id = u.company_id
    WHERE (s.token_hash = p_token_hash OR s.previous_token_hash = p_token_hash)
      AND s.revoked_at IS NULL AND u.status = 'active';
END;
$$;
REVOKE ALL ON FUNCTION hz.session_identity(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.session_identity(bytea) TO hz_visitor;

-- HR must learn that an address of its own domain is already taken elsewhere, and nothing more.
CREATE FUNCTION hz.addresses_taken(p_emails text[])
    RETURNS TABLE (email text, in_company boolean)
    -- One probe of the index per address, however many there are and whatever the caller asked for.
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' SET enable_nestloop = on AS $$
    SELECT u.email, u.company_id IS NOT DISTINCT FROM hz.company_id()
    FROM unnest(p_emails) AS asked (email)
    JOIN public.users u USING (email)
    JOIN public.companies c ON c.id = hz.company_id()
    WHERE split_part(u.email, '@', 2) = ANY (c.email_domains)
      AND NOT (u.company_id IS NOT DISTINCT FROM hz.company_id() AND u.role = 'employee')
$$;
REVOKE ALL ON FUNCTION hz.addresses_taken(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.addresses_taken(text[]) TO hz_hr;
