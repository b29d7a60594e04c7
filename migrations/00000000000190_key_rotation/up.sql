-- Changing keys while the application serves. A role of its own (`hz_keys`, reached by the login
-- `huntzen_keys`, which no serving process has) touches wrapped keys; the worker, which runs in every
-- process, sees how far it is and no key.
GRANT USAGE ON SCHEMA hz TO hz_keys;

GRANT SELECT (id, scope, owner_id, version, kek, wrapped, created_at), UPDATE (kek, wrapped) ON data_keys TO hz_keys;
CREATE POLICY keys_rewraps ON data_keys FOR SELECT TO hz_keys USING (true);
CREATE POLICY keys_rewraps_update ON data_keys FOR UPDATE TO hz_keys USING (true) WITH CHECK (true);

-- What is still wrapped by a key-encryption key, in the order in which it is taken: a rotation that was
-- interrupted finds the rest without looking at what is done.
DROP INDEX data_keys_kek;
CREATE INDEX data_keys_kek ON data_keys (kek, id);

-- One row per rotation: begun, how far, done. Nothing is ever taken out.
CREATE TABLE key_rotations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- What is changed: the key-encryption key, or data keys.
    kind text NOT NULL CHECK (kind IN ('kek', 'data')),
    -- The name of the key-encryption key that wraps from now on, or the kind of scope.
    target text NOT NULL CHECK (length(target) BETWEEN 1 AND 200),
    total integer NOT NULL CHECK (total >= 0),
    done integer NOT NULL DEFAULT 0 CHECK (done >= 0),
    -- Keys that could not be opened: left as they are, and looked into by a person.
    failed integer NOT NULL DEFAULT 0 CHECK (failed >= 0),
    started_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    finished_at timestamptz
);
CREATE INDEX key_rotations_time ON key_rotations (started_at DESC);
-- One at a time: a second one continues the first.
CREATE UNIQUE INDEX key_rotations_running ON key_rotations (kind, target) WHERE finished_at IS NULL;
CALL hz.protect('key_rotations');
GRANT SELECT, INSERT (id, kind, target, total, started_at, updated_at),
    UPDATE (total, done, failed, updated_at, finished_at) ON key_rotations TO hz_keys;
CREATE POLICY keys_reads ON key_rotations FOR SELECT TO hz_keys USING (true);
CREATE POLICY keys_begins ON key_rotations FOR INSERT TO hz_keys WITH CHECK (true);
CREATE POLICY keys_continues ON key_rotations FOR UPDATE TO hz_keys USING (finished_at IS NULL) WITH CHECK (true);
GRANT SELECT ON key_rotations TO hz_worker, hz_super_admin;
CREATE POLICY progress ON key_rotations FOR SELECT TO hz_worker, hz_super_admin USING (true);

GRANT EXECUTE ON FUNCTION hz.keks_in_use() TO hz_keys;
