-- Exclusion constraints mix an equality on uuid with an overlap of ranges: btree_gist, which
-- the set-up creates beside the roles.

-- One row for the whole platform: what every figure depends on.
CREATE TABLE platform_settings (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    -- The zone whose calendar decides on which day a consultation counts.
    accounting_zone text NOT NULL DEFAULT 'Europe/Paris',
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON platform_settings FOR EACH ROW EXECUTE FUNCTION hz.touch_updated_at();
CALL hz.protect('platform_settings');
INSERT INTO platform_settings DEFAULT VALUES;

CREATE TABLE consultations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    company_id uuid NOT NULL,
    employee_id uuid NOT NULL,
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE RESTRICT,
    format text NOT NULL CHECK (format IN ('video', 'audio', 'in_person')),
    status text NOT NULL DEFAULT 'scheduled' CHECK (status IN (
        'held', 'scheduled', 'confirmed', 'in_progress', 'completed', 'cancelled', 'no_show')),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    -- ends_at plus the practitioner's buffer when it was booked.
    blocked_until timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    -- Seconds, and the day they count for: both written by the trigger below.
    duration_seconds integer CHECK (duration_seconds >= 0),
    activity_day date,
    cancelled_at timestamptz,
    cancelled_by uuid REFERENCES users ON DELETE RESTRICT,
    -- The form's own key: the same form sent twice books once.
    request_key uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (employee_id, company_id) REFERENCES employees (user_id, company_id) ON DELETE RESTRICT,
    CONSTRAINT consultations_request UNIQUE (employee_id, request_key),
    CONSTRAINT consultations_order CHECK (starts_at < ends_at AND ends_at <= blocked_until),
    CONSTRAINT consultations_started CHECK (status NOT IN ('in_progress', 'completed') OR started_at IS NOT NULL),
    CONSTRAINT consultations_ended CHECK (
        (status = 'completed') = (ended_at IS NOT NULL AND duration_seconds IS NOT NULL AND activity_day IS NOT NULL)),
    CONSTRAINT consultations_practitioner_free EXCLUDE USING gist (
        practitioner_id WITH =, tstzrange(starts_at, blocked_until) WITH &&)
        WHERE (status IN ('held', 'scheduled', 'confirmed', 'in_progress')),
    CONSTRAINT consultations_employee_free EXCLUDE USING gist (
        employee_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (status IN ('held', 'scheduled', 'confirmed', 'in_progress'))
);
-- The slot page reads a practitioner's busy ranges from this index alone.
CREATE INDEX consultations_busy ON consultations (practitioner_id, starts_at) INCLUDE (blocked_until)
    WHERE status IN ('held', 'scheduled', 'confirmed', 'in_progress');
CREATE INDEX consultations_practitioner ON consultations (practitioner_id, starts_at DESC) INCLUDE (status);
-- Answers, from the index alone, whose patients and which clients a practitioner's policies let through.
CREATE INDEX consultations_patients ON consultations (practitioner_id, company_id, employee_id);
CREATE INDEX consultations_employee ON consultations (employee_id, starts_at DESC);
CREATE INDEX consultations_practitioner_day ON consultations (practitioner_id, activity_day)
    INCLUDE (company_id, duration_seconds) WHERE status = 'completed';
CREATE INDEX consultations_employee_day ON consultations (employee_id, activity_day)
    INCLUDE (company_id, duration_seconds) WHERE status = 'completed';
CREATE INDEX consultations_company_day ON consultations (company_id, activity_day)
    INCLUDE (employee_id, duration_seconds) WHERE status = 'completed';
CREATE INDEX consultations_day ON consultations (activity_day) WHERE status = 'completed';

CREATE TABLE consultation_events (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    consultation_id uuid NOT NULL REFERENCES consultations ON DELETE RESTRICT,
    company_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('scheduled', 'confirmed', 'started', 'ended', 'cancelled', 'no_show')),
    -- Absent when the system acted.
    actor_id uuid REFERENCES users ON DELETE RESTRICT,
    occurred_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX consultation_events_consultation ON consultation_events (consultation_id, occurred_at);

CREATE TABLE practitioner_activity_daily (
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE RESTRICT,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    day date NOT NULL,
    consult_count integer NOT NULL CHECK (consult_count > 0),
    total_duration_seconds bigint NOT NULL CHECK (total_duration_seconds >= 0),
    PRIMARY KEY (practitioner_id, day, company_id)
);
CREATE INDEX practitioner_activity_day ON practitioner_activity_daily (day);

CREATE TABLE employee_activity_daily (
    employee_id uuid NOT NULL REFERENCES employees ON DELETE RESTRICT,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    day date NOT NULL,
    consult_count integer NOT NULL CHECK (consult_count > 0),
    total_duration_seconds bigint NOT NULL CHECK (total_duration_seconds >= 0),
    PRIMARY KEY (employee_id, day)
);
CREATE INDEX employee_activity_company ON employee_activity_daily (company_id, day)
    INCLUDE (employee_id, consult_count, total_duration_seconds);

CREATE TABLE company_activity_daily (
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    day date NOT NULL,
    consult_count integer NOT NULL CHECK (consult_count > 0),
    total_duration_seconds bigint NOT NULL CHECK (total_duration_seconds >= 0),
    active_users_count integer NOT NULL CHECK (active_users_count > 0),
    PRIMARY KEY (company_id, day)
);
CREATE INDEX company_activity_day ON company_activity_daily (day)
    INCLUDE (company_id, consult_count, total_duration_seconds);

-- The days added up by month, so that a page about the whole platform reads as many rows as it
-- has companies or practitioners, however many consultations there are. `month` is its first day.
CREATE TABLE practitioner_activity_monthly (
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE RESTRICT,
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    consult_count integer NOT NULL CHECK (consult_count > 0),
    total_duration_seconds bigint NOT NULL CHECK (total_duration_seconds >= 0),
    PRIMARY KEY (month, practitioner_id)
);
CREATE INDEX practitioner_activity_months ON practitioner_activity_monthly (practitioner_id, month);

CREATE TABLE company_activity_monthly (
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    consult_count integer NOT NULL CHECK (consult_count > 0),
    total_duration_seconds bigint NOT NULL CHECK (total_duration_seconds >= 0),
    PRIMARY KEY (month, company_id)
);
CREATE INDEX company_activity_months ON company_activity_monthly (company_id, month);

CREATE TABLE platform_activity_monthly (
    month date PRIMARY KEY CHECK (extract(day FROM month) = 1),
    consult_count integer NOT NULL CHECK (consult_count > 0),
    total_duration_seconds bigint NOT NULL CHECK (total_duration_seconds >= 0)
);

CALL hz.protect('consultations');
CALL hz.protect('consultation_events');
CALL hz.protect('practitioner_activity_daily');
CALL hz.protect('employee_activity_daily');
CALL hz.protect('company_activity_daily');
CALL hz.protect('practitioner_activity_monthly');
CALL hz.protect('company_activity_monthly');
CALL hz.protect('platform_activity_monthly');

-- plpgsql keeps its plans for the life of the connection; a function in SQL that is not inlined plans at
-- every call.
CREATE FUNCTION hz.accounting_zone() RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN (SELECT accounting_zone FROM public.platform_settings);
END;
$$;
REVOKE ALL ON FUNCTION hz.accounting_zone() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.accounting_zone() TO
    hz_employee, hz_practitioner, hz_hr, hz_admin, hz_super_admin, hz_worker;

-- The state machine, the duration and the accounting day: the same for every writer.
CREATE FUNCTION hz.consultation_transition() RETURNS trigger
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
CREATE TRIGGER consultation_transition BEFORE UPDATE ON consultations
    FOR EACH ROW EXECUTE FUNCTION hz.consultation_transition();

CREATE FUNCTION hz.consultation_opening() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF NEW.status NOT IN ('held', 'scheduled', 'confirmed') THEN
        RAISE EXCEPTION 'a consultation does not begin as %', NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultations_transition';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER consultation_opening BEFORE INSERT ON consultations
    FOR EACH ROW EXECUTE FUNCTION hz.consultation_opening();

-- Two completions of one month would each count without the other: whoever counts waits for the
-- months it counts, in order.
CREATE FUNCTION hz.lock_activity(p_from date, p_to date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_month date;
BEGIN
    FOR v_month IN SELECT m::date FROM generate_series(date_trunc('month', p_from), p_to, interval '1 month') m LOOP
        PERFORM pg_advisory_xact_lock(hashtext('hz.lock_activity'), v_month - date '2000-01-01');
    END LOOP;
END;
$$;
REVOKE ALL ON FUNCTION hz.lock_activity(date, date) FROM PUBLIC;

-- The counters of these days, recomputed from the completed consultations. Answers how many cells
-- were wrong.
CREATE FUNCTION hz.recount_days(
    p_from date, p_to date,
    p_practitioner uuid DEFAULT NULL, p_employee uuid DEFAULT NULL, p_company uuid DEFAULT NULL
) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_changed integer;
    v_total integer := 0;
BEGIN
    PERFORM hz.lock_activity(p_from, p_to);
    WITH truth AS (
        SELECT practitioner_id, company_id, activity_day AS day, count(*)::integer AS n, sum(duration_seconds)::bigint AS s
        FROM public.consultations
        WHERE status = 'completed' AND activity_day BETWEEN p_from AND p_to
          AND (p_practitioner IS NULL OR practitioner_id = p_practitioner)
        GROUP BY 1, 2, 3
    ), gone AS (
        DELETE FROM public.practitioner_activity_daily a
        WHERE a.day BETWEEN p_from AND p_to AND (p_practitioner IS NULL OR a.practitioner_id = p_practitioner)
          AND NOT EXISTS (SELECT FROM truth t WHERE (t.practitioner_id, t.company_id, t.day) = (a.practitioner_id, a.company_id, a.day))
        RETURNING 1
    ), written AS (
        INSERT INTO public.practitioner_activity_daily AS a (practitioner_id, company_id, day, consult_count, total_duration_seconds)
        SELECT practitioner_id, company_id, day, n, s FROM truth
        ON CONFLICT (practitioner_id, day, company_id) DO UPDATE
            SET consult_count = EXCLUDED.consult_count, total_duration_seconds = EXCLUDED.total_duration_seconds
            WHERE (a.consult_count, a.total_duration_seconds)
                IS DISTINCT FROM (EXCLUDED.consult_count, EXCLUDED.total_duration_seconds)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written) INTO v_changed;
    v_total := v_total + v_changed;

    WITH truth AS (
        SELECT employee_id, company_id, activity_day AS day, count(*)::integer AS n, sum(duration_seconds)::bigint AS s
        FROM public.consultations
        WHERE status = 'completed' AND activity_day BETWEEN p_from AND p_to
          AND (p_employee IS NULL OR employee_id = p_employee)
        GROUP BY 1, 2, 3
    ), gone AS (
        DELETE FROM public.employee_activity_daily a
        WHERE a.day BETWEEN p_from AND p_to AND (p_employee IS NULL OR a.employee_id = p_employee)
          AND NOT EXISTS (SELECT FROM truth t WHERE (t.employee_id, t.day) = (a.employee_id, a.day))
        RETURNING 1
    ), written AS (
        INSERT INTO public.employee_activity_daily AS a (employee_id, company_id, day, consult_count, total_duration_seconds)
        SELECT employee_id, company_id, day, n, s FROM truth
        ON CONFLICT (employee_id, day) DO UPDATE
            SET company_id = EXCLUDED.company_id, consult_count = EXCLUDED.consult_count,
                total_duration_seconds = EXCLUDED.total_duration_seconds
            WHERE (a.company_id, a.consult_count, a.total_duration_seconds)
                IS DISTINCT FROM (EXCLUDED.company_id, EXCLUDED.consult_count, EXCLUDED.total_duration_seconds)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written) INTO v_changed;
    v_total := v_total + v_changed;

    WITH truth AS (
        SELECT company_id, activity_day AS day, count(*)::integer AS n, sum(duration_seconds)::bigint AS s,
               count(DISTINCT employee_id)::integer AS users
        FROM public.consultations
        WHERE status = 'completed' AND activity_day BETWEEN p_from AND p_to
          AND (p_company IS NULL OR company_id = p_company)
        GROUP BY 1, 2
    ), gone AS (
        DELETE FROM public.company_activity_daily a
        WHERE a.day BETWEEN p_from AND p_to AND (p_company IS NULL OR a.company_id = p_company)
          AND NOT EXISTS (SELECT FROM truth t WHERE (t.company_id, t.day) = (a.company_id, a.day))
        RETURNING 1
    ), written AS (
        INSERT INTO public.company_activity_daily AS a (company_id, day, consult_count, total_duration_seconds, active_users_count)
        SELECT company_id, day, n, s, users FROM truth
        ON CONFLICT (company_id, day) DO UPDATE
            SET consult_count = EXCLUDED.consult_count, total_duration_seconds = EXCLUDED.total_duration_seconds,
                active_users_count = EXCLUDED.active_users_count
            WHERE (a.consult_count, a.total_duration_seconds, a.active_users_count)
                IS DISTINCT FROM (EXCLUDED.consult_count, EXCLUDED.total_duration_seconds, EXCLUDED.active_users_count)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written) INTO v_changed;
    RETURN v_total + v_changed;
END;
$$;
REVOKE ALL ON FUNCTION hz.recount_days(date, date, uuid, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.recount_days(date, date, uuid, uuid, uuid) TO hz_worker;

-- The counters of the months that hold these days, added up from those of the days. Answers how many
-- cells were wrong.
CREATE FUNCTION hz.recount_months(
    p_from date, p_to date, p_practitioner uuid DEFAULT NULL, p_company uuid DEFAULT NULL
) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_first date := date_trunc('month', p_from)::date;
    v_last date := (date_trunc('month', p_to) + interval '1 month' - interval '1 day')::date;
    v_changed integer;
    v_total integer := 0;
BEGIN
    PERFORM hz.lock_activity(p_from, p_to);
    WITH truth AS (
        SELECT practitioner_id, date_trunc('month', day)::date AS month,
               sum(consult_count)::integer AS n, sum(total_duration_seconds)::bigint AS s
        FROM public.practitioner_activity_daily
        WHERE day BETWEEN v_first AND v_last AND (p_practitioner IS NULL OR practitioner_id = p_practitioner)
        GROUP BY 1, 2
    ), gone AS (
        DELETE FROM public.practitioner_activity_monthly a
        WHERE a.month BETWEEN v_first AND v_last AND (p_practitioner IS NULL OR a.practitioner_id = p_practitioner)
          AND NOT EXISTS (SELECT FROM truth t WHERE (t.practitioner_id, t.month) = (a.practitioner_id, a.month))
        RETURNING 1
    ), written AS (
        INSERT INTO public.practitioner_activity_monthly AS a (practitioner_id, month, consult_count, total_duration_seconds)
        SELECT practitioner_id, month, n, s FROM truth
        ON CONFLICT (month, practitioner_id) DO UPDATE
            SET consult_count = EXCLUDED.consult_count, total_duration_seconds = EXCLUDED.total_duration_seconds
            WHERE (a.consult_count, a.total_duration_seconds)
                IS DISTINCT FROM (EXCLUDED.consult_count, EXCLUDED.total_duration_seconds)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written) INTO v_changed;
    v_total := v_total + v_changed;

    WITH truth AS (
        SELECT company_id, date_trunc('month', day)::date AS month,
               sum(consult_count)::integer AS n, sum(total_duration_seconds)::bigint AS s
        FROM public.company_activity_daily
        WHERE day BETWEEN v_first AND v_last AND (p_company IS NULL OR company_id = p_company)
        GROUP BY 1, 2
    ), gone AS (
        DELETE FROM public.company_activity_monthly a
        WHERE a.month BETWEEN v_first AND v_last AND (p_company IS NULL OR a.company_id = p_company)
          AND NOT EXISTS (SELECT FROM truth t WHERE (t.company_id, t.month) = (a.company_id, a.month))
        RETURNING 1
    ), written AS (
        INSERT INTO public.company_activity_monthly AS a (company_id, month, consult_count, total_duration_seconds)
        SELECT company_id, month, n, s FROM truth
        ON CONFLICT (month, company_id) DO UPDATE
            SET consult_count = EXCLUDED.consult_count, total_duration_seconds = EXCLUDED.total_duration_seconds
            WHERE (a.consult_count, a.total_duration_seconds)
                IS DISTINCT FROM (EXCLUDED.consult_count, EXCLUDED.total_duration_seconds)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written) INTO v_changed;
    v_total := v_total + v_changed;

    WITH truth AS (
        SELECT month, sum(consult_count)::integer AS n, sum(total_duration_seconds)::bigint AS s
        FROM public.company_activity_monthly
        WHERE month BETWEEN v_first AND v_last
        GROUP BY 1
    ), gone AS (
        DELETE FROM public.platform_activity_monthly a
        WHERE a.month BETWEEN v_first AND v_last AND NOT EXISTS (SELECT FROM truth t WHERE t.month = a.month)
        RETURNING 1
    ), written AS (
        INSERT INTO public.platform_activity_monthly AS a (month, consult_count, total_duration_seconds)
        SELECT month, n, s FROM truth
        ON CONFLICT (month) DO UPDATE
            SET consult_count = EXCLUDED.consult_count, total_duration_seconds = EXCLUDED.total_duration_seconds
            WHERE (a.consult_count, a.total_duration_seconds)
                IS DISTINCT FROM (EXCLUDED.consult_count, EXCLUDED.total_duration_seconds)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written) INTO v_changed;
    RETURN v_total + v_changed;
END;
$$;
REVOKE ALL ON FUNCTION hz.recount_months(date, date, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.recount_months(date, date, uuid, uuid) TO hz_worker;

-- The one way a counter is ever written: recomputed, never incremented. Answers how many cells were
-- wrong (0 when nothing drifted). The optional ids narrow the work to the touched cells.
CREATE FUNCTION hz.recount_activity(
    p_from date, p_to date,
    p_practitioner uuid DEFAULT NULL, p_employee uuid DEFAULT NULL, p_company uuid DEFAULT NULL
) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_days integer := hz.recount_days(p_from, p_to, p_practitioner, p_employee, p_company);
BEGIN
    RETURN v_days + hz.recount_months(p_from, p_to, p_practitioner, p_company);
END;
$$;
REVOKE ALL ON FUNCTION hz.recount_activity(date, date, uuid, uuid, uuid) FROM PUBLIC;

-- Counters move in the transaction that completes, whoever completes.
CREATE FUNCTION hz.consultation_counts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF OLD.activity_day IS NOT NULL AND OLD.activity_day IS DISTINCT FROM NEW.activity_day THEN
        PERFORM hz.recount_activity(OLD.activity_day, OLD.activity_day, OLD.practitioner_id, OLD.employee_id, OLD.company_id);
    END IF;
    IF NEW.activity_day IS NOT NULL THEN
        PERFORM hz.recount_activity(NEW.activity_day, NEW.activity_day, NEW.practitioner_id, NEW.employee_id, NEW.company_id);
    END IF;
    RETURN NULL;
END;
$$;
REVOKE ALL ON FUNCTION hz.consultation_counts() FROM PUBLIC;
CREATE TRIGGER consultation_counts AFTER UPDATE ON consultations
    FOR EACH ROW WHEN (OLD.status = 'completed' OR NEW.status = 'completed')
    EXECUTE FUNCTION hz.consultation_counts();

-- consultations: the two participants. HR, admins and super admins have no grant at all.
GRANT SELECT ON consultations TO hz_employee, hz_practitioner;
GRANT INSERT (id, company_id, employee_id, practitioner_id, format, status, starts_at, ends_at, blocked_until, request_key)
    ON consultations TO hz_employee;
GRANT UPDATE (status, cancelled_at, cancelled_by) ON consultations TO hz_employee;
GRANT UPDATE (status, started_at, ended_at, cancelled_at, cancelled_by) ON consultations TO hz_practitioner;
GRANT SELECT (id, company_id, employee_id, practitioner_id, format, status, starts_at, ends_at, cancelled_by) ON consultations TO hz_worker;
CREATE POLICY employee_own ON consultations FOR SELECT TO hz_employee USING (employee_id = (SELECT hz.user_id()));
CREATE POLICY employee_books ON consultations FOR INSERT TO hz_employee
    WITH CHECK (employee_id = (SELECT hz.user_id()) AND status IN ('held', 'scheduled', 'confirmed')
        AND EXISTS (SELECT FROM practitioners p WHERE p.user_id = practitioner_id)
        AND EXISTS (SELECT FROM companies c WHERE c.id = consultations.company_id AND c.status = 'active'));
CREATE POLICY employee_cancels ON consultations FOR UPDATE TO hz_employee
    USING (employee_id = (SELECT hz.user_id()))
    WITH CHECK (employee_id = (SELECT hz.user_id()) AND status = 'cancelled');
CREATE POLICY employee_tenant ON consultations AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY practitioner_own ON consultations FOR SELECT TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()));
CREATE POLICY practitioner_leads ON consultations FOR UPDATE TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id())) WITH CHECK (practitioner_id = (SELECT hz.user_id()));
CREATE POLICY worker_reads ON consultations FOR SELECT TO hz_worker USING (true);

