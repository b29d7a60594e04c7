-- How much of its people's use a company's HR sees, and what is published of it. The rules that decide
-- what may be shown are the application's (src/metrics/disclosure); what they hide is never written here.

-- One row per choice, never changed: the latest one in force at a month is that month's, for ever.
CREATE TABLE disclosure_settings (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    position bigint GENERATED ALWAYS AS IDENTITY,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    setting text NOT NULL CHECK (setting IN ('aggregate', 'banded', 'named')),
    -- The first month it is in force.
    effective_from date NOT NULL CHECK (extract(day FROM effective_from) = 1),
    chosen_at timestamptz NOT NULL,
    chosen_by uuid REFERENCES users ON DELETE RESTRICT,
    -- Who of the company agreed.
    agreed_with text NOT NULL CHECK (length(agreed_with) BETWEEN 1 AND 200)
);
CREATE INDEX disclosure_settings_company ON disclosure_settings (company_id, effective_from, position);

-- Nobody's past is shown differently from how it was lived: a choice is in force from the next month on,
-- or at once where nobody has an account yet.
CREATE FUNCTION hz.disclosure_takes_effect() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_month date := date_trunc('month', NEW.chosen_at AT TIME ZONE hz.accounting_zone())::date;
BEGIN
    IF EXISTS (SELECT FROM public.users u
               WHERE u.company_id = NEW.company_id AND u.role = 'employee' AND u.status <> 'pending') THEN
        v_month := (v_month + interval '1 month')::date;
    END IF;
    NEW.effective_from := v_month;
    RETURN NEW;
END;
$$;
REVOKE ALL ON FUNCTION hz.disclosure_takes_effect() FROM PUBLIC;
CREATE TRIGGER disclosure_takes_effect BEFORE INSERT ON disclosure_settings FOR EACH ROW
    WHEN (current_user = 'hz_admin') EXECUTE FUNCTION hz.disclosure_takes_effect();

-- Who has read that it changes.
CREATE TABLE disclosure_acknowledgements (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    setting_id uuid NOT NULL REFERENCES disclosure_settings ON DELETE RESTRICT,
    acknowledged_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, setting_id)
);

-- A month of a company, frozen: rows are added and never change.
CREATE TABLE disclosure_snapshots (
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    setting text NOT NULL CHECK (setting IN ('aggregate', 'banded', 'named')),
    -- How many employees there were, and how many of them the figures are about.
    headcount integer NOT NULL CHECK (headcount >= 0),
    counted integer NOT NULL CHECK (counted BETWEEN 0 AND headcount),
    -- Mean of the published reviews.
    half_stars smallint CHECK (half_stars BETWEEN 2 AND 10),
    frozen_at timestamptz NOT NULL,
    PRIMARY KEY (company_id, month)
);
CREATE INDEX disclosure_snapshots_month ON disclosure_snapshots (month);

-- What is published of it: the company, its departments, bands of counts. A hidden cell has no figures.
CREATE TABLE disclosure_cells (
    company_id uuid NOT NULL,
    month date NOT NULL,
    kind text NOT NULL CHECK (kind IN ('company', 'department', 'band')),
    -- The department's name; '' for the company. Of a band, its limits: '1-2', '3-'.
    label text NOT NULL,
    people integer NOT NULL CHECK (people >= 0),
    users integer,
    consultations integer,
    seconds bigint,
    hidden text CHECK (hidden IN ('headcount', 'people', 'complement', 'neighbours', 'company')),
    PRIMARY KEY (company_id, month, kind, label),
    FOREIGN KEY (company_id, month) REFERENCES disclosure_snapshots ON DELETE RESTRICT,
    CONSTRAINT disclosure_cells_hidden CHECK (
        (hidden IS NULL AND kind <> 'band') = (users IS NOT NULL)
        AND (users IS NULL) = (consultations IS NULL) AND (users IS NULL) = (seconds IS NULL))
);
-- The platform's comparison reads every company's figure of a month.
CREATE INDEX disclosure_cells_company ON disclosure_cells (month) WHERE kind = 'company' AND hidden IS NULL;

