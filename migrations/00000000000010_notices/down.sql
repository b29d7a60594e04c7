DROP FUNCTION hz.session_identity(bytea);
CREATE FUNCTION hz.session_identity(p_token_hash bytea)
    RETURNS TABLE (session_id uuid, user_id uuid, role text, company_id uuid, company_name text,
                   email text, first_name text, last_name text, locale text, theme text, timezone text,
                   current_token boolean, rotated_at timestamptz, expires_at timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan ROWS 1 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT s.id, u.id, u.role, u.company_id, c.name, u.email, u.first_name, u.last_name, u.locale, u.theme,
           u.timezone, s.token_hash = p_token_hash, s.rotated_at, s.expires_at
    FROM public.sessions s
    JOIN public.users u ON u.id = s.user_id
    LEFT JOIN public.companies c ON c.id = u.company_id
    WHERE (s.token_hash = p_token_hash OR s.previous_token_hash = p_token_hash)
      AND s.revoked_at IS NULL AND u.status = 'active';
END;
$$;
REVOKE ALL ON FUNCTION hz.session_identity(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.session_identity(bytea) TO hz_visitor;
DROP FUNCTION hz.calendar_feed(bytea, timestamptz, timestamptz);
DROP TABLE calendar_feeds, personal_addresses, notification_preferences, notices;
DROP INDEX consultations_ahead;
