-- What a suspended company's people had planned is theirs to decide. The platform sees how much it is.
CREATE FUNCTION hz.company_upcoming(p_company uuid, p_now timestamptz) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN (SELECT count(*) FROM public.consultations c
        WHERE c.company_id = p_company AND c.status IN ('scheduled', 'confirmed') AND c.starts_at > p_now);
END;
$$;
REVOKE ALL ON FUNCTION hz.company_upcoming(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.company_upcoming(uuid, timestamptz) TO hz_admin;
