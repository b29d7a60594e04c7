-- What people are told about their appointments: in the application, by mail, in their calendar.

-- One row tells one person one thing. Mails are sent from it, reminders are counted by it. It holds no
-- sentence: the reader's language and what is true decide when it is read.
CREATE TABLE notices (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- The order in which things happened; two of them may share their moment.
    position bigint GENERATED ALWAYS AS IDENTITY,
    recipient_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    -- Only holds are ever deleted, and with them the offers that told of them.
    consultation_id uuid NOT NULL REFERENCES consultations ON DELETE CASCADE,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    kind text NOT NULL CHECK (kind IN (
        'booked', 'confirmed', 'rescheduled', 'cancelled', 'released', 'no_show', 'no_show_contested',
        'practitioner_absent', 'offered', 'reminder_48h', 'reminder_24h', 'reminder_1h')),
    -- The appointment's start when this was written, and before it was moved.
    starts_at timestamptz NOT NULL,
    previous_starts_at timestamptz,
    -- The recipient did it: known to them already.
    by_recipient boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    read_at timestamptz,
    CONSTRAINT notices_moved CHECK ((kind = 'rescheduled') = (previous_starts_at IS NOT NULL))
);
-- A reminder is written once per start: a change of time arms it again, a restart does not.
CREATE UNIQUE INDEX notices_reminded ON notices (consultation_id, recipient_id, kind, starts_at)
    WHERE kind IN ('reminder_48h', 'reminder_24h', 'reminder_1h');
CREATE INDEX notices_recipient ON notices (recipient_id, position DESC);
CREATE INDEX notices_unread ON notices (recipient_id) INCLUDE (kind) WHERE read_at IS NULL;
CREATE INDEX notices_consultation ON notices (consultation_id, recipient_id, position);
CREATE INDEX notices_age ON notices (created_at);

-- The worker looks for what begins in the next two days, every five minutes.
CREATE INDEX consultations_ahead ON consultations (starts_at) WHERE status = 'confirmed';

