-- The older machine ends with the absence: what was taken back stays cancelled or counted, and is not told.
ALTER TABLE consultations DISABLE TRIGGER consultation_transition;
UPDATE consultations SET absence_reported_at = NULL, contested_at = NULL WHERE absence_withdrawn_at IS NOT NULL;
ALTER TABLE consultations ENABLE TRIGGER consultation_transition;
DELETE FROM consultation_events WHERE kind IN ('absence_withdrawn', 'times_declared');
DELETE FROM notices WHERE kind IN ('absence_contested', 'absence_withdrawn', 'times_declared');

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

ALTER TABLE notices
    DROP CONSTRAINT notices_kind_check,
    ADD CONSTRAINT notices_kind_check CHECK (kind IN (
        'booked', 'confirmed', 'rescheduled', 'cancelled', 'released', 'no_show', 'no_show_contested',
        'practitioner_absent', 'offered', 'reminder_48h', 'reminder_24h', 'reminder_1h'));
ALTER TABLE consultation_events
    DROP CONSTRAINT consultation_events_kind_check,
    ADD CONSTRAINT consultation_events_kind_check CHECK (kind IN (
        'scheduled', 'confirmed', 'started', 'ended', 'cancelled', 'no_show',
        'rescheduled', 'practitioner_absent', 'contested'));
REVOKE UPDATE (absence_withdrawn_at) ON consultations FROM hz_employee, hz_practitioner;
ALTER TABLE consultations
    DROP CONSTRAINT consultations_absence,
    DROP COLUMN absence_withdrawn_at,
    ADD CONSTRAINT consultations_absence CHECK (
        status IN ('no_show', 'practitioner_absent') OR (absence_reported_at IS NULL AND contested_at IS NULL));

DROP FUNCTION hz.calendar_feed(bytea, timestamptz, timestamptz);
-- Whoever knows a feed's secret reads when its owner is taken: no name, no place, no reason.
-- A feed without appointments is one row without an appointment; an unknown secret is none.
CREATE FUNCTION hz.calendar_feed(p_token_hash bytea, p_from timestamptz, p_until timestamptz)
    RETURNS TABLE (role text, locale text, consultation_id uuid, status text, starts_at timestamptz, ends_at timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan ROWS 20 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT u.role, u.locale, c.id, c.status, c.starts_at, c.ends_at
    FROM public.calendar_feeds f
    JOIN public.users u ON u.id = f.user_id AND u.status = 'active'
    LEFT JOIN LATERAL (
        SELECT e.id, e.status, e.starts_at, e.ends_at FROM public.consultations e
        WHERE u.role = 'employee' AND e.employee_id = u.id AND e.starts_at BETWEEN p_from AND p_until
          AND e.status IN ('scheduled', 'confirmed', 'in_progress', 'completed')
        UNION ALL
        SELECT p.id, p.status, p.starts_at, p.ends_at FROM public.consultations p
        WHERE u.role = 'practitioner' AND p.practitioner_id = u.id AND p.starts_at BETWEEN p_from AND p_until
          AND p.status IN ('scheduled', 'confirmed', 'in_progress', 'completed')
    ) c ON true
    WHERE f.token_hash = p_token_hash AND f.revoked_at IS NULL
    ORDER BY c.starts_at, c.id
    LIMIT 2000;
END;
$$;
REVOKE ALL ON FUNCTION hz.calendar_feed(bytea, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.calendar_feed(bytea, timestamptz, timestamptz) TO hz_visitor;
