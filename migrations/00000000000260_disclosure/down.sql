REVOKE SELECT (created_at) ON companies FROM hz_worker;
DROP INDEX practitioner_reviews_month;
DROP FUNCTION hz.disclosure_material(uuid[], date);

CREATE OR REPLACE FUNCTION hz.employee_usage(p_month date)
    RETURNS TABLE (employee_id uuid, consult_count integer, total_duration_seconds bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' ROWS 100 AS $$
DECLARE
    v_company uuid := hz.company_id();
    v_first date := date_trunc('month', p_month)::date;
    v_next date := (date_trunc('month', p_month) + interval '1 month')::date;
BEGIN
    RETURN QUERY
        SELECT a.employee_id, sum(a.consult_count)::integer, sum(a.total_duration_seconds)::bigint
        FROM public.employee_activity_daily a
        WHERE a.company_id = v_company AND a.day >= v_first AND a.day < v_next
        GROUP BY a.employee_id;
END;
$$;

CREATE OR REPLACE FUNCTION hz.company_usage(p_from date, p_to date)
    RETURNS TABLE (month date, consult_count integer, total_duration_seconds bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' ROWS 12 AS $$
DECLARE
    v_company uuid := hz.company_id();
    v_first date := date_trunc('month', p_from)::date;
BEGIN
    RETURN QUERY
        SELECT a.month, a.consult_count, a.total_duration_seconds
        FROM public.company_activity_monthly a
        WHERE a.company_id = v_company AND a.month BETWEEN v_first AND p_to
        ORDER BY a.month;
END;
$$;

DROP FUNCTION hz.own_disclosure_in(date);
DROP FUNCTION hz.disclosure_in(uuid, date);
DROP TABLE disclosure_medians, disclosure_rosters, disclosure_cells, disclosure_snapshots,
    disclosure_acknowledgements, disclosure_settings;
DROP FUNCTION hz.disclosure_takes_effect();