-- What somebody wants to be told, where and when. No row: the defaults of the role.
CREATE TABLE notification_preferences (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    -- What changes an appointment always shows in the application.
    muted_in_app text[] NOT NULL CHECK (muted_in_app <@ ARRAY[
        'booked', 'confirmed', 'reminder_48h', 'reminder_24h', 'reminder_1h']),
    muted_mail text[] NOT NULL CHECK (muted_mail <@ ARRAY[
        'booked', 'confirmed', 'changed', 'reminder_48h', 'reminder_24h', 'reminder_1h']),
    -- Local hours of the person's zone in which no mail leaves; both absent: none.
    quiet_from time,
    quiet_until time,
    discreet boolean NOT NULL,
    CONSTRAINT notification_preferences_quiet CHECK (
        (quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_from <> quiet_until)
);

-- Where an employee's mails go instead of the account's address, once a link sent there was followed.
CREATE TABLE personal_addresses (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    email text CHECK (email = lower(email) AND length(email) <= 254),
    pending_email text CHECK (pending_email = lower(pending_email) AND length(pending_email) <= 254),
    -- Part of the signed link; asking again draws another and voids the links before.
    pending_nonce uuid NOT NULL DEFAULT gen_random_uuid(),
    pending_until timestamptz,
    -- How many links were asked for since then: nobody fills a stranger's mailbox from here.
    asked_count integer NOT NULL DEFAULT 0,
    asked_since timestamptz NOT NULL,
    CONSTRAINT personal_addresses_pending CHECK ((pending_email IS NULL) = (pending_until IS NULL))
);

-- Private addresses of a calendar. Only the hash of the secret is kept: it is shown once.
CREATE TABLE calendar_feeds (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE UNIQUE INDEX calendar_feeds_live ON calendar_feeds (user_id) WHERE revoked_at IS NULL;

CALL hz.protect('notices');
CALL hz.protect('notification_preferences');
CALL hz.protect('personal_addresses');
CALL hz.protect('calendar_feeds');

GRANT SELECT, UPDATE (read_at),
    INSERT (id, recipient_id, consultation_id, company_id, kind, starts_at, previous_starts_at, by_recipient, created_at, read_at)
    ON notices TO hz_employee, hz_practitioner;
GRANT SELECT, INSERT, DELETE ON notices TO hz_worker;
CREATE POLICY own ON notices FOR SELECT TO hz_employee, hz_practitioner
    USING (recipient_id = (SELECT hz.user_id()));
CREATE POLICY own_is_read ON notices FOR UPDATE TO hz_employee, hz_practitioner
    USING (recipient_id = (SELECT hz.user_id())) WITH CHECK (recipient_id = (SELECT hz.user_id()));
-- Each of the two tells both.
CREATE POLICY participants_tell ON notices FOR INSERT TO hz_employee, hz_practitioner
    WITH CHECK (EXISTS (SELECT FROM consultations c
        WHERE c.id = consultation_id AND c.company_id = notices.company_id
          AND recipient_id IN (c.employee_id, c.practitioner_id)));
CREATE POLICY employee_tenant ON notices AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY worker_all ON notices TO hz_worker USING (true) WITH CHECK (true);

GRANT SELECT, INSERT, UPDATE (muted_in_app, muted_mail, quiet_from, quiet_until, discreet)
    ON notification_preferences TO hz_employee, hz_practitioner;
GRANT SELECT ON notification_preferences TO hz_worker;
CREATE POLICY own ON notification_preferences TO hz_employee, hz_practitioner
    USING (user_id = (SELECT hz.user_id())) WITH CHECK (user_id = (SELECT hz.user_id()));
CREATE POLICY worker_reads ON notification_preferences FOR SELECT TO hz_worker USING (true);

-- The nonce is the link's: whoever asks for it never reads it.
GRANT SELECT (user_id, email, pending_email, pending_until, asked_count, asked_since), DELETE,
    INSERT (user_id, pending_email, pending_until, asked_count, asked_since),
    UPDATE (email, pending_email, pending_nonce, pending_until, asked_count, asked_since)
    ON personal_addresses TO hz_employee;
GRANT SELECT (user_id, email, pending_email, pending_nonce, pending_until), UPDATE (email, pending_email, pending_until)
    ON personal_addresses TO hz_visitor;
GRANT SELECT (user_id, email, pending_email, pending_nonce, pending_until) ON personal_addresses TO hz_worker;
CREATE POLICY own ON personal_addresses TO hz_employee
    USING (user_id = (SELECT hz.user_id())) WITH CHECK (user_id = (SELECT hz.user_id()));
CREATE POLICY visitor_own ON personal_addresses FOR SELECT TO hz_visitor USING (user_id = (SELECT hz.user_id()));
CREATE POLICY visitor_confirms ON personal_addresses FOR UPDATE TO hz_visitor
    USING (user_id = (SELECT hz.user_id())) WITH CHECK (user_id = (SELECT hz.user_id()));
CREATE POLICY worker_reads ON personal_addresses FOR SELECT TO hz_worker USING (true);

GRANT SELECT (id, user_id, created_at, revoked_at), INSERT (user_id, token_hash, created_at), UPDATE (revoked_at)
    ON calendar_feeds TO hz_employee, hz_practitioner;
CREATE POLICY own ON calendar_feeds TO hz_employee, hz_practitioner
    USING (user_id = (SELECT hz.user_id())) WITH CHECK (user_id = (SELECT hz.user_id()));

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

-- The identity behind a session token, with how much there is to read: every page shows it, no page
-- asks for it. A hundred is "many".
DROP FUNCTION hz.session_identity(bytea);
CREATE FUNCTION hz.session_identity(p_token_hash bytea)
    RETURNS TABLE (session_id uuid, user_id uuid, role text, company_id uuid, company_name text,
                   email text, first_name text, last_name text, locale text, theme text, timezone text,
                   current_token boolean, rotated_at timestamptz, expires_at timestamptz, unread integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan ROWS 1 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT s.id, u.id, u.role, u.company_id, c.name, u.email, u.first_name, u.last_name, u.locale, u.theme,
           u.timezone, s.token_hash = p_token_hash, s.rotated_at, s.expires_at,
           (SELECT count(*)::integer FROM (
                SELECT FROM public.notices n
                WHERE n.recipient_id = u.id AND n.read_at IS NULL
                  AND n.kind <> ALL (coalesce(p.muted_in_app, '{}'))
                LIMIT 100) AS unread)
    FROM public.sessions s
    JOIN public.users u ON u.id = s.user_id
    LEFT JOIN public.companies c ON c.id = u.company_id
    LEFT JOIN public.notification_preferences p ON p.user_id = u.id
    WHERE (s.token_hash = p_token_hash OR s.previous_token_hash = p_token_hash)
      AND s.revoked_at IS NULL AND u.status = 'active';
END;
$$;
REVOKE ALL ON FUNCTION hz.session_identity(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.session_identity(bytea) TO hz_visitor;

-- Mails that wait under their former names are told as notices, so that the change of version loses none.
WITH waiting AS (
    DELETE FROM jobs
    WHERE kind IN ('booking.booked', 'booking.confirmed', 'booking.cancelled') AND status = 'pending'
    RETURNING split_part(kind, '.', 2) AS kind, (payload ->> 'consultation_id')::uuid AS consultation_id,
              (payload ->> 'recipient_id')::uuid AS recipient_id, created_at
), told AS (
    INSERT INTO notices (recipient_id, consultation_id, company_id, kind, starts_at, by_recipient, created_at)
    SELECT w.recipient_id, c.id, c.company_id, w.kind, c.starts_at,
           w.recipient_id IS NOT DISTINCT FROM CASE w.kind
               WHEN 'booked' THEN c.employee_id WHEN 'confirmed' THEN c.practitioner_id ELSE c.cancelled_by END,
           w.created_at
    FROM waiting w JOIN consultations c ON c.id = w.consultation_id
    ORDER BY w.created_at
    RETURNING id
)
INSERT INTO jobs (kind, payload, dedup_key)
SELECT 'notifications.mail', jsonb_build_object('notice_id', id), 'notifications.mail:' || id || ':0' FROM told;
