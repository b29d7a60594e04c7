DROP FUNCTION hz.undo_import(uuid, timestamptz);
DROP TABLE employee_import_effects;
REVOKE SELECT (company_id) ON employee_imports FROM hz_worker;
ALTER TABLE employee_imports
    DROP COLUMN confirmed_by,
    DROP COLUMN done_line,
    DROP COLUMN done_count,
    DROP COLUMN finished_at,
    DROP COLUMN absent_count,
    DROP COLUMN undone_at,
    DROP COLUMN removed_count,
    DROP COLUMN kept_count;
