-- What the two participants of a consultation write to each other. HR, admins, super admins and the
-- worker have no right on any of it, but for who has something unread (the worker, for its mails).

-- One row per consultation in which something was written.
CREATE TABLE chat_threads (
    consultation_id uuid PRIMARY KEY REFERENCES consultations ON DELETE RESTRICT,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    -- Counts what happened: each message, and each change of one, takes the next number. Whoever has
    -- seen a number has seen all below it: they are given out under this row's lock.
    last_change bigint NOT NULL CHECK (last_change >= 0),
    last_message_at timestamptz NOT NULL
);

CREATE TABLE chat_messages (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    consultation_id uuid NOT NULL REFERENCES consultations ON DELETE RESTRICT,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    sender_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    -- Drawn by the sender: the same message sent twice is one.
    client_id uuid NOT NULL,
    -- Its number when it was written, and when it last changed; the trigger below gives both.
    position bigint NOT NULL,
    change bigint NOT NULL,
    -- Absent for a message that is a file alone, and for one that was deleted.
    text_sealed bytea,
    sent_at timestamptz NOT NULL,
    edited_at timestamptz,
    deleted_at timestamptz,
    CONSTRAINT chat_messages_client UNIQUE (consultation_id, sender_id, client_id),
    CONSTRAINT chat_messages_position UNIQUE (consultation_id, position),
    CONSTRAINT chat_messages_change UNIQUE (consultation_id, change),
    CONSTRAINT chat_messages_deleted CHECK (deleted_at IS NULL OR text_sealed IS NULL)
);

-- A file of a message. The id is its name in storage: it says nothing of what is in it.
CREATE TABLE chat_attachments (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    message_id uuid NOT NULL UNIQUE REFERENCES chat_messages ON DELETE CASCADE,
    consultation_id uuid NOT NULL REFERENCES consultations ON DELETE RESTRICT,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    -- What its first bytes say it is, and nothing else is taken.
    kind text NOT NULL CHECK (kind IN ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
    -- Bytes of the content before it was sealed.
    size integer NOT NULL CHECK (size > 0),
    -- Of an image, in pixels.
    width integer CHECK (width > 0),
    height integer CHECK (height > 0),
    name_sealed bytea NOT NULL,
    content_sealed bytea NOT NULL
);
-- Sealed bytes do not compress.
ALTER TABLE chat_attachments ALTER COLUMN content_sealed SET STORAGE EXTERNAL;
CREATE INDEX chat_attachments_consultation ON chat_attachments (consultation_id);

-- How far each of the two has read, and how much waits for them.
CREATE TABLE chat_reads (
    consultation_id uuid NOT NULL REFERENCES consultations ON DELETE RESTRICT,
    user_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    -- The position of the last message that was read.
    last_read bigint NOT NULL DEFAULT 0 CHECK (last_read >= 0),
    read_at timestamptz,
    -- Messages of the other after it, a hundred at most; and since when.
    unread integer NOT NULL DEFAULT 0 CHECK (unread >= 0),
    unread_since timestamptz,
    PRIMARY KEY (consultation_id, user_id)
);
CREATE INDEX chat_reads_unread ON chat_reads (user_id) INCLUDE (unread) WHERE unread > 0;
CREATE INDEX chat_reads_user ON chat_reads (user_id);

CALL hz.protect('chat_threads');
CALL hz.protect('chat_messages');
CALL hz.protect('chat_attachments');
CALL hz.protect('chat_reads');

-- Numbers what is written, and keeps what stays.
CREATE FUNCTION hz.chat_numbers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.deleted_at IS NOT NULL
        OR (NEW.id, NEW.consultation_id, NEW.company_id, NEW.sender_id, NEW.client_id, NEW.position, NEW.sent_at)
            IS DISTINCT FROM
           (OLD.id, OLD.consultation_id, OLD.company_id, OLD.sender_id, OLD.client_id, OLD.position, OLD.sent_at)) THEN
        RAISE EXCEPTION 'what was written stays where it was written'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'chat_messages_frozen';
    END IF;
    INSERT INTO public.chat_threads AS t (consultation_id, company_id, last_change, last_message_at)
        VALUES (NEW.consultation_id, NEW.company_id, 1, NEW.sent_at)
        ON CONFLICT (consultation_id) DO UPDATE
            SET last_change = t.last_change + 1, last_message_at = greatest(t.last_message_at, NEW.sent_at)
        RETURNING last_change INTO NEW.change;
    IF TG_OP = 'INSERT' THEN
        NEW.position := NEW.change;
    END IF;
    RETURN NEW;
