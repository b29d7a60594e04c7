-- The outbox: work and mails to do, written in the transaction that causes them.
-- Payloads hold ids; a worker reads what they mean when it runs.
CREATE TABLE jobs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind text NOT NULL,
    payload jsonb NOT NULL,
    dedup_key text UNIQUE,
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'done', 'dead')),
    attempts integer NOT NULL DEFAULT 0,
    run_at timestamptz NOT NULL DEFAULT now(),
    leased_until timestamptz,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);
CREATE INDEX jobs_due ON jobs (run_at) WHERE status = 'pending';
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE status <> 'pending';

CREATE TABLE cron_runs (
    job text NOT NULL,
    period text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    outcome text,
    detail jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (job, period)
);

CALL hz.protect('jobs');
CALL hz.protect('cron_runs');

GRANT INSERT (kind, payload, dedup_key, run_at) ON jobs
    TO hz_visitor, hz_employee, hz_practitioner, hz_hr, hz_admin, hz_super_admin;
GRANT SELECT, INSERT, UPDATE, DELETE ON jobs TO hz_worker;
GRANT SELECT (id, kind, status, attempts, run_at, created_at, finished_at) ON jobs TO hz_super_admin;
CREATE POLICY anyone_asks ON jobs FOR INSERT
    TO hz_visitor, hz_employee, hz_practitioner, hz_hr, hz_admin, hz_super_admin WITH CHECK (status = 'pending');
CREATE POLICY worker_all ON jobs TO hz_worker USING (true) WITH CHECK (true);
CREATE POLICY super_admin_watches ON jobs FOR SELECT TO hz_super_admin USING (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON cron_runs TO hz_worker;
GRANT SELECT ON cron_runs TO hz_super_admin;
CREATE POLICY worker_all ON cron_runs TO hz_worker USING (true) WITH CHECK (true);
CREATE POLICY super_admin_watches ON cron_runs FOR SELECT TO hz_super_admin USING (true);
