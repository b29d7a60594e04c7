-- How many consultations a year the contract gives each employee: a number, no price.

ALTER TABLE companies ADD COLUMN max_consultations integer
    CONSTRAINT companies_consultations CHECK (max_consultations BETWEEN 1 AND 366);
GRANT UPDATE (max_consultations) ON companies TO hz_admin;

-- What counts of a person's calendar year, in the accounting zone, by the day it begins: what took place
-- and what is to come. A cancellation in time gives the consultation back, and so does whatever is the
-- practitioner's doing. What the employee cancelled late or missed stays counted, because nobody else
-- could have the slot; unless the employee contests having missed it.
CREATE FUNCTION hz.consultations_counted(p_employee uuid, p_at timestamptz, p_but uuid) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_zone text := hz.accounting_zone();
    v_year timestamp := date_trunc('year', p_at AT TIME ZONE v_zone);
BEGIN
    RETURN (
        SELECT count(*) FROM public.consultations c
        WHERE c.employee_id = p_employee AND c.id IS DISTINCT FROM p_but
          AND c.starts_at >= v_year AT TIME ZONE v_zone
          AND c.starts_at < (v_year + interval '1 year') AT TIME ZONE v_zone
          AND (c.status IN ('scheduled', 'confirmed', 'in_progress', 'completed')
               OR c.status = 'cancelled' AND c.cancelled_late AND c.cancelled_by = c.employee_id
               OR c.status = 'no_show' AND c.contested_at IS NULL));
END;
$$;
REVOKE ALL ON FUNCTION hz.consultations_counted(uuid, timestamptz, uuid) FROM PUBLIC;

-- Refuses to hold or book one too many, whoever asks and however many ask at once. Moving what is booked
-- is no booking, and an offer of the waiting list is judged when it is accepted.
CREATE FUNCTION hz.consultation_limit() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_most integer := (SELECT c.max_consultations FROM public.companies c WHERE c.id = NEW.company_id);
BEGIN
    IF v_most IS NULL OR (NEW.status = 'held' AND NEW.offered) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.status <> 'held' OR NEW.status = 'held' THEN
            RETURN NEW;
        END IF;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('consultations of ' || NEW.employee_id, 0));
    IF hz.consultations_counted(NEW.employee_id, NEW.starts_at, NEW.id) >= v_most THEN
        RAISE EXCEPTION 'the contract gives % consultations a year', v_most
            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultations_limit';
    END IF;
    RETURN NEW;
END;
$$;
REVOKE ALL ON FUNCTION hz.consultation_limit() FROM PUBLIC;
CREATE TRIGGER consultation_limit BEFORE INSERT OR UPDATE OF status ON consultations
    FOR EACH ROW WHEN (NEW.status IN ('held', 'scheduled', 'confirmed'))
    EXECUTE FUNCTION hz.consultation_limit();

-- The reader's own share of the year that p_at is in; no row without a limit.
CREATE FUNCTION hz.own_consultation_limit(p_at timestamptz) RETURNS TABLE (most integer, counted integer)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' ROWS 1 AS $$
BEGIN
    RETURN QUERY
    SELECT c.max_consultations, hz.consultations_counted(hz.user_id(), p_at, NULL)
    FROM public.companies c WHERE c.id = hz.company_id() AND c.max_consultations IS NOT NULL;
END;
$$;
REVOKE ALL ON FUNCTION hz.own_consultation_limit(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.own_consultation_limit(timestamptz) TO hz_employee;
