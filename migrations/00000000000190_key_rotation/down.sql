REVOKE EXECUTE ON FUNCTION hz.keks_in_use() FROM hz_keys;
DROP TABLE key_rotations;
DROP INDEX data_keys_kek;
CREATE INDEX data_keys_kek ON data_keys (kek);
DROP POLICY keys_rewraps_update ON data_keys;
DROP POLICY keys_rewraps ON data_keys;
REVOKE SELECT (id, scope, owner_id, version, kek, wrapped, created_at), UPDATE (kek, wrapped) ON data_keys FROM hz_keys;
REVOKE USAGE ON SCHEMA hz FROM hz_keys;
