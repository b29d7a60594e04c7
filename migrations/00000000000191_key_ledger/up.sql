-- What was destroyed stays destroyed, even when a backup made before is restored: every data key that
-- goes leaves a line here, and the lines are kept outside of the database too (KEY_LEDGER_FILE). After a
-- restore they are replayed.

-- Which scope a key was for, recognisable and readable by nobody: owners are random (UUID version 4).
CREATE FUNCTION hz.key_subject(p_scope text, p_owner uuid) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN sha256(convert_to(p_scope || ':' || p_owner::text, 'UTF8'));
REVOKE ALL ON FUNCTION hz.key_subject(text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.key_subject(text, uuid) TO hz_keys;

CREATE TABLE destroyed_keys (
    -- In the order in which the transactions ended: whoever has line n has all before it.
    position bigint PRIMARY KEY CHECK (position > 0),
    key_id uuid NOT NULL UNIQUE,
    subject bytea NOT NULL CHECK (length(subject) = 32),
    -- A superseded key was replaced by a newer version, which now holds what it sealed: an older backup
    -- needs it again.
    reason text NOT NULL CHECK (reason IN ('destroyed', 'superseded')),
    destroyed_at timestamptz NOT NULL
);
CALL hz.protect('destroyed_keys');

CREATE FUNCTION hz.destroyed_keys_are_kept() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    RAISE EXCEPTION 'the ledger of destroyed keys only grows'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'destroyed_keys_kept';
END;
$$;
REVOKE ALL ON FUNCTION hz.destroyed_keys_are_kept() FROM PUBLIC;
CREATE TRIGGER destroyed_keys_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON destroyed_keys
    FOR EACH STATEMENT EXECUTE FUNCTION hz.destroyed_keys_are_kept();

-- Takes the next numbers. The lock is held until the transaction ends, so that numbers appear in order.
CREATE FUNCTION hz.key_destroyed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM gone) THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('huntzen.keys.ledger'));
    INSERT INTO public.destroyed_keys (position, key_id, subject, reason, destroyed_at)
        SELECT coalesce((SELECT max(d.position) FROM public.destroyed_keys d), 0) + row_number() OVER (ORDER BY g.id),
               g.id, hz.key_subject(g.scope, g.owner_id),
               CASE WHEN EXISTS (SELECT FROM public.data_keys k
                                 WHERE k.scope = g.scope AND k.owner_id = g.owner_id AND k.version > g.version)
                    THEN 'superseded' ELSE 'destroyed' END,
               now()
        FROM gone g
        -- One that the replay wrote down before it destroys it.
        WHERE NOT EXISTS (SELECT FROM public.destroyed_keys d WHERE d.key_id = g.id);
    RETURN NULL;
END;
$$;
REVOKE ALL ON FUNCTION hz.key_destroyed() FROM PUBLIC;
CREATE TRIGGER key_destroyed AFTER DELETE ON data_keys REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION hz.key_destroyed();

-- The worker writes the file, and the server looks at start whether the database knows its last line.
GRANT SELECT ON destroyed_keys TO hz_worker, hz_keys;
CREATE POLICY everybody_reads ON destroyed_keys FOR SELECT TO hz_worker, hz_keys USING (true);

-- The replay.
GRANT INSERT ON destroyed_keys TO hz_keys;
CREATE POLICY keys_replays ON destroyed_keys FOR INSERT TO hz_keys WITH CHECK (true);
GRANT DELETE ON data_keys TO hz_keys;
CREATE POLICY keys_destroys ON data_keys FOR DELETE TO hz_keys USING (true);
