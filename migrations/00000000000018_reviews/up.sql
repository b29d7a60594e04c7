-- After the consultation: what employees say of it, what either of the two signals, and who reads that
-- before anybody else does.

-- What somebody writes to be read by the moderation has keys of its own: the admin's policy below opens
-- these and no other.
ALTER TABLE data_keys
    DROP CONSTRAINT data_keys_scope_check,
    ADD CONSTRAINT data_keys_scope_check CHECK (scope IN ('consultation', 'moderation'));

ALTER TABLE practitioner_reviews
    -- What was written, until it is published or refused.
    ADD COLUMN comment_sealed bytea,
    ADD COLUMN decided_at timestamptz,
    ADD COLUMN decided_by uuid REFERENCES users ON DELETE RESTRICT,
    -- Why it is not published, for whoever wrote it.
    ADD COLUMN refusal text CHECK (refusal IN ('insult', 'privacy', 'off_topic', 'advertising')),
    ADD CONSTRAINT practitioner_reviews_sealed CHECK (
        (comment_sealed IS NULL OR status = 'pending') AND (comment IS NULL OR status = 'published')),
    ADD CONSTRAINT practitioner_reviews_refused CHECK ((refusal IS NOT NULL) = (status = 'rejected'));
CREATE INDEX practitioner_reviews_pending ON practitioner_reviews (created_at, id) WHERE status = 'pending';

-- Somebody signals a problem: what kind, and only if they want, in their own words. Nobody who reads it
-- learns who the employee is, nor which consultation it was about.
CREATE TABLE problem_reports (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    consultation_id uuid NOT NULL REFERENCES consultations ON DELETE RESTRICT,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE RESTRICT,
    -- Whose signal it is.
    reporter text NOT NULL CHECK (reporter IN ('employee', 'practitioner')),
    category text NOT NULL CHECK (category IN ('technical', 'punctuality', 'conduct', 'safety', 'other')),
    -- Attached by the one who signals; gone when the matter is closed.
    details_sealed bytea,
    created_at timestamptz NOT NULL,
    closed_at timestamptz,
    closed_by uuid REFERENCES users ON DELETE RESTRICT,
    CONSTRAINT problem_reports_once UNIQUE (consultation_id, reporter),
    CONSTRAINT problem_reports_closed CHECK (
        (closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL OR details_sealed IS NULL))
);
CREATE INDEX problem_reports_open ON problem_reports (created_at, id) WHERE closed_at IS NULL;
CALL hz.protect('problem_reports');

-- The employee's own review of a consultation, which the table's readers cannot look up.
CREATE FUNCTION hz.review_of(p_consultation uuid) RETURNS uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN (
        SELECT r.id FROM public.practitioner_reviews r JOIN public.consultations c ON c.id = r.consultation_id
        WHERE c.id = p_consultation AND c.employee_id = hz.user_id() AND c.company_id = hz.company_id());
END;
$$;
REVOKE ALL ON FUNCTION hz.review_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.review_of(uuid) TO hz_employee;

GRANT SELECT (refusal, created_at), INSERT (id, consultation_id, practitioner_id, rating, created_at),
    UPDATE (comment_sealed) ON practitioner_reviews TO hz_employee;
-- The consultations that an employee sees are their own.
CREATE POLICY author_reads ON practitioner_reviews FOR SELECT TO hz_employee
    USING (EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id));
CREATE POLICY author_reviews ON practitioner_reviews FOR INSERT TO hz_employee
    WITH CHECK (status = 'pending' AND EXISTS (SELECT FROM consultations c
        WHERE c.id = consultation_id AND c.practitioner_id = practitioner_reviews.practitioner_id
          AND c.status = 'completed'));
CREATE POLICY author_writes ON practitioner_reviews FOR UPDATE TO hz_employee
    USING (status = 'pending' AND EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id))
    WITH CHECK (status = 'pending' AND EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id));

-- Practitioners read what is published of them.
GRANT SELECT (id, practitioner_id, rating, comment, status, published_at) ON practitioner_reviews TO hz_practitioner;
CREATE POLICY practitioner_reads ON practitioner_reviews FOR SELECT TO hz_practitioner
    USING (status = 'published' AND practitioner_id = (SELECT hz.user_id()));

