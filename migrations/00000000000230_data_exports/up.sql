-- The copy of their data that people ask for (RGPD, articles 15 and 20): prepared in their own name, kept
-- for a week under a key of its own, then destroyed with it.
CREATE TABLE data_exports (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    -- Absent for practitioners.
    company_id uuid REFERENCES companies ON DELETE RESTRICT,
    status text NOT NULL DEFAULT 'preparing' CHECK (status IN ('preparing', 'ready', 'ended')),
    asked_at timestamptz NOT NULL,
    -- How far the preparing is.
    steps integer NOT NULL DEFAULT 0 CHECK (steps >= 0),
    steps_done integer NOT NULL DEFAULT 0 CHECK (steps_done BETWEEN 0 AND steps),
    -- Bytes of the file, and the pieces it is kept in.
    size bigint NOT NULL DEFAULT 0 CHECK (size >= 0),
    parts integer NOT NULL DEFAULT 0 CHECK (parts >= 0),
    ready_at timestamptz,
    expires_at timestamptz,
    downloaded_at timestamptz,
    CONSTRAINT data_exports_ready CHECK ((ready_at IS NULL) = (expires_at IS NULL)),
    CONSTRAINT data_exports_week CHECK (expires_at <= ready_at + interval '7 days')
);
-- One at a time.
CREATE UNIQUE INDEX data_exports_open ON data_exports (user_id) WHERE status IN ('preparing', 'ready');
CREATE INDEX data_exports_user ON data_exports (user_id, asked_at DESC);
CREATE INDEX data_exports_over ON data_exports (expires_at) WHERE status = 'ready';
CALL hz.protect('data_exports');

-- A piece of the file. Its number is inside too: pieces that changed places are no file.
CREATE TABLE data_export_parts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    export_id uuid NOT NULL REFERENCES data_exports ON DELETE RESTRICT,
    user_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    company_id uuid REFERENCES companies ON DELETE RESTRICT,
    position integer NOT NULL CHECK (position >= 0),
    content_sealed bytea NOT NULL,
    CONSTRAINT data_export_parts_position UNIQUE (export_id, position)
);
-- Sealed bytes do not compress.
ALTER TABLE data_export_parts ALTER COLUMN content_sealed SET STORAGE EXTERNAL;
CALL hz.protect('data_export_parts');

GRANT SELECT, INSERT (id, user_id, company_id, asked_at),
    UPDATE (status, steps, steps_done, size, parts, ready_at, expires_at, downloaded_at)
    ON data_exports TO hz_employee, hz_practitioner;
CREATE POLICY own ON data_exports FOR SELECT TO hz_employee, hz_practitioner
    USING (user_id = (SELECT hz.user_id()));
CREATE POLICY own_asks ON data_exports FOR INSERT TO hz_employee, hz_practitioner
    WITH CHECK (user_id = (SELECT hz.user_id()) AND status = 'preparing');
-- What has ended stays ended.
CREATE POLICY own_goes_on ON data_exports FOR UPDATE TO hz_employee, hz_practitioner
    USING (user_id = (SELECT hz.user_id()) AND status <> 'ended')
    WITH CHECK (user_id = (SELECT hz.user_id()) AND status <> 'ended');
CREATE POLICY employee_tenant ON data_exports AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));

GRANT SELECT, INSERT (id, export_id, user_id, company_id, position, content_sealed), DELETE
    ON data_export_parts TO hz_employee, hz_practitioner;
CREATE POLICY own ON data_export_parts TO hz_employee, hz_practitioner
    USING (user_id = (SELECT hz.user_id()))
    WITH CHECK (user_id = (SELECT hz.user_id())
        AND EXISTS (SELECT FROM data_exports e WHERE e.id = export_id AND e.status <> 'ended'));
CREATE POLICY employee_tenant ON data_export_parts AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));

-- The worker learns in whose name to go on, and nothing of what is in it.
GRANT SELECT (id, user_id, company_id, status) ON data_exports TO hz_worker;
CREATE POLICY worker_reads ON data_exports FOR SELECT TO hz_worker USING (true);

