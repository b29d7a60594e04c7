-- What a company's HR asks the platform, and what it answers. Words and files are sealed with a key of the ticket's,
-- which HR of that company and the platform's admins can open; what admins note among themselves has another, theirs.

CREATE TABLE support_tickets (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    author_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    -- Drawn with the form: the same form sent twice is one ticket.
    client_id uuid NOT NULL,
    category text NOT NULL CHECK (category IN ('accounts', 'import', 'figures', 'technical', 'privacy', 'other')),
    priority text NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    subject_sealed bytea,
    -- Open: the platform's turn. Answered: the company's. Resolved by the platform, closed by the company.
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'answered', 'resolved', 'closed')),
    assignee_id uuid REFERENCES users ON DELETE RESTRICT,
    escalated_at timestamptz,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT support_tickets_client UNIQUE (company_id, client_id),
    CONSTRAINT support_tickets_ended CHECK ((status IN ('resolved', 'closed')) = (ended_at IS NOT NULL))
);
CREATE INDEX support_tickets_company ON support_tickets (company_id, changed_at DESC);
CREATE INDEX support_tickets_status ON support_tickets (status, changed_at DESC);
CREATE INDEX support_tickets_created ON support_tickets (created_at);
CREATE INDEX support_tickets_author ON support_tickets (author_id);
CREATE INDEX support_tickets_assignee ON support_tickets (assignee_id) WHERE assignee_id IS NOT NULL;

-- The life of a ticket, and whose step each is.
CREATE FUNCTION hz.support_states() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_allowed boolean := (OLD.status, NEW.status) IN (
        ('open', 'answered'), ('answered', 'open'), ('open', 'resolved'), ('answered', 'resolved'),
        ('open', 'closed'), ('answered', 'closed'), ('resolved', 'closed'), ('resolved', 'open'), ('closed', 'open'));
    v_company boolean := NEW.status IN ('open', 'closed');
BEGIN
    IF NOT v_allowed OR (current_user = 'hz_hr' AND NOT v_company) OR (current_user = 'hz_admin' AND v_company) THEN
        RAISE EXCEPTION 'a ticket does not go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'support_tickets_transition';
    END IF;
    RETURN NEW;
END;
$$;
REVOKE ALL ON FUNCTION hz.support_states() FROM PUBLIC;
CREATE TRIGGER support_states BEFORE UPDATE ON support_tickets FOR EACH ROW
    WHEN (NEW.status IS DISTINCT FROM OLD.status) EXECUTE FUNCTION hz.support_states();

CREATE TABLE support_messages (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    ticket_id uuid NOT NULL REFERENCES support_tickets ON DELETE CASCADE,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    author_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    from_platform boolean NOT NULL,
    client_id uuid NOT NULL,
    -- The order in which they were written; two may share their moment.
    position bigint GENERATED ALWAYS AS IDENTITY,
    text_sealed bytea NOT NULL,
    sent_at timestamptz NOT NULL,
    CONSTRAINT support_messages_client UNIQUE (ticket_id, client_id)
);
CREATE INDEX support_messages_ticket ON support_messages (ticket_id, position);
CREATE INDEX support_messages_author ON support_messages (author_id, sent_at);

CREATE TABLE support_files (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    message_id uuid NOT NULL UNIQUE REFERENCES support_messages ON DELETE CASCADE,
    ticket_id uuid NOT NULL REFERENCES support_tickets ON DELETE CASCADE,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    -- What its first bytes say it is, and nothing else is taken.
    kind text NOT NULL CHECK (kind IN ('image/jpeg', 'image/png', 'application/pdf')),
    -- Bytes of the content before it was sealed.
    size integer NOT NULL CHECK (size > 0),
    name_sealed bytea NOT NULL,
    content_sealed bytea NOT NULL
);
ALTER TABLE support_files ALTER COLUMN content_sealed SET STORAGE EXTERNAL;
CREATE INDEX support_files_ticket ON support_files (ticket_id);

-- What admins tell each other about a ticket.
CREATE TABLE support_notes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    ticket_id uuid NOT NULL REFERENCES support_tickets ON DELETE CASCADE,
    author_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    client_id uuid NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    text_sealed bytea NOT NULL,
    written_at timestamptz NOT NULL,
    CONSTRAINT support_notes_client UNIQUE (ticket_id, client_id)
);
CREATE INDEX support_notes_author ON support_notes (author_id);

