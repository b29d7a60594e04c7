-- Booking in two steps: a slot is held while the employee decides, then confirmed; and series.

ALTER TABLE consultations
    -- Until when a held slot is kept; nothing else expires.
    ADD COLUMN expires_at timestamptz,
    -- Whether the hold is an offer of the waiting list, which ends it, rather than the employee's own choice.
    ADD COLUMN offered boolean NOT NULL DEFAULT false,
    -- Until when the practitioner may confirm; then the slot is given back.
    ADD COLUMN confirm_by timestamptz,
    -- Sessions booked together; the id of the first.
    ADD COLUMN series_id uuid REFERENCES consultations ON DELETE RESTRICT,
    -- What the employee wrote to the practitioner when booking; sealed by the application.
    ADD COLUMN message_sealed bytea CHECK (length(message_sealed) <= 4096),
    ADD CONSTRAINT consultations_hold CHECK ((status = 'held') = (expires_at IS NOT NULL));

-- What was booked before had no deadline: a day from now, and never after the start.
UPDATE consultations SET confirm_by = least(now() + interval '24 hours', starts_at) WHERE status = 'scheduled';

-- Every look at free slots is answered from this index alone, and passes over what has expired and
-- what the reader holds.
DROP INDEX consultations_busy;
CREATE INDEX consultations_busy ON consultations (practitioner_id, starts_at)
    INCLUDE (blocked_until, expires_at, offered, employee_id)
    WHERE status IN ('held', 'scheduled', 'confirmed', 'in_progress');
-- Holds are few at any moment.
CREATE INDEX consultations_held_practitioner ON consultations (practitioner_id, expires_at) WHERE status = 'held';
CREATE INDEX consultations_held_employee ON consultations (employee_id, expires_at) WHERE status = 'held';
CREATE INDEX consultations_deadlines ON consultations (least(confirm_by, starts_at)) WHERE status = 'scheduled';
CREATE INDEX consultations_series ON consultations (series_id, starts_at) WHERE series_id IS NOT NULL;
-- Whose patients: whoever only holds a slot is nobody's patient yet.
DROP INDEX consultations_patients;
CREATE INDEX consultations_patients ON consultations (practitioner_id, company_id, employee_id) INCLUDE (status);

DROP FUNCTION hz.busy_ranges_of(uuid[], timestamptz, timestamptz);
-- When practitioners are taken, in any company, without who takes the time. What the reader chose and
-- holds is free to the reader, who may choose it again or something else. One index-only read; in
-- PL/pgSQL, which keeps its plan, because this runs at every look at free slots.
CREATE FUNCTION hz.busy_ranges_of(p_practitioners uuid[], p_from timestamptz, p_to timestamptz, p_now timestamptz)
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
REVOKE ALL ON FUNCTION hz.busy_ranges_of(uuid[], timestamptz, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.busy_ranges_of(uuid[], timestamptz, timestamptz, timestamptz) TO hz_employee;

-- Gives back the slots of a practitioner whose holds are over, whoever had them: the first thing a
-- booking does. Nothing happened, so nothing is kept. A caller whose clock is ahead frees nothing
-- that is alive by the database's.
CREATE FUNCTION hz.free_expired_holds(p_practitioner uuid, p_now timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_freed integer;
BEGIN
    DELETE FROM public.consultations
    WHERE practitioner_id = p_practitioner AND status = 'held' AND NOT offered
      AND expires_at <= least(p_now, clock_timestamp());
    GET DIAGNOSTICS v_freed = ROW_COUNT;
    RETURN v_freed;
END;
$$;
REVOKE ALL ON FUNCTION hz.free_expired_holds(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.free_expired_holds(uuid, timestamptz) TO hz_employee;

-- Only the practitioner confirms, or the practitioner's own rule of asking for no confirmation.
CREATE FUNCTION hz.consultation_confirming() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF current_user = 'hz_employee'
        AND (TG_OP = 'INSERT' OR OLD.status <> 'confirmed')
        AND NOT EXISTS (SELECT FROM public.practitioners p
            WHERE p.user_id = NEW.practitioner_id AND p.auto_confirm) THEN
        RAISE EXCEPTION 'the practitioner confirms'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultations_transition';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER consultation_confirming BEFORE INSERT OR UPDATE OF status ON consultations
    FOR EACH ROW WHEN (NEW.status = 'confirmed') EXECUTE FUNCTION hz.consultation_confirming();

GRANT INSERT (expires_at, confirm_by, series_id) ON consultations TO hz_employee;
GRANT UPDATE (format, expires_at, offered, confirm_by, series_id, message_sealed) ON consultations TO hz_employee;
GRANT DELETE ON consultations TO hz_employee;
CREATE POLICY employee_confirms ON consultations FOR UPDATE TO hz_employee
    USING (employee_id = (SELECT hz.user_id()) AND status = 'held')
    WITH CHECK (employee_id = (SELECT hz.user_id()) AND status IN ('scheduled', 'confirmed'));
CREATE POLICY employee_lets_go ON consultations FOR DELETE TO hz_employee
    USING (employee_id = (SELECT hz.user_id()) AND status = 'held');

-- A practitioner sees what is booked: who only looked at a slot stays unknown.
ALTER POLICY practitioner_own ON consultations
    USING (practitioner_id = (SELECT hz.user_id()) AND status <> 'held');
ALTER POLICY practitioner_leads ON consultations
    USING (practitioner_id = (SELECT hz.user_id()) AND status <> 'held')
    WITH CHECK (practitioner_id = (SELECT hz.user_id()) AND status <> 'held');

-- A booking that needs no confirmation is confirmed by rule: an event without actor.
CREATE POLICY employee_reports_rule ON consultation_events FOR INSERT TO hz_employee
    WITH CHECK (actor_id IS NULL AND kind = 'confirmed'
        AND EXISTS (SELECT FROM consultations c
            WHERE c.id = consultation_id AND c.company_id = consultation_events.company_id AND c.status = 'confirmed'));

-- The worker gives back holds that are over and bookings that nobody confirmed in time.
GRANT SELECT (expires_at, offered, confirm_by, series_id), UPDATE (status, cancelled_at), DELETE
    ON consultations TO hz_worker;
CREATE POLICY worker_frees ON consultations FOR DELETE TO hz_worker USING (status = 'held');
CREATE POLICY worker_releases ON consultations FOR UPDATE TO hz_worker
    USING (status IN ('held', 'scheduled')) WITH CHECK (status = 'cancelled');
GRANT INSERT (consultation_id, company_id, kind, actor_id, occurred_at) ON consultation_events TO hz_worker;
CREATE POLICY worker_reports ON consultation_events FOR INSERT TO hz_worker
    WITH CHECK (actor_id IS NULL AND kind = 'cancelled');
