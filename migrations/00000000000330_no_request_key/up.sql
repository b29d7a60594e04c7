-- The held slot's own id has been the key of a booking since holds exist: this one was written, indexed and never read.

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
    v_corrects boolean := OLD.status = 'completed' AND NEW.status = 'completed'
        AND NEW.corrected_at IS DISTINCT FROM OLD.corrected_at;
BEGIN
    IF (NEW.id, NEW.company_id, NEW.employee_id, NEW.practitioner_id)
        IS DISTINCT FROM (OLD.id, OLD.company_id, OLD.employee_id, OLD.practitioner_id) THEN
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
            ('in_progress', 'completed', 'PS'),
            ('in_progress', 'no_show', 'P'),
            -- Whoever said that the other did not come takes it back…
            ('no_show', 'cancelled', 'P'),
            ('practitioner_absent', 'cancelled', 'E'),
            -- …and if they met after all, the practitioner says when.
            ('cancelled', 'completed', 'P')
        ) AS edge (origin, target, actors)
        WHERE origin = OLD.status AND target = NEW.status AND strpos(actors, v_actor) > 0
          AND (origin <> 'cancelled' OR OLD.absence_withdrawn_at IS NOT NULL)) THEN
        RAISE EXCEPTION 'no transition from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultations_transition';
    END IF;
    IF v_corrects AND (v_actor NOT IN ('P', '') OR NEW.corrected_at IS NULL
        OR NEW.started_at < OLD.starts_at - interval '15 minutes' OR NEW.ended_at < NEW.started_at
        OR NEW.ended_at > greatest(OLD.ended_at, OLD.ends_at + interval '1 hour')
        OR NOT (OLD.closed_automatically OR hz.duration_is_contested(OLD.id))) THEN
        RAISE EXCEPTION 'these times are not to be corrected'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultations_corrected';
    END IF;
    -- Each fact is written with the step it belongs to, and stays.
    IF (NEW.started_at IS DISTINCT FROM OLD.started_at AND NOT (v_corrects OR v_steps AND (
            NEW.status = 'in_progress' OR NEW.status = 'completed' AND OLD.status = 'cancelled')))
        OR (NEW.ended_at IS DISTINCT FROM OLD.ended_at AND NOT (v_corrects OR v_steps AND NEW.status = 'completed'))
        OR (NEW.closed_automatically IS DISTINCT FROM OLD.closed_automatically
            AND NOT (v_steps AND NEW.status = 'completed' AND v_actor IN ('S', '')))
        OR (NEW.corrected_at IS DISTINCT FROM OLD.corrected_at AND NOT v_corrects)
        OR ((NEW.cancelled_at, NEW.cancelled_by) IS DISTINCT FROM (OLD.cancelled_at, OLD.cancelled_by)
            AND NOT (v_steps AND NEW.status = 'cancelled'))
        OR (NEW.absence_reported_at IS DISTINCT FROM OLD.absence_reported_at
            AND NOT (v_steps AND NEW.status IN ('no_show', 'practitioner_absent')))
        OR (NEW.absence_withdrawn_at IS DISTINCT FROM OLD.absence_withdrawn_at)
            IS DISTINCT FROM (v_steps AND OLD.status IN ('no_show', 'practitioner_absent'))
        OR (NEW.contested_at IS DISTINCT FROM OLD.contested_at AND (v_steps OR OLD.contested_at IS NOT NULL
            -- By the one of whom the absence was said.
            OR NOT (NEW.status = 'no_show' AND v_actor IN ('E', '')
                OR NEW.status = 'practitioner_absent' AND v_actor IN ('P', ''))))
        OR (v_moves AND NOT (OLD.status IN ('scheduled', 'confirmed') AND NEW.status IN ('scheduled', 'confirmed')))
        OR (v_place AND OLD.status NOT IN ('held', 'scheduled', 'confirmed')) THEN
        RAISE EXCEPTION 'what happened stays as it was written'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultations_frozen';
    END IF;
    -- Whatever the system ends says so.
    IF v_steps AND NEW.status = 'completed' AND v_actor = 'S' THEN
        NEW.closed_automatically := true;
    END IF;
    IF v_steps AND NEW.status = 'cancelled' THEN
        -- Nobody signs for what an absence, taken back, leaves behind.
        IF v_actor IN ('E', 'P') AND OLD.status <> 'held' AND NEW.cancelled_by IS DISTINCT FROM
            (CASE WHEN OLD.status IN ('scheduled', 'confirmed') THEN hz.user_id() END) THEN
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
    IF v_steps AND OLD.status = 'cancelled' THEN
        NEW.cancelled_at := NULL;
        NEW.cancelled_by := NULL;
    END IF;
    IF NEW.status = 'completed' THEN
        NEW.duration_seconds := floor(extract(epoch FROM NEW.ended_at - NEW.started_at));
        NEW.activity_day := (NEW.ended_at AT TIME ZONE hz.accounting_zone())::date;
    END IF;
    NEW.updated_at := now();
    RETURN NEW;
END;
$$;

ALTER TABLE consultations DROP COLUMN request_key;
