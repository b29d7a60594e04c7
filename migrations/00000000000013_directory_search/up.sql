-- What a search sorts and narrows by, and what a profile shows besides.
ALTER TABLE practitioners
    -- Optional: what the practitioner chose to say.
    ADD COLUMN gender text CHECK (gender IN ('female', 'male', 'other')),
    ADD COLUMN presentation_video_url text CHECK (presentation_video_url ~ '^https://[^[:space:]"<>]+$'),
    -- Of the published reviews, written by the trigger below.
    ADD COLUMN average_rating double precision CHECK (average_rating BETWEEN 1 AND 5),
    ADD COLUMN review_count integer NOT NULL DEFAULT 0 CHECK (review_count >= 0),
    ADD CONSTRAINT practitioners_rating CHECK ((review_count = 0) = (average_rating IS NULL));

-- When each practitioner is next free for somebody without appointments. A search sorts by it; what
-- the page then offers is computed at that moment. Written every minute by a job, which forgets
-- whoever has no free hour within the horizon.
CREATE TABLE practitioner_openings (
    practitioner_id uuid PRIMARY KEY REFERENCES practitioners ON DELETE CASCADE,
    next_start timestamptz NOT NULL
);
CALL hz.protect('practitioner_openings');
GRANT SELECT ON practitioner_openings TO hz_employee;
GRANT SELECT, INSERT, UPDATE, DELETE ON practitioner_openings TO hz_worker;
CREATE POLICY employee_directory ON practitioner_openings FOR SELECT TO hz_employee USING (true);
CREATE POLICY worker_all ON practitioner_openings TO hz_worker USING (true) WITH CHECK (true);

-- What the job computes from: hours and busy ranges, never whose.
GRANT SELECT ON availability_windows, availability_exceptions TO hz_worker;
CREATE POLICY worker_reads ON availability_windows FOR SELECT TO hz_worker USING (true);
CREATE POLICY worker_reads ON availability_exceptions FOR SELECT TO hz_worker USING (true);
GRANT SELECT (verification, slot_minutes, buffer_minutes, minimum_notice_hours, horizon_days, daily_maximum)
    ON practitioners TO hz_worker;
GRANT EXECUTE ON FUNCTION hz.busy_ranges_of(uuid[], timestamptz, timestamptz, timestamptz) TO hz_worker;

-- What employees said after a consultation, once. Readers of the directory, in every company, get the
-- published ones, without who wrote them or after which consultation: hence no company here.
CREATE TABLE practitioner_reviews (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    consultation_id uuid NOT NULL UNIQUE REFERENCES consultations ON DELETE RESTRICT,
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE RESTRICT,
    rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
    -- As published, after moderation.
    comment text CHECK (length(comment) BETWEEN 1 AND 2000),
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'published', 'rejected')),
    -- The month is all that readers see of it.
    published_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT practitioner_reviews_published CHECK ((status = 'published') = (published_at IS NOT NULL))
);
CREATE INDEX practitioner_reviews_published ON practitioner_reviews (practitioner_id, published_at DESC)
    INCLUDE (rating) WHERE status = 'published';
CALL hz.protect('practitioner_reviews');
GRANT SELECT (id, practitioner_id, rating, comment, status, published_at) ON practitioner_reviews TO hz_employee;
CREATE POLICY directory_reads ON practitioner_reviews FOR SELECT TO hz_employee
    USING (status = 'published' AND EXISTS (SELECT FROM practitioners p WHERE p.user_id = practitioner_id));

-- The mean and the count are recomputed from the published reviews, never incremented.
CREATE FUNCTION hz.practitioner_rating() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    -- Two moderators at once take turns, so that neither counts without the other.
    PERFORM FROM public.practitioners WHERE user_id = coalesce(NEW.practitioner_id, OLD.practitioner_id) FOR UPDATE;
    UPDATE public.practitioners p
    SET (average_rating, review_count) = (
        SELECT avg(r.rating)::double precision, count(*)::integer FROM public.practitioner_reviews r
        WHERE r.practitioner_id = p.user_id AND r.status = 'published')
    WHERE p.user_id = coalesce(NEW.practitioner_id, OLD.practitioner_id);
    RETURN NULL;
END;
$$;
REVOKE ALL ON FUNCTION hz.practitioner_rating() FROM PUBLIC;
CREATE TRIGGER practitioner_rating AFTER INSERT OR UPDATE OR DELETE ON practitioner_reviews
    FOR EACH ROW EXECUTE FUNCTION hz.practitioner_rating();