-- A kind of scope more, whatever the others are.
CREATE PROCEDURE hz.add_key_scope(p_scope text)
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_check text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conname = 'data_keys_scope_check' AND conrelid = 'public.data_keys'::regclass);
BEGIN
    EXECUTE 'ALTER TABLE public.data_keys DROP CONSTRAINT data_keys_scope_check, ADD CONSTRAINT data_keys_scope_check '
        || regexp_replace(v_check, '\]\)', format(', %L::text])', p_scope));
END;
$$;
REVOKE ALL ON PROCEDURE hz.add_key_scope(text) FROM PUBLIC;
CALL hz.add_key_scope('data_export');
CREATE POLICY data_export_owner ON data_keys FOR SELECT TO hz_employee, hz_practitioner
    USING (scope = 'data_export' AND EXISTS (SELECT FROM data_exports e WHERE e.id = owner_id));
CREATE POLICY data_export_owner_creates ON data_keys FOR INSERT TO hz_employee, hz_practitioner
    WITH CHECK (scope = 'data_export'
        AND EXISTS (SELECT FROM data_exports e WHERE e.id = owner_id AND e.status = 'preparing'));
GRANT SELECT (id, export_id, content_sealed), UPDATE (content_sealed) ON data_export_parts TO hz_reseal;
CREATE POLICY reseal ON data_export_parts TO hz_reseal USING (true) WITH CHECK (content_sealed IS NOT NULL);

