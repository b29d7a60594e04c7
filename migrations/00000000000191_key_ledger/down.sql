DROP POLICY keys_destroys ON data_keys;
REVOKE DELETE ON data_keys FROM hz_keys;
DROP TRIGGER key_destroyed ON data_keys;
DROP FUNCTION hz.key_destroyed();
DROP TABLE destroyed_keys;
DROP FUNCTION hz.destroyed_keys_are_kept();
DROP FUNCTION hz.key_subject(text, uuid);
