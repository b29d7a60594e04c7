REVOKE SELECT (specialty, languages) ON practitioners FROM hz_worker;
REVOKE INSERT (offered) ON consultations FROM hz_employee;
CREATE OR REPLACE FUNCTION hz.busy_ranges_of(p_practitioners uuid[], p_from timestamptz, p_to timestamptz, p_now timestamptz)
    RETURNS TABLE (practitioner_id uuid, starts_at timestamptz, blocked_until timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    v_reader uuid := hz.user_id();
BEGIN
    RETURN QUERY
    SELECT c.practitioner_id, c.starts_at, c.blocked_until
    FROM public.consultations c
    WHERE c.practitioner_id = ANY (p_practitioners)
      AND c.status IN ('held', 'scheduled', 'confirmed', 'in_progress')
      AND c.starts_at < p_to AND c.starts_at >= p_from - interval '1 day'
      AND c.blocked_until > p_from
      AND (c.expires_at IS NULL OR c.offered
           OR c.expires_at > p_now AND c.employee_id IS DISTINCT FROM v_reader);
END;
$$;
DROP FUNCTION hz.slots_to_offer();
DROP FUNCTION hz.claim_freed_slot(uuid);
DROP FUNCTION hz.end_offer(uuid, timestamptz);
DROP TRIGGER offer_accepted ON consultations;
DROP FUNCTION hz.offer_accepted();
DROP TRIGGER slot_not_taken ON consultations;
DROP TRIGGER slot_left ON consultations;
DROP FUNCTION hz.slot_freed();
DROP TABLE freed_slots, waitlist_offers, waitlist_requests;