-- Whom a month's figures were about: what later months are compared with. Ids only, which may outlive
-- their account; the worker alone reads them.
CREATE TABLE disclosure_rosters (
    company_id uuid NOT NULL,
    month date NOT NULL,
    employee_id uuid NOT NULL,
    department text,
    counted boolean NOT NULL,
    PRIMARY KEY (company_id, month, employee_id),
    FOREIGN KEY (company_id, month) REFERENCES disclosure_snapshots ON DELETE RESTRICT
);

-- What companies compare themselves with.
CREATE TABLE disclosure_medians (
    month date PRIMARY KEY CHECK (extract(day FROM month) = 1),
    companies integer NOT NULL CHECK (companies >= 5),
    adoption_percent integer NOT NULL CHECK (adoption_percent BETWEEN 0 AND 100),
    mean_minutes integer NOT NULL CHECK (mean_minutes >= 0),
    frozen_at timestamptz NOT NULL
);

CALL hz.protect('disclosure_settings');
CALL hz.protect('disclosure_acknowledgements');
CALL hz.protect('disclosure_snapshots');
CALL hz.protect('disclosure_cells');
CALL hz.protect('disclosure_rosters');
CALL hz.protect('disclosure_medians');

-- The admin chooses with the company; nobody of the company can.
GRANT SELECT (id, position, company_id, setting, effective_from, chosen_at) ON disclosure_settings TO hz_employee, hz_hr;
GRANT SELECT, INSERT (company_id, setting, chosen_at, chosen_by, agreed_with) ON disclosure_settings TO hz_admin;
CREATE POLICY company_reads ON disclosure_settings FOR SELECT TO hz_employee, hz_hr
    USING (company_id = (SELECT hz.company_id()));
CREATE POLICY company_tenant ON disclosure_settings AS RESTRICTIVE TO hz_employee, hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY admin_reads ON disclosure_settings FOR SELECT TO hz_admin USING (true);
CREATE POLICY admin_chooses ON disclosure_settings FOR INSERT TO hz_admin
    WITH CHECK (chosen_by = (SELECT hz.user_id())
        AND EXISTS (SELECT FROM companies c WHERE c.id = disclosure_settings.company_id));

GRANT SELECT, INSERT ON disclosure_acknowledgements TO hz_employee;
CREATE POLICY own ON disclosure_acknowledgements TO hz_employee
    USING (user_id = (SELECT hz.user_id()))
    WITH CHECK (user_id = (SELECT hz.user_id())
        AND EXISTS (SELECT FROM disclosure_settings s WHERE s.id = setting_id));

GRANT SELECT, INSERT ON disclosure_snapshots, disclosure_cells, disclosure_rosters, disclosure_medians TO hz_worker;
CREATE POLICY worker_freezes ON disclosure_snapshots TO hz_worker USING (true) WITH CHECK (true);
CREATE POLICY worker_freezes ON disclosure_cells TO hz_worker USING (true) WITH CHECK (true);
CREATE POLICY worker_freezes ON disclosure_rosters TO hz_worker USING (true) WITH CHECK (true);
CREATE POLICY worker_freezes ON disclosure_medians TO hz_worker USING (true) WITH CHECK (true);

GRANT SELECT ON disclosure_snapshots, disclosure_cells, disclosure_medians TO hz_hr;
CREATE POLICY hr_company ON disclosure_snapshots FOR SELECT TO hz_hr USING (company_id = (SELECT hz.company_id()));
CREATE POLICY hr_tenant ON disclosure_snapshots AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY hr_company ON disclosure_cells FOR SELECT TO hz_hr USING (company_id = (SELECT hz.company_id()));
CREATE POLICY hr_tenant ON disclosure_cells AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY hr_all ON disclosure_medians FOR SELECT TO hz_hr USING (true);

