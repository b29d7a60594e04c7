-- What an employee lets a practitioner read of their journal, until a date: a copy of one page, or a
-- summary written for it, sealed with a key of its own. The journal's key is never handed over, and the
-- end of the sharing destroys copy and key.
CREATE TABLE journal_shares (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    employee_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE RESTRICT,
    -- The page it is a copy of; none for a summary, or once the page is deleted.
    entry_id uuid REFERENCES journal_entries ON DELETE SET NULL,
    -- Drawn by the form: what is sent twice is shared once.
    client_id uuid NOT NULL,
    -- Attached right after the row is written; gone when the sharing is over.
    content_sealed bytea,
    shared_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    -- Taken back, or over.
    ended_at timestamptz,
    CONSTRAINT journal_shares_client UNIQUE (employee_id, client_id),
    CONSTRAINT journal_shares_until CHECK (expires_at > shared_at),
    CONSTRAINT journal_shares_over CHECK (ended_at IS NULL OR content_sealed IS NULL)
);
ALTER TABLE journal_shares ALTER COLUMN content_sealed SET STORAGE EXTERNAL;
CREATE INDEX journal_shares_own ON journal_shares (employee_id, shared_at DESC, id);
CREATE INDEX journal_shares_entry ON journal_shares (entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX journal_shares_received ON journal_shares (practitioner_id, shared_at DESC, id) WHERE ended_at IS NULL;
CREATE INDEX journal_shares_expiring ON journal_shares (expires_at) WHERE ended_at IS NULL;
CALL hz.protect('journal_shares');

GRANT SELECT,
    INSERT (id, employee_id, company_id, practitioner_id, entry_id, client_id, shared_at, expires_at),
    UPDATE (content_sealed)
    ON journal_shares TO hz_employee;
CREATE POLICY owner_sees ON journal_shares FOR SELECT TO hz_employee
    USING (employee_id = (SELECT hz.user_id()));
-- One's own page, with somebody one has met or will meet.
CREATE POLICY owner_shares ON journal_shares FOR INSERT TO hz_employee
    WITH CHECK (employee_id = (SELECT hz.user_id())
        AND (entry_id IS NULL OR EXISTS (SELECT FROM journal_entries e WHERE e.id = entry_id))
        AND EXISTS (SELECT FROM consultations c
            WHERE c.employee_id = (SELECT hz.user_id()) AND c.practitioner_id = journal_shares.practitioner_id
              AND c.status NOT IN ('held', 'cancelled')));
CREATE POLICY owner_attaches ON journal_shares FOR UPDATE TO hz_employee
    USING (employee_id = (SELECT hz.user_id()) AND ended_at IS NULL)
    WITH CHECK (employee_id = (SELECT hz.user_id()));
CREATE POLICY employee_tenant ON journal_shares AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));

-- The chosen practitioner, as long as it lasts. From which page it comes is not for them to know.
GRANT SELECT (id, employee_id, practitioner_id, content_sealed, shared_at, expires_at, ended_at)
    ON journal_shares TO hz_practitioner;
CREATE POLICY receiver_reads ON journal_shares FOR SELECT TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()) AND ended_at IS NULL AND expires_at > now());

-- Whoever sees the sharing finds its key: the sub-selects read `journal_shares` under their own policies.
CREATE POLICY journal_share_sees ON data_keys FOR SELECT TO hz_employee, hz_practitioner
    USING (scope = 'journal_share' AND EXISTS (SELECT FROM journal_shares s WHERE s.id = owner_id));
CREATE POLICY journal_share_creates ON data_keys FOR INSERT TO hz_employee
    WITH CHECK (scope = 'journal_share' AND EXISTS (SELECT FROM journal_shares s WHERE s.id = owner_id));

-- Ends the employee's own sharing of this id, or of this page: copies and keys are destroyed.
CREATE FUNCTION hz.end_journal_shares(p_share uuid, p_entry uuid, p_at timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_over uuid[];
BEGIN
    SELECT array_agg(s.id) INTO v_over FROM (
        SELECT s.id FROM public.journal_shares s
        WHERE s.employee_id = hz.user_id() AND s.company_id = hz.company_id() AND s.ended_at IS NULL
          AND (s.id = p_share OR s.entry_id = p_entry) FOR UPDATE) s;
    UPDATE public.journal_shares SET content_sealed = NULL, ended_at = p_at WHERE id = ANY (v_over);
    DELETE FROM public.data_keys WHERE scope = 'journal_share' AND owner_id = ANY (v_over);
    RETURN coalesce(cardinality(v_over), 0);
END;
$$;
REVOKE ALL ON FUNCTION hz.end_journal_shares(uuid, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.end_journal_shares(uuid, uuid, timestamptz) TO hz_employee;

-- The same for what is over at a moment; to be called until it answers none.
CREATE FUNCTION hz.expire_journal_shares(p_now timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_over uuid[];
BEGIN
    SELECT array_agg(s.id) INTO v_over FROM (
        SELECT s.id FROM public.journal_shares s WHERE s.ended_at IS NULL AND s.expires_at <= p_now
        LIMIT 100 FOR UPDATE SKIP LOCKED) s;
    UPDATE public.journal_shares SET content_sealed = NULL, ended_at = expires_at WHERE id = ANY (v_over);
    DELETE FROM public.data_keys WHERE scope = 'journal_share' AND owner_id = ANY (v_over);
    RETURN coalesce(cardinality(v_over), 0);
END;
$$;
REVOKE ALL ON FUNCTION hz.expire_journal_shares(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.expire_journal_shares(timestamptz) TO hz_worker;
