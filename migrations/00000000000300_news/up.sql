-- What a company's HR tells its employees: written, published at its hour, read. Texts for a whole company are
-- kept in clear; who read them is shown to nobody but the reader.

CREATE TABLE news_posts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    -- Drawn with the form: the same form sent twice is one post.
    client_id uuid NOT NULL,
    slug text NOT NULL CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 100),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 160),
    -- Sanitised markup; sanitised again when it is read.
    body text NOT NULL CHECK (octet_length(body) <= 1048576),
    -- For whom: names of departments, and everybody when there is none.
    departments text[] NOT NULL DEFAULT '{}' CHECK (cardinality(departments) <= 100),
    -- Told by mail too.
    by_mail boolean NOT NULL DEFAULT false,
    status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'scheduled', 'published', 'archived')),
    publish_at timestamptz,
    published_at timestamptz,
    archived_at timestamptz,
    -- Counts the savings: a form says which one it was made from.
    revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT news_posts_slug UNIQUE (company_id, slug),
    CONSTRAINT news_posts_client UNIQUE (company_id, client_id),
    CONSTRAINT news_posts_dates CHECK (
        (status = 'scheduled') = (publish_at IS NOT NULL)
        AND (status IN ('published', 'archived')) = (published_at IS NOT NULL)
        AND (status = 'archived') = (archived_at IS NOT NULL)),
    CONSTRAINT news_posts_says_something CHECK (status = 'draft' OR body <> '')
);
CREATE INDEX news_posts_company ON news_posts (company_id, status, changed_at DESC);
CREATE INDEX news_posts_published ON news_posts (company_id, published_at DESC) WHERE status = 'published';
CREATE INDEX news_posts_due ON news_posts (publish_at) WHERE status = 'scheduled';

-- The life of a post. What was published stays what it was for: its address, its readers, its hour.
CREATE FUNCTION hz.news_states() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('draft', 'scheduled'), ('draft', 'published'), ('scheduled', 'draft'), ('scheduled', 'published'),
        ('published', 'archived'), ('archived', 'published')) THEN
        RAISE EXCEPTION 'news do not go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'news_posts_transition';
    END IF;
    IF OLD.status IN ('published', 'archived')
        AND (NEW.slug, NEW.departments, NEW.by_mail, NEW.published_at)
            IS DISTINCT FROM (OLD.slug, OLD.departments, OLD.by_mail, OLD.published_at) THEN
        RAISE EXCEPTION 'what was published keeps its address, its readers and its hour'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'news_posts_frozen';
    END IF;
    RETURN NEW;
END;
$$;
REVOKE ALL ON FUNCTION hz.news_states() FROM PUBLIC;
CREATE TRIGGER news_states BEFORE UPDATE ON news_posts FOR EACH ROW EXECUTE FUNCTION hz.news_states();

-- The picture of a post. Another one has another id, and so another address.
CREATE TABLE news_pictures (
    post_id uuid PRIMARY KEY REFERENCES news_posts ON DELETE CASCADE,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    -- Drawn again by the server: pixels and nothing else.
    jpeg bytea NOT NULL CHECK (octet_length(jpeg) BETWEEN 1 AND 4194304),
    width integer NOT NULL CHECK (width > 0),
    height integer NOT NULL CHECK (height > 0),
    -- What it shows, for whoever does not see it; empty for a picture that only decorates.
    alt text NOT NULL DEFAULT '' CHECK (length(alt) <= 250)
);
ALTER TABLE news_pictures ALTER COLUMN jpeg SET STORAGE EXTERNAL;

-- Who read what: the reader's own, and a right of nobody else.
CREATE TABLE news_readings (
    post_id uuid NOT NULL REFERENCES news_posts ON DELETE CASCADE,
    reader_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    read_at timestamptz NOT NULL,
    PRIMARY KEY (post_id, reader_id)
);
CREATE INDEX news_readings_reader ON news_readings (reader_id);
CREATE INDEX news_readings_age ON news_readings (read_at);

