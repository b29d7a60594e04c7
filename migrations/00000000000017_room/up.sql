-- The room: where the two meet, who was there, and how long it lasted.

ALTER TABLE consultations
    -- Nobody ended it: the system did, with the last presence as the end. Its practitioner may correct it…
    ADD COLUMN closed_automatically boolean NOT NULL DEFAULT false,
    -- …which happened last at this moment.
    ADD COLUMN corrected_at timestamptz,
    ADD CONSTRAINT consultations_closed CHECK (
        status = 'completed' OR (NOT closed_automatically AND corrected_at IS NULL));
-- The minute's work looks for what nobody ended.
CREATE INDEX consultations_running ON consultations (ends_at) WHERE status = 'in_progress';

ALTER TABLE consultation_events
    -- The declared times before, for a correction.
    ADD COLUMN previous_started_at timestamptz,
    ADD COLUMN previous_ended_at timestamptz,
    DROP CONSTRAINT consultation_events_kind_check,
    ADD CONSTRAINT consultation_events_kind_check CHECK (kind IN (
        'scheduled', 'confirmed', 'started', 'ended', 'cancelled', 'no_show',
        'rescheduled', 'practitioner_absent', 'contested', 'absence_withdrawn', 'times_declared',
        'closed', 'corrected', 'duration_contested')),
    ADD CONSTRAINT consultation_events_corrected CHECK (
        (kind = 'corrected') = (previous_started_at IS NOT NULL)
        AND (kind = 'corrected') = (previous_ended_at IS NOT NULL));

ALTER TABLE notices
    DROP CONSTRAINT notices_kind_check,
    ADD CONSTRAINT notices_kind_check CHECK (kind IN (
        'booked', 'confirmed', 'rescheduled', 'cancelled', 'released', 'no_show', 'no_show_contested',
        'practitioner_absent', 'absence_contested', 'absence_withdrawn', 'times_declared',
        'offered', 'reminder_48h', 'reminder_24h', 'reminder_1h',
        'end_reminder', 'closed', 'duration_corrected', 'duration_contested'));
-- The practitioner is asked once whether the consultation is over.
CREATE UNIQUE INDEX notices_end_reminded ON notices (consultation_id) WHERE kind = 'end_reminder';

-- The name of the video room: 128 random bits, and nothing that says whose it is. Chosen when somebody
-- first enters.
CREATE TABLE video_rooms (
    consultation_id uuid PRIMARY KEY REFERENCES consultations ON DELETE RESTRICT,
    company_id uuid NOT NULL,
    name text NOT NULL UNIQUE CHECK (name ~ '^[0-9a-f]{32}$')
);
CALL hz.protect('video_rooms');
GRANT SELECT (consultation_id, company_id, name), INSERT (consultation_id, company_id, name)
    ON video_rooms TO hz_employee, hz_practitioner;
CREATE POLICY participants ON video_rooms FOR SELECT TO hz_employee, hz_practitioner
    USING (EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id));
CREATE POLICY participants_open ON video_rooms FOR INSERT TO hz_employee, hz_practitioner
    WITH CHECK (EXISTS (SELECT FROM consultations c
        WHERE c.id = consultation_id AND c.company_id = video_rooms.company_id
          AND c.status IN ('confirmed', 'in_progress')));
CREATE POLICY employee_tenant ON video_rooms AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));

-- When each of the two was in the room: one row per arrival. Each writes only about themselves.
CREATE TABLE presences (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    consultation_id uuid NOT NULL REFERENCES consultations ON DELETE RESTRICT,
    company_id uuid NOT NULL,
    person_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    joined_at timestamptz NOT NULL,
    -- The last sign of life: what remains when a process ends without a word.
    seen_at timestamptz NOT NULL,
    left_at timestamptz,
    CONSTRAINT presences_order CHECK (joined_at <= seen_at AND joined_at <= left_at)
);
CREATE INDEX presences_consultation ON presences (consultation_id, joined_at);
CALL hz.protect('presences');
GRANT SELECT, INSERT (id, consultation_id, company_id, person_id, joined_at, seen_at), UPDATE (seen_at, left_at)
    ON presences TO hz_employee, hz_practitioner;
CREATE POLICY employee_own ON presences FOR SELECT TO hz_employee USING (person_id = (SELECT hz.user_id()));
-- Both sides, beside the times that the practitioner declares.
CREATE POLICY practitioner_evidence ON presences FOR SELECT TO hz_practitioner
    USING (EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id));
