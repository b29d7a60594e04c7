DROP FUNCTION hz.erase_again();
DROP FUNCTION hz.erase_account(uuid, timestamptz);
DROP INDEX destroyed_keys_accounts;
ALTER TABLE destroyed_keys DISABLE TRIGGER destroyed_keys_are_kept;
DELETE FROM destroyed_keys WHERE reason = 'erased';
ALTER TABLE destroyed_keys ENABLE TRIGGER destroyed_keys_are_kept;
ALTER TABLE destroyed_keys DROP CONSTRAINT destroyed_keys_reason_check,
    ADD CONSTRAINT destroyed_keys_reason_check CHECK (reason IN ('destroyed', 'superseded'));
DROP FUNCTION hz.anonymise_account(uuid, timestamptz);
DROP FUNCTION hz.cancel_erasure(timestamptz);
DROP FUNCTION hz.ask_erasure(timestamptz);
DROP FUNCTION hz.own_erasure();
DROP FUNCTION hz.own_erasure_obstacle(timestamptz);
DROP FUNCTION hz.erasure_obstacle(uuid, timestamptz);
DROP TABLE erasures;
DROP FUNCTION hz.pseudonym(uuid);
DROP TRIGGER erased_stays_erased ON users;
DROP FUNCTION hz.erased_stays_erased();
UPDATE users SET status = 'suspended' WHERE status = 'erased';
ALTER TABLE users DROP CONSTRAINT users_status_check,
    ADD CONSTRAINT users_status_check CHECK (status IN ('pending', 'active', 'suspended'));