-- The setting of a month.
CREATE FUNCTION hz.disclosure_in(p_company uuid, p_month date) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN coalesce((
        SELECT s.setting FROM public.disclosure_settings s
        WHERE s.company_id = p_company AND s.effective_from <= p_month
        ORDER BY s.effective_from DESC, s.position DESC LIMIT 1), 'aggregate');
END;
$$;
REVOKE ALL ON FUNCTION hz.disclosure_in(uuid, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.disclosure_in(uuid, date) TO hz_admin, hz_worker;

CREATE FUNCTION hz.own_disclosure_in(p_month date) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN hz.disclosure_in(hz.company_id(), date_trunc('month', p_month)::date);
END;
$$;
REVOKE ALL ON FUNCTION hz.own_disclosure_in(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.own_disclosure_in(date) TO hz_employee, hz_hr;

-- HR's two functions answer for months that were lived by name, and for no other.
CREATE OR REPLACE FUNCTION hz.employee_usage(p_month date)
    RETURNS TABLE (employee_id uuid, consult_count integer, total_duration_seconds bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' ROWS 100 AS $$
DECLARE
    v_company uuid := hz.company_id();
    v_first date := date_trunc('month', p_month)::date;
    v_next date := (date_trunc('month', p_month) + interval '1 month')::date;
BEGIN
    IF hz.disclosure_in(v_company, v_first) <> 'named' THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT a.employee_id, sum(a.consult_count)::integer, sum(a.total_duration_seconds)::bigint
        FROM public.employee_activity_daily a
        WHERE a.company_id = v_company AND a.day >= v_first AND a.day < v_next
        GROUP BY a.employee_id;
END;
$$;

-- For processes of the version before only: nothing asks for it any more.
CREATE OR REPLACE FUNCTION hz.company_usage(p_from date, p_to date)
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
          AND hz.disclosure_in(v_company, a.month) = 'named'
        ORDER BY a.month;
END;
$$;

-- What a month is decided from: a line for each employee who had an account open to them, with what was
-- done and what was published of their reviews. For the worker, which writes what may be shown of it.
CREATE FUNCTION hz.disclosure_material(p_companies uuid[], p_month date)
    RETURNS TABLE (company_id uuid, employee_id uuid, department text, consultations integer, seconds bigint,
                   reviews integer, stars integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
    v_next date := (p_month + interval '1 month')::date;
    v_from timestamptz := p_month::timestamp AT TIME ZONE hz.accounting_zone();
    v_until timestamptz := v_next::timestamp AT TIME ZONE hz.accounting_zone();
BEGIN
    RETURN QUERY
        SELECT e.company_id, e.user_id, e.department, coalesce(a.n, 0)::integer, coalesce(a.s, 0)::bigint,
               coalesce(r.n, 0)::integer, coalesce(r.s, 0)::integer
        FROM public.employees e
        JOIN public.users u ON u.id = e.user_id
        LEFT JOIN (
            SELECT d.employee_id, sum(d.consult_count) AS n, sum(d.total_duration_seconds) AS s
            FROM public.employee_activity_daily d
            WHERE d.company_id = ANY (p_companies) AND d.day >= p_month AND d.day < v_next
            GROUP BY d.employee_id) a ON a.employee_id = e.user_id
        LEFT JOIN (
            SELECT c.employee_id, count(*) AS n, sum(p.rating) AS s
            FROM public.practitioner_reviews p
            JOIN public.consultations c ON c.id = p.consultation_id
            WHERE p.status = 'published' AND p.published_at >= v_from AND p.published_at < v_until
              AND c.company_id = ANY (p_companies)
            GROUP BY c.employee_id) r ON r.employee_id = e.user_id
        WHERE e.company_id = ANY (p_companies) AND u.role = 'employee' AND u.status IN ('pending', 'active')
          AND e.created_at < v_until;
END;
$$;
REVOKE ALL ON FUNCTION hz.disclosure_material(uuid[], date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.disclosure_material(uuid[], date) TO hz_worker;
CREATE INDEX practitioner_reviews_month ON practitioner_reviews (published_at) WHERE status = 'published';

GRANT SELECT (created_at) ON companies TO hz_worker;
