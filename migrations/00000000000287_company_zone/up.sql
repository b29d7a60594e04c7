-- New accounts begin where their company's clocks are; everybody may change their own afterwards.
CREATE FUNCTION hz.begin_in_company_zone() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    NEW.timezone := coalesce(
        (SELECT p.timezone FROM public.company_profiles p WHERE p.company_id = NEW.company_id), NEW.timezone);
    RETURN NEW;
END;
$$;
REVOKE ALL ON FUNCTION hz.begin_in_company_zone() FROM PUBLIC;
CREATE TRIGGER begin_in_company_zone BEFORE INSERT ON users
    FOR EACH ROW WHEN (NEW.company_id IS NOT NULL AND NEW.status = 'pending')
    EXECUTE FUNCTION hz.begin_in_company_zone();
