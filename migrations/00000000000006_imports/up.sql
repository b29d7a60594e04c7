-- A file of employees that HR is looking at before it confirms: parsed rows, no account yet.
CREATE TABLE employee_imports (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    company_id uuid NOT NULL REFERENCES companies ON DELETE CASCADE,
    created_by uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    file_name text NOT NULL CHECK (length(file_name) <= 255),
    row_count integer NOT NULL,
    created_count integer,
    updated_count integer,
    refused_count integer,
    created_at timestamptz NOT NULL DEFAULT now(),
    confirmed_at timestamptz,
    UNIQUE (id, company_id)
);
CREATE INDEX employee_imports_company ON employee_imports (company_id, created_at DESC);

CREATE TABLE employee_import_rows (
    import_id uuid NOT NULL,
    company_id uuid NOT NULL,
    line integer NOT NULL,
    email text NOT NULL,
    first_name text NOT NULL,
    last_name text NOT NULL,
    department text,
    position text,
    -- What the file alone says: refusals found by reading it. The rest is found by comparing.
    refusal text,
    -- For a duplicate: the line that has the address first.
    refusal_line integer,
    PRIMARY KEY (import_id, line),
    FOREIGN KEY (import_id, company_id) REFERENCES employee_imports (id, company_id) ON DELETE CASCADE
);

CALL hz.protect('employee_imports');
CALL hz.protect('employee_import_rows');

GRANT SELECT, INSERT, UPDATE (confirmed_at, created_count, updated_count, refused_count), DELETE ON employee_imports TO hz_hr;
GRANT SELECT, INSERT, UPDATE (refusal), DELETE ON employee_import_rows TO hz_hr;
GRANT SELECT (import_id), DELETE ON employee_import_rows TO hz_worker;
GRANT SELECT (id, created_at, confirmed_at), DELETE ON employee_imports TO hz_worker;
CREATE POLICY hr_company ON employee_imports TO hz_hr USING (true) WITH CHECK (true);
CREATE POLICY hr_tenant ON employee_imports AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY worker_purges ON employee_imports TO hz_worker USING (true);
CREATE POLICY worker_purges ON employee_import_rows TO hz_worker USING (true);
CREATE POLICY hr_company ON employee_import_rows TO hz_hr USING (true) WITH CHECK (true);
CREATE POLICY hr_tenant ON employee_import_rows AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
