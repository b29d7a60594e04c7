-- An import is done piece by piece, says how far it is, what it did and who its file does not name; and it
-- can be taken back for a day.

ALTER TABLE employee_imports
    -- In whose name the pieces are done.
    ADD COLUMN confirmed_by uuid REFERENCES users ON DELETE RESTRICT,
    -- The last line that was dealt with, and how many were.
    ADD COLUMN done_line integer NOT NULL DEFAULT 0,
    ADD COLUMN done_count integer NOT NULL DEFAULT 0,
    ADD COLUMN finished_at timestamptz,
    -- How many employees the file does not name.
    ADD COLUMN absent_count integer,
    ADD COLUMN undone_at timestamptz,
    -- Accounts that the undoing took away, and those it left because somebody uses them.
    ADD COLUMN removed_count integer,
    ADD COLUMN kept_count integer;
UPDATE employee_imports SET confirmed_by = created_by, finished_at = confirmed_at, done_count = row_count
    WHERE confirmed_at IS NOT NULL;

GRANT UPDATE (confirmed_by, done_line, done_count, finished_at, absent_count) ON employee_imports TO hz_hr;
GRANT SELECT (company_id, confirmed_by, finished_at), UPDATE (finished_at) ON employee_imports TO hz_worker;

-- What an import did to whom, for as long as it can be taken back; and whom its file does not name.
CREATE TABLE employee_import_effects (
    import_id uuid NOT NULL,
    company_id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('created', 'changed', 'absent')),
    -- Of an account that was changed: what it said before, and what the file said.
    old_first_name text,
    old_last_name text,
    old_department text,
    old_position text,
    new_first_name text,
    new_last_name text,
    new_department text,
    new_position text,
    PRIMARY KEY (import_id, user_id),
    FOREIGN KEY (import_id, company_id) REFERENCES employee_imports (id, company_id) ON DELETE CASCADE
);
CREATE INDEX employee_import_effects_user ON employee_import_effects (user_id);
CALL hz.protect('employee_import_effects');
GRANT SELECT, INSERT ON employee_import_effects TO hz_hr;
CREATE POLICY hr_company ON employee_import_effects TO hz_hr USING (true) WITH CHECK (true);
CREATE POLICY hr_tenant ON employee_import_effects AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
GRANT SELECT (import_id), DELETE ON employee_import_effects TO hz_worker;
CREATE POLICY worker_purges ON employee_import_effects TO hz_worker USING (true);

-- Takes an import back, once and within a day: the accounts it created that nobody has opened go, names
-- and places it changed come back where nobody changed them since. No row when it is too late.
CREATE FUNCTION hz.undo_import(p_import uuid, p_now timestamptz)
    RETURNS TABLE (removed integer, kept integer, restored uuid[])
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_company uuid := hz.company_id();
    v_unused uuid[];
    v_created integer;
    v_names uuid[];
    v_places uuid[];
BEGIN
    UPDATE public.employee_imports SET undone_at = p_now
    WHERE id = p_import AND company_id = v_company AND undone_at IS NULL
      AND finished_at > p_now - interval '24 hours';
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- Locked as accepting locks them: nobody loses an account while choosing its password.
    PERFORM FROM public.invitations i JOIN public.employee_import_effects x
        ON x.user_id = i.user_id AND x.import_id = p_import AND x.kind = 'created'
    ORDER BY i.id FOR UPDATE OF i;
    SELECT count(*) INTO v_created FROM public.employee_import_effects x
    WHERE x.import_id = p_import AND x.kind = 'created';
    v_unused := array(
        SELECT u.id FROM public.employee_import_effects x JOIN public.users u ON u.id = x.user_id
        WHERE x.import_id = p_import AND x.kind = 'created' AND u.company_id = v_company AND u.role = 'employee'
          AND u.status IN ('pending', 'suspended')
          AND NOT EXISTS (SELECT FROM public.invitations i WHERE i.user_id = u.id AND i.accepted_at IS NOT NULL)
          AND NOT EXISTS (SELECT FROM public.credentials c WHERE c.user_id = u.id));
    DELETE FROM public.data_accesses WHERE subject_id = ANY (v_unused);
    DELETE FROM public.employees WHERE user_id = ANY (v_unused);
    DELETE FROM public.users WHERE id = ANY (v_unused);
    WITH named AS (
        UPDATE public.users u SET first_name = x.old_first_name, last_name = x.old_last_name
        FROM public.employee_import_effects x
        WHERE x.import_id = p_import AND x.kind = 'changed' AND u.id = x.user_id AND u.company_id = v_company
          AND (u.first_name, u.last_name) = (x.new_first_name, x.new_last_name)
          AND (u.first_name, u.last_name) <> (x.old_first_name, x.old_last_name)
        RETURNING u.id
    )
    SELECT array_agg(id) INTO v_names FROM named;
    WITH placed AS (
        UPDATE public.employees e SET department = x.old_department, position = x.old_position
        FROM public.employee_import_effects x
        WHERE x.import_id = p_import AND x.kind = 'changed' AND e.user_id = x.user_id AND e.company_id = v_company
          AND e.department IS NOT DISTINCT FROM x.new_department AND e.position IS NOT DISTINCT FROM x.new_position
          AND (e.department IS DISTINCT FROM x.old_department OR e.position IS DISTINCT FROM x.old_position)
        RETURNING e.user_id
    )
    SELECT array_agg(user_id) INTO v_places FROM placed;
    removed := cardinality(v_unused);
    kept := v_created - removed;
    restored := array(SELECT DISTINCT id FROM unnest(v_names || v_places) AS id);
    UPDATE public.employee_imports SET removed_count = removed, kept_count = kept WHERE id = p_import;
    RETURN NEXT;
END;
$$;
REVOKE ALL ON FUNCTION hz.undo_import(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.undo_import(uuid, timestamptz) TO hz_hr;