END;
$$;
REVOKE ALL ON FUNCTION hz.chat_numbers() FROM PUBLIC;
CREATE TRIGGER chat_numbers BEFORE INSERT OR UPDATE ON chat_messages
    FOR EACH ROW EXECUTE FUNCTION hz.chat_numbers();

-- What waits for a reader: counted, never added up.
CREATE FUNCTION hz.chat_waiting(p_consultation uuid, p_reader uuid, p_last_read bigint)
    RETURNS TABLE (messages integer, since timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' ROWS 1 AS $$
BEGIN
    RETURN QUERY
    SELECT count(*)::integer, min(m.sent_at)
    FROM (SELECT w.sent_at FROM public.chat_messages w
          WHERE w.consultation_id = p_consultation AND w.position > p_last_read
            AND w.sender_id <> p_reader AND w.deleted_at IS NULL
          ORDER BY w.position LIMIT 100) m;
END;
$$;
REVOKE ALL ON FUNCTION hz.chat_waiting(uuid, uuid, bigint) FROM PUBLIC;

-- Reading goes forward, and not beyond what was written.
CREATE FUNCTION hz.chat_read() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    NEW.last_read := least(NEW.last_read, coalesce((
        SELECT t.last_change FROM public.chat_threads t WHERE t.consultation_id = NEW.consultation_id), 0));
    IF TG_OP = 'UPDATE' THEN
        NEW.last_read := greatest(NEW.last_read, OLD.last_read);
    END IF;
    SELECT w.messages, w.since INTO NEW.unread, NEW.unread_since
        FROM hz.chat_waiting(NEW.consultation_id, NEW.user_id, NEW.last_read) w;
    RETURN NEW;
END;
$$;
REVOKE ALL ON FUNCTION hz.chat_read() FROM PUBLIC;
CREATE TRIGGER chat_read BEFORE INSERT OR UPDATE ON chat_reads
    FOR EACH ROW EXECUTE FUNCTION hz.chat_read();

-- A message waits for the other; whoever writes has read what is above. A deleted one waits for nobody,
-- and takes its file along.
CREATE FUNCTION hz.chat_written() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO public.chat_reads AS r (consultation_id, user_id, company_id, last_read, read_at)
        SELECT c.id, reader.id, c.company_id,
               CASE WHEN TG_OP = 'INSERT' AND reader.id = NEW.sender_id THEN NEW.position ELSE 0 END,
               CASE WHEN TG_OP = 'INSERT' AND reader.id = NEW.sender_id THEN NEW.sent_at END
        FROM public.consultations c, LATERAL (VALUES (c.employee_id), (c.practitioner_id)) AS reader (id)
        WHERE c.id = NEW.consultation_id
        ORDER BY reader.id
        ON CONFLICT (consultation_id, user_id) DO UPDATE
            SET last_read = greatest(r.last_read, EXCLUDED.last_read), read_at = coalesce(EXCLUDED.read_at, r.read_at);
    IF NEW.deleted_at IS NOT NULL THEN
        DELETE FROM public.chat_attachments WHERE message_id = NEW.id;
    END IF;
    RETURN NULL;
END;
$$;
REVOKE ALL ON FUNCTION hz.chat_written() FROM PUBLIC;
CREATE TRIGGER chat_written AFTER INSERT OR UPDATE ON chat_messages
    FOR EACH ROW EXECUTE FUNCTION hz.chat_written();

GRANT SELECT ON chat_threads TO hz_employee, hz_practitioner;
CREATE POLICY participants ON chat_threads FOR SELECT TO hz_employee, hz_practitioner
    USING (EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id));
CREATE POLICY employee_tenant ON chat_threads AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));

GRANT SELECT, INSERT (id, consultation_id, company_id, sender_id, client_id, text_sealed, sent_at),
    UPDATE (text_sealed, edited_at, deleted_at) ON chat_messages TO hz_employee, hz_practitioner;
CREATE POLICY participants ON chat_messages FOR SELECT TO hz_employee, hz_practitioner
    USING (EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id));
-- The chat opens when the appointment is booked, and closes when it is cancelled.
CREATE POLICY participants_write ON chat_messages FOR INSERT TO hz_employee, hz_practitioner
    WITH CHECK (sender_id = (SELECT hz.user_id())
        AND EXISTS (SELECT FROM consultations c
            WHERE c.id = consultation_id AND c.company_id = chat_messages.company_id
              AND c.status NOT IN ('held', 'cancelled')));
CREATE POLICY sender_changes ON chat_messages FOR UPDATE TO hz_employee, hz_practitioner
    USING (sender_id = (SELECT hz.user_id())
        AND EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id))
    WITH CHECK (sender_id = (SELECT hz.user_id()));