-- A practitioner sees the names of its patients and of their companies.
CREATE POLICY practitioner_patients ON users FOR SELECT TO hz_practitioner
    USING (role = 'employee' AND EXISTS (SELECT FROM consultations c
        WHERE c.practitioner_id = (SELECT hz.user_id()) AND c.company_id = users.company_id AND c.employee_id = users.id));
CREATE POLICY practitioner_clients ON companies FOR SELECT TO hz_practitioner
    USING (EXISTS (SELECT FROM consultations c
        WHERE c.company_id = companies.id AND c.practitioner_id = (SELECT hz.user_id())));

GRANT SELECT, INSERT (consultation_id, company_id, kind, actor_id, occurred_at) ON consultation_events TO hz_employee, hz_practitioner;
CREATE POLICY participants ON consultation_events FOR SELECT TO hz_employee, hz_practitioner
    USING (EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id));
CREATE POLICY participants_report ON consultation_events FOR INSERT TO hz_employee, hz_practitioner
    WITH CHECK (actor_id = (SELECT hz.user_id())
        AND EXISTS (SELECT FROM consultations c
            WHERE c.id = consultation_id AND c.company_id = consultation_events.company_id));
CREATE POLICY employee_tenant ON consultation_events AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));

GRANT SELECT ON practitioner_activity_daily TO hz_practitioner, hz_admin;
CREATE POLICY practitioner_own ON practitioner_activity_daily FOR SELECT TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()));
CREATE POLICY admin_all ON practitioner_activity_daily FOR SELECT TO hz_admin USING (true);
GRANT SELECT ON company_activity_daily TO hz_admin, hz_super_admin;
CREATE POLICY admin_all ON company_activity_daily FOR SELECT TO hz_admin, hz_super_admin USING (true);
GRANT SELECT ON practitioner_activity_monthly TO hz_practitioner, hz_admin;
CREATE POLICY practitioner_own ON practitioner_activity_monthly FOR SELECT TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()));
CREATE POLICY admin_all ON practitioner_activity_monthly FOR SELECT TO hz_admin USING (true);
GRANT SELECT ON company_activity_monthly, platform_activity_monthly TO hz_admin, hz_super_admin;
CREATE POLICY admin_all ON company_activity_monthly FOR SELECT TO hz_admin, hz_super_admin USING (true);
CREATE POLICY admin_all ON platform_activity_monthly FOR SELECT TO hz_admin, hz_super_admin USING (true);
-- employee_activity_daily: nobody reads days; HR reads months through the function below.

