DROP INDEX audit_logs_company;
DROP POLICY admin_reads_companies ON audit_logs;
REVOKE SELECT ON audit_logs FROM hz_admin;
DROP POLICY admin_invites_hr ON invitations;
REVOKE ALL ON invitations FROM hz_admin;
REVOKE SELECT (id, user_id, company_id, issue, expires_at, sent_count, last_sent_at, accepted_at, created_at),
    INSERT (user_id, company_id, expires_at), UPDATE (nonce, issue, expires_at) ON invitations FROM hz_admin;
DROP POLICY admin_invites_hr ON users;
REVOKE INSERT (id, email, role, company_id, first_name, last_name, locale) ON users FROM hz_admin;
DROP TRIGGER company_decision ON companies;
DROP FUNCTION hz.company_decision();
REVOKE UPDATE (status, max_employees, email_domains) ON companies FROM hz_admin;
DROP FUNCTION hz.confirm_company_request(uuid, uuid, timestamptz);
DROP FUNCTION hz.company_request_behind(uuid, uuid);
DROP FUNCTION hz.company_requests_since(bytea, text, timestamptz);
DROP TABLE company_decisions;
DROP TABLE company_requests;
DROP INDEX companies_siret;
-- What was refused was never a client's, and two that ask in one name were not both.
UPDATE companies SET status = 'suspended', siret = NULL WHERE status = 'refused';
UPDATE companies c SET siret = NULL
WHERE EXISTS (SELECT FROM companies o WHERE o.siret = c.siret AND o.id <> c.id AND (o.status <> 'pending' OR o.id < c.id));
ALTER TABLE companies
    ADD CONSTRAINT companies_siret_key UNIQUE (siret),
    DROP CONSTRAINT companies_status_check,
    ADD CONSTRAINT companies_status_check CHECK (status IN ('pending', 'active', 'suspended'));