-- How many read a post, as HR is told: counted once a night, in steps of five, and not at all where fewer than five
-- did or fewer than five did not.
CREATE TABLE news_reach (
    post_id uuid PRIMARY KEY REFERENCES news_posts ON DELETE CASCADE,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    -- For how many it was when it was first counted.
    audience integer NOT NULL CHECK (audience >= 0),
    -- At least so many; absent: hidden.
    readers integer CHECK (readers >= 5 AND readers % 5 = 0),
    counted_at timestamptz NOT NULL
);

CALL hz.protect('news_posts');
CALL hz.protect('news_pictures');
CALL hz.protect('news_readings');
CALL hz.protect('news_reach');

GRANT SELECT, DELETE,
    INSERT (id, company_id, client_id, slug, title, body, departments, by_mail, created_at, changed_at),
    UPDATE (slug, title, body, departments, by_mail, status, publish_at, published_at, archived_at, revision, changed_at)
    ON news_posts TO hz_hr;
GRANT SELECT (id, company_id, slug, title, body, departments, status, published_at) ON news_posts TO hz_employee;
GRANT SELECT (id, company_id, slug, title, departments, by_mail, status, publish_at, published_at),
    UPDATE (status, publish_at, published_at) ON news_posts TO hz_worker;
CREATE POLICY hr_company ON news_posts FOR SELECT TO hz_hr USING (true);
CREATE POLICY hr_writes ON news_posts FOR INSERT TO hz_hr WITH CHECK (status = 'draft');
CREATE POLICY hr_changes ON news_posts FOR UPDATE TO hz_hr USING (true) WITH CHECK (true);
-- What employees can read is archived first.
CREATE POLICY hr_deletes ON news_posts FOR DELETE TO hz_hr USING (status IN ('draft', 'archived'));
CREATE POLICY hr_tenant ON news_posts AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY hr_open ON news_posts AS RESTRICTIVE TO hz_hr
    USING ((SELECT hz.hr_is_open())) WITH CHECK ((SELECT hz.hr_is_open()));
CREATE POLICY employee_published ON news_posts FOR SELECT TO hz_employee
    USING (status = 'published' AND (departments = '{}'
        OR (SELECT e.department FROM employees e WHERE e.user_id = (SELECT hz.user_id())) = ANY (departments)));
CREATE POLICY employee_tenant ON news_posts AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY worker_reads ON news_posts FOR SELECT TO hz_worker USING (true);
CREATE POLICY worker_publishes ON news_posts FOR UPDATE TO hz_worker
    USING (status = 'scheduled') WITH CHECK (status = 'published');

GRANT SELECT, INSERT (post_id, company_id, jpeg, width, height, alt), DELETE ON news_pictures TO hz_hr;
GRANT SELECT ON news_pictures TO hz_employee;
CREATE POLICY hr_company ON news_pictures TO hz_hr
    USING (EXISTS (SELECT FROM news_posts p WHERE p.id = post_id))
    WITH CHECK (EXISTS (SELECT FROM news_posts p WHERE p.id = post_id));
CREATE POLICY hr_tenant ON news_pictures AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY hr_open ON news_pictures AS RESTRICTIVE TO hz_hr
    USING ((SELECT hz.hr_is_open())) WITH CHECK ((SELECT hz.hr_is_open()));
CREATE POLICY employee_published ON news_pictures FOR SELECT TO hz_employee
    USING (EXISTS (SELECT FROM news_posts p WHERE p.id = post_id));
CREATE POLICY employee_tenant ON news_pictures AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));

GRANT SELECT, INSERT ON news_readings TO hz_employee;
CREATE POLICY own ON news_readings FOR SELECT TO hz_employee USING (reader_id = (SELECT hz.user_id()));
CREATE POLICY own_is_read ON news_readings FOR INSERT TO hz_employee
    WITH CHECK (reader_id = (SELECT hz.user_id()) AND EXISTS (SELECT FROM news_posts p WHERE p.id = post_id));
CREATE POLICY employee_tenant ON news_readings AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));

GRANT SELECT ON news_reach TO hz_hr;
CREATE POLICY hr_company ON news_reach FOR SELECT TO hz_hr USING (true);
CREATE POLICY hr_tenant ON news_reach AS RESTRICTIVE TO hz_hr
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));