-- When practitioners are taken, in any company, without who takes the time. One index-only read;
-- in PL/pgSQL, which keeps its plan, because this runs at every look at free slots.
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

-- HR's figure: count and seconds per employee and month of HR's own company. No day leaves it.
CREATE FUNCTION hz.employee_usage(p_month date)
    RETURNS TABLE (employee_id uuid, consult_count integer, total_duration_seconds bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' ROWS 100 AS $$
DECLARE
    v_company uuid := hz.company_id();
    v_first date := date_trunc('month', p_month)::date;
    v_next date := (date_trunc('month', p_month) + interval '1 month')::date;
BEGIN
    RETURN QUERY
        SELECT a.employee_id, sum(a.consult_count)::integer, sum(a.total_duration_seconds)::bigint
        FROM public.employee_activity_daily a
        WHERE a.company_id = v_company AND a.day >= v_first AND a.day < v_next
        GROUP BY a.employee_id;
END;
$$;
REVOKE ALL ON FUNCTION hz.employee_usage(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.employee_usage(date) TO hz_hr;

-- HR's dashboard: the company's months.
CREATE FUNCTION hz.company_usage(p_from date, p_to date)
    RETURNS TABLE (month date, consult_count integer, total_duration_seconds bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' ROWS 12 AS $$
DECLARE
    v_company uuid := hz.company_id();
    v_first date := date_trunc('month', p_from)::date;
BEGIN
    RETURN QUERY
        SELECT a.month, a.consult_count, a.total_duration_seconds
        FROM public.company_activity_monthly a
        WHERE a.company_id = v_company AND a.month BETWEEN v_first AND p_to
        ORDER BY a.month;
END;
$$;
REVOKE ALL ON FUNCTION hz.company_usage(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.company_usage(date, date) TO hz_hr;
