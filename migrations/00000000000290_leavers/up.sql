-- Leaving the company: an employee whom HR suspended keeps what is theirs, reached with their personal address.
-- Their transactions become `hz_former`, which reads what an employee reads of themselves, keeps the journal, and has no right
-- to book, write to a practitioner, or anything else. HR and the platform see nothing of it.
GRANT USAGE ON SCHEMA hz TO hz_former;

-- Opens policies of a table to one role more.
CREATE PROCEDURE hz.open_policies(p_role text, p_table text, p_policies text[])
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_policy text;
    v_roles text;
BEGIN
    FOREACH v_policy IN ARRAY p_policies LOOP
        SELECT string_agg(quote_ident(r.rolname), ', ' ORDER BY r.rolname) INTO STRICT v_roles
            FROM pg_policy p JOIN pg_roles r ON r.oid = ANY (p.polroles)
            WHERE p.polrelid = ('public.' || p_table)::regclass AND p.polname = v_policy;
        EXECUTE format('ALTER POLICY %I ON public.%I TO %s, %I', v_policy, p_table, v_roles, p_role);
    END LOOP;
END;
$$;
REVOKE ALL ON PROCEDURE hz.open_policies(text, text, text[]) FROM PUBLIC;

-- What an employee may read of a table, a leaver may too, as far as these policies go.
CREATE PROCEDURE hz.leavers_read(p_table text, p_policies text[])
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    -- The whole of a table means its columns to come as well.
    IF has_table_privilege('hz_employee', 'public.' || p_table, 'SELECT') THEN
        EXECUTE format('GRANT SELECT ON public.%I TO hz_former', p_table);
    ELSE
        EXECUTE (SELECT format('GRANT SELECT (%s) ON public.%I TO hz_former',
                               string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum), p_table)
            FROM pg_attribute a
            WHERE a.attrelid = ('public.' || p_table)::regclass AND a.attnum > 0 AND NOT a.attisdropped
              AND has_column_privilege('hz_employee', a.attrelid, a.attnum, 'SELECT'));
    END IF;
    CALL hz.open_policies('hz_former', p_table, p_policies);
END;
$$;
REVOKE ALL ON PROCEDURE hz.leavers_read(text, text[]) FROM PUBLIC;

CALL hz.leavers_read('users', '{employee_self,employee_directory,self_update}');
GRANT UPDATE (locale, theme, timezone) ON users TO hz_former;
CALL hz.leavers_read('practitioners', '{employee_directory}');
CALL hz.leavers_read('companies', '{employee_own}');
CALL hz.leavers_read('employees', '{employee_self,employee_tenant}');
CALL hz.leavers_read('credentials', '{own}');
GRANT UPDATE ON credentials TO hz_former;
CALL hz.leavers_read('sessions', '{own}');
GRANT UPDATE (revoked_at) ON sessions TO hz_former;
CALL hz.leavers_read('consents', '{own,withdrawn_once}');
GRANT INSERT (user_id, kind, version, locale, given_at), UPDATE (withdrawn_at) ON consents TO hz_former;
CALL hz.leavers_read('consultations', '{employee_own,employee_tenant}');
CALL hz.leavers_read('consultation_events', '{participants,employee_tenant}');
CALL hz.leavers_read('duration_contests', '{participants,employee_tenant}');
CALL hz.leavers_read('presences', '{employee_own,employee_tenant}');
CALL hz.leavers_read('places', '{employee_reads}');
CALL hz.leavers_read('chat_threads', '{participants,employee_tenant}');
CALL hz.leavers_read('chat_messages', '{participants,employee_tenant}');
CALL hz.leavers_read('chat_attachments', '{participants,employee_tenant}');
CALL hz.leavers_read('chat_reads', '{participants,employee_tenant}');
CALL hz.leavers_read('practitioner_reviews', '{author_reads}');
CALL hz.leavers_read('problem_reports', '{employee_own,employee_tenant}');
CALL hz.leavers_read('notices', '{own,employee_tenant}');
CALL hz.leavers_read('notification_preferences', '{own}');
CALL hz.leavers_read('personal_addresses', '{own}');
CALL hz.leavers_read('calendar_feeds', '{own}');
CALL hz.leavers_read('waitlist_requests', '{employee_own,employee_tenant}');
CALL hz.leavers_read('waitlist_offers', '{employee_own,employee_tenant}');
CALL hz.leavers_read('data_accesses', '{subject_reads}');
GRANT EXECUTE ON FUNCTION hz.names_of_those_who_looked() TO hz_former;

-- The journal goes on.
CALL hz.leavers_read('journal_entries', '{owner_keeps,employee_tenant,consented,consented_change}');
GRANT DELETE, INSERT (id, employee_id, company_id, client_id, summary_sealed, text_sealed, written_at),
    UPDATE (version, summary_sealed, text_sealed, changed_at) ON journal_entries TO hz_former;
CALL hz.leavers_read('journal_shares', '{owner_sees,employee_tenant}');
GRANT EXECUTE ON FUNCTION hz.end_journal_shares(uuid, uuid, timestamptz) TO hz_former;

-- The copy of one's data, and the erasure.
CALL hz.leavers_read('data_exports', '{own,own_asks,own_goes_on,employee_tenant}');
GRANT INSERT (id, user_id, company_id, asked_at),
    UPDATE (status, steps, steps_done, size, parts, ready_at, expires_at, downloaded_at) ON data_exports TO hz_former;