CREATE POLICY own_arrival ON presences FOR INSERT TO hz_employee, hz_practitioner
    WITH CHECK (person_id = (SELECT hz.user_id()) AND EXISTS (SELECT FROM consultations c
        WHERE c.id = consultation_id AND c.company_id = presences.company_id));
CREATE POLICY own_departure ON presences FOR UPDATE TO hz_employee, hz_practitioner
    USING (person_id = (SELECT hz.user_id()) AND left_at IS NULL) WITH CHECK (person_id = (SELECT hz.user_id()));
CREATE POLICY employee_tenant ON presences AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
-- The worker takes the last presence as the end of what nobody ended.
GRANT SELECT (consultation_id, person_id, joined_at, seen_at, left_at) ON presences TO hz_worker;
CREATE POLICY worker_reads ON presences FOR SELECT TO hz_worker USING (true);

-- A duration that its employee finds wrong: said once, with a category and no words. The platform's admin
-- reads which consultation, the durations and the categories; never whose they are.
CREATE TABLE duration_contests (
    consultation_id uuid PRIMARY KEY REFERENCES consultations ON DELETE RESTRICT,
    company_id uuid NOT NULL,
    declared_seconds integer NOT NULL CHECK (declared_seconds >= 0),
    claimed_seconds integer NOT NULL CHECK (claimed_seconds BETWEEN 0 AND 28800),
    reason text NOT NULL CHECK (reason IN ('ended_earlier', 'started_later', 'interrupted', 'longer', 'other')),
    contested_at timestamptz NOT NULL,
    -- What the practitioner then made of it.
    corrected_seconds integer CHECK (corrected_seconds >= 0),
    correction_reason text CHECK (correction_reason IN ('forgot_to_end', 'forgot_to_start', 'interrupted', 'agreed', 'other')),
    corrected_at timestamptz,
    CONSTRAINT duration_contests_corrected CHECK (
        (corrected_at IS NULL) = (corrected_seconds IS NULL) AND (corrected_at IS NULL) = (correction_reason IS NULL))
);
CREATE INDEX duration_contests_latest ON duration_contests (contested_at DESC, consultation_id);
CALL hz.protect('duration_contests');
GRANT SELECT ON duration_contests TO hz_employee, hz_practitioner;
GRANT INSERT (consultation_id, company_id, declared_seconds, claimed_seconds, reason, contested_at)
    ON duration_contests TO hz_employee;
GRANT UPDATE (corrected_seconds, correction_reason, corrected_at) ON duration_contests TO hz_practitioner;
CREATE POLICY participants ON duration_contests FOR SELECT TO hz_employee, hz_practitioner
    USING (EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id));
CREATE POLICY employee_contests ON duration_contests FOR INSERT TO hz_employee
    WITH CHECK (EXISTS (SELECT FROM consultations c
        WHERE c.id = consultation_id AND c.company_id = duration_contests.company_id
          AND c.status = 'completed' AND c.duration_seconds = declared_seconds));
CREATE POLICY practitioner_answers ON duration_contests FOR UPDATE TO hz_practitioner
    USING (EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id))
    WITH CHECK (EXISTS (SELECT FROM consultations c
        WHERE c.id = consultation_id AND c.duration_seconds = corrected_seconds));
CREATE POLICY employee_tenant ON duration_contests AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
GRANT SELECT (consultation_id, declared_seconds, claimed_seconds, reason, contested_at,
              corrected_seconds, correction_reason, corrected_at) ON duration_contests TO hz_admin;
CREATE POLICY admin_all ON duration_contests FOR SELECT TO hz_admin USING (true);

-- As before, and: the system ends what nobody ended, and a practitioner corrects the times of what the
-- system ended or of what the employee contests, within the hours in which a consultation can take place.
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

-- Asked by the trigger in whoever's name it runs.
CREATE FUNCTION hz.duration_is_contested(p_consultation uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.duration_contests WHERE consultation_id = p_consultation);
END;
$$;
REVOKE ALL ON FUNCTION hz.duration_is_contested(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.duration_is_contested(uuid) TO hz_employee, hz_practitioner, hz_worker;

GRANT UPDATE (corrected_at) ON consultations TO hz_practitioner;
GRANT INSERT (previous_started_at, previous_ended_at) ON consultation_events TO hz_practitioner;

GRANT SELECT (started_at, ended_at), UPDATE (ended_at) ON consultations TO hz_worker;
CREATE POLICY worker_closes ON consultations FOR UPDATE TO hz_worker
    USING (status = 'in_progress') WITH CHECK (status = 'completed');
ALTER POLICY worker_reports ON consultation_events
    WITH CHECK (actor_id IS NULL AND kind IN ('cancelled', 'closed'));