-- Answers to what is asked often: about nobody.
CREATE TABLE support_canned (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
    body text NOT NULL CHECK (length(body) BETWEEN 1 AND 5000),
    changed_at timestamptz NOT NULL
);

CALL hz.protect('support_tickets');
CALL hz.protect('support_messages');
CALL hz.protect('support_files');
CALL hz.protect('support_notes');
CALL hz.protect('support_canned');

GRANT SELECT (id, company_id, author_id, client_id, category, priority, subject_sealed, status, created_at, changed_at, ended_at),
    INSERT (id, company_id, author_id, client_id, category, priority, created_at, changed_at),
    UPDATE (subject_sealed, status, changed_at, ended_at) ON support_tickets TO hz_hr;
GRANT SELECT, UPDATE (status, assignee_id, escalated_at, changed_at, ended_at) ON support_tickets TO hz_admin;
GRANT SELECT (id, company_id, author_id, status) ON support_tickets TO hz_worker;
CREATE POLICY hr_company ON support_tickets FOR SELECT TO hz_hr USING (true);
CREATE POLICY hr_asks ON support_tickets FOR INSERT TO hz_hr WITH CHECK (author_id = (SELECT hz.user_id()));
CREATE POLICY hr_goes_on ON support_tickets FOR UPDATE TO hz_hr USING (true) WITH CHECK (true);
CREATE POLICY hr_tenant ON support_tickets AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY admin_all ON support_tickets FOR SELECT TO hz_admin USING (true);
CREATE POLICY admin_goes_on ON support_tickets FOR UPDATE TO hz_admin USING (true) WITH CHECK (true);
CREATE POLICY worker_reads ON support_tickets FOR SELECT TO hz_worker USING (true);

GRANT SELECT, INSERT (id, ticket_id, company_id, author_id, from_platform, client_id, text_sealed, sent_at)
    ON support_messages TO hz_hr, hz_admin;
GRANT SELECT (id, ticket_id, from_platform, sent_at) ON support_messages TO hz_worker;
CREATE POLICY hr_company ON support_messages FOR SELECT TO hz_hr USING (true);
CREATE POLICY hr_writes ON support_messages FOR INSERT TO hz_hr
    WITH CHECK (NOT from_platform AND author_id = (SELECT hz.user_id())
        AND EXISTS (SELECT FROM support_tickets t WHERE t.id = ticket_id AND t.company_id = support_messages.company_id));
CREATE POLICY hr_tenant ON support_messages AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY admin_all ON support_messages FOR SELECT TO hz_admin USING (true);
CREATE POLICY admin_writes ON support_messages FOR INSERT TO hz_admin
    WITH CHECK (from_platform AND author_id = (SELECT hz.user_id())
        AND EXISTS (SELECT FROM support_tickets t WHERE t.id = ticket_id AND t.company_id = support_messages.company_id));
CREATE POLICY worker_reads ON support_messages FOR SELECT TO hz_worker USING (true);

GRANT SELECT, INSERT (id, message_id, ticket_id, company_id, kind, size, name_sealed, content_sealed)
    ON support_files TO hz_hr, hz_admin;
CREATE POLICY hr_company ON support_files FOR SELECT TO hz_hr USING (true);
CREATE POLICY author_attaches ON support_files FOR INSERT TO hz_hr, hz_admin
    WITH CHECK (EXISTS (SELECT FROM support_messages m
        WHERE m.id = message_id AND m.author_id = (SELECT hz.user_id())
          AND m.ticket_id = support_files.ticket_id AND m.company_id = support_files.company_id));
CREATE POLICY hr_tenant ON support_files AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY admin_all ON support_files FOR SELECT TO hz_admin USING (true);

GRANT SELECT, INSERT (id, ticket_id, author_id, client_id, text_sealed, written_at) ON support_notes TO hz_admin;
CREATE POLICY admin_all ON support_notes FOR SELECT TO hz_admin USING (true);
CREATE POLICY admin_notes ON support_notes FOR INSERT TO hz_admin WITH CHECK (author_id = (SELECT hz.user_id()));

