-- What the nightly retention deletes of tables that the worker has no right on. Which rule, and how long,
-- is written in `privacy::retention`; here is what a rule means, and a floor that no caller goes below: a
-- trail can be shortened by a mistake, never emptied. Answers how many rows went; to be called until it
-- answers none.
CREATE FUNCTION hz.forget_old(p_rule text, p_before timestamptz, p_most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_gone integer;
    v_more integer := 0;
    v_before timestamptz := least(p_before, now() - interval '30 days');
    v_trail timestamptz := least(p_before, now() - interval '6 months');
BEGIN
    CASE p_rule
    WHEN 'accesses' THEN
        DELETE FROM public.data_accesses WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM public.data_accesses WHERE accessed_at < v_trail LIMIT p_most));
    WHEN 'security' THEN
        DELETE FROM public.security_events WHERE id IN (
            SELECT id FROM public.security_events WHERE occurred_at < v_trail
            ORDER BY occurred_at LIMIT p_most);
    WHEN 'audit' THEN
        DELETE FROM public.audit_logs WHERE id IN (
            SELECT id FROM public.audit_logs WHERE created_at < v_trail ORDER BY created_at LIMIT p_most);
    WHEN 'imports' THEN
        DELETE FROM public.employee_imports WHERE id IN (
            SELECT id FROM public.employee_imports WHERE created_at < v_before LIMIT p_most);
    WHEN 'presence' THEN
        DELETE FROM public.presences WHERE id IN (
            SELECT id FROM public.presences WHERE coalesce(left_at, seen_at) < v_before LIMIT p_most);
    -- What lasts stays, however old.
    WHEN 'waiting' THEN
        DELETE FROM public.waitlist_offers WHERE id IN (
            SELECT o.id FROM public.waitlist_offers o
            WHERE o.status <> 'pending' AND o.expires_at < v_before LIMIT p_most);
        GET DIAGNOSTICS v_more = ROW_COUNT;
        DELETE FROM public.waitlist_requests WHERE id IN (
            SELECT r.id FROM public.waitlist_requests r
            WHERE r.status <> 'waiting' AND r.queued_at < v_before
              AND NOT EXISTS (SELECT FROM public.waitlist_offers o WHERE o.request_id = r.id) LIMIT p_most);
    WHEN 'shares' THEN
        DELETE FROM public.journal_shares WHERE id IN (
            SELECT id FROM public.journal_shares WHERE ended_at < v_before LIMIT p_most);
    WHEN 'reviews' THEN
        DELETE FROM public.practitioner_reviews WHERE id IN (
            SELECT id FROM public.practitioner_reviews
            WHERE status = 'rejected' AND decided_at < v_before LIMIT p_most);
    WHEN 'reports' THEN
        DELETE FROM public.problem_reports WHERE id IN (
            SELECT id FROM public.problem_reports WHERE closed_at < v_before LIMIT p_most);
    END CASE;
    GET DIAGNOSTICS v_gone = ROW_COUNT;
    RETURN v_gone + v_more;
END;
$$;
REVOKE ALL ON FUNCTION hz.forget_old(text, timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.forget_old(text, timestamptz, integer) TO hz_worker;
