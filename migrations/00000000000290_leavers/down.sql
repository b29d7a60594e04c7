DROP FUNCTION hz.session_identity(bytea);
CREATE FUNCTION hz.session_identity(p_token_hash bytea)
    RETURNS TABLE (session_id uuid, user_id uuid, role text, company_id uuid, company_name text,
                   email text, first_name text, last_name text, locale text, theme text, timezone text,
                   current_token boolean, rotated_at timestamptz, expires_at timestamptz, unread integer,
                   unread_messages integer)
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
            WHERE r.user_id = u.id AND r.unread > 0)
    FROM public.sessions s
    JOIN public.users u ON u.id = s.user_id
    LEFT JOIN public.companies c ON c.id = u.company_id
    LEFT JOIN public.notification_preferences p ON p.user_id = u.id
    WHERE (s.token_hash = p_token_hash OR s.previous_token_hash = p_token_hash)
      AND s.revoked_at IS NULL AND u.status = 'active';
END;
$$;
REVOKE ALL ON FUNCTION hz.session_identity(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.session_identity(bytea) TO hz_visitor;
DROP TRIGGER erased_stays_erased ON users;
CREATE TRIGGER erased_stays_erased BEFORE UPDATE ON users FOR EACH ROW
    WHEN ((OLD.status = 'erased' OR NEW.status = 'erased') AND current_user IN (
        'hz_visitor', 'hz_employee', 'hz_practitioner', 'hz_hr', 'hz_admin', 'hz_super_admin', 'hz_worker'))
    EXECUTE FUNCTION hz.erased_stays_erased();
DROP FUNCTION hz.sign_in_account(text);
CREATE FUNCTION hz.sign_in_account(p_email text)
    RETURNS TABLE (user_id uuid, role text, company_id uuid, status text, password_hash text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan ROWS 1 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT u.id, u.role, u.company_id, u.status, c.password_hash
    FROM public.users u LEFT JOIN public.credentials c ON c.user_id = u.id
    WHERE u.email = p_email;
END;
$$;
REVOKE ALL ON FUNCTION hz.sign_in_account(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.sign_in_account(text) TO hz_visitor;
DROP INDEX personal_addresses_email;
DROP TRIGGER standing_changed ON users;
DROP FUNCTION hz.standing_changed();
ALTER TABLE sessions DROP COLUMN own_only;
DO $$
DECLARE
    v_policy record;
BEGIN
    FOR v_policy IN
        SELECT p.polname, p.polrelid::regclass AS tbl, (
            SELECT string_agg(quote_ident(r.rolname), ', ' ORDER BY r.rolname) FROM pg_roles r
            WHERE r.oid = ANY (p.polroles) AND r.rolname <> 'hz_former') AS roles
        FROM pg_policy p WHERE 'hz_former'::regrole = ANY (p.polroles)
    LOOP
        EXECUTE format('ALTER POLICY %I ON %s TO %s', v_policy.polname, v_policy.tbl, v_policy.roles);
    END LOOP;
END;
$$;
DROP PROCEDURE hz.leavers_read(text, text[]);
DROP PROCEDURE hz.open_policies(text, text, text[]);
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM hz_former;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA hz FROM hz_former;
REVOKE USAGE ON SCHEMA hz FROM hz_former;