GRANT SELECT, INSERT (id, title, body, changed_at), UPDATE (title, body, changed_at), DELETE ON support_canned TO hz_admin;
CREATE POLICY admin_all ON support_canned TO hz_admin USING (true) WITH CHECK (true);

-- The keys: HR makes the one of its ticket, the platform opens with it; the one of the notes is the admins'. They lie
-- in a table of their own, so that HR still has no right on `data_keys`, where the keys of what people confide are.
-- It inherits from that one: whoever wraps, counts or destroys keys there does it here with the same statement, under
-- the policies of that one.
DO $$
DECLARE
    v_check text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conname = 'data_keys_scope_check' AND conrelid = 'data_keys'::regclass);
BEGIN
    EXECUTE 'ALTER TABLE data_keys DROP CONSTRAINT data_keys_scope_check, ADD CONSTRAINT data_keys_scope_check '
        || regexp_replace(v_check, '\]\)', ', ''support''::text, ''support_note''::text])');
END;
$$;
CREATE TABLE ticket_keys (
    LIKE data_keys INCLUDING DEFAULTS INCLUDING INDEXES,
    CONSTRAINT ticket_keys_scope CHECK (scope IN ('support', 'support_note'))
) INHERITS (data_keys);
CALL hz.protect('ticket_keys');
GRANT SELECT (id, scope, owner_id, version, kek, wrapped), INSERT (id, scope, owner_id, version, kek, wrapped)
    ON ticket_keys TO hz_hr, hz_admin;
CREATE POLICY company ON ticket_keys FOR SELECT TO hz_hr
    USING (scope = 'support' AND EXISTS (SELECT FROM support_tickets t WHERE t.id = owner_id));
CREATE POLICY company_creates ON ticket_keys FOR INSERT TO hz_hr
    WITH CHECK (scope = 'support' AND EXISTS (SELECT FROM support_tickets t WHERE t.id = owner_id));
CREATE POLICY platform ON ticket_keys FOR SELECT TO hz_admin USING (true);
CREATE POLICY platform_creates ON ticket_keys FOR INSERT TO hz_admin
    WITH CHECK (scope = 'support_note' AND EXISTS (SELECT FROM support_tickets t WHERE t.id = owner_id));
GRANT INSERT (id, scope, owner_id, version, kek, wrapped) ON ticket_keys TO hz_keys;
CREATE POLICY keys_renews ON ticket_keys FOR INSERT TO hz_keys WITH CHECK (version > 1);

-- They are given new versions like the others.
GRANT SELECT (id, subject_sealed), UPDATE (subject_sealed) ON support_tickets TO hz_reseal;
GRANT SELECT (id, ticket_id, text_sealed), UPDATE (text_sealed) ON support_messages TO hz_reseal;
GRANT SELECT (id, ticket_id, name_sealed, content_sealed), UPDATE (name_sealed, content_sealed) ON support_files TO hz_reseal;
GRANT SELECT (id, ticket_id, text_sealed), UPDATE (text_sealed) ON support_notes TO hz_reseal;
CREATE POLICY reseal ON support_tickets TO hz_reseal USING (subject_sealed IS NOT NULL) WITH CHECK (subject_sealed IS NOT NULL);
CREATE POLICY reseal ON support_messages TO hz_reseal USING (true) WITH CHECK (true);
CREATE POLICY reseal ON support_files TO hz_reseal USING (true) WITH CHECK (true);
CREATE POLICY reseal ON support_notes TO hz_reseal USING (true) WITH CHECK (true);

-- Destroys tickets that ended before a moment: rows, files and keys. Answers how many; to be called until it answers none.
CREATE FUNCTION hz.forget_tickets(p_before timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_over uuid[] := array(
        SELECT t.id FROM public.support_tickets t
        WHERE t.ended_at < least(p_before, now() - interval '30 days') LIMIT 100 FOR UPDATE SKIP LOCKED);
BEGIN
    DELETE FROM public.data_keys WHERE scope IN ('support', 'support_note') AND owner_id = ANY (v_over);
    DELETE FROM public.support_tickets WHERE id = ANY (v_over);
    RETURN cardinality(v_over);
END;
$$;
REVOKE ALL ON FUNCTION hz.forget_tickets(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.forget_tickets(timestamptz) TO hz_worker;
