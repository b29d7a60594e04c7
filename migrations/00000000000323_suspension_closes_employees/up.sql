-- What HR of a suspended company no longer reaches includes what came with selections, import reports and
-- registrations.
CREATE POLICY hr_open ON employee_selections AS RESTRICTIVE TO hz_hr
    USING ((SELECT hz.hr_is_open())) WITH CHECK ((SELECT hz.hr_is_open()));
CREATE POLICY hr_open ON employee_import_effects AS RESTRICTIVE TO hz_hr
    USING ((SELECT hz.hr_is_open())) WITH CHECK ((SELECT hz.hr_is_open()));
CREATE POLICY hr_open ON registrations AS RESTRICTIVE TO hz_hr
    USING ((SELECT hz.hr_is_open())) WITH CHECK ((SELECT hz.hr_is_open()));

-- The functions that act for HR look past the policies, and ask the same.
CREATE OR REPLACE FUNCTION hz.correct_address(p_user uuid, p_email text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    PERFORM FROM public.invitations i
    WHERE hz.hr_is_open() AND i.user_id = p_user AND i.company_id = hz.company_id() AND i.accepted_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE public.users u SET email = p_email
    WHERE u.id = p_user AND u.company_id = hz.company_id() AND u.role = 'employee' AND u.status = 'pending'
      AND EXISTS (SELECT FROM public.companies c
                  WHERE c.id = u.company_id AND split_part(p_email, '@', 2) = ANY (c.email_domains));
    RETURN FOUND;
END;
$$;
CREATE OR REPLACE FUNCTION hz.undo_import(p_import uuid, p_now timestamptz)
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
    WHERE hz.hr_is_open() AND id = p_import AND company_id = v_company AND undone_at IS NULL
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
