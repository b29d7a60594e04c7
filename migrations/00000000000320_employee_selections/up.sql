-- HR writes to several employees at a time, corrects an address that nobody answers at, and sees which
-- invitations never arrived.

-- The mail of the current link was given up: nobody reads that address. Sending another link clears it.
ALTER TABLE invitations ADD COLUMN bounced_at timestamptz;
GRANT SELECT (bounced_at), UPDATE (bounced_at) ON invitations TO hz_hr, hz_admin;
GRANT UPDATE (bounced_at) ON invitations TO hz_worker;

-- What was done to a selection of employees, once per form: whoever sends it again reads what the first
-- one did.
CREATE TABLE employee_selections (
    company_id uuid NOT NULL REFERENCES companies ON DELETE CASCADE,
    -- Drawn with the form.
    request_key uuid NOT NULL,
    asked_by uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    action text NOT NULL CHECK (action IN ('invite', 'suspend', 'reactivate', 'move')),
    changed integer NOT NULL DEFAULT 0 CHECK (changed >= 0),
    asked_at timestamptz NOT NULL,
    PRIMARY KEY (company_id, request_key)
);
CREATE INDEX employee_selections_asked ON employee_selections (asked_at);
CALL hz.protect('employee_selections');
GRANT SELECT (company_id, request_key, changed), INSERT (company_id, request_key, asked_by, action, asked_at), UPDATE (changed)
    ON employee_selections TO hz_hr;
CREATE POLICY hr_company ON employee_selections TO hz_hr USING (true) WITH CHECK (true);
CREATE POLICY hr_tenant ON employee_selections AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
GRANT SELECT (asked_at), DELETE ON employee_selections TO hz_worker;
CREATE POLICY worker_purges ON employee_selections TO hz_worker USING (true);

-- Corrects the address of an account that nobody has opened: whether it did. The invitation is locked as
-- accepting it locks it, so that an address never changes under somebody who is choosing a password.
CREATE FUNCTION hz.correct_address(p_user uuid, p_email text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    PERFORM FROM public.invitations i
    WHERE i.user_id = p_user AND i.company_id = hz.company_id() AND i.accepted_at IS NULL FOR UPDATE;
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
REVOKE ALL ON FUNCTION hz.correct_address(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.correct_address(uuid, text) TO hz_hr;
