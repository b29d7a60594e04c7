-- Holds are promises of minutes: there is no place for them any more.
DELETE FROM consultations WHERE status = 'held';

DROP POLICY worker_reports ON consultation_events;
REVOKE INSERT (consultation_id, company_id, kind, actor_id, occurred_at) ON consultation_events FROM hz_worker;
DROP POLICY worker_releases ON consultations;
DROP POLICY worker_frees ON consultations;
REVOKE UPDATE (status, cancelled_at), DELETE ON consultations FROM hz_worker;
DROP POLICY employee_reports_rule ON consultation_events;

ALTER POLICY practitioner_leads ON consultations
    USING (practitioner_id = (SELECT hz.user_id())) WITH CHECK (practitioner_id = (SELECT hz.user_id()));
ALTER POLICY practitioner_own ON consultations USING (practitioner_id = (SELECT hz.user_id()));

DROP POLICY employee_lets_go ON consultations;
DROP POLICY employee_confirms ON consultations;
REVOKE DELETE ON consultations FROM hz_employee;
REVOKE UPDATE (format) ON consultations FROM hz_employee;

DROP TRIGGER consultation_confirming ON consultations;
DROP FUNCTION hz.consultation_confirming();
DROP FUNCTION hz.free_expired_holds(uuid, timestamptz);
DROP FUNCTION hz.busy_ranges_of(uuid[], timestamptz, timestamptz, timestamptz);

DROP INDEX consultations_patients;
CREATE INDEX consultations_patients ON consultations (practitioner_id, company_id, employee_id);
DROP INDEX consultations_series;
DROP INDEX consultations_deadlines;
DROP INDEX consultations_held_employee;
DROP INDEX consultations_held_practitioner;
DROP INDEX consultations_busy;
CREATE INDEX consultations_busy ON consultations (practitioner_id, starts_at) INCLUDE (blocked_until)
    WHERE status IN ('held', 'scheduled', 'confirmed', 'in_progress');

ALTER TABLE consultations
    DROP CONSTRAINT consultations_hold,
    DROP COLUMN message_sealed,
    DROP COLUMN series_id,
    DROP COLUMN confirm_by,
    DROP COLUMN offered,
    DROP COLUMN expires_at;

CREATE FUNCTION hz.busy_ranges_of(p_practitioners uuid[], p_from timestamptz, p_to timestamptz)
    RETURNS TABLE (practitioner_id uuid, starts_at timestamptz, blocked_until timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT c.practitioner_id, c.starts_at, c.blocked_until
    FROM public.consultations c
    WHERE c.practitioner_id = ANY (p_practitioners)
      AND c.status IN ('held', 'scheduled', 'confirmed', 'in_progress')
      AND c.starts_at < p_to AND c.starts_at >= p_from - interval '1 day'
      AND c.blocked_until > p_from;
END;
$$;
REVOKE ALL ON FUNCTION hz.busy_ranges_of(uuid[], timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.busy_ranges_of(uuid[], timestamptz, timestamptz) TO hz_employee;