CALL hz.leavers_read('data_export_parts', '{own,employee_tenant}');
GRANT INSERT (id, export_id, user_id, company_id, position, content_sealed), DELETE ON data_export_parts TO hz_former;
GRANT EXECUTE ON FUNCTION hz.end_own_data_export(), hz.own_rows(text), hz.own_erasure_obstacle(timestamptz),
    hz.own_erasure(), hz.ask_erasure(timestamptz), hz.cancel_erasure(timestamptz), hz.review_of(uuid),
    hz.cancellation_notice_hours(uuid) TO hz_former;

CALL hz.leavers_read('data_keys', '{participants,chat_participants,journal_owner,journal_owner_creates,journal_share_sees,data_export_owner,data_export_owner_creates,author_keys,reviewer_keys}');
GRANT INSERT (id, scope, owner_id, version, kek, wrapped) ON data_keys TO hz_former;

GRANT INSERT (kind, payload, dedup_key, run_at) ON jobs TO hz_former;
CALL hz.open_policies('hz_former', 'jobs', '{anyone_asks}');
GRANT INSERT (kind, severity, user_id, ip_key, detail, occurred_at) ON security_events TO hz_former;
CALL hz.open_policies('hz_former', 'security_events', '{anyone_reports}');
GRANT INSERT (actor_id, actor_role, action, entity, entity_id, company_id, detail, created_at) ON audit_logs TO hz_former;
CALL hz.open_policies('hz_former', 'audit_logs', '{own_deeds}');

-- Whether a session reaches its person's own things alone is said when it begins: by which address they signed in.
-- It is good for as long as the account is suspended, the others for as long as it is active, and every session
-- ends when that changes: one that was open at work does not go on.
ALTER TABLE sessions ADD COLUMN own_only boolean NOT NULL DEFAULT false;
CREATE FUNCTION hz.standing_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.sessions SET revoked_at = now() WHERE user_id = NEW.id AND revoked_at IS NULL;
    RETURN NULL;
END;
$$;
REVOKE ALL ON FUNCTION hz.standing_changed() FROM PUBLIC;
CREATE TRIGGER standing_changed AFTER UPDATE OF status ON users FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status AND 'suspended' IN (OLD.status, NEW.status))
    EXECUTE FUNCTION hz.standing_changed();

-- As before, and: an employee who is suspended is found by the address that they proved to be their own.
-- The work address stays what it was for anybody suspended: unknown.
-- Two people may share a mailbox, and an account of another company may have that very address: whoever asks tries
-- the password of each, the accounts first.
CREATE INDEX personal_addresses_email ON personal_addresses (email) WHERE email IS NOT NULL;
DROP FUNCTION hz.sign_in_account(text);
CREATE FUNCTION hz.sign_in_account(p_email text)
    RETURNS TABLE (user_id uuid, role text, company_id uuid, status text, password_hash text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan ROWS 3 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT u.id, u.role, u.company_id, u.status, c.password_hash
    FROM public.users u LEFT JOIN public.credentials c ON c.user_id = u.id
    WHERE u.email = p_email
    UNION ALL
    (SELECT u.id, u.role, u.company_id, 'former', c.password_hash
     FROM public.personal_addresses a
     JOIN public.users u ON u.id = a.user_id AND u.role = 'employee' AND u.status = 'suspended'
     LEFT JOIN public.credentials c ON c.user_id = u.id
     WHERE a.email = p_email
     ORDER BY u.created_at DESC LIMIT 2);
END;
$$;

REVOKE ALL ON FUNCTION hz.sign_in_account(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.sign_in_account(text) TO hz_visitor;

-- An erased account has no name to get back from somebody who left either.
DROP TRIGGER erased_stays_erased ON users;
CREATE TRIGGER erased_stays_erased BEFORE UPDATE ON users FOR EACH ROW
    WHEN ((OLD.status = 'erased' OR NEW.status = 'erased') AND current_user IN (
        'hz_visitor', 'hz_employee', 'hz_former', 'hz_practitioner', 'hz_hr', 'hz_admin', 'hz_super_admin', 'hz_worker'))
    EXECUTE FUNCTION hz.erased_stays_erased();

DROP FUNCTION hz.session_identity(bytea);
CREATE FUNCTION hz.session_identity(p_token_hash bytea)
    RETURNS TABLE (session_id uuid, user_id uuid, role text, company_id uuid, company_name text,
                   email text, first_name text, last_name text, locale text, theme text, timezone text,
                   current_token boolean, rotated_at timestamptz, expires_at timestamptz, unread integer,
                   unread_messages integer, own_only boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan ROWS 1 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT s.id, u.id, u.role, u.company_id, c.name, u.email, u.first_name, u.last_name, u.locale, u.theme,
           u.timezone, s.token_hash = p_token_hash, s.rotated_at, s.expires_at,
           (SELECT count(*)::integer FROM (
                SELECT FROM public.notices n
                WHERE n.recipient_id = u.id AND n.read_at IS NULL
                  AND n.kind <> ALL (coalesce(p.muted_in_app, '{}'))
                LIMIT 100) AS unread),
           (SELECT least(coalesce(sum(r.unread), 0), 100)::integer FROM public.chat_reads r
            WHERE r.user_id = u.id AND r.unread > 0),
           s.own_only
    FROM public.sessions s
    JOIN public.users u ON u.id = s.user_id
    LEFT JOIN public.companies c ON c.id = u.company_id
    LEFT JOIN public.notification_preferences p ON p.user_id = u.id
    WHERE (s.token_hash = p_token_hash OR s.previous_token_hash = p_token_hash)
      AND s.revoked_at IS NULL
      AND CASE WHEN s.own_only THEN u.status = 'suspended' AND u.role = 'employee' ELSE u.status = 'active' END;
END;
$$;
REVOKE ALL ON FUNCTION hz.session_identity(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.session_identity(bytea) TO hz_visitor;
