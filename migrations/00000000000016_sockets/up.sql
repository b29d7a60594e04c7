-- Sockets are open for hours: whether each may still be is asked every few seconds, for all of them at
-- once. Answers the places (from 1) of those that may not: the sign-in is over, the account is closed,
-- the person is not of the two, or the appointment is off.
CREATE FUNCTION hz.sockets_to_cut(p_sessions uuid[], p_consultations uuid[], p_now timestamptz)
    RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT pass.place
    FROM unnest(p_sessions, p_consultations) WITH ORDINALITY AS pass (session_id, consultation_id, place)
    LEFT JOIN public.sessions s ON s.id = pass.session_id AND s.revoked_at IS NULL AND s.expires_at > p_now
    LEFT JOIN public.users u ON u.id = s.user_id AND u.status = 'active'
    LEFT JOIN public.consultations c ON c.id = pass.consultation_id
        AND u.id IN (c.employee_id, c.practitioner_id) AND c.status NOT IN ('held', 'cancelled')
    WHERE c.id IS NULL;
END;
$$;
REVOKE ALL ON FUNCTION hz.sockets_to_cut(uuid[], uuid[], timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.sockets_to_cut(uuid[], uuid[], timestamptz) TO hz_worker;