-- Destroys files and their keys.
CREATE FUNCTION hz.destroy_data_exports(p_exports uuid[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    DELETE FROM public.data_export_parts WHERE export_id = ANY (p_exports);
    UPDATE public.data_exports SET status = 'ended' WHERE id = ANY (p_exports);
    DELETE FROM public.data_keys WHERE scope = 'data_export' AND owner_id = ANY (p_exports);
    RETURN coalesce(cardinality(p_exports), 0);
END;
$$;
REVOKE ALL ON FUNCTION hz.destroy_data_exports(uuid[]) FROM PUBLIC;

-- One's own, before its time.
CREATE FUNCTION hz.end_own_data_export() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN hz.destroy_data_exports(array(
        SELECT e.id FROM public.data_exports e
        WHERE e.user_id = hz.user_id() AND e.status IN ('preparing', 'ready') FOR UPDATE));
END;
$$;
REVOKE ALL ON FUNCTION hz.end_own_data_export() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.end_own_data_export() TO hz_employee, hz_practitioner;

-- What is over at a moment, or was not finished in two days; to be called until it answers none. That one
-- was asked for is remembered for a month.
CREATE FUNCTION hz.end_data_exports(p_now timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    DELETE FROM public.data_exports WHERE status = 'ended' AND asked_at < p_now - interval '30 days';
    RETURN hz.destroy_data_exports(array(
        SELECT e.id FROM public.data_exports e
        WHERE e.status = 'ready' AND e.expires_at <= p_now
           OR e.status = 'preparing' AND e.asked_at < p_now - interval '2 days'
        LIMIT 20 FOR UPDATE SKIP LOCKED));
END;
$$;
REVOKE ALL ON FUNCTION hz.end_data_exports(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.end_data_exports(timestamptz) TO hz_worker;

-- Rows about whoever asks, of tables that their role reads in part or not at all: one's own address is
-- no reason to read everybody's. No hash, no secret and no fingerprint leaves it.
CREATE FUNCTION hz.own_rows(p_table text) RETURNS SETOF jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_me uuid := hz.user_id();
BEGIN
    CASE p_table
    WHEN 'users' THEN RETURN QUERY
        SELECT jsonb_build_object('id', u.id, 'email', u.email, 'first_name', u.first_name, 'last_name', u.last_name,
            'role', u.role, 'company', c.name, 'department', e.department, 'position', e.position,
            'locale', u.locale, 'theme', u.theme, 'timezone', u.timezone, 'status', u.status,
            'created_at', u.created_at, 'verified_at', u.email_verified_at, 'last_login_at', u.last_login_at,
            'password_changed_at', p.changed_at)
        FROM public.users u LEFT JOIN public.companies c ON c.id = u.company_id
        LEFT JOIN public.employees e ON e.user_id = u.id LEFT JOIN public.credentials p ON p.user_id = u.id
        WHERE u.id = v_me;
    WHEN 'invitations' THEN RETURN QUERY
        SELECT jsonb_build_object('id', i.id, 'created_at', i.created_at, 'last_sent_at', i.last_sent_at,
            'sent_count', i.sent_count, 'expires_at', i.expires_at, 'accepted_at', i.accepted_at)
        FROM public.invitations i WHERE i.user_id = v_me;
    WHEN 'password_resets' THEN RETURN QUERY
        SELECT jsonb_build_object('id', r.id, 'created_at', r.created_at, 'expires_at', r.expires_at, 'used_at', r.used_at)
        FROM public.password_resets r WHERE r.user_id = v_me ORDER BY r.created_at;
    WHEN 'sessions' THEN RETURN QUERY
        SELECT jsonb_build_object('id', s.id, 'created_at', s.created_at, 'seen_at', s.rotated_at,
            'expires_at', s.expires_at, 'revoked_at', s.revoked_at)
        FROM public.sessions s WHERE s.user_id = v_me ORDER BY s.created_at;
    WHEN 'security_events' THEN RETURN QUERY
        SELECT jsonb_build_object('id', s.id, 'kind', s.kind, 'severity', s.severity, 'occurred_at', s.occurred_at)
        FROM public.security_events s WHERE s.user_id = v_me ORDER BY s.occurred_at;
    WHEN 'audit_logs' THEN RETURN QUERY
        SELECT jsonb_build_object('id', a.id, 'action', a.action, 'role', a.actor_role,
            'by_me', a.actor_id IS NOT DISTINCT FROM v_me, 'occurred_at', a.created_at)
        FROM public.audit_logs a WHERE a.actor_id = v_me OR a.entity_id = v_me ORDER BY a.created_at;
    WHEN 'consents' THEN RETURN QUERY
        SELECT jsonb_build_object('id', c.id, 'kind', c.kind, 'version', c.version, 'locale', c.locale,
            'given_at', c.given_at, 'withdrawn_at', c.withdrawn_at)
        FROM public.consents c WHERE c.user_id = v_me ORDER BY c.given_at;
    WHEN 'employee_activity_daily' THEN RETURN QUERY
        SELECT jsonb_build_object('day', a.day, 'consultations', a.consult_count, 'seconds', a.total_duration_seconds)
        FROM public.employee_activity_daily a WHERE a.employee_id = v_me ORDER BY a.day;
    WHEN 'practitioner_activity_daily' THEN RETURN QUERY
        SELECT jsonb_build_object('day', a.day, 'consultations', sum(a.consult_count), 'seconds', sum(a.total_duration_seconds))
        FROM public.practitioner_activity_daily a WHERE a.practitioner_id = v_me GROUP BY a.day ORDER BY a.day;
    WHEN 'employee_imports' THEN RETURN QUERY
        SELECT jsonb_build_object('id', i.id, 'file_name', i.file_name, 'row_count', i.row_count,
            'created_at', i.created_at, 'confirmed_at', i.confirmed_at)
        FROM public.employee_imports i WHERE i.created_by = v_me ORDER BY i.created_at;
    WHEN 'practitioner_reviews' THEN RETURN QUERY
        SELECT jsonb_build_object('id', r.id, 'rating', r.rating, 'comment', r.comment, 'comment_sealed', r.comment_sealed,
            'status', r.status, 'refusal', r.refusal, 'created_at', r.created_at, 'published_at', r.published_at)
        FROM public.practitioner_reviews r JOIN public.consultations c ON c.id = r.consultation_id
        WHERE c.employee_id = v_me ORDER BY r.created_at;
    WHEN 'problem_reports' THEN RETURN QUERY
        SELECT jsonb_build_object('id', r.id, 'consultation_id', r.consultation_id, 'category', r.category,
            'details_sealed', r.details_sealed, 'created_at', r.created_at, 'closed_at', r.closed_at)
        FROM public.problem_reports r JOIN public.consultations c ON c.id = r.consultation_id
        WHERE r.reporter = 'employee' AND c.employee_id = v_me
           OR r.reporter = 'practitioner' AND r.practitioner_id = v_me ORDER BY r.created_at;
    END CASE;
END;
$$;
REVOKE ALL ON FUNCTION hz.own_rows(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.own_rows(text) TO hz_employee, hz_practitioner, hz_hr, hz_admin, hz_super_admin;
