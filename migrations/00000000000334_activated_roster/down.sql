-- What a month is decided from: a line for each employee who had an account open to them, with what was
-- done and what was published of their reviews. For the worker, which writes what may be shown of it.
CREATE OR REPLACE FUNCTION hz.disclosure_material(p_companies uuid[], p_month date)
    RETURNS TABLE (company_id uuid, employee_id uuid, department text, consultations integer, seconds bigint,
                   reviews integer, stars integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
    v_next date := (p_month + interval '1 month')::date;
    v_from timestamptz := p_month::timestamp AT TIME ZONE hz.accounting_zone();
    v_until timestamptz := v_next::timestamp AT TIME ZONE hz.accounting_zone();
BEGIN
    RETURN QUERY
        SELECT e.company_id, e.user_id, e.department, coalesce(a.n, 0)::integer, coalesce(a.s, 0)::bigint,
               coalesce(r.n, 0)::integer, coalesce(r.s, 0)::integer
        FROM public.employees e
        JOIN public.users u ON u.id = e.user_id
        LEFT JOIN (
            SELECT d.employee_id, sum(d.consult_count) AS n, sum(d.total_duration_seconds) AS s
            FROM public.employee_activity_daily d
            WHERE d.company_id = ANY (p_companies) AND d.day >= p_month AND d.day < v_next
            GROUP BY d.employee_id) a ON a.employee_id = e.user_id
        LEFT JOIN (
            SELECT c.employee_id, count(*) AS n, sum(p.rating) AS s
            FROM public.practitioner_reviews p
            JOIN public.consultations c ON c.id = p.consultation_id
            WHERE p.status = 'published' AND p.published_at >= v_from AND p.published_at < v_until
              AND c.company_id = ANY (p_companies)
            GROUP BY c.employee_id) r ON r.employee_id = e.user_id
        WHERE e.company_id = ANY (p_companies) AND u.role = 'employee' AND u.status IN ('pending', 'active')
          AND e.created_at < v_until;
END;
$$;
