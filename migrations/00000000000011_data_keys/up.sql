-- Data keys, wrapped by a key-encryption key that is never in the database: one per ownership scope
-- and version. Whoever may not see what a scope belongs to finds no key, and nobody else has a grant.
CREATE TABLE data_keys (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- What kind of thing the key is for, and which one: never changes hands.
    scope text NOT NULL CHECK (scope IN ('consultation')),
    owner_id uuid NOT NULL,
    -- Sealed fields name the version they were sealed with.
    version smallint NOT NULL CHECK (version > 0),
    -- Which key-encryption key wraps it: its provider and its fingerprint.
    kek text NOT NULL CHECK (length(kek) BETWEEN 1 AND 200),
    wrapped bytea NOT NULL CHECK (length(wrapped) BETWEEN 32 AND 1024),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT data_keys_scope UNIQUE (scope, owner_id, version)
);
CREATE INDEX data_keys_kek ON data_keys (kek);
CALL hz.protect('data_keys');

-- The two who share a consultation. The sub-select reads `consultations` under their own policies,
-- the tenant's included.
GRANT SELECT (id, scope, owner_id, version, kek, wrapped), INSERT (id, scope, owner_id, version, kek, wrapped)
    ON data_keys TO hz_employee, hz_practitioner;
CREATE POLICY participants ON data_keys FOR SELECT TO hz_employee, hz_practitioner
    USING (scope = 'consultation' AND EXISTS (SELECT FROM consultations c WHERE c.id = owner_id));
CREATE POLICY participants_create ON data_keys FOR INSERT TO hz_employee, hz_practitioner
    WITH CHECK (scope = 'consultation' AND EXISTS (SELECT FROM consultations c WHERE c.id = owner_id));

-- Which key-encryption keys are needed to read this database: the server refuses to start without
-- them. Jumps from one value of the index to the next, however many keys there are.
CREATE FUNCTION hz.keks_in_use() RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH RECURSIVE keks AS (
        SELECT min(d.kek) AS kek FROM public.data_keys d
        UNION ALL
        SELECT (SELECT min(d.kek) FROM public.data_keys d WHERE d.kek > keks.kek) FROM keks WHERE keks.kek IS NOT NULL)
    SELECT keks.kek FROM keks WHERE keks.kek IS NOT NULL
$$;
REVOKE ALL ON FUNCTION hz.keks_in_use() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.keks_in_use() TO hz_worker;
