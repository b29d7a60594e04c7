REVOKE INSERT (id, previous_starts_at, reason_sealed) ON consultation_events FROM hz_employee, hz_practitioner;
REVOKE EXECUTE ON FUNCTION hz.free_expired_holds(uuid, timestamptz) FROM hz_practitioner;
DROP POLICY employee_leads ON consultations;
REVOKE SELECT (cancelled_at, cancelled_late, revision) ON consultations FROM hz_worker;
REVOKE UPDATE (starts_at, ends_at, blocked_until, absence_reported_at, contested_at)
    ON consultations FROM hz_employee, hz_practitioner;

-- A practitioner who did not come has no other word in the older machine than an appointment cancelled.
ALTER TABLE consultations DISABLE TRIGGER consultation_transition;
UPDATE consultations
SET status = 'cancelled', cancelled_at = coalesce(absence_reported_at, ends_at), cancelled_by = practitioner_id,
    absence_reported_at = NULL, contested_at = NULL
WHERE status = 'practitioner_absent';
ALTER TABLE consultations ENABLE TRIGGER consultation_transition;
DELETE FROM consultation_events WHERE kind IN ('rescheduled', 'practitioner_absent', 'contested');

CREATE OR REPLACE FUNCTION hz.consultation_transition() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF (NEW.id, NEW.company_id, NEW.employee_id, NEW.practitioner_id, NEW.request_key)
        IS DISTINCT FROM (OLD.id, OLD.company_id, OLD.employee_id, OLD.practitioner_id, OLD.request_key) THEN
        RAISE EXCEPTION 'a consultation never changes hands' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status IS DISTINCT FROM OLD.status AND NOT (
        (OLD.status = 'held' AND NEW.status IN ('scheduled', 'confirmed', 'cancelled')) OR
        (OLD.status = 'scheduled' AND NEW.status IN ('confirmed', 'cancelled')) OR
        (OLD.status = 'confirmed' AND NEW.status IN ('in_progress', 'cancelled', 'no_show')) OR
        (OLD.status = 'in_progress' AND NEW.status = 'completed')) THEN
        RAISE EXCEPTION 'no transition from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultations_transition';
    END IF;
    IF NEW.status = 'completed' THEN
        NEW.duration_seconds := floor(extract(epoch FROM NEW.ended_at - NEW.started_at));
        NEW.activity_day := (NEW.ended_at AT TIME ZONE hz.accounting_zone())::date;
    END IF;
    NEW.updated_at := now();
    RETURN NEW;
END;
$$;

DROP INDEX consultation_events_contested;
ALTER TABLE consultation_events
    DROP CONSTRAINT consultation_events_reason,
    DROP CONSTRAINT consultation_events_moved,
    DROP CONSTRAINT consultation_events_kind_check,
    DROP COLUMN reason_sealed,
    DROP COLUMN previous_starts_at,
    ADD CONSTRAINT consultation_events_kind_check CHECK (kind IN (
        'scheduled', 'confirmed', 'started', 'ended', 'cancelled', 'no_show'));
ALTER TABLE consultations
    DROP CONSTRAINT consultations_absence,
    DROP CONSTRAINT consultations_late,
    DROP CONSTRAINT consultations_status_check,
    DROP COLUMN contested_at,
    DROP COLUMN absence_reported_at,
    DROP COLUMN revision,
    DROP COLUMN cancelled_late,
    ADD CONSTRAINT consultations_status_check CHECK (status IN (
        'held', 'scheduled', 'confirmed', 'in_progress', 'completed', 'cancelled', 'no_show'));
DROP POLICY admin_rules ON companies;
REVOKE UPDATE (cancellation_notice_hours) ON companies FROM hz_admin;
DROP POLICY admin_rules ON platform_settings;
DROP POLICY admin_reads ON platform_settings;
REVOKE SELECT (cancellation_notice_hours), UPDATE (cancellation_notice_hours) ON platform_settings FROM hz_admin;
DROP FUNCTION hz.cancellation_notice_hours(uuid);
ALTER TABLE companies DROP COLUMN cancellation_notice_hours;
ALTER TABLE platform_settings DROP COLUMN cancellation_notice_hours;