CREATE POLICY employee_tenant ON chat_messages AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));

GRANT SELECT, INSERT (id, message_id, consultation_id, company_id, kind, size, width, height, name_sealed, content_sealed)
    ON chat_attachments TO hz_employee, hz_practitioner;
CREATE POLICY participants ON chat_attachments FOR SELECT TO hz_employee, hz_practitioner
    USING (EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id));
CREATE POLICY sender_attaches ON chat_attachments FOR INSERT TO hz_employee, hz_practitioner
    WITH CHECK (EXISTS (SELECT FROM chat_messages m
        WHERE m.id = message_id AND m.sender_id = (SELECT hz.user_id()) AND m.deleted_at IS NULL
          AND m.consultation_id = chat_attachments.consultation_id AND m.company_id = chat_attachments.company_id));
CREATE POLICY employee_tenant ON chat_attachments AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));

GRANT SELECT, INSERT (consultation_id, user_id, company_id, last_read, read_at), UPDATE (last_read, read_at)
    ON chat_reads TO hz_employee, hz_practitioner;
CREATE POLICY participants ON chat_reads FOR SELECT TO hz_employee, hz_practitioner
    USING (EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id));
CREATE POLICY own_begins ON chat_reads FOR INSERT TO hz_employee, hz_practitioner
    WITH CHECK (user_id = (SELECT hz.user_id())
        AND EXISTS (SELECT FROM consultations c
            WHERE c.id = consultation_id AND c.company_id = chat_reads.company_id));
CREATE POLICY own_goes_on ON chat_reads FOR UPDATE TO hz_employee, hz_practitioner
    USING (user_id = (SELECT hz.user_id())) WITH CHECK (user_id = (SELECT hz.user_id()));
CREATE POLICY employee_tenant ON chat_reads AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
GRANT SELECT (consultation_id, user_id, unread, unread_since) ON chat_reads TO hz_worker;
CREATE POLICY worker_reads ON chat_reads FOR SELECT TO hz_worker USING (true);

-- A key of its own: when the retention time is over, the chat is destroyed and the rest of the
-- consultation stays readable.
ALTER TABLE data_keys DROP CONSTRAINT data_keys_scope_check,
    ADD CONSTRAINT data_keys_scope_check CHECK (scope IN ('consultation', 'moderation', 'chat'));
CREATE POLICY chat_participants ON data_keys FOR SELECT TO hz_employee, hz_practitioner
    USING (scope = 'chat' AND EXISTS (SELECT FROM consultations c WHERE c.id = owner_id));
CREATE POLICY chat_participants_create ON data_keys FOR INSERT TO hz_employee, hz_practitioner
    WITH CHECK (scope = 'chat' AND EXISTS (SELECT FROM consultations c WHERE c.id = owner_id));

-- Destroys what was written in consultations that ended before a moment: rows, files and keys. Answers
-- how many chats that were; to be called until it answers none.
CREATE FUNCTION hz.forget_chats(p_before timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_over uuid[];
BEGIN
    SELECT array_agg(t.consultation_id) INTO v_over FROM (
        SELECT t.consultation_id FROM public.chat_threads t
        JOIN public.consultations c ON c.id = t.consultation_id
        WHERE greatest(c.ends_at, coalesce(c.ended_at, c.ends_at)) < p_before
        LIMIT 100 FOR UPDATE OF t SKIP LOCKED) t;
    DELETE FROM public.data_keys WHERE scope = 'chat' AND owner_id = ANY (v_over);
    DELETE FROM public.chat_attachments WHERE consultation_id = ANY (v_over);
    DELETE FROM public.chat_messages WHERE consultation_id = ANY (v_over);
    DELETE FROM public.chat_reads WHERE consultation_id = ANY (v_over);
    DELETE FROM public.chat_threads WHERE consultation_id = ANY (v_over);
    RETURN coalesce(cardinality(v_over), 0);
END;
$$;
REVOKE ALL ON FUNCTION hz.forget_chats(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.forget_chats(timestamptz) TO hz_worker;

-- As before, with the messages that wait.
DROP FUNCTION hz.session_identity(bytea);
CREATE FUNCTION hz.session_identity(p_token_hash bytea)
    RETURNS TABLE (session_id uuid, user_id uuid, role text, company_id uuid, company_name text,
                   email text, first_name text, last_name text, locale text, theme text, timezone text,
                   current_token boolean, rotated_at timestamptz, expires_at timestamptz, unread integer,
                   unread_messages integer)
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
                LIMIT 100) AS unread),
           (SELECT least(coalesce(sum(r.unread), 0), 100)::integer FROM public.chat_reads r
            WHERE r.user_id = u.id AND r.unread > 0)
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
