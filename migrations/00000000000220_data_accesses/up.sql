-- Who read or changed something of a person that is not theirs: written by the transaction that did it,
-- read by that person and by nobody else. Rows are added, never changed; the nightly retention alone
-- deletes them.
CREATE TABLE data_accesses (
    -- Whose it is. No foreign key: its check would lock and dirty the person's own row at every reading.
    -- The policy below asks instead whether the one who writes can see that person at all; accounts are
    -- made anonymous and never deleted.
    subject_id uuid NOT NULL,
    -- The minute: what is read twice in it is one row.
    accessed_at timestamptz NOT NULL
        CHECK (date_bin('1 minute', accessed_at, '2000-01-01 00:00:00+00') = accessed_at),
    -- Who, as the transaction says: no role may write these two, the database fills them in. Nil for a job.
    actor_id uuid NOT NULL DEFAULT coalesce(hz.user_id(), '00000000-0000-0000-0000-000000000000'),
    actor_role text NOT NULL DEFAULT current_user,
    -- What: see `privacy::access::What`.
    what text NOT NULL CHECK (what ~ '^[a-z_]{3,40}$'),
    PRIMARY KEY (subject_id, accessed_at, actor_id, what)
);
CREATE INDEX data_accesses_age ON data_accesses USING brin (accessed_at);
CALL hz.protect('data_accesses');

GRANT INSERT (subject_id, accessed_at, what) ON data_accesses
    TO hz_practitioner, hz_hr, hz_admin, hz_super_admin, hz_worker;
-- About somebody whom the role shows to whoever writes (the sub-select reads `users` under its own
-- policies): no company's HR can write into the record of another's people.
CREATE POLICY of_whom_one_sees ON data_accesses FOR INSERT
    TO hz_practitioner, hz_hr, hz_admin, hz_super_admin, hz_worker
    WITH CHECK (subject_id IS DISTINCT FROM (SELECT hz.user_id())
        AND EXISTS (SELECT FROM users u WHERE u.id = subject_id));

GRANT SELECT ON data_accesses TO hz_employee, hz_practitioner;
CREATE POLICY subject_reads ON data_accesses FOR SELECT TO hz_employee, hz_practitioner
    USING (subject_id = (SELECT hz.user_id()));

-- The names of those who looked, as far as the reader may know them: who cares for them, and their own
-- company's HR. Platform admins stay a role.
CREATE FUNCTION hz.names_of_those_who_looked() RETURNS TABLE (actor_id uuid, first_name text, last_name text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT u.id, u.first_name, u.last_name
    FROM public.users u
    WHERE u.id IN (SELECT a.actor_id FROM public.data_accesses a WHERE a.subject_id = hz.user_id())
      AND (u.role = 'practitioner' OR u.role = 'hr' AND u.company_id = hz.company_id())
$$;
REVOKE ALL ON FUNCTION hz.names_of_those_who_looked() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.names_of_those_who_looked() TO hz_employee, hz_practitioner;
