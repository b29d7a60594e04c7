-- Cancelling, moving and missing an appointment.

-- Until how long before the start one gives notice, in hours: the platform's rule, and a company's
-- own where it has one.
ALTER TABLE platform_settings ADD COLUMN cancellation_notice_hours integer NOT NULL DEFAULT 24
    CONSTRAINT platform_settings_notice CHECK (cancellation_notice_hours BETWEEN 0 AND 168);
ALTER TABLE companies ADD COLUMN cancellation_notice_hours integer
    CONSTRAINT companies_notice CHECK (cancellation_notice_hours BETWEEN 0 AND 168);

CREATE FUNCTION hz.cancellation_notice_hours(p_company uuid) RETURNS integer
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN coalesce(
        (SELECT c.cancellation_notice_hours FROM public.companies c WHERE c.id = p_company),
        (SELECT s.cancellation_notice_hours FROM public.platform_settings s));
END;
$$;
REVOKE ALL ON FUNCTION hz.cancellation_notice_hours(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.cancellation_notice_hours(uuid) TO hz_employee, hz_practitioner, hz_worker;

-- The platform admin sets both.
GRANT SELECT (cancellation_notice_hours), UPDATE (cancellation_notice_hours) ON platform_settings TO hz_admin;
CREATE POLICY admin_reads ON platform_settings FOR SELECT TO hz_admin USING (true);
CREATE POLICY admin_rules ON platform_settings FOR UPDATE TO hz_admin USING (true) WITH CHECK (true);
GRANT UPDATE (cancellation_notice_hours) ON companies TO hz_admin;
CREATE POLICY admin_rules ON companies FOR UPDATE TO hz_admin USING (true) WITH CHECK (true);

ALTER TABLE consultations
    -- With less than the notice; the trigger below decides.
    ADD COLUMN cancelled_late boolean NOT NULL DEFAULT false,
    -- Counts what an agenda elsewhere has to learn: another time or place, the end of the matter.
    ADD COLUMN revision integer NOT NULL DEFAULT 0 CHECK (revision >= 0),
    -- When somebody said that the other did not come…
    ADD COLUMN absence_reported_at timestamptz,
    -- …and when that other said that it was not so.
    ADD COLUMN contested_at timestamptz,
    DROP CONSTRAINT consultations_status_check,
    ADD CONSTRAINT consultations_status_check CHECK (status IN (
        'held', 'scheduled', 'confirmed', 'in_progress', 'completed', 'cancelled', 'no_show', 'practitioner_absent')),
    ADD CONSTRAINT consultations_late CHECK (NOT cancelled_late OR status = 'cancelled'),
    ADD CONSTRAINT consultations_absence CHECK (
        status IN ('no_show', 'practitioner_absent') OR (absence_reported_at IS NULL AND contested_at IS NULL));

ALTER TABLE consultation_events
    -- The start that was left, for an appointment that moved.
    ADD COLUMN previous_starts_at timestamptz,
    -- What the one who acted wrote to the other; sealed for the consultation.
    ADD COLUMN reason_sealed bytea,
    DROP CONSTRAINT consultation_events_kind_check,
    ADD CONSTRAINT consultation_events_kind_check CHECK (kind IN (
        'scheduled', 'confirmed', 'started', 'ended', 'cancelled', 'no_show',
        'rescheduled', 'practitioner_absent', 'contested')),
    ADD CONSTRAINT consultation_events_moved CHECK ((kind = 'rescheduled') = (previous_starts_at IS NOT NULL)),
    ADD CONSTRAINT consultation_events_reason CHECK (reason_sealed IS NULL OR kind IN ('cancelled', 'contested'));
-- Said once.
CREATE UNIQUE INDEX consultation_events_contested ON consultation_events (consultation_id) WHERE kind = 'contested';

-- The state machine, who may take which step, what stays as it was written, the duration and the
-- accounting day: the same for every writer. Migrations, seeds and definer functions act as the owner,
-- who may take any step of the machine.
CREATE OR REPLACE FUNCTION hz.consultation_transition() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_actor text := CASE current_user
        WHEN 'hz_employee' THEN 'E' WHEN 'hz_practitioner' THEN 'P' WHEN 'hz_worker' THEN 'S' ELSE '' END;
    v_steps boolean := NEW.status IS DISTINCT FROM OLD.status;
    v_moves boolean := (NEW.starts_at, NEW.ends_at, NEW.blocked_until)
        IS DISTINCT FROM (OLD.starts_at, OLD.ends_at, OLD.blocked_until);
    v_place boolean := (NEW.format, NEW.place_id, NEW.room_id)
        IS DISTINCT FROM (OLD.format, OLD.place_id, OLD.room_id);
BEGIN
    IF (NEW.id, NEW.company_id, NEW.employee_id, NEW.practitioner_id, NEW.request_key)
        IS DISTINCT FROM (OLD.id, OLD.company_id, OLD.employee_id, OLD.practitioner_id, OLD.request_key) THEN
        RAISE EXCEPTION 'a consultation never changes hands' USING ERRCODE = 'check_violation';
    END IF;
    IF v_steps AND NOT EXISTS (
        SELECT FROM (VALUES
            ('held', 'scheduled', 'E'),
            ('held', 'confirmed', 'E'),
            ('held', 'cancelled', 'ES'),
            ('scheduled', 'confirmed', 'P'),
            ('scheduled', 'cancelled', 'EPS'),
            ('confirmed', 'in_progress', 'P'),
            ('confirmed', 'cancelled', 'EPS'),
            ('confirmed', 'no_show', 'P'),
            ('confirmed', 'practitioner_absent', 'E'),
            ('in_progress', 'completed', 'P'),
            ('in_progress', 'no_show', 'P')
        ) AS edge (origin, target, actors)
        WHERE origin = OLD.status AND target = NEW.status AND strpos(actors, v_actor) > 0) THEN
        RAISE EXCEPTION 'no transition from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultations_transition';
    END IF;
    -- Each fact is written with the step it belongs to, and stays.
    IF (NEW.started_at IS DISTINCT FROM OLD.started_at AND NOT (v_steps AND NEW.status = 'in_progress'))
        OR (NEW.ended_at IS DISTINCT FROM OLD.ended_at AND NOT (v_steps AND NEW.status = 'completed'))
        OR ((NEW.cancelled_at, NEW.cancelled_by) IS DISTINCT FROM (OLD.cancelled_at, OLD.cancelled_by)
            AND NOT (v_steps AND NEW.status = 'cancelled'))
        OR (NEW.absence_reported_at IS DISTINCT FROM OLD.absence_reported_at
            AND NOT (v_steps AND NEW.status IN ('no_show', 'practitioner_absent')))
        OR (NEW.contested_at IS DISTINCT FROM OLD.contested_at AND (v_steps OR OLD.contested_at IS NOT NULL
            -- By the one of whom the absence was said.
            OR NOT (NEW.status = 'no_show' AND v_actor IN ('E', '')
                OR NEW.status = 'practitioner_absent' AND v_actor IN ('P', ''))))
        OR (v_moves AND NOT (OLD.status IN ('scheduled', 'confirmed') AND NEW.status IN ('scheduled', 'confirmed')))
        OR (v_place AND OLD.status NOT IN ('held', 'scheduled', 'confirmed')) THEN
        RAISE EXCEPTION 'what happened stays as it was written'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultations_frozen';
    END IF;
    IF v_steps AND NEW.status = 'cancelled' THEN
        IF v_actor IN ('E', 'P') AND OLD.status <> 'held' AND NEW.cancelled_by IS DISTINCT FROM hz.user_id() THEN
            RAISE EXCEPTION 'whoever cancels signs it'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'consultations_signed';
        END IF;
        -- Nobody is late when a hold ends or when the system gives up.
        NEW.cancelled_late := OLD.status <> 'held' AND NEW.cancelled_by IS NOT NULL AND coalesce(
            NEW.cancelled_at > OLD.starts_at
                - make_interval(hours => hz.cancellation_notice_hours(NEW.company_id)), false);
    ELSE
        NEW.cancelled_late := OLD.cancelled_late;
    END IF;
    IF v_moves AND NEW.status = 'scheduled' THEN
        -- The practitioner's time to confirm is never later than the start.
        NEW.confirm_by := least(NEW.confirm_by, NEW.starts_at);
    END IF;
    NEW.revision := OLD.revision
        + (v_moves OR v_place OR v_steps AND NEW.status IN ('completed', 'cancelled', 'no_show', 'practitioner_absent'))::integer;
    IF NEW.status = 'completed' THEN
        NEW.duration_seconds := floor(extract(epoch FROM NEW.ended_at - NEW.started_at));
        NEW.activity_day := (NEW.ended_at AT TIME ZONE hz.accounting_zone())::date;
    END IF;
    NEW.updated_at := now();
    RETURN NEW;
END;
$$;

GRANT UPDATE (starts_at, ends_at, blocked_until, absence_reported_at, contested_at)
    ON consultations TO hz_employee, hz_practitioner;
GRANT SELECT (cancelled_at, cancelled_late, revision) ON consultations TO hz_worker;
-- Beside cancelling: moving one's appointment, saying that the practitioner did not come, contesting.
CREATE POLICY employee_leads ON consultations FOR UPDATE TO hz_employee
    USING (employee_id = (SELECT hz.user_id()))
    WITH CHECK (employee_id = (SELECT hz.user_id())
        AND status IN ('scheduled', 'confirmed', 'practitioner_absent', 'no_show'));

GRANT EXECUTE ON FUNCTION hz.free_expired_holds(uuid, timestamptz) TO hz_practitioner;

GRANT INSERT (id, previous_starts_at, reason_sealed) ON consultation_events TO hz_employee, hz_practitioner;
