CREATE FUNCTION hz.company_usage(p_from date, p_to date)
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
          AND hz.disclosure_in(v_company, a.month) = 'named'
        ORDER BY a.month;
END;
$$;
REVOKE ALL ON FUNCTION hz.company_usage(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.company_usage(date, date) TO hz_hr;

ALTER TABLE call_signals
    ADD COLUMN body text CHECK (octet_length(body) <= 65536),
    ALTER COLUMN body_sealed DROP NOT NULL,
    ADD CONSTRAINT call_signals_one_body CHECK ((body IS NULL) <> (body_sealed IS NULL));
GRANT SELECT (body), INSERT (body) ON call_signals TO hz_employee, hz_practitioner;

ALTER TABLE availability_exceptions
    ADD COLUMN label text CHECK (length(label) BETWEEN 1 AND 60),
    ADD CONSTRAINT availability_exceptions_one_label CHECK (label IS NULL OR label_sealed IS NULL);
GRANT INSERT (label), UPDATE (label) ON availability_exceptions TO hz_practitioner;
GRANT SELECT (label) ON availability_exceptions TO hz_employee, hz_worker;
