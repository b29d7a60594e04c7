DROP FUNCTION hz.addresses_taken(text[]);
DROP FUNCTION hz.session_identity(bytea);
DROP FUNCTION hz.sign_in_account(text);
DROP TABLE audit_logs, security_events, sign_in_attempts, sessions, consents, password_resets,
    invitations, employees, credentials, users, companies;
DROP FUNCTION hz.account_activation();