-- The moderation: every column but the consultation's.
GRANT SELECT (id, practitioner_id, rating, comment, comment_sealed, status, refusal, created_at, decided_at, published_at),
    UPDATE (status, comment, comment_sealed, refusal, decided_at, decided_by, published_at)
    ON practitioner_reviews TO hz_admin;
CREATE POLICY admin_reads ON practitioner_reviews FOR SELECT TO hz_admin USING (true);
CREATE POLICY admin_moderates ON practitioner_reviews FOR UPDATE TO hz_admin
    USING (status = 'pending') WITH CHECK (status IN ('published', 'rejected') AND decided_by = (SELECT hz.user_id()));

GRANT SELECT (id, consultation_id, reporter, category, created_at, closed_at),
    INSERT (id, consultation_id, company_id, practitioner_id, reporter, category, created_at),
    UPDATE (details_sealed) ON problem_reports TO hz_employee, hz_practitioner;
CREATE POLICY employee_own ON problem_reports FOR SELECT TO hz_employee
    USING (reporter = 'employee' AND EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id));
CREATE POLICY employee_reports ON problem_reports FOR INSERT TO hz_employee
    WITH CHECK (reporter = 'employee' AND EXISTS (SELECT FROM consultations c
        WHERE c.id = consultation_id AND c.practitioner_id = problem_reports.practitioner_id
          AND c.company_id = problem_reports.company_id));
CREATE POLICY employee_attaches ON problem_reports FOR UPDATE TO hz_employee
    USING (reporter = 'employee' AND closed_at IS NULL AND EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id))
    WITH CHECK (reporter = 'employee' AND EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id));
CREATE POLICY employee_tenant ON problem_reports AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
CREATE POLICY practitioner_own ON problem_reports FOR SELECT TO hz_practitioner
    USING (reporter = 'practitioner' AND practitioner_id = (SELECT hz.user_id()));
CREATE POLICY practitioner_reports ON problem_reports FOR INSERT TO hz_practitioner
    WITH CHECK (reporter = 'practitioner' AND practitioner_id = (SELECT hz.user_id())
        AND EXISTS (SELECT FROM consultations c
            WHERE c.id = consultation_id AND c.company_id = problem_reports.company_id));
CREATE POLICY practitioner_attaches ON problem_reports FOR UPDATE TO hz_practitioner
    USING (reporter = 'practitioner' AND closed_at IS NULL AND practitioner_id = (SELECT hz.user_id()))
    WITH CHECK (reporter = 'practitioner' AND practitioner_id = (SELECT hz.user_id()));
GRANT SELECT (id, practitioner_id, reporter, category, details_sealed, created_at, closed_at),
    UPDATE (details_sealed, closed_at, closed_by) ON problem_reports TO hz_admin;
CREATE POLICY admin_reads ON problem_reports FOR SELECT TO hz_admin USING (true);
CREATE POLICY admin_closes ON problem_reports FOR UPDATE TO hz_admin
    USING (closed_at IS NULL) WITH CHECK (closed_by = (SELECT hz.user_id()));

-- Whoever writes makes the key; the admin opens with it. A key of a consultation stays with the two.
CREATE POLICY author_keys ON data_keys FOR SELECT TO hz_employee, hz_practitioner
    USING (scope = 'moderation' AND EXISTS (SELECT FROM problem_reports p WHERE p.id = owner_id));
CREATE POLICY author_creates ON data_keys FOR INSERT TO hz_employee, hz_practitioner
    WITH CHECK (scope = 'moderation' AND EXISTS (SELECT FROM problem_reports p WHERE p.id = owner_id));
CREATE POLICY reviewer_keys ON data_keys FOR SELECT TO hz_employee
    USING (scope = 'moderation' AND EXISTS (SELECT FROM practitioner_reviews r WHERE r.id = owner_id AND r.status = 'pending'));
CREATE POLICY reviewer_creates ON data_keys FOR INSERT TO hz_employee
    WITH CHECK (scope = 'moderation' AND EXISTS (SELECT FROM practitioner_reviews r WHERE r.id = owner_id AND r.status = 'pending'));
GRANT SELECT (id, scope, owner_id, version, kek, wrapped), DELETE ON data_keys TO hz_admin;
CREATE POLICY moderation_keys ON data_keys FOR SELECT TO hz_admin USING (scope = 'moderation');
CREATE POLICY moderation_destroys ON data_keys FOR DELETE TO hz_admin USING (scope = 'moderation');