-- Counts what was published within a year, half a day ago at least, and forgets older readings: how many posts. A figure that was shown never
-- goes down and never turns hidden: neither who leaves nor the last who read is told by a change of it.
CREATE FUNCTION hz.count_news_readers(p_now timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_counted integer;
BEGIN
    WITH counted AS (
        SELECT p.id, p.company_id,
               coalesce(r.audience, (
                   SELECT count(*)::integer FROM public.users u
                   JOIN public.employees e ON e.user_id = u.id
                   WHERE u.company_id = p.company_id AND u.role = 'employee' AND u.status = 'active'
                     AND (p.departments = '{}' OR e.department = ANY (p.departments)))) AS audience,
               (SELECT count(*)::integer FROM public.news_readings n WHERE n.post_id = p.id) AS readers
        FROM public.news_posts p
        LEFT JOIN public.news_reach r ON r.post_id = p.id
        WHERE p.status = 'published' AND p.published_at BETWEEN p_now - interval '1 year' AND p_now - interval '12 hours'
    )
    INSERT INTO public.news_reach AS r (post_id, company_id, audience, readers, counted_at)
    SELECT c.id, c.company_id, c.audience,
           CASE WHEN c.readers >= 5 AND c.audience - c.readers >= 5 THEN c.readers - c.readers % 5 END, p_now
    FROM counted c
    ON CONFLICT (post_id) DO UPDATE
        SET readers = greatest(r.readers, EXCLUDED.readers), counted_at = EXCLUDED.counted_at;
    GET DIAGNOSTICS v_counted = ROW_COUNT;
    DELETE FROM public.news_readings WHERE read_at < p_now - interval '1 year';
    RETURN v_counted;
END;
$$;
REVOKE ALL ON FUNCTION hz.count_news_readers(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.count_news_readers(timestamptz) TO hz_worker;

-- An account that is erased has read nothing.
CREATE FUNCTION hz.forget_news_readings() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    DELETE FROM public.news_readings WHERE reader_id = NEW.id;
    RETURN NULL;
END;
$$;
REVOKE ALL ON FUNCTION hz.forget_news_readings() FROM PUBLIC;
CREATE TRIGGER forget_news_readings AFTER UPDATE OF status ON users FOR EACH ROW
    WHEN (NEW.status = 'erased' AND OLD.status <> 'erased') EXECUTE FUNCTION hz.forget_news_readings();

-- Whom a post is for.
GRANT SELECT (user_id, company_id, department) ON employees TO hz_worker;
CREATE POLICY worker_addresses ON employees FOR SELECT TO hz_worker USING (true);

-- A notice may be of a post rather than of an appointment.
ALTER TABLE notices
    ALTER COLUMN consultation_id DROP NOT NULL,
    ADD COLUMN news_id uuid REFERENCES news_posts ON DELETE CASCADE,
    ADD CONSTRAINT notices_about CHECK ((consultation_id IS NULL) = (news_id IS NOT NULL)
        AND (kind = 'company_news') = (news_id IS NOT NULL));
CREATE UNIQUE INDEX notices_news ON notices (news_id, recipient_id) WHERE news_id IS NOT NULL;
DO $$
DECLARE
    v_kinds text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conname = 'notices_kind_check' AND conrelid = 'notices'::regclass);
    v_muted text;
BEGIN
    EXECUTE 'ALTER TABLE notices DROP CONSTRAINT notices_kind_check, ADD CONSTRAINT notices_kind_check '
        || regexp_replace(v_kinds, '\]\)', ', ''company_news''::text])');
    FOREACH v_muted IN ARRAY ARRAY['notification_preferences_muted_in_app_check', 'notification_preferences_muted_mail_check'] LOOP
        EXECUTE format('ALTER TABLE notification_preferences DROP CONSTRAINT %I, ADD CONSTRAINT %I ', v_muted, v_muted)
            || regexp_replace((SELECT pg_get_constraintdef(oid) FROM pg_constraint
                WHERE conname = v_muted AND conrelid = 'notification_preferences'::regclass),
                '\]\)', ', ''company_news''::text])');
    END LOOP;
END;
$$;
