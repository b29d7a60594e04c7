DROP FUNCTION hz.confirm_registration(uuid, uuid, timestamptz, timestamptz);
DROP FUNCTION hz.registration_behind(uuid, uuid);
DROP FUNCTION hz.registering_company(text);
DROP FUNCTION hz.registrations_since(bytea, text, timestamptz);
DROP TABLE registrations;
ALTER TABLE companies DROP COLUMN self_registration;
